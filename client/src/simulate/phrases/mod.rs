//! What simulated participants write: sentences like those on the cards of real workshops, general
//! enough for any journey. Pure data and how it is dealt out.
//!
//! Called by the plan. A phrase belongs to a lane kind and to a part of the journey, so that nobody
//! writes "renewal letter" into the first stage.

mod behaviour;
mod blueprint;
mod experience;
mod strategy;

use std::collections::BTreeMap;

use cairn_protocol::map::LaneKind;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::Value;

/// The part of the journey a phrase suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Early,
    Middle,
    Late,
    Any,
}
use When::{Any, Early, Late, Middle};

/// One card's worth of words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    /// A second free text and its field: `actual` of an expectation, `quote` of an emotion.
    pub(crate) second: Option<(&'static str, &'static str)>,
    /// Plain fields, set once the text is written.
    pub(crate) fields: Vec<(&'static str, Value)>,
}

/// A phrase as the tables have it.
pub(super) struct Written {
    when: When,
    text: &'static str,
    second: Option<(&'static str, &'static str)>,
    fields: Vec<(&'static str, Value)>,
}

/// Second sentences that people add to a card of a kind, their own or somebody else's.
pub(crate) const fn additions(kind: LaneKind) -> &'static [&'static str] {
    match kind {
        LaneKind::Touchpoint => behaviour::TOUCHPOINT_ADDITIONS,
        LaneKind::Action => behaviour::ACTION_ADDITIONS,
        LaneKind::Expectation => behaviour::EXPECTATION_ADDITIONS,
        LaneKind::Emotion => experience::EMOTION_ADDITIONS,
        LaneKind::Pain => experience::PAIN_ADDITIONS,
        LaneKind::Opportunity => strategy::OPPORTUNITY_ADDITIONS,
        LaneKind::Evidence | LaneKind::Frontstage | LaneKind::Backstage | LaneKind::Support => {
            blueprint::ADDITIONS
        }
        LaneKind::Note => strategy::NOTE_ADDITIONS,
        LaneKind::Metric => strategy::METRIC_ADDITIONS,
    }
}

/// Remarks on other people's cards.
pub(crate) const COMMENTS: &[&str] = strategy::COMMENTS;

fn written(kind: LaneKind) -> Vec<Written> {
    match kind {
        LaneKind::Touchpoint => behaviour::touchpoints(),
        LaneKind::Action => behaviour::actions(),
        LaneKind::Expectation => behaviour::expectations(),
        LaneKind::Emotion => experience::emotions(),
        LaneKind::Pain => experience::pains(),
        LaneKind::Opportunity => strategy::opportunities(),
        LaneKind::Evidence => blueprint::evidence(),
        LaneKind::Frontstage => blueprint::frontstage(),
        LaneKind::Backstage => blueprint::backstage(),
        LaneKind::Support => blueprint::support(),
        LaneKind::Note => strategy::notes(),
        LaneKind::Metric => strategy::metrics(),
    }
}

/// The phrases of one workshop, shuffled: nobody says what somebody said already before everything
/// that suits was said.
pub(crate) struct Deck {
    piles: BTreeMap<LaneKind, Vec<Written>>,
    /// How often each kind's pile was begun anew.
    rounds: BTreeMap<LaneKind, usize>,
}

impl Deck {
    pub(crate) fn new() -> Self {
        Self {
            piles: BTreeMap::new(),
            rounds: BTreeMap::new(),
        }
    }

    /// A phrase for a lane kind in stage `stage` of `stages`.
    pub(crate) fn deal(
        &mut self,
        kind: LaneKind,
        stage: usize,
        stages: usize,
        rng: &mut StdRng,
    ) -> Phrase {
        let part = match (stage * 3) / stages.max(1) {
            0 => Early,
            1 => Middle,
            _ => Late,
        };
        let pile = self.piles.entry(kind).or_default();
        let suits = |phrase: &Written| phrase.when == part || phrase.when == Any;
        if !pile.iter().any(suits) {
            let mut fresh = written(kind);
            fresh.shuffle(rng);
            pile.append(&mut fresh);
            *self.rounds.entry(kind).or_default() += 1;
        }
        let at = pile
            .iter()
            .rposition(suits)
            .expect("every kind has phrases for every part");
        let Written {
            text,
            second,
            fields,
            ..
        } = pile.remove(at);
        let mut text = text.to_owned();
        // Said once before: somebody else says it with a detail of their own.
        if self.rounds.get(&kind).is_some_and(|rounds| *rounds > 1) {
            let additions = additions(kind);
            text.push_str(". ");
            text.push_str(additions[rng.random_range(0..additions.len())]);
        }
        Phrase {
            text,
            second,
            fields,
        }
    }
}

/// Any of these.
pub(crate) fn pick<'a>(phrases: &'a [&'static str], rng: &mut StdRng) -> &'a str {
    phrases[rng.random_range(0..phrases.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_words_for_every_part_of_a_journey() {
        for kind in LaneKind::ALL {
            for part in [Early, Middle, Late] {
                let suits = written(*kind)
                    .iter()
                    .filter(|p| [part, Any].contains(&p.when))
                    .count();
                assert!(suits >= 8, "{kind} has {suits} phrases for {part:?}");
            }
            assert!(additions(*kind).len() >= 5, "{kind}");
        }
    }

    #[test]
    fn phrases_are_short_distinct_and_end_like_notes() {
        for kind in LaneKind::ALL {
            let mut seen = BTreeSet::new();
            for Written { text, .. } in written(*kind) {
                assert!(seen.insert(text), "{kind} says twice: {text}");
                assert!((4..=110).contains(&text.chars().count()), "{kind}: {text}");
                assert!(
                    !text.ends_with('.') && text.trim() == text,
                    "{kind}: {text}"
                );
            }
        }
    }

    #[test]
    fn a_deck_repeats_no_text_before_it_is_through() {
        let mut rng = StdRng::seed_from_u64(3);
        let mut deck = Deck::new();
        let said: Vec<String> = (0..8)
            .map(|n| deck.deal(LaneKind::Pain, n % 6, 6, &mut rng).text)
            .collect();
        assert_eq!(
            said.iter().collect::<BTreeSet<_>>().len(),
            said.len(),
            "{said:?}"
        );
    }
}
