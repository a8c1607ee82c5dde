//! REC-6 and ARCHIVE-5: a record that brings the fold down costs neither a map nor its archive, and time passes in the map alone.

use cairn_protocol::record::{Body, Created, Draft, Record};

use super::rounds::told;
use super::*;
use crate::archive::{self, Archive};
use crate::cli::verify::{Damage, check};
use crate::journal::Opened;
use crate::load::tests::POISON;

/// The journal of an open map, in which the second record brings the fold down.
fn poisoned() -> Arc<dyn Journal> {
    let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1_000)).unwrap();
    let created = Created {
        map: map_id(),
        open: true,
    };
    let created = Draft::new(Actor::Host, Body::Created(created));
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map_id(), created).unwrap();
    let edit = |update: Bytes| Draft::new(Actor::Host, Body::Edit(update));
    log.append(edit(Bytes::from_static(POISON))).unwrap();
    log.append(edit(super::restore::content().into())).unwrap();
    drop(log);
    while tail.blocking_recv().is_some() {}
    Arc::new(journal)
}

async fn room(journal: Arc<dyn Journal>, archive: bool) -> (Rooms, RoomHandle) {
    let settings = RoomSettings {
        archive,
        ..RoomSettings::default()
    };
    // Long after everything.
    let rooms = Rooms::new(journal, Clock::from_fn(|| 9_000_000), settings).unwrap();
    let room = rooms.room(&map_id()).await.unwrap();
    (rooms, room)
}

fn records(journal: &dyn Journal) -> Vec<Record> {
    let stored = journal.records(&map_id(), 1..=u64::MAX, 100).unwrap();
    stored.into_iter().map(|one| one.record).collect()
}

/// Waits until the map's last record names the poisoned one: the room is open before that is durable.
async fn voided(journal: &dyn Journal) {
    for _ in 0..10_000 {
        if records(journal).last().and_then(Record::voids) == Some(2) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("no void came");
}

async fn first_card(room: &RoomHandle) -> String {
    let map = super::restore::now(room).await;
    map.cards[0].text.clone()
}

async fn time_shown(room: &RoomHandle) -> u64 {
    let mut seat = Seat::take(room, Actor::Anonymous, 5).await;
    seat.says(r#"{"hello":{}}"#).await;
    told(&mut seat, |message| match message {
        ServerMessage::Shared { shared } => Some(shared.now),
        _ => None,
    })
    .await
}

async fn off_the_loop<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test]
async fn rec_6_what_brings_the_fold_down_is_voided_once_when_its_map_is_opened() {
    let journal = off_the_loop(poisoned).await;
    let voids = |journal: &dyn Journal| {
        let all = records(journal).into_iter();
        all.filter_map(|one| one.voids()).collect::<Vec<_>>()
    };
    for _ in 0..2 {
        let (rooms, room) = self::room(journal.clone(), false).await;
        assert_eq!(first_card(&room).await, "First words");
        assert_eq!(time_shown(&room).await, 9_000_000);
        voided(journal.as_ref()).await;
        rooms.end_rooms().await;
        assert_eq!(voids(journal.as_ref()), [2]);
    }
}

#[tokio::test]
async fn archive_5_what_brings_the_fold_down_is_passed_over_no_void_says_so_and_no_time_passes() {
    let archive = off_the_loop(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.cairn");
        archive::write(poisoned().as_ref(), &map_id(), &path, |_, _| {}).unwrap();
        Arc::new(Archive::read(&path).unwrap())
    })
    .await;
    let checked = check(archive.as_ref(), &map_id());
    assert!(
        matches!(checked, Err(Damage::Poison { seq: 2 })),
        "{checked:?}"
    );
    let (_rooms, room) = self::room(archive.clone(), true).await;
    assert_eq!(first_card(&room).await, "First words");
    assert_eq!(time_shown(&room).await, 1_000, "that of its last record");
    assert_eq!(records(archive.as_ref()).len(), 3);
}

/// An archive of a journal that has a void is read by it.
#[tokio::test]
async fn rec_6_a_void_goes_into_an_archive_and_holds_there() {
    let journal = off_the_loop(poisoned).await;
    let (rooms, _) = room(journal.clone(), false).await;
    voided(journal.as_ref()).await;
    rooms.end_rooms().await;
    let archive = off_the_loop(move || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.cairn");
        archive::write(journal.as_ref(), &map_id(), &path, |_, _| {}).unwrap();
        Arc::new(Archive::read(&path).unwrap())
    })
    .await;
    let checked = check(archive.as_ref(), &map_id());
    assert!(checked.is_ok(), "{checked:?}");
    let (_rooms, room) = self::room(archive.clone(), true).await;
    assert_eq!(first_card(&room).await, "First words");
    let last = records(archive.as_ref()).pop().unwrap();
    assert_eq!(last.voids(), Some(2));
}
