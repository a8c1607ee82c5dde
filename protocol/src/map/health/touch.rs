//! Where the customer meets the service: TOUCH-1, TOUCH-2, TOUCH-3.

use super::super::kinds::{LaneKind, MapKind};
use super::board::Board;
use super::finding::{CardField, Finding, Rule, Severity};
use super::say::{self, quoted};

/// The kinds of lane whose cards are interactions in this map, the one to add first.
pub(super) fn interactions(board: &Board) -> &'static [LaneKind] {
    const BLUEPRINT: &[LaneKind] = &[
        LaneKind::Touchpoint,
        LaneKind::Frontstage,
        LaneKind::Evidence,
    ];
    match board.map.kind {
        MapKind::ServiceBlueprint => BLUEPRINT,
        MapKind::CurrentState | MapKind::FutureState | MapKind::DayInTheLife => {
            &[LaneKind::Touchpoint]
        }
    }
}

/// Whether there are touchpoints and each of them is the organisation's own: what says nothing is not beyond control.
pub(super) fn only_owned(board: &Board) -> bool {
    let mut touchpoints = board.of_kind(LaneKind::Touchpoint).peekable();
    touchpoints.peek().is_some() && touchpoints.all(|placed| placed.card.owned != Some(false))
}

/// A stage without a touchpoint; in a blueprint, without any interaction.
pub(super) fn touch_1(board: &Board) -> Vec<Finding> {
    let kinds = interactions(board);
    let without = board
        .stages()
        .filter(|(place, _)| !kinds.iter().any(|kind| board.has(*place, *kind)));
    let mut own = kinds
        .iter()
        .copied()
        .filter(|kind| board.lane(*kind).is_some());
    let kind = own.next().unwrap_or(LaneKind::Touchpoint);
    let finding = |(_, stage): (usize, &super::super::Stage)| {
        let message = format!("{} has no touchpoint.", say::stage(&stage.title));
        let why = "Most teams undercount touchpoints: where none is known, the experience is left to chance.";
        board.lacks(Rule::Touch1, stage, kind, message, why)
    };
    without.map(finding).collect()
}

/// A touchpoint without a channel.
pub(super) fn touch_2(board: &Board) -> Vec<Finding> {
    let without = board
        .of_kind(LaneKind::Touchpoint)
        .filter(|placed| placed.card.channel.trim().is_empty());
    let finding = |placed: super::board::Placed| {
        let card = placed.card;
        let message = format!(
            "{} has no channel.",
            quoted(&card.text, "A touchpoint without a text")
        );
        let why = "A touchpoint without its channel belongs to nobody, and a break between channels stays unseen.";
        Finding::new(Rule::Touch2, Severity::Advice, message, why).on_card(
            card,
            "Choose a channel",
            CardField::Channel,
        )
    };
    without.map(finding).collect()
}

/// Only owned touchpoints.
pub(super) fn touch_3(board: &Board) -> Vec<Finding> {
    if !only_owned(board) {
        return Vec::new();
    }
    let message = "No touchpoint is beyond your control.";
    let why = "The experience includes moments you do not control: friends, reviews, competitors, the post, the weather.";
    let stage = board.map.stages.first();
    let fix = board.add_card(LaneKind::Touchpoint, stage);
    vec![Finding::new(Rule::Touch3, Severity::Advice, message, why).fix(fix)]
}
