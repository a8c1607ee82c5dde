//! Erasing a person from a map's journal (ERASE): the journal is read whole, written anew in memory by `cairn_protocol::erase`, and put in
//! the place of the old one in one commit. Called by `rooms` while no room of the map is open. Blocks on the disk.

use cairn_protocol::erase::{Done, EraseError, Eraser, Survey};
use cairn_protocol::fold::Refusal;
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::Hash;

use crate::catalog::CatalogEntry;
use crate::journal::{Journal, JournalError, Rewritten, StoredRecord};
use crate::load::{self, LoadError};
use crate::room::at_rest;

/// Records read at a time.
const CHUNK: usize = 10_000;

/// What was done.
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

/// Erases somebody who was removed. Gives what was done, and what the list of maps shows of the map now.
pub(crate) fn erase(
    journal: &dyn Journal,
    map: &MapId,
    who: ParticipantId,
    now: u64,
) -> Result<(Erasure, Option<CatalogEntry>), NotErased> {
    load::on_folding_stack(|| on_deep_stack(journal, map, who, now))?
}

fn on_deep_stack(
    journal: &dyn Journal,
    map: &MapId,
    who: ParticipantId,
    now: u64,
) -> Result<(Erasure, Option<CatalogEntry>), NotErased> {
    let mut records = whole(journal, map)?;
    let mut survey = Survey::default();
    for stored in &records {
        survey.sees(&stored.record);
    }
    let mut eraser = Eraser::new(map, who, survey);
    for stored in &mut records {
        let encoded = eraser.take(&stored.record, &stored.encoded)?;
        // Read back: what is kept is what its bytes say.
        if encoded != stored.encoded {
            *stored = StoredRecord::read(map, stored.record.seq, encoded)?;
        }
    }
    at_rest(eraser.workshop())?;
    let before = eraser.old_head();
    let Some(Done {
        record,
        encoded,
        head,
        workshop,
        erased,
    }) = eraser.seal(now)
    else {
        let (records, hash) = (0, before.hash);
        let nothing = Erasure {
            records,
            before: hash,
            after: hash,
        };
        return Ok((nothing, None));
    };
    records.push(StoredRecord {
        record,
        encoded: encoded.into(),
    });
    let listed = CatalogEntry::of(&workshop);
    let anew = Rewritten {
        before,
        records,
        head,
        snapshot: workshop.snapshot(),
        summary: listed.encode(),
    };
    journal.rewrite(map, anew)?;
    let erasure = Erasure {
        records: erased.records,
        before: erased.before,
        after: head.hash,
    };
    Ok((erasure, Some(listed)))
}

fn whole(journal: &dyn Journal, map: &MapId) -> Result<Vec<StoredRecord>, JournalError> {
    let mut all: Vec<StoredRecord> = Vec::new();
    loop {
        let next = all.last().map_or(1, |stored| stored.record.seq + 1);
        let chunk = journal.records(map, next..=u64::MAX, CHUNK)?;
        if chunk.is_empty() {
            return Ok(all);
        }
        all.extend(chunk);
    }
}
