//! What the differences mean for the customer: how it feels now, which gaps closed, which pains are gone.

use super::super::{Card, JourneyMap, LaneKind, Stage};
use super::matching::Pairs;
use super::{CurveShift, GapChange, GapFate, PainChange, PainFate};

fn kind_of(map: &JourneyMap, card: &Card) -> Option<LaneKind> {
    map.lanes
        .iter()
        .find(|lane| lane.id == card.lane)
        .map(|lane| lane.kind)
}

/// Mean of all scores of a stage.
fn mean(map: &JourneyMap, stage: &Stage) -> Option<f64> {
    let here =
        |card: &&Card| card.stage == stage.id && kind_of(map, card) == Some(LaneKind::Emotion);
    let halves: Vec<i32> = map
        .cards
        .iter()
        .filter(here)
        .filter_map(|card| card.score.map(|score| i32::from(score.halves())))
        .collect();
    let count = i32::try_from(halves.len())
        .ok()
        .filter(|count| *count > 0)?;
    // To hundredths: a mean of thirds has no end.
    let hundredths = f64::from(halves.iter().sum::<i32>() * 50) / f64::from(count);
    Some(hundredths.round() / 100.0)
}

pub(super) fn curve(
    before: &JourneyMap,
    after: &JourneyMap,
    stages: &Pairs<'_, Stage>,
) -> Vec<CurveShift> {
    let shift = |title: &str, one: Option<&Stage>, other: Option<&Stage>| CurveShift {
        stage: title.to_owned(),
        before: one.and_then(|stage| mean(before, stage)),
        after: other.and_then(|stage| mean(after, stage)),
    };
    let later = after.stages.iter().map(|stage| {
        let pair = stages.both.iter().find(|(_, other)| other.id == stage.id);
        shift(&stage.title, pair.map(|(one, _)| *one), Some(stage))
    });
    let gone = stages
        .removed
        .iter()
        .map(|stage| shift(&stage.title, Some(stage), None));
    later
        .chain(gone)
        .filter(|shift| shift.before != shift.after)
        .collect()
}

pub(super) fn gaps(
    before: &JourneyMap,
    after: &JourneyMap,
    cards: &Pairs<'_, Card>,
) -> Vec<GapChange> {
    let expected =
        |map: &JourneyMap, card: &Card| kind_of(map, card) == Some(LaneKind::Expectation);
    let both = cards
        .both
        .iter()
        .filter(|(one, other)| expected(before, one) && expected(after, other))
        .map(|(one, other)| (*other, one.gap, other.gap));
    let added = cards
        .added
        .iter()
        .filter(|card| expected(after, card))
        .map(|card| (*card, None, card.gap));
    both.chain(added)
        .filter_map(|(card, before, after)| {
            let became = match (before.unwrap_or(0), after?) {
                (one, other) if one == other => return None,
                (0, _) => GapFate::Opened,
                (_, 0) => GapFate::Closed,
                (one, other) if other < one => GapFate::Narrowed,
                _ => GapFate::Widened,
            };
            Some(GapChange {
                id: card.id.clone(),
                text: card.text.clone(),
                became,
                before,
                after,
            })
        })
        .collect()
}

pub(super) fn pains(
    before: &JourneyMap,
    after: &JourneyMap,
    cards: &Pairs<'_, Card>,
) -> Vec<PainChange> {
    let hurts = |map: &JourneyMap, card: &Card| kind_of(map, card) == Some(LaneKind::Pain);
    let change = |card: &Card, became, before, after| PainChange {
        id: card.id.clone(),
        text: card.text.clone(),
        became,
        before,
        after,
    };
    let both = cards.both.iter().filter_map(|(one, other)| {
        match (hurts(before, one), hurts(after, other)) {
            (true, false) => Some(change(one, PainFate::Resolved, one.severity, None)),
            (false, true) => Some(change(other, PainFate::New, None, other.severity)),
            (false, false) => None,
            (true, true) => {
                let became = match (one.severity?, other.severity?) {
                    (was, is) if is < was => PainFate::Eased,
                    (was, is) if is > was => PainFate::Worsened,
                    _ => return None,
                };
                Some(change(other, became, one.severity, other.severity))
            }
        }
    });
    let gone = cards.removed.iter().filter(|card| hurts(before, card));
    let gone = gone.map(|card| change(card, PainFate::Resolved, card.severity, None));
    let added = cards.added.iter().filter(|card| hurts(after, card));
    let added = added.map(|card| change(card, PainFate::New, None, card.severity));
    gone.chain(both).chain(added).collect()
}
