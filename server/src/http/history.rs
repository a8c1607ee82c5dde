//! How a map came to be (HIST): at a glance, record by record for replay, and who wrote what.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use cairn_protocol::history::{AuthorsReport, History, HistoryReport};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::App;
use super::content::off_the_runtime;
use super::extract::{Asked, InRoom};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::history;
use crate::rooms::{RoomHandle, Told};

/// The map's history at a glance: its people, its sessions with their activity and everybody's share, and the moments that stand out.
///
/// Whoever may read the map may read its history. It tells nothing that was secret then and is not shown now: votes, feelings and drafts
/// have no name in it and no record.
#[utoipa::path(get, path = "/api/maps/{id}/history", tag = "history", operation_id = "mapHistory",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = HistoryReport, example = json!(example())), OnProblem))]
pub(super) async fn history(
    State(app): State<App>,
    InRoom { room, .. }: InRoom,
) -> Result<Response, Problem> {
    Ok(answered("application/json", told(app, &room).await?.report))
}

/// Who wrote what of the map's document, by the Yjs client ids in it.
///
/// A client id is one visit of one person: all that carries it is theirs, whoever gave it back later.
#[utoipa::path(get, path = "/api/maps/{id}/history/authors", tag = "history", operation_id = "mapAuthors",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = AuthorsReport), OnProblem))]
pub(super) async fn authors(
    State(app): State<App>,
    InRoom { room, .. }: InRoom,
) -> Result<Response, Problem> {
    let told = told(app, &room).await?;
    Ok(answered("application/json", told.authors))
}

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Range {
    /// The first one; the one after the last is answered with an empty tape.
    #[param(minimum = 1)]
    from: u64,
    /// The last one; to the end when left out.
    #[param(minimum = 1)]
    to: Option<u64>,
}

/// The records as the room saw them, for replay: a tape, as HIST-2 of the rules lays it out.
///
/// A tape is bounded: it says which record to ask for next. Each record that shows has its number, time and author, the Yjs v1
/// update or what changed of the view everyone was shown, and what it touched.
#[utoipa::path(get, path = "/api/maps/{id}/history/records", tag = "history", operation_id = "historyRecords",
    params(("id" = String, Path, description = "The map"), Range),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), OnProblem))]
pub(super) async fn records(
    State(app): State<App>,
    InRoom { room, .. }: InRoom,
    Asked(Range { from, to }): Asked<Range>,
) -> Result<Response, Problem> {
    if from == 0 {
        let why = "records are numbered from 1";
        return Err(Problem::because(Kind::NoSuchMoment, why));
    }
    let map = room.map().clone();
    let tape = off_the_runtime(move || {
        let journal = app.rooms().journal();
        Ok(history::tape(journal.as_ref(), &map, from, to)?)
    })
    .await?;
    Ok(answered("application/octet-stream", tape.into()))
}

async fn told(app: App, room: &RoomHandle) -> Result<Told, Problem> {
    let map = room.map().clone();
    let go_on = |kept: Option<(History, Told)>| {
        off_the_runtime(move || {
            let journal = app.rooms().journal();
            let last = history::last(journal.as_ref(), &map)?;
            let history = match kept {
                Some((history, told)) if told.seq == last => return Ok((history, told)),
                Some((history, _)) => history,
                None => History::default(),
            };
            let history = history::go_on(journal.as_ref(), &map, history, last)?;
            let told = Told {
                seq: last,
                report: written(&history.report())?,
                authors: written(&history.authors())?,
            };
            Ok((history, told))
        })
    };
    let told = room.past().told(go_on).await;
    told.unwrap_or_else(|error| Err(Problem::internal(&error)))
}

fn written(report: &impl Serialize) -> Result<Bytes, Problem> {
    let json = serde_json::to_vec(report).map_err(|error| Problem::internal(&error))?;
    Ok(json.into())
}

fn answered(kind: &'static str, body: Bytes) -> Response {
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "private, no-store")];
    (headers, body).into_response()
}

/// What a short workshop of two people would answer; a test holds it and is answered so.
pub(crate) fn example() -> Value {
    let at = 1_795_771_800_000_u64;
    let moment = |seq: u64, kind: &str, who: &str, words: &str| json!({"seq": seq, "at": at, "kind": kind, "who": who, "words": words});
    json!({
        "seq": 11, "at": at,
        "people": [
            {"id": "p1", "name": "Ann", "color": "#2c62b5", "role": "facilitator", "removed": false},
            {"id": "p2", "name": "Ben", "color": "#b4472f", "role": "participant", "removed": false},
        ],
        "sessions": [{
            "first": 5, "last": 11, "began": at, "ended": at, "width": 1000,
            "activity": [{"place": 0, "by": [{"who": "host", "records": 1}, {"who": "p1", "records": 5}, {"who": "p2", "records": 1}]}],
            "shares": [{"who": "host", "layer": "strategy", "written": 1, "changed": 0, "commented": 0}],
            "there": ["p1", "p2"],
        }],
        "moments": [
            moment(1, "created", "host", ""),
            moment(6, "joined", "p1", "Ann"),
            moment(7, "joined", "p2", "Ben"),
            moment(9, "stepBegan", "p1", "Warm up"),
            moment(10, "roundOpened", "p1", "What first?"),
            moment(11, "roundClosed", "p1", "What first?"),
        ],
    })
}
