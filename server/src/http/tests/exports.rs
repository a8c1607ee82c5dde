//! What an export holds beside the map: closed votes, and nothing else of voting (VOTE-13).

use serde_json::{Value, json};

use super::{KEY, Server, server, text};

/// A map with three opportunities, and tokens of a facilitator and two participants in it.
struct Voted {
    server: Server,
    id: String,
    tokens: Vec<String>,
}

impl Voted {
    async fn set() -> Self {
        Self::on(server(), json!(null)).await
    }

    /// `rounds` is what the map brings along.
    async fn on(server: Server, rounds: Value) -> Self {
        let cards: Vec<_> = (0..3)
            .map(|n| json!({"id": format!("o{n}"), "lane": "l", "stage": "s", "text": format!("Card {n}")}))
            .collect();
        let document = json!({
            "format": "cairn.map/1", "title": "Votes", "kind": "current-state", "cards": cards, "rounds": rounds,
            "stages": [{"id": "s", "title": "One"}], "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
        });
        let made = server.post(Some(KEY), "/api/maps/import", &document);
        let made = made.await.is(201).json();
        let mut tokens = Vec::new();
        for role in ["facilitator", "participant", "participant"] {
            let join = json!({"invite": made["invites"][role], "name": "MARKER-NAME"});
            let joined = server.post(None, "/api/join", &join).await.is(200).json();
            tokens.push(text(&joined["token"]));
        }
        let id = text(&made["id"]);
        Self { server, id, tokens }
    }

    async fn does(&self, who: usize, command: Value) {
        let path = format!("/api/maps/{}/commands", self.id);
        let body = json!({ "command": command });
        self.server
            .post(Some(&self.tokens[who]), &path, &body)
            .await
            .is(200);
    }

    async fn opens(&self, question: &str, visibility: &str, anonymous: bool) {
        let setup = json!({"question": question, "dots": 3, "mostPerCard": 2, "visibility": visibility, "anonymous": anonymous});
        self.does(0, json!({"openRound": {"setup": setup}})).await;
    }

    async fn votes(&self, who: usize, round: u32, card: &str, dots: u8) {
        self.does(
            who,
            json!({"vote": {"round": round, "card": card, "dots": dots}}),
        )
        .await;
    }

    async fn ends(&self, how: &str, round: u32) {
        self.does(0, json!({ how: {"round": round} })).await;
    }

    async fn file(&self, query: &str) -> String {
        let path = format!("/api/maps/{}/export?format=json{query}", self.id);
        let answer = self.server.get_as(KEY, &path).await.is(200);
        String::from_utf8(answer.body).unwrap()
    }

    async fn rounds(&self, query: &str) -> Value {
        let file: Value = serde_json::from_str(&self.file(query).await).unwrap();
        file["rounds"].clone()
    }

    /// The record the map stands after, from what a moment too late is answered.
    async fn seq(&self) -> u64 {
        let mut seq = 1;
        loop {
            let path = format!("/api/maps/{}?at={}", self.id, seq + 1);
            if self.server.get_as(KEY, &path).await.status != 200 {
                return seq;
            }
            seq += 1;
        }
    }
}

#[tokio::test]
async fn vote_13_an_export_holds_closed_rounds_with_their_results_and_no_ballot() {
    let voted = Voted::set().await;
    assert_eq!(voted.rounds("").await, Value::Null);
    voted.opens("First?", "secret", true).await;
    voted.votes(1, 1, "o1", 2).await;
    voted.votes(2, 1, "o1", 1).await;
    voted.votes(2, 1, "o0", 2).await;
    assert_eq!(voted.rounds("").await, Value::Null);
    voted.ends("closeRound", 1).await;
    let file = voted.file("").await;
    let rounds = serde_json::from_str::<Value>(&file).unwrap()["rounds"].clone();
    let round = &rounds[0];
    assert_eq!(
        (&round["map"], &round["round"]),
        (&json!(voted.id), &json!(1))
    );
    assert_eq!(round["question"], "First?");
    assert_eq!((&round["dots"], &round["voters"]), (&json!(3), &json!(2)));
    assert_eq!(
        round["result"],
        json!([
            {"card": "o1", "text": "Card 1", "dots": 3, "voters": 2, "rank": 1},
            {"card": "o0", "text": "Card 0", "dots": 2, "voters": 1, "rank": 2},
        ])
    );
    for field in ["opened", "closed"] {
        assert!(cairn_protocol::map::is_rfc3339(&text(&round[field])));
    }
    for secret in ["MARKER-NAME", "ballot", "pseudonym", "\"p1\"", "\"p2\""] {
        assert!(!file.contains(secret), "{secret} in {file}");
    }
    // What reads the map alone is not told.
    let path = format!("/api/maps/{}", voted.id);
    let map = voted.server.get_as(KEY, &path).await.is(200).json();
    assert_eq!(map["rounds"], Value::Null);
}

#[tokio::test]
async fn vote_13_nothing_of_an_open_or_cancelled_round_is_in_it_whatever_the_moment() {
    let voted = Voted::set().await;
    voted.opens("Closed?", "secret", false).await;
    voted.votes(1, 1, "o1", 2).await;
    let before = voted.seq().await;
    voted.ends("closeRound", 1).await;
    let closed = voted.seq().await;
    voted.opens("Cancelled?", "live", false).await;
    voted.votes(1, 2, "o2", 2).await;
    voted.ends("cancelRound", 2).await;
    voted.opens("Open?", "live", false).await;
    voted.votes(1, 3, "o2", 2).await;
    for query in ["", &format!("&at={}", voted.seq().await)] {
        let rounds = voted.rounds(query).await;
        let questions: Vec<_> = rounds
            .as_array()
            .unwrap()
            .iter()
            .map(|round| text(&round["question"]))
            .collect();
        assert_eq!(questions, ["Closed?"], "{query}");
    }
    assert_eq!(voted.rounds(&format!("&at={before}")).await, Value::Null);
    let then = voted.rounds(&format!("&at={closed}")).await;
    assert_eq!(then.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn vote_13_what_a_map_brought_along_is_kept_and_stands_first() {
    let voted = Voted::set().await;
    voted.opens("There?", "secret", true).await;
    voted.votes(1, 1, "o1", 2).await;
    voted.ends("closeRound", 1).await;
    let brought = voted.rounds("").await;
    let here = Voted::on(voted.server, brought.clone()).await;
    assert_eq!(here.rounds("").await, brought);
    here.opens("Here?", "secret", true).await;
    here.votes(1, 1, "o2", 1).await;
    here.ends("closeRound", 1).await;
    let rounds = here.rounds("").await;
    assert_eq!(rounds[0], brought[0]);
    assert_eq!(
        (&rounds[1]["map"], &rounds[1]["question"]),
        (&json!(here.id), &json!("Here?"))
    );
    assert_eq!(rounds.as_array().unwrap().len(), 2);
    // Whatever somebody else put in that field is not lost either.
    let odd = Voted::on(here.server, json!("a note")).await;
    odd.opens("Odd?", "secret", true).await;
    odd.ends("closeRound", 1).await;
    assert_eq!(odd.rounds("").await[0], "a note");
}
