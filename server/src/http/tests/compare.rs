//! `GET /api/maps/{id}/compare` (COMPARE).

use serde_json::{Value, json};

use super::{KEY, Server, server, text};

async fn import(server: &Server, name: &str) -> Value {
    let sample: Value = serde_json::from_str(cairn_protocol::map::sample(name).unwrap()).unwrap();
    server
        .post(Some(KEY), "/api/maps/import", &sample)
        .await
        .is(201)
        .json()
}

async fn token(server: &Server, made: &Value) -> String {
    let join = json!({"invite": made["invites"]["observer"], "name": "Olga"});
    let joined = server.post(None, "/api/join", &join).await.is(200).json();
    text(&joined["token"])
}

#[tokio::test]
async fn compare_the_state_of_today_and_the_one_to_come() {
    let server = server();
    let today = import(&server, "renting-a-flat.current").await;
    let to_come = import(&server, "renting-a-flat.future").await;
    let (today, to_come) = (text(&today["id"]), text(&to_come["id"]));
    let path = format!("/api/maps/{today}/compare?with={to_come}");
    let found = server.get_as(KEY, &path).await.is(200).json();
    assert_eq!(
        found["stages"]["removed"][0]["name"],
        "Waiting for an answer"
    );
    let gaps = found["gaps"].as_array().unwrap();
    let answer = gaps.iter().find(|gap| gap["id"] == "x-answer").unwrap();
    assert_eq!(answer["became"], "closed");
    let answer = server
        .get_as(KEY, &format!("{path}&format=md"))
        .await
        .is(200);
    assert_eq!(
        answer.header("content-type"),
        "text/markdown; charset=utf-8"
    );
    let written = String::from_utf8(answer.body).unwrap();
    assert!(written.contains("\n## Pains\n"), "{written}");
}

#[tokio::test]
async fn compare_a_moment_of_a_map_with_now() {
    let server = server();
    let made = import(&server, "renting-a-flat.current").await;
    let id = text(&made["id"]);
    // Its first record made it, empty; its content came later.
    let path = format!("/api/maps/{id}/compare?from=1");
    let found = server.get_as(KEY, &path).await.is(200).json();
    assert_eq!(found["before"]["cards"], 0);
    assert_eq!(found["cards"]["added"].as_array().unwrap().len(), 78);
    let same = server
        .get_as(KEY, &format!("/api/maps/{id}/compare"))
        .await
        .is(200)
        .json();
    assert_eq!(same["cards"]["added"], json!([]));
    // Between two moments that are over: what came after the later one does not show.
    let brought = server
        .get_as(KEY, &format!("/api/maps/{id}/history"))
        .await
        .is(200)
        .json();
    let brought = brought["seq"].as_u64().unwrap();
    let empty = json!({"command": {"restore": {"seq": 1}}});
    server
        .post(Some(KEY), &format!("/api/maps/{id}/commands"), &empty)
        .await
        .is(200);
    let between = |from: u64, to: u64| format!("/api/maps/{id}/compare?from={from}&to={to}");
    let found = server
        .get_as(KEY, &between(1, brought))
        .await
        .is(200)
        .json();
    assert_eq!(found["cards"]["added"].as_array().unwrap().len(), 78);
    let found = server
        .get_as(KEY, &between(brought, 1))
        .await
        .is(200)
        .json();
    assert_eq!(found["cards"]["removed"].as_array().unwrap().len(), 78);
    let path = format!("/api/maps/{id}/compare?from={brought}");
    let found = server.get_as(KEY, &path).await.is(200).json();
    assert_eq!(found["cards"]["removed"].as_array().unwrap().len(), 78);
    let late = format!("/api/maps/{id}/compare?from=999999");
    server
        .get_as(KEY, &late)
        .await
        .problem(404, "no-such-moment");
}

#[tokio::test]
async fn role_5_who_reads_one_map_compares_it_to_no_other() {
    let server = server();
    let (one, other) = (
        import(&server, "renting-a-flat.current").await,
        import(&server, "renting-a-flat.future").await,
    );
    let olga = token(&server, &one).await;
    let path = |with: &str| format!("/api/maps/{}/compare?with={with}", text(&one["id"]));
    let answer = server.get_as(&olga, &path(&text(&other["id"]))).await;
    answer.problem(401, "unknown-token");
    server
        .get_as(&olga, &path("no-such-map"))
        .await
        .problem(404, "no-such-map");
    server.get_as(&olga, &path(&text(&one["id"]))).await.is(200);
}
