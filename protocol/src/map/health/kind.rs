//! Whether the map answers the question of its kind: KIND-1, KIND-2, KIND-3.

use super::super::kinds::{LaneKind, MapKind};
use super::board::Board;
use super::finding::{Act, Finding, Fix, MapField, Rule, Severity};
use super::touch::only_owned;

const WHY: &str = "The type serves the question";

/// A blueprint without backstage or support: one finding for each. About its empty lanes, if it has any.
pub(super) fn kind_1(board: &Board) -> Vec<Finding> {
    if board.map.kind != MapKind::ServiceBlueprint {
        return Vec::new();
    }
    let parts = [
        (
            LaneKind::Backstage,
            "The blueprint shows nothing backstage.",
            "what customers see is made where they do not look",
        ),
        (
            LaneKind::Support,
            "The blueprint shows no support processes.",
            "most failures start in the systems and partners behind the people",
        ),
    ];
    let missing = parts.into_iter().filter(|(kind, ..)| !board.any(*kind));
    let finding = |(kind, message, why): (LaneKind, &str, &str)| {
        let why = format!("{WHY}: {why}.");
        let lanes = board.map.lanes.iter().filter(|lane| lane.kind == kind);
        Finding::new(Rule::Kind1, Severity::Problem, message, &why)
            .at(lanes.map(|lane| lane.id.as_str()))
            .fix(board.add_card(kind, board.map.stages.first()))
    };
    missing.map(finding).collect()
}

/// A future state linked to no current state.
pub(super) fn kind_2(board: &Board) -> Vec<Finding> {
    if board.map.kind != MapKind::FutureState || !board.map.current_state.trim().is_empty() {
        return Vec::new();
    }
    let message = "The map does not name the current state it improves on.";
    let why =
        format!("{WHY}: without today beside it, nobody can tell what a future state changes.");
    let field = MapField::CurrentState;
    let fix = Fix::new("Link the current state", Act::EditMap { field });
    vec![Finding::new(Rule::Kind2, Severity::Advice, message, &why).fix(fix)]
}

/// A day in the life with owned touchpoints only.
pub(super) fn kind_3(board: &Board) -> Vec<Finding> {
    if board.map.kind != MapKind::DayInTheLife || !only_owned(board) {
        return Vec::new();
    }
    let message = "The day shows only your own touchpoints.";
    let why = format!("{WHY}: a day in the life is about everything you are only a small part of.");
    let fix = board.add_card(LaneKind::Touchpoint, board.map.stages.first());
    vec![Finding::new(Rule::Kind3, Severity::Problem, message, &why).fix(fix)]
}
