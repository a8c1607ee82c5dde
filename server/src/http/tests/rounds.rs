//! VOTE-14: what is read of rounds by HTTP.

use serde_json::{Value, json};

use super::super::rounds::example;
use super::{Server, server};

/// A map of two ideas and a pain in one stage, where Ann facilitates, Ben and Cleo participate and Olga observes.
struct Workshop {
    server: Server,
    id: String,
    tokens: Vec<String>,
}

const ANN: usize = 0;
const BEN: usize = 1;
const CLEO: usize = 2;
const OLGA: usize = 3;

impl Workshop {
    async fn held() -> Self {
        let server = server();
        let card = |id: &str, lane: &str, text: &str| json!({"id": id, "lane": lane, "stage": "order", "text": text});
        let lane = |id: &str, kind: &str| json!({"id": id, "kind": kind, "title": id});
        let map = json!({
            "format": "cairn.map/1", "title": "T", "kind": "current-state",
            "stages": [{"id": "order", "title": "Order"}],
            "lanes": [lane("ideas", "opportunity"), lane("pains", "pain")],
            "cards": [card("idea-1", "ideas", "One form for all"), card("idea-2", "ideas", "Call back within the hour"),
                card("pain-1", "pains", "Nobody calls")],
        });
        let people = [
            ("Ann", "facilitator", "#2c62b5"),
            ("Ben", "participant", "#b4472f"),
            ("Cleo", "participant", "#3d6b4f"),
            ("Olga", "observer", "#8a4b2f"),
        ];
        let (id, tokens) = server.peopled(&map, &people).await;
        Self { server, id, tokens }
    }

    async fn does(&self, who: usize, command: Value) {
        self.server.does(&self.id, &self.tokens[who], command).await;
    }

    async fn votes(&self, who: usize, round: u32, card: &str, dots: u8) {
        self.does(
            who,
            json!({"vote": {"round": round, "card": card, "dots": dots}}),
        )
        .await;
    }

    async fn feels(&self, who: usize, round: u32, score: f64) {
        self.does(
            who,
            json!({"feel": {"round": round, "stage": "order", "score": score}}),
        )
        .await;
    }

    async fn read(&self, who: usize) -> Value {
        let path = format!("/api/maps/{}/rounds", self.id);
        let answer = self.server.get_as(&self.tokens[who], &path).await.is(200);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        answer.json()
    }

    async fn round(&self, number: usize) -> Value {
        self.read(OLGA).await["rounds"][number - 1].take()
    }
}

fn dots(more: &Value) -> Value {
    let mut setup = json!({"question": "What first?", "dots": 3, "mostPerCard": 2, "visibility": "secret", "anonymous": false});
    setup
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    json!({"openRound": {"setup": setup}})
}

fn close(round: u32) -> Value {
    json!({"closeRound": {"round": round}})
}

/// Without what differs each time: moments, hashes and pseudonyms, and the order that the last give.
fn lasting(mut answer: Value) -> Value {
    for round in answer["rounds"].as_array_mut().unwrap() {
        for moment in ["opened", "until", "ended"] {
            if let Some(at) = round.get_mut(moment) {
                assert!(at.is_u64(), "{at}");
                *at = json!("a moment");
            }
        }
        let opening = round.get_mut("commitment").map(|hash| {
            let text = hash.as_str().unwrap().to_owned();
            assert_eq!(text.len(), 64);
            *hash = json!("a hash");
            text
        });
        let Some(ballots) = round.get_mut("ballots") else {
            continue;
        };
        for ballot in ballots.as_array_mut().unwrap() {
            if let Some(pseudonym) = ballot.get_mut("pseudonym") {
                let text = pseudonym.as_str().unwrap();
                assert_eq!(text.len(), 48);
                assert_eq!(text.get(..16), opening.as_ref().unwrap().get(..16));
                *pseudonym = json!("a pseudonym");
            }
        }
        ballots
            .as_array_mut()
            .unwrap()
            .sort_by_key(Value::to_string);
    }
    answer
}

