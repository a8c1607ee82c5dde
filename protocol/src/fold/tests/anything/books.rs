//! The workshop as somebody would keep it in a notebook who hears which records were taken, and when: by simpler means than the fold's,
//! and with nothing from it but what steps the agenda has.

use std::collections::BTreeSet;

use super::*;
use crate::agenda::{AtZero, Mode, Step, StepId};
use crate::floor::Spot;
use crate::record::{Join, Record};

#[derive(Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) removed: bool,
}

pub(super) type People = BTreeMap<ParticipantId, Person>;

/// The step under way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glass {
    pub(super) id: StepId,
    pub(super) began: u64,
    pub(super) clock: Clock,
    pub(super) ready: BTreeSet<ParticipantId>,
}

#[derive(Default)]
pub(super) struct Books {
    pub(super) people: People,
    pub(super) hands: Vec<ParticipantId>,
    /// Number, text, and who put it there.
    pub(super) parked: Vec<(u32, String, Option<ParticipantId>)>,
    parked_ever: u32,
    pub(super) spotlight: Option<(Spot, Option<ParticipantId>, u64)>,
    /// As of the record before.
    pub(super) steps: Vec<(StepId, Step)>,
    pub(super) glass: Option<Glass>,
    pub(super) storms: bool,
    /// What each writer's drafts say.
    pub(super) drafts: BTreeMap<(ParticipantId, String), String>,
    /// Every text that was ever a draft and not revealed, with its writer.
    pub(super) hidden: BTreeMap<String, ParticipantId>,
    /// What the last reveal has to show.
    pub(super) revealed: BTreeSet<String>,
}

impl Books {
    /// After a record, whose content was taken or not. `steps` are those of now.
    pub(super) fn hears(&mut self, record: &Record, taken: bool, steps: &[(StepId, Step)]) {
        self.revealed.clear();
        self.time_passes(record.at);
        if taken {
            self.takes(record);
        }
        self.steps = steps.to_vec();
        self.time_passes(record.at);
    }

    /// TIME-5.
    fn time_passes(&mut self, at: u64) {
        while let Some(glass) = &mut self.glass
            && let Clock::Runs(Some(until)) = glass.clock
            && until <= at
        {
            glass.clock = Clock::Zero;
            let place = self.place();
            if self.steps[place].1.at_zero == AtZero::Advance {
                self.begins(Some(place + 1), until);
            }
        }
    }

    /// Of the step under way.
    fn place(&self) -> usize {
        let id = self.glass.as_ref().unwrap().id;
        let place = self.steps.iter().position(|(one, _)| *one == id);
        place.expect("AGENDA-5: the step under way is in the agenda")
    }

    /// TIME-2, DRAFT-1.
    fn begins(&mut self, place: Option<usize>, at: u64) {
        let next = place.and_then(|place| self.steps.get(place));
        self.storms |= next.is_some_and(|(_, step)| step.mode == Mode::Brainstorm);
        self.glass = next.map(|(id, step)| Glass {
            id: *id,
            began: at,
            clock: Clock::Runs(step.minutes.map(|minutes| at + u64::from(minutes) * 60_000)),
            ready: BTreeSet::new(),
        });
    }

    fn takes(&mut self, record: &Record) {
        let by = record.actor.participant();
        if let Body::Join(join) = &record.body {
            self.joins(join);
        }
        if matches!(record.body, Body::Reveal(_)) {
            self.revealed = std::mem::take(&mut self.drafts).into_values().collect();
            let revealed = &self.revealed;
            self.hidden.retain(|text, _| !revealed.contains(text));
            self.storms = false;
        }
        if let Body::Command(command) = &record.body {
            self.agenda(command, record.at);
            self.floor(by, command, record.seq);
            self.others(command);
            if let Some(who) = by {
                self.own(who, command);
            }
        }
    }

