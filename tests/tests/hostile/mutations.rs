//! WIRE: frames of a real session with a few bytes changed at random. Whatever comes of it, the honest go on.
//!
//! Failing cases are kept in `mutations.proptest-regressions` beside this file and played first.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use cairn_client::{Cursor, Presence, User};
use cairn_protocol::command::Command;
use cairn_protocol::frame::encode_sync_step2;
use cairn_protocol::id::Role;
use cairn_protocol::map::{self, Card, Collection, Place};
use cairn_tests::api::Guest;
use cairn_tests::gate::Gate;
use cairn_tests::server::Server;
use cairn_tests::wire::{Dialing, Wire};
use futures_util::{SinkExt, StreamExt};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;

use crate::Scene;

/// Sessions of changed frames, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 150;
const KEPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/hostile/mutations.proptest-regressions"
);

/// One change of a frame; places are fractions of its length.
#[derive(Clone, Debug)]
enum Change {
    Set(prop::sample::Index, u8),
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize, usize),
    Cut(prop::sample::Index),
    /// The rest of another frame goes on from here.
    Splice(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    // Bytes at the edges of varints, lengths and kinds are worth more than others.
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(vec![0, 1, 0x7f, 0x80, 0xff, 117, 118, 119, 126])
    ];
    prop_oneof![
        4 => (at(), byte).prop_map(|(at, byte)| Change::Set(at, byte)),
        4 => (at(), 0..8u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..12)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (at(), 1..6usize).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (at(), 1..20usize, 1..200usize).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        1 => at().prop_map(Change::Cut),
        1 => (at(), at()).prop_map(|(at, from)| Change::Splice(at, from)),
    ]
}

fn changed(frames: &[Bytes], pick: prop::sample::Index, changes: &[Change]) -> Bytes {
    let mut bytes = pick.get(frames).to_vec();
    for change in changes {
        let place = |at: &prop::sample::Index| at.index(bytes.len() + 1).min(bytes.len());
        match change {
            Change::Set(at, byte) => {
                let at = place(at);
                if let Some(old) = bytes.get_mut(at) {
                    *old = *byte;
                }
            }
            Change::Flip(at, bit) => {
                let at = place(at);
                if let Some(old) = bytes.get_mut(at) {
                    *old ^= 1 << bit;
                }
            }
            Change::Insert(at, more) => {
                let at = place(at);
                bytes.splice(at..at, more.iter().copied());
            }
            Change::Remove(at, count) => {
                let at = place(at);
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Change::Repeat(at, length, times) => {
                let at = place(at);
                let part = bytes[at..(at + length).min(bytes.len())].repeat(*times);
                bytes.splice(at..at, part);
            }
            Change::Cut(at) => bytes.truncate(place(at)),
            Change::Splice(at, from) => {
                let at = place(at);
                let other = from.get(frames);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[at.min(other.len())..]);
            }
        }
    }
    bytes.into()
}

/// What a client of this kind sends in a session with some of everything, recorded on the way to the server.
async fn recorded(server: &Server, guest: &Guest) -> Vec<Bytes> {
    let recorder = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let gate = Gate::default();
    gate.open(recorder.local_addr().expect("a bound address"));
    let options = gate.options(guest).expect("a guest has an address");
    let frames: Arc<Mutex<Vec<Bytes>>> = Arc::default();
    let to_server = Wire::dial(server, &guest.map, Some(&guest.token), &Dialing::default())
        .await
        .expect("a socket");
    let recording = tokio::spawn(pass_on(recorder, to_server, frames.clone()));
    let client = cairn_client::connect(options).await.expect("a connection");
    session(&client).await;
    client.close().await;
    recording.await.expect("the recorder ends with the session");
    let frames = frames
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    assert!(
        frames.len() > 10,
        "only {} frames were recorded",
        frames.len()
    );
    frames
}

