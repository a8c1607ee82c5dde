//! What `verify` takes for a map and what for a file, and what it finds.

use super::*;
use crate::clock::Clock;
use crate::journal::embedded::EmbeddedJournal;
use crate::journal::{Opened, Tail};
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map::{self, JourneyMap};
use cairn_protocol::record::{Command, Created, Draft, Hash, Join, Opening};
use cairn_protocol::round::RoundId;

fn join(name: &str) -> Draft {
    let join = Join {
        known_as: None,
        role: Role::Participant,
        name: name.to_owned(),
        color: "#112233".to_owned(),
        tokens: Vec::new(),
    };
    Draft::new(Actor::Server, Body::Join(join))
}

fn created(map: &MapId) -> Draft {
    let created = Created {
        map: map.clone(),
        open: false,
    };
    Draft::new(Actor::Host, Body::Created(created))
}

/// A journal of these records, with a snapshot that stands after so many of others.
fn journal_of(map: &MapId, drafts: &[Draft], others: &[Draft]) -> EmbeddedJournal {
    let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
    let mut head = cairn_protocol::record::Head::genesis(map);
    let mut workshop = Workshop::new(map.clone());
    for draft in others {
        let (record, _) = head.seal(1, draft.clone());
        load::apply(&mut workshop, &record).unwrap();
    }
    let Opened {
        mut log, mut tail, ..
    } = journal.create(map, drafts[0].clone()).unwrap();
    for (n, draft) in (2..).zip(&drafts[1..]) {
        log.append(draft.clone()).unwrap();
        if n == workshop.seq() {
            log.put_snapshot(workshop.snapshot()).unwrap();
        }
    }
    let last = drafts.len() as u64;
    while !matches!(tail.blocking_recv(), Some(Tail::Durable(seq)) if seq == last) {}
    drop(log);
    journal.close().unwrap();
    journal
}

/// A journal of three records whose snapshot stands after the second, of a map where somebody of this name joined.
fn journal_with_snapshot_of(map: &MapId, name: &str) -> EmbeddedJournal {
    let drafts = [created(map), join("Ana"), join("Ben")];
    journal_of(map, &drafts, &[created(map), join(name)])
}

/// A round in which Ana placed so many dots, and its end.
fn round(map: &MapId, dots: u8) -> Vec<Draft> {
    let content = serde_json::json!({
        "format": "cairn.map/1", "title": "Votes", "kind": "current-state", "stages": [{"id": "s", "title": "S"}],
        "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
        "cards": [{"id": "o", "lane": "l", "stage": "s", "text": "O"}],
    });
    let content = JourneyMap::parse(&content.to_string()).unwrap();
    let setup = serde_json::json!({
        "question": "What?", "dots": 3, "mostPerCard": 3, "visibility": "secret", "anonymous": false,
    });
    let (setup, round) = (serde_json::from_value(setup).unwrap(), RoundId(1));
    let card = "o".to_owned();
    let host = |body| Draft::new(Actor::Host, body);
    let vote = Body::Command(Command::Vote { round, card, dots });
    vec![
        created(map),
        join("Ana"),
        host(Body::Edit(map::to_update(&content, 7).into())),
        host(Body::Round(Opening::New(setup), None)),
        Draft::new(Actor::Participant(ParticipantId(1)), vote),
        host(Body::Command(Command::CloseRound { round })),
    ]
}

#[test]
fn cli_1_rounds_are_counted_and_held_against_snapshots_open_or_closed() {
    let map = MapId::new("m").unwrap();
    let (drafts, otherwise) = (round(&map, 2), round(&map, 1));
    for until in 5..=6 {
        let sound = check(&journal_of(&map, &drafts, &drafts[..until]), &map);
        assert!(matches!(sound, Ok(Checked { rounds: 1, .. })), "{sound:?}");
    }
    // Of an open round a snapshot holds no ballot that could be false; of a closed one it does.
    let sound = check(&journal_of(&map, &drafts, &otherwise[..5]), &map);
    assert!(matches!(sound, Ok(Checked { rounds: 1, .. })), "{sound:?}");
    let damaged = check(&journal_of(&map, &drafts, &otherwise), &map);
    assert!(
        matches!(damaged, Err(Damage::Snapshot { seq: 6 })),
        "{damaged:?}"
    );
}

