//! The contract's sentences about what is forgotten: a journal in the place of another, and a map that goes.

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::Head;

use super::{Ground, clock, edit, founding, grown, let_go, map, snapshot, until_durable};
use crate::journal::verify::{Verified, verify};
use crate::journal::{Journal, JournalError, Opened, Rewritten, StoredRecord};

/// Another journal for this map, made from one that ends so.
pub(in crate::journal) fn another(map: &MapId, before: Head, records: u64) -> Rewritten {
    let mut head = Head::genesis(map);
    let drafts = std::iter::once(founding(map)).chain((2..=records).map(|n| edit(n + 7_000)));
    let sealed = drafts.map(|draft| {
        let (record, encoded) = head.seal(1_000, draft);
        let encoded = encoded.into();
        StoredRecord { record, encoded }
    });
    let records: Vec<_> = sealed.collect();
    let mut snapshots = vec![1, head.seq];
    snapshots.dedup();
    Rewritten {
        before,
        snapshots: snapshots.into_iter().map(snapshot).collect(),
        records,
        head,
        summary: Bytes::from_static(b"anew"),
    }
}

fn head(journal: &dyn Journal, map: &MapId) -> Head {
    journal.entry(map).unwrap().unwrap().head
}

fn encoded(journal: &dyn Journal, map: &MapId) -> Vec<Bytes> {
    let records = journal.records(map, 1..=u64::MAX, usize::MAX).unwrap();
    records.into_iter().map(|stored| stored.encoded).collect()
}

/// A map with blocks, snapshots and a summary, let go; and a neighbour.
fn kept(journal: &dyn Journal, a: &MapId) {
    grown(journal, &map("aa"), 3);
    grown(journal, a, 20);
    let Opened {
        mut log, mut tail, ..
    } = journal.open(a).unwrap();
    log.put_snapshot(snapshot(5)).unwrap();
    log.put_snapshot(snapshot(15)).unwrap();
    log.put_summary(Bytes::from_static(b"of before")).unwrap();
    log.append(edit(21)).unwrap();
    until_durable(&mut tail, 21);
    let_go(log, tail);
}

pub(super) fn journal_15_another_journal_takes_a_maps_place_and_nothing_of_the_old_one_stays<
    G: Ground,
>() {
    for records in [1, 9, 40] {
        let (ground, a) = (G::new(), map("a"));
        let journal = ground.journal(clock());
        kept(&*journal, &a);
        let neighbour = encoded(&*journal, &map("aa"));
        let anew = another(&a, head(&*journal, &a), records);
        journal.rewrite(&a, anew.clone()).unwrap();
        // And as whoever comes next finds it.
        journal.close().unwrap();
        drop(journal);
        let journal = ground.journal(clock());
        let wanted: Vec<_> = anew.records.iter().map(|one| one.encoded.clone()).collect();
        assert_eq!(encoded(&*journal, &a), wanted);
        let entry = journal.entry(&a).unwrap().unwrap();
        assert_eq!((entry.head, entry.summary), (anew.head, Some(anew.summary)));
        let verified = verify(&*journal, &a).unwrap();
        assert_eq!(
            verified,
            Verified {
                records,
                head: anew.head
            }
        );
        let before = |seq| journal.snapshot_before(&a, seq).unwrap();
        let early: Option<Snapshot> = (records > 1).then(|| snapshot(1));
        assert_eq!(before(records - 1), early, "and none of the old one");
        assert_eq!(before(u64::MAX), Some(snapshot(records)));
        assert_eq!(encoded(&*journal, &map("aa")), neighbour);
        let Opened {
            mut log, mut tail, ..
        } = journal.open(&a).unwrap();
        log.append(edit(1)).unwrap();
        until_durable(&mut tail, records + 1);
        let_go(log, tail);
        assert_eq!(verify(&*journal, &a).unwrap().records, records + 1);
    }
}

pub(super) fn journal_15_a_journal_made_from_another_end_is_refused<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 5);
    let (before, was) = (head(&*journal, &a), encoded(&*journal, &a));
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&a).unwrap();
    log.append(edit(6)).unwrap();
    until_durable(&mut tail, 6);
    let_go(log, tail);
    let late = journal.rewrite(&a, another(&a, before, 3));
    assert!(matches!(late, Err(JournalError::Moved(_))), "{late:?}");
    assert_eq!(encoded(&*journal, &a)[..5], was[..]);
    let missing = journal.rewrite(&map("b"), another(&a, before, 3));
    assert!(
        matches!(missing, Err(JournalError::NoSuchMap(_))),
        "{missing:?}"
    );
    assert!(journal.open(&a).is_ok(), "it is free");
}

pub(super) fn journal_15_a_map_goes_with_everything_and_may_be_made_anew<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    kept(&*journal, &a);
    let neighbour = encoded(&*journal, &map("aa"));
    journal.delete(&a).unwrap();
    let again = journal.delete(&a);
    assert!(
        matches!(again, Err(JournalError::NoSuchMap(_))),
        "{again:?}"
    );
    journal.close().unwrap();
    drop(journal);
    let journal = ground.journal(clock());
    assert!(journal.entry(&a).unwrap().is_none());
    assert!(encoded(&*journal, &a).is_empty());
    assert_eq!(journal.snapshot_before(&a, u64::MAX).unwrap(), None);
    assert!(matches!(journal.open(&a), Err(JournalError::NoSuchMap(_))));
    assert_eq!(journal.list().unwrap().len(), 1);
    assert_eq!(encoded(&*journal, &map("aa")), neighbour);
    grown(&*journal, &a, 2);
    assert_eq!(
        journal.entry(&a).unwrap().unwrap().summary,
        None,
        "of the one before"
    );
    assert_eq!(verify(&*journal, &a).unwrap().records, 2);
}

pub(super) fn journal_15_nothing_is_forgotten_of_an_open_map<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 5);
    let Opened { log, tail, .. } = journal.open(&a).unwrap();
    let before = head(&*journal, &a);
    for refused in [
        journal.is_free(&a),
        journal.delete(&a),
        journal.rewrite(&a, another(&a, before, 3)),
    ] {
        assert!(
            matches!(refused, Err(JournalError::InUse(_))),
            "{refused:?}"
        );
    }
    let_go(log, tail);
    journal.is_free(&a).unwrap();
    assert_eq!(encoded(&*journal, &a).len(), 5);
    journal.delete(&a).unwrap();
}

pub(super) fn journal_15_after_a_failed_commit_there_is_what_was<G: Ground>() {
    let (ground, a) = (G::new(), map("a"));
    let journal = ground.journal(clock());
    grown(&*journal, &a, 5);
    let was = encoded(&*journal, &a);
    let anew = another(&a, head(&*journal, &a), 3);
    ground.break_commits();
    assert!(journal.rewrite(&a, anew).is_err());
    assert!(journal.delete(&a).is_err());
    assert_eq!(encoded(&*journal, &a), was);
}
