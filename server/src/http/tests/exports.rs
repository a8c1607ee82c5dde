//! What an export holds beside the map: closed votes, and nothing else of voting (VOTE-13).

use cairn_protocol::id::MapId;
use cairn_protocol::record::Actor;
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

    async fn made(&self, format: &str, query: &str) -> super::Answer {
        let path = format!("/api/maps/{}/export?format={format}{query}", self.id);
        self.server.get_as(KEY, &path).await.is(200)
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

#[tokio::test]
async fn export_2_every_format_holds_what_was_closed_and_nothing_of_what_is_open() {
    let voted = Voted::set().await;
    voted.opens("Closed before?", "secret", false).await;
    voted.votes(1, 1, "o1", 2).await;
    voted.ends("closeRound", 1).await;
    let closed = voted.seq().await;
    voted.opens("Still open?", "live", false).await;
    voted.votes(1, 2, "o2", 2).await;
    for (format, shows) in [
        ("csv", "\"Dots, round 1: Closed before?\""),
        ("md", "| 1 | Card 1 | 2 | 1 |"),
        ("svg", "2 dots, rank 1"),
    ] {
        for moment in [String::new(), format!("&at={closed}")] {
            let file = voted.made(format, &moment).await;
            let file = String::from_utf8(file.body).unwrap();
            assert!(file.contains(shows), "{format}{moment}: {file}");
            for secret in ["Still open", "MARKER-NAME", "| Card 2 | 2 |"] {
                assert!(!file.contains(secret), "{secret} in {format}{moment}");
            }
            let told = file.matches("2 dots, rank").count();
            assert!(told <= 1, "{told} cards have dots in {format}{moment}");
        }
        let before = voted.made(format, "&at=2").await;
        let before = String::from_utf8(before.body).unwrap();
        assert!(!before.contains(shows), "{format}: {before}");
    }
}

#[tokio::test]
async fn export_2_every_format_of_a_moment_is_what_it_was_then() {
    const FORMATS: [&str; 8] = [
        "csv",
        "md",
        "svg",
        "png",
        "pdf",
        "pdf&paper=a3",
        "pdf&paper=poster",
        "xlsx",
    ];
    let voted = Voted::set().await;
    let mut then = Vec::new();
    for round in 1..=2 {
        voted.opens("Which?", "secret", false).await;
        voted.votes(1, round, &format!("o{round}"), 2).await;
        voted.ends("closeRound", round).await;
        let at = format!("&at={}", voted.seq().await);
        for format in FORMATS {
            then.push((format, at.clone(), voted.made(format, "").await.body));
        }
    }
    for (format, at, file) in &then {
        assert!(voted.made(format, at).await.body == *file, "{format}{at}");
    }
    for (first, second) in then[..FORMATS.len()].iter().zip(&then[FORMATS.len()..]) {
        assert!(
            first.2 != second.2,
            "{}: another vote, another file",
            first.0
        );
    }
}

#[tokio::test]
async fn export_1_each_format_is_an_attachment_named_for_the_map_and_the_same_when_made_twice() {
    let voted = Voted::set().await;
    let moment = format!("&at={}", voted.seq().await);
    for (format, media, begins) in [
        ("json", "application/json", &b"{"[..]),
        (
            "csv",
            "text/csv; charset=utf-8",
            &b"\xef\xbb\xbf\"Stage no.\""[..],
        ),
        ("md", "text/markdown; charset=utf-8", &b"# Votes"[..]),
        ("svg", "image/svg+xml", &b"<svg "[..]),
        ("png", "image/png", &b"\x89PNG"[..]),
        ("pdf", "application/pdf", &b"%PDF-"[..]),
        ("pdf&paper=poster", "application/pdf", &b"%PDF-"[..]),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            &b"PK"[..],
        ),
    ] {
        let file = voted.made(format, &moment).await;
        assert_eq!(file.header("content-type"), media);
        let ending = format.split('&').next().unwrap();
        let name = file.header("content-disposition");
        let ends = format!(
            "filename*=UTF-8''votes.{}",
            if ending == "json" {
                "cairn.json"
            } else {
                ending
            }
        );
        assert!(
            name.starts_with("attachment; ") && name.ends_with(&ends),
            "{name}"
        );
        assert!(file.body.starts_with(begins), "{format}");
        let again = voted.made(format, &moment).await;
        assert!(again.body == file.body, "{format} differs from itself");
    }
}

#[tokio::test]
async fn export_1_what_cannot_be_made_is_said() {
    let voted = Voted::set().await;
    let export = format!("/api/maps/{}/export", voted.id);
    for (query, names) in [
        ("", "format"),
        ("?format=doc", "doc"),
        ("?format=svg&paper=a4", "paper"),
        ("?format=pdf&paper=a5", "a5"),
    ] {
        let answer = voted.server.get_as(KEY, &format!("{export}{query}")).await;
        let problem = answer.problem(400, "bad-request");
        assert!(problem.to_string().contains(names), "{problem}");
    }
    let late = format!("{export}?format=pdf&at=9999");
    let late = voted.server.get_as(KEY, &late).await;
    late.problem(404, "no-such-moment");
}

