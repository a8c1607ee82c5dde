//! What stays readable after a commit failed.
//!
//! redb refuses a store after its first IO error, reads included, until it is opened again; and a commit whose fsync
//! failed may be found whole by whoever opens it again, though nobody was told it is durable. So the file is opened
//! once more, through a backend that keeps its own writes (redb's recovery) in memory and never touches the file, and
//! the records of the failed commit are taken out of that view. A full or read-only disk does not hinder it.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use cairn_protocol::record::{Hash, Head};
use redb::{BackendError, Database, StorageBackend};

use super::queue::Lost;
use super::rows::Rows;
use super::tables::{
    BLOCKS, HEADS, KEPT, RECORDS, SNAPSHOTS, bring_up_to_date, encode_head, store_error,
};
use super::{Unopened, database};
use crate::journal::{JournalError, StoredRecord};

/// The view of a failed store, made when somebody first reads.
pub(super) struct Salvage {
    backend: Arc<dyn StorageBackend>,
    view: Mutex<Option<Arc<Database>>>,
}

impl Salvage {
    pub(super) fn of(backend: Arc<dyn StorageBackend>) -> Self {
        Self {
            backend,
            view: Mutex::new(None),
        }
    }

    /// The store as it was before the failed commit.
    pub(super) fn database(&self, lost: &Lost) -> Result<Arc<Database>, JournalError> {
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(database) = &*view {
            return Ok(Arc::clone(database));
        }
        let overlay = Overlay::over(Arc::clone(&self.backend)).map_err(|error| {
            JournalError::Store(format!("the failed store cannot be read: {error}"))
        })?;
        let database = database(overlay).map_err(|unopened| match unopened {
            Unopened::Busy => JournalError::Store("the failed store cannot be read".to_owned()),
            Unopened::Refused(error) => error,
        })?;
        take_out(&database, lost)?;
        let database = Arc::new(database);
        *view = Some(Arc::clone(&database));
        Ok(database)
    }
}

/// Takes the records that never became durable out of the view.
fn take_out(database: &Database, lost: &Lost) -> Result<(), JournalError> {
    let txn = database.begin_write().map_err(store_error)?;
    // In memory alone: whoever reads finds every table.
    bring_up_to_date(&txn)?;
    {
        let mut records = txn.open_table(RECORDS).map_err(store_error)?;
        // What is in a block was durable before the commit that made the block.
        let blocks = txn.open_table(BLOCKS).map_err(store_error)?;
        let mut first_snapshots = txn.open_table(SNAPSHOTS).map_err(store_error)?;
        let mut kept = txn.open_table(KEPT).map_err(store_error)?;
        let mut heads = txn.open_table(HEADS).map_err(store_error)?;
        for (map, &first) in lost {
            let places = (map.as_str(), first)..=(map.as_str(), u64::MAX);
            records
                .retain_in(places.clone(), |_, _| false)
                .map_err(store_error)?;
            first_snapshots
                .retain_in(places, |_, _| false)
                .map_err(store_error)?;
            kept.retain_in(
                (map.as_str(), first, 0)..=(map.as_str(), u64::MAX, u32::MAX),
                |_, _| false,
            )
            .map_err(store_error)?;
            let newest = Rows::new(&records, Some(&blocks)).get(map, first - 1)?;
            match newest {
                Some(StoredRecord { record, encoded }) => {
                    let head = Head {
                        seq: record.seq,
                        at: record.at,
                        hash: Hash::of(&encoded),
                    };
                    heads.insert(map.as_str(), encode_head(&head).as_slice())
                }
                None => heads.remove(map.as_str()),
            }
            .map_err(store_error)?;
        }
    }
    txn.commit().map_err(store_error)
}

/// Size of the pieces kept in memory: redb's page.
const BLOCK: u64 = 4096;

/// A backend over another one: writes stay in memory, reads fall through to what lies below.
struct Overlay {
    below: Arc<dyn StorageBackend>,
    above: RwLock<Above>,
}

struct Above {
    len: u64,
    /// How far the backend below still shows through: its length, or less once it was cut.
    below_len: u64,
    /// Written blocks by number.
    blocks: BTreeMap<u64, Vec<u8>>,
}

impl Overlay {
    fn over(below: Arc<dyn StorageBackend>) -> io::Result<Self> {
        let len = below.len()?;
        let above = RwLock::new(Above {
            len,
            below_len: len,
            blocks: BTreeMap::new(),
        });
        Ok(Self { below, above })
    }

