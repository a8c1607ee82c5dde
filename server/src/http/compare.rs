//! What is different between two moments of a map, or between two maps (COMPARE).

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use cairn_protocol::id::MapId;
use cairn_protocol::map::JourneyMap;
use cairn_protocol::map::compare::{Comparison, compare};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::content::{self, off_the_runtime};
use super::extract::{Asked, InRoom, Shown};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::rooms::RoomHandle;

/// What to compare.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Sides {
    /// The record after which the map is compared; now when left out.
    #[param(minimum = 1)]
    from: Option<u64>,
    /// Another map to compare to, which the caller may read; the same map when left out.
    with: Option<String>,
    /// The record of the map compared to; now when left out.
    #[param(minimum = 1)]
    to: Option<u64>,
    /// `json` unless told.
    #[param(inline)]
    format: Option<Format>,
}

/// How to write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// For programs.
    #[default]
    Json,
    /// For people.
    Md,
}

/// What is different between two moments of the map (`from`, `to`), or between it and another map (`with`), such as the
/// current and the future state: stages, lanes and cards added, removed, moved and reworded, and what that means.
#[utoipa::path(get, path = "/api/maps/{id}/compare", tag = "maps", operation_id = "compareMaps",
    params(("id" = String, Path, description = "The map"), Sides),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, description = "The differences", content(
        (Comparison = "application/json"), (String = "text/markdown"))), OnProblem))]
pub(super) async fn compared(
    State(app): State<App>,
    InRoom { room, .. }: InRoom,
    shown: Shown,
    Asked(sides): Asked<Sides>,
) -> Result<Response, Problem> {
    let other = match &sides.with {
        None => room.clone(),
        Some(name) => {
            let map = MapId::new(&**name).map_err(|_| Problem::new(Kind::NoSuchMap).at("with"))?;
            let other = app.rooms().room(&map).await?;
            // Reading one map opens no other.
            shown.caller(&app, &other).await?;
            other
        }
    };
    let before = moment(&app, &room, sides.from).await?;
    let after = moment(&app, &other, sides.to).await?;
    let format = sides.format.unwrap_or_default();
    let (kind, text) = off_the_runtime(move || {
        let comparison = compare(&before, &after);
        Ok(match format {
            Format::Md => ("text/markdown; charset=utf-8", comparison.to_markdown()),
            Format::Json => {
                let json = serde_json::to_string(&comparison);
                (
                    "application/json",
                    json.map_err(|error| Problem::internal(&error))?,
                )
            }
        })
    })
    .await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, text).into_response())
}

async fn moment(app: &App, room: &RoomHandle, at: Option<u64>) -> Result<JourneyMap, Problem> {
    match at {
        None => content::with_state(room, content::map_of).await,
        Some(seq) => {
            let (app, map) = (app.clone(), room.map().clone());
            off_the_runtime(move || content::map_at(&app, &map, seq)).await
        }
    }
}
