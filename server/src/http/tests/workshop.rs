//! VIEW-2: the workshop as a program without a socket reads it.

use serde_json::{Value, json};

use super::super::workshop::example;
use super::{KEY, Server, server, text};

const SECRET: &str = "nobody ever answers";

struct Room {
    server: Server,
    id: String,
    ann: String,
    ben: String,
}

impl Room {
    /// A map of one stage and one lane, where Ann facilitates and Ben participates.
    async fn held() -> Self {
        let server = server();
        let map = json!({
            "format": "cairn.map/1", "title": "T", "kind": "current-state",
            "stages": [{"id": "order", "title": "Order"}],
            "lanes": [{"id": "pains", "kind": "pain", "title": "Pains"}],
            "cards": [{"id": "c", "lane": "pains", "stage": "order", "text": "Waits"}],
        });
        let people = [
            ("Ann", "facilitator", "#3d6b4f"),
            ("Ben", "participant", "#8a4b2f"),
        ];
        let (id, tokens) = server.peopled(&map, &people).await;
        let [ann, ben] = tokens.try_into().unwrap();
        Self {
            server,
            id,
            ann,
            ben,
        }
    }

    async fn does(&self, token: &str, command: Value) {
        self.server.does(&self.id, token, command).await;
    }

    async fn read(&self, token: &str) -> Value {
        let path = format!("/api/maps/{}/workshop", self.id);
        let answer = self.server.get_as(token, &path).await.is(200);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        answer.json()
    }

    /// A step under way with a hand, a note, a call and a draft in it.
    async fn in_the_first_step(&self) {
        let step = |title: &str, mode: &str| json!({"title": title, "mode": mode});
        let mut first = step("What hurts", "brainstorm");
        first["minutes"] = json!(10);
        first["focus"] = json!({"lanes": ["pains"]});
        let steps = json!([first, step("What first", "vote")]);
        self.does(&self.ann, json!({"setAgenda": {"steps": steps}}))
            .await;
        self.does(&self.ann, json!({"startStep": {"id": 1}})).await;
        self.does(&self.ben, json!({"setReady": {"ready": true}}))
            .await;
        self.does(&self.ben, json!({"raiseHand": {"raised": true}}))
            .await;
        self.does(&self.ben, json!({"park": {"text": "Ask the bank"}}))
            .await;
        self.does(
            &self.ann,
            json!({"spotlight": {"spot": {"stage": "order"}}}),
        )
        .await;
        let draft = json!({"draft": "d", "lane": "pains", "stage": "order", "text": SECRET});
        self.does(&self.ben, json!({ "writeDraft": draft })).await;
    }
}

/// Without what differs each time.
fn lasting(mut answer: Value) -> Value {
    let shared = &mut answer["shared"];
    let call = shared["spotlight"]["call"].take();
    assert!(call.as_u64() < shared["seq"].as_u64(), "{call}");
    let began = shared["current"]["began"].as_u64().unwrap();
    let until = shared["current"]["clock"]["runs"]["until"].take();
    assert_eq!(until, began + 600_000);
    for at in [
        shared["seq"].take(),
        shared["now"].take(),
        shared["current"]["began"].take(),
        shared["brainstorm"]["began"].take(),
    ] {
        assert!(at.is_u64(), "{at}");
    }
    answer
}

#[tokio::test]
async fn view_2_a_workshop_answers_what_the_document_shows() {
    let room = Room::held().await;
    room.in_the_first_step().await;
    assert_eq!(lasting(room.read(&room.ann).await), lasting(example()));
    let document = room.server.get("/api/openapi.json").await.is(200).json();
    let shown = &document["paths"]["/api/maps/{id}/workshop"]["get"]["responses"]["200"];
    assert_eq!(shown["content"]["application/json"]["example"], example());
}

#[tokio::test]
async fn view_2_everybody_reads_the_same_and_what_is_their_own() {
    let room = Room::held().await;
    room.in_the_first_step().await;
    let [ann, ben, host] = [&room.ann, &room.ben, KEY].map(|token| room.read(token));
    let (ann, ben, host) = (ann.await, ben.await, host.await);
    for other in [&ben, &host] {
        let [mut one, mut other] = [&ann, other].map(|answer| answer["shared"].clone());
        for shared in [&mut one, &mut other] {
            shared["now"].take();
        }
        assert_eq!(one, other);
    }
    assert_eq!(ben["personal"]["drafts"][0]["text"], SECRET);
    assert_eq!(ben["personal"]["writing"], Value::Null);
    let writing = json!({"writers": ["p2"], "drafts": 1});
    assert_eq!(ann["personal"]["writing"], writing);
    assert_eq!(host["writing"], writing);
    assert_eq!(host["personal"], Value::Null);
    for answer in [&ann, &host] {
        assert!(!answer.to_string().contains(SECRET), "{answer}");
    }
}

#[tokio::test]
async fn view_2_the_host_reads_who_is_done_with_an_anonymous_round_and_never_with_what() {
    let room = Room::held().await;
    let setup = json!({"question": "What first?", "targets": {"lanes": ["pains"]}, "dots": 1, "mostPerCard": 1, "visibility": "secret", "anonymous": true});
    room.does(&room.ann, json!({"openRound": {"setup": setup}}))
        .await;
    let vote = json!({"round": 1, "card": "c", "dots": 1});
    room.does(&room.ben, json!({ "vote": vote })).await;
    let host = room.read(KEY).await;
    assert_eq!(host["progress"]["done"], json!(["p2"]));
    assert_eq!(host["shared"]["rounds"][0]["result"], Value::Null);
    let ben = room.read(&room.ben).await;
    assert_eq!(ben["personal"]["ballot"]["dots"], json!({"c": 1}));
    assert_eq!(ben["progress"], Value::Null);
    let pseudonym = text(&ben["personal"]["ballot"]["pseudonym"]);
    for other in [&room.ann, &KEY.to_owned()] {
        let read = room.read(other).await.to_string();
        assert!(!read.contains(&pseudonym), "{read}");
    }
}
