//! What would become of a file, for somebody who decides whether that is what they meant (IMPORT-4, IMPORT-6). Pure.

use std::collections::BTreeMap;

use cairn_protocol::map::JourneyMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Read, Shape, Trouble, fields};

/// Cards that are shown.
const FIRST: usize = 5;

/// What was read, and what will become of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Preview {
    /// What the map will be called.
    pub(super) title: String,
    /// What the file itself says it is called, whatever was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) own_title: Option<String>,
    /// Of a table: `cards` (one row a card) or `grid` (stages across, lanes down).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) shape: Option<Shape>,
    /// Of a table: its columns, and which field each was taken for.
    pub(super) columns: Vec<Column>,
    /// Every field that a column can be.
    fields: Vec<Field>,
    pub(super) stages: Vec<String>,
    pub(super) lanes: Vec<PreviewLane>,
    pub(super) cards: usize,
    /// The first few.
    first: Vec<PreviewCard>,
    /// What of the file is not taken over, and what could be read in another way than it was.
    pub(super) notes: Vec<Trouble>,
    /// What keeps it from being imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<Trouble>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Column {
    pub(super) title: String,
    /// What its first rows say.
    pub(super) samples: Vec<String>,
    /// Which field it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<&'static str>,
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
    pub(super) title: String,
    /// As the JSON form calls it.
    pub(super) kind: &'static str,
    pub(super) cards: usize,
}

/// A card that will be made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewCard {
    stage: String,
    lane: String,
    text: String,
}

impl Read {
    pub(crate) fn preview(self) -> Preview {
        let fields = fields::ALL.iter().map(|field| Field {
            name: field.name,
            title: field.title,
        });
        let mut preview = Preview {
            title: String::new(),
            own_title: self.title,
            shape: self.shape,
            columns: self.columns,
            fields: fields.collect(),
            stages: Vec::new(),
            lanes: Vec::new(),
            cards: 0,
            first: Vec::new(),
            notes: self.notes,
            problem: None,
        };
        match self.map {
            Ok(map) => preview.shows(map),
            Err(trouble) => preview.problem = Some(trouble),
        }
        preview
    }
}

impl Preview {
    fn shows(&mut self, map: JourneyMap) {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for card in &map.cards {
            *held.entry(&card.lane).or_default() += 1;
        }
        let lanes = map.lanes.iter().map(|lane| PreviewLane {
            title: lane.title.clone(),
            kind: lane.kind.as_str(),
            cards: held.get(lane.id.as_str()).copied().unwrap_or(0),
        });
        self.lanes = lanes.collect();
        let lane = |id: &str| map.lanes.iter().find(|lane| lane.id == id);
        let stage = |id: &str| map.stages.iter().find(|stage| stage.id == id);
        let first = map.cards.iter().take(FIRST).map(|card| PreviewCard {
            stage: stage(&card.stage).map_or(String::new(), |stage| stage.title.clone()),
            lane: lane(&card.lane).map_or(String::new(), |lane| lane.title.clone()),
            text: card.text.clone(),
        });
        self.first = first.collect();
        self.cards = map.cards.len();
        self.stages = map.stages.into_iter().map(|stage| stage.title).collect();
        self.title = map.title;
    }
}
