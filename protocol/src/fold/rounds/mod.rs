//! Rounds: what those of dots (VOTE) and of feelings (EMO) have in common. They share one number space, one place to be open in, and
//! one course: opened, answered, closed or cancelled, perhaps reopened. What is asked and what comes of it: `dots`, `emotions`.

mod dots;
mod emotions;
mod sheet;

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use yrs::{Map as _, ReadTxn as _, Transact as _};

pub use dots::{Dots, Standing};
pub use emotions::{Emotions, Felt};
pub use sheet::Target;

use super::{Concerned, Effects, Refusal, Workshop};
use crate::id::{ParticipantId, Role};
use crate::limits;
use crate::map::schema::Collection;
use crate::record::{Actor, Body, Command, Record};
use crate::round::{Commitment, RoundId, Voter};

/// One round, open or over. All rounds of a map are kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Round {
    /// Its number: no two of a map share one, whatever they are about.
    #[n(0)]
    pub id: RoundId,
    /// When it opened last, in milliseconds since 1970 UTC.
    #[n(1)]
    pub opened: u64,
    /// When it closes by itself.
    #[n(2)]
    pub deadline: Option<u64>,
    /// Open, closed or cancelled.
    #[n(3)]
    pub state: RoundState,
    /// Names the secret of an anonymous round (VOTE-10).
    #[n(4)]
    pub commitment: Option<Commitment>,
    /// What it is about, and what was answered.
    #[n(5)]
    pub subject: Subject,
}

