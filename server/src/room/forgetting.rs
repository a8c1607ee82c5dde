//! What a room is asked before somebody is erased from its map (ERASE). The erasing itself is done while no room is open.

use cairn_protocol::fold::{Refusal, Workshop};
use cairn_protocol::id::ParticipantId;

use super::Room;

impl Room {
    /// Whether somebody may be erased now, and if so whether they were removed already.
    pub(super) fn may_erase(&self, who: ParticipantId) -> Result<bool, Refusal> {
        at_rest(&self.workshop)?;
        let mut people = self.workshop.people();
        match people.find(|(id, _)| *id == who) {
            Some((_, person)) => Ok(person.removed),
            None => Err(Refusal {
                rule: "ERASE-1".to_owned(),
                why: format!("nobody in this map is {who}"),
            }),
        }
    }
}

/// Nothing is open that the words of somebody belong to and that nobody may read yet (ERASE-5).
pub(crate) fn at_rest(workshop: &Workshop) -> Result<(), Refusal> {
    let refuse = |what: &str, how: &str| {
        Err(Refusal {
            rule: "ERASE-5".to_owned(),
            why: format!("{what} is under way: {how} it first"),
        })
    };
    if workshop.open_round().is_some() {
        return refuse("a round", "close or cancel");
    }
    if workshop.brainstorm().is_some() {
        return refuse("a brainstorm", "reveal or discard");
    }
    Ok(())
}
