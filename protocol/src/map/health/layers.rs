//! Whether the map is more than a process diagram or a complaint log: LAYER-1, LAYER-2.

use super::super::kinds::{LaneKind, Layer};
use super::board::Board;
use super::finding::{Finding, Rule, Severity};

/// The layers a map can lack: the first, the structure, is the stages themselves (STAGES-1).
const LAYERS: [(Layer, LaneKind, &str, &str); 4] = [
    (
        Layer::Interactions,
        LaneKind::Touchpoint,
        "The interactions layer has no card.",
        "Without touchpoints nobody sees where the customer meets you, and where they meet others instead.",
    ),
    (
        Layer::Behaviour,
        LaneKind::Action,
        "The behaviour layer has no card.",
        "Without actions and expectations the map shows what you offer, not what people do and count on.",
    ),
    (
        Layer::Experience,
        LaneKind::Emotion,
        "The experience layer has no card.",
        "Structure and touchpoints alone are a process diagram: without feelings and pains nobody sees where it hurts.",
    ),
    (
        Layer::Strategy,
        LaneKind::Opportunity,
        "The strategy layer has no card.",
        "Without opportunities nothing follows from the map: it is a poster.",
    ),
];

/// A layer with no card. About its empty lanes, if it has any.
pub(super) fn layer_1(board: &Board) -> Vec<Finding> {
    let lacks = |layer| {
        let mut cards = board.cards.iter();
        !cards.any(|placed| board.layer(placed.kind()) == layer)
    };
    let finding = |(layer, kind, message, why): (Layer, LaneKind, &str, &str)| {
        let lanes = board.map.lanes.iter();
        let own = lanes.filter(|lane| board.layer(lane.kind) == layer);
        // A lane that waits for cards is filled before another is made.
        let kind = own.clone().next().map_or(kind, |lane| lane.kind);
        Finding::new(Rule::Layer1, Severity::Problem, message, why)
            .at(own.map(|lane| lane.id.as_str()))
            .fix(board.add_card(kind, board.map.stages.first()))
    };
    let lacking = LAYERS.into_iter().filter(|(layer, ..)| lacks(*layer));
    lacking.map(finding).collect()
}

/// Emotions or pains, but no opportunities.
pub(super) fn layer_2(board: &Board) -> Vec<Finding> {
    let hurts = board.any(LaneKind::Emotion) || board.any(LaneKind::Pain);
    if !hurts || board.any(LaneKind::Opportunity) {
        return Vec::new();
    }
    let message = "The map says how it feels and where it hurts, but names no opportunity.";
    let why = "That is a complaint log: it says what is wrong and leaves everyone where they were.";
    let worst = board.of_kind(LaneKind::Pain).max_by_key(|pain| {
        // The first of the most severe: `max_by_key` would take the last.
        (pain.card.severity, std::cmp::Reverse(pain.column))
    });
    let stage = worst.map(|pain| pain.stage).or(board.map.stages.first());
    let fix = board.add_card(LaneKind::Opportunity, stage);
    vec![Finding::new(Rule::Layer2, Severity::Problem, message, why).fix(fix)]
}
