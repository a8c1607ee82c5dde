//! A disk in memory for tests: it knows what a crash would leave of what was written to it, fails when told to, and can
//! hold a sync for as long as a test wants to look around.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rand::{Rng, RngExt};
use redb::StorageBackend;
use redb::backends::FileBackend;

/// What a disk writes at once or not at all.
const SECTOR: usize = 512;

/// One disk; clones are the same one.
#[derive(Clone, Default)]
pub(in crate::journal) struct Disk(Arc<Inner>);

#[derive(Default)]
struct Inner {
    platter: Mutex<Platter>,
    turned: Condvar,
}

#[derive(Default)]
struct Platter {
    /// What reads see.
    live: Vec<u8>,
    /// What the last sync left.
    durable: Vec<u8>,
    /// What came since, in order.
    unsynced: Vec<Change>,
    /// Writes, resizes and syncs so far.
    operations: u64,
    syncs: u64,
    fault: Fault,
    held: bool,
    waiting: bool,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Resize(usize),
}

/// What goes wrong, counted in operations from the disk's first.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::journal) enum Fault {
    #[default]
    None,
    /// The power goes at this operation: it may have been done in part, and nothing works after it.
    Crash(u64),
    /// This one operation fails, and is not done.
    Once(u64),
    /// Every operation from this one on fails; reads go on.
    From(u64),
    /// The code that asked for this operation panics.
    Panic(u64),
}

impl Disk {
    /// A disk that holds this.
    pub(super) fn holding(image: Vec<u8>) -> Self {
        let disk = Self::default();
        disk.platter().live.clone_from(&image);
        disk.platter().durable = image;
        disk
    }

    fn platter(&self) -> MutexGuard<'_, Platter> {
        // A test that lets the writer panic still looks at the disk.
        self.0
            .platter
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn operations(&self) -> u64 {
        self.platter().operations
    }

    pub(super) fn syncs(&self) -> u64 {
        self.platter().syncs
    }

    pub(in crate::journal) fn fail(&self, fault: Fault) {
        self.platter().fault = fault;
    }

    /// From the next operation on nothing is written.
    pub(in crate::journal) fn fail_from_now(&self) {
        let mut platter = self.platter();
        platter.fault = Fault::From(platter.operations + 1);
    }

    /// Lets the next sync begin and not end.
    pub(super) fn hold_syncs(&self) {
        self.platter().held = true;
    }

    /// Waits until a sync is held.
    pub(super) fn wait_for_a_held_sync(&self) {
        let platter = self.platter();
        drop(
            self.0
                .turned
                .wait_while(platter, |platter| !platter.waiting)
                .unwrap(),
        );
    }

    /// Lets syncs go on.
    pub(super) fn release_syncs(&self) {
        self.platter().held = false;
        self.0.turned.notify_all();
    }

    /// What reads see, as after a kill of the process.
    pub(super) fn image(&self) -> Vec<u8> {
        self.platter().live.clone()
    }

    /// What the platter may hold after the power went: what was synced; all that was written; and what was synced
    /// with some of the sectors written since, whichever the disk got to.
    pub(super) fn crash_images(&self, rng: &mut impl Rng) -> Vec<(&'static str, Vec<u8>)> {
        let platter = self.platter();
        let survivor = |mut keep: Box<dyn FnMut() -> bool + '_>| {
            let mut image = platter.durable.clone();
            for change in &platter.unsynced {
                change.apply(&mut image, &mut *keep);
            }
            image
        };
        vec![
            ("only what was synced", platter.durable.clone()),
            ("everything written", survivor(Box::new(|| true))),
            (
                "half of the sectors",
                survivor(Box::new(|| rng.random_bool(0.5))),
            ),
            (
                "most of the sectors",
                survivor(Box::new(|| rng.random_bool(0.9))),
            ),
        ]
    }
}

impl Change {
    fn apply(&self, image: &mut Vec<u8>, keep: &mut dyn FnMut() -> bool) {
        match self {
            Change::Resize(len) => {
                if keep() {
                    image.resize(*len, 0);
                }
            }
            Change::Write(offset, bytes) => {
                let mut at = *offset;
                let end = offset + bytes.len();
                while at < end {
                    let next = ((at / SECTOR + 1) * SECTOR).min(end);
                    // What lies past the end of the file is not seen by anyone.
                    if next <= image.len() && keep() {
                        image[at..next].copy_from_slice(&bytes[at - offset..next - offset]);
                    }
                    at = next;
                }
            }
        }
    }
}

impl Platter {
    /// Counts an operation and says whether it works.
    fn operate(&mut self, change: Option<&Change>) -> io::Result<()> {
        let before = self.operations;
        self.operations += 1;
        let now = self.operations;
        match self.fault {
            Fault::None => Ok(()),
            Fault::Crash(at) if now < at => Ok(()),
            Fault::Once(at) if now != at => Ok(()),
            Fault::From(at) if now < at => Ok(()),
            Fault::Panic(at) if now != at => Ok(()),
            Fault::Crash(at) => {
                // The operation under way may reach the platter; those after it do not.
                if before + 1 == at {
                    self.unsynced.extend(change.cloned());
                }
                Err(io::Error::other("the power is gone"))
            }
            Fault::Panic(_) => panic!("a defect in the store"),
            Fault::Once(_) | Fault::From(_) => Err(io::Error::other("the disk is full")),
        }
    }

    fn is_dead(&self) -> bool {
        matches!(self.fault, Fault::Crash(at) if self.operations >= at)
    }

    fn change(&mut self, change: Change) -> io::Result<()> {
        self.operate(Some(&change))?;
        change.apply(&mut self.live, &mut || true);
        self.unsynced.push(change);
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.platter().live.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let platter = self.platter();
        if platter.is_dead() {
            return Err(io::Error::other("the power is gone"));
        }
        let offset = usize::try_from(offset).unwrap();
        let found = platter.live.get(offset..offset + out.len());
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.platter()
            .change(Change::Resize(usize::try_from(len).unwrap()))
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let offset = usize::try_from(offset).unwrap();
        self.platter().change(Change::Write(offset, bytes.to_vec()))
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut platter = self.platter();
        // Right after the file has grown it is redb's own, under the lock that readers take for a moment: no commit's.
        let grew = matches!(platter.unsynced.last(), Some(Change::Resize(_)));
        if !grew {
            platter.waiting = platter.held;
            self.0.turned.notify_all();
            platter = self
                .0
                .turned
                .wait_while(platter, |platter| platter.held)
                .unwrap();
            platter.waiting = false;
        }
        platter.operate(None)?;
        platter.syncs += 1;
        let changes = std::mem::take(&mut platter.unsynced);
        for change in changes {
            change.apply(&mut platter.durable, &mut || true);
        }
        Ok(())
    }
}

impl fmt::Debug for Disk {
    /// Not the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

/// A file whose writes and syncs fail once it is broken.
#[derive(Debug)]
pub(super) struct Breakable {
    pub(super) file: FileBackend,
    pub(super) broken: Arc<AtomicBool>,
}

impl Breakable {
    fn works(&self) -> io::Result<()> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

impl StorageBackend for Breakable {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.works()?;
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.works()?;
        self.file.sync_data()
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.works()?;
        self.file.write(offset, bytes)
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }
}
