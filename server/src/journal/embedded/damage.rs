//! Damage found in the file: rows changed, cut or missing behind the journal's back. A map that cannot be trusted is
//! refused with the place named, the others are not concerned, and a snapshot is never needed.

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Record};
use redb::{Database, ReadableTable, WriteTransaction};

use super::disk::Disk;
use super::tables::{HEADS, KEPT, RECORDS, SNAPSHOTS};
use super::{EmbeddedJournal, block, snapshots};
use crate::journal::contract::{clock, edit, founding, grown, let_go, map, seqs, snapshot};
use crate::journal::verify::verify;
use crate::journal::{Journal, JournalError, Opened};

fn on(disk: &Disk) -> EmbeddedJournal {
    EmbeddedJournal::with_backend(disk.clone(), clock()).unwrap()
}

/// Changes the file behind the journal's back.
fn tamper(disk: &Disk, change: impl FnOnce(&WriteTransaction)) {
    let store = Database::builder()
        .create_with_backend(disk.clone())
        .unwrap();
    let txn = store.begin_write().unwrap();
    change(&txn);
    txn.commit().unwrap();
}

/// A disk with maps `a` and `b` of ten records each, `a` with snapshots after 4 and 8.
fn two_maps() -> Disk {
    let disk = Disk::default();
    let journal = on(&disk);
    for name in ["a", "b"] {
        grown(&journal, &map(name), 10);
    }
    let Opened { mut log, tail, .. } = journal.open(&map("a")).unwrap();
    for seq in [4, 8] {
        log.put_snapshot(snapshot(seq)).unwrap();
    }
    let_go(log, tail);
    disk
}

/// That map `a` is refused, and `b` is not. Gives the error.
fn refused(disk: &Disk) -> JournalError {
    let journal = on(disk);
    assert_eq!(
        journal.open(&map("b")).unwrap().records.len(),
        10,
        "another map is not concerned"
    );
    let again = journal.create(&map("a"), founding(&map("a"))).err();
    assert!(
        matches!(again, Some(JournalError::Exists(_))),
        "created over what is left: {again:?}"
    );
    assert!(journal.open(&map("a")).is_err());
    journal
        .open(&map("a"))
        .err()
        .expect("refused each time, not held open by the first try")
}

fn chain(error: &JournalError) -> &ChainError {
    match error {
        JournalError::Chain { map, source } if map.as_str() == "a" => source,
        other => panic!("{other:?}"),
    }
}

#[test]
fn journal_6_a_damaged_snapshot_is_passed_over_for_an_older_one() {
    let disk = two_maps();
    let damage = |seq: u64| {
        tamper(&disk, |txn| {
            let mut snapshots = txn.open_table(KEPT).unwrap();
            let place = ("a", seq, 0);
            let mut row = snapshots.get(place).unwrap().unwrap().value().to_vec();
            // In its seal: every bit of it counts.
            row[7] ^= 1;
            snapshots.insert(place, row.as_slice()).unwrap();
        });
    };
    damage(8);
    let opened = on(&disk).open(&map("a")).unwrap();
    assert_eq!(
        (opened.snapshot, seqs(&opened.records)),
        (Some(snapshot(4)), (5..=10).collect())
    );
    damage(4);
    let opened = on(&disk).open(&map("a")).unwrap();
    assert_eq!(
        (opened.snapshot, seqs(&opened.records)),
        (None, (1..=10).collect())
    );
    assert_eq!(on(&disk).snapshot_before(&map("a"), 10).unwrap(), None);
}

