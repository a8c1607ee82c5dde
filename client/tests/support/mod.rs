//! A server in the test's own process: a y-sync relay with a document, over in-memory streams or TCP.
//!
//! It speaks what a Cairn server speaks and can be told to misbehave: refuse, hang up, fall mute,
//! keep barriers and answers to itself. It checks nothing and keeps nothing on disk.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod http;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use cairn_client::{ByteStream, ConnectOptions, Connection, Dial};
use cairn_protocol::channel::{
    ClientCommand, ClientMessage, Person, Personal, Rejected, ServerMessage, Shared,
};
use cairn_protocol::command::Command;
use cairn_protocol::frame::{
    Frame, encode_awareness, encode_sync_step1, encode_sync_step2, encode_update, encode_workshop,
};
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map;
use futures_util::future::BoxFuture;
use futures_util::{SinkExt, StreamExt};
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use url::Url;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update};

/// What the server does wrong, or holds back.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing a test switches on"
)]
pub(crate) struct Behaviour {
    /// Nobody can reach it.
    pub(crate) unreachable: bool,
    /// Answers the upgrade with this status and body instead.
    pub(crate) refuses: Option<(u16, String)>,
    /// Does not ask what the client has until told ([`FakeServer::ask_all`]).
    pub(crate) asks_late: bool,
    /// Keeps barriers until told ([`FakeServer::release_barriers`]).
    pub(crate) keeps_barriers: bool,
    /// Keeps commands to itself.
    pub(crate) ignores_commands: bool,
    /// Takes and sends nothing, not even an answer to a ping.
    pub(crate) mute: bool,
    /// Drops edits.
    pub(crate) deaf: bool,
    /// Hangs up right after the first sync of a connection.
    pub(crate) hangs_up: bool,
}

struct Conn {
    to: mpsc::UnboundedSender<Message>,
    /// Yjs client ids that spoke of themselves here.
    clients: Vec<u64>,
}

struct Room {
    doc: Doc,
    behaviour: Behaviour,
    conns: BTreeMap<u64, Conn>,
    states: BTreeMap<u64, cairn_protocol::frame::PresenceEntry>,
    /// Barriers kept, oldest first.
    barriers: Vec<(u64, Bytes)>,
    /// Every frame that came, as `connection: kind`.
    log: Vec<String>,
    commands: Vec<(String, ClientCommand)>,
    next: u64,
}

/// The server. Clones are the same one.
#[derive(Clone)]
pub(crate) struct FakeServer {
    room: Arc<Mutex<Room>>,
    /// Rises with everything that happens.
    news: watch::Sender<u64>,
}

impl Default for FakeServer {
    fn default() -> Self {
        Self::with(map::new_doc(1))
    }
}

impl FakeServer {
    /// Serves this document.
    pub(crate) fn with(doc: Doc) -> Self {
        let room = Room {
            doc,
            behaviour: Behaviour::default(),
            conns: BTreeMap::new(),
            states: BTreeMap::new(),
            barriers: Vec::new(),
            log: Vec::new(),
            commands: Vec::new(),
            next: 0,
        };
        Self {
            room: Arc::new(Mutex::new(room)),
            news: watch::Sender::new(0),
        }
    }

    /// Serves a sample map.
    pub(crate) fn with_sample(name: &str) -> Self {
        let map = map::JourneyMap::parse(map::sample(name).expect("a sample")).unwrap();
        let doc = map::new_doc(1);
        map::fill(&map, &mut doc.transact_mut());
        Self::with(doc)
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap()
    }

    /// How to connect to it.
    pub(crate) fn options(&self) -> ConnectOptions {
        let url = "ws://fake.example/sync/m1".parse().unwrap();
        ConnectOptions {
            dial: Arc::new(self.clone()),
            ..ConnectOptions::new(url)
        }
    }

    /// A client in sync.
    pub(crate) async fn client(&self) -> Connection {
        cairn_client::connect(self.options()).await.unwrap()
    }

