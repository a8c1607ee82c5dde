//! WIRE: every class of malformed message, each on a socket of its own.

use bytes::Bytes;
use cairn_protocol::frame::{
    AwarenessUpdate, Frame, PresenceEntry, encode_auth_denied, encode_barrier, encode_sync_step1,
    encode_sync_step2, encode_update, encode_workshop,
};
use cairn_protocol::id::Role;
use cairn_protocol::limits;
use cairn_tests::wire::{Dialing, Ending, Wire};
use futures_util::SinkExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message;
use yrs::{Doc, ReadTxn, StateVector, Text, Transact};

use crate::Scene;
use crate::handmade::{
    ANY, DOC, EMBED, FORMAT, JSON, MOVE, STRING, TYPE, XML_HOOK, Y_ARRAY, buffer, letter,
    nested_arrays, nested_objects, root, update, varint,
};

/// More of anything than any message holds.
const HUGE: u64 = 1 << 40;
/// Rounds of all malformed frames through one server, for its memory.
const ROUNDS: usize = 20;

fn presence(client: u64, clock: u64, state: &str) -> Bytes {
    let entry = PresenceEntry {
        client,
        clock,
        state: Some(state.into()),
    };
    Frame::Awareness(AwarenessUpdate {
        entries: vec![entry],
    })
    .encode()
}

fn in_update(kind: u8, content: &[u8]) -> Bytes {
    encode_update(&update(1, 0, &[root("t", kind, content)], &[]))
}

fn v2_update() -> Bytes {
    let doc = Doc::with_client_id(7);
    let text = doc.get_or_insert_text("t");
    text.insert(&mut doc.transact_mut(), 0, "second edition");
    doc.transact()
        .encode_state_as_update_v2(&StateVector::default())
        .into()
}

/// What a socket sends, by name. Each breaks a rule of the frame and costs its sender the socket.
fn malformed() -> Vec<(String, Bytes)> {
    let mut frames = Vec::new();
    let mut add = |name: &str, frame: Bytes| frames.push((name.to_owned(), frame));
    cut_and_trailing(&mut add);
    deep_and_countless(&mut add);
    wrong_content(&mut add);
    frames
}

