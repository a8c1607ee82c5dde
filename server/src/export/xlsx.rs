//! The map as a workbook: a sheet that shows it as the screen does, a sheet a layer with what its cards say, and one of the rounds that were
//! closed. Text is written as text, so nothing in it is a formula. Pure: the same map gives the same bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cairn_protocol::map::{LaneKind, Layer};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::Taken;
use super::table::{self, COLUMNS, Cell, Known, Row};
use super::words;
use super::{result, votes};
use crate::when::rfc3339;

/// Longest text of a cell, by Excel's own bound: UTF-16 units.
const MOST_UNITS: usize = 32_767;

/// The workbook.
pub(crate) fn file(taken: &Taken) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Excel wants a day; it is the one the map is judged on, not the machine's.
    let day = ExcelDateTime::parse_from_str(&taken.day.to_string())?;
    let title = words::one_line(&taken.map.title);
    book.set_properties(
        &DocProperties::new()
            .set_title(cut(&title, 255))
            .set_creation_datetime(&day),
    );
    let looks = Looks::new();
    overview(book.add_worksheet(), taken, &looks)?;
    let known = Known::of(taken);
    let rows = table::rows(taken);
    for layer in words::LAYERS {
        let kinds: Vec<LaneKind> = LaneKind::ALL
            .iter()
            .copied()
            .filter(|kind| kind.layer() == layer)
            .collect();
        let here: Vec<_> = rows
            .iter()
            .filter(|row| row.lane.kind.layer() == layer)
            .collect();
        if here.is_empty() {
            continue;
        }
        cards(
            book.add_worksheet(),
            taken,
            layer,
            &kinds,
            &here,
            &known,
            &looks,
        )?;
    }
    rounds(&mut book, taken, &looks)?;
    book.save_to_buffer()
}

struct Looks {
    head: Format,
    text: Format,
    name: Format,
    title: Format,
    note: Format,
}

impl Looks {
    fn new() -> Self {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let line = Color::RGB(0x00cf_c6b6);
        Self {
            head: text
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00ec_e7dc))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_color(line),
            name: text.clone().set_bold(),
            title: Format::new().set_bold().set_font_size(16),
            note: Format::new().set_font_color(Color::RGB(0x005a_5348)),
            text,
        }
    }
}

/// The map as it lies: stages across, lanes down.
fn overview(sheet: &mut Worksheet, taken: &Taken, looks: &Looks) -> Result<(), XlsxError> {
    let map = &taken.map;
    sheet.set_name("Map")?;
    put(sheet, 0, 0, &map.title, &looks.title)?;
    let facts = [map.scenario.as_str(), map.goal.as_str()].map(words::one_line);
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    put(sheet, 1, 0, &facts.join(" · "), &looks.note)?;
    sheet.set_column_width(0, 24)?;
    put(sheet, 3, 0, words::map_kind(map.kind), &looks.head)?;
    for (at, stage) in map.stages.iter().enumerate() {
        let column = at as u16 + 1;
        sheet.set_column_width(column, 34)?;
        put(
            sheet,
            3,
            column,
            &format!("{}. {}", at + 1, stage.title),
            &looks.head,
        )?;
    }
    sheet.set_freeze_panes(4, 1)?;
    let mut cells: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for row in table::rows(taken) {
        let cell = cells.entry((row.lane_number, row.stage_number));
        cell.or_default().push(said(&row));
    }
    for (at, lane) in map.lanes.iter().enumerate() {
        let row = at as u32 + 4;
        let hidden = if lane.hidden == Some(true) {
            " (hidden)"
        } else {
            ""
        };
        put(
            sheet,
            row,
            0,
            &format!("{}{hidden}", lane.title),
            &looks.name,
        )?;
        for stage in 0..map.stages.len() {
            let texts = cells.remove(&(at + 1, stage + 1)).unwrap_or_default();
            put(sheet, row, stage as u16 + 1, &texts.join("\n"), &looks.text)?;
        }
    }
    sheet
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(3, 3)?;
    Ok(())
}

fn said(row: &Row<'_>) -> String {
    let text = words::one_line(&row.card.text);
    match row.card.score {
        Some(score) if row.lane.kind == LaneKind::Emotion => {
            format!("• {text} ({})", words::score_text(score.as_f64()))
        }
        _ => format!("• {text}"),
    }
}

