//! The contract's sentences about what is kept: snapshots, summaries, reading back, failure, closing, verification.

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::record::{ChainError, Head};

use super::{
    Ground, clock, edit, founding, grown, let_go, map, snapshot, until_durable, until_failed,
};
use crate::journal::verify::{Verified, verify};
use crate::journal::{JournalError, Opened};

pub(super) fn journal_6_a_snapshot_of_a_record_to_come_is_refused<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    for seq in [0, 2] {
        assert!(
            matches!(
                log.put_snapshot(snapshot(seq)),
                Err(JournalError::Chain { .. })
            ),
            "{seq}"
        );
    }
    log.append(edit(2)).unwrap();
    log.put_snapshot(snapshot(2)).unwrap();
    until_durable(&mut tail, 2);
    // It may come in the commit after that of its record.
    let_go(log, tail);
    assert_eq!(journal.snapshot_before(&a, 2).unwrap(), Some(snapshot(2)));
}

pub(super) fn journal_6_the_snapshot_before_a_record_is_the_newest_not_after_it<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 9);
    let Opened { mut log, tail, .. } = journal.open(&a).unwrap();
    log.put_snapshot(snapshot(3)).unwrap();
    log.put_snapshot(snapshot(7)).unwrap();
    let_go(log, tail);
    let before = |seq| {
        journal
            .snapshot_before(&a, seq)
            .unwrap()
            .map(|snapshot| snapshot.seq)
    };
    assert_eq!(
        [2, 3, 6, 7, 9].map(before),
        [None, Some(3), Some(3), Some(7), Some(7)]
    );
    assert_eq!(journal.snapshot_before(&map("b"), 9).unwrap(), None);
}

pub(super) fn journal_6_a_snapshot_of_another_version_is_passed_over<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 9);
    let Opened { mut log, tail, .. } = journal.open(&a).unwrap();
    log.put_snapshot(snapshot(3)).unwrap();
    let bytes = Bytes::from_static(&[2, 0xa0]);
    log.put_snapshot(Snapshot { seq: 7, bytes }).unwrap();
    let_go(log, tail);
    assert_eq!(journal.snapshot_before(&a, 9).unwrap(), Some(snapshot(3)));
    let opened = journal.open(&a).unwrap();
    assert_eq!(opened.snapshot, Some(snapshot(3)));
    assert_eq!(opened.records.len(), 6);
}

pub(super) fn journal_7_the_summary_put_last_stays<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 1);
    let summary = || journal.entry(&a).unwrap().unwrap().summary;
    assert_eq!(summary(), None);
    let Opened { mut log, tail, .. } = journal.open(&a).unwrap();
    log.put_summary(Bytes::from_static(b"a longer one"))
        .unwrap();
    log.put_summary(Bytes::from_static(b"short")).unwrap();
    let_go(log, tail);
    assert_eq!(summary(), Some(Bytes::from_static(b"short")));
    assert_eq!(journal.list().unwrap()[0].summary, summary());
}

pub(super) fn journal_7_maps_are_listed_by_name_with_their_heads<G: Ground>() {
    let ground = G::new();
    let journal = ground.journal(clock());
    for (records, name) in (1..).zip(["b", "aa", "a", "ab"]) {
        grown(&*journal, &map(name), records);
    }
    let listed = journal.list().unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|entry| (entry.map.as_str(), entry.head.seq))
        .collect();
    assert_eq!(listed, [("a", 3), ("aa", 2), ("ab", 4), ("b", 1)]);
}

pub(super) fn journal_7_records_are_read_by_range_and_limit<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 10);
    // Neighbours by name and by bytes must not show through.
    grown(&*journal, &map("a0"), 10);
    grown(&*journal, &map("A"), 10);
    let read = |from, to, limit| -> Vec<u64> {
        let records = journal.records(&a, from..=to, limit).unwrap();
        records.iter().map(|stored| stored.record.seq).collect()
    };
    assert_eq!(read(3, 5, 9), [3, 4, 5]);
    assert_eq!(read(3, 9, 2), [3, 4]);
    assert_eq!(read(9, u64::MAX, 99), [9, 10]);
    assert_eq!(read(0, 1, 99), [1]);
    assert_eq!(read(11, 20, 99), [0; 0]);
    assert_eq!(read(5, 4, 99), [0; 0]);
    assert_eq!(read(9, 2, 99), [0; 0]);
    assert_eq!(read(1, 10, 0), [0; 0]);
}

