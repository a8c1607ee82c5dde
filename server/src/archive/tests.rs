//! Tests of archives as files: a small one with everything in it, each of its bytes changed in turn.

use std::collections::BTreeSet;
use std::fs;

use cairn_protocol::fold::Workshop;
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map::{self, JourneyMap};
use cairn_protocol::record::{Actor, Body, Command, Created, Join, Opening};
use cairn_protocol::round::RoundId;
use serde_json::json;

use super::*;
use crate::cli::verify::{Damage, check};
use crate::clock::Clock;
use crate::journal::embedded::EmbeddedJournal;
use crate::journal::verify::verify;

fn name() -> MapId {
    MapId::new("m").unwrap()
}

/// A map with a card, somebody in it, and a round in which they placed two dots; open, or closed.
fn drafts(close: bool) -> Vec<Draft> {
    let content = json!({
        "format": "cairn.map/1", "title": "Taken away", "kind": "current-state", "stages": [{"id": "s", "title": "S"}],
        "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
        "cards": [{"id": "o", "lane": "l", "stage": "s", "text": "O"}],
    });
    let content = map::to_update(&JourneyMap::parse(&content.to_string()).unwrap(), 7);
    let setup = json!({
        "question": "What?", "dots": 3, "mostPerCard": 3, "visibility": "secret", "anonymous": false,
    });
    let opening = Opening::New(serde_json::from_value(setup).unwrap());
    let join = Join {
        known_as: None,
        role: Role::Participant,
        name: "Ana".to_owned(),
        color: "#112233".to_owned(),
        tokens: Vec::new(),
    };
    let created = Created {
        map: name(),
        open: false,
    };
    let (round, card, ana) = (
        RoundId(1),
        "o".to_owned(),
        Actor::Participant(ParticipantId(1)),
    );
    let vote = Command::Vote {
        round,
        card,
        dots: 2,
    };
    let mut drafts = vec![
        Draft::new(Actor::Host, Body::Created(created)),
        Draft::new(Actor::Host, Body::Edit(content.into())),
        Draft::new(Actor::Server, Body::Join(join)),
        Draft::new(Actor::Host, Body::Round(opening, None)),
        Draft::new(ana, Body::Command(vote)),
    ];
    if close {
        let close = Command::CloseRound { round };
        drafts.push(Draft::new(Actor::Host, Body::Command(close)));
    }
    drafts
}

/// A journal of these, with snapshots after the second and the last.
fn journal(drafts: Vec<Draft>) -> EmbeddedJournal {
    let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
    let last = drafts.len() as u64;
    let mut drafts = drafts.into_iter();
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&name(), drafts.next().unwrap()).unwrap();
    for draft in drafts {
        log.append(draft).unwrap();
    }
    let mut workshop = Workshop::new(name());
    loop {
        match tail.blocking_recv().unwrap() {
            Tail::Sequenced(record) => {
                load::apply(&mut workshop, &record).unwrap();
                if [2, last].contains(&record.seq) {
                    log.put_snapshot(workshop.snapshot()).unwrap();
                }
            }
            Tail::Durable(seq) if seq == last => break,
            Tail::Durable(_) => {}
            Tail::Failed(error) => panic!("{error}"),
        }
    }
    drop(log);
    while tail.blocking_recv().is_some() {}
    journal
}

struct Written {
    folder: tempfile::TempDir,
    journal: EmbeddedJournal,
    path: PathBuf,
}

fn written() -> Written {
    let folder = tempfile::tempdir().unwrap();
    let (journal, path) = (journal(drafts(true)), folder.path().join("m.cairn"));
    let manifest = write(&journal, &name(), &path, |_, _| {}).unwrap();
    assert_eq!((manifest.head.seq, manifest.snapshots), (6, vec![2, 6]));
    Written {
        folder,
        journal,
        path,
    }
}

