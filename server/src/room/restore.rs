//! Restoring a moment in a room (RESTORE-2): what the map was then is read from the journal, off the loop; the update is made from what is
//! folded now, and made anew when the journal put a change before it that it does not know of.

use cairn_protocol::fold::{Done, Effects, Refusal};
use cairn_protocol::frame::CheckedUpdate;
use cairn_protocol::record::{Actor, Body, Draft};
use tokio::sync::mpsc;

use super::answers::CommandReply;
use super::{End, Origin, Room};
use crate::load;
use crate::token;

/// How often an update is made. Only what people change in the moment between making and ordering spoils one; this many moments in a
/// row mean that something is wrong.
const TRIES: u32 = 8;

/// A restore on its way.
pub(super) struct Restoring {
    by: Actor,
    request: String,
    pub(super) reply: CommandReply,
    to: u64,
    then: CheckedUpdate,
    /// How often it can still be made anew.
    left: u32,
}

/// A moment that was read from the journal, or could not be.
pub(super) struct Remembered {
    by: Actor,
    request: String,
    reply: CommandReply,
    to: u64,
    then: Option<CheckedUpdate>,
}

/// Moments being read for a room.
pub(super) struct Memory {
    /// One is being read: each may be as large as the map.
    busy: bool,
    reading: mpsc::UnboundedSender<Remembered>,
    pub(super) read: mpsc::UnboundedReceiver<Remembered>,
}

impl Default for Memory {
    fn default() -> Self {
        let (reading, read) = mpsc::unbounded_channel();
        Self {
            busy: false,
            reading,
            read,
        }
    }
}

fn refusal(rule: &str, why: &str) -> Refusal {
    Refusal {
        rule: rule.to_owned(),
        why: why.to_owned(),
    }
}

impl Room {
    /// Begins to restore a moment, once it is read.
    pub(super) fn restore(&mut self, by: Actor, request: String, to: u64, reply: CommandReply) {
        let may = self.workshop.may_restore(by, to);
        if let Err(refusal) = may {
            return self.refuse_command(reply, refusal);
        }
        // What is not on disk cannot be read; nobody was told of it either.
        if to > self.answers.durable_seq() {
            let why = "there is no such moment in the history of this map yet";
            return self.refuse_command(reply, refusal("RESTORE-3", why));
        }
        if self.memory.busy {
            let why = "somebody is restoring a moment of this map now; try again";
            return self.refuse_command(reply, refusal("RESTORE-2", why));
        }
        self.memory.busy = true;
        let (journal, map) = (self.journal.clone(), self.map.clone());
        let reading = self.memory.reading.clone();
        tokio::task::spawn_blocking(move || {
            let then = match load::load_at(journal.as_ref(), &map, Some(to)) {
                Ok(then) => CheckedUpdate::check_own(then.encode_state()).ok(),
                Err(error) => {
                    tracing::error!(map = %map, seq = to, %error, "a moment cannot be read");
                    None
                }
            };
            // The room may be gone: whoever asked hears that it closed.
            drop(reading.send(Remembered {
                by,
                request,
                reply,
                to,
                then,
            }));
        });
    }

    /// A moment is read: now the update can be made.
    pub(super) fn on_remembered(&mut self, remembered: Remembered) -> Result<(), End> {
        self.memory.busy = false;
        let Remembered {
            by,
            request,
            reply,
            to,
            then,
        } = remembered;
        let Some(then) = then else {
            let why = "that moment could not be read; try again";
            self.refuse_command(reply, refusal("RESTORE-2", why));
            return Ok(());
        };
        self.append_restore(Restoring {
            by,
            request,
            reply,
            to,
            then,
            left: TRIES - 1,
        })
    }

    fn append_restore(&mut self, restoring: Restoring) -> Result<(), End> {
        let Restoring { by, to, then, .. } = &restoring;
        let restore = self.workshop.bring_back(*by, *to, then, token::new_seed);
        let draft = Draft {
            actor: *by,
            request: Some(restoring.request.clone()),
            body: Body::Restore(restore),
        };
        self.append(draft, Origin::Restore(Box::new(restoring)))
    }

    /// A restore is folded: it is answered, or made anew.
    pub(super) fn restore_folded(
        &mut self,
        seq: u64,
        restoring: Box<Restoring>,
        outcome: Result<(Done, Effects), Refusal>,
    ) -> Result<(), End> {
        let outdated = outcome.as_ref().is_err_and(Refusal::is_outdated);
        if outdated && restoring.left > 0 {
            return self.append_restore(Restoring {
                left: restoring.left - 1,
                ..*restoring
            });
        }
        self.answer_origin(seq, Some(Origin::Restore(restoring)), outcome);
        Ok(())
    }
}