    /// A block as it reads now.
    fn block(&self, above: &Above, number: u64) -> io::Result<Vec<u8>> {
        if let Some(block) = above.blocks.get(&number) {
            return Ok(block.clone());
        }
        let mut block = vec![0; BLOCK as usize];
        let start = number * BLOCK;
        let shows = above.below_len.saturating_sub(start).min(BLOCK) as usize;
        if shows > 0 {
            self.below.read(start, &mut block[..shows])?;
        }
        Ok(block)
    }
}

/// The blocks a run of bytes touches: number, place in the block, place in the run, length.
fn pieces(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize, usize)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let at = offset + done as u64;
        let within = (at % BLOCK) as usize;
        let step = (BLOCK as usize - within).min(len - done);
        let piece = (at / BLOCK, within, done, step);
        done += step;
        (step > 0).then_some(piece)
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self
            .above
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let above = self.above.read().unwrap_or_else(PoisonError::into_inner);
        if offset + out.len() as u64 > above.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (number, within, at, len) in pieces(offset, out.len()) {
            let block = self.block(&above, number)?;
            out[at..at + len].copy_from_slice(&block[within..within + len]);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut above = self.above.write().unwrap_or_else(PoisonError::into_inner);
        above.below_len = above.below_len.min(len);
        above.blocks.split_off(&len.div_ceil(BLOCK));
        let within = (len % BLOCK) as usize;
        if let Some(last) = above.blocks.get_mut(&(len / BLOCK)) {
            last[within..].fill(0);
        }
        above.len = len;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut above = self.above.write().unwrap_or_else(PoisonError::into_inner);
        for (number, within, at, len) in pieces(offset, bytes.len()) {
            let mut block = self.block(&above, number)?;
            block[within..within + len].copy_from_slice(&bytes[at..at + len]);
            above.blocks.insert(number, block);
        }
        above.len = above.len.max(offset + bytes.len() as u64);
        Ok(())
    }
}

impl fmt::Debug for Overlay {
    /// Not the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Overlay")
    }
}

/// One backend for the store and for what may have to be salvaged from it.
#[derive(Debug)]
pub(super) struct Shared(pub(super) Arc<dyn StorageBackend>);

type Edge = Bound<u64>;

impl StorageBackend for Shared {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write(offset, bytes)
    }

    fn close(&self) -> io::Result<()> {
        self.0.close()
    }

    fn try_lock_range(&self, start: Edge, end: Edge) -> Result<bool, BackendError> {
        self.0.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Edge, end: Edge) -> Result<bool, BackendError> {
        self.0.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Edge, end: Edge) -> Result<(), BackendError> {
        self.0.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Edge, end: Edge) -> Result<(), BackendError> {
        self.0.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Edge, end: Edge) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Edge, end: Edge) -> Result<bool, BackendError> {
        self.0.query_lock_range(start, end)
    }
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};
    use redb::backends::InMemoryBackend;

    use super::*;

    #[test]
    fn an_overlay_reads_as_one_storage_and_leaves_what_is_below_alone() {
        let mut rng = StdRng::seed_from_u64(1);
        let mut expected: Vec<u8> = (0..20_000).map(|_| rng.random()).collect();
        let below = Arc::new(InMemoryBackend::new());
        below.set_len(expected.len() as u64).unwrap();
        below.write(0, &expected).unwrap();
        let original = expected.clone();
        let overlay = Overlay::over(Arc::clone(&below) as Arc<dyn StorageBackend>).unwrap();
        for turn in 0..500 {
            if rng.random_bool(0.2) {
                let len = rng.random_range(0..60_000);
                overlay.set_len(len as u64).unwrap();
                expected.resize(len, 0);
            } else {
                let from = rng.random_range(0..=expected.len());
                let to = rng.random_range(from..=expected.len());
                let bytes = vec![rng.random(); to - from];
                overlay.write(from as u64, &bytes).unwrap();
                expected[from..to].copy_from_slice(&bytes);
            }
            let mut read = vec![0; expected.len()];
            overlay.read(0, &mut read).unwrap();
            assert!(read == expected, "turn {turn}");
            assert_eq!(overlay.len().unwrap(), expected.len() as u64);
        }
        assert!(
            overlay.read(expected.len() as u64, &mut [0]).is_err(),
            "past the end"
        );
        let mut kept = vec![0; original.len()];
        below.read(0, &mut kept).unwrap();
        assert!(kept == original, "what lies below was written to");
    }
}
