//! Archives as files: a map's journal written into one, and one read as a journal that takes nothing. The format is
//! `cairn_protocol::archive`'s. Used by `cairn archive`, `open` and `verify`. Blocks on the disk.
//!
//! An archive is the journal itself, so it is made by whoever has the data folder, and not while something in it is still secret
//! (ARCHIVE-4).

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::archive::{Fault, HEADER_BYTES, MAGIC, Manifest, Part, Place, Reader, Writer};
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Draft, Head};
use tokio::sync::mpsc;

use crate::files::Unfinished;
use crate::journal::chain::{Forward, ends_at};
use crate::journal::{
    Entry, Journal, JournalError, Log, Opened, Rewritten, StoredRecord, Tail, enough,
};
use crate::load::{self, LoadError};

/// Records read from a journal at a time.
const CHUNK: usize = 1024;

/// How an archive's file is called.
pub const EXTENSION: &str = "cairn";

/// Why an archive was not written or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The map's journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The map.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// ARCHIVE-4.
    #[error(
        "{0} is under way in this map, and an archive would hold what nobody may read yet: {1} it first (ARCHIVE-4)"
    )]
    Secret(&'static str, &'static str),
    /// There is such a file.
    #[error("{0} is there already: name another file with --to")]
    Exists(PathBuf),
    /// The file.
    #[error("{path} cannot be {what}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
    /// It is not what was written.
    #[error("{path} is damaged: {fault}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Where, and how it shows.
        fault: Fault,
    },
}

/// Writes a map's archive into a file that is not there yet. It gets its name when it is whole. `told` hears how many records of how
/// many are written.
pub fn write(
    journal: &dyn Journal,
    map: &MapId,
    path: &Path,
    told: impl Fn(u64, u64),
) -> Result<Manifest, ArchiveError> {
    let entry = journal.entry(map)?;
    let head = entry
        .ok_or_else(|| JournalError::NoSuchMap(map.clone()))?
        .head;
    nothing_secret(journal, map, head.seq)?;
    let snapshots = snapshots(journal, map, head.seq)?;
    let manifest = Manifest {
        map: map.clone(),
        head,
        snapshots: snapshots.into_iter().collect(),
    };
    let written = |source| ArchiveError::File {
        path: path.to_owned(),
        what: "written",
        source,
    };
    if path.try_exists().map_err(written)? {
        return Err(ArchiveError::Exists(path.to_owned()));
    }
    let (unfinished, file) = Unfinished::make(path).map_err(written)?;
    let mut out = BufWriter::new(file);
    let outcome = parts(journal, &manifest, &told, |part| {
        out.write_all(part).map_err(written)
    });
    outcome?;
    let file = out
        .into_inner()
        .map_err(|error| written(error.into_error()))?;
    file.sync_all().map_err(written)?;
    unfinished.finish().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => ArchiveError::Exists(path.to_owned()),
        _ => written(error),
    })?;
    Ok(manifest)
}

/// Nothing may be under way that is shown to nobody before its time.
fn nothing_secret(journal: &dyn Journal, map: &MapId, seq: u64) -> Result<(), ArchiveError> {
    let workshop = load::load_at(journal, map, Some(seq))?;
    if workshop.open_round().is_some() {
        return Err(ArchiveError::Secret("a round", "close or cancel"));
    }
    if workshop.brainstorm().is_some() {
        return Err(ArchiveError::Secret("a brainstorm", "reveal or discard"));
    }
    Ok(())
}

/// The records under which the journal keeps a snapshot that this Cairn reads. Numbers alone: together the snapshots may be too much to hold.
pub(crate) fn snapshots(
    journal: &dyn Journal,
    map: &MapId,
    last: u64,
) -> Result<BTreeSet<u64>, JournalError> {
    let (mut kept, mut until) = (BTreeSet::new(), last);
    while let Some(Snapshot { seq, .. }) = journal.snapshot_before(map, until)? {
        until = seq - 1;
        kept.insert(seq);
    }
    Ok(kept)
}

