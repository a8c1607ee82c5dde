//! Whether anybody can act on the opportunities: ACTION-1, ACTION-2.

use super::super::kinds::{LaneKind, Status};
use super::board::{Board, Placed};
use super::finding::{CardField, Finding, Rule, Severity};
use super::say::quoted;

const WHY: &str = "A map nobody acts on is a poster";

fn named(placed: Placed) -> String {
    quoted(&placed.card.text, "An opportunity without a text")
}

/// An opportunity with no impact or effort. What is done or dropped is weighed no more.
pub(super) fn action_1(board: &Board) -> Vec<Finding> {
    let finding = |placed: Placed| {
        let card = placed.card;
        if matches!(card.status, Some(Status::Done | Status::Dropped)) {
            return None;
        }
        let (missing, label, field) = match (card.impact, card.effort) {
            (Some(_), Some(_)) => return None,
            (None, None) => ("impact and no effort", "Rate the impact", CardField::Impact),
            (None, Some(_)) => ("impact", "Rate the impact", CardField::Impact),
            (Some(_), None) => ("effort", "Estimate the effort", CardField::Effort),
        };
        let message = format!("{} has no {missing}.", named(placed));
        let why = format!("{WHY}: without impact and effort nobody can say what to do first.");
        let finding = Finding::new(Rule::Action1, Severity::Advice, message, &why);
        Some(finding.on_card(card, label, field))
    };
    let opportunities = board.of_kind(LaneKind::Opportunity);
    opportunities.filter_map(finding).collect()
}

/// A `planned` or `doing` opportunity with no owner.
pub(super) fn action_2(board: &Board) -> Vec<Finding> {
    let finding = |placed: Placed| {
        let card = placed.card;
        let state = match card.status {
            Some(Status::Planned) => "planned",
            Some(Status::Doing) => "under way",
            Some(Status::Idea | Status::Done | Status::Dropped) | None => return None,
        };
        if !card.owner.trim().is_empty() {
            return None;
        }
        let message = format!("{} is {state}, but nobody owns it.", named(placed));
        let why = format!("{WHY}: what nobody owns is not {state}, whatever the map says.");
        let finding = Finding::new(Rule::Action2, Severity::Problem, message, &why);
        Some(finding.on_card(card, "Name an owner", CardField::Owner))
    };
    let opportunities = board.of_kind(LaneKind::Opportunity);
    opportunities.filter_map(finding).collect()
}
