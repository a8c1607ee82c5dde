//! Making the content of one document that of another, as a forward edit (RESTORE-1).
//!
//! Called by the fold's restore. Works on the document itself, below the JSON form, so that what is kept but not shown (the cards of a
//! deleted lane) is as it was, too. Touches only what differs: entries keep their ids, texts and lists are changed by their smallest
//! difference (MAP-33), so that carets, other people's edits and their undo stay where they are.

use std::collections::{BTreeMap, BTreeSet};

use yrs::types::Attrs;
use yrs::types::text::YChange;
use yrs::{
    Any, Array, ArrayPrelim, ArrayRef, GetString, Map, MapPrelim, MapRef, Number, Out, ReadTxn,
    Text, TextPrelim, TextRef, Transact, TransactionMut, WriteTxn,
};

use super::encode::encode_change;
use super::read::plain;
use super::schema::{Collection, META, new_doc};
use super::text::{change_list, change_text};
use crate::deep;
use crate::frame::CheckedUpdate;

/// An update that changes nothing.
pub(crate) const NOTHING: &[u8] = &[0, 0];

/// The update that gives a document with the content `now` the content `then`; `None` where they do not differ. The client id must be
/// new to the document.
pub fn mirror(now: &CheckedUpdate, then: &CheckedUpdate, client_id: u64) -> Option<Vec<u8>> {
    let (target, source) = (new_doc(client_id), new_doc(0));
    deep::apply(&target, now);
    deep::apply(&source, then);
    let mut txn = target.transact_mut();
    let from = source.transact();
    let roots = Collection::ALL.into_iter().map(Collection::root);
    for root in roots.chain([META]) {
        let there = txn.get_or_insert_map(root);
        if let Some(was) = from.get_map(root) {
            follow_map(&mut txn, &there, &from, &was);
        }
    }
    let change = encode_change(&txn);
    (change != NOTHING).then_some(change)
}

/// Deeper than any value can be (WIRE-10).
const DEEPEST: usize = 256;

/// A value that a map's document may hold: no XML, no subdocument.
fn is_kept(value: &Out) -> bool {
    matches!(
        value,
        Out::Any(_) | Out::YText(_) | Out::YArray(_) | Out::YMap(_)
    )
}

/// By name: yrs keeps them in an order of its own.
fn fields<T: ReadTxn>(txn: &T, map: &MapRef) -> BTreeMap<String, Out> {
    let kept = map.iter(txn).filter(|(_, value)| is_kept(value));
    kept.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn follow_map<T: ReadTxn>(txn: &mut TransactionMut, there: &MapRef, from: &T, was: &MapRef) {
    let now = fields(txn, there);
    let then = fields(from, was);
    let names: BTreeSet<&String> = now.keys().chain(then.keys()).collect();
    for name in names {
        match (now.get(name), then.get(name)) {
            (_, None) => drop(there.remove(txn, name)),
            (None, Some(then)) => put(txn, there, name, from, then),
            (Some(now), Some(then)) => {
                if !follow(txn, now, from, then) {
                    put(txn, there, name, from, then);
                }
            }
        }
    }
}

/// Changes a value where it is. Says whether it could be: one of another sort is put anew.
fn follow<T: ReadTxn>(txn: &mut TransactionMut, now: &Out, from: &T, then: &Out) -> bool {
    if let (Out::Any(now), Out::Any(then)) = (now, then) {
        return is_same(now, then);
    }
    if let (Out::YText(now), Out::YText(then)) = (now, then) {
        let (old, new) = (runs(txn, now), runs(from, then));
        if old == new {
            return true;
        }
        // What has a format is written anew with it: the smallest change of letters would leave the old one on them.
        let are_plain = old.iter().chain(&new).all(Run::is_plain);
        if are_plain {
            change_text(txn, now, &then.get_string(from));
        }
        return are_plain;
    }
    if let (Out::YMap(now), Out::YMap(then)) = (now, then) {
        follow_map(txn, now, from, then);
        return true;
    }
    if let (Out::YArray(old), Out::YArray(new)) = (now, then) {
        let Some((old_items, new_items)) = plain_items(txn, old).zip(plain_items(from, new)) else {
            return plain(txn, now, DEEPEST) == plain(from, then, DEEPEST);
        };
        let are_same = old_items.len() == new_items.len()
            && old_items
                .iter()
                .zip(&new_items)
                .all(|(old, new)| is_same(old, new));
        if !are_same {
            change_list(txn, old, &new_items);
        }
        return true;
    }
    false
}

/// The items of a list of plain values, as all of a map's are.
fn plain_items<T: ReadTxn>(txn: &T, list: &ArrayRef) -> Option<Vec<Any>> {
    let plain = |item| {
        if let Out::Any(item) = item {
            Some(item)
        } else {
            None
        }
    };
    list.iter(txn).map(plain).collect()
}

fn put<T: ReadTxn>(txn: &mut TransactionMut, there: &MapRef, name: &str, from: &T, then: &Out) {
    if let Out::Any(then) = then {
        there.insert(txn, name, then.clone());
    } else if let Out::YText(then) = then {
        let made = there.insert(txn, name, TextPrelim::new(""));
        write(txn, &made, runs(from, then));
    } else if let Out::YMap(then) = then {
        let made = there.insert(txn, name, MapPrelim::default());
        follow_map(txn, &made, from, then);
    } else if let Out::YArray(then) = then {
        let made = there.insert(txn, name, ArrayPrelim::default());
        push_all(txn, &made, from, then);
    }
}

/// A stretch of a text with one format.
#[derive(PartialEq)]
struct Run {
    what: Any,
    format: Attrs,
}

impl Run {
    fn is_plain(&self) -> bool {
        matches!(self.what, Any::String(_)) && self.format.is_empty()
    }
}

/// The stretches of a text. What is embedded in one is kept where it is a plain value: no map has others in its texts.
fn runs<T: ReadTxn>(txn: &T, text: &TextRef) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for chunk in text.diff(txn, YChange::identity) {
        let Out::Any(what) = chunk.insert else {
            continue;
        };
        let mut format = chunk.attributes.map(|format| *format).unwrap_or_default();
        format.retain(|_, value| !matches!(value, Any::Null));
        match (runs.last_mut(), &what) {
            // Where a format was and is no more, yrs tells two stretches apart.
            (
                Some(Run {
                    what: Any::String(before),
                    format: same,
                }),
                Any::String(more),
            ) if *same == format => {
                *before = format!("{before}{more}").into();
            }
            _ => runs.push(Run { what, format }),
        }
    }
    runs
}

