//! What somebody else's edit brings again of theirs: found once for an edit, before it is written anew.

use std::collections::{BTreeMap, BTreeSet};

use yrs::block::{ClientID, ID};
use yrs::{
    Assoc, GetString as _, Map as _, MapRef, ReadTxn as _, StickyIndex, TextRef, Transact as _,
};

use super::again::{Again, Docs, Entry, Field, Texts, entry_of, field_of};
use super::letters::Letters;
use super::taken::LEAST;
use crate::frame::{Piece, Said};
use crate::map::Collection;
use crate::record::Actor;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Brought {
    /// Pieces of shared texts, by the struct that holds them.
    pub(super) letters: BTreeMap<(u64, u64), Letters>,
    /// What an entry that the edit makes may be made of.
    pub(super) sources: BTreeMap<Entry, Vec<Source>>,
}

/// What an entry may be made of.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) entry: Entry,
    /// It is the entry itself, or of the same moment: then its shortest word is no coincidence.
    pub(super) is_sure: bool,
    texts: Texts,
}

/// An edit by somebody else.
pub(super) struct Looking<'a> {
    pub(super) again: &'a Again,
    pub(super) docs: Docs<'a>,
    pub(super) actor: Actor,
    /// All that it says, with the path of each.
    pub(super) said: &'a [(Vec<&'a str>, Piece<'a>)],
    /// What they have in the parking lot.
    pub(super) parked: &'a [&'a str],
}

/// The pieces of one client in one shared text, in the order of their clocks.
type Run<'a> = Vec<(&'a Piece<'a>, &'a str)>;

