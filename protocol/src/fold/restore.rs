//! Restoring (RESTORE): the map becomes what it was, by an edit like any other. The update is made beside the document, from it and from
//! what the journal says of the moment; whether it still fits what there is decides the fold when it gets there.

use bytes::Bytes;

use super::{Effects, Refusal, Workshop};
use crate::frame::CheckedUpdate;
use crate::map;
use crate::record::{Actor, Restore};

/// The rule by which a restore is refused that was made from another state than there is by now.
pub(super) const OUTDATED: &str = "RESTORE-2";

/// What a restore is made from: the document as it is at a moment, to be worked on anywhere (RESTORE-2).
pub struct Ground {
    now: Bytes,
    client: u64,
    base: u64,
}

impl Ground {
    /// What makes the map that of record `to`, whose whole document `then` is. Where the two do not differ it brings nothing, and the fold
    /// says why. The error says why there is none: one record cannot hold it.
    pub fn bring_back(&self, to: u64, then: &CheckedUpdate) -> Result<Restore, Refusal> {
        let now = CheckedUpdate::check_own(self.now.clone()).ok();
        let update = now.and_then(|now| map::mirror(&now, then, self.client));
        let update = update.map_or(Bytes::from_static(map::NOTHING), Bytes::from);
        if let Err(error) = CheckedUpdate::check(update.clone()) {
            let why = format!("that moment differs too much from now for one change: {error}");
            return Err(Refusal::new("RESTORE-3", why));
        }
        Ok(Restore {
            update,
            to,
            base: self.base,
        })
    }
}

impl Workshop {
    /// What a restore is made from now. `draw` gives random numbers: one is the update's client id.
    pub fn ground(&self, mut draw: impl FnMut() -> u64) -> Ground {
        let mut client = 0;
        // From the 32 bits that Yjs draws from; the fold's own client is 0.
        while client == 0 || self.known().contains_key(&client) {
            client = draw() >> 32;
        }
        Ground {
            now: self.encode_state(),
            client,
            base: self.edited,
        }
    }

    /// Why this moment cannot be restored by this actor, if it cannot (RESTORE-1, RESTORE-3).
    pub fn may_restore(&self, actor: Actor, to: u64) -> Result<(), Refusal> {
        self.may_facilitate(actor)?;
        if to == 0 || to > self.seq {
            let why = "there is no such moment in the history of this map";
            return Err(Refusal::new("RESTORE-3", why));
        }
        Ok(())
    }

    pub(super) fn take_restore(
        &mut self,
        actor: Actor,
        restore: &Restore,
    ) -> Result<Effects, Refusal> {
        self.may_restore(actor, restore.to)?;
        if restore.base != self.edited {
            let why = "people were still changing the map while it was being restored; try again";
            return Err(Refusal::new(OUTDATED, why));
        }
        let effects = self.edit_silently(actor, &restore.update)?;
        if !effects.edited {
            let why = "the map is now as it was then: there is nothing to restore";
            return Err(Refusal::new("RESTORE-3", why));
        }
        self.keep_before_restore(actor, restore.to);
        Ok(effects)
    }
}
