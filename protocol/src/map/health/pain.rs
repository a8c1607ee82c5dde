//! Where it hurts, and whether anything is done about it: PAIN-1, PAIN-2.

use super::super::kinds::{LaneKind, Status};
use super::board::{Board, Placed};
use super::curve;
use super::finding::{Act, Finding, Fix, Rule, Severity};
use super::say::{self, quoted};
use std::collections::BTreeSet;

/// A pain that no opportunity addresses. An opportunity that was dropped answers nothing any more; one that only sounds
/// like an answer is not one until it says so.
pub(super) fn pain_1(board: &Board) -> Vec<Finding> {
    let alive = board
        .of_kind(LaneKind::Opportunity)
        .filter(|placed| placed.card.status != Some(Status::Dropped));
    let addressed: BTreeSet<&str> = alive
        .flat_map(|placed| placed.card.addresses.iter().map(String::as_str))
        .collect();
    let open = board
        .of_kind(LaneKind::Pain)
        .filter(|placed| !addressed.contains(placed.card.id.as_str()));
    open.map(|pain| unanswered(board, pain)).collect()
}

fn unanswered(board: &Board, pain: Placed) -> Finding {
    let id = &pain.card.id;
    let message = format!(
        "No opportunity addresses {}.",
        quoted(&pain.card.text, "a pain without a text")
    );
    let why = "A pain without an answer will be there again at the next review.";
    let fix = match board.lane(LaneKind::Opportunity) {
        Some(lane) => Some(Fix::new(
            "Add an opportunity",
            Act::AddOpportunity {
                lane: lane.id.clone(),
                stage: pain.stage.id.clone(),
                addresses: vec![id.clone()],
            },
        )),
        None => board.add_card(LaneKind::Opportunity, Some(pain.stage)),
    };
    Finding::new(Rule::Pain1, Severity::Advice, message, why)
        .at([id.as_str()])
        .fix(fix)
}

/// The lowest point of the curve has no pain. Several stages may be lowest; where all are alike, there is no low.
pub(super) fn pain_2(board: &Board) -> Vec<Finding> {
    let means = curve::means(board.of_kind(LaneKind::Emotion));
    let is_lowest = |place: &usize| {
        means
            .get(place)
            .is_some_and(|own| !means.values().any(|other| other.is_below(*own)))
    };
    let lowest: BTreeSet<usize> = means.keys().copied().filter(is_lowest).collect();
    if lowest.len() > 1 && lowest.len() == means.len() {
        return Vec::new();
    }
    let without = board
        .stages()
        .filter(|(place, _)| lowest.contains(place) && !board.has(*place, LaneKind::Pain));
    let finding = |(_, stage): (usize, &super::super::Stage)| {
        let message = format!(
            "{} is where it feels worst, and no pain says why.",
            say::stage(&stage.title)
        );
        let why = "The lowest point of the curve is where the map should be most exact.";
        board.lacks(Rule::Pain2, stage, LaneKind::Pain, message, why)
    };
    without.map(finding).collect()
}
