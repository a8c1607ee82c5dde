//! `GET /api/calendar.ics` (UPKEEP-3): who is let in, and what a calendar reads.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use data_encoding::BASE64;
use serde_json::json;

use super::{KEY, Server, ask, server, text};
use crate::auth::HostKey;

async fn import(server: &Server, title: &str, reviewed: &str) -> serde_json::Value {
    let map = json!({
        "format": "cairn.map/1", "title": title, "kind": "current-state",
        "review": {"everyDays": 90, "lastReviewed": reviewed},
    });
    let made = server.post(Some(KEY), "/api/maps/import", &map).await;
    made.is(201).json()
}

async fn asks(server: &Server, password: &str) -> super::Answer {
    let credentials = BASE64.encode(format!("calendar:{password}").as_bytes());
    let request = ask(Method::GET, "/api/calendar.ics")
        .header("authorization", format!("Basic {credentials}"))
        .body(Body::empty());
    server.send(request.unwrap()).await
}

#[tokio::test]
async fn upkeep_3_a_calendar_reads_when_each_map_is_due() {
    let server = server();
    let made = import(&server, "Renting; a flat, in a new city", "2026-10-01").await;
    import(&server, "Another", "2026-11-01").await;
    let password = HostKey::new(KEY).calendar_password();
    let answer = asks(&server, password.reveal()).await.is(200);
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    let calendar = String::from_utf8(answer.body).unwrap();
    // Long lines are folded: a line break and a space are no part of what is said.
    let unfolded = calendar.replace("\r\n ", "");
    let lines: Vec<_> = unfolded.lines().collect();
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    assert_eq!(
        lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(),
        2
    );
    let uid = format!("UID:review-{}@cairn", text(&made["id"]));
    for line in [
        "DTSTART;VALUE=DATE:20261230",
        r"SUMMARY:Review: Renting\; a flat\, in a new city",
        uid.as_str(),
    ] {
        assert!(lines.contains(&line), "no {line} in\n{calendar}");
    }
}

#[tokio::test]
async fn upkeep_3_the_password_opens_the_calendar_and_nothing_else() {
    let server = server();
    let made = import(&server, "One", "2026-10-01").await;
    let password = HostKey::new(KEY).calendar_password();
    for path in ["/api/maps", &format!("/api/maps/{}", text(&made["id"]))] {
        let answer = server.get_as(password.reveal(), path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    for wrong in ["", KEY, "wrong"] {
        let answer = asks(&server, wrong).await.is(401);
        assert!(answer.header("www-authenticate").starts_with("Basic "));
    }
    // Somebody of one map reads of that map alone.
    import(&server, "Two", "2026-10-01").await;
    let join = json!({"invite": made["invites"]["observer"], "name": "Olga"});
    let joined = server.post(None, "/api/join", &join).await.is(200).json();
    let own = server
        .get_as(&text(&joined["token"]), "/api/calendar.ics")
        .await
        .is(200);
    let own = String::from_utf8(own.body).unwrap();
    assert!(
        own.contains("Review: One") && !own.contains("Review: Two"),
        "{own}"
    );
}

/// Such a title sent the library that once wrote this feed round for ever, and its reader with it.
#[tokio::test]
async fn upkeep_3_a_long_title_of_emojis_is_cut_and_the_calendar_whole() {
    let server = server();
    let title = format!("{} {}\rATTACH:x", "😀".repeat(60), "a ".repeat(400));
    import(&server, &title, "2026-10-01").await;
    let password = HostKey::new(KEY).calendar_password();
    let answer = asks(&server, password.reveal()).await.is(200);
    let calendar = String::from_utf8(answer.body).unwrap();
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    let mut lines = calendar.split_terminator("\r\n");
    assert!(lines.all(|line| line.len() <= 75 && !line.contains('\r')));
}
