//! Joining, creating and importing over HTTP, against canned answers.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

mod support;

use cairn_client::http::{Api, HttpError, Joined, NewMap};
use cairn_client::{Invite, Server};
use cairn_protocol::id::{ParticipantId, Role};
use serde_json::json;
use support::FakeServer;
use support::http::Listening;

const JOINED: &str = r#"{"map":"m1","participant":"p12","role":"participant","token":"t0ken"}"#;
const CREATED: &str =
    r#"{"id":"m2","invites":{"facilitator":"f","participant":"p","observer":"o"}}"#;

/// Runs blocking requests beside the server.
async fn ask<T: Send + 'static>(
    listening: &Listening,
    ask: impl FnOnce(Api) -> T + Send + 'static,
) -> T {
    let api = Api::new(Server::new(listening.address.clone()).unwrap());
    tokio::task::spawn_blocking(move || ask(api)).await.unwrap()
}

async fn answering(status: u16, body: &str) -> Listening {
    Listening::new(FakeServer::default(), vec![(status, body.to_owned())]).await
}

#[tokio::test]
async fn joining_sends_the_invites_token_in_the_body_only() {
    let listening = answering(200, JOINED).await;
    let invite = Invite::parse(&listening.invite()).unwrap();
    let joined = ask(&listening, move |api| {
        api.join(&invite, "Ana", Some("#336699"))
    })
    .await;
    let Joined {
        map,
        participant,
        role,
        token,
    } = joined.unwrap();
    assert_eq!(
        (map.as_str(), participant, role),
        ("m1", ParticipantId(12), Role::Participant)
    );
    assert_eq!(token, "t0ken");
    let [posted] = &listening.posted()[..] else {
        panic!("{:?}", listening.posted())
    };
    assert_eq!(posted.path, "/api/join");
    let body = json!({"map": "m1", "invite": "s3cret", "name": "Ana", "color": "#336699"});
    assert_eq!(posted.body, body);
}

#[tokio::test]
async fn a_host_shows_the_key_as_bearer() {
    let listening = answering(201, CREATED).await;
    let created = ask(&listening, |api| {
        let map = NewMap {
            title: Some("Moving".into()),
            ..NewMap::default()
        };
        api.with_bearer("h0st").create(&map)
    });
    let created = created.await.unwrap();
    assert_eq!(
        (created.id.as_str(), created.invites.participant.as_str()),
        ("m2", "p")
    );
    let [posted] = &listening.posted()[..] else {
        panic!("{:?}", listening.posted())
    };
    assert_eq!(posted.authorization.as_deref(), Some("Bearer h0st"));
    assert_eq!(posted.body, json!({"title": "Moving"}));
}

#[tokio::test]
async fn a_broken_rule_of_an_import_comes_back_with_its_path() {
    let problem = r#"{"title":"Broken rule","detail":"no stage \"s9\"","path":"cards[12].stage"}"#;
    let listening = answering(422, problem).await;
    let refused = ask(&listening, |api| api.import("{}")).await;
    let Err(HttpError::Refused(refusal)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(refusal.status, 422);
    let path = refusal.problem.and_then(|problem| problem.path);
    assert_eq!(path.as_deref(), Some("cards[12].stage"));
    assert_eq!(listening.posted()[0].path, "/api/maps/import");
}

#[tokio::test]
async fn an_answer_that_is_not_cairns_is_told_as_such() {
    let listening = answering(200, "<!doctype html>").await;
    let refused = ask(&listening, |api| api.create(&NewMap::default())).await;
    assert!(
        matches!(refused, Err(HttpError::NotCairn { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server: Server = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(listener);
    let api = Api::new(server.clone());
    let refused = tokio::task::spawn_blocking(move || api.create(&NewMap::default()))
        .await
        .unwrap();
    let error = refused.unwrap_err();
    assert!(matches!(error, HttpError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains(&server.to_string()), "{error}");
}
