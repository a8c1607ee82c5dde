//! A connection against a server in the same process: what reaches whom, and what survives.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod support;

use std::time::Duration;

use cairn_client::{
    Backoff, BarrierError, CommandError, ConnectOptions, Connection, Dialect, Presence, Status,
    Stop, User, connect,
};
use cairn_protocol::channel::ClientCommand;
use cairn_protocol::command::Command;
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map::{self, Place, Stage};
use futures_util::FutureExt;
use support::FakeServer;

/// Adds a stage named like its id.
async fn add(client: &Connection, id: &'static str) {
    let stage = Stage {
        id: id.into(),
        title: id.into(),
        ..Stage::default()
    };
    client
        .edit(move |txn| map::add_stage(txn, &stage, Place::Last))
        .await
        .expect("an open connection")
        .expect("a good stage");
}

async fn titles(client: &Connection) -> Vec<String> {
    let stages = client
        .read(|txn| map::read(txn).stages)
        .await
        .expect("an open connection");
    stages.into_iter().map(|stage| stage.title).collect()
}

fn kept(server: &FakeServer) -> Vec<String> {
    server
        .map()
        .stages
        .into_iter()
        .map(|stage| stage.title)
        .collect()
}

/// Waits until this copy holds what the other edited so far.
async fn catch_up(client: &Connection, with: &Connection) {
    let mark = with.mark().await.unwrap();
    client.expect(mark).await.unwrap().await.unwrap();
}

async fn status(client: &Connection, wanted: impl FnMut(&Status) -> bool) -> Status {
    client
        .status()
        .wait_for(wanted)
        .await
        .expect("an open connection")
        .clone()
}

#[tokio::test(start_paused = true)]
async fn both_sides_give_each_other_what_they_have() {
    let server = FakeServer::with_sample("renting-a-flat.current");
    let ana = Connection::open(server.options());
    // Before anything was exchanged.
    add(&ana, "early").await;
    ana.synced().await.unwrap();
    ana.barrier().await.unwrap();
    assert!(
        kept(&server).contains(&"early".to_owned()),
        "{:?}",
        kept(&server)
    );
    assert_eq!(titles(&ana).await, kept(&server));
    let ben = server.client().await;
    assert_eq!(titles(&ben).await, titles(&ana).await);
}

#[tokio::test(start_paused = true)]
async fn an_edit_reaches_the_others_as_it_happens() {
    let server = FakeServer::default();
    let (ana, ben) = (server.client().await, server.client().await);
    add(&ana, "search").await;
    catch_up(&ben, &ana).await;
    add(&ben, "viewing").await;
    catch_up(&ana, &ben).await;
    assert_eq!(titles(&ana).await, ["search", "viewing"]);
    assert_eq!(titles(&ben).await, ["search", "viewing"]);
}

#[tokio::test(start_paused = true)]
async fn client_1_an_edit_waits_until_the_server_has_asked() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.asks_late = true);
    let ana = Connection::open(server.options());
    server.received("question", 1).await;
    add(&ana, "search").await;
    let mut barrier = Box::pin(ana.barrier());
    assert!(barrier.as_mut().now_or_never().is_none());
    // A read goes through the same queue: the edit and the barrier were handled.
    titles(&ana).await;
    assert_eq!(
        (server.count("update"), server.count("barrier")),
        (0, 0),
        "{:?}",
        server.log()
    );
    server.ask_all();
    barrier.await.unwrap();
    assert_eq!(kept(&server), ["search"]);
    assert_eq!(
        server.count("update"),
        0,
        "the answer held it: {:?}",
        server.log()
    );
}

#[tokio::test(start_paused = true)]
async fn a_reconnect_gives_back_what_was_typed_meanwhile() {
    let server = FakeServer::default();
    let ana = server.client().await;
    let ben = server.client().await;
    server.behave(|behaviour| behaviour.unreachable = true);
    server.drop_all();
    status(&ana, |status| {
        matches!(status, Status::Waiting { failed: 2, .. })
    })
    .await;
    add(&ana, "offline").await;
    add(&ben, "elsewhere").await;
    server.behave(|behaviour| behaviour.unreachable = false);
    ana.barrier().await.unwrap();
    ben.barrier().await.unwrap();
    catch_up(&ana, &ben).await;
    catch_up(&ben, &ana).await;
    let mut all = kept(&server);
    assert_eq!(titles(&ana).await, all);
    assert_eq!(titles(&ben).await, all);
    all.sort();
    assert_eq!(all, ["elsewhere", "offline"]);
}

