//! State vectors: how many clocks of each client a document knows.
//!
//! Read from a peer's first sync step. Never handed to yrs unread: yrs believes the count.

use super::error::Malformed;
use super::error::{Fault, FrameError};
use super::reader::{Reader, put_varint};
use crate::limits::{MAX_CLIENT_ID, MAX_CLOCK, MAX_KNOWN_CLIENTS};
use bytes::Bytes;
use std::collections::BTreeMap;

/// A v1 state vector that was read and found within bounds: `yrs::StateVector::decode_v1` reads
/// the same from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedStateVector {
    bytes: Bytes,
    clocks: BTreeMap<u64, u64>,
}

impl CheckedStateVector {
    /// Reads `bytes`, which must hold a state vector and nothing else.
    pub fn check(bytes: Bytes) -> Result<Self, FrameError> {
        let clocks = read(&bytes)?;
        Ok(Self { bytes, clocks })
    }

    /// The state vector of these clocks; clients with none are left out.
    pub fn new(clocks: BTreeMap<u64, u64>) -> Self {
        let known: BTreeMap<u64, u64> =
            clocks.into_iter().filter(|(_, clock)| *clock > 0).collect();
        let mut out = Vec::with_capacity(2 + known.len() * 9);
        put_varint(&mut out, known.len() as u64);
        for (client, clock) in &known {
            put_varint(&mut out, *client);
            put_varint(&mut out, *clock);
        }
        Self {
            bytes: out.into(),
            clocks: known,
        }
    }

    /// The state vector as received.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Clocks known of each client; clients with none are absent.
    pub fn clocks(&self) -> &BTreeMap<u64, u64> {
        &self.clocks
    }
}

fn read(bytes: &[u8]) -> Result<BTreeMap<u64, u64>, Malformed> {
    let mut reader = Reader::new(bytes);
    let count = reader.count("number of clients", MAX_KNOWN_CLIENTS, 2)?;
    let mut clocks = BTreeMap::new();
    for _ in 0..count {
        let client = reader.bounded("client id", MAX_CLIENT_ID)?;
        let clock = reader.bounded("clock", MAX_CLOCK)?;
        if clocks.insert(client, clock).is_some() {
            return Err(reader.fault(Fault::Duplicate("state vector")));
        }
    }
    reader.finish()?;
    clocks.retain(|_, clock| *clock > 0);
    Ok(clocks)
}
