//! What holds after every record, each by its rule.

use std::collections::BTreeSet;

use super::books::Glass;
use super::may::may;
use super::picture as picture_of;
use super::*;
use crate::channel::{ClockView, Personal, Shared};
use crate::guard::{Held, Lock};
use crate::record::Record;

type Sound = Result<(), TestCaseError>;

/// The texts of drafts in this: nothing else has such brackets.
fn marks(text: &str) -> BTreeSet<String> {
    let parts = text.split('<').skip(1);
    let closed = parts.filter_map(|part| part.split_once('>'));
    closed.map(|(mark, _)| format!("<{mark}>")).collect()
}

/// How things stand after a record, for a comparison with the next one.
pub(super) struct Standing {
    picture: Picture,
    known: BTreeMap<u64, u64>,
    edited: u64,
    shared: Shared,
    personal: BTreeMap<ParticipantId, Personal>,
}

impl Standing {
    /// `as_before` has the picture of a map that did not change.
    pub(super) fn of(play: &Play, as_before: Option<&Self>) -> Self {
        let workshop = play.workshop();
        let people = workshop.people();
        let own = |(who, _)| Some((who, workshop.personal(who, play.rounds.secret.as_ref())?));
        let picture = as_before.map(|before| before.picture.clone());
        Self {
            picture: picture.unwrap_or_else(|| picture_of(workshop.doc())),
            known: workshop.known().clone(),
            edited: workshop.edited(),
            // Who is connected is no part of the fold.
            shared: workshop.shared(&BTreeSet::new(), 0),
            personal: people.filter_map(own).collect(),
        }
    }
}

impl Play {
    /// After each record; `taken` says whether it did what it says.
    pub(super) fn holds(
        &self,
        before: &Standing,
        record: &Record,
        taken: bool,
    ) -> Result<Standing, TestCaseError> {
        prop_assert_eq!(record.at, self.workshop().at(), "TIME-1");
        let as_before = record.body.update().map_or(Some(before), |_| None);
        let now = Standing::of(self, as_before);
        self.rounds.holds()?;
        self.people_are_as_noted()?;
        self.step_is_as_noted(&now.shared)?;
        self.floor_is_as_noted(&now.shared)?;
        self.drafts_are_as_noted(&now)?;
        self.nobody_is_shown_a_draft(&now)?;
        self.reports_say_nothing_early()?;
        self.map_changes_by_those_who_may(before, &now, record, taken)?;
        self.whoever_sees_something_else_is_told(before, &now)?;
        Ok(now)
    }

    /// Without a record nothing changes (FOLD-2, TIME-6): that is a restart, or something held up on its way.
    pub(super) fn holds_still(&self, before: &Standing) -> Result<Standing, TestCaseError> {
        let now = Standing::of(self, None);
        prop_assert_eq!(&before.picture, &now.picture);
        prop_assert_eq!(&before.known, &now.known);
        prop_assert_eq!(&before.shared, &now.shared);
        // What is a person's own comes back from the journal, too (FOLD-3).
        prop_assert_eq!(&before.personal, &now.personal);
        Ok(now)
    }

    /// ROLE-3, ROLE-4, ROLE-6: nobody came, went or has another role or name but by what was taken.
    fn people_are_as_noted(&self) -> Sound {
        let workshop = self.workshop();
        let is: Vec<_> = workshop
            .people()
            .map(|(who, one)| (who, &one.name, one.role, one.removed))
            .collect();
        let noted = self.books.people.iter();
        let noted: Vec<_> = noted
            .map(|(who, one)| (*who, &one.name, one.role, one.removed))
            .collect();
        prop_assert_eq!(is, noted, "ROLE");
        let facilitates = |one: &Participant| one.role == Role::Facilitator && !one.removed;
        let mut all = workshop.people().map(|(_, one)| one);
        prop_assert!(all.any(facilitates), "ROLE-3");
        Ok(())
    }

