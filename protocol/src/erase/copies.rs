//! What a moment says otherwise without somebody's words, for a restore that brought it back: the server's own update, which copies the
//! words of all.

use std::collections::{BTreeMap, BTreeSet};

use yrs::types::ToJson as _;
use yrs::types::text::YChange;
use yrs::{
    Any, Array as _, Doc, GetString as _, Map as _, Out, ReadTxn, Text as _, TextRef, Transact as _,
};

use super::letters::Letters;
use super::words::{Ink, blank_json_where};
use crate::frame::Said;
use crate::map::Collection;
use crate::map::schema::META;

/// Root, id of the entry, field; root and field of the map's own.
const FIELD_KEYS: usize = 3;

/// Each field that says something else.
#[derive(Default)]
pub(super) struct Copies(BTreeMap<Vec<String>, Field>);

#[derive(Default)]
struct Field {
    /// Shared texts.
    texts: Vec<Letters>,
    /// Plain texts.
    values: BTreeMap<String, String>,
    /// Texts in embeds and formats that are in none any more.
    gone: BTreeSet<String>,
    /// Bytes that mean nothing any more.
    bytes: BTreeSet<Vec<u8>>,
}

impl Copies {
    /// What differs between two documents of the same structure.
    pub(super) fn between(before: &Doc, after: &Doc) -> Self {
        let (before, after) = (before.transact(), after.transact());
        let mut copies = Self::default();
        let roots = Collection::ALL.into_iter().map(Collection::root);
        for root in roots.chain([META]) {
            if let (Some(was), Some(is)) = (before.get_map(root), after.get_map(root)) {
                let path = [root.to_owned()];
                copies.compare(&before, &Out::YMap(was), &after, &Out::YMap(is), &path);
            }
        }
        copies
    }

    fn compare<A: ReadTxn, B: ReadTxn>(
        &mut self,
        before: &A,
        was: &Out,
        after: &B,
        is: &Out,
        path: &[String],
    ) {
        if let (Out::YText(was), Out::YText(is)) = (was, is) {
            let (said, says) = (decorations(before, was), decorations(after, is));
            let gone: Vec<String> = said.difference(&says).cloned().collect();
            if !gone.is_empty() {
                self.field(path).gone.extend(gone);
            }
            let (was, is) = (was.get_string(before), is.get_string(after));
            if was != is {
                let text = Letters::between(&was, &is);
                self.field(path).texts.push(text);
            }
        } else if let (Out::YMap(was), Out::YMap(is)) = (was, is) {
            for (key, was) in was.iter(before) {
                if let Some(is) = is.get(after, key) {
                    let mut path = path.to_vec();
                    path.push(key.to_owned());
                    self.compare(before, &was, after, &is, &path);
                }
            }
        } else if let (Out::YArray(was), Out::YArray(is)) = (was, is) {
            for (was, is) in was.iter(before).zip(is.iter(after)) {
                self.compare(before, &was, after, &is, path);
            }
        } else if let (Out::Any(was), Out::Any(is)) = (was, is) {
            self.values(was, is, path);
        } else {
            self.values(&was.to_json(before), &is.to_json(after), path);
        }
    }

    fn values(&mut self, was: &Any, is: &Any, path: &[String]) {
        match (was, is) {
            (Any::String(was), Any::String(is)) if was != is => {
                let values = &mut self.field(path).values;
                values.insert(was.to_string(), is.to_string());
            }
            (Any::Buffer(was), Any::Buffer(is)) if was != is => {
                self.field(path).bytes.insert(was.to_vec());
            }
            (Any::Array(was), Any::Array(is)) => {
                for (was, is) in was.iter().zip(is.iter()) {
                    self.values(was, is, path);
                }
            }
            (Any::Map(was), Any::Map(is)) => {
                for (key, was) in was.iter() {
                    if let Some(is) = is.get(key) {
                        let mut path = path.to_vec();
                        path.push(key.clone());
                        self.values(was, is, &path);
                    }
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, path: &[String]) -> &mut Field {
        let field = path.iter().take(FIELD_KEYS).cloned().collect();
        self.0.entry(field).or_default()
    }

    /// Whether nothing does.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What takes the place of words that a restore brought into this field, if some of them are gone.
    pub(super) fn instead(&self, path: &[&str], said: &Said<'_>, ink: Ink) -> Option<Vec<u8>> {
        let field: Vec<String> = path
            .iter()
            .take(FIELD_KEYS)
            .map(|&key| key.into())
            .collect();
        let field = self.0.get(&field)?;
        match *said {
            Said::Characters(text) => field.piece(text, ink).map(String::into_bytes),
            Said::Text(text) => field.values.get(text).map(|is| is.clone().into_bytes()),
            Said::Json(json) => blank_json_where(json, |text| field.gone.contains(text)),
            Said::Bytes(bytes) => field.bytes.contains(bytes).then(|| vec![0; bytes.len()]),
        }
    }
}

impl Field {
    /// A piece of one of the texts without what is gone from it. Where it occurs more than once, whatever may be gone is; what occurs
    /// nowhere is gone whole, since nobody can tell whose it was.
    fn piece(&self, text: &str, ink: Ink) -> Option<String> {
        if self.texts.is_empty() {
            return None;
        }
        let mut piece = Letters::whole(text);
        let places: Vec<Letters> = {
            let places = self.texts.iter().flat_map(|text| text.occurrences(&piece));
            places.collect()
        };
        for place in &places {
            piece.lose(0, place);
        }
        if places.is_empty() {
            piece.lose_all();
        }
        piece.marked(ink)
    }
}

/// The texts in the embeds and formats of a shared text.
fn decorations<T: ReadTxn>(txn: &T, text: &TextRef) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for chunk in text.diff(txn, YChange::identity) {
        for value in chunk.attributes.iter().flat_map(|format| format.values()) {
            leaves(value, &mut found);
        }
        // Else its letters.
        if !matches!(chunk.insert, Out::Any(Any::String(_))) {
            leaves(&chunk.insert.to_json(txn), &mut found);
        }
    }
    found
}

fn leaves(value: &Any, found: &mut BTreeSet<String>) {
    match value {
        Any::String(text) => drop(found.insert(text.to_string())),
        Any::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Any::Map(fields) => fields.values().for_each(|field| leaves(field, found)),
        Any::Null | Any::Undefined | Any::Bool(_) | Any::Number(_) | Any::Buffer(_) => {}
    }
}
