//! `GET /api/maps/{id}/health`: the findings of the map as it is, judged on a day, and told cheaply when nothing changed.

use axum::body::Body;
use axum::http::Method;
use cairn_protocol::id::MapId;
use cairn_protocol::map::health::{Health, health};
use cairn_protocol::map::{self, Date, JourneyMap};
use cairn_protocol::record::Actor;
use serde_json::{Value, json};

use super::{Answer, KEY, Server, ask, server, text};

const DAY: &str = "?today=2026-11-16";

/// A map made of a sample; its health's address.
async fn imported(server: &Server, sample: &str) -> (MapId, String) {
    let document: Value = serde_json::from_str(map::sample(sample).unwrap()).unwrap();
    let made = server
        .post(Some(KEY), "/api/maps/import", &document)
        .await
        .is(201);
    let id = text(&made.json()["id"]);
    let path = format!("/api/maps/{id}/health");
    (MapId::new(id).unwrap(), path)
}

/// Asks with the tag of an earlier answer.
async fn again(server: &Server, path: &str, tag: &str) -> Answer {
    let request = ask(Method::GET, path)
        .header("authorization", format!("Bearer {KEY}"))
        .header("if-none-match", tag);
    server.send(request.body(Body::empty()).unwrap()).await
}

/// Somebody names the map's owner; returns when that is on disk.
async fn own(server: &Server, map: &MapId, owner: &str) {
    let edit = |txn: &mut yrs::TransactionMut<'_>| {
        map::set_map_field(txn, "owner", Some(&json!(owner))).unwrap();
    };
    server.edited(map, (Actor::Host, 77), edit).await;
}

#[tokio::test]
async fn health_5_every_sample_is_judged_as_the_rules_judge_it() {
    let server = server();
    for (name, sample) in map::SAMPLES {
        let (_, path) = imported(&server, name).await;
        let answer = server.get_as(KEY, &format!("{path}{DAY}")).await.is(200);
        assert_eq!(answer.header("content-type"), "application/json");
        let found: Health = serde_json::from_slice(&answer.body).unwrap();
        let today = Date::parse("2026-11-16").unwrap();
        let expected = Health {
            today,
            seq: Some(5),
            findings: health(&JourneyMap::parse(sample).unwrap(), today),
        };
        assert_eq!(found, expected, "{name}");
    }
}

#[tokio::test]
async fn health_5_the_day_is_the_servers_unless_told() {
    let server = server();
    let (_, path) = imported(&server, "nurse-night-shift.day").await;
    let before = server.app.rooms().clock().today();
    let answer = server.get_as(KEY, &path).await.is(200).json();
    let after = server.app.rooms().clock().today();
    let today = Date::parse(answer["today"].as_str().unwrap()).unwrap();
    assert!((before..=after).contains(&today), "{today}");
    // Long after the review was due.
    let late = server
        .get_as(KEY, &format!("{path}?today=2031-01-01"))
        .await;
    let late = late.is(200).json();
    assert_eq!(late["today"], "2031-01-01");
    assert_eq!(late["findings"][0]["rule"], "REVIEW-1");
    assert_eq!(late["findings"][0]["severity"], "problem");
}

#[tokio::test]
async fn health_5_a_day_the_calendar_does_not_have_is_a_problem_that_says_so() {
    let server = server();
    let (_, path) = imported(&server, "nurse-night-shift.day").await;
    for day in [
        "2026-02-30",
        "today",
        "16.11.2026",
        "",
        "2026-11-16T00:00:00Z",
    ] {
        let answer = server.get_as(KEY, &format!("{path}?today={day}")).await;
        let problem = answer.problem(400, "bad-request");
        assert_eq!(problem["path"], "today", "{day:?}");
        assert!(text(&problem["detail"]).contains("2026-11-16"), "{problem}");
    }
    let twice = format!("{path}{DAY}&today=2026-11-17");
    server.get_as(KEY, &twice).await.problem(400, "bad-request");
}

#[tokio::test]
async fn health_6_who_has_the_version_is_told_so_until_somebody_edits() {
    let server = server();
    let (map, path) = imported(&server, "crm-funnel.flawed").await;
    let path = format!("{path}{DAY}");
    let first = server.get_as(KEY, &path).await.is(200);
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "private, no-cache");
    for tag in [&tag, &format!("\"x\", {tag}"), &"*".to_owned()] {
        let same = again(&server, &path, tag).await.is(304);
        assert_eq!(same.body, b"");
        assert_eq!(same.header("etag"), first.header("etag"));
    }
    // Somebody joining changes nothing of the map.
    let join = json!({"map": map.to_string(), "name": "Jo"});
    server.post(Some(KEY), "/api/join", &join).await.is(200);
    again(&server, &path, &tag).await.is(304);
    // Another day is another question.
    let tomorrow = path.replace("-16", "-17");
    again(&server, &tomorrow, &tag).await.is(200);
    own(&server, &map, "Ana").await;
    let edited = again(&server, &path, &tag).await.is(200);
    assert_ne!(edited.header("etag"), tag);
    let (before, after) = (first.json(), edited.json());
    assert!(after["seq"].as_u64() > before["seq"].as_u64());
    let rules = |answer: &Value| -> Vec<String> {
        let findings = answer["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| text(&finding["rule"]))
            .collect()
    };
    assert!(rules(&before).contains(&"REVIEW-2".to_owned()));
    assert!(!rules(&after).contains(&"REVIEW-2".to_owned()));
}

#[tokio::test]
async fn health_5_the_openapi_document_describes_the_findings() {
    let document = server().get("/api/openapi.json").await.is(200).json();
    let operation = &document["paths"]["/api/maps/{id}/health"]["get"];
    assert_eq!(operation["operationId"], "mapHealth");
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["$ref"], "#/components/schemas/Health");
    let schemas = &document["components"]["schemas"];
    let rules = schemas["Rule"]["enum"].as_array().unwrap();
    assert_eq!(rules.len(), 28, "{rules:?}");
    assert_eq!(rules[0], "PERSONA-1");
    let act = schemas["Act"].to_string();
    for act_name in [
        "addPersona",
        "makePrimary",
        "addOpportunity",
        "markReviewed",
    ] {
        assert!(act.contains(act_name), "{act_name} in {act}");
    }
}
