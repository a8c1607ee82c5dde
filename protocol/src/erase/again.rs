//! Words of theirs that somebody else's edit brings again (ERASE-7): an undo gives the map back what it took out with new structs of its
//! own author, and so does a copy of a card, a stage or a lane. Kept here while the journal is walked: what of theirs every field had, and
//! what was taken out of it by whom. What an edit brings again of it is found by `brought`.

use std::collections::{BTreeMap, BTreeSet};

use yrs::{Doc, GetString as _, Map as _, MapRef, Out, ReadTxn, Transact as _};

use super::brought::Brought;
use super::letters::{ByClock, Letters, WithId};
use super::taken::{LEAST, Taken};
use super::words::{Ink, erased_words};
use crate::frame::{CheckedUpdate, IdRanges, Paths, Piece, Said};
use crate::map::Collection;
use crate::record::Actor;

/// An entry: its root and its id.
pub(super) type Entry = (String, String);
/// A field of an entry, or of the map's own: its keys from the root.
pub(super) type Field = Vec<String>;
/// The shared texts of an entry by field, where something of them is gone.
pub(super) type Texts = BTreeMap<String, Letters>;

/// Root, id of the entry, field; root, field and key of the map's own.
const FIELD_KEYS: usize = 3;

/// The field that a path leads to or into.
pub(super) fn field_of(path: &[&str]) -> Field {
    let keys = path.iter().take(FIELD_KEYS);
    keys.map(|&key| key.to_owned()).collect()
}

/// The entry that a path leads into.
pub(super) fn entry_of(path: &[&str]) -> Option<Entry> {
    match path {
        [root, id, ..] if is_collection(root) => Some(((*root).to_owned(), (*id).to_owned())),
        _ => None,
    }
}

fn is_collection(root: &str) -> bool {
    Collection::ALL.iter().any(|one| one.root() == root)
}

/// The map as it was and as it is without the words.
#[derive(Clone, Copy)]
pub(super) struct Docs<'a> {
    pub(super) before: &'a Doc,
    pub(super) after: &'a Doc,
}

impl Docs<'_> {
    /// The texts of an entry of which something is gone, if it is there.
    pub(super) fn texts(self, (root, id): &Entry) -> Option<Texts> {
        let (before, after) = (self.before.transact(), self.after.transact());
        let was = entry(&before, root, id)?;
        let Some(is) = entry(&after, root, id) else {
            return Some(Texts::new());
        };
        let texts = was.iter(&before).filter_map(|(field, was)| {
            let (Out::YText(was), Some(Out::YText(is))) = (was, is.get(&after, field)) else {
                return None;
            };
            let text = Letters::between(&was.get_string(&before), &is.get_string(&after));
            text.lacks_any().then(|| (field.to_owned(), text))
        });
        Some(texts.collect())
    }
}

fn entry<T: ReadTxn>(txn: &T, root: &str, id: &str) -> Option<MapRef> {
    txn.get_map(root)?.get(txn, id)?.cast::<MapRef>().ok()
}

/// What of theirs there was.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub(super) letters: ByClock,
    /// Plain texts, JSON and bytes, by field.
    values: BTreeMap<Field, BTreeSet<Vec<u8>>>,
    /// The structs that hold such.
    holders: BTreeSet<(u64, u64)>,
    /// What was deleted so far.
    deleted: IdRanges,
    /// The letters that somebody took out of a field.
    pub(super) taken: BTreeMap<(Actor, Field), Taken>,
    /// Entries that were deleted, with what they said then.
    pub(super) ended: BTreeMap<Entry, Texts>,
    /// Cards by when they were made, which a copy keeps.
    pub(super) made: BTreeMap<String, BTreeSet<String>>,
}

impl Again {
    /// The entries that an update is about to delete, with what they say.
    pub(super) fn ending(
        &self,
        update: &CheckedUpdate,
        paths: &Paths,
        docs: Docs<'_>,
    ) -> BTreeMap<Entry, Texts> {
        let entries = self.fresh(update).into_iter().flat_map(|(client, clocks)| {
            let lost = paths.among(client, &clocks).into_iter();
            let entries = lost.filter(|(_, path)| path.len() == 2);
            let entries = entries.filter_map(|(_, path)| entry_of(&path));
            entries.collect::<Vec<_>>()
        });
        let texts = entries.filter_map(|entry| Some((docs.texts(&entry)?, entry)));
        texts.map(|(texts, entry)| (entry, texts)).collect()
    }

    /// What an update deletes that was not deleted before.
    fn fresh(&self, update: &CheckedUpdate) -> Vec<(u64, std::ops::Range<u64>)> {
        let deletes = update.shape().deletes.iter();
        let fresh = deletes.flat_map(|(client, range)| {
            let missing = self.deleted.missing(client, range).into_iter();
            missing.map(move |range| (client, range))
        });
        fresh.collect()
    }

