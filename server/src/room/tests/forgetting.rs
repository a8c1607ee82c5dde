//! ERASE and DELETE with people in the room: who is told what, and what whoever comes meanwhile finds.

use cairn_protocol::command::Command;
use cairn_protocol::record::{Actor, Body};

use super::*;
use crate::journal::verify::verify;

async fn closes(seat: &mut Seat) -> Close {
    loop {
        if let Err(why) = seat.hear().await {
            return why;
        }
    }
}

#[tokio::test]
async fn erase_5_everybody_loads_the_map_anew_and_finds_nothing_of_who_was_erased() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 5).await;
    let mut ben = table.seat("Ben", Role::Participant, 6).await;
    let (text, park) = ("Ж wants out".to_owned(), "r-1".to_owned());
    let by_ben = Actor::Participant(ParticipantId(2));
    table
        .room
        .command(by_ben, park, Command::Park { text })
        .await
        .unwrap();
    let erased = table
        .rooms
        .erase(&map_id(), ParticipantId(2))
        .await
        .unwrap();
    assert!(erased.records >= 2, "{erased:?}");
    assert_eq!(closes(&mut ben).await, Close::Removed);
    assert_eq!(closes(&mut ann).await, Close::Erased);
    // Whoever comes now is in the new journal.
    let room = table.rooms.room(&map_id()).await.unwrap();
    room.state().await.unwrap();
    let journal = table.rooms.journal();
    let head = journal.entry(&map_id()).unwrap().unwrap().head;
    assert_eq!(head.hash, erased.after);
    assert_eq!(verify(journal.as_ref(), &map_id()).unwrap().head, head);
    let records = journal
        .records(&map_id(), 1..=u64::MAX, usize::MAX)
        .unwrap();
    let told =
        |stored: &&crate::journal::StoredRecord| matches!(stored.record.body, Body::Erased(_));
    assert_eq!(records.iter().filter(told).count(), 1);
    for stored in &records {
        let holds = |word: &str| {
            stored
                .encoded
                .windows(word.len())
                .any(|w| w == word.as_bytes())
        };
        assert!(!holds("Ben") && !holds("Ж"), "record {}", stored.record.seq);
    }
    // And goes on in it.
    let join = Join {
        known_as: None,
        role: Role::Participant,
        name: "Cleo".to_owned(),
        color: "#123456".to_owned(),
        tokens: vec![token("Cleo")],
    };
    assert_eq!(
        room.join(Actor::Server, join).await.unwrap().id,
        ParticipantId(3)
    );
}

#[tokio::test]
async fn erase_5_who_comes_meanwhile_waits_and_is_in_the_new_journal() {
    let table = Table::lay().await;
    table.join("Ann", Role::Facilitator).await;
    table.join("Ben", Role::Participant).await;
    table.join("Cleo", Role::Participant).await;
    let (map, rooms) = (map_id(), &table.rooms);
    for who in [2, 3] {
        let who = ParticipantId(who);
        let (one, other) = tokio::join!(rooms.erase(&map, who), rooms.room(&map));
        assert_eq!(one.unwrap().records, 1);
        drop(other.unwrap());
    }
    assert_eq!(verify(rooms.journal().as_ref(), &map).unwrap().records, 9);
}

#[tokio::test]
async fn delete_1_everybody_is_told_and_nothing_brings_it_back() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 5).await;
    let old = table.room.clone();
    let (map, rooms) = (map_id(), &table.rooms);
    // Somebody is coming in just then, and somebody reads.
    let (deleted, coming, reading) =
        tokio::join!(rooms.delete(&map), rooms.room(&map), old.state());
    deleted.unwrap();
    drop((coming, reading));
    assert_eq!(closes(&mut ann).await, Close::Deleted);
    assert!(matches!(
        rooms.room(&map).await,
        Err(RoomError::NoSuchMap(_))
    ));
    assert!(old.state().await.is_err(), "an old handle opens nothing");
    assert!(rooms.catalog().is_empty());
    assert!(matches!(
        rooms.delete(&map).await,
        Err(RoomError::NoSuchMap(_))
    ));
    let journal = rooms.journal();
    assert!(journal.entry(&map).unwrap().is_none());
    assert!(journal.records(&map, 1..=u64::MAX, 9).unwrap().is_empty());
}

#[tokio::test]
async fn delete_1_it_is_done_to_its_end_when_nobody_waits_for_it() {
    let table = Table::lay().await;
    table.disk.hold(true);
    // It has begun, and whoever asked goes away.
    let map = map_id();
    let deleting = table.rooms.delete(&map);
    let asked = tokio::time::timeout(std::time::Duration::ZERO, deleting).await;
    assert!(asked.is_err());
    table.disk.hold(false);
    while !table.rooms.catalog().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(matches!(
        table.rooms.room(&map_id()).await,
        Err(RoomError::NoSuchMap(_))
    ));
}

#[tokio::test]
async fn delete_1_secrets_of_its_rounds_go_with_it() {
    let table = Table::lay().await;
    let secret = cairn_protocol::round::RoundSecret::new([7; 32]);
    table.secrets.keep(&map_id(), &secret).unwrap();
    table.rooms.delete(&map_id()).await.unwrap();
    assert_eq!(
        table.secrets.of(&map_id(), secret.commitment()).unwrap(),
        None
    );
}

const DAY: u64 = 86_400_000;

#[tokio::test]
async fn keep_1_a_map_goes_when_its_time_has_come_and_nobody_has_it_open() {
    let mut table = Table::lay().await;
    let keep = crate::retention::Retention::of_days(30).unwrap();
    let (rooms, map) = (table.rooms.clone(), map_id());
    let sweep = || crate::retention::sweep(&rooms, keep);
    let is_there = || rooms.journal().entry(&map).unwrap().is_some();
    let ann = table.seat("Ann", Role::Facilitator, 5).await;
    table.time.fetch_add(31 * DAY, Ordering::SeqCst);
    sweep().await;
    assert!(is_there(), "somebody is in it");
    // Ended as an idle room is.
    drop(ann);
    table.rooms.end_rooms().await;
    // Somebody comes by, and what they do counts.
    table.room = rooms.room(&map).await.unwrap();
    table.join("Ben", Role::Participant).await;
    table.rooms.end_rooms().await;
    sweep().await;
    assert!(is_there(), "something was recorded today");
    table.time.fetch_add(30 * DAY - 1, Ordering::SeqCst);
    sweep().await;
    assert!(is_there(), "a moment is left");
    table.time.fetch_add(1, Ordering::SeqCst);
    sweep().await;
    assert!(!is_there());
    assert!(rooms.catalog().is_empty());
    assert!(matches!(
        rooms.room(&map).await,
        Err(RoomError::NoSuchMap(_))
    ));
}