#[test]
fn archive_1_an_archive_holds_its_journal_and_is_read_as_one() {
    let Written {
        journal,
        path,
        folder: _folder,
    } = written();
    let archive = Archive::read(&path).unwrap();
    assert_eq!(
        verify(&archive, &name()).unwrap(),
        verify(&journal, &name()).unwrap()
    );
    for range in [1..=u64::MAX, 2..=4, 6..=6, 7..=9, 0..=1] {
        for limit in [0, 2, 99] {
            let of = |journal: &dyn Journal| {
                let records = journal.records(&name(), range.clone(), limit).unwrap();
                records
                    .into_iter()
                    .map(|stored| stored.encoded)
                    .collect::<Vec<_>>()
            };
            assert_eq!(of(&archive), of(&journal), "{range:?}, at most {limit}");
        }
    }
    for seq in 1..=6 {
        let snapshot = |journal: &dyn Journal| journal.snapshot_before(&name(), seq).unwrap();
        assert_eq!(snapshot(&archive), snapshot(&journal), "before {seq}");
        let state = |journal: &dyn Journal| {
            load::load_at(journal, &name(), Some(seq))
                .unwrap()
                .snapshot()
        };
        assert_eq!(state(&archive), state(&journal), "after {seq}");
    }
    let other = MapId::new("other").unwrap();
    assert!(matches!(
        archive.open(&other),
        Err(JournalError::NoSuchMap(_))
    ));
    assert!(archive.entry(&other).unwrap().is_none());
}

