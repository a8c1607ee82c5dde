//! Whether a checked update fits a document: the rules that its bytes alone cannot show.
//!
//! Asked by the owner of the document right before it applies an update. Reads the document, never
//! changes it.

use super::causality::{Place, Section};
use super::error::Fault;
use super::nesting::{self, Fresh};
use super::shape::{Neighbours, TypeNesting};
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
}

impl CheckedUpdate {
    /// Whether this update may be applied to the document of `txn`, which has `known` clocks and is
    /// complete for it ([`super::UpdateShape::is_complete_for`]). Costs a look-up for each struct
    /// of the document that the update's types and characters are placed next to: for typing, one
    /// or two. An update that repeats what the document has is walked once more.
    pub fn fit<T: ReadTxn>(&self, known: &BTreeMap<u64, u64>, txn: &T) -> Result<(), Misfit> {
        let (types, characters) = self.placed(known, txn)?;
        let deepest = holders(txn, &types.hangs_from)
            .map(|holder| depth(txn, holder))
            .max();
        if deepest.unwrap_or(0).saturating_add(types.deepest) > MAX_TYPE_DEPTH {
            return Err(Misfit::TooDeep);
        }
        if holders(txn, &characters).all(holds_characters) {
            Ok(())
        } else {
            Err(Misfit::Parent)
        }
    }

    /// What the update's new types and characters are placed next to. Structs it repeats are taken
    /// from the document: the update may lie about them.
    fn placed<T: ReadTxn>(
        &self,
        known: &BTreeMap<u64, u64>,
        txn: &T,
    ) -> Result<(Cow<'_, TypeNesting>, Cow<'_, Neighbours>), Misfit> {
        let shape = self.shape();
        let have = |client| known.get(client).copied().unwrap_or(0);
        if shape
            .spans
            .iter()
            .all(|(client, span)| span.start >= have(client))
        {
            return Ok((
                Cow::Borrowed(&shape.types),
                Cow::Borrowed(&shape.characters),
            ));
        }
        let misfit = |fault| {
            if matches!(fault, Fault::Depth(_)) {
                Misfit::TooDeep
            } else {
                Misfit::Parent
            }
        };
        let sections = update::sections(self).map_err(|malformed| misfit(malformed.fault))?;
        if !sections
            .iter()
            .all(|section| continues(section, known, txn))
        {
            return Err(Misfit::Parent);
        }
        let fresh = Fresh {
            sections: &sections,
            known,
        };
        nesting::check_parents(fresh).map_err(misfit)?;
        let types = nesting::types(fresh).map_err(misfit)?;
        let characters = nesting::characters(fresh).map_err(misfit)?;
        Ok((Cow::Owned(types), Cow::Owned(characters)))
    }
}

/// Whether a struct that the document knows in part is said to sit where it does. yrs puts the rest
/// of it behind the known part but believes what the update says of its parent: if the two differ,
/// it keeps a pointer to a parent that does not know it, and reads it after that parent is freed.
fn continues<T: ReadTxn>(section: &Section, known: &BTreeMap<u64, u64>, txn: &T) -> bool {
    let have = |client| known.get(&client).copied().unwrap_or(0);
    let first_new = have(section.client);
    if first_new <= section.start || first_new >= section.end {
        return true;
    }
    let last = first_new - 1;
    let at = section.structs.partition_point(|item| item.clock <= last);
    let whole = section
        .structs
        .get(at)
        .is_some_and(|next| next.clock == first_new);
    let Some(item) = at.checked_sub(1).and_then(|at| section.structs.get(at)) else {
        return true;
    };
    let actual = holder(txn, id((section.client, last)));
    let (Some(actual), false) = (actual, whole) else {
        return true;
    };
    let said = |(client, clock), holder: Option<BranchPtr>| {
        clock < have(client) && holder.is_none_or(|holder| holder.id() == actual.id())
    };
    match item.place {
        Place::Collected | Place::Skipped => true,
        Place::Root => matches!(actual.id(), BranchID::Root(_)),
        Place::Under(parent) => said(parent, BranchID::get_nested(txn, &id(parent))),
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

fn id((client, clock): (u64, u64)) -> ID {
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
