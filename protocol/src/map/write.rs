//! Writing a typed map into a document, and single entries in the form the schema gives them.
//!
//! Called by import, templates, the samples and the write operations. Writes fields in one fixed
//! order, so that the same map and client id give the same bytes.

use super::encode::encode_state;
use super::journey::{Card, JourneyMap};
use super::kinds::LaneKind;
use super::order::n_keys_between;
use super::schema::{Collection, META, META_TEXTS, ORDER, new_doc};
use serde::Serialize;
use serde_json::{Map as Object, Value};
use std::collections::BTreeMap;
use yrs::{
    Any, Array, ArrayPrelim, Map, MapPrelim, MapRef, Number, TextPrelim, Transact, TransactionMut,
    WriteTxn,
};

/// Writes a whole map into an empty document. In a document that holds one already, fields and
/// entries of the same name are replaced and all others stay.
pub fn fill(map: &JourneyMap, txn: &mut TransactionMut) {
    let meta = txn.get_or_insert_map(META);
    let mut fields = object(map);
    fields.remove("format");
    for collection in Collection::ALL {
        fields.remove(collection.root());
    }
    for name in META_TEXTS {
        meta.insert(txn, *name, TextPrelim::new(take_text(&mut fields, name)));
    }
    for (name, value) in fields {
        meta.insert(txn, name, any(&value));
    }
    fill_collection(txn, Collection::Personas, &map.personas, |_| None);
    fill_collection(txn, Collection::Stages, &map.stages, |_| None);
    fill_collection(txn, Collection::Lanes, &map.lanes, |_| None);
    let kinds: BTreeMap<&str, LaneKind> =
        map.lanes.iter().map(|l| (l.id.as_str(), l.kind)).collect();
    fill_collection(txn, Collection::Cards, &map.cards, |c| {
        kinds.get(c.lane.as_str()).copied()
    });
    fill_collection(txn, Collection::Comments, &map.comments, |_| None);
}

/// The document of this map as a Yjs v1 update. The same map and client id always give the same
/// bytes. `client_id` must be one that no later editor uses.
pub fn to_update(map: &JourneyMap, client_id: u64) -> Vec<u8> {
    let doc = new_doc(client_id);
    fill(map, &mut doc.transact_mut());
    encode_state(&doc.transact())
}

/// Cards with the kinds of their lanes as an update that builds on nothing, for a document whose cards end with the order key
/// `after` ([`super::last_order`]): there they come after all others, in this order. The client id must be new to the document.
pub fn cards_to_update(cards: &[(Card, LaneKind)], after: Option<&str>, client_id: u64) -> Vec<u8> {
    let doc = new_doc(client_id);
    let mut txn = doc.transact_mut();
    let orders = n_keys_between(after, None, cards.len()).expect("what comes after is a key");
    for ((card, kind), order) in cards.iter().zip(orders) {
        put(
            &mut txn,
            Collection::Cards,
            object(card),
            &order,
            Some(*kind),
        );
    }
    drop(txn);
    encode_state(&doc.transact())
}

fn fill_collection<E: Serialize>(
    txn: &mut TransactionMut,
    collection: Collection,
    entries: &[E],
    lane: impl Fn(&E) -> Option<LaneKind>,
) {
    let orders = n_keys_between(None, None, entries.len()).expect("absent bounds are valid");
    for (entry, order) in entries.iter().zip(orders) {
        put(txn, collection, object(entry), &order, lane(entry));
    }
}

/// The fields of an entry, by name.
pub(super) fn object<E: Serialize>(entry: &E) -> Object<String, Value> {
    let value = serde_json::to_value(entry).expect("every key of an entry is a string");
    if let Value::Object(fields) = value {
        fields
    } else {
        Object::new()
    }
}

/// Writes one entry (its JSON form, id included) under its id.
pub(super) fn put(
    txn: &mut TransactionMut,
    collection: Collection,
    mut fields: Object<String, Value>,
    order: &str,
    lane: Option<LaneKind>,
) {
    let id = take_text(&mut fields, "id");
    // Not a field of the JSON form; in the document the key is this module's own.
    fields.remove(ORDER);
    let root = txn.get_or_insert_map(collection.root());
    let entry = root.insert(txn, id, MapPrelim::default());
    entry.insert(txn, ORDER, order);
    for name in collection.texts() {
        let text = take_text(&mut fields, name);
        if !text.is_empty() || collection.starts_with(name, lane) {
            entry.insert(txn, *name, TextPrelim::new(text));
        }
    }
    for name in collection.lists() {
        let items = match fields.remove(*name) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        };
        if !items.is_empty() || collection.starts_with(name, lane) {
            put_list(txn, &entry, name, items.iter().map(any).collect());
        }
    }
    for (name, value) in fields {
        entry.insert(txn, name, any(&value));
    }
}

/// Writes a list field anew.
pub(super) fn put_list(txn: &mut TransactionMut, entry: &MapRef, name: &str, items: Vec<Any>) {
    let list = entry.insert(txn, name, ArrayPrelim::default());
    list.insert_range(txn, 0, items);
}

fn take_text(fields: &mut Object<String, Value>, name: &str) -> String {
    match fields.remove(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// A JSON value as yrs holds it, its numbers as doubles.
pub(super) fn any(value: &Value) -> Any {
    match value {
        Value::Null => Any::Null,
        Value::Bool(value) => Any::Bool(*value),
        Value::Number(value) => Any::Number(Number::try_i64(value.as_f64().unwrap_or(f64::NAN))),
        Value::String(text) => Any::from(text.as_str()),
        Value::Array(items) => Any::from(items.iter().map(any).collect::<Vec<_>>()),
        Value::Object(fields) => Any::Map(std::sync::Arc::new(
            fields.iter().map(|(n, v)| (n.clone(), any(v))).collect(),
        )),
    }
}
