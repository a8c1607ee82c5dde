//! What holds for the embedded journal beyond the contract: its file, its grouping of commits, its bounds.

use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::record::Head;
use redb::Database;

use super::disk::{Disk, Fault};
use super::forgetting::Packed;
use super::log::QueuedLog;
use super::queue::{Claim, Op, Queue};
use super::snapshots::SPACING as SNAPSHOT_SPACING;
use super::tables::FORMAT;
use super::writer::Packing;
use super::{EmbeddedJournal, FILE};
use crate::journal::contract::forgetting::another;
use crate::journal::contract::{
    clock, edit, founding, grown, let_go, map, snapshot, until_durable, until_failed,
};
use crate::journal::{Journal, JournalError, Log, Opened, Tail};

fn on(disk: &Disk) -> EmbeddedJournal {
    EmbeddedJournal::with_backend(disk.clone(), clock()).unwrap()
}

#[test]
fn journal_11_what_waits_is_committed_together() {
    let disk = Disk::default();
    let journal = on(&disk);
    let (a, b) = (map("a"), map("b"));
    disk.hold_syncs();
    let Opened {
        log: mut log_a,
        tail: mut tail_a,
        ..
    } = journal.create(&a, founding(&a)).unwrap();
    disk.wait_for_a_held_sync();
    // The first record is being committed alone. Everything that comes meanwhile waits, for all maps.
    let Opened {
        log: mut log_b,
        tail: mut tail_b,
        ..
    } = journal.create(&b, founding(&b)).unwrap();
    for mark in 2..=200 {
        log_a.append(edit(mark)).unwrap();
        log_b.append(edit(mark)).unwrap();
    }
    assert!(journal.backlog() > 400 * 8, "{}", journal.backlog());
    disk.release_syncs();
    let mut durable = Vec::new();
    while durable.last() != Some(&200) {
        if let Tail::Durable(seq) = tail_a.blocking_recv().unwrap() {
            durable.push(seq);
        }
    }
    assert_eq!(
        durable,
        [1, 200],
        "one commit for the first, one for all the rest"
    );
    until_durable(&mut tail_b, 200);
    assert_eq!(journal.backlog(), 0);
}

#[test]
fn journal_11_a_commit_costs_one_sync_however_many_records_it_has() {
    let disk = Disk::default();
    let journal = on(&disk);
    let a = map("a");
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    until_durable(&mut tail, 1);
    for (seq, records) in [(2, 1), (3, 1)] {
        let before = disk.syncs();
        log.append(edit(records)).unwrap();
        until_durable(&mut tail, seq);
        assert_eq!(disk.syncs() - before, 1);
    }
}

#[test]
fn journal_11_reading_never_waits_for_a_commit_and_sees_only_what_is_durable() {
    let disk = Disk::default();
    let journal = on(&disk);
    let (a, b) = (map("a"), map("b"));
    grown(&journal, &a, 5);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    disk.hold_syncs();
    log.append(edit(6)).unwrap();
    log.put_summary(Bytes::from_static(b"later")).unwrap();
    disk.wait_for_a_held_sync();
    let created = journal.create(&b, founding(&b)).unwrap();
    assert_eq!(journal.records(&a, 1..=9, 9).unwrap().len(), 5);
    let entries = journal.list().unwrap();
    assert_eq!(
        entries
            .iter()
            .map(|entry| entry.head.seq)
            .collect::<Vec<_>>(),
        [5]
    );
    assert_eq!(journal.entry(&b).unwrap().map(|entry| entry.head.seq), None);
    let Some(Tail::Sequenced(record)) = tail.blocking_recv() else {
        panic!("sequenced at once")
    };
    assert_eq!(record.seq, 6);
    disk.release_syncs();
    until_durable(&mut tail, 6);
    assert_eq!(journal.records(&a, 1..=9, 9).unwrap().len(), 6);
    drop(created);
}

#[test]
fn journal_15_what_takes_another_journals_place_refuses_nobody_an_append() {
    let (a, b) = (map("a"), map("b"));
    let queue = Queue::bounded(1_000);
    let anew = another(&a, Head::genesis(&a), 500);
    let anew = Box::new(Packed::of(anew, Packing::ORDINARY).unwrap());
    std::thread::scope(|scope| {
        let (queue, a) = (&queue, Arc::new(a));
        let rewriting =
            scope.spawn(move || queue.push_and_wait(|done| Op::Rewrite { map: a, anew, done }));
        // It waits with the writer.
        let batch = queue.take().unwrap();
        assert_eq!(queue.backlog(), 0);
        let summary = Bytes::from_static(&[0; 1_000]);
        queue
            .push(Op::Summary {
                map: Arc::new(b),
                summary,
            })
            .unwrap();
        queue.settle(&batch);
        rewriting.join().unwrap().unwrap();
    });
}

