//! The two that are measured: the product and the bare relay, each in a process of its own, and sockets to either.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use cairn_tests::PATIENCE;
use cairn_tests::process::{cpu_time, resident_bytes};
use cairn_tests::server::{Folder, Server};
use cairn_tests::wire::{Dialing, Wire};
use futures_util::stream::{SplitSink, SplitStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// The writing half of a socket.
pub(crate) type Sink = SplitSink<WebSocketStream<tokio::net::TcpStream>, Message>;
/// Its reading half.
pub(crate) type Stream = SplitStream<WebSocketStream<tokio::net::TcpStream>>;

/// The argument that makes this program the relay.
pub(crate) const AS_RELAY: &str = "relay";

/// One of the two, running.
pub(crate) enum Rival {
    Cairn {
        server: Server,
        /// Its data, removed when it ends.
        _folder: Folder,
    },
    Relay(RelayProcess),
}

/// The relay's process. Killed when dropped.
pub(crate) struct RelayProcess {
    child: Child,
    address: SocketAddr,
}

impl Drop for RelayProcess {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Rival {
    /// Starts the product as an open server: any room may be joined, so that both are asked the same.
    pub(crate) async fn cairn() -> anyhow::Result<Self> {
        let folder = Folder::new()?;
        let server = Server::start(&folder, &["--open"]).await?;
        Ok(Self::Cairn {
            server,
            _folder: folder,
        })
    }

    /// Starts the relay.
    pub(crate) fn relay() -> anyhow::Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let child = Command::new(std::env::current_exe()?)
            .args([AS_RELAY, &address.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .context("the relay could not be started")?;
        let relay = RelayProcess { child, address };
        let begin = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(begin.elapsed() < PATIENCE, "the relay does not listen");
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(Self::Relay(relay))
    }

    pub(crate) fn address(&self) -> SocketAddr {
        match self {
            Rival::Cairn { server, .. } => server.address(),
            Rival::Relay(relay) => relay.address,
        }
    }

    fn pid(&self) -> u32 {
        match self {
            Rival::Cairn { server, .. } => server.pid(),
            Rival::Relay(relay) => relay.child.id(),
        }
    }

    /// Processor time of its process so far, in seconds.
    pub(crate) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        Ok(cpu_time(self.pid())?.as_secs_f64())
    }

    /// Memory of its process, in bytes.
    pub(crate) fn memory(&self) -> anyhow::Result<f64> {
        Ok(resident_bytes(self.pid())? as f64)
    }

    /// A socket in a room that hears everything from now on.
    pub(crate) async fn join(&self, room: &str) -> anyhow::Result<Wire> {
        let url = format!("ws://{}/sync/{room}", self.address());
        let mut wire = Wire::dial_url(self.address(), &url, &Dialing::default()).await?;
        let greeted = match self {
            Rival::Cairn { .. } => wire.document().await.map(drop),
            Rival::Relay(_) => wire.frame().await.map(drop),
        };
        greeted.map_err(|ending| anyhow::anyhow!("the socket ended: {ending:?}"))?;
        Ok(wire)
    }

    /// As many sockets in one room.
    pub(crate) async fn join_many(&self, room: &str, count: usize) -> anyhow::Result<Vec<Wire>> {
        let mut wires = Vec::with_capacity(count);
        while wires.len() < count {
            // Some at once, not all: a listener's backlog is short.
            let more = (count - wires.len()).min(50);
            let joined = (0..more).map(|_| self.join(room));
            wires.extend(futures_util::future::try_join_all(joined).await?);
        }
        Ok(wires)
    }
}

/// Both, started.
pub(crate) struct Rivals {
    pub(crate) cairn: Rival,
    pub(crate) relay: Rival,
}

impl Rivals {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        Ok(Self {
            cairn: Rival::cairn().await?,
            relay: Rival::relay()?,
        })
    }
}

/// A room's name that was not used before in this run.
pub(crate) fn new_room() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("room{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
