//! Nothing secret is told before its time (DESIGN §3.7; VOTE-12, EMO-4, DRAFT-3): a workshop is held with ballots, feelings and drafts
//! that stand out, and every byte the server sends or stores outside its journal is searched for them: what each socket is sent, the
//! answer of every GET route to every caller, the map in every file that it is taken away as, now and at that moment (PDF and XLSX by
//! what they say within), snapshots, summaries, and its log at the most talkative level.
//!
//! The same search finds them in what their owner is sent and, after the reveal, in what everybody is and in each of those files: it
//! can find what it looks for.

mod answers;
mod ears;
mod files;
mod marks;

use std::collections::BTreeMap;
use std::fs;

use cairn_protocol::id::{MapId, Role};
use cairn_server::clock::Clock;
use cairn_server::journal::Journal as _;
use cairn_server::journal::embedded::EmbeddedJournal;
use cairn_tests::api;
use cairn_tests::patiently;
use cairn_tests::server::{Folder, Server};
use serde_json::{Value, json};

use answers::{EVERYWHERE, everywhere_but};
use ears::Ears;
use marks::{Mark, Secret};

const TRACE: [&str; 2] = ["--log", "trace"];

/// Somebody in the workshop.
#[derive(Clone)]
struct Person {
    name: &'static str,
    token: String,
}

struct Workshop {
    server: Server,
    map: MapId,
    people: Vec<Person>,
}

impl Workshop {
    async fn open(folder: &Folder) -> anyhow::Result<Self> {
        let server = Server::start(folder, &TRACE).await?;
        let card = |id: &str| json!({"id": id, "lane": "ideas", "stage": marks::STAGE, "text": format!("Idea {id}")});
        let lane = |id: &str, kind: &str| json!({"id": id, "kind": kind, "title": id});
        let map = json!({
            "format": "cairn.map/1", "title": "Secrets", "kind": "current-state",
            "stages": [{"id": marks::STAGE, "title": "One"}, {"id": "other-stage", "title": "Two"}],
            "lanes": [lane("pains", "pain"), lane("ideas", "opportunity")],
            "cards": [card(marks::CARD), card("other-card")],
        });
        let made = post(&server, "/api/maps/import", None, &map).await?;
        let id = made["id"].as_str().unwrap_or_default();
        let mut people = Vec::new();
        for (name, role) in [
            ("Fay", Role::Facilitator),
            ("Ann", Role::Participant),
            ("Ben", Role::Participant),
            ("Cleo", Role::Participant),
            ("Olga", Role::Observer),
        ] {
            let invite = &made["invites"][role.to_string()];
            let join = json!({"invite": invite, "name": name});
            let joined = post(&server, "/api/join", None, &join).await?;
            let token = joined["token"].as_str().unwrap_or_default().to_owned();
            people.push(Person { name, token });
        }
        Ok(Self {
            server,
            map: MapId::new(id)?,
            people,
        })
    }

    fn token(&self, name: &str) -> &str {
        let person = self.people.iter().find(|person| person.name == name);
        &person.expect("somebody of the workshop").token
    }

    async fn does(&self, who: &str, command: Value) {
        let path = format!("/api/maps/{}/commands", self.map);
        let body = json!({ "command": command });
        post(&self.server, &path, Some(self.token(who)), &body)
            .await
            .unwrap_or_else(|error| panic!("{who} does {command}: {error:#}"));
    }

    /// One socket for each, listening from now on.
    async fn listen(&self) -> anyhow::Result<Vec<(&'static str, Ears)>> {
        let mut ears = Vec::new();
        for person in &self.people {
            let guest = api::Guest {
                map: self.map.clone(),
                participant: String::new(),
                token: person.token.clone(),
            };
            ears.push((person.name, Ears::open(&self.server, &guest).await?));
        }
        Ok(ears)
    }

    /// Stops the server; gives what it stored beside the records, and what the program writes of the map by itself.
    async fn stop(
        self,
        folder: &Folder,
    ) -> anyhow::Result<(MapId, Vec<Person>, Vec<(String, Vec<u8>)>)> {
        let Self {
            server,
            map,
            people,
        } = self;
        server.terminate()?;
        server.ended().await?;
        let copy = folder.copy_of_data()?;
        let journal = EmbeddedJournal::open(copy.path(), Clock::system())?;
        let mut stored = Vec::new();
        let mut until = u64::MAX;
        while let Some(snapshot) = journal.snapshot_before(&map, until)? {
            stored.push((
                format!("the snapshot at {}", snapshot.seq),
                snapshot.bytes.to_vec(),
            ));
            let Some(before) = snapshot.seq.checked_sub(1) else {
                break;
            };
            until = before;
        }
        assert!(!stored.is_empty(), "a server that stops keeps a snapshot");
        let summary = journal.entry(&map)?.and_then(|entry| entry.summary);
        stored.extend(summary.map(|bytes| ("the summary".to_owned(), bytes.to_vec())));
        journal.close()?;
        stored.extend(files::exported(folder, &map)?);
        Ok((map, people, stored))
    }
}

