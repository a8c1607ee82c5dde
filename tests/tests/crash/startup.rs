//! CRASH-5: kills while the data file is being made or opened.

use std::thread;
use std::time::Instant;

use cairn_protocol::id::Role;
use cairn_tests::api;
use cairn_tests::gate::Gate;
use cairn_tests::server::{Folder, Server, Starting};
use cairn_tests::{PATIENCE, patiently};
use yrs::{ReadTxn, Text, WriteTxn};

/// What a starting server has done, as seen from outside.
type Sign = fn(&Folder, &Starting) -> bool;

const SIGNS: [(&str, Sign); 4] = [
    ("at once", |_, _| true),
    ("when its folder is there", |folder, _| {
        folder.data().exists()
    }),
    ("when a file is in its folder", |folder, _| {
        std::fs::read_dir(folder.data()).is_ok_and(|mut files| files.next().is_some())
    }),
    ("when it listens", |_, server| {
        server.address().is_ok_and(|address| address.is_some())
    }),
];

fn kill_when(folder: &Folder, sign: Sign) {
    let server = Server::spawn(folder, &[]).expect("a server");
    let begin = Instant::now();
    while !sign(folder, &server) {
        assert!(begin.elapsed() < PATIENCE, "the sign never came");
        thread::yield_now();
    }
    server.kill().expect("the server runs until it is killed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crash_5_a_kill_while_the_data_file_is_made_or_opened_leaves_a_folder_that_opens() {
    for (what, sign) in SIGNS {
        let folder = Folder::new().expect("a temporary folder");
        for _ in 0..2 {
            kill_when(&folder, sign);
        }
        let server = Server::start(&folder, &[]).await;
        let server =
            server.unwrap_or_else(|error| panic!("CRASH-5: killed {what}, then: {error:#}"));
        let made = api::make_map(&server, what).await.expect("a map is made");
        let guest = api::join(&server, &made, Role::Participant, "Ann")
            .await
            .expect("an invite lets in");
        let gate = Gate::default();
        gate.open(server.address());
        let connect = cairn_client::connect(gate.options(&guest).expect("an address"));
        let ann = patiently("a connection", connect)
            .await
            .expect("the server lets in");
        let typed = ann.edit(|txn| {
            let text = txn.get_or_insert_text("note");
            text.insert(txn, 0, "kept");
        });
        typed.await.expect("a connection");
        patiently("the barrier's answer", ann.barrier())
            .await
            .expect("an answer");
        ann.close().await;
        server.kill().expect("the server runs until it is killed");
        for _ in 0..2 {
            kill_when(&folder, sign);
        }
        let server = Server::start(&folder, &[]).await;
        let server = server
            .unwrap_or_else(|error| panic!("CRASH-5: killed {what} with data, then: {error:#}"));
        gate.open(server.address());
        let connect = cairn_client::connect(gate.options(&guest).expect("an address"));
        let ann = patiently("a connection", connect)
            .await
            .expect("the server lets in");
        let length = ann
            .read(|txn| txn.get_text("note").map(|text| text.len(txn)))
            .await;
        assert_eq!(
            length.expect("a connection"),
            Some(4),
            "CRASH-5: killed {what}"
        );
    }
}
