//! In which field of a document each struct lies, for all that was ever there: kept while a journal is walked, because a struct names
//! neighbours rather than its field, and a document no longer tells where what was deleted in it lay.

use std::collections::BTreeMap;
use std::ops::Range;

use super::causality::{At, Id, Place, Section, find, struct_at};
use super::update::{self, CheckedUpdate};

/// A path: its place in the list of all.
type PathId = usize;

/// The path of what lies in no field: what was collected before it came.
const NOWHERE: PathId = 0;

/// The field of each struct, as the keys from its root to it.
#[derive(Debug, Default)]
pub struct Paths {
    /// Each path as the one around it and its last key, counted from 1.
    all: Vec<(PathId, Box<str>)>,
    ids: BTreeMap<(PathId, Box<str>), PathId>,
    /// By client: the clocks from which on its structs lie in another field than those before, and that field.
    runs: BTreeMap<u64, Vec<(u64, PathId)>>,
    /// By client, the first clock that is not known.
    known: BTreeMap<u64, u64>,
}

impl Paths {
    /// Takes in an update that was integrated whole.
    pub fn learn(&mut self, update: &CheckedUpdate) {
        let sections = update::sections(update).unwrap_or_default();
        let mut found: BTreeMap<At, PathId> = BTreeMap::new();
        for (s, section) in sections.iter().enumerate() {
            for i in 0..section.structs.len() {
                self.resolve(&sections, (s, i), &mut found);
            }
        }
        for (s, section) in sections.iter().enumerate() {
            let known = self.known.get(&section.client).copied().unwrap_or(0);
            for (i, item) in section.structs.iter().enumerate() {
                let end = section.structs.get(i + 1);
                let end = end.map_or(section.end, |next| next.clock);
                if end <= known {
                    continue;
                }
                let path = found.get(&(s, i)).copied().unwrap_or(NOWHERE);
                let runs = self.runs.entry(section.client).or_default();
                if runs.last().map(|(_, path)| *path) != Some(path) {
                    runs.push((item.clock.max(known), path));
                }
            }
            let known = self.known.entry(section.client).or_default();
            *known = section.end.max(*known);
        }
    }

    /// The keys from the root to where this struct lies, its own key included where it is the entry of one. Empty for what lies nowhere.
    pub fn of(&self, id: (u64, u64)) -> Vec<&str> {
        self.keys(self.known(id).unwrap_or(NOWHERE))
    }

    /// The same for all that were learnt of these clocks of a client, in order, those that lie in one field together.
    pub fn among(&self, client: u64, clocks: &Range<u64>) -> Vec<(Range<u64>, Vec<&str>)> {
        let known = self.known.get(&client).copied().unwrap_or(0);
        let runs = self.runs.get(&client).map(Vec::as_slice);
        let runs = runs.unwrap_or_default();
        let (mut from, end) = (clocks.start, clocks.end.min(known));
        let mut next = runs.partition_point(|(start, _)| *start <= from);
        let mut among = Vec::new();
        while from < end {
            let path = next.checked_sub(1).and_then(|at| runs.get(at));
            let path = path.map_or(NOWHERE, |(_, path)| *path);
            let until = runs.get(next).map_or(end, |(start, _)| end.min(*start));
            among.push((from..until, self.keys(path)));
            (from, next) = (until, next + 1);
        }
        among
    }

    fn keys(&self, mut at: PathId) -> Vec<&str> {
        let mut keys = Vec::new();
        while let Some((around, key)) = at.checked_sub(1).and_then(|n| self.all.get(n)) {
            keys.push(&**key);
            at = *around;
        }
        keys.reverse();
        keys
    }

    /// The field of a struct that was learnt.
    fn known(&self, (client, clock): Id) -> Option<PathId> {
        if clock >= self.known.get(&client).copied().unwrap_or(0) {
            return None;
        }
        let runs = self.runs.get(&client)?;
        let after = runs.partition_point(|(from, _)| *from <= clock);
        Some(runs.get(after.checked_sub(1)?)?.1)
    }

    /// Follows what a struct of the update names until a field is known. Without recursion: a chain of neighbours is as long as a text.
    fn resolve(&mut self, sections: &[Section<'_>], at: At, found: &mut BTreeMap<At, PathId>) {
        let mut chain = Vec::new();
        let mut next = at;
        let mut path = loop {
            if let Some(path) = found.get(&next) {
                break *path;
            }
            let Some(item) = struct_at(sections, next) else {
                break NOWHERE;
            };
            let (named, key) = match item.place {
                Place::Collected | Place::Skipped => (None, None),
                Place::Root { name, key } => {
                    let root = self.within(NOWHERE, name);
                    let path = key.map_or(root, |key| self.within(root, key));
                    found.insert(next, path);
                    break path;
                }
                Place::Under { parent, key } => (Some(parent), key),
                Place::Beside { origin, right } => (origin.or(right), None),
            };
            chain.push((next, key));
            let Some(named) = named else {
                break NOWHERE;
            };
            if let Some(path) = self.known(named) {
                break path;
            }
            match find(sections, named) {
                Some((at, _)) => next = at,
                None => break NOWHERE,
            }
        };
        for (at, key) in chain.into_iter().rev() {
            if let Some(key) = key.filter(|_| path != NOWHERE) {
                path = self.within(path, key);
            }
            found.insert(at, path);
        }
    }

    fn within(&mut self, around: PathId, key: &str) -> PathId {
        let place = (around, Box::from(key));
        if let Some(path) = self.ids.get(&place) {
            return *path;
        }
        self.all.push(place.clone());
        let path = self.all.len();
        self.ids.insert(place, path);
        path
    }
}
