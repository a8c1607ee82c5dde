//! Tests of the HTTP side: requests through the whole router, guards included; sockets through a real listener.

mod archive_lists;
mod archives;
mod bodies;
mod brainstorms;
mod calendar;
mod channel;
mod commands;
mod compare;
mod demos;
mod exports;
mod forgetting;
mod health;
mod history;
mod joining;
mod listener;
mod origins;
mod roles;
mod rounds;
mod versions;
mod web;
mod workshop;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use cairn_protocol::frame::{CheckedUpdate, Frame};
use cairn_protocol::id::MapId;
use cairn_protocol::map::new_doc;
use cairn_protocol::record::Actor;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower::ServiceExt as _;
use yrs::updates::decoder::Decode as _;
use yrs::{ReadTxn as _, Transact as _, TransactionMut, Update};

use super::assets::{Asset, WebClient};
use super::limits::Budgets;
use super::{App, router};
use crate::auth::Secret;
use crate::clock::Clock;
use crate::config::{Asked, Settings};
use crate::fanout::{Next, Outbox};
use crate::journal::embedded::EmbeddedJournal;
use crate::room::Event;
use crate::rooms::{RoomSettings, Rooms};

const KEY: &str = "the host key of the tests";

/// A server without a socket.
struct Server {
    app: App,
    router: Router,
}

/// An answer, read whole.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A map with somebody of each role.
struct TestMap {
    id: String,
    invites: HashMap<&'static str, String>,
    tokens: HashMap<&'static str, String>,
}

/// With a host key.
fn server() -> Server {
    Server::with(|asked| asked.host_key = Some(Secret::new(KEY)))
}

/// On a loopback address, without one.
fn keyless() -> Server {
    Server::with(|_| {})
}

impl Server {
    fn with(change: impl FnOnce(&mut Asked)) -> Self {
        Self::built(
            change,
            WebClient::from_files(built_client),
            Budgets::default(),
        )
    }

    fn built(change: impl FnOnce(&mut Asked), web: WebClient, budgets: Budgets) -> Self {
        Self::at(Clock::system(), change, web, budgets)
    }

    fn at(clock: Clock, change: impl FnOnce(&mut Asked), web: WebClient, budgets: Budgets) -> Self {
        let mut asked = Asked::default();
        change(&mut asked);
        let settings = Settings::check(asked).unwrap();
        let journal = Arc::new(EmbeddedJournal::in_memory(clock.clone()).unwrap());
        let rooms = Rooms::new(journal, clock, RoomSettings::default()).unwrap();
        let app = App::new(rooms, settings, web, budgets);
        Self {
            router: router(app.clone()),
            app,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(ask(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    async fn get_as(&self, token: &str, path: &str) -> Answer {
        let request = ask(Method::GET, path).header("authorization", format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Imports a map and lets people in (name, role, colour): its id, and their tokens in the same order.
    async fn peopled(&self, map: &Value, people: &[(&str, &str, &str)]) -> (String, Vec<String>) {
        let made = self.post(Some(KEY), "/api/maps/import", map).await;
        let made = made.is(201).json();
        let mut tokens = Vec::new();
        for (name, role, color) in people {
            let join = json!({"invite": made["invites"][role], "name": name, "color": color});
            let joined = self.post(None, "/api/join", &join).await.is(200).json();
            tokens.push(text(&joined["token"]));
        }
        (text(&made["id"]), tokens)
    }

    /// A command that is taken.
    async fn does(&self, map: &str, token: &str, command: Value) {
        let path = format!("/api/maps/{map}/commands");
        let command = json!({ "command": command });
        self.post(Some(token), &path, &command).await.is(200);
    }

    async fn post(&self, token: Option<&str>, path: &str, body: &Value) -> Answer {
        let mut request = ask(Method::POST, path).header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    /// Somebody edits a map through a socket, as this Yjs client; returns when that is on disk.
    async fn edited(
        &self,
        map: &MapId,
        (actor, client): (Actor, u64),
        edit: impl FnOnce(&mut TransactionMut<'_>),
    ) {
        let room = self.app.rooms().room(map).await.unwrap();
        let state = room.state().await.unwrap();
        let update = {
            let doc = new_doc(client);
            let mut txn = doc.transact_mut();
            txn.apply_update(Update::decode_v1(&state.update).unwrap())
                .unwrap();
            let before = txn.state_vector();
            edit(&mut txn);
            CheckedUpdate::check(txn.encode_diff_v1(&before).into()).unwrap()
        };
        let outbox = Outbox::default();
        let (reply, answer) = oneshot::channel();
        let connect = Event::Connect {
            actor,
            outbox: outbox.clone(),
            reply,
        };
        let conn = room.ask(connect, answer).await.unwrap();
        let barrier = bytes::Bytes::from_static(&[102, 1, 9]);
        for frame in [Frame::Update(update), Frame::Barrier(barrier.clone())] {
            let share = room.share(1).await.unwrap();
            assert!(room.tell(Event::Frame { conn, frame, share }).await);
        }
        loop {
            match outbox.next().await {
                Next::Frames(frames) if frames.contains(&barrier) => break,
                Next::Frames(_) | Next::CaughtUp { .. } => {}
                Next::Close(why) => panic!("{why:?}"),
            }
        }
    }

    async fn map(&self) -> TestMap {
        let made = self
            .post(Some(KEY), "/api/maps", &json!({"title": "T"}))
            .await
            .is(201)
            .json();
        let mut map = TestMap {
            id: text(&made["id"]),
            invites: HashMap::new(),
            tokens: HashMap::new(),
        };
        for role in ["facilitator", "participant", "observer"] {
            let invite = text(&made["invites"][role]);
            let join = json!({"invite": invite, "name": role});
            let joined = self.post(None, "/api/join", &join).await.is(200).json();
            assert_eq!(joined["role"], role);
            map.invites.insert(role, invite);
            map.tokens.insert(role, text(&joined["token"]));
        }
        map
    }
}

fn ask(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost:8080")
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

impl Answer {
    #[track_caller]
    fn is(self, status: u16) -> Self {
        let body = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{body}");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    #[track_caller]
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name}"))
            .to_str()
            .unwrap()
    }

    /// The document of a problem of this kind.
    #[track_caller]
    fn problem(self, status: u16, slug: &str) -> Value {
        let answer = self.is(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let document = answer.json();
        assert_eq!(document["type"], format!("/problems/{slug}"), "{document}");
        assert_eq!(document["status"], status);
        for field in ["title", "detail"] {
            assert!(!text(&document[field]).is_empty(), "{field} in {document}");
        }
        document
    }

    /// The browser's cookie, as it would be sent back.
    #[track_caller]
    fn cookie(&self) -> String {
        self.header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }
}

/// A client as Vite builds it.
fn built_client(path: &str) -> Option<Asset> {
    let (media_type, bytes) = match path {
        "index.html" => (
            "text/html",
            "<!doctype html><title>Cairn</title>".to_owned(),
        ),
        "assets/app-1a2b3c.js" => ("text/javascript", "const cairn = 1;\n".repeat(200)),
        "favicon.svg" => ("image/svg+xml", "<svg/>".to_owned()),
        _ => return None,
    };
    let version = *blake3::hash(bytes.as_bytes()).as_bytes();
    Some(Asset {
        bytes: bytes.into_bytes().into(),
        media_type: media_type.to_owned(),
        version,
    })
}
