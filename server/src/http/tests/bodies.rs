//! What is sent: JSON that cannot be read, is too large, breaks a rule; and what is made of what can (HTTP-1, HTTP-5).

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use yrs::Transact as _;
use yrs::updates::decoder::Decode as _;

use super::{KEY, ask, server, text};
use crate::http::{BODY_BYTES, IMPORT_BYTES};

async fn post_raw(path: &str, media_type: Option<&str>, body: impl Into<Body>) -> super::Answer {
    let mut request = ask(Method::POST, path).header("authorization", format!("Bearer {KEY}"));
    if let Some(media_type) = media_type {
        request = request.header("content-type", media_type);
    }
    server().send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn http_1_json_that_cannot_be_read_is_a_problem_with_its_place() {
    let json = Some("application/json");
    let problem = post_raw("/api/maps", json, "{\n\"title\": }")
        .await
        .problem(400, "not-json");
    assert_eq!(problem["path"], "line 2, column 10");
    post_raw("/api/maps", json, "")
        .await
        .problem(400, "not-json");
    post_raw("/api/maps", json, "{} {}")
        .await
        .problem(400, "not-json");
    post_raw("/api/maps", json, vec![b'"', 0xff, b'"'])
        .await
        .problem(400, "not-json");
    post_raw("/api/maps/import", json, "{")
        .await
        .problem(400, "not-json");
    post_raw("/api/maps", None, "{}")
        .await
        .problem(415, "wrong-media-type");
    post_raw("/api/maps", Some("text/plain"), "{}")
        .await
        .problem(415, "wrong-media-type");
    post_raw("/api/maps", Some("Application/JSON; charset=utf-8"), "{}")
        .await
        .is(201);
}

#[tokio::test]
async fn http_1_json_of_another_shape_breaks_a_rule() {
    let server = server();
    for body in [
        json!([]),
        json!({"kind": "map"}),
        json!({"titel": "x"}),
        json!({"title": 7}),
    ] {
        server
            .post(Some(KEY), "/api/maps", &body)
            .await
            .problem(422, "broken-rule");
    }
    let map = server.map().await;
    let path = format!("/api/maps/{}/commands", map.id);
    for body in [
        json!({}),
        json!({"command": {}}),
        json!({"command": {"explode": {}}}),
        json!({"command": {"remove": {"participant": "p1"}}, "request": ""}),
        json!({"command": {"remove": {"participant": "p1"}}, "request": "x".repeat(65)}),
        json!({"command": {"remove": {"participant": "12"}}}),
    ] {
        server
            .post(Some(KEY), &path, &body)
            .await
            .problem(422, "broken-rule");
    }
}

#[tokio::test]
async fn http_1_a_document_that_breaks_a_rule_is_refused_with_the_path() {
    let mut document: Value =
        serde_json::from_str(cairn_protocol::map::sample("library-card.blueprint").unwrap())
            .unwrap();
    document["cards"][3]["stage"] = json!("s9");
    let server = server();
    let problem = server
        .post(Some(KEY), "/api/maps/import", &document)
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["path"], "cards[3].stage");
    let list = server.get_as(KEY, "/api/maps").await.is(200).json();
    assert_eq!(list["maps"], json!([]), "nothing was made");
}

#[tokio::test]
async fn the_list_says_which_map_a_future_state_improves_on_and_when_a_review_is_due() {
    let mut document: Value =
        serde_json::from_str(cairn_protocol::map::sample("renting-a-flat.future").unwrap())
            .unwrap();
    document["review"] = json!({"everyDays": 30, "lastReviewed": "2026-11-01"});
    let server = server();
    for named in ["m1", &"x".repeat(1_000), ""] {
        document["currentState"] = json!(named);
        server
            .post(Some(KEY), "/api/maps/import", &document)
            .await
            .is(201);
    }
    let list = server.get_as(KEY, "/api/maps").await.is(200).json();
    let maps = list["maps"].as_array().unwrap();
    let mut names: Vec<_> = maps.iter().map(|map| map["currentState"].clone()).collect();
    names.sort_by_key(Value::is_null);
    assert_eq!(names, [json!("m1"), Value::Null, Value::Null]);
    assert!(maps.iter().all(|map| map["reviewDue"] == "2026-12-01"));
}

