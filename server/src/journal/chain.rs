//! Reading one map's journal forward, a few records at a time, each of which must follow the one before it (REC-3). Whoever walks a journal goes
//! through here: loading, history, `verify` and archives. Reads only.

use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Hash, Head};

use super::{Journal, JournalError, StoredRecord};

/// A walk through a journal.
pub struct Forward<'a> {
    journal: &'a dyn Journal,
    map: &'a MapId,
    end: Head,
    until: u64,
}

impl<'a> Forward<'a> {
    /// From the first record up to this one, which must be there.
    pub fn from_start(journal: &'a dyn Journal, map: &'a MapId, until: u64) -> Self {
        Self {
            journal,
            map,
            end: Head::genesis(map),
            until,
        }
    }

    /// From behind a record, which is read to know what the next one follows.
    pub fn after(
        journal: &'a dyn Journal,
        map: &'a MapId,
        after: u64,
        until: u64,
    ) -> Result<Self, JournalError> {
        let mut forward = Self::from_start(journal, map, until);
        if after == 0 || after >= until {
            forward.end.seq = after;
            return Ok(forward);
        }
        let read = journal.records(map, after..=after, 1)?;
        match read.first() {
            Some(StoredRecord { record, encoded }) if record.seq == after => {
                forward.end = Head {
                    seq: after,
                    at: record.at,
                    hash: Hash::of(encoded),
                };
                Ok(forward)
            }
            _ => Err(forward.missing(after)),
        }
    }

    /// The record read last.
    pub fn end(&self) -> Head {
        self.end
    }

    /// The next records, at most so many; none when all were read. The error names the first one that is damaged, missing or does not follow.
    pub fn chunk(&mut self, most: usize) -> Result<Vec<StoredRecord>, JournalError> {
        if self.end.seq >= self.until {
            return Ok(Vec::new());
        }
        let rest = self.end.seq + 1..=self.until;
        let chunk = self.journal.records(self.map, rest, most)?;
        if chunk.is_empty() {
            return Err(self.missing(self.end.seq + 1));
        }
        for StoredRecord { record, encoded } in &chunk {
            let follows = self.end.follow(record, encoded);
            follows.map_err(|source| self.broken(source))?;
        }
        Ok(chunk)
    }

    fn missing(&self, expected: u64) -> JournalError {
        let found = self.until;
        self.broken(ChainError::Gap { expected, found })
    }

    fn broken(&self, source: ChainError) -> JournalError {
        let map = self.map.clone();
        JournalError::Chain { map, source }
    }
}

