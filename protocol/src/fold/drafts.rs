//! Brainstorms (DRAFT): what people write for themselves until all of it is shown at once (`reveal`) or thrown away.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use yrs::Transact as _;

use super::{Concerned, Effects, Refusal, Workshop};
use crate::agenda::Mode;
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::guard::{Held, Lock};
use crate::id::ParticipantId;
use crate::limits;
use crate::map::{self, LaneKind, Places};
use crate::record::{Actor, Body, Command, Record};

/// The brainstorm that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Brainstorm {
    /// As it began: nothing changes it (DRAFT-1).
    #[n(0)]
    pub setup: BrainstormSetup,
    /// When it began, in milliseconds since 1970 UTC.
    #[n(1)]
    pub began: u64,
    /// What the cards of each lane were then, for when a lane is gone (DRAFT-5).
    #[n(2)]
    pub(super) kinds: BTreeMap<String, LaneKind>,
    /// By writer, each one's in the order of writing. Nobody is in it without a draft.
    #[n(3)]
    pub(super) drafts: BTreeMap<ParticipantId, Vec<Written>>,
}

/// A card that only its writer sees.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Written {
    /// Its writer's name for it.
    #[n(0)]
    pub id: DraftId,
    /// The lane's id.
    #[n(1)]
    pub lane: String,
    /// The stage's id.
    #[n(2)]
    pub stage: String,
    /// What it says.
    #[n(3)]
    pub text: String,
    /// The record that said it first: its place in the order of writing.
    #[n(4)]
    first: u64,
    /// The record that says so. All that a snapshot keeps of it are these two numbers (FOLD-3).
    #[n(5)]
    seq: u64,
}

impl Written {
    fn new(id: &DraftId, (lane, stage): (&str, &str), text: &str, seq: u64) -> Self {
        Self {
            id: id.clone(),
            lane: lane.to_owned(),
            stage: stage.to_owned(),
            text: text.to_owned(),
            first: seq,
            seq,
        }
    }

    fn says(&self, (lane, stage): (&str, &str), text: &str) -> bool {
        (self.lane.as_str(), self.stage.as_str(), self.text.as_str()) == (lane, stage, text)
    }

    /// Says something else in the same place of the order.
    fn rewrite(&mut self, later: Self) {
        let first = self.first;
        *self = Self { first, ..later };
    }
}

impl Brainstorm {
    /// One writer's drafts, in the order of writing.
    pub fn drafts_of(&self, who: ParticipantId) -> &[Written] {
        self.drafts.get(&who).map_or(&[], Vec::as_slice)
    }

    /// What the cards of a lane were when it began.
    pub fn kind_of(&self, lane: &str) -> Option<LaneKind> {
        self.kinds.get(lane).copied()
    }

    /// Who has written something.
    pub fn writers(&self) -> impl Iterator<Item = ParticipantId> {
        self.drafts.keys().copied()
    }

    /// How many drafts there are.
    pub fn len(&self) -> usize {
        self.drafts.values().map(Vec::len).sum()
    }

    /// Whether nobody has written anything.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    fn begun(setup: BrainstormSetup, at: u64, places: Places) -> Self {
        let kinds = places.lanes.into_iter().map(|lane| (lane.id, lane.kind));
        Self {
            setup,
            began: at,
            kinds: kinds.collect(),
            drafts: BTreeMap::new(),
        }
    }

    /// As a snapshot holds it: without a draft (FOLD-3).
    pub(super) fn kept(&self) -> Self {
        Self {
            setup: self.setup.clone(),
            began: self.began,
            kinds: self.kinds.clone(),
            drafts: BTreeMap::new(),
        }
    }

    /// The records to which a snapshot leaves the drafts: of each the one that says it, and the one that gives it its place.
    pub(super) fn withheld(&self) -> impl Iterator<Item = u64> {
        let drafts = self.drafts.values().flatten();
        drafts.flat_map(|one| [one.first, one.seq])
    }

    /// Takes back from a record what a snapshot left to it. Says whether that belongs here.
    pub(super) fn refill(&mut self, record: &Record) -> bool {
        let Actor::Participant(who) = record.actor else {
            return false;
        };
        let Body::Command(Command::WriteDraft {
            draft,
            lane,
            stage,
            text,
        }) = &record.body
        else {
            return false;
        };
        let written = Written::new(draft, (lane, stage), text, record.seq);
        let own = self.drafts.entry(who).or_default();
        match own.iter_mut().find(|one| one.id == *draft) {
            Some(one) if one.seq < record.seq => one.rewrite(written),
            Some(one) => one.first = one.first.min(record.seq),
            None => own.push(written),
        }
        own.sort_by_key(|one| one.first);
        true
    }

    /// Whether one more draft of this length may be kept beside those there are, `instead` of one of the writer's own (DRAFT-2).
    fn has_room(
        &self,
        who: ParticipantId,
        bytes: usize,
        instead: Option<&Written>,
    ) -> Result<(), Refusal> {
        let refuse = |why: String| Err(Refusal::new("DRAFT-2", why));
        let held = |drafts: &[Written]| drafts.iter().map(|one| one.text.len()).sum::<usize>();
        let (more, freed) = match instead {
            Some(before) => (0, before.text.len()),
            None => (1, 0),
        };
        let own = self.drafts_of(who);
        if own.len() + more > limits::DRAFTS || held(own) + bytes - freed > limits::DRAFT_BYTES {
            let (most, kib) = (limits::DRAFTS, limits::DRAFT_BYTES / 1024);
            return refuse(format!(
                "everyone can write up to {most} cards of {kib} KiB together; drop one first"
            ));
        }
        let all: usize = self.drafts.values().map(|drafts| held(drafts)).sum();
        if self.len() + more > limits::ALL_DRAFTS || all + bytes - freed > limits::ALL_DRAFT_BYTES {
            return refuse("this brainstorm is full: nothing more can be written".to_owned());
        }
        Ok(())
    }
}

