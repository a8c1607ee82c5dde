//! ROLE and PRES: acting as somebody else, or as more than one is.

use cairn_protocol::channel::ServerMessage;
use cairn_protocol::command::Command;
use cairn_protocol::frame::{
    AwarenessUpdate, CheckedUpdate, Frame, PresenceEntry, encode_sync_step2, encode_update,
    encode_workshop,
};
use cairn_protocol::id::Role;
use cairn_tests::wire::Wire;
use yrs::{ReadTxn, StateVector};

use crate::Scene;
use crate::handmade::{STRING, buffer, letter, root, update};

/// A Yjs client id that only the attacker uses.
const MALLORY: u64 = 66_666;

/// Whether a newcomer's document holds anything of this Yjs client.
async fn holds(scene: &Scene, client: u64) -> bool {
    let mut newcomer = scene.socket(Role::Observer).await;
    let whole = newcomer.document().await.expect("the document");
    let whole = CheckedUpdate::check(whole).expect("the server sends updates within bounds");
    whole.shape().spans.contains_key(&client)
}

/// Passes frames over until the server says something on the workshop channel that `look` takes.
async fn told<T>(wire: &mut Wire, mut look: impl FnMut(ServerMessage) -> Option<T>) -> T {
    let found = wire.until(|frame| match frame {
        Frame::Workshop(json) => {
            look(serde_json::from_str(&json).expect("a message of the channel"))
        }
        _ => None,
    });
    found.await.expect("an open socket")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_2_an_observers_edits_are_not_applied_and_the_observer_is_told() {
    let mut scene = Scene::open().await;
    for frame in [
        encode_update(&letter(MALLORY)),
        encode_sync_step2(&letter(MALLORY)),
    ] {
        let mut wire = scene.socket(Role::Observer).await;
        wire.send(frame.clone()).await.expect("an open socket");
        let why = wire.until(|frame| match frame {
            Frame::AuthDenied(why) => Some(why),
            _ => None,
        });
        assert!(why.await.expect("an open socket").contains("ROLE-2"));
        // Told, not thrown out: they go on watching.
        wire.barrier(1).await.expect("an open socket");
        assert!(
            !holds(&scene, MALLORY).await,
            "an observer's edit is in the document"
        );
        scene.goes_on("an observer's edit").await;
        let heard = wire.until(|frame| matches!(frame, Frame::Update(_)).then_some(()));
        heard.await.expect("an observer hears the edits of others");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_2_an_observer_who_speaks_the_channel_is_told_on_it() {
    let mut scene = Scene::open().await;
    let mut wire = scene.socket(Role::Observer).await;
    wire.send(encode_workshop(r#"{"hello":{}}"#))
        .await
        .expect("an open socket");
    wire.send(encode_update(&letter(MALLORY)))
        .await
        .expect("an open socket");
    let rule = told(&mut wire, |message| match message {
        ServerMessage::Rejected { rejected } => Some(rejected.rule),
        _ => None,
    });
    assert_eq!(rule.await, "ROLE-2");
    assert!(
        !holds(&scene, MALLORY).await,
        "an observer's edit is in the document"
    );
    scene.goes_on("an observer's edit").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_2_who_was_made_an_observer_edits_no_more_on_the_socket_that_is_open() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    let mut wire = scene.socket_of(&mallory).await;
    let participant = mallory.participant.parse().expect("a participant's id");
    let command = Command::SetRole {
        participant,
        role: Role::Observer,
    };
    scene
        .pair
        .ann()
        .command(command)
        .await
        .expect("a facilitator may");
    wire.send(encode_update(&letter(MALLORY)))
        .await
        .expect("an open socket");
    let denied = wire.until(|frame| matches!(frame, Frame::AuthDenied(_)).then_some(()));
    denied.await.expect("an open socket");
    assert!(!holds(&scene, MALLORY).await, "the edit is in the document");
    scene.goes_on("an edit after the role was taken away").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_3_commands_over_others_are_refused_to_participants() {
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    let mut wire = scene.socket_of(&mallory).await;
    let commands = [
        r#"{"setRole":{"participant":"p1","role":"observer"}}"#.to_owned(),
        format!(
            r#"{{"setRole":{{"participant":"{}","role":"facilitator"}}}}"#,
            mallory.participant
        ),
        r#"{"remove":{"participant":"p1"}}"#.to_owned(),
        r#"{"rotateInvite":{"role":"facilitator"}}"#.to_owned(),
    ];
    for (number, command) in commands.iter().enumerate() {
        let message = format!(r#"{{"command":{command},"request":"r{number}"}}"#);
        wire.send(encode_workshop(&message))
            .await
            .expect("an open socket");
        let refused = told(&mut wire, |message| match message {
            ServerMessage::Refused { refused, rule, .. } => Some((refused, rule)),
            ServerMessage::Done { done, .. } => panic!("{done} was done: {command}"),
            _ => None,
        });
        assert_eq!(
            refused.await,
            (format!("r{number}"), "ROLE-3".to_owned()),
            "{command}"
        );
    }
    scene.goes_on("commands over others").await;
}

fn presence(client: u64, clock: u64, state: Option<&str>) -> bytes::Bytes {
    let entry = PresenceEntry {
        client,
        clock,
        state: state.map(Into::into),
    };
    Frame::Awareness(AwarenessUpdate {
        entries: vec![entry],
    })
    .encode()
}

/// Passes frames over until `client` says `state`; panics if `forged` is heard on the way.
async fn hears(wire: &mut Wire, client: u64, state: Option<&str>, forged: &str) {
    let heard = wire.until(|frame| {
        let Frame::Awareness(update) = frame else {
            return None;
        };
        for entry in &update.entries {
            assert!(
                entry.state.as_deref() != Some(forged),
                "a forged presence was passed on: {entry:?}"
            );
        }
        let found = update
            .entries
            .iter()
            .any(|e| e.client == client && e.state.as_deref() == state);
        found.then_some(())
    });
    heard.await.expect("an open socket");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pres_1_nobody_speaks_for_anothers_client_id() {
    const ANN: u64 = 1_001;
    let mut scene = Scene::open().await;
    let (mut ann, mut watcher, mut mallory) = (
        scene.socket(Role::Participant).await,
        scene.socket(Role::Observer).await,
        scene.socket(Role::Participant).await,
    );
    ann.send(presence(ANN, 5, Some(r#"{"is":"ann"}"#)))
        .await
        .expect("an open socket");
    let forged = r#"{"is":"not ann"}"#;
    hears(&mut watcher, ANN, Some(r#"{"is":"ann"}"#), forged).await;
    mallory
        .send(presence(ANN, 1_000, Some(forged)))
        .await
        .expect("an open socket");
    mallory
        .send(presence(ANN, 1_001, None))
        .await
        .expect("an open socket");
    // Two at once, the own first: still only the own.
    let both = [(MALLORY, r#"{"is":"mallory"}"#), (ANN, forged)];
    let entries = both.map(|(client, state)| PresenceEntry {
        client,
        clock: 2_000,
        state: Some(state.into()),
    });
    mallory
        .send(
            Frame::Awareness(AwarenessUpdate {
                entries: entries.into(),
            })
            .encode(),
        )
        .await
        .expect("an open socket");
    hears(&mut watcher, MALLORY, Some(r#"{"is":"mallory"}"#), forged).await;
    // Ann's own next word is heard: nobody pushed the clock past it.
    ann.send(presence(ANN, 6, Some(r#"{"is":"ann still"}"#)))
        .await
        .expect("an open socket");
    hears(&mut watcher, ANN, Some(r#"{"is":"ann still"}"#), forged).await;
    // A newcomer's first picture is true as well.
    let mut newcomer = Wire::open(&scene.server, &scene.guest(Role::Observer).await)
        .await
        .expect("a socket");
    hears(&mut newcomer, ANN, Some(r#"{"is":"ann still"}"#), forged).await;
    scene.goes_on("presence for another").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pres_1_one_socket_shows_one_client_however_many_it_claims() {
    let mut scene = Scene::open().await;
    let mut mallory = scene.socket(Role::Participant).await;
    for number in 0..2_000 {
        mallory
            .send(presence(MALLORY + number, 1, Some(r#"{"is":"many"}"#)))
            .await
            .expect("an open socket");
    }
    mallory.barrier(1).await.expect("an open socket");
    let mut newcomer = Wire::open(&scene.server, &scene.guest(Role::Observer).await)
        .await
        .expect("a socket");
    newcomer
        .send(Frame::QueryAwareness.encode())
        .await
        .expect("an open socket");
    let shown = newcomer.until(|frame| match frame {
        Frame::Awareness(update) if !update.entries.is_empty() => Some(
            update
                .entries
                .iter()
                .filter(|entry| entry.client >= MALLORY && entry.client < MALLORY + 2_000)
                .count(),
        ),
        _ => None,
    });
    assert_eq!(shown.await.expect("an open socket"), 1);
    scene.goes_on("many presences").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edit_1_an_edit_under_anothers_idle_client_id_stops_nobody() {
    let mut scene = Scene::open().await;
    let mut mallory = scene.socket(Role::Participant).await;
    for victim in [scene.pair.ann().clone(), scene.pair.ben().clone()] {
        let mark = victim.mark().await.expect("a connection");
        let forged = update(
            mark.client,
            mark.clock,
            &[root("forged", STRING, &buffer(b"I am you"))],
            &[],
        );
        mallory
            .send(encode_update(&forged))
            .await
            .expect("an open socket");
        mallory.barrier(mark.client).await.expect("an open socket");
        // The victim has it before it types on, as an idle participant would.
        let mut changes = victim.changes();
        let has = async {
            while victim.mark().await.expect("a connection") == mark {
                changes.changed().await.expect("a connection");
            }
        };
        cairn_tests::patiently("the forged edit", has).await;
        scene.goes_on("an edit under another's client id").await;
    }
    let whole = scene
        .pair
        .ann()
        .read(|txn| txn.encode_state_as_update_v1(&StateVector::default()))
        .await;
    assert!(CheckedUpdate::check(whole.expect("a connection").into()).is_ok());
}
