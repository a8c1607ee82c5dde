//! A map's versions and reviews: moments with a name, to read, compare and go back to (VERSION, UPKEEP).

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use cairn_protocol::version::VersionList;
use serde_json::{Value, json};

use super::extract::InRoom;
use super::openapi::OnProblem;
use super::problem::Problem;

/// Every version of the map and its reviews, oldest first.
///
/// A version names a moment by its record: `GET /api/maps/{id}?at=SEQ` gives the map as it was, `GET /api/maps/{id}/compare?from=SEQ`
/// what has changed since, and the command `restore` brings it back.
#[utoipa::path(get, path = "/api/maps/{id}/versions", tag = "maps", operation_id = "mapVersions",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = VersionList, example = json!(example())), OnProblem))]
pub(super) async fn versions(inside: InRoom) -> Result<Response, Problem> {
    let versions = inside.room.versions().await?;
    Ok(([(CACHE_CONTROL, "private, no-store")], Json(versions)).into_response())
}

fn example() -> Value {
    let ann = json!({"participant": "p1", "name": "Ann"});
    json!({
        "seq": 512, "edited": 508,
        "versions": [
            {"id": 1, "seq": 14, "at": 1_795_000_000_000_u64, "cause": "workshopStart", "by": ann},
            {"id": 2, "seq": 301, "at": 1_795_002_000_000_u64, "cause": "saved", "name": "Before lunch", "by": ann},
            {"id": 3, "seq": 498, "at": 1_795_005_400_000_u64, "cause": "workshopEnd"},
            {"id": 4, "seq": 506, "at": 1_795_005_500_000_u64, "cause": "beforeRestore", "by": ann, "restored": 301},
        ],
        "reviews": [{"seq": 510, "at": 1_795_005_600_000_u64, "day": "2026-11-18", "by": ann}],
    })
}