    /// Changes what it does wrong.
    pub(crate) fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.room().behaviour);
    }

    /// Loses the document.
    pub(crate) fn forget(&self) {
        self.room().doc = map::new_doc(1);
    }

    /// Takes this update into the document.
    pub(crate) fn load(&self, update: &[u8]) {
        let update = Update::decode_v1(update).unwrap();
        self.room().doc.transact_mut().apply_update(update).unwrap();
    }

    /// Waits until something is so.
    pub(crate) async fn until<T>(&self, mut seen: impl FnMut(&Self) -> Option<T>) -> T {
        let mut news = self.news.subscribe();
        loop {
            news.borrow_and_update();
            if let Some(found) = seen(self) {
                return found;
            }
            news.changed()
                .await
                .expect("the server lives as long as the test");
        }
    }

    /// Waits until it has received this many frames of a kind, such as `barrier`.
    pub(crate) async fn received(&self, kind: &str, count: usize) {
        self.until(|server| (server.count(kind) >= count).then_some(()))
            .await;
    }

    pub(crate) fn count(&self, kind: &str) -> usize {
        self.room()
            .log
            .iter()
            .filter(|entry| *entry == kind)
            .count()
    }

    pub(crate) fn log(&self) -> Vec<String> {
        self.room().log.clone()
    }

    pub(crate) fn commands(&self) -> Vec<(String, ClientCommand)> {
        self.room().commands.clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.room().conns.len()
    }

    /// Clients that are shown as present.
    pub(crate) fn present(&self) -> Vec<u64> {
        let room = self.room();
        room.states
            .values()
            .filter(|entry| entry.state.is_some())
            .map(|entry| entry.client)
            .collect()
    }

    /// The whole document, encoded.
    pub(crate) fn state(&self) -> Vec<u8> {
        map::encode_state(&self.room().doc.transact())
    }

    pub(crate) fn map(&self) -> map::JourneyMap {
        map::read(&self.room().doc.transact())
    }

    /// Ends all connections without a word.
    pub(crate) fn drop_all(&self) {
        self.room().conns.clear();
    }

    /// Closes all connections with a code.
    pub(crate) fn close_all(&self, code: u16) {
        for conn in std::mem::take(&mut self.room().conns).into_values() {
            let frame = CloseFrame {
                code: code.into(),
                reason: "as the test says".into(),
            };
            let _ = conn.to.send(Message::Close(Some(frame)));
        }
    }

    /// Asks all what they have.
    pub(crate) fn ask_all(&self) {
        let room = self.room();
        let question = encode_sync_step1(&room.doc.transact().state_vector().encode_v1());
        room.tell(|_| true, &question);
    }

    pub(crate) fn release_barriers(&self) {
        let mut room = self.room();
        for (to, message) in std::mem::take(&mut room.barriers) {
            room.tell(|conn| conn == to, &message);
        }
    }

    /// Tells everybody that an edit of theirs was not accepted.
    pub(crate) fn reject_all(&self) {
        let rejected = Rejected {
            why: "as the test says".into(),
            rule: "ROLE-2".into(),
        };
        self.room()
            .tell(|_| true, &workshop(&ServerMessage::Rejected { rejected }));
    }

    /// Serves one stream until either side ends.
    async fn serve(self, stream: impl ByteStream) {
        let refuses = self.room().behaviour.refuses.clone();
        #[expect(clippy::result_large_err, reason = "tungstenite's own type")]
        let answer = |_: &Request, response: Response| match refuses {
            None => Ok(response),
            Some((status, body)) => {
                let mut refusal = ErrorResponse::new(Some(body));
                *refusal.status_mut() = status.try_into().unwrap();
                Err(refusal)
            }
        };
        let Ok(socket) = accept_hdr_async(stream, answer).await else {
            return;
        };
        let (mut sink, mut stream) = socket.split();
        let (to, mut outgoing) = mpsc::unbounded_channel();
        let id = self.enter(to);
        loop {
            let went_well = tokio::select! {
                message = outgoing.recv() => match message {
                    Some(message) => sink.send(message).await.is_ok(),
                    None => false,
                },
                message = stream.next() => {
                    if self.room().behaviour.mute {
                        std::future::pending::<()>().await;
                    }
                    match message {
                        Some(Ok(Message::Binary(bytes))) => {
                            self.frame(id, &bytes);
                            true
                        }
                        other => matches!(other, Some(Ok(_))),
                    }
                }
            };
            if !went_well {
                break;
            }
        }
        self.leave(id);
    }

    fn enter(&self, to: mpsc::UnboundedSender<Message>) -> u64 {
        let mut room = self.room();
        room.next += 1;
        let id = room.next;
        room.conns.insert(
            id,
            Conn {
                to,
                clients: Vec::new(),
            },
        );
        if !room.behaviour.asks_late {
            let question = encode_sync_step1(&room.doc.transact().state_vector().encode_v1());
            room.tell(|conn| conn == id, &question);
        }
        let states = encode_awareness(room.states.values().collect::<Vec<_>>().into_iter());
        room.tell(|conn| conn == id, &states);
        self.news.send_modify(|news| *news += 1);
        id
    }

    fn leave(&self, id: u64) {
        let mut room = self.room();
        let clients = room
            .conns
            .remove(&id)
            .map(|conn| conn.clients)
            .unwrap_or_default();
        for client in clients {
            if let Some(mut entry) = room.states.remove(&client) {
                entry.state = None;
                room.tell(|_| true, &encode_awareness(std::iter::once(&entry)));
            }
        }
        self.news.send_modify(|news| *news += 1);
    }

    fn frame(&self, from: u64, bytes: &Bytes) {
        let frame = Frame::decode(bytes).expect("the client sends frames");
        let mut room = self.room();
        room.log.push(kind(&frame).to_owned());
        room.take(from, frame, bytes);
        drop(room);
        self.news.send_modify(|news| *news += 1);
    }
}

