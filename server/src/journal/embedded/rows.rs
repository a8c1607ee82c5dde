//! The records of a file, wherever they lie: the newest of a map each for itself, those before them in blocks. Used by `reading`, the
//! writer and `salvage`, which need not know which is which. Writes nothing.

use std::ops::RangeInclusive;
use std::vec;

use bytes::Bytes;
use cairn_protocol::id::MapId;
use cairn_protocol::record::ChainError;
use redb::{Range, ReadableTable};

use super::block::{self, Damaged};
use super::tables::{self, PiecePlace, Place, store_error};
use crate::journal::{JournalError, StoredRecord};

/// The two tables that hold records, in a transaction of either kind.
pub(super) struct Rows<'t, S, B> {
    singles: &'t S,
    /// `None` in a file of the first format.
    blocks: Option<&'t B>,
}

impl<'t, S, B> Rows<'t, S, B>
where
    S: ReadableTable<Place, &'static [u8]>,
    B: ReadableTable<PiecePlace, &'static [u8]>,
{
    pub(super) fn new(singles: &'t S, blocks: Option<&'t B>) -> Self {
        Self { singles, blocks }
    }

    /// One record, if it is there and what it was.
    pub(super) fn get(&self, map: &MapId, seq: u64) -> Result<Option<StoredRecord>, JournalError> {
        self.range(map, seq..=seq).next().transpose()
    }

    /// Number of the last record kept of a map, 0 for none.
    pub(super) fn last_seq(&self, map: &MapId) -> Result<u64, JournalError> {
        let all = (map.as_str(), 0)..=(map.as_str(), u64::MAX);
        if let Some(row) = self.singles.range(all).map_err(store_error)?.next_back() {
            return Ok(row.map_err(store_error)?.0.value().1);
        }
        self.last_in_blocks(map, u64::MAX)
    }

    /// Number of the last record of the last block that ends at or before `seq`, 0 for none.
    fn last_in_blocks(&self, map: &MapId, seq: u64) -> Result<u64, JournalError> {
        let Some(blocks) = self.blocks else {
            return Ok(0);
        };
        let places = (map.as_str(), 0, 0)..=(map.as_str(), seq, u32::MAX);
        match blocks.range(places).map_err(store_error)?.next_back() {
            Some(row) => Ok(row.map_err(store_error)?.0.value().1),
            None => Ok(0),
        }
    }

    /// Records in order. The first that is not what it was written is an error, and the last item.
    pub(super) fn range<'a>(
        &'a self,
        map: &'a MapId,
        seqs: RangeInclusive<u64>,
    ) -> impl Iterator<Item = Result<StoredRecord, JournalError>> + use<'a, 't, S, B> {
        let (next, last) = seqs.into_inner();
        Walk {
            rows: self,
            map,
            next,
            last,
            stage: if next > last {
                Stage::Over
            } else {
                Stage::Blocks
            },
            unpacked: Vec::new().into_iter(),
        }
    }

    /// The first block that ends at or after `seq`: its last record, and what is in it.
    fn block_with(&self, map: &MapId, seq: u64) -> Result<Option<(u64, Unpacked)>, JournalError> {
        let Some(blocks) = self.blocks else {
            return Ok(None);
        };
        let places = (map.as_str(), seq, 0)..=(map.as_str(), u64::MAX, u32::MAX);
        let last = match blocks.range(places).map_err(store_error)?.next() {
            Some(row) => row.map_err(store_error)?.0.value().1,
            None => return Ok(None),
        };
        let packed = tables::pieces(blocks, (map.as_str(), last))?.unwrap_or_default();
        let first = self.last_in_blocks(map, last - 1)? + 1;
        let (records, damage) = match block::unpack(&packed) {
            Ok(records) => (records, None),
            Err(Damaged::From(whole)) => {
                let seq = first + whole.len() as u64;
                let source = ChainError::Broken { seq };
                let map = map.clone();
                (whole, Some((seq, JournalError::Chain { map, source })))
            }
            Err(Damaged::Unreadable(why)) => {
                let error = JournalError::Block {
                    map: map.clone(),
                    first,
                    last,
                    why,
                };
                (Vec::new(), Some((first, error)))
            }
        };
        Ok(Some((last, Unpacked { records, damage })))
    }
}

/// What is in a block, and from which record on it is not what it was, and why.
struct Unpacked {
    records: Vec<StoredRecord>,
    damage: Option<(u64, JournalError)>,
}

enum Stage<'a> {
    Blocks,
    /// A block that is not whole: its error, once what is whole was given.
    Damaged(JournalError),
    Singles(Box<Range<'a, Place, &'static [u8]>>),
    Over,
}

struct Walk<'a, 't, S, B> {
    rows: &'a Rows<'t, S, B>,
    map: &'a MapId,
    /// The number wanted next, and the last one wanted.
    next: u64,
    last: u64,
    stage: Stage<'a>,
    unpacked: vec::IntoIter<StoredRecord>,
}

impl<S, B> Walk<'_, '_, S, B>
where
    S: ReadableTable<Place, &'static [u8]>,
    B: ReadableTable<PiecePlace, &'static [u8]>,
{
    fn step(&mut self) -> Result<Option<StoredRecord>, JournalError> {
        loop {
            if let Some(stored) = self.unpacked.next() {
                return Ok(Some(stored));
            }
            match std::mem::replace(&mut self.stage, Stage::Over) {
                Stage::Blocks => {
                    let block = if self.next <= self.last {
                        self.rows.block_with(self.map, self.next)?
                    } else {
                        None
                    };
                    let Some((
                        end,
                        Unpacked {
                            mut records,
                            damage,
                        },
                    )) = block
                    else {
                        self.stage = Stage::Singles(Box::new(self.singles()?));
                        continue;
                    };
                    let wanted = self.next..=self.last;
                    records.retain(|stored| wanted.contains(&stored.record.seq));
                    self.unpacked = records.into_iter();
                    self.next = end.saturating_add(1);
                    self.stage = match damage {
                        Some((from, error)) if from <= self.last => Stage::Damaged(error),
                        // What lies behind the last record wanted is not looked at.
                        _ => Stage::Blocks,
                    };
                }
                Stage::Damaged(error) => return Err(error),
                Stage::Singles(mut rows) => {
                    let Some(row) = rows.next() else {
                        return Ok(None);
                    };
                    let (place, encoded) = row.map_err(store_error)?;
                    let stored = decoded(self.map, place.value().1, encoded.value())?;
                    self.stage = Stage::Singles(rows);
                    return Ok(Some(stored));
                }
                Stage::Over => return Ok(None),
            }
        }
    }
}

impl<'a, S, B> Walk<'a, '_, S, B>
where
    S: ReadableTable<Place, &'static [u8]>,
{
    fn singles(&self) -> Result<Range<'a, Place, &'static [u8]>, JournalError> {
        // An empty range is one to redb as well only when it is not reversed.
        let until = self.last.max(self.next.saturating_sub(1)).saturating_add(1);
        let rows: &'a S = self.rows.singles;
        rows.range((self.map.as_str(), self.next)..(self.map.as_str(), until))
            .map_err(store_error)
    }
}

impl<S, B> Iterator for Walk<'_, '_, S, B>
where
    S: ReadableTable<Place, &'static [u8]>,
    B: ReadableTable<PiecePlace, &'static [u8]>,
{
    type Item = Result<StoredRecord, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// A row of `RECORDS`.
pub(super) fn decoded(map: &MapId, seq: u64, encoded: &[u8]) -> Result<StoredRecord, JournalError> {
    StoredRecord::read(map, seq, Bytes::copy_from_slice(encoded))
}