pub(super) fn journal_8_a_failed_commit_reaches_every_open_log<G: Ground>() {
    let (ground, a, b) = (G::new(), map("a"), map("b"));
    let journal = ground.journal(clock());
    let Opened {
        log: mut log_a,
        tail: mut tail_a,
        ..
    } = journal.create(&a, founding(&a)).unwrap();
    let Opened {
        log: log_b,
        tail: mut tail_b,
        ..
    } = journal.create(&b, founding(&b)).unwrap();
    until_durable(&mut tail_a, 1);
    until_durable(&mut tail_b, 1);
    assert!(journal.health().is_ok());
    ground.break_commits();
    log_a.append(edit(2)).unwrap();
    assert_eq!(
        until_failed(&mut tail_a),
        None,
        "nothing more became durable"
    );
    assert_eq!(
        until_failed(&mut tail_b),
        None,
        "a log that appended nothing hears of it too"
    );
    assert!(matches!(
        &*journal.health().unwrap_err(),
        JournalError::Store(_)
    ));
    drop((log_a, log_b));
    for tail in [&mut tail_a, &mut tail_b] {
        assert!(
            tail.blocking_recv().is_none(),
            "nothing comes after a failure"
        );
    }
}

pub(super) fn journal_8_after_a_failure_nothing_is_taken<G: Ground>() {
    let (ground, a, b) = (G::new(), map("a"), map("b"));
    let journal = ground.journal(clock());
    grown(&*journal, &b, 1);
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    until_durable(&mut tail, 1);
    ground.break_commits();
    log.append(edit(2)).unwrap();
    until_failed(&mut tail);
    assert!(matches!(log.append(edit(3)), Err(JournalError::Stopped(_))));
    assert!(matches!(
        log.put_snapshot(snapshot(1)),
        Err(JournalError::Stopped(_))
    ));
    assert!(matches!(
        log.put_summary(Bytes::new()),
        Err(JournalError::Stopped(_))
    ));
    assert!(matches!(journal.open(&b), Err(JournalError::Stopped(_))));
    assert!(matches!(
        journal.create(&map("c"), founding(&b)),
        Err(JournalError::Stopped(_))
    ));
    assert!(
        journal.close().is_err(),
        "closing cannot claim that all is on disk"
    );
}

pub(super) fn journal_8_after_a_failure_what_was_durable_is_readable<G: Ground>() {
    let (ground, a, b, c) = (G::new(), map("a"), map("b"), map("c"));
    let journal = ground.journal(clock());
    let written = grown(&*journal, &b, 40);
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    for mark in 2..=19 {
        log.append(edit(mark)).unwrap();
    }
    log.put_snapshot(snapshot(19)).unwrap();
    // It may come in the commit after that of its record, and not after that of the next.
    log.append(edit(20)).unwrap();
    until_durable(&mut tail, 20);
    let head = journal.entry(&a).unwrap().unwrap().head;
    ground.break_commits();
    log.append(edit(21)).unwrap();
    until_failed(&mut tail);
    assert!(journal.create(&c, founding(&c)).is_err());
    assert_eq!(
        journal.list().unwrap().len(),
        2,
        "a map that never became durable is not there"
    );
    assert_eq!(journal.entry(&a).unwrap().unwrap().head, head);
    assert_eq!(journal.snapshot_before(&a, 20).unwrap(), Some(snapshot(19)));
    assert_eq!(
        verify(&*journal, &a).unwrap(),
        Verified { records: 20, head }
    );
    assert_eq!(journal.records(&a, 1..=u64::MAX, 99).unwrap().len(), 20);
    let read = journal.records(&b, 1..=40, 40).unwrap();
    assert_eq!(
        read.into_iter()
            .map(|stored| stored.record)
            .collect::<Vec<_>>(),
        written
    );
}

pub(super) fn journal_9_close_commits_everything_and_stops<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    for mark in 2..=25 {
        log.append(edit(mark)).unwrap();
    }
    journal.close().unwrap();
    assert_eq!(journal.entry(&a).unwrap().unwrap().head.seq, 25);
    until_durable(&mut tail, 25);
    assert!(matches!(
        log.append(edit(26)),
        Err(JournalError::Stopped(_))
    ));
    assert!(matches!(journal.open(&a), Err(JournalError::Stopped(_))));
    assert!(matches!(
        &*journal.health().unwrap_err(),
        JournalError::Stopped(_)
    ));
    journal.close().unwrap();
    let_go(log, tail);
    drop(journal);
    assert_eq!(ground.journal(clock()).open(&a).unwrap().records.len(), 25);
}

pub(super) fn journal_10_verify_walks_the_chain_to_its_head<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 600);
    let head = journal.entry(&a).unwrap().unwrap().head;
    assert_eq!(
        verify(&*journal, &a).unwrap(),
        Verified { records: 600, head }
    );
    let missing = verify(&*journal, &map("b"));
    assert!(
        matches!(missing, Err(JournalError::NoSuchMap(_))),
        "{missing:?}"
    );
    let other = Head::genesis(&map("b"));
    let record = &journal.records(&a, 1..=1, 1).unwrap()[0];
    let moved = { other }.follow(&record.record, &record.encoded);
    assert_eq!(
        moved,
        Err(ChainError::Broken { seq: 1 }),
        "a record fits its own map only"
    );
}
