//! Whether the map rests on anything but opinion: EVIDENCE-1.

use super::super::kinds::{Confidence, Layer};
use super::board::{Board, Placed};
use super::finding::{CardField, Finding, Rule, Severity};
use std::collections::BTreeSet;

/// The layers whose cards can be known or supposed. Notes and figures belong to any layer and so to none.
const LAYERS: [(Layer, &str); 5] = [
    (Layer::Interactions, "interactions"),
    (Layer::Behaviour, "behaviour"),
    (Layer::Experience, "experience"),
    (Layer::Strategy, "strategy"),
    (Layer::Blueprint, "backstage"),
];

fn is_known(placed: &Placed) -> bool {
    placed.card.effective_confidence() == Confidence::Evidence
}

/// A layer resting on assumptions alone, with the share for the whole map. About its lanes that hold cards; a source for
/// one card ends it.
pub(super) fn evidence_1(board: &Board) -> Vec<Finding> {
    let all = board.cards.len();
    let known = board.cards.iter().filter(|placed| is_known(placed)).count();
    // Whole per cent, as on every screen: 0 means no card and 100 means every card.
    let share = match known {
        0 => 0,
        _ if known == all => 100,
        _ => ((known * 200 + all) / (all * 2)).clamp(1, 99),
    };
    let finding = |(layer, name): (Layer, &str)| {
        let cards = board.cards.iter();
        let own: Vec<&Placed> = cards
            .filter(|placed| board.layer(placed.kind()) == layer)
            .collect();
        let first = own.first()?;
        if own.iter().any(|placed| is_known(placed)) {
            return None;
        }
        let lanes: BTreeSet<(usize, &str)> = own
            .iter()
            .map(|placed| (placed.row, placed.lane.id.as_str()))
            .collect();
        let message = format!(
            "The {name} layer rests on assumptions alone ({share} % of all {all} cards have evidence)."
        );
        let why = "A map built on assumptions is a hypothesis: one talk, one log, one visit for each layer tells what is true.";
        let finding = Finding::new(Rule::Evidence1, Severity::Problem, message, why);
        let lanes = lanes.into_iter().map(|(_, id)| id);
        let finding = finding.on_card(first.card, "Add a source", CardField::Sources);
        Some(finding.at(lanes))
    };
    LAYERS.into_iter().filter_map(finding).collect()
}
