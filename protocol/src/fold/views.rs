//! Views: what everyone may see of the workshop, and what only one participant may.

use std::collections::BTreeSet;

use super::{Clock, Parked, Workshop};
use crate::agenda::{Step, StepId};
use crate::channel::{
    AgendaStep, ClockView, CurrentStep, ParkedNote, Person, Personal, Shared, SpotlightView,
};
use crate::id::ParticipantId;

impl Workshop {
    /// The state everyone may see. `online` and `now` come from the room: presence is no part of the fold, and neither is a clock.
    pub fn shared(&self, online: &BTreeSet<ParticipantId>, now: u64) -> Shared {
        let present = self.people().filter(|(_, person)| !person.removed);
        Shared {
            seq: self.seq,
            now,
            people: present
                .map(|(id, person)| Person {
                    id,
                    name: person.name.clone(),
                    color: person.color.clone(),
                    role: person.role,
                    online: online.contains(&id),
                })
                .collect(),
            agenda: self.steps().iter().map(agenda_step).collect(),
            current: self.current_step().map(|(current, _)| CurrentStep {
                id: current.id,
                began: current.began,
                clock: match current.clock {
                    Clock::Runs(until) => ClockView::Runs { until },
                    Clock::Paused(left) => ClockView::Paused { left },
                    Clock::Zero => ClockView::Zero {},
                },
                ready: current.ready.iter().copied().collect(),
            }),
            hands: self.hands().to_vec(),
            parked: self.parked().iter().map(parked_note).collect(),
            spotlight: self.spotlight().map(|light| SpotlightView {
                spot: light.spot.clone(),
                by: light.by,
                call: light.seq,
            }),
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

fn agenda_step((id, step): &(StepId, Step)) -> AgendaStep {
    AgendaStep {
        id: *id,
        step: step.clone(),
    }
}

fn parked_note(parked: &Parked) -> ParkedNote {
    ParkedNote {
        id: parked.id,
        text: parked.text.clone(),
        by: parked.by,
    }
}
