//! Rooms without sockets: a `Table` of people whose outboxes are read directly, over an in-memory journal whose disk can be held.

mod agenda;
mod drafts;
mod forgetting;
mod late;
mod lock;
mod once;
mod poison;
mod replay;
mod restore;
mod rounds;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::channel::ServerMessage;
use cairn_protocol::command::Command;
use cairn_protocol::frame::{
    AwarenessUpdate, CheckedStateVector, CheckedUpdate, Frame, PresenceEntry,
};
use cairn_protocol::id::{MapId, ParticipantId, Role, TokenHash};
use cairn_protocol::map;
use cairn_protocol::record::{Actor, Body, Join};
use futures_util::FutureExt as _;
use redb::StorageBackend;
use redb::backends::InMemoryBackend;
use tokio::sync::oneshot;
use yrs::updates::decoder::Decode as _;
use yrs::{GetString, ReadTxn, Text, Transact};

use super::{ConnId, Event, Founding, Member, Spacing};
use crate::clock::Clock;
use crate::fanout::{Close, DOCUMENT_BYTES, Next, Outbox};
use crate::journal::embedded::EmbeddedJournal;
use crate::journal::{Journal, StoredRecord};
use crate::rooms::{RoomError, RoomHandle, RoomSettings, Rooms};
use crate::secrets::Secrets;

/// A disk whose syncs wait while it is held.
#[derive(Clone, Debug, Default)]
struct Held(Arc<(Mutex<bool>, Condvar)>);

impl Held {
    fn hold(&self, held: bool) {
        *self.0.0.lock().unwrap() = held;
        self.0.1.notify_all();
    }

    fn wait(&self) {
        let held = self.0.0.lock().unwrap();
        drop(self.0.1.wait_while(held, |held| *held).unwrap());
    }
}

#[derive(Debug)]
struct HeldDisk(InMemoryBackend, Held);

impl StorageBackend for HeldDisk {
    fn len(&self) -> std::io::Result<u64> {
        self.0.len()
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        self.0.read(offset, out)
    }
    fn set_len(&self, len: u64) -> std::io::Result<()> {
        self.0.set_len(len)
    }
    fn sync_data(&self) -> std::io::Result<()> {
        self.1.wait();
        self.0.sync_data()
    }
    fn write(&self, offset: u64, data: &[u8]) -> std::io::Result<()> {
        self.0.write(offset, data)
    }
}

/// A map with a room, and people at it.
struct Table {
    rooms: Rooms,
    room: RoomHandle,
    disk: Held,
    /// What the server's clock says, in milliseconds.
    time: Arc<AtomicU64>,
    secrets: Secrets,
}

/// Somebody with a socket and a copy of the document.
struct Seat {
    conn: ConnId,
    outbox: Outbox,
    doc: yrs::Doc,
    room: RoomHandle,
    /// Frames taken and not looked at yet.
    heard: std::collections::VecDeque<Frame>,
}

fn map_id() -> MapId {
    MapId::new("table").unwrap()
}

fn token(name: &str) -> TokenHash {
    TokenHash::of(&map_id(), name)
}

fn clock_of(time: &Arc<AtomicU64>) -> Clock {
    let time = time.clone();
    Clock::from_fn(move || time.load(Ordering::SeqCst))
}

impl Table {
    async fn lay() -> Self {
        Self::lay_over(|journal| journal).await
    }

    /// Over a journal that behaves in another way.
    async fn lay_over<J: Journal>(changed: impl FnOnce(EmbeddedJournal) -> J) -> Self {
        let disk = Held::default();
        let backend = HeldDisk(InMemoryBackend::new(), disk.clone());
        let time = Arc::new(AtomicU64::new(1_000));
        let clock = clock_of(&time);
        let journal = EmbeddedJournal::with_backend(backend, clock.clone()).unwrap();
        let secrets = Secrets::default();
        let settings = RoomSettings {
            spacing: Spacing::of(5),
            secrets: secrets.clone(),
            ..RoomSettings::default()
        };
        let rooms = Rooms::new(Arc::new(changed(journal)), clock, settings).unwrap();
        let founding = Founding {
            by: Actor::Host,
            open: false,
            content: None,
            invites: vec![(Role::Participant, token("invite"))],
        };
        let room = rooms.create(map_id(), founding).await.unwrap();
        Self {
            rooms,
            room,
            disk,
            time,
            secrets,
        }
    }

