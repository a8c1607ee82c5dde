//! Draws a sheet of the map: names of stages and lanes, lines of a blueprint, the curve, and the cards. Called by `mod.rs`; where things
//! stand was decided by `sheet.rs`. Pure.

use std::fmt::Write as _;

use cairn_protocol::map::LaneKind;

use super::super::words;
use super::blueprint::BlueprintLine;
use super::cells::Cells;
use super::curve::{self, Line};
use super::font::Weight;
use super::marks;
use super::names::{self, HEAD, HINT, Measures};
use super::pen::{Look, Pen, at, look, n, rect};
use super::sheet::{BAND, PAD, STRIP, Sheet, Strip};
use super::theme;

const SMALL: Look = look(theme::XS, Weight::Regular, theme::INK_2);
const NUMBER: Look = look(theme::XS, Weight::Strong, theme::STRUCTURE.ink);
const SCALE: Look = look(11.0, Weight::Regular, theme::INK_3);

/// The map of a sheet from (0, `top`); gives the y below it. `ground` lies under the names.
pub(super) fn map(
    pen: &mut Pen,
    cells: &Cells<'_>,
    sheet: &Sheet<'_>,
    measures: Measures,
    top: f32,
    ground: &str,
) -> f32 {
    let width = measures.lane + measures.column * sheet.stages.len() as f32;
    let mut y = heads(pen, cells, sheet, measures, top, ground);
    for strip in &sheet.strips {
        for line in &strip.lines {
            blueprint(pen, *line, y, width);
            y += STRIP;
        }
        lane(pen, cells, sheet, strip, measures, y);
        y += strip.height;
        pen.line(at(0.0, y), at(width, y), theme::LINE, 1.0, "");
    }
    y
}

fn heads(
    pen: &mut Pen,
    cells: &Cells<'_>,
    sheet: &Sheet<'_>,
    measures: Measures,
    top: f32,
    ground: &str,
) -> f32 {
    let heads = names::heads(sheet.stages, measures);
    let width = measures.lane + measures.column * sheet.stages.len() as f32;
    pen.rect(rect(0.0, top, width, heads.height, 0.0), ground, "");
    let kind = look(theme::XS, Weight::Strong, theme::INK_3);
    pen.text(at(12.0, top + 24.0), kind, words::map_kind(cells.map.kind));
    let persona = cells
        .map
        .personas
        .iter()
        .find(|one| one.primary == Some(true));
    if let Some(persona) = persona.or(cells.map.personas.first()) {
        let name = look(theme::S, Weight::Strong, theme::INK);
        let lines = name.wrap_most(&persona.name, measures.lane - 24.0, 2);
        pen.lines(12.0, top + 30.0, 17.0, name, &lines);
    }
    for (place, (title, description)) in heads.stages.iter().zip(&heads.descriptions).enumerate() {
        let x = measures.lane + measures.column * place as f32;
        let tint = theme::STRUCTURE;
        pen.rect(rect(x + 12.0, top + 12.0, 22.0, 22.0, 11.0), tint.soft, "");
        let number = (sheet.first + place + 1).to_string();
        pen.text_middle(
            at(x + 23.0, top + 12.0 + NUMBER.drop(22.0)),
            NUMBER,
            &number,
        );
        let y = pen.lines(x + 42.0, top + 14.0, 18.0, HEAD, title);
        pen.lines(x + 42.0, y + 2.0, 16.5, HINT, description);
    }
    let bottom = top + heads.height;
    pen.line(
        at(0.0, bottom),
        at(width, bottom),
        theme::LINE_STRONG,
        1.0,
        "",
    );
    bottom
}

/// One of the three lines of a service blueprint, full width.
fn blueprint(pen: &mut Pen, line: BlueprintLine, y: f32, width: f32) {
    let tint = theme::BLUEPRINT;
    pen.rect(
        rect(0.0, y, width, STRIP, 0.0),
        tint.soft,
        r#" fill-opacity=".55""#,
    );
    let dash = if line == BlueprintLine::Visibility {
        ""
    } else {
        r#" stroke-dasharray="8 5""#
    };
    pen.line(at(0.0, y), at(width, y), tint.mark, 2.0, dash);
    let label = look(theme::XS, Weight::Strong, tint.ink);
    pen.text(
        at(12.0, y + 1.0 + label.drop(STRIP - 2.0)),
        label,
        line.label(),
    );
}

fn lane(
    pen: &mut Pen,
    cells: &Cells<'_>,
    sheet: &Sheet<'_>,
    strip: &Strip<'_>,
    measures: Measures,
    top: f32,
) {
    let width = measures.column * sheet.stages.len() as f32;
    let bottom = top + strip.height;
    pen.line(
        at(measures.lane, top),
        at(measures.lane, bottom),
        theme::LINE,
        1.0,
        "",
    );
    let lines = lines_of(cells, strip);
    if strip.curve {
        band(pen, sheet, &lines, measures, top, width);
    }
    for (place, cell) in strip.cells.iter().enumerate() {
        let x = measures.lane + measures.column * place as f32;
        if place > 0 {
            pen.line(at(x, top), at(x, bottom), theme::LINE, 1.0, "");
        }
        let mut y = top + PAD + if strip.curve { BAND } else { 0.0 };
        for piece in cell {
            pen.piece(x + PAD, y, piece);
            y += piece.height + PAD;
        }
    }
    lane_name(pen, strip, &lines, measures, top);
}