fn cut_and_trailing(add: &mut impl FnMut(&str, Bytes)) {
    let good = encode_update(&letter(1));
    for cut in 1..good.len() {
        add(&format!("an update cut at {cut}"), good.slice(..cut));
    }
    let trailing = |frame: &Bytes| Bytes::from([frame.as_ref(), &[0]].concat());
    for (name, frame) in [
        ("an update", &good),
        ("a question", &encode_sync_step1(&[0])),
        ("an answer", &encode_sync_step2(&[0, 0])),
        ("presence", &presence(5, 1, "{}")),
        ("a barrier", &encode_barrier(&[1])),
        ("a hello", &encode_workshop(r#"{"hello":{}}"#)),
        ("a request for presence", &Frame::QueryAwareness.encode()),
    ] {
        add(&format!("{name} and a byte more"), trailing(frame));
        add(
            &format!("{name} twice in one message"),
            [frame.as_ref(), frame.as_ref()].concat().into(),
        );
    }
    add("an empty message", Bytes::new());
    add("an unknown kind of sync", Bytes::from_static(&[0, 3, 0]));
    add("an unknown kind of denial", Bytes::from_static(&[2, 1, 0]));
    add("a tag without end", Bytes::from(vec![0xff; 20]));
}

fn deep_and_countless(add: &mut impl FnMut(&str, Bytes)) {
    add(
        "20 kB of nested arrays",
        in_update(ANY, &nested_arrays(10_000)),
    );
    add("nested objects", in_update(ANY, &nested_objects(10_000)));
    for (name, clients) in [("a state vector", 0u8), ("an answer", 1), ("an update", 2)] {
        add(
            &format!("{name} of countless clients"),
            [vec![0, clients], buffer(&varint(HUGE))].concat().into(),
        );
        let many = [varint(limits::MAX_CLIENTS as u64), vec![1, 1]].concat();
        add(
            &format!("{name} that says many clients and holds few"),
            [vec![0, clients], buffer(&many)].concat().into(),
        );
    }
    add(
        "presence of countless clients",
        [vec![1], buffer(&varint(HUGE))].concat().into(),
    );
    add(
        "countless structs",
        encode_update(&[vec![1], varint(HUGE), vec![1, 0]].concat()),
    );
    add(
        "countless deleted ranges",
        encode_update(&[vec![0, 1, 1], varint(HUGE)].concat()),
    );
    add("countless values", in_update(ANY, &varint(HUGE)));
    add("an endless string", in_update(STRING, &varint(HUGE)));
    add(
        "an array of countless values",
        in_update(ANY, &[vec![1, 117], varint(HUGE)].concat()),
    );
    let brackets = buffer("[".repeat(100_000).as_bytes());
    add("an embed nested deep", in_update(EMBED, &brackets));
    add(
        "a clock past all clocks",
        encode_update(&update(1, HUGE, &[root("t", STRING, &buffer(b"x"))], &[])),
    );
    add(
        "a client id past all ids",
        encode_update(&update(
            1 << 60,
            0,
            &[root("t", STRING, &buffer(b"x"))],
            &[],
        )),
    );
    add(
        "a deleted range past all clocks",
        encode_update(&update(1, 0, &[], &[(1, 1, HUGE)])),
    );
    add(
        "an endless name",
        in_update_root(&"n".repeat(limits::MAX_KEY_BYTES + 1)),
    );
    add(
        "a length that overflows",
        [vec![0, 2], vec![0xff; 9], vec![1]].concat().into(),
    );
}

fn wrong_content(add: &mut impl FnMut(&str, Bytes)) {
    add(
        "text that is not UTF-8",
        in_update(STRING, &buffer(&[0xff, 0xfe])),
    );
    add(
        "a struct under itself",
        encode_update(&update(
            1,
            0,
            &[[vec![TYPE, 0, 1, 0], vec![Y_ARRAY]].concat()],
            &[],
        )),
    );
    add("a V2 update", encode_update(&v2_update()));
    add("a V2 answer", encode_sync_step2(&v2_update()));

    add("presence that is not JSON", presence(5, 1, "{user:"));
    add("presence that is no object", presence(5, 1, "[1]"));
    add(
        "presence nested deep",
        presence(
            5,
            1,
            &format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100)),
        ),
    );
    add(
        "presence too long",
        presence(
            5,
            1,
            &format!("\"{}\"", "x".repeat(limits::MAX_PRESENCE_STATE_BYTES)),
        ),
    );
    add(
        "presence with a clock past all clocks",
        presence(5, HUGE, "{}"),
    );
    add(
        "a long barrier",
        encode_barrier(&[0; limits::MAX_BARRIER_BYTES + 1]),
    );
    add(
        "a workshop message that is not JSON",
        encode_workshop("{hello"),
    );
    add(
        "a workshop message that is no object",
        encode_workshop("[]"),
    );
    add(
        "a workshop message nested deep",
        encode_workshop(&format!(
            "{{\"hello\":{}{}}}",
            "[".repeat(50_000),
            "]".repeat(50_000)
        )),
    );
    add(
        "a workshop message too long",
        encode_workshop(&format!(
            "{{\"hello\":\"{}\"}}",
            "x".repeat(limits::MAX_WORKSHOP_BYTES)
        )),
    );
}

/// Updates with content that is not taken, but that an honest client of another application may hold (WIRE-11).
fn not_taken() -> Vec<(&'static str, Bytes)> {
    let brackets = buffer("[".repeat(100_000).as_bytes());
    vec![
        ("a content kind nobody knows", in_update(15, &[0])),
        ("a move", in_update(MOVE, &[0, 1, 0])),
        ("a shared type nobody knows", in_update(TYPE, &[99])),
        ("an XML hook", in_update(TYPE, &[XML_HOOK, 1, b'h'])),
        ("a plain value of no kind", in_update(ANY, &[1, 7])),
        (
            "a subdocument",
            in_update(DOC, &[&buffer(b"guid")[..], &[118, 0]].concat()),
        ),
        (
            "old JSON content, nested",
            in_update(JSON, &[&[1], &brackets[..]].concat()),
        ),
        (
            "an embed that is not JSON",
            in_update(EMBED, &buffer(b"{a:")),
        ),
        (
            "a format that is not JSON",
            in_update(FORMAT, &[&buffer(b"bold")[..], &buffer(b"yes")].concat()),
        ),
    ]
}