fn args([names, maps, files]: [&[&str]; 3], data: &Path) -> VerifyArgs {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    VerifyArgs {
        names: owned(names),
        maps: owned(maps),
        files: owned(files),
        data: DataArgs {
            data: data.to_owned(),
        },
    }
}

#[test]
fn cli_1_a_name_says_whether_it_is_a_map_or_a_file() {
    let said = ["m", "Cargo.toml", "./Cargo.toml", "./m", "m.cairn"];
    let args = args([&said, &["n.cairn"], &["f", "no.cairn"]], Path::new("."));
    let map = |name: &str| MapId::new(name).unwrap();
    let named = Named {
        files: vec!["f", "no.cairn", "./Cargo.toml"],
        either: vec![("./m", map("./m")), ("m.cairn", map("m.cairn"))],
        maps: vec![map("m"), map("Cargo.toml"), map("n.cairn")],
    };
    assert_eq!(Named::of(&args).unwrap(), named);
}

/// On an open server whoever makes a map names it.
#[test]
fn cli_1_a_map_that_is_called_like_a_file_is_checked_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("m.cairn");
    let name = file.to_str().unwrap();
    let map = MapId::new(name).unwrap();
    let journal = EmbeddedJournal::open(&data, Clock::from_fn(|| 1)).unwrap();
    let Opened { log, mut tail, .. } = journal.create(&map, created(&map)).unwrap();
    drop(log);
    while tail.blocking_recv().is_some() {}
    drop(journal);
    let ends = |named: [&[&str]; 3]| run(&args(named, &data)).unwrap();
    let (either, as_map, as_file): ([&[&str]; 3], _, _) = (
        [&[name], &[], &[]],
        [&[][..], &[name], &[]],
        [&[][..], &[], &[name]],
    );
    assert_eq!(ends(either), Outcome::Done, "there is no such file");
    assert_eq!(ends(as_file), Outcome::Failed, "it was to be one");
    let neither = ends([&["./no.cairn"], &[], &[]]);
    assert_eq!(neither, Outcome::Failed, "nor such a map");
    std::fs::write(&file, "no archive").unwrap();
    assert_eq!(ends(either), Outcome::Failed, "there is such a file");
    assert_eq!(ends(as_map), Outcome::Done, "the map is meant");
    // A missing file is named as such where there is no data folder.
    let nowhere = folder.path().join("nowhere");
    let missing = run(&args([&["./no.cairn"], &[], &[]], &nowhere)).unwrap();
    assert_eq!(missing, Outcome::Failed);
    assert!(run(&args([&["no"], &[], &[]], &nowhere)).is_err());
}

#[test]
fn cli_1_a_snapshot_that_leads_elsewhere_is_damage() {
    let map = MapId::new("m").unwrap();
    let sound = check(&journal_with_snapshot_of(&map, "Ana"), &map);
    assert!(
        matches!(&sound, Ok(Checked { verified, rounds: 0, .. }) if verified.records == 3),
        "{sound:?}"
    );
    let damaged = check(&journal_with_snapshot_of(&map, "Eve"), &map);
    assert!(
        matches!(damaged, Err(Damage::Snapshot { seq: 2 })),
        "{damaged:?}"
    );
}

#[test]
fn cli_1_each_erasure_is_told() {
    let map = MapId::new("m").unwrap();
    let erased = Erased {
        participant: ParticipantId(1),
        first: 2,
        records: 1,
        before: Hash::of(b"before"),
    };
    let by = |actor| Draft::new(actor, Body::Erased(erased.clone()));
    // Of somebody else it is a record like any other.
    let ana = Actor::Participant(ParticipantId(1));
    let drafts = [
        created(&map),
        join("Erased person"),
        by(Actor::Host),
        by(ana),
    ];
    let checked = check(&journal_of(&map, &drafts, &drafts[..2]), &map).unwrap();
    let before = Hash::of(b"before");
    assert_eq!(
        checked.erasures,
        [format!(
            "p1 was erased 1970-01-01T00:00:00Z: 1 records from 2 on say something else; it ended at {before} before"
        )]
    );
}
