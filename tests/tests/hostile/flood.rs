//! WIRE-6, EDIT-2, FAN-5: asking for more than one takes, and building on what is not there.

use bytes::Bytes;
use cairn_protocol::frame::{
    Frame, encode_barrier, encode_sync_step1, encode_sync_step2, encode_update, encode_workshop,
};
use cairn_protocol::id::Role;
use cairn_tests::patiently;
use cairn_tests::wire::{Dialing, NOTHING, Wire};
use futures_util::SinkExt;
use yrs::{Text, WriteTxn};

use crate::Scene;
use crate::handmade::{STRING, buffer, root, update};

const MALLORY: u64 = 88_888;
/// How often the honest exchange while the attack goes on.
const EXCHANGES: usize = 3;
/// Text that makes a document long.
const LONG: usize = 1 << 20;

/// Something that builds on the attacker's first hundred edits, which nobody ever saw.
fn incomplete(bytes: usize) -> Bytes {
    update(
        MALLORY,
        100,
        &[root("later", STRING, &buffer(&vec![b'x'; bytes]))],
        &[],
    )
}

/// Sends messages for ever, and reads nothing.
async fn flood(mut wire: Wire, messages: Vec<Bytes>) {
    for message in messages.into_iter().cycle() {
        if wire.feed(message).await.is_err() {
            return;
        }
    }
}

impl Scene {
    /// Floods from a socket that reads nothing, until the honest have exchanged a few times; the server stays small.
    async fn bears_a_flood(&mut self, role: Role, what: &str, messages: Vec<Bytes>) {
        let before = self.memory();
        let guest = self.guest(role).await;
        let dialing = Dialing {
            receive_buffer: Some(4096),
            ..Dialing::default()
        };
        let wire = Wire::dial(&self.server, &guest.map, Some(&guest.token), &dialing)
            .await
            .expect("a socket");
        let flooding = tokio::spawn(flood(wire, messages));
        for _ in 0..EXCHANGES {
            self.goes_on(what).await;
        }
        self.stayed_small(before, what);
        flooding.abort();
        self.goes_on(what).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_6_every_barrier_of_a_flood_is_answered_in_order() {
    const BARRIERS: u64 = 20_000;
    let mut scene = Scene::open().await;
    let (mut sink, mut stream) = {
        use futures_util::StreamExt;
        scene.socket(Role::Participant).await.stream.split()
    };
    let sending = tokio::spawn(async move {
        for label in 0..BARRIERS {
            let barrier = encode_barrier(&label.to_be_bytes());
            sink.send(tokio_tungstenite::tungstenite::Message::Binary(barrier))
                .await
                .expect("an open socket");
        }
        sink
    });
    let mut next = 0u64;
    while next < BARRIERS {
        use futures_util::StreamExt;
        let message = patiently("an answer", stream.next())
            .await
            .expect("an open socket")
            .expect("a message");
        let Ok(Frame::Barrier(echo)) = Frame::decode(&message.into_data()) else {
            continue;
        };
        assert_eq!(echo, encode_barrier(&next.to_be_bytes()), "out of order");
        next += 1;
    }
    drop(sending.await.expect("all were sent"));
    scene.goes_on("a flood of barriers").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fan_5_a_flood_of_barriers_nobody_reads_the_answers_of() {
    let mut scene = Scene::open().await;
    scene
        .bears_a_flood(
            Role::Observer,
            "unread barriers",
            vec![encode_barrier(&[1; 64])],
        )
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fan_5_a_flood_of_questions_for_a_long_document_nobody_reads_the_answers_of() {
    let mut scene = Scene::open().await;
    let made_long = scene.pair.ann().edit(|txn| {
        let text = txn.get_or_insert_text("long");
        text.insert(txn, 0, &"x".repeat(LONG));
    });
    made_long.await.expect("a connection");
    scene.goes_on("a long text").await;
    scene
        .bears_a_flood(
            Role::Observer,
            "unread documents",
            vec![encode_sync_step1(&NOTHING)],
        )
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fan_5_a_flood_of_other_questions_nobody_reads_the_answers_of() {
    let mut scene = Scene::open().await;
    let messages = vec![
        Frame::QueryAwareness.encode(),
        encode_workshop(r#"{"hello":{}}"#),
        encode_workshop(r#"{"command":{"rotateInvite":{"role":"observer"}},"request":"r"}"#),
        encode_workshop(r#"{"nonsense":{}}"#),
        encode_update(&incomplete(1)),
    ];
    scene
        .bears_a_flood(Role::Observer, "unread answers", messages)
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edit_2_what_builds_on_nothing_is_asked_for_once_and_kept_nowhere() {
    const REPEATS: usize = 150;
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Participant).await;
    let before = scene.memory();
    // Some at once, then one after the other with an answer that brings nothing, as a stock client would give.
    for _ in 0..REPEATS {
        wire.send(encode_update(&incomplete(LONG)))
            .await
            .expect("an open socket");
    }
    let asked = wire.until(|frame| matches!(frame, Frame::SyncStep1(_)).then_some(()));
    asked.await.expect("an open socket");
    for label in 0..REPEATS as u64 {
        wire.send(encode_sync_step2(&[0, 0]))
            .await
            .expect("an open socket");
        wire.barrier(label).await.expect("an open socket");
        wire.send(encode_update(&incomplete(1)))
            .await
            .expect("an open socket");
        let asked = wire.until(|frame| matches!(frame, Frame::SyncStep1(_)).then_some(()));
        asked.await.expect("an open socket");
    }
    scene.stayed_small(before, "updates that build on nothing");
    scene.goes_on("updates that build on nothing").await;
    // The same content inside the answer itself, with its gap.
    for _ in 0..REPEATS {
        wire.send(encode_sync_step2(&incomplete(LONG)))
            .await
            .expect("an open socket");
    }
    scene.goes_on("answers that build on nothing").await;
    scene.stayed_small(before, "answers that build on nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edit_2_barriers_held_back_by_an_answer_that_never_comes_are_bounded() {
    const BARRIERS: usize = 600_000;
    let mut scene = Scene::open().await;
    let before = scene.memory();
    let mut wire = scene.socket(Role::Participant).await;
    wire.send(encode_update(&incomplete(1)))
        .await
        .expect("an open socket");
    let asked = wire.until(|frame| matches!(frame, Frame::SyncStep1(_)).then_some(()));
    asked.await.expect("an open socket");
    for _ in 0..BARRIERS {
        // The server may hang up, or take no more.
        let fed = tokio::time::timeout(
            std::time::Duration::from_secs(5),
            wire.feed(encode_barrier(&[1; 64])),
        );
        if !matches!(fed.await, Ok(Ok(()))) {
            break;
        }
    }
    scene.goes_on("barriers held back").await;
    scene.stayed_small(before, "barriers held back");
}
