//! Health: what a good facilitator would point out about a map (SPEC, HEALTH; map-format's Health table).
//!
//! Called by the HTTP interface and `cairn health`. Pure: the day is an argument, and the same map on the same day
//! gives the same list. Each rule is one function that lists its findings in the map's order; [`RULES`] puts them in the
//! table's order. A map that does well gives none.

mod action;
mod board;
mod buying;
mod curve;
mod detail;
mod evidence;
mod finding;
mod gap;
mod internal;
mod joins;
mod kind;
mod layers;
mod pain;
mod say;
mod scope;
mod stages;
#[cfg(test)]
mod tests;
mod touch;
mod upkeep;
mod words;

pub use finding::{Act, CardField, Finding, Fix, Health, MapField, Rule, Severity};
pub use say::quoted;

use super::date::Date;
use super::journey::JourneyMap;
use board::Board;

/// Every rule in the table's order. A rule may not depend on what another found.
const RULES: &[fn(&Board) -> Vec<Finding>] = &[
    scope::persona_1,
    scope::scope_1,
    scope::scope_2,
    stages::stages_1,
    stages::stages_2,
    stages::stages_3,
    stages::stages_4,
    layers::layer_1,
    layers::layer_2,
    touch::touch_1,
    touch::touch_2,
    touch::touch_3,
    gap::gap_1,
    gap::gap_2,
    curve::emotion_1,
    curve::emotion_2,
    pain::pain_1,
    pain::pain_2,
    action::action_1,
    action::action_2,
    evidence::evidence_1,
    detail::detail_1,
    detail::detail_2,
    upkeep::review_1,
    upkeep::review_2,
    kind::kind_1,
    kind::kind_2,
    kind::kind_3,
];

/// What a good facilitator would point out about this map on this day.
pub fn health(map: &JourneyMap, today: Date) -> Vec<Finding> {
    let board = Board::of(map, today);
    RULES.iter().flat_map(|rule| rule(&board)).collect()
}
