//! A sheet: what a round asks about, and what each voter has marked on it. The same for dots on cards and for feelings about stages.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use crate::limits;
use crate::round::Voter;

/// A card or stage of a round.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Target {
    /// Its id.
    #[n(0)]
    pub id: String,
    /// What it said when the round opened, for when it is gone.
    #[n(1)]
    pub text: String,
    /// It was deleted while the round was open: what was marked on it went back to the voters (VOTE-6, EMO-3).
    #[n(2)]
    pub withdrawn: bool,
}

impl Target {
    /// As it is now.
    pub(super) fn frozen(id: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            text: text.chars().take(limits::TARGET_CHARS).collect(),
            withdrawn: false,
        }
    }
}

/// What a voter said of one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Mark<T> {
    #[n(0)]
    value: T,
    /// The record that says so: all that a snapshot of an open round keeps of it (FOLD-3).
    #[n(1)]
    seq: u64,
}

/// What is asked about, and every ballot.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Sheet<T> {
    /// Frozen when the round opened, in the order of the map.
    #[n(0)]
    targets: Vec<Target>,
    /// Marks by voter and target; a voter without a mark has no entry.
    #[n(1)]
    ballots: BTreeMap<Voter, BTreeMap<String, Mark<T>>>,
}

impl<T: Copy> Sheet<T> {
    pub(super) fn new(targets: Vec<Target>) -> Self {
        Self {
            targets,
            ballots: BTreeMap::new(),
        }
    }

    pub(super) fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The targets that were not withdrawn.
    pub(super) fn live(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(|target| !target.withdrawn)
    }

    pub(super) fn target(&self, id: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// What a voter has marked.
    pub(super) fn ballot(&self, voter: Voter) -> BTreeMap<String, T> {
        self.ballots.get(&voter).map(values).unwrap_or_default()
    }

    pub(super) fn ballots(&self) -> impl Iterator<Item = (Voter, BTreeMap<String, T>)> {
        self.ballots
            .iter()
            .map(|(voter, ballot)| (*voter, values(ballot)))
    }

    /// What all voters marked on one target, in the order of voters.
    pub(super) fn marks(&self, id: &str) -> impl Iterator<Item = T> {
        let marks = self.ballots.values().filter_map(move |one| one.get(id));
        marks.map(|mark| mark.value)
    }

    /// How many have marked anything.
    pub(super) fn voters(&self) -> usize {
        self.ballots.len()
    }

    /// Record `seq` says this of a target; `None` takes back what an earlier one said.
    pub(super) fn mark(&mut self, voter: Voter, id: &str, value: Option<T>, seq: u64) {
        let ballot = self.ballots.entry(voter).or_default();
        match value {
            Some(value) => drop(ballot.insert(id.to_owned(), Mark { value, seq })),
            None => drop(ballot.remove(id)),
        }
        if ballot.is_empty() {
            self.ballots.remove(&voter);
        }
    }

    /// The records that the ballots stand on.
    pub(super) fn records(&self) -> impl Iterator<Item = u64> {
        let marks = self.ballots.values().flat_map(BTreeMap::values);
        marks.map(|mark| mark.seq)
    }

    /// The same question without an answer.
    pub(super) fn blank(&self) -> Self {
        Self::new(self.targets.clone())
    }

    /// Gives back what a snapshot left to record `seq`. Says whether that belongs here.
    pub(super) fn refill(&mut self, voter: Voter, id: &str, value: T, seq: u64) -> bool {
        let belongs = self.target(id).is_some_and(|target| !target.withdrawn);
        if belongs {
            self.mark(voter, id, Some(value), seq);
        }
        belongs
    }

    /// Forgets every ballot.
    pub(super) fn clear(&mut self) {
        self.ballots.clear();
    }

    /// Withdraws the targets that are not among these, and takes back in those that are there again. Says whether anything
    /// changed.
    pub(super) fn withdraw_all_but(&mut self, here: &BTreeSet<String>) -> bool {
        let mut changed = false;
        for target in &mut self.targets {
            let withdrawn = !here.contains(&target.id);
            if withdrawn == target.withdrawn {
                continue;
            }
            changed = true;
            target.withdrawn = withdrawn;
            for ballot in self.ballots.values_mut() {
                ballot.remove(&target.id);
            }
        }
        self.ballots.retain(|_, ballot| !ballot.is_empty());
        changed
    }
}

fn values<T: Copy>(ballot: &BTreeMap<String, Mark<T>>) -> BTreeMap<String, T> {
    let marks = ballot.iter();
    marks.map(|(id, mark)| (id.clone(), mark.value)).collect()
}
