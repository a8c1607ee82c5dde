//! An archive over HTTP: all of it can be read, as an observer would read the map, and nothing in it changes (ARCHIVE-5).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::http::Method;
use cairn_protocol::command::Command;
use cairn_protocol::id::{MapId, Role};
use cairn_protocol::record::{Actor, Join};
use serde_json::json;

use super::roles::{answer, filled, table};
use super::{KEY, Server, TestMap, ask, built_client, server};
use crate::archive::{self, Archive};
use crate::clock::Clock;
use crate::config::{ConfigError, Settings};
use crate::http::assets::WebClient;
use crate::http::limits::Budgets;
use crate::http::{App, router};
use crate::rooms::{RoomError, RoomSettings, Rooms};

/// A server of the archive of a map with somebody of each role and a step under way, whose time is over.
pub(super) async fn archived() -> (Server, TestMap) {
    // The step's minute was over long ago.
    archived_at(Clock::from_fn(|| u64::MAX / 2)).await
}

async fn archived_at(clock: Clock) -> (Server, TestMap) {
    let live = server();
    let map = live.map().await;
    let commands = format!("/api/maps/{}/commands", map.id);
    let step = json!({ "title": "Look", "minutes": 1, "mode": "open" });
    for command in [
        json!({"addStep": {"index": 0, "step": step}}),
        json!({"startStep": {"id": 1}}),
    ] {
        let command = json!({ "command": command });
        live.post(Some(KEY), &commands, &command).await.is(200);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.cairn");
    let name = MapId::new(&*map.id).unwrap();
    archive::write(live.app.rooms().journal().as_ref(), &name, &path, |_, _| {}).unwrap();
    let journal = Arc::new(Archive::read(&path).unwrap());
    let settings = Settings::of_archive("127.0.0.1:8090".parse().unwrap()).unwrap();
    let room_settings = RoomSettings {
        archive: true,
        ..RoomSettings::default()
    };
    let rooms = Rooms::new(journal, clock, room_settings).unwrap();
    let app = App::new(
        rooms,
        settings,
        WebClient::from_files(built_client),
        Budgets::default(),
    );
    let router = router(app.clone());
    (Server { app, router }, map)
}

#[tokio::test]
async fn archive_5_every_route_answers_whoever_reads_as_an_observer_and_changes_nothing() {
    let (server, map) = archived().await;
    let shown = || async {
        let mut answers = Vec::new();
        for part in ["", "/me", "/versions", "/rounds", "/history"] {
            let path = format!("/api/maps/{}{part}", map.id);
            answers.push(server.get(&path).await.is(200).json());
        }
        answers
    };
    let before = shown().await;
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for row in table(&map) {
        let path = filled(&row, &map);
        let [_, _, _, _, as_observer, ..] = row.answers;
        let expected = if row.method == "get" {
            as_observer
        } else {
            403
        };
        refused += usize::from(row.method != "get");
        // Whatever else they show, a token of the map included, they are whoever reads.
        for token in [None, Some(&map.tokens["facilitator"])] {
            let header = token.map(|token| ("authorization", format!("Bearer {token}")));
            let found = answer(&server, &row, &path, header).await;
            if found != expected {
                wrong.push(format!("{} {path}: {found}, not {expected}", row.method));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(refused > 5, "{refused} rows change something");
    let command = json!({"command": {"setReady": {"ready": true}}});
    let path = format!("/api/maps/{}/commands", map.id);
    server
        .post(None, &path, &command)
        .await
        .problem(403, "archive");
    assert_eq!(shown().await, before);
}

#[tokio::test]
async fn archive_5_it_says_that_it_is_one_and_shows_the_map() {
    let (server, map) = archived().await;
    let list = server.get("/api/maps").await.is(200).json();
    assert_eq!(
        (&list["archive"], &list["mayCreate"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(list["maps"][0]["id"], json!(map.id));
    let me = server
        .get(&format!("/api/maps/{}/me", map.id))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&me["archive"], &me["role"]),
        (&json!(true), &json!("observer"))
    );
    let shown = server
        .get(&format!("/api/maps/{}", map.id))
        .await
        .is(200)
        .json();
    assert_eq!(shown["title"], "T");
    let first = server
        .get(&format!("/api/maps/{}?at=1", map.id))
        .await
        .is(200)
        .json();
    assert_eq!(first["title"], "", "any moment of it");
}

#[tokio::test]
async fn archive_5_only_who_comes_straight_from_this_machine_reads_it() {
    let (server, map) = archived().await;
    let path = format!("/api/maps/{}", map.id);
    for (name, value) in [("host", "maps.example"), ("x-forwarded-for", "10.0.0.9")] {
        let mut request = ask(Method::GET, &path).body(Body::empty()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        server.send(request).await.problem(401, "not-signed-in");
    }
    for public in ["0.0.0.0:8090", "10.0.0.9:80", "[::]:80"] {
        let refused = Settings::of_archive(public.parse().unwrap());
        assert!(
            matches!(refused, Err(ConfigError::ArchiveInPublic { .. })),
            "{public}"
        );
    }
}

#[tokio::test]
async fn archive_5_its_room_takes_nothing_and_no_time_passes_in_it() {
    let looks = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&looks);
    // The step's minute was over long ago: a room in which time passed would look at the clock for the step's end.
    let clock = Clock::from_fn(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        u64::MAX / 2
    });
    let (server, map) = archived_at(clock).await;
    let before = looks.load(Ordering::Relaxed);
    let room = server
        .app
        .rooms()
        .room(&MapId::new(&*map.id).unwrap())
        .await
        .unwrap();
    let refused = room
        .command(Actor::Host, "r1".to_owned(), Command::Pause {})
        .await;
    assert!(
        matches!(&refused, Err(RoomError::Refused(why)) if why.rule == "ARCHIVE-5"),
        "{:?}",
        refused.err()
    );
    let join = Join {
        known_as: None,
        role: Role::Facilitator,
        name: "Eve".to_owned(),
        color: "#112233".to_owned(),
        tokens: Vec::new(),
    };
    let refused = room.join(Actor::Server, join).await;
    assert!(
        matches!(&refused, Err(RoomError::Refused(why)) if why.rule == "ARCHIVE-5"),
        "{:?}",
        refused.err()
    );
    for _ in 0..20 {
        assert!(!room.is_open().await.unwrap(), "it is the room it was");
    }
    assert_eq!(looks.load(Ordering::Relaxed), before);
}
