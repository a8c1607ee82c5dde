//! What holds for records in blocks and for files of the first format: nothing is lost, nothing is believed that was changed.

use std::io::Read as _;

use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Head, Record};
use flate2::read::GzDecoder;
use redb::{Database, ReadableDatabase, ReadableTable, WriteTransaction};

use super::EmbeddedJournal;
use super::disk::Disk;
use super::tables::{BLOCKS, FORMAT, FORMAT_VERSION, RECORDS};
use crate::journal::contract::{clock, edit, grown, let_go, map, snapshot, until_durable};
use crate::journal::verify::verify;
use crate::journal::{Journal, JournalError, Opened, StoredRecord};

/// What a Cairn before blocks left of a small workshop: 1265 records of three people at work, with a round, and a map of five records.
const FIRST_FORMAT: &[u8] = include_bytes!("golden/format-1.redb.gz");
const WORKSHOP: &str = "0acziwvqbayzudaq";
/// The end of its journal, as that Cairn's `verify` printed it.
const WORKSHOP_END: &str = "f082fe7bc3ad754c54e59da533d457f8c61172e374d6c30837e76cebaa95771d";

fn small_blocks(disk: &Disk) -> EmbeddedJournal {
    EmbeddedJournal::in_small_blocks(disk.clone(), clock()).unwrap()
}

fn ordinary(disk: &Disk) -> EmbeddedJournal {
    EmbeddedJournal::with_backend(disk.clone(), clock()).unwrap()
}

/// Changes the file behind the journal's back.
fn tamper<T>(disk: &Disk, change: impl FnOnce(&WriteTransaction) -> T) -> T {
    let store = Database::builder()
        .create_with_backend(disk.clone())
        .unwrap();
    let txn = store.begin_write().unwrap();
    let given = change(&txn);
    txn.commit().unwrap();
    given
}

/// The last records of a map's blocks, and how many records are in none.
fn layout(disk: &Disk, map: &MapId) -> (Vec<u64>, usize) {
    let store = Database::builder()
        .create_with_backend(disk.clone())
        .unwrap();
    let txn = store.begin_read().unwrap();
    let places = (map.as_str(), 0, 0)..=(map.as_str(), u64::MAX, u32::MAX);
    let pieces = txn.open_table(BLOCKS).unwrap().range(places).unwrap();
    let mut ends: Vec<u64> = pieces.map(|row| row.unwrap().0.value().1).collect();
    ends.dedup();
    let places = (map.as_str(), 0)..=(map.as_str(), u64::MAX);
    let singles = txn.open_table(RECORDS).unwrap().range(places).unwrap();
    (ends, singles.count())
}

fn all(journal: &EmbeddedJournal, map: &MapId) -> Result<Vec<StoredRecord>, JournalError> {
    let mut all = Vec::new();
    loop {
        let read = journal.records(map, all.len() as u64 + 1..=u64::MAX, usize::MAX)?;
        if read.is_empty() {
            return Ok(all);
        }
        all.extend(read);
    }
}

fn bytes(records: &[StoredRecord]) -> Vec<&[u8]> {
    records.iter().map(|stored| &*stored.encoded).collect()
}

#[test]
fn journal_14_what_was_durable_before_goes_into_blocks_and_the_newest_do_not() {
    let (disk, a) = (Disk::default(), map("a"));
    let journal = small_blocks(&disk);
    // All in a commit or two: what came in the same commit as its block would be lost with it.
    let written = grown(&journal, &a, 30);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    for seq in 31..=45 {
        log.append(edit(seq)).unwrap();
        until_durable(&mut tail, seq);
    }
    let_go(log, tail);
    let read = all(&journal, &a).unwrap();
    let mut head = Head::genesis(&a);
    for (stored, before) in read.iter().zip(&written) {
        assert_eq!(stored.encoded, before.encode(), "byte for byte");
    }
    for stored in &read {
        head.follow(&stored.record, &stored.encoded).unwrap();
    }
    assert_eq!(head.seq, 45);
    drop(journal);
    let (ends, singles) = layout(&disk, &a);
    let packed = ends.last().copied().unwrap_or_default();
    assert!(ends.iter().all(|end| end % 6 == 0), "{ends:?}");
    assert_eq!(packed + singles as u64, 45);
    assert!((3..=6 + 3).contains(&singles), "{singles} in no block");
}

