//! Emotion rounds (EMO): how each stage feels to everyone, each for themselves. Always anonymous, and secret until closed.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use yrs::Transact as _;

use super::sheet::{Sheet, Target};
use super::{Effects, Refusal, Subject, Workshop};
use crate::emotion::{EmotionSetup, Hundredths, Score};
use crate::map;
use crate::record::Actor;
use crate::round::{Commitment, RoundId, Voter};

/// What an emotion round has beside its course.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Emotions {
    /// As it was opened: nothing changes it (EMO-3).
    #[n(0)]
    pub setup: EmotionSetup,
    #[n(1)]
    pub(super) sheet: Sheet<Score>,
}

/// How a stage feels to everyone (EMO-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Felt<'a> {
    /// The stage.
    pub stage: &'a Target,
    /// The middle of all points; of an even number, the mean of the middle two.
    pub median: Hundredths,
    /// Their standard deviation.
    pub spread: Hundredths,
    /// All of them, from worst to best: at least one.
    pub points: Vec<Score>,
}

impl Emotions {
    /// The stages, frozen when the round opened, in the order of the map.
    pub fn stages(&self) -> &[Target] {
        self.sheet.targets()
    }

    /// Each stage that somebody answered for, widest disagreement first; equal ones in the order of the map.
    ///
    /// Only for whoever may see it: while the round is open that is nobody.
    pub fn felt(&self) -> Vec<Felt<'_>> {
        let mut felt: Vec<_> = self
            .sheet
            .live()
            .filter_map(|stage| {
                let mut points: Vec<_> = self.sheet.marks(&stage.id).collect();
                points.sort_unstable();
                Some(Felt {
                    stage,
                    median: median(&points)?,
                    spread: spread(&points)?,
                    points,
                })
            })
            .collect();
        // A stable sort: equal ones stay in the order of the map.
        felt.sort_by_key(|one| std::cmp::Reverse(one.spread));
        felt
    }

    /// What a voter has answered, by stage.
    pub fn ballot(&self, voter: Voter) -> BTreeMap<String, Score> {
        self.sheet.ballot(voter)
    }

    /// All ballots: for whoever may see them, once the round is closed.
    pub fn ballots(&self) -> impl Iterator<Item = (Voter, BTreeMap<String, Score>)> {
        self.sheet.ballots()
    }

    /// Whether a voter has answered for every stage that is left.
    pub fn is_done(&self, voter: Voter) -> bool {
        let ballot = self.ballot(voter);
        self.sheet
            .live()
            .all(|stage| ballot.contains_key(&stage.id))
    }
}

/// Of points in order. Exact: the middle of two halves is a quarter at the finest.
fn median(sorted: &[Score]) -> Option<Hundredths> {
    let halves = |place: usize| sorted.get(place).map(|point| i32::from(point.halves()));
    let upper = sorted.len() / 2;
    let lower = sorted.len().checked_sub(1)? / 2;
    Some(Hundredths((halves(lower)? + halves(upper)?) * 25))
}

/// The standard deviation of all points (of the whole, not of a sample), rounded to hundredths, up from the middle. In whole
/// numbers, so that every machine finds the same.
fn spread(points: &[Score]) -> Option<Hundredths> {
    let count = u64::try_from(points.len())
        .ok()
        .filter(|count| *count > 0)?;
    let sum: i64 = points.iter().map(|point| i64::from(point.halves())).sum();
    let squares = points
        .iter()
        .map(|point| u64::from(point.halves().unsigned_abs()).pow(2));
    // In halves the variance is `apart` / count². With at most 10,000 voters (ROLE-4) nothing here comes near 64 bits.
    let apart = count * squares.sum::<u64>() - sum.unsigned_abs().pow(2);
    // k is the rounded 50·√apart/count where (2k − 1)·count ≤ 100·√apart.
    let hundredths = ((10_000 * apart).isqrt() / count).div_ceil(2);
    i32::try_from(hundredths).ok().map(Hundredths)
}

impl Workshop {
    /// The server has made the secret that `commitment` names.
    pub(in crate::fold) fn begin_emotion_round(
        &mut self,
        actor: Actor,
        setup: &EmotionSetup,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let refuse = |why: &str| Err(Refusal::new("EMO-1", why));
        if commitment.is_none() {
            return refuse("an emotion round is anonymous and has a secret");
        }
        let stages = self.frozen_stages(setup.stages.as_deref());
        if stages.is_empty() {
            return refuse("the map has none of these stages");
        }
        let subject = Subject::Emotions(Emotions {
            setup: setup.clone(),
            sheet: Sheet::new(stages),
        });
        self.open(subject, commitment)
    }

    /// "This stage feels so to me now": said again it replaces what was said before.
    pub(in crate::fold) fn feel(
        &mut self,
        actor: Actor,
        id: RoundId,
        stage: &str,
        score: Option<Score>,
    ) -> Result<Effects, Refusal> {
        let (seq, voter) = (self.seq, self.voter(actor, id, "EMO-2")?);
        let round = self.round_to_answer(id)?;
        let refuse = |rule: &str, why: &str| Err(Refusal::new(rule, why));
        let Subject::Emotions(asked) = &mut round.subject else {
            return refuse("EMO-2", "this round asks for dots, not for feelings");
        };
        match asked.sheet.target(stage) {
            None => return refuse("EMO-3", "that stage is not in this round"),
            Some(target) if target.withdrawn => {
                return refuse("EMO-3", "that stage was deleted");
            }
            Some(_) => {}
        }
        asked.sheet.mark(voter, stage, score, seq);
        Ok(super::answered(voter, false))
    }

    /// The stages a round is about, as the map is now.
    fn frozen_stages(&self, named: Option<&[String]>) -> Vec<Target> {
        let map = map::read(&self.doc().transact());
        let named: Option<BTreeSet<&str>> =
            named.map(|ids| ids.iter().map(String::as_str).collect());
        let asked = |stage: &&map::Stage| {
            let in_list = |ids: &BTreeSet<&str>| ids.contains(stage.id.as_str());
            named.as_ref().is_none_or(in_list)
        };
        let asked = map.stages.iter().filter(asked);
        asked
            .map(|stage| Target::frozen(&stage.id, &stage.title))
            .collect()
    }
}
