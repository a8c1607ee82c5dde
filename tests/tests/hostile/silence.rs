//! FAN: those who read nothing, say nothing, or stop half-way.

use cairn_protocol::frame::{Frame, encode_sync_step1};
use cairn_protocol::id::Role;
use cairn_tests::wire::{Dialing, NOTHING, Wire};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use yrs::updates::decoder::Decode;
use yrs::{Doc, ReadTxn, Text, Transact, Update, WriteTxn};

use crate::Scene;

/// Edits made while the slow reader reads nothing.
const EDITS: usize = 60;
/// Bytes of each.
const LONG: usize = 256 << 10;
/// Connections of each kind that stop half-way.
const HALVES: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fan_2_a_reader_who_reads_nothing_costs_little_and_gets_all_in_the_end() {
    let mut scene = Scene::open().await;
    let guest = scene.guest(Role::Participant).await;
    let dialing = Dialing {
        receive_buffer: Some(4096),
        ..Dialing::default()
    };
    let mut slow = Wire::dial(&scene.server, &guest.map, Some(&guest.token), &dialing)
        .await
        .expect("a socket");
    slow.send(encode_sync_step1(&NOTHING))
        .await
        .expect("an open socket");
    scene.goes_on("a slow reader came").await;
    // Each edit replaces the one before: the document stays short, what is sent does not.
    let mut before = None;
    for number in 0..EDITS {
        let letter = char::from(b'a' + (number % 26) as u8);
        let edited = scene.pair.ann().edit(move |txn| {
            let text = txn.get_or_insert_text("replaced");
            let length = text.len(txn);
            text.remove_range(txn, 0, length);
            text.insert(txn, 0, &letter.to_string().repeat(LONG));
        });
        edited.await.expect("a connection");
        scene.goes_on("an edit past a slow reader").await;
        before.get_or_insert(scene.memory());
    }
    scene.stayed_small(before.expect("a first edit"), "a reader who reads nothing");
    // Now it reads: everything is there, by however few frames.
    let mark = scene.pair.ann().mark().await.expect("a connection");
    let doc = Doc::with_client_id(1);
    let mut received = 0;
    while doc
        .transact()
        .state_vector()
        .get(&yrs::block::ClientID::new(mark.client))
        < mark.clock as u32
    {
        let update = slow.until(|frame| match frame {
            Frame::SyncStep2(update) | Frame::Update(update) => Some(update.into_bytes()),
            _ => None,
        });
        let update = update.await.expect("a slow reader is not cut off");
        received += update.len();
        let update = Update::decode_v1(&update).expect("an update");
        doc.transact_mut()
            .apply_update(update)
            .expect("an update that fits");
    }
    let text = |txn: &yrs::Transaction<'_>| {
        use yrs::GetString;
        let text = txn
            .get_text("replaced")
            .map(|text| text.get_string(txn))
            .unwrap_or_default();
        (text.len(), text.chars().next(), txn.state_vector())
    };
    let expected = scene
        .pair
        .ann()
        .read(move |txn| text(txn))
        .await
        .expect("a connection");
    doc.get_or_insert_text("replaced");
    assert_eq!(text(&doc.transact()), expected, "the slow reader's copy");
    assert!(
        received < EDITS * LONG,
        "nothing was spared: {received} bytes"
    );
    assert!(
        !doc.transact().has_missing_updates(),
        "something is missing"
    );
    scene.goes_on("the slow reader read").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fan_6_connections_that_stop_half_way_hold_nobody_up() {
    let mut scene = Scene::open().await;
    let before = scene.memory();
    let guest = scene.guest(Role::Participant).await;
    let request = format!(
        "GET /sync/{}?token={} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        guest.map,
        guest.token,
        scene.server.address()
    );
    let body = "POST /api/maps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
    let upgraded_and_half_a_frame = [request.as_bytes(), &[0x82, 0xfe, 0xff]].concat();
    let half: [(&str, &[u8]); 6] = [
        ("nothing said", b""),
        ("half a line", b"GET /sy"),
        ("half the headers", &request.as_bytes()[..request.len() - 2]),
        ("half a body", body.as_bytes()),
        ("an upgrade and silence", request.as_bytes()),
        ("an upgrade and half a frame", &upgraded_and_half_a_frame),
    ];
    let mut open = Vec::new();
    for (name, bytes) in half {
        for _ in 0..HALVES {
            let mut stream = TcpStream::connect(scene.server.address())
                .await
                .expect("a connection");
            stream
                .write_all(bytes)
                .await
                .expect("a connection takes bytes");
            open.push(stream);
        }
        scene.goes_on(name).await;
    }
    // All of them vanish at once.
    drop(open);
    scene.goes_on("all of them went").await;
    scene.stayed_small(before, "half-open connections");
}
