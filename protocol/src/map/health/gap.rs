//! Expectation against what happens: GAP-1, GAP-2.

use super::super::kinds::{LaneKind, MapKind};
use super::board::Board;
use super::finding::{CardField, Finding, Rule, Severity};
use super::say::{self, quoted};

const WHY: &str = "Problems form in the gap between what people expect and what happens.";

/// Actions in a stage with no expectation. A blueprint is asked only when it has a lane for expectations.
pub(super) fn gap_1(board: &Board) -> Vec<Finding> {
    let is_blueprint = board.map.kind == MapKind::ServiceBlueprint;
    if is_blueprint && board.lane(LaneKind::Expectation).is_none() {
        return Vec::new();
    }
    let without = board.stages().filter(|(place, _)| {
        board.has(*place, LaneKind::Action) && !board.has(*place, LaneKind::Expectation)
    });
    let finding = |(_, stage): (usize, &super::super::Stage)| {
        let message = format!(
            "{} says what they do, but not what they expect.",
            say::stage(&stage.title)
        );
        board.lacks(Rule::Gap1, stage, LaneKind::Expectation, message, WHY)
    };
    without.map(finding).collect()
}

/// An expectation without what actually happens.
pub(super) fn gap_2(board: &Board) -> Vec<Finding> {
    let open = board
        .of_kind(LaneKind::Expectation)
        .filter(|placed| placed.card.actual.trim().is_empty());
    let finding = |placed: super::board::Placed| {
        let card = placed.card;
        let message = format!(
            "{} does not say what actually happens.",
            quoted(&card.text, "An expectation without a text")
        );
        Finding::new(Rule::Gap2, Severity::Advice, message, WHY).on_card(
            card,
            "Say what happens",
            CardField::Actual,
        )
    };
    open.map(finding).collect()
}