/// The snapshot under one of these numbers.
pub(crate) fn snapshot_at(
    journal: &dyn Journal,
    map: &MapId,
    seq: u64,
) -> Result<Snapshot, JournalError> {
    let found = journal.snapshot_before(map, seq)?;
    let found = found.filter(|snapshot| snapshot.seq == seq);
    found.ok_or_else(|| JournalError::Moved(map.clone()))
}

/// Gives every part of an archive in order. The chain is checked on the way: a damaged journal gives no archive.
fn parts(
    journal: &dyn Journal,
    manifest: &Manifest,
    told: &impl Fn(u64, u64),
    mut take: impl FnMut(&[u8]) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let (map, last) = (&manifest.map, manifest.head);
    let mut snapshots = manifest.snapshots.iter().copied().peekable();
    let (mut writer, begin) = Writer::begin(manifest);
    take(&begin)?;
    let mut walk = Forward::from_start(journal, map, last.seq);
    loop {
        let chunk = walk.chunk(CHUNK)?;
        if chunk.is_empty() {
            break;
        }
        for StoredRecord { record, encoded } in chunk {
            take(&writer.record(&encoded))?;
            if let Some(seq) = snapshots.next_if_eq(&record.seq) {
                take(&writer.snapshot(&snapshot_at(journal, map, seq)?))?;
            }
        }
        told(walk.end().seq, last.seq);
    }
    ends_at(map, walk.end(), last)?;
    take(&writer.end())
}

/// An archive that was read, whole: a journal of one map that takes nothing.
pub struct Archive {
    manifest: Manifest,
    records: Vec<StoredRecord>,
    snapshots: BTreeMap<u64, Snapshot>,
}

impl Archive {
    /// Reads a file, checking every byte and the chain. The error names the first record that is not what it was.
    pub fn read(path: &Path) -> Result<Self, ArchiveError> {
        let failed = |source| ArchiveError::File {
            path: path.to_owned(),
            what: "read",
            source,
        };
        let file = File::open(path).map_err(failed)?;
        Self::take(BufReader::new(file)).map_err(|error| match error {
            Untaken::Fault(fault) => ArchiveError::Damaged {
                path: path.to_owned(),
                fault,
            },
            Untaken::Io(source) => failed(source),
        })
    }

    fn take(mut file: impl Read) -> Result<Self, Untaken> {
        let mut reader = Reader::begin(&exactly(&mut file, MAGIC.len() as u64, Place::Beginning)?)?;
        let (mut manifest, mut records, mut snapshots) = (None, Vec::new(), BTreeMap::new());
        while reader.place() != Place::After {
            let place = reader.place();
            let bytes = exactly(&mut file, HEADER_BYTES as u64, place)?;
            let mut header = [0; HEADER_BYTES];
            header.copy_from_slice(&bytes);
            let begun = reader.header(header)?;
            let rest = exactly(&mut file, begun.rest(), place)?;
            match reader.body(&begun, &rest)? {
                Part::Manifest(read) => manifest = Some(read),
                Part::Record(record, encoded) => records.push(StoredRecord {
                    record: *record,
                    encoded,
                }),
                Part::Snapshot(snapshot) => drop(snapshots.insert(snapshot.seq, snapshot)),
                Part::End => {}
            }
        }
        if !exactly_or_less(&mut file, 1)?.is_empty() {
            let why = "nothing belongs there".to_owned();
            let place = Place::After;
            return Err(Fault { place, why }.into());
        }
        let manifest = manifest.ok_or_else(|| Fault::short(Place::Manifest))?;
        Ok(Self {
            manifest,
            records,
            snapshots,
        })
    }

    /// The map in it.
    pub fn map(&self) -> &MapId {
        &self.manifest.map
    }

    /// The end of its journal.
    pub fn head(&self) -> Head {
        self.manifest.head
    }

    fn has(&self, map: &MapId) -> Result<(), JournalError> {
        if map == self.map() {
            Ok(())
        } else {
            Err(JournalError::NoSuchMap(map.clone()))
        }
    }

