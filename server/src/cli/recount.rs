//! Counts every round again from the records of a journal, for `cairn verify`: by other means than the fold, so that a mistake of the one
//! shows beside the other.
//!
//! What a record asks for is judged here: whether its round was open by the record's time, whether the ballot is its sender's, whether
//! dots were left, whether the same was said before. Only what was asked about, what was deleted from the map meanwhile, and who had
//! which role comes from the fold. What is made of the ballots, and how that is held against the fold, is in `recount/against.rs`.

mod against;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::fold::{Done, Folded, Round, Subject, Target, Workshop};
use cairn_protocol::record::{Actor, Body, Command, Opening, Record};
use cairn_protocol::round::{Commitment, RoundId, Voter};

use crate::load::Witness;

/// A round that does not add up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("round {}: {why}", .round.0)]
pub(crate) struct Miscount {
    round: RoundId,
    why: String,
}

/// What the records gave so far.
#[derive(Debug, Default)]
pub(super) struct Recount {
    at: u64,
    rounds: BTreeMap<RoundId, Count>,
    open: Option<RoundId>,
    /// What was sent under which name: said again under it, it counts for nothing (REC-5).
    said: BTreeSet<(Actor, String)>,
    /// The first answer that was taken or refused for no reason found here.
    misjudged: Option<Miscount>,
}

/// Dots, or halves of a feeling, by target.
type Ballot = BTreeMap<String, i16>;

/// One round.
#[derive(Clone, Debug)]
struct Count {
    asks: Asks,
    seconds: Option<u32>,
    deadline: Option<u64>,
    opening: Option<Commitment>,
    ended: Ended,
    ballots: BTreeMap<Voter, Ballot>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Dots { each: i16, most: i16 },
    Feelings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    NotYet,
    Closed,
    Cancelled,
}

/// In which round, about what, and how many dots or halves; nothing of them where it takes back.
struct Answer<'a> {
    round: RoundId,
    target: &'a str,
    value: Option<i16>,
}

impl<'a> Answer<'a> {
    fn of(command: &'a Command) -> Option<Self> {
        if let Command::Vote { round, card, dots } = command {
            let dots = i16::from(*dots);
            return Some(Self {
                round: *round,
                target: card,
                value: (dots > 0).then_some(dots),
            });
        }
        let Command::Feel {
            round,
            stage,
            score,
        } = command
        else {
            return None;
        };
        Some(Self {
            round: *round,
            target: stage,
            value: score.map(|score| i16::from(score.halves())),
        })
    }
}

impl Witness for Recount {
    fn sees(&mut self, workshop: &Workshop, record: &Record, folded: &Folded) {
        self.at = self.at.max(record.at);
        let open = self.open.and_then(|open| self.rounds.get(&open));
        let deadline = open.and_then(|count| count.deadline);
        if deadline.is_some_and(|deadline| deadline <= self.at) {
            self.end(Ended::Closed);
        }
        let name = record
            .request
            .clone()
            .map(|request| (record.actor, request));
        let said_before = name.is_some_and(|name| !self.said.insert(name));
        let taken = folded.outcome == Ok(Done::Now);
        match &record.body {
            Body::Round(opening, secret) if taken => self.open(opening, *secret),
            Body::Command(Command::CloseRound { .. }) if taken => self.end(Ended::Closed),
            Body::Command(Command::CancelRound { .. }) if taken => self.end(Ended::Cancelled),
            Body::Command(command) => {
                if let Some(answer) = Answer::of(command) {
                    let sound = record.body.check().is_ok();
                    let voter = self.voter(workshop, record.actor, &answer);
                    let voter = voter.filter(|_| sound && self.may_say(workshop, &answer));
                    let voter = voter.filter(|voter| self.has_left(*voter, command, &answer));
                    if !said_before && voter.is_some() != taken {
                        self.misjudges(&answer, record.seq, taken);
                    }
                    if let Some(voter) = voter.filter(|_| taken) {
                        self.count(voter, &answer);
                    }
                }
            }
            Body::Round(..)
            | Body::Created(_)
            | Body::Edit(_)
            | Body::Invite(..)
            | Body::Join(_)
            | Body::Reveal(_)
            | Body::Restore(_)
            | Body::Void(_)
            | Body::Tick
            | Body::Erased(_) => {}
        }
        self.withdraw(workshop);
    }
}

impl Recount {
    fn open(&mut self, opening: &Opening, secret: Option<Commitment>) {
        let next = RoundId(self.rounds.len() as u32 + 1);
        let (round, count) = match opening {
            Opening::New(setup) => {
                let asks = Asks::Dots {
                    each: i16::from(setup.dots),
                    most: i16::from(setup.most_per_card),
                };
                (next, Count::new(asks, setup.seconds))
            }
            Opening::Emotion(setup) => (next, Count::new(Asks::Feelings, setup.seconds)),
            Opening::RunOff(of, _) => {
                let Some(of) = self.rounds.get(of) else {
                    return;
                };
                (next, Count::new(of.asks, of.seconds))
            }
            Opening::Again(round) => {
                let Some(count) = self.rounds.remove(round) else {
                    return;
                };
                (*round, count)
            }
        };
        let mut count = Count {
            deadline: count.seconds.map(|long| self.at + u64::from(long) * 1000),
            opening: secret,
            ended: Ended::NotYet,
            ..count
        };
        if secret.is_some() {
            count.ballots.clear();
        }
        self.rounds.insert(round, count);
        self.open = Some(round);
    }

