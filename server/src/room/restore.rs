//! Restoring a moment in a room (RESTORE-2): what the map was then is read from the journal, and the update is made of it and of what is folded
//! now, both off the loop; it is made anew when people changed the map meanwhile.

use std::sync::Arc;

use cairn_protocol::fold::{Done, Effects, Refusal};
use cairn_protocol::frame::CheckedUpdate;
use cairn_protocol::record::{Actor, Body, Draft, Restore};
use tokio::sync::mpsc;

use super::answers::CommandReply;
use super::{End, Origin, Room};
use crate::load;
use crate::token;

/// How often an update is made. Only what people change in the moment between making and ordering spoils one; this many moments in a
/// row mean that something is wrong.
const TRIES: u32 = 8;

/// So many of them are made off the loop. In a map that is changed all the time each comes too late: the later ones hold the room up for as long as they
/// are made, and fit.
const BESIDE: u32 = 4;

/// Answers that wait for one restore: a request is sent again by each new connection of its sender.
const WAITING: usize = 64;

/// A restore on its way.
struct Restoring {
    by: Actor,
    request: String,
    to: u64,
    /// Everyone who asked with this request.
    replies: Vec<CommandReply>,
    /// What the map was then, once it is read.
    then: Option<Arc<CheckedUpdate>>,
    /// How often an update was made.
    made: u32,
}

/// What was done off the loop.
pub(super) enum Step {
    /// A moment was read from the journal, or could not be.
    Read(Option<Arc<CheckedUpdate>>),
    /// An update was made, or cannot be.
    Made(Result<Restore, Refusal>),
}

/// What a room restores.
pub(super) struct Memory {
    /// One at a time: each may be as large as the map, twice. From being asked for to its answer.
    restoring: Option<Restoring>,
    done: mpsc::UnboundedSender<Step>,
    pub(super) steps: mpsc::UnboundedReceiver<Step>,
}

impl Default for Memory {
    fn default() -> Self {
        let (done, steps) = mpsc::unbounded_channel();
        Self {
            restoring: None,
            done,
            steps,
        }
    }
}

impl Memory {
    /// Does what blocks off the loop. Whatever becomes of it, a step comes back: `broken` where it broke down.
    fn beside(&self, work: impl FnOnce() -> Step + Send + 'static, broken: Step) {
        let done = self.done.clone();
        tokio::spawn(async move {
            let step = tokio::task::spawn_blocking(work).await;
            // A panic inside has been logged by its hook. The room may be gone: whoever asked hears that it closed.
            drop(done.send(step.unwrap_or(broken)));
        });
    }
}

fn refusal(rule: &str, why: &str) -> Refusal {
    Refusal {
        rule: rule.to_owned(),
        why: why.to_owned(),
    }
}

fn unmade() -> Refusal {
    let why = "that moment could not be brought back; try again";
    refusal("RESTORE-2", why)
}

impl Room {
    /// Begins to restore a moment, unless this request did that before.
    pub(super) fn restore(&mut self, by: Actor, request: String, to: u64, reply: CommandReply) {
        if let Some(outcome) = self.workshop.answer_to(by, &request) {
            return self.answer_command(self.workshop.seq(), reply, outcome);
        }
        if let Err(refusal) = self.workshop.may_restore(by, to) {
            return self.refuse_command(reply, refusal);
        }
        if let Some(restoring) = &mut self.memory.restoring {
            let is_same = restoring.by == by && restoring.request == request;
            if is_same && restoring.replies.len() < WAITING {
                return restoring.replies.push(reply);
            }
            let why = "somebody is restoring a moment of this map now; try again";
            return self.refuse_command(reply, refusal("RESTORE-2", why));
        }
        // What is not on disk cannot be read; nobody was told of it either.
        if to > self.answers.durable_seq() {
            let why = "there is no such moment in the history of this map yet";
            return self.refuse_command(reply, refusal("RESTORE-3", why));
        }
        self.memory.restoring = Some(Restoring {
            by,
            request,
            to,
            replies: vec![reply],
            then: None,
            made: 0,
        });
        let (journal, map) = (self.journal.clone(), self.map.clone());
        let read = move || match load::load_at(journal.as_ref(), &map, Some(to)) {
            Ok(then) => Step::Read(
                CheckedUpdate::check_own(then.encode_state())
                    .ok()
                    .map(Arc::new),
            ),
            Err(error) => {
                tracing::error!(map = %map, seq = to, %error, "a moment cannot be read");
                Step::Read(None)
            }
        };
        self.memory.beside(read, Step::Read(None));
    }

    /// Something was done off the loop.
    pub(super) fn on_restore_step(&mut self, step: Step) -> Result<(), End> {
        match (step, &mut self.memory.restoring) {
            (Step::Read(Some(then)), Some(restoring)) => {
                restoring.then = Some(then);
                self.make_restore()
            }
            (Step::Read(None), _) => {
                self.restored(&Err(unmade()));
                Ok(())
            }
            (Step::Made(Ok(restore)), _) => self.append_restore(restore),
            (Step::Made(Err(refusal)), _) => {
                self.restored(&Err(refusal));
                Ok(())
            }
            (Step::Read(Some(_)), None) => Ok(()),
        }
    }

    /// Makes the update from what is folded now.
    fn make_restore(&mut self) -> Result<(), End> {
        let Some(restoring) = &mut self.memory.restoring else {
            return Ok(());
        };
        let (by, to) = (restoring.by, restoring.to);
        let Some(then) = restoring.then.clone() else {
            return Ok(());
        };
        let is_beside = restoring.made < BESIDE;
        restoring.made += 1;
        // They may have lost their role while it was read.
        if let Err(refusal) = self.workshop.may_restore(by, to) {
            self.restored(&Err(refusal));
            return Ok(());
        }
        let ground = self.workshop.ground(token::new_seed);
        if is_beside {
            let make = move || Step::Made(ground.bring_back(to, &then));
            self.memory.beside(make, Step::Made(Err(unmade())));
            return Ok(());
        }
        self.on_restore_step(Step::Made(ground.bring_back(to, &then)))
    }

    fn append_restore(&mut self, restore: Restore) -> Result<(), End> {
        let Some(restoring) = &self.memory.restoring else {
            return Ok(());
        };
        // Outdated already: it costs the journal nothing.
        if restore.base != self.workshop.edited() && restoring.made < TRIES {
            return self.make_restore();
        }
        let draft = Draft {
            actor: restoring.by,
            request: Some(restoring.request.clone()),
            body: Body::Restore(restore),
        };
        self.append(draft, Origin::Restore)
    }

    /// A restore is folded: it is answered, or made anew.
    pub(super) fn restore_folded(
        &mut self,
        outcome: Result<(Done, Effects), Refusal>,
    ) -> Result<(), End> {
        let made = self.memory.restoring.as_ref().map(|one| one.made);
        let outdated = outcome.as_ref().is_err_and(Refusal::is_outdated);
        if outdated && made.is_some_and(|made| made < TRIES) {
            return self.make_restore();
        }
        self.restored(&outcome.map(|(done, _)| done));
        Ok(())
    }

    /// It is over: everyone who asked hears how it ended, and another may begin.
    pub(super) fn restored(&mut self, outcome: &Result<Done, Refusal>) {
        let replies = self.memory.restoring.take().map(|one| one.replies);
        for reply in replies.into_iter().flatten() {
            self.answer_command(self.workshop.seq(), reply, outcome.clone());
        }
    }
}
