//! Maps from files of other programs (IMPORT): a table, or an outline in Markdown. Called by the HTTP import, its preview and `cairn import`.
//! Pure. What is made is checked by the rules of the map itself, and a broken rule is told by its row and column, or its line: a file is
//! imported whole or not at all, and what of it cannot be kept is said (IMPORT-6).

mod axis;
mod fields;
mod grid;
mod list;
mod notes;
mod numbers;
mod outline;
mod preview;
mod rows;
mod table;
#[cfg(test)]
mod tests;

use cairn_protocol::map::{JourneyMap, MapKind, Violation};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use outline::outline;
pub(crate) use preview::{Column, Preview};
pub(crate) use table::{Shape, table};

/// What cannot be read off the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// The map's name.
    pub(crate) title: Option<String>,
    /// A current state unless told.
    pub(crate) kind: Option<MapKind>,
    /// Of a table: which column is what, by the names of `fields.rs`. Once anything is named, what is not named is left out; where nothing
    /// is, the titles of the columns are guessed by.
    pub(crate) columns: Option<serde_json::Map<String, serde_json::Value>>,
    /// Of a table: how it lies.
    pub(crate) shape: Option<Shape>,
}

/// Something said of a place in the file: why it is not imported, or what of it is not taken over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trouble {
    /// What would be right, or what becomes of it.
    pub(crate) detail: String,
    /// Where: `row 7, column “Severity”`, `line 12`, or a field of the map.
    pub(crate) path: String,
}

impl Trouble {
    fn at(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            path: path.into(),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.detail)
    }
}

impl std::error::Error for Trouble {}

/// What was made of a file.
pub(crate) struct Read {
    /// The map, or the first thing that is wrong.
    pub(crate) map: Result<JourneyMap, Trouble>,
    /// The title that the file itself has.
    pub(crate) title: Option<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) shape: Option<Shape>,
    /// What is not taken over, and what could be read in another way.
    pub(crate) notes: Vec<Trouble>,
}

impl Read {
    fn of(map: Result<JourneyMap, Trouble>) -> Self {
        Self {
            map,
            title: None,
            columns: Vec::new(),
            shape: None,
            notes: Vec::new(),
        }
    }

    /// The map, and what of the file is not in it.
    pub(crate) fn into_map(self) -> Result<(JourneyMap, Vec<Trouble>), Trouble> {
        Ok((self.map?, self.notes))
    }
}

/// A `cairn.map/1` document, for its preview.
pub(crate) fn document(text: &str) -> Read {
    let map =
        JourneyMap::parse(text).map_err(|violation| Trouble::at(violation.path, violation.message));
    Read {
        title: map.as_ref().ok().map(|map| map.title.clone()),
        ..Read::of(map)
    }
}

/// A file's text, whichever mark it begins with.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Trouble> {
    let why = "is not UTF-8; in a spreadsheet, save it as “CSV UTF-8”";
    let text = String::from_utf8(bytes).map_err(|error| {
        let read = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..read).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        Trouble::at(format!("line {line}"), why)
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}

/// A broken rule of the map as somebody finds it in their file: `place` knows where an entry of a list came from, by the list's name, the
/// entry's number and the field.
fn found(violation: &Violation, place: impl Fn(&str, usize, &str) -> Option<String>) -> Trouble {
    let path = &violation.path;
    let entry = path.split_once('[').and_then(|(list, rest)| {
        let (at, field) = rest.split_once(']')?;
        let field = field.trim_start_matches('.');
        let field = field.split(['[', '.']).next().unwrap_or(field);
        place(list, at.parse().ok()?, field)
    });
    let path = entry
        .or_else(|| place("", 0, path))
        .unwrap_or_else(|| path.clone());
    Trouble::at(path, violation.message.clone())
}

/// A title that is no text of the file: what the map is called unless told.
const UNTITLED: &str = "Imported map";
