//! Views: what everyone may see of the workshop, and what only one participant may.

use std::collections::BTreeSet;

use super::Workshop;
use crate::channel::{Person, Personal, Shared};
use crate::id::ParticipantId;

impl Workshop {
    /// The state everyone may see. `online` comes from the room: presence is no part of the fold (DESIGN §3.5).
    pub fn shared(&self, online: &BTreeSet<ParticipantId>) -> Shared {
        let present = self.people().filter(|(_, person)| !person.removed);
        Shared {
            seq: self.seq,
            people: present
                .map(|(id, person)| Person {
                    id,
                    name: person.name.clone(),
                    color: person.color.clone(),
                    role: person.role,
                    online: online.contains(&id),
                })
                .collect(),
        }
    }

    /// The state only this participant may see.
    pub fn personal(&self, who: ParticipantId) -> Option<Personal> {
        let person = self.participant(who)?;
        Some(Personal {
            participant: who,
            role: person.role,
        })
    }
}