fn lines_of(cells: &Cells<'_>, strip: &Strip<'_>) -> Vec<Line> {
    if strip.lane.kind != LaneKind::Emotion {
        return Vec::new();
    }
    let lane = cells.lanes.iter().position(|lane| lane.id == strip.lane.id);
    let feelings = lane.and_then(|lane| cells.feelings.get(lane));
    let feelings = feelings.map_or(&[][..], Vec::as_slice);
    curve::lines(feelings, &cells.map.stages, &cells.map.personas)
}

fn lane_name(pen: &mut Pen, strip: &Strip<'_>, lines: &[Line], measures: Measures, top: f32) {
    let kind = strip.lane.kind;
    let tint = theme::tint_of(kind);
    pen.rect(rect(12.0, top + 10.0, 26.0, 26.0, 6.0), tint.soft, "");
    pen.mark(at(16.0, top + 14.0), 18.0, tint.ink, marks::kind(kind));
    let title = names::lane_title(strip.lane, measures);
    let y = pen
        .lines(46.0, top + 13.0, 18.0, HEAD, &title)
        .max(top + 38.0);
    if strip.continued {
        pen.text(at(46.0, y + SMALL.drop(14.0)), SMALL, "continued");
        return;
    }
    if kind != LaneKind::Emotion {
        let hint = HINT.wrap(words::hint(kind), measures.lane - 24.0);
        pen.lines(12.0, y + 3.0, 16.5, HINT, &hint);
        return;
    }
    line_names(pen, lines, measures, y + 6.0);
    scale(pen, measures, top);
}

/// Whose line is which.
fn line_names(pen: &mut Pen, lines: &[Line], measures: Measures, top: f32) {
    let mut y = top;
    for line in lines.iter().take(measures.legend) {
        let (color, dash) = theme::LINES[line.style % theme::LINES.len()];
        let middle = y + 8.0;
        let (from, to) = (at(12.0, middle), at(36.0, middle));
        pen.line(from, to, color, 2.5, &dashed(dash));
        pen.line_mark(at(24.0, middle), 10.0, line.style);
        let name = SMALL.clipped(&line.name, measures.lane - 42.0 - 42.0);
        pen.text(at(42.0, y + SMALL.drop(16.0)), SMALL, &name);
        y += 20.0;
    }
    let more = lines.len().saturating_sub(measures.legend);
    if more > 0 {
        let words = format!("and {more} more");
        pen.text(at(42.0, y + SMALL.drop(16.0)), SMALL, &words);
    }
}

/// What the heights of a curve mean.
fn scale(pen: &mut Pen, measures: Measures, top: f32) {
    for score in [2, 1, 0, -1, -2] {
        let score = f64::from(score);
        let middle = top + curve::height(score) * BAND;
        pen.text_end(
            at(measures.lane - 6.0, middle - 7.0 + SCALE.drop(14.0)),
            SCALE,
            &words::score_text(score),
        );
        if score.abs() > 1.5 {
            pen.mark(
                at(measures.lane - 40.0, middle - 7.0),
                14.0,
                theme::INK_3,
                &marks::face(score),
            );
        }
    }
}

/// The curve of a lane over its guides, one a whole score.
fn band(
    pen: &mut Pen,
    sheet: &Sheet<'_>,
    lines: &[Line],
    measures: Measures,
    top: f32,
    width: f32,
) {
    let left = measures.lane;
    pen.rect(
        rect(left, top, width, BAND, 0.0),
        theme::EXPERIENCE.soft,
        r#" fill-opacity=".34""#,
    );
    for score in [2, 1, 0, -1, -2] {
        let y = top + curve::height(f64::from(score)) * BAND;
        let (color, dash) = if score == 0 {
            (theme::LINE_CONTROL, r#" stroke-dasharray="2 4""#)
        } else {
            (theme::LINE, "")
        };
        pen.line(at(left, y), at(left + width, y), color, 1.0, dash);
    }
    // The line of the whole journey, of which a sheet shows its part: a curve that goes on says so at the edge.
    let place = |point: &curve::Point| curve::Point {
        x: left + (point.x - sheet.first as f32) * measures.column,
        y: top + point.y * BAND,
    };
    let clip = format!("band-{}-{}", n(top).replace('.', "_"), sheet.first);
    let _ = write!(
        pen.svg,
        r#"<clipPath id="{clip}"><rect x="{}" y="{}" width="{}" height="{BAND}"/></clipPath><g clip-path="url(#{clip})" fill="none" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">"#,
        n(left),
        n(top),
        n(width),
    );
    for line in lines {
        let (color, dash) = theme::LINES[line.style % theme::LINES.len()];
        let points: Vec<_> = line.points.iter().map(place).collect();
        let _ = write!(
            pen.svg,
            r#"<path class="curve" d="{}" stroke="{color}"{}/>"#,
            curve::path(&points),
            dashed(dash)
        );
    }
    pen.raw("</g>");
    for line in lines {
        for point in line.points.iter().map(place) {
            if (left..=left + width).contains(&point.x) {
                pen.line_mark(at(point.x, point.y), 14.0, line.style);
            }
        }
    }
}

fn dashed(dash: &str) -> String {
    if dash.is_empty() {
        String::new()
    } else {
        format!(r#" stroke-dasharray="{dash}""#)
    }
}
