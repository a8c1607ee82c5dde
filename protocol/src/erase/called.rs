//! What everybody was called so far, so that a name is known wherever it was written.

use std::collections::{BTreeMap, BTreeSet};

use super::words::NAME;
use crate::fold::{Folded, Workshop};
use crate::id::ParticipantId;
use crate::record::Record;

/// Each name with all who had it.
#[derive(Debug, Default)]
pub(super) struct Called(BTreeMap<String, BTreeSet<ParticipantId>>);

impl Called {
    /// Looks at what a record did.
    pub(super) fn sees(&mut self, workshop: &Workshop, record: &Record, folded: &Folded) {
        if !folded.effects.people {
            return;
        }
        let renamed = record.actor.participant();
        for who in renamed.into_iter().chain(folded.effects.joined) {
            if let Some(person) = workshop.person(who) {
                let called = self.0.entry(person.name.clone()).or_default();
                called.insert(who);
            }
        }
    }

    /// Whether this is a name that somebody has had, and whoever wrote it has not.
    pub(super) fn names(&self, name: &str, who: ParticipantId, by: Option<ParticipantId>) -> bool {
        let called = self.0.get(name);
        called.is_some_and(|called| {
            let is_own = by.is_some_and(|by| by != who && called.contains(&by));
            name != NAME && called.contains(&who) && !is_own
        })
    }
}
