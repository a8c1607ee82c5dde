//! Edits: the map document inside the fold, and what an update would do to it.
//!
//! The document only ever holds complete content: an update that refers to something not here is refused before yrs
//! sees it, so nothing lies pending where no snapshot would find it (EDIT-2). What is known is kept beside the document
//! as plain clocks, so that asking costs no walk through the document.

use std::collections::BTreeMap;

use bytes::Bytes;
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update};

use super::{Concerned, Effects, Refusal, Workshop};
use crate::deep;
use crate::frame::{CheckedStateVector, CheckedUpdate, Has, IdRanges, Misfit};
use crate::guard::{Guard, Lock};
use crate::limits;
use crate::map;
use crate::record::Actor;

/// The fold never writes into the document itself, so its client id never appears in content.
const CLIENT: u64 = 0;

/// The document with what it knows.
pub(super) struct Document {
    doc: Doc,
    /// For each client, the first clock not yet here.
    known: BTreeMap<u64, u64>,
    /// What was deleted, live or long collected.
    deleted: IdRanges,
    /// What is a map entry; of what was collected, a document loaded from a snapshot no longer knows it.
    entries: IdRanges,
    /// Judges the edits of those whom a lock binds. Follows from the rest, so no snapshot holds it.
    guard: Guard,
}

/// What an update would do to the document as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditVerdict {
    /// It brings something new and can be applied whole.
    Effective,
    /// All of it is here already: nothing to keep, nothing to pass on (EDIT-3).
    Known,
    /// It builds on content that is not here: its sender must sync first (EDIT-2).
    Incomplete,
    /// It brings more clients than a document may have had (EDIT-5).
    Full,
    /// No well-behaved client sends it for this document (WIRE-10, WIRE-13).
    Misfit(Misfit),
}

impl Document {
    pub(super) fn new() -> Self {
        Self {
            doc: map::new_doc(CLIENT),
            known: BTreeMap::new(),
            deleted: IdRanges::default(),
            entries: IdRanges::default(),
            guard: Guard::default(),
        }
    }

    fn has(&self) -> Has<'_> {
        Has {
            clocks: &self.known,
            entries: &self.entries,
        }
    }

    /// A document holding one update that must be complete in itself: a snapshot's.
    pub(super) fn from_state(state: Bytes) -> Result<Self, Refusal> {
        let mut document = Self::new();
        let update = CheckedUpdate::check_own(state).map_err(|error| malformed(&error))?;
        if document.verdict(&update) != EditVerdict::Known {
            document.integrate(&update)?;
        }
        Ok(document)
    }

    pub(super) fn verdict(&self, update: &CheckedUpdate) -> EditVerdict {
        let shape = update.shape();
        if !shape.is_complete_for(&self.known) {
            return EditVerdict::Incomplete;
        }
        if !shape.brings_structs(&self.known) && self.deleted.is_superset(&shape.deletes) {
            return EditVerdict::Known;
        }
        let newcomers = shape
            .spans
            .keys()
            .filter(|client| !self.known.contains_key(client))
            .count();
        if self.known.len() + newcomers > limits::MAX_KNOWN_CLIENTS {
            return EditVerdict::Full;
        }
        // In a statement of its own: a read transaction in the head of a match would live through its arms.
        let fit = update.fit(self.has(), &self.doc.transact());
        match fit {
            Ok(()) => EditVerdict::Effective,
            Err(misfit) => EditVerdict::Misfit(misfit),
        }
    }

    /// A long history in no time, for tests.
    #[cfg(test)]
    pub(super) fn pretend_known(&mut self, clients: impl Iterator<Item = (u64, u64)>) {
        self.known.extend(clients);
    }

    /// Applies an update whose verdict was asked.
    fn integrate(&mut self, update: &CheckedUpdate) -> Result<(), Refusal> {
        self.guard.follow(update);
        self.take_in(update)
    }

    /// Applies an update whose verdict was asked, if this lock lets it.
    fn integrate_under(&mut self, lock: &Lock<'_>, update: &CheckedUpdate) -> Result<(), Refusal> {
        let state = || map::encode_state(&self.doc.transact()).into();
        if !self.guard.lets(update, lock, &self.doc, state) {
            return Err(lock.refusal());
        }
        self.take_in(update)
    }

    /// No lock is in force.
    pub(super) fn unguard(&mut self) {
        self.guard.forget();
    }

    fn take_in(&mut self, update: &CheckedUpdate) -> Result<(), Refusal> {
        let decoded = Update::decode_v1(update.bytes()).map_err(|error| malformed(&error))?;
        let mut txn = self.doc.transact_mut();
        // yrs may have applied a part before it fails, so there is no state to go on from: whoever folds throws the
        // workshop away, and the record is passed over from then on (REC-6).
        txn.apply_update(decoded)
            .expect("an update that fits is applied whole (WIRE-15)");
        // What it brings may come to lie in what is deleted, or lose to another value: then it is deleted although no update says
        // so, and a document restored from a snapshot knows that.
        for (client, ranges) in txn.delete_set().iter() {
            for range in ranges.iter() {
                let clocks = u64::from(range.start)..u64::from(range.end);
                self.deleted.insert(client.get(), clocks);
            }
        }
        drop(txn);
        let entries = update.entries(self.has());
        self.entries.extend(&entries);
        let shape = update.shape();
        for (&client, span) in &shape.spans {
            let known = self.known.entry(client).or_default();
            *known = (*known).max(span.end);
        }
        self.deleted.extend(&shape.deletes);
        Ok(())
    }
}

