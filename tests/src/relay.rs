//! The bare relay that the bench compares with: what one socket of a room says, every other socket of the room hears.
//! No document, no journal, no bounds, no roles; served by the same WebSocket stack as the product.
//!
//! Run by the bench in a process of its own. Writes what has gathered for a socket with one flush, as any careful relay
//! would; never waits for more to gather.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use cairn_protocol::frame::KEEP_ALIVE;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// As the product has it, so that the memory of sockets compares.
const READ_BUFFER: usize = 16 * 1024;
/// Messages written with one flush.
const AT_ONCE: usize = 1024;

type Room = HashMap<u64, mpsc::UnboundedSender<Bytes>>;

#[derive(Clone, Default)]
struct Relay {
    rooms: Arc<Mutex<HashMap<String, Room>>>,
    sockets: Arc<AtomicU64>,
}

impl Relay {
    fn rooms(&self) -> MutexGuard<'_, HashMap<String, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Relays until the process ends.
pub async fn serve(listener: TcpListener) -> std::io::Result<()> {
    let router = Router::new()
        .route("/sync/{room}", get(upgrade))
        .with_state(Relay::default());
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, router).await
}

async fn upgrade(
    State(relay): State<Relay>,
    Path(room): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .on_upgrade(move |socket| carry(relay, room, socket))
}

async fn carry(relay: Relay, room: String, socket: WebSocket) {
    let id = relay.sockets.fetch_add(1, Ordering::Relaxed);
    let (sender, mut waiting) = mpsc::unbounded_channel();
    // A first message says that the socket is in its room; the product greets, too.
    drop(sender.send(Bytes::from_static(&KEEP_ALIVE)));
    relay
        .rooms()
        .entry(room.clone())
        .or_default()
        .insert(id, sender);
    let (mut sink, mut stream) = socket.split();
    let write = async {
        let mut messages = Vec::new();
        while waiting.recv_many(&mut messages, AT_ONCE).await > 0 {
            for message in messages.drain(..) {
                sink.feed(Message::Binary(message)).await?;
            }
            sink.flush().await?;
        }
        Ok::<(), axum::Error>(())
    };
    let read = async {
        while let Some(Ok(message)) = stream.next().await {
            let Message::Binary(bytes) = message else {
                continue;
            };
            if let Some(others) = relay.rooms().get(&room) {
                for (_, other) in others.iter().filter(|(other, _)| **other != id) {
                    // One that is going needs no more.
                    drop(other.send(bytes.clone()));
                }
            }
        }
    };
    tokio::select! {
        ended = write => drop(ended),
        () = read => {}
    }
    let mut rooms = relay.rooms();
    if let Some(others) = rooms.get_mut(&room) {
        others.remove(&id);
        if others.is_empty() {
            rooms.remove(&room);
        }
    }
}