#[test]
fn journal_11_an_append_is_refused_rather_than_fill_the_memory() {
    let a = map("a");
    let queue = Arc::new(Queue::bounded(1_000));
    let Claim { tail, mut tails } = queue.claim(&a).unwrap();
    let head = Head::genesis(&a);
    let mut log = QueuedLog::new(Arc::new(a), head, clock(), Arc::clone(&queue), tail);
    let mut taken = 0;
    while log.append(edit(taken)).is_ok() {
        taken += 1;
    }
    assert!(
        (5..=20).contains(&taken),
        "{taken} records of some 60 bytes in 1000"
    );
    assert!(matches!(
        log.append(edit(taken)),
        Err(JournalError::Stopped(_))
    ));
    assert!(queue.backlog() <= 1_000);
    queue.settle(&queue.take().unwrap());
    log.append(edit(taken)).unwrap();
    drop(log);
    queue.settle(&queue.take().unwrap());
    let mut sequenced = Vec::new();
    while let Some(event) = tails.blocking_recv() {
        if let Tail::Sequenced(record) = event {
            sequenced.push(record.seq);
        }
    }
    assert_eq!(
        sequenced,
        (1..=taken + 1).collect::<Vec<_>>(),
        "a refused record left no gap"
    );
}

#[test]
fn journal_8_a_panic_in_the_writer_is_a_failure() {
    let disk = Disk::default();
    let journal = on(&disk);
    let a = map("a");
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    until_durable(&mut tail, 1);
    disk.fail(Fault::Panic(disk.operations() + 1));
    log.append(edit(2)).unwrap();
    assert_eq!(until_failed(&mut tail), None);
    let why = journal.health().unwrap_err().to_string();
    assert!(why.contains("a defect in the store"), "{why}");
    assert_eq!(journal.records(&a, 1..=9, 9).unwrap().len(), 1);
}

#[test]
fn journal_6_snapshots_are_thinned_to_their_spacing() {
    let disk = Disk::default();
    let journal = on(&disk);
    let a = map("a");
    let last = SNAPSHOT_SPACING * 4;
    grown(&journal, &a, last);
    let Opened { mut log, tail, .. } = journal.open(&a).unwrap();
    for seq in (10..=last).step_by(10) {
        log.put_snapshot(snapshot(seq)).unwrap();
    }
    let_go(log, tail);
    let mut kept = Vec::new();
    let mut before = last;
    while let Some(Snapshot { seq, .. }) = journal.snapshot_before(&a, before).unwrap() {
        kept.push(seq);
        before = seq - 1;
    }
    kept.reverse();
    assert_eq!(kept.first(), Some(&10));
    assert_eq!(kept[kept.len() - 1], last / 10 * 10, "the newest stays");
    assert!(kept.len() < 12, "{kept:?}");
    for pair in kept.windows(2) {
        assert!(
            pair[1] - pair[0] <= SNAPSHOT_SPACING,
            "too far to read from one: {kept:?}"
        );
    }
}

#[test]
fn journal_13_a_newer_format_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    drop(EmbeddedJournal::open(directory.path(), clock()).unwrap());
    let store = Database::open(directory.path().join(FILE)).unwrap();
    let txn = store.begin_write().unwrap();
    txn.open_table(FORMAT)
        .unwrap()
        .insert("version", 3)
        .unwrap();
    txn.commit().unwrap();
    drop(store);
    let error = EmbeddedJournal::open(directory.path(), clock())
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("format 3") && error.contains("newer"),
        "{error}"
    );
}

#[test]
fn journal_13_a_file_of_something_else_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(FILE);
    std::fs::write(&path, b"a shopping list").unwrap();
    assert!(EmbeddedJournal::open(directory.path(), clock()).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"a shopping list");
    std::fs::remove_file(&path).unwrap();
    let store = Database::create(&path).unwrap();
    let txn = store.begin_write().unwrap();
    txn.open_table(redb::TableDefinition::<u64, u64>::new("other"))
        .unwrap();
    txn.commit().unwrap();
    drop(store);
    let error = EmbeddedJournal::open(directory.path(), clock())
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("not a Cairn journal"), "{error}");
}

#[test]
fn journal_13_one_process_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let first = EmbeddedJournal::open(directory.path(), clock()).unwrap();
    let second = EmbeddedJournal::open(directory.path(), clock()).err();
    let place = directory.path().display().to_string();
    assert!(
        matches!(&second, Some(JournalError::Locked(at)) if *at == place),
        "{second:?}"
    );
    drop(first);
    assert!(EmbeddedJournal::open(directory.path(), clock()).is_ok());
}

#[test]
#[cfg(unix)]
fn journal_13_only_the_owner_reads_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let inner = directory.path().join("cairn-data");
    let journal = EmbeddedJournal::open(&inner, clock()).unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(mode(&inner.join(FILE)), 0o600);
    drop(journal);
    let files: Vec<_> = std::fs::read_dir(&inner)
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(files, [FILE], "nothing is left of making it");
}

#[test]
fn journal_13_a_creation_that_was_cut_off_does_not_matter() {
    let directory = tempfile::tempdir().unwrap();
    let unfinished = directory
        .path()
        .join(format!("{FILE}.{}.new", std::process::id()));
    std::fs::write(&unfinished, [0; 4096]).unwrap();
    let journal = EmbeddedJournal::open(directory.path(), clock()).unwrap();
    grown(&journal, &map("a"), 3);
    assert!(!unfinished.exists());
}
