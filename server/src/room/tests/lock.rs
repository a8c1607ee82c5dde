//! LOCK in a room: what is refused stays out of the journal, whoever is refused is told and fenced, and what they kept comes in when it may.

use cairn_protocol::channel::ServerMessage;
use cairn_protocol::map::{Collection, JourneyMap};
use yrs::{Map, MapRef, TextRef, TransactionMut};

use super::drafts::folded;
use super::late::{Gate, Late};
use super::rounds::{asks, told};
use super::*;

const BEN: Actor = Actor::Participant(ParticipantId(2));

/// Ann facilitates, Ben and Cleo participate. The focus of step 2 is the cell of `in`, that of step 3 the cell of `out`. Step 1 locks nothing.
struct Lesson {
    table: Table,
    ann: Seat,
    ben: Seat,
    cleo: Seat,
    /// Steps begun so far: each beginning is a request of its own.
    begun: u32,
}

impl Lesson {
    async fn prepare(table: Table) -> Self {
        let ann = table.seat("Ann", Role::Facilitator, 11).await;
        let ben = table.seat("Ben", Role::Participant, 12).await;
        let cleo = table.seat("Cleo", Role::Participant, 13).await;
        let card = |id: &str, stage: &str| serde_json::json!({"id": id, "lane": "l", "stage": stage, "text": id});
        let document = serde_json::json!({
            "format": "cairn.map/1", "title": "Lock", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "lanes": [{"id": "l", "kind": "pain", "title": "Pains"}],
            "cards": [card("in", "s1"), card("out", "s2")],
        });
        let document = JourneyMap::parse(&document.to_string()).unwrap();
        let update = map::to_update(&document, 77).into();
        ann.send(Frame::Update(CheckedUpdate::check(update).unwrap()))
            .await;
        ann.says(r#"{"hello":{}}"#).await;
        let open = r#"{"title":"Open","mode":"open"}"#;
        let locked = r#"{"title":"One stage","mode":"open","minutes":5,"lock":true,"focus":{"stages":["s1"]},"atZero":"lock"}"#;
        let other = r#"{"title":"The other","mode":"open","lock":true,"focus":{"stages":["s2"]}}"#;
        let agenda = format!(r#"{{"setAgenda":{{"steps":[{open},{locked},{other}]}}}}"#);
        asks(&ann, &agenda, "agenda").await;
        let mut lesson = Self {
            table,
            ann,
            ben,
            cleo,
            begun: 0,
        };
        // Answered once it is folded, and with it the content before it.
        done(&mut lesson.ann, "agenda").await;
        for seat in [&mut lesson.ann, &mut lesson.ben, &mut lesson.cleo] {
            seat.sync().await;
        }
        lesson.begins(1).await;
        lesson
    }

    async fn lay() -> Self {
        Self::prepare(Table::lay().await).await
    }

    /// In the step that locks.
    async fn locked() -> Self {
        let mut lesson = Self::lay().await;
        lesson.begins(2).await;
        lesson
    }

    /// Gives the request, to be waited for.
    async fn starts(&mut self, step: u32) -> String {
        self.begun += 1;
        let request = format!("start {}", self.begun);
        let start = format!(r#"{{"startStep":{{"id":{step}}}}}"#);
        asks(&self.ann, &start, &request).await;
        request
    }

    async fn begins(&mut self, step: u32) {
        let request = self.starts(step).await;
        done(&mut self.ann, &request).await;
    }

    async fn seq(&self) -> u64 {
        self.table.room.state().await.unwrap().seq
    }

    /// What a card says in the map everyone shares.
    async fn text(&self, card: &str) -> String {
        let state = self.table.room.state().await.unwrap();
        let doc = map::new_doc(1);
        let update = yrs::Update::decode_v1(&state.update).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
        let map = map::read(&doc.transact());
        let card = map.cards.into_iter().find(|one| one.id == card);
        card.unwrap().text
    }
}

async fn done(seat: &mut Seat, request: &str) {
    told(seat, |message| match message {
        ServerMessage::Done { done, .. } if done == request => Some(()),
        ServerMessage::Refused { refused, why, .. } if refused == request => panic!("{why}"),
        _ => None,
    })
    .await;
}

/// The rule by which an edit was refused, as a page is told.
async fn rejected(seat: &mut Seat) -> String {
    told(seat, |message| match message {
        ServerMessage::Rejected { rejected } => Some(rejected.rule),
        _ => None,
    })
    .await
}

/// As a stock client is told.
async fn denied(seat: &mut Seat) -> String {
    seat.until(|frame| match frame {
        Frame::AuthDenied(why) => Some(why.clone()),
        _ => None,
    })
    .await
}

fn changes(seat: &Seat, edit: impl FnOnce(&mut TransactionMut<'_>)) -> CheckedUpdate {
    let mut txn = seat.doc.transact_mut();
    edit(&mut txn);
    CheckedUpdate::check(txn.encode_update_v1().into()).unwrap()
}

fn writes_on(txn: &mut TransactionMut<'_>, card: &str, words: &str) {
    let cards = txn.get_map(Collection::Cards.root()).unwrap();
    let card: MapRef = cards.get(txn, card).unwrap().cast().unwrap();
    let text: TextRef = card.get(txn, "text").unwrap().cast().unwrap();
    text.push(txn, words);
}

async fn adds(seat: &Seat, id: &str, stage: &str) {
    let card = map::Card {
        id: id.to_owned(),
        lane: "l".to_owned(),
        stage: stage.to_owned(),
        ..map::Card::default()
    };
    let update = changes(seat, |txn| {
        map::add_card(txn, &card, map::Place::Last).unwrap();
    });
    seat.send(Frame::Update(update)).await;
}

async fn writes(seat: &Seat, card: &str, words: &str) {
    let update = changes(seat, |txn| writes_on(txn, card, words));
    seat.send(Frame::Update(update)).await;
}

fn whole(seat: &Seat) -> Frame {
    let whole = map::encode_state(&seat.doc.transact()).into();
    Frame::SyncStep2(CheckedUpdate::check(whole).unwrap())
}

#[tokio::test]
async fn lock_6_what_is_refused_stays_out_of_the_journal_and_of_every_copy() {
    let mut lesson = Lesson::locked().await;
    lesson.ben.says(r#"{"hello":{}}"#).await;
    let before = lesson.seq().await;
    writes(&lesson.ben, "out", "side").await;
    assert_eq!(rejected(&mut lesson.ben).await, "LOCK-1");
    assert_eq!(lesson.seq().await, before);
    let heard = lesson.cleo.hears_only_until_barrier().await;
    assert!(!heard.iter().any(|f| matches!(f, Frame::Update(_))));
    assert_eq!(lesson.text("out").await, "out");
    // Others go on, inside; the facilitator everywhere.
    writes(&lesson.cleo, "in", "side").await;
    writes(&lesson.ann, "out", "ward").await;
    assert_eq!(lesson.text("in").await, "inside");
    assert_eq!(lesson.text("out").await, "outward");
}

#[tokio::test]
async fn lock_6_an_edit_on_its_way_when_the_lock_began_is_refused_by_the_fold() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let mut lesson = Lesson::prepare(table).await;
    lesson.ben.says(r#"{"hello":{}}"#).await;
    gate.shut();
    lesson.starts(2).await;
    writes(&lesson.ben, "out", "side").await;
    // Both are ordered, and the room has heard of neither: it could not know.
    let before = lesson.seq().await;
    gate.reopen();
    assert_eq!(rejected(&mut lesson.ben).await, "LOCK-1");
    assert_eq!(
        lesson.seq().await,
        before + 2,
        "the edit has its place in the journal"
    );
    assert_eq!(lesson.text("out").await, "out");
    // It is fenced as if the room had refused it.
    writes(&lesson.ben, "in", "side").await;
    writes(&lesson.cleo, "in", "to").await;
    folded(&lesson.table, before + 3).await;
    assert_eq!(lesson.text("in").await, "into");
    assert_eq!(lesson.seq().await, before + 3);
}

#[tokio::test]
async fn lock_6_what_the_fold_refused_is_not_left_in_the_rooms_shadow() {
    let gate = Gate::open();
    let over = gate.clone();
    let table = Table::lay_over(|journal| Late::over(journal, over)).await;
    let mut lesson = Lesson::prepare(table).await;
    lesson.begins(2).await;
    lesson.cleo.says(r#"{"hello":{}}"#).await;
    let before = lesson.seq().await;
    gate.shut();
    // Cleo adds a card where the room thinks the focus still is.
    lesson.starts(3).await;
    adds(&lesson.cleo, "new", "s1").await;
    lesson.seq().await;
    gate.reopen();
    assert_eq!(rejected(&mut lesson.cleo).await, "LOCK-1");
    // Ben adds one under the same id where the focus is. Hers, with the higher client id, would win over his.
    adds(&lesson.ben, "new", "s2").await;
    folded(&lesson.table, before + 3).await;
    assert_eq!(lesson.text("new").await, "");
}

#[tokio::test]
async fn lock_6_a_stock_client_that_was_refused_is_fenced_until_the_lock_changes() {
    let mut lesson = Lesson::locked().await;
    writes(&lesson.ben, "out", "side").await;
    let why = denied(&mut lesson.ben).await;
    assert!(
        why.contains("“One stage”") && why.contains("LOCK-1"),
        "{why}"
    );
    let before = lesson.seq().await;
    // What builds on it, what does not, and its whole copy.
    writes(&lesson.ben, "out", "!").await;
    writes(&lesson.ben, "in", "side").await;
    lesson.ben.send(whole(&lesson.ben)).await;
    let heard = lesson.ben.hears_only_until_barrier().await;
    assert!(heard.is_empty(), "told once, asked for nothing: {heard:?}");
    assert_eq!(lesson.seq().await, before);
    assert_eq!(lesson.text("in").await, "in");
    // The step is over: it is asked what it has, and that comes in.
    lesson.begins(1).await;
    lesson
        .ben
        .until(|frame| matches!(frame, Frame::SyncStep1(_)).then_some(()))
        .await;
    lesson.ben.send(whole(&lesson.ben)).await;
    lesson.ben.hears_only_until_barrier().await;
    assert_eq!(lesson.text("out").await, "outside!");
    assert_eq!(lesson.text("in").await, "inside");
}

#[tokio::test]
async fn lock_6_whoever_comes_back_is_looked_at_again() {
    let mut lesson = Lesson::locked().await;
    writes(&lesson.ben, "out", "side").await;
    denied(&mut lesson.ben).await;
    let mut again = Seat::take(&lesson.table.room, BEN, 14).await;
    again.sync().await;
    writes(&again, "in", "side").await;
    assert_eq!(lesson.text("in").await, "inside");
    // With its old copy it is refused as before, whole.
    let old = Seat::take(&lesson.table.room, BEN, 15).await;
    writes_here(&lesson.ben, "in");
    old.send(whole(&lesson.ben)).await;
    assert_eq!(lesson.text("in").await, "inside");
    assert_eq!(lesson.text("out").await, "out");
}

fn writes_here(seat: &Seat, card: &str) {
    changes(seat, |txn| writes_on(txn, card, "!"));
}

#[tokio::test]
async fn lock_6_whoever_comes_back_only_to_be_refused_is_not_looked_at_any_more() {
    let mut lesson = Lesson::locked().await;
    for load in 0..32 {
        let mut seat = Seat::take(&lesson.table.room, BEN, 100 + load).await;
        seat.sync().await;
        writes(&seat, "out", "side").await;
        denied(&mut seat).await;
    }
    let mut seat = Seat::take(&lesson.table.room, BEN, 200).await;
    seat.sync().await;
    writes(&seat, "in", "side").await;
    denied(&mut seat).await;
    assert_eq!(lesson.text("in").await, "in");
    // It is nobody else's loss, and ends with the lock.
    writes(&lesson.cleo, "in", "to").await;
    lesson.begins(1).await;
    let update = whole(&seat);
    seat.send(update).await;
    let text = lesson.text("in").await;
    assert!(text == "intoside" || text == "insideto", "{text}");
}

#[tokio::test]
async fn lock_6_no_barrier_is_echoed_before_its_sender_knows() {
    let mut lesson = Lesson::locked().await;
    lesson.ben.says(r#"{"hello":{}}"#).await;
    writes(&lesson.ben, "out", "side").await;
    let barrier = lesson.ben.barrier(7).await;
    let mut knew = false;
    lesson
        .ben
        .until(|frame| match frame {
            Frame::Workshop(json) => {
                knew |= json.contains("rejected");
                None
            }
            Frame::Barrier(echo) => (*echo == barrier).then_some(()),
            _ => None,
        })
        .await;
    assert!(knew);
}

#[tokio::test]
async fn lock_6_of_an_incomplete_copy_the_complete_part_is_judged_too() {
    let lesson = Lesson::locked().await;
    // Somebody's letter that nobody has, one of Ben's beside the focus, and one that waits for the first.
    let other = map::new_doc(40);
    let lost = {
        let text = other.get_or_insert_text("t");
        let mut txn = other.transact_mut();
        text.push(&mut txn, "lost ");
        drop(txn);
        let mut txn = other.transact_mut();
        text.push(&mut txn, "late");
        txn.encode_update_v1()
    };
    writes_here(&lesson.ben, "out");
    let update = yrs::Update::decode_v1(&lost).unwrap();
    lesson.ben.doc.transact_mut().apply_update(update).unwrap();
    let offered = lesson
        .ben
        .doc
        .transact()
        .encode_state_as_update_v1(&yrs::StateVector::default());
    let offered = CheckedUpdate::check(offered.into()).unwrap();
    let before = lesson.seq().await;
    lesson.ben.send(Frame::SyncStep2(offered)).await;
    assert_eq!(lesson.seq().await, before);
    assert_eq!(lesson.text("out").await, "out");
}

#[tokio::test]
async fn lock_2_when_the_time_is_up_the_map_stands_still() {
    let mut lesson = Lesson::locked().await;
    lesson.ben.says(r#"{"hello":{}}"#).await;
    writes(&lesson.ben, "in", "side").await;
    assert_eq!(lesson.text("in").await, "inside");
    lesson.table.wait(5 * 60_000).await;
    told(&mut lesson.ben, |message| match message {
        ServerMessage::Shared { shared } => shared
            .current
            .is_some_and(|current| {
                matches!(current.clock, cairn_protocol::channel::ClockView::Zero {})
            })
            .then_some(()),
        _ => None,
    })
    .await;
    writes(&lesson.ben, "in", "!").await;
    assert_eq!(rejected(&mut lesson.ben).await, "LOCK-2");
    writes(&lesson.ann, "out", "ward").await;
    assert_eq!(lesson.text("in").await, "inside");
    assert_eq!(lesson.text("out").await, "outward");
    // More time: what Ben kept comes in.
    asks(&lesson.ann, r#"{"extend":{"seconds":60}}"#, "more").await;
    done(&mut lesson.ann, "more").await;
    lesson
        .ben
        .until(|frame| matches!(frame, Frame::SyncStep1(_)).then_some(()))
        .await;
    lesson.ben.send(whole(&lesson.ben)).await;
    assert_eq!(lesson.text("in").await, "inside!");
}

#[tokio::test]
async fn lock_5_a_room_that_is_opened_anew_holds_the_same_still() {
    let mut lesson = Lesson::locked().await;
    lesson.table.reopen().await;
    let mut ben = Seat::take(&lesson.table.room, BEN, 14).await;
    ben.sync().await;
    writes(&ben, "out", "side").await;
    denied(&mut ben).await;
    assert_eq!(lesson.text("out").await, "out");
    let mut again = Seat::take(&lesson.table.room, BEN, 15).await;
    again.sync().await;
    writes(&again, "in", "side").await;
    assert_eq!(lesson.text("in").await, "inside");
}
