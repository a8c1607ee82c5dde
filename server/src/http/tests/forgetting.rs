//! A host who erases a person and deletes maps over HTTP (ERASE, DELETE).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use super::{
    Answer, Asked, Budgets, Clock, KEY, Secret, Server, TestMap, WebClient, ask, server, text,
};

/// What only the participant says.
const MARKER: &str = "nobody else ever says this";

async fn erase(server: &Server, map: &str, who: &str) -> Answer {
    let path = format!("/api/maps/{map}/people/{who}/erase");
    let request = ask(Method::POST, &path).header("authorization", format!("Bearer {KEY}"));
    server.send(request.body(Body::empty()).unwrap()).await
}

async fn delete(server: &Server, map: &str) -> Answer {
    let path = format!("/api/maps/{map}");
    let request = ask(Method::DELETE, &path).header("authorization", format!("Bearer {KEY}"));
    server.send(request.body(Body::empty()).unwrap()).await
}

async fn asks(server: &Server, map: &TestMap, role: &str, command: Value) -> Answer {
    let path = format!("/api/maps/{}/commands", map.id);
    let token = map.tokens.get(role).map_or(KEY, String::as_str);
    server
        .post(Some(token), &path, &json!({ "command": command }))
        .await
}

/// Everything that the host reads of a map.
async fn everything(server: &Server, map: &str) -> String {
    let mut all = String::new();
    for path in [
        "",
        "/history",
        "/history/records?from=1",
        "/history/authors",
        "/versions",
        "/rounds",
    ] {
        let answer = server
            .get_as(KEY, &format!("/api/maps/{map}{path}"))
            .await
            .is(200);
        all += &String::from_utf8_lossy(&answer.body);
    }
    all
}

#[tokio::test]
async fn erase_1_a_host_erases_somebody_and_no_address_tells_of_them() {
    let server = server();
    let map = server.map().await;
    let renamed = json!({"rename": {"name": "Benjamin Oakley", "color": "#112233"}});
    asks(&server, &map, "participant", renamed).await.is(200);
    asks(
        &server,
        &map,
        "participant",
        json!({"park": {"text": MARKER}}),
    )
    .await
    .is(200);
    asks(
        &server,
        &map,
        "facilitator",
        json!({"park": {"text": "mine"}}),
    )
    .await
    .is(200);
    let before = everything(&server, &map.id).await;
    assert!(before.contains(MARKER) && before.contains("Benjamin Oakley"));

    let health = format!("/api/maps/{}/health", map.id);
    let judged = server.get_as(KEY, &health).await.is(200);
    let erased = erase(&server, &map.id, "p2").await.is(200).json();
    assert_eq!(erased["participant"], "p2");
    assert!(erased["records"].as_u64().unwrap() >= 3, "{erased}");
    assert_ne!(erased["before"], erased["after"]);
    let after = everything(&server, &map.id).await;
    assert!(
        !after.contains(MARKER) && !after.contains("Benjamin Oakley"),
        "{after}"
    );
    assert!(after.contains("mine") && after.contains("Erased person"));
    let anew = server.get_as(KEY, &health).await.is(200);
    let tags = (anew.header("etag"), judged.header("etag"));
    assert_ne!(
        tags.0, tags.1,
        "what a browser kept is not the answer any more"
    );
    let me = format!("/api/maps/{}/me", map.id);
    let gone = server.get_as(&map.tokens["participant"], &me).await;
    gone.problem(401, "unknown-token");
    server.get_as(&map.tokens["facilitator"], &me).await.is(200);
    // The map goes on.
    asks(
        &server,
        &map,
        "facilitator",
        json!({"park": {"text": "more"}}),
    )
    .await
    .is(200);
    // Of somebody erased nothing is left to do.
    let again = erase(&server, &map.id, "p2").await.is(200).json();
    assert_eq!(again["records"], 0);
    assert_eq!(again["before"], again["after"]);
}

