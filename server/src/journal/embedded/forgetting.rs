//! Taking things out of the file: one journal in the place of another (ERASE-5), and a map with everything of it (DELETE-1). Called by
//! the writer, within its transaction: a crash leaves what was there, or what was asked for.

use bytes::Bytes;
use cairn_protocol::id::MapId;
use cairn_protocol::record::Head;
use redb::{Table, WriteTransaction};

use super::difference::InLine;
use super::tables::{
    FORGOT, FORMAT, KEPT, PiecePlace, Place, SNAPSHOTS, SUMMARIES, put_pieces, store_error,
};
use super::writer::{Packing, a_blockful, thin};
use super::{block, snapshots};
use crate::journal::{JournalError, Rewritten, StoredRecord};

/// The two tables of records.
type Records<'r, 't> = (
    &'r mut Table<'t, Place, &'static [u8]>,
    &'r mut Table<'t, PiecePlace, &'static [u8]>,
);

/// Rows, each by the number of a record.
type Placed = Vec<(u64, Vec<u8>)>;

/// A journal as it will lie in the file: made by whoever asks for it, while the writer writes for others.
pub(super) struct Packed {
    /// Each by the number of its last record.
    blocks: Placed,
    /// Those that are in no block.
    singles: Vec<StoredRecord>,
    /// Each by the number of the record it stands after.
    snapshots: Placed,
    pub(super) head: Head,
    summary: Bytes,
}

impl Packed {
    pub(super) fn of(anew: Rewritten, packing: Packing) -> Result<Self, JournalError> {
        let (mut rows, mut line) = (Vec::new(), InLine::default());
        let mut under = anew.records.iter().peekable();
        for snapshot in &anew.snapshots {
            while under
                .next_if(|stored| stored.record.seq < snapshot.seq)
                .is_some()
            {}
            if let Some(under) = under.peek().filter(|one| one.record.seq == snapshot.seq) {
                let next = line.pack(snapshot, &under.encoded);
                let row = snapshots::sealed(snapshot, &next, &under.encoded);
                rows.push((snapshot.seq, row));
            }
        }
        let (blocks, packed) = packed(&anew.records, packing)?;
        let mut singles = anew.records;
        singles.drain(..packed);
        Ok(Self {
            blocks,
            singles,
            snapshots: rows,
            head: anew.head,
            summary: anew.summary,
        })
    }
}

/// Blocks of these records but the newest, and how many are in them.
fn packed(records: &[StoredRecord], packing: Packing) -> Result<(Placed, usize), JournalError> {
    let (mut blocks, mut done) = (Vec::new(), 0);
    while records.len() - done >= packing.records + packing.newest {
        let rest = records[done..].iter().cloned().map(Ok);
        let taken = a_blockful(rest, packing)?;
        let (Some(packed), Some(last)) = (block::pack(&taken), taken.last()) else {
            break;
        };
        blocks.push((last.record.seq, packed));
        done += taken.len();
    }
    Ok((blocks, done))
}

/// Puts another journal in the place of a map's, but for its head.
pub(super) fn rewrite(
    txn: &WriteTransaction,
    (records, blocks): Records<'_, '_>,
    (map, anew): (&MapId, &Packed),
) -> Result<(), JournalError> {
    delete(txn, (&mut *records, &mut *blocks), map)?;
    for (last, packed) in &anew.blocks {
        put_pieces(blocks, (map.as_str(), *last), packed)?;
    }
    for stored in &anew.singles {
        let place = (map.as_str(), stored.record.seq);
        records
            .insert(place, &*stored.encoded)
            .map_err(store_error)?;
    }
    let mut kept = txn.open_table(KEPT).map_err(store_error)?;
    for (seq, row) in &anew.snapshots {
        put_pieces(&mut kept, (map.as_str(), *seq), row)?;
    }
    thin(txn, records, blocks, (map, &mut kept))?;
    let mut summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
    summaries
        .insert(map.as_str(), &*anew.summary)
        .map_err(store_error)?;
    Ok(())
}

/// Takes everything of a map out, but for its head.
pub(super) fn delete(
    txn: &WriteTransaction,
    (records, blocks): Records<'_, '_>,
    map: &MapId,
) -> Result<(), JournalError> {
    let name = map.as_str();
    let all = (name, 0)..=(name, u64::MAX);
    let pieces = (name, 0, 0)..=(name, u64::MAX, u32::MAX);
    records
        .retain_in(all.clone(), |_, _| false)
        .map_err(store_error)?;
    blocks
        .retain_in(pieces.clone(), |_, _| false)
        .map_err(store_error)?;
    let mut first = txn.open_table(SNAPSHOTS).map_err(store_error)?;
    first.retain_in(all, |_, _| false).map_err(store_error)?;
    let mut kept = txn.open_table(KEPT).map_err(store_error)?;
    kept.retain_in(pieces, |_, _| false).map_err(store_error)?;
    let mut summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
    summaries.remove(name).map_err(store_error)?;
    let mut format = txn.open_table(FORMAT).map_err(store_error)?;
    format.insert(FORGOT, 1).map_err(store_error)?;
    Ok(())
}
