//! Frames: the y-websocket protocol and Cairn's tags 102 and 110, to and from typed values.
//!
//! Sessions and the client library call it with every message of a WebSocket; nothing else decodes
//! bytes from a socket. It bounds every length, count and nesting depth ([`crate::limits`]) before
//! yrs sees a byte, and refuses what is truncated, trailing or ambiguous. It must never panic,
//! keep state, or guess at a message's meaning. One message is one frame (SPEC.md, WIRE-1).

mod causality;
mod collected;
mod content;
mod entries;
mod error;
mod fit;
mod ids;
mod json;
mod nesting;
mod paths;
mod presence;
mod reader;
mod said;
mod shape;
mod state_vector;
mod update;

pub(crate) use collected::collected_as_one;
pub use error::{Fault, FrameError, Malformed, UpdateError};
pub use fit::{Has, Misfit};
pub use ids::IdRanges;
pub use paths::Paths;
pub use presence::{AwarenessUpdate, PresenceEntry};
pub use said::{Piece, Said};
pub use shape::{Alike, Entries, Neighbours, TypeNesting, UpdateShape};
pub use state_vector::CheckedStateVector;
pub use update::CheckedUpdate;

use crate::limits::{
    MAX_AUTH_REASON_BYTES, MAX_BARRIER_BYTES, MAX_FRAME_BYTES, MAX_SERVER_FRAME_BYTES,
    MAX_WORKSHOP_BYTES, MAX_WORKSHOP_DEPTH,
};
use bytes::Bytes;
use reader::{Reader, put_buffer, put_varint};

const TAG_SYNC: u64 = 0;
const TAG_AWARENESS: u64 = 1;
const TAG_AUTH: u64 = 2;
const TAG_QUERY_AWARENESS: u64 = 3;
const TAG_BARRIER: u64 = 102;
const TAG_WORKSHOP: u64 = 110;

const SYNC_STEP_1: u64 = 0;
const SYNC_STEP_2: u64 = 1;
const SYNC_UPDATE: u64 = 2;
const AUTH_DENIED: u64 = 0;

/// An awareness message without entries. Stock clients hang up on a connection silent for 30 s and
/// count only messages, not pings; this one changes nothing for them.
pub const KEEP_ALIVE: [u8; 3] = [1, 1, 0];

/// One message of the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// `0 0 buf`: what the sender knows; the answer is a [`Frame::SyncStep2`] with what it lacks.
    SyncStep1(CheckedStateVector),
    /// `0 1 buf`: the answer to a first step. Stock clients send it even when it brings nothing.
    SyncStep2(CheckedUpdate),
    /// `0 2 buf`: an edit as it happens.
    Update(CheckedUpdate),
    /// `1 buf`: presence states; without entries, a keep-alive.
    Awareness(AwarenessUpdate),
    /// `2 0 string`: the server denies access, with a reason for people.
    AuthDenied(String),
    /// `3`: asks for all presence states.
    QueryAwareness,
    /// `102 buf`: asks to hear, by its echo, when all that was sent before is durable. Holds the
    /// whole message, because the echo is the same bytes.
    Barrier(Bytes),
    /// `110 string`: a JSON object of the workshop channel.
    Workshop(String),
}

/// Whose message is read.
#[derive(Clone, Copy)]
enum Sender {
    Client,
    Server,
}

impl Frame {
    /// Reads one WebSocket message of a client. The parts of the frame share the message's memory.
    pub fn decode(message: &Bytes) -> Result<Self, FrameError> {
        Self::decode_from(Sender::Client, message)
    }

    /// Reads one WebSocket message of a server that the reader chose to trust with its memory: a whole document may hold more than any
    /// one client could bring, so the bounds on how much an update holds are not asked of it.
    pub fn decode_from_server(message: &Bytes) -> Result<Self, FrameError> {
        Self::decode_from(Sender::Server, message)
    }

