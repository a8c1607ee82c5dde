//! The update walker: reads a Yjs v1 update byte by byte, without yrs, and says what it holds.
//!
//! `Frame::decode` and the fold call it; nothing reaches yrs that it has not passed. It must read
//! exactly what yrs reads: where yrs and Yjs read the same bytes differently, it refuses them, so
//! that no byte escapes its bounds. It holds no document: whether an update fits one is asked of
//! the [`UpdateShape`] it returns.

use super::causality::{self, Id, Place, Section, Struct};
use super::content::{self, Budget, Holds};
use super::error::{Fault, Malformed, UpdateError};
use super::ids::IdRanges;
use super::reader::Reader;
use super::said::Sink;
use super::shape::UpdateShape;
use crate::limits::{
    MAX_ANY_VALUES, MAX_CLIENT_ID, MAX_CLIENTS, MAX_CLOCK, MAX_DELETE_RANGES, MAX_FRAME_BYTES,
    MAX_KNOWN_CLIENTS, MAX_STRUCTS,
};
use bytes::Bytes;
use std::collections::BTreeSet;

/// Info byte: the struct names its left origin.
const HAS_ORIGIN: u8 = 0b1000_0000;
/// Info byte: the struct names its right origin.
const HAS_RIGHT_ORIGIN: u8 = 0b0100_0000;
/// Info byte: the struct is a map entry; its key follows if it names no origin.
const HAS_PARENT_SUB: u8 = 0b0010_0000;
/// Info byte: the bits of the content kind. Yjs masks five, yrs four: the fifth must be unset.
const KIND: u8 = 0b0001_1111;
/// The whole info byte of a collected range.
pub(super) const GC: u8 = 0;
/// The whole info byte of a gap.
const SKIP: u8 = 10;

/// A Yjs v1 update that was walked and found within bounds: safe to hand to yrs.
///
/// "Safe" means that `yrs::Update::decode_v1` succeeds on it without unbounded recursion or
/// memory. Applying may still fail against a given document, which only the owner of that document
/// can know; see [`UpdateShape::is_complete_for`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedUpdate {
    bytes: Bytes,
    shape: UpdateShape,
}

/// How much an update may hold.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    bytes: usize,
    pub(super) clients: usize,
    pub(super) structs: usize,
    pub(super) values: usize,
    deleted_ranges: usize,
}

/// What comes from a socket.
const WIRE: Bounds = Bounds {
    bytes: MAX_FRAME_BYTES,
    clients: MAX_CLIENTS,
    structs: MAX_STRUCTS,
    values: MAX_ANY_VALUES,
    deleted_ranges: MAX_DELETE_RANGES,
};

/// What this program encoded of a document that grew within [`WIRE`], edit by edit: a map that people have worked on for years
/// may hold more than any one of them could send.
pub(super) const OWN: Bounds = Bounds {
    bytes: usize::MAX,
    clients: usize::MAX,
    structs: usize::MAX,
    values: usize::MAX,
    deleted_ranges: usize::MAX,
};

impl CheckedUpdate {
    /// Walks `bytes` and refuses whatever no well-behaved Yjs 13 or yrs sends.
    pub fn check(bytes: Bytes) -> Result<Self, UpdateError> {
        let shape = walk(&bytes, WIRE)?;
        Ok(Self { bytes, shape })
    }

    /// Walks the encoded state of a document that this program kept: the same walk without the bounds on how much there is. yrs may
    /// recurse once per client while it applies it, so whoever does needs a deep stack.
    pub fn check_own(bytes: Bytes) -> Result<Self, UpdateError> {
        let shape = walk(&bytes, OWN)?;
        Ok(Self { bytes, shape })
    }

    /// The update as received.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The update as received, giving up the shape.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// What the update holds.
    pub fn shape(&self) -> &UpdateShape {
        &self.shape
    }

    /// The names of the roots that its structs say they are in. Those put beside others are where these are, and say nothing.
    pub fn roots(&self) -> BTreeSet<&str> {
        let sections = sections(self).unwrap_or_default();
        let structs = sections.iter().flat_map(|section| &section.structs);
        structs
            .filter_map(|one| match one.place {
                Place::Root { name, .. } => Some(name),
                Place::Under { .. } | Place::Beside { .. } | Place::Collected | Place::Skipped => {
                    None
                }
            })
            .collect()
    }
}

/// The structs of an update that was checked before.
pub(super) fn sections(update: &CheckedUpdate) -> Result<Vec<Section<'_>>, Malformed> {
    structs(&mut Reader::new(&update.bytes), OWN, &mut ())
}

/// Shows whatever people may have written in an update that was checked before.
pub(super) fn show<'a>(
    update: &'a CheckedUpdate,
    sink: &mut impl Sink<'a>,
) -> Result<(), Malformed> {
    structs(&mut Reader::new(&update.bytes), OWN, sink).map(drop)
}

fn walk(bytes: &[u8], bounds: Bounds) -> Result<UpdateShape, Malformed> {
    let mut reader = Reader::new(bytes);
    if bytes.len() > bounds.bytes {
        let (value, limit) = (bytes.len() as u64, bounds.bytes as u64);
        return Err(reader.fault(Fault::TooLarge {
            field: "update length",
            value,
            limit,
        }));
    }
    let sections = structs(&mut reader, bounds, &mut ())?;
    let deletes = deletes(&mut reader, bounds)?;
    reader.finish()?;
    causality::shape(&sections, deletes).map_err(|fault| Malformed {
        fault,
        at: bytes.len(),
    })
}

