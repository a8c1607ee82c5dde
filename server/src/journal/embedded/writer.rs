//! The writer thread: takes everything that waits, commits it with one fsync, says so. There is one for all maps.
//!
//! It never tries a failed commit again: redb's state is unknown then, and a second try could put records behind ones
//! that never arrived. It stops, and the process is to be restarted once the disk is well.

use std::any::Any;
use std::collections::BTreeMap;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::Head;
use redb::{Database, Durability, ReadableTable, Table, WriteTransaction};

use super::queue::{Op, Queue};
use super::tables::{
    HEADS, Place, RECORDS, SNAPSHOTS, SUMMARIES, encode_head, snapshot_seal, store_error,
};
use crate::journal::JournalError;

/// Snapshots closer together than this are thinned: one is dropped when its two neighbours stand within this many
/// records. Opening any moment then reads at most this many records, and a map that is opened daily for a few edits
/// does not keep a copy of itself for each day. The newest two always stay.
pub(super) const SNAPSHOT_SPACING: u64 = 256;

/// Starts the thread.
pub(super) fn start(
    store: Arc<Database>,
    queue: Arc<Queue>,
) -> Result<JoinHandle<()>, JournalError> {
    let thread = thread::Builder::new().name("journal".to_owned());
    thread
        .spawn(move || run(&store, &queue))
        .map_err(|error| JournalError::Store(format!("its thread cannot start: {error}")))
}

fn run(store: &Arc<Database>, queue: &Queue) {
    while let Some(batch) = queue.take() {
        // A panic must reach the rooms too: they wait for this thread.
        let committed = panic::catch_unwind(AssertUnwindSafe(|| commit(store, &batch)));
        let committed = committed.unwrap_or_else(|panic| {
            // redb's locks are poisoned now: closing it would panic again, in whoever drops it last. It keeps the
            // file until the process ends.
            mem::forget(Arc::clone(store));
            Err(panicked(&*panic))
        });
        match committed {
            Ok(()) => queue.settle(&batch),
            Err(error) => {
                tracing::error!(%error, "the journal takes no more records");
                queue.fail(error, &batch);
                return;
            }
        }
    }
}

fn panicked(panic: &(dyn Any + Send)) -> JournalError {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    JournalError::Store(format!(
        "its writer panicked: {}",
        text.unwrap_or("no message")
    ))
}

/// Writes a batch in one transaction; durable when it returns.
fn commit(store: &Database, batch: &[Op]) -> Result<(), JournalError> {
    if batch.iter().all(|op| matches!(op, Op::Release { .. })) {
        return Ok(());
    }
    let mut txn = store.begin_write().map_err(store_error)?;
    // On return of `commit`: pages written, root flipped, fsync done.
    txn.set_durability(Durability::Immediate)
        .map_err(store_error)?;
    write(&txn, batch)?;
    txn.commit().map_err(store_error)
}

fn write(txn: &WriteTransaction, batch: &[Op]) -> Result<(), JournalError> {
    let mut records = txn.open_table(RECORDS).map_err(store_error)?;
    let mut heads: BTreeMap<&MapId, &Head> = BTreeMap::new();
    for op in batch {
        match op {
            Op::Record { map, head, encoded } => {
                let place = (map.as_str(), head.seq);
                if records
                    .insert(place, encoded.as_slice())
                    .map_err(store_error)?
                    .is_some()
                {
                    // Cannot be while one log is open at a time; if it is, the disk must keep what it has.
                    let why = format!("map {map}: record {} is there already", head.seq);
                    return Err(JournalError::Store(why));
                }
                heads.insert(map, head);
            }
            Op::Snapshot { map, snapshot } => {
                let mut snapshots = txn.open_table(SNAPSHOTS).map_err(store_error)?;
                keep_snapshot(&mut snapshots, &records, map, snapshot)?;
            }
            Op::Summary { map, summary } => {
                let mut summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
                summaries
                    .insert(map.as_str(), summary.as_ref())
                    .map_err(store_error)?;
            }
            Op::Release { .. } => {}
        }
    }
    let mut table = txn.open_table(HEADS).map_err(store_error)?;
    for (map, head) in heads {
        table
            .insert(map.as_str(), encode_head(head).as_slice())
            .map_err(store_error)?;
    }
    Ok(())
}

/// Seals a snapshot to its record, which is in this transaction or before it, and thins its elders.
fn keep_snapshot(
    snapshots: &mut Table<'_, Place, &'static [u8]>,
    records: &impl ReadableTable<Place, &'static [u8]>,
    map: &MapId,
    snapshot: &Snapshot,
) -> Result<(), JournalError> {
    let place = (map.as_str(), snapshot.seq);
    let record = records.get(place).map_err(store_error)?.ok_or_else(|| {
        JournalError::Store(format!(
            "map {map}: no record {} under its snapshot",
            snapshot.seq
        ))
    })?;
    let mut row = snapshot_seal(record.value(), &snapshot.bytes).to_vec();
    row.extend_from_slice(&snapshot.bytes);
    snapshots
        .insert(place, row.as_slice())
        .map_err(store_error)?;
    let mut elders = Vec::with_capacity(2);
    for row in snapshots
        .range((map.as_str(), 0)..place)
        .map_err(store_error)?
        .rev()
        .take(2)
    {
        elders.push(row.map_err(store_error)?.0.value().1);
    }
    if let [between, before] = elders[..]
        && snapshot.seq - before <= SNAPSHOT_SPACING
    {
        snapshots
            .remove((map.as_str(), between))
            .map_err(store_error)?;
    }
    Ok(())
}
