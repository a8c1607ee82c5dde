//! The calendar of due reviews, as a feed that calendars subscribe to (UPKEEP-3).
//!
//! Calendars send neither cookies nor headers of ours, but they know basic authentication. So the feed takes a password beside what the rest
//! of the interface takes: one made from the host key, that opens this feed and nothing else. It travels in a header, never in a logged path.

mod ics;

use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use url::Url;

use super::App;
use super::extract::Shown;
use super::limits::Peer;
use super::maps::may_open;
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::auth::{Presented, Secret};
use crate::catalog::CatalogEntry;
use crate::config::HostAccess;
use crate::links::page_of;
use crate::when::rfc3339;
use ics::Lines;

/// Asks a calendar for the password.
const CHALLENGE: &str = r#"Basic realm="Cairn reviews", charset="UTF-8""#;

/// A calendar (RFC 5545) with a whole-day event on the day each map's next review is due, of the maps the caller may open. To subscribe to
/// all maps of a server, use any user name and the password that `cairn calendar-password` prints.
#[utoipa::path(get, path = "/api/calendar.ics", tag = "maps", operation_id = "reviewCalendar",
    security((), ("host" = []), ("participant" = []), ("browser" = []), ("calendar" = [])),
    responses((status = 200, description = "The calendar", content_type = "text/calendar", body = String), OnProblem))]
pub(super) async fn calendar(
    State(app): State<App>,
    peer: Peer,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let maps = match basic_password(&headers) {
        Some(password) => with_password(&app, peer, &password),
        None => as_usual(&app, peer, &headers),
    };
    let maps = maps.map_err(challenge)?;
    // A line or a few for each map of the list: who waits for a turn with what is heavy would wait for longer.
    let body = calendar_of(&maps, app.settings().public_url.as_ref());
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, body).into_response())
}

fn with_password(app: &App, peer: Peer, password: &Secret) -> Result<Vec<CatalogEntry>, Problem> {
    let HostAccess::Key(key) = &app.settings().host else {
        return Err(app.limits().failure(peer, Kind::UnknownToken));
    };
    if !key.opens_calendar(password) {
        return Err(app.limits().failure(peer, Kind::UnknownToken));
    }
    // An address that tried too many wrong ones is not answered, as with the key itself (HTTP-6).
    app.limits().may_try_key(peer)?;
    Ok(app.rooms().catalog())
}

fn as_usual(app: &App, peer: Peer, headers: &HeaderMap) -> Result<Vec<CatalogEntry>, Problem> {
    let presented = Presented::read(headers, app.cookie_name())?;
    let is_nobody = presented.bearer.is_none() && presented.cookie.is_none();
    let shown = Shown { presented, peer };
    // Who reads an archive needs nothing.
    if is_nobody && !app.settings().archive && !shown.is_host(app)? {
        return Err(Problem::new(Kind::NotSignedIn));
    }
    let (maps, _) = may_open(app, shown)?;
    Ok(maps.into_iter().map(|(entry, _)| entry).collect())
}

/// A calendar that is not let in asks its owner for a password, when it is told to.
fn challenge(problem: Problem) -> Response {
    let mut response = problem.into_response();
    if response.status() == StatusCode::UNAUTHORIZED {
        let value = HeaderValue::from_static(CHALLENGE);
        response.headers_mut().insert(WWW_AUTHENTICATE, value);
    }
    response
}

/// The password of `Authorization: Basic …`, whatever the name before it.
fn basic_password(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64.decode(encoded.trim().as_bytes()).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    let password = text.as_deref().and_then(|text| text.split_once(':'));
    Some(Secret::new(password.map_or("", |(_, password)| password)))
}

fn calendar_of(maps: &[CatalogEntry], public_url: Option<&Url>) -> String {
    let mut lines = Lines::default();
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Cairn//Reviews//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", "Reviews of journey maps"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"),
    ] {
        lines.put(name, value);
    }
    for entry in maps {
        if let Some(day) = &entry.listed.review_due {
            event(&mut lines, entry, day, public_url);
        }
    }
    lines.put("END", "VCALENDAR");
    lines.finish()
}

fn event(lines: &mut Lines, entry: &CatalogEntry, day: &str, public_url: Option<&Url>) {
    let title = match entry.listed.title.trim() {
        "" => "Untitled map",
        title => title,
    };
    let digits = |moment: &str| moment.replace(['-', ':'], "");
    lines.put("BEGIN", "VEVENT");
    // One event a map: a review that was done moves it to the next day.
    lines.put_whole("UID", &format!("review-{}@cairn", entry.map));
    lines.put("DTSTAMP", &digits(&rfc3339(entry.touched)));
    lines.put("DTSTART;VALUE=DATE", &digits(day));
    lines.put_text("SUMMARY", &format!("Review: {title}"));
    lines.put("TRANSP", "TRANSPARENT");
    if let Some(url) = public_url.and_then(|url| page_of(url, &entry.map)) {
        lines.put("URL", url.as_str());
    }
    lines.put("END", "VEVENT");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Listed;
    use cairn_protocol::id::MapId;

    /// On an open server whoever makes a map names it.
    #[test]
    fn upkeep_3_a_maps_name_is_whole_in_its_event_and_means_nothing_else() {
        let map = format!("team,a;b\\c/{}", "x".repeat(100));
        let entry = CatalogEntry {
            map: MapId::new(&*map).unwrap(),
            seq: 1,
            listed: Listed {
                title: "One".to_owned(),
                kind: "current-state".to_owned(),
                review_due: Some("2026-12-30".to_owned()),
                current_state: String::new(),
            },
            touched: 0,
            tokens: Vec::new(),
            open: true,
            invites: Vec::new(),
        };
        let calendar = calendar_of(&[entry], None).replace("\r\n ", "");
        let uid = format!(r"UID:review-team\,a\;b\\c/{}@cairn", "x".repeat(100));
        assert!(calendar.lines().any(|line| line == uid), "{calendar}");
    }
}
