//! Reading a map out of a document that any client may have written into.
//!
//! Called by export, by lists of maps and by tests. Never fails and never panics: what has the
//! wrong type is read as absent, and what the JSON form cannot hold is left out. What comes out
//! passes the importer's own rules.

use super::bounds::{MAX_NESTING, MAX_TEXT};
use super::check;
use super::date::Date;
use super::fields::Reader;
use super::journey::{JourneyMap, Review};
use super::kinds::MapKind;
use super::schema::{Collection, FORMAT, META, ORDER};
use super::values::number;
use super::violation::Violation;
use serde_json::{Map as Object, Value};
use yrs::{Any, Array, GetString, Map, MapRef, Number, Out, ReadTxn, Text};

/// The map in this document. Entries without a place (a card whose lane or stage is gone, a comment
/// whose card is) and fields that break a rule are left out; the document keeps them.
pub fn read<T: ReadTxn>(txn: &T) -> JourneyMap {
    read_noting(txn).0
}

/// As [`read`], with what was left out or cut short and why: at most 100 notes.
pub fn read_noting<T: ReadTxn>(txn: &T) -> (JourneyMap, Vec<Violation>) {
    let mut reader = Reader::Tolerant(Vec::new());
    let map = check::journey(&mut reader, document(txn))
        .unwrap_or_else(|_| JourneyMap::new(MapKind::CurrentState, ""));
    let notes = match reader {
        Reader::Tolerant(notes) => notes,
        Reader::Strict => Vec::new(),
    };
    (map, notes)
}

/// The map's title, without reading anything else.
pub fn title<T: ReadTxn>(txn: &T) -> String {
    match meta_field(txn, "title") {
        Some(Value::String(title)) => title.chars().take(MAX_TEXT).collect(),
        _ => String::new(),
    }
}

/// The map's kind, without reading anything else.
pub fn kind<T: ReadTxn>(txn: &T) -> MapKind {
    meta_field(txn, "kind")
        .and_then(|kind| MapKind::from_word(kind.as_str()?))
        .unwrap_or(MapKind::CurrentState)
}

/// What the map says it improves on, without reading anything else; empty when it names nothing.
pub fn current_state<T: ReadTxn>(txn: &T) -> String {
    match meta_field(txn, "currentState") {
        Some(Value::String(name)) => name.chars().take(MAX_TEXT).collect(),
        _ => String::new(),
    }
}

/// The day the next review is due, without reading anything but `review`.
pub fn review_due<T: ReadTxn>(txn: &T) -> Option<Date> {
    review(txn)?.due()
}

/// The day of the last review, without reading anything but `review`.
pub fn last_reviewed<T: ReadTxn>(txn: &T) -> Option<Date> {
    review(txn)?.last_reviewed
}

/// The two known fields of `review`. The fold asks for them with every edit, so that what else stands there, of whatever size, is left alone.
fn review<T: ReadTxn>(txn: &T) -> Option<Review> {
    let review = txn.get_map(META)?.get(txn, "review")?;
    let known = ["everyDays", "lastReviewed"].into_iter();
    let known = known.filter_map(|name| {
        let value = if let Out::Any(Any::Map(fields)) = &review {
            Out::Any(fields.get(name)?.clone())
        } else if let Out::YMap(fields) = &review {
            fields.get(txn, name)?
        } else {
            return None;
        };
        Some((name.to_owned(), short(txn, &value)?))
    });
    check::review_alone(Value::Object(known.collect()))
}

/// A number or a text of no more letters than a day has.
fn short<T: ReadTxn>(txn: &T, value: &Out) -> Option<Value> {
    const MOST: usize = 64;
    let is_short = if let Out::Any(Any::String(text)) = value {
        text.len() <= MOST
    } else if let Out::YText(text) = value {
        text.len(txn) as usize <= MOST
    } else {
        matches!(value, Out::Any(Any::Number(_)))
    };
    is_short.then(|| plain(txn, value, 0)).flatten()
}

fn meta_field<T: ReadTxn>(txn: &T, name: &str) -> Option<Value> {
    plain(txn, &txn.get_map(META)?.get(txn, name)?, MAX_DEPTH)
}

