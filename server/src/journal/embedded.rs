//! The embedded journal: every map in one redb file, written by one thread that commits for all of them.
//!
//! `main` opens it and hands it to `Rooms` as a [`Journal`]; the command line reads from it. It never folds a record
//! and never logs what one says. The way of a record:
//!
//! ```text
//! append ─ seal ─→ Tail::Sequenced
//!            └──→ queue ─→ writer: one transaction, one fsync ─→ Tail::Durable
//! ```
//!
//! Reads use redb's read transactions: they see the last commit and never wait for the writer. After a failed commit
//! redb refuses its file altogether; `salvage` then keeps what was durable readable.

mod block;
mod cleaning;
mod difference;
mod forgetting;
mod log;
mod queue;
mod reading;
mod rows;
mod salvage;
mod snapshots;
mod tables;
mod writer;

#[cfg(test)]
mod crash;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod dense;
#[cfg(test)]
mod differences;
#[cfg(test)]
pub(super) mod disk;
#[cfg(test)]
mod forgotten;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Draft, Head};
use redb::backends::{FileBackend, InMemoryBackend};
use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase, StorageBackend};

use super::{Entry, Journal, JournalError, Log, Opened, Rewritten, StoredRecord};
use crate::clock::Clock;
use crate::files::{self, Unfinished};
use forgetting::Packed;
use log::QueuedLog;
use queue::{Op, Queue};
use salvage::{Salvage, Shared};
use tables::store_error;
use writer::Packing;

/// The data file in its directory.
pub const FILE: &str = "cairn.redb";

/// Memory redb may use for pages read and for the transaction being written. Its own default of 1 GiB is for machines
/// that do nothing else; a journal is read once when a map opens and written at its end.
const CACHE_BYTES: usize = 64 * 1024 * 1024;

/// Every map's journal in one redb file.
pub struct EmbeddedJournal {
    queue: Arc<Queue>,
    clock: Clock,
    /// `None` once joined. Its lock is held while joining, so that every caller of `close` waits for the end.
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Before `store`, because it reads from the same backend and must end first.
    salvage: Salvage,
    store: Arc<Database>,
    packing: Packing,
}

impl EmbeddedJournal {
    /// Opens the journal in a directory, or starts one there. The directory is made with mode 0700 and the file with
    /// 0600 when they are not there. [`JournalError::Locked`] if another process has it open.
    pub fn open(dir: &Path, clock: Clock) -> Result<Self, JournalError> {
        Self::open_through(dir, clock, |file| Arc::new(file))
    }

    /// As [`Self::open`], for who serves it: after somebody was erased or a map deleted, the file is first copied into a new one, which has
    /// nothing of them on its unused pages (ERASE-6). Where that cannot be done, the file is served as it is, and copied another time.
    pub fn open_to_serve(dir: &Path, clock: Clock) -> Result<Self, JournalError> {
        // Held until the new file is: whoever has the old one open waits in vain, rather than write to what has no name any more.
        let old = match cleaning::clean(dir) {
            Ok(old) => old,
            Err(busy @ JournalError::Locked(_)) => return Err(busy),
            Err(error) => {
                tracing::error!(%error, "what was erased and deleted may still be read off unused pages of the data file: copying it failed and is tried again at the next start");
                None
            }
        };
        let opened = Self::open(dir, clock);
        drop(old);
        opened
    }

    /// A journal that is gone with the process: for tests of what stands on a journal.
    pub fn in_memory(clock: Clock) -> Result<Self, JournalError> {
        Self::with_backend(InMemoryBackend::new(), clock)
    }

    /// A journal on any storage of redb's, for tests.
    pub fn with_backend(backend: impl StorageBackend, clock: Clock) -> Result<Self, JournalError> {
        Self::on(Arc::new(backend), clock, Packing::ORDINARY).map_err(|error| match error {
            Unopened::Busy => JournalError::Locked("this storage".to_owned()),
            Unopened::Refused(error) => error,
        })
    }

    /// On a storage, with blocks so small that a test makes many of them.
    #[cfg(test)]
    pub(crate) fn in_small_blocks(
        backend: impl StorageBackend,
        clock: Clock,
    ) -> Result<Self, JournalError> {
        let packing = Packing {
            records: 6,
            newest: 3,
        };
        Self::on(Arc::new(backend), clock, packing).map_err(|error| match error {
            Unopened::Busy => JournalError::Locked("this storage".to_owned()),
            Unopened::Refused(error) => error,
        })
    }

