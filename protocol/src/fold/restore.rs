//! Restoring (RESTORE): the map becomes what it was, by an edit like any other. The update is made beside the document, from it and from
//! what the journal says of the moment; whether it still fits what there is decides the fold when it gets there.

use bytes::Bytes;

use super::{Effects, Refusal, Workshop};
use crate::frame::CheckedUpdate;
use crate::map;
use crate::record::{Actor, Restore};

/// The rule by which a restore is refused that was made from another state than there is by now.
pub(super) const OUTDATED: &str = "RESTORE-2";

impl Workshop {
    /// What makes the map that of a moment, whose whole document `then` is. `draw` gives random numbers: one is the update's client id.
    ///
    /// Where it cannot be done it brings nothing, and the fold says why.
    pub fn bring_back(
        &self,
        by: Actor,
        to: u64,
        then: &CheckedUpdate,
        mut draw: impl FnMut() -> u64,
    ) -> Restore {
        let mut client = 0;
        // From the 32 bits that Yjs draws from; the fold's own client is 0.
        while client == 0 || self.known().contains_key(&client) {
            client = draw() >> 32;
        }
        let now = CheckedUpdate::check_own(self.encode_state()).ok();
        let update = now
            .filter(|_| self.may_restore(by, to).is_ok())
            .and_then(|now| map::mirror(&now, then, client));
        Restore {
            update: update.map_or(Bytes::from_static(map::NOTHING), Bytes::from),
            to,
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
