//! Who may do what: every route with every kind of caller, in one table (HTTP-2, ROLE-4, ROLE-5, ROLE-8).

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use super::{Asked, Budgets, KEY, Secret, Server, TestMap, WebClient, ask, keyless, server, text};
use crate::http::limits::Budget;

/// Who asks, in the order of the table's columns.
pub(super) const CALLERS: [&str; 8] = [
    "nobody",
    "a token of another map",
    "a removed participant",
    "a wrong host key",
    "observer",
    "participant",
    "facilitator",
    "host",
];

/// Asks beside them.
const UNKNOWN: &str = "a token that nobody has";

/// A route with what it answers to each caller.
pub(super) struct Row {
    pub(super) method: &'static str,
    /// As in the OpenAPI document.
    path: &'static str,
    /// Filled in.
    query: &'static str,
    body: Option<Value>,
    pub(super) answers: [u16; 8],
}

fn row(method: &'static str, path: &'static str, answers: [u16; 8]) -> Row {
    Row {
        method,
        path,
        query: "",
        body: None,
        answers,
    }
}

/// Everybody.
const ALL: [u16; 8] = [200; 8];
/// Whoever is in the map, and the host.
const INSIDE: [u16; 8] = [401, 401, 401, 401, 200, 200, 200, 200];

pub(super) fn table(map: &TestMap) -> Vec<Row> {
    let host_only = |made| [401, 401, 401, 401, 401, 401, 401, made];
    let sample = cairn_protocol::map::sample("library-card.blueprint").unwrap();
    let command = |command: Value, answers| Row {
        body: Some(json!({ "command": command })),
        ..row("post", "/api/maps/{id}/commands", answers)
    };
    let facilitators = [401, 401, 401, 401, 403, 403, 200, 200];
    vec![
        // A bearer that opens nothing is always said to be wrong; nobody has no maps.
        row("get", "/api/maps", [200, 200, 401, 401, 200, 200, 200, 200]),
        row(
            "get",
            "/api/calendar.ics",
            [401, 200, 401, 401, 200, 200, 200, 200],
        ),
        Row {
            body: Some(json!({})),
            ..row("post", "/api/maps", host_only(201))
        },
        Row {
            body: Some(serde_json::from_str(sample).unwrap()),
            ..row("post", "/api/maps/import", host_only(201))
        },
        Row {
            body: Some(serde_json::from_str(sample).unwrap()),
            ..row("post", "/api/maps/import/preview", host_only(200))
        },
        row("get", "/api/maps/{id}", INSIDE),
        Row {
            query: "?at=1",
            ..row("get", "/api/maps/{id}", INSIDE)
        },
        // The host who has not joined is nobody in the map.
        row(
            "get",
            "/api/maps/{id}/me",
            [401, 401, 401, 401, 200, 200, 200, 401],
        ),
        // An invite is enough, whoever brings it.
        Row {
            body: Some(json!({"invite": map.invites["observer"], "name": "X"})),
            ..row("post", "/api/join", ALL)
        },
        Row {
            body: Some(json!({"invite": map.invites["participant"], "map": map.id})),
            ..row("post", "/api/invite", ALL)
        },
        // Without one, only the host gets in.
        Row {
            body: Some(json!({"map": map.id, "name": "X"})),
            ..row("post", "/api/join", host_only(200))
        },
        // The host has no name in the map to change (ROLE-7).
        command(
            json!({"rename": {"name": "New", "color": "#112233"}}),
            [401, 401, 401, 401, 200, 200, 200, 422],
        ),
        command(json!({"rotateInvite": {"role": "observer"}}), facilitators),
        command(
            json!({"setRole": {"participant": "p2", "role": "participant"}}),
            facilitators,
        ),
        Row {
            query: "?format=json",
            ..row("get", "/api/maps/{id}/export", INSIDE)
        },
        row("get", "/api/maps/{id}/history", INSIDE),
        Row {
            query: "?from=1",
            ..row("get", "/api/maps/{id}/history/records", INSIDE)
        },
        row("get", "/api/maps/{id}/history/authors", INSIDE),
        row("get", "/api/maps/{id}/history/at/{seq}", INSIDE),
        row("get", "/api/maps/{id}/health", INSIDE),
        Row {
            query: "?from=1",
            ..row("get", "/api/maps/{id}/compare", INSIDE)
        },
        row("get", "/api/maps/{id}/rounds", INSIDE),
        row("get", "/api/maps/{id}/workshop", INSIDE),
        row("get", "/api/maps/{id}/versions", INSIDE),
        // Bounds are checked first for the host: nothing starts here.
        Row {
            body: Some(json!({"participants": 1, "seconds": 10})),
            ..row("post", "/api/demo", host_only(422))
        },
        row("get", "/healthz", ALL),
        row("get", "/readyz", ALL),
        row("get", "/metrics", host_only(200)),
        row("get", "/api/openapi.json", ALL),
        row("get", "/problems/{kind}", ALL),
        // Plain HTTP is told what the address is for; sockets have a test of their own.
        row("get", "/sync/{map}", [426; 8]),
        // The last ones: of what they take away nothing is left.
        row(
            "post",
            "/api/maps/{id}/people/{participant}/erase",
            host_only(200),
        ),
        row("delete", "/api/maps/{id}", host_only(204)),
    ]
}

