//! The columns: how many, whose words, how far, and whether anything is in them: STAGES-1 to STAGES-4.

use super::super::kinds::{LaneKind, MapKind};
use super::board::Board;
use super::finding::{Act, Finding, Fix, Rule, Severity};
use super::{buying, internal, say};
use std::collections::BTreeSet;

/// How many stages a map can have and still be read at a glance.
const FEWEST: usize = 4;
const MOST: usize = 7;

/// Fewer than 4 or more than 7 stages. About all of them.
pub(super) fn stages_1(board: &Board) -> Vec<Finding> {
    let stages = &board.map.stages;
    let (message, why) = match stages.len() {
        0 => (
            "The map has no stages.".to_owned(),
            "Without stages there is no journey, only a list.",
        ),
        few @ 1..FEWEST => (
            format!("The map has only {}.", say::count(few, "stage")),
            "Fewer than four stages are too abstract: what differs within them cannot be seen.",
        ),
        FEWEST..=MOST => return Vec::new(),
        many => (
            format!("The map has {many} stages."),
            "More than seven stages are unreadable: nobody sees the whole journey at a glance.",
        ),
    };
    let ids = stages.iter().map(|stage| stage.id.as_str());
    vec![Finding::new(Rule::Stages1, Severity::Advice, message, why).at(ids)]
}

/// A stage named for the organisation's process: one finding for each.
pub(super) fn stages_2(board: &Board) -> Vec<Finding> {
    let tells = internal::tells(board.map);
    let finding = |(stage, tell): (usize, internal::Tell)| {
        let stage = board.map.stages.get(stage)?;
        let message = format!(
            "{} is named for {}, not for what the customer does there.",
            say::stage(&stage.title),
            tell.process,
        );
        let why = "Stages are the customer's, not the funnel's: seen from inside, the map shows what you do and hides what they live through.";
        let act = Act::EditStage {
            stage: stage.id.clone(),
        };
        let finding = Finding::new(Rule::Stages2, Severity::Problem, message, why);
        let fix = Fix::new("Rename the stage", act);
        Some(finding.at([stage.id.as_str()]).fix(fix))
    };
    tells.into_iter().filter_map(finding).collect()
}

/// Nothing after the purchase, in a current- or future-state map about buying. About the stage where it ends.
pub(super) fn stages_3(board: &Board) -> Vec<Finding> {
    if !matches!(board.map.kind, MapKind::CurrentState | MapKind::FutureState) {
        return Vec::new();
    }
    let end = buying::ends_with_the_purchase(board.map);
    let Some(stage) = end.and_then(|place| board.map.stages.get(place)) else {
        return Vec::new();
    };
    let message = format!(
        "The map ends where they buy, at {}.",
        say::stage(&stage.title)
    );
    let why = "That is a buyer's journey; most of the experience comes later: using it, needing help, staying or leaving.";
    vec![Finding::new(Rule::Stages3, Severity::Advice, message, why).at([stage.id.as_str()])]
}

/// A stage with no card at all.
pub(super) fn stages_4(board: &Board) -> Vec<Finding> {
    let filled: BTreeSet<usize> = board.cards.iter().map(|placed| placed.column).collect();
    let empty = board.stages().filter(|(place, _)| !filled.contains(place));
    let kind = board
        .map
        .lanes
        .first()
        .map_or(LaneKind::Action, |lane| lane.kind);
    let finding = |(_, stage): (usize, &super::super::Stage)| {
        let message = format!("{} has no card at all.", say::stage(&stage.title));
        let why = "An empty stage says that nothing happens there, or that nobody asked.";
        board.lacks(Rule::Stages4, stage, kind, message, why)
    };
    empty.map(finding).collect()
}