    async fn join(&self, name: &str, role: Role) -> Member {
        let join = Join {
            known_as: None,
            role,
            name: name.to_owned(),
            color: "#123456".to_owned(),
            tokens: vec![token(name)],
        };
        self.room.join(Actor::Server, join).await.unwrap()
    }

    async fn seat(&self, name: &str, role: Role, client: u64) -> Seat {
        let member = self.join(name, role).await;
        let mut seat = Seat::take(&self.room, Actor::Participant(member.id), client).await;
        seat.sync().await;
        seat
    }

    /// Time passes, and the room notices by whatever comes next.
    async fn wait(&self, milliseconds: u64) {
        self.time.fetch_add(milliseconds, Ordering::SeqCst);
        self.room.state().await.unwrap();
    }

    /// The room ends and the map is opened anew.
    async fn reopen(&mut self) {
        self.rooms.end_rooms().await;
        let journal = self.rooms.journal().clone();
        let settings = RoomSettings {
            secrets: self.secrets.clone(),
            ..RoomSettings::default()
        };
        self.rooms = Rooms::new(journal, clock_of(&self.time), settings).unwrap();
        self.room = self.rooms.room(&map_id()).await.unwrap();
    }
}

impl Seat {
    async fn take(room: &RoomHandle, actor: Actor, client: u64) -> Self {
        let outbox = Outbox::default();
        let (reply, answer) = oneshot::channel();
        let conn = room
            .ask(
                Event::Connect {
                    actor,
                    outbox: outbox.clone(),
                    reply,
                },
                answer,
            )
            .await;
        let (room, doc) = (room.clone(), map::new_doc(client));
        Self {
            conn: conn.unwrap(),
            outbox,
            doc,
            room,
            heard: std::collections::VecDeque::new(),
        }
    }

    async fn send(&self, frame: Frame) {
        let share = self.room.share(1).await.unwrap();
        assert!(
            self.room
                .tell(Event::Frame {
                    conn: self.conn,
                    frame,
                    share
                })
                .await
        );
    }

    /// The next frame, or why the socket closes.
    async fn hear(&mut self) -> Result<Frame, Close> {
        loop {
            if let Some(frame) = self.heard.pop_front() {
                return Ok(frame);
            }
            match self.outbox.next().await {
                Next::Frames(frames) => {
                    let decode =
                        |bytes: Bytes| Frame::decode(&bytes).expect("the server sends frames");
                    self.heard.extend(frames.into_iter().map(decode));
                }
                Next::CaughtUp { missed_from } => {
                    let event = Event::CaughtUp {
                        conn: self.conn,
                        missed_from,
                    };
                    assert!(self.room.tell(event).await);
                }
                Next::Close(why) => return Err(why),
            }
        }
    }

    /// Frames until one fits; documents on the way are applied.
    async fn until<T>(&mut self, mut fits: impl FnMut(&Frame) -> Option<T>) -> T {
        loop {
            let frame = self.hear().await.expect("the socket should stay open");
            if let Frame::Update(update) | Frame::SyncStep2(update) = &frame {
                self.apply(update);
            }
            if let Some(found) = fits(&frame) {
                return found;
            }
        }
    }

    fn apply(&self, update: &CheckedUpdate) {
        let update = yrs::Update::decode_v1(update.bytes()).unwrap();
        self.doc.transact_mut().apply_update(update).unwrap();
    }

    async fn sync(&mut self) {
        let vector = self.doc.transact().state_vector();
        let clocks = vector
            .iter()
            .map(|(client, clock)| (client.get(), u64::from(*clock)));
        self.send(Frame::SyncStep1(CheckedStateVector::new(clocks.collect())))
            .await;
        self.until(|frame| matches!(frame, Frame::SyncStep2(_)).then_some(()))
            .await;
    }

