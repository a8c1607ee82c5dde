//! The journal record and its codec (REC-1 … REC-6). Everything that happens in a workshop is one record.
//!
//! A record on disk is one version byte and a CBOR map with numbered fields (minicbor): a reader skips fields it does
//! not know, and an unknown body or a higher version is an error, never a guess. The bytes are what the chain hashes,
//! so a record is encoded once, by the journal's writer, and kept as it is.

#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use minicbor::{Decode, Encode};

pub use crate::command::Command;
use crate::emotion::EmotionSetup;
use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::round::{Commitment, Pseudonym, RoundId, RoundSetup};

/// The codec's version, the first byte of every record (REC-1).
pub const VERSION: u8 = 1;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Record {
    /// Its place in the map's journal: 1, 2, 3, … without gaps (REC-2).
    #[n(0)]
    pub seq: u64,
    /// When the journal's writer took it: milliseconds since 1970 UTC, never less than the record before (TIME-1).
    #[n(1)]
    pub at: u64,
    /// Hash of the record before it, [`Hash::genesis`] for the first (REC-3).
    #[n(2)]
    pub prev: Hash,
    /// Who did it.
    #[n(3)]
    pub actor: Actor,
    /// The sender's name for a command, so that one sent twice counts once (REC-5). At most 64 bytes.
    #[n(4)]
    pub request: Option<String>,
    /// What was done.
    #[n(5)]
    pub body: Body,
}

/// What the journal's writer turns into a [`Record`] by giving it a place, a time and the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who does it.
    pub actor: Actor,
    /// The sender's name for a command.
    pub request: Option<String>,
    /// What is done.
    pub body: Body,
}

