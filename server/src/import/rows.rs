//! The rows of a table as a spreadsheet counts them, and nothing of them swallowed: a quote that is never closed, or text beyond the columns
//! that the first row names, is told by its row. Pure.

use cairn_protocol::map::bounds::MAX_CARDS;
use csv::StringRecord;

use super::Trouble;
use crate::export::csv::unguarded;
use crate::export::words::one_line;

/// Most columns of a table: an export of a map with twenty rounds has sixty.
const MOST_COLUMNS: usize = 1_000;

/// A row with its number in the file.
pub(super) struct Row {
    pub(super) number: u64,
    cells: StringRecord,
}

impl Row {
    pub(super) fn cell(&self, at: usize) -> String {
        let cell = self.cells.get(at).unwrap_or_default();
        unguarded(cell).trim().to_owned()
    }

    pub(super) fn is_filled(&self, at: usize) -> bool {
        self.cells
            .get(at)
            .is_some_and(|cell| !cell.trim().is_empty())
    }

    pub(super) fn place(&self, column: &str) -> String {
        format!("row {}, {column}", self.number)
    }
}

/// A table: the titles of its columns, and the rows below them that say anything.
pub(super) struct Rows {
    pub(super) titles: Vec<String>,
    pub(super) rows: Vec<Row>,
}

impl Rows {
    /// `column “Severity”`, or `column 4` where it has no title.
    pub(super) fn column(&self, at: usize) -> String {
        match self.titles.get(at).map_or("", String::as_str) {
            "" => format!("column {}", at + 1),
            title => format!("column “{title}”"),
        }
    }

    pub(super) fn filled(&self, at: usize) -> usize {
        self.rows.iter().filter(|row| row.is_filled(at)).count()
    }

    pub(super) fn read(text: &str) -> Result<Self, Trouble> {
        let separator = separator(text);
        let starts = starts(text, separator)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut titles: Option<Vec<String>> = None;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| Trouble::at("the table", error.to_string()))?;
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let row = Row {
                number: number(text, &starts, &record),
                cells: record,
            };
            let Some(titles) = &titles else {
                let named = (0..row.cells.len()).map(|at| one_line(&row.cell(at)));
                titles = Some(named.collect());
                within(&row, MOST_COLUMNS, "a table")?;
                continue;
            };
            within(&row, titles.len(), "the first row")?;
            if rows.len() == MAX_CARDS {
                let why = format!("is one row too many; a map has at most {MAX_CARDS} cards");
                return Err(Trouble::at(format!("row {}", row.number), why));
            }
            rows.push(row);
        }
        let Some(titles) = titles else {
            let why = "the table is empty; its first row names the columns";
            return Err(Trouble::at("row 1", why));
        };
        Ok(Self { titles, rows })
    }
}

/// A row has no text beyond so many columns.
fn within(row: &Row, most: usize, whose: &str) -> Result<(), Trouble> {
    let beyond = (most..row.cells.len()).find(|at| row.is_filled(*at));
    beyond.map_or(Ok(()), |at| {
        let why = format!(
            "has text in column {}, but {whose} has {most} columns; text with a separator in it stands in quotes",
            at + 1
        );
        Err(Trouble::at(format!("row {}", row.number), why))
    })
}

/// A record's row. The reader passes over blank rows, which a spreadsheet counts.
fn number(text: &str, starts: &[usize], record: &StringRecord) -> u64 {
    let from = record
        .position()
        .map_or(0, |position| position.byte() as usize);
    let passed = text.get(from..).unwrap_or_default().bytes();
    let blank = passed
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    starts.partition_point(|start| *start <= from + blank) as u64
}

/// Where a cell is, while its quotes are followed.
#[derive(Clone, Copy)]
enum At {
    Start,
    Plain,
    Quoted,
    /// Behind a quote that closes the cell, unless another follows.
    Closed,
    /// Behind white space after that.
    Over,
}

/// Where each row begins; line ends within quotes begin none.
fn starts(text: &str, separator: u8) -> Result<Vec<usize>, Trouble> {
    let mut starts = vec![0];
    let mut at = At::Start;
    let mut bytes = text.bytes().enumerate().peekable();
    let wrong = |starts: &[usize], why: &str| Trouble::at(format!("row {}", starts.len()), why);
    while let Some((place, byte)) = bytes.next() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Start | At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            (_, byte) if byte == separator => At::Start,
            (_, b'\r') if bytes.peek().is_some_and(|(_, next)| *next == b'\n') => at,
            (_, b'\r' | b'\n') => {
                starts.push(place + 1);
                At::Start
            }
            (At::Start | At::Plain, _) => At::Plain,
            (At::Closed | At::Over, b' ') => At::Over,
            (At::Closed | At::Over, _) => {
                let why =
                    "has text behind a closing quotation mark; one within quotes is written twice";
                return Err(wrong(&starts, why));
            }
        };
    }
    match at {
        At::Quoted => Err(wrong(
            &starts,
            "opens a quotation mark that is never closed",
        )),
        At::Start | At::Plain | At::Closed | At::Over => Ok(starts),
    }
}

/// What stands between the cells: whichever of comma, semicolon and tab the first row has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (one, count) in &mut counts {
                    *count += usize::from(*one == byte);
                }
            }
            _ => {}
        }
    }
    // Of equals the first.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| *separator)
}
