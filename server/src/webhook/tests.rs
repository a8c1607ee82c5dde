//! HOOK: notices as a receiver on this machine gets them.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cairn_protocol::channel::ClientCommand;
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::Actor;
use cairn_protocol::version::VersionId;
use serde_json::Value;
use tokio::sync::mpsc;

use super::due::{come_due, tell};
use super::*;
use crate::catalog::{CatalogEntry, Listed};
use crate::journal::embedded::EmbeddedJournal;
use crate::room::Founding;
use crate::rooms::{RoomSettings, Rooms};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A request as it came.
#[derive(Debug)]
struct Got {
    headers: Vec<(String, String)>,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(one, _)| one == name);
        &found.unwrap_or_else(|| panic!("no {name} in {self:?}")).1
    }
}

/// Answers one request after another with these statuses, and hands them on.
fn receiver(statuses: Vec<u16>) -> (Url, mpsc::UnboundedReceiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/hook?token=hidden",
        listener.local_addr().unwrap()
    );
    let (sender, got) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut headers = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let line = line.trim_end();
                if line.is_empty() {
                    break;
                }
                if let Some((name, value)) = line.split_once(": ") {
                    headers.push((name.to_ascii_lowercase(), value.to_owned()));
                }
            }
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
            reader.read_exact(&mut body).unwrap();
            let answer =
                format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            let body = String::from_utf8(body).unwrap();
            if sender.send(Got { headers, body }).is_err() {
                return;
            }
        }
    });
    (url.parse().unwrap(), got)
}

fn target(url: Url) -> Target {
    Target {
        url,
        secret: SigningSecret::parse(SECRET).unwrap(),
        public_url: Some("https://maps.example.org".parse().unwrap()),
    }
}

fn hook(url: Url, tries: usize) -> Webhook {
    let clock = Clock::from_fn(|| 1_614_265_330_000);
    Webhook::with_waits(target(url), clock, vec![Duration::ZERO; tries - 1])
}

fn ended_version() -> Version {
    Version {
        id: VersionId(3),
        seq: 40,
        at: 1_795_000_000_000,
        cause: Cause::WorkshopEnd,
        name: None,
        by: Some(ParticipantId(1)),
        restored: None,
    }
}

fn ended() -> Notice {
    Notice::of_version(&MapId::new("m1").unwrap(), "Renting", &ended_version())
}

/// The worked example of the scheme's own documentation.
#[test]
fn hook_2_a_signature_is_that_of_the_standard_scheme() {
    let secret = SigningSecret::parse(SECRET).unwrap();
    let signature = secret.sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        r#"{"test": 2432232314}"#,
    );
    assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    for bad in [
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_%%%",
    ] {
        assert_eq!(SigningSecret::parse(bad), Err(BadSecret), "{bad:?}");
    }
    assert!(!format!("{secret:?}").contains("MfKQ"));
}

#[tokio::test]
async fn hook_1_a_workshops_end_is_told_with_its_map_and_its_signature() {
    let (url, mut got) = receiver(vec![204]);
    hook(url, 1).tell(ended());
    let got = got.recv().await.unwrap();
    let told: Value = serde_json::from_str(&got.body).unwrap();
    assert_eq!(told["type"], "workshop.ended");
    assert_eq!(told["timestamp"], "2026-11-18T11:06:40Z");
    assert_eq!(
        told["data"],
        json!({
            "map": "m1", "title": "Renting", "version": 3, "seq": 40, "cause": "workshopEnd",
            "url": "https://maps.example.org/map/m1",
        })
    );
    assert_eq!(got.header("content-type"), "application/json");
    let secret = SigningSecret::parse(SECRET).unwrap();
    let seconds = got.header("webhook-timestamp").parse().unwrap();
    let signature = secret.sign(got.header("webhook-id"), seconds, &got.body);
    assert_eq!(got.header("webhook-signature"), signature);
}

/// A workshop that began and ended in a server that tells this webhook: three versions were made.
async fn held_workshop(webhook: Webhook) -> (Rooms, MapId) {
    let clock = Clock::from_fn(|| 1_614_265_330_000);
    let journal = Arc::new(EmbeddedJournal::in_memory(clock.clone()).unwrap());
    let settings = RoomSettings {
        webhook,
        ..RoomSettings::default()
    };
    let rooms = Rooms::new(journal, clock, settings).unwrap();
    let founding = Founding {
        by: Actor::Host,
        open: false,
        content: None,
        invites: Vec::new(),
    };
    let map = MapId::new("m1").unwrap();
    let room = rooms.create(map.clone(), founding).await.unwrap();
    let step = json!({ "title": "Collect", "mode": "open" });
    for (n, asked) in [
        json!({ "setAgenda": { "steps": [step] } }),
        json!({ "saveVersion": { "name": "Before" } }),
        json!({ "startStep": { "id": 1 } }),
        json!({ "finishAgenda": {} }),
    ]
    .into_iter()
    .enumerate()
    {
        let command: ClientCommand = serde_json::from_value(asked).unwrap();
        room.command(Actor::Host, n.to_string(), command)
            .await
            .unwrap();
    }
    (rooms, map)
}

