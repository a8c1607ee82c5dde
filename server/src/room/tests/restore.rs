//! RESTORE in a room: what was is read beside the loop, and what people change meanwhile is neither lost nor left standing.

use cairn_protocol::map::{Collection, JourneyMap, read, set_text};
use cairn_protocol::record::{Body, Record};
use cairn_protocol::version::Cause;

use super::late::{Gate, Late};
use super::rounds::{asks, told};
use super::*;

const CARDS: Collection = Collection::Cards;

/// Ann facilitates, Ben participates; both have the map of one card.
async fn prepared(table: &Table) -> (Seat, Seat) {
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let document = serde_json::json!({
        "format": "cairn.map/1", "title": "Renting", "kind": "current-state",
        "stages": [{"id": "s", "title": "One"}], "lanes": [{"id": "l", "kind": "pain", "title": "P"}],
        "cards": [{"id": "c", "lane": "l", "stage": "s", "text": "First words"}],
    });
    let document = JourneyMap::parse(&document.to_string()).unwrap();
    let update = map::to_update(&document, 77).into();
    ann.send(Frame::Update(CheckedUpdate::check(update).unwrap()))
        .await;
    let ben = table.seat("Ben", Role::Participant, 12).await;
    ann.sync().await;
    for seat in [&ann, &ben] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    (ann, ben)
}

async fn rewords(seat: &Seat, text: &str) {
    let update = {
        let mut txn = seat.doc.transact_mut();
        set_text(&mut txn, CARDS, "c", "text", text).unwrap();
        txn.encode_update_v1()
    };
    let update = CheckedUpdate::check(update.into()).unwrap();
    seat.send(Frame::Update(update)).await;
}

/// The answer to a request: `Err` holds the rule.
async fn answered(seat: &mut Seat, request: &str) -> Result<(), String> {
    told(seat, |message| match message {
        ServerMessage::Done { done, .. } => (done == request).then_some(Ok(())),
        ServerMessage::Refused { refused, rule, .. } => (refused == request).then_some(Err(rule)),
        _ => None,
    })
    .await
}

async fn now(table: &Table) -> JourneyMap {
    let update = table.room.state().await.unwrap().update;
    let doc = map::new_doc(1);
    let update = yrs::Update::decode_v1(&update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    read(&doc.transact())
}

/// The last record in the journal.
fn last(table: &Table) -> u64 {
    let entry = table.rooms.journal().entry(&map_id()).unwrap();
    entry.unwrap().head.seq
}

fn restores(table: &Table) -> usize {
    let journal = table.rooms.journal();
    let stored = journal.records(&map_id(), 1..=u64::MAX, 10_000).unwrap();
    let records = stored.into_iter().map(|stored| stored.record);
    let is_restore = |record: &Record| matches!(record.body, Body::Restore(_));
    records.filter(is_restore).count()
}

#[tokio::test]
async fn restore_1_everyone_hears_of_it_and_can_go_on_typing() {
    let table = Table::lay().await;
    let (mut ann, mut ben) = prepared(&table).await;
    let (to, was) = (table.room.edited().await.unwrap(), now(&table).await);
    rewords(&ann, "Other words").await;
    asks(&ben, &format!(r#"{{"restore":{{"seq":{to}}}}}"#), "no").await;
    assert_eq!(answered(&mut ben, "no").await, Err("ROLE-3".to_owned()));
    asks(&ann, &format!(r#"{{"restore":{{"seq":{to}}}}}"#), "yes").await;
    assert_eq!(answered(&mut ann, "yes").await, Ok(()));
    assert_eq!(now(&table).await, was);
    ben.sync().await;
    rewords(&ben, "First words, and more").await;
    ann.sync().await;
    let card = now(&table).await.cards.remove(0);
    assert_eq!(card.text, "First words, and more");
    let list = table.room.versions().await.unwrap();
    let [version] = list.versions.as_slice() else {
        panic!("one version: {list:?}");
    };
    assert_eq!(
        (version.cause, version.restored),
        (Cause::BeforeRestore, Some(to))
    );
    assert_eq!(version.by.as_ref().unwrap().name, "Ann");
    // A moment to come is none.
    asks(&ann, r#"{"restore":{"seq":9999}}"#, "late").await;
    assert_eq!(
        answered(&mut ann, "late").await,
        Err("RESTORE-3".to_owned())
    );
}

#[tokio::test]
async fn restore_2_one_that_a_change_was_ordered_before_is_made_anew() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let (mut ann, ben) = prepared(&table).await;
    let (to, was) = (table.room.edited().await.unwrap(), now(&table).await);
    rewords(&ann, "Other words").await;
    // A command's answer says that everything before it is durable, and so can be read.
    asks(&ann, r#"{"saveVersion":{"name":"Other"}}"#, "saved").await;
    assert_eq!(answered(&mut ann, "saved").await, Ok(()));
    let before = last(&table);
    gate.shut();
    rewords(&ben, "Words that come in between").await;
    table.room.state().await.unwrap();
    asks(&ann, &format!(r#"{{"restore":{{"seq":{to}}}}}"#), "back").await;
    // Both are ordered, and the room has heard of neither.
    while last(&table) < before + 2 {
        tokio::task::yield_now().await;
    }
    gate.reopen();
    assert_eq!(answered(&mut ann, "back").await, Ok(()));
    assert_eq!(now(&table).await, was);
    assert_eq!(restores(&table), 2);
    let [version] = &table.room.versions().await.unwrap().versions[1..] else {
        panic!("what is refused leaves no version");
    };
    assert_eq!(version.seq, before + 2, "with what came in between");
}

#[tokio::test]
async fn restore_2_a_request_sent_again_is_answered_again_and_done_once() {
    let table = Table::lay().await;
    let (mut ann, _ben) = prepared(&table).await;
    let to = table.room.edited().await.unwrap();
    rewords(&ann, "Other words").await;
    let command = format!(r#"{{"restore":{{"seq":{to}}}}}"#);
    // The second comes while the first is read.
    for _ in 0..2 {
        asks(&ann, &command, "back").await;
    }
    for _ in 0..2 {
        assert_eq!(answered(&mut ann, "back").await, Ok(()));
    }
    // And when all is over.
    let now = now(&table).await;
    asks(&ann, &command, "back").await;
    assert_eq!(answered(&mut ann, "back").await, Ok(()));
    assert_eq!(restores(&table), 1);
    assert_eq!(self::now(&table).await, now);
}

#[tokio::test]
async fn restore_2_one_at_a_time_until_it_is_answered() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let (mut ann, _ben) = prepared(&table).await;
    let to = table.room.edited().await.unwrap();
    rewords(&ann, "Other words").await;
    asks(&ann, r#"{"saveVersion":{"name":"Other"}}"#, "saved").await;
    assert_eq!(answered(&mut ann, "saved").await, Ok(()));
    let before = last(&table);
    gate.shut();
    let command = format!(r#"{{"restore":{{"seq":{to}}}}}"#);
    asks(&ann, &command, "first").await;
    // It is in the journal, and the room has not heard of it.
    while last(&table) < before + 1 {
        tokio::task::yield_now().await;
    }
    asks(&ann, &command, "second").await;
    let second = answered(&mut ann, "second").await;
    assert_eq!(second, Err("RESTORE-2".to_owned()));
    gate.reopen();
    assert_eq!(answered(&mut ann, "first").await, Ok(()));
    // The next one may begin, and finds nothing to do.
    asks(&ann, &command, "third").await;
    let third = answered(&mut ann, "third").await;
    assert_eq!(third, Err("RESTORE-3".to_owned()));
}
