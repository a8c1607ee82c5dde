//! RESTORE in a room: what was is read beside the loop, and what people change meanwhile is neither lost nor left standing.

use std::sync::atomic::AtomicBool;

use cairn_protocol::fold::{Ground, Refusal};
use cairn_protocol::map::{Collection, JourneyMap, read, set_text};
use cairn_protocol::record::{Body, Created, Draft, Record, Restore};
use cairn_protocol::version::Cause;
use tokio::sync::mpsc;

use super::super::answers::CommandReply;
use super::super::{CommandDone, House, Origin, Room};
use super::rounds::{asks, told};
use super::*;
use crate::catalog::Catalog;
use crate::stats::Stats;
use crate::webhook::Webhook;

const CARDS: Collection = Collection::Cards;

/// A map of one card.
pub(super) fn content() -> Vec<u8> {
    let document = serde_json::json!({
        "format": "cairn.map/1", "title": "Renting", "kind": "current-state",
        "stages": [{"id": "s", "title": "One"}], "lanes": [{"id": "l", "kind": "pain", "title": "P"}],
        "cards": [{"id": "c", "lane": "l", "stage": "s", "text": "First words"}],
    });
    map::to_update(&JourneyMap::parse(&document.to_string()).unwrap(), 77)
}

/// Ann facilitates, Ben participates; both have the map of one card.
pub(super) async fn prepared(table: &Table) -> (Seat, Seat) {
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let update = content().into();
    ann.send(Frame::Update(CheckedUpdate::check(update).unwrap()))
        .await;
    let ben = table.seat("Ben", Role::Participant, 12).await;
    ann.sync().await;
    for seat in [&ann, &ben] {
        seat.says(r#"{"hello":{}}"#).await;
    }
    (ann, ben)
}

fn reworded(doc: &yrs::Doc, text: &str) -> Bytes {
    let mut txn = doc.transact_mut();
    set_text(&mut txn, CARDS, "c", "text", text).unwrap();
    txn.encode_update_v1().into()
}

pub(super) async fn rewords(seat: &Seat, text: &str) {
    let update = CheckedUpdate::check(reworded(&seat.doc, text)).unwrap();
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

pub(super) async fn now(room: &RoomHandle) -> JourneyMap {
    let update = room.state().await.unwrap().update;
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
    let (to, was) = (table.room.edited().await.unwrap(), now(&table.room).await);
    rewords(&ann, "Other words").await;
    asks(&ben, &format!(r#"{{"restore":{{"seq":{to}}}}}"#), "no").await;
    assert_eq!(answered(&mut ben, "no").await, Err("ROLE-3".to_owned()));
    asks(&ann, &format!(r#"{{"restore":{{"seq":{to}}}}}"#), "yes").await;
    assert_eq!(answered(&mut ann, "yes").await, Ok(()));
    assert_eq!(now(&table.room).await, was);
    ben.sync().await;
    rewords(&ben, "First words, and more").await;
    ann.sync().await;
    let card = now(&table.room).await.cards.remove(0);
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
    let (table, gate) = Table::lay_late().await;
    let (mut ann, ben) = prepared(&table).await;
    let (to, was) = (table.room.edited().await.unwrap(), now(&table.room).await);
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
    assert_eq!(now(&table.room).await, was);
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
    let now = now(&table.room).await;
    asks(&ann, &command, "back").await;
    assert_eq!(answered(&mut ann, "back").await, Ok(()));
    assert_eq!(restores(&table), 1);
    assert_eq!(self::now(&table.room).await, now);
}

#[tokio::test]
async fn restore_2_one_at_a_time_until_it_is_answered() {
    let (table, gate) = Table::lay_late().await;
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

/// A room whose loop does not run, in which somebody types without end while a moment is restored.
struct Busy {
    room: Room,
    journal: Arc<dyn Journal>,
    doc: yrs::Doc,
    typed: u32,
    answer: oneshot::Receiver<Result<CommandDone, Refusal>>,
}

impl Busy {
    /// The host asked to have the map of record 2 again.
    async fn begun() -> Self {
        let clock = Clock::from_fn(|| 1_000);
        let journal: Arc<dyn Journal> =
            Arc::new(EmbeddedJournal::in_memory(clock.clone()).unwrap());
        let created = Created {
            map: map_id(),
            open: false,
        };
        let created = Draft::new(Actor::Host, Body::Created(created));
        let opened = journal.create(&map_id(), created).unwrap();
        let house = House {
            journal: journal.clone(),
            catalog: Catalog::default(),
            clock,
            secrets: Secrets::default(),
            webhook: Webhook::default(),
            stats: Arc::new(Stats::default()),
            spacing: Spacing::default(),
            archive: false,
        };
        let room = Room::open(map_id(), opened, house).unwrap();
        let doc = map::new_doc(7);
        let update = yrs::Update::decode_v1(&content()).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
        let (reply, answer) = oneshot::channel();
        let mut busy = Self {
            room,
            journal,
            doc,
            typed: 0,
            answer,
        };
        busy.appends(content().into());
        busy.types();
        while busy.room.answers.durable_seq() < 3 {
            busy.hears().await;
        }
        let (request, reply) = ("back".to_owned(), CommandReply::Caller(reply));
        busy.room.restore(Actor::Host, request, 2, reply);
        busy.steps().await;
        busy
    }

    fn appends(&mut self, update: Bytes) {
        let draft = Draft::new(Actor::Host, Body::Edit(update));
        let origin = Origin::Founding(None);
        assert!(self.room.append(draft, origin).is_ok());
    }

    fn types(&mut self) {
        self.typed += 1;
        let update = reworded(&self.doc, &format!("Words {}", self.typed));
        self.appends(update);
    }

    async fn hears(&mut self) {
        let tail = self.room.tail.recv().await;
        assert!(self.room.on_tail(tail).is_ok());
    }

    async fn folds_everything(&mut self) {
        while !self.room.origins.is_empty() {
            self.hears().await;
        }
    }

    /// What was done beside the loop comes back.
    async fn steps(&mut self) {
        let step = self.room.memory.steps.recv().await.unwrap();
        assert!(self.room.on_restore_step(step).is_ok());
    }

    /// Four updates come too late, and the room takes nothing any more. What was typed last is not folded yet.
    async fn comes_too_late(&mut self) {
        for n in 1..=4 {
            assert!(!self.room.memory.holds_up(), "try {n}");
            self.types();
            self.folds_everything().await;
            if n == 4 {
                self.types();
            }
            self.steps().await;
        }
        assert!(self.room.memory.holds_up());
    }
}

#[tokio::test]
async fn restore_2_the_last_one_is_made_beside_the_loop_while_everybody_waits() {
    static BEGUN: AtomicU64 = AtomicU64::new(0);
    static OPEN: AtomicBool = AtomicBool::new(true);
    fn gated(ground: &Ground, to: u64, then: &CheckedUpdate) -> Result<Restore, Refusal> {
        BEGUN.fetch_add(1, Ordering::SeqCst);
        while !OPEN.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
        ground.bring_back(to, then)
    }
    let mut busy = Busy::begun().await;
    busy.room.memory.make = gated;
    // The first was begun before.
    busy.comes_too_late().await;
    assert_eq!(
        BEGUN.load(Ordering::SeqCst),
        3,
        "what was typed comes first"
    );
    OPEN.store(false, Ordering::SeqCst);
    let (mailbox, events) = mpsc::channel(1);
    let (reply, mut edited) = oneshot::channel();
    assert!(mailbox.try_send(Event::Edited { reply }).is_ok());
    let running = tokio::spawn(busy.room.run(events));
    while BEGUN.load(Ordering::SeqCst) < 4 {
        tokio::task::yield_now().await;
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let early = edited.try_recv();
    OPEN.store(true, Ordering::SeqCst);
    assert!(early.is_err(), "nothing is taken meanwhile: {early:?}");
    assert_eq!(busy.answer.await.unwrap(), Ok(CommandDone::default()));
    let last = busy.journal.entry(&map_id()).unwrap().unwrap().head.seq;
    assert_eq!(edited.await.unwrap(), last, "the restore came before it");
    drop(mailbox);
    running.await.unwrap();
}

#[tokio::test]
async fn restore_2_a_panic_while_an_update_is_made_costs_the_room_nothing() {
    fn broken(_: &Ground, _: u64, _: &CheckedUpdate) -> Result<Restore, Refusal> {
        panic!("a defect");
    }
    for is_last in [false, true] {
        let mut busy = Busy::begun().await;
        if is_last {
            busy.comes_too_late().await;
        } else {
            busy.types();
            busy.folds_everything().await;
        }
        busy.room.memory.make = broken;
        if !is_last {
            busy.steps().await;
        }
        let (mailbox, events) = mpsc::channel(1);
        let running = tokio::spawn(busy.room.run(events));
        let refusal = busy.answer.await.unwrap().unwrap_err();
        assert_eq!(refusal.rule, "RESTORE-2");
        // Behind the map's making and its content; what was typed last may be folded a little later.
        let last = u64::from(busy.typed) + 2;
        let mut folded = 0;
        for _ in 0..10_000 {
            let (reply, edited) = oneshot::channel();
            assert!(mailbox.send(Event::Edited { reply }).await.is_ok());
            folded = edited.await.unwrap();
            if folded == last {
                break;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(folded, last, "the room goes on");
        drop(mailbox);
        running.await.unwrap();
    }
}
