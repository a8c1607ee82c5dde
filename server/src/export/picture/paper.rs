//! The map on sheets of A4 or A3, split at stages and lanes, both named on each (EXPORT-6). Pure.

use super::super::{Taken, votes};
use super::cells::Cells;
use super::draw;
use super::font::Weight;
use super::legend::Legend;
use super::names::{Measures, Room};
use super::pen::{self, Pen, look, n};
use super::sheet::{self, Sheet};
use super::{Drawing, document, heading, theme};

/// Paper in landscape, in px of 1/96 inch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    width: f32,
    height: f32,
    margin: f32,
    /// The smallest a drawing is made on it, and the largest.
    least: f32,
    most: f32,
}

const MM: f32 = 96.0 / 25.4;

pub(super) const A4: Page = Page {
    width: 297.0 * MM,
    height: 210.0 * MM,
    margin: 10.0 * MM,
    least: 0.7,
    most: 1.0,
};

pub(super) const A3: Page = Page {
    width: 420.0 * MM,
    height: 297.0 * MM,
    margin: 10.0 * MM,
    least: 0.85,
    most: 1.35,
};

/// Width of the lanes' names.
const LANE: f32 = 168.0;
/// The narrowest a stage is made, and what it gets where there is room.
const NARROW: f32 = 188.0;
const WIDE: f32 = 208.0;
/// The widest, where there are but one or two.
const WIDEST: f32 = 340.0;
/// What stands above the map on the sheets after the first.
const RUNNING: f32 = 30.0;
/// What stands below it on each: what the marks mean, and which sheet it is.
const FOOTER: f32 = 34.0;

/// Draws sheet after sheet: a large map takes hundreds, and none is held longer than it takes to write it.
pub(super) fn sheets<E>(
    taken: &Taken,
    page: Page,
    mut write: impl FnMut(&Drawing) -> Result<(), E>,
) -> Result<(), E> {
    let outcome = votes::outcome(&taken.rounds);
    let frame = Frame::of(taken, page);
    let cells = Cells::drawn(taken, outcome.as_ref(), frame.measures);
    let legend = Legend::of(taken, &cells, outcome.as_ref());
    let sheets = sheet::sheets(&cells, frame.measures);
    let notes = legend.notes(&mut Pen::default(), 0.0, frame.width);
    let mut count = sheets.len();
    // Notes that do not fit below the last lane get a sheet of their own.
    let below = sheets.last().map_or(0.0, |sheet| {
        let top = if count == 1 { frame.head } else { RUNNING };
        top + sheet.height(frame.measures) + 14.0
    });
    let is_apart = notes > 0.0 && below + notes > frame.height - FOOTER;
    count += usize::from(is_apart);
    for (at, sheet) in sheets.iter().enumerate() {
        let mut pen = Pen::default();
        let top = if at == 0 {
            heading::whole(&mut pen, taken, frame.width)
        } else {
            heading::running(&mut pen, taken, &part(sheet), frame.width)
        };
        let below = draw::map(&mut pen, &cells, sheet, frame.measures, top, "#ffffff");
        if at + 1 == count {
            legend.notes(&mut pen, below + 14.0, frame.width);
        }
        write(&frame.sheet(pen, taken, &legend, at + 1, count))?;
    }
    if is_apart {
        let mut pen = Pen::default();
        let top = heading::running(&mut pen, taken, "Notes", frame.width);
        legend.notes(&mut pen, top + 14.0, frame.width);
        write(&frame.sheet(pen, taken, &legend, count, count))?;
    }
    Ok(())
}

/// Which stages a sheet has.
fn part(sheet: &Sheet<'_>) -> String {
    let (from, to) = (sheet.first + 1, sheet.first + sheet.stages.len());
    match to - sheet.first {
        0 => String::new(),
        1 => format!("Stage {from}"),
        _ => format!("Stages {from} to {to}"),
    }
}

/// How the sheets of a map are divided.
struct Frame {
    page: Page,
    scale: f32,
    /// Within the margins, before it is scaled.
    width: f32,
    height: f32,
    /// Height of the first sheet's heading.
    head: f32,
    measures: Measures,
}

impl Frame {
    fn of(taken: &Taken, page: Page) -> Self {
        let inner = (
            page.width - 2.0 * page.margin,
            page.height - 2.0 * page.margin,
        );
        let stages = taken.map.stages.len().max(1) as f32;
        let fits = ((inner.0 / page.least - LANE) / NARROW).floor().max(1.0);
        let sheets_across = (stages / fits).ceil();
        let columns = (stages / sheets_across).ceil();
        // As large as the columns of a sheet allow.
        let scale = (inner.0 / (LANE + columns * WIDE)).clamp(page.least, page.most);
        let (width, height) = (inner.0 / scale, inner.1 / scale);
        let column = (width - LANE) / columns;
        let head = heading::whole(&mut Pen::default(), taken, width);
        #[expect(clippy::cast_sign_loss, reason = "at least 1")]
        let measures = Measures {
            lane: LANE,
            column: if columns < 3.0 {
                column.min(WIDEST)
            } else {
                column
            },
            room: Some(Room {
                first: height - head - FOOTER,
                others: height - RUNNING - FOOTER,
            }),
            columns: columns as usize,
            titles: 4,
            legend: 6,
        };
        Self {
            page,
            scale,
            width,
            height,
            head,
            measures,
        }
    }

    /// A sheet with its footer.
    fn sheet(
        &self,
        mut pen: Pen,
        taken: &Taken,
        legend: &Legend,
        number: usize,
        count: usize,
    ) -> Drawing {
        legend.marks(&mut pen, self.height - 20.0);
        let small = look(11.0, Weight::Regular, theme::INK_3);
        let corner = pen::at(self.width, self.height - 8.0);
        pen.text_end(corner, small, &format!("{number} / {count}"));
        let Page {
            width,
            height,
            margin,
            ..
        } = self.page;
        let inner = format!(
            r##"<rect width="{}" height="{}" fill="#ffffff"/><g transform="translate({} {}) scale({})">{}</g>"##,
            n(width),
            n(height),
            n(margin),
            n(margin),
            self.scale,
            pen.svg
        );
        document(taken, &inner, width, height)
    }
}