/// The document as the JSON form would have it, unchecked.
fn document<T: ReadTxn>(txn: &T) -> Value {
    let mut document = txn
        .get_map(META)
        .map(|meta| fields(txn, &meta))
        .unwrap_or_default();
    document.insert("format".to_owned(), Value::from(FORMAT));
    for collection in Collection::ALL {
        let entries = in_order(txn, collection).into_iter().map(|entry| {
            let mut fields = fields(txn, &entry.fields);
            fields.remove(ORDER);
            fields.insert("id".to_owned(), Value::from(entry.id));
            Value::Object(fields)
        });
        document.insert(collection.root().to_owned(), entries.collect());
    }
    Value::Object(document)
}

/// An entry of a collection, with what its place on screen follows from.
pub(super) struct Entry {
    pub(super) order: String,
    pub(super) id: String,
    pub(super) fields: MapRef,
}

/// The entries of a collection in order on screen: by `order`, then id, by code units. An entry
/// without a text in `order` comes first.
pub(super) fn in_order<T: ReadTxn>(txn: &T, collection: Collection) -> Vec<Entry> {
    let Some(root) = txn.get_map(collection.root()) else {
        return Vec::new();
    };
    let mut entries: Vec<Entry> = root
        .iter(txn)
        .filter_map(|(id, entry)| {
            let fields = entry.cast::<MapRef>().ok()?;
            let order = match fields.get(txn, ORDER) {
                Some(Out::Any(Any::String(order))) => order.to_string(),
                _ => String::new(),
            };
            Some(Entry {
                order,
                id: id.to_owned(),
                fields,
            })
        })
        .collect();
    entries.sort_by(|a, b| by_units(&a.order, &b.order).then_with(|| by_units(&a.id, &b.id)));
    entries
}

/// Compares as JavaScript does: by UTF-16 code unit, which differs from byte order past U+FFFF.
fn by_units(a: &str, b: &str) -> std::cmp::Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Deepest value worth converting: an unknown field of a source is two levels in, and one level
/// more shows that it is too deep.
const MAX_DEPTH: usize = MAX_NESTING + 3;

fn fields<T: ReadTxn>(txn: &T, map: &MapRef) -> Object<String, Value> {
    map.iter(txn)
        .filter_map(|(name, value)| Some((name.to_owned(), plain(txn, &value, MAX_DEPTH)?)))
        .collect()
}

/// A value as plain JSON, a shared text as its string. `None` for what JSON cannot hold and for
/// what nests deeper than `levels`: shared types may nest without bound.
pub(super) fn plain<T: ReadTxn>(txn: &T, value: &Out, levels: usize) -> Option<Value> {
    if let Out::Any(any) = value {
        return any_to_json(any, levels);
    }
    if let Out::YText(text) = value {
        return Some(Value::String(text.get_string(txn)));
    }
    let inner = levels.checked_sub(1)?;
    if let Out::YArray(array) = value {
        return Some(Value::Array(
            array
                .iter(txn)
                .map(|item| plain(txn, &item, inner).unwrap_or(Value::Null))
                .collect(),
        ));
    }
    if let Out::YMap(map) = value {
        let fields = map
            .iter(txn)
            .filter_map(|(n, v)| Some((n.to_owned(), plain(txn, &v, inner)?)));
        return Some(Value::Object(fields.collect()));
    }
    // XML types and subdocuments are not part of a map.
    None
}

fn any_to_json(any: &Any, levels: usize) -> Option<Value> {
    match any {
        Any::Null => Some(Value::Null),
        Any::Bool(value) => Some(Value::Bool(*value)),
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers are doubles, as in JavaScript"
        )]
        Any::Number(Number::Int(value)) => Some(number(*value as f64)),
        Any::Number(Number::Float(value)) => value.is_finite().then(|| number(*value)),
        Any::String(text) => Some(Value::from(text.as_ref())),
        Any::Array(items) => {
            let inner = levels.checked_sub(1)?;
            // As JSON.stringify: an item JSON cannot hold becomes null, a field is left out.
            let items = items
                .iter()
                .map(|item| any_to_json(item, inner).unwrap_or(Value::Null));
            Some(Value::Array(items.collect()))
        }
        Any::Map(fields) => {
            let inner = levels.checked_sub(1)?;
            let fields = fields
                .iter()
                .filter_map(|(n, v)| Some((n.clone(), any_to_json(v, inner)?)));
            Some(Value::Object(fields.collect()))
        }
        Any::Undefined | Any::Buffer(_) => None,
    }
}