#[tokio::test(start_paused = true)]
async fn an_edit_the_server_lost_is_given_back() {
    let server = FakeServer::default();
    let ana = server.client().await;
    add(&ana, "search").await;
    ana.barrier().await.unwrap();
    // It comes back without what it had: a crash before its disk.
    server.forget();
    server.drop_all();
    server.received("answer", 2).await;
    assert_eq!(kept(&server), ["search"]);
}

#[tokio::test(start_paused = true)]
async fn a_barrier_resolves_only_after_its_echo() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.keeps_barriers = true);
    let ana = server.client().await;
    add(&ana, "search").await;
    let mut barrier = Box::pin(ana.barrier());
    tokio::select! {
        early = &mut barrier => panic!("{early:?} without an echo"),
        () = server.received("barrier", 1) => {}
    }
    let log = server.log();
    let place = |kind: &str| log.iter().position(|entry| entry == kind);
    assert!(place("update") < place("barrier"), "{log:?}");
    assert_eq!(kept(&server), ["search"]);
    assert!(barrier.as_mut().now_or_never().is_none());
    server.release_barriers();
    barrier.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn client_2_a_barrier_survives_a_lost_connection() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.keeps_barriers = true);
    let ana = server.client().await;
    add(&ana, "search").await;
    let barrier = ana.barrier();
    let lose = async {
        server.received("barrier", 1).await;
        server.behave(|behaviour| behaviour.keeps_barriers = false);
        server.drop_all();
    };
    let (outcome, ()) = tokio::join!(barrier, lose);
    outcome.unwrap();
    assert_eq!(server.count("barrier"), 2, "{:?}", server.log());
}

#[tokio::test(start_paused = true)]
async fn commands_are_done_or_refused_and_views_are_kept() {
    let server = FakeServer::default();
    let ana = server.client().await;
    let done = ana
        .command(ClientCommand::RotateInvite {
            role: Role::Observer,
        })
        .await
        .unwrap();
    assert_eq!(done.invite.as_deref(), Some("fresh"));
    let refused = ana
        .command(Command::Remove {
            participant: ParticipantId(7),
        })
        .await;
    assert_eq!(
        refused,
        Err(CommandError::Refused {
            why: "only a facilitator may".into(),
            rule: "ROLE-3".into()
        })
    );
    let personal = ana.personal().borrow().clone();
    assert_eq!(
        personal.map(|personal| personal.role),
        Some(Role::Participant)
    );
    let people = ana
        .shared()
        .borrow()
        .as_ref()
        .map(|shared| shared.people.len());
    assert_eq!(people, Some(1));
}

