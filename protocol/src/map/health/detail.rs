//! Too much to act on: DETAIL-1, DETAIL-2.

use super::board::{Board, Placed};
use super::finding::{CardField, Finding, Rule, Severity};
use super::say::{quoted, stage};

/// Most cards in a cell.
const MOST_CARDS: usize = 8;
/// Longest card, in code points.
const LONGEST: usize = 280;

const WHY: &str = "Too detailed to act on";

/// A cell with more than 8 cards. About its lane and stage.
pub(super) fn detail_1(board: &Board) -> Vec<Finding> {
    let same_cell = |a: &Placed, b: &Placed| (a.column, a.row) == (b.column, b.row);
    let finding = |cell: &[Placed]| {
        let first = cell.first().filter(|_| cell.len() > MOST_CARDS)?;
        let message = format!(
            "{} in {} has {} cards.",
            quoted(&first.lane.title, "A lane without a title"),
            stage(&first.stage.title),
            cell.len()
        );
        let why = format!(
            "{WHY}: group what belongs together, and keep what people told you most about."
        );
        let finding = Finding::new(Rule::Detail1, Severity::Advice, message, &why);
        Some(finding.at([first.lane.id.as_str(), first.stage.id.as_str()]))
    };
    let cells = board.cards.chunk_by(same_cell);
    cells.filter_map(finding).collect()
}

/// A card of more than 280 characters.
pub(super) fn detail_2(board: &Board) -> Vec<Finding> {
    let finding = |placed: &Placed| {
        let card = placed.card;
        let length = card.text.chars().count();
        if length <= LONGEST {
            return None;
        }
        let message = format!(
            "{} is {length} characters long.",
            quoted(&card.text, "A card that nobody can see")
        );
        let why = format!(
            "{WHY}: nobody reads a paragraph in a cell; the rest belongs into its sources or comments."
        );
        let finding = Finding::new(Rule::Detail2, Severity::Advice, message, &why);
        Some(finding.on_card(card, "Shorten it", CardField::Text))
    };
    board.cards.iter().filter_map(finding).collect()
}
