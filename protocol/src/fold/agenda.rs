//! The agenda and its clock (AGENDA, TIME). The clock is two numbers and the time of records: it ticks nowhere.
//!
//! A deadline has passed when a record at or after it is folded, and is dealt with before the record itself is looked at, so that
//! what comes at the deadline comes too late. The room appends a tick when nothing else would ([`Workshop::wake_at`]).

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

use super::shape::too_many_steps;
use super::{Effects, Refusal, Workshop, drafts};
use crate::agenda::{AtZero, Step, StepId};
use crate::id::ParticipantId;
use crate::limits;
use crate::record::Actor;

/// The steps, which of them is current, and its clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Agenda {
    #[n(0)]
    steps: Vec<(StepId, Step)>,
    /// The highest number given to a step so far.
    #[n(1)]
    numbered: u32,
    #[n(2)]
    current: Option<Current>,
}

/// The step people are in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Current {
    /// Which step.
    #[n(0)]
    pub id: StepId,
    /// When it began, in milliseconds since 1970 UTC.
    #[n(1)]
    pub began: u64,
    /// Its clock.
    #[n(2)]
    pub clock: Clock,
    /// Who said that they are done with it (AGENDA-6).
    #[n(3)]
    pub ready: BTreeSet<ParticipantId>,
}

/// The clock of the current step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Clock {
    /// It runs until this time in milliseconds since 1970 UTC; without one it has no end.
    #[n(0)]
    Runs(#[n(0)] Option<u64>),
    /// It stands, with this many milliseconds left; without a number it has no end.
    #[n(1)]
    Paused(#[n(0)] Option<u64>),
    /// Its time is up.
    #[n(2)]
    Zero,
}

/// Which deadlines passed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Passed {
    pub(super) step: bool,
    pub(super) round: bool,
    /// With the step that followed a brainstorm began.
    pub(super) brainstorm: bool,
}

/// Which way through the agenda.
#[derive(Clone, Copy, Debug)]
pub(super) enum Course {
    Forward,
    Back,
}

impl Agenda {
    fn place(&self, id: StepId) -> Result<usize, Refusal> {
        let place = self.steps.iter().position(|(one, _)| *one == id);
        place.ok_or_else(|| Refusal::new("AGENDA-3", "that step is not in the agenda any more"))
    }

    fn number(&mut self) -> StepId {
        self.numbered += 1;
        StepId(self.numbered)
    }

    fn begin(&mut self, place: Option<usize>, at: u64) {
        self.current = place
            .and_then(|place| self.steps.get(place))
            .map(|(id, step)| Current {
                id: *id,
                began: at,
                clock: Clock::Runs(step.milliseconds().map(|long| at + long)),
                ready: BTreeSet::new(),
            });
    }

    /// The step people are in, with what it is.
    pub(super) fn under_way(&self) -> Option<(&Current, &Step)> {
        let current = self.current.as_ref()?;
        let step = self.steps.iter().find(|(id, _)| *id == current.id)?;
        Some((current, &step.1))
    }

    fn current(&mut self) -> Result<&mut Current, Refusal> {
        let none = || Refusal::new("AGENDA-4", "no step is under way");
        self.current.as_mut().ok_or_else(none)
    }
}

impl Clock {
    /// Milliseconds left at this time; `None` for a clock without an end.
    pub fn left(self, at: u64) -> Option<u64> {
        match self {
            Clock::Runs(deadline) => deadline.map(|deadline| deadline.saturating_sub(at)),
            Clock::Paused(left) => left,
            Clock::Zero => Some(0),
        }
    }
}

impl Workshop {
    /// The steps of the agenda, in order.
    pub fn steps(&self) -> &[(StepId, Step)] {
        &self.agenda.steps
    }

    /// The step people are in, with its clock.
    pub fn current_step(&self) -> Option<(&Current, &Step)> {
        self.agenda.under_way()
    }

    /// When something happens by itself, in milliseconds since 1970 UTC: the room appends a tick then (TIME-5).
    pub fn wake_at(&self) -> Option<u64> {
        [self.step_ends_at(), self.round_ends_at()]
            .into_iter()
            .flatten()
            .min()
    }

    fn step_ends_at(&self) -> Option<u64> {
        match self.agenda.current.as_ref()?.clock {
            Clock::Runs(deadline) => deadline,
            Clock::Paused(_) | Clock::Zero => None,
        }
    }

    /// Deals with every deadline up to now, the earliest first, each as of its own time (TIME-5).
    pub(super) fn pass_deadlines(&mut self) -> Passed {
        let mut passed = Passed::default();
        // Each turn ends a round, or a step's clock; a step begun here ends a minute later at least.
        while let Some(deadline) = self.wake_at().filter(|deadline| *deadline <= self.at) {
            if self.step_ends_at() == Some(deadline) {
                passed.brainstorm |= self.step_is_over(deadline);
                passed.step = true;
            } else {
                self.round_is_over(deadline);
                passed.round = true;
            }
        }
        passed
    }

    /// Says whether a brainstorm began with the step that follows.
    fn step_is_over(&mut self, deadline: u64) -> bool {
        let agenda = &mut self.agenda;
        let Some(current) = &mut agenda.current else {
            return false;
        };
        current.clock = Clock::Zero;
        let place = agenda.steps.iter().position(|(id, _)| *id == current.id);
        let at_zero = place.and_then(|place| Some(agenda.steps.get(place)?.1.at_zero));
        if at_zero == Some(AtZero::Advance) {
            agenda.begin(place.map(|place| place + 1), deadline);
            if agenda.current.is_none() {
                self.workshop_over(None, deadline);
            }
            return self.brainstorm_with_step();
        }
        false
    }