#[test]
fn archive_2_it_takes_no_place_and_leaves_nothing_half_made() {
    let Written {
        journal,
        path,
        folder,
    } = written();
    let before = fs::read(&path).unwrap();
    let again = write(&journal, &name(), &path, |_, _| {});
    assert!(matches!(again, Err(ArchiveError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    let missing = MapId::new("other").unwrap();
    let elsewhere = folder.path().join("other.cairn");
    assert!(write(&journal, &missing, &elsewhere, |_, _| {}).is_err());
    let nowhere = folder.path().join("no such folder/m.cairn");
    let nowhere = write(&journal, &name(), &nowhere, |_, _| {});
    assert!(matches!(
        nowhere,
        Err(ArchiveError::File {
            what: "written",
            ..
        })
    ));
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn archive_3_whatever_byte_of_a_file_is_changed_or_cut_off_it_is_refused_and_the_record_named() {
    let Written {
        path,
        folder: _folder,
        ..
    } = written();
    let whole = fs::read(&path).unwrap();
    let damaged = |bytes: &[u8]| match Archive::take(bytes) {
        Err(Untaken::Fault(fault)) => fault.place,
        Err(Untaken::Io(error)) => panic!("{error}"),
        Ok(_) => panic!("a damaged archive was read"),
    };
    let mut named = BTreeSet::new();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1 << (at % 8);
        let place = damaged(&changed);
        assert_eq!(
            place,
            damaged(&whole[..at]),
            "byte {at}: what it belongs to"
        );
        named.insert(place.to_string());
    }
    let record = |seq| format!("record {seq}");
    let other = [
        "the beginning",
        "the manifest",
        "the snapshot after record 2",
        "the snapshot after record 6",
        "the end",
    ];
    let all: BTreeSet<String> = (1..=6)
        .map(record)
        .chain(other.map(str::to_owned))
        .collect();
    assert_eq!(named, all);
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    let error = Archive::read(&path).err().unwrap().to_string();
    assert!(
        error.contains("m.cairn is damaged: the end: the file ends"),
        "{error}"
    );
}

#[test]
fn archive_4_nothing_is_archived_while_a_round_is_open_or_a_brainstorm_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.cairn");
    let mut storm = drafts(true);
    let setup = serde_json::from_value(json!({ "prompt": "Ideas?", "signed": false })).unwrap();
    let start = Command::StartBrainstorm { setup };
    storm.push(Draft::new(Actor::Host, Body::Command(start)));
    for (drafts, what) in [(drafts(false), "a round"), (storm.clone(), "a brainstorm")] {
        let error = write(&journal(drafts), &name(), &path, |_, _| {}).unwrap_err();
        assert!(error.to_string().starts_with(what), "{error}");
        assert!(error.to_string().contains("ARCHIVE-4"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
    storm.push(Draft::new(
        Actor::Host,
        Body::Command(Command::DiscardDrafts {}),
    ));
    assert!(write(&journal(storm), &name(), &path, |_, _| {}).is_ok());
}

#[test]
fn archive_5_as_a_journal_it_takes_nothing() {
    let Written {
        path,
        folder: _folder,
        ..
    } = written();
    let archive = Archive::read(&path).unwrap();
    let tick = || Draft::new(Actor::Server, Body::Tick);
    assert!(archive.create(&MapId::new("new").unwrap(), tick()).is_err());
    let Opened {
        mut log,
        mut tail,
        snapshot,
        records,
    } = archive.open(&name()).unwrap();
    assert_eq!(
        (snapshot.map(|snapshot| snapshot.seq), records.len()),
        (Some(6), 0)
    );
    assert!(matches!(log.append(tick()), Err(JournalError::Stopped(_))));
    log.put_summary(Bytes::from_static(b"a summary")).unwrap();
    assert!(tail.try_recv().is_err(), "nothing comes");
    assert_eq!(archive.entry(&name()).unwrap().unwrap().summary, None);
    assert_eq!(archive.head().seq, 6);
}

/// The archive of these records, with snapshots of others.
fn forged(snapshots: &[Snapshot]) -> Archive {
    let journal = journal(drafts(true));
    let head = journal.entry(&name()).unwrap().unwrap().head;
    let Opened {
        mut log, mut tail, ..
    } = journal.open(&name()).unwrap();
    for snapshot in snapshots {
        log.put_snapshot(snapshot.clone()).unwrap();
    }
    drop(log);
    while tail.blocking_recv().is_some() {}
    let manifest = Manifest {
        map: name(),
        head,
        snapshots: snapshots.iter().map(|one| one.seq).collect(),
    };
    let mut bytes = Vec::new();
    let take = |part: &[u8]| {
        bytes.extend_from_slice(part);
        Ok(())
    };
    parts(&journal, &manifest, &|_, _| {}, take).unwrap();
    // Every check in it is right.
    let Ok(archive) = Archive::take(bytes.as_slice()) else {
        panic!("whoever made it made it well");
    };
    archive
}

#[test]
fn archive_3_a_snapshot_that_somebody_made_is_found_out_wherever_it_stands() {
    let after = |close: bool, until: usize| {
        let mut workshop = Workshop::new(name());
        let mut head = Head::genesis(&name());
        for draft in drafts(close).into_iter().take(until) {
            load::apply(&mut workshop, &head.seal(1, draft).0).unwrap();
        }
        workshop
    };
    let right = [after(true, 2).snapshot(), after(true, 6).snapshot()];
    assert!(check(&forged(&right), &name()).is_ok());
    // One that says somebody else is in it, after an early record, before a right one.
    let mut eve = after(true, 2);
    let join = Join {
        known_as: None,
        role: Role::Facilitator,
        name: "Eve".to_owned(),
        color: "#112233".to_owned(),
        tokens: Vec::new(),
    };
    let mut head = Head::genesis(&name());
    (head.seq, head.at) = (2, 1);
    let (record, _) = head.seal(1, Draft::new(Actor::Server, Body::Join(join)));
    load::apply(&mut eve, &record).unwrap();
    let false_one = eve.snapshot();
    let checked = check(&forged(&[false_one, right[1].clone()]), &name());
    assert!(
        matches!(checked, Err(Damage::Snapshot { seq: 3 })),
        "{checked:?}"
    );
    // Nor is one believed that cannot be read.
    let bytes = Bytes::from_static(&[3, 0xff]);
    let checked = check(&forged(&[Snapshot { seq: 2, bytes }]), &name());
    assert!(
        matches!(checked, Err(Damage::Snapshot { seq: 2 })),
        "{checked:?}"
    );
}

#[test]
fn fold_2_a_snapshot_of_another_version_is_passed_over_and_is_no_damage() {
    let written = written();
    let mut archive = Archive::read(&written.path).unwrap();
    let bytes = Bytes::from_static(&[2, 0xa0]);
    archive.snapshots.insert(5, Snapshot { seq: 5, bytes });
    let before = archive.snapshot_before(&name(), 5).unwrap();
    assert_eq!(before.map(|snapshot| snapshot.seq), Some(2));
    assert!(check(&archive, &name()).is_ok());
}

#[test]
fn archive_2_a_journal_that_ends_otherwise_than_it_says_gives_no_archive() {
    let journal = journal(drafts(true));
    let head = journal.entry(&name()).unwrap().unwrap().head;
    let written = |head: Head| {
        let manifest = Manifest {
            map: name(),
            head,
            snapshots: Vec::new(),
        };
        parts(&journal, &manifest, &|_, _| {}, |_| Ok(()))
    };
    assert!(written(head).is_ok());
    let missing = written(Head {
        seq: head.seq + 1,
        ..head
    });
    assert!(matches!(
        missing,
        Err(ArchiveError::Journal(JournalError::Chain { .. }))
    ));
    let other = written(Head {
        hash: Head::genesis(&name()).hash,
        ..head
    });
    assert!(matches!(
        other,
        Err(ArchiveError::Journal(JournalError::Chain { .. }))
    ));
}