async fn post(
    server: &Server,
    path: &str,
    token: Option<&str>,
    body: &Value,
) -> anyhow::Result<Value> {
    let (url, token, body) = (server.url(path), token.map(str::to_owned), body.clone());
    tokio::task::spawn_blocking(move || {
        let mut request = api::agent().post(&url);
        if let Some(token) = token {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        let mut answer = request.send_json(&body)?;
        let text = answer.body_mut().read_to_string()?;
        anyhow::ensure!(answer.status().is_success(), "{} {text}", answer.status());
        Ok(serde_json::from_str(&text)?)
    })
    .await?
}

/// An answer's body, whatever its status.
async fn get(server: &Server, path: &str, token: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let (url, token) = (server.url(path), token.map(str::to_owned));
    tokio::task::spawn_blocking(move || {
        let mut request = api::agent().get(&url);
        if let Some(token) = token {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        Ok(request.call()?.body_mut().read_to_vec()?)
    })
    .await?
}

/// Nobody but its owner was told it.
fn none_of(secrets: &[Secret], place: &str, heard_by: &str, bytes: &[u8]) {
    for secret in secrets
        .iter()
        .filter(|secret| secret.owner != Some(heard_by))
    {
        for Mark { what, bytes: mark } in &secret.marks {
            assert!(
                !marks::holds(bytes, mark),
                "{place} holds {what} before its time"
            );
        }
    }
}

/// Each of these places holds something of what was secret.
fn found_in(secrets: &[Secret], all: &[(String, Vec<u8>)], places: &[&str]) {
    for name in places {
        let mut there = all.iter().filter(|(place, _)| place.contains(name));
        let found = there.any(|(_, bytes)| {
            let mut marks = secrets.iter().flat_map(|secret| &secret.marks);
            marks.any(|mark| marks::holds(bytes, &mark.bytes))
        });
        assert!(found, "{name} holds nothing of it once it is over");
    }
}

/// Holds one part of a workshop: before it is over its secrets are looked for everywhere, across a restart as well. Once it is over, the
/// same search finds them in the places `told`.
async fn kept_until_over(
    begins: Value,
    acts: &[(&'static str, Value)],
    secrets: &[Secret],
    ends: Value,
    after: &[Mark],
    told: &[&str],
) {
    let folder = Folder::new().expect("a temporary folder");
    let workshop = Workshop::open(&folder).await.expect("a workshop");
    let mut ears = workshop.listen().await.expect("sockets");
    workshop.does("Fay", begins).await;
    for (who, command) in acts {
        workshop.does(who, command.clone()).await;
    }
    let mut heard = BTreeMap::new();
    for (who, ears) in &mut ears {
        let bytes = ears.everything().await;
        none_of(secrets, &format!("what {who} is sent"), who, &bytes);
        heard.insert(*who, bytes);
    }
    // The search finds what is there: in what its owner is sent.
    for secret in secrets {
        let Some(owner) = secret.owner else { continue };
        let found = secret
            .marks
            .iter()
            .any(|mark| marks::holds(&heard[owner], &mark.bytes));
        assert!(found, "{owner} is sent the own {}", secret.marks[0].what);
    }
    for (asked, answer) in workshop.answers().await.expect("answers") {
        // Only there one is told what is one's own (VIEW-2).
        let who = asked.split_once("/workshop as ").map_or("", |(_, who)| who);
        none_of(secrets, &asked, who, &answer);
    }
    let (map, people, stored) = workshop.stop(&folder).await.expect("the server stops");
    for (place, bytes) in stored {
        none_of(secrets, &place, "", &bytes);
    }
    let server = Server::start(&folder, &TRACE)
        .await
        .expect("the server starts again");
    let workshop = Workshop {
        server,
        map,
        people,
    };
    let mut ears = workshop.listen().await.expect("sockets");
    for (who, ears) in &mut ears {
        let bytes = ears.everything().await;
        none_of(
            secrets,
            &format!("what {who} is sent after the restart"),
            who,
            &bytes,
        );
    }
    workshop.does("Fay", ends).await;
    // The result comes with the next view, which keeps its distance from the one before.
    let ears = &mut ears.last_mut().expect("Olga listens").1;
    let shown = async {
        loop {
            let told = ears.everything().await;
            if after.iter().all(|mark| marks::holds(&told, &mark.bytes)) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    patiently("everyone to be told once it is over", shown).await;
    let olga = [("Olga", Some(workshop.token("Olga")))];
    let mut open = workshop.files(&olga).await.expect("files");
    for path in ["rounds", "history/records?from=1&to=1000"] {
        let asked = format!("/api/maps/{}/{path}", workshop.map);
        let answer = get(&workshop.server, &asked, olga[0].1).await;
        open.push((format!("GET {asked}"), answer.expect("an answer")));
    }
    let (_, _, stored) = workshop.stop(&folder).await.expect("the server stops");
    open.extend(stored);
    found_in(secrets, &open, told);
    let log = fs::read(folder.log()).expect("the server's log");
    let talks = marks::holds(&log, b"DEBUG");
    assert!(talks, "the log tells everything it can");
    none_of(secrets, "the log", "", &log);
    // Not in the form in which a library would write down what it carries, either.
    for Mark { what, bytes } in secrets.iter().flat_map(|secret| &secret.marks) {
        let digits = marks::hex(bytes);
        assert!(
            !marks::holds(&log, digits.as_bytes()),
            "the log holds {what} in digits"
        );
    }
}

fn votes() -> (Vec<(&'static str, Value)>, Vec<Secret>) {
    let vote = |dots: u8| json!({"vote": {"round": 1, "card": marks::CARD, "dots": dots}});
    let acts = vec![("Ann", vote(83)), ("Ben", vote(71))];
    let secrets = vec![
        marks::ballot("Ann", 83),
        marks::ballot("Ben", 71),
        marks::tally(154),
    ];
    (acts, secrets)
}

fn round(anonymous: bool) -> Value {
    json!({"openRound": {"setup": {"question": "What first?", "dots": 99, "mostPerCard": 99, "visibility": "secret", "anonymous": anonymous}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn vote_12_nobody_is_told_a_ballot_or_total_of_an_open_round() {
    let (acts, secrets) = votes();
    let close = json!({"closeRound": {"round": 1}});
    kept_until_over(
        round(false),
        &acts,
        &secrets,
        close,
        &marks::told_total(154),
        &EVERYWHERE,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vote_12_nobody_is_told_a_ballot_or_total_of_an_open_anonymous_round() {
    let (acts, secrets) = votes();
    let close = json!({"closeRound": {"round": 1}});
    kept_until_over(
        round(true),
        &acts,
        &secrets,
        close,
        &marks::told_total(154),
        &EVERYWHERE,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn emo_4_nobody_is_told_a_feeling_before_the_round_is_closed() {
    let feel = |score: f64| json!({"feel": {"round": 1, "stage": marks::STAGE, "score": score}});
    let acts = vec![("Ann", feel(-1.5)), ("Ben", feel(2.0)), ("Cleo", feel(2.0))];
    let secrets = [marks::feeling("Ann", -3), marks::feelings_of_all()];
    let open = json!({"openEmotionRound": {"setup": {"question": "How is it?"}}});
    let close = json!({"closeRound": {"round": 1}});
    kept_until_over(
        open,
        &acts,
        &secrets,
        close,
        &marks::told_feelings(),
        &everywhere_but("=csv"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn draft_3_nobody_is_told_a_draft_before_the_reveal() {
    let write = |draft: &str, text: &str| json!({"writeDraft": {"draft": draft, "lane": "pains", "stage": marks::STAGE, "text": text}});
    // Single words among them: a picture breaks lines between words.
    let acts = vec![
        ("Ann", write("d1", "ann saw a wombat")),
        ("Ann", write("d1", "ann saw a quagga")),
        ("Ben", write("d1", "ben saw a numbat")),
    ];
    let ann = ["ann saw a", "wombat", "quagga"];
    let ben = ["ben saw a", "numbat"];
    let secrets = [marks::words("Ann", &ann), marks::words("Ben", &ben)];
    let begin = json!({"startBrainstorm": {"setup": {"prompt": "What goes wrong?"}}});
    let after = [
        marks::words("Ann", &["ann saw a quagga"]),
        marks::words("Ben", &["ben saw a numbat"]),
    ];
    let after: Vec<Mark> = after.into_iter().flat_map(|secret| secret.marks).collect();
    let ends = json!({"reveal": {}});
    let mut told = everywhere_but("/rounds");
    told.push("/history/records");
    kept_until_over(begin, &acts, &secrets, ends, &after, &told).await;
}