    fn writes(&self, words: &str) -> CheckedUpdate {
        let text = self.doc.get_or_insert_text("t");
        let mut txn = self.doc.transact_mut();
        text.push(&mut txn, words);
        CheckedUpdate::check(txn.encode_update_v1().into()).unwrap()
    }

    async fn types(&self, words: &str) {
        let update = self.writes(words);
        self.send(Frame::Update(update)).await;
    }

    async fn barrier(&self, n: u8) -> Bytes {
        let message = Bytes::copy_from_slice(&[102, 1, n]);
        self.send(Frame::Barrier(message.clone())).await;
        message
    }

    async fn heard_barrier(&mut self, message: &Bytes) {
        self.until(|frame| matches!(frame, Frame::Barrier(m) if m == message).then_some(()))
            .await;
    }

    fn text(&self) -> String {
        let text = self.doc.get_or_insert_text("t");
        text.get_string(&self.doc.transact())
    }

    /// What the workshop channel says next.
    async fn told(&mut self) -> ServerMessage {
        let json = self.until(|frame| match frame {
            Frame::Workshop(json) => Some(json.clone()),
            _ => None,
        });
        serde_json::from_str(&json.await).unwrap()
    }

    async fn says(&self, json: &str) {
        self.send(Frame::Workshop(json.to_owned())).await;
    }

    /// Nothing but what a barrier brings is on its way.
    async fn hears_only_until_barrier(&mut self) -> Vec<Frame> {
        let message = self.barrier(99).await;
        let mut frames = Vec::new();
        loop {
            match self.hear().await.expect("the socket should stay open") {
                Frame::Barrier(m) if m == message => return frames,
                frame => frames.push(frame),
            }
        }
    }
}

#[tokio::test]
async fn fan_1_an_edit_reaches_everyone_but_its_author() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    ann.types("hello").await;
    ben.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
        .await;
    assert_eq!(ben.text(), "hello");
    let heard = ann.hears_only_until_barrier().await;
    assert!(
        !heard.iter().any(|f| matches!(f, Frame::Update(_))),
        "{heard:?}"
    );
}

#[tokio::test]
async fn wire_6_a_barrier_is_answered_only_when_the_edit_before_it_is_on_disk() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    table.disk.hold(true);
    ann.types("kept").await;
    let message = ann.barrier(1).await;
    // The edit is shown at once all the same.
    ben.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
        .await;
    let early = tokio::time::timeout(Duration::from_millis(50), ann.hear()).await;
    assert!(early.is_err(), "answered before the disk: {early:?}");
    table.disk.hold(false);
    ann.heard_barrier(&message).await;
}

#[tokio::test]
async fn edit_2_who_builds_on_what_is_not_here_is_asked_to_sync_and_the_barrier_waits() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let lost = ann.writes("one ");
    ann.types("two").await;
    let message = ann.barrier(1).await;
    // Asked what it has; the barrier is not answered before that.
    let heard = ann.hear().await.unwrap();
    assert!(matches!(heard, Frame::SyncStep1(_)), "{heard:?}");
    let state = table.room.state().await.unwrap();
    assert!(
        CheckedUpdate::check(state.update)
            .unwrap()
            .shape()
            .is_empty()
    );
    drop(lost);
    let whole = ann
        .doc
        .transact()
        .encode_state_as_update_v1(&yrs::StateVector::default());
    ann.send(Frame::SyncStep2(
        CheckedUpdate::check(whole.into()).unwrap(),
    ))
    .await;
    ann.heard_barrier(&message).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    ben.sync().await;
    assert_eq!(ben.text(), "one two");
}

#[tokio::test]
async fn role_2_an_observer_changes_nothing_and_is_told_once() {
    let table = Table::lay().await;
    let mut eve = table.seat("Eve", Role::Observer, 13).await;
    eve.types("x").await;
    eve.types("y").await;
    let heard = eve.hears_only_until_barrier().await;
    let told = heard
        .iter()
        .filter(|frame| matches!(frame, Frame::AuthDenied(_)))
        .count();
    assert_eq!(told, 1, "{heard:?}");
    let state = table.room.state().await.unwrap();
    assert!(
        CheckedUpdate::check(state.update)
            .unwrap()
            .shape()
            .is_empty()
    );
}

