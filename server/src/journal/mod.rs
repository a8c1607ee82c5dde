//! The journal: where records are ordered, made durable and read back. Rooms append and fold; nothing above this
//! module may know which implementation it runs on (DESIGN §9).
//!
//! # Contract
//!
//! Every implementation passes `contract` (the suite beside this file). For one map:
//!
//! - **Order.** [`Log::append`] gives the draft the next number without gaps; [`Tail::Sequenced`] comes once for each record,
//!   in that order, to the one log that is open. Its time is the writer's clock and never runs backwards. Its `prev` is the
//!   hash of the bytes of the record before it.
//! - **Durability.** [`Tail::Durable`]`(n)` comes only when every record up to `n` would survive the process and the machine.
//!   It may stand for many records; numbers rise. A record may be read back before it is durable only by the log
//!   that wrote it.
//! - **Tail.** [`Journal::open`] gives the newest usable snapshot and every record after it, then the tail goes on from there
//!   without a gap. One log per map at a time: a second `open` is [`JournalError::InUse`] until the first is dropped
//!   and what it appended is settled; the tail then ends (`recv` gives `None`), so whoever waits for the map waits for that.
//! - **Snapshot.** A snapshot is kept only once the record it stands after is durable. It saves time, never truth: a
//!   journal without snapshots folds to the same state. It is usable where it belongs to the record it stands after and is of the fold's
//!   present version; others are passed over.
//! - **Forgetting.** [`Journal::rewrite`] puts another journal in the place of a map's and [`Journal::delete`] takes a map away, each in one
//!   commit: a crash leaves what was there or what was asked for, never a part of either. Only while no log of the map is open.
//! - **Failure.** When a commit fails, every log concerned gets [`Tail::Failed`] and no `Durable` any more; appends
//!   after that fail. What was durable stays readable. An unreadable map is an error, never an empty map.

use std::ops::RangeInclusive;
use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Draft, Head, Record, RecordError};
use tokio::sync::mpsc;

pub mod chain;
#[cfg(test)]
mod contract;
pub mod embedded;
pub mod verify;

/// A store of journals, one for each map. Calls block on the disk: from async code go through `spawn_blocking`.
pub trait Journal: Send + Sync + 'static {
    /// Starts a map's journal with its first record, and opens it. [`JournalError::Exists`] if there is one.
    /// Nothing is durable before the tail says so.
    fn create(&self, map: &MapId, first: Draft) -> Result<Opened, JournalError>;

    /// Opens a map's journal for appending. [`JournalError::NoSuchMap`] if there is none.
    fn open(&self, map: &MapId) -> Result<Opened, JournalError>;

    /// Every map with the end of its journal and its summary, in the order of names.
    fn list(&self) -> Result<Vec<Entry>, JournalError>;

    /// One map's entry.
    fn entry(&self, map: &MapId) -> Result<Option<Entry>, JournalError>;

    /// Durable records of a map with numbers in the range, in order, at most `limit` of them, and no more once they take
    /// [`ENOUGH_BYTES`] or the next cannot be read: whoever wants more asks again from where it ended ([`chain::Forward`]). So a record that
    /// cannot be read is an error only where it is the first of them.
    fn records(
        &self,
        map: &MapId,
        range: RangeInclusive<u64>,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, JournalError>;

    /// The newest usable snapshot that stands at or before `seq`, if any.
    fn snapshot_before(&self, map: &MapId, seq: u64) -> Result<Option<Snapshot>, JournalError>;

    /// That nobody has the map open, and all that was appended to it is settled. [`JournalError::InUse`] until then.
    fn is_free(&self, map: &MapId) -> Result<(), JournalError>;

    /// Puts another journal in the place of a map's; durable when it returns. [`JournalError::InUse`] while the map is open,
    /// [`JournalError::Moved`] if it does not end any more where that one was made from.
    fn rewrite(&self, map: &MapId, anew: Rewritten) -> Result<(), JournalError>;

    /// Takes a map away with everything of it, even one that cannot be read; durable when it returns. [`JournalError::InUse`] while it is
    /// open.
    fn delete(&self, map: &MapId) -> Result<(), JournalError>;

    /// Whether commits still succeed: `Err` says what failed. For `/readyz`.
    fn health(&self) -> Result<(), Arc<JournalError>>;

    /// Commits everything appended so far and stops the writer; returns when it is durable. Appends after this fail.
    fn close(&self) -> Result<(), JournalError>;
}

/// One reading of a journal ends with the record that brings it to so many bytes, of records that may have 16 MiB each.
pub const ENOUGH_BYTES: usize = 8 * 1024 * 1024;