    fn begin_step(&mut self, actor: Actor, place: usize) -> Effects {
        let was_under_way = self.agenda.current.is_some();
        self.agenda.begin(Some(place), self.at);
        match (was_under_way, self.agenda.current.is_some()) {
            (false, true) => self.workshop_begins(actor),
            (true, false) => self.workshop_over(Some(actor), self.at),
            (true, true) | (false, false) => {}
        }
        if self.brainstorm_with_step() {
            drafts::everyone()
        } else {
            Effects::for_everyone(true)
        }
    }

    pub(super) fn add_step(
        &mut self,
        actor: Actor,
        index: u32,
        step: &Step,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        if self.agenda.steps.len() >= limits::STEPS {
            return Err(too_many_steps());
        }
        let id = self.agenda.number();
        let place = (index as usize).min(self.agenda.steps.len());
        self.agenda.steps.insert(place, (id, step.clone()));
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn change_step(
        &mut self,
        actor: Actor,
        id: StepId,
        step: &Step,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let place = self.agenda.place(id)?;
        if let Some((_, held)) = self.agenda.steps.get_mut(place) {
            held.clone_from(step);
        }
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn move_step(
        &mut self,
        actor: Actor,
        id: StepId,
        index: u32,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let place = self.agenda.place(id)?;
        let step = self.agenda.steps.remove(place);
        let to = (index as usize).min(self.agenda.steps.len());
        self.agenda.steps.insert(to, step);
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn remove_step(&mut self, actor: Actor, id: StepId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let place = self.agenda.place(id)?;
        if self.agenda.current.as_ref().is_some_and(|one| one.id == id) {
            let why = "this step is under way: go on to another, or finish, before removing it";
            return Err(Refusal::new("AGENDA-5", why));
        }
        self.agenda.steps.remove(place);
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn set_agenda(&mut self, actor: Actor, steps: &[Step]) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        if self.agenda.current.is_some() {
            let why = "a step is under way: finish before replacing the agenda";
            return Err(Refusal::new("AGENDA-7", why));
        }
        let numbered = steps
            .iter()
            .map(|step| (self.agenda.number(), step.clone()))
            .collect();
        self.agenda.steps = numbered;
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn start_step(&mut self, actor: Actor, id: StepId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let place = self.agenda.place(id)?;
        Ok(self.begin_step(actor, place))
    }

    /// To the neighbour of the current step. Past the last one the agenda is finished; there is nothing before the first.
    pub(super) fn go_on(&mut self, actor: Actor, course: Course) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let id = self.agenda.current()?.id;
        let place = self.agenda.place(id)?;
        let next = match course {
            Course::Forward => Some(place + 1),
            Course::Back => place.checked_sub(1),
        };
        let next =
            next.ok_or_else(|| Refusal::new("AGENDA-4", "this is the first step already"))?;
        Ok(self.begin_step(actor, next))
    }

    pub(super) fn pause(&mut self, actor: Actor) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let at = self.at;
        let current = self.agenda.current()?;
        let Clock::Runs(deadline) = current.clock else {
            return Err(Refusal::new("TIME-3", "the clock is not running"));
        };
        current.clock = Clock::Paused(deadline.map(|deadline| deadline.saturating_sub(at)));
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn resume(&mut self, actor: Actor) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let at = self.at;
        let current = self.agenda.current()?;
        let Clock::Paused(left) = current.clock else {
            return Err(Refusal::new("TIME-3", "the clock is not paused"));
        };
        current.clock = Clock::Runs(left.map(|left| at + left));
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn extend(&mut self, actor: Actor, seconds: i32) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let at = self.at;
        let current = self.agenda.current()?;
        let Some(left) = current.clock.left(at) else {
            let why = "this step has no time limit";
            return Err(Refusal::new("TIME-4", why));
        };
        let left = left.saturating_add_signed(i64::from(seconds) * 1000);
        current.clock = match current.clock {
            Clock::Paused(_) => Clock::Paused(Some(left)),
            Clock::Runs(_) | Clock::Zero => Clock::Runs(Some(at + left)),
        };
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn finish_agenda(&mut self, actor: Actor) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.agenda.current()?;
        self.agenda.current = None;
        self.workshop_over(Some(actor), self.at);
        Ok(Effects::for_everyone(true))
    }

    pub(super) fn set_ready(
        &mut self,
        actor: Actor,
        ready: bool,
        step: Option<StepId>,
    ) -> Result<Effects, Refusal> {
        let who = self.somebody_at_work(actor, "AGENDA-6")?;
        let current = self.agenda.current()?;
        if step.is_some_and(|step| step != current.id) {
            return Err(Refusal::new("AGENDA-6", "that step is over already"));
        }
        let news = if ready {
            current.ready.insert(who)
        } else {
            current.ready.remove(&who)
        };
        Ok(Effects::for_everyone(news))
    }

    /// Somebody removed is neither ready nor waited for.
    pub(super) fn forget_ready(&mut self, who: ParticipantId) {
        if let Some(current) = &mut self.agenda.current {
            current.ready.remove(&who);
        }
    }
}
