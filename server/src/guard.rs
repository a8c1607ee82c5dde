//! The guard of a room: looks at edits of those whom a lock binds before they go into the journal, so that what will be refused
//! rarely gets there (LOCK-6). The fold decides; this one only spares the journal, and the processor.
//!
//! A refusal costs a new shadow, which is work for the whole map. So whoever was refused is fenced: nothing more of that connection
//! is looked at until the lock changes. Called by the room alone; holds no rule.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use cairn_protocol::fold::{Refusal, Workshop};
use cairn_protocol::frame::CheckedUpdate;
use cairn_protocol::guard::{self, Lock};
use cairn_protocol::id::ParticipantId;
use cairn_protocol::record::{Actor, Record};

use crate::room::ConnId;

/// Refusals under one lock after which a participant is not looked at again: a page is refused once and then knows better, and
/// whoever comes back only to be refused would have the map copied each time.
const MOST_REFUSALS: u32 = 32;

/// A room's guard.
#[derive(Default)]
pub(crate) struct Guard {
    judge: guard::Guard,
    /// The lock in force, as far as records are folded.
    lock: Option<Lock<'static>>,
    fenced: BTreeSet<ConnId>,
    refusals: BTreeMap<ParticipantId, u32>,
}

impl Guard {
    pub(crate) fn new(workshop: &Workshop) -> Self {
        Self {
            lock: workshop.lock().map(Lock::into_owned),
            ..Self::default()
        }
    }

    /// Why nothing that brings something new is taken from this connection, if so. Costs no look at what it sends.
    pub(crate) fn fences(&self, id: ConnId, actor: Actor, workshop: &Workshop) -> Option<Refusal> {
        let lock = workshop.lock_for(actor)?;
        let is_spent = match actor {
            Actor::Participant(who) => self.refusals.get(&who) >= Some(&MOST_REFUSALS),
            Actor::Server | Actor::Host | Actor::Anonymous | Actor::Pseudonym(_) => false,
        };
        (is_spent || self.fenced.contains(&id)).then(|| lock.refusal())
    }

    /// Whether an update may go into the journal, as far as locks are concerned. It would be effective now. `state` encodes the
    /// document.
    pub(crate) fn look(
        &mut self,
        actor: Actor,
        update: &CheckedUpdate,
        workshop: &Workshop,
        state: impl FnOnce() -> Bytes,
    ) -> Result<(), Refusal> {
        let Some(lock) = workshop.lock_for(actor) else {
            return Ok(());
        };
        let judged = || self.judge.lets(update, &lock, workshop.doc(), state);
        match catch_unwind(AssertUnwindSafe(judged)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(lock.refusal()),
            Err(_) => {
                // The fold will come to the same, and knows what to do then (REC-6).
                self.judge.forget();
                Ok(())
            }
        }
    }

    /// An edit of this connection was refused for a lock, here or in the fold.
    pub(crate) fn fence(&mut self, id: ConnId, actor: Actor) {
        self.fenced.insert(id);
        if let Actor::Participant(who) = actor {
            *self.refusals.entry(who).or_default() += 1;
        }
    }

    pub(crate) fn left(&mut self, id: ConnId) {
        self.fenced.remove(&id);
    }

    /// A record was folded. Gives the connections to be asked to sync, because the lock they ran into has changed.
    pub(crate) fn folded(
        &mut self,
        record: &Record,
        edited: bool,
        workshop: &Workshop,
    ) -> BTreeSet<ConnId> {
        if self.judge.has_shadow() {
            match record
                .body
                .update()
                .map(|update| CheckedUpdate::check(update.clone()))
            {
                None => {}
                Some(Ok(update)) if edited => self.judge.follow(&update),
                // The shadow may have what the fold has refused.
                Some(_) => self.judge.forget(),
            }
        }
        if workshop.lock() == self.lock {
            return BTreeSet::new();
        }
        self.lock = workshop.lock().map(Lock::into_owned);
        if self.lock.is_none() {
            self.judge.forget();
        }
        self.refusals.clear();
        std::mem::take(&mut self.fenced)
    }
}