    fn joins(&mut self, join: &Join) {
        let next = ParticipantId(u32::try_from(self.people.len()).unwrap() + 1);
        let person = self.people.entry(join.known_as.unwrap_or(next));
        let person = person.or_insert_with(|| Person {
            name: String::new(),
            role: join.role,
            removed: false,
        });
        person.name.clone_from(&join.name);
        person.role = person.role.max(join.role);
    }

    /// What somebody does for themselves.
    fn own(&mut self, who: ParticipantId, command: &Command) {
        if let Command::Rename { name, .. } = command {
            self.people.get_mut(&who).unwrap().name.clone_from(name);
        }
        if let Command::RaiseHand { raised } = command {
            if !raised {
                self.hands.retain(|one| *one != who);
            } else if !self.hands.contains(&who) {
                self.hands.push(who);
            }
        }
        if let (Command::SetReady { ready, .. }, Some(glass)) = (command, &mut self.glass) {
            if *ready {
                glass.ready.insert(who);
            } else {
                glass.ready.remove(&who);
            }
        }
        if let Command::WriteDraft { draft, text, .. } = command {
            self.drafts.insert((who, draft.0.clone()), text.clone());
            self.hidden.insert(text.clone(), who);
        }
        if let Command::DropDraft { draft } = command {
            self.drafts.remove(&(who, draft.0.clone()));
        }
    }

    /// AGENDA-4, TIME-3, TIME-4. Changes of the steps themselves are those of the fold.
    fn agenda(&mut self, command: &Command, at: u64) {
        if let Command::StartStep { id } = command {
            let place = self.steps.iter().position(|(one, _)| one == id);
            self.begins(place, at);
        }
        if matches!(command, Command::NextStep {}) {
            self.begins(Some(self.place() + 1), at);
        }
        if matches!(command, Command::PreviousStep {}) {
            self.begins(Some(self.place() - 1), at);
        }
        if matches!(command, Command::FinishAgenda {}) {
            self.glass = None;
        }
        let Some(glass) = &mut self.glass else {
            return;
        };
        let left = glass.clock.left(at);
        if matches!(command, Command::Pause {}) {
            glass.clock = Clock::Paused(left);
        }
        if matches!(command, Command::Resume {}) {
            glass.clock = Clock::Runs(left.map(|left| at + left));
        }
        if let Command::Extend { seconds } = command {
            let more = i64::from(*seconds) * 1000;
            let left = u64::try_from(left.unwrap().cast_signed() + more).unwrap_or(0);
            glass.clock = match glass.clock {
                Clock::Paused(_) => Clock::Paused(Some(left)),
                Clock::Runs(_) | Clock::Zero => Clock::Runs(Some(at + left)),
            };
        }
    }

    fn floor(&mut self, by: Option<ParticipantId>, command: &Command, seq: u64) {
        if let Command::LowerHand { participant } = command {
            self.hands.retain(|one| one != participant);
        }
        if let Command::Park { text } = command {
            self.parked_ever += 1;
            self.parked.push((self.parked_ever, text.clone(), by));
        }
        if let Command::Unpark { id } = command {
            self.parked.retain(|(number, ..)| *number != id.0);
        }
        if let Command::Spotlight { spot } = command {
            self.spotlight = spot.clone().map(|spot| (spot, by, seq));
        }
    }

    fn others(&mut self, command: &Command) {
        if let Command::SetRole { participant, role } = command {
            self.people.get_mut(participant).unwrap().role = *role;
        }
        if let Command::Remove { participant } = command {
            self.people.get_mut(participant).unwrap().removed = true;
            self.hands.retain(|one| one != participant);
            self.drafts.retain(|(writer, _), _| writer != participant);
            self.spotlight
                .take_if(|(_, by, _)| *by == Some(*participant));
            if let Some(glass) = &mut self.glass {
                glass.ready.remove(participant);
            }
        }
        if matches!(command, Command::StartBrainstorm { .. }) {
            self.storms = true;
        }
        if matches!(command, Command::DiscardDrafts {}) {
            self.drafts.clear();
            self.storms = false;
        }
    }
}