async fn pass_on(recorder: TcpListener, to_server: Wire, frames: Arc<Mutex<Vec<Bytes>>>) {
    let (stream, _) = recorder.accept().await.expect("a connection");
    let client = tokio_tungstenite::accept_async(stream)
        .await
        .expect("an upgrade");
    let ((mut to_client, mut from_client), (mut to_server, mut from_server)) =
        (client.split(), to_server.stream.split());
    let up = async {
        while let Some(Ok(message)) = from_client.next().await {
            if let Message::Binary(bytes) = &message {
                frames
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(bytes.clone());
            }
            if to_server.send(message).await.is_err() {
                return;
            }
        }
    };
    let down = async {
        while let Some(Ok(message)) = from_server.next().await {
            if to_client.send(message).await.is_err() {
                return;
            }
        }
    };
    tokio::select! { () = up => {}, () = down => {} }
}

/// Some of everything a client does.
async fn session(client: &cairn_client::Connection) {
    let user = User {
        id: "p3".into(),
        name: "Mallory".into(),
        color: "#336699".into(),
    };
    let presence = Presence {
        user,
        cursor: Some(Cursor { x: 0.25, y: 0.75 }),
        ..Presence::default()
    };
    client
        .set_presence(Some(&presence))
        .await
        .expect("a connection");
    for number in 0..3 {
        let edit = client.edit(move |txn| {
            let map = map::read(txn);
            let id = format!("captured-{number}");
            let card = Card {
                id: id.clone(),
                lane: map.lanes[0].id.clone(),
                stage: map.stages[0].id.clone(),
                text: "captured 🙂".to_owned(),
                ..Card::default()
            };
            map::add_card(txn, &card, Place::Last)?;
            map::set_text(
                txn,
                Collection::Cards,
                &id,
                "text",
                "captured, then changed",
            )?;
            map::set_field(
                txn,
                Collection::Cards,
                &id,
                "x-any",
                Some(&serde_json::json!({"a":[1,2.5,null,{"b":"c"}]})),
            )
        });
        edit.await
            .expect("a connection")
            .expect("an edit within the rules");
    }
    let removed = client
        .edit(|txn| map::remove(txn, Collection::Cards, "captured-1"))
        .await;
    removed.expect("a connection").expect("the card is there");
    let rename = Command::Rename {
        name: "Mal".to_owned(),
        color: "#000000".to_owned(),
    };
    client
        .command(rename)
        .await
        .expect("everybody may rename themselves");
    client.barrier().await.expect("an answer");
}

#[test]
fn wire_3_changed_frames_of_a_real_session_stop_nobody() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("threads");
    let (mut scene, guest, frames) = runtime.block_on(async {
        let scene = Scene::open().await;
        let guest = scene.guest(Role::Participant).await;
        let frames = recorded(&scene.server, &guest).await;
        (scene, guest, frames)
    });
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(CASES);
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(KEPT))),
        // A case that ends the server cannot be made smaller on the same server.
        max_shrink_iters: 0,
        ..Config::default()
    });
    let message = (
        any::<prop::sample::Index>(),
        prop::collection::vec(change(), 0..4),
    );
    let session = prop::collection::vec(message, 1..12);
    let scene = Mutex::new(&mut scene);
    let outcome = runner.run(&session, |session| {
        let messages: Vec<Bytes> = session
            .iter()
            .map(|(pick, changes)| changed(&frames, *pick, changes))
            .collect();
        let mut scene = scene.lock().unwrap_or_else(PoisonError::into_inner);
        runtime.block_on(async {
            for message in &messages {
                // Each on a socket of its own, after the honest part: the first refused one would hide the rest.
                let mut wire = Wire::open(&scene.server, &guest).await.expect("a socket");
                for whole in &frames {
                    if wire.feed(whole.clone()).await.is_err() {
                        break;
                    }
                }
                drop(wire.send(message.clone()).await);
                // Whatever the server asks because of it is answered, with nothing: barriers wait for that.
                drop(wire.send(encode_sync_step2(&[0, 0])).await);
                drop(wire.barrier(u64::MAX).await);
            }
            scene.goes_on("changed frames").await;
        });
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