#[tokio::test]
async fn role_2_an_observer_who_speaks_the_channel_is_told_there() {
    let table = Table::lay().await;
    let mut eve = table.seat("Eve", Role::Observer, 13).await;
    eve.says(r#"{"hello":{}}"#).await;
    assert!(matches!(eve.told().await, ServerMessage::Personal { .. }));
    assert!(matches!(eve.told().await, ServerMessage::Shared { .. }));
    eve.types("x").await;
    let told = eve.told().await;
    assert!(
        matches!(&told, ServerMessage::Rejected { rejected } if rejected.rule == "ROLE-2"),
        "{told:?}"
    );
}

#[tokio::test]
async fn role_2_a_viewers_empty_answer_to_a_sync_request_is_no_fault() {
    let table = Table::lay().await;
    let mut eve = table.seat("Eve", Role::Observer, 13).await;
    let nothing = CheckedUpdate::check(Bytes::from_static(&[0, 0])).unwrap();
    eve.send(Frame::SyncStep2(nothing)).await;
    assert_eq!(eve.hears_only_until_barrier().await.len(), 0);
}

#[tokio::test]
async fn role_6_whoever_is_removed_loses_every_socket_and_token() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    ann.says(r#"{"command":{"remove":{"participant":"p2"}},"request":"r"}"#)
        .await;
    let gone = loop {
        if let Err(why) = ben.hear().await {
            break why;
        }
    };
    assert_eq!(gone, Close::Removed);
    while !matches!(ann.told().await, ServerMessage::Done { done, .. } if done == "r") {}
    assert_eq!(table.room.who(token("Ben")).await.unwrap(), None);
    assert!(table.room.who(token("Ann")).await.unwrap().is_some());
}

#[tokio::test]
async fn role_4_a_rotated_invite_comes_with_the_answer_and_opens_the_map() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    ann.says(r#"{"command":{"rotateInvite":{"role":"participant"}},"request":"r"}"#)
        .await;
    let invite = loop {
        if let ServerMessage::Done { invite, .. } = ann.told().await {
            break invite.expect("a rotation gives the new token");
        }
    };
    assert_eq!(
        table.room.role_by_invite(token(&invite)).await.unwrap(),
        Some(Role::Participant)
    );
    assert_eq!(
        table.room.role_by_invite(token("invite")).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn wire_7_what_cannot_be_understood_is_refused_under_its_request() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    for (json, request) in [
        (r#"{"command":{"fly":{}},"request":"r1"}"#, "r1"),
        (
            r#"{"command":{"rename":{"name":"A"}},"request":"r2"}"#,
            "r2",
        ),
        (r#"{"hello":{},"extra":1}"#, ""),
        ("[]", ""),
    ] {
        ann.says(json).await;
        let told = loop {
            match ann.told().await {
                ServerMessage::Shared { .. } => {}
                told => break told,
            }
        };
        let fits = matches!(&told, ServerMessage::Refused { refused, rule, .. }
            if refused == request && rule == "WIRE-7");
        assert!(fits, "{json}: {told:?}");
    }
}

#[tokio::test]
async fn view_1_an_outcome_is_shown_to_nobody_before_it_is_on_disk() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    ann.says(r#"{"hello":{}}"#).await;
    while !matches!(ann.told().await, ServerMessage::Shared { .. }) {}
    table.disk.hold(true);
    ann.says(r##"{"command":{"rename":{"name":"Anna","color":"#000000"}},"request":"r"}"##)
        .await;
    let early = tokio::time::timeout(Duration::from_millis(50), ann.told()).await;
    assert!(early.is_err(), "shown before the disk: {early:?}");
    table.disk.hold(false);
    let (mut done, mut shown) = (false, false);
    while !(done && shown) {
        match ann.told().await {
            ServerMessage::Done { .. } => done = true,
            ServerMessage::Shared { shared } => shown |= shared.people[0].name == "Anna",
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn health_6_only_what_changes_the_document_makes_a_new_version() {
    let mut table = Table::lay().await;
    let mut ana = table.seat("Ana", Role::Participant, 1).await;
    let founded = table.room.edited().await.unwrap();
    table.join("Ben", Role::Observer).await;
    assert_eq!(table.room.edited().await.unwrap(), founded);
    ana.types("word").await;
    let saved = ana.barrier(1).await;
    ana.heard_barrier(&saved).await;
    let state = table.room.state().await.unwrap();
    assert_eq!(table.room.edited().await.unwrap(), state.seq);
    assert_eq!(state.edited, state.seq);
    assert!(state.edited > founded);
    // Opened anew, the room saw no edit: the version may only be too new.
    table.reopen().await;
    assert!(table.room.edited().await.unwrap() >= state.edited);
}

#[tokio::test]
async fn pres_1_presence_comes_with_the_connection_and_goes_to_everyone() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let entry = PresenceEntry {
        client: 11,
        clock: 1,
        state: Some("{\"x\":1}".into()),
    };
    ann.send(Frame::Awareness(AwarenessUpdate {
        entries: vec![entry.clone()],
    }))
    .await;
    ann.until(|frame| matches!(frame, Frame::Awareness(_)).then_some(()))
        .await;
    let member = table.join("Ben", Role::Participant).await;
    let mut ben = Seat::take(&table.room, Actor::Participant(member.id), 12).await;
    let shown = ben.until(|frame| match frame {
        Frame::Awareness(update) => Some(update.entries.clone()),
        _ => None,
    });
    assert_eq!(shown.await, vec![entry]);
}

#[tokio::test]
async fn fan_2_a_slow_reader_gets_one_diff_and_ends_equal() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let mut ben = table.seat("Ben", Role::Participant, 12).await;
    let mut cleo = table.seat("Cleo", Role::Participant, 13).await;
    ann.types("start ").await;
    ben.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
        .await;
    // Ben reads nothing while far more is written than may wait for him.
    let page = "x".repeat(64 * 1024);
    let pages = 2 * DOCUMENT_BYTES / page.len();
    for _ in 0..pages {
        ann.types(&page).await;
        // What Cleo has heard was passed on to everyone: nothing is under way when Ben begins to read.
        while cleo.text().len() < ann.text().len() {
            cleo.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
                .await;
        }
    }
    let message = ann.barrier(1).await;
    ann.heard_barrier(&message).await;
    let mut frames = 0;
    while ben.text().len() < ann.text().len() {
        ben.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
            .await;
        frames += 1;
    }
    assert_eq!(ben.text(), ann.text());
    assert!(
        frames < pages,
        "{frames} frames for {pages} edits: nothing was dropped"
    );
    assert_eq!(table.rooms.stats().diffs, 1);
    // And hears the next edit as ever.
    ann.types(" end").await;
    ben.until(|frame| matches!(frame, Frame::Update(_)).then_some(()))
        .await;
    assert!(ben.text().ends_with(" end"));
}

#[tokio::test]
async fn fold_2_a_map_opened_anew_is_as_it_was() {
    let mut table = Table::lay().await;
    let ann = table.seat("Ann", Role::Facilitator, 11).await;
    for n in 0..20 {
        ann.types(&format!("{n} ")).await;
    }
    let before = table.room.state().await.unwrap();
    drop(ann);
    table.reopen().await;
    let after = table.room.state().await.unwrap();
    assert_eq!((before.seq, before.update), (after.seq, after.update));
    assert!(table.room.who(token("Ann")).await.unwrap().is_some());
    let mut again = Seat::take(&table.room, Actor::Participant(ParticipantId(1)), 21).await;
    again.sync().await;
    assert!(again.text().ends_with("19 "), "{}", again.text());
}

#[tokio::test]
async fn the_list_shows_a_new_title_as_soon_as_it_is_on_disk() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    ann.sync().await;
    for (n, title) in ["Moving", "Moving in"].into_iter().enumerate() {
        let update = {
            let mut txn = ann.doc.transact_mut();
            map::set_map_text(&mut txn, "title", title).unwrap();
            CheckedUpdate::check(txn.encode_update_v1().into()).unwrap()
        };
        ann.send(Frame::Update(update)).await;
        let message = ann.barrier(u8::try_from(n).unwrap()).await;
        ann.heard_barrier(&message).await;
        let listed = table.rooms.catalog().pop().unwrap().listed;
        assert_eq!(listed.title, title);
    }
}

#[tokio::test]
async fn rooms_1_a_map_that_is_not_there_is_an_error_and_makes_nothing() {
    let table = Table::lay().await;
    let missing = MapId::new("missing").unwrap();
    let refused = table.rooms.room(&missing).await.err();
    assert!(
        matches!(refused, Some(RoomError::NoSuchMap(_))),
        "{refused:?}"
    );
    assert_eq!(table.rooms.catalog().len(), 1);
    let founding = Founding {
        by: Actor::Host,
        open: false,
        content: None,
        invites: Vec::new(),
    };
    let refused = table.rooms.create(map_id(), founding).await.err();
    assert!(matches!(refused, Some(RoomError::Exists(_))), "{refused:?}");
}

#[tokio::test]
async fn rooms_1_a_map_is_made_whole_though_nobody_waits_for_it() {
    let table = Table::lay().await;
    let map = MapId::new("other").unwrap();
    let founding = Founding {
        by: Actor::Host,
        open: false,
        content: None,
        invites: vec![(Role::Participant, token("other"))],
    };
    let making = table.rooms.create(map.clone(), founding);
    assert!(making.now_or_never().is_none(), "begun, and let go of");
    let journal = table.rooms.journal();
    let invites = || {
        let records = journal.records(&map, 1..=u64::MAX, usize::MAX);
        let is_invite = |stored: &&StoredRecord| matches!(stored.record.body, Body::Invite(..));
        records.map_or(0, |records| records.iter().filter(is_invite).count())
    };
    for _ in 0..5000 {
        if invites() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(invites(), 1);
}

#[tokio::test]
async fn rooms_2_many_who_open_one_map_at_once_share_one_room() {
    let table = Table::lay().await;
    let rooms = &table.rooms;
    let name = MapId::new("any").unwrap();
    let opened =
        futures_util::future::join_all((0..20).map(|_| rooms.room_or_create_open(name.clone())));
    let opened: Vec<_> = opened.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(
        rooms.stats().rooms,
        2,
        "the table's and the one that all share"
    );
    drop(opened);
}

#[tokio::test]
async fn stop_1_a_stopping_server_keeps_everything_and_says_it_restarts() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    ann.types("last words").await;
    let state = table.room.state().await.unwrap();
    table.rooms.close().await;
    let why = loop {
        if let Err(why) = ann.hear().await {
            break why;
        }
    };
    assert_eq!(why, Close::Restart);
    let entry = table.rooms.journal().entry(&map_id()).unwrap().unwrap();
    assert_eq!(entry.head.seq, state.seq);
    assert!(matches!(
        table.rooms.room(&map_id()).await,
        Err(RoomError::Stopping)
    ));
}

#[tokio::test]
async fn journal_failure_ends_the_room_and_acknowledges_nothing() {
    let table = Table::lay().await;
    let mut ann = table.seat("Ann", Role::Facilitator, 11).await;
    let journal = table.rooms.journal().clone();
    tokio::task::spawn_blocking(move || journal.close())
        .await
        .unwrap()
        .unwrap();
    ann.types("too late").await;
    let why = loop {
        if let Err(why) = ann.hear().await {
            break why;
        }
    };
    assert_eq!(why, Close::TryLater);
    let command = Command::Rename {
        name: "A".to_owned(),
        color: "#000000".to_owned(),
    };
    let by = Actor::Participant(ParticipantId(1));
    let refused = table.room.command(by, "r".to_owned(), command).await;
    assert!(
        matches!(refused, Err(RoomError::Unavailable(_))),
        "{refused:?}"
    );
}
