//! Crash tests: the same work on a disk that stops, fails or lies half written at every one of its operations.
//!
//! What counts is what the rooms were told. Whatever was called durable is there afterwards, byte for byte; whatever
//! else is there was sequenced, in that order; the chain holds; and the journal takes records again.

use std::collections::BTreeMap;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Actor, Body, Draft, Record};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::EmbeddedJournal;
use super::disk::{Disk, Fault};
use crate::journal::contract::{clock, edit, founding, map, of_this_version, until_durable};
use crate::journal::verify::verify;
use crate::journal::{Journal, JournalError, Opened, Tail};

/// Steps of one piece of work: some hundred operations of the disk, with the file growing several times.
const STEPS: usize = 24;
/// Every how many operations one is struck. What a seed leaves out another one strikes.
const STRIDE: usize = 3;

/// What a room of one map heard.
#[derive(Default)]
struct Heard {
    sequenced: Vec<Record>,
    durable: u64,
    failed: bool,
}

type Rooms = BTreeMap<MapId, Heard>;

impl Heard {
    fn hear(&mut self, event: Tail) {
        match event {
            Tail::Sequenced(record) => self.sequenced.push(*record),
            Tail::Durable(seq) => {
                assert!(!self.failed, "{seq} called durable after a failure");
                assert!(
                    seq > self.durable,
                    "{seq} called durable after {}",
                    self.durable
                );
                self.durable = seq;
            }
            Tail::Failed(_) => self.failed = true,
        }
    }

    /// Listens until everything sequenced is durable, or nothing more will be.
    fn settle(&mut self, opened: &mut Opened) {
        while !self.failed && self.sequenced.len() as u64 > self.durable {
            self.hear(opened.tail.blocking_recv().expect("the log is there"));
        }
    }

    /// Hears what was said already.
    fn catch_up(&mut self, opened: &mut Opened) {
        while let Ok(event) = opened.tail.try_recv() {
            self.hear(event);
        }
    }
}

/// What a snapshot of a record says here, so that a wrong one is seen.
fn picture(map: &MapId, seq: u64) -> Snapshot {
    let says = format!("{map} after {seq} ").repeat(seq as usize * 8);
    let bytes = of_this_version(&says);
    Snapshot { seq, bytes }
}

/// Work as rooms do it, the same for a seed up to how records meet in commits: maps are opened, appended to, let go and
/// opened again; records of all sizes; snapshots and summaries between them. Ends when done or at the first failure.
fn work(journal: &EmbeddedJournal, seed: u64) -> Rooms {
    let mut rng = StdRng::seed_from_u64(seed);
    let names = ["a", "b", "c"].map(map);
    let mut rooms: Rooms = names
        .iter()
        .map(|map| (map.clone(), Heard::default()))
        .collect();
    let mut open: BTreeMap<MapId, Opened> = BTreeMap::new();
    for _ in 0..STEPS {
        let map = &names[rng.random_range(0..names.len())];
        let heard = rooms.get_mut(map).unwrap();
        if step(journal, &mut rng, map, heard, &mut open).is_err() {
            break;
        }
    }
    for (map, mut opened) in open {
        let heard = rooms.get_mut(&map).unwrap();
        heard.catch_up(&mut opened);
        heard.settle(&mut opened);
    }
    rooms
}

fn step(
    journal: &EmbeddedJournal,
    rng: &mut StdRng,
    map: &MapId,
    heard: &mut Heard,
    open: &mut BTreeMap<MapId, Opened>,
) -> Result<(), JournalError> {
    if !open.contains_key(map) {
        let opened = match journal.create(map, founding(map)) {
            Err(JournalError::Exists(_)) => journal.open(map),
            created => created,
        };
        open.insert(map.clone(), opened?);
    }
    let opened = open.get_mut(map).unwrap();
    for _ in 0..rng.random_range(1..=6) {
        let bytes = vec![rng.random::<u8>(); rng.random_range(1..3_000)];
        opened
            .log
            .append(Draft::new(Actor::Anonymous, Body::Edit(bytes.into())))?;
    }
    heard.catch_up(opened);
    let last = heard.sequenced.len() as u64;
    if rng.random_bool(0.3) {
        opened.log.put_snapshot(picture(map, last))?;
    }
    if rng.random_bool(0.2) {
        opened
            .log
            .put_summary(Bytes::from(format!("{map} has {last}")))?;
    }
    if rng.random_bool(0.6) {
        heard.settle(opened);
    }
    if !heard.failed && rng.random_bool(0.2) {
        let Opened { log, mut tail, .. } = open.remove(map).unwrap();
        drop(log);
        while let Some(event) = tail.blocking_recv() {
            heard.hear(event);
        }
    }
    Ok(())
}

/// That a journal holds what the rooms were told, and nothing that they were not.
fn check(journal: &EmbeddedJournal, rooms: &Rooms, told: &str) {
    for (map, heard) in rooms {
        let entry = journal
            .entry(map)
            .unwrap_or_else(|error| panic!("{told}: {error}"));
        let end = entry.as_ref().map_or(0, |entry| entry.head.seq);
        let durable = heard.durable;
        assert!(
            end >= durable,
            "{told}: map {map} ends at {end}, {durable} was called durable"
        );
        let kept = journal.records(map, 1..=u64::MAX, usize::MAX).unwrap();
        let kept: Vec<_> = kept.into_iter().map(|stored| stored.record).collect();
        assert_eq!(kept.len() as u64, end, "{told}: records of {map}");
        assert!(
            heard.sequenced.starts_with(&kept),
            "{told}: {map} holds what was never appended"
        );
        if end > 0 {
            let verified = verify(journal, map).unwrap_or_else(|error| panic!("{told}: {error}"));
            assert_eq!(
                Some(verified.head),
                entry.map(|entry| entry.head),
                "{told}: head of {map}"
            );
        }
    }
}