#[test]
fn journal_6_what_another_version_left_is_passed_over_and_gives_way_to_the_next_snapshot() {
    let disk = two_maps();
    let kept = |disk: &Disk| {
        let mut seqs = Vec::new();
        tamper(disk, |txn| {
            let rows = txn.open_table(KEPT).unwrap();
            for row in rows.range(("a", 0, 0)..("b", 0, 0)).unwrap() {
                seqs.push(row.unwrap().0.value().1);
            }
            let rows = txn.open_table(SNAPSHOTS).unwrap();
            for row in rows.range(("a", 0)..("b", 0)).unwrap() {
                seqs.push(row.unwrap().0.value().1);
            }
        });
        seqs
    };
    tamper(&disk, |txn| {
        let under = |seq: u64| {
            let records = txn.open_table(RECORDS).unwrap();
            records.get(("a", seq)).unwrap().unwrap().value().to_vec()
        };
        let bytes = Bytes::from_static(b"\x02 of another");
        let other = |seq, deflated: &[u8]| {
            let bytes = bytes.clone();
            snapshots::sealed(&Snapshot { seq, bytes }, deflated, &under(seq))
        };
        let mut rows = txn.open_table(KEPT).unwrap();
        let row = other(9, &block::deflate(&bytes));
        rows.insert(("a", 9, 0), row.as_slice()).unwrap();
        rows.remove(("a", 8, 0)).unwrap();
        // Where files of the first format have them.
        let mut rows = txn.open_table(SNAPSHOTS).unwrap();
        let row = other(10, &bytes);
        rows.insert(("a", 10), row.as_slice()).unwrap();
        let eighth = snapshot(8);
        let row = snapshots::sealed(&eighth, &eighth.bytes, &under(8));
        rows.insert(("a", 8), row.as_slice()).unwrap();
    });
    assert_eq!(kept(&disk), [4, 9, 8, 10]);
    let journal = on(&disk);
    assert_eq!(
        journal.snapshot_before(&map("a"), 10).unwrap(),
        Some(snapshot(8))
    );
    let Opened {
        snapshot: newest,
        mut log,
        tail,
        ..
    } = journal.open(&map("a")).unwrap();
    assert_eq!(newest, Some(snapshot(8)));
    log.put_snapshot(snapshot(7)).unwrap();
    let_go(log, tail);
    drop(journal);
    let left = kept(&disk);
    assert!(left.ends_with(&[7, 8]), "{left:?}");
}

#[test]
fn journal_6_a_snapshot_of_another_past_is_passed_over() {
    let disk = two_maps();
    tamper(&disk, |txn| {
        let mut snapshots = txn.open_table(KEPT).unwrap();
        let row = snapshots
            .get(("a", 8, 0))
            .unwrap()
            .unwrap()
            .value()
            .to_vec();
        snapshots.insert(("b", 8, 0), row.as_slice()).unwrap();
        snapshots.insert(("b", 9, 0), &b"short"[..]).unwrap();
        // Where files of the first format have them.
        let mut snapshots = txn.open_table(SNAPSHOTS).unwrap();
        snapshots.insert(("b", 7), row.as_slice()).unwrap();
        snapshots.insert(("b", 6), &b"short"[..]).unwrap();
    });
    let opened = on(&disk).open(&map("b")).unwrap();
    assert_eq!((opened.snapshot, opened.records.len()), (None, 10));
}

#[test]
fn journal_12_a_record_that_cannot_be_read_refuses_its_map_and_is_named() {
    let disk = two_maps();
    tamper(&disk, |txn| {
        txn.open_table(RECORDS)
            .unwrap()
            .insert(("a", 9), &b"\x01junk"[..])
            .unwrap();
    });
    let error = refused(&disk);
    assert!(matches!(&error, JournalError::Record { map, seq: 9, .. } if map.as_str() == "a"));
    let journal = on(&disk);
    assert!(matches!(
        verify(&journal, &map("a")),
        Err(JournalError::Record { seq: 9, .. })
    ));
    let read = journal.records(&map("a"), 1..=10, 9).unwrap();
    assert_eq!(read.len(), 8, "what precedes it can be read");
    assert!(matches!(
        journal.records(&map("a"), 9..=10, 9),
        Err(JournalError::Record { seq: 9, .. })
    ));
}