/// Writes the stretches of a text into an empty one.
fn write(txn: &mut TransactionMut, text: &TextRef, runs: Vec<Run>) {
    if let [
        Run {
            what: Any::String(letters),
            format,
        },
    ] = runs.as_slice()
        && format.is_empty()
    {
        return text.insert(txn, 0, letters);
    }
    for Run { what, format } in runs {
        let end = text.len(txn);
        // With no format it says so: otherwise it would take on that of what stands before it.
        if let Any::String(letters) = what {
            text.insert_with_attributes(txn, end, &letters, format);
        } else {
            text.insert_embed_with_attributes(txn, end, what, format);
        }
    }
}

/// Whether two plain values are the same. What is no number is the same as itself here, or each restore would write it again.
fn is_same(one: &Any, other: &Any) -> bool {
    if let (Any::Array(one), Any::Array(other)) = (one, other) {
        let mut pairs = one.iter().zip(other.iter());
        return one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other));
    }
    if let (Any::Map(one), Any::Map(other)) = (one, other) {
        let found =
            |(name, one): (&String, &Any)| other.get(name).is_some_and(|other| is_same(one, other));
        return one.len() == other.len() && one.iter().all(found);
    }
    let is_nan = |value: &Any| matches!(value, Any::Number(Number::Float(value)) if value.is_nan());
    one == other || (is_nan(one) && is_nan(other))
}

/// Fills a list from its end, each item before the others: yrs looks for the end of a list by walking through it.
fn push_all<T: ReadTxn>(txn: &mut TransactionMut, there: &ArrayRef, from: &T, was: &ArrayRef) {
    if let Some(items) = plain_items(from, was) {
        there.insert_range(txn, 0, items);
        return;
    }
    let items: Vec<Out> = was.iter(from).collect();
    for item in items.into_iter().rev() {
        if let Out::Any(item) = item {
            there.insert(txn, 0, item);
        } else if let Out::YText(item) = item {
            let made = there.insert(txn, 0, TextPrelim::new(""));
            write(txn, &made, runs(from, &item));
        } else if let Out::YMap(item) = item {
            let made = there.insert(txn, 0, MapPrelim::default());
            follow_map(txn, &made, from, &item);
        } else if let Out::YArray(item) = item {
            let made = there.insert(txn, 0, ArrayPrelim::default());
            push_all(txn, &made, from, &item);
        } else {
            // As it is read (MAP-26): nothing, in its place.
            there.insert(txn, 0, Any::Null);
        }
    }
}