/// From the room on: what it tells once it is durable, and nothing else.
#[tokio::test]
async fn hook_1_a_room_tells_of_each_version_and_of_the_workshops_end() {
    let (url, mut got) = receiver(vec![204; 3]);
    held_workshop(hook(url, 1)).await;
    let mut told = BTreeSet::new();
    for _ in 0..3 {
        let notice: Value = serde_json::from_str(&got.recv().await.unwrap().body).unwrap();
        told.insert((
            notice["type"].to_string(),
            notice["data"]["cause"].to_string(),
        ));
    }
    let expected = [
        ("\"version.saved\"", "\"saved\""),
        ("\"version.saved\"", "\"workshopStart\""),
        ("\"workshop.ended\"", "\"workshopEnd\""),
    ];
    assert_eq!(
        told,
        expected
            .map(|(kind, cause)| (kind.to_owned(), cause.to_owned()))
            .into()
    );
}

#[tokio::test]
async fn hook_3_what_is_not_taken_is_sent_again_under_the_same_id() {
    let (url, mut got) = receiver(vec![500, 302, 200, 200]);
    let hook = hook(url, 6);
    assert!(hook.tell(ended()));
    for _ in 0..3 {
        assert_eq!(id_of(&mut got).await, ended().id);
    }
    done(&hook).await;
    // What was taken is not sent again: the next one is another.
    assert!(hook.tell(other()));
    assert_eq!(id_of(&mut got).await, "msg_other");
}

async fn id_of(got: &mut mpsc::UnboundedReceiver<Got>) -> String {
    got.recv().await.unwrap().header("webhook-id").to_owned()
}

/// Nothing is on its way any more.
async fn done(hook: &Webhook) {
    let on_their_way = hook.0.as_ref().unwrap().on_their_way.clone();
    drop(
        on_their_way
            .acquire_many(ON_THEIR_WAY as u32)
            .await
            .unwrap(),
    );
}

/// Of another map.
fn other() -> Notice {
    Notice {
        id: "msg_other".to_owned(),
        map: MapId::new("m2").unwrap(),
        ..ended()
    }
}

#[test]
fn hook_3_six_tries_are_within_half_an_hour() {
    let waits: Duration = WAITS.iter().sum();
    let tries = WAITS.len() as u32 + 1;
    assert_eq!(tries, 6);
    assert!(waits + PATIENCE * tries <= WITHIN);
    assert_eq!(WITHIN, Duration::from_mins(30));
}

/// The wait for a turn counts as well.
#[tokio::test]
async fn hook_3_what_has_no_turn_within_half_an_hour_is_given_up() {
    let (url, mut got) = receiver(vec![500, 200]);
    let now = Arc::new(AtomicU64::new(1_614_265_330_000));
    let clock = Arc::clone(&now);
    let clock = Clock::from_fn(move || clock.load(Ordering::SeqCst));
    let hook = Webhook::with_waits(target(url), clock, vec![Duration::ZERO]);
    let turns = &hook.0.as_ref().unwrap().at_once;
    let all = || turns.clone().acquire_many_owned(AT_ONCE as u32);
    let busy = all().await.unwrap();
    assert!(hook.tell(ended()));
    // It waits for its turn.
    tokio::task::yield_now().await;
    now.fetch_add(30 * 60 * 1000, Ordering::SeqCst);
    drop(busy);
    done(&hook).await;
    assert!(hook.tell(other()));
    for _ in 0..2 {
        assert_eq!(id_of(&mut got).await, "msg_other");
    }
}

#[tokio::test]
async fn hook_3_there_is_an_end_to_trying() {
    for (statuses, tries) in [(vec![500, 500, 200], 2), (vec![410, 200], 3)] {
        let sent = statuses.len() - 1;
        let (url, mut got) = receiver(statuses);
        let hook = hook(url, tries);
        assert!(hook.tell(ended()));
        for _ in 0..sent {
            assert_eq!(id_of(&mut got).await, ended().id);
        }
        done(&hook).await;
        // The first was given up: the next one is another.
        assert!(hook.tell(other()));
        assert_eq!(id_of(&mut got).await, "msg_other");
    }
}