    /// Bytes of records, snapshots and summaries that were appended and are not committed yet, of all maps.
    pub fn backlog(&self) -> usize {
        self.queue.backlog()
    }

    /// Opens a directory whose writes fail once `broken` is set.
    #[cfg(test)]
    pub(super) fn open_breakable(
        dir: &Path,
        clock: Clock,
        broken: Arc<std::sync::atomic::AtomicBool>,
    ) -> Result<Self, JournalError> {
        Self::open_through(dir, clock, |file| {
            Arc::new(disk::Breakable { file, broken })
        })
    }

    fn open_through(
        dir: &Path,
        clock: Clock,
        wrap: impl FnOnce(FileBackend) -> Arc<dyn StorageBackend>,
    ) -> Result<Self, JournalError> {
        let unopened = |error| match error {
            Unopened::Busy => JournalError::Locked(dir.display().to_string()),
            Unopened::Refused(error) => error,
        };
        let file = data_file(dir).map_err(unopened)?;
        let backend = FileBackend::new(file).map_err(store_error)?;
        Self::on(wrap(backend), clock, Packing::ORDINARY).map_err(unopened)
    }

    fn on(
        backend: Arc<dyn StorageBackend>,
        clock: Clock,
        packing: Packing,
    ) -> Result<Self, Unopened> {
        let store = Arc::new(database(Shared(Arc::clone(&backend)))?);
        tables::check_format(&store)?;
        let queue = Arc::new(Queue::new());
        let writer = writer::start(Arc::clone(&store), Arc::clone(&queue), packing)?;
        let writer = Mutex::new(Some(writer));
        Ok(Self {
            queue,
            clock,
            writer,
            salvage: Salvage::of(backend),
            store,
            packing,
        })
    }

    /// Reads what is durable: from the store, or from what could be saved of it after a failed commit.
    fn read<T>(
        &self,
        read: impl Fn(&ReadTransaction) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let from = |database: &Database| read(&database.begin_read().map_err(store_error)?);
        match self.queue.lost() {
            None => from(&self.store),
            Some(lost) => from(&*self.salvage.database(&lost)?),
        }
    }

    fn claimed(
        &self,
        map: &MapId,
        claim: queue::Claim,
        head: Head,
    ) -> (Box<QueuedLog>, queue::Tails) {
        let queue::Claim { tail, tails } = claim;
        let queue = Arc::clone(&self.queue);
        let map = Arc::new(map.clone());
        (
            Box::new(QueuedLog::new(map, head, self.clock.clone(), queue, tail)),
            tails,
        )
    }

    /// Does something while nobody has a log of the map.
    fn alone<T>(
        &self,
        map: &MapId,
        work: impl FnOnce(&Self) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let claim = self.queue.claim(map)?;
        let done = work(self);
        self.queue.release(map);
        drop(claim);
        done
    }

