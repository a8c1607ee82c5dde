//! Whether a checked update fits a document: the rules that its bytes alone cannot show.
//!
//! Asked by the owner of the document right before it applies an update. Reads the document, never
//! changes it.

use super::causality::{Id, Place, Section};
use super::entries;
use super::error::Fault;
use super::ids::IdRanges;
use super::nesting::{self, Fresh};
use super::shape::{Entries, Neighbours, TypeNesting};
use super::update::{self, CheckedUpdate};
use crate::limits::MAX_TYPE_DEPTH;
use std::borrow::Cow;
use std::collections::BTreeMap;
use thiserror::Error;
use yrs::branch::BranchPtr;
use yrs::types::TypeRef;
use yrs::{Assoc, BranchID, ClientID, ID, ReadTxn, StickyIndex};

/// Why an update must not be applied to this document. Like a malformed update, no well-behaved
/// client sends it: refuse it and close the connection; no state has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Misfit {
    /// yrs deletes and collects nested types by recursion: past a depth that ends the process.
    #[error("shared types would nest deeper than {MAX_TYPE_DEPTH}")]
    TooDeep,
    /// A struct would sit in what cannot hold it: above all characters, embeds and formats in what
    /// is no text, because yrs never ends reading an array that has text in it.
    #[error("a struct would sit in what cannot hold it")]
    Parent,
    /// A struct would be put before a map entry: yrs would link it into two rows, and read one of
    /// them after it freed the other.
    #[error("a struct would be put before a map entry")]
    Entry,
}

/// What a document has, as far as its owner keeps it beside the document.
#[derive(Debug, Clone, Copy)]
pub struct Has<'a> {
    /// How many clocks of each client.
    pub clocks: &'a BTreeMap<u64, u64>,
    /// Which of them are map entries; it does not matter what is said of those collected since.
    pub entries: &'a IdRanges,
}

/// What of an update a document looks at.
struct Placed<'a> {
    types: Cow<'a, TypeNesting>,
    characters: Cow<'a, Neighbours>,
    entries: Cow<'a, Entries>,
}

impl CheckedUpdate {
    /// Whether this update may be applied to the document of `txn`, which `has` this and for which it is
    /// complete ([`super::UpdateShape::is_complete_for`]). Costs a look-up for each struct
    /// of the document that the update's types and characters are placed next to: for typing, one
    /// or two. An update that repeats what the document has is walked once more.
    pub fn fit<T: ReadTxn>(&self, has: Has<'_>, txn: &T) -> Result<(), Misfit> {
        if !self.is_new(has.clocks) {
            let sections = update::sections(self).map_err(|error| misfit(error.fault))?;
            if !sections.iter().all(|section| continues(section, has, txn)) {
                return Err(Misfit::Parent);
            }
        }
        let placed = self.placed(has.clocks).map_err(misfit)?;
        let deepest = holders(txn, &placed.types.hangs_from)
            .map(|holder| depth(txn, holder))
            .max();
        if deepest.unwrap_or(0).saturating_add(placed.types.deepest) > MAX_TYPE_DEPTH {
            return Err(Misfit::TooDeep);
        }
        if !holders(txn, &placed.characters).all(holds_characters) {
            return Err(Misfit::Parent);
        }
        // Of those collected, documents may remember differently what they were.
        let is_entry = |at: &Id| has.entries.contains(*at) && holder(txn, id(*at)).is_some();
        if placed.entries.children.iter().any(is_entry) {
            return Err(Misfit::Entry);
        }
        Ok(())
    }

    /// The clocks that this update adds to the map entries of a document which `has` this, and which it fits.
    pub fn entries(&self, has: Has<'_>) -> IdRanges {
        self.placed(has.clocks)
            .map(|placed| placed.entries.given(has.entries))
            .unwrap_or_default()
    }

    /// Whether the update repeats nothing of what the document has.
    fn is_new(&self, known: &BTreeMap<u64, u64>) -> bool {
        let have = |client| known.get(client).copied().unwrap_or(0);
        let mut spans = self.shape().spans.iter();
        spans.all(|(client, span)| span.start >= have(client))
    }

