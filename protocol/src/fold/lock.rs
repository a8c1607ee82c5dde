//! Locks: what the step under way holds still for participants (LOCK). The guard judges; here is when, and for whom.

use std::borrow::Cow;

use super::agenda::Agenda;
use super::{Clock, Refusal, Workshop};
use crate::agenda::AtZero;
use crate::guard::{Held, Lock};
use crate::record::Actor;

impl Agenda {
    /// What the step under way holds still for those who do not facilitate.
    pub(super) fn lock(&self) -> Option<Lock<'_>> {
        let (current, step) = self.under_way()?;
        let held = if current.clock == Clock::Zero && step.at_zero == AtZero::Lock {
            Held::Everything
        } else if step.lock && !step.focus.is_whole() {
            Held::Outside(Cow::Borrowed(&step.focus))
        } else {
            return None;
        };
        Some(Lock {
            step: current.id,
            title: Cow::Borrowed(&step.title),
            held,
        })
    }
}

impl Workshop {
    /// What is held still, for whomever it is: facilitators and the host are free.
    pub fn lock(&self) -> Option<Lock<'_>> {
        self.agenda.lock()
    }

    /// What is held still for this actor now. It binds the map, and what is written to come into it (DRAFT-2): everything
    /// else that a participant may do stays open.
    pub fn lock_for(&self, actor: Actor) -> Option<Lock<'_>> {
        self.agenda
            .lock()
            .filter(|_| self.may_facilitate(actor).is_err())
    }
}

impl Refusal {
    /// Whether an edit was refused for what a step holds still, and might be taken once it does not.
    pub fn is_of_lock(&self) -> bool {
        self.rule.starts_with("LOCK-")
    }
}

impl Lock<'_> {
    /// Why an edit was refused.
    pub fn refusal(&self) -> Refusal {
        let title = &self.title;
        match self.held {
            Held::Outside(_) => Refusal::new(
                "LOCK-1",
                format!(
                    "the step “{title}” is about a part of the map, and the rest stands still until it is over"
                ),
            ),
            Held::Everything => Refusal::new(
                "LOCK-2",
                format!(
                    "the time of the step “{title}” is up, and the map stands still until the facilitator goes on"
                ),
            ),
        }
    }
}