impl Looking<'_> {
    pub(super) fn brought(&self) -> Brought {
        let mut brought = Brought {
            sources: self.sources(),
            ..Brought::default()
        };
        for ((_, field), run) in self.runs() {
            let mut found: Vec<Letters> =
                run.iter().map(|(_, text)| Letters::whole(text)).collect();
            self.known(&run, &mut found);
            let sources = self.whole_texts(&brought, &field);
            if !self.filled(&field, &run, &sources, &mut found) {
                self.undone(&field, &mut found);
            }
            let pieces = run.iter().map(|(piece, _)| piece.id).zip(found);
            let pieces = pieces.filter(|(_, letters)| letters.lacks_any());
            brought.letters.extend(pieces);
        }
        brought
    }

    fn runs(&self) -> BTreeMap<(u64, Field), Run<'_>> {
        let mut runs: BTreeMap<(u64, Field), Run<'_>> = BTreeMap::new();
        for (path, piece) in self.said {
            if let Said::Characters(text) = piece.said {
                let run = runs.entry((piece.id.0, field_of(path))).or_default();
                run.push((piece, text));
            }
        }
        runs
    }

    /// What each entry that the edit makes may be made of.
    fn sources(&self) -> BTreeMap<Entry, Vec<Source>> {
        let entries: BTreeSet<Entry> = self
            .said
            .iter()
            .filter_map(|(path, _)| entry_of(path))
            .collect();
        let made = entries.into_iter().filter_map(|entry| {
            let sources = if let Some(texts) = self.again.ended.get(&entry) {
                vec![Source {
                    entry: entry.clone(),
                    is_sure: true,
                    texts: texts.clone(),
                }]
            } else if self.was_there(&entry) {
                return None;
            } else {
                self.twins(&entry)
            };
            Some((entry, sources))
        });
        made.collect()
    }

    fn was_there(&self, (root, id): &Entry) -> bool {
        let txn = self.docs.after.transact();
        let root = txn.get_map(root.as_str());
        root.is_some_and(|root| root.contains_key(&txn, id))
    }

    /// What a new entry may be a copy of: of a card, those made at the same moment; of a persona, a stage or a lane, any.
    fn twins(&self, entry: &Entry) -> Vec<Source> {
        let (root, id) = entry;
        let is_sure = root == Collection::Cards.root();
        let ids: BTreeSet<String> = if is_sure {
            let made =
                self.said
                    .iter()
                    .filter_map(|(path, piece)| match (path.as_slice(), piece.said) {
                        (["cards", of, "createdAt"], Said::Text(at)) if of == id => {
                            self.again.made.get(at)
                        }
                        _ => None,
                    });
            made.flatten().cloned().collect()
        } else if root == Collection::Comments.root() {
            // Nothing copies what people say to each other.
            BTreeSet::new()
        } else {
            let ended = self.again.ended.keys().filter(|(of, _)| of == root);
            let ended: Vec<String> = ended.map(|(_, id)| id.clone()).collect();
            let txn = self.docs.after.transact();
            let root = txn.get_map(root.as_str());
            let there = root.iter().flat_map(|root| root.keys(&txn));
            there.map(str::to_owned).chain(ended).collect()
        };
        let ids = ids.into_iter().filter(|other| other != id);
        let sources = ids.map(|id| {
            let entry = (root.clone(), id);
            let ended = self.again.ended.get(&entry).cloned();
            let texts = ended
                .or_else(|| self.docs.texts(&entry))
                .unwrap_or_default();
            Source {
                entry,
                is_sure,
                texts,
            }
        });
        sources.collect()
    }

    /// The texts that this field, made with its entry, may say again as a whole.
    fn whole_texts(&self, brought: &Brought, field: &Field) -> Vec<Letters> {
        let [root, id, name] = field.as_slice() else {
            return Vec::new();
        };
        let Some(sources) = brought.sources.get(&(root.clone(), id.clone())) else {
            return Vec::new();
        };
        let texts = sources.iter().filter_map(|source| {
            let text = source.texts.get(name)?;
            let is_long = text.len() >= LEAST && text.lacks_most();
            (source.is_sure || is_long).then(|| text.clone())
        });
        let is_text_of_card = root == Collection::Cards.root() && name == "text";
        let parked = self.parked.iter().filter(|_| is_text_of_card);
        texts
            .chain(parked.map(|text| Letters::all_gone(text)))
            .collect()
    }

    /// What was found of these very structs when they came first.
    fn known(&self, run: &Run<'_>, found: &mut [Letters]) {
        for ((piece, _), found) in run.iter().zip(found) {
            let (client, clock) = piece.id;
            let clocks = clock..clock + found.len() as u64;
            for ((_, from), letters) in self.again.letters.among(client, &clocks) {
                found.lose((from - clock) as usize, &letters);
            }
        }
    }

    /// Whether the field says one of these texts now, and so has its letters from there.
    fn filled(
        &self,
        field: &Field,
        run: &Run<'_>,
        texts: &[Letters],
        found: &mut [Letters],
    ) -> bool {
        let [root, id, name] = field.as_slice() else {
            return false;
        };
        if texts.is_empty() {
            return false;
        }
        let txn = self.docs.before.transact();
        let entry = txn
            .get_map(root.as_str())
            .and_then(|root| root.get(&txn, id));
        let entry = entry.and_then(|entry| entry.cast::<MapRef>().ok());
        let text = entry.and_then(|entry| entry.get(&txn, name)?.cast::<TextRef>().ok());
        let Some(text) = text.map(|text| Letters::whole(&text.get_string(&txn))) else {
            return false;
        };
        let Some(source) = texts.iter().find(|one| one.units() == text.units()) else {
            return false;
        };
        for ((piece, _), found) in run.iter().zip(found) {
            let (client, clock) = piece.id;
            let first = ID::new(ClientID::new(client), clock as u32);
            let place = StickyIndex::from_id(first, Assoc::After).get_offset(&txn);
            let at = place.map_or(usize::MAX, |place| place.index as usize);
            let part = source.part(at..at.saturating_add(found.len()));
            if let Some(part) = part.filter(|part| part.units() == found.units()) {
                found.lose(0, &part);
            }
        }
        true
    }

    /// What this person took out of the field before and brings again: an undo does so letter by letter in the order of their clocks.
    fn undone(&self, field: &Field, found: &mut [Letters]) {
        let mut run = Letters::default();
        for piece in found.iter() {
            run.push(piece);
        }
        let Some(taken) = self.again.taken.get(&(self.actor, field.clone())) else {
            return;
        };
        taken.lose_again(&mut run);
        let mut at = 0;
        for piece in found {
            if let Some(part) = run.part(at..at + piece.len()) {
                piece.lose(0, &part);
            }
            at += piece.len();
        }
    }
}