/// That a walk ended where the journal says that it ends.
pub fn ends_at(map: &MapId, end: Head, head: Head) -> Result<(), JournalError> {
    if end == head {
        return Ok(());
    }
    Err(JournalError::Chain {
        map: map.clone(),
        source: ChainError::Broken { seq: head.seq },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::RangeInclusive;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use bytes::Bytes;
    use cairn_protocol::fold::Snapshot;
    use cairn_protocol::record::{Actor, Body, Draft};

    use crate::journal::{ENOUGH_BYTES, Entry, Opened, Rewritten, enough};

    /// A journal that gives what it is told to, whatever was asked for.
    #[derive(Default)]
    struct Telling {
        records: Vec<StoredRecord>,
        /// From here on nothing can be read.
        damaged: Option<u64>,
        asked: AtomicUsize,
    }

    impl Telling {
        fn of(records: Vec<StoredRecord>) -> Self {
            Self {
                records,
                ..Self::default()
            }
        }

        fn read(&self, one: &StoredRecord) -> Result<StoredRecord, JournalError> {
            match self.damaged {
                Some(damaged) if damaged <= one.record.seq => Err(nothing()),
                _ => Ok(one.clone()),
            }
        }
    }

    fn nothing() -> JournalError {
        JournalError::Stopped("it only tells".to_owned())
    }

    impl Journal for Telling {
        fn create(&self, _: &MapId, _: Draft) -> Result<Opened, JournalError> {
            Err(nothing())
        }

        fn open(&self, _: &MapId) -> Result<Opened, JournalError> {
            Err(nothing())
        }

        fn list(&self) -> Result<Vec<Entry>, JournalError> {
            Err(nothing())
        }

        fn entry(&self, _: &MapId) -> Result<Option<Entry>, JournalError> {
            Err(nothing())
        }

        fn records(
            &self,
            _: &MapId,
            range: RangeInclusive<u64>,
            limit: usize,
        ) -> Result<Vec<StoredRecord>, JournalError> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let records = self.records.iter();
            let wanted = records.filter(|one| range.contains(&one.record.seq));
            enough(wanted.map(|one| self.read(one)), limit)
        }

        fn snapshot_before(&self, _: &MapId, _: u64) -> Result<Option<Snapshot>, JournalError> {
            Err(nothing())
        }

        fn is_free(&self, _: &MapId) -> Result<(), JournalError> {
            Err(nothing())
        }

        fn rewrite(&self, _: &MapId, _: Rewritten) -> Result<(), JournalError> {
            Err(nothing())
        }

        fn delete(&self, _: &MapId) -> Result<(), JournalError> {
            Err(nothing())
        }

        fn health(&self) -> Result<(), Arc<JournalError>> {
            Ok(())
        }

        fn close(&self) -> Result<(), JournalError> {
            Ok(())
        }
    }

    fn map() -> MapId {
        MapId::new("m").unwrap()
    }

    /// Five records of a map, each of which says this.
    fn chained(says: &[u8]) -> Vec<StoredRecord> {
        so_many(5, says)
    }

    fn so_many(last: u64, says: &[u8]) -> Vec<StoredRecord> {
        let mut head = Head::genesis(&map());
        let sealed = (1..=last).map(|at| {
            let body = Body::Edit(Bytes::copy_from_slice(says));
            let (record, encoded) = head.seal(at, Draft::new(Actor::Host, body));
            let encoded = encoded.into();
            StoredRecord { record, encoded }
        });
        sealed.collect()
    }

    fn walked(records: Vec<StoredRecord>, after: u64) -> Result<Vec<u64>, JournalError> {
        let (journal, map) = (Telling::of(records), map());
        let mut walk = Forward::after(&journal, &map, after, 5)?;
        let mut seqs = Vec::new();
        loop {
            let chunk = walk.chunk(2)?;
            if chunk.is_empty() {
                return Ok(seqs);
            }
            seqs.extend(chunk.iter().map(|one| one.record.seq));
        }
    }

    #[test]
    fn journal_12_what_is_missing_at_either_end_or_between_is_named() {
        assert_eq!(walked(chained(b"a"), 0).unwrap(), [1, 2, 3, 4, 5]);
        assert_eq!(walked(chained(b"a"), 3).unwrap(), [4, 5]);
        assert!(walked(Vec::new(), 5).unwrap().is_empty());
        for (missing, after) in [(1, 0), (3, 0), (5, 0), (3, 3), (4, 3), (5, 3)] {
            let mut records = chained(b"a");
            records.retain(|one| one.record.seq != missing);
            let found = walked(records, after);
            let gap = |error: &JournalError| match error {
                JournalError::Chain {
                    source: ChainError::Gap { expected, .. },
                    ..
                } => *expected,
                error => panic!("{error}"),
            };
            assert_eq!(found.as_ref().map_err(gap), Err(missing), "behind {after}");
        }
    }

    #[test]
    fn rec_3_the_chain_goes_on_from_the_record_before_what_is_read() {
        let mut records = chained(b"a");
        records[2] = chained(b"b")[2].clone();
        assert!(walked(records.clone(), 4).is_ok());
        let error = walked(records, 3).unwrap_err();
        assert!(
            matches!(
                error,
                JournalError::Chain {
                    source: ChainError::Broken { seq: 4 },
                    ..
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn journal_12_a_damaged_record_costs_one_more_reading() {
        let journal = Telling {
            damaged: Some(90),
            ..Telling::of(so_many(100, b"a"))
        };
        let map = map();
        let mut walk = Forward::from_start(&journal, &map, 100);
        assert_eq!(walk.chunk(100).unwrap().len(), 89, "what precedes it");
        assert!(matches!(walk.chunk(100), Err(JournalError::Stopped(_))));
        assert_eq!(walk.end().seq, 89);
        assert_eq!(journal.asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn rec_3_the_first_record_follows_its_maps_name() {
        let (journal, other) = (Telling::of(chained(b"a")), MapId::new("other").unwrap());
        let mut walk = Forward::from_start(&journal, &other, 5);
        assert!(walk.chunk(9).is_err());
    }

    #[test]
    fn journal_7_one_reading_gives_no_more_bytes_than_are_enough() {
        let long = vec![0; ENOUGH_BYTES / 2 + 1];
        let (journal, map) = (Telling::of(chained(&long)), map());
        let mut walk = Forward::from_start(&journal, &map, 5);
        let chunks = std::iter::from_fn(|| {
            let chunk = walk.chunk(usize::MAX).unwrap();
            (!chunk.is_empty()).then_some(chunk.len())
        });
        assert_eq!(chunks.collect::<Vec<_>>(), [2, 2, 1]);
    }
}
