//! The writer thread: takes everything that waits, commits it with one fsync, says so. There is one for all maps.
//!
//! It never tries a failed commit again: redb's state is unknown then, and a second try could put records behind ones
//! that never arrived. It stops, and the process is to be restarted once the disk is well.

use std::any::Any;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::ops::RangeInclusive;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Hash, Head};
use redb::{Database, Durability, ReadableDatabase, ReadableTable, Table, WriteTransaction};

use super::difference::{self, Base};
use super::queue::{Op, Queue};
use super::rows::{self, Rows};
use super::tables::{
    BLOCKS, HEADS, KEPT, PiecePlace, Place, RECORDS, SNAPSHOTS, SUMMARIES, bring_up_to_date,
    encode_head, newer, put_pieces, store_error,
};
use super::{block, forgetting, snapshots};
use crate::journal::{JournalError, StoredRecord};

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
    let mut unpackable = Unpackable::new();
    while let Some(batch) = queue.take() {
        // A panic must reach the rooms too: they wait for this thread.
        let commit = || commit(store, &batch, packing, &mut unpackable);
        let committed = panic::catch_unwind(AssertUnwindSafe(commit));
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

/// Writes a batch in one transaction; durable when it returns. What takes time to make is made before it begins.
fn commit(
    store: &Database,
    batch: &[Op],
    packing: Packing,
    unpackable: &mut Unpackable,
) -> Result<(), JournalError> {
    if batch.iter().all(|op| matches!(op, Op::Release { .. })) {
        return Ok(());
    }
    let made = make(store, batch)?;
    let due = due_blocks(store, batch, packing, unpackable)?;
    let mut txn = store.begin_write().map_err(store_error)?;
    // On return of `commit`: pages written, root flipped, fsync done.
    txn.set_durability(Durability::Immediate)
        .map_err(store_error)?;
    write(&txn, &made, &due)?;
    txn.commit().map_err(store_error)
}

/// An operation, and its snapshot packed, which takes time; nothing where it is none.
type Made<'a> = (&'a Op, Vec<u8>);

fn make<'a>(store: &Database, batch: &'a [Op]) -> Result<Vec<Made<'a>>, JournalError> {
    let txn = store.begin_read().map_err(store_error)?;
    let kept = newer(txn.open_table(KEPT))?;
    let made = batch.iter().map(|op| match (op, &kept) {
        (Op::Snapshot { map, snapshot }, Some(kept)) => {
            (op, difference::packed(kept, map, snapshot))
        }
        (Op::Snapshot { snapshot, .. }, None) => (op, block::deflate(&snapshot.bytes)),
        _ => (op, Vec::new()),
    });
    Ok(made.collect())
}

/// Maps of which no block is made any more ([`Due::Never`]): it is tried again when the server is started anew, not with each commit.
type Unpackable = BTreeSet<MapId>;

/// Records that lie each for themselves and are to lie in a block.
struct DueBlock<'a> {
    map: &'a MapId,
    first: u64,
    last: u64,
    packed: Vec<u8>,
}

