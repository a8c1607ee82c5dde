//! Tests of the map across its forms, named after the rules they prove.

mod anything;
pub(crate) mod converge;
mod document;
pub(crate) mod edits;
pub(super) mod generated;
mod identity;
mod mirror;
mod order;
mod ranges;
mod rules;
mod together;

use super::{JourneyMap, new_doc};
use serde_json::Value;
use yrs::updates::decoder::Decode;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update};

/// A document that received this update from elsewhere.
pub(super) fn replica(client_id: u64, update: &[u8]) -> Doc {
    let doc = new_doc(client_id);
    receive(&doc, update);
    doc
}

fn receive(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
}

/// Everything `from` has and `to` lacks, applied to `to`.
fn sync(from: &Doc, to: &Doc) {
    let state: StateVector = to.transact().state_vector();
    let update = from.transact().encode_diff_v1(&state);
    receive(to, &update);
}

/// A JSON value without its null fields and empty optional lists, as the JSON form leaves them out.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name, without_nulls(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

fn parse(text: &str) -> JourneyMap {
    JourneyMap::parse(text).unwrap_or_else(|violation| panic!("{violation}"))
}
