//! Through a real listener: sockets before and after the upgrade, slow clients, a stop that loses nothing (HTTP-9).

use std::net::SocketAddr;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{KEY, Server, TestMap, server};
use crate::auth::Secret;
use crate::http::serve::{Stopped, serve};

pub(super) struct Listening {
    pub(super) server: Server,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    stopped: JoinHandle<Stopped>,
}

impl Listening {
    pub(super) async fn start(server: Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        server.app.listens_at(address);
        let (stop, wait) = oneshot::channel();
        let (app, router) = (server.app.clone(), server.router.clone());
        let stopped =
            tokio::spawn(
                async move { serve(listener, app, router, async { drop(wait.await) }).await },
            );
        Self {
            server,
            address,
            stop,
            stopped,
        }
    }

    /// Asks for an upgrade; the answer's status line and headers, and the stream behind them.
    pub(super) async fn upgrade(
        &self,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (String, TcpStream) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let mut request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            self.address
        );
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        stream
            .write_all((request + "\r\n").as_bytes())
            .await
            .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            assert_eq!(
                stream.read(&mut byte).await.unwrap(),
                1,
                "{}",
                String::from_utf8_lossy(&head)
            );
            head.extend(byte);
        }
        (String::from_utf8(head).unwrap(), stream)
    }

    #[track_caller]
    fn refused(head: &str, status: u16) {
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status} ")),
            "not {status}: {head}"
        );
        assert!(
            head.contains("content-type: application/problem+json"),
            "{head}"
        );
    }

    pub(super) async fn end(self) -> Stopped {
        self.stop.send(()).unwrap();
        self.stopped.await.unwrap()
    }
}

fn path(map: &TestMap, role: &str) -> String {
    format!("/sync/{}?token={}", map.id, map.tokens[role])
}

#[tokio::test]
async fn role_4_who_may_not_enter_is_refused_before_the_upgrade() {
    let listening = Listening::start(server()).await;
    let (map, other) = (listening.server.map().await, listening.server.map().await);
    let bare = format!("/sync/{}", map.id);
    for (path, headers, status) in [
        (bare.clone(), vec![], 401),
        (format!("{bare}?token={}", "A".repeat(43)), vec![], 401),
        (
            format!("{bare}?token={}", other.tokens["facilitator"]),
            vec![],
            401,
        ),
        (
            format!("{bare}?token={}", map.invites["facilitator"]),
            vec![],
            401,
        ),
        // The host key has no place in an address.
        (
            format!("{bare}?token={}", KEY.replace(' ', "%20")),
            vec![],
            401,
        ),
        (
            format!("/sync/nosuchmap?token={}", map.tokens["participant"]),
            vec![],
            404,
        ),
        (
            path(&map, "participant"),
            vec![("Origin", "https://evil.example")],
            403,
        ),
        // Not an open server: the root is no socket.
        (
            format!("/{}?token={}", map.id, map.tokens["participant"]),
            vec![],
            404,
        ),
    ] {
        let (head, _) = listening.upgrade(&path, &headers).await;
        Listening::refused(&head, status);
    }
    for role in ["observer", "participant", "facilitator"] {
        let (head, _stream) = listening.upgrade(&path(&map, role), &[]).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{role}: {head}");
    }
    let own = format!("http://{}", listening.address);
    let (head, _stream) = listening
        .upgrade(&path(&map, "observer"), &[("Origin", &own)])
        .await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    let bearer = format!("Bearer {KEY}");
    let (head, _stream) = listening
        .upgrade(&bare, &[("Authorization", &bearer)])
        .await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert_eq!(listening.end().await, Stopped::Clean);
}

#[tokio::test]
async fn the_first_offered_subprotocol_is_taken() {
    let listening = Listening::start(server()).await;
    let map = listening.server.map().await;
    let offered = [("Sec-WebSocket-Protocol", "cairn, other")];
    let (head, _stream) = listening.upgrade(&path(&map, "observer"), &offered).await;
    assert!(head.contains("sec-websocket-protocol: cairn\r\n"), "{head}");
    assert_eq!(listening.end().await, Stopped::Clean);
}