    /// What the update's new structs are placed next to. Those it repeats are taken from the
    /// document: the update may lie about them.
    fn placed(&self, known: &BTreeMap<u64, u64>) -> Result<Placed<'_>, Fault> {
        if self.is_new(known) {
            let shape = self.shape();
            return Ok(Placed {
                types: Cow::Borrowed(&shape.types),
                characters: Cow::Borrowed(&shape.characters),
                entries: Cow::Borrowed(&shape.entries),
            });
        }
        let sections = update::sections(self).map_err(|malformed| malformed.fault)?;
        let fresh = Fresh {
            sections: &sections,
            known,
        };
        nesting::check_parents(fresh)?;
        Ok(Placed {
            types: Cow::Owned(nesting::types(fresh)?),
            characters: Cow::Owned(nesting::characters(fresh)?),
            entries: Cow::Owned(entries::entries(fresh)?),
        })
    }
}

fn misfit(fault: Fault) -> Misfit {
    if matches!(fault, Fault::Depth(_)) {
        Misfit::TooDeep
    } else if matches!(fault, Fault::Entry) {
        Misfit::Entry
    } else {
        Misfit::Parent
    }
}

/// Whether a struct that the document knows in part is said to sit where it does. yrs puts the rest
/// of it behind the known part but believes what the update says of its parent and key: if they differ,
/// it keeps a pointer to a parent that does not know it, and reads it after that parent is freed.
fn continues<T: ReadTxn>(section: &Section<'_>, has: Has<'_>, txn: &T) -> bool {
    let have = |client| has.clocks.get(&client).copied().unwrap_or(0);
    let first_new = have(section.client);
    if first_new <= section.start || first_new >= section.end {
        return true;
    }
    let last = (section.client, first_new - 1);
    let at = section.structs.partition_point(|item| item.clock <= last.1);
    let whole = section
        .structs
        .get(at)
        .is_some_and(|next| next.clock == first_new);
    let Some(item) = at.checked_sub(1).and_then(|at| section.structs.get(at)) else {
        return true;
    };
    if whole {
        return true;
    }
    // Nothing, if it was collected: then the rest must be collected as it comes.
    let actual = holder(txn, id(last)).map(|holder| holder.id());
    let said = |(client, clock), holder: Option<BranchPtr>| {
        clock < have(client) && (holder.is_none() || holder.map(|holder| holder.id()) == actual)
    };
    let same_row =
        |key: Option<&str>| actual.is_none() || key.is_some() == has.entries.contains(last);
    match item.place {
        Place::Collected | Place::Skipped => true,
        Place::Root { name, key } => {
            matches!(&actual, Some(BranchID::Root(actual)) if **actual == *name) && same_row(key)
        }
        Place::Under { parent, key } => {
            said(parent, BranchID::get_nested(txn, &id(parent))) && same_row(key)
        }
        Place::Beside { .. } => item.place.named().all(|at| said(at, holder(txn, id(at)))),
    }
}

/// The types that these structs are, or are in. Those already collected are in none.
fn holders<T: ReadTxn>(txn: &T, near: &Neighbours) -> impl Iterator<Item = BranchPtr> {
    let inside = near
        .inside
        .iter()
        .filter_map(|at| BranchID::get_nested(txn, &id(*at)));
    inside.chain(near.beside.iter().filter_map(|at| holder(txn, id(*at))))
}

fn id((client, clock): Id) -> ID {
    ID::new(ClientID::new(client), clock as u32)
}

/// The type that the struct `id` is in.
fn holder<T: ReadTxn>(txn: &T, id: ID) -> Option<BranchPtr> {
    StickyIndex::from_id(id, Assoc::After)
        .get_offset(txn)
        .map(|offset| offset.branch)
}

/// How many types lie between `branch`, itself counted, and the root above it.
fn depth<T: ReadTxn>(txn: &T, branch: BranchPtr) -> u32 {
    let mut depth = 0;
    let mut at = Some(branch);
    while let Some(BranchID::Nested(id)) = at.map(|branch| branch.id()) {
        depth += 1;
        at = holder(txn, id);
    }
    depth
}

/// Root types have no kind until somebody says so, and Cairn reads its own as maps.
fn holds_characters(branch: BranchPtr) -> bool {
    let text = matches!(branch.type_ref(), TypeRef::Text | TypeRef::XmlText);
    text || matches!(branch.id(), BranchID::Root(_))
}