/// Opens what a crash left, checks it, and goes on with it.
fn recover(image: &[u8], rooms: &Rooms, told: &str) {
    let journal = EmbeddedJournal::in_small_blocks(Disk::holding(image.to_vec()), clock())
        .unwrap_or_else(|error| panic!("{told}: {error}"));
    check(&journal, rooms, told);
    for entry in journal.list().unwrap() {
        let (map, end) = (&entry.map, entry.head.seq);
        let opened = journal
            .open(map)
            .unwrap_or_else(|error| panic!("{told}: {error}"));
        let Opened {
            snapshot,
            records,
            mut log,
            mut tail,
        } = opened;
        let start = snapshot.as_ref().map_or(0, |snapshot| snapshot.seq);
        assert_eq!(
            records.len() as u64,
            end - start,
            "{told}: what follows the snapshot of {map}"
        );
        assert_eq!(
            snapshot,
            (start > 0).then(|| picture(map, start)),
            "{told}: snapshot of {map}"
        );
        log.append(edit(0)).unwrap();
        assert_eq!(until_durable(&mut tail, end + 1)[0].seq, end + 1, "{told}");
    }
}

/// A disk with an empty journal and no operation done yet. Making a journal is not struck: `open` gives a file its name
/// only when it is whole.
fn fresh() -> Disk {
    let disk = Disk::default();
    drop(EmbeddedJournal::in_small_blocks(disk.clone(), clock()).unwrap());
    Disk::holding(disk.image())
}

/// Runs `strike` with every third operation that the work of a seed does, opening and closing included.
fn at_every_operation(seed: u64, mut strike: impl FnMut(&Disk, u64)) {
    let disk = fresh();
    let journal = EmbeddedJournal::in_small_blocks(disk.clone(), clock()).unwrap();
    let rooms = work(&journal, seed);
    drop(journal);
    check(
        &EmbeddedJournal::in_small_blocks(disk.clone(), clock()).unwrap(),
        &rooms,
        "no fault",
    );
    assert!(
        rooms
            .values()
            .all(|heard| !heard.failed && heard.durable > 5),
        "work was done"
    );
    assert!(disk.operations() > 100, "and reached the disk");
    for at in (1..=disk.operations()).step_by(STRIDE) {
        strike(&fresh(), at);
    }
}

fn crash_everywhere(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut crashes = 0;
    at_every_operation(seed, |disk, at| {
        disk.fail(Fault::Crash(at));
        let told = format!("seed {seed}, crash at {at}");
        let rooms = match EmbeddedJournal::in_small_blocks(disk.clone(), clock()) {
            Ok(journal) => work(&journal, seed),
            Err(_) => Rooms::new(),
        };
        crashes += usize::from(rooms.values().any(|heard| heard.failed));
        for (what, image) in disk.crash_images(&mut rng) {
            recover(&image, &rooms, &format!("{told}, {what}"));
        }
        // Once more, while it recovers.
        let (what, image) = disk.crash_images(&mut rng).pop().unwrap();
        let again = Disk::holding(image);
        let second = rng.random_range(1..12);
        again.fail(Fault::Crash(second));
        drop(EmbeddedJournal::in_small_blocks(again.clone(), clock()));
        for (then, image) in again.crash_images(&mut rng) {
            recover(
                &image,
                &rooms,
                &format!("{told}, {what}, again at {second}, {then}"),
            );
        }
    });
    assert!(crashes > 20, "{crashes} crashes met rooms at work");
}

#[test]
fn journal_3_what_was_called_durable_survives_a_crash_at_any_operation_seed_1() {
    crash_everywhere(1);
}

#[test]
fn journal_3_what_was_called_durable_survives_a_crash_at_any_operation_seed_2() {
    crash_everywhere(2);
}

#[test]
fn journal_3_what_was_called_durable_survives_a_crash_at_any_operation_seed_3() {
    crash_everywhere(3);
}

fn error_everywhere(seed: u64, fault: impl Fn(u64) -> Fault) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut failures = 0;
    at_every_operation(seed, |disk, at| {
        disk.fail(fault(at));
        let told = format!("seed {seed}, {:?}", fault(at));
        let Ok(journal) = EmbeddedJournal::in_small_blocks(disk.clone(), clock()) else {
            disk.fail(Fault::None);
            return recover(&disk.image(), &Rooms::new(), &told);
        };
        let rooms = work(&journal, seed);
        if journal.health().is_err() {
            failures += 1;
            check(&journal, &rooms, &format!("{told}, still running"));
            for (map, heard) in &rooms {
                let end = journal
                    .entry(map)
                    .unwrap()
                    .map_or(0, |entry| entry.head.seq);
                assert_eq!(
                    end, heard.durable,
                    "{told}: {map} shows what did not become durable"
                );
            }
            assert!(journal.close().is_err(), "{told}");
        } else {
            assert!(
                rooms.values().all(|heard| !heard.failed),
                "{told}: failed and healthy"
            );
        }
        drop(journal);
        disk.fail(Fault::None);
        recover(&disk.image(), &rooms, &format!("{told}, restarted"));
        for (what, image) in disk.crash_images(&mut rng) {
            recover(&image, &rooms, &format!("{told}, then a crash, {what}"));
        }
    });
    assert!(failures > 20, "{failures} errors met the writer");
}

#[test]
fn journal_8_one_failed_operation_loses_nothing_durable_and_acknowledges_nothing_wrongly() {
    error_everywhere(4, Fault::Once);
}

#[test]
fn journal_8_a_disk_that_fails_for_good_loses_nothing_durable_and_acknowledges_nothing_wrongly() {
    error_everywhere(5, Fault::From);
}