pub(super) fn filled(row: &Row, map: &TestMap) -> String {
    let path = row.path.replace("{id}", &map.id).replace("{map}", &map.id);
    let path = path.replace("{seq}", "1").replace("{participant}", "p3");
    path.replace("{kind}", "no-such-map") + row.query
}

pub(super) async fn answer(
    server: &Server,
    row: &Row,
    path: &str,
    header: Option<(&str, String)>,
) -> u16 {
    let method = Method::from_bytes(row.method.to_uppercase().as_bytes()).unwrap();
    let mut request = ask(method, path);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let body = match &row.body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    let answer = server.send(request.body(body).unwrap()).await;
    if answer.status.is_client_error() {
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    answer.status.as_u16()
}

#[tokio::test]
async fn role_4_every_route_answers_each_caller_as_the_table_says() {
    let with_key = |asked: &mut Asked| asked.host_key = Some(Secret::new(KEY));
    let web = WebClient::from_files(|_| None);
    // All callers come from one address: there are more wrong tokens in the table than it may try.
    let failures = Budget::new(10_000, Duration::from_millis(1));
    let budgets = Budgets {
        failures,
        ..Budgets::default()
    };
    let server = Server::built(with_key, web, budgets);
    let (map, other) = (server.map().await, server.map().await);
    let removed = {
        let join = json!({"invite": map.invites["participant"], "name": "Gone"});
        let joined = server.post(None, "/api/join", &join).await.is(200).json();
        let remove = json!({"command": {"remove": {"participant": joined["participant"]}}});
        server
            .post(
                Some(KEY),
                &format!("/api/maps/{}/commands", map.id),
                &remove,
            )
            .await
            .is(200);
        text(&joined["token"])
    };
    let bearer = |caller: &str| match caller {
        "nobody" => None,
        "a token of another map" => Some(other.tokens["participant"].clone()),
        "a removed participant" => Some(removed.clone()),
        "a wrong host key" => Some("the host key of another".to_owned()),
        UNKNOWN => Some("A".repeat(43)),
        "host" => Some(KEY.to_owned()),
        role => Some(map.tokens[role].clone()),
    };
    let mut wrong = Vec::new();
    for row in table(&map) {
        let path = filled(&row, &map);
        // What has the form of a token and is none opens as little as a wrong key.
        let unknown = (UNKNOWN, row.answers[3]);
        let callers = CALLERS.into_iter().zip(row.answers);
        for (caller, expected) in [unknown].into_iter().chain(callers) {
            let header = bearer(caller).map(|token| ("authorization", format!("Bearer {token}")));
            let found = answer(&server, &row, &path, header).await;
            if found != expected {
                wrong.push(format!(
                    "{} {path} as {caller}: {found}, not {expected}",
                    row.method
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn role_5_a_browser_cookie_opens_what_a_token_opens() {
    let server = server();
    let map = server.map().await;
    let mut wrong = Vec::new();
    for (column, role) in [(4, "observer"), (5, "participant"), (6, "facilitator")] {
        let join = json!({"invite": map.invites[role], "name": role});
        let cookie = server.post(None, "/api/join", &join).await.is(200).cookie();
        // Joining again would raise the browser's role: not part of this.
        for row in table(&map).iter().filter(|row| row.path != "/api/join") {
            // Each role's invite is made anew along the way, so later rounds bring the present one by cookie only.
            let path = filled(row, &map);
            let found = answer(&server, row, &path, Some(("cookie", cookie.clone()))).await;
            if found != row.answers[column] {
                let expected = row.answers[column];
                wrong.push(format!(
                    "{} {path} as {role}: {found}, not {expected}",
                    row.method
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn http_2_the_document_lists_exactly_the_routes_of_the_table() {
    let server = server();
    let map = server.map().await;
    let document = server.get("/api/openapi.json").await.is(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut documented = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            documented.insert((method.clone(), path.clone()));
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(
                operation["responses"]["default"].is_object(),
                "{method} {path}: no problem"
            );
        }
    }
    let tested = table(&map)
        .iter()
        .map(|row| (row.method.to_owned(), row.path.to_owned()))
        .collect();
    assert_eq!(documented, tested);
}

#[tokio::test]
async fn http_2_every_reference_of_the_document_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = server().get("/api/openapi.json").await.is(200).json();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn role_8_without_a_host_key_the_own_machine_is_the_host_and_nobody_else() {
    let server = keyless();
    server.post(None, "/api/maps", &json!({})).await.is(201);
    let list = server.get("/api/maps").await.is(200).json();
    assert_eq!(list["mayCreate"], true);
    assert_eq!(list["maps"][0]["role"], "host");
    for (name, value) in [("host", "maps.example"), ("x-forwarded-for", "10.0.0.9")] {
        let request =
            axum::http::Request::post("/api/maps").header("content-type", "application/json");
        let mut request = request.body(Body::from("{}")).unwrap();
        request
            .headers_mut()
            .insert("host", "localhost:8080".parse().unwrap());
        request.headers_mut().insert(name, value.parse().unwrap());
        server.send(request).await.problem(401, "host-only");
    }
}

#[tokio::test]
async fn role_8_somebody_who_joined_acts_as_themselves_even_where_everyone_is_host() {
    let server = keyless();
    let made = server
        .post(None, "/api/maps", &json!({}))
        .await
        .is(201)
        .json();
    let join = json!({"invite": made["invites"]["observer"], "name": "Olga"});
    let cookie = server.post(None, "/api/join", &join).await.is(200).cookie();
    let rotate = json!({"command": {"rotateInvite": {"role": "observer"}}}).to_string();
    let path = format!("/api/maps/{}/commands", text(&made["id"]));
    let request = || ask(Method::POST, &path).header("content-type", "application/json");
    let as_olga = request()
        .header("cookie", cookie)
        .body(Body::from(rotate.clone()))
        .unwrap();
    let problem = server.send(as_olga).await.problem(403, "not-allowed");
    assert_eq!(problem["rule"], "ROLE-3");
    server
        .send(request().body(Body::from(rotate)).unwrap())
        .await
        .is(200);
}

#[tokio::test]
async fn role_5_a_list_shows_only_what_the_caller_may_open() {
    let server = server();
    let (one, two) = (server.map().await, server.map().await);
    let ids = |list: Value| -> BTreeSet<String> {
        list["maps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|map| text(&map["id"]))
            .collect()
    };
    let own = server
        .get_as(&one.tokens["observer"], "/api/maps")
        .await
        .is(200)
        .json();
    assert_eq!(own["maps"][0]["role"], "observer");
    assert_eq!(own["mayCreate"], false);
    assert_eq!(ids(own), BTreeSet::from([one.id.clone()]));
    assert_eq!(
        ids(server.get("/api/maps").await.is(200).json()),
        BTreeSet::new()
    );
    let all = server.get_as(KEY, "/api/maps").await.is(200).json();
    assert_eq!(ids(all), BTreeSet::from([one.id, two.id]));
}
