//! What holds for every map, however odd.

use super::super::super::tests::generated::maps;
use super::super::super::{MapKind, template};
use super::super::{Act, RULES};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn days() -> impl Strategy<Value = Date> {
    (0..=9999_u16, 1..=12_u8, 1..=28_u8)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

/// The ids of a map's stages, lanes or cards.
fn ids<'a, T>(entries: &'a [T], id: impl Fn(&'a T) -> &'a String) -> BTreeSet<&'a str> {
    entries.iter().map(|entry| id(entry).as_str()).collect()
}

proptest! {
    // Generating a map takes longer than judging it.
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn health_1_the_same_map_on_the_same_day_gives_the_same_list(map in maps(), today in days()) {
        let first = health(&map, today);
        prop_assert_eq!(&first, &health(&map.clone(), today));
        let read = JourneyMap::from_value(map.to_value()).unwrap();
        prop_assert_eq!(first, health(&read, today));
    }

    #[test]
    fn health_2_a_finding_names_only_what_the_map_has(map in maps(), today in days()) {
        let stages = ids(&map.stages, |stage| &stage.id);
        let lanes = ids(&map.lanes, |lane| &lane.id);
        let cards = ids(&map.cards, |card| &card.id);
        let personas = ids(&map.personas, |persona| &persona.id);
        for finding in health(&map, today) {
            let at: Vec<&str> = finding.at.iter().map(String::as_str).collect();
            let all = |ids: &BTreeSet<&str>| at.iter().all(|id| ids.contains(id));
            let one = at.len() == 1;
            let holds = match finding.rule {
                Rule::Persona1 | Rule::Scope1 | Rule::Scope2 | Rule::Layer2 | Rule::Touch3
                | Rule::Review1 | Rule::Review2 | Rule::Kind2 | Rule::Kind3 => at.is_empty(),
                Rule::Stages1 => at.len() == map.stages.len() && all(&stages),
                Rule::Stages2 | Rule::Stages3 | Rule::Stages4 | Rule::Touch1 | Rule::Gap1
                | Rule::Emotion1 | Rule::Pain2 => one && all(&stages),
                Rule::Layer1 | Rule::Emotion2 | Rule::Evidence1 | Rule::Kind1 => all(&lanes),
                Rule::Touch2 | Rule::Gap2 | Rule::Pain1 | Rule::Action1 | Rule::Action2
                | Rule::Detail2 => one && all(&cards),
                Rule::Detail1 => matches!(at.as_slice(), [lane, stage]
                    if lanes.contains(lane) && stages.contains(stage)),
            };
            prop_assert!(holds, "{:?}", finding);
            let leads = match finding.fix.as_ref().map(|fix| &fix.act) {
                Some(Act::MakePrimary { persona }) => personas.contains(persona.as_str()),
                Some(Act::AddCard { lane, stage }) => {
                    lanes.contains(lane.as_str()) && stages.contains(stage.as_str())
                }
                Some(Act::AddOpportunity { lane, stage, addresses }) => {
                    lanes.contains(lane.as_str())
                        && stages.contains(stage.as_str())
                        && addresses.iter().all(|id| cards.contains(id.as_str()))
                }
                Some(Act::EditCard { card, .. }) => cards.contains(card.as_str()),
                Some(Act::EditStage { stage }) => stages.contains(stage.as_str()),
                Some(Act::AddPersona | Act::AddLane { .. } | Act::EditMap { .. } | Act::MarkReviewed)
                | None => true,
            };
            prop_assert!(leads, "{:?}", finding);
        }
    }

    #[test]
    fn health_3_findings_are_in_the_order_of_the_rules_then_of_the_map(map in maps(), today in days()) {
        let findings = health(&map, today);
        let rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
        prop_assert!(rules.is_sorted(), "{:?}", rules);
        let place = |id: &str| map.stages.iter().position(|stage| stage.id == id);
        let lane = |id: &str| map.lanes.iter().position(|lane| lane.id == id);
        let card = |id: &str| {
            let at = map.cards.iter().position(|card| card.id == id)?;
            let card = &map.cards[at];
            Some((place(&card.stage), lane(&card.lane), at))
        };
        for same in findings.chunk_by(|a, b| a.rule == b.rule) {
            let firsts: Vec<&str> = same.iter().filter_map(|one| one.at.first()).map(String::as_str).collect();
            match same[0].rule {
                Rule::Touch2 | Rule::Gap2 | Rule::Pain1 | Rule::Action1 | Rule::Action2 | Rule::Detail2 => {
                    prop_assert!(firsts.iter().map(|id| card(id)).is_sorted(), "{:?}", firsts);
                }
                Rule::Stages2 | Rule::Stages4 | Rule::Touch1 | Rule::Gap1 | Rule::Emotion1 | Rule::Pain2 => {
                    prop_assert!(firsts.iter().map(|id| place(id)).is_sorted(), "{:?}", firsts);
                }
                Rule::Persona1 | Rule::Scope1 | Rule::Scope2 | Rule::Stages1 | Rule::Stages3 | Rule::Layer1
                | Rule::Layer2 | Rule::Touch3 | Rule::Emotion2 | Rule::Evidence1 | Rule::Detail1
                | Rule::Review1 | Rule::Review2 | Rule::Kind1 | Rule::Kind2 | Rule::Kind3 => {}
            }
        }
    }

    #[test]
    fn health_4_every_finding_says_what_and_why_on_one_line(map in maps(), today in days()) {
        for finding in health(&map, today) {
            for text in [&finding.message, &finding.why] {
                prop_assert!(text.ends_with(['.', '”']) || text.ends_with(".”"), "{}", text);
                prop_assert!(text.chars().count() < 240, "{}", text);
                prop_assert!(!text.chars().any(char::is_control), "{:?}", text);
            }
        }
    }
}

#[test]
fn health_3_the_rules_stand_in_the_tables_order() {
    assert_eq!(RULES.len(), Rule::ALL.len());
    let ids: Vec<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    let table = "PERSONA-1 SCOPE-1 SCOPE-2 STAGES-1 STAGES-2 STAGES-3 STAGES-4 LAYER-1 LAYER-2 TOUCH-1 TOUCH-2 TOUCH-3 \
                 GAP-1 GAP-2 EMOTION-1 EMOTION-2 PAIN-1 PAIN-2 ACTION-1 ACTION-2 EVIDENCE-1 DETAIL-1 DETAIL-2 REVIEW-1 \
                 REVIEW-2 KIND-1 KIND-2 KIND-3";
    assert_eq!(ids.join(" "), table);
}

#[test]
fn health_a_template_is_never_accused_of_its_words() {
    for kind in MapKind::ALL {
        let findings = health(&template(*kind), TODAY);
        let words = [Rule::Stages1, Rule::Stages2, Rule::Stages3, Rule::Scope2];
        let accused = findings
            .iter()
            .filter(|finding| words.contains(&finding.rule));
        assert_eq!(accused.count(), 0, "{kind}");
    }
}
