//! The map as a picture: one drawing, or sheets of paper. SVG here; PNG and PDF are made from it (`raster.rs`, `pdf.rs`). Pure: the same map
//! gives the same drawing.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of cards, lines and stages are far below 2^23"
)]

mod card;
mod curve;
mod draw;
mod font;
mod marks;
mod pdf;
mod pen;
mod raster;
mod sheet;
mod theme;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cairn_protocol::map::{LaneKind, Layer};
use data_encoding::BASE64;

use super::Taken;
use super::report::{Content, report};
use super::votes::{self, Outcome};
use super::words;
use crate::when::rfc3339;
use font::Weight;
use pen::{Look, Pen, at, look, n, rect};
use sheet::{Cells, Measures};

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

/// Paper in landscape, in px of 1/96 inch.
#[derive(Clone, Copy, Debug)]
struct Page {
    width: f32,
    height: f32,
    margin: f32,
    /// The smallest a drawing is made on it, and the largest.
    least: f32,
    most: f32,
}

const MM: f32 = 96.0 / 25.4;

const A4: Page = Page {
    width: 297.0 * MM,
    height: 210.0 * MM,
    margin: 10.0 * MM,
    least: 0.7,
    most: 1.0,
};

const A3: Page = Page {
    width: 420.0 * MM,
    height: 297.0 * MM,
    margin: 10.0 * MM,
    least: 0.85,
    most: 1.35,
};

/// As the screen lays it out.
const SCREEN: Measures = Measures {
    lane: 188.0,
    column: 216.0,
    height: None,
    columns: usize::MAX,
};

/// The whole map as one drawing, with the font in it.
pub(crate) fn svg(taken: &Taken) -> String {
    with_font(whole(taken)).svg
}

