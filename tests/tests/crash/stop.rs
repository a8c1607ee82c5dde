//! STOP-1: a stop by SIGTERM in the middle of everything.

use std::time::Duration;

use cairn_protocol::id::Role;
use cairn_tests::api;
use cairn_tests::gate::Gate;
use cairn_tests::patiently;
use cairn_tests::server::{Folder, Server};
use cairn_tests::wire::{Dialing, Ending, Wire};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::life::{Table, look, settle};
use crate::typist::Conductor;

/// What the product promises.
const STOP_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_1_sigterm_ends_with_code_0_and_1012_within_5_s_and_loses_nothing_acknowledged() {
    let folder = Folder::new().expect("a temporary folder");
    let (gate, conductor) = (Gate::default(), Conductor::new());
    let server = Server::start(&folder, &[]).await.expect("a server");
    gate.open(server.address());
    let mut rng = StdRng::seed_from_u64(5);
    let tables = [Table::set(&server, &gate, "A", 3, &conductor, &mut rng).await];

    let made = api::make_map(&server, "beside")
        .await
        .expect("a map is made");
    let guest = api::join(&server, &made, Role::Participant, "Listener")
        .await
        .expect("an invite lets in");
    let mut listener = Wire::open(&server, &guest).await.expect("a socket");
    listener.document().await.expect("the document");
    // Those who would hold a careless server up: a reader who never reads, and half a request.
    let stuck = Dialing {
        receive_buffer: Some(4096),
        ..Dialing::default()
    };
    let mut stuck = Wire::dial(&server, &guest.map, Some(&guest.token), &stuck)
        .await
        .expect("a socket");
    stuck
        .send(cairn_protocol::frame::encode_sync_step1(&[0]))
        .await
        .expect("a socket takes a question");
    let mut half = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    half.write_all(b"GET /healthz HTTP/1.1\r\nHost: half")
        .await
        .expect("a connection takes bytes");

    conductor.let_type(true);
    conductor
        .reached(|now| now.edits >= 200 && now.answers >= 20)
        .await;
    gate.shut();
    server.terminate().expect("a signal is sent");
    let (status, took) = server.ended().await.expect("the server ends");
    assert_eq!(
        status.code(),
        Some(0),
        "STOP-1: the server ended with {status}"
    );
    assert!(took < STOP_WITHIN, "STOP-1: the stop took {took:?}");
    assert_eq!(
        listener.ending().await,
        Ending::Code(1012),
        "STOP-1: the socket's end"
    );

    let stopped = look(&folder, &tables).await;
    let server = Server::start(&folder, &[])
        .await
        .expect("the server starts again");
    let seen = tables[0].newcomer_sees(&server).await;
    assert_eq!(
        seen, stopped[0],
        "STOP-1: the server shows something else than its journal holds"
    );
    gate.open(server.address());
    patiently("everybody to be back", settle(&conductor, &tables)).await;
    tables[0].all_is_there(&server).await;
    for typist in tables.into_iter().flat_map(|table| table.typists) {
        typist.end().await;
    }
}