#[tokio::test]
async fn import_1_tables_and_outlines_become_maps_whole_or_not_at_all() {
    let server = server();
    let send = async |path: &str, media: &str, body: &str| {
        let request = super::ask(axum::http::Method::POST, path)
            .header("authorization", format!("Bearer {KEY}"))
            .header("content-type", media)
            .body(axum::body::Body::from(body.to_owned()))
            .unwrap();
        server.send(request).await
    };
    let table = "Phase,What,Topic\nSearch,Compares,Actions\n,Too slow,Pains\n";
    let query = "?title=Renting&kind=future-state&columns=%7B%22stage%22%3A%22Phase%22%2C%22card%22%3A%22What%22%2C%22lane%22%3A%22Topic%22%7D";
    let preview = send(
        &format!("/api/maps/import/preview{query}"),
        "text/csv",
        table,
    )
    .await;
    let preview = preview.is(200).json();
    assert_eq!(
        (&preview["cards"], &preview["title"]),
        (&json!(2), &json!("Renting"))
    );
    assert_eq!(preview["columns"][0]["field"], "stage");
    let listed = async || {
        server.get_as(KEY, "/api/maps").await.json()["maps"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(listed().await, 0, "a preview makes nothing");
    let made = send(&format!("/api/maps/import{query}"), "text/csv", table).await;
    let made = made.is(201).json();
    assert_eq!(made["notes"], json!([]));
    let read = format!("/api/maps/{}", text(&made["id"]));
    let map = server.get_as(KEY, &read).await.is(200).json();
    assert_eq!(
        (&map["title"], &map["kind"]),
        (&json!("Renting"), &json!("future-state"))
    );
    assert_eq!(map["cards"][1]["text"], "Too slow");
    let outline = "# Plan\n## One\n- [x] A card\n";
    let made = send("/api/maps/import", "text/markdown; charset=utf-8", outline).await;
    // IMPORT-6: what is not taken over is said to who made it without a preview, too.
    let made = made.is(201).json();
    assert_eq!(made["notes"][0]["path"], "line 3");

    let wrong = "Stage,Card,Severity\nOne,A,\nOne,B,nine\n";
    let problem = send("/api/maps/import", "text/csv", wrong)
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["path"], "row 3, column “Severity”");
    let preview = send("/api/maps/import/preview", "text/csv", wrong)
        .await
        .is(200)
        .json();
    assert_eq!(preview["problem"]["path"], "row 3, column “Severity”");
    let problem = send("/api/maps/import", "text/markdown", "nothing").await;
    assert_eq!(problem.problem(422, "broken-rule")["path"], "line 1");
    send("/api/maps/import?columns=x", "text/csv", table)
        .await
        .problem(400, "bad-request");
    send("/api/maps/import", "text/plain", table)
        .await
        .problem(415, "wrong-media-type");
    assert_eq!(listed().await, 2, "what is refused makes nothing");
}

#[tokio::test]
async fn upkeep_4_the_markdown_says_what_changed_since_the_last_review() {
    let server = server();
    let mut map: Value =
        serde_json::from_str(cairn_protocol::map::sample("renting-a-flat.current").unwrap())
            .unwrap();
    map["review"] = json!({"everyDays": 90, "lastReviewed": "2026-01-05"});
    let made = server.post(Some(KEY), "/api/maps/import", &map).await;
    let id = MapId::new(text(&made.is(201).json()["id"])).unwrap();
    let read = format!("/api/maps/{id}/export?format=md");
    let says = async |path: &str, what: &str| {
        let file = server.get_as(KEY, path).await.is(200).body;
        let file = String::from_utf8(file).unwrap();
        let since = file.split("## Since the last review").nth(1).unwrap();
        assert!(since.trim_start().starts_with(what), "{since:.300}");
    };
    // That review was elsewhere.
    let elsewhere = "Since the review of 2026-01-05: ";
    says(&read, elsewhere).await;
    let sets = async |field: &'static str, value: Value| {
        let edit = |txn: &mut yrs::TransactionMut<'_>| {
            cairn_protocol::map::set_map_field(txn, field, Some(&value)).unwrap();
        };
        server.edited(&id, (Actor::Host, 77), edit).await;
    };
    sets("kind", json!("day-in-the-life")).await;
    sets(
        "review",
        json!({"everyDays": 90, "lastReviewed": "2026-11-20"}),
    )
    .await;
    let versions = format!("/api/maps/{id}/versions");
    let versions = server.get_as(KEY, &versions).await.is(200).json();
    let reviewed = versions["reviews"][0]["seq"].as_u64().unwrap();
    let none = "Since the review of 2026-11-20: nothing changed on the map";
    says(&read, none).await;
    sets("kind", json!("future-state")).await;
    let one = "Since the review of 2026-11-20: kind changed";
    says(&read, one).await;
    says(&format!("{read}&at={reviewed}"), none).await;
    says(&format!("{read}&at={}", reviewed - 1), elsewhere).await;
}
