//! HOOK: notices as a receiver on this machine gets them.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::version::VersionId;
use serde_json::Value;
use tokio::sync::mpsc;

use super::due::come_due;
use super::*;
use crate::catalog::{CatalogEntry, Listed};

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

fn ended() -> Notice {
    let version = Version {
        id: VersionId(3),
        seq: 40,
        at: 1_795_000_000_000,
        cause: Cause::WorkshopEnd,
        name: None,
        by: Some(ParticipantId(1)),
        restored: None,
    };
    Notice::of_version(&MapId::new("m1").unwrap(), "Renting", &version)
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

#[tokio::test]
async fn hook_3_what_is_not_taken_is_sent_again_under_the_same_id() {
    let (url, mut got) = receiver(vec![500, 302, 200]);
    hook(url, 6).tell(ended());
    let mut ids = BTreeSet::new();
    for _ in 0..3 {
        ids.insert(got.recv().await.unwrap().header("webhook-id").to_owned());
    }
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert!(
        got.recv().await.is_none(),
        "what was taken is not sent again"
    );
}

#[tokio::test]
async fn hook_3_there_is_an_end_to_trying() {
    let (url, mut got) = receiver(vec![500, 500, 200]);
    hook(url, 2).tell(ended());
    for _ in 0..2 {
        got.recv().await.unwrap();
    }
    // The next one is another: the first was given up.
    let (url, mut after) = receiver(vec![410, 200]);
    let hook = hook(url, 3);
    hook.tell(ended());
    after.recv().await.unwrap();
    let other = Notice {
        id: "msg_other".to_owned(),
        ..ended()
    };
    hook.tell(other);
    assert_eq!(
        after.recv().await.unwrap().header("webhook-id"),
        "msg_other"
    );
    assert!(got.try_recv().is_err());
}

#[test]
fn hook_4_a_review_is_told_once_it_is_due_and_once() {
    let entry = |map: &str, due: Option<&str>| CatalogEntry {
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
    };
    let maps = [
        entry("late", Some("2026-10-01")),
        entry("today", Some("2026-11-18")),
        entry("later", Some("2026-11-19")),
        entry("never", None),
    ];
    let mut told = BTreeSet::new();
    let mut due = |today: &str| -> Vec<String> {
        let notices = come_due(&maps, today, 0, &mut told).into_iter();
        notices
            .map(|one| one.data["map"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(due("2026-11-18"), ["late", "today"]);
    assert_eq!(due("2026-11-18"), Vec::<String>::new());
    assert_eq!(due("2026-11-19"), ["later"]);
    // Another run of the server tells again, under the same names.
    let ids = |told: &mut BTreeSet<_>| -> Vec<String> {
        let notices = come_due(&maps, "2026-11-19", 0, told).into_iter();
        notices.map(|one| one.id).collect()
    };
    assert_eq!(ids(&mut BTreeSet::new()), ids(&mut BTreeSet::new()));
}

#[test]
fn hook_5_what_is_secret_shows_nowhere() {
    let hook = hook(
        "https://user:pass@hooks.example.org/a?token=hidden"
            .parse()
            .unwrap(),
        1,
    );
    assert_eq!(format!("{hook:?}"), "Webhook(hooks.example.org)");
}