#[tokio::test]
async fn http_5_a_body_past_its_bound_is_refused() {
    let padded = |bytes: usize| format!("{{\"title\":\"x\"}}{}", " ".repeat(bytes - 13));
    let json = Some("application/json");
    post_raw("/api/maps", json, padded(BODY_BYTES))
        .await
        .is(201);
    post_raw("/api/maps", json, padded(BODY_BYTES + 1))
        .await
        .problem(413, "too-large");
    // Within an import's bound it is read, and judged as a map.
    post_raw("/api/maps/import", json, padded(IMPORT_BYTES))
        .await
        .problem(422, "broken-rule");
    post_raw("/api/maps/import", json, padded(IMPORT_BYTES + 1))
        .await
        .problem(413, "too-large");
}

#[tokio::test(start_paused = true)]
async fn http_5_a_body_that_never_ends_is_given_up() {
    let silence =
        Body::from_stream(futures_util::stream::pending::<Result<&[u8], std::io::Error>>());
    let request = ask(Method::POST, "/api/maps")
        .header("authorization", format!("Bearer {KEY}"))
        .header("content-type", "application/json");
    let server = server();
    let began = tokio::time::Instant::now();
    server
        .send(request.body(silence).unwrap())
        .await
        .problem(408, "too-slow");
    assert_eq!(began.elapsed().as_secs(), 60, "by the clock of the test");
}

#[tokio::test]
async fn http_5_who_may_not_act_is_refused_before_the_body_is_read() {
    let body = Body::from(vec![b' '; IMPORT_BYTES + 1]);
    let request = ask(Method::POST, "/api/maps/import").body(body).unwrap();
    server().send(request).await.problem(401, "host-only");
}

#[tokio::test]
async fn http_1_what_is_not_there_is_a_problem_too() {
    let server = server();
    server
        .get("/api/nothing")
        .await
        .problem(404, "no-such-page");
    server
        .get_as(KEY, "/api/maps/nosuchmap")
        .await
        .problem(404, "no-such-map");
    server
        .get_as(KEY, "/api/maps/%20")
        .await
        .problem(404, "no-such-map");
    server
        .get_as(KEY, "/api/maps/%ff")
        .await
        .problem(404, "no-such-map");
    server
        .get("/problems/nothing")
        .await
        .problem(404, "no-such-page");
    let request = ask(Method::DELETE, "/api/maps")
        .body(Body::empty())
        .unwrap();
    let answer = server.send(request).await;
    assert_eq!(answer.header("allow"), "GET,HEAD,POST");
    answer.problem(405, "wrong-method");
    let request = ask(Method::POST, "/nothing").body(Body::empty()).unwrap();
    server.send(request).await.problem(404, "no-such-page");
}

