//! One round as it was counted against what the fold has of it.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::fold::{Emotions, Round, RoundState, Subject};
use cairn_protocol::round::Voter;

use super::{Ballot, Count, Ended};

impl Count {
    pub(super) fn against(&self, round: &Round) -> Result<(), String> {
        let ended = match round.state {
            RoundState::Open => Ended::NotYet,
            RoundState::Closed(_) => Ended::Closed,
            RoundState::Cancelled(_) => Ended::Cancelled,
        };
        if ended != self.ended {
            return Err("it ended otherwise than its records say".to_owned());
        }
        let folded = ballots(round);
        let differs = |voter: &&Voter| self.ballots.get(voter) != folded.get(voter);
        let mut voters = self.ballots.keys().chain(folded.keys());
        if let Some(voter) = voters.find(differs) {
            let whose = match voter {
                Voter::Named(who) => who.to_string(),
                Voter::Pseudonym(pseudonym) => pseudonym.to_string(),
            };
            return Err(format!("the ballot of {whose} is not as its records say"));
        }
        match &round.subject {
            _ if ended != Ended::Closed => Ok(()),
            Subject::Dots(dots) => {
                let standings = dots.standings();
                let all = standings
                    .iter()
                    .map(|one| (&one.target.id, (one.dots, one.voters)));
                self.tally_against(&all.collect())?;
                let more = |than: u32| standings.iter().filter(|one| one.dots > than).count();
                let ranked = standings
                    .iter()
                    .all(|one| one.rank as usize == more(one.dots) + 1);
                ranked
                    .then_some(())
                    .ok_or_else(|| "its ranks do not follow from its dots".to_owned())
            }
            Subject::Emotions(emotions) => self.feelings_against(emotions),
        }
    }

    fn marks(&self, target: &str) -> Vec<i16> {
        let ballots = self.ballots.values();
        ballots
            .filter_map(|ballot| ballot.get(target).copied())
            .collect()
    }

    /// Dots and voters by card, as the fold has them.
    pub(super) fn tally_against(
        &self,
        folded: &BTreeMap<&String, (u32, u32)>,
    ) -> Result<(), String> {
        let placed: BTreeSet<&String> = self.ballots.values().flat_map(BTreeMap::keys).collect();
        for card in placed.into_iter().chain(folded.keys().copied()) {
            let marks = self.marks(card);
            let dots: i64 = marks.iter().map(|dots| i64::from(*dots)).sum();
            let (theirs, voters) = folded.get(card).copied().unwrap_or_default();
            if (dots, marks.len()) != (i64::from(theirs), voters as usize) {
                let counted = marks.len();
                return Err(format!(
                    "the records give card {card} {dots} dots of {counted} voters, the fold {theirs} of {voters}"
                ));
            }
        }
        Ok(())
    }

    pub(super) fn feelings_against(&self, emotions: &Emotions) -> Result<(), String> {
        let felt = emotions.felt();
        let answered: BTreeSet<&String> = self.ballots.values().flat_map(BTreeMap::keys).collect();
        let shown: BTreeSet<&String> = felt.iter().map(|one| &one.stage.id).collect();
        if answered != shown {
            return Err("its result is not about the stages that were answered".to_owned());
        }
        for one in &felt {
            let mut halves = self.marks(&one.stage.id);
            halves.sort_unstable();
            let points = one.points.iter().map(|point| i16::from(point.halves()));
            let scores: Vec<f64> = halves.iter().map(|half| f64::from(*half) / 2.0).collect();
            let median = f64::from(one.median.0) / 100.0;
            let spread = f64::from(one.spread.0) / 100.0;
            let holds = points.eq(halves)
                && near(median, middle(&scores), 0.0001)
                && near(spread, deviation(&scores), 0.0051);
            if !holds {
                let stage = &one.stage.id;
                return Err(format!(
                    "the records give stage {stage} other feelings than the fold"
                ));
            }
        }
        let widest_first = felt.is_sorted_by(|one, next| one.spread >= next.spread);
        widest_first
            .then_some(())
            .ok_or_else(|| "its widest disagreement does not come first".to_owned())
    }
}

fn ballots(round: &Round) -> BTreeMap<Voter, Ballot> {
    fn marks<T>(ballot: BTreeMap<String, T>, number: impl Fn(T) -> i16) -> Ballot {
        let marks = ballot.into_iter();
        marks.map(|(id, mark)| (id, number(mark))).collect()
    }
    match &round.subject {
        Subject::Dots(dots) => dots
            .ballots()
            .map(|(voter, ballot)| (voter, marks(ballot, i16::from)))
            .collect(),
        Subject::Emotions(emotions) => emotions
            .ballots()
            .map(|(voter, ballot)| (voter, marks(ballot, |score| i16::from(score.halves()))))
            .collect(),
    }
}

fn near(one: f64, other: f64, apart: f64) -> bool {
    (one - other).abs() <= apart
}

fn middle(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    let upper = sorted.get(half).copied().unwrap_or_default();
    let lower = sorted.get(half.saturating_sub(1)).copied();
    match lower {
        Some(lower) if sorted.len().is_multiple_of(2) => f64::midpoint(lower, upper),
        _ => upper,
    }
}

fn deviation(scores: &[f64]) -> f64 {
    let count = scores.iter().map(|_| 1.0).sum::<f64>();
    let mean = scores.iter().sum::<f64>() / count;
    let apart = scores.iter().map(|score| (score - mean).powi(2));
    (apart.sum::<f64>() / count).sqrt()
}
