//! Awareness: who is here and what they are doing, as y-protocols puts it on the wire.
//!
//! Read by the session, kept by the server's presence, never journaled. States stay JSON text: the
//! server relays them, and only the browser looks inside.

use super::error::{Fault, Malformed};
use super::json;
use super::reader::{Reader, put_buffer, put_varint};
use crate::limits::{
    MAX_AWARENESS_BYTES, MAX_AWARENESS_CLOCK, MAX_AWARENESS_ENTRIES, MAX_CLIENT_ID,
    MAX_PRESENCE_DEPTH, MAX_PRESENCE_STATE_BYTES,
};

/// States of some clients. One with no entries is the keep-alive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AwarenessUpdate {
    /// In the order of the wire; stock clients name each client once.
    pub entries: Vec<PresenceEntry>,
}

/// The state of one client at one clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresenceEntry {
    /// The Yjs client id. Whoever sent the frame may claim any: bind ids to connections.
    pub client: u64,
    /// Counts this client's states; a reader ignores clocks it has seen.
    pub clock: u64,
    /// A JSON object as text, or `None` when the client is gone (`null` on the wire).
    pub state: Option<Box<str>>,
}

/// Reads the body of an awareness message.
pub(super) fn read(bytes: &[u8]) -> Result<AwarenessUpdate, Malformed> {
    let mut reader = Reader::new(bytes);
    if bytes.len() > MAX_AWARENESS_BYTES {
        let (value, limit) = (bytes.len() as u64, MAX_AWARENESS_BYTES as u64);
        return Err(reader.fault(Fault::TooLarge {
            field: "presence length",
            value,
            limit,
        }));
    }
    // Client, clock, length.
    let count = reader.count("number of presence entries", MAX_AWARENESS_ENTRIES, 3)?;
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let client = reader.bounded("client id", MAX_CLIENT_ID)?;
        let clock = reader.bounded("presence clock", MAX_AWARENESS_CLOCK)?;
        let text = reader.text("presence state length", MAX_PRESENCE_STATE_BYTES)?;
        let state = if text == "null" {
            None
        } else {
            json::object(text, MAX_PRESENCE_DEPTH).map_err(|fault| reader.fault(fault))?;
            Some(text.into())
        };
        entries.push(PresenceEntry {
            client,
            clock,
            state,
        });
    }
    reader.finish()?;
    Ok(AwarenessUpdate { entries })
}

/// Appends the body of an awareness message.
pub(super) fn put<'a>(
    out: &mut Vec<u8>,
    entries: impl ExactSizeIterator<Item = &'a PresenceEntry>,
) {
    put_varint(out, entries.len() as u64);
    for entry in entries {
        put_varint(out, entry.client);
        put_varint(out, entry.clock);
        put_buffer(out, entry.state.as_deref().unwrap_or("null").as_bytes());
    }
}
