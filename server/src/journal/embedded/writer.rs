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
use super::rows::{self, Rows};
use super::tables::{
    BLOCKS, HEADS, KEPT, PiecePlace, Place, RECORDS, SNAPSHOTS, SUMMARIES, bring_up_to_date,
    encode_head, put_pieces, store_error,
};
use super::{block, forgetting, snapshots};
use crate::journal::JournalError;

/// How records are put into blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packing {
    /// Records of a block, at the most.
    pub(super) records: usize,
    /// So many more than a block has there must be before one is made: the newest are each for themselves, where they are written and
    /// read one by one.
    pub(super) newest: usize,
}

impl Packing {
    /// A block takes some ten kilobytes of what people type, and is unfolded in a millisecond.
    pub(super) const ORDINARY: Self = Self {
        records: 1024,
        newest: 128,
    };
}

/// A block is closed at so many bytes of records, too.
const BLOCK_BYTES: usize = 1024 * 1024;
/// Blocks of one map that one commit makes: others wait for it. More than one only where an older Cairn left many records.
const BLOCKS_MAX: usize = 2;

/// Starts the thread.
pub(super) fn start(
    store: Arc<Database>,
    queue: Arc<Queue>,
    packing: Packing,
) -> Result<JoinHandle<()>, JournalError> {
    let thread = thread::Builder::new().name("journal".to_owned());
    thread
        .spawn(move || run(&store, &queue, packing))
        .map_err(|error| JournalError::Store(format!("its thread cannot start: {error}")))
}

fn run(store: &Arc<Database>, queue: &Queue, packing: Packing) {
    while let Some(batch) = queue.take() {
        // A panic must reach the rooms too: they wait for this thread.
        let committed = panic::catch_unwind(AssertUnwindSafe(|| commit(store, &batch, packing)));
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
fn commit(store: &Database, batch: &[Op], packing: Packing) -> Result<(), JournalError> {
    if batch.iter().all(|op| matches!(op, Op::Release { .. })) {
        return Ok(());
    }
    let mut txn = store.begin_write().map_err(store_error)?;
    // On return of `commit`: pages written, root flipped, fsync done.
    txn.set_durability(Durability::Immediate)
        .map_err(store_error)?;
    write(&txn, batch, packing)?;
    txn.commit().map_err(store_error)
}

fn write(txn: &WriteTransaction, batch: &[Op], packing: Packing) -> Result<(), JournalError> {
    bring_up_to_date(txn)?;
    let mut records = txn.open_table(RECORDS).map_err(store_error)?;
    let mut blocks = txn.open_table(BLOCKS).map_err(store_error)?;
    let mut heads: BTreeMap<&MapId, Option<&Head>> = BTreeMap::new();
    let mut durable: BTreeMap<&MapId, u64> = BTreeMap::new();
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
                durable.entry(map).or_insert(head.seq - 1);
                heads.insert(map, Some(head));
            }
            Op::Snapshot { map, snapshot } => {
                keep_snapshot(txn, &records, &blocks, map, snapshot)?;
            }
            Op::Summary { map, summary } => {
                let mut summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
                summaries
                    .insert(map.as_str(), summary.as_ref())
                    .map_err(store_error)?;
            }
            Op::Rewrite { map, anew, .. } => {
                forgetting::rewrite(txn, (&mut records, &mut blocks), (map, anew), packing)?;
                durable.remove(&**map);
                heads.insert(map, Some(&anew.head));
            }
            Op::Delete { map, .. } => {
                forgetting::delete(txn, (&mut records, &mut blocks), map)?;
                durable.remove(&**map);
                heads.insert(map, None);
            }
            Op::Release { .. } => {}
        }
    }
    for (map, durable) in durable {
        for _ in 0..BLOCKS_MAX {
            if !close_block(&mut records, &mut blocks, (map, durable), packing)? {
                break;
            }
        }
    }
    let mut table = txn.open_table(HEADS).map_err(store_error)?;
    for (map, head) in heads {
        match head {
            Some(head) => table.insert(map.as_str(), encode_head(head).as_slice()),
            None => table.remove(map.as_str()),
        }
        .map_err(store_error)?;
    }
    Ok(())
}

/// Puts the oldest records that are in no block into one, when they are enough. Only those an earlier commit made durable: should this
/// one fail, no block holds a record that is to be taken out again. Says whether it did.
pub(super) fn close_block(
    records: &mut Table<'_, Place, &'static [u8]>,
    blocks: &mut Table<'_, PiecePlace, &'static [u8]>,
    (map, durable): (&MapId, u64),
    packing: Packing,
) -> Result<bool, JournalError> {
    let mut oldest = Vec::new();
    {
        let mut rows = records
            .range((map.as_str(), 0)..=(map.as_str(), durable))
            .map_err(store_error)?;
        let Some(first) = rows.next() else {
            return Ok(false);
        };
        let first = first.map_err(store_error)?;
        let seq = first.0.value().1;
        if durable.saturating_sub(seq) + 1 < (packing.records + packing.newest) as u64 {
            return Ok(false);
        }
        let mut bytes = 0;
        for row in std::iter::once(Ok(first)).chain(rows).take(packing.records) {
            let (place, encoded) = row.map_err(store_error)?;
            let seq = place.value().1;
            // A record that cannot be read stays where it lies: whoever opens the map is told of it.
            let Ok(stored) = rows::decoded(map, seq, encoded.value()) else {
                return Ok(false);
            };
            bytes += stored.encoded.len();
            oldest.push(stored);
            if bytes >= BLOCK_BYTES {
                break;
            }
        }
    }
    let (Some(packed), Some(first), Some(last)) =
        (block::pack(&oldest), oldest.first(), oldest.last())
    else {
        return Ok(false);
    };
    let (first, last) = (first.record.seq, last.record.seq);
    put_pieces(blocks, (map.as_str(), last), &packed)?;
    records
        .retain_in((map.as_str(), first)..=(map.as_str(), last), |_, _| false)
        .map_err(store_error)?;
    Ok(true)
}

/// Seals a snapshot to its record, which is in this transaction or before it, and thins its elders.
pub(super) fn keep_snapshot(
    txn: &WriteTransaction,
    records: &Table<'_, Place, &'static [u8]>,
    blocks: &Table<'_, PiecePlace, &'static [u8]>,
    map: &MapId,
    snapshot: &Snapshot,
) -> Result<(), JournalError> {
    let seq = snapshot.seq;
    let under = Rows::new(records, Some(blocks)).get(map, seq)?;
    let under = under.ok_or_else(|| {
        JournalError::Store(format!("map {map}: no record {seq} under its snapshot"))
    })?;
    let mut first = txn.open_table(SNAPSHOTS).map_err(store_error)?;
    let mut kept = txn.open_table(KEPT).map_err(store_error)?;
    let place = (map.as_str(), seq);
    let pieces = (map.as_str(), seq, 0)..=(map.as_str(), seq, u32::MAX);
    // One that was put again may be shorter.
    kept.retain_in(pieces, |_, _| false).map_err(store_error)?;
    put_pieces(
        &mut kept,
        place,
        &snapshots::closed(snapshot, &under.encoded),
    )?;
    let budget = snapshots::budget(records, blocks, map)?;
    snapshots::thin(&mut first, &mut kept, map, budget)
}
