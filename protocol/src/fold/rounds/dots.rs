//! Dot voting (VOTE). A tally is the sum of ballots and is kept nowhere.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};
use yrs::Transact as _;

use super::sheet::{Sheet, Target};
use super::{Effects, Refusal, RoundState, Subject, Workshop};
use crate::limits;
use crate::map::{self, LaneKind, schema::Collection};
use crate::record::Actor;
use crate::round::{Commitment, RoundId, RoundSetup, Targets, Visibility, Voter};

/// What a round of dot voting has beside its course.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Dots {
    /// As it was opened: nothing changes it (VOTE-1).
    #[n(0)]
    pub setup: RoundSetup,
    /// The round whose tie it settles (VOTE-8).
    #[n(1)]
    pub run_off_of: Option<RoundId>,
    #[n(2)]
    pub(super) sheet: Sheet<u8>,
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

impl Dots {
    /// The cards, frozen when the round opened, in the order of the map.
    pub fn targets(&self) -> &[Target] {
        self.sheet.targets()
    }

    /// The targets with their dots, most first; equal ones in the order of the map. Withdrawn ones are left out.
    ///
    /// Only for whoever may see it: while a secret round is open that is nobody.
    pub fn standings(&self) -> Vec<Standing<'_>> {
        let mut standings: Vec<_> = self
            .sheet
            .live()
            .map(|target| {
                let count = |(dots, voters), n| (dots + u32::from(n), voters + 1);
                let (dots, voters) = self.sheet.marks(&target.id).fold((0, 0), count);
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

    /// What a voter has placed, by card.
    pub fn ballot(&self, voter: Voter) -> BTreeMap<String, u8> {
        self.sheet.ballot(voter)
    }

    /// All ballots: for whoever may see them, once the round is closed.
    pub fn ballots(&self) -> impl Iterator<Item = (Voter, BTreeMap<String, u8>)> {
        self.sheet.ballots()
    }

    /// Dots a voter has left.
    pub fn left(&self, voter: Voter) -> u8 {
        let placed = self.ballot(voter).into_values();
        self.setup.dots.saturating_sub(sum(placed))
    }
}

fn sum(dots: impl Iterator<Item = u8>) -> u8 {
    dots.fold(0, u8::saturating_add)
}

impl Workshop {
    /// The server has made the secret that `commitment` names; without one the round has names.
    pub(in crate::fold) fn begin_round(
        &mut self,
        actor: Actor,
        setup: &RoundSetup,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let targets = self.frozen_cards(&setup.targets);
        self.open_dots(setup.clone(), targets, commitment, None)
    }

    /// A new round on the cards that share a rank in an earlier one (VOTE-8).
    pub(in crate::fold) fn begin_run_off(
        &mut self,
        actor: Actor,
        of: RoundId,
        rank: u32,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        let refuse = |why: &str| Err(Refusal::new("VOTE-8", why));
        let round = self.round(of)?;
        let Subject::Dots(dots) = &round.subject else {
            return refuse("a run-off settles a tie of dots, and an emotion round has none");
        };
        if !matches!(round.state, RoundState::Closed(_)) {
            return refuse("a run-off follows a closed round");
        }
        let standings = dots.standings();
        let at_rank = standings.iter().filter(|standing| standing.rank == rank);
        let tied: BTreeSet<&str> = at_rank
            .map(|standing| standing.target.id.as_str())
            .collect();
        let tied = |target: &&Target| tied.contains(target.id.as_str());
        let mut targets: Vec<_> = dots.targets().iter().filter(tied).cloned().collect();
        let setup = dots.setup.clone();
        let here = self.entries_here(Collection::Cards, &targets);
        targets.retain(|target| here.contains(&target.id));
        if targets.len() < 2 {
            return refuse("no cards are tied at that rank");
        }
        self.open_dots(setup, targets, commitment, Some(of))
    }

    fn open_dots(
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
            let (most, count) = (limits::TARGETS, targets.len());
            return refuse(format!(
                "a round is about 1 to {most} cards; these are {count}"
            ));
        }
        let subject = Subject::Dots(Dots {
            setup,
            run_off_of,
            sheet: Sheet::new(targets),
        });
        self.open(subject, commitment)
    }

    /// "My dots on this card are `dots` now": said twice it is the same, and what two tabs say of two cards adds up.
    pub(in crate::fold) fn vote(
        &mut self,
        actor: Actor,
        id: RoundId,
        card: &str,
        dots: u8,
    ) -> Result<Effects, Refusal> {
        let (seq, voter) = (self.seq, self.voter(actor, id, "VOTE-2")?);
        let round = self.round_to_answer(id)?;
        let refuse = |rule: &str, why: &str| Err(Refusal::new(rule, why));
        let Subject::Dots(asked) = &mut round.subject else {
            return refuse("VOTE-1", "this round asks for feelings, not for dots");
        };
        match asked.sheet.target(card) {
            None => return refuse("VOTE-1", "that card is not in this round"),
            Some(target) if target.withdrawn => {
                return refuse("VOTE-6", "that card was deleted");
            }
            Some(_) => {}
        }
        let most = asked.setup.most_per_card;
        if dots > most {
            let why = format!("a card takes at most {most} of your dots");
            return refuse("VOTE-3", &why);
        }
        let others = asked.ballot(voter).into_iter().filter(|(on, _)| on != card);
        let placed = sum(others.map(|(_, dots)| dots));
        let allotted = asked.setup.dots;
        if placed.saturating_add(dots) > allotted {
            let why = format!("you have {allotted} dots, and all are placed");
            return refuse("VOTE-3", &why);
        }
        let live = asked.setup.visibility == Visibility::Live;
        let dots = Some(dots).filter(|dots| *dots > 0);
        asked.sheet.mark(voter, card, dots, seq);
        Ok(super::answered(voter, live))
    }

    /// The cards a round is about, as the map is now.
    fn frozen_cards(&self, targets: &Targets) -> Vec<Target> {
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
        let asked = map.cards.iter().filter(|card| asked(card));
        asked
            .map(|card| Target::frozen(&card.id, &card.text))
            .collect()
    }
}
