//! The map as a picture: one drawing, or sheets of paper. SVG here; PNG and PDF are made from it (`raster.rs`, `pdf.rs`). Pure: the same map
//! gives the same drawing.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of cards, lines and stages are far below 2^23"
)]

mod blueprint;
mod card;
mod cells;
mod curve;
mod draw;
mod font;
mod hatch;
mod heading;
mod legend;
mod marks;
mod names;
mod paper;
mod pdf;
mod pen;
mod raster;
mod sheet;
#[cfg(test)]
mod tests;
mod theme;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use data_encoding::BASE64;

use super::Taken;
use super::votes;
use super::words;
use cells::Cells;
use font::Weight;
use legend::Legend;
use names::Measures;
use pen::{Pen, n};

pub(crate) use pdf::file as pdf;
pub(crate) use raster::file as png;

/// Space around everything.
const MARGIN: f32 = 24.0;

/// A drawing of its own.
pub(super) struct Drawing {
    pub(super) svg: String,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// As the screen lays it out.
const SCREEN: Measures = Measures {
    lane: 188.0,
    column: 216.0,
    room: None,
    columns: usize::MAX,
    titles: usize::MAX,
    legend: usize::MAX,
};

/// The whole map as one drawing, with the font in it.
pub(crate) fn svg(taken: &Taken) -> String {
    with_font(whole(taken)).svg
}

/// The whole map as one drawing, without a font in it.
pub(super) fn whole(taken: &Taken) -> Drawing {
    let outcome = votes::outcome(&taken.rounds);
    let cells = Cells::drawn(taken, outcome.as_ref(), SCREEN);
    let columns = cells.map.stages.len().max(2) as f32;
    let width = (SCREEN.lane + SCREEN.column * columns).max(720.0);
    let mut pen = Pen::default();
    let mut y = heading::whole(&mut pen, taken, width);
    for sheet in sheet::sheets(&cells, SCREEN) {
        y = draw::map(&mut pen, &cells, &sheet, SCREEN, y, theme::CANVAS);
    }
    let legend = Legend::of(taken, &cells, outcome.as_ref());
    y = legend.marks(&mut pen, y + 16.0);
    y = legend.notes(&mut pen, y, width);
    let (width, height) = (width + 2.0 * MARGIN, y + 2.0 * MARGIN);
    let ground = format!(
        r#"<rect width="{}" height="{}" fill="{}"/>"#,
        n(width),
        n(height),
        theme::CANVAS
    );
    let inner = format!(
        r#"{ground}<g transform="translate({MARGIN} {MARGIN})">{}</g>"#,
        pen.svg
    );
    document(taken, &inner, width, height)
}

/// A whole SVG document. Text says which font it wants; what Inter lacks comes from the viewer's own.
fn document(taken: &Taken, inner: &str, width: f32, height: f32) -> Drawing {
    let mut svg = String::with_capacity(inner.len() + 4096);
    let title = words::one_line(&taken.map.title);
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family="Inter, system-ui, 'Segoe UI', sans-serif" role="img"><title>{}</title>"#,
        pen::escaped(if title.is_empty() {
            "Untitled map"
        } else {
            &title
        }),
        w = n(width),
        h = n(height),
    );
    svg.push_str(inner);
    svg.push_str("</svg>\n");
    Drawing { svg, width, height }
}

/// The drawing with the part of the font it uses.
fn with_font(mut drawing: Drawing) -> Drawing {
    const TITLED: &str = "</title>";
    let letters: BTreeSet<char> = drawing
        .svg
        .chars()
        .filter(|letter| !letter.is_control())
        .collect();
    let mut faces = String::from("<style>");
    for weight in Weight::ALL {
        let Some(part) = font::part(weight, &letters) else {
            continue;
        };
        let _ = write!(
            faces,
            "@font-face{{font-family:Inter;font-weight:{};src:url(data:font/ttf;base64,{})}}",
            weight.number(),
            BASE64.encode(&part)
        );
    }
    faces.push_str("</style>");
    if let Some(at) = drawing.svg.find(TITLED) {
        drawing.svg.insert_str(at + TITLED.len(), &faces);
    }
    drawing
}
