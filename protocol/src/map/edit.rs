//! Write operations on the document of a map: what a program may do to it, each checked.
//!
//! Called by the client crate, the simulation and restore, inside a transaction of theirs. They
//! keep the schema: a text is changed inside its Y.Text, an entry is never deleted and inserted
//! to move it. Deleting hides and never cascades (MAP-34): the cards of a deleted lane or stage
//! and the comments of a deleted card stay in the document, are not drawn and not exported, and
//! are back when the deletion is undone.

use super::bounds::MAX_TEXT;
use super::check;
use super::fields::is_id;
use super::journey::{Card, Comment, Lane, Persona, Stage};
use super::kinds::LaneKind;
use super::order::{is_key, key_near};
use super::read::{Entry, in_order, plain};
use super::schema::{Collection, META, META_TEXTS, ORDER};
use super::text::{change_list, change_text};
use super::violation::Violation;
use super::write::{any, object, put, put_list};
use serde::Serialize;
use serde_json::{Value, json};
use yrs::{
    Any, ArrayRef, Map, MapRef, Out, ReadTxn, TextPrelim, TextRef, TransactionMut, WriteTxn,
};

/// Why an edit was not made. The document is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The entry to change, or one it refers to, is not in the document.
    #[error("there is no {what} \"{id}\"; it may have been deleted")]
    NoSuch {
        /// What was looked for: `card`, `lane`, …
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The id of a new entry is taken.
    #[error("there is a {what} \"{id}\" already; choose another id")]
    Exists {
        /// What was to be added.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The field is of another sort (text, list, plain value) than this operation writes.
    #[error("\"{field}\" is not a {sort}; use the operation for its sort")]
    Sort {
        /// The field.
        field: String,
        /// What the operation writes.
        sort: &'static str,
    },
    /// A rule of the map would be broken.
    #[error(transparent)]
    Rule(#[from] Violation),
}

/// Where in its collection an entry goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Right before the entry with this id.
    Before(&'a str),
    /// Right after the entry with this id.
    After(&'a str),
}

/// Adds a persona.
pub fn add_persona(
    txn: &mut TransactionMut,
    persona: &Persona,
    at: Place,
) -> Result<(), EditError> {
    add(txn, Collection::Personas, &persona.id, persona, at, None)
}

/// Adds a stage.
pub fn add_stage(txn: &mut TransactionMut, stage: &Stage, at: Place) -> Result<(), EditError> {
    add(txn, Collection::Stages, &stage.id, stage, at, None)
}

/// Adds a lane.
pub fn add_lane(txn: &mut TransactionMut, lane: &Lane, at: Place) -> Result<(), EditError> {
    add(txn, Collection::Lanes, &lane.id, lane, at, None)
}

/// Adds a card. Its lane and stage must exist.
pub fn add_card(txn: &mut TransactionMut, card: &Card, at: Place) -> Result<(), EditError> {
    entry(txn, Collection::Lanes, &card.lane)?;
    entry(txn, Collection::Stages, &card.stage)?;
    let lane = lane_kind(txn, &card.lane);
    add(txn, Collection::Cards, &card.id, card, at, lane)
}

/// Adds a comment. Its card must exist.
pub fn add_comment(
    txn: &mut TransactionMut,
    comment: &Comment,
    at: Place,
) -> Result<(), EditError> {
    entry(txn, Collection::Cards, &comment.card)?;
    add(txn, Collection::Comments, &comment.id, comment, at, None)
}

fn add<E: Serialize>(
    txn: &mut TransactionMut,
    collection: Collection,
    id: &str,
    new: &E,
    at: Place,
    lane: Option<LaneKind>,
) -> Result<(), EditError> {
    if entry(txn, collection, id).is_ok() {
        return Err(EditError::Exists {
            what: collection.entry(),
            id: id.to_owned(),
        });
    }
    let fields = object(new);
    check::one(collection, Value::Object(fields.clone()), lane)?;
    let order = order_at(txn, collection, at, None)?;
    put(txn, collection, fields, &order, lane);
    Ok(())
}

/// Changes a text of an entry with the smallest edit (see MAP-33). Creates the Y.Text where an
/// older or foreign client left none.
pub fn set_text(
    txn: &mut TransactionMut,
    collection: Collection,
    id: &str,
    field: &str,
    new: &str,
) -> Result<(), EditError> {
    if !collection.texts().contains(&field) {
        return Err(EditError::Sort {
            field: field.to_owned(),
            sort: "text",
        });
    }
    let entry = entry(txn, collection, id)?;
    write_text(txn, &entry, field, new)
}

/// Changes `title`, `scenario` or `goal` of the map with the smallest edit.
pub fn set_map_text(txn: &mut TransactionMut, field: &str, new: &str) -> Result<(), EditError> {
    if !META_TEXTS.contains(&field) {
        return Err(EditError::Sort {
            field: field.to_owned(),
            sort: "text",
        });
    }
    let meta = txn.get_or_insert_map(META);
    write_text(txn, &meta, field, new)
}

fn write_text(
    txn: &mut TransactionMut,
    entry: &MapRef,
    field: &str,
    new: &str,
) -> Result<(), EditError> {
    if new.chars().nth(MAX_TEXT).is_some() {
        let message = format!("is longer than {MAX_TEXT} code points");
        return Err(Violation {
            path: field.to_owned(),
            message,
        }
        .into());
    }
    match entry.get(txn, field).map(Out::cast::<TextRef>) {
        Some(Ok(text)) => change_text(txn, &text, new),
        Some(Err(_)) | None => drop(entry.insert(txn, field, TextPrelim::new(new))),
    }
    Ok(())
}

/// Sets a plain field of an entry, or deletes it with `None`. Writes nothing where the value is
/// there already. References are checked for their form only: what they name may come and go.
pub fn set_field(
    txn: &mut TransactionMut,
    collection: Collection,
    id: &str,
    field: &str,
    new: Option<&Value>,
) -> Result<(), EditError> {
    if is_shared(collection, field) || ["id", ORDER].contains(&field) {
        return Err(EditError::Sort {
            field: field.to_owned(),
            sort: "plain value",
        });
    }
    let entry = entry(txn, collection, id)?;
    let lane = entry_lane(txn, &entry);
    check::one(collection, stub(txn, &entry, field, new), lane)?;
    write_plain(txn, &entry, field, new);
    Ok(())
}

/// Sets a plain field of the map itself (`kind`, `owner`, `review`, `currentState`, unknown ones),
/// or deletes it with `None`.
pub fn set_map_field(
    txn: &mut TransactionMut,
    field: &str,
    new: Option<&Value>,
) -> Result<(), EditError> {
    let reserved = field == "format" || Collection::ALL.iter().any(|c| c.root() == field);
    if reserved || META_TEXTS.contains(&field) {
        return Err(EditError::Sort {
            field: field.to_owned(),
            sort: "plain value",
        });
    }
    check::meta_field(field, new.cloned().unwrap_or_default())?;
    let meta = txn.get_or_insert_map(META);
    write_plain(txn, &meta, field, new);
    Ok(())
}

fn write_plain(txn: &mut TransactionMut, entry: &MapRef, field: &str, new: Option<&Value>) {
    match new.filter(|value| !value.is_null()) {
        Some(value) => drop(entry.try_update(txn, field, any(value))),
        None if entry.contains_key(txn, field) => drop(entry.remove(txn, field)),
        None => {}
    }
}

/// Changes a list of an entry (`goals`, `sources`, `addresses`, …) with the smallest edit.
pub fn set_list(
    txn: &mut TransactionMut,
    collection: Collection,
    id: &str,
    field: &str,
    new: &[Value],
) -> Result<(), EditError> {
    if !collection.lists().contains(&field) {
        return Err(EditError::Sort {
            field: field.to_owned(),
            sort: "list",
        });
    }
    let entry = entry(txn, collection, id)?;
    let value = Value::Array(new.to_vec());
    check::one(collection, stub(txn, &entry, field, Some(&value)), None)?;
    let items: Vec<Any> = new.iter().map(any).collect();
    match entry.get(txn, field).map(Out::cast::<ArrayRef>) {
        Some(Ok(list)) => change_list(txn, &list, &items),
        Some(Err(_)) | None => put_list(txn, &entry, field, items),
    }
    Ok(())
}

/// Moves a card to a cell and a place among all cards. Of several people who move it at once, each
/// of lane, stage and order keeps one of the values: the card is in one place.
pub fn move_card(
    txn: &mut TransactionMut,
    id: &str,
    lane: &str,
    stage: &str,
    at: Place,
) -> Result<(), EditError> {
    let card = entry(txn, Collection::Cards, id)?;
    entry(txn, Collection::Lanes, lane)?;
    entry(txn, Collection::Stages, stage)?;
    let order = order_at(txn, Collection::Cards, at, Some(id))?;
    card.try_update(txn, "lane", lane);
    card.try_update(txn, "stage", stage);
    card.try_update(txn, ORDER, order);
    // The texts and lists of the new lane's kind, so that the next two typists share one.
    let kind = lane_kind(txn, lane);
    for field in Collection::Cards.texts() {
        if Collection::Cards.starts_with(field, kind) && !card.contains_key(txn, field) {
            card.insert(txn, *field, TextPrelim::new(""));
        }
    }
    for field in Collection::Cards.lists() {
        if Collection::Cards.starts_with(field, kind) && !card.contains_key(txn, field) {
            put_list(txn, &card, field, Vec::new());
        }
    }
    Ok(())
}

/// Moves an entry to another place in its collection (stages, lanes, personas, …).
pub fn move_entry(
    txn: &mut TransactionMut,
    collection: Collection,
    id: &str,
    at: Place,
) -> Result<(), EditError> {
    let entry = entry(txn, collection, id)?;
    let order = order_at(txn, collection, at, Some(id))?;
    entry.try_update(txn, ORDER, order);
    Ok(())
}

/// Deletes an entry, and only it (MAP-34).
pub fn remove(txn: &mut TransactionMut, collection: Collection, id: &str) -> Result<(), EditError> {
    entry(txn, collection, id)?;
    txn.get_or_insert_map(collection.root()).remove(txn, id);
    Ok(())
}

/// The order key for an entry at this place. `moving` is left out of account. Between neighbours
/// with equal keys there is none: the entry then goes after (or before) all that share the key.
pub fn order_at<T: ReadTxn>(
    txn: &T,
    collection: Collection,
    at: Place,
    moving: Option<&str>,
) -> Result<String, EditError> {
    let mut entries = in_order(txn, collection);
    entries.retain(|entry| Some(entry.id.as_str()) != moving);
    let index_of = |id: &str| {
        let found = entries.iter().position(|entry| entry.id == id);
        found.ok_or_else(|| EditError::NoSuch {
            what: collection.entry(),
            id: id.to_owned(),
        })
    };
    let (split, anchored_above) = match at {
        Place::First => (0, false),
        Place::Last => (entries.len(), true),
        Place::Before(id) => (index_of(id)?, false),
        Place::After(id) => (index_of(id)? + 1, true),
    };
    let (above, below) = entries.split_at_checked(split).unwrap_or((&entries, &[]));
    let key = |entry: &Entry| is_key(&entry.order).then(|| entry.order.clone());
    // The nearest usable key on the anchor's side, then the nearest beyond it on the other side.
    let (low, high) = if anchored_above {
        let low = above.iter().rev().find_map(key);
        let high = below
            .iter()
            .filter_map(key)
            .find(|high| low.as_ref().is_none_or(|low| low < high));
        (low, high)
    } else {
        let high = below.iter().find_map(key);
        let low = above
            .iter()
            .rev()
            .filter_map(key)
            .find(|low| high.as_ref().is_none_or(|high| low < high));
        (low, high)
    };
    Ok(key_near(low.as_deref(), high.as_deref()))
}

/// The last order key of a collection that others can be computed from.
pub fn last_order<T: ReadTxn>(txn: &T, collection: Collection) -> Option<String> {
    let entries = in_order(txn, collection).into_iter().rev();
    entries.map(|entry| entry.order).find(|order| is_key(order))
}

fn is_shared(collection: Collection, field: &str) -> bool {
    collection.texts().contains(&field) || collection.lists().contains(&field)
}

fn entry<T: ReadTxn>(txn: &T, collection: Collection, id: &str) -> Result<MapRef, EditError> {
    txn.get_map(collection.root())
        .and_then(|root| root.get(txn, id)?.cast::<MapRef>().ok())
        .ok_or_else(|| EditError::NoSuch {
            what: collection.entry(),
            id: id.to_owned(),
        })
}

fn lane_kind<T: ReadTxn>(txn: &T, id: &str) -> Option<LaneKind> {
    let lane = entry(txn, Collection::Lanes, id).ok()?;
    let kind = plain(txn, &lane.get(txn, "kind")?, 0)?;
    LaneKind::from_word(kind.as_str()?)
}

fn entry_lane<T: ReadTxn>(txn: &T, entry: &MapRef) -> Option<LaneKind> {
    let lane = plain(txn, &entry.get(txn, "lane")?, 0)?;
    lane_kind(txn, lane.as_str()?)
}

/// The least entry that has this field, to check the field by. `null` (deleting) is refused where
/// the field is required.
fn stub<T: ReadTxn>(txn: &T, entry: &MapRef, field: &str, new: Option<&Value>) -> Value {
    let lane = entry.get(txn, "lane").and_then(|lane| plain(txn, &lane, 0));
    let mut stub = json!({
        "id": "x", "name": "", "title": "", "text": "", "kind": "note", "card": "x", "stage": "x",
        "lane": lane.filter(|lane| lane.as_str().is_some_and(is_id)).unwrap_or_else(|| json!("x")),
    });
    if let Some(fields) = stub.as_object_mut() {
        fields.insert(field.to_owned(), new.cloned().unwrap_or_default());
    }
    stub
}
