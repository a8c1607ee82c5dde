//! Which structs of an update are map entries, and that nothing is put before one.
//!
//! A shared type holds children in a row and, under each key, entries of which the last counts. Yjs never names a right
//! neighbour for an entry. yrs takes a struct's parent from its left neighbour and its key from either, so one put between a
//! child and an entry is linked into both rows: the type no longer finds all it holds, and when it is collected, what it did
//! not find keeps pointing to it. Called by `causality`, and by `fit` when the update repeats structs of the document.

use super::causality::{At, Id, Place, struct_at};
use super::error::Fault;
use super::nesting::Fresh;
use super::shape::{Alike, Entries};

/// In which row of its parent a struct sits.
#[derive(Clone, Copy)]
enum Row {
    /// In none: it was collected, or is collected as soon as it arrives.
    None,
    /// Among the children.
    Children,
    /// Among the entries of a key.
    Entries,
    /// In that of this struct, which is not in the update.
    Of(Id),
}

/// Sorts the structs into children and entries, as far as the update shows it.
pub(super) fn entries(fresh: Fresh<'_>) -> Result<Entries, Fault> {
    let mut rows = Rows {
        fresh,
        by_struct: fresh
            .sections
            .iter()
            .map(|section| vec![None; section.structs.len()])
            .collect(),
    };
    let mut entries = Entries::default();
    for (s, section) in fresh.sections.iter().enumerate() {
        let known = fresh.known(section.client);
        let mut structs = section.structs.iter().enumerate().peekable();
        while let Some((i, item)) = structs.next() {
            let end = structs.peek().map_or(section.end, |(_, next)| next.clock);
            if end <= known {
                continue;
            }
            let clocks = item.clock.max(known)..end;
            match rows.row((s, i)) {
                Row::None | Row::Children => {}
                Row::Entries => entries.certain.insert(section.client, clocks),
                Row::Of(like) => add_alike(&mut entries.alike, section.client, clocks, like),
            }
            if let Place::Beside {
                right: Some(right), ..
            } = item.place
            {
                for neighbour in rows.left((s, i)).into_iter().chain([right]) {
                    entries.need_children(rows.row_of(neighbour))?;
                }
            }
        }
    }
    Ok(entries)
}

impl Entries {
    /// Fails, or notes for later, that what sits in this row is no entry.
    fn need_children(&mut self, row: Row) -> Result<(), Fault> {
        match row {
            Row::None | Row::Children => {}
            Row::Entries => return Err(Fault::Entry),
            Row::Of(id) => drop(self.children.insert(id)),
        }
        Ok(())
    }
}

/// What was typed in one go is one range.
fn add_alike(all: &mut Vec<Alike>, client: u64, clocks: std::ops::Range<u64>, like: Id) {
    match all.last_mut() {
        Some(last)
            if last.client == client && last.like == like && last.clocks.end == clocks.start =>
        {
            last.clocks.end = clocks.end;
        }
        _ => all.push(Alike {
            client,
            clocks,
            like,
        }),
    }
}

/// Rows of structs, each worked out once.
struct Rows<'a> {
    fresh: Fresh<'a>,
    by_struct: Vec<Vec<Option<Row>>>,
}

impl Rows<'_> {
    /// The row of any struct, in the update or not.
    fn row_of(&mut self, id: Id) -> Row {
        match self.fresh.find(id) {
            Some((at, _)) => self.row(at),
            None => Row::Of(id),
        }
    }

    /// The row of a struct of the update. Follows left neighbours without recursion: a chain of them is as long as a text.
    fn row(&mut self, at: At) -> Row {
        let mut path = Vec::new();
        let mut next = at;
        let row = loop {
            if let Some(row) = self.slot(next).and_then(|slot| *slot) {
                break row;
            }
            path.push(next);
            match self.own_row(next) {
                Row::Of(left) => match self.fresh.find(left) {
                    Some((at, _)) => next = at,
                    None => break Row::Of(left),
                },
                row @ (Row::None | Row::Children | Row::Entries) => break row,
            }
        };
        for at in path {
            if let Some(slot) = self.slot(at) {
                *slot = Some(row);
            }
        }
        row
    }

    /// The row as the struct itself tells it.
    fn own_row(&self, at: At) -> Row {
        let left = self.left(at);
        let place = struct_at(self.fresh.sections, at).map_or(Place::Collected, |item| item.place);
        match (place, left) {
            (Place::Collected | Place::Skipped, _) => Row::None,
            (Place::Beside { right: Some(_), .. }, _) => Row::Children,
            (_, Some(left)) => Row::Of(left),
            (Place::Root { key, .. } | Place::Under { key, .. }, None) if key.is_some() => {
                Row::Entries
            }
            (Place::Root { .. } | Place::Under { .. } | Place::Beside { .. }, None) => {
                Row::Children
            }
        }
    }

    /// The left neighbour: of a struct that is known in part, the last known clock.
    fn left(&self, at: At) -> Option<Id> {
        let section = self.fresh.sections.get(at.0)?;
        let item = section.structs.get(at.1)?;
        let last = self.fresh.known(section.client).checked_sub(1);
        match (last.filter(|last| item.clock <= *last), item.place) {
            (Some(last), _) => Some((section.client, last)),
            (None, Place::Beside { origin, .. }) => origin,
            (None, _) => None,
        }
    }

    fn slot(&mut self, at: At) -> Option<&mut Option<Row>> {
        self.by_struct.get_mut(at.0)?.get_mut(at.1)
    }
}