    /// Takes in what an update deleted, and whose edit it was.
    pub(super) fn took(
        &mut self,
        actor: Actor,
        update: &CheckedUpdate,
        paths: &Paths,
        ended: BTreeMap<Entry, Texts>,
    ) {
        let mut taken: BTreeMap<Field, Vec<WithId>> = BTreeMap::new();
        for (client, clocks) in self.fresh(update) {
            for (lost, path) in paths.among(client, &clocks) {
                let letters = self.letters.among(client, &lost);
                if !path.is_empty() && !letters.is_empty() {
                    taken.entry(field_of(&path)).or_default().extend(letters);
                }
            }
        }
        for (field, letters) in taken {
            let taken = self.taken.entry((actor, field)).or_default();
            taken.take(letters.into_iter());
        }
        self.deleted.extend(&update.shape().deletes);
        self.ended.extend(ended);
    }

    /// What takes the place of a piece of somebody else's, if it brings something again.
    pub(super) fn instead(
        &self,
        brought: &Brought,
        path: &[&str],
        piece: &Piece<'_>,
        ink: Ink,
    ) -> Option<Vec<u8>> {
        let value = match piece.said {
            Said::Characters(_) => {
                let letters = brought.letters.get(&piece.id)?;
                return letters.marked(ink).map(String::into_bytes);
            }
            Said::Text(text) | Said::Json(text) => text.as_bytes(),
            Said::Bytes(bytes) => bytes,
        };
        let field = field_of(path);
        let is_known = |field: &Field| {
            let values = self.values.get(field);
            values.is_some_and(|values| values.contains(value))
        };
        let is_long = long(&piece.said);
        let own = is_known(&field) && (is_long || self.holders.contains(&piece.id));
        let copied = || {
            let sources = entry_of(path).and_then(|entry| brought.sources.get(&entry));
            sources.is_some_and(|sources| {
                sources.iter().any(|source| {
                    (source.is_sure || is_long) && is_known(&within(&source.entry, &field))
                })
            })
        };
        (own || copied())
            .then(|| erased_words(path, &piece.said, ink))
            .flatten()
    }

    /// Whether something that nobody knows the place of may be of theirs.
    pub(super) fn may_be(&self, said: &Said<'_>) -> bool {
        let value = match *said {
            Said::Characters(text) => {
                let text = Letters::whole(text);
                let ended = self.ended.values().flat_map(BTreeMap::values);
                let is_whole = ended.into_iter().any(|one| one.units() == text.units());
                return is_whole || self.taken.values().any(|taken| taken.says_again(&text));
            }
            Said::Text(text) | Said::Json(text) => text.as_bytes(),
            Said::Bytes(bytes) => bytes,
        };
        self.values.values().any(|values| values.contains(value))
    }

    /// Takes in what an update said, and what of it is gone now.
    pub(super) fn learn(&mut self, was: &[(Vec<&str>, Piece<'_>)], is: &[Piece<'_>]) {
        for ((path, was), is) in was.iter().zip(is) {
            if let (["cards", id, "createdAt"], Said::Text(at)) = (path.as_slice(), was.said) {
                let made = self.made.entry(at.to_owned()).or_default();
                made.insert((*id).to_owned());
            }
            if let Some(entry) = entry_of(path) {
                self.ended.remove(&entry);
            }
            if was.said == is.said {
                continue;
            }
            match (was.said, is.said) {
                (Said::Characters(was_said), Said::Characters(is_said)) => {
                    let letters = Letters::between(was_said, is_said);
                    self.letters.learn(was.id, &letters);
                }
                (Said::Text(text) | Said::Json(text), _) => {
                    self.holds(path, was.id, text.as_bytes());
                }
                (Said::Bytes(bytes), _) => self.holds(path, was.id, bytes),
                (Said::Characters(_), _) => {}
            }
        }
    }

    fn holds(&mut self, path: &[&str], id: (u64, u64), value: &[u8]) {
        let values = self.values.entry(field_of(path)).or_default();
        values.insert(value.to_vec());
        self.holders.insert(id);
    }
}

/// The same field of another entry.
fn within((root, id): &Entry, field: &Field) -> Field {
    let rest = field.iter().skip(2).cloned();
    [root.clone(), id.clone()].into_iter().chain(rest).collect()
}

/// Whether this is long enough to be no coincidence.
fn long(said: &Said<'_>) -> bool {
    match said {
        Said::Characters(text) | Said::Text(text) | Said::Json(text) => {
            text.encode_utf16().count() >= LEAST
        }
        Said::Bytes(bytes) => bytes.len() >= LEAST,
    }
}
