//! CSV that a spreadsheet opens as it is meant: RFC 4180, UTF-8 with a byte order mark (without it Excel guesses another encoding), and no
//! text that could be taken for a formula (EXPORT-3). The same bytes as the web client's `model/csv.ts` writes. Pure.
//!
//! The guard follows OWASP's "CSV Injection" page: <https://owasp.org/www-community/attacks/CSV_Injection>

use super::Taken;
use super::table::{self, Cell};

/// What begins a formula in some spreadsheet: the four signs, their full-width and small forms.
const SIGNS: &str = "=+-@＝＋－＠﹦﹢﹣﹫";
/// Where some program would begin a cell: a separator, a line's end, a quote.
const BREAKS: &str = ",;|\t\r\n\u{2028}\u{2029}\"'";
/// What makes a spreadsheet skip to the sign behind it.
const CONTROL: [char; 3] = ['\t', '\r', '\n'];

/// The map as CSV, one row a card.
pub(crate) fn file(taken: &Taken) -> String {
    let (titles, rows) = table::table(taken);
    let titles = titles.into_iter().map(Cell::Text).collect();
    let mut text = String::from('\u{feff}');
    for row in std::iter::once(titles).chain(rows) {
        let row: Vec<String> = row.iter().map(field).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        // A figure is written by this program and by nobody else: −2 is a number, not a formula.
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            format!("\"{}\"", guarded(&lines).replace('"', "\"\""))
        }
    }
}

/// Puts an apostrophe before each sign that could begin a formula; a spreadsheet then takes the cell for text. That is a sign at the start
/// of the text, and also one at the start of what would be a cell to a program that splits the file otherwise: by semicolons, as Excel does
/// in much of Europe, by tabs, or by lines regardless of quotes.
pub(crate) fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(CONTROL) {
        safe.push('\'');
    }
    let mut at_start = true;
    for letter in text.chars() {
        if at_start && SIGNS.contains(letter) {
            safe.push('\'');
        }
        safe.push(letter);
        at_start = BREAKS.contains(letter) || (at_start && is_skipped(letter));
    }
    safe
}

/// The text before it was guarded.
pub(crate) fn unguarded(text: &str) -> String {
    let mut rest = text;
    if let Some(bare) = text.strip_prefix('\'')
        && bare.starts_with(CONTROL)
    {
        rest = bare;
    }
    let mut plain = String::with_capacity(rest.len());
    let mut at_start = true;
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        let guards = letters.peek().is_some_and(|next| SIGNS.contains(*next));
        if at_start && letter == '\'' && guards {
            continue;
        }
        plain.push(letter);
        at_start = BREAKS.contains(letter) || (at_start && is_skipped(letter));
    }
    plain
}

/// What a program may skip before it looks at a cell: white space, controls, and marks that show nothing.
fn is_skipped(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn export_3_what_could_begin_a_formula_is_text() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-2 °C", "'-2 °C"),
            ("@name", "'@name"),
            ("＝1", "'＝1"),
            ("  =1", "  '=1"),
            ("a;=1", "a;'=1"),
            ("a\n=1", "a\n'=1"),
            ("\tx", "'\tx"),
            ("'=1", "''=1"),
            ("\u{200b}=1", "\u{200b}'=1"),
            ("a = b", "a = b"),
            ("well-known", "well-known"),
        ] {
            assert_eq!(guarded(text), safe, "{text:?}");
            assert_eq!(unguarded(safe), text, "{safe:?}");
        }
    }

    proptest! {
        #[test]
        fn export_3_what_was_guarded_is_read_as_it_was(text in "['=+;a \n\u{200b}＝-]{0,12}") {
            // An apostrophe before a line's end is the one thing that reads as a guard without being one.
            prop_assume!(!text.starts_with("'\n"));
            prop_assert_eq!(unguarded(&guarded(&text)), text);
        }

        #[test]
        fn export_3_no_cell_of_a_guarded_text_begins_with_a_sign(text in any::<String>()) {
            let safe = guarded(&text);
            for cell in safe.split(|letter| BREAKS.contains(letter) && letter != '\'') {
                let first = cell.trim_start_matches(is_skipped).chars().next();
                prop_assert!(!first.is_some_and(|first| SIGNS.contains(first)), "{:?}", cell);
            }
        }
    }
}
