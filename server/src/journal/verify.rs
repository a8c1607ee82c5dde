//! Checks one map's journal from its first record to its end. Called by `cairn verify`; reads only, and needs no log,
//! so a map may be checked while people work on it.

use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Head};

use super::{Entry, Journal, JournalError, StoredRecord};

/// Records read at a time: enough to cost few transactions, few enough to hold in memory whatever their size.
const CHUNK: usize = 1024;

/// A journal whose chain holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has.
    pub records: u64,
    /// Its end. Two copies of a journal with the same head hold the same records.
    pub head: Head,
}

/// Walks the whole chain up to the end the journal has when called. The error names the first record that is damaged,
/// missing or does not follow the one before it.
pub fn verify(journal: &dyn Journal, map: &MapId) -> Result<Verified, JournalError> {
    let Some(Entry { head, .. }) = journal.entry(map)? else {
        return Err(JournalError::NoSuchMap(map.clone()));
    };
    let mut end = Head::genesis(map);
    while end.seq < head.seq {
        let rest = end.seq + 1..=head.seq;
        let chunk = match journal.records(map, rest.clone(), CHUNK) {
            Ok(chunk) => chunk,
            // One of the chunk cannot be read, but one before it may not follow: go on one by one.
            Err(_) => journal.records(map, rest, 1)?,
        };
        if chunk.is_empty() {
            let source = ChainError::Gap {
                expected: end.seq + 1,
                found: head.seq,
            };
            return Err(JournalError::Chain {
                map: map.clone(),
                source,
            });
        }
        for StoredRecord { record, encoded } in chunk {
            end.follow(&record, &encoded)
                .map_err(|source| JournalError::Chain {
                    map: map.clone(),
                    source,
                })?;
        }
    }
    if end != head {
        let source = ChainError::Broken { seq: head.seq };
        return Err(JournalError::Chain {
            map: map.clone(),
            source,
        });
    }
    Ok(Verified {
        records: end.seq,
        head: end,
    })
}