/// The sections of structs, one for each client.
fn structs<'a>(
    reader: &mut Reader<'a>,
    bounds: Bounds,
    sink: &mut impl Sink<'a>,
) -> Result<Vec<Section<'a>>, Malformed> {
    let clients = reader.count("number of clients", bounds.clients, 5)?;
    let mut sections = Vec::with_capacity(clients);
    let mut seen = BTreeSet::new();
    let mut budget = Budget::new(bounds.values);
    let mut left = bounds.structs;
    for _ in 0..clients {
        let count = reader.count("number of structs", left, 2)?;
        if count == 0 {
            return Err(reader.fault(Fault::Empty("section of structs")));
        }
        left -= count;
        let client = reader.bounded("client id", MAX_CLIENT_ID)?;
        if !seen.insert(client) {
            return Err(reader.fault(Fault::Duplicate("structs")));
        }
        let start = reader.bounded("clock", MAX_CLOCK)?;
        let mut end = start;
        let mut structs = Vec::with_capacity(count);
        for _ in 0..count {
            let (place, holds, len) = read_struct(reader, (client, end), &mut budget, sink)?;
            structs.push(Struct {
                clock: end,
                place,
                holds,
            });
            end += len;
            if end > MAX_CLOCK {
                let field = "clock";
                let fault = Fault::TooLarge {
                    field,
                    value: end,
                    limit: MAX_CLOCK,
                };
                return Err(reader.fault(fault));
            }
        }
        sections.push(Section {
            client,
            start,
            end,
            structs,
        });
    }
    // Lookups are by client; the order on the wire means nothing to Yjs or yrs.
    sections.sort_by_key(|section| section.client);
    Ok(sections)
}

/// One struct at (`client`, `clock`): its place, what it holds, its length in clocks.
pub(super) fn read_struct<'a>(
    reader: &mut Reader<'a>,
    (client, clock): Id,
    budget: &mut Budget,
    sink: &mut impl Sink<'a>,
) -> Result<(Place<'a>, Holds, u64), Malformed> {
    sink.begin((client, clock));
    let info = reader.u8()?;
    if info == GC {
        return Ok((Place::Collected, Holds::Deleted, content::length(reader)?));
    }
    if info == SKIP {
        return Ok((Place::Skipped, Holds::Deleted, content::length(reader)?));
    }
    let origin = optional_id(reader, info & HAS_ORIGIN != 0, client, clock)?;
    let right = optional_id(reader, info & HAS_RIGHT_ORIGIN != 0, client, clock)?;
    let place = if origin.is_none() && right.is_none() {
        let root = if reader.bounded("parent kind", 1)? == 0 {
            Err(id(reader, client, clock)?)
        } else {
            Ok(content::key(reader)?)
        };
        let is_entry = info & HAS_PARENT_SUB != 0;
        let key = is_entry.then(|| content::key(reader)).transpose()?;
        match root {
            Ok(name) => Place::Root { name, key },
            Err(parent) => Place::Under { parent, key },
        }
    } else {
        Place::Beside { origin, right }
    };
    let (holds, len) = content::read(reader, info & KIND, budget, sink)?;
    Ok((place, holds, len))
}

fn optional_id(
    reader: &mut Reader<'_>,
    present: bool,
    client: u64,
    clock: u64,
) -> Result<Option<(u64, u64)>, Malformed> {
    if present {
        id(reader, client, clock).map(Some)
    } else {
        Ok(None)
    }
}

/// The id of a struct that the one at (`client`, `clock`) refers to: one that existed before it.
fn id(reader: &mut Reader<'_>, client: u64, clock: u64) -> Result<(u64, u64), Malformed> {
    let named = reader.bounded("client id", MAX_CLIENT_ID)?;
    let at = reader.bounded("clock", MAX_CLOCK - 1)?;
    if named == client && at >= clock {
        return Err(reader.fault(Fault::OwnFuture));
    }
    Ok((named, at))
}

/// The delete set: ascending ranges that do not overlap, one section for each client.
fn deletes(reader: &mut Reader<'_>, bounds: Bounds) -> Result<IdRanges, Malformed> {
    let clients = reader.count(
        "number of clients",
        bounds.clients.max(MAX_KNOWN_CLIENTS),
        4,
    )?;
    let mut deletes = IdRanges::new();
    let mut seen = BTreeSet::new();
    let mut left = bounds.deleted_ranges;
    for _ in 0..clients {
        let client = reader.bounded("client id", MAX_CLIENT_ID)?;
        if !seen.insert(client) {
            return Err(reader.fault(Fault::Duplicate("delete set")));
        }
        let count = reader.count("number of deleted ranges", left, 2)?;
        if count == 0 {
            return Err(reader.fault(Fault::Empty("section of deleted ranges")));
        }
        left -= count;
        let mut past = 0;
        for _ in 0..count {
            let start = reader.bounded("clock", MAX_CLOCK)?;
            let end = start + content::length(reader)?;
            if start < past {
                return Err(reader.fault(Fault::Ranges));
            }
            if end > MAX_CLOCK {
                let field = "clock";
                let fault = Fault::TooLarge {
                    field,
                    value: end,
                    limit: MAX_CLOCK,
                };
                return Err(reader.fault(fault));
            }
            deletes.insert(client, start..end);
            past = end;
        }
    }
    Ok(deletes)
}