    /// AGENDA-3, AGENDA-4, AGENDA-6, TIME-2 to TIME-5.
    fn step_is_as_noted(&self, shared: &Shared) -> Sound {
        let workshop = self.workshop();
        let ids: BTreeSet<_> = workshop.steps().iter().map(|(id, _)| *id).collect();
        prop_assert_eq!(ids.len(), workshop.steps().len(), "AGENDA-3");
        let is = workshop.current_step().map(|(current, _)| Glass {
            id: current.id,
            began: current.began,
            clock: current.clock,
            ready: current.ready.clone(),
        });
        prop_assert_eq!(&is, &self.books.glass, "AGENDA-4, TIME");
        let shown = shared.current.as_ref().map(|shown| Glass {
            id: shown.id,
            began: shown.began,
            clock: match shown.clock {
                ClockView::Runs { until } => Clock::Runs(until),
                ClockView::Paused { left } => Clock::Paused(left),
                ClockView::Zero {} => Clock::Zero,
            },
            ready: shown.ready.iter().copied().collect(),
        });
        let is_asked = |who: &ParticipantId| {
            let person = workshop.participant(*who);
            person.is_some_and(|person| person.role.may_edit())
        };
        let expected = is.map(|mut glass| {
            glass.ready.retain(is_asked);
            glass
        });
        prop_assert_eq!(expected, shown, "TIME-7, AGENDA-6");
        Ok(())
    }

    /// FLOOR-1, FLOOR-2, SPOT-1.
    fn floor_is_as_noted(&self, shared: &Shared) -> Sound {
        prop_assert_eq!(&shared.hands, &self.books.hands, "FLOOR-1");
        let parked = shared.parked.iter();
        let parked: Vec<_> = parked
            .map(|one| (one.id.0, one.text.clone(), one.by))
            .collect();
        prop_assert!(parked.len() <= limits::PARKED, "FLOOR-2");
        prop_assert_eq!(&parked, &self.books.parked, "FLOOR-2");
        let light = shared.spotlight.clone();
        let light = light.map(|light| (light.spot, light.by, light.call));
        prop_assert_eq!(light, self.books.spotlight.clone(), "SPOT-1");
        Ok(())
    }

    /// DRAFT-1 to DRAFT-4, DRAFT-6, DRAFT-8: who has which drafts, and what facilitators are told of it.
    fn drafts_are_as_noted(&self, now: &Standing) -> Sound {
        let drafts = &self.books.drafts;
        prop_assert_eq!(
            now.shared.brainstorm.is_some(),
            self.books.storms,
            "DRAFT-1"
        );
        for (who, own) in &now.personal {
            let said = own.drafts.iter();
            let said: BTreeSet<_> = said.map(|one| (&one.id.0, &one.text)).collect();
            let noted = drafts.iter().filter(|((writer, _), _)| writer == who);
            let noted: BTreeSet<_> = noted.map(|((_, id), text)| (id, text)).collect();
            prop_assert_eq!(said, noted, "DRAFT-2 of {}", who);
            let told = own.writing.as_ref();
            let facilitates = own.role == Role::Facilitator;
            prop_assert_eq!(told.is_some(), facilitates && self.books.storms, "DRAFT-8");
            if let Some(told) = told {
                let writers: BTreeSet<_> = drafts.keys().map(|(writer, _)| *writer).collect();
                prop_assert_eq!(BTreeSet::from_iter(told.writers.clone()), writers);
                prop_assert_eq!(told.drafts as usize, drafts.len());
            }
        }
        let cards = now.picture.iter();
        let cards = cards.filter(|((root, _), _)| root == "cards");
        let shown: BTreeSet<_> = cards.flat_map(|(_, card)| marks(card)).collect();
        prop_assert!(shown.is_superset(&self.books.revealed), "DRAFT-4");
        Ok(())
    }

    /// DRAFT-8, FOLD-3: no draft that was not revealed in what anybody else is sent or reads, nor in a snapshot.
    fn nobody_is_shown_a_draft(&self, now: &Standing) -> Sound {
        let workshop = self.workshop();
        let secret = self.rounds.secret.as_ref();
        let mut everywhere = vec![
            serde_json::to_string(&now.shared).unwrap(),
            serde_json::to_string(&workshop.version_list()).unwrap(),
            serde_json::to_string(&workshop.round_reports(Actor::Host, secret)).unwrap(),
            now.picture.values().cloned().collect(),
        ];
        // Now and then: it is the whole workshop written down.
        if workshop.seq().is_multiple_of(8) {
            let snapshot = workshop.snapshot().bytes;
            everywhere.push(String::from_utf8_lossy(&snapshot).into_owned());
        }
        for place in &everywhere {
            let early = marks(place);
            let early = early
                .iter()
                .find(|mark| self.books.hidden.contains_key(*mark));
            prop_assert_eq!(early, None, "DRAFT-8: {}", place);
        }
        for (who, own) in &now.personal {
            for mark in marks(&serde_json::to_string(own).unwrap()) {
                let writer = self.books.hidden.get(&mark);
                prop_assert!(writer.is_none_or(|writer| writer == who), "DRAFT-8: {mark}");
            }
        }
        Ok(())
    }

