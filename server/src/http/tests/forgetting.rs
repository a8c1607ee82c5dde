//! A host who erases a person and deletes maps over HTTP (ERASE, DELETE).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::http::Method;
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::Actor;
use serde_json::{Value, json};
use yrs::{Map as _, MapPrelim, TextPrelim, TransactionMut, WriteTxn as _};

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

/// Every address of a map that is read, after its name. A new one belongs here, too: each is asked below.
const READ: [&str; 11] = [
    "",
    "/compare",
    "/export",
    "/health",
    "/history",
    "/history/at/{seq}",
    "/history/authors",
    "/history/records",
    "/me",
    "/rounds",
    "/workshop",
];
const LISTED: &str = "/versions";

/// The addresses that the server says it has.
async fn addresses(server: &Server) -> Vec<String> {
    let document = server.get("/api/openapi.json").await.is(200).json();
    let paths = document["paths"].as_object().unwrap().iter();
    let read = paths.filter(|(_, methods)| methods.get("get").is_some());
    let of_a_map = read.filter_map(|(path, _)| path.strip_prefix("/api/maps/{id}"));
    of_a_map.map(str::to_owned).collect()
}

/// What each address says of a map, as text, now and after each of its records.
async fn everything(server: &Server, map: &str, token: &str) -> Vec<(String, String)> {
    let last = server
        .get_as(KEY, &format!("/api/maps/{map}/history"))
        .await
        .is(200)
        .json()["seq"]
        .as_u64()
        .unwrap();
    let mut asked: Vec<String> = ["", "/health", "/history", "/history/authors", "/me"]
        .into_iter()
        .chain(["/history/records?from=1", "/rounds", "/workshop", LISTED])
        .map(str::to_owned)
        .collect();
    for seq in 1..=last {
        asked.push(format!("/history/at/{seq}"));
        for format in ["json", "md"] {
            asked.push(format!("/compare?from={seq}&format={format}"));
        }
        for format in ["json", "csv", "md", "svg"] {
            asked.push(format!("/export?format={format}&at={seq}"));
        }
    }
    let mut said = Vec::new();
    for path in asked {
        let answer = server
            .get_as(token, &format!("/api/maps/{map}{path}"))
            .await;
        let answer = answer.is(200);
        said.push((path, String::from_utf8_lossy(&answer.body).into_owned()));
    }
    said
}

/// Which of the addresses say this.
fn saying<'a>(said: &'a [(String, String)], word: &str) -> Vec<&'a str> {
    let telling = said.iter().filter(|(_, answer)| answer.contains(word));
    telling.map(|(path, _)| path.as_str()).collect()
}

/// A map in which the participant, renamed, wrote a card, and the facilitator another.
async fn written(server: &Server) -> (TestMap, MapId) {
    let map = server.map().await;
    let id = MapId::new(map.id.clone()).unwrap();
    let renamed = json!({"rename": {"name": "Benjamin Oakley", "color": "#112233"}});
    asks(server, &map, "participant", renamed).await.is(200);
    let grid = |txn: &mut TransactionMut<'_>| {
        for (root, kind) in [("stages", None), ("lanes", Some("note"))] {
            let root = txn.get_or_insert_map(root);
            let entry = root.insert(txn, "here", MapPrelim::default());
            entry.insert(txn, "title", TextPrelim::new("Here"));
            entry.insert(txn, "order", "a0");
            if let Some(kind) = kind {
                entry.insert(txn, "kind", kind);
            }
        }
    };
    server.edited(&id, (Actor::Host, 70), grid).await;
    for (who, words, author) in [(1, "mine", "facilitator"), (2, MARKER, "Benjamin Oakley")] {
        let card = |txn: &mut TransactionMut<'_>| {
            let cards = txn.get_or_insert_map("cards");
            let card = cards.insert(txn, format!("card-{who}"), MapPrelim::default());
            card.insert(txn, "text", TextPrelim::new(words));
            for (field, value) in [("lane", "here"), ("stage", "here"), ("author", author)] {
                card.insert(txn, field, value);
            }
        };
        let client = (Actor::Participant(ParticipantId(who)), 70 + u64::from(who));
        server.edited(&id, client, card).await;
    }
    for (role, text) in [("participant", MARKER), ("facilitator", "mine")] {
        let park = json!({"park": {"text": text}});
        asks(server, &map, role, park).await.is(200);
    }
    (map, id)
}

#[tokio::test]
async fn erase_1_a_host_erases_somebody_and_no_address_tells_of_them() {
    let server = server();
    let mut known: Vec<&str> = READ.into_iter().chain([LISTED]).collect();
    let mut there = addresses(&server).await;
    known.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, known, "each address of a map is asked here");
    let (map, _) = written(&server).await;
    let token = &map.tokens["facilitator"];
    let before = everything(&server, &map.id, token).await;
    let (words, name) = (saying(&before, MARKER), saying(&before, "Benjamin Oakley"));
    for address in [
        "",
        "/history/at/",
        "/history/records",
        "/export?format=svg",
        "/compare",
    ] {
        let tells = |paths: &[&str]| paths.iter().any(|path| path.starts_with(address));
        assert!(tells(&words), "{address}: {words:?}");
    }
    for address in ["/history", "/export?format=csv", "/history/records"] {
        assert!(
            name.iter().any(|path| path.starts_with(address)),
            "{address}: {name:?}"
        );
    }

    let health = format!("/api/maps/{}/health", map.id);
    let judged = server.get_as(KEY, &health).await.is(200);
    let erased = erase(&server, &map.id, "p2").await.is(200).json();
    assert_eq!(erased["participant"], "p2");
    assert!(erased["records"].as_u64().unwrap() >= 4, "{erased}");
    assert_ne!(erased["before"], erased["after"]);
    let after = everything(&server, &map.id, token).await;
    assert_eq!(saying(&after, MARKER), [""; 0]);
    assert_eq!(saying(&after, "Benjamin Oakley"), [""; 0]);
    for word in ["mine", "Erased person"] {
        let tells = saying(&after, word);
        assert!(tells.contains(&""), "{word}: {tells:?}");
    }
    let anew = server.get_as(KEY, &health).await.is(200);
    let tags = (anew.header("etag"), judged.header("etag"));
    assert_ne!(
        tags.0, tags.1,
        "what a browser kept is not the answer any more"
    );
    let me = format!("/api/maps/{}/me", map.id);
    let gone = server.get_as(&map.tokens["participant"], &me).await;
    gone.problem(401, "unknown-token");
    // The map goes on.
    let more = json!({"park": {"text": "more"}});
    asks(&server, &map, "facilitator", more).await.is(200);
}

#[tokio::test]
async fn erase_4_of_somebody_erased_nothing_is_left_to_do_and_nobody_is_sent_away() {
    let server = server();
    let (map, id) = written(&server).await;
    erase(&server, &map.id, "p2").await.is(200);
    let room = server.app.rooms().room(&id).await.unwrap();
    let seq = room.state().await.unwrap().seq;
    let again = erase(&server, &map.id, "p2").await.is(200).json();
    assert_eq!(again["records"], 0);
    assert_eq!(again["before"], again["after"]);
    let state = room.state().await.expect("the room goes on");
    assert_eq!(state.seq, seq);
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