#[test]
fn journal_14_whatever_byte_of_a_block_is_changed_no_other_record_is_read_and_the_first_bad_one_is_named()
 {
    let (disk, a) = (Disk::default(), map("a"));
    let journal = small_blocks(&disk);
    grown(&journal, &a, 3);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    for seq in 4..=24 {
        log.append(edit(seq)).unwrap();
        until_durable(&mut tail, seq);
    }
    log.put_snapshot(snapshot(20)).unwrap();
    let_go(log, tail);
    let whole = all(&journal, &a).unwrap();
    drop(journal);
    let (ends, _) = layout(&disk, &a);
    assert!(ends.starts_with(&[6, 12]), "{ends:?}");
    let block = tamper(&disk, |txn| {
        let blocks = txn.open_table(BLOCKS).unwrap();
        blocks.get(("a", 12, 0)).unwrap().unwrap().value().to_vec()
    });
    let mut named = std::collections::BTreeSet::new();
    for at in 0..block.len() {
        let mut changed = block.clone();
        changed[at] ^= 0x41;
        tamper(&disk, |txn| {
            let mut blocks = txn.open_table(BLOCKS).unwrap();
            blocks.insert(("a", 12, 0), changed.as_slice()).unwrap();
        });
        let journal = small_blocks(&disk);
        match all(&journal, &a) {
            // How many bytes its people wrote, and what deflate leaves over at its end.
            Ok(read) => assert_eq!(bytes(&read), bytes(&whole), "byte {at}"),
            Err(JournalError::Chain {
                source: ChainError::Broken { seq },
                ..
            }) => {
                assert!((7..=12).contains(&seq), "byte {at}: record {seq}");
                named.insert(seq);
                let before = journal.records(&a, 1..=seq - 1, usize::MAX).unwrap();
                assert_eq!(
                    bytes(&before),
                    bytes(&whole[..seq as usize - 1]),
                    "byte {at}"
                );
            }
            Err(JournalError::Block {
                first: 7, last: 12, ..
            }) => {}
            Err(other) => panic!("byte {at}: {other}"),
        }
        let opened = journal
            .open(&a)
            .expect("what follows the snapshot is whole");
        assert_eq!(opened.records.len(), 4, "byte {at}");
    }
    assert_eq!(named.len(), 6, "every record of it was named: {named:?}");
}

