//! Rounds of dot voting (VOTE). A ballot is what one voter has placed; a tally is the sum of ballots and is kept nowhere.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use yrs::{Map as _, ReadTxn as _, Transact as _};

use super::{Concerned, Effects, Refusal, Workshop};
use crate::id::ParticipantId;
use crate::limits;
use crate::map::{self, LaneKind, schema::Collection};
use crate::record::Actor;
use crate::round::{Commitment, RoundId, RoundSetup, Targets, Visibility, Voter};

/// One round, open or over. All rounds of a map are kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Round {
    /// Its number.
    #[n(0)]
    pub id: RoundId,
    /// As it was opened: nothing changes it (VOTE-1).
    #[n(1)]
    pub setup: RoundSetup,
    /// The cards, frozen when it opened, in the order of the map.
    #[n(2)]
    pub targets: Vec<Target>,
    /// When it opened last, in milliseconds since 1970 UTC.
    #[n(3)]
    pub opened: u64,
    /// When it closes by itself.
    #[n(4)]
    pub deadline: Option<u64>,
    /// Open, closed or cancelled.
    #[n(5)]
    pub state: RoundState,
    /// The round whose tie it settles (VOTE-8).
    #[n(6)]
    pub run_off_of: Option<RoundId>,
    /// Names the secret of an anonymous round (VOTE-10).
    #[n(7)]
    pub commitment: Option<Commitment>,
    #[n(8)]
    ballots: BTreeMap<Voter, BTreeMap<String, u8>>,
}

/// What became of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum RoundState {
    /// Votes are taken.
    #[n(0)]
    Open,
    /// Its result shows, since this time in milliseconds since 1970 UTC.
    #[n(1)]
    Closed(#[n(0)] u64),
    /// It has no result, since this time.
    #[n(2)]
    Cancelled(#[n(0)] u64),
}

/// A card that can be voted for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Target {
    /// The card's id.
    #[n(0)]
    pub card: String,
    /// What it said when the round opened, for when it is gone.
    #[n(1)]
    pub text: String,
    /// The card was deleted while the round was open: its dots went back to their voters (VOTE-6).
    #[n(2)]
    pub withdrawn: bool,
}

/// A target's place in the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The card.
    pub target: &'a Target,
    /// All dots on it.
    pub dots: u32,
    /// How many voters placed one or more.
    pub voters: u32,
    /// 1 for the most dots; equal dots share a rank, and the ranks they take are left out after them (VOTE-8).
    pub rank: u32,
}

impl Round {
    /// Whether votes are taken.
    pub fn is_open(&self) -> bool {
        self.state == RoundState::Open
    }

    /// The targets with their dots, most first; equal ones in the order of the map. Withdrawn ones are left out.
    ///
    /// Only for whoever may see it: while a secret round is open that is nobody.
    pub fn standings(&self) -> Vec<Standing<'_>> {
        let count = |card: &str| {
            let placed = self.ballots.values().filter_map(|ballot| ballot.get(card));
            placed.fold((0, 0), |(dots, voters), n| {
                (dots + u32::from(*n), voters + 1)
            })
        };
        let live = self.targets.iter().filter(|target| !target.withdrawn);
        let mut standings: Vec<_> = live
            .map(|target| {
                let (dots, voters) = count(&target.card);
                Standing {
                    target,
                    dots,
                    voters,
                    rank: 0,
                }
            })
            .collect();
        // A stable sort: ties stay in the order of the map.
        standings.sort_by_key(|standing| std::cmp::Reverse(standing.dots));
        let mut rank = (0, u32::MAX);
        for (place, standing) in (1..).zip(&mut standings) {
            if standing.dots != rank.1 {
                rank = (place, standing.dots);
            }
            standing.rank = rank.0;
        }
        standings
    }

    /// What a voter has placed.
    pub fn ballot(&self, voter: Voter) -> Option<&BTreeMap<String, u8>> {
        self.ballots.get(&voter)
    }

    /// All ballots: for whoever may see them, once the round is closed.
    pub fn ballots(&self) -> &BTreeMap<Voter, BTreeMap<String, u8>> {
        &self.ballots
    }

    /// How many have voted.
    pub fn voters(&self) -> usize {
        self.ballots.len()
    }

    /// Dots a voter has left.
    pub fn left(&self, voter: Voter) -> u8 {
        let placed = self.ballots.get(&voter).map_or(0, placed);
        self.setup.dots.saturating_sub(placed)
    }

    fn take_back(&mut self, card: &str) {
        for ballot in self.ballots.values_mut() {
            ballot.remove(card);
        }
        self.ballots.retain(|_, ballot| !ballot.is_empty());
    }
}

