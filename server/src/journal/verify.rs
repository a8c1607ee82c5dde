//! Checks one map's journal from its first record to its end. Called by `cairn verify`; reads only, and needs no log,
//! so a map may be checked while people work on it.

use cairn_protocol::id::MapId;
use cairn_protocol::record::Head;

use super::chain::{Forward, ends_at};
use super::{Entry, Journal, JournalError};

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
    let mut walk = Forward::from_start(journal, map, head.seq);
    while !walk.chunk(CHUNK)?.is_empty() {}
    ends_at(map, walk.end(), head)?;
    Ok(Verified {
        records: head.seq,
        head,
    })
}