    fn decode_from(sender: Sender, message: &Bytes) -> Result<Self, FrameError> {
        let limit = match sender {
            Sender::Client => MAX_FRAME_BYTES,
            Sender::Server => MAX_SERVER_FRAME_BYTES,
        };
        let bytes = message.len();
        if bytes == 0 {
            return Err(FrameError::Empty);
        }
        if bytes > limit {
            return Err(FrameError::TooLong { bytes, limit });
        }
        let mut reader = Reader::new(message);
        let frame = match reader.varint()? {
            TAG_SYNC => Self::decode_sync(sender, message, &mut reader)?,
            TAG_AWARENESS => Self::Awareness(presence::read(
                reader.buffer("presence length", MAX_FRAME_BYTES)?,
            )?),
            TAG_AUTH => match reader.varint()? {
                AUTH_DENIED => {
                    Self::AuthDenied(reader.text("reason length", MAX_AUTH_REASON_BYTES)?.into())
                }
                kind => {
                    return Err(FrameError::UnknownKind {
                        tag: TAG_AUTH,
                        kind,
                    });
                }
            },
            TAG_QUERY_AWARENESS => Self::QueryAwareness,
            TAG_BARRIER => {
                reader.buffer("barrier length", MAX_BARRIER_BYTES)?;
                Self::Barrier(message.clone())
            }
            TAG_WORKSHOP => {
                let text = reader.text("workshop length", MAX_WORKSHOP_BYTES)?;
                json::object(text, MAX_WORKSHOP_DEPTH).map_err(|fault| reader.fault(fault))?;
                Self::Workshop(text.into())
            }
            tag => return Err(FrameError::UnknownTag(tag)),
        };
        reader.finish()?;
        Ok(frame)
    }

    fn decode_sync(
        sender: Sender,
        message: &Bytes,
        reader: &mut Reader<'_>,
    ) -> Result<Self, FrameError> {
        let kind = reader.varint()?;
        if kind > SYNC_UPDATE {
            return Err(FrameError::UnknownKind {
                tag: TAG_SYNC,
                kind,
            });
        }
        let body = message.slice_ref(reader.buffer("sync length", MAX_SERVER_FRAME_BYTES)?);
        // Before the body is walked: a message that goes on after it is refused cheaply.
        reader.finish()?;
        let update = |body| match sender {
            Sender::Client => CheckedUpdate::check(body),
            Sender::Server => CheckedUpdate::check_own(body),
        };
        Ok(match kind {
            SYNC_STEP_1 => Self::SyncStep1(CheckedStateVector::check(body)?),
            SYNC_STEP_2 => Self::SyncStep2(update(body)?),
            _ => Self::Update(update(body)?),
        })
    }

    /// Writes the message, as the stock libraries write it.
    pub fn encode(&self) -> Bytes {
        match self {
            Self::SyncStep1(known) => encode_sync_step1(known.bytes()),
            Self::SyncStep2(update) => encode_sync_step2(update.bytes()),
            Self::Update(update) => encode_update(update.bytes()),
            Self::Awareness(update) => encode_awareness(update.entries.iter()),
            Self::AuthDenied(reason) => encode_auth_denied(reason),
            Self::QueryAwareness => Bytes::from_static(&[TAG_QUERY_AWARENESS as u8]),
            Self::Barrier(message) => message.clone(),
            Self::Workshop(json) => encode_workshop(json),
        }
    }
}

/// A `0 0` message: `state_vector` is a v1 state vector.
pub fn encode_sync_step1(state_vector: &[u8]) -> Bytes {
    tagged(&[TAG_SYNC, SYNC_STEP_1], state_vector)
}

/// A `0 1` message: `update` is a v1 update.
pub fn encode_sync_step2(update: &[u8]) -> Bytes {
    tagged(&[TAG_SYNC, SYNC_STEP_2], update)
}

/// A `0 2` message: `update` is a v1 update.
pub fn encode_update(update: &[u8]) -> Bytes {
    tagged(&[TAG_SYNC, SYNC_UPDATE], update)
}

/// A `1` message with these states.
pub fn encode_awareness<'a>(entries: impl ExactSizeIterator<Item = &'a PresenceEntry>) -> Bytes {
    let mut body = Vec::new();
    presence::put(&mut body, entries);
    tagged(&[TAG_AWARENESS], &body)
}

/// A `2 0` message; `reason` is a sentence for a person.
pub fn encode_auth_denied(reason: &str) -> Bytes {
    tagged(&[TAG_AUTH, AUTH_DENIED], reason.as_bytes())
}

/// A `102` message; the server echoes it once what was sent before it is durable.
pub fn encode_barrier(payload: &[u8]) -> Bytes {
    tagged(&[TAG_BARRIER], payload)
}

/// A `110` message; `json` is a JSON object.
pub fn encode_workshop(json: &str) -> Bytes {
    tagged(&[TAG_WORKSHOP], json.as_bytes())
}

fn tagged(tags: &[u64], body: &[u8]) -> Bytes {
    // Two tags of one byte and a length of at most five.
    let mut out = Vec::with_capacity(body.len() + 7);
    for tag in tags {
        put_varint(&mut out, *tag);
    }
    put_buffer(&mut out, body);
    out.into()
}
