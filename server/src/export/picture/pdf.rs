//! The map on paper: A4 or A3 sheets, or one sheet of the drawing's own size. Text stays text: it can be searched and copied. Pure but for
//! the machine's own fonts, as in `raster.rs`: the same map gives the same bytes.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::super::words;
use super::super::{NotDrawn, Paper, Taken};
use super::paper::{A3, A4, sheets};
use super::raster::{LEAST, parsed};
use super::{Drawing, whole};

/// Points in a px.
const POINTS: f32 = 0.75;
/// Longest side of a sheet that every reader opens, in points (PDF 1.7, Annex C).
const LONGEST: f32 = 14_400.0;

/// The map as PDF.
pub(crate) fn file(taken: &Taken, paper: Paper) -> Result<Vec<u8>, NotDrawn> {
    let mut document = Document::new();
    let mut write = |drawing: &Drawing| {
        let size = size(drawing)?;
        let tree = parsed(drawing)?;
        let settings = PageSettings::new(size);
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.draw_svg(&tree, size, SvgSettings::default());
        surface.finish();
        page.finish();
        Ok(())
    };
    match paper {
        Paper::A4 => sheets(taken, A4, write)?,
        Paper::A3 => sheets(taken, A3, write)?,
        Paper::Poster => write(&whole(taken))?,
    }
    let title = words::one_line(&taken.map.title);
    document.set_metadata(
        Metadata::new()
            .title(if title.is_empty() {
                "Untitled map".to_owned()
            } else {
                title
            })
            .creator("Cairn".to_owned())
            .creation_date(day(taken)),
    );
    document
        .finish()
        .map_err(|error| NotDrawn::Failed(format!("{error:?}")))
}

fn size(drawing: &Drawing) -> Result<Size, NotDrawn> {
    let longest = drawing.width.max(drawing.height) * POINTS;
    let scale = (LONGEST / longest).min(1.0);
    if scale < LEAST {
        return Err(NotDrawn::NoPoster);
    }
    let side = |length: f32| length * POINTS * scale;
    Size::from_wh(side(drawing.width), side(drawing.height)).ok_or(NotDrawn::NoPoster)
}

/// The day the map is judged on: a file made twice of the same moment is the same.
fn day(taken: &Taken) -> DateTime {
    let text = taken.day.to_string();
    let part = |range| {
        text.get(range)
            .and_then(|part: &str| part.parse::<u16>().ok())
    };
    DateTime::new(part(0..4).unwrap_or(1970))
        .month(part(5..7).unwrap_or(1) as u8)
        .day(part(8..10).unwrap_or(1) as u8)
}