#[tokio::test]
async fn an_imported_map_reads_back_as_it_was() {
    let server = server();
    for (name, sample) in cairn_protocol::map::SAMPLES {
        let document: Value = serde_json::from_str(sample).unwrap();
        let made = server
            .post(Some(KEY), "/api/maps/import", &document)
            .await
            .is(201);
        let id = text(&made.json()["id"]);
        assert_eq!(made.header("location"), format!("/map/{id}"));
        let parsed = cairn_protocol::map::JourneyMap::parse(sample)
            .unwrap()
            .to_value();
        for path in [
            format!("/api/maps/{id}"),
            format!("/api/maps/{id}/export?format=json"),
        ] {
            assert_eq!(
                server.get_as(KEY, &path).await.is(200).json(),
                parsed,
                "{name} {path}"
            );
        }
        let export = server
            .get_as(KEY, &format!("/api/maps/{id}/export?format=json"))
            .await;
        let name = export.header("content-disposition");
        assert!(
            name.starts_with("attachment; filename=\"") && name.ends_with(".cairn.json"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_moment_shows_the_map_as_it_was_then() {
    let server = server();
    let sample: Value =
        serde_json::from_str(cairn_protocol::map::sample("nurse-night-shift.day").unwrap())
            .unwrap();
    let made = server
        .post(Some(KEY), "/api/maps/import", &sample)
        .await
        .is(201)
        .json();
    let path = format!("/api/maps/{}", text(&made["id"]));
    // The first record only says that the map came to be.
    let before = server
        .get_as(KEY, &format!("{path}?at=1"))
        .await
        .is(200)
        .json();
    assert_eq!(before["cards"], json!([]));
    let now = server.get_as(KEY, &path).await.is(200).json();
    assert_ne!(now["cards"], json!([]));
    let last = 5;
    let at_last = server
        .get_as(KEY, &format!("{path}?at={last}"))
        .await
        .is(200)
        .json();
    assert_eq!(at_last, now);
    let state = server
        .get_as(KEY, &format!("{path}/history/at/{last}"))
        .await
        .is(200);
    assert_eq!(state.header("content-type"), "application/octet-stream");
    let doc = cairn_protocol::map::new_doc(1);
    doc.transact_mut()
        .apply_update(yrs::Update::decode_v1(&state.body).unwrap())
        .unwrap();
    assert_eq!(cairn_protocol::map::read(&doc.transact()).to_value(), now);
    for moment in ["0", "6", "18446744073709551615"] {
        let problem = server.get_as(KEY, &format!("{path}?at={moment}")).await;
        problem.problem(404, "no-such-moment");
        let state = format!("{path}/history/at/{moment}");
        server
            .get_as(KEY, &state)
            .await
            .problem(404, "no-such-moment");
    }
    server
        .get_as(KEY, &format!("{path}?at=x"))
        .await
        .problem(400, "bad-request");
    server
        .get_as(KEY, &format!("{path}/history/at/x"))
        .await
        .problem(404, "no-such-moment");
    for query in ["", "?format=docx", "?format=json&at=-1"] {
        server
            .get_as(KEY, &format!("{path}/export{query}"))
            .await
            .problem(400, "bad-request");
    }
}

#[tokio::test]
async fn a_new_map_takes_its_scope_and_its_kinds_template() {
    let server = server();
    let read = async |body: Value| {
        let made = server
            .post(Some(KEY), "/api/maps", &body)
            .await
            .is(201)
            .json();
        server
            .get_as(KEY, &format!("/api/maps/{}", text(&made["id"])))
            .await
            .is(200)
            .json()
    };
    let map = read(json!({
        "title": " Moving in ", "kind": "service-blueprint",
        "scenario": "From key to first night", "goal": "What to fix first", "persona": "Mira",
    }))
    .await;
    assert_eq!(map["title"], "Moving in");
    assert_eq!(map["kind"], "service-blueprint");
    assert_eq!(map["scenario"], "From key to first night");
    assert_eq!(map["goal"], "What to fix first");
    assert_eq!(map["personas"][0]["name"], "Mira");
    assert_eq!(map["personas"][0]["primary"], true);
    assert!(!map["lanes"].as_array().unwrap().is_empty());
    let blank = read(json!({"template": false, "title": "  "})).await;
    assert_eq!(blank["lanes"], json!([]));
    assert_eq!(blank["kind"], "current-state");
    assert_ne!(text(&blank["title"]).trim(), "", "an empty title is none");
}

#[tokio::test]
async fn rec_5_a_command_sent_again_counts_once() {
    let server = server();
    let map = server.map().await;
    let path = format!("/api/maps/{}/commands", map.id);
    let remove = json!({"command": {"remove": {"participant": "p2"}}, "request": "once"});
    for _ in 0..2 {
        let done = server.post(Some(KEY), &path, &remove).await.is(200).json();
        assert_eq!(done["done"], "once");
    }
    // Under another name it is another command, and there is nobody to remove any more.
    let again = json!({"command": {"remove": {"participant": "p2"}}});
    let problem = server
        .post(Some(KEY), &path, &again)
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["rule"], "ROLE-6");
}
