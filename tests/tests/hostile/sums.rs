//! WIRE-9: updates that keep every bound one by one and break them together. A document that no frame and no snapshot can
//! carry shuts out everybody who comes later.

use cairn_protocol::frame::encode_update;
use cairn_protocol::id::Role;
use cairn_protocol::limits;
use cairn_tests::honest::Pair;

use crate::Scene;
use crate::handmade::{STRING, buffer, root, update, varint};

const MALLORY: u64 = 99_999;

impl Scene {
    /// The honest two go on, and two more come in and do the same.
    async fn lets_newcomers_in(&mut self, after: &str) {
        self.goes_on(after).await;
        let newcomers = Pair::join(&self.server, &self.made);
        let mut newcomers = newcomers
            .await
            .unwrap_or_else(|error| panic!("after {after}: {error:#}"));
        newcomers.exchange(after).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_9_more_bytes_than_a_frame_carries_come_by_many_updates() {
    const PART: usize = 1 << 20;
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Participant).await;
    let parts = limits::MAX_FRAME_BYTES / PART + 4;
    for number in 0..parts as u64 {
        let content = buffer(&vec![b'x'; PART]);
        let part = update(MALLORY + number, 0, &[root("heap", STRING, &content)], &[]);
        if wire.send(encode_update(&part)).await.is_err() {
            break;
        }
    }
    scene
        .lets_newcomers_in("a document longer than a frame")
        .await;
    let mut scene = scene.restarted().await;
    scene
        .lets_newcomers_in("a document longer than a frame and a restart")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_9_more_clients_than_an_update_carries_come_by_many_updates() {
    const PART: u64 = 1_000;
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Participant).await;
    let parts = limits::MAX_CLIENTS as u64 / PART + 2;
    for part in 0..parts {
        let mut bytes = varint(PART);
        for client in part * PART..(part + 1) * PART {
            bytes.push(1);
            bytes.extend(varint(MALLORY + client));
            bytes.push(0);
            bytes.extend(root("crowd", STRING, &buffer(b"x")));
        }
        bytes.push(0);
        if wire.send(encode_update(&bytes)).await.is_err() {
            break;
        }
    }
    scene
        .lets_newcomers_in("a document of more clients than an update")
        .await;
    let mut scene = scene.restarted().await;
    scene
        .lets_newcomers_in("a document of more clients than an update and a restart")
        .await;
}
