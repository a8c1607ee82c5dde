//! Reading a journal back, in one read transaction each. Called by `EmbeddedJournal`; writes nothing.
//!
//! Nothing read here is trusted: a record is decoded, its chain is checked where it is to be appended to, and a snapshot
//! must fit its record. What does not hold is an error of that map alone.

use std::ops::RangeInclusive;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Hash, Head, Record};
use redb::{ReadOnlyTable, ReadTransaction};

use super::rows::Rows;
use super::tables::{
    BLOCKS, HEADS, KEPT, PiecePlace, Place, RECORDS, SNAPSHOTS, SUMMARIES, decode_head, store_error,
};
use super::{snapshots, tables};
use crate::journal::{Entry, JournalError, StoredRecord, enough};

/// The tables of records in a read transaction.
struct Records {
    singles: ReadOnlyTable<Place, &'static [u8]>,
    blocks: Option<ReadOnlyTable<PiecePlace, &'static [u8]>>,
}

type ReadRows<'t> =
    Rows<'t, ReadOnlyTable<Place, &'static [u8]>, ReadOnlyTable<PiecePlace, &'static [u8]>>;

impl Records {
    fn of(txn: &ReadTransaction) -> Result<Self, JournalError> {
        Ok(Self {
            singles: txn.open_table(RECORDS).map_err(store_error)?,
            blocks: tables::newer(txn.open_table(BLOCKS))?,
        })
    }

    fn rows(&self) -> ReadRows<'_> {
        Rows::new(&self.singles, self.blocks.as_ref())
    }
}

/// A map read for appending.
pub(super) struct Loaded {
    /// The end of its journal.
    pub(super) head: Head,
    /// The newest snapshot that can be used.
    pub(super) snapshot: Option<Snapshot>,
    /// Every record after it; the chain holds over all of them.
    pub(super) records: Vec<Record>,
}

/// Whether anything is kept of a map. A damaged one counts: it must not be started anew over what is left.
pub(super) fn exists(txn: &ReadTransaction, map: &MapId) -> Result<bool, JournalError> {
    let heads = txn.open_table(HEADS).map_err(store_error)?;
    if heads.get(map.as_str()).map_err(store_error)?.is_some() {
        return Ok(true);
    }
    Ok(Records::of(txn)?.rows().last_seq(map)? > 0)
}

/// Everything needed to go on with a map.
pub(super) fn load(txn: &ReadTransaction, map: &MapId) -> Result<Loaded, JournalError> {
    let tables = Records::of(txn)?;
    let rows = tables.rows();
    let last = rows.last_seq(map)?;
    let Some(Entry { head, .. }) = entry(txn, map)? else {
        return Err(match last {
            0 => JournalError::NoSuchMap(map.clone()),
            found => gap(map, 0, found),
        });
    };
    if head.seq > last {
        return Err(gap(map, last + 1, head.seq));
    }
    if head.seq < last {
        return Err(gap(map, head.seq, last));
    }
    let start = usable_snapshot(txn, &rows, map, head.seq)?;
    let (snapshot, mut end) = match start {
        Some((snapshot, after)) => (Some(snapshot), after),
        None => (None, Head::genesis(map)),
    };
    let mut records = Vec::new();
    for stored in rows.range(map, end.seq + 1..=head.seq) {
        let StoredRecord { record, encoded } = stored?;
        end.follow(&record, &encoded)
            .map_err(|source| JournalError::Chain {
                map: map.clone(),
                source,
            })?;
        records.push(record);
    }
    if end != head {
        return Err(JournalError::Chain {
            map: map.clone(),
            source: ChainError::Broken { seq: head.seq },
        });
    }
    Ok(Loaded {
        head,
        snapshot,
        records,
    })
}

