//! The emotion curve: EMOTION-1, EMOTION-2, and the stage means that PAIN-2 asks for.
//!
//! Scores are counted in half steps, so that means are compared as fractions and never as rounded numbers.

use super::super::kinds::LaneKind;
use super::board::{Board, Placed};
use super::finding::{Finding, Rule, Severity};
use super::say;
use std::collections::{BTreeMap, BTreeSet};

/// A mean of scores: their sum in half steps over how many there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Mean {
    halves: i64,
    count: i64,
}

impl Mean {
    /// This mean less the other, as a fraction of half steps.
    fn less(self, other: Mean) -> (i64, i64) {
        let difference = self.halves * other.count - other.halves * self.count;
        (difference, self.count * other.count)
    }

    pub(super) fn is_below(self, other: Mean) -> bool {
        self.less(other).0 < 0
    }
}

/// The mean of each stage's scores, by the stage's place; stages without a score have none.
pub(super) fn means<'m>(feelings: impl Iterator<Item = Placed<'m>>) -> BTreeMap<usize, Mean> {
    let mut means = BTreeMap::<usize, Mean>::new();
    for placed in feelings {
        if let Some(score) = placed.card.score {
            let mean = means.entry(placed.column).or_default();
            mean.halves += i64::from(score.halves());
            mean.count += 1;
        }
    }
    means
}

/// Whether there are two stages or more, and the highest and lowest mean lie less than 1 apart.
fn is_flat(means: &BTreeMap<usize, Mean>) -> bool {
    let (mut highest, mut lowest) = match means.values().next() {
        Some(first) if means.len() > 1 => (*first, *first),
        _ => return false,
    };
    for mean in means.values().copied() {
        if mean.is_below(lowest) {
            lowest = mean;
        }
        if highest.is_below(mean) {
            highest = mean;
        }
    }
    let (difference, whole) = highest.less(lowest);
    difference < 2 * whole
}

/// A stage without an emotion.
pub(super) fn emotion_1(board: &Board) -> Vec<Finding> {
    let without = board
        .stages()
        .filter(|(place, _)| !board.has(*place, LaneKind::Emotion));
    let finding = |(_, stage): (usize, &super::super::Stage)| {
        let message = format!("{} does not say how it feels.", say::stage(&stage.title));
        let why = "The curve has a hole there: nobody knows whether that moment carries people or loses them.";
        board.lacks(Rule::Emotion1, stage, LaneKind::Emotion, message, why)
    };
    without.map(finding).collect()
}

/// A flat curve. Personas who feel opposite things level each other out in the means: while the curve of one of them
/// swings, the map does tell where it hurts. About the lanes of the curve.
pub(super) fn emotion_2(board: &Board) -> Vec<Finding> {
    let feelings = || board.of_kind(LaneKind::Emotion);
    let personas: BTreeSet<Option<&str>> = feelings()
        .map(|placed| placed.card.persona.as_deref())
        .collect();
    let swings = |persona: Option<&str>| {
        let own = means(feelings().filter(|placed| placed.card.persona.as_deref() == persona));
        own.len() > 1 && !is_flat(&own)
    };
    if !is_flat(&means(feelings())) || personas.into_iter().any(swings) {
        return Vec::new();
    }
    let lanes: BTreeSet<(usize, &str)> = feelings()
        .map(|placed| (placed.row, placed.lane.id.as_str()))
        .collect();
    let message = "The curve is flat: its highest and lowest stage lie less than one step apart.";
    let why = "A flat curve diagnoses nothing; real journeys have moments that carry and moments that hurt.";
    let finding = Finding::new(Rule::Emotion2, Severity::Problem, message, why);
    vec![finding.at(lanes.into_iter().map(|(_, id)| id))]
}