#[test]
fn journal_12_a_changed_record_refuses_its_map_and_is_named() {
    let disk = two_maps();
    let change = |seq: u64| {
        tamper(&disk, |txn| {
            let mut records = txn.open_table(RECORDS).unwrap();
            let row = records.get(("a", seq)).unwrap().unwrap().value().to_vec();
            let mut record = Record::decode(&row).unwrap();
            record.body = edit(4_711).body;
            records
                .insert(("a", seq), record.encode().as_slice())
                .unwrap();
        });
    };
    change(10);
    let error = refused(&disk);
    assert_eq!(
        chain(&error),
        &ChainError::Broken { seq: 10 },
        "its end is not what was written"
    );
    change(9);
    assert_eq!(chain(&refused(&disk)), &ChainError::Broken { seq: 10 });
    // Below both snapshots: opening does not read it, verifying does.
    let disk = two_maps();
    tamper(&disk, |txn| {
        let mut records = txn.open_table(RECORDS).unwrap();
        let row = records.get(("a", 3)).unwrap().unwrap().value().to_vec();
        records.insert(("a", 2), row.as_slice()).unwrap();
        records.insert(("a", 7), &b"\x01junk"[..]).unwrap();
    });
    let error = verify(&on(&disk), &map("a")).unwrap_err();
    assert_eq!(
        chain(&error),
        &ChainError::Gap {
            expected: 2,
            found: 3
        },
        "the first of two"
    );
}

#[test]
fn journal_12_a_missing_record_refuses_its_map() {
    let disk = two_maps();
    tamper(&disk, |txn| {
        txn.open_table(RECORDS).unwrap().remove(("a", 9)).unwrap();
    });
    assert_eq!(
        chain(&refused(&disk)),
        &ChainError::Gap {
            expected: 9,
            found: 10
        }
    );
    let error = verify(&on(&disk), &map("a")).unwrap_err();
    assert_eq!(
        chain(&error),
        &ChainError::Gap {
            expected: 9,
            found: 10
        }
    );
    tamper(&disk, |txn| {
        txn.open_table(RECORDS).unwrap().remove(("a", 10)).unwrap();
    });
    assert_eq!(
        chain(&refused(&disk)),
        &ChainError::Gap {
            expected: 9,
            found: 10
        },
        "cut short"
    );
    let error = verify(&on(&disk), &map("a")).unwrap_err();
    assert_eq!(
        chain(&error),
        &ChainError::Gap {
            expected: 9,
            found: 10
        }
    );
}

#[test]
fn journal_12_an_end_that_does_not_fit_its_records_refuses_the_map() {
    let disk = two_maps();
    tamper(&disk, |txn| {
        txn.open_table(HEADS).unwrap().remove("a").unwrap();
    });
    assert_eq!(
        chain(&refused(&disk)),
        &ChainError::Gap {
            expected: 0,
            found: 10
        }
    );
    tamper(&disk, |txn| {
        txn.open_table(HEADS)
            .unwrap()
            .insert("a", &b"junk"[..])
            .unwrap();
    });
    assert!(matches!(refused(&disk), JournalError::Store(why) if why.contains("map a")));
    let listed = on(&disk).list().unwrap();
    let names: Vec<&MapId> = listed.iter().map(|entry| &entry.map).collect();
    assert_eq!(names, [&map("b")], "a damaged map does not hide the others");
}

#[test]
fn journal_12_a_snapshot_over_a_record_that_cannot_be_read_concerns_no_other_map() {
    let disk = two_maps();
    let journal = on(&disk);
    let Opened { mut log, tail, .. } = journal.open(&map("a")).unwrap();
    let other = journal.open(&map("b")).unwrap();
    let txn = journal.store.begin_write().unwrap();
    {
        let mut records = txn.open_table(RECORDS).unwrap();
        records.insert(("a", 10), b"no record".as_slice()).unwrap();
    }
    txn.commit().unwrap();
    log.put_snapshot(snapshot(10)).unwrap();
    let_go(log, tail);
    let mut log = other.log;
    log.append(edit(11)).unwrap();
    let_go(log, other.tail);
    journal.health().unwrap();
    assert_eq!(journal.entry(&map("b")).unwrap().unwrap().head.seq, 11);
    assert!(journal.open(&map("a")).is_err());
}
