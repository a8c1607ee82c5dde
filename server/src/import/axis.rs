//! Stages, lanes or personas of a map in the making, each with where in the file it was first named. Pure.

use std::collections::BTreeMap;

use cairn_protocol::map::bounds::{MAX_AXIS, MAX_CARDS};
use serde_json::Value;

use super::Trouble;

/// What tells two entries apart: the number they have in the file, and what they are called.
pub(super) type Key = (String, String);

pub(super) struct Axis {
    /// What one is: "stage".
    what: &'static str,
    entries: Vec<Entry>,
    at: BTreeMap<Key, usize>,
}

struct Entry {
    order: f64,
    id: String,
    value: Value,
    place: String,
}

/// Entries as a document has them, and where each came from.
pub(super) struct Placed {
    pub(super) values: Vec<Value>,
    pub(super) places: Vec<String>,
}

impl Axis {
    pub(super) fn of(what: &'static str) -> Self {
        Self {
            what,
            entries: Vec::new(),
            at: BTreeMap::new(),
        }
    }

    /// The id of the entry with this key; made where there is none yet, unless the map is full (MAP-20).
    pub(super) fn place(
        &mut self,
        key: Key,
        place: impl FnOnce() -> String,
        made: impl FnOnce(&str) -> Value,
    ) -> Result<String, Trouble> {
        if let Some(entry) = self.at.get(&key).and_then(|at| self.entries.get(*at)) {
            return Ok(entry.id.clone());
        }
        let number = self.entries.len() + 1;
        if number > MAX_AXIS {
            let why = format!("is {} {number}; a map has at most {MAX_AXIS}", self.what);
            return Err(Trouble::at(place(), why));
        }
        let first = self.what.get(..1).unwrap_or_default();
        let id = format!("{first}{number}");
        self.entries.push(Entry {
            order: key.0.parse().unwrap_or(f64::INFINITY),
            id: id.clone(),
            value: made(&id),
            place: place(),
        });
        self.at.insert(key, number - 1);
        Ok(id)
    }

    /// Changes an entry that was made before.
    pub(super) fn amend(&mut self, id: &str, field: &str, value: Value) {
        let entry = self.entries.iter_mut().find(|entry| entry.id == id);
        if let Some(object) = entry.and_then(|entry| entry.value.as_object_mut()) {
            object.insert(field.to_owned(), value);
        }
    }

    /// By their numbers where they have some, else as they came.
    pub(super) fn sorted(mut self) -> Placed {
        self.entries.sort_by(|a, b| a.order.total_cmp(&b.order));
        let (values, places) = self
            .entries
            .into_iter()
            .map(|entry| (entry.value, entry.place))
            .unzip();
        Placed { values, places }
    }
}

/// Whether there is room for a card after so many (MAP-20).
pub(super) fn room_for_card(made: usize, place: impl FnOnce() -> String) -> Result<(), Trouble> {
    if made < MAX_CARDS {
        return Ok(());
    }
    let why = format!("has one card too many; a map has at most {MAX_CARDS}");
    Err(Trouble::at(place(), why))
}
