//! Walking a map's journal for whoever looks back (HIST): record after record through the fold, a few at a time, so that no journal is held in
//! memory whole. Called by the HTTP interface; decides nothing of what is told, which `cairn_protocol::history` does. Blocks on the disk.

use std::collections::BTreeSet;

use cairn_protocol::fold::{self, Folded, Workshop};
use cairn_protocol::history::{History, Tape, Touched, Watch};
use cairn_protocol::id::MapId;
use cairn_protocol::record::Record;

use crate::journal::chain::Forward;
use crate::journal::{Journal, JournalError};
use crate::load::{self, LoadError, MOST_POISONED};

/// Records read at a time, if they are short.
const CHUNK: usize = 5_000;
/// A tape ends with the record that brings it to one of these. What is not told counts for the first, too: folding it takes time.
const TAPE_RECORDS: u64 = 10_000;
const TAPE_BYTES: usize = 1024 * 1024;

/// Somebody who looks on while a journal is walked.
trait Eyes {
    /// This record comes next.
    fn comes(&mut self, _: &Workshop, _: &Record) {}

    /// This record made the workshop what it is now. Says whether to go on.
    fn sees(&mut self, now: &Workshop, record: &Record, folded: &Folded, touched: &Touched)
    -> bool;

    /// This record is passed over (REC-6). Says whether to go on.
    fn passes(&mut self, record: &Record) -> bool;
}

/// A workshop with its watch.
struct Standing {
    workshop: Workshop,
    watch: Watch,
}

impl Standing {
    fn after(journal: &dyn Journal, map: &MapId, seq: u64) -> Result<Self, LoadError> {
        let workshop = if seq == 0 {
            Workshop::new(map.clone())
        } else {
            load::load_at(journal, map, Some(seq))?
        };
        let watch = Watch::on(&workshop);
        Ok(Self { workshop, watch })
    }
}

/// Folds the records after where a workshop stands, up to `until`, before these eyes.
fn walk(
    journal: &dyn Journal,
    mut standing: Standing,
    until: u64,
    eyes: &mut dyn Eyes,
) -> Result<(), LoadError> {
    let map = standing.workshop.map().clone();
    let mut poisoned = 0;
    let mut forward = Forward::after(journal, &map, standing.workshop.seq(), until)?;
    loop {
        let chunk = forward.chunk(CHUNK)?.into_iter();
        let records: Vec<Record> = chunk.map(|stored| stored.record).collect();
        if records.is_empty() {
            return Ok(());
        }
        let voided: BTreeSet<u64> = records.iter().filter_map(Record::voids).collect();
        for record in &records {
            let falls = voided.contains(&record.seq) || {
                eyes.comes(&standing.workshop, record);
                let folded = load::apply(&mut standing.workshop, record);
                if let Ok(folded) = &folded {
                    let touched = standing.watch.touched(&standing.workshop);
                    if !eyes.sees(&standing.workshop, record, folded, &touched) {
                        return Ok(());
                    }
                } else {
                    poisoned += 1;
                    if poisoned > MOST_POISONED {
                        return Err(LoadError::Poisoned(map));
                    }
                    // What is in memory is torn.
                    standing = Standing::after(journal, &map, record.seq - 1)?;
                }
                folded.is_err()
            };
            if falls {
                fold::skip(&mut standing.workshop, record);
                if !eyes.passes(record) {
                    return Ok(());
                }
            }
        }
    }
}

impl Eyes for History {
    fn comes(&mut self, before: &Workshop, record: &Record) {
        self.before(before, record);
    }

    fn sees(
        &mut self,
        now: &Workshop,
        record: &Record,
        folded: &Folded,
        touched: &Touched,
    ) -> bool {
        self.take(now, record, folded, touched);
        true
    }

    fn passes(&mut self, record: &Record) -> bool {
        self.pass(record);
        true
    }
}

/// Writes a tape until it is long enough.
struct Writer {
    tape: Tape,
    /// The record looked at last.
    seq: u64,
    looked_at: u64,
}

impl Writer {
    fn goes_on(&mut self, seq: u64) -> bool {
        self.seq = seq;
        self.looked_at += 1;
        self.looked_at < TAPE_RECORDS && self.tape.size() < TAPE_BYTES
    }
}

impl Eyes for Writer {
    fn sees(
        &mut self,
        now: &Workshop,
        record: &Record,
        folded: &Folded,
        touched: &Touched,
    ) -> bool {
        self.tape.take(now, record, folded, touched);
        self.goes_on(record.seq)
    }

    fn passes(&mut self, record: &Record) -> bool {
        self.goes_on(record.seq)
    }
}

/// The last record that is on disk.
pub(crate) fn last(journal: &dyn Journal, map: &MapId) -> Result<u64, LoadError> {
    let entry = journal.entry(map)?;
    Ok(entry
        .ok_or_else(|| JournalError::NoSuchMap(map.clone()))?
        .head
        .seq)
}

/// Takes a history on to the record `until`.
pub(crate) fn go_on(
    journal: &dyn Journal,
    map: &MapId,
    mut history: History,
    until: u64,
) -> Result<History, LoadError> {
    load::on_folding_stack(|| {
        let standing = Standing::after(journal, map, history.seq())?;
        walk(journal, standing, until, &mut history)?;
        Ok(history)
    })?
}

/// The tape of the records from `from` to `to`, or as many of them as one tape has room for.
pub(crate) fn tape(
    journal: &dyn Journal,
    map: &MapId,
    from: u64,
    to: Option<u64>,
) -> Result<Vec<u8>, LoadError> {
    let last = last(journal, map)?;
    if from > last + 1 {
        return Err(LoadError::NotYet {
            map: map.clone(),
            last,
        });
    }
    let until = to.unwrap_or(last).min(last);
    load::on_folding_stack(|| {
        let standing = Standing::after(journal, map, from - 1)?;
        let mut writer = Writer {
            tape: Tape::after(&standing.workshop),
            seq: from - 1,
            looked_at: 0,
        };
        if from <= until {
            walk(journal, standing, until, &mut writer)?;
        }
        Ok(writer.tape.finish(from, writer.seq + 1, last))
    })?
}
