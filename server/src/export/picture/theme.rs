//! Colours and measures of drawings: the light theme of the web client (`styles/tokens.css`), since paper is light.

use cairn_protocol::map::{LaneKind, Layer};

pub(super) const CANVAS: &str = "#f6f3ec";
pub(super) const SURFACE: &str = "#fffdf9";
pub(super) const INK: &str = "#26221c";
pub(super) const INK_2: &str = "#5a5348";
pub(super) const INK_3: &str = "#6d6558";
pub(super) const LINE: &str = "#e4ddd0";
pub(super) const LINE_STRONG: &str = "#cfc6b6";
pub(super) const LINE_CONTROL: &str = "#8e8576";
pub(super) const DANGER: &str = "#b0291f";
pub(super) const DANGER_SOFT: &str = "#f9e4df";
pub(super) const OK: &str = "#2c6a3a";

/// A layer's colours: its mark, a ground, text on that ground.
#[derive(Clone, Copy)]
pub(super) struct Tint {
    pub(super) mark: &'static str,
    pub(super) soft: &'static str,
    pub(super) ink: &'static str,
}

pub(super) const STRUCTURE: Tint = tint("#6b655b", "#ece7dc", "#4a453d");
const INTERACTIONS: Tint = tint("#2f6bb0", "#e1ecf7", "#1f4f87");
const BEHAVIOUR: Tint = tint("#7a55b0", "#ece5f6", "#5a3c8a");
pub(super) const EXPERIENCE: Tint = tint("#c04a3d", "#fae5e0", "#8c2f25");
const STRATEGY: Tint = tint("#a56a05", "#f8ebcf", "#744a00");
pub(super) const BLUEPRINT: Tint = tint("#3d7d46", "#e2f0e0", "#275a30");
const ANY: Tint = tint("#857c6e", "#efebe2", "#575044");

const fn tint(mark: &'static str, soft: &'static str, ink: &'static str) -> Tint {
    Tint { mark, soft, ink }
}

pub(super) const fn tint_of(kind: LaneKind) -> Tint {
    match kind.layer() {
        Layer::Interactions => INTERACTIONS,
        Layer::Behaviour => BEHAVIOUR,
        Layer::Experience => EXPERIENCE,
        Layer::Strategy => STRATEGY,
        Layer::Blueprint => BLUEPRINT,
        Layer::Any => ANY,
    }
}

/// One style a persona's line: colour and dash; the last is nobody's. Its mark is in `marks.rs`.
pub(super) const LINES: [(&str, &str); 7] = [
    (EXPERIENCE.mark, ""),
    (INTERACTIONS.mark, "8 5"),
    (BEHAVIOUR.mark, "1 6"),
    (BLUEPRINT.mark, "14 5 1 5"),
    (STRATEGY.mark, "3 5"),
    (STRUCTURE.mark, "18 6"),
    (INK_3, "10 4 1 4 1 4"),
];

/// Sizes of text, in px.
pub(super) const XS: f32 = 12.0;
pub(super) const S: f32 = 13.0;
pub(super) const M: f32 = 14.0;
pub(super) const XL: f32 = 20.0;
pub(super) const TITLE: f32 = 28.0;