impl Workshop {
    /// What an update would do now, without doing it: most edits that would be refused never reach the journal.
    pub fn verdict(&self, update: &CheckedUpdate) -> EditVerdict {
        self.document.verdict(update)
    }

    /// The document, for reading. Writing to it from outside the fold would make replicas differ.
    pub fn doc(&self) -> &Doc {
        &self.document.doc
    }

    /// What the document has, as clocks by client.
    pub fn known(&self) -> &BTreeMap<u64, u64> {
        &self.document.known
    }

    /// The whole document as one Yjs v1 update. Walks the document: keep the answer.
    pub fn encode_state(&self) -> Bytes {
        self.encode_since(&StateVector::default())
    }

    /// What a peer with this state vector lacks, as a Yjs v1 update.
    pub fn encode_diff(&self, theirs: &CheckedStateVector) -> Bytes {
        let mut vector = StateVector::default();
        for (&client, &clock) in theirs.clocks() {
            vector.set_max(yrs::block::ClientID::new(client), clock as u32);
        }
        self.encode_since(&vector)
    }

    /// Why a document takes nothing from more clients. Everyone who connects names all it has had, so there is an end.
    pub fn full() -> Refusal {
        let why = format!(
            "this map has had its {} page loads; go on in a copy",
            limits::MAX_KNOWN_CLIENTS
        );
        Refusal::new("EDIT-5", why)
    }

    /// The part of an incomplete update that can be applied now, if any: what a peer offers when its own copy still
    /// waits for content from somebody else. Deleted content is kept, so nothing of the part is lost.
    pub fn complete_part(&self, update: &CheckedUpdate) -> Option<CheckedUpdate> {
        let scratch = Doc::with_options(yrs::Options {
            skip_gc: true,
            offset_kind: yrs::OffsetKind::Utf16,
            guid: "scratch".into(),
            ..yrs::Options::with_client_id(yrs::block::ClientID::new(CLIENT))
        });
        deep::apply(
            &scratch,
            &CheckedUpdate::check_own(self.encode_state()).ok()?,
        );
        let mut txn = scratch.transact_mut();
        let before = txn.state_vector();
        txn.apply_update(Update::decode_v1(update.bytes()).ok()?)
            .ok()?;
        let part = CheckedUpdate::check(map::encode_diff(&txn, &before).into()).ok()?;
        (self.verdict(&part) == EditVerdict::Effective).then_some(part)
    }

    fn encode_since(&self, theirs: &StateVector) -> Bytes {
        map::encode_diff(&self.document.doc.transact(), theirs).into()
    }

    pub(super) fn apply_edit(&mut self, actor: Actor, update: &Bytes) -> Result<Effects, Refusal> {
        self.may_edit(actor)?;
        let bound = self.may_facilitate(actor).is_err();
        let update = CheckedUpdate::check(update.clone()).map_err(|error| malformed(&error))?;
        match self.document.verdict(&update) {
            EditVerdict::Incomplete => Err(Refusal::new(
                "EDIT-2",
                "the update builds on content that is not here",
            )),
            EditVerdict::Full => Err(Self::full()),
            EditVerdict::Misfit(misfit) => Err(Refusal::new("WIRE-13", misfit.to_string())),
            EditVerdict::Known => Ok(Effects::default()),
            EditVerdict::Effective => {
                match self.agenda.lock().filter(|_| bound) {
                    Some(lock) => self.document.integrate_under(&lock, &update)?,
                    None => self.document.integrate(&update)?,
                }
                self.edited = self.seq;
                let targets_changed = self.look_for_targets();
                Ok(Effects {
                    edited: true,
                    shared: targets_changed,
                    personal: if targets_changed {
                        Concerned::Everyone
                    } else {
                        Concerned::Nobody
                    },
                    ..Effects::default()
                })
            }
        }
    }
}

fn malformed(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new("WIRE-3", format!("not a Yjs v1 update: {error}"))
}