    fn entry_of_map(&self) -> Entry {
        Entry {
            map: self.map().clone(),
            head: self.head(),
            summary: None,
        }
    }
}

/// Why a file gives no archive.
enum Untaken {
    Fault(Fault),
    Io(io::Error),
}

impl From<Fault> for Untaken {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Untaken {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// So many bytes, or less at the end of the file. What a file says of its lengths reserves nothing.
fn exactly_or_less(file: &mut impl Read, length: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

fn exactly(file: &mut impl Read, length: u64, place: Place) -> Result<Bytes, Untaken> {
    let bytes = exactly_or_less(file, length)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(Fault::short(place).into())
    }
}

/// The error of whoever would change an archive.
fn nothing_changes() -> JournalError {
    JournalError::Stopped("it is an archive".to_owned())
}

impl Journal for Archive {
    fn create(&self, _: &MapId, _: Draft) -> Result<Opened, JournalError> {
        Err(nothing_changes())
    }

    fn open(&self, map: &MapId) -> Result<Opened, JournalError> {
        self.has(map)?;
        let snapshot = self.snapshot_before(map, self.head().seq)?;
        let after = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq);
        let records = self.records[after as usize..].iter();
        let (sender, tail) = mpsc::unbounded_channel();
        Ok(Opened {
            snapshot,
            records: records.map(|stored| stored.record.clone()).collect(),
            log: Box::new(ClosedLog(sender)),
            tail,
        })
    }

    fn list(&self) -> Result<Vec<Entry>, JournalError> {
        Ok(vec![self.entry_of_map()])
    }

    fn entry(&self, map: &MapId) -> Result<Option<Entry>, JournalError> {
        Ok(self.has(map).is_ok().then(|| self.entry_of_map()))
    }

    fn records(
        &self,
        map: &MapId,
        range: RangeInclusive<u64>,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, JournalError> {
        if self.has(map).is_err() {
            return Ok(Vec::new());
        }
        let before = range.start().saturating_sub(1);
        let from = self
            .records
            .iter()
            .skip(usize::try_from(before).unwrap_or(usize::MAX));
        let wanted = from.take_while(|stored| stored.record.seq <= *range.end());
        enough(wanted.cloned().map(Ok), limit)
    }

    fn snapshot_before(&self, map: &MapId, seq: u64) -> Result<Option<Snapshot>, JournalError> {
        if self.has(map).is_err() {
            return Ok(None);
        }
        let mut elder = self.snapshots.range(..=seq).rev();
        let newest = elder.find(|(_, snapshot)| snapshot.is_of_this_version().is_ok());
        Ok(newest.map(|(_, snapshot)| snapshot.clone()))
    }

    fn is_free(&self, map: &MapId) -> Result<(), JournalError> {
        self.has(map)
    }

    fn rewrite(&self, _: &MapId, _: Rewritten) -> Result<(), JournalError> {
        Err(nothing_changes())
    }

    fn delete(&self, _: &MapId) -> Result<(), JournalError> {
        Err(nothing_changes())
    }

    fn health(&self) -> Result<(), Arc<JournalError>> {
        Ok(())
    }

    fn close(&self) -> Result<(), JournalError> {
        Ok(())
    }
}

/// The log of an archive: open, so that its room stays, and without room for another record. It keeps the tail from ending.
struct ClosedLog(#[expect(dead_code, reason = "held, not used")] mpsc::UnboundedSender<Tail>);

impl Log for ClosedLog {
    fn append(&mut self, _: Draft) -> Result<(), JournalError> {
        Err(nothing_changes())
    }

    /// Passed over: it would save time for a next opening that reads the archive anew anyway.
    fn put_snapshot(&mut self, _: Snapshot) -> Result<(), JournalError> {
        Ok(())
    }

    /// Passed over, as a snapshot.
    fn put_summary(&mut self, _: Bytes) -> Result<(), JournalError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
