//! Loading: a workshop from its journal, as of now or of any record. Used by rooms when they open, by exports and by
//! `verify`. Reads only; blocks on the disk, so async callers go through `spawn_blocking`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cairn_protocol::fold::{self, Folded, Snapshot, SnapshotError, Workshop};
use cairn_protocol::id::MapId;
use cairn_protocol::record::Record;

use crate::journal::chain::Forward;
use crate::journal::{Journal, JournalError, Opened};

/// Records read at a time: a few megabytes of an ordinary journal.
const CHUNK: usize = 10_000;
/// A journal with more unfoldable records than this is damaged in a way that passing over will not mend.
pub(crate) const MOST_POISONED: usize = 16;

/// Why a workshop could not be loaded. The map is refused, never served empty (DESIGN §3.11).
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The snapshot could not be read.
    #[error("map {map}: {source}")]
    Snapshot {
        /// Of which map.
        map: MapId,
        /// Why.
        source: SnapshotError,
    },
    /// The system gives no thread to fold in.
    #[error("the system gives no thread to fold in: {0}")]
    Thread(String),
    /// Too many records bring the fold down.
    #[error("map {0}: more than {MOST_POISONED} records cannot be folded")]
    Poisoned(MapId),
    /// Asked for a record that is not there yet.
    #[error("map {map} ends at record {last}")]
    NotYet {
        /// Of which map.
        map: MapId,
        /// Its last record.
        last: u64,
    },
}

/// A workshop with the records that had to be passed over.
pub struct Loaded {
    /// The fold's value.
    pub workshop: Workshop,
    /// Records that brought the fold down now and have no void yet (REC-6).
    pub poisoned: BTreeSet<u64>,
    /// Bytes of the snapshot that folding began with, if one could be used.
    pub(crate) snapshot: Option<usize>,
    /// How many records were folded.
    pub(crate) folded: usize,
}

/// A record brought the fold down: the state in memory must be thrown away (REC-6).
#[derive(Clone, Copy, Debug)]
pub struct Poison;

/// [`fold::apply`] behind a wall: a panic inside becomes [`Poison`].
pub fn apply(workshop: &mut Workshop, record: &Record) -> Result<Folded, Poison> {
    let fold = || {
        #[cfg(test)]
        tests::fall_over(record);
        fold::apply(workshop, record)
    };
    // After a panic the workshop is thrown away by every caller, so a torn state is never seen.
    catch_unwind(AssertUnwindSafe(fold)).map_err(|_| Poison)
}

/// yrs recurses once per client of a state it applies: at about 200 bytes each, this is for a million page loads. Only
/// reserved, not used, by ordinary maps.
const FOLDING_STACK: usize = 256 * 1024 * 1024;

/// Folds records over a snapshot, passing over those that a later record voids and those that bring the fold down. What the snapshot
/// leaves to earlier records is read from the journal (FOLD-3).
pub fn fold_records(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: Option<&Snapshot>,
    records: &[Record],
) -> Result<Loaded, LoadError> {
    let (loaded, ()) = fold_before(journal, map, snapshot, records, || ())?;
    Ok(loaded)
}

/// Somebody who looks on while records are folded.
pub(crate) trait Witness: Send {
    /// This record made the workshop what it is now, with this outcome.
    fn sees(&mut self, workshop: &Workshop, record: &Record, folded: &Folded);
}

impl Witness for () {
    fn sees(&mut self, _: &Workshop, _: &Record, _: &Folded) {}
}

/// [`fold_records`] before a witness, who has seen every record that was not passed over: one called anew whenever folding begins anew.
pub(crate) fn fold_before<W: Witness>(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: Option<&Snapshot>,
    records: &[Record],
    call: impl Fn() -> W + Send,
) -> Result<(Loaded, W), LoadError> {
    on_folding_stack(|| fold_all(journal, map, snapshot, records, call))?
}

