//! ERASE and DELETE with people in the room: who is told what, and what whoever comes meanwhile finds.

use cairn_protocol::command::Command;
use cairn_protocol::record::{Actor, Body};

use super::late::{Damage, Gate, Late};
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
    let (text, park) = ("Let me out".to_owned(), "r-1".to_owned());
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
        assert!(
            !holds("Ben") && !holds("Let me"),
            "record {}",
            stored.record.seq
        );
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
    let (map, rooms, ben) = (map_id(), table.rooms.clone(), ParticipantId(2));
    let remove = Command::Remove { participant: ben };
    let removed = table.room.command(Actor::Host, "r-1".to_owned(), remove);
    removed.await.unwrap();
    table.disk.hold(true);
    let erasing = tokio::spawn({
        let (rooms, map) = (rooms.clone(), map.clone());
        async move { rooms.erase(&map, ben).await }
    });
    // Its room has ended: whoever comes now comes meanwhile.
    while table.room.state().await.is_ok() {
        tokio::task::yield_now().await;
    }
    let mut coming = std::pin::pin!(rooms.room(&map));
    let asked = tokio::time::timeout(std::time::Duration::ZERO, &mut coming).await;
    assert!(asked.is_err(), "nothing is durable yet");
    table.disk.hold(false);
    let erased = erasing.await.unwrap().unwrap();
    let state = coming.await.unwrap().state().await.unwrap();
    let head = rooms.journal().entry(&map).unwrap().unwrap().head;
    assert_eq!((state.seq, erased.after), (head.seq, head.hash));
    assert_eq!(verify(rooms.journal().as_ref(), &map).unwrap().head, head);
}

#[tokio::test]
async fn erase_5_moments_of_before_are_opened_from_snapshots_still() {
    let table = Table::lay().await;
    table.join("Ann", Role::Facilitator).await;
    table.join("Ben", Role::Participant).await;
    for n in 0..30 {
        let park = Command::Park {
            text: format!("thing {n}"),
        };
        let by = Actor::Participant(ParticipantId(1 + n % 2));
        let parking = table.room.command(by, format!("r-{n}"), park);
        parking.await.unwrap();
    }
    let map = map_id();
    table.rooms.erase(&map, ParticipantId(2)).await.unwrap();
    let journal = table.rooms.journal();
    let last = journal.entry(&map).unwrap().unwrap().head.seq;
    let snapshot = journal.snapshot_before(&map, last - 1).unwrap();
    let snapshot = snapshot.expect("one that was made on the way");
    assert!(
        snapshot.seq < last && snapshot.seq > last - 10,
        "after {}",
        snapshot.seq
    );
    let records = journal.records(&map, 1..=snapshot.seq, usize::MAX).unwrap();
    let records: Vec<_> = records.into_iter().map(|stored| stored.record).collect();
    let folded = crate::load::fold_records(journal.as_ref(), &map, None, &records);
    assert_eq!(snapshot, folded.unwrap().workshop.snapshot());
}

#[tokio::test]
async fn erase_4_nobody_is_removed_where_a_record_stands_in_the_way() {
    let damage = Damage::default();
    let over = damage.clone();
    let table = Table::lay_over(|journal| Late {
        damage: over,
        ..Late::over(journal, Gate::open())
    })
    .await;
    let ann = table.seat("Ann", Role::Facilitator, 5).await;
    table.seat("Ben", Role::Participant, 6).await;
    damage.at(3);
    let ben = ParticipantId(2);
    let refused = table.rooms.erase(&map_id(), ben).await;
    let Err(RoomError::NotErasable(why)) = refused else {
        panic!("{refused:?}");
    };
    assert!(why.contains("record 3"), "{why}");
    let is_removed = table.room.may_erase(ben).await.unwrap();
    assert!(!is_removed, "he is there still");
    assert!(!ann.outbox.is_closed(), "and so is everybody");
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
async fn erase_1_whoever_is_removed_is_erased_though_nobody_waits_for_it() {
    let table = Table::lay().await;
    table.join("Ann", Role::Facilitator).await;
    table.join("Ben", Role::Participant).await;
    let (map, ben) = (map_id(), ParticipantId(2));
    table.disk.hold(true);
    {
        let mut erasing = std::pin::pin!(table.rooms.erase(&map, ben));
        // Until he is removed, which is not durable yet; then whoever asked goes away.
        while !table.room.may_erase(ben).await.unwrap() {
            let asked = tokio::time::timeout(std::time::Duration::ZERO, &mut erasing).await;
            assert!(asked.is_err());
        }
    }
    table.disk.hold(false);
    let is_erased = || {
        let last = table.rooms.journal().entry(&map).unwrap().unwrap().head.seq;
        let last = table.rooms.journal().records(&map, last..=last, 1).unwrap();
        last.iter()
            .any(|stored| matches!(stored.record.body, Body::Erased(_)))
    };
    while !is_erased() {
        tokio::task::yield_now().await;
    }
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