    fn end(&mut self, how: Ended) {
        let open = self.open.take();
        if let Some(count) = open.and_then(|open| self.rounds.get_mut(&open)) {
            count.ended = how;
            if how == Ended::Cancelled {
                count.ballots.clear();
            }
        }
    }

    /// Whose ballot this answer goes on, if anybody's.
    fn voter(&self, workshop: &Workshop, actor: Actor, answer: &Answer<'_>) -> Option<Voter> {
        let opening = self.rounds.get(&answer.round)?.opening;
        match (actor, opening) {
            (Actor::Pseudonym(pseudonym), Some(opening)) => pseudonym
                .is_of(opening)
                .then_some(Voter::Pseudonym(pseudonym)),
            (Actor::Participant(who), None) => {
                let round = workshop.round(answer.round).ok()?;
                let role = workshop.participant(who)?.role;
                round.roles().contains(&role).then_some(Voter::Named(who))
            }
            _ => None,
        }
    }

    /// Whether the round is open and asks about this.
    fn may_say(&self, workshop: &Workshop, answer: &Answer<'_>) -> bool {
        let asks_it = |target: &Target| target.id == answer.target && !target.withdrawn;
        let round = workshop.round(answer.round);
        self.open == Some(answer.round) && round.is_ok_and(|one| targets(one).iter().any(asks_it))
    }

    /// Whether the answer is of the kind asked for, and leaves the voter no less than nothing.
    fn has_left(&self, voter: Voter, command: &Command, answer: &Answer<'_>) -> bool {
        let Some(count) = self.rounds.get(&answer.round) else {
            return false;
        };
        match (count.asks, command) {
            (Asks::Dots { each, most }, Command::Vote { .. }) => {
                let placed = count.ballots.get(&voter).into_iter().flatten();
                let others = placed.filter(|(card, _)| card.as_str() != answer.target);
                let more = answer.value.unwrap_or(0);
                more <= most && others.map(|(_, dots)| dots).sum::<i16>() + more <= each
            }
            (Asks::Feelings, Command::Feel { .. }) => true,
            _ => false,
        }
    }

    fn count(&mut self, voter: Voter, answer: &Answer<'_>) {
        let Some(count) = self.rounds.get_mut(&answer.round) else {
            return;
        };
        let ballot = count.ballots.entry(voter).or_default();
        ballot.remove(answer.target);
        ballot.extend(answer.value.map(|value| (answer.target.to_owned(), value)));
        count.ballots.retain(|_, ballot| !ballot.is_empty());
    }

    fn misjudges(&mut self, answer: &Answer<'_>, seq: u64, taken: bool) {
        let how = if taken { "was taken" } else { "was refused" };
        self.misjudged.get_or_insert(Miscount {
            round: answer.round,
            why: format!("the answer of record {seq} {how} against the rules"),
        });
    }

    /// What is marked on something that is gone from the map goes back.
    fn withdraw(&mut self, workshop: &Workshop) {
        let Some(open) = self.open else { return };
        let (Some(count), Ok(round)) = (self.rounds.get_mut(&open), workshop.round(open)) else {
            return;
        };
        for gone in targets(round).iter().filter(|target| target.withdrawn) {
            for ballot in count.ballots.values_mut() {
                ballot.remove(&gone.id);
            }
        }
        count.ballots.retain(|_, ballot| !ballot.is_empty());
    }

    /// How many closed rounds were counted, or the first that does not add up.
    pub(super) fn against(&self, workshop: &Workshop) -> Result<usize, Miscount> {
        if let Some(misjudged) = &self.misjudged {
            return Err(misjudged.clone());
        }
        let all: BTreeSet<RoundId> = workshop.rounds().iter().map(|round| round.id).collect();
        for round in all.iter().chain(self.rounds.keys()) {
            let wrong = |why| Miscount { round: *round, why };
            let (Some(count), Ok(folded)) = (self.rounds.get(round), workshop.round(*round)) else {
                return Err(wrong(
                    "it is not in the records and the fold alike".to_owned(),
                ));
            };
            count.against(folded).map_err(wrong)?;
        }
        let closed = |count: &&Count| count.ended == Ended::Closed;
        Ok(self.rounds.values().filter(closed).count())
    }
}

impl Count {
    fn new(asks: Asks, seconds: Option<u32>) -> Self {
        Self {
            asks,
            seconds,
            deadline: None,
            opening: None,
            ended: Ended::NotYet,
            ballots: BTreeMap::new(),
        }
    }
}

fn targets(round: &Round) -> &[Target] {
    match &round.subject {
        Subject::Dots(dots) => dots.targets(),
        Subject::Emotions(emotions) => emotions.stages(),
    }
}