fn kind(frame: &Frame) -> &'static str {
    match frame {
        Frame::SyncStep1(_) => "question",
        Frame::SyncStep2(_) => "answer",
        Frame::Update(_) => "update",
        Frame::Awareness(_) => "presence",
        Frame::Barrier(_) => "barrier",
        Frame::Workshop(_) => "workshop",
        Frame::AuthDenied(_) | Frame::QueryAwareness => "other",
    }
}

fn workshop(message: &ServerMessage) -> Bytes {
    encode_workshop(&serde_json::to_string(message).unwrap())
}

impl Room {
    fn tell(&self, whom: impl Fn(u64) -> bool, message: &Bytes) {
        for (_, conn) in self.conns.iter().filter(|(id, _)| whom(**id)) {
            // A connection on its way out is told nothing.
            let _ = conn.to.send(Message::Binary(message.clone()));
        }
    }

    fn take(&mut self, from: u64, frame: Frame, bytes: &Bytes) {
        match frame {
            Frame::SyncStep1(known) => {
                let theirs = StateVector::decode_v1(known.bytes()).unwrap();
                let answer = encode_sync_step2(&map::encode_diff(&self.doc.transact(), &theirs));
                self.tell(|conn| conn == from, &answer);
                if self.behaviour.hangs_up {
                    self.conns.remove(&from);
                }
            }
            Frame::SyncStep2(_) | Frame::Update(_) if self.behaviour.deaf => {}
            Frame::SyncStep2(update) | Frame::Update(update) => {
                let decoded = Update::decode_v1(update.bytes()).unwrap();
                let mut txn = self.doc.transact_mut();
                txn.apply_update(decoded).unwrap();
                assert!(
                    !txn.has_missing_updates(),
                    "an edit came before what it rests on"
                );
                drop(txn);
                if !update.shape().is_empty() {
                    self.tell(|conn| conn != from, &encode_update(update.bytes()));
                }
            }
            Frame::Awareness(update) => {
                for entry in update.entries {
                    if let Some(conn) = self.conns.get_mut(&from) {
                        conn.clients.push(entry.client);
                    }
                    self.states.insert(entry.client, entry);
                }
                self.tell(|_| true, bytes);
            }
            Frame::Barrier(message) if self.behaviour.keeps_barriers => {
                self.barriers.push((from, message));
            }
            Frame::Barrier(message) => self.tell(|conn| conn == from, &message),
            Frame::Workshop(json) => self.message(from, &json),
            Frame::AuthDenied(_) | Frame::QueryAwareness => {}
        }
    }

    fn message(&mut self, from: u64, json: &str) {
        let participant = ParticipantId(u32::try_from(from).unwrap());
        let answer = match serde_json::from_str(json).expect("a message of the channel") {
            ClientMessage::Hello { .. } => {
                let person = Person {
                    id: participant,
                    name: "Ana".into(),
                    color: "#336699".into(),
                    role: Role::Participant,
                    online: true,
                };
                let shared = Shared {
                    seq: self.next,
                    people: vec![person],
                    ..Shared::default()
                };
                self.tell(|_| true, &workshop(&ServerMessage::Shared { shared }));
                let personal = Personal {
                    participant,
                    role: Role::Participant,
                    ballot: None,
                    progress: None,
                    feelings: None,
                    drafts: Vec::new(),
                    writing: None,
                };
                ServerMessage::Personal { personal }
            }
            ClientMessage::Command { command, request } => {
                self.commands.push((request.clone(), command.clone()));
                if self.behaviour.ignores_commands {
                    return;
                }
                match command {
                    ClientCommand::Fold(Command::Rename { .. }) => ServerMessage::Done {
                        done: request,
                        invite: None,
                    },
                    ClientCommand::RotateInvite { .. } => ServerMessage::Done {
                        done: request,
                        invite: Some("fresh".into()),
                    },
                    ClientCommand::OpenRound { .. }
                    | ClientCommand::RunOff { .. }
                    | ClientCommand::ReopenRound { .. }
                    | ClientCommand::OpenEmotionRound { .. }
                    | ClientCommand::Reveal {}
                    | ClientCommand::Restore { .. }
                    | ClientCommand::Fold(_) => ServerMessage::Refused {
                        refused: request,
                        why: "only a facilitator may".into(),
                        rule: "ROLE-3".into(),
                    },
                }
            }
        };
        self.tell(|conn| conn == from, &workshop(&answer));
    }
}

impl Dial for FakeServer {
    fn dial<'a>(&'a self, _: &'a Url) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(async move {
            if self.room().behaviour.unreachable {
                return Err(io::ErrorKind::ConnectionRefused.into());
            }
            // Small, so that a side that does not read is soon felt.
            let (here, there) = tokio::io::duplex(16 * 1024);
            tokio::spawn(self.clone().serve(there));
            Ok(Box::new(here) as Box<dyn ByteStream>)
        })
    }
}
