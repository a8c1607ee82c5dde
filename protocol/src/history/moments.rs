//! What stands out (HIST-4): the workshop's course before and after a record, compared.

use std::collections::BTreeMap;

use super::{By, Moment, MomentKind};
use crate::agenda::StepId;
use crate::fold::{Round, RoundState, Subject, Workshop};
use crate::id::ParticipantId;
use crate::record::{Body, Command, Record};
use crate::round::RoundId;

/// How far the workshop is, without what anybody wrote.
#[derive(Debug, Default)]
pub(super) struct Outline {
    step: Option<(StepId, u64)>,
    rounds: BTreeMap<RoundId, (RoundState, u64)>,
    brainstorm: Option<(u64, String)>,
    /// Everyone who ever joined; true once they were removed.
    people: BTreeMap<ParticipantId, bool>,
}

impl Outline {
    pub(super) fn of(workshop: &Workshop) -> Self {
        let rounds = workshop.rounds().iter();
        let brainstorm = workshop.brainstorm();
        Self {
            step: workshop.current_step().map(|(now, _)| (now.id, now.began)),
            rounds: rounds
                .map(|round| (round.id, (round.state, round.opened)))
                .collect(),
            brainstorm: brainstorm.map(|one| (one.began, one.setup.prompt.clone())),
            people: workshop
                .people()
                .map(|(id, person)| (id, person.removed))
                .collect(),
        }
    }
}

/// What came about with a record, in the order in which it is told, after what the record says by itself.
pub(super) fn between(
    before: &Outline,
    after: &Outline,
    workshop: &Workshop,
    record: &Record,
    who: By,
    said: Vec<Said>,
) -> Vec<Moment> {
    let mut told = said;
    told.extend(people(before, after, workshop));
    told.extend(rounds(before, workshop));
    told.extend(brainstorm(before, after, record));
    told.extend(step(before, after, workshop));
    let moment = |(kind, words)| Moment {
        seq: record.seq,
        at: workshop.at(),
        kind,
        who,
        words,
    };
    told.into_iter().map(moment).collect()
}

pub(super) type Said = (MomentKind, String);

/// What a record says whatever was before it.
pub(super) fn by_itself(workshop: &Workshop, record: &Record) -> Vec<Said> {
    let said = match &record.body {
        Body::Created(_) if record.seq == 1 => (MomentKind::Created, String::new()),
        Body::Command(Command::SaveVersion { name }) => (MomentKind::VersionSaved, name.clone()),
        Body::Restore(restore) => (MomentKind::Restored, format!("record {}", restore.to)),
        Body::Edit(_) => {
            let last = workshop.reviews().last();
            match last.filter(|review| review.seq == record.seq) {
                Some(review) => (MomentKind::Reviewed, review.day.clone()),
                None => return Vec::new(),
            }
        }
        Body::Created(_)
        | Body::Invite(..)
        | Body::Join(_)
        | Body::Command(_)
        | Body::Void(_)
        | Body::Tick
        | Body::Round(..)
        | Body::Reveal(_)
        | Body::Erased(_) => return Vec::new(),
    };
    vec![said]
}

fn people(before: &Outline, after: &Outline, workshop: &Workshop) -> Vec<Said> {
    let name = |id| {
        let mut people = workshop.people();
        let person = people.find(|(one, _)| *one == id);
        person.map_or_else(String::new, |(_, person)| person.name.clone())
    };
    let changed = after.people.iter().filter_map(|(&id, &removed)| {
        let kind = match (before.people.get(&id), removed) {
            (None, _) => MomentKind::Joined,
            (Some(false), true) => MomentKind::Removed,
            (Some(_), _) => return None,
        };
        Some((kind, name(id)))
    });
    changed.collect()
}

fn rounds(before: &Outline, workshop: &Workshop) -> Vec<Said> {
    let mut told = Vec::new();
    for round in workshop.rounds() {
        let (was_open, opened) = match before.rounds.get(&round.id) {
            Some((state, opened)) => (*state == RoundState::Open, Some(*opened)),
            None => (false, None),
        };
        let (opening, closing, cancelling, question) = words(round);
        let opens = !was_open && opened != Some(round.opened);
        if opens {
            told.push((opening, question.clone()));
        }
        match round.state {
            RoundState::Closed(_) if was_open || opens => told.push((closing, question)),
            RoundState::Cancelled(_) if was_open || opens => told.push((cancelling, question)),
            RoundState::Open | RoundState::Closed(_) | RoundState::Cancelled(_) => {}
        }
    }
    told
}

fn words(round: &Round) -> (MomentKind, MomentKind, MomentKind, String) {
    match &round.subject {
        Subject::Dots(dots) => (
            MomentKind::RoundOpened,
            MomentKind::RoundClosed,
            MomentKind::RoundCancelled,
            dots.setup.question.clone(),
        ),
        Subject::Emotions(emotions) => (
            MomentKind::FeelingsOpened,
            MomentKind::FeelingsClosed,
            MomentKind::FeelingsCancelled,
            emotions.setup.question.clone(),
        ),
    }
}

fn brainstorm(before: &Outline, after: &Outline, record: &Record) -> Vec<Said> {
    if before.brainstorm == after.brainstorm {
        return Vec::new();
    }
    let is_reveal = matches!(record.body, Body::Reveal(_));
    let ended = before.brainstorm.iter().map(|(_, question)| {
        let kind = if is_reveal {
            MomentKind::Revealed
        } else {
            MomentKind::Discarded
        };
        (kind, question.clone())
    });
    let begun = after.brainstorm.iter();
    let begun = begun.map(|(_, question)| (MomentKind::BrainstormBegan, question.clone()));
    ended.chain(begun).collect()
}

fn step(before: &Outline, after: &Outline, workshop: &Workshop) -> Option<Said> {
    if before.step == after.step {
        return None;
    }
    Some(match workshop.current_step() {
        Some((_, step)) => (MomentKind::StepBegan, step.title.clone()),
        None => (MomentKind::AgendaFinished, String::new()),
    })
}