/// Every map whose end can be read. One that cannot is left out with an error in the log: it must not hide the others,
/// and opening it says what is wrong.
pub(super) fn list(txn: &ReadTransaction) -> Result<Vec<Entry>, JournalError> {
    let heads = txn.open_table(HEADS).map_err(store_error)?;
    let summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
    let mut entries = Vec::new();
    for row in heads.range::<&str>(..).map_err(store_error)? {
        let (name, head) = row.map_err(store_error)?;
        let Ok(map) = MapId::new(name.value()) else {
            tracing::error!("the journal holds a map without a valid name");
            continue;
        };
        match decode_head(&map, head.value()) {
            Ok(head) => {
                let summary = summaries.get(name.value()).map_err(store_error)?;
                let summary = summary.map(|row| Bytes::copy_from_slice(row.value()));
                entries.push(Entry { map, head, summary });
            }
            Err(error) => tracing::error!(%error, "a map is left out of the list"),
        }
    }
    Ok(entries)
}

/// One map's entry.
pub(super) fn entry(txn: &ReadTransaction, map: &MapId) -> Result<Option<Entry>, JournalError> {
    let heads = txn.open_table(HEADS).map_err(store_error)?;
    let Some(head) = heads.get(map.as_str()).map_err(store_error)? else {
        return Ok(None);
    };
    let head = decode_head(map, head.value())?;
    let summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
    let summary = summaries.get(map.as_str()).map_err(store_error)?;
    let summary = summary.map(|row| Bytes::copy_from_slice(row.value()));
    Ok(Some(Entry {
        map: map.clone(),
        head,
        summary,
    }))
}

/// Records of a map in order, decoded, at most `limit`, and no more than is enough.
pub(super) fn records(
    txn: &ReadTransaction,
    map: &MapId,
    seqs: RangeInclusive<u64>,
    limit: usize,
) -> Result<Vec<StoredRecord>, JournalError> {
    let tables = Records::of(txn)?;
    enough(tables.rows().range(map, seqs), limit)
}

/// The newest usable snapshot at or before a record.
pub(super) fn snapshot_before(
    txn: &ReadTransaction,
    map: &MapId,
    seq: u64,
) -> Result<Option<Snapshot>, JournalError> {
    let tables = Records::of(txn)?;
    Ok(usable_snapshot(txn, &tables.rows(), map, seq)?.map(|(snapshot, _)| snapshot))
}

/// The newest snapshot at or before `seq` that is of this version and fits its record, with the head after that record.
fn usable_snapshot(
    txn: &ReadTransaction,
    rows: &ReadRows<'_>,
    map: &MapId,
    seq: u64,
) -> Result<Option<(Snapshot, Head)>, JournalError> {
    let first = txn.open_table(SNAPSHOTS).map_err(store_error)?;
    let kept = tables::newer(txn.open_table(KEPT))?;
    let (mut until, mut is_told) = (Some(seq), false);
    while let Some(end) = until
        && let Some(seq) = snapshots::newest(&first, kept.as_ref(), map, end)?
    {
        until = seq.checked_sub(1);
        if snapshots::is_of_another_version(&first, kept.as_ref(), map, seq)? {
            if !is_told {
                tracing::warn!(%map, seq, "passing over a snapshot that another version of Cairn wrote, and any like it");
            }
            is_told = true;
            continue;
        }
        // A record that is not what it was has no snapshot that fits it.
        let under = match rows.get(map, seq) {
            Err(JournalError::Store(why)) => return Err(JournalError::Store(why)),
            under => under.ok().flatten(),
        };
        if let Some(StoredRecord { record, encoded }) = under
            && let Some(snapshot) = snapshots::open(&first, kept.as_ref(), map, seq, &encoded)?
        {
            let head = Head {
                seq: record.seq,
                at: record.at,
                hash: Hash::of(&encoded),
            };
            return Ok(Some((snapshot, head)));
        }
        tracing::warn!(%map, seq, "passing over a snapshot that does not fit its record");
    }
    Ok(None)
}

fn gap(map: &MapId, expected: u64, found: u64) -> JournalError {
    JournalError::Chain {
        map: map.clone(),
        source: ChainError::Gap { expected, found },
    }
}
