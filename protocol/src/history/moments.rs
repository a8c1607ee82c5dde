//! What stands out (HIST-4): the workshop's course before and after a record, compared.

use std::collections::BTreeMap;

use super::{By, Moment, MomentKind, PersonReport};
use crate::agenda::StepId;
use crate::fold::{Done, Folded, Round, RoundState, Subject, Workshop};
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

/// What whoever sent a record did with it: nothing, where it was refused or had been answered before. What comes about all the same came
/// with the time, and is nobody's.
pub(super) struct Deed<'a> {
    who: By,
    body: Option<&'a Body>,
}

impl<'a> Deed<'a> {
    pub(super) fn of(record: &'a Record, folded: &Folded) -> Self {
        let is_done = folded.outcome == Ok(Done::Now);
        Self {
            who: By::of(record, &folded.effects),
            body: is_done.then_some(&record.body),
        }
    }

    /// What was asked for and done.
    pub(super) fn body(&self) -> Option<&'a Body> {
        self.body
    }

    fn command(&self) -> Option<&'a Command> {
        match self.body? {
            Body::Command(command) => Some(command),
            Body::Created(_)
            | Body::Edit(_)
            | Body::Invite(..)
            | Body::Join(_)
            | Body::Void(_)
            | Body::Tick
            | Body::Round(..)
            | Body::Reveal(_)
            | Body::Restore(_)
            | Body::Erased(_) => None,
        }
    }

    /// Whose it is if this is what they did.
    fn if_done(&self, is_theirs: bool) -> By {
        if is_theirs { self.who } else { By::Nobody }
    }

    fn goes_on(&self) -> bool {
        matches!(
            self.command(),
            Some(
                Command::StartStep { .. }
                    | Command::NextStep {}
                    | Command::PreviousStep {}
                    | Command::FinishAgenda {}
            )
        )
    }
}

/// What came about in the workshop with a record, in the order in which it is told: after what the record says by itself, and of people.
pub(super) fn between(
    before: &Outline,
    after: &Outline,
    workshop: &Workshop,
    deed: &Deed<'_>,
) -> Vec<Said> {
    let mut told = rounds(before, workshop, deed);
    told.extend(brainstorm(before, after, deed));
    told.extend(step(before, after, workshop, deed));
    told
}

pub(super) struct Said {
    kind: MomentKind,
    who: By,
    words: String,
}

impl Said {
    pub(super) fn at(self, seq: u64, at: u64) -> Moment {
        let Self { kind, who, words } = self;
        Moment {
            seq,
            at,
            kind,
            who,
            words,
        }
    }
}

/// What a record says whatever was before it, if it was done.
pub(super) fn by_itself(workshop: &Workshop, record: &Record, deed: &Deed<'_>) -> Vec<Said> {
    let Some(body) = deed.body() else {
        return Vec::new();
    };
    let (kind, words) = match body {
        Body::Created(_) => (MomentKind::Created, String::new()),
        Body::Command(Command::SaveVersion { name }) => (MomentKind::VersionSaved, name.clone()),
        Body::Restore(restore) => (MomentKind::Restored, format!("record {}", restore.to)),
        Body::Edit(_) => {
            let last = workshop.reviews().last();
            match last.filter(|review| review.seq == record.seq) {
                Some(review) => (MomentKind::Reviewed, review.day.clone()),
                None => return Vec::new(),
            }
        }
        Body::Invite(..)
        | Body::Join(_)
        | Body::Command(_)
        | Body::Void(_)
        | Body::Tick
        | Body::Round(..)
        | Body::Reveal(_)
        | Body::Erased(_) => return Vec::new(),
    };
    let who = deed.who;
    vec![Said { kind, who, words }]
}

/// Who came in for the first time, and who was taken out. Nobody comes or goes by the clock. Both lists are in the order of ids, and each is
/// gone through once: thousands may join.
pub(super) fn of_people<'a>(
    before: impl IntoIterator<Item = &'a PersonReport>,
    now: &[PersonReport],
    deed: &Deed<'_>,
) -> Vec<Said> {
    let mut before = before.into_iter().peekable();
    let changed = now.iter().filter_map(|person| {
        while before.next_if(|one| one.id < person.id).is_some() {}
        let was = before.next_if(|one| one.id == person.id);
        let kind = match was {
            None => MomentKind::Joined,
            Some(was) if !was.removed && person.removed => MomentKind::Removed,
            Some(_) => return None,
        };
        Some(Said {
            kind,
            who: deed.who,
            words: person.name.clone(),
        })
    });
    changed.collect()
}