/// The whole map as one drawing, without a font in it.
pub(super) fn whole(taken: &Taken) -> Drawing {
    let outcome = votes::outcome(&taken.rounds);
    let cells = Cells::drawn(taken, outcome.as_ref(), SCREEN.column, usize::MAX);
    let columns = cells.map.stages.len().max(2) as f32;
    let width = (SCREEN.lane + SCREEN.column * columns).max(720.0);
    let mut pen = Pen::default();
    let mut y = heading(&mut pen, taken, width);
    for sheet in sheet::sheets(&cells, SCREEN) {
        y = draw::map(&mut pen, &cells, &sheet, SCREEN, y, theme::CANVAS);
    }
    y = legend(&mut pen, taken, &cells, outcome.as_ref(), y + 16.0, width);
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

/// The map on sheets of paper, split at stages and lanes, both named on each.
fn pages(taken: &Taken, page: Page) -> Vec<Drawing> {
    let inner = (
        page.width - 2.0 * page.margin,
        page.height - 2.0 * page.margin,
    );
    let stages = taken.map.stages.len().max(1) as f32;
    let lane = 168.0;
    let fits = ((inner.0 / page.least - lane) / 190.0).floor().max(1.0);
    let sheets_across = (stages / fits).ceil();
    let columns = (stages / sheets_across).ceil();
    // As large as the columns of a sheet allow.
    let scale = (inner.0 / (lane + columns * 208.0)).clamp(page.least, page.most);
    let column = (inner.0 / scale - lane) / columns;
    let column = if columns < 3.0 {
        column.min(340.0)
    } else {
        column
    };
    let (width, height) = (inner.0 / scale, inner.1 / scale);
    let outcome = votes::outcome(&taken.rounds);
    let footer = 26.0;
    let running = 30.0;
    let mut first = Pen::default();
    let head = heading(&mut first, taken, width);
    let most_lines = ((height - running - footer - 320.0) / card::LINE)
        .floor()
        .max(6.0);
    #[expect(clippy::cast_sign_loss, reason = "at least 6")]
    let cells = Cells::drawn(taken, outcome.as_ref(), column, most_lines as usize);
    #[expect(clippy::cast_sign_loss, reason = "at least 1")]
    let measures = Measures {
        lane,
        column,
        // What the first sheet's heading takes is taken from all: sheets of one height lie on a wall in rows.
        height: Some(height - head.max(running) - footer),
        columns: columns as usize,
    };
    let mut sheets = sheet::sheets(&cells, measures);
    sheets.retain(|sheet| !sheet.strips.is_empty() || sheet.first == 0);
    let count = sheets.len();
    let drawn = sheets.iter().enumerate().map(|(at, sheet)| {
        let mut pen = Pen::default();
        let top = if at == 0 {
            heading(&mut pen, taken, width)
        } else {
            running_head(&mut pen, taken, sheet, width)
        };
        let below = draw::map(&mut pen, &cells, sheet, measures, top, "#ffffff");
        if at + 1 == count && below + 60.0 < height {
            legend(&mut pen, taken, &cells, outcome.as_ref(), below + 14.0, width);
        }
        let small = look(11.0, Weight::Regular, theme::INK_3);
        pen.text_end(pen::at(width, height - 4.0), small, &format!("{} / {count}", at + 1));
        let inner = format!(
            r##"<rect width="{}" height="{}" fill="#ffffff"/><g transform="translate({} {}) scale({scale})">{}</g>"##,
            n(page.width),
            n(page.height),
            n(page.margin),
            n(page.margin),
            pen.svg
        );
        document(taken, &inner, page.width, page.height)
    });
    drawn.collect()
}

const SMALL: Look = look(theme::S, Weight::Regular, theme::INK_2);

/// What a reader of the picture alone must know: which map, whose, how current. Gives the y below it.
fn heading(pen: &mut Pen, taken: &Taken, width: f32) -> f32 {
    let map = &taken.map;
    let title = look(theme::TITLE, Weight::Strong, theme::INK);
    let name = words::one_line(&map.title);
    let name = if name.is_empty() {
        "Untitled map"
    } else {
        &name
    };
    let mut lines = title.wrap(name, width);
    lines.truncate(2);
    let mut y = pen.lines(0.0, 0.0, 34.0, title, &lines) + 4.0;
    let scope = look(theme::M, Weight::Regular, theme::INK);
    let room = width.min(920.0);
    for text in [&map.scenario, &map.goal] {
        let mut lines = scope.wrap(&words::one_line(text), room);
        lines.truncate(2);
        y = pen.lines(0.0, y, 20.0, scope, &lines);
    }
    let personas: Vec<_> = map
        .personas
        .iter()
        .map(|one| [one.name.trim(), one.role.trim()].map(words::one_line))
        .map(|[name, role]| {
            if role.is_empty() {
                name
            } else {
                format!("{name}, {role}")
            }
        })
        .collect();
    let reviewed = map.review.as_ref().and_then(|review| review.last_reviewed);
    let facts = [
        words::map_kind(map.kind).to_owned(),
        personas.join("; "),
        if map.owner.trim().is_empty() {
            String::new()
        } else {
            format!("Owner: {}", words::one_line(&map.owner))
        },
        reviewed.map_or("Never reviewed".to_owned(), |day| format!("Reviewed {day}")),
        format!("As of {}", taken.day),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let mut lines = SMALL.wrap(&facts.join("  ·  "), width);
    lines.truncate(3);
    pen.lines(0.0, y + 2.0, 18.0, SMALL, &lines) + 14.0
}

/// On the sheets after the first.
fn running_head(pen: &mut Pen, taken: &Taken, sheet: &sheet::Sheet<'_>, width: f32) -> f32 {
    let strong = look(theme::S, Weight::Strong, theme::INK);
    let from = sheet.first + 1;
    let to = sheet.first + sheet.stages.len();
    let part = if from >= to {
        format!("Stage {from}")
    } else {
        format!("Stages {from} to {to}")
    };
    let room = width - SMALL.width(&part) - 24.0;
    let title = words::one_line(&taken.map.title);
    pen.text(
        at(0.0, 16.0),
        strong,
        &font::clipped(&title, strong.weight, strong.size, room),
    );
    pen.text_end(at(width, 16.0), SMALL, &part);
    28.0
}

/// What the marks mean, and what is left out. Gives the y below it.
fn legend(
    pen: &mut Pen,
    taken: &Taken,
    cells: &Cells<'_>,
    outcome: Option<&Outcome<'_>>,
    y: f32,
    width: f32,
) -> f32 {
    let content = Content::of(cells.map);
    let small = look(theme::XS, Weight::Regular, theme::INK_2);
    let mut x = 12.0;
    let mut y = y;
    let share = report(&content).evidence;
    let tint = theme::tint_of(LaneKind::Action);
    if share.cards > 0 {
        pen.rect(rect(x, y + 1.0, 18.0, 14.0, 3.0), tint.soft, "");
        let words = format!("Rests on evidence ({} %)", share.percent());
        pen.text(at(x + 26.0, y + small.drop(16.0)), small, &words);
        x += 26.0 + small.width(&words) + 20.0;
        pen.rect(rect(x, y + 1.0, 18.0, 14.0, 3.0), tint.soft, "");
        let edge = format!(
            r#" stroke="{}" stroke-dasharray="4 3" stroke-opacity=".6""#,
            tint.mark
        );
        let hatch = format!("url(#hatch-{})", tint.mark.trim_start_matches('#'));
        pen.rect(rect(x + 0.5, y + 1.5, 17.0, 13.0, 2.5), &hatch, &edge);
        pen.text(
            at(x + 26.0, y + small.drop(16.0)),
            small,
            "Assumption, not checked yet",
        );
        y += 20.0;
    }
    let mut notes = Vec::new();
    if let Some(outcome) = outcome {
        let round = outcome.round;
        let closed = rfc3339(round.ended.unwrap_or(round.opened));
        notes.push(format!(
            "Dots are those of the vote “{}”, {}, closed {}.",
            words::one_line(&round.setup.question),
            words::count(round.voters.unwrap_or(0) as usize, "voter"),
            closed.get(..10).unwrap_or_default()
        ));
    }
    match cells.hidden {
        0 => {}
        1 => notes.push("1 hidden lane is left out.".to_owned()),
        some => notes.push(format!("{some} hidden lanes are left out.")),
    }
    if let Some(felt) = taken.felt_last() {
        notes.push(format!(
            "How the room felt, “{}”: {}",
            words::one_line(&felt.setup.question),
            super::result::outcome_words(felt)
        ));
    }
    for note in notes {
        y = pen.lines(12.0, y, 18.0, small, &small.wrap(&note, width - 24.0));
    }
    y
}

/// A whole SVG document. Text says which font it wants; what Inter lacks comes from the viewer's own.
fn document(taken: &Taken, inner: &str, width: f32, height: f32) -> Drawing {
    let mut svg = String::with_capacity(inner.len() + 4096);
    let title = words::one_line(&taken.map.title);
    let _ = write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family="Inter, system-ui, 'Segoe UI', sans-serif" role="img"><title>{}</title><defs>"#,
        pen::escaped(if title.is_empty() {
            "Untitled map"
        } else {
            &title
        }),
        w = n(width),
        h = n(height),
    );
    for layer in [
        Layer::Interactions,
        Layer::Behaviour,
        Layer::Experience,
        Layer::Strategy,
        Layer::Blueprint,
        Layer::Any,
    ] {
        let kind = LaneKind::ALL.iter().find(|kind| kind.layer() == layer);
        let Some(kind) = kind else { continue };
        let tint = theme::tint_of(*kind);
        let _ = write!(
            svg,
            r#"<pattern id="hatch-{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="{}" stroke-width="2" stroke-opacity=".13"/></pattern>"#,
            tint.mark.trim_start_matches('#'),
            tint.mark,
        );
    }
    svg.push_str("</defs>");
    svg.push_str(inner);
    svg.push_str("</svg>\n");
    Drawing { svg, width, height }
}

/// The drawing with the part of the font it uses.
fn with_font(mut drawing: Drawing) -> Drawing {
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
    if let Some(at) = drawing.svg.find("<defs>") {
        drawing.svg.insert_str(at, &faces);
    }
    drawing
}
