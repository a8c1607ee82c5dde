//! A snapshot: the fold's value at one record, kept so that opening a map need not read its whole journal (FOLD-2).

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use minicbor::{Decode, Encode};

use super::agenda::Agenda;
use super::edits::Document;
use super::floor::Floor;
use super::{Answered, Brainstorm, Participant, Refusal, Round, Workshop};
use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::record::Actor;

/// The codec's version, the first byte of every snapshot. One of another version saves no time: the journal is folded instead.
const VERSION: u8 = 2;

/// The encoded value of the fold after record [`Snapshot::seq`]: one version byte, then CBOR with numbered fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The record it stands after.
    pub seq: u64,
    /// Version byte and CBOR.
    pub bytes: Bytes,
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
    #[n(12)]
    #[cbor(default)]
    brainstorm: Option<Brainstorm>,
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
            document: self.encode_state(),
            people: self.people.clone(),
            invites: self.invites.clone(),
            answered: answered
                .map(|(actor, list)| (*actor, list.iter().cloned().collect()))
                .collect(),
            agenda: self.agenda.clone(),
            floor: self.floor.clone(),
            rounds: self.rounds.clone(),
            brainstorm: self.brainstorm.clone(),
        };
        let mut bytes = vec![VERSION];
        minicbor::encode(&stored, &mut bytes).expect("writing to a Vec cannot fail");
        Snapshot {
            seq: self.seq,
            bytes: bytes.into(),
        }
    }

    /// The fold's value at a snapshot of this map.
    pub fn restore(map: &MapId, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let (version, rest) = bytes.split_first().ok_or(SnapshotError::Empty)?;
        if *version != VERSION {
            return Err(SnapshotError::Version(*version));
        }
        let stored: Stored = minicbor::decode(rest)?;
        if stored.map != *map {
            return Err(SnapshotError::OtherMap(stored.map));
        }
        let answered = stored.answered.into_iter();
        Ok(Self {
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
        })
    }
}
