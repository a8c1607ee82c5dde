//! How a snapshot is packed: deflated whole, or as the difference to an earlier one, of which little changed. So a history has one every few
//! thousand records, and each of its moments is open soon, in the room that its people's words take.
//!
//! Of eight snapshots in a row the first is whole; each other builds on the one whose place in the row is its own without the lowest bit that is
//! set. So three differences are read at the most, and every second snapshot has none that builds on it and can give way to its neighbours.

use std::io::{self, Read as _, Write as _};

use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use flate2::read::DeflateDecoder;
use redb::ReadableTable;

use super::block;
use super::tables::{self, PiecePlace, SEAL_BYTES};
use crate::journal::JournalError;

/// Snapshots from one that is whole to the next one.
const ROW: u8 = 8;

/// The most that a snapshot may unfold to: more than any map that a client could load (WIRE-9).
const UNFOLDED_MAX: u64 = 1024 * 1024 * 1024;

/// Begins a difference. Nothing deflated begins with it: it would be a block of the kind that is reserved (RFC 1951, 3.2.3).
const DIFFERENCE: u8 = 0x06;
/// That, the snapshot's first byte, its place in the row, and the number and the seal of its base.
const HEADER_BYTES: usize = 3 + 8 + SEAL_BYTES;

/// Finds matches quickly; what a higher one saves is little.
const LEVEL: i32 = 3;
/// Matches are found as far back as this, two to the power of it: the memory that unpacking takes.
const FARTHEST: u32 = 27;

/// What a difference builds on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Base {
    /// The first byte of both snapshots: the version of the fold.
    pub(super) version: u8,
    /// The place of the difference in its row.
    place: u8,
    /// The record under the base.
    pub(super) seq: u64,
    /// The base's seal: another snapshot after the same record is not it.
    seal: [u8; SEAL_BYTES],
}

impl Base {
    /// What a packed snapshot builds on, and the difference; `None` for one that is whole.
    pub(super) fn read(packed: &[u8]) -> Option<(Self, &[u8])> {
        let (header, rest) = packed.split_first_chunk::<HEADER_BYTES>()?;
        let [DIFFERENCE, version, place, header @ ..] = header else {
            return None;
        };
        let (seq, seal) = header.split_first_chunk::<8>()?;
        let base = Self {
            version: *version,
            place: *place,
            seq: u64::from_be_bytes(*seq),
            seal: *seal.first_chunk()?,
        };
        Some((base, rest))
    }

    /// What a row builds on, by its first piece.
    pub(super) fn of_row(piece: &[u8]) -> Option<Self> {
        Some(Self::read(piece.get(SEAL_BYTES..)?)?.0)
    }

    fn header(&self) -> Vec<u8> {
        let mut header = vec![DIFFERENCE, self.version, self.place];
        header.extend_from_slice(&self.seq.to_be_bytes());
        header.extend_from_slice(&self.seal);
        header
    }

    /// Whether the base is still there.
    pub(super) fn stands(
        &self,
        kept: &impl ReadableTable<PiecePlace, &'static [u8]>,
        map: &MapId,
    ) -> Result<bool, JournalError> {
        let piece = kept.get((map.as_str(), self.seq, 0));
        let piece = piece.map_err(tables::store_error)?;
        Ok(piece.is_some_and(|piece| piece.value().starts_with(&self.seal)))
    }
}

/// A difference is kept where a snapshot has so many times its bytes: it takes less than half of what the whole one takes, deflated.
const WORTH: usize = 6;

/// A snapshot as it is kept: the difference to one of those before it, where that can be read and is worth it.
pub(super) fn packed(
    kept: &impl ReadableTable<PiecePlace, &'static [u8]>,
    map: &MapId,
    snapshot: &Snapshot,
) -> Vec<u8> {
    let base = base_of(kept, map, snapshot).unwrap_or_else(|error| {
        // It saves room, no more: what is wrong with the disk is told by who needs what stands there.
        tracing::warn!(%map, %error, "an earlier snapshot cannot be read; the next one is kept whole");
        None
    });
    let difference = base.and_then(|(base, before)| difference(&base, &before, &snapshot.bytes));
    difference.unwrap_or_else(|| block::deflate(&snapshot.bytes))
}

/// The difference to a base, with what it says of that; `None` where the whole one serves as well.
fn difference(base: &Base, before: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut difference = base.header();
    write_difference(&mut difference, before, bytes).ok()?;
    (difference.len() < bytes.len() / WORTH).then_some(difference)
}

/// Packs snapshots of one map that are not in the file yet, in their order.
#[derive(Default)]
pub(super) struct InLine<'a> {
    /// From the last one that is whole, each with its seal.
    row: Vec<(&'a Snapshot, [u8; SEAL_BYTES])>,
}

impl<'a> InLine<'a> {
    /// The next one, which stands after the record of these bytes.
    pub(super) fn pack(&mut self, snapshot: &'a Snapshot, under: &[u8]) -> Vec<u8> {
        let packed = self.difference(snapshot).unwrap_or_else(|| {
            self.row.clear();
            block::deflate(&snapshot.bytes)
        });
        let seal = tables::snapshot_seal(under, &snapshot.bytes);
        self.row.push((snapshot, seal));
        packed
    }