#[tokio::test]
async fn erase_5_not_while_a_round_is_open_or_a_brainstorm_under_way_and_nobody_is_removed_then() {
    let server = server();
    let map = server.map().await;
    let start = json!({"startBrainstorm": {"setup": {"prompt": "What hurts?"}}});
    asks(&server, &map, "facilitator", start).await.is(200);
    let refused = erase(&server, &map.id, "p2")
        .await
        .problem(422, "broken-rule");
    assert_eq!(refused["rule"], "ERASE-5");
    let me = format!("/api/maps/{}/me", map.id);
    server.get_as(&map.tokens["participant"], &me).await.is(200);
    asks(&server, &map, "facilitator", json!({"discardDrafts": {}}))
        .await
        .is(200);
    erase(&server, &map.id, "p2").await.is(200);
}

#[tokio::test]
async fn erase_1_who_is_not_there_and_the_last_facilitator_are_not_erased() {
    let server = server();
    let map = server.map().await;
    let nobody = erase(&server, &map.id, "p9")
        .await
        .problem(422, "broken-rule");
    assert_eq!(nobody["rule"], "ERASE-1");
    let misnamed = erase(&server, &map.id, "Ben")
        .await
        .problem(422, "broken-rule");
    assert_eq!(misnamed["path"], "participant");
    let last = erase(&server, &map.id, "p1")
        .await
        .problem(403, "not-allowed");
    assert_eq!(last["rule"], "ROLE-3");
    erase(&server, "no-such-map", "p1")
        .await
        .problem(404, "no-such-map");
}

#[tokio::test]
async fn keep_2_a_map_that_soon_goes_says_so_in_the_list_and_to_whoever_is_in_it() {
    const DAY: u64 = 86_400_000;
    let time = Arc::new(AtomicU64::new(0));
    let clock = {
        let time = time.clone();
        Clock::from_fn(move || time.load(Ordering::SeqCst))
    };
    let keep = |asked: &mut Asked| {
        asked.host_key = Some(Secret::new(KEY));
        asked.keep_days = Some(70);
    };
    let web = WebClient::from_files(super::built_client);
    let server = Server::at(clock, keep, web, Budgets::default());
    let map = server.map().await;
    let me = format!("/api/maps/{}/me", map.id);
    let said = async || {
        let listed = server.get_as(KEY, "/api/maps").await.is(200).json();
        let me = server
            .get_as(&map.tokens["observer"], &me)
            .await
            .is(200)
            .json();
        assert_eq!(listed["maps"][0]["deletedOn"], me["deletedOn"]);
        me["deletedOn"].clone()
    };
    assert_eq!(said().await, Value::Null);
    time.store(63 * DAY - 1, Ordering::SeqCst);
    assert_eq!(said().await, Value::Null);
    time.store(63 * DAY, Ordering::SeqCst);
    assert_eq!(said().await, "1970-03-12T00:00:00Z");
    // Something is recorded in it.
    let renamed = json!({"rename": {"name": "Ben", "color": "#112233"}});
    asks(&server, &map, "participant", renamed).await.is(200);
    assert_eq!(said().await, Value::Null);
}

#[tokio::test]
async fn delete_1_a_deleted_map_is_nowhere_and_its_neighbour_stays() {
    let server = server();
    let (map, other) = (server.map().await, server.map().await);
    delete(&server, &map.id).await.is(204);
    for path in ["", "/history", "/rounds", "/export?format=json", "/health"] {
        let path = format!("/api/maps/{}{path}", map.id);
        server.get_as(KEY, &path).await.problem(404, "no-such-map");
    }
    let listed = server.get_as(KEY, "/api/maps").await.is(200).json();
    let ids: Vec<String> = listed["maps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|map| text(&map["id"]))
        .collect();
    assert_eq!(ids, std::slice::from_ref(&other.id));
    let join = json!({"invite": map.invites["participant"], "name": "Late"});
    server
        .post(None, "/api/join", &join)
        .await
        .problem(403, "unknown-invite");
    delete(&server, &map.id).await.problem(404, "no-such-map");
    erase(&server, &map.id, "p2")
        .await
        .problem(404, "no-such-map");
    server
        .get_as(KEY, &format!("/api/maps/{}", other.id))
        .await
        .is(200);
}
