//! Snapshots that are kept as differences: each is read as it was put, and what is damaged costs those alone that build on it.

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::record::{Actor, Body, Draft};
use redb::{Database, ReadableTable};

use super::EmbeddedJournal;
use super::difference::Base;
use super::disk::Disk;
use super::tables::{KEPT, SEAL_BYTES};
use crate::journal::contract::{clock, founding, let_go, map, of_this_version, until_durable};
use crate::journal::{Journal, Opened};

/// Records between snapshots: more than are read in no time.
const APART: u64 = 300;
/// Two rows and a half.
const SNAPSHOTS: u64 = 20;

fn on(disk: &Disk) -> EmbeddedJournal {
    EmbeddedJournal::with_backend(disk.clone(), clock()).unwrap()
}

/// What cannot be deflated, more of it with each, and a little of it another each time.
fn content(seq: u64) -> Snapshot {
    let mut noise = 7_u64;
    let mut bytes = of_this_version("").to_vec();
    for _ in 0..20_000 + seq {
        noise = noise
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        bytes.push((noise >> 56) as u8);
    }
    bytes[seq as usize] ^= 0xff;
    Snapshot {
        seq,
        bytes: bytes.into(),
    }
}

/// Takes next to nothing in a block: there is room for snapshots.
fn roomy() -> Draft {
    let update = Bytes::from_static(&[0; 400]);
    Draft::new(Actor::Anonymous, Body::Edit(update))
}

/// A map `a` with a snapshot after each 300 records, each put when the one before it is durable.
fn grown() -> Disk {
    let disk = Disk::default();
    let journal = on(&disk);
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map("a"), founding(&map("a"))).unwrap();
    for n in 1..=SNAPSHOTS {
        for _ in 0..APART - u64::from(n == 1) {
            log.append(roomy()).unwrap();
        }
        until_durable(&mut tail, n * APART);
        log.put_snapshot(content(n * APART)).unwrap();
    }
    let_go(log, tail);
    disk
}

/// Number, base and length of each snapshot.
fn rows(disk: &Disk) -> Vec<(u64, Option<u64>, usize)> {
    let store = Database::builder()
        .create_with_backend(disk.clone())
        .unwrap();
    let txn = store.begin_write().unwrap();
    let kept = txn.open_table(KEPT).unwrap();
    let mut rows: Vec<(u64, Option<u64>, usize)> = Vec::new();
    for row in kept.iter().unwrap() {
        let (place, piece) = row.unwrap();
        let (seq, piece) = (place.value().1, piece.value());
        match rows.last_mut() {
            Some(last) if last.0 == seq => last.2 += piece.len(),
            _ => rows.push((seq, Base::of_row(piece).map(|base| base.seq), piece.len())),
        }
    }
    rows
}

#[test]
fn journal_6_of_eight_snapshots_one_is_whole_and_each_is_read_as_it_was_put() {
    let disk = grown();
    let rows = rows(&disk);
    let bases: Vec<_> = rows
        .iter()
        .map(|(_, base, _)| base.map(|base| base / APART))
        .collect();
    let row = |whole: u64| {
        let built = [0, 0, 2, 0, 4, 4, 6].map(|place| Some(whole + place));
        [&[None], built.as_slice()].concat()
    };
    assert_eq!(bases, [row(1), row(9), row(17)].concat()[..20]);
    for (seq, base, length) in rows {
        assert_eq!(base.is_none(), length > 20_000, "{seq}: {length} bytes");
    }
    let journal = on(&disk);
    for n in 1..=SNAPSHOTS {
        let read = journal.snapshot_before(&map("a"), n * APART + 7).unwrap();
        assert_eq!(read, Some(content(n * APART)), "snapshot {n}");
    }
}

/// Changes the row of a snapshot behind the journal's back.
fn tamper(disk: &Disk, seq: u64, change: impl FnOnce(&mut Vec<u8>)) {
    let store = Database::builder()
        .create_with_backend(disk.clone())
        .unwrap();
    let txn = store.begin_write().unwrap();
    {
        let mut kept = txn.open_table(KEPT).unwrap();
        let mut row = kept.get(("a", seq, 0)).unwrap().unwrap().value().to_vec();
        change(&mut row);
        kept.insert(("a", seq, 0), row.as_slice()).unwrap();
    }
    txn.commit().unwrap();
}

#[test]
fn journal_6_one_that_names_itself_as_what_it_builds_on_holds_nobody_up() {
    let disk = grown();
    let (last, next) = (SNAPSHOTS * APART, SNAPSHOTS * APART + 1);
    tamper(&disk, last, |row| {
        // The place in its row, which leads on to the base, and the number of that: behind seal, mark and version.
        row[SEAL_BYTES + 2] = 3;
        row[SEAL_BYTES + 3..][..8].copy_from_slice(&last.to_be_bytes());
    });
    let journal = on(&disk);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&map("a")).unwrap();
    log.append(roomy()).unwrap();
    until_durable(&mut tail, next);
    log.put_snapshot(content(next)).unwrap();
    let_go(log, tail);
    let read = |until: u64| journal.snapshot_before(&map("a"), until).unwrap();
    assert_eq!(read(next), Some(content(next)));
    assert_eq!(read(last), Some(content(last - APART)));
}

#[test]
fn journal_6_a_damaged_one_costs_those_alone_that_build_on_it() {
    let disk = grown();
    let fifth = 5 * APART;
    // In what is packed, not in its seal.
    tamper(&disk, fifth, |row| *row.last_mut().unwrap() ^= 1);
    let journal = on(&disk);
    let newest = |n: u64| {
        let read = journal.snapshot_before(&map("a"), n * APART).unwrap();
        let read = read.unwrap();
        assert_eq!(read, content(read.seq));
        read.seq / APART
    };
    assert_eq!([4, 5, 6, 7, 8, 9].map(newest), [4, 4, 4, 4, 4, 9]);
}

#[test]
fn journal_6_what_builds_on_one_that_was_put_otherwise_since_is_passed_over_and_none_builds_on_it()
{
    let disk = grown();
    let journal = on(&disk);
    let Opened { mut log, tail, .. } = journal.open(&map("a")).unwrap();
    let last = SNAPSHOTS * APART;
    let before = last - APART;
    // What another build of the same version might have written.
    let other = Snapshot {
        bytes: of_this_version("other"),
        seq: before,
    };
    log.put_snapshot(other.clone()).unwrap();
    let_go(log, tail);
    let read = |until: u64| journal.snapshot_before(&map("a"), until).unwrap();
    assert_eq!(read(before), Some(other.clone()));
    assert_eq!(
        read(last),
        Some(other),
        "the last one builds on what was there"
    );
    let Opened { mut log, tail, .. } = journal.open(&map("a")).unwrap();
    log.put_snapshot(content(last)).unwrap();
    let_go(log, tail);
    assert_eq!(read(last), Some(content(last)));
}
