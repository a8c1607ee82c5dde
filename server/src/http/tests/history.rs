//! How a map came to be, over HTTP (HIST).

use serde_json::{Value, json};

use super::super::history::example;
use super::{Server, server, text};

/// A map with Ann, who facilitates, and Ben.
struct Workshop {
    server: Server,
    id: String,
    ann: String,
    ben: String,
}

impl Workshop {
    async fn held() -> Self {
        let server = server();
        let map = json!({
            "format": "cairn.map/1", "title": "H", "kind": "current-state",
            "stages": [{"id": "order", "title": "Order"}],
            "lanes": [{"id": "ideas", "kind": "opportunity", "title": "Ideas"}],
            "cards": [{"id": "idea-1", "lane": "ideas", "stage": "order", "text": "One form for all"}],
        });
        let people = [
            ("Ann", "facilitator", "#2c62b5"),
            ("Ben", "participant", "#b4472f"),
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

    fn path(&self, rest: &str) -> String {
        format!("/api/maps/{}/history{rest}", self.id)
    }

    async fn history(&self) -> Value {
        let answer = self.server.get_as(&self.ben, &self.path("")).await.is(200);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        answer.json()
    }

    async fn opens_a_round(&self) {
        self.opens("secret", false).await;
    }

    async fn opens(&self, visibility: &str, anonymous: bool) {
        let setup = json!({"question": "What first?", "dots": 3, "mostPerCard": 2, "visibility": visibility, "anonymous": anonymous});
        self.does(&self.ann, json!({"openRound": {"setup": setup}}))
            .await;
    }

    /// First, next and last of a tape, and all of it.
    async fn tape(&self, query: &str) -> ((u64, u64, u64), Vec<u8>) {
        let path = self.path(&format!("/records{query}"));
        let answer = self.server.get_as(&self.ben, &path).await.is(200);
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        let mut rest = answer.body.strip_prefix(b"CRN2").expect("a tape");
        let mut number = || {
            let (mut number, mut shift) = (0, 0);
            loop {
                let (byte, left) = rest.split_first().unwrap();
                rest = left;
                number |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if *byte < 0x80 {
                    return number;
                }
            }
        };
        ((number(), number(), number()), answer.body)
    }
}

/// Without what differs each time: moments of time, and the stretches of a second they fall in.
fn lasting(mut answer: Value) -> Value {
    let at = example()["at"].clone();
    let moment = |value: &mut Value| {
        assert!(value.is_u64(), "{value}");
        *value = at.clone();
    };
    moment(&mut answer["at"]);
    for one in answer["moments"].as_array_mut().unwrap() {
        moment(&mut one["at"]);
    }
    for session in answer["sessions"].as_array_mut().unwrap() {
        moment(&mut session["began"]);
        moment(&mut session["ended"]);
        let mut all = std::collections::BTreeMap::<String, u64>::new();
        for stretch in session["activity"].as_array().unwrap() {
            for one in stretch["by"].as_array().unwrap() {
                *all.entry(text(&one["who"])).or_default() += one["records"].as_u64().unwrap();
            }
        }
        let by: Vec<Value> = all
            .into_iter()
            .map(|(who, records)| json!({"who": who, "records": records}))
            .collect();
        session["activity"] = json!([{"place": 0, "by": by}]);
    }
    answer
}

#[tokio::test]
async fn hist_1_a_workshop_answers_what_the_document_shows() {
    let workshop = Workshop::held().await;
    let step = json!({"title": "Warm up", "instructions": "", "mode": "open"});
    workshop
        .does(
            &workshop.ann,
            json!({"addStep": {"index": 0, "step": step}}),
        )
        .await;
    workshop
        .does(&workshop.ann, json!({"startStep": {"id": 1}}))
        .await;
    workshop.opens_a_round().await;
    workshop
        .does(&workshop.ann, json!({"closeRound": {"round": 1}}))
        .await;
    assert_eq!(lasting(workshop.history().await), example());
    let document = workshop
        .server
        .get("/api/openapi.json")
        .await
        .is(200)
        .json();
    let shown = &document["paths"]["/api/maps/{id}/history"]["get"]["responses"]["200"];
    assert_eq!(shown["content"]["application/json"]["example"], example());
}

#[tokio::test]
async fn hist_1_asking_again_tells_of_what_happened_since() {
    let workshop = Workshop::held().await;
    let before = workshop.history().await;
    assert_eq!(workshop.history().await, before);
    workshop.opens_a_round().await;
    let after = workshop.history().await;
    let moments = after["moments"].as_array().unwrap();
    assert_eq!(moments.last().unwrap()["kind"], "roundOpened");
    assert_eq!(
        after["seq"].as_u64().unwrap(),
        before["seq"].as_u64().unwrap() + 1
    );
    let earlier = before["moments"].as_array().unwrap();
    assert_eq!(&moments[..earlier.len()], earlier);
}

#[tokio::test]
async fn hist_2_tapes_are_asked_for_one_after_another_to_the_end() {
    let workshop = Workshop::held().await;
    let last = workshop.history().await["seq"].as_u64().unwrap();
    let ((from, next, end), whole) = workshop.tape("?from=1").await;
    assert_eq!((from, next, end), (1, last + 1, last));
    let texts = String::from_utf8_lossy(&whole);
    assert!(
        texts.contains("One form for all") && texts.contains("Ann"),
        "{texts}"
    );
    let (cut, _) = workshop.tape("?from=2&to=3").await;
    assert_eq!(cut, (2, 4, last));
    let (empty, _) = workshop.tape(&format!("?from={}", last + 1)).await;
    assert_eq!(empty, (last + 1, last + 1, last));
    for query in ["?from=0".to_owned(), format!("?from={}", last + 2)] {
        let path = workshop.path(&format!("/records{query}"));
        let answer = workshop.server.get_as(&workshop.ben, &path).await;
        answer.problem(404, "no-such-moment");
    }
}

#[tokio::test]
async fn hist_3_a_vote_is_in_no_history_before_its_round_is_closed_nor_by_name_after() {
    for (visibility, anonymous) in [("secret", false), ("secret", true), ("live", true)] {
        a_vote_is_in_no_history(visibility, anonymous).await;
    }
}

async fn a_vote_is_in_no_history(visibility: &str, anonymous: bool) {
    let workshop = Workshop::held().await;
    workshop.opens(visibility, anonymous).await;
    let (_, open) = workshop.tape("?from=1").await;
    let before = workshop.history().await;
    let vote = json!({"vote": {"round": 1, "card": "idea-1", "dots": 2}});
    workshop.does(&workshop.ben, vote).await;
    let ((from, next, last), voted) = workshop.tape("?from=1").await;
    assert_eq!((from, next, last), (1, last + 1, last));
    // What follows the head of the tape is the same as before the vote: nothing was added.
    assert_eq!(open[8..], voted[8..]);
    // Not even when it was, or that it was.
    assert_eq!(workshop.history().await, before);
    workshop
        .does(&workshop.ann, json!({"closeRound": {"round": 1}}))
        .await;
    let (_, closed) = workshop.tape("?from=1").await;
    let texts = String::from_utf8_lossy(&closed);
    assert!(texts.contains(r#""dots":2,"rank":1"#), "{texts}");
    assert!(!texts.contains("ballot"), "{texts}");
}

#[tokio::test]
async fn hist_6_authors_are_told_by_the_clients_of_the_document() {
    let workshop = Workshop::held().await;
    let path = workshop.path("/authors");
    let authors = workshop
        .server
        .get_as(&workshop.ben, &path)
        .await
        .is(200)
        .json();
    let clients = authors["clients"].as_array().unwrap();
    assert_eq!(clients.len(), 1, "{authors}");
    assert_eq!(clients[0]["who"], "host");
    assert_eq!(clients[0]["runs"].as_array().unwrap().len(), 2);
}
