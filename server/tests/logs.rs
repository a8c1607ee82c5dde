//! Nothing secret reaches the log, whatever level is asked for (HTTP-7): one process, so that every line of every thread
//! is caught.

#![expect(clippy::unwrap_used, reason = "a test: whatever fails, fails it")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use cairn_server::auth::Secret;
use cairn_server::clock::Clock;
use cairn_server::config::{Asked, Settings};
use cairn_server::http::assets::WebClient;
use cairn_server::http::limits::Budgets;
use cairn_server::http::serve::{Stopped, serve};
use cairn_server::http::{App, router};
use cairn_server::journal::embedded::EmbeddedJournal;
use cairn_server::rooms::{RoomSettings, Rooms};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

const KEY: &str = "the-host-key-that-nobody-may-read";
const NAME: &str = "Ana-whose-name-is-hers";
const TEXT: &str = "what-a-card-says-stays-in-the-map";
const DRAFT: &str = "what-nobody-sees-before-the-reveal";

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One request on a connection of its own; the whole answer.
async fn send(address: std::net::SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let declared = if head.contains("Content-Type") {
        ""
    } else {
        "\r\nContent-Type: application/json"
    };
    let request = format!(
        "{head}\r\nHost: localhost\r\nConnection: close{declared}\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn json_of(answer: &str) -> Value {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 20"), "{answer}");
    serde_json::from_str(body).unwrap()
}

/// Drafts that are taken, refused and not understood, and their reveal.
async fn brainstorm(address: std::net::SocketAddr, map: &str, token: &str) {
    let asked = |by: &str, command: Value| {
        let head = format!("POST /api/maps/{map}/commands HTTP/1.1\r\nAuthorization: Bearer {by}");
        (head, json!({ "command": command }).to_string())
    };
    let read = format!("GET /api/maps/{map} HTTP/1.1\r\nAuthorization: Bearer {token}");
    let content = json_of(&send(address, &read, "").await);
    let (lane, stage) = (&content["lanes"][0]["id"], &content["stages"][0]["id"]);
    let draft = |lane: &Value| json!({"draft": "d", "lane": lane, "stage": stage, "text": DRAFT});
    let setup = json!({"prompt": TEXT});
    let (head, body) = asked(KEY, json!({"startBrainstorm": {"setup": setup}}));
    json_of(&send(address, &head, &body).await);
    for (command, taken) in [
        (json!({"writeDraft": draft(lane)}), true),
        (json!({"writeDraft": draft(&json!("gone"))}), false),
        (json!({"writeDraft": {"text": DRAFT}}), false),
        (json!({DRAFT: {}}), false),
    ] {
        let (head, body) = asked(token, command);
        let answer = send(address, &head, &body).await;
        assert_eq!(answer.starts_with("HTTP/1.1 200"), taken, "{answer}");
    }
    let (head, body) = asked(KEY, json!({"reveal": {}}));
    json_of(&send(address, &head, &body).await);
    let content = json_of(&send(address, &read, "").await);
    assert_eq!(content["cards"][0]["text"], DRAFT);
}

#[tokio::test(flavor = "multi_thread")]
async fn http_7_no_secret_and_nothing_people_wrote_reaches_the_log() {
    let lines = Lines::default();
    let writer = lines.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let asked = Asked {
        host_key: Some(Secret::new(KEY)),
        ..Asked::default()
    };
    let settings = Settings::check(asked).unwrap();
    let clock = Clock::system();
    let journal = Arc::new(EmbeddedJournal::in_memory(clock.clone()).unwrap());
    let rooms = Rooms::new(journal, clock, RoomSettings::default()).unwrap();
    let app = App::new(rooms, settings, WebClient::embedded(), Budgets::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, wait) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, app.clone(), router(app), async {
        drop(wait.await);
    }));

    // The key in a header; a wrong one, and one in a query, where it does not belong.
    let made = format!("POST /api/maps HTTP/1.1\r\nAuthorization: Bearer {KEY}");
    let made = json_of(&send(address, &made, &json!({"title": TEXT}).to_string()).await);
    let map = made["id"].as_str().unwrap().to_owned();
    let invite = made["invites"]["participant"].as_str().unwrap().to_owned();
    let guess = format!("GET /api/maps HTTP/1.1\r\nAuthorization: Bearer {KEY}x");
    send(address, &guess, "").await;
    send(
        address,
        &format!("GET /sync/{map}?token={KEY} HTTP/1.1"),
        "",
    )
    .await;
    // An invite and a name in a body, also broken off and where no rule lets them.
    let join = json!({"invite": invite, "name": NAME}).to_string();
    let answer = send(address, "POST /api/join HTTP/1.1", &join).await;
    let joined = json_of(&answer);
    send(address, "POST /api/join HTTP/1.1", &join[..join.len() - 1]).await;
    let unknown = json!({"invite": invite, "nom": NAME}).to_string();
    send(address, "POST /api/join HTTP/1.1", &unknown).await;
    let token = joined["token"].as_str().unwrap().to_owned();
    let cookie = answer
        .split("cairn=")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    // A join token in a header and in the query of a socket that opens, a cookie.
    let me = format!("GET /api/maps/{map}/me HTTP/1.1\r\nAuthorization: Bearer {token}");
    json_of(&send(address, &me, "").await);
    let me = format!("GET /api/maps/{map}/me HTTP/1.1\r\nCookie: cairn={cookie}");
    json_of(&send(address, &me, "").await);
    let bad = json!({"format": "cairn.map/1", "title": TEXT, "cards": [{"id": TEXT}]});
    let import = format!("POST /api/maps/import HTTP/1.1\r\nAuthorization: Bearer {KEY}");
    send(address, &import, &bad.to_string()).await;
    brainstorm(address, &map, &token).await;
    for format in ["json", "csv", "md", "svg", "png", "pdf", "xlsx"] {
        let file = format!(
            "GET /api/maps/{map}/export?format={format} HTTP/1.1\r\nAuthorization: Bearer {token}"
        );
        let answer = send(address, &file, "").await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{format}");
    }
    for (kind, file) in [
        ("text/csv", format!("Stage,Card\nOne,{TEXT}\n,\"{TEXT}")),
        ("text/markdown", format!("- {TEXT}")),
    ] {
        let import = format!(
            "POST /api/maps/import HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nContent-Type: {kind}"
        );
        send(address, &import, &file).await;
    }
    let mut socket = TcpStream::connect(address).await.unwrap();
    let upgrade = format!(
        "GET /sync/{map}?token={token} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    socket.write_all(upgrade.as_bytes()).await.unwrap();
    let mut opened = [0; 12];
    socket.read_exact(&mut opened).await.unwrap();
    assert_eq!(&opened, b"HTTP/1.1 101");

    stop.send(()).unwrap();
    assert_eq!(serving.await.unwrap(), Stopped::Clean);
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/api/join"), "requests are logged: {log}");
    for secret in [KEY, NAME, TEXT, DRAFT, &invite, &token, &cookie] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}