    fn difference(&self, snapshot: &Snapshot) -> Option<Vec<u8>> {
        let place = self.row.len() as u8;
        if place >= ROW {
            return None;
        }
        let (before, seal) = self.row.get(usize::from(builds_on(place)?))?;
        let version = *snapshot.bytes.first()?;
        let base = Base {
            version,
            place,
            seq: before.seq,
            seal: *seal,
        };
        difference(&base, &before.bytes, &snapshot.bytes)
    }
}

/// The place of what the one at this place builds on: without the lowest bit that is set.
fn builds_on(place: u8) -> Option<u8> {
    Some(place & place.checked_sub(1)?)
}

/// What the next snapshot of a map builds on, with the bytes of that.
fn base_of(
    kept: &impl ReadableTable<PiecePlace, &'static [u8]>,
    map: &MapId,
    snapshot: &Snapshot,
) -> Result<Option<(Base, Vec<u8>)>, JournalError> {
    let before = (map.as_str(), 0, 0)..(map.as_str(), snapshot.seq, 0);
    let mut newest = kept.range(before).map_err(tables::store_error)?;
    let Some(newest) = newest.next_back() else {
        return Ok(None);
    };
    let newest = newest.map_err(tables::store_error)?.0.value().1;
    let Some(row) = tables::pieces(kept, (map.as_str(), newest))? else {
        return Ok(None);
    };
    let place = Base::of_row(&row)
        .map_or(0, |base| base.place)
        .saturating_add(1);
    let Some(goal) = builds_on(place).filter(|_| place < ROW) else {
        return Ok(None);
    };
    let (mut seq, mut row) = (newest, row);
    // The base of the next one is the newest one or one of those that it builds on. Back, and not for ever, whatever stands there.
    while let Some(base) = Base::of_row(&row)
        && base.place > goal
        && base.seq < seq
    {
        seq = base.seq;
        let Some(below) = tables::pieces(kept, (map.as_str(), seq))? else {
            return Ok(None);
        };
        row = below;
    }
    let Unpacked::Read(seal, bytes) = unpacked(kept, map, seq)? else {
        return Ok(None);
    };
    let version = snapshot.bytes.first().copied().unwrap_or_default();
    let base = Base {
        version,
        place,
        seq,
        seal,
    };
    // What an older fold wrote goes when it is no longer read.
    Ok((bytes.first() == Some(&version)).then_some((base, bytes)))
}

/// A row taken apart.
pub(super) enum Unpacked {
    /// There is none.
    Missing,
    /// It cannot be read, or not without another one that cannot.
    Unreadable,
    /// The seal and the snapshot, not compared.
    Read([u8; SEAL_BYTES], Vec<u8>),
}

/// The snapshot of a row, or of the rows that it builds on.
pub(super) fn unpacked(
    kept: &impl ReadableTable<PiecePlace, &'static [u8]>,
    map: &MapId,
    seq: u64,
) -> Result<Unpacked, JournalError> {
    let Some(row) = tables::pieces(kept, (map.as_str(), seq))? else {
        return Ok(Unpacked::Missing);
    };
    let Some((&seal, packed)) = row.split_first_chunk::<SEAL_BYTES>() else {
        return Ok(Unpacked::Unreadable);
    };
    let bytes = match Base::read(packed) {
        None => inflated(packed),
        // Back here as well.
        Some((base, _)) if base.seq >= seq => return Ok(Unpacked::Unreadable),
        Some((base, difference)) => match unpacked(kept, map, base.seq)? {
            Unpacked::Read(seal, before) if seal == base.seal => {
                read_difference(difference, &before)
            }
            _ => return Ok(Unpacked::Unreadable),
        },
    };
    Ok(bytes.map_or(Unpacked::Unreadable, |bytes| Unpacked::Read(seal, bytes)))
}

fn inflated(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(packed).take(UNFOLDED_MAX);
    decoder.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_difference(out: &mut Vec<u8>, before: &[u8], bytes: &[u8]) -> io::Result<()> {
    let mut encoder = zstd::Encoder::with_ref_prefix(out, LEVEL, before)?;
    // As far as the beginning of what was before.
    let far = (before.len() + bytes.len()).next_power_of_two().ilog2();
    encoder.window_log(far.clamp(10, FARTHEST))?;
    encoder.long_distance_matching(true)?;
    encoder.include_contentsize(false)?;
    encoder.write_all(bytes)?;
    encoder.finish()?;
    Ok(())
}

fn read_difference(difference: &[u8], before: &[u8]) -> io::Result<Vec<u8>> {
    let mut decoder = zstd::Decoder::with_ref_prefix(difference, before)?;
    decoder.window_log_max(FARTHEST)?;
    let mut bytes = Vec::new();
    decoder.take(UNFOLDED_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}
