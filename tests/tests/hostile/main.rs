//! Hostile tests: whatever one socket does, the server and all other participants go on working.
//!
//! Each test starts the real binary, lets two honest participants in, attacks over real sockets, says what the attacker
//! must see, and then lets the honest two exchange edits and barriers through the same room. Names carry the rule that
//! the attack breaks: WIRE (frames), ROLE (who may do what), PRES (presence), EDIT (updates that cannot be applied),
//! FAN (slow readers), HTTP (doors).

mod doors;
mod flood;
mod frames;
mod handmade;
mod mutations;
mod nesting;
mod roles;
mod silence;
mod sums;

use cairn_protocol::id::Role;
use cairn_tests::api::{self, Guest, Made};
use cairn_tests::honest::Pair;
use cairn_tests::process::resident_bytes;
use cairn_tests::server::{Folder, Server};
use cairn_tests::wire::Wire;

/// Memory a server may take more after an attack than before: buffers of sockets and allocator slack, far below what
/// each attack here could make a careless server keep.
const SLACK_BYTES: u64 = 64 << 20;

/// A server with one map and two honest participants in it.
pub(crate) struct Scene {
    pub(crate) server: Server,
    pub(crate) made: Made,
    pub(crate) pair: Pair,
    folder: Folder,
}

impl Scene {
    pub(crate) async fn open() -> Self {
        let folder = Folder::new().expect("a temporary folder");
        let server = Server::start(&folder, &[]).await.expect("a server");
        let made = api::make_map(&server, "attacked")
            .await
            .expect("a map is made");
        let mut pair = Pair::join(&server, &made)
            .await
            .expect("the honest are let in");
        pair.exchange("nothing").await;
        Self {
            server,
            made,
            pair,
            folder,
        }
    }

    /// The server stops and starts again on the same data; the same honest participants are let in anew.
    pub(crate) async fn restarted(self) -> Self {
        let Self {
            server,
            made,
            pair,
            folder,
        } = self;
        server.terminate().expect("a signal is sent");
        let (status, _) = server.ended().await.expect("the server ends");
        assert!(status.success(), "the server ended with {status}");
        drop(pair);
        let server = Server::start(&folder, &[])
            .await
            .expect("the server starts again");
        let pair = Pair::join(&server, &made)
            .await
            .expect("the honest are let in again");
        Self {
            server,
            made,
            pair,
            folder,
        }
    }

    /// Another guest of the same map.
    pub(crate) async fn guest(&self, role: Role) -> Guest {
        api::join(&self.server, &self.made, role, "Mallory")
            .await
            .expect("an invite lets in")
    }

    /// A raw socket of another guest, live: the document was asked for and has come.
    pub(crate) async fn socket(&self, role: Role) -> Wire {
        let guest = self.guest(role).await;
        self.socket_of(&guest).await
    }

    /// A raw socket of this guest, live.
    pub(crate) async fn socket_of(&self, guest: &Guest) -> Wire {
        let mut wire = Wire::open(&self.server, guest).await.expect("a socket");
        wire.document().await.expect("the document");
        wire
    }

    /// The honest go on, and the server is the process it was.
    pub(crate) async fn goes_on(&mut self, after: &str) {
        assert!(
            self.server.is_running().expect("a child"),
            "after {after} the server had ended"
        );
        self.pair.exchange(after).await;
    }

    pub(crate) fn memory(&self) -> u64 {
        resident_bytes(self.server.pid()).expect("the server runs")
    }

    /// The server took at most [`SLACK_BYTES`] more since it had `before`.
    pub(crate) fn stayed_small(&self, before: u64, what: &str) {
        let now = self.memory();
        let grown = now.saturating_sub(before);
        assert!(
            grown < SLACK_BYTES,
            "{what}: the server's memory grew from {before} by {grown} bytes"
        );
    }
}
