//! Demonstrations: bounded, real, and over by themselves (DEMO-1).

use std::time::Duration;

use serde_json::json;

use super::listener::Listening;
use super::{KEY, server};
use crate::demo;
use crate::http::problem::Kind;
use crate::http::serve::Stopped;

#[tokio::test]
async fn demo_1_people_time_and_number_are_bounded() {
    let server = server();
    for (participants, seconds, path) in [
        (1, 60, "participants"),
        (21, 60, "participants"),
        (5, 9, "seconds"),
        (5, 601, "seconds"),
    ] {
        let asked = json!({"participants": participants, "seconds": seconds});
        let answer = server.post(Some(KEY), "/api/demo", &asked).await;
        assert_eq!(answer.problem(422, "broken-rule")["path"], path);
    }
    let list = server.get_as(KEY, "/api/maps").await.is(200).json();
    assert_eq!(list["maps"], json!([]), "nothing was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_1_simulated_people_work_in_a_sample_map_and_leave() {
    let listening = Listening::start(server()).await;
    let app = listening.server.app.clone();
    let second = Duration::from_secs(1);
    let (made, runs) = demo::begin(&app, 3, second).await.unwrap();
    let (_, others) = demo::begin(&app, 2, second).await.unwrap();
    assert_eq!(app.demos().running(), 2);
    let third = demo::begin(&app, 2, second).await;
    assert_eq!(third.map(|_| ()).unwrap_err().kind(), Kind::TooMany);
    runs.await.unwrap();
    others.await.unwrap();
    assert_eq!(app.demos().running(), 0, "it stops by itself");
    let room = app.rooms().room(&made.map).await.unwrap();
    // Created, three invites and the sample are five; every participant joined.
    let state = room.state().await.unwrap();
    assert!(state.seq >= 8, "{} records", state.seq);
    let invite = json!({"map": made.map, "invite": made.invites.facilitator.reveal(), "name": "V"});
    let visitor = listening
        .server
        .post(None, "/api/join", &invite)
        .await
        .is(200)
        .json();
    assert_eq!(visitor["participant"], "p4");
    assert_eq!(visitor["role"], "facilitator");
    drop(room);
    assert_eq!(listening.end().await, Stopped::Clean);
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_1_a_demonstration_ends_when_the_server_stops() {
    let listening = Listening::start(server()).await;
    let asked = json!({"participants": 2, "seconds": 600});
    let started = listening
        .server
        .post(Some(KEY), "/api/demo", &asked)
        .await
        .is(201)
        .json();
    let map = super::text(&started["map"]);
    let join = json!({"map": map, "invite": started["invite"], "name": "Visitor"});
    listening
        .server
        .post(None, "/api/join", &join)
        .await
        .is(200);
    assert_eq!(listening.end().await, Stopped::Clean);
}
