//! `GET /api/maps/{id}/versions` and the commands behind it (VERSION, RESTORE).

use serde_json::{Value, json};

use super::{KEY, Server, server, text};

async fn import(server: &Server) -> String {
    let sample = cairn_protocol::map::sample("renting-a-flat.current").unwrap();
    let sample: Value = serde_json::from_str(sample).unwrap();
    let made = server.post(Some(KEY), "/api/maps/import", &sample).await;
    text(&made.is(201).json()["id"])
}

async fn asks(server: &Server, id: &str, command: Value) -> super::Answer {
    let path = format!("/api/maps/{id}/commands");
    let body = json!({ "command": command });
    server.post(Some(KEY), &path, &body).await
}

async fn list(server: &Server, id: &str) -> Value {
    let path = format!("/api/maps/{id}/versions");
    server.get_as(KEY, &path).await.is(200).json()
}

async fn map(server: &Server, id: &str) -> Value {
    let path = format!("/api/maps/{id}");
    server.get_as(KEY, &path).await.is(200).json()
}

#[tokio::test]
async fn restore_1_a_moment_is_brought_back_and_so_is_what_it_took_away() {
    let server = server();
    let id = import(&server).await;
    assert_eq!(list(&server, &id).await["versions"], json!([]));
    let full = map(&server, &id).await;
    assert_eq!(full["cards"].as_array().unwrap().len(), 78);
    asks(&server, &id, json!({"saveVersion": {"name": "Full"}}))
        .await
        .is(200);
    // Its first record made it, empty.
    asks(&server, &id, json!({"restore": {"seq": 1}}))
        .await
        .is(200);
    assert_eq!(map(&server, &id).await["cards"], json!([]));
    let versions = list(&server, &id).await;
    let causes: Vec<_> = versions["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["cause"]))
        .collect();
    assert_eq!(causes, ["saved", "beforeRestore"]);
    assert_eq!(versions["versions"][1]["restored"], 1);
    let seq = &versions["versions"][1]["seq"];
    asks(&server, &id, json!({"restore": {"seq": seq}}))
        .await
        .is(200);
    assert_eq!(map(&server, &id).await, full);
    let problem = asks(&server, &id, json!({"restore": {"seq": seq}}))
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["rule"], "RESTORE-3");
}

#[tokio::test]
async fn version_1_one_is_saved_renamed_read_and_dropped() {
    let server = server();
    let id = import(&server).await;
    asks(&server, &id, json!({"saveVersion": {"name": "Before"}}))
        .await
        .is(200);
    asks(
        &server,
        &id,
        json!({"renameVersion": {"id": 1, "name": "Monday"}}),
    )
    .await
    .is(200);
    let versions = list(&server, &id).await;
    let version = &versions["versions"][0];
    assert_eq!(version["name"], "Monday");
    let moment = format!("/api/maps/{id}?at={}", version["seq"]);
    let then = server.get_as(KEY, &moment).await.is(200).json();
    assert_eq!(then, map(&server, &id).await);
    asks(&server, &id, json!({"dropVersion": {"id": 1}}))
        .await
        .is(200);
    assert_eq!(list(&server, &id).await["versions"], json!([]));
    let problem = asks(&server, &id, json!({"saveVersion": {"name": " "}}))
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["rule"], "VERSION-3");
}
