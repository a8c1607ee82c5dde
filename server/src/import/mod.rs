//! Maps from files of other programs (IMPORT): a table, or an outline in Markdown. Called by the HTTP import, its preview and `cairn import`.
//! Pure. What is made is checked by the rules of the map itself, and a broken rule is told by its row and column, or its line: a file is
//! imported whole or not at all.

mod fields;
mod outline;
mod table;
#[cfg(test)]
mod tests;

use cairn_protocol::map::{JourneyMap, MapKind, Violation};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use outline::outline;
pub(crate) use table::{Shape, table};

/// What cannot be read off the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// The map's name.
    pub(crate) title: Option<String>,
    /// A current state unless told.
    pub(crate) kind: Option<MapKind>,
    /// Of a table: which column is what, by the names of `fields.rs`. What is not named here is guessed from the titles of the columns
    /// when nothing is named at all.
    pub(crate) columns: Option<serde_json::Map<String, serde_json::Value>>,
    /// Of a table: how it lies.
    pub(crate) shape: Option<Shape>,
}

/// What was read, and what will become of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Preview {
    title: String,
    /// Of a table: `cards` (one row a card) or `grid` (stages across, lanes down).
    #[serde(skip_serializing_if = "Option::is_none")]
    shape: Option<Shape>,
    /// Of a table: its columns, and which field each was taken for.
    columns: Vec<Column>,
    /// Every field that a column can be.
    fields: Vec<Field>,
    stages: Vec<String>,
    lanes: Vec<PreviewLane>,
    cards: usize,
    /// The first few.
    first: Vec<PreviewCard>,
    /// What keeps it from being imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Trouble>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Column {
    title: String,
    /// What its first rows say.
    samples: Vec<String>,
    /// Which field it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

/// What a column can be.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Field {
    /// As `columns` names it.
    name: &'static str,
    /// As people call it, and as an export titles it.
    title: &'static str,
}

/// A lane that will be made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewLane {
    title: String,
    /// As the JSON form calls it.
    kind: &'static str,
    cards: usize,
}

/// A card that will be made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewCard {
    stage: String,
    lane: String,
    text: String,
}

/// Why a file is not imported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trouble {
    /// What would be right.
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
    pub(crate) columns: Vec<Column>,
    pub(crate) shape: Option<Shape>,
}

impl Read {
    fn failed(trouble: Trouble) -> Self {
        Self {
            map: Err(trouble),
            columns: Vec::new(),
            shape: None,
        }
    }

    /// For somebody who decides whether this is what they meant.
    pub(crate) fn preview(self) -> Preview {
        let fields = fields::ALL
            .iter()
            .map(|field| Field {
                name: field.name,
                title: field.title,
            })
            .collect();
        let mut preview = Preview {
            title: String::new(),
            shape: self.shape,
            columns: self.columns,
            fields,
            stages: Vec::new(),
            lanes: Vec::new(),
            cards: 0,
            first: Vec::new(),
            problem: None,
        };
        let map = match self.map {
            Ok(map) => map,
            Err(trouble) => {
                preview.problem = Some(trouble);
                return preview;
            }
        };
        let title_of = |id: &str| {
            map.lanes
                .iter()
                .find(|lane| lane.id == id)
                .map(|lane| lane.title.clone())
        };
        let stage_of = |id: &str| {
            map.stages
                .iter()
                .find(|stage| stage.id == id)
                .map(|stage| stage.title.clone())
        };
        preview.lanes = map
            .lanes
            .iter()
            .map(|lane| PreviewLane {
                title: lane.title.clone(),
                kind: lane.kind.as_str(),
                cards: map.cards.iter().filter(|card| card.lane == lane.id).count(),
            })
            .collect();
        preview.first = map
            .cards
            .iter()
            .take(5)
            .map(|card| PreviewCard {
                stage: stage_of(&card.stage).unwrap_or_default(),
                lane: title_of(&card.lane).unwrap_or_default(),
                text: card.text.clone(),
            })
            .collect();
        preview.stages = map.stages.iter().map(|stage| stage.title.clone()).collect();
        preview.cards = map.cards.len();
        preview.title = map.title;
        preview
    }
}

/// A `cairn.map/1` document, for its preview.
pub(crate) fn document(text: &str) -> Read {
    Read {
        map: JourneyMap::parse(text)
            .map_err(|violation| Trouble::at(violation.path, violation.message)),
        columns: Vec::new(),
        shape: None,
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

/// A broken rule of the map as somebody finds it in their file.
fn found(violation: &Violation, place: impl Fn(usize, &str) -> Option<String>) -> Trouble {
    let card = violation
        .path
        .strip_prefix("cards[")
        .and_then(|rest| rest.split_once(']'));
    let path = card.and_then(|(at, field)| {
        let field = field.trim_start_matches('.');
        let field = field.split(['[', '.']).next().unwrap_or(field);
        place(at.parse().ok()?, field)
    });
    Trouble::at(
        path.unwrap_or_else(|| violation.path.clone()),
        violation.message.clone(),
    )
}

/// A title that is no text of the file: what the map is called unless told.
const UNTITLED: &str = "Imported map";