/// Runs what folds on a stack that is deep enough for any map.
pub(crate) fn on_folding_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, LoadError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("fold".to_owned())
            .stack_size(FOLDING_STACK);
        let folding = thread.spawn_scoped(scope, work);
        let folding = folding.map_err(|error| LoadError::Thread(error.to_string()))?;
        // Panics of the fold are caught inside; what is left is a defect here, to be passed on.
        Ok(folding
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn fold_all<W: Witness>(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: Option<&Snapshot>,
    records: &[Record],
    call: impl Fn() -> W,
) -> Result<(Loaded, W), LoadError> {
    let voided: BTreeSet<u64> = records.iter().filter_map(Record::voids).collect();
    let mut poisoned = BTreeSet::new();
    while poisoned.len() <= MOST_POISONED {
        let mut workshop = start(journal, map, snapshot)?;
        let mut witness = call();
        let skipped = |seq: u64| voided.contains(&seq) || poisoned.contains(&seq);
        let fell = records.iter().find(|record| {
            if skipped(record.seq) {
                fold::skip(&mut workshop, record);
                return false;
            }
            let folded = apply(&mut workshop, record);
            if let Ok(folded) = &folded {
                witness.sees(&workshop, record, folded);
            }
            folded.is_err()
        });
        match fell {
            None => {
                let loaded = Loaded {
                    workshop,
                    poisoned,
                    snapshot: snapshot.map(|snapshot| snapshot.bytes.len()),
                    folded: records.len(),
                };
                return Ok((loaded, witness));
            }
            Some(record) => poisoned.insert(record.seq),
        };
    }
    Err(LoadError::Poisoned(map.clone()))
}

fn start(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: Option<&Snapshot>,
) -> Result<Workshop, LoadError> {
    let Some(snapshot) = snapshot else {
        return Ok(Workshop::new(map.clone()));
    };
    let broken = |source| LoadError::Snapshot {
        map: map.clone(),
        source,
    };
    let mut restored = Workshop::restore(map, &snapshot.bytes).map_err(broken)?;
    for record in read_these(journal, map, restored.needs(), snapshot.seq)? {
        restored.refill(&record).map_err(broken)?;
    }
    restored.whole().map_err(broken)
}

/// What a snapshot holds, in the bytes in which this Cairn would write it.
pub(crate) fn written_anew(
    journal: &dyn Journal,
    map: &MapId,
    snapshot: &Snapshot,
) -> Result<Snapshot, LoadError> {
    on_folding_stack(|| Ok(start(journal, map, Some(snapshot))?.snapshot()))?
}

/// Records by number, of those up to `end`. Neighbours are read together, with the few between them: the votes of a round stand among edits.
fn read_these(
    journal: &dyn Journal,
    map: &MapId,
    numbers: &BTreeSet<u64>,
    end: u64,
) -> Result<Vec<Record>, JournalError> {
    const APART: u64 = 64;
    let mut found = Vec::with_capacity(numbers.len());
    let mut rest = numbers.iter().copied().peekable();
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if(|next| *next <= last + APART) {
            last = next;
        }
        // With the one behind, which says what the last one was. Of the one under the snapshot, its seal does.
        let read = read_all(journal, map, first - 1, end.min(last + 1))?;
        let read = read.into_iter();
        found.extend(read.filter(|record| numbers.contains(&record.seq)));
    }
    Ok(found)
}

/// The workshop of a journal that was just opened. A snapshot that cannot be read saves no
/// time, but loses nothing either: then an older one serves, or every record is folded.
pub(crate) fn fold_opened(
    journal: &dyn Journal,
    map: &MapId,
    opened: &Opened,
) -> Result<Loaded, LoadError> {
    let newest = opened.snapshot.as_ref().map_or(0, |snapshot| snapshot.seq);
    let behind = |after: u64| {
        if after == newest {
            return Ok(Cow::Borrowed(opened.records.as_slice()));
        }
        let mut records = read_all(journal, map, after, newest)?;
        records.extend_from_slice(&opened.records);
        Ok(Cow::Owned(records))
    };
    fold_after(journal, map, opened.snapshot.clone(), behind)
}

/// The workshop after record `seq`, or after the last durable one: newest snapshot before it and the records after.
pub fn load_at(
    journal: &dyn Journal,
    map: &MapId,
    seq: Option<u64>,
) -> Result<Workshop, LoadError> {
    let entry = journal
        .entry(map)?
        .ok_or_else(|| JournalError::NoSuchMap(map.clone()))?;
    let last = entry.head.seq;
    let target = seq.unwrap_or(last);
    if target > last {
        return Err(LoadError::NotYet {
            map: map.clone(),
            last,
        });
    }
    let snapshot = journal.snapshot_before(map, target)?;
    let behind = |after| Ok(Cow::Owned(read_all(journal, map, after, target)?));
    Ok(fold_after(journal, map, snapshot, behind)?.workshop)
}

/// Folds the records behind a snapshot; where it cannot be used, behind an older one, in the end from the first.
fn fold_after<'a>(
    journal: &dyn Journal,
    map: &MapId,
    mut snapshot: Option<Snapshot>,
    behind: impl Fn(u64) -> Result<Cow<'a, [Record]>, JournalError>,
) -> Result<Loaded, LoadError> {
    loop {
        let after = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq);
        match fold_records(journal, map, snapshot.as_ref(), &behind(after)?) {
            Err(LoadError::Snapshot { source, .. }) => {
                tracing::warn!(map = %map, seq = after, error = %source, "a snapshot cannot be read; going back to an older one");
                snapshot = journal.snapshot_before(map, after - 1)?;
            }
            loaded => return loaded,
        }
    }
}

/// The records behind `after`, up to `until`, which must be there, each following the one before it (REC-3).
pub(crate) fn read_all(
    journal: &dyn Journal,
    map: &MapId,
    after: u64,
    until: u64,
) -> Result<Vec<Record>, JournalError> {
    let mut records = Vec::new();
    let mut walk = Forward::after(journal, map, after, until)?;
    loop {
        let chunk = walk.chunk(CHUNK)?;
        if chunk.is_empty() {
            return Ok(records);
        }
        records.extend(chunk.into_iter().map(|stored| stored.record));
    }
}

#[cfg(test)]
pub(crate) mod tests;
