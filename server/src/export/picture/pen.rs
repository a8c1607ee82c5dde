//! Writes SVG: shapes and text with plain attributes, which every viewer and every converter understands alike. Pure.

use std::fmt::Write as _;

use super::font::{self, Weight};
use super::theme;

/// A part of a drawing, from (0, 0).
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) svg: String,
    pub(super) height: f32,
}

/// What is being drawn.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) svg: String,
}

/// Where a text stands: `y` is its baseline.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) x: f32,
    pub(super) y: f32,
}

pub(super) const fn at(x: f32, y: f32) -> At {
    At { x, y }
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) color: &'static str,
}

pub(super) const fn look(size: f32, weight: Weight, color: &'static str) -> Look {
    Look {
        size,
        weight,
        color,
    }
}

impl Look {
    pub(super) fn width(self, text: &str) -> f32 {
        font::width(text, self.weight, self.size)
    }

    pub(super) fn wrap(self, text: &str, most: f32) -> Vec<String> {
        font::wrap(text, self.weight, self.size, most)
    }

    /// At most so many lines; the last ends in an ellipsis where there were more.
    pub(super) fn wrap_most(self, text: &str, most: f32, lines: usize) -> Vec<String> {
        let mut wrapped = self.wrap(text, most);
        if wrapped.len() > lines {
            wrapped.truncate(lines);
            if let Some(last) = wrapped.last_mut() {
                *last = self.clipped(&format!("{last} …"), most);
            }
        }
        wrapped
    }

    /// On one line, with an ellipsis at its end where it does not fit.
    pub(super) fn clipped(self, text: &str, most: f32) -> String {
        font::clipped(text, self.weight, self.size, most)
    }

    /// From the top of a line of this height to its baseline. Inter's capitals are 0.73 em high.
    pub(super) fn drop(self, line: f32) -> f32 {
        f32::midpoint(line, self.size * 0.73)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Rect {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) round: f32,
}

pub(super) const fn rect(x: f32, y: f32, width: f32, height: f32, round: f32) -> Rect {
    Rect {
        x,
        y,
        width,
        height,
        round,
    }
}

impl Pen {
    pub(super) fn text(&mut self, At { x, y }: At, look: Look, text: &str) {
        self.anchored(x, y, look, text, "");
    }

    /// Text that ends at `x`.
    pub(super) fn text_end(&mut self, At { x, y }: At, look: Look, text: &str) {
        self.anchored(x, y, look, text, r#" text-anchor="end""#);
    }

    pub(super) fn text_middle(&mut self, At { x, y }: At, look: Look, text: &str) {
        self.anchored(x, y, look, text, r#" text-anchor="middle""#);
    }

    fn anchored(&mut self, x: f32, y: f32, look: Look, text: &str, anchor: &str) {
        if text.trim().is_empty() {
            return;
        }
        let weight = match look.weight {
            Weight::Regular => String::new(),
            strong @ Weight::Strong => format!(r#" font-weight="{}""#, strong.number()),
        };
        let _ = write!(
            self.svg,
            r#"<text x="{}" y="{}" font-size="{}"{weight} fill="{}"{anchor}>{}</text>"#,
            n(x),
            n(y),
            n(look.size),
            look.color,
            escaped(text)
        );
    }

    /// Lines of text from the top at `y`; gives the y below them.
    pub(super) fn lines(&mut self, x: f32, y: f32, line: f32, look: Look, lines: &[String]) -> f32 {
        let mut top = y;
        for text in lines {
            self.text(at(x, top + look.drop(line)), look, text);
            top += line;
        }
        top
    }

    /// `more` holds further attributes.
    pub(super) fn rect(&mut self, rect: Rect, fill: &str, more: &str) {
        let round = if rect.round > 0.0 {
            format!(r#" rx="{}""#, n(rect.round))
        } else {
            String::new()
        };
        let _ = write!(
            self.svg,
            r#"<rect x="{}" y="{}" width="{}" height="{}"{round} fill="{fill}"{more}/>"#,
            n(rect.x),
            n(rect.y),
            n(rect.width),
            n(rect.height),
        );
    }

    /// A straight line; `more` holds further attributes.
    pub(super) fn line(&mut self, from: At, to: At, color: &str, width: f32, more: &str) {
        let _ = write!(
            self.svg,
            r#"<path d="M{} {}L{} {}" stroke="{color}" stroke-width="{}" fill="none"{more}/>"#,
            n(from.x),
            n(from.y),
            n(to.x),
            n(to.y),
            n(width),
        );
    }

    /// A mark of `marks.rs`, with its upper left corner here.
    pub(super) fn mark(&mut self, At { x, y }: At, size: f32, color: &str, shapes: &str) {
        let shapes = shapes.replace("currentColor", color);
        let _ = write!(
            self.svg,
            r#"<g transform="translate({} {}) scale({})" fill="none" stroke="{color}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">{shapes}</g>"#,
            n(x),
            n(y),
            n(size / 20.0),
        );
    }

    /// The mark of an emotion line, with its middle here.
    pub(super) fn line_mark(&mut self, At { x, y }: At, size: f32, style: usize) {
        let shape = super::marks::LINES[style % super::marks::LINES.len()];
        let (color, _) = theme::LINES[style % theme::LINES.len()];
        let _ = write!(
            self.svg,
            r#"<g transform="translate({} {}) scale({})" fill="{color}" stroke="{}" stroke-width="1.25">{shape}</g>"#,
            n(x - size / 2.0),
            n(y - size / 2.0),
            n(size / 12.0),
            theme::SURFACE,
        );
    }

    pub(super) fn piece(&mut self, x: f32, y: f32, piece: &Piece) {
        let _ = write!(
            self.svg,
            r#"<g transform="translate({} {})">{}</g>"#,
            n(x),
            n(y),
            piece.svg
        );
    }

    pub(super) fn raw(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    pub(super) fn into_piece(self, height: f32) -> Piece {
        Piece {
            svg: self.svg,
            height,
        }
    }
}

/// A number as short as it can be said: hundredths of a pixel nobody sees.
pub(super) fn n(number: f32) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        rounded.to_string()
    }
}

/// Text as XML holds it: without the characters that it cannot hold, and with marks that turn the writing direction left to the viewer.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
