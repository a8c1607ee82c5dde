//! A map's health: what a good facilitator would point out, judged once for each version and day (HEALTH-6).

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use cairn_protocol::map::Date;
use cairn_protocol::map::health::{self, Health};
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::assets::is_known;
use super::content;
use super::extract::{Asked, InRoom};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::room::RoomState;
use crate::rooms::Answer;

/// The query of `mapHealth`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Day {
    /// The day to judge on, `YYYY-MM-DD`; the server's day in UTC when left out.
    #[param(value_type = Option<String>, format = Date)]
    today: Option<String>,
}

impl Day {
    fn or_now(self, app: &App) -> Result<Date, Problem> {
        let Some(text) = self.today else {
            return Ok(app.rooms().clock().today());
        };
        let unread = "`today` is not a day of the calendar, such as 2026-11-16";
        Date::parse(&text).ok_or_else(|| Problem::because(Kind::BadRequest, unread).at("today"))
    }
}

/// What a good facilitator would point out about the map: the rules of the format's Health table.
///
/// The same map on the same day always gives the same list. Send the `ETag` back as `If-None-Match` to learn cheaply
/// that nothing changed.
#[utoipa::path(get, path = "/api/maps/{id}/health", tag = "maps", operation_id = "mapHealth",
    params(("id" = String, Path, description = "The map"), Day),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses(
        (status = 200, body = Health, headers(("ETag" = String, description = "The version judged, and the day"))),
        (status = 304, description = "Nothing changed since the version of `If-None-Match`"),
        OnProblem))]
pub(super) async fn health(
    State(app): State<App>,
    inside: InRoom,
    Asked(day): Asked<Day>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let today = day.or_now(&app)?;
    let room = inside.room;
    let seq = room.edited().await?;
    let tag = tag(seq, today);
    if is_known(&headers, &tag) {
        let headers = [(ETAG, tag), (CACHE_CONTROL, CACHED.to_owned())];
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let judge = async || content::with_state(&room, move |state| judged(state, today)).await;
    let answer = room.judged().answer(today, seq, judge).await?;
    let headers = [
        (ETAG, self::tag(answer.seq, today)),
        (CACHE_CONTROL, CACHED.to_owned()),
        (CONTENT_TYPE, "application/json".to_owned()),
    ];
    Ok((headers, answer.json).into_response())
}

/// Kept by the browser, and asked about each time: whether somebody may still read it is the server's to say.
const CACHED: &str = "private, no-cache";

/// The version of the map, the day, and the version of the rules. Weak: it is sent compressed or not.
fn tag(seq: u64, today: Date) -> String {
    format!("W/\"{seq}-{today}-{}\"", env!("CARGO_PKG_VERSION"))
}

fn judged(state: &RoomState, today: Date) -> Result<Answer, Problem> {
    let map = content::map_of(state)?;
    let health = Health {
        today,
        seq: Some(state.edited),
        findings: health::health(&map, today),
    };
    let json = serde_json::to_vec(&health).map_err(|error| Problem::internal(&error))?;
    Ok(Answer {
        today,
        seq: state.edited,
        json: Bytes::from(json),
    })
}