fn write(
    txn: &WriteTransaction,
    batch: &[Made<'_>],
    due: &[DueBlock<'_>],
) -> Result<(), JournalError> {
    bring_up_to_date(txn)?;
    let mut records = txn.open_table(RECORDS).map_err(store_error)?;
    let mut blocks = txn.open_table(BLOCKS).map_err(store_error)?;
    let mut heads: BTreeMap<&MapId, Option<&Head>> = BTreeMap::new();
    for (op, packed) in batch {
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
                heads.insert(map, Some(head));
            }
            Op::Snapshot { map, snapshot } => {
                keep_snapshot(txn, &records, &blocks, map, (snapshot, packed))?;
            }
            Op::Summary { map, summary } => {
                let mut summaries = txn.open_table(SUMMARIES).map_err(store_error)?;
                summaries
                    .insert(map.as_str(), summary.as_ref())
                    .map_err(store_error)?;
            }
            Op::Rewrite { map, anew, .. } => {
                forgetting::rewrite(txn, (&mut records, &mut blocks), (map, anew))?;
                heads.insert(map, Some(&anew.head));
            }
            Op::Delete { map, .. } => {
                forgetting::delete(txn, (&mut records, &mut blocks), map)?;
                heads.insert(map, None);
            }
            Op::Release { .. } => {}
        }
    }
    for block in due {
        put_block(&mut records, &mut blocks, block)?;
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

/// The oldest records that are in no block, put into one, where they are enough. Only those an earlier commit made durable: should this
/// one fail, no block holds a record that is to be taken out again.
fn due_blocks<'a>(
    store: &Database,
    batch: &'a [Op],
    packing: Packing,
    unpackable: &mut Unpackable,
) -> Result<Vec<DueBlock<'a>>, JournalError> {
    let mut durable: BTreeMap<&MapId, u64> = BTreeMap::new();
    for op in batch {
        match op {
            Op::Record { map, head, .. } => {
                durable.entry(map).or_insert(head.seq - 1);
            }
            Op::Rewrite { map, .. } | Op::Delete { map, .. } => {
                unpackable.remove(&**map);
            }
            Op::Snapshot { .. } | Op::Summary { .. } | Op::Release { .. } => {}
        }
    }
    let txn = store.begin_read().map_err(store_error)?;
    let records = txn.open_table(RECORDS).map_err(store_error)?;
    let mut due = Vec::new();
    for (map, durable) in durable {
        let mut from = 0;
        for _ in 0..BLOCKS_MAX {
            if unpackable.contains(map) {
                break;
            }
            match due_block(&records, map, from..=durable, packing)? {
                Due::NotYet => break,
                Due::Never => {
                    unpackable.insert(map.clone());
                }
                Due::Block(block) => {
                    from = block.last + 1;
                    due.push(block);
                }
            }
        }
    }
    Ok(due)
}

fn put_block(
    records: &mut Table<'_, Place, &'static [u8]>,
    blocks: &mut Table<'_, PiecePlace, &'static [u8]>,
    block: &DueBlock<'_>,
) -> Result<(), JournalError> {
    let map = block.map.as_str();
    put_pieces(blocks, (map, block.last), &block.packed)?;
    records
        .retain_in((map, block.first)..=(map, block.last), |_, _| false)
        .map_err(store_error)
}

/// Whether there is a block to make.
enum Due<'a> {
    /// Not before more records are there.
    NotYet,
    /// The oldest record that is in no block cannot be put into one, nor can those behind it: blocks hold all records before the others.
    Never,
    Block(DueBlock<'a>),
}

/// The oldest records that are in no block, up to one that cannot be read, belongs elsewhere or does not follow: that one stays where it lies,
/// and whoever opens the map is told of it.
fn due_block<'a>(
    records: &impl ReadableTable<Place, &'static [u8]>,
    map: &'a MapId,
    seqs: RangeInclusive<u64>,
    packing: Packing,
) -> Result<Due<'a>, JournalError> {
    let (from, durable) = seqs.into_inner();
    if from > durable {
        return Ok(Due::NotYet);
    }
    let places = (map.as_str(), from)..=(map.as_str(), durable);
    let mut rows = records.range(places).map_err(store_error)?;
    let Some(first) = rows.next() else {
        return Ok(Due::NotYet);
    };
    let first = first.map_err(store_error)?;
    let seq = first.0.value().1;
    if durable.saturating_sub(seq) + 1 < (packing.records + packing.newest) as u64 {
        return Ok(Due::NotYet);
    }
    let rows = std::iter::once(Ok(first)).chain(rows).map_while(|row| {
        let (place, encoded) = match row {
            Ok(row) => row,
            Err(error) => return Some(Err(store_error(error))),
        };
        let seq = place.value().1;
        let stored = rows::decoded(map, seq, encoded.value()).ok();
        stored.filter(|stored| stored.record.seq == seq).map(Ok)
    });
    let oldest = a_blockful(rows, packing)?;
    let (Some(packed), Some(first), Some(last)) =
        (block::pack(&oldest), oldest.first(), oldest.last())
    else {
        return Ok(Due::Never);
    };
    Ok(Due::Block(DueBlock {
        map,
        first: first.record.seq,
        last: last.record.seq,
        packed,
    }))
}