#[tokio::test(start_paused = true)]
async fn client_3_a_command_without_an_answer_is_sent_again_under_its_name() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.ignores_commands = true);
    let ana = server.client().await;
    let command = ClientCommand::from(Command::Rename {
        name: "Ana".into(),
        color: "#112233".into(),
    });
    let lose = async {
        server
            .until(|server| (!server.commands().is_empty()).then_some(()))
            .await;
        server.behave(|behaviour| behaviour.ignores_commands = false);
        server.drop_all();
    };
    let (done, ()) = tokio::join!(ana.command(command.clone()), lose);
    assert!(done.is_ok(), "{done:?}");
    match server.commands().as_slice() {
        [first, again] => assert_eq!((first, &first.1), (again, &command)),
        other => panic!("not sent twice: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn other_servers_get_no_message_they_do_not_know() {
    let server = FakeServer::default();
    let options = ConnectOptions {
        dialect: Dialect::Stock,
        ..server.options()
    };
    let ana = connect(options).await.unwrap();
    let command = ana
        .command(ClientCommand::RotateInvite {
            role: Role::Observer,
        })
        .await;
    assert_eq!(command, Err(CommandError::NoChannel));
    add(&ana, "search").await;
    server.received("update", 1).await;
    assert_eq!(server.count("workshop"), 0, "{:?}", server.log());
}

#[tokio::test(start_paused = true)]
async fn client_4_a_refusal_is_told_with_its_status_and_stops() {
    let server = FakeServer::default();
    let problem =
        r#"{"type":"about:blank","title":"Unauthorized","detail":"this invite was rotated"}"#;
    server.behave(|behaviour| behaviour.refuses = Some((401, problem.into())));
    let Err(Stop::Refused(refusal)) = connect(server.options()).await else {
        panic!("not refused");
    };
    assert_eq!(refusal.status, 401);
    assert!(
        refusal.to_string().contains("this invite was rotated"),
        "{refusal}"
    );
}

#[tokio::test(start_paused = true)]
async fn client_4_a_busy_server_is_asked_again() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.refuses = Some((503, String::new())));
    let ana = Connection::open(server.options());
    status(&ana, |status| {
        matches!(status, Status::Waiting { failed: 3, .. })
    })
    .await;
    server.behave(|behaviour| behaviour.refuses = None);
    ana.synced().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn client_4_a_close_code_of_4401_stops_for_good_and_keeps_the_copy() {
    let server = FakeServer::default();
    let ana = server.client().await;
    server.behave(|behaviour| behaviour.keeps_barriers = true);
    add(&ana, "typed").await;
    let barrier = ana.barrier();
    let close = async {
        server.received("barrier", 1).await;
        server.close_all(4401);
    };
    let (outcome, ()) = tokio::join!(barrier, close);
    let stop = Stop::Ended {
        code: 4401,
        reason: "as the test says".into(),
    };
    assert_eq!(outcome, Err(BarrierError::Stopped(stop.clone())));
    assert_eq!(*ana.status().borrow(), Status::Stopped(stop.clone()));
    assert_eq!(ana.barrier().await, Err(BarrierError::Stopped(stop)));
    assert_eq!(
        titles(&ana).await,
        ["typed"],
        "what was typed can still be read"
    );
}