#[tokio::test]
async fn role_9_an_open_server_takes_any_room_and_keeps_locked_maps_locked() {
    let listening = Listening::start(Server::with(|asked| {
        asked.open = true;
        asked.host_key = Some(Secret::new(KEY));
    }))
    .await;
    let map = listening.server.map().await;
    for path in [
        "/sync/room",
        "/sync/team/retro",
        "/room",
        "/team/retro",
        "/%C3%BCbung",
        "/map/room",
    ] {
        let (head, _stream) = listening
            .upgrade(path, &[("Origin", "http://localhost:3000")])
            .await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{path}: {head}");
    }
    // The same room by both ways, and nothing more.
    let rooms = listening
        .server
        .get_as(KEY, "/api/maps")
        .await
        .is(200)
        .json();
    let names: Vec<_> = rooms["maps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|map| super::text(&map["id"]))
        .collect();
    let mut expected = vec![
        map.id.clone(),
        "map/room".into(),
        "room".into(),
        "team/retro".into(),
        "übung".into(),
    ];
    expected.sort();
    assert_eq!(names, expected);
    let (head, _) = listening.upgrade(&format!("/sync/{}", map.id), &[]).await;
    Listening::refused(&head, 401);
    let (head, _stream) = listening.upgrade(&path(&map, "participant"), &[]).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    // The browser's cookie counts for pages of the server only, not for others that may open sockets.
    let join = json!({"invite": map.invites["participant"], "name": "Ana"});
    let joined = listening
        .server
        .post(None, "/api/join", &join)
        .await
        .is(200);
    let (cookie, locked) = (joined.cookie(), format!("/sync/{}", map.id));
    let own = format!("http://{}", listening.address);
    for (origin, status) in [(own.as_str(), "101"), ("http://localhost:3000", "401")] {
        let headers = [("Origin", origin), ("Cookie", &cookie)];
        let (head, _stream) = listening.upgrade(&locked, &headers).await;
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status} ")),
            "{origin}: {head}"
        );
    }
    let (head, _) = listening
        .upgrade("/room", &[("Origin", "https://evil.example")])
        .await;
    Listening::refused(&head, 403);
    assert_eq!(listening.end().await, Stopped::Clean);
}

#[tokio::test(start_paused = true)]
async fn http_5_headers_that_never_end_are_given_up() {
    let listening = Listening::start(server()).await;
    let mut stream = TcpStream::connect(listening.address).await.unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        .await
        .unwrap();
    let mut answer = Vec::new();
    // Ends without an answer, when the test's clock has run far enough.
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&answer), "");
    assert_eq!(listening.end().await, Stopped::Clean);
}

#[tokio::test]
async fn http_9_a_stop_tells_sockets_to_come_again_and_closes_the_journal() {
    let listening = Listening::start(server()).await;
    let map = listening.server.map().await;
    let (_, mut socket) = listening.upgrade(&path(&map, "participant"), &[]).await;
    // An idle connection must not hold it up.
    let idle = TcpStream::connect(listening.address).await.unwrap();
    let journal = listening.server.app.rooms().journal().clone();
    assert_eq!(listening.end().await, Stopped::Clean);
    let mut received = Vec::new();
    socket.read_to_end(&mut received).await.unwrap();
    // A close frame: opcode 8, then a length of at least the code's two bytes, then 1012.
    let close = received.windows(4).any(
        |four| matches!(four, [0x88, _, high, low] if u16::from_be_bytes([*high, *low]) == 1012),
    );
    assert!(close, "{received:x?}");
    assert!(
        matches!(journal.list(), Ok(maps) if maps.len() == 1),
        "what was durable stays readable"
    );
    drop(idle);
}

#[tokio::test]
async fn http_9_a_request_under_way_is_answered_before_the_stop() {
    let listening = Listening::start(server()).await;
    let map = listening.server.map().await;
    let body = json!({"invite": map.invites["observer"], "name": "Last"}).to_string();
    let mut stream = TcpStream::connect(listening.address).await.unwrap();
    let head = format!(
        "POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut continued = [0; 25];
    stream.read_exact(&mut continued).await.unwrap();
    assert!(
        continued.starts_with(b"HTTP/1.1 100 "),
        "the request is under way"
    );
    let Listening { stop, stopped, .. } = listening;
    stop.send(()).unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    // Answered, by success or by the news that the server stops; never cut off.
    assert!(
        answer.starts_with("HTTP/1.1 200 ") || answer.starts_with("HTTP/1.1 503 "),
        "{answer}"
    );
    assert_eq!(stopped.await.unwrap(), Stopped::Clean);
}