fn rounds(before: &Outline, workshop: &Workshop, deed: &Deed<'_>) -> Vec<Said> {
    let mut told = Vec::new();
    for round in workshop.rounds() {
        let (was_open, opened) = match before.rounds.get(&round.id) {
            Some((state, opened)) => (*state == RoundState::Open, Some(*opened)),
            None => (false, None),
        };
        let (opening, closing, cancelling, question) = words(round);
        let mut tell = |kind, is_theirs| {
            told.push(Said {
                kind,
                who: deed.if_done(is_theirs),
                words: question.clone(),
            });
        };
        let opens = !was_open && opened != Some(round.opened);
        if opens {
            tell(opening, matches!(deed.body(), Some(Body::Round(..))));
        }
        let command = deed.command();
        let names = |id: &RoundId| *id == round.id;
        match round.state {
            RoundState::Closed(_) if was_open || opens => {
                let closes = matches!(command, Some(Command::CloseRound { round }) if names(round));
                tell(closing, closes);
            }
            RoundState::Cancelled(_) if was_open || opens => {
                let cancels =
                    matches!(command, Some(Command::CancelRound { round }) if names(round));
                tell(cancelling, cancels);
            }
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

fn brainstorm(before: &Outline, after: &Outline, deed: &Deed<'_>) -> Vec<Said> {
    if before.brainstorm == after.brainstorm {
        return Vec::new();
    }
    let (body, command) = (deed.body(), deed.command());
    let is_reveal = matches!(body, Some(Body::Reveal(_)));
    let ended = before.brainstorm.iter().map(|(_, question)| {
        let (kind, is_theirs) = if is_reveal {
            (MomentKind::Revealed, true)
        } else {
            let discards = matches!(command, Some(Command::DiscardDrafts {}));
            (MomentKind::Discarded, discards)
        };
        (kind, is_theirs, question)
    });
    // With a step, too.
    let begins = matches!(command, Some(Command::StartBrainstorm { .. })) || deed.goes_on();
    let begun = after.brainstorm.iter();
    let begun = begun.map(|(_, question)| (MomentKind::BrainstormBegan, begins, question));
    let said = |(kind, is_theirs, question): (_, _, &String)| Said {
        kind,
        who: deed.if_done(is_theirs),
        words: question.clone(),
    };
    ended.chain(begun).map(said).collect()
}

fn step(before: &Outline, after: &Outline, workshop: &Workshop, deed: &Deed<'_>) -> Option<Said> {
    if before.step == after.step {
        return None;
    }
    let (kind, words) = match workshop.current_step() {
        Some((_, step)) => (MomentKind::StepBegan, step.title.clone()),
        None => (MomentKind::AgendaFinished, String::new()),
    };
    Some(Said {
        kind,
        who: deed.if_done(deed.goes_on()),
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ParticipantId, Role};

    fn person(id: u32) -> PersonReport {
        PersonReport {
            id: ParticipantId(id),
            name: format!("p{id}"),
            color: "#336699".to_owned(),
            role: Role::Participant,
            removed: false,
        }
    }

    #[test]
    fn hist_4_of_thousands_of_people_each_is_looked_at_once_to_tell_who_came_and_went() {
        let before: Vec<_> = (2..=9000).filter(|id| id % 4000 != 0).map(person).collect();
        let mut now: Vec<_> = (1..=9001).map(person).collect();
        now[4998].removed = true;
        let looked_at = std::cell::Cell::new(0);
        let before = before
            .iter()
            .inspect(|_| looked_at.set(looked_at.get() + 1));
        let deed = Deed {
            who: By::Nobody,
            body: None,
        };
        let told = of_people(before, &now, &deed).into_iter();
        let told: Vec<_> = told.map(|one| (one.kind, one.words)).collect();
        let joined = |id| (MomentKind::Joined, format!("p{id}"));
        let removed = (MomentKind::Removed, "p4999".to_owned());
        assert_eq!(
            told,
            [joined(1), joined(4000), removed, joined(8000), joined(9001)]
        );
        assert_eq!(looked_at.get(), 8997);
    }
}
