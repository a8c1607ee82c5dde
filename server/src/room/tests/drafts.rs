//! DRAFT in a room: who is told what while people write, and how what they wrote comes into the map.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::channel::{Personal, ServerMessage, WritingView};
use cairn_protocol::map::{Card, JourneyMap};
use cairn_protocol::record::{Body, Record};

use super::late::{Gate, Late};
use super::rounds::{asks, told};
use super::*;

const ANN: Actor = Actor::Participant(ParticipantId(1));
const BEN: Actor = Actor::Participant(ParticipantId(2));

/// Ann facilitates, Ben participates; one lane, two stages, and a brainstorm under way.
async fn storm(table: &Table, signed: bool) -> (Seat, Seat) {
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let ben = table.seat("Ben", Role::Participant, 12).await;
    let document = serde_json::json!({
        "format": "cairn.map/1", "title": "Storm", "kind": "current-state",
        "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
        "lanes": [{"id": "l", "kind": "pain", "title": "P"}],
    });
    let document = JourneyMap::parse(&document.to_string()).unwrap();
    let update = map::to_update(&document, 77).into();
    ann.send(Frame::Update(CheckedUpdate::check(update).unwrap()))
        .await;
    for seat in [&ann, &ben] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    let setup = format!(r#"{{"prompt":"What gets in the way?","signed":{signed}}}"#);
    let start = format!(r#"{{"startBrainstorm":{{"setup":{setup}}}}}"#);
    asks(&ann, &start, "start").await;
    done(&mut ann, "start").await;
    (ann, ben)
}

async fn writes(seat: &Seat, draft: &str, text: &str, request: &str) {
    let write = format!(
        r#"{{"writeDraft":{{"draft":"{draft}","lane":"l","stage":"s1","text":"{text}"}}}}"#
    );
    asks(seat, &write, request).await;
}

async fn reveals(seat: &Seat, request: &str) {
    asks(seat, r#"{"reveal":{}}"#, request).await;
}

/// Waits for the answers to these requests, in whatever order they come: a refusal waits for no disk. `Err` holds the rule.
async fn answers(seat: &mut Seat, requests: &[String]) -> BTreeMap<String, Result<(), String>> {
    let mut answers = BTreeMap::new();
    told(seat, |message| {
        match message {
            ServerMessage::Done { done, .. } => answers.insert(done, Ok(())),
            ServerMessage::Refused { refused, rule, .. } => answers.insert(refused, Err(rule)),
            _ => None,
        };
        let has = |request| answers.contains_key(request);
        requests.iter().all(has).then_some(())
    })
    .await;
    answers
}

async fn answered(seat: &mut Seat, request: &str) -> Result<(), String> {
    let requests = [request.to_owned()];
    answers(seat, &requests).await.remove(request).unwrap()
}

async fn done(seat: &mut Seat, request: &str) {
    let answer = answered(seat, request).await;
    assert_eq!(answer, Ok(()), "{request}");
}

/// Waits for an own view with these drafts.
async fn own(seat: &mut Seat, texts: &[&str]) {
    let fits = |personal: &Personal| {
        let own: Vec<_> = personal
            .drafts
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        own == texts
    };
    told(seat, |message| match message {
        ServerMessage::Personal { personal } => fits(&personal).then_some(()),
        _ => None,
    })
    .await;
}

/// Waits for what a facilitator is told of who writes.
async fn writing(seat: &mut Seat, writers: &[u32], drafts: u32) {
    let expected = WritingView {
        writers: writers.iter().map(|n| ParticipantId(*n)).collect(),
        drafts,
    };
    told(seat, |message| match message {
        ServerMessage::Personal { personal } => {
            (personal.writing.as_ref() == Some(&expected)).then_some(())
        }
        _ => None,
    })
    .await;
}

async fn cards(table: &Table) -> Vec<Card> {
    let update = table.room.state().await.unwrap().update;
    let doc = map::new_doc(1);
    let update = yrs::Update::decode_v1(&update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
    map::read(&doc.transact()).cards
}

fn texts(cards: &[Card]) -> BTreeSet<&str> {
    cards.iter().map(|card| card.text.as_str()).collect()
}

fn records(table: &Table) -> Vec<Record> {
    let journal = table.rooms.journal();
    let stored = journal.records(&map_id(), 1..=u64::MAX, 10_000).unwrap();
    stored.into_iter().map(|stored| stored.record).collect()
}

#[tokio::test]
async fn draft_3_two_tabs_show_the_same_drafts_and_facilitators_who_writes() {
    let table = Table::lay().await;
    let (mut ann, mut ben) = storm(&table, false).await;
    let mut tab = Seat::take(&table.room, BEN, 22).await;
    tab.says(r#"{"hello":{}}"#).await;
    own(&mut tab, &[]).await;
    writes(&ben, "d1", "Nobody answers", "w1").await;
    own(&mut ben, &["Nobody answers"]).await;
    own(&mut tab, &["Nobody answers"]).await;
    writing(&mut ann, &[2], 1).await;
    writes(&tab, "d1", "Nobody ever answers", "w2").await;
    writes(&tab, "d2", "The lift", "w3").await;
    own(&mut ben, &["Nobody ever answers", "The lift"]).await;
    writing(&mut ann, &[2], 2).await;
    asks(&ben, r#"{"dropDraft":{"draft":"d1"}}"#, "x").await;
    own(&mut tab, &["The lift"]).await;
    // With somebody removed go their drafts, and facilitators hear so.
    asks(&ann, r#"{"remove":{"participant":"p2"}}"#, "r").await;
    writing(&mut ann, &[], 0).await;
}

#[tokio::test]
async fn draft_8_no_frame_to_anybody_else_holds_a_draft_before_the_reveal() {
    let table = Table::lay().await;
    let (mut ann, mut ben) = storm(&table, false).await;
    let mut cleo = table.seat("Cleo", Role::Participant, 13).await;
    let mut olga = table.seat("Olga", Role::Observer, 14).await;
    for seat in [&cleo, &olga] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    writes(&ben, "d1", "MARKER", "w1").await;
    done(&mut ben, "w1").await;
    // Whoever comes after it was written is not told either.
    let mut late = table.seat("Late", Role::Facilitator, 15).await;
    late.says(r#"{"hello":{}}"#).await;
    for seat in [&mut ann, &mut cleo, &mut olga, &mut late] {
        let heard = format!("{:?}", seat.hears_only_until_barrier().await);
        assert!(!heard.contains("MARKER"), "{heard}");
    }
    let state = table.room.state().await.unwrap();
    assert!(!state.update.windows(6).any(|bytes| bytes == b"MARKER"));
    reveals(&ann, "reveal").await;
    for seat in [&mut ann, &mut cleo, &mut olga, &mut late] {
        // It goes out to everyone as any edit does, to whoever asked for it as well.
        seat.until(|frame| match frame {
            Frame::Update(update) => {
                let bytes = update.bytes();
                bytes.windows(6).any(|b| b == b"MARKER").then_some(())
            }
            _ => None,
        })
        .await;
    }
    own(&mut ben, &[]).await;
}

#[tokio::test]
async fn draft_3_drafts_survive_a_restart_and_are_revealed_after_it() {
    let mut table = Table::lay().await;
    let (_, mut ben) = storm(&table, true).await;
    writes(&ben, "d1", "before", "w1").await;
    writes(&ben, "d2", "dropped", "w2").await;
    asks(&ben, r#"{"dropDraft":{"draft":"d2"}}"#, "w3").await;
    writes(&ben, "d3", "also before", "w4").await;
    done(&mut ben, "w4").await;
    table.reopen().await;
    // It is opened from a snapshot, in which none of it stands (FOLD-3).
    let journal = table.rooms.journal().clone();
    let snapshot = journal.snapshot_before(&map_id(), u64::MAX).unwrap();
    let snapshot = snapshot.expect("a room that ends keeps one").bytes;
    assert!(!snapshot.windows(6).any(|bytes| bytes == b"before"));
    let mut ben = Seat::take(&table.room, BEN, 22).await;
    let mut ann = Seat::take(&table.room, ANN, 21).await;
    for seat in [&ben, &ann] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    own(&mut ben, &["before", "also before"]).await;
    writing(&mut ann, &[2], 2).await;
    writes(&ben, "d1", "after", "w5").await;
    own(&mut ben, &["after", "also before"]).await;
    // And once more, without a word in between.
    table.reopen().await;
    let mut ann = Seat::take(&table.room, ANN, 31).await;
    reveals(&ann, "reveal").await;
    done(&mut ann, "reveal").await;
    let cards = cards(&table).await;
    let shown: Vec<_> = cards
        .iter()
        .map(|card| (card.text.as_str(), card.author.as_str()))
        .collect();
    assert_eq!(shown, [("after", "Ben"), ("also before", "Ben")]);
    assert_eq!(cards[0].created_at, "1970-01-01T00:00:01Z");
    table.reopen().await;
    assert_eq!(self::cards(&table).await, cards);
}

#[tokio::test]
async fn draft_4_what_was_answered_before_a_reveal_is_in_it_and_nothing_twice() {
    let table = Table::lay().await;
    let (mut ann, _) = storm(&table, false).await;
    let mut seats = Vec::new();
    for client in 0..6 {
        seats.push(table.seat("Guest", Role::Participant, 100 + client).await);
    }
    // Everyone writes at once, and in the midst of it two facilitators ask for the reveal.
    for n in 0..10 {
        for (place, seat) in seats.iter().enumerate() {
            let draft = format!("d{n}");
            writes(seat, &draft, &format!("{n} of {place}"), &format!("w{n}")).await;
            if (n, place) == (5, 3) {
                reveals(&ann, "first").await;
                reveals(&ann, "second").await;
            }
        }
    }
    let both = ["first", "second"].map(str::to_owned);
    let reveals_answered = answers(&mut ann, &both).await;
    assert_eq!(reveals_answered["first"], Ok(()));
    assert_eq!(reveals_answered["second"], Err("DRAFT-4".to_owned()));
    let mut kept = BTreeSet::new();
    for (place, seat) in seats.iter_mut().enumerate() {
        let requests: Vec<_> = (0..10).map(|n| format!("w{n}")).collect();
        for (n, (request, answer)) in answers(seat, &requests).await.into_iter().enumerate() {
            match answer {
                Ok(()) => drop(kept.insert(format!("{n} of {place}"))),
                Err(rule) => assert_eq!(rule, "DRAFT-2", "{request}"),
            }
        }
    }
    assert_eq!(kept.len(), 5 * 6 + 4);
    let cards = cards(&table).await;
    assert_eq!(cards.len(), kept.len());
    assert_eq!(texts(&cards), kept.iter().map(String::as_str).collect());
    // Asked again, because the answer was lost: it was done once.
    reveals(&ann, "first").await;
    done(&mut ann, "first").await;
    assert_eq!(self::cards(&table).await.len(), cards.len());
}

#[tokio::test]
async fn draft_4_only_a_facilitator_reveals() {
    let table = Table::lay().await;
    let (mut ann, mut ben) = storm(&table, false).await;
    writes(&ben, "d1", "mine", "w1").await;
    reveals(&ben, "reveal").await;
    assert_eq!(answered(&mut ben, "reveal").await, Err("ROLE-3".to_owned()));
    assert!(cards(&table).await.is_empty());
    asks(&ann, r#"{"discardDrafts":{}}"#, "away").await;
    done(&mut ann, "away").await;
    reveals(&ann, "reveal").await;
    assert_eq!(
        answered(&mut ann, "reveal").await,
        Err("DRAFT-4".to_owned())
    );
}

/// Waits until the room has folded a record.
pub(super) async fn folded(table: &Table, seq: u64) {
    while table.room.state().await.unwrap().seq < seq {
        tokio::task::yield_now().await;
    }
}

fn count_reveals(records: &[Record]) -> usize {
    let is_reveal = |record: &&Record| matches!(record.body, Body::Reveal(_));
    records.iter().filter(is_reveal).count()
}

#[tokio::test]
async fn draft_7_a_reveal_that_something_was_ordered_before_is_made_anew() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let (mut ann, mut ben) = storm(&table, false).await;
    writes(&ben, "d1", "early", "w1").await;
    done(&mut ben, "w1").await;
    gate.shut();
    writes(&ben, "d2", "in the last moment", "w2").await;
    reveals(&ann, "reveal").await;
    // Both are ordered, and the room has heard of neither.
    table.room.state().await.unwrap();
    gate.reopen();
    done(&mut ann, "reveal").await;
    done(&mut ben, "w2").await;
    let cards = cards(&table).await;
    assert_eq!(
        texts(&cards),
        BTreeSet::from(["early", "in the last moment"])
    );
    assert_eq!((cards.len(), count_reveals(&records(&table))), (2, 2));
}

#[tokio::test]
async fn draft_7_a_reveal_that_is_never_in_time_is_refused_and_nothing_is_lost() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let (mut ann, ben) = storm(&table, false).await;
    let before = table.room.state().await.unwrap().seq;
    gate.shut();
    writes(&ben, "d", "0", "w0").await;
    reveals(&ann, "reveal").await;
    for n in 1..8 {
        // What is ordered behind each reveal is not in the one that is made when that is folded.
        writes(&ben, "d", &n.to_string(), &format!("w{n}")).await;
        table.room.state().await.unwrap();
        gate.let_through(2);
        folded(&table, before + 2 * n).await;
    }
    gate.reopen();
    assert_eq!(
        answered(&mut ann, "reveal").await,
        Err("DRAFT-7".to_owned())
    );
    assert!(cards(&table).await.is_empty());
    // The same request again is no repetition: it was not answered with anything done.
    reveals(&ann, "reveal").await;
    done(&mut ann, "reveal").await;
    assert_eq!(texts(&cards(&table).await), BTreeSet::from(["7"]));
    assert_eq!(count_reveals(&records(&table)), 8 + 1);
}