fn cards(
    sheet: &mut Worksheet,
    taken: &Taken,
    layer: Layer,
    kinds: &[LaneKind],
    rows: &[&Row<'_>],
    known: &Known<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(words::layer(layer))?;
    let columns: Vec<_> = COLUMNS
        .iter()
        .filter(|column| column.concerns(kinds))
        .collect();
    let mut at = 0;
    for column in &columns {
        put(sheet, 0, at, column.title, &looks.head)?;
        sheet.set_column_width(at, width(column.title))?;
        at += 1;
    }
    for round in &taken.rounds {
        put(sheet, 0, at, &table::round_title(round), &looks.head)?;
        sheet.set_column_width(at, 18)?;
        at += 1;
    }
    for (number, row) in rows.iter().enumerate() {
        let cells = columns.iter().map(|column| (column.read)(row, known));
        for (at, cell) in cells.chain(table::dots_of(known, &row.card.id)).enumerate() {
            fill(sheet, number as u32 + 1, at as u16, &cell, &looks.text)?;
        }
    }
    sheet.autofilter(0, 0, rows.len() as u32, at.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Wide enough for what stands in a column, narrow enough that one sees the next.
fn width(title: &str) -> u16 {
    match title {
        "Card" | "Actually" | "Quote" => 44,
        "Addresses" | "Sources" | "Comments" => 34,
        "Stage" | "Lane" | "Written" => 20,
        "Stage no." | "Lane no." | "Gap" | "Ours" => 9,
        _ => 14,
    }
}

/// What was voted and felt, a block of lines a round.
fn rounds(book: &mut Workbook, taken: &Taken, looks: &Looks) -> Result<(), XlsxError> {
    if taken.rounds.is_empty() && taken.feelings.is_empty() {
        return Ok(());
    }
    let sheet = book.add_worksheet();
    sheet.set_name("Rounds")?;
    for (at, width) in [(0, 9), (1, 40), (2, 22), (3, 50), (4, 10), (5, 10), (6, 10)] {
        sheet.set_column_width(at, width)?;
    }
    let mut row = 0;
    if !taken.rounds.is_empty() {
        let heads = [
            "Round",
            "Question",
            "Closed",
            "Card",
            "Rank",
            "Dots",
            "Voters",
            "Run-off of",
            "Card id",
        ];
        for (at, head) in heads.iter().enumerate() {
            put(sheet, row, at as u16, head, &looks.head)?;
        }
        row += 1;
        for round in &taken.rounds {
            for one in votes::with_dots(round) {
                let closed = rfc3339(round.ended.unwrap_or(round.opened));
                let cells = [
                    Cell::number(round.id.0),
                    Cell::text(round.setup.question.as_str()),
                    Cell::text(closed),
                    Cell::text(votes::text_of(round, &one.card)),
                    Cell::number(one.rank),
                    Cell::number(one.dots),
                    Cell::number(one.voters),
                    round
                        .run_off_of
                        .map_or(Cell::Nothing, |first| Cell::number(first.0)),
                    Cell::text(one.card.as_str()),
                ];
                for (at, cell) in cells.iter().enumerate() {
                    fill(sheet, row, at as u16, cell, &looks.text)?;
                }
                row += 1;
            }
            if votes::with_dots(round).next().is_none() {
                fill(sheet, row, 0, &Cell::number(round.id.0), &looks.text)?;
                put(sheet, row, 1, &round.setup.question, &looks.text)?;
                put(sheet, row, 3, "Nobody placed a dot", &looks.text)?;
                row += 1;
            }
        }
        row += 1;
    }
    if !taken.feelings.is_empty() {
        let heads = [
            "Round", "Question", "Opened", "Stage", "Median", "Spread", "Answers", "Points",
        ];
        for (at, head) in heads.iter().enumerate() {
            put(sheet, row, at as u16, head, &looks.head)?;
        }
        row += 1;
        for round in &taken.feelings {
            for stage in &round.stages {
                let felt = result::felt(round, &stage.stage);
                let cells = [
                    Cell::number(round.id.0),
                    Cell::text(round.setup.question.as_str()),
                    Cell::text(rfc3339(round.opened)),
                    Cell::text(stage.title.as_str()),
                    felt.map_or(Cell::Nothing, |felt| Cell::number(result::median(felt))),
                    felt.map_or(Cell::Nothing, |felt| Cell::number(result::spread(felt))),
                    Cell::number(felt.map_or(0, |felt| felt.points.len()) as u32),
                    Cell::text(felt.map_or(String::new(), result::points)),
                ];
                for (at, cell) in cells.iter().enumerate() {
                    fill(sheet, row, at as u16, cell, &looks.text)?;
                }
                row += 1;
            }
        }
    }
    Ok(())
}

fn fill(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    look: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => Ok(()),
        Cell::Number(number) => sheet
            .write_number_with_format(row, column, *number, look)
            .map(|_| ()),
        Cell::Text(text) => put(sheet, row, column, text, look),
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    let text = readable(text);
    sheet
        .write_string_with_format(row, column, cut(&text, MOST_UNITS), look)
        .map(|_| ())
}

/// Without the control characters that XML cannot hold.
fn readable(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// At most so many UTF-16 units, never half a character; where some are left out, it ends in an ellipsis.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let (mut units, mut kept) = (0, 0);
    for (at, letter) in text.char_indices() {
        if units < most {
            kept = at;
        }
        units += letter.len_utf16();
        if units > most {
            let kept = text.get(..kept).unwrap_or_default();
            return format!("{kept}…").into();
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn export_3_a_text_that_no_cell_holds_says_that_it_goes_on() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("a👍👍", 4), "a👍…");
        let long = cut(&"👍".repeat(MOST_UNITS), MOST_UNITS)
            .encode_utf16()
            .count();
        assert!(long <= MOST_UNITS, "{long}");
    }
}