#[test]
fn hook_4_a_review_is_told_once_it_is_due_and_once() {
    let maps = [
        entry("late", Some("2026-10-01")),
        entry("today", Some("2026-11-18")),
        entry("later", Some("2026-11-19")),
        entry("never", None),
    ];
    let mut told = BTreeSet::new();
    let mut due = |today: &str| -> Vec<String> {
        let due = come_due(&maps, today, 0, &told).into_iter();
        let due = due.map(|(review, notice)| {
            told.insert(review);
            notice.data["map"].as_str().unwrap().to_owned()
        });
        due.collect()
    };
    assert_eq!(due("2026-11-18"), ["late", "today"]);
    assert_eq!(due("2026-11-18"), Vec::<String>::new());
    assert_eq!(due("2026-11-19"), ["later"]);
    // Another run of the server tells again, under the same names.
    let ids = || -> Vec<String> {
        let due = come_due(&maps, "2026-11-19", 0, &BTreeSet::new()).into_iter();
        due.map(|(_, notice)| notice.id).collect()
    };
    assert_eq!((ids(), ids().len()), (ids(), 3));
}

fn entry(map: &str, due: Option<&str>) -> CatalogEntry {
    CatalogEntry {
        map: MapId::new(map).unwrap(),
        seq: 1,
        listed: Listed {
            title: map.to_owned(),
            kind: "current-state".to_owned(),
            review_due: due.map(str::to_owned),
            current_state: String::new(),
        },
        touched: 0,
        tokens: Vec::new(),
        open: false,
        invites: Vec::new(),
    }
}

/// A receiver that takes the connection and never answers.
fn silent() -> (Url, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hidden", listener.local_addr().unwrap());
    (url.parse().unwrap(), listener)
}

#[tokio::test]
async fn hook_5_what_finds_no_place_is_dropped_and_a_review_told_the_next_time() {
    let (url, _listener) = silent();
    let hook = hook(url, 1);
    let sender = hook.0.as_ref().unwrap();
    // None is tried: they wait for their turn.
    let turns = sender.at_once.clone().acquire_many_owned(AT_ONCE as u32);
    let _turns = turns.await.unwrap();
    for _ in 1..ON_THEIR_WAY {
        assert!(hook.tell(ended()));
    }
    let maps = [
        entry("one", Some("2026-10-01")),
        entry("two", Some("2026-10-01")),
    ];
    let mut told = BTreeSet::new();
    tell(&hook, &maps, "2026-11-18", 0, &mut told);
    assert_eq!(told.len(), 1, "there was place for one");
    assert!(!hook.tell(ended()));
    let left = come_due(&maps, "2026-11-18", 0, &told);
    assert_eq!(left.len(), 1, "the other is told the next time");
}

/// Whatever is in the map, and whoever did it.
#[tokio::test]
async fn hook_6_what_waits_of_a_deleted_map_is_told_no_more() {
    let (url, mut got) = receiver(vec![200; 2]);
    let hook = hook(url, 3);
    let sender = hook.0.as_ref().unwrap();
    let busy = sender.at_once.clone();
    let busy = busy.acquire_many_owned(AT_ONCE as u32).await.unwrap();
    let (rooms, map) = held_workshop(hook.clone()).await;
    assert!(hook.tell(other()));
    // Told once it is durable, and deleting lets the room finish that first.
    rooms.delete(&map).await.unwrap();
    let waiting: Vec<_> = sender.waiting().iter().map(|one| one.id.clone()).collect();
    assert_eq!(waiting, ["msg_other"]);
    drop(busy);
    assert_eq!(id_of(&mut got).await, "msg_other");
    done(&hook).await;
    assert!(sender.waiting().is_empty(), "what was told waits no more");
}

#[test]
fn hook_1_a_notice_holds_a_title_and_the_name_of_a_version_and_no_more() {
    let version = Version {
        name: Some("Before the demo".to_owned()),
        cause: Cause::Saved,
        ..ended_version()
    };
    let map = MapId::new("m1").unwrap();
    let saved = Notice::of_version(&map, "Renting", &version);
    let review = come_due(
        &[entry("m1", Some("2026-10-01"))],
        "2026-11-18",
        0,
        &BTreeSet::new(),
    );
    let fields = |notice: &Notice| -> Vec<String> {
        notice.data.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(
        fields(&saved),
        ["cause", "map", "name", "seq", "title", "version"]
    );
    assert_eq!(saved.data["cause"], "saved");
    assert_eq!(fields(&review[0].1), ["due", "map", "title"]);
    assert_eq!(
        (saved.kind, review[0].1.kind),
        ("version.saved", "review.due")
    );
}

#[test]
fn hook_5_what_is_secret_shows_nowhere() {
    let hook = hook(
        "https://user:pass@hooks.example.org/a?token=hidden"
            .parse()
            .unwrap(),
        1,
    );
    let target = &hook.0.as_ref().unwrap().target;
    assert_eq!(
        format!("{hook:?} {target:?}"),
        "Webhook(Some(Target(hooks.example.org))) Target(hooks.example.org)"
    );
}