fn not_under_way(rule: &str) -> Refusal {
    Refusal::new(rule, "no brainstorm is under way")
}

/// It began or ended: the view of everyone, each writer's own, and the facilitators'.
pub(super) fn everyone() -> Effects {
    Effects {
        shared: true,
        personal: Concerned::Everyone,
        ..Effects::default()
    }
}

impl Workshop {
    /// The brainstorm that is under way.
    pub fn brainstorm(&self) -> Option<&Brainstorm> {
        self.brainstorm.as_ref()
    }

    pub(super) fn places(&self) -> Places {
        map::places(&self.doc().transact())
    }

    fn brainstorm_under_way(&mut self, rule: &str) -> Result<&mut Brainstorm, Refusal> {
        self.brainstorm.as_mut().ok_or_else(|| not_under_way(rule))
    }

    pub(super) fn start_brainstorm(
        &mut self,
        actor: Actor,
        setup: &BrainstormSetup,
    ) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        if self.brainstorm.is_some() {
            let why = "a brainstorm is under way: reveal or discard what was written in it first";
            return Err(Refusal::new("DRAFT-1", why));
        }
        let begun = Brainstorm::begun(setup.clone(), self.at, self.places());
        self.brainstorm = Some(begun);
        Ok(everyone())
    }

    /// A step has begun: if it is a brainstorm and none is under way, one is now. Says whether one began.
    pub(super) fn brainstorm_with_step(&mut self) -> bool {
        if self.brainstorm.is_some() {
            return false;
        }
        let begun = self.current_step().and_then(|(current, step)| {
            (step.mode == Mode::Brainstorm).then(|| {
                let setup = BrainstormSetup {
                    prompt: step.title.clone(),
                    focus: step.focus.clone(),
                    signed: step.signed,
                };
                Brainstorm::begun(setup, current.began, self.places())
            })
        });
        self.brainstorm = begun;
        self.brainstorm.is_some()
    }

    /// "This is my card": a new one, or other words in another place for one there is.
    pub(super) fn write_draft(
        &mut self,
        actor: Actor,
        id: &DraftId,
        lane: &str,
        stage: &str,
        text: &str,
    ) -> Result<Effects, Refusal> {
        let refuse = |why: String| Err(Refusal::new("DRAFT-2", why));
        let who = self.somebody_at_work(actor, "DRAFT-2")?;
        let everything = |lock: &Lock<'_>| lock.held == Held::Everything;
        if let Some(lock) = self.lock_for(actor).filter(everything) {
            return Err(lock.refusal());
        }
        let places = self.places();
        let seq = self.seq;
        let brainstorm = self.brainstorm_under_way("DRAFT-2")?;
        if places.lane(lane).is_none() || !places.has_stage(stage) {
            return refuse("that place is not in the map any more".to_owned());
        }
        if !brainstorm.setup.focus.holds(stage, lane) {
            return refuse("this brainstorm is about other places of the map".to_owned());
        }
        let before = brainstorm.drafts_of(who).iter().find(|one| one.id == *id);
        // Said again it is the same, and stands on the record that said it first.
        if before.is_some_and(|one| one.says((lane, stage), text)) {
            return Ok(Effects::default());
        }
        brainstorm.has_room(who, text.len(), before)?;
        let written = Written::new(id, (lane, stage), text, seq);
        let own = brainstorm.drafts.entry(who).or_default();
        match own.iter_mut().find(|one| one.id == *id) {
            Some(one) => one.rewrite(written),
            None => own.push(written),
        }
        Ok(only(who))
    }

    /// Whoever wrote it may always take it back, an observer by now included.
    pub(super) fn drop_draft(&mut self, actor: Actor, id: &DraftId) -> Result<Effects, Refusal> {
        let who = self.somebody(actor, "DRAFT-2")?;
        let brainstorm = self.brainstorm_under_way("DRAFT-2")?;
        let own = brainstorm.drafts.entry(who).or_default();
        let before = own.len();
        own.retain(|one| one.id != *id);
        let (dropped, none_left) = (own.len() < before, own.is_empty());
        if none_left {
            brainstorm.drafts.remove(&who);
        }
        // Dropped twice it is gone all the same.
        Ok(if dropped {
            only(who)
        } else {
            Effects::default()
        })
    }

    pub(super) fn discard_drafts(&mut self, actor: Actor) -> Result<Effects, Refusal> {
        self.may_facilitate(actor)?;
        self.brainstorm_under_way("DRAFT-6")?;
        self.brainstorm = None;
        Ok(everyone())
    }

    /// What somebody removed has written goes with them (DRAFT-3).
    pub(super) fn forget_drafts(&mut self, who: ParticipantId) {
        if let Some(brainstorm) = &mut self.brainstorm {
            brainstorm.drafts.remove(&who);
        }
    }
}

fn only(who: ParticipantId) -> Effects {
    Effects {
        personal: Concerned::One(who),
        ..Effects::default()
    }
}
