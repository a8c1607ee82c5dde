//! Making the content of one document that of another, as a forward edit (RESTORE-1).
//!
//! Called by the fold's restore. Works on the document itself, below the JSON form, so that what is kept but not shown (the cards of a
//! deleted lane) is as it was, too. Touches only what differs: entries keep their ids, texts and lists are changed by their smallest
//! difference (MAP-33), so that carets, other people's edits and their undo stay where they are.

use std::collections::{BTreeMap, BTreeSet};

use yrs::{
    Any, Array, ArrayPrelim, ArrayRef, GetString, Map, MapPrelim, MapRef, Out, ReadTxn, TextPrelim,
    Transact, TransactionMut, WriteTxn,
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
        return now == then;
    }
    if let (Out::YText(now), Out::YText(then)) = (now, then) {
        let then = then.get_string(from);
        if now.get_string(txn) != then {
            change_text(txn, now, &then);
        }
        return true;
    }
    if let (Out::YMap(now), Out::YMap(then)) = (now, then) {
        follow_map(txn, now, from, then);
        return true;
    }
    if let (Out::YArray(old), Out::YArray(new)) = (now, then) {
        let Some((old_items, new_items)) = plain_items(txn, old).zip(plain_items(from, new)) else {
            return plain(txn, now, DEEPEST) == plain(from, then, DEEPEST);
        };
        if old_items != new_items {
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
        there.insert(txn, name, TextPrelim::new(then.get_string(from)));
    } else if let Out::YMap(then) = then {
        let made = there.insert(txn, name, MapPrelim::default());
        follow_map(txn, &made, from, then);
    } else if let Out::YArray(then) = then {
        let made = there.insert(txn, name, ArrayPrelim::default());
        push_all(txn, &made, from, then);
    }
}

fn push_all<T: ReadTxn>(txn: &mut TransactionMut, there: &ArrayRef, from: &T, was: &ArrayRef) {
    for item in was.iter(from) {
        if let Out::Any(item) = item {
            there.push_back(txn, item);
        } else if let Out::YText(item) = item {
            there.push_back(txn, TextPrelim::new(item.get_string(from)));
        } else if let Out::YMap(item) = item {
            let made = there.push_back(txn, MapPrelim::default());
            follow_map(txn, &made, from, &item);
        } else if let Out::YArray(item) = item {
            let made = there.push_back(txn, ArrayPrelim::default());
            push_all(txn, &made, from, &item);
        } else {
            // As it is read (MAP-26): nothing, in its place.
            there.push_back(txn, Any::Null);
        }
    }
}
