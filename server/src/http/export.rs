//! Taking a map away: as a file now or at a moment, and the document at a moment for replay.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::content::{self, off_the_runtime};
use super::extract::{Asked, InRoom};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};

/// Which file to make.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// A `cairn.map/1` document.
    Json,
}

/// The query of an export.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Export {
    /// Which file to make.
    #[param(inline)]
    format: Format,
    /// The record to take the map after; now when left out.
    #[param(minimum = 1)]
    at: Option<u64>,
}

/// The map as a file to keep: its JSON form, and in `rounds` the votes that were closed.
#[utoipa::path(get, path = "/api/maps/{id}/export", tag = "maps", operation_id = "exportMap",
    params(("id" = String, Path, description = "The map"), Export),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = Object, description = "The file, as an attachment"), OnProblem))]
pub(super) async fn export(
    State(app): State<App>,
    inside: InRoom,
    Asked(Export {
        format: Format::Json,
        at,
    }): Asked<Export>,
) -> Result<Response, Problem> {
    // A room of an open server has a name of its users' choosing; a file has one every system takes.
    let name = inside
        .room
        .map()
        .as_str()
        .replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_");
    let map = inside.room.map().clone();
    let text = match at {
        None => {
            let state = inside.room.state().await?;
            off_the_runtime(move || content::file_of(&app, &map, &state)).await?
        }
        Some(seq) => off_the_runtime(move || content::file_at(&app, &map, seq)).await?,
    };
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.cairn.json\""),
        ),
    ];
    Ok((headers, text).into_response())
}

/// The record a path names.
pub(super) struct Moment(u64);

impl FromRequestParts<App> for Moment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Named {
            seq: u64,
        }
        let named = Path::<Named>::from_request_parts(parts, app).await;
        named
            .map(|Path(named)| Self(named.seq))
            .map_err(|_| Problem::new(Kind::NoSuchMoment))
    }
}

/// The map's document after a record, as one Yjs v1 update that an empty `Y.Doc` can apply.
#[utoipa::path(get, path = "/api/maps/{id}/history/at/{seq}", tag = "history", operation_id = "stateAt",
    params(("id" = String, Path, description = "The map"), ("seq" = u64, Path, description = "The record", minimum = 1)),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), OnProblem))]
pub(super) async fn state_at(
    State(app): State<App>,
    inside: InRoom,
    Moment(seq): Moment,
) -> Result<Response, Problem> {
    let map = inside.room.map().clone();
    let update = off_the_runtime(move || content::update_at(&app, &map, seq)).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, update).into_response())
}
