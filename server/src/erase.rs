//! Erasing a person from a map's journal (ERASE): the journal is read, written anew in memory by `cairn_protocol::erase`, and put in the
//! place of the old one in one commit. Called by `rooms`: first as a rehearsal, which changes nothing, then while no room of the map is
//! open. Blocks on the disk.

use bytes::Bytes;
use cairn_protocol::erase::{Done, EraseError, Eraser, Survey};
use cairn_protocol::fold::{Refusal, Snapshot};
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::Hash;

use crate::catalog::CatalogEntry;
use crate::journal::chain::{Forward, ends_at};
use crate::journal::{Journal, JournalError, Rewritten, StoredRecord};
use crate::load::{self, LoadError};
use crate::room::{Spacing, at_rest};

/// Records read at a time.
const CHUNK: usize = 10_000;

/// So many snapshots are held at the most until the journal thins them: beyond, every second one goes.
const SNAPSHOTS: usize = 32;

/// What was done, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// How many records say something else now. 0 if there was nothing of them any more: then nothing was done.
    pub records: u64,
    /// Hash of the last record before.
    pub before: Hash,
    /// Hash of the last record now.
    pub after: Hash,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotErased {
    /// A rule.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It cannot be written anew.
    #[error(transparent)]
    Erase(#[from] EraseError),
}

impl From<JournalError> for NotErased {
    fn from(error: JournalError) -> Self {
        Self::Load(error.into())
    }
}

/// What erasing somebody would do now, as far as the journal is durable. Changes nothing.
pub(crate) fn rehearse(
    journal: &dyn Journal,
    map: &MapId,
    who: ParticipantId,
) -> Result<Erasure, NotErased> {
    load::on_folding_stack(|| {
        let eraser = through(journal, map, who, |_, _, _| Ok(()))?;
        let before = eraser.old_head().hash;
        let done = eraser.seal(0);
        Ok(done.map_or_else(|| nothing(before), |done| erasure(&done)))
    })?
}

/// Erases somebody who was removed. Gives what was done, and what the list of maps shows of the map now. Snapshots are kept on the way as
/// a room would have kept them.
pub(crate) fn erase(
    journal: &dyn Journal,
    map: &MapId,
    who: ParticipantId,
    now: u64,
    spacing: Spacing,
) -> Result<(Erasure, Option<CatalogEntry>), NotErased> {
    load::on_folding_stack(|| {
        let (mut records, mut snapshots) = (Vec::new(), Snapshots::every(spacing));
        let eraser = through(journal, map, who, |eraser, stored, encoded| {
            records.push(reread(map, stored, encoded)?);
            snapshots.folded(eraser);
            Ok(())
        })?;
        let before = eraser.old_head();
        let Some(done) = eraser.seal(now) else {
            return Ok((nothing(before.hash), None));
        };
        let erasure = erasure(&done);
        let Done {
            record,
            encoded,
            head,
            workshop,
            ..
        } = done;
        let encoded = encoded.into();
        records.push(StoredRecord { record, encoded });
        snapshots.kept.push(workshop.snapshot());
        let listed = CatalogEntry::of(&workshop);
        let anew = Rewritten {
            before,
            records,
            head,
            snapshots: snapshots.kept,
            summary: listed.encode(),
        };
        journal.rewrite(map, anew)?;
        Ok((erasure, Some(listed)))
    })?
}

/// Takes a journal through the eraser. `each` sees every record as it was, with the bytes that take its place.
fn through(
    journal: &dyn Journal,
    map: &MapId,
    who: ParticipantId,
    mut each: impl FnMut(&Eraser, StoredRecord, Bytes) -> Result<(), NotErased>,
) -> Result<Eraser, NotErased> {
    let entry = journal.entry(map)?;
    let head = entry.ok_or_else(|| JournalError::NoSuchMap(map.clone()))?;
    let head = head.head;
    let mut survey = Survey::default();
    walk(journal, map, head.seq, |stored| {
        survey.sees(&stored.record);
        Ok(())
    })?;
    let mut eraser = Eraser::new(map, who, survey);
    walk(journal, map, head.seq, |stored| {
        let encoded = eraser.take(&stored.record, &stored.encoded)?;
        each(&eraser, stored, encoded)
    })?;
    ends_at(map, eraser.old_head(), head)?;
    at_rest(eraser.workshop())?;
    Ok(eraser)
}

fn walk(
    journal: &dyn Journal,
    map: &MapId,
    until: u64,
    mut see: impl FnMut(StoredRecord) -> Result<(), NotErased>,
) -> Result<(), NotErased> {
    let mut forward = Forward::from_start(journal, map, until);
    loop {
        let chunk = forward.chunk(CHUNK)?;
        if chunk.is_empty() {
            return Ok(());
        }
        chunk.into_iter().try_for_each(&mut see)?;
    }
}

/// What is kept is what its bytes say.
fn reread(map: &MapId, stored: StoredRecord, anew: Bytes) -> Result<StoredRecord, JournalError> {
    if anew == stored.encoded {
        return Ok(stored);
    }
    StoredRecord::read(map, stored.record.seq, anew)
}

fn nothing(end: Hash) -> Erasure {
    Erasure {
        records: 0,
        before: end,
        after: end,
    }
}

fn erasure(done: &Done) -> Erasure {
    Erasure {
        records: done.erased.records,
        before: done.erased.before,
        after: done.head.hash,
    }
}

/// The snapshots of a journal that is written anew.
struct Snapshots {
    spacing: Spacing,
    kept: Vec<Snapshot>,
}

impl Snapshots {
    fn every(spacing: Spacing) -> Self {
        let kept = Vec::new();
        Self { spacing, kept }
    }

    fn folded(&mut self, eraser: &Eraser) {
        self.spacing.folded();
        if !self.spacing.is_due() {
            return;
        }
        let snapshot = eraser.anew().snapshot();
        self.spacing.kept(snapshot.bytes.len());
        self.kept.push(snapshot);
        if self.kept.len() > SNAPSHOTS {
            let mut stays = false;
            self.kept.retain(|_| {
                stays = !stays;
                stays
            });
        }
    }
}
