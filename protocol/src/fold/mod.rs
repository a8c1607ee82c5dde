//! The workshop as a fold over its journal: [`Workshop`] is the state, [`apply`] the only thing that changes it.
//!
//! The room applies each record the journal has ordered; replay, tests and every node apply the same ones and get the
//! same state, byte for byte (FOLD-1). So nothing here reads a clock, draws a number, does IO or walks an unordered
//! map. One file per concern: `edits` (the map document), `people` (roles, invites, tokens), `agenda` (steps and their clock),
//! `lock` (what a step holds still), `floor` (hands, parking lot, spotlight), `rounds` (dots and feelings), `drafts` and `reveal`
//! (brainstorms), `versions`, `restore` and `upkeep` (named moments, going back to one, reviews), `answered` (commands sent again), `shape` (what is out of bounds by itself), `snapshot`, `views`, `report`.

mod agenda;
mod answered;
mod drafts;
mod edits;
mod floor;
mod lock;
mod people;
mod report;
mod restore;
mod reveal;
mod rounds;
mod shape;
mod snapshot;
#[cfg(test)]
mod tests;
mod through;
mod upkeep;
mod versions;
mod views;

use std::collections::{BTreeMap, VecDeque};

use minicbor::{Decode, Encode};

pub use agenda::{Clock, Current};
pub use drafts::{Brainstorm, Written};
pub use edits::EditVerdict;
pub use floor::{Parked, Spotlight};
pub use people::{Participant, check_color, check_name};
pub use restore::Ground;
pub use rounds::{Dots, Emotions, Felt, Round, RoundState, Standing, Subject, Target};
pub use snapshot::{Restored, Snapshot, SnapshotError};
pub use through::Through;
pub use upkeep::Reviewed;
pub use versions::Version;

use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::record::{Actor, Body, Command, Opening, Record};
use crate::round::{Commitment, Pseudonym};
use agenda::{Agenda, Course};
use answered::Answered;
use edits::Document;
use floor::Floor;
use upkeep::Upkeep;
use versions::Versions;

/// The state of one workshop after some record of its journal.
pub struct Workshop {
    map: MapId,
    /// Number of the last record folded; 0 before the first.
    seq: u64,
    /// Time of the last record folded, in milliseconds; never runs backwards (TIME-1).
    at: u64,
    /// Anyone may edit without joining (a room of an open server).
    open: bool,
    document: Document,
    people: BTreeMap<ParticipantId, Participant>,
    /// The one invite of each role that opens the map now.
    invites: BTreeMap<Role, TokenHash>,
    agenda: Agenda,
    floor: Floor,
    /// In the order of opening.
    rounds: Vec<Round>,
    brainstorm: Option<Brainstorm>,
    /// The record that last changed the document; 0 before the first.
    edited: u64,
    versions: Versions,
    upkeep: Upkeep,
    /// The record that last said that somebody was erased.
    erased: Option<u64>,
    /// Outcomes of recent commands by sender, oldest first (REC-5).
    answered: BTreeMap<Actor, VecDeque<Answered>>,
}

/// What came of a record: what changed, and whether what it asked for was done.
///
/// Both at once: a record that is refused may still be the one by which a deadline passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// What changed, be it by the time that passed.
    pub effects: Effects,
    /// When what was asked for was done, or why it was not.
    pub outcome: Result<Done, Refusal>,
}

/// Whose own state a record changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Concerned {
    /// Nobody's.
    #[default]
    Nobody,
    /// One participant's.
    One(ParticipantId),
    /// That of whoever votes under this pseudonym: the room knows.
    Behind(Pseudonym),
    /// Everyone's.
    Everyone,
}

/// When something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// With this record.
    Now,
    /// With an earlier one of the same request; this record changed nothing (REC-5).
    Earlier,
}

/// What a record changed, for the room to pass on. Values, not instructions: the room decides who is sent what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The document changed: the record's update goes to everyone.
    pub edited: bool,
    /// The state everyone may see changed.
    pub shared: bool,
    /// Who is here, or what they may do or are called, changed.
    pub people: bool,
    /// Through what those three did.
    pub through: Through,
    /// Whose own state changed.
    pub personal: Concerned,
    /// This participant came in with this record.
    pub joined: Option<ParticipantId>,
    /// These participants were shut out: their connections end.
    pub removed: Vec<ParticipantId>,
}

