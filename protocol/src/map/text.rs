//! Changing a shared text or list to a new value with the smallest edit.
//!
//! Called by the write operations. Must never cut a surrogate pair: replicas of stock Yjs differ
//! after such an edit.

use yrs::types::text::YChange;
use yrs::{Any, Array, ArrayRef, GetString, Out, Text, TextRef, TransactionMut};

/// Replaces what differs between the common start and the common end, both of whole code points,
/// so that carets and other people's edits outside of it stay where they are.
pub(super) fn change_text(txn: &mut TransactionMut, text: &TextRef, new: &str) {
    let old = text.get_string(txn);
    let length = text.len(txn);
    if length as usize != old.encode_utf16().count() || has_embeds(txn, text) {
        // Embedded objects (another client's) take up places the string does not show.
        text.remove_range(txn, 0, length);
        text.insert(txn, 0, new);
        return;
    }
    let start = common(old.chars(), new.chars());
    let (old, new) = (rest(&old, start), rest(new, start));
    let end = common(old.chars().rev(), new.chars().rev());
    let (removed, inserted) = (without_end(old, end), without_end(new, end));
    let at = length - units(old);
    if !removed.is_empty() {
        text.remove_range(txn, at, units(removed));
    }
    text.insert(txn, at, inserted);
}

fn has_embeds(txn: &TransactionMut, text: &TextRef) -> bool {
    text.diff(txn, YChange::identity)
        .iter()
        .any(|chunk| !matches!(chunk.insert, Out::Any(Any::String(_))))
}

/// The number of code points both begin with.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

fn rest(text: &str, skipped: usize) -> &str {
    let mut chars = text.chars();
    chars.by_ref().take(skipped).for_each(drop);
    chars.as_str()
}

fn without_end(text: &str, skipped: usize) -> &str {
    let mut chars = text.chars();
    chars.by_ref().rev().take(skipped).for_each(drop);
    chars.as_str()
}

/// Length as Yjs counts it.
fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// Replaces the items that differ between the common start and the common end.
pub(super) fn change_list(txn: &mut TransactionMut, list: &ArrayRef, new: &[Any]) {
    let old: Vec<Out> = list.iter(txn).collect();
    let same = |(old, new): &(&Out, &Any)| matches!(old, Out::Any(old) if old == *new);
    let start = old.iter().zip(new).take_while(same).count();
    let most = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(same)
        .count();
    let removed = old.len() - start - end;
    let inserted: Vec<Any> = new
        .iter()
        .skip(start)
        .take(new.len() - start - end)
        .cloned()
        .collect();
    if removed > 0 {
        list.remove_range(txn, start as u32, removed as u32);
    }
    list.insert_range(txn, start as u32, inserted);
}