    /// VOTE-12, VOTE-14, EMO-4: what is read of rounds by HTTP.
    fn reports_say_nothing_early(&self) -> Sound {
        use crate::channel::RoundStateView::{Cancelled, Closed, Open};
        use crate::report::RoundReport;
        use crate::round::Visibility;
        let secret = self.rounds.secret.as_ref();
        for report in self.workshop().round_reports(Actor::Host, secret).rounds {
            let (state, live, result, ballots) = match report {
                RoundReport::Dots(one) => (
                    one.course.state,
                    one.setup.visibility == Visibility::Live,
                    one.result.is_some(),
                    one.ballots.is_some(),
                ),
                RoundReport::Emotions(one) => (
                    one.course.state,
                    false,
                    one.result.is_some(),
                    one.ballots.is_some(),
                ),
            };
            let expected = match state {
                Open => (live, false),
                Closed => (true, true),
                Cancelled => (false, false),
            };
            prop_assert_eq!((result, ballots), expected, "VOTE-14, {:?}", state);
        }
        Ok(())
    }

    /// LOCK-1 to LOCK-4, ROLE-2, ROLE-3, EDIT-1: what was refused, or is no edit, changes nothing of the map; nobody does what is not
    /// theirs to do, and whom a lock binds changes nothing that it holds.
    fn map_changes_by_those_who_may(
        &self,
        before: &Standing,
        now: &Standing,
        record: &Record,
        taken: bool,
    ) -> Sound {
        if !taken || record.body.update().is_none() {
            prop_assert_eq!(&before.picture, &now.picture, "the map changed");
            prop_assert_eq!(&before.known, &now.known, "the map changed");
            prop_assert_eq!(before.edited, now.edited, "the map changed");
        }
        if !taken {
            return Ok(());
        }
        prop_assert!(
            may(&self.books_before, record.actor, &record.body),
            "ROLE: taken from {:?}: {:?}",
            record.actor,
            record.body
        );
        // Neither an edit nor a draft changes the step, so the lock is the one it met.
        let lock = self.workshop().lock_for(record.actor);
        let held = lock.map(|lock: Lock<'_>| lock.held);
        if let (Body::Edit(_), Some(held)) = (&record.body, &held) {
            match held {
                Held::Everything => prop_assert_eq!(&before.picture, &now.picture, "LOCK-2"),
                Held::Outside(focus) => {
                    let moved = moved_outside(focus, &before.picture, &now.picture);
                    prop_assert!(moved.is_empty(), "LOCK-1: {:?}", moved);
                }
            }
        }
        let writes = matches!(record.body, Body::Command(Command::WriteDraft { .. }));
        prop_assert!(!writes || held != Some(Held::Everything), "LOCK-2, DRAFT-2");
        Ok(())
    }

    /// FAN-1: what a room is told to pass on covers whoever sees something else now.
    fn whoever_sees_something_else_is_told(&self, before: &Standing, now: &Standing) -> Sound {
        let effects = &self.rounds.came.as_ref().unwrap().effects;
        let without_place = |shared: &Shared| Shared {
            seq: 0,
            ..shared.clone()
        };
        let changed = without_place(&before.shared) != without_place(&now.shared);
        prop_assert!(!changed || effects.shared, "the shared view changed");
        let secret = self.rounds.secret.as_ref();
        for (who, own) in &now.personal {
            let Some(was) = before.personal.get(who) else {
                continue;
            };
            let concerned = match &effects.personal {
                Concerned::Nobody => false,
                Concerned::One(one) => one == who,
                Concerned::Behind(one) => secret.is_some_and(|s| s.pseudonym(*who) == *one),
                Concerned::Everyone => true,
            };
            let bare = |own: &Personal| Personal {
                progress: None,
                writing: None,
                ..own.clone()
            };
            prop_assert!(
                concerned || bare(was) == bare(own),
                "{who} sees something else"
            );
            // As a room takes it: how far it is, is told when anybody's own state changed or somebody is gone.
            let news = effects.personal != Concerned::Nobody || !effects.removed.is_empty();
            prop_assert!(news || was == own, "{who} is told how far it is");
        }
        Ok(())
    }
}
