//! What stands out (HIST-4): the workshop's course before and after a record, compared.

use std::collections::BTreeMap;

use super::{MomentKind, PersonReport};
use crate::agenda::StepId;
use crate::fold::{Round, RoundState, Subject, Workshop};
use crate::record::{Body, Command, Record};
use crate::round::RoundId;

/// How far the workshop is, without what anybody wrote.
#[derive(Debug, Default)]
pub(super) struct Outline {
    step: Option<(StepId, u64)>,
    rounds: BTreeMap<RoundId, (RoundState, u64)>,
    brainstorm: Option<(u64, String)>,
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
        }
    }
}

/// What came about in the workshop with a record, in the order in which it is told: after what the record says by itself, and of people.
pub(super) fn between(
    before: &Outline,
    after: &Outline,
    workshop: &Workshop,
    record: &Record,
) -> Vec<Said> {
    let mut told = rounds(before, workshop);
    told.extend(brainstorm(before, after, record));
    told.extend(step(before, after, workshop));
    told
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

/// Who came in for the first time, and who was taken out.
pub(super) fn of_people(before: &[PersonReport], now: &[PersonReport]) -> Vec<Said> {
    let changed = now.iter().filter_map(|person| {
        let was = before.iter().find(|one| one.id == person.id);
        let kind = match was {
            None => MomentKind::Joined,
            Some(was) if !was.removed && person.removed => MomentKind::Removed,
            Some(_) => return None,
        };
        Some((kind, person.name.clone()))
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