/// Why a record changed nothing. Shown to whoever asked, with the id of the rule.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[error("{why} ({rule})")]
#[cbor(map)]
pub struct Refusal {
    /// The rule of `SPEC.md`, such as `ROLE-2`.
    #[n(0)]
    pub rule: String,
    /// What was wrong and what would be right, in one sentence.
    #[n(1)]
    pub why: String,
}

impl Refusal {
    fn new(rule: &str, why: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            why: why.into(),
        }
    }

    /// What the server made came too late for what it was made from: no answer to whoever asked, but a call to make it anew (DRAFT-7,
    /// RESTORE-2).
    pub fn is_outdated(&self) -> bool {
        [reveal::OUTDATED, restore::OUTDATED].contains(&self.rule.as_str())
    }
}

impl Effects {
    /// What everyone may see changed, or nothing did.
    fn for_everyone(shared: bool) -> Self {
        Self {
            shared,
            ..Self::default()
        }
    }
}

impl Workshop {
    /// The state before the first record of a map's journal.
    pub fn new(map: MapId) -> Self {
        Self {
            map,
            seq: 0,
            at: 0,
            open: false,
            document: Document::new(),
            people: BTreeMap::new(),
            invites: BTreeMap::new(),
            agenda: Agenda::default(),
            floor: Floor::default(),
            rounds: Vec::new(),
            brainstorm: None,
            edited: 0,
            versions: Versions::default(),
            upkeep: Upkeep::default(),
            erased: None,
            answered: BTreeMap::new(),
        }
    }

    /// The map's name.
    pub fn map(&self) -> &MapId {
        &self.map
    }

    /// Number of the last record folded.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Time of the last record folded, milliseconds since 1970 UTC.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Number of the record that last changed the document; 0 before the first.
    pub fn edited(&self) -> u64 {
        self.edited
    }

    /// Whether anyone may edit without joining.
    pub fn is_open(&self) -> bool {
        self.open
    }
}

/// Folds one record into the workshop: the only way state changes.
///
/// A refused record still takes its place: `seq` and `at` move on, with what that time brings about, and nothing else does. A
/// record that does not come next is refused and leaves everything as it was (REC-2).
pub fn apply(workshop: &mut Workshop, record: &Record) -> Folded {
    if record.seq != workshop.seq + 1 {
        let (expected, found) = (workshop.seq + 1, record.seq);
        let why = format!("record {found} came where {expected} belongs");
        return Folded {
            effects: Effects::default(),
            outcome: Err(Refusal::new("REC-2", why)),
        };
    }
    workshop.seq = record.seq;
    workshop.at = workshop.at.max(record.at);
    let before = workshop.pass_deadlines();
    let (mut effects, outcome) = workshop.take(record);
    // A clock that was set back to nothing ends now, not with the next record.
    let after = workshop.pass_deadlines();
    if workshop.lock().is_none() {
        workshop.document.unguard();
    }
    let by_record = effects.edited | effects.shared | effects.people;
    let by_time = before.step | after.step | before.round | after.round;
    effects.through = Through::of(by_record, by_time);
    effects.shared |= by_time;
    if before.brainstorm | after.brainstorm {
        effects.personal = Concerned::Everyone;
    }
    if before.round | after.round {
        effects.personal = Concerned::Everyone;
    }
    Folded { effects, outcome }
}

/// Marks a record as passed over: its place is taken, its content is not looked at (REC-6).
pub fn skip(workshop: &mut Workshop, record: &Record) {
    workshop.seq = record.seq;
    workshop.at = workshop.at.max(record.at);
}

impl Workshop {
    /// Does what the record asks for, once.
    fn take(&mut self, record: &Record) -> (Effects, Result<Done, Refusal>) {
        if let Some(answered) = self.earlier_answer(record) {
            let outcome = answered.refusal.clone().map_or(Ok(Done::Earlier), Err);
            return (Effects::default(), outcome);
        }
        // Before anything is searched for what it names: a list without end would hold up the room.
        let outcome = record.body.check().and_then(|()| self.decide(record));
        if !outcome.as_ref().is_err_and(Refusal::is_outdated) {
            self.remember(record, outcome.as_ref().err());
        }
        match outcome {
            Ok(effects) => (effects, Ok(Done::Now)),
            Err(refusal) => (Effects::default(), Err(refusal)),
        }
    }

