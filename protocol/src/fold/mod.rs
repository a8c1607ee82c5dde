//! The workshop as a fold over its journal: [`Workshop`] is the state, [`apply`] the only thing that changes it.
//!
//! The room applies each record the journal has ordered; replay, tests and every node apply the same ones and get the
//! same state, byte for byte (FOLD-1). So nothing here reads a clock, draws a number, does IO or walks an unordered
//! map. One file per concern: `edits` (the map document), `people` (roles, invites, tokens), `snapshot`, `views`.

mod edits;
mod people;
mod snapshot;
#[cfg(test)]
mod tests;
mod views;

use std::collections::{BTreeMap, VecDeque};

use minicbor::{Decode, Encode};

pub use edits::EditVerdict;
pub use people::{Participant, check_color, check_name};
pub use snapshot::{Snapshot, SnapshotError};

use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::limits;
use crate::record::{Actor, Body, Command, Record};
use edits::Document;

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
    /// Outcomes of recent commands by sender, oldest first (REC-5).
    answered: BTreeMap<Actor, VecDeque<Answered>>,
}

/// The outcome of a command, kept so that the same command sent again gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Answered {
    #[n(0)]
    request: String,
    #[n(1)]
    refusal: Option<Refusal>,
}

/// What a record changed, for the room to pass on. Values, not instructions: the room decides who is sent what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The document changed: the record's update goes to everyone.
    pub edited: bool,
    /// The state everyone may see changed.
    pub shared: bool,
    /// These participants' own state changed.
    pub personal: Vec<ParticipantId>,
    /// This participant came in with this record.
    pub joined: Option<ParticipantId>,
    /// These participants were shut out: their connections end.
    pub removed: Vec<ParticipantId>,
    /// The command was answered before; this record changed nothing (REC-5).
    pub repeated: bool,
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

    /// Whether anyone may edit without joining.
    pub fn is_open(&self) -> bool {
        self.open
    }
}

/// Folds one record into the workshop: the only way state changes (DESIGN §1).
///
/// A refused record still takes its place: `seq` and `at` move on, nothing else does. A record that does not come
/// next is refused and leaves everything as it was (REC-2).
pub fn apply(workshop: &mut Workshop, record: &Record) -> Result<Effects, Refusal> {
    if record.seq != workshop.seq + 1 {
        let (expected, found) = (workshop.seq + 1, record.seq);
        return Err(Refusal::new(
            "REC-2",
            format!("record {found} came where {expected} belongs"),
        ));
    }
    workshop.seq = record.seq;
    workshop.at = workshop.at.max(record.at);
    if let Some(answered) = workshop.earlier_answer(record) {
        let repeated = Effects {
            repeated: true,
            ..Effects::default()
        };
        return answered.refusal.clone().map_or(Ok(repeated), Err);
    }
    let outcome = match &record.body {
        Body::Created(created) => workshop.create(record, created),
        Body::Edit(update) => workshop.edit(record.actor, update),
        Body::Invite(role, token) => workshop.invite(record.actor, *role, *token),
        Body::Join(join) => workshop.join(record.actor, join),
        Body::Command(command) => workshop.command(record.actor, command),
        // Whoever loads the journal has passed over the record it names (`skipped_records`); live, nothing was folded.
        Body::Void(_) => Ok(Effects::default()),
    };
    workshop.remember(record, outcome.as_ref().err());
    outcome
}

/// Marks a record as passed over: its place is taken, its content is not looked at (REC-6).
pub fn skip(workshop: &mut Workshop, record: &Record) {
    workshop.seq = record.seq;
    workshop.at = workshop.at.max(record.at);
}

impl Workshop {
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
            Command::Rename(name, color) => self.rename(actor, name, color),
            Command::SetRole(who, role) => self.set_role(actor, *who, *role),
            Command::Remove(who) => self.remove(actor, *who),
        }
    }

    fn earlier_answer(&self, record: &Record) -> Option<&Answered> {
        let request = record.request.as_ref()?;
        self.answered
            .get(&record.actor)?
            .iter()
            .find(|answered| &answered.request == request)
    }

    fn remember(&mut self, record: &Record, refusal: Option<&Refusal>) {
        let Some(request) = record.request.clone() else {
            return;
        };
        let answered = self.answered.entry(record.actor).or_default();
        answered.push_back(Answered {
            request,
            refusal: refusal.cloned(),
        });
        if answered.len() > limits::REMEMBERED_REQUESTS {
            answered.pop_front();
        }
    }
}
