//! A snapshot: the fold's value at one record, kept so that opening a map need not read its whole journal (FOLD-2).
//!
//! What is shown to nobody before its time stands in the journal and nowhere else on disk (FOLD-3). A snapshot holds the numbers of the
//! records that say it, and a workshop out of one is usable once those were read. To add something of the kind: let it remember its
//! record's number, leave it out of [`Stored`], and name it in [`Workshop::withheld`] and [`Workshop::refill`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use minicbor::{Decode, Encode};

use super::agenda::Agenda;
use super::answered::Answered;
use super::edits::Document;
use super::floor::Floor;
use super::upkeep::Upkeep;
use super::versions::Versions;
use super::{Brainstorm, Participant, Refusal, Round, Workshop};
use crate::frame::collected_as_one;
use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::record::{Actor, Record};

/// The codec's version, the first byte of every snapshot. One of another version saves no time: the journal is folded instead.
const VERSION: u8 = 3;

/// The encoded value of the fold after record [`Snapshot::seq`]: one version byte, then CBOR with numbered fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The record it stands after.
    pub seq: u64,
    /// Version byte and CBOR.
    pub bytes: Bytes,
}

impl Snapshot {
    /// Whether this Cairn wrote it, or one that writes the same: what says so is its first byte.
    pub fn is_of_this_version(&self) -> Result<(), SnapshotError> {
        match self.bytes.first() {
            Some(&VERSION) => Ok(()),
            Some(&version) => Err(SnapshotError::Version(version)),
            None => Err(SnapshotError::Empty),
        }
    }
}

/// Bytes that are no snapshot of this map.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Nothing there.
    #[error("an empty snapshot")]
    Empty,
    /// Written by another Cairn.
    #[error("a snapshot of version {0}; this Cairn reads version {VERSION}")]
    Version(u8),
    /// Damaged.
    #[error("a snapshot that cannot be read: {0}")]
    Malformed(#[from] minicbor::decode::Error),
    /// Its document cannot be loaded.
    #[error("a snapshot whose document cannot be read: {0}")]
    Document(Refusal),
    /// Of another map.
    #[error("a snapshot of map {0}")]
    OtherMap(MapId),
    /// A record that it leaves something to was not given back.
    #[error("a snapshot that needs record {0}")]
    Lacks(u64),
    /// That record says nothing that it left out.
    #[error("a snapshot that needs something else of record {0} than it says")]
    Unfit(u64),
}

/// A workshop out of a snapshot, before it has back what the snapshot left to the journal (FOLD-3). Nothing but that can be done with it.
#[must_use]
pub struct Restored {
    workshop: Workshop,
    needs: BTreeSet<u64>,
}

impl Restored {
    /// The numbers of the records it still needs, in order.
    pub fn needs(&self) -> &BTreeSet<u64> {
        &self.needs
    }

    /// Takes in a record that it needs.
    pub fn refill(&mut self, record: &Record) -> Result<(), SnapshotError> {
        let fits = self.needs.remove(&record.seq) && self.workshop.refill(record);
        if fits {
            Ok(())
        } else {
            Err(SnapshotError::Unfit(record.seq))
        }
    }

    /// The workshop, once nothing is lacking.
    pub fn whole(self) -> Result<Workshop, SnapshotError> {
        match self.needs.first() {
            Some(seq) => Err(SnapshotError::Lacks(*seq)),
            None => Ok(self.workshop),
        }
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    map: MapId,
    #[n(1)]
    seq: u64,
    #[n(2)]
    at: u64,
    #[n(3)]
    open: bool,
    #[cbor(n(4), with = "crate::record::raw")]
    document: Bytes,
    #[n(5)]
    people: BTreeMap<ParticipantId, Participant>,
    #[n(6)]
    invites: BTreeMap<Role, TokenHash>,
    #[n(7)]
    answered: BTreeMap<Actor, Vec<Answered>>,
    #[n(8)]
    #[cbor(default)]
    agenda: Agenda,
    #[n(9)]
    #[cbor(default)]
    floor: Floor,
    #[n(10)]
    #[cbor(default)]
    rounds: Vec<Round>,
    /// The records that what was left out stands on.
    #[n(11)]
    withheld: BTreeSet<u64>,
    #[n(12)]
    #[cbor(default)]
    brainstorm: Option<Brainstorm>,
    #[n(13)]
    edited: u64,
    #[n(14)]
    versions: Versions,
    #[n(15)]
    upkeep: Upkeep,
    #[n(16)]
    erased: Option<u64>,
}

impl Workshop {
    /// The fold's value now. Deterministic: the same records give the same bytes (FOLD-1).
    pub fn snapshot(&self) -> Snapshot {
        let answered = self.answered.iter();
        let stored = Stored {
            map: self.map.clone(),
            seq: self.seq,
            at: self.at,
            open: self.open,
            document: collected_as_one(self.encode_state()),
            people: self.people.clone(),
            invites: self.invites.clone(),
            answered: answered
                .map(|(actor, list)| (*actor, list.iter().cloned().collect()))
                .collect(),
            agenda: self.agenda.clone(),
            floor: self.floor.clone(),
            rounds: self.rounds.iter().map(Round::kept).collect(),
            withheld: self.withheld(),
            brainstorm: self.brainstorm.as_ref().map(Brainstorm::kept),
            edited: self.edited,
            versions: self.versions.clone(),
            upkeep: self.upkeep.clone(),
            erased: self.erased,
        };
        let mut bytes = vec![VERSION];
        minicbor::encode(&stored, &mut bytes).expect("writing to a Vec cannot fail");
        Snapshot {
            seq: self.seq,
            bytes: bytes.into(),
        }
    }

    /// The fold's value at a snapshot of this map, but for what it leaves to the journal.
    pub fn restore(map: &MapId, bytes: &[u8]) -> Result<Restored, SnapshotError> {
        let (version, rest) = bytes.split_first().ok_or(SnapshotError::Empty)?;
        if *version != VERSION {
            return Err(SnapshotError::Version(*version));
        }
        let stored: Stored = minicbor::decode(rest)?;
        if stored.map != *map {
            return Err(SnapshotError::OtherMap(stored.map));
        }
        let answered = stored.answered.into_iter();
        let workshop = Self {
            map: stored.map,
            seq: stored.seq,
            at: stored.at,
            open: stored.open,
            document: Document::from_state(stored.document).map_err(SnapshotError::Document)?,
            people: stored.people,
            invites: stored.invites,
            answered: answered
                .map(|(actor, list)| (actor, VecDeque::from(list)))
                .collect(),
            agenda: stored.agenda,
            floor: stored.floor,
            rounds: stored.rounds,
            brainstorm: stored.brainstorm,
            edited: stored.edited,
            versions: stored.versions,
            upkeep: stored.upkeep,
            erased: stored.erased,
        };
        Ok(Restored {
            workshop,
            needs: stored.withheld,
        })
    }

    /// The records to which a snapshot leaves what they say: ballots of an open round, drafts of a brainstorm.
    fn withheld(&self) -> BTreeSet<u64> {
        let ballots = self.rounds.iter().flat_map(Round::withheld);
        let drafts = self.brainstorm.iter().flat_map(Brainstorm::withheld);
        ballots.chain(drafts).collect()
    }

    /// Takes back from a record what a snapshot left to it. Says whether there was anything.
    fn refill(&mut self, record: &Record) -> bool {
        let brainstorm = self.brainstorm.as_mut();
        self.rounds.iter_mut().any(|round| round.refill(record))
            || brainstorm.is_some_and(|brainstorm| brainstorm.refill(record))
    }
}
