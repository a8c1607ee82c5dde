//! Names that organisations and that customers give to stages. Each by itself must be judged by itself: in a map whose
//! other stages are in the customer's words. Names whose meaning depends on the map have tables of their own.

#[rustfmt::skip]
mod names;

use super::super::super::journey::{JourneyMap, Stage};
use super::super::super::kinds::MapKind;
use super::tells;
use names::{CUSTOMERS, INTERNAL};

fn map(titles: &[&str]) -> JourneyMap {
    let stage = |(place, title): (usize, &&str)| Stage {
        id: format!("s{place}"),
        title: (*title).to_owned(),
        ..Stage::default()
    };
    JourneyMap {
        stages: titles.iter().enumerate().map(stage).collect(),
        ..JourneyMap::new(MapKind::CurrentState, "")
    }
}

/// The titles that give a process away, with the process.
fn told(map: &JourneyMap) -> Vec<(&str, &'static str)> {
    let title = |place: usize| map.stages[place].title.as_str();
    tells(map)
        .into_iter()
        .map(|(place, tell)| (title(place), tell.process))
        .collect()
}

#[test]
fn stages_2_finds_names_of_the_organisations_process() {
    let mut missed = Vec::new();
    for (process, titles) in INTERNAL {
        for title in *titles {
            let map = map(&["Noticing the need", title, "Living with it"]);
            if told(&map) != [(*title, *process)] {
                missed.push(format!("{title:?} ({process}): {:?}", told(&map)));
            }
        }
    }
    assert!(missed.is_empty(), "\n{}", missed.join("\n"));
    let count: usize = INTERNAL.iter().map(|(_, titles)| titles.len()).sum();
    assert!(count >= 60, "{count}");
}

#[test]
fn stages_2_does_not_accuse_customers_words() {
    let mut accused = Vec::new();
    for (place, titles) in CUSTOMERS {
        for title in *titles {
            let map = map(&["Noticing the need", title, "Living with it"]);
            for (title, process) in told(&map) {
                accused.push(format!("{title:?} ({place}): {process}"));
            }
        }
    }
    assert!(accused.is_empty(), "\n{}", accused.join("\n"));
    let count: usize = CUSTOMERS.iter().map(|(_, titles)| titles.len()).sum();
    assert!(count >= 80, "{count}");
}

#[test]
fn stages_2_does_not_accuse_customers_words_beside_internal_ones() {
    // One stage of the funnel does not make its neighbours words of the funnel.
    for (_, titles) in CUSTOMERS {
        for title in *titles {
            let map = map(&["MQL", title, "Closed won"]);
            let found = told(&map);
            assert!(found.iter().all(|(own, _)| own != title), "{title:?}");
        }
    }
}

#[test]
fn stages_2_finds_a_funnel_by_its_series() {
    let funnel = map(&[
        "Awareness",
        "Consideration",
        "Purchase",
        "Loyalty",
        "Advocacy",
    ]);
    let titles: Vec<&str> = told(&funnel).into_iter().map(|(title, _)| title).collect();
    assert_eq!(
        titles,
        ["Awareness", "Consideration", "Loyalty", "Advocacy"]
    );
    let aida = map(&["Attention", "Interest", "Desire", "Action"]);
    assert_eq!(told(&aida).len(), 4);
    // Two such words among others are a coincidence: a clinic refers, a family adopts.
    for titles in [
        [
            "Finding the shelter",
            "Adoption",
            "Referral",
            "First week at home",
        ],
        ["Symptoms", "Referral", "Evaluation", "Treatment"],
        ["Awareness", "Looking around", "Choosing", "Living with it"],
    ] {
        assert_eq!(told(&map(&titles)), [], "{titles:?}");
    }
}

#[test]
fn stages_2_reads_a_word_in_the_maps_own_context() {
    let titled = |title: &str, stage: &str| JourneyMap {
        title: title.to_owned(),
        ..map(&["First idea", stage, "Afterwards"])
    };
    for (title, stage) in [
        ("A day trip by train", "Ticket"),
        ("An evening at the cinema", "Tickets"),
        ("Night shift on the ward", "Handoff"),
        ("Becoming a nurse", "Qualified"),
        ("Learning the guitar", "Lead"),
        ("Making butter", "Churn"),
        ("Moving the barn to solar", "Conversion"),
    ] {
        assert_eq!(told(&titled(title, stage)), [], "{title}: {stage}");
        let elsewhere = titled("Our software", stage);
        assert_eq!(told(&elsewhere).len(), 1, "{stage}");
    }
    let mut described = map(&["First idea", "Ticket", "Afterwards"]);
    described.stages[1].description = "At the machine, two minutes before the train".to_owned();
    assert_eq!(told(&described), []);
}

#[test]
fn stages_2_takes_no_explanation_from_an_insiders_map() {
    // "Training" explains who is qualified, but not in a map that speaks of MQLs and closed deals.
    let funnel = map(&["MQL", "Qualified", "Demo", "Closed won", "Training"]);
    let titles: Vec<&str> = told(&funnel).into_iter().map(|(title, _)| title).collect();
    assert_eq!(titles, ["MQL", "Qualified", "Closed won"]);
    let course = map(&["Applying", "Training", "Qualified", "First job"]);
    assert_eq!(told(&course), []);
    // Two handoffs of a ward are not an insider's map: the ward explains them.
    let shift = map(&[
        "Evening handoff",
        "Rounds",
        "Morning handoff",
        "Leaving the ward",
    ]);
    assert_eq!(told(&shift), []);
}

#[test]
fn stages_2_a_description_never_accuses() {
    let mut map = map(&["Getting started", "First week"]);
    map.stages[0].description = "MQL becomes SQL, then handoff".to_owned();
    assert_eq!(told(&map), []);
}

#[test]
fn stages_2_capitals_tell_an_abbreviation_from_a_word() {
    for title in ["SAL", "ARR", "TOFU", "MVP"] {
        assert_eq!(told(&map(&[title])).len(), 1, "{title}");
        let name = format!("{}{}", &title[..1], title[1..].to_lowercase());
        for title in [title.to_lowercase(), name] {
            assert_eq!(told(&map(&[&title])), [], "{title}");
        }
    }
    // Where everything is in capitals they tell nothing.
    assert_eq!(told(&map(&["DINNER WITH SAL AND TOFU"])), []);
}
