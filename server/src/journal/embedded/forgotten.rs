//! What was forgotten is gone whole or not at all, wherever a crash comes, and after a restart no byte of it is in the file.

use std::path::Path;

use bytes::Bytes;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Actor, Body, Draft};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::disk::{Disk, Fault};
use super::{EmbeddedJournal, FILE};
use crate::journal::contract::forgetting::another;
use crate::journal::contract::{clock, edit, founding, grown, let_go, map, until_durable};
use crate::journal::verify::verify;
use crate::journal::{Journal, JournalError, Opened};

const MARKER: &[u8] = b"what Benjamin Oakley said about the checkout";

fn encoded(journal: &EmbeddedJournal, map: &MapId) -> Vec<Bytes> {
    let records = journal.records(map, 1..=u64::MAX, usize::MAX).unwrap();
    records.into_iter().map(|stored| stored.encoded).collect()
}

fn open(disk: &Disk) -> Result<EmbeddedJournal, JournalError> {
    EmbeddedJournal::in_small_blocks(disk.clone(), clock())
}

/// A file with a map of 30 records, most of them in blocks.
fn image() -> Vec<u8> {
    let disk = Disk::default();
    let journal = open(&disk).unwrap();
    grown(&journal, &map("a"), 30);
    drop(journal);
    disk.image()
}

/// Does something to the map with a crash at every operation of the disk. `after` is what is there when it was done.
fn crash_everywhere(work: impl Fn(&EmbeddedJournal) -> Result<(), JournalError>, after: &[Bytes]) {
    let (a, image) = (map("a"), image());
    let whole = Disk::holding(image.clone());
    let journal = open(&whole).unwrap();
    let before = encoded(&journal, &a);
    work(&journal).unwrap();
    assert_eq!(encoded(&journal, &a), after);
    drop(journal);
    let (mut old, mut new) = (0, 0);
    for at in 1..=whole.operations() {
        let disk = Disk::holding(image.clone());
        disk.fail(Fault::Crash(at));
        let done = open(&disk).and_then(|journal| work(&journal)).is_ok();
        for (what, image) in disk.crash_images(&mut StdRng::seed_from_u64(at)) {
            let told = format!("crash at {at}, {what}");
            let journal = open(&Disk::holding(image)).unwrap();
            let found = encoded(&journal, &a);
            if found == after {
                new += 1;
            } else {
                assert_eq!(found, before, "{told}: neither the old nor the new");
                assert!(!done, "{told}: it was said to be durable");
                old += 1;
            }
            match verify(&journal, &a) {
                Ok(verified) => assert_eq!(verified.records, found.len() as u64, "{told}"),
                Err(JournalError::NoSuchMap(_)) => assert!(found.is_empty(), "{told}"),
                Err(error) => panic!("{told}: {error}"),
            }
        }
    }
    assert!(old > 10 && new > 3, "{old} old, {new} new");
}

#[test]
fn journal_15_a_crash_while_a_journal_is_written_anew_leaves_the_old_one_or_the_new() {
    let a = map("a");
    let head = |journal: &EmbeddedJournal| journal.entry(&a).unwrap().unwrap().head;
    let anew = another(&a, head(&open(&Disk::holding(image())).unwrap()), 25);
    let after: Vec<_> = anew.records.iter().map(|one| one.encoded.clone()).collect();
    crash_everywhere(|journal| journal.rewrite(&a, anew.clone()), &after);
}

#[test]
fn journal_15_a_crash_while_a_map_is_deleted_leaves_all_of_it_or_nothing() {
    crash_everywhere(|journal| journal.delete(&map("a")), &[]);
}

fn bytes_of(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join(FILE)).unwrap()
}

fn holds_marker(dir: &Path) -> bool {
    bytes_of(dir)
        .windows(MARKER.len())
        .any(|bytes| bytes == MARKER)
}

/// A folder whose file has the marker in the journal of a deleted map, and another map.
fn with_a_deleted_map() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let journal = EmbeddedJournal::open(directory.path(), clock()).unwrap();
    grown(&journal, &map("b"), 9);
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map("a"), founding(&map("a"))).unwrap();
    // On more pages than are used again at once.
    for _ in 0..40 {
        let body = Body::Edit(MARKER.repeat(50).into());
        log.append(Draft::new(Actor::Anonymous, body)).unwrap();
    }
    until_durable(&mut tail, 41);
    let_go(log, tail);
    journal.delete(&map("a")).unwrap();
    directory
}

#[test]
fn erase_6_after_the_next_start_no_byte_of_what_was_forgotten_is_in_the_file() {
    let directory = with_a_deleted_map();
    let path = directory.path();
    assert!(holds_marker(path), "on a page that is not used any more");
    // Reading a folder changes nothing.
    let before = encoded(&EmbeddedJournal::open(path, clock()).unwrap(), &map("b"));
    assert!(holds_marker(path));
    let journal = EmbeddedJournal::open_to_serve(path, clock()).unwrap();
    assert!(!holds_marker(path));
    assert_eq!(encoded(&journal, &map("b")), before);
    assert_eq!(verify(&journal, &map("b")).unwrap().records, 9);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&map("b")).unwrap();
    log.append(edit(10)).unwrap();
    until_durable(&mut tail, 10);
    let_go(log, tail);
    drop(journal);
    let files = std::fs::read_dir(path).unwrap();
    assert_eq!(files.count(), 1, "nothing is left of copying");
    // Once is enough.
    let served = bytes_of(path);
    assert!(super::cleaning::clean(path).unwrap().is_none());
    assert_eq!(bytes_of(path).len(), served.len());
}

#[test]
fn erase_6_a_copy_that_was_cut_off_does_not_matter() {
    let directory = with_a_deleted_map();
    let path = directory.path();
    let left = path.join(format!("{FILE}.4711.new"));
    std::fs::write(&left, MARKER).unwrap();
    let journal = EmbeddedJournal::open_to_serve(path, clock()).unwrap();
    assert!(!holds_marker(path));
    assert!(!left.exists(), "what it had copied is gone");
    assert_eq!(verify(&journal, &map("b")).unwrap().records, 9);
}

#[test]
fn erase_6_a_file_in_use_is_left_alone() {
    let directory = with_a_deleted_map();
    let first = EmbeddedJournal::open(directory.path(), clock()).unwrap();
    let second = EmbeddedJournal::open_to_serve(directory.path(), clock()).err();
    assert!(
        matches!(second, Some(JournalError::Locked(_))),
        "{second:?}"
    );
    assert_eq!(first.list().unwrap().len(), 1);
}

#[test]
fn erase_6_where_the_file_cannot_be_copied_it_is_served_as_it_is() {
    let directory = with_a_deleted_map();
    let path = directory.path();
    // Nothing can be made there.
    let stands = path.join(format!("{FILE}.{}.new", std::process::id()));
    std::fs::create_dir(&stands).unwrap();
    let journal = EmbeddedJournal::open_to_serve(path, clock()).unwrap();
    assert_eq!(verify(&journal, &map("b")).unwrap().records, 9);
    drop(journal);
    std::fs::remove_dir(&stands).unwrap();
    drop(EmbeddedJournal::open_to_serve(path, clock()).unwrap());
    assert!(!holds_marker(path), "the next start does it");
}
