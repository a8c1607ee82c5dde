//! Restoring a moment in a room (RESTORE-2): what the map was then is read from the journal, and the update is made of it and of what is folded
//! now, both off the loop; it is made anew when people changed the map meanwhile, the last time while they wait.

use std::sync::Arc;

use cairn_protocol::fold::{Done, Effects, Ground, Refusal};
use cairn_protocol::frame::CheckedUpdate;
use cairn_protocol::record::{Actor, Body, Draft, Restore};
use tokio::sync::mpsc;

use super::answers::CommandReply;
use super::{End, Origin, Room};
use crate::load;
use crate::token;

/// So many updates are made while people go on. In a map that is changed all the time each comes too late.
const BESIDE: u32 = 4;

/// And then one more, while the room takes nothing from anybody: it fits.
const TRIES: u32 = BESIDE + 1;

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
    /// How often an update was begun.
    made: u32,
    /// The last one is made as soon as everything is folded that was appended before the room stopped taking more.
    settles: bool,
}

/// What makes an update: [`Ground::bring_back`], but for tests.
type Make = fn(&Ground, u64, &CheckedUpdate) -> Result<Restore, Refusal>;

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
    pub(super) make: Make,
    done: mpsc::UnboundedSender<Step>,
    pub(super) steps: mpsc::UnboundedReceiver<Step>,
}

impl Default for Memory {
    fn default() -> Self {
        let (done, steps) = mpsc::unbounded_channel();
        Self {
            restoring: None,
            make: Ground::bring_back,
            done,
            steps,
        }
    }
}

impl Memory {
    /// Whether the room is to take nothing from its mailbox: the last update is made, or waits for what was taken before.
    pub(super) fn holds_up(&self) -> bool {
        let restoring = self.restoring.as_ref();
        restoring.is_some_and(|one| one.settles || one.made == TRIES)
    }

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
            settles: false,
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
                self.make_restore();
                Ok(())
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
    fn make_restore(&mut self) {
        let Some(restoring) = &mut self.memory.restoring else {
            return;
        };
        let (by, to) = (restoring.by, restoring.to);
        let Some(then) = restoring.then.clone() else {
            return;
        };
        restoring.settles = restoring.made == BESIDE && !self.origins.is_empty();
        if restoring.settles {
            return;
        }
        restoring.made += 1;
        // They may have lost their role while it was read.
        if let Err(refusal) = self.workshop.may_restore(by, to) {
            return self.restored(&Err(refusal));
        }
        let (ground, make) = (self.workshop.ground(token::new_seed), self.memory.make);
        let work = move || Step::Made(make(&ground, to, &then));
        self.memory.beside(work, Step::Made(Err(unmade())));
    }

    /// Makes the last update, if it waits for what was appended before and that is folded.
    pub(super) fn restore_when_settled(&mut self) {
        let restoring = self.memory.restoring.as_ref();
        if restoring.is_some_and(|one| one.settles) && self.origins.is_empty() {
            self.make_restore();
        }
    }

    fn append_restore(&mut self, restore: Restore) -> Result<(), End> {
        let Some(restoring) = &self.memory.restoring else {
            return Ok(());
        };
        // Outdated already: it costs the journal nothing.
        if restore.base != self.workshop.edited() && restoring.made < TRIES {
            self.make_restore();
            return Ok(());
        }
        let draft = Draft {
            actor: restoring.by,
            request: Some(restoring.request.clone()),
            body: Body::Restore(restore),
        };
        self.append(draft, Origin::Restore)
    }

    /// A restore is folded: it is answered, or made anew.
    pub(super) fn restore_folded(&mut self, outcome: Result<(Done, Effects), Refusal>) {
        let made = self.memory.restoring.as_ref().map(|one| one.made);
        let outdated = outcome.as_ref().is_err_and(Refusal::is_outdated);
        if outdated && made.is_some_and(|made| made < TRIES) {
            return self.make_restore();
        }
        self.restored(&outcome.map(|(done, _)| done));
    }

    /// It is over: everyone who asked hears how it ended, and another may begin.
    pub(super) fn restored(&mut self, outcome: &Result<Done, Refusal>) {
        let replies = self.memory.restoring.take().map(|one| one.replies);
        for reply in replies.into_iter().flatten() {
            self.answer_command(self.workshop.seq(), reply, outcome.clone());
        }
    }
}