impl Draft {
    /// A draft without a request id.
    pub fn new(actor: Actor, body: Body) -> Self {
        Self {
            actor,
            request: None,
            body,
        }
    }
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Actor {
    /// The server itself: a void, a demonstration.
    #[n(0)]
    Server,
    /// Somebody with the server's key.
    #[n(1)]
    Host,
    /// Somebody who joined.
    #[n(2)]
    Participant(#[n(0)] ParticipantId),
    /// A connection of an open server (`--open`), which asks nobody who they are.
    #[n(3)]
    Anonymous,
    /// A voter of an anonymous round (VOTE-10). Only the server acts under one, for somebody it knows.
    #[n(4)]
    Pseudonym(#[n(0)] Pseudonym),
}

impl Actor {
    /// Who it is, if it is somebody who joined.
    pub fn participant(self) -> Option<ParticipantId> {
        match self {
            Self::Participant(who) => Some(who),
            Self::Server | Self::Host | Self::Anonymous | Self::Pseudonym(_) => None,
        }
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Body {
    /// The map came to be. First record of every journal.
    #[n(0)]
    Created(#[n(0)] Created),
    /// A Yjs v1 update, byte for byte as its author sent it (DESIGN §3.10).
    #[n(1)]
    Edit(#[cbor(n(0), with = "crate::record::raw")] Bytes),
    /// The invite of a role was made or made anew; the one before it opens nothing any more.
    #[n(2)]
    Invite(#[n(0)] Role, #[n(1)] TokenHash),
    /// Somebody came in through an invite or as host.
    #[n(3)]
    Join(#[n(0)] Join),
    /// A command of a participant.
    #[n(4)]
    Command(#[n(0)] Command),
    /// The record at this number could not be folded and is passed over by every later fold (REC-6).
    #[n(5)]
    Void(#[n(0)] u64),
    /// Nothing but the time: something happens by itself now (TIME-5).
    #[n(6)]
    Tick,
    /// A round opens: by the server's hand, because an anonymous one needs a secret (VOTE-10).
    #[n(7)]
    Round(#[n(0)] Opening, #[n(1)] Option<Commitment>),
    /// What was written in a brainstorm is shown: by the server's hand, because cards need ids (DRAFT-4).
    #[n(8)]
    Reveal(#[n(0)] Reveal),
    /// The map becomes what it was: by the server's hand, because what it was stands in the journal (RESTORE-2).
    #[n(9)]
    Restore(#[n(0)] Restore),
    /// Somebody's name and words were taken out of the records before this one: by the server's hand, for the host (ERASE-4).
    #[n(10)]
    Erased(#[n(0)] Erased),
}

impl Body {
    /// The change of the document that it brings, if it brings one.
    pub fn update(&self) -> Option<&Bytes> {
        match self {
            Body::Edit(update) => Some(update),
            Body::Reveal(reveal) => Some(&reveal.update),
            Body::Restore(restore) => Some(&restore.update),
            Body::Created(_)
            | Body::Invite(..)
            | Body::Join(_)
            | Body::Command(_)
            | Body::Void(_)
            | Body::Tick
            | Body::Round(..)
            | Body::Erased(_) => None,
        }
    }
}

/// How drafts come into the map.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Reveal {
    /// A Yjs v1 update that adds every card at once.
    #[cbor(n(0), with = "crate::record::raw")]
    pub update: Bytes,
    /// Names the drafts it was made from: if one changed meanwhile, it shows too little or too much and is refused.
    #[n(1)]
    pub drafts: Hash,
}

/// How the map becomes what it was.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Restore {
    /// A Yjs v1 update that changes whatever differs.
    #[cbor(n(0), with = "crate::record::raw")]
    pub update: Bytes,
    /// The record whose moment it brings back.
    #[n(1)]
    pub to: u64,
    /// The record that had changed the document last when the update was made: if another did meanwhile, it is refused.
    #[n(2)]
    pub base: u64,
}

/// What was taken out of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Erased {
    /// Whose name and words.
    #[n(0)]
    pub participant: ParticipantId,
    /// The first record that was written anew. From it on, every record has another hash than before.
    #[n(1)]
    pub first: u64,
    /// How many say something else than before.
    #[n(2)]
    pub records: u64,
    /// Hash of the last record of the journal as it was: whoever kept it, or an archive of then, sees which journal this one comes from.
    #[n(3)]
    pub before: Hash,
}

/// How a round opens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Opening {
    /// A new one.
    #[n(0)]
    New(#[n(0)] RoundSetup),
    /// A new one on the cards that share a rank in a closed one (VOTE-8).
    #[n(1)]
    RunOff(#[n(0)] RoundId, #[n(1)] u32),
    /// One that was over (VOTE-9).
    #[n(2)]
    Again(#[n(0)] RoundId),
    /// A new emotion round (EMO-1).
    #[n(3)]
    Emotion(#[n(0)] EmotionSetup),
}

/// How the map came to be.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Created {
    /// The map's name, so that a journal says what it is of.
    #[n(0)]
    pub map: MapId,
    /// True for a room of an open server, which anyone may edit without joining.
    #[n(1)]
    pub open: bool,
}

/// Somebody comes in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Join {
    /// Somebody who was here before and comes back with another token; `None` for a newcomer.
    #[n(0)]
    pub known_as: Option<ParticipantId>,
    /// What the invite allows. Somebody known keeps the higher of this and what they had.
    #[n(1)]
    pub role: Role,
    /// Shown to others. 1 to 80 code points.
    #[n(2)]
    pub name: String,
    /// `#rrggbb`.
    #[n(3)]
    pub color: String,
    /// Hashes of the tokens this person may come back with.
    #[n(4)]
    pub tokens: Vec<TokenHash>,
}

/// BLAKE3 of a record's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl Hash {
    /// What the first record of a map's journal follows. Bound to the map, so that records cannot be moved
    /// from one journal to another unseen.
    pub fn genesis(map: &MapId) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("cairn journal genesis v1");
        hasher.update(map.as_str().as_bytes());
        Self(hasher.finalize().into())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Of a record's encoded bytes.
    pub fn of(encoded: &[u8]) -> Self {
        Self(blake3::hash(encoded).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Bytes that are no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Nothing there.
    #[error("an empty record")]
    Empty,
    /// Written by a later Cairn.
    #[error("a record of version {0}; this Cairn reads up to {VERSION}: use a newer one")]
    Version(u8),
    /// Damaged, or of a kind this Cairn does not know.
    #[error("a record that cannot be read: {0}")]
    Malformed(#[from] minicbor::decode::Error),
    /// More bytes than one record.
    #[error("{0} bytes after the end of a record")]
    Trailing(usize),
}

/// Where a chain broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// A record is missing, doubled or out of order.
    #[error("record {found} where record {expected} belongs")]
    Gap {
        /// The number that should have come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// The record before it is not the one it was written after.
    #[error(
        "record {seq} does not follow the record before it: its bytes or an earlier record's were changed"
    )]
    Broken {
        /// Where it shows.
        seq: u64,
    },
    /// Time ran backwards.
    #[error("record {seq} is older than the record before it")]
    Time {
        /// Where it shows.
        seq: u64,
    },
}

impl Record {
    /// The record's bytes, as kept and hashed.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        minicbor::encode(self, &mut bytes).expect("writing to a Vec cannot fail");
        bytes
    }

    /// The record that it voids (REC-6). Only the server voids one; anybody else's void is a record like any other and voids nothing.
    pub fn voids(&self) -> Option<u64> {
        match (&self.body, self.actor) {
            (Body::Void(seq), Actor::Server) => Some(*seq),
            _ => None,
        }
    }

    /// Reads a record back.
    pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let (version, rest) = bytes.split_first().ok_or(RecordError::Empty)?;
        if *version != VERSION {
            return Err(RecordError::Version(*version));
        }
        let mut decoder = minicbor::Decoder::new(rest);
        let record = decoder.decode()?;
        match rest.len() - decoder.position() {
            0 => Ok(record),
            more => Err(RecordError::Trailing(more)),
        }
    }
}

/// The end of a journal: what the next record must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    /// Number of the last record, 0 for an empty journal.
    #[n(0)]
    pub seq: u64,
    /// Time of the last record.
    #[n(1)]
    pub at: u64,
    /// Hash of the last record.
    #[n(2)]
    pub hash: Hash,
}

impl Head {
    /// The end of a journal without records.
    pub fn genesis(map: &MapId) -> Self {
        Self {
            seq: 0,
            at: 0,
            hash: Hash::genesis(map),
        }
    }

    /// Gives a draft its place, its time and its link (REC-2, REC-3, TIME-1). `now` is the writer's clock in
    /// milliseconds. Returns the record with its bytes and moves the head on.
    pub fn seal(&mut self, now: u64, draft: Draft) -> (Record, Vec<u8>) {
        let Draft {
            actor,
            request,
            body,
        } = draft;
        let at = now.max(self.at);
        let record = Record {
            seq: self.seq + 1,
            at,
            prev: self.hash,
            actor,
            request,
            body,
        };
        let encoded = record.encode();
        *self = Self {
            seq: record.seq,
            at,
            hash: Hash::of(&encoded),
        };
        (record, encoded)
    }

    /// Checks that a record follows, and moves on to it.
    pub fn follow(&mut self, record: &Record, encoded: &[u8]) -> Result<(), ChainError> {
        let seq = record.seq;
        if seq != self.seq + 1 {
            return Err(ChainError::Gap {
                expected: self.seq + 1,
                found: seq,
            });
        }
        if record.prev != self.hash {
            return Err(ChainError::Broken { seq });
        }
        if record.at < self.at {
            return Err(ChainError::Time { seq });
        }
        *self = Self {
            seq,
            at: record.at,
            hash: Hash::of(encoded),
        };
        Ok(())
    }
}

/// `Bytes` as a CBOR byte string.
pub(crate) mod raw {
    use bytes::Bytes;
    use minicbor::decode::{Decoder, Error};
    use minicbor::encode::{self, Encoder, Write};

    pub(crate) fn encode<C, W: Write>(
        bytes: &Bytes,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        encoder.bytes(bytes).map(|_| ())
    }

    pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Bytes, Error> {
        decoder.bytes().map(Bytes::copy_from_slice)
    }
}