/// What a round is about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Subject {
    /// Dots on cards.
    #[n(0)]
    Dots(#[n(0)] Dots),
    /// Feelings about stages.
    #[n(1)]
    Emotions(#[n(0)] Emotions),
}

/// What became of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum RoundState {
    /// Answers are taken.
    #[n(0)]
    Open,
    /// Its result shows, since this time in milliseconds since 1970 UTC.
    #[n(1)]
    Closed(#[n(0)] u64),
    /// It has no result, since this time.
    #[n(2)]
    Cancelled(#[n(0)] u64),
}

impl Round {
    /// Whether answers are taken.
    pub fn is_open(&self) -> bool {
        self.state == RoundState::Open
    }

    /// Whether nobody can go from a ballot to its voter (VOTE-10).
    pub fn is_anonymous(&self) -> bool {
        match &self.subject {
            Subject::Dots(dots) => dots.setup.anonymous,
            Subject::Emotions(_) => true,
        }
    }

    /// Who may answer.
    pub fn roles(&self) -> &[Role] {
        match &self.subject {
            Subject::Dots(dots) => &dots.setup.roles,
            Subject::Emotions(emotions) => &emotions.setup.roles,
        }
    }

    /// How many have answered.
    pub fn voters(&self) -> usize {
        match &self.subject {
            Subject::Dots(dots) => dots.sheet.voters(),
            Subject::Emotions(emotions) => emotions.sheet.voters(),
        }
    }

    /// Whether a voter has answered anything.
    pub fn has_begun(&self, voter: Voter) -> bool {
        match &self.subject {
            Subject::Dots(dots) => !dots.ballot(voter).is_empty(),
            Subject::Emotions(emotions) => !emotions.ballot(voter).is_empty(),
        }
    }

    /// Whether a voter has nothing left to answer.
    pub fn is_done(&self, voter: Voter) -> bool {
        match &self.subject {
            Subject::Dots(dots) => dots.left(voter) == 0,
            Subject::Emotions(emotions) => emotions.is_done(voter),
        }
    }

    fn seconds(&self) -> Option<u32> {
        match &self.subject {
            Subject::Dots(dots) => dots.setup.seconds,
            Subject::Emotions(emotions) => emotions.setup.seconds,
        }
    }

    /// Answers are taken from now on.
    fn begin(&mut self, at: u64, commitment: Option<Commitment>) {
        self.state = RoundState::Open;
        self.commitment = commitment;
        self.opened = at;
        let seconds = self.seconds().map(u64::from);
        self.deadline = seconds.map(|seconds| at + seconds * 1000);
    }

    /// As a snapshot holds it: while it is open, without a ballot (FOLD-3).
    pub(super) fn kept(&self) -> Self {
        if !self.is_open() {
            return self.clone();
        }
        let subject = match &self.subject {
            Subject::Dots(dots) => Subject::Dots(Dots {
                setup: dots.setup.clone(),
                run_off_of: dots.run_off_of,
                sheet: dots.sheet.blank(),
            }),
            Subject::Emotions(emotions) => Subject::Emotions(Emotions {
                setup: emotions.setup.clone(),
                sheet: emotions.sheet.blank(),
            }),
        };
        Self {
            id: self.id,
            opened: self.opened,
            deadline: self.deadline,
            state: self.state,
            commitment: self.commitment,
            subject,
        }
    }

    /// The records to which a snapshot leaves the ballots (FOLD-3).
    pub(super) fn withheld(&self) -> Vec<u64> {
        match &self.subject {
            _ if !self.is_open() => Vec::new(),
            Subject::Dots(dots) => dots.sheet.records().collect(),
            Subject::Emotions(emotions) => emotions.sheet.records().collect(),
        }
    }

    /// Takes back from a record what a snapshot left to it. Says whether that belongs here.
    pub(super) fn refill(&mut self, record: &Record) -> bool {
        let voter = match (record.actor, self.commitment) {
            (Actor::Participant(who), None) => Voter::Named(who),
            (Actor::Pseudonym(who), Some(opening)) if who.is_of(opening) => Voter::Pseudonym(who),
            _ => return false,
        };
        let (id, seq) = (self.id, record.seq);
        match (&record.body, &mut self.subject) {
            (Body::Command(Command::Vote { round, card, dots }), Subject::Dots(asked)) => {
                *round == id && *dots > 0 && asked.sheet.refill(voter, card, *dots, seq)
            }
            (
                Body::Command(Command::Feel {
                    round,
                    stage,
                    score: Some(score),
                }),
                Subject::Emotions(asked),
            ) => *round == id && asked.sheet.refill(voter, stage, *score, seq),
            _ => false,
        }
    }

    fn clear(&mut self) {
        match &mut self.subject {
            Subject::Dots(dots) => dots.sheet.clear(),
            Subject::Emotions(emotions) => emotions.sheet.clear(),
        }
    }
}

impl Subject {
    fn targets(&self) -> (Collection, &[Target]) {
        match self {
            Subject::Dots(dots) => (Collection::Cards, dots.targets()),
            Subject::Emotions(emotions) => (Collection::Stages, emotions.stages()),
        }
    }

    fn withdraw_all_but(&mut self, here: &BTreeSet<String>) -> bool {
        match self {
            Subject::Dots(dots) => dots.sheet.withdraw_all_but(here),
            Subject::Emotions(emotions) => emotions.sheet.withdraw_all_but(here),
        }
    }
}

fn no_such_round() -> Refusal {
    Refusal::new("VOTE-11", "there is no such round")
}

/// A round opened or ended: the view of everyone and each voter's own.
fn everyone_and_voters() -> Effects {
    Effects {
        shared: true,
        personal: Concerned::Everyone,
        ..Effects::default()
    }
}

/// A voter said something; `live` where everyone sees what comes of it at once.
fn answered(voter: Voter, live: bool) -> Effects {
    Effects {
        shared: live,
        personal: match voter {
            Voter::Named(who) => Concerned::One(who),
            Voter::Pseudonym(pseudonym) => Concerned::Behind(pseudonym),
        },
        ..Effects::default()
    }
}

impl Workshop {
    /// Every round there was, in the order of opening.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// The round of this number.
    pub fn round(&self, id: RoundId) -> Result<&Round, Refusal> {
        let round = self.rounds.iter().find(|round| round.id == id);
        round.ok_or_else(no_such_round)
    }

    /// The round that takes answers now.
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds.iter().find(|round| round.is_open())
    }

    /// Whether this participant may answer in a round.
    pub fn may_vote(&self, round: &Round, who: ParticipantId) -> bool {
        self.participant(who)
            .is_some_and(|person| round.roles().contains(&person.role))
    }

    fn round_mut(&mut self, id: RoundId) -> Result<&mut Round, Refusal> {
        let round = self.rounds.iter_mut().find(|round| round.id == id);
        round.ok_or_else(no_such_round)
    }

    fn round_to_answer(&mut self, id: RoundId) -> Result<&mut Round, Refusal> {
        let round = self.round_mut(id)?;
        if !round.is_open() {
            return Err(Refusal::new("VOTE-7", "this round is over"));
        }
        Ok(round)
    }

    /// Whose ballot this actor's is in a round; `rule` says that it is nobody's.
    fn voter(&self, actor: Actor, id: RoundId, rule: &str) -> Result<Voter, Refusal> {
        let round = self.round(id)?;
        let none = || Refusal::new(rule, "you have no ballot in this round");
        match (actor, round.commitment) {
            // The room has checked who stands behind it; nobody else can act under one.
            (Actor::Pseudonym(pseudonym), Some(opening)) if pseudonym.is_of(opening) => {
                Ok(Voter::Pseudonym(pseudonym))
            }
            (Actor::Participant(who), None) if self.may_vote(round, who) => Ok(Voter::Named(who)),
            (
                Actor::Pseudonym(_)
                | Actor::Participant(_)
                | Actor::Server
                | Actor::Host
                | Actor::Anonymous,
                _,
            ) => Err(none()),
        }
    }

    fn open(
        &mut self,
        subject: Subject,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        if self.rounds.len() >= limits::ROUNDS {
            let why = format!("a map keeps at most {} rounds", limits::ROUNDS);
            return Err(Refusal::new("VOTE-11", why));
        }
        self.nothing_else_open()?;
        let number = self.rounds.last().map_or(0, |round| round.id.0) + 1;
        let mut round = Round {
            id: RoundId(number),
            opened: self.at,
            deadline: None,
            state: RoundState::Open,
            commitment: None,
            subject,
        };
        round.begin(self.at, commitment);
        self.rounds.push(round);
        Ok(everyone_and_voters())
    }

    fn nothing_else_open(&self) -> Result<(), Refusal> {
        if self.open_round().is_some() {
            let why = "a round is open: close or cancel it first";
            return Err(Refusal::new("VOTE-11", why));
        }
        Ok(())
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
        let round = self.round_mut(id)?;
        if !round.is_open() {
            return Err(Refusal::new("VOTE-9", "this round is over already"));
        }
        round.state = state;
        if matches!(state, RoundState::Cancelled(_)) {
            // What nobody was to learn is not kept.
            round.clear();
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
        let round = self.round_mut(id)?;
        if round.is_anonymous() != commitment.is_some() {
            let why = "an anonymous round has a secret, and no other has";
            return Err(Refusal::new("VOTE-10", why));
        }
        if round.is_anonymous() {
            round.clear();
        }
        round.begin(at, commitment);
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

    /// After an edit: withdraws the targets of the open round that are gone from the map, and takes back in what an undo brought
    /// back (VOTE-6, EMO-3). Says whether anything changed.
    pub(super) fn look_for_targets(&mut self) -> bool {
        let Some(round) = self.open_round() else {
            return false;
        };
        let (collection, targets) = round.subject.targets();
        let here = self.entries_here(collection, targets);
        let open = self.rounds.iter_mut().find(|round| round.is_open());
        open.is_some_and(|round| round.subject.withdraw_all_but(&here))
    }

    /// Which of these are in the document, wherever they lie.
    fn entries_here(&self, collection: Collection, targets: &[Target]) -> BTreeSet<String> {
        let txn = self.doc().transact();
        let Some(entries) = txn.get_map(collection.root()) else {
            return BTreeSet::new();
        };
        let ids = targets.iter().map(|target| &target.id);
        ids.filter(|id| entries.contains_key(&txn, id))
            .cloned()
            .collect()
    }
}