#[test]
fn journal_14_what_stands_before_a_damaged_record_is_packed_and_the_damage_stays_where_it_is() {
    let damaged = |damage: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let (disk, a) = (Disk::default(), map("a"));
        let journal = small_blocks(&disk);
        grown(&journal, &a, 8);
        let Opened { mut log, tail, .. } = journal.open(&a).unwrap();
        log.put_snapshot(snapshot(8)).unwrap();
        let_go(log, tail);
        drop(journal);
        tamper(&disk, |txn| {
            let mut records = txn.open_table(RECORDS).unwrap();
            let row = records.get(("a", 4)).unwrap().unwrap().value().to_vec();
            records.insert(("a", 4), damage(row).as_slice()).unwrap();
        });
        let journal = small_blocks(&disk);
        let Opened {
            mut log, mut tail, ..
        } = journal.open(&a).unwrap();
        for seq in 9..=20 {
            log.append(edit(seq)).unwrap();
            until_durable(&mut tail, seq);
        }
        let_go(log, tail);
        let error = verify(&journal, &a).unwrap_err();
        drop(journal);
        (layout(&disk, &a), error)
    };
    let ((ends, singles), error) = damaged(&|_| b"\x01junk".to_vec());
    assert_eq!((ends, singles), (vec![3], 17));
    assert!(
        matches!(error, JournalError::Record { seq: 4, .. }),
        "{error}"
    );
    // So it is with one that belongs elsewhere: nothing is taken from there.
    let elsewhere = |row: Vec<u8>| {
        let mut record = Record::decode(&row).unwrap();
        record.seq = 6;
        record.encode()
    };
    let ((ends, singles), _) = damaged(&elsewhere);
    assert_eq!((ends, singles), (vec![3], 17));
    // Another record in its place is one, and the next does not follow it.
    let another = |row: Vec<u8>| {
        let mut record = Record::decode(&row).unwrap();
        record.body = edit(4_711).body;
        record.encode()
    };
    let ((ends, _), error) = damaged(&another);
    assert!(ends.starts_with(&[4, 10]), "{ends:?}");
    let broken = ChainError::Broken { seq: 5 };
    assert!(
        matches!(&error, JournalError::Chain { source, .. } if *source == broken),
        "{error}"
    );
}

#[test]
fn journal_12_a_block_that_is_gone_refuses_its_map() {
    let (disk, a) = (Disk::default(), map("a"));
    let journal = small_blocks(&disk);
    grown(&journal, &a, 3);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    for seq in 4..=24 {
        log.append(edit(seq)).unwrap();
        until_durable(&mut tail, seq);
    }
    let_go(log, tail);
    drop(journal);
    tamper(&disk, |txn| {
        txn.open_table(BLOCKS)
            .unwrap()
            .remove(("a", 12, 0))
            .unwrap()
            .is_some()
    });
    let journal = small_blocks(&disk);
    let missing = ChainError::Gap {
        expected: 7,
        found: 13,
    };
    for error in [
        journal.open(&a).err().unwrap(),
        verify(&journal, &a).unwrap_err(),
    ] {
        assert!(
            matches!(&error, JournalError::Chain { source, .. } if *source == missing),
            "{error}"
        );
    }
}

#[test]
fn journal_13_a_file_of_the_first_format_is_read_and_becomes_one_of_the_present() {
    let mut file = Vec::new();
    GzDecoder::new(FIRST_FORMAT).read_to_end(&mut file).unwrap();
    let (disk, workshop) = (Disk::holding(file), map(WORKSHOP));
    let version = |disk: &Disk| {
        tamper(disk, |txn| {
            let format = txn.open_table(FORMAT).unwrap();
            format.get("version").unwrap().unwrap().value()
        })
    };
    assert_eq!(version(&disk), 1);
    let journal = ordinary(&disk);
    assert_eq!(journal.list().unwrap().len(), 2);
    let verified = verify(&journal, &workshop).unwrap();
    assert_eq!(verified.head.hash.to_string(), WORKSHOP_END);
    let before = all(&journal, &workshop).unwrap();
    assert_eq!(before.len(), 1265);
    drop(journal);
    assert_eq!(
        version(&disk),
        1,
        "reading leaves it to the Cairn that wrote it"
    );

    let journal = ordinary(&disk);
    let Opened {
        snapshot,
        records,
        mut log,
        mut tail,
    } = journal.open(&workshop).unwrap();
    assert_eq!(snapshot, None, "it was of another version");
    assert_eq!(records.len(), 1265);
    log.append(edit(1266)).unwrap();
    until_durable(&mut tail, 1266);
    let_go(log, tail);
    let after = all(&journal, &workshop).unwrap();
    assert_eq!(bytes(&after[..1265]), bytes(&before));
    assert_eq!(verify(&journal, &workshop).unwrap().records, 1266);
    drop(journal);
    assert_eq!(version(&disk), FORMAT_VERSION);
    assert_eq!(layout(&disk, &workshop), (vec![1024], 242));
}
