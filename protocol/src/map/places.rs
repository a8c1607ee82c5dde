//! Where cards can lie: the stages and lanes of a document, without reading a card.
//!
//! Called by the fold, which must know whether a place is there and where else a card may go.

use super::bounds::MAX_AXIS;
use super::fields::is_id;
use super::kinds::LaneKind;
use super::read::{Entry, in_order, plain};
use super::schema::Collection;
use serde_json::Value;
use yrs::{Map, ReadTxn};

/// The grid of a map, in order on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Ids of the stages.
    pub stages: Vec<String>,
    /// The lanes.
    pub lanes: Vec<Row>,
}

/// A lane as a place for cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The lane's id.
    pub id: String,
    /// What its cards are.
    pub kind: LaneKind,
    /// Folded away on screen.
    pub hidden: bool,
}

impl Places {
    /// The lane of this id.
    pub fn lane(&self, id: &str) -> Option<&Row> {
        self.lanes.iter().find(|lane| lane.id == id)
    }

    /// Whether there is a stage of this id.
    pub fn has_stage(&self, id: &str) -> bool {
        self.stages.iter().any(|stage| stage == id)
    }
}

/// The stages and lanes as [`super::read`] has them.
pub fn places<T: ReadTxn>(txn: &T) -> Places {
    let entries = |collection| {
        let entries = in_order(txn, collection).into_iter();
        entries.filter(|entry| is_id(&entry.id)).take(MAX_AXIS)
    };
    let field = |lane: &Entry, name| plain(txn, &lane.fields.get(txn, name)?, 0);
    let row = |lane: Entry| {
        let kind = field(&lane, "kind").and_then(|kind| LaneKind::from_word(kind.as_str()?));
        Row {
            kind: kind.unwrap_or(LaneKind::Note),
            hidden: field(&lane, "hidden") == Some(Value::Bool(true)),
            id: lane.id,
        }
    };
    Places {
        stages: entries(Collection::Stages).map(|stage| stage.id).collect(),
        lanes: entries(Collection::Lanes).map(row).collect(),
    }
}
