//! Taking things out of the file: one journal in the place of another (ERASE-5), and a map with everything of it (DELETE-1). Called by
//! the writer, within its transaction: a crash leaves what was there, or what was asked for.

use cairn_protocol::id::MapId;
use redb::{Table, WriteTransaction};

use super::block;
use super::tables::{FORGOT, FORMAT, KEPT, PiecePlace, Place, SNAPSHOTS, SUMMARIES, store_error};
use super::writer::{Packing, close_blocks, keep_snapshot};
use crate::journal::{JournalError, Rewritten};

/// The two tables of records.
type Records<'r, 't> = (
    &'r mut Table<'t, Place, &'static [u8]>,
    &'r mut Table<'t, PiecePlace, &'static [u8]>,
);

/// Puts another journal in the place of a map's, but for its head.
pub(super) fn rewrite(
    txn: &WriteTransaction,
    (records, blocks): Records<'_, '_>,
    (map, anew): (&MapId, &Rewritten),
    packing: Packing,
) -> Result<(), JournalError> {
    delete(txn, (&mut *records, &mut *blocks), map)?;
    for stored in &anew.records {
        let place = (map.as_str(), stored.record.seq);
        records
            .insert(place, &*stored.encoded)
            .map_err(store_error)?;
    }
    close_blocks(records, blocks, (map, anew.head.seq), packing)?;
    let deflated = block::deflate(&anew.snapshot.bytes);
    keep_snapshot(txn, records, blocks, map, (&anew.snapshot, &deflated))?;
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