#[tokio::test(start_paused = true)]
async fn client_4_a_close_code_of_1012_is_come_back_from() {
    let server = FakeServer::default();
    let ana = server.client().await;
    server.close_all(1012);
    server.received("question", 2).await;
    ana.synced().await.unwrap();
    add(&ana, "after").await;
    ana.barrier().await.unwrap();
    assert_eq!(kept(&server), ["after"]);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_bounded_when_asked() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.unreachable = true);
    let backoff = Backoff {
        attempts: Some(4),
        ..Backoff::default()
    };
    let stop = connect(ConnectOptions {
        backoff,
        ..server.options()
    })
    .await
    .err();
    assert!(
        matches!(stop, Some(Stop::GaveUp { attempts: 4, .. })),
        "{stop:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_up_after_the_sync_is_not_called_back_in_a_hot_loop() {
    let server = FakeServer::default();
    server.behave(|behaviour| behaviour.hangs_up = true);
    let start = tokio::time::Instant::now();
    let ana = Connection::open(server.options());
    server.received("question", 10).await;
    // Nine delays of which the first is none, each at least half of its full length.
    let least = Duration::from_millis((100 + 200 + 400 + 800 + 1600 + 3200 + 6400) / 2);
    assert!(start.elapsed() >= least, "{:?}", start.elapsed());
    ana.close().await;
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_is_left_for_another_connection() {
    let server = FakeServer::default();
    let ana = server.client().await;
    let start = tokio::time::Instant::now();
    server.behave(|behaviour| behaviour.mute = true);
    add(&ana, "unheard").await;
    let waiting = status(&ana, |status| matches!(status, Status::Waiting { .. })).await;
    assert!(
        start.elapsed() >= Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
    assert!(matches!(waiting, Status::Waiting { why, .. } if why.contains("nothing heard")));
    server.behave(|behaviour| behaviour.mute = false);
    ana.barrier().await.unwrap();
    assert_eq!(kept(&server), ["unheard"]);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_connection_stays() {
    let server = FakeServer::default();
    let ana = server.client().await;
    tokio::time::advance(Duration::from_secs(1)).await;
    let quiet = tokio::time::timeout(
        Duration::from_mins(5),
        status(&ana, |status| *status != Status::Live),
    );
    assert!(
        quiet.await.is_err(),
        "the connection was lost while nothing happened"
    );
}

#[tokio::test(start_paused = true)]
async fn client_5_a_rejected_edit_costs_the_copy_and_is_given_back_to_the_caller() {
    let server = FakeServer::default();
    let ana = server.client().await;
    add(&ana, "kept").await;
    ana.barrier().await.unwrap();
    let before = ana.mark().await.unwrap();
    // The server loses what came after: it did not accept it.
    server.behave(|behaviour| (behaviour.keeps_barriers, behaviour.deaf) = (true, true));
    add(&ana, "refused").await;
    let barrier = ana.barrier();
    let reject = async {
        server.received("barrier", 2).await;
        server.behave(|behaviour| behaviour.deaf = false);
        server.reject_all();
    };
    let (outcome, ()) = tokio::join!(barrier, reject);
    assert!(
        matches!(outcome, Err(BarrierError::Rejected(_))),
        "{outcome:?}"
    );
    let rejection = ana.rejection().borrow().clone().expect("a rejection");
    assert_eq!(rejection.rejected.rule, "ROLE-2");
    let lost = FakeServer::default();
    lost.load(&rejection.copy);
    assert_eq!(kept(&lost), ["kept", "refused"]);
    ana.synced().await.unwrap();
    assert_eq!(titles(&ana).await, ["kept"]);
    assert_ne!(
        ana.mark().await.unwrap().client,
        before.client,
        "a new copy is a new client"
    );
}

#[tokio::test(start_paused = true)]
async fn presence_appears_and_goes() {
    let server = FakeServer::default();
    let (ana, ben) = (server.client().await, server.client().await);
    let user = User {
        id: "p1".into(),
        name: "Ana".into(),
        color: "#336699".into(),
    };
    let presence = Presence {
        user,
        ..Presence::default()
    };
    ana.set_presence(Some(&presence)).await.unwrap();
    let mut news = ben.presence_changes();
    let seen = loop {
        news.borrow_and_update();
        if let [peer] = ben.peers().await.unwrap().as_slice() {
            break peer.presence();
        }
        news.changed().await.unwrap();
    };
    assert_eq!(seen, Some(presence));
    ana.close().await;
    while !ben.peers().await.unwrap().is_empty() {
        news.changed().await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_takes_nothing_makes_the_editor_wait() {
    let server = FakeServer::default();
    let ana = server.client().await;
    server.behave(|behaviour| behaviour.mute = true);
    // One kilobyte each: the outbox, the queue and the stream hold a few thousand of them.
    let flood = async {
        for n in 0..20_000 {
            // Another letter each time, so that the smallest edit is the whole text.
            let text = if n % 2 == 0 { "a" } else { "b" }.repeat(1024);
            let edit = ana.edit(move |txn| map::set_map_text(txn, "goal", &text).map(drop));
            edit.await
                .expect("an open connection")
                .expect("a good edit");
        }
    };
    let flooded = tokio::time::timeout(Duration::from_secs(14), flood).await;
    assert!(
        flooded.is_err(),
        "20 MB were taken by a connection whose server reads nothing"
    );
    assert_eq!(*ana.status().borrow(), Status::Live);
}

#[tokio::test(start_paused = true)]
async fn the_last_handle_closes_the_connection() {
    let server = FakeServer::default();
    let ana = server.client().await;
    let also = ana.clone();
    drop(ana);
    also.barrier().await.unwrap();
    drop(also);
    server
        .until(|server| (server.connections() == 0).then_some(()))
        .await;
}

#[tokio::test(start_paused = true)]
async fn tls_finds_its_roots_and_its_provider() {
    let server = FakeServer::default();
    let url = "wss://fake.example/sync/m1".parse().unwrap();
    let backoff = Backoff {
        attempts: Some(1),
        ..Backoff::default()
    };
    // The fake server speaks no TLS: the attempt must fail, not panic for want of a provider.
    let stop = connect(ConnectOptions {
        url,
        backoff,
        ..server.options()
    })
    .await
    .err();
    let Some(Stop::GaveUp { why, .. }) = stop else {
        panic!("{stop:?}")
    };
    assert!(!why.contains("dialing ended early"), "{why}");
}