/// As many records as one reading gives. Before one that cannot be read it ends: were those lost that precede it, each of them would cost
/// another reading.
pub(crate) fn enough<E>(
    records: impl Iterator<Item = Result<StoredRecord, E>>,
    limit: usize,
) -> Result<Vec<StoredRecord>, E> {
    let (mut read, mut bytes) = (Vec::new(), 0);
    for record in records.take(limit) {
        let record = match record {
            Err(_) if !read.is_empty() => break,
            record => record?,
        };
        bytes += record.encoded.len();
        read.push(record);
        if bytes >= ENOUGH_BYTES {
            break;
        }
    }
    Ok(read)
}

/// A journal opened for appending.
pub struct Opened {
    /// The newest usable snapshot, if any: where folding starts.
    pub snapshot: Option<Snapshot>,
    /// Every record after it.
    pub records: Vec<Record>,
    /// Where new records go.
    pub log: Box<dyn Log>,
    /// What comes back. Unbounded, because it holds no more than its own room appended and must never block the
    /// writer that serves all rooms.
    pub tail: mpsc::UnboundedReceiver<Tail>,
}

/// The appending end of one map's journal. Dropping it closes the map.
pub trait Log: Send {
    /// Orders a draft. Returns at once; the record comes back on the tail, first sequenced, later durable.
    fn append(&mut self, draft: Draft) -> Result<(), JournalError>;

    /// Keeps a snapshot once the record it stands after is durable.
    fn put_snapshot(&mut self, snapshot: Snapshot) -> Result<(), JournalError>;

    /// Keeps the map's summary (opaque here; replaced whole), in order with the records appended before it.
    fn put_summary(&mut self, summary: Bytes) -> Result<(), JournalError>;
}

/// A journal for the place of another (ERASE-5). No snapshots but these are kept.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// Where the journal ends that it was made from.
    pub before: Head,
    /// Every record.
    pub records: Vec<StoredRecord>,
    /// Where it ends.
    pub head: Head,
    /// What it folds to on the way, in order, and at its end.
    pub snapshots: Vec<Snapshot>,
    /// Its map's summary.
    pub summary: Bytes,
}

/// What comes back from a journal to the room that appends to it.
#[derive(Debug)]
pub enum Tail {
    /// The next record in order.
    Sequenced(Box<Record>),
    /// Everything up to this number survives a crash.
    Durable(u64),
    /// Nothing more will become durable.
    Failed(Arc<JournalError>),
}

/// One map of a journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub map: MapId,
    /// The end of its journal.
    pub head: Head,
    /// What was last put as its summary.
    pub summary: Option<Bytes>,
}

/// A record with the bytes it is kept as: what the chain hashes.
#[derive(Clone, Debug)]
pub struct StoredRecord {
    /// Decoded.
    pub record: Record,
    /// As kept.
    pub encoded: Bytes,
}

impl StoredRecord {
    /// A record from the bytes it is kept as.
    pub(crate) fn read(map: &MapId, seq: u64, encoded: Bytes) -> Result<Self, JournalError> {
        let record = Record::decode(&encoded).map_err(|source| JournalError::Record {
            map: map.clone(),
            seq,
            source,
        })?;
        Ok(Self { record, encoded })
    }
}

/// What can go wrong with a journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Asked for a map that is not there.
    #[error("there is no map {0}")]
    NoSuchMap(MapId),
    /// Asked to create a map that is there.
    #[error("there is a map {0} already")]
    Exists(MapId),
    /// The map is open already.
    #[error("map {0} is open already")]
    InUse(MapId),
    /// The map was written to meanwhile.
    #[error("map {0} has changed meanwhile")]
    Moved(MapId),
    /// The data file is held by another process.
    #[error(
        "the data in {0} is in use by another cairn; stop it first, or go through it with --url"
    )]
    Locked(String),
    /// A record cannot be read.
    #[error("map {map}, record {seq}: {source}")]
    Record {
        /// Of which map.
        map: MapId,
        /// Which record.
        seq: u64,
        /// Why.
        source: RecordError,
    },
    /// Records that lie together cannot be read.
    #[error("map {map}, records {first} to {last}: {why}")]
    Block {
        /// Of which map.
        map: MapId,
        /// The first of them.
        first: u64,
        /// The last of them.
        last: u64,
        /// Why.
        why: String,
    },
    /// The chain does not hold.
    #[error("map {map}: {source}")]
    Chain {
        /// Of which map.
        map: MapId,
        /// Where.
        source: ChainError,
    },
    /// The store failed: disk full, unreadable file.
    #[error("the journal's store failed: {0}")]
    Store(String),
    /// The journal was closed or failed before.
    #[error("the journal takes no more records: {0}")]
    Stopped(String),
}
