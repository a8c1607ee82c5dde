//! A brainstorm led and joined by programs: every command over HTTP, and nothing of a draft on any other path (DRAFT-1 … DRAFT-8).

use serde_json::{Value, json};

use super::{Answer, KEY, Server, TestMap, server, text};

const MARKER: &str = "nobody ever answers";

struct Storm {
    server: Server,
    map: TestMap,
}

impl Storm {
    /// A map from the template, with its first pain lane and stage.
    async fn new() -> (Self, Value) {
        let server = server();
        let map = server.map().await;
        let storm = Self { server, map };
        let content = storm.read("facilitator", "").await;
        let lanes = content["lanes"].as_array().unwrap();
        let lane = lanes.iter().find(|lane| lane["kind"] == "pain").unwrap();
        let place = json!({"lane": lane["id"], "stage": content["stages"][0]["id"]});
        (storm, place)
    }

    async fn asks(&self, role: &str, command: Value, request: &str) -> Answer {
        let path = format!("/api/maps/{}/commands", self.map.id);
        let token = self.map.tokens.get(role).map_or(KEY, String::as_str);
        let body = json!({"command": command, "request": request});
        self.server.post(Some(token), &path, &body).await
    }

    async fn read(&self, role: &str, under: &str) -> Value {
        let path = format!("/api/maps/{}{under}", self.map.id);
        let token = &self.map.tokens[role];
        self.server.get_as(token, &path).await.is(200).json()
    }

    fn write(place: &Value, draft: &str) -> Value {
        json!({"writeDraft": {"draft": draft, "lane": place["lane"], "stage": place["stage"], "text": MARKER}})
    }
}

#[tokio::test]
async fn draft_4_programs_lead_and_join_a_brainstorm_over_http() {
    let (storm, place) = Storm::new().await;
    let start = json!({"startBrainstorm": {"setup": {"prompt": "What hurts?", "signed": true}}});
    let refused = storm.asks("participant", start.clone(), "s").await;
    assert_eq!(refused.problem(403, "not-allowed")["rule"], "ROLE-3");
    storm.asks("facilitator", start, "s").await.is(200);
    for (role, rule) in [("observer", "DRAFT-2"), ("host", "DRAFT-2")] {
        let refused = storm.asks(role, Storm::write(&place, "d1"), "w").await;
        assert_eq!(refused.problem(422, "broken-rule")["rule"], rule, "{role}");
    }
    let written = storm
        .asks("participant", Storm::write(&place, "d1"), "w")
        .await;
    assert_eq!(written.is(200).json()["done"], "w");
    let nowhere =
        json!({"writeDraft": {"draft": "d2", "lane": "gone", "stage": "gone", "text": MARKER}});
    let refused = storm.asks("participant", nowhere, "w2").await;
    let problem = refused.problem(422, "broken-rule");
    // What is refused is not repeated: problems are shown, kept and reported.
    assert!(!problem.to_string().contains(MARKER), "{problem}");

    for under in ["", "/export?format=json", "/health", "/me"] {
        let read = storm.read("facilitator", under).await.to_string();
        assert!(!read.contains(MARKER), "{under}: {read}");
    }
    let refused = storm.asks("participant", json!({"reveal": {}}), "r").await;
    assert_eq!(refused.problem(403, "not-allowed")["rule"], "ROLE-3");
    storm
        .asks("facilitator", json!({"reveal": {}}), "r")
        .await
        .is(200);
    // Asked again it was done once.
    storm
        .asks("facilitator", json!({"reveal": {}}), "r")
        .await
        .is(200);
    let content = storm.read("observer", "").await;
    let cards = content["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 1, "{content}");
    assert_eq!(text(&cards[0]["text"]), MARKER);
    assert_eq!(text(&cards[0]["author"]), "participant");
    assert_eq!(cards[0]["lane"], place["lane"]);
}

#[tokio::test]
async fn draft_6_the_host_discards_a_brainstorm_over_http() {
    let (storm, place) = Storm::new().await;
    let start = json!({"startBrainstorm": {"setup": {"prompt": "What hurts?"}}});
    storm.asks("host", start, "s").await.is(200);
    let write = Storm::write(&place, "d1");
    storm.asks("participant", write, "w").await.is(200);
    let discard = json!({"discardDrafts": {}});
    storm.asks("host", discard.clone(), "d1").await.is(200);
    let refused = storm.asks("host", discard, "d2").await;
    assert_eq!(refused.problem(422, "broken-rule")["rule"], "DRAFT-6");
    assert_eq!(storm.read("observer", "").await["cards"], json!([]));
}