    fn decide(&mut self, record: &Record) -> Result<Effects, Refusal> {
        match &record.body {
            Body::Created(created) => self.create(record, created),
            Body::Edit(update) => self.edit(record.actor, update),
            Body::Invite(role, token) => self.invite(record.actor, *role, *token),
            Body::Join(join) => self.join(record.actor, join),
            Body::Command(command) => self.command(record.actor, command),
            Body::Round(opening, commitment) => self.opening(record.actor, opening, *commitment),
            Body::Reveal(reveal) => self.take_reveal(record.actor, reveal),
            Body::Restore(restore) => self.take_restore(record.actor, restore),
            Body::Erased(_) => self.take_erased(record.actor),
            // Whoever loads the journal has passed over the record a void names; live, nothing was folded. A tick has
            // done its work by being there.
            Body::Void(_) | Body::Tick => Ok(Effects::default()),
        }
    }

    fn create(
        &mut self,
        record: &Record,
        created: &crate::record::Created,
    ) -> Result<Effects, Refusal> {
        if record.seq != 1 {
            return Err(Refusal::new(
                "REC-4",
                "only the first record creates the map",
            ));
        }
        if created.map != self.map {
            let why = format!("this journal is of map {}, not {}", created.map, self.map);
            return Err(Refusal::new("REC-4", why));
        }
        self.open = created.open;
        Ok(Effects::default())
    }

    fn command(&mut self, actor: Actor, command: &Command) -> Result<Effects, Refusal> {
        match command {
            Command::Rename { name, color } => self.rename(actor, name, color),
            Command::SetRole { participant, role } => self.set_role(actor, *participant, *role),
            Command::Remove { participant } => self.remove(actor, *participant),
            Command::AddStep { index, step } => self.add_step(actor, *index, step),
            Command::ChangeStep { id, step } => self.change_step(actor, *id, step),
            Command::MoveStep { id, index } => self.move_step(actor, *id, *index),
            Command::RemoveStep { id } => self.remove_step(actor, *id),
            Command::SetAgenda { steps } => self.set_agenda(actor, steps),
            Command::StartStep { id } => self.start_step(actor, *id),
            Command::NextStep {} => self.go_on(actor, Course::Forward),
            Command::PreviousStep {} => self.go_on(actor, Course::Back),
            Command::Pause {} => self.pause(actor),
            Command::Resume {} => self.resume(actor),
            Command::Extend { seconds } => self.extend(actor, *seconds),
            Command::FinishAgenda {} => self.finish_agenda(actor),
            Command::SetReady { ready, step } => self.set_ready(actor, *ready, *step),
            Command::RaiseHand { raised } => self.raise_hand(actor, *raised),
            Command::LowerHand { participant } => self.lower_hand(actor, *participant),
            Command::Park { text } => self.park(actor, text),
            Command::Unpark { id } => self.unpark(actor, *id),
            Command::Spotlight { spot } => self.set_spotlight(actor, spot.as_ref()),
            Command::Vote { round, card, dots } => self.vote(actor, *round, card, *dots),
            Command::CloseRound { round } => self.close_round(actor, *round),
            Command::CancelRound { round } => self.cancel_round(actor, *round),
            Command::Feel {
                round,
                stage,
                score,
            } => self.feel(actor, *round, stage, *score),
            Command::StartBrainstorm { setup } => self.start_brainstorm(actor, setup),
            Command::WriteDraft {
                draft,
                lane,
                stage,
                text,
            } => self.write_draft(actor, draft, lane, stage, text),
            Command::DropDraft { draft } => self.drop_draft(actor, draft),
            Command::DiscardDrafts {} => self.discard_drafts(actor),
            Command::SaveVersion { name } => self.save_version(actor, name),
            Command::RenameVersion { id, name } => self.rename_version(actor, *id, name),
            Command::DropVersion { id } => self.drop_version(actor, *id),
        }
    }

    fn opening(
        &mut self,
        actor: Actor,
        opening: &Opening,
        commitment: Option<Commitment>,
    ) -> Result<Effects, Refusal> {
        match opening {
            Opening::New(setup) => self.begin_round(actor, setup, commitment),
            Opening::RunOff(of, rank) => self.begin_run_off(actor, *of, *rank, commitment),
            Opening::Again(round) => self.reopen_round(actor, *round, commitment),
            Opening::Emotion(setup) => self.begin_emotion_round(actor, setup, commitment),
        }
    }
}