fn follows(next: &StoredRecord, last: &StoredRecord) -> bool {
    let (seq, prev) = (last.record.seq + 1, Hash::of(&last.encoded));
    (next.record.seq, next.record.prev) == (seq, prev)
}

/// The next records as far as they go into one block: up to the end of what can be read, or one that does not follow.
pub(super) fn a_blockful(
    records: impl Iterator<Item = Result<StoredRecord, JournalError>>,
    packing: Packing,
) -> Result<Vec<StoredRecord>, JournalError> {
    let (mut taken, mut bytes): (Vec<StoredRecord>, usize) = (Vec::new(), 0);
    for record in records.take(packing.records) {
        let record = record?;
        if taken.last().is_some_and(|last| !follows(&record, last)) {
            break;
        }
        bytes += record.encoded.len();
        taken.push(record);
        if bytes >= BLOCK_BYTES {
            break;
        }
    }
    Ok(taken)
}

/// Seals a snapshot to its record, which is in this transaction or before it, and thins its elders. Under a record that cannot be read
/// none is kept: that is told to whoever opens the map, and concerns no other.
fn keep_snapshot(
    txn: &WriteTransaction,
    records: &Table<'_, Place, &'static [u8]>,
    blocks: &Table<'_, PiecePlace, &'static [u8]>,
    map: &MapId,
    (snapshot, packed): (&Snapshot, &[u8]),
) -> Result<(), JournalError> {
    let seq = snapshot.seq;
    let under = match Rows::new(records, Some(blocks)).get(map, seq) {
        Ok(Some(under)) => under,
        Err(JournalError::Store(why)) => return Err(JournalError::Store(why)),
        Ok(None) => {
            tracing::error!(%map, seq, "there is no record under a snapshot; it is not kept");
            return Ok(());
        }
        Err(error) => {
            tracing::error!(%map, seq, %error, "the record under a snapshot cannot be read; it is not kept");
            return Ok(());
        }
    };
    let mut kept = txn.open_table(KEPT).map_err(store_error)?;
    let place = (map.as_str(), seq);
    let pieces = (map.as_str(), seq, 0)..=(map.as_str(), seq, u32::MAX);
    // One that was put again may be shorter.
    kept.retain_in(pieces, |_, _| false).map_err(store_error)?;
    // What it builds on may have given way in this very transaction.
    let stands = match Base::read(packed) {
        Some((base, _)) => base.stands(&kept, map)?,
        None => true,
    };
    let packed = if stands {
        Cow::Borrowed(packed)
    } else {
        Cow::Owned(block::deflate(&snapshot.bytes))
    };
    let row = snapshots::sealed(snapshot, &packed, &under.encoded);
    put_pieces(&mut kept, place, &row)?;
    thin(txn, records, blocks, (map, &mut kept))
}

/// Lets go of the snapshots that a map's budget does not hold.
pub(super) fn thin(
    txn: &WriteTransaction,
    records: &Table<'_, Place, &'static [u8]>,
    blocks: &Table<'_, PiecePlace, &'static [u8]>,
    (map, kept): (&MapId, &mut Table<'_, PiecePlace, &'static [u8]>),
) -> Result<(), JournalError> {
    let mut first = txn.open_table(SNAPSHOTS).map_err(store_error)?;
    let budget = snapshots::budget(records, blocks, map)?;
    snapshots::thin(&mut first, kept, map, budget)
}
