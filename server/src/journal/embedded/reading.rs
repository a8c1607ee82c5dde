//! Reading a journal back, in one read transaction each. Called by `EmbeddedJournal`; writes nothing.
//!
//! Nothing read here is trusted: a record is decoded, its chain is checked where it is to be appended to, and a snapshot
//! must fit its record. What does not hold is an error of that map alone.

use std::ops::RangeInclusive;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Head, Record};
use redb::{ReadOnlyTable, ReadTransaction};

use super::tables::{
    HEADS, Place, RECORDS, SEAL_BYTES, SNAPSHOTS, SUMMARIES, decode_head, head_at, snapshot_seal,
    store_error,
};
use crate::journal::{Entry, JournalError, StoredRecord};

type Rows = ReadOnlyTable<Place, &'static [u8]>;

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
    let records = txn.open_table(RECORDS).map_err(store_error)?;
    Ok(last_seq(&records, map)? > 0)
}

/// Everything needed to go on with a map.
pub(super) fn load(txn: &ReadTransaction, map: &MapId) -> Result<Loaded, JournalError> {
    let rows = txn.open_table(RECORDS).map_err(store_error)?;
    let last = last_seq(&rows, map)?;
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
    for stored in range(&rows, map, end.seq + 1..=head.seq)? {
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

/// Records of a map in order, decoded, at most `limit`.
pub(super) fn records(
    txn: &ReadTransaction,
    map: &MapId,
    seqs: RangeInclusive<u64>,
    limit: usize,
) -> Result<Vec<StoredRecord>, JournalError> {
    let rows = txn.open_table(RECORDS).map_err(store_error)?;
    range(&rows, map, seqs)?.take(limit).collect()
}

/// The newest usable snapshot at or before a record.
pub(super) fn snapshot_before(
    txn: &ReadTransaction,
    map: &MapId,
    seq: u64,
) -> Result<Option<Snapshot>, JournalError> {
    let rows = txn.open_table(RECORDS).map_err(store_error)?;
    Ok(usable_snapshot(txn, &rows, map, seq)?.map(|(snapshot, _)| snapshot))
}

/// The newest snapshot at or before `seq` that fits its record, with the head after that record.
fn usable_snapshot(
    txn: &ReadTransaction,
    rows: &Rows,
    map: &MapId,
    seq: u64,
) -> Result<Option<(Snapshot, Head)>, JournalError> {
    let snapshots = txn.open_table(SNAPSHOTS).map_err(store_error)?;
    let newest_first = snapshots.range((map.as_str(), 0)..=(map.as_str(), seq));
    for row in newest_first.map_err(store_error)?.rev() {
        let (place, kept) = row.map_err(store_error)?;
        let seq = place.value().1;
        if let Some(usable) = check_snapshot(rows, map, seq, kept.value())? {
            return Ok(Some(usable));
        }
        tracing::warn!(%map, seq, "passing over a snapshot that does not fit its record");
    }
    Ok(None)
}

fn check_snapshot(
    rows: &Rows,
    map: &MapId,
    seq: u64,
    kept: &[u8],
) -> Result<Option<(Snapshot, Head)>, JournalError> {
    let Some((seal, bytes)) = kept.split_at_checked(SEAL_BYTES) else {
        return Ok(None);
    };
    let Some(record) = rows.get((map.as_str(), seq)).map_err(store_error)? else {
        return Ok(None);
    };
    if seal != snapshot_seal(record.value(), bytes) {
        return Ok(None);
    }
    let head = head_at(rows, map, seq)?;
    Ok(head.map(|head| {
        (
            Snapshot {
                seq,
                bytes: Bytes::copy_from_slice(bytes),
            },
            head,
        )
    }))
}

fn range<'a>(
    rows: &Rows,
    map: &'a MapId,
    seqs: RangeInclusive<u64>,
) -> Result<impl Iterator<Item = Result<StoredRecord, JournalError>> + use<'a>, JournalError> {
    let (first, last) = seqs.into_inner();
    // An empty range is one to redb as well only when it is not reversed.
    let last = last.max(first.saturating_sub(1));
    let rows = rows.range((map.as_str(), first)..(map.as_str(), last.saturating_add(1)));
    Ok(rows.map_err(store_error)?.map(move |row| {
        let (place, encoded) = row.map_err(store_error)?;
        let encoded = Bytes::copy_from_slice(encoded.value());
        let record = Record::decode(&encoded).map_err(|source| JournalError::Record {
            map: map.clone(),
            seq: place.value().1,
            source,
        })?;
        Ok(StoredRecord { record, encoded })
    }))
}

/// Number of the last record kept of a map, 0 for none.
fn last_seq(rows: &Rows, map: &MapId) -> Result<u64, JournalError> {
    let mut all = rows
        .range((map.as_str(), 0)..=(map.as_str(), u64::MAX))
        .map_err(store_error)?;
    match all.next_back() {
        Some(row) => Ok(row.map_err(store_error)?.0.value().1),
        None => Ok(0),
    }
}

fn gap(map: &MapId, expected: u64, found: u64) -> JournalError {
    JournalError::Chain {
        map: map.clone(),
        source: ChainError::Gap { expected, found },
    }
}