#[tokio::test]
async fn vote_14_a_workshop_answers_what_the_document_shows() {
    let workshop = Workshop::held().await;
    workshop.does(ANN, dots(&json!({}))).await;
    workshop.votes(ANN, 1, "idea-1", 1).await;
    workshop.votes(ANN, 1, "idea-2", 2).await;
    workshop.votes(BEN, 1, "idea-2", 1).await;
    workshop.does(ANN, close(1)).await;
    let emotions = json!({"question": "How does it feel?", "seconds": 100});
    workshop
        .does(ANN, json!({"openEmotionRound": {"setup": emotions}}))
        .await;
    workshop.feels(BEN, 2, -1.5).await;
    workshop.feels(CLEO, 2, 0.5).await;
    workshop.does(ANN, close(2)).await;
    let third = json!({"question": "And of these?", "dots": 1, "mostPerCard": 1, "anonymous": true, "seconds": 120});
    workshop.does(ANN, dots(&third)).await;
    workshop.votes(BEN, 3, "idea-1", 1).await;
    let answer = workshop.read(OLGA).await;
    assert_eq!(lasting(answer), lasting(example()));
    let document = workshop
        .server
        .get("/api/openapi.json")
        .await
        .is(200)
        .json();
    let shown = &document["paths"]["/api/maps/{id}/rounds"]["get"]["responses"]["200"];
    assert_eq!(shown["content"]["application/json"]["example"], example());
}

#[tokio::test]
async fn vote_14_everybody_reads_the_same_and_nothing_of_an_open_round() {
    let workshop = Workshop::held().await;
    for (round, anonymous) in [(1, false), (2, true)] {
        workshop
            .does(ANN, dots(&json!({"anonymous": anonymous})))
            .await;
        let before = workshop.read(OLGA).await;
        workshop.votes(BEN, round, "idea-2", 2).await;
        workshop.votes(CLEO, round, "idea-1", 1).await;
        for who in [BEN, CLEO, OLGA] {
            assert_eq!(workshop.read(who).await, before);
        }
        // Who facilitates is told how far it is, and nothing else.
        let mut read = workshop.read(ANN).await;
        let progress = read.as_object_mut().unwrap().remove("progress");
        let far = json!({"round": round, "done": [], "begun": 2, "voters": 3});
        assert_eq!((read, progress), (before, Some(far)));
        workshop.does(ANN, close(round)).await;
        let after = workshop.read(BEN).await;
        assert_eq!(workshop.read(ANN).await, after);
        let round = &after["rounds"][after["rounds"].as_array().unwrap().len() - 1];
        assert_eq!(
            round["result"][0],
            json!({"card": "idea-2", "dots": 2, "voters": 1, "rank": 1})
        );
        // The pain was no target; the pseudonyms lead to nobody.
        assert_eq!(round["targets"].as_array().unwrap().len(), 2);
        let named = round["ballots"].to_string().contains("Ben");
        assert_eq!(named, !anonymous, "{round}");
    }
}

#[tokio::test]
async fn vote_14_live_totals_are_read_while_they_show_and_ballots_are_not() {
    let workshop = Workshop::held().await;
    workshop
        .does(ANN, dots(&json!({"visibility": "live"})))
        .await;
    workshop.votes(BEN, 1, "idea-2", 2).await;
    let round = workshop.round(1).await;
    assert_eq!(round["result"][0]["dots"], 2);
    assert_eq!(round["result"][1]["dots"], 0);
    assert!(
        round.get("ballots").is_none() && round.get("ended").is_none(),
        "{round}"
    );
}

#[tokio::test]
async fn vote_14_a_cancelled_round_has_neither_result_nor_ballot_and_a_reopened_one_none_yet() {
    let workshop = Workshop::held().await;
    workshop.does(ANN, dots(&json!({}))).await;
    workshop.votes(BEN, 1, "idea-2", 2).await;
    workshop.does(ANN, close(1)).await;
    workshop
        .does(ANN, json!({"reopenRound": {"round": 1}}))
        .await;
    let open = workshop.round(1).await;
    assert_eq!(open["state"], "open");
    assert!(
        open.get("ballots").is_none() && open.get("result").is_none(),
        "{open}"
    );
    workshop
        .does(ANN, json!({"cancelRound": {"round": 1}}))
        .await;
    let cancelled = workshop.round(1).await;
    assert_eq!(cancelled["state"], "cancelled");
    assert!(cancelled["ended"].is_u64());
    assert!(
        cancelled.get("ballots").is_none() && cancelled.get("result").is_none(),
        "{cancelled}"
    );
}

#[tokio::test]
async fn vote_14_somebody_removed_keeps_the_name_on_the_ballot() {
    let workshop = Workshop::held().await;
    workshop.does(ANN, dots(&json!({}))).await;
    workshop.votes(BEN, 1, "idea-2", 1).await;
    workshop
        .does(ANN, json!({"remove": {"participant": "p2"}}))
        .await;
    workshop.does(ANN, close(1)).await;
    let ballots = json!([{"participant": "p2", "name": "Ben", "dots": {"idea-2": 1}}]);
    assert_eq!(workshop.round(1).await["ballots"], ballots);
}
