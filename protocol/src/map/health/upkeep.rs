//! Whether the map is kept alive: REVIEW-1, REVIEW-2.

use super::board::Board;
use super::finding::{Act, Finding, Fix, MapField, Rule, Severity};

const WHY: &str = "A map that is not maintained goes stale";

/// Never reviewed, or overdue: from the day after the due one. Without a cadence nothing falls due.
pub(super) fn review_1(board: &Board) -> Vec<Finding> {
    let last = board
        .map
        .review
        .as_ref()
        .and_then(|review| review.last_reviewed);
    let due = board.map.review_due();
    let (severity, message, why) = match (last, due) {
        (None, _) => (
            Severity::Advice,
            "The map was never reviewed.".to_owned(),
            format!("{WHY}: the first review says that it was true once."),
        ),
        (Some(last), Some(due)) if due < board.today => (
            Severity::Problem,
            format!("The review was due on {due}; the last one was on {last}."),
            format!("{WHY}: people act on what may no longer be true."),
        ),
        (Some(_), _) => return Vec::new(),
    };
    let fix = Fix::new("Reviewed, unchanged", Act::MarkReviewed);
    vec![Finding::new(Rule::Review1, severity, message, &why).fix(fix)]
}

/// No owner.
pub(super) fn review_2(board: &Board) -> Vec<Finding> {
    if !board.map.owner.trim().is_empty() {
        return Vec::new();
    }
    let why = format!("{WHY}: somebody has to be asked when it is wrong.");
    let field = MapField::Owner;
    let fix = Fix::new("Name an owner", Act::EditMap { field });
    vec![
        Finding::new(
            Rule::Review2,
            Severity::Advice,
            "Nobody owns the map.",
            &why,
        )
        .fix(fix),
    ]
}