fn in_update_root(name: &str) -> Bytes {
    encode_update(&update(1, 0, &[root(name, STRING, &buffer(b"x"))], &[]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_3_a_malformed_frame_ends_its_own_socket_with_4400_and_nothing_else() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    for (name, frame) in malformed() {
        let mut wire = Wire::open(&scene.server, &mallory).await.expect("a socket");
        wire.send(frame).await.expect("a socket takes a message");
        assert_eq!(wire.ending().await, Ending::Code(4400), "{name}");
        scene.goes_on(&name).await;
    }
}

/// What lies unread where a connection is dropped has the system reset it, and its peer may throw away what came before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_3_the_reason_arrives_though_more_was_sent_than_is_read() {
    let scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    for _ in 0..3 {
        let mut wire = Wire::open(&scene.server, &mallory).await.expect("a socket");
        wire.stream
            .send(Message::text("no frame"))
            .await
            .expect("a socket takes a message");
        for _ in 0..64 {
            // The server may have hung up by now.
            drop(wire.send(vec![101; 16 * 1024]).await);
        }
        assert_eq!(wire.ending().await, Ending::Code(4400));
        let end = wire.stream.get_mut().read(&mut [0; 16]).await;
        assert!(matches!(end, Ok(0)), "not ended but reset: {end:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_11_content_that_is_not_kept_is_told_and_its_sender_goes_on() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    for (name, frame) in not_taken() {
        let mut wire = Wire::open(&scene.server, &mallory).await.expect("a socket");
        wire.send(frame).await.expect("a socket takes a message");
        let told = wire.until(|frame| match frame {
            Frame::AuthDenied(why) => Some(why),
            _ => None,
        });
        let why = told
            .await
            .unwrap_or_else(|ending| panic!("{name}: {ending:?}"));
        assert!(why.contains("WIRE-11"), "{name}: {why}");
        wire.barrier(1)
            .await
            .unwrap_or_else(|ending| panic!("{name}: {ending:?}"));
        scene.goes_on(name).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_3_malformed_frames_leave_nothing_in_the_servers_memory() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    let mut before = None;
    for _ in 0..ROUNDS {
        for (_, frame) in malformed() {
            let mut wire = Wire::open(&scene.server, &mallory).await.expect("a socket");
            wire.send(frame).await.expect("a socket takes a message");
            wire.ending().await;
        }
        // The first round fills what is kept for good, such as the allocator's arenas.
        before.get_or_insert(scene.memory());
    }
    scene.stayed_small(before.expect("a first round"), "malformed frames");
    scene.goes_on("all of them").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_2_what_is_for_somebody_else_is_passed_over() {
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Participant).await;
    for (label, frame) in [
        Bytes::from_static(&[4, 0]),
        Bytes::from_static(&[101]),
        Bytes::from([varint(300), vec![1, 2, 3]].concat()),
        encode_auth_denied("I deny you"),
        encode_workshop(r#"{"hello":{"more":1}}"#),
        encode_workshop(r#"{"command":{"explode":{}},"request":"r"}"#),
        encode_workshop(r#"{"command":{"rename":{"name":"","color":"red"}},"request":"r"}"#),
    ]
    .into_iter()
    .enumerate()
    {
        wire.send(frame.clone()).await.expect("an open socket");
        let answered = wire.barrier(label as u64).await;
        assert_eq!(answered, Ok(()), "after {frame:?} the socket had ended");
        scene.goes_on(&format!("{frame:?}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_1_text_and_what_is_no_websocket_frame_end_the_socket() {
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Participant).await;
    wire.stream
        .send(Message::text("{\"hello\":{}}"))
        .await
        .expect("a socket takes a message");
    assert_eq!(wire.ending().await, Ending::Code(4400));
    scene.goes_on("a text message").await;
    for (name, bytes) in [
        ("an unmasked frame", vec![0x82, 0x03, 1, 1, 0]),
        ("an unknown opcode", vec![0x8b, 0x80, 0, 0, 0, 0]),
        ("reserved bits", vec![0xf2, 0x80, 0, 0, 0, 0]),
        ("a continuation of nothing", vec![0x80, 0x81, 0, 0, 0, 0, 1]),
        (
            "a frame of 2^63 bytes",
            vec![
                0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,
            ],
        ),
        (
            "a ping of 2^32 bytes",
            vec![0x89, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        ("noise", (0..=255).rev().collect()),
    ] {
        let mut wire = scene.socket(Role::Participant).await;
        wire.stream
            .get_mut()
            .write_all(&bytes)
            .await
            .expect("a connection takes bytes");
        // Whatever it says in the end, it ends.
        wire.ending().await;
        scene.goes_on(name).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_9_a_message_past_the_bound_is_not_buffered() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    let before = scene.memory();
    let dialing = Dialing {
        longest: Some(1 << 30),
        ..Dialing::default()
    };
    for _ in 0..4 {
        let mut wire = Wire::dial(&scene.server, &mallory.map, Some(&mallory.token), &dialing)
            .await
            .expect("a socket");
        // The server may hang up in the middle of it.
        drop(wire.send(vec![0; limits::MAX_FRAME_BYTES * 4]).await);
        wire.ending().await;
        scene.goes_on("a message of 64 MiB").await;
    }
    scene.stayed_small(before, "messages past the bound");
}