fn sound(setup: &RoundSetup) -> Result<(), Refusal> {
    setup
        .flaw()
        .map_or(Ok(()), |why| Err(Refusal::new("VOTE-11", why)))
}

fn placed(ballot: &BTreeMap<String, u8>) -> u8 {
    ballot.values().fold(0, |sum, n| sum.saturating_add(*n))
}

/// A round opened or ended: the view of everyone and each voter's own.
fn everyone_and_voters() -> Effects {
    Effects {
        shared: true,
        personal: Concerned::Everyone,
        ..Effects::default()
    }
}

impl Workshop {
    /// Every round there was, in the order of opening.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// The round that takes votes now.
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds.iter().find(|round| round.is_open())
    }

    /// Whether this participant may vote in a round.
    pub fn may_vote(&self, round: &Round, who: ParticipantId) -> bool {
        self.participant(who)
            .is_some_and(|person| round.setup.roles.contains(&person.role))
    }

    fn round(&mut self, id: RoundId) -> Result<&mut Round, Refusal> {
        let round = self.rounds.iter_mut().find(|round| round.id == id);
        round.ok_or_else(|| Refusal::new("VOTE-11", "there is no such round"))
    }

    /// The server has made the secret that `commitment` names; without one the round has names.
    pub(super) fn begin_round(
        &mut self,
        actor: Actor,
        setup: &RoundSetup,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        // Before the map is searched for them: a list without end would hold up the room.
        sound(setup)?;
        let targets = self.frozen(&setup.targets);
        self.open(setup.clone(), targets, commitment, None)
    }

    /// A new round on the cards that share a rank in an earlier one (VOTE-8).
    pub(super) fn begin_run_off(
        &mut self,
        actor: Actor,
        of: RoundId,
        rank: u32,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let round = self.round(of)?;
        if !matches!(round.state, RoundState::Closed(_)) {
            return Err(Refusal::new("VOTE-8", "a run-off follows a closed round"));
        }
        let tied: BTreeSet<String> = round
            .standings()
            .iter()
            .filter(|standing| standing.rank == rank)
            .map(|standing| standing.target.card.clone())
            .collect();
        let setup = round.setup.clone();
        let mut targets = round.targets.clone();
        targets.retain(|target| tied.contains(&target.card));
        let here = self.cards_here(targets.iter().map(|target| target.card.as_str()));
        targets.retain(|target| here.contains(&target.card));
        if targets.len() < 2 {
            return Err(Refusal::new("VOTE-8", "no cards are tied at that rank"));
        }
        self.open(setup, targets, commitment, Some(of))
    }

    fn open(
        &mut self,
        setup: RoundSetup,
        targets: Vec<Target>,
        commitment: Option<Commitment>,
        run_off_of: Option<RoundId>,
    ) -> Result<Effects, Refusal> {
        let refuse = |why: String| Err(Refusal::new("VOTE-11", why));
        if setup.anonymous != commitment.is_some() {
            return refuse("an anonymous round has a secret, and no other has".to_owned());
        }
        if targets.is_empty() || targets.len() > limits::TARGETS {
            let most = limits::TARGETS;
            return refuse(format!(
                "a round is about 1 to {most} cards; these are {}",
                targets.len()
            ));
        }
        if self.rounds.len() >= limits::ROUNDS {
            return refuse(format!("a map keeps at most {} rounds", limits::ROUNDS));
        }
        self.nothing_else_open()?;
        let number = self.rounds.last().map_or(0, |round| round.id.0) + 1;
        self.rounds.push(Round {
            id: RoundId(number),
            targets,
            opened: self.at,
            deadline: self.round_deadline(&setup),
            state: RoundState::Open,
            run_off_of,
            commitment,
            ballots: BTreeMap::new(),
            setup,
        });
        Ok(everyone_and_voters())
    }

    fn nothing_else_open(&self) -> Result<(), Refusal> {
        if self.open_round().is_some() {
            let why = "a round is open: close or cancel it first";
            return Err(Refusal::new("VOTE-11", why));
        }
        Ok(())
    }

    fn round_deadline(&self, setup: &RoundSetup) -> Option<u64> {
        setup
            .seconds
            .map(|seconds| self.at + u64::from(seconds) * 1000)
    }

    /// "My dots on this card are `dots` now": said twice it is the same, and what two tabs say of two cards adds up.
    pub(super) fn vote(
        &mut self,
        actor: Actor,
        id: RoundId,
        card: &str,
        dots: u8,
    ) -> Result<Effects, Refusal> {
        let voter = self.voter(actor, id)?;
        let round = self.round(id)?;
        if !round.is_open() {
            return Err(Refusal::new("VOTE-7", "this round is over"));
        }
        let target = round.targets.iter().find(|target| target.card == card);
        let target =
            target.ok_or_else(|| Refusal::new("VOTE-1", "that card is not in this round"))?;
        if target.withdrawn {
            return Err(Refusal::new("VOTE-6", "that card was deleted"));
        }
        if dots > round.setup.most_per_card {
            let why = format!(
                "a card takes at most {} of your dots",
                round.setup.most_per_card
            );
            return Err(Refusal::new("VOTE-3", why));
        }
        let ballot = round.ballots.entry(voter).or_default();
        let before = ballot.get(card).copied().unwrap_or(0);
        let after = placed(ballot).saturating_sub(before).saturating_add(dots);
        let allotted = round.setup.dots;
        let outcome = if after > allotted {
            let why = format!("you have {allotted} dots, and all are placed");
            Err(Refusal::new("VOTE-3", why))
        } else {
            if dots == 0 {
                ballot.remove(card);
            } else {
                ballot.insert(card.to_owned(), dots);
            }
            Ok(())
        };
        if ballot.is_empty() {
            round.ballots.remove(&voter);
        }
        outcome?;
        let live = self.round(id)?.setup.visibility == Visibility::Live;
        Ok(Effects {
            shared: live,
            personal: match voter {
                Voter::Named(who) => Concerned::One(who),
                Voter::Pseudonym(pseudonym) => Concerned::Behind(pseudonym),
            },
            ..Effects::default()
        })
    }

    fn voter(&mut self, actor: Actor, id: RoundId) -> Result<Voter, Refusal> {
        let opening = self.round(id)?.commitment;
        let anonymous = opening.is_some();
        match actor {
            // The room has checked who stands behind it; nobody else can act under one.
            Actor::Pseudonym(pseudonym) if opening.is_some_and(|one| pseudonym.is_of(one)) => {
                Ok(Voter::Pseudonym(pseudonym))
            }
            Actor::Participant(who) if !anonymous => {
                let allowed = self
                    .rounds
                    .iter()
                    .any(|round| round.id == id && self.may_vote(round, who));
                if allowed {
                    Ok(Voter::Named(who))
                } else {
                    Err(Refusal::new("VOTE-2", "you have no ballot in this round"))
                }
            }
            Actor::Pseudonym(_)
            | Actor::Participant(_)
            | Actor::Server
            | Actor::Host
            | Actor::Anonymous => Err(Refusal::new("VOTE-2", "you have no ballot in this round")),
        }
    }

    pub(super) fn close_round(&mut self, actor: Actor, id: RoundId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.end_round(id, RoundState::Closed(self.at))
    }

    pub(super) fn cancel_round(&mut self, actor: Actor, id: RoundId) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.end_round(id, RoundState::Cancelled(self.at))
    }

    fn end_round(&mut self, id: RoundId, state: RoundState) -> Result<Effects, Refusal> {
        let round = self.round(id)?;
        if !round.is_open() {
            return Err(Refusal::new("VOTE-9", "this round is over already"));
        }
        round.state = state;
        if matches!(state, RoundState::Cancelled(_)) {
            // What nobody was to learn is not kept.
            round.ballots.clear();
        }
        self.forget_pseudonyms();
        Ok(everyone_and_voters())
    }

    /// A round with names goes on with its ballots. An anonymous one begins anew under a new secret: the one its ballots were keyed
    /// by is gone, and nobody could find theirs again.
    pub(super) fn reopen_round(
        &mut self,
        actor: Actor,
        id: RoundId,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.nothing_else_open()?;
        let at = self.at;
        let round = self.round(id)?;
        if round.setup.anonymous != commitment.is_some() {
            let why = "an anonymous round has a secret, and no other has";
            return Err(Refusal::new("VOTE-10", why));
        }
        if round.setup.anonymous {
            round.ballots.clear();
        }
        round.state = RoundState::Open;
        round.commitment = commitment;
        round.opened = at;
        let seconds = round.setup.seconds;
        round.deadline = seconds.map(|seconds| at + u64::from(seconds) * 1000);
        self.look_for_targets();
        Ok(everyone_and_voters())
    }

    /// The deadline of the open round, if it has one.
    pub(super) fn round_ends_at(&self) -> Option<u64> {
        self.open_round()?.deadline
    }

    /// The open round closes as of its deadline (VOTE-7).
    pub(super) fn round_is_over(&mut self, deadline: u64) {
        if let Some(round) = self.rounds.iter_mut().find(|round| round.is_open()) {
            round.state = RoundState::Closed(deadline);
        }
        self.forget_pseudonyms();
    }

    /// Nobody acts under the pseudonyms of a round that is over, so nothing of theirs is sent again.
    fn forget_pseudonyms(&mut self) {
        self.answered
            .retain(|actor, _| !matches!(actor, Actor::Pseudonym(_)));
    }

    /// After an edit: withdraws the targets of the open round whose cards are gone, and takes back in what an undo brought back
    /// (VOTE-6). Says whether anything changed.
    pub(super) fn look_for_targets(&mut self) -> bool {
        let Some(open) = self.rounds.iter().position(Round::is_open) else {
            return false;
        };
        let Some(round) = self.rounds.get(open) else {
            return false;
        };
        let here = self.cards_here(round.targets.iter().map(|target| target.card.as_str()));
        let Some(round) = self.rounds.get_mut(open) else {
            return false;
        };
        let mut gone = Vec::new();
        let mut changed = false;
        for target in &mut round.targets {
            let withdrawn = !here.contains(&target.card);
            changed |= withdrawn != target.withdrawn;
            if withdrawn && !target.withdrawn {
                gone.push(target.card.clone());
            }
            target.withdrawn = withdrawn;
        }
        for card in gone {
            round.take_back(&card);
        }
        changed
    }

    /// Which of these cards are in the document, wherever they lie.
    fn cards_here<'a>(&self, ids: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let txn = self.doc().transact();
        let Some(cards) = txn.get_map(Collection::Cards.root()) else {
            return BTreeSet::new();
        };
        ids.filter(|id| cards.contains_key(&txn, id))
            .map(str::to_owned)
            .collect()
    }

    /// The cards a round is about, as the map is now.
    fn frozen(&self, targets: &Targets) -> Vec<Target> {
        let map = map::read(&self.doc().transact());
        let lanes: BTreeSet<&str> = match &targets.lanes {
            Some(lanes) => lanes.iter().map(String::as_str).collect(),
            None => map
                .lanes
                .iter()
                .filter(|lane| lane.kind == LaneKind::Opportunity)
                .map(|lane| lane.id.as_str())
                .collect(),
        };
        let picked: Option<BTreeSet<&str>> = targets
            .cards
            .as_ref()
            .map(|cards| cards.iter().map(String::as_str).collect());
        let asked = |card: &map::Card| {
            if let Some(picked) = &picked {
                return picked.contains(card.id.as_str());
            }
            let in_stage = |stages: &Vec<String>| stages.contains(&card.stage);
            lanes.contains(card.lane.as_str()) && targets.stages.as_ref().is_none_or(in_stage)
        };
        map.cards
            .iter()
            .filter(|card| asked(card))
            .map(|card| Target {
                card: card.id.clone(),
                text: card.text.chars().take(limits::TARGET_CHARS).collect(),
                withdrawn: false,
            })
            .collect()
    }
}
