//! What a card says beside its text, each on a row of one height: facts, chips, scales. Pure.

use super::super::font::Weight;
use super::super::pen::{Look, Pen, at, look, n, rect};
use super::super::theme::{self, Tint};

/// Height of a row of facts.
pub(super) const ROW: f32 = 20.0;
pub(super) const FACT: Look = look(theme::XS, Weight::Regular, theme::INK_2);

/// One thing said beside the text.
pub(super) struct Bit {
    pub(super) svg: String,
    pub(super) width: f32,
}

/// The longest that a bit's text is drawn: what is a little longer than its card is made smaller, what would get too small is cut.
const LONGEST: f32 = 200.0;

impl Bit {
    /// Somebody's long word must not leave the card.
    pub(super) fn within(mut self, room: f32) -> Self {
        if self.width > room {
            let scale = n(room / self.width);
            self.svg = format!(r#"<g transform="scale({scale})">{}</g>"#, self.svg);
            self.width = room;
        }
        self
    }
}

pub(super) fn fact(mark: Option<&str>, text: &str, look: Look) -> Bit {
    let text = &look.clipped(text, LONGEST);
    let mut pen = Pen::default();
    let mut x = 0.0;
    if let Some(mark) = mark {
        pen.mark(at(0.0, 3.0), 14.0, look.color, mark);
        x = 18.0;
    }
    pen.text(at(x, look.drop(ROW)), look, text);
    Bit {
        width: x + look.width(text),
        svg: pen.svg,
    }
}

pub(super) fn plain(text: &str) -> Bit {
    fact(None, text, FACT)
}

pub(super) fn chip(mark: Option<&str>, text: &str, ground: &str, color: &'static str) -> Bit {
    let look = look(theme::XS, Weight::Strong, color);
    let text = &look.clipped(text, LONGEST);
    let mut inner = Pen::default();
    let mut x = 8.0;
    if let Some(mark) = mark {
        inner.mark(at(x, 4.0), 12.0, color, mark);
        x += 16.0;
    }
    inner.text(at(x, look.drop(ROW)), look, text);
    let width = x + look.width(text) + 8.0;
    let mut pen = Pen::default();
    pen.rect(rect(0.0, 0.0, width, ROW, 10.0), ground, "");
    pen.raw(&inner.svg);
    Bit {
        svg: pen.svg,
        width,
    }
}

/// A scale as filled and empty pips, and the words that say the same.
pub(super) fn pips(value: u8, of: u8, text: &str, tint: Tint, look: Look) -> Bit {
    let mut pen = Pen::default();
    for place in 0..of {
        let ground = if place < value { tint.mark } else { "none" };
        let edge = format!(r#" stroke="{}" stroke-width="1.5""#, tint.mark);
        pen.rect(
            rect(f32::from(place) * 9.0 + 0.75, 7.25, 5.5, 5.5, 2.75),
            ground,
            &edge,
        );
    }
    let x = f32::from(of) * 9.0 + 3.0;
    pen.text(at(x, look.drop(ROW)), look, text);
    Bit {
        width: x + look.width(text),
        svg: pen.svg,
    }
}

/// "Impact 4": the figure is what one looks for.
pub(super) fn rating(name: &str, value: &str) -> Bit {
    let strong = look(theme::XS, Weight::Strong, theme::INK);
    let value = &strong.clipped(value, LONGEST);
    let x = FACT.width(name) + 4.0;
    let mut pen = Pen::default();
    pen.text(at(0.0, FACT.drop(ROW)), FACT, name);
    pen.text(at(x, strong.drop(ROW)), strong, value);
    Bit {
        width: x + strong.width(value),
        svg: pen.svg,
    }
}