    fn writer(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for EmbeddedJournal {
    fn create(&self, map: &MapId, first: Draft) -> Result<Opened, JournalError> {
        let claim = self.queue.claim(map);
        // Looked up after the claim: whoever held the map before has written all of it by then.
        match self.read(|txn| reading::exists(txn, map)) {
            Ok(false) => {}
            there => {
                if claim.is_ok() {
                    self.queue.release(map);
                }
                return Err(there
                    .err()
                    .unwrap_or_else(|| JournalError::Exists(map.clone())));
            }
        }
        let (mut log, tail) = self.claimed(map, claim?, Head::genesis(map));
        log.append(first)?;
        Ok(Opened {
            snapshot: None,
            records: Vec::new(),
            log,
            tail,
        })
    }

    fn open(&self, map: &MapId) -> Result<Opened, JournalError> {
        let claim = self.queue.claim(map)?;
        match self.read(|txn| reading::load(txn, map)) {
            Ok(reading::Loaded {
                head,
                snapshot,
                records,
            }) => {
                let (log, tail) = self.claimed(map, claim, head);
                Ok(Opened {
                    snapshot,
                    records,
                    log,
                    tail,
                })
            }
            Err(error) => {
                self.queue.release(map);
                Err(error)
            }
        }
    }

    fn list(&self) -> Result<Vec<Entry>, JournalError> {
        self.read(reading::list)
    }

    fn entry(&self, map: &MapId) -> Result<Option<Entry>, JournalError> {
        self.read(|txn| reading::entry(txn, map))
    }

    fn records(
        &self,
        map: &MapId,
        range: RangeInclusive<u64>,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, JournalError> {
        self.read(|txn| reading::records(txn, map, range.clone(), limit))
    }

    fn snapshot_before(&self, map: &MapId, seq: u64) -> Result<Option<Snapshot>, JournalError> {
        self.read(|txn| reading::snapshot_before(txn, map, seq))
    }

    fn is_free(&self, map: &MapId) -> Result<(), JournalError> {
        self.alone(map, |_| Ok(()))
    }

    fn rewrite(&self, map: &MapId, anew: Rewritten) -> Result<(), JournalError> {
        self.alone(map, |journal| {
            let entry = journal.entry(map)?;
            let entry = entry.ok_or_else(|| JournalError::NoSuchMap(map.clone()))?;
            if entry.head != anew.before {
                return Err(JournalError::Moved(map.clone()));
            }
            let anew = Box::new(Packed::of(anew, journal.packing)?);
            journal.queue.push_and_wait(|done| Op::Rewrite {
                map: Arc::new(map.clone()),
                anew,
                done,
            })
        })
    }

    fn delete(&self, map: &MapId) -> Result<(), JournalError> {
        self.alone(map, |journal| {
            if !journal.read(|txn| reading::exists(txn, map))? {
                return Err(JournalError::NoSuchMap(map.clone()));
            }
            journal.queue.push_and_wait(|done| Op::Delete {
                map: Arc::new(map.clone()),
                done,
            })
        })
    }

    fn health(&self) -> Result<(), Arc<JournalError>> {
        self.queue.health()
    }

    fn close(&self) -> Result<(), JournalError> {
        let mut writer = self.writer();
        self.queue.close();
        if let Some(thread) = writer.take() {
            // The thread catches its panics and reports them through the queue.
            let _ = thread.join();
        }
        self.queue.closed()
    }
}

impl Drop for EmbeddedJournal {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!(%error, "the journal was dropped with records that are not on disk");
        }
    }
}

/// Why a store could not be opened.
enum Unopened {
    /// Another process, or another handle in this one, holds it.
    Busy,
    /// Anything else.
    Refused(JournalError),
}

impl From<JournalError> for Unopened {
    fn from(error: JournalError) -> Self {
        Self::Refused(error)
    }
}

/// Opens redb on a backend as every part of this journal wants it.
fn database(backend: impl StorageBackend) -> Result<Database, Unopened> {
    let mut builder = Database::builder();
    builder
        .set_cache_size(CACHE_BYTES)
        .set_repair_callback(|repair| {
            tracing::info!(
                progress = repair.progress(),
                "checking the journal after an unclean stop"
            );
        });
    builder
        .create_with_backend(backend)
        .map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
                Unopened::Busy
            }
            other => Unopened::Refused(store_error(other)),
        })
}

/// The data file, opened for reading and writing. A new one gets its name only once it is a whole, empty journal:
/// redb refuses a file whose creation was cut off, and one stop at the wrong moment would need a person to repair it.
fn data_file(dir: &Path) -> Result<File, Unopened> {
    let failed = |what: &str, error: io::Error| {
        JournalError::Store(format!("{what} {}: {error}", dir.display()))
    };
    let path = dir.join(FILE);
    if !path
        .try_exists()
        .map_err(|error| failed("cannot look into", error))?
    {
        make_directory(dir).map_err(|error| failed("cannot make", error))?;
        let (unfinished, file) =
            Unfinished::make(&path).map_err(|error| failed("cannot write to", error))?;
        let backend = FileBackend::new(file).map_err(store_error)?;
        tables::check_format(&database(backend)?)?;
        match unfinished.finish() {
            // Another process was there first: that one's file stays.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            named => named.map_err(|error| failed("cannot write to", error))?,
        }
        // Without this the folder's name could be lost with the machine, and with it everything acknowledged.
        files::sync_folder(dir).map_err(|error| failed("cannot sync", error))?;
    }
    Ok(files::private()
        .open(&path)
        .map_err(|error| failed("cannot open the journal in", error))?)
}

fn make_directory(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
