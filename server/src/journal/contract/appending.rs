//! The contract's sentences about appending: order, time, durability, opening and creating.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cairn_protocol::record::Head;

use super::{Ground, clock, edit, founding, grown, let_go, map, seqs, snapshot, until_durable};
use crate::clock::Clock;
use crate::journal::{JournalError, Opened, Tail};

pub(super) fn journal_1_numbers_have_no_gap_and_come_back_once_in_order<G: Ground>() {
    let (ground, a, b) = (G::new(), map("a"), map("b"));
    let journal = ground.journal(clock());
    let Opened {
        log: mut log_a,
        tail: mut tail_a,
        ..
    } = journal.create(&a, founding(&a)).unwrap();
    let Opened {
        log: mut log_b,
        tail: mut tail_b,
        ..
    } = journal.create(&b, founding(&b)).unwrap();
    for mark in 2..=50 {
        log_a.append(edit(mark)).unwrap();
        log_b.append(edit(1_000 + mark)).unwrap();
    }
    for (tail, offset) in [(&mut tail_a, 0), (&mut tail_b, 1_000)] {
        let records = until_durable(tail, 50);
        assert_eq!(seqs(&records), (1..=50).collect::<Vec<_>>());
        for record in &records[1..] {
            assert_eq!(
                record.body,
                edit(offset + record.seq).body,
                "the drafts keep their order"
            );
        }
    }
}

pub(super) fn journal_1_each_record_links_to_the_bytes_before_it<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let sequenced = grown(&*journal, &a, 20);
    let mut head = Head::genesis(&a);
    for (stored, sequenced) in journal
        .records(&a, 1..=20, 20)
        .unwrap()
        .iter()
        .zip(&sequenced)
    {
        assert_eq!(&stored.record, sequenced, "kept as it was said");
        head.follow(&stored.record, &stored.encoded).unwrap();
    }
    assert_eq!(journal.entry(&a).unwrap().unwrap().head, head);
}

pub(super) fn journal_2_time_is_the_writers_and_never_runs_backwards<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let now = Arc::new(AtomicU64::new(500));
    let read = Arc::clone(&now);
    let journal = ground.journal(Clock::from_fn(move || read.load(Ordering::SeqCst)));
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    for time in [700, 600, 800] {
        now.store(time, Ordering::SeqCst);
        log.append(edit(time)).unwrap();
    }
    let times: Vec<_> = until_durable(&mut tail, 4)
        .iter()
        .map(|record| record.at)
        .collect();
    assert_eq!(times, [500, 700, 700, 800]);
    let_go(log, tail);
    now.store(1, Ordering::SeqCst);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    log.append(edit(1)).unwrap();
    assert_eq!(
        until_durable(&mut tail, 5)[0].at,
        800,
        "nor when opened again"
    );
}

pub(super) fn journal_3_durable_comes_for_everything_and_rises<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    let (mut sequenced, mut durable) = (0, 0);
    for mark in 2..=100 {
        log.append(edit(mark)).unwrap();
    }
    while durable < 100 {
        match tail.blocking_recv().unwrap() {
            Tail::Sequenced(record) => sequenced = record.seq,
            Tail::Durable(seq) => {
                assert!(seq > durable, "{seq} after {durable}");
                assert!(
                    seq <= sequenced,
                    "{seq} is durable and {sequenced} was the last sequenced"
                );
                let kept = journal.records(&a, seq..=seq, 1).unwrap();
                assert_eq!(kept.len(), 1, "{seq} is called durable and not there");
                durable = seq;
            }
            Tail::Failed(error) => panic!("{error}"),
        }
    }
}

pub(super) fn journal_3_what_is_durable_is_there_when_opened_again<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let written = grown(&*journal, &a, 30);
    drop(journal);
    let journal = ground.journal(clock());
    let read: Vec<_> = journal.records(&a, 1..=u64::MAX, 100).unwrap();
    assert_eq!(
        read.into_iter()
            .map(|stored| stored.record)
            .collect::<Vec<_>>(),
        written
    );
}

pub(super) fn journal_4_open_gives_every_record_and_the_tail_goes_on<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let written = grown(&*journal, &a, 10);
    let Opened {
        snapshot,
        records,
        mut log,
        mut tail,
    } = journal.open(&a).unwrap();
    assert_eq!(snapshot, None);
    assert_eq!(records, written);
    log.append(edit(11)).unwrap();
    let next = until_durable(&mut tail, 11);
    assert_eq!(
        seqs(&next),
        [11],
        "nothing of before comes again, nothing is left out"
    );
}

pub(super) fn journal_4_open_gives_the_newest_snapshot_and_what_follows_it<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    for mark in 2..=10 {
        log.append(edit(mark)).unwrap();
        if [4, 8].contains(&mark) {
            log.put_snapshot(snapshot(mark)).unwrap();
        }
    }
    until_durable(&mut tail, 10);
    let_go(log, tail);
    let opened = journal.open(&a).unwrap();
    assert_eq!(opened.snapshot, Some(snapshot(8)));
    assert_eq!(seqs(&opened.records), [9, 10]);
}

pub(super) fn journal_5_a_map_is_open_once_until_its_log_is_gone_and_settled<G: Ground>() {
    let (ground, a, b) = (G::new(), map("a"), map("b"));
    let journal = ground.journal(clock());
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&a, founding(&a)).unwrap();
    until_durable(&mut tail, 1);
    assert!(matches!(journal.open(&a), Err(JournalError::InUse(name)) if name == a));
    assert!(
        journal.create(&b, founding(&b)).is_ok(),
        "other maps are not concerned"
    );
    log.append(edit(2)).unwrap();
    // The tail ends when the map is free, and not before all of it is durable.
    drop(log);
    let mut last = 1;
    while let Some(event) = tail.blocking_recv() {
        if let Tail::Durable(seq) = event {
            last = seq;
        }
    }
    assert_eq!(last, 2);
    assert_eq!(seqs(&journal.open(&a).unwrap().records), [1, 2]);
}

pub(super) fn journal_5_a_map_is_created_once<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    let Opened { log, mut tail, .. } = journal.create(&a, founding(&a)).unwrap();
    until_durable(&mut tail, 1);
    assert!(
        matches!(
            journal.create(&a, founding(&a)),
            Err(JournalError::Exists(_))
        ),
        "open"
    );
    let_go(log, tail);
    assert!(
        matches!(
            journal.create(&a, founding(&a)),
            Err(JournalError::Exists(_))
        ),
        "closed"
    );
    assert_eq!(seqs(&journal.open(&a).unwrap().records), [1]);
}

pub(super) fn journal_5_a_map_that_is_not_there_is_an_error<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    assert!(matches!(journal.open(&a), Err(JournalError::NoSuchMap(name)) if name == a));
    assert!(journal.entry(&a).unwrap().is_none());
    assert!(journal.records(&a, 1..=9, 9).unwrap().is_empty());
    assert!(
        journal.create(&a, founding(&a)).is_ok(),
        "looking for it does not hold its name"
    );
}
