//! Forgetting, for the host: a person is erased from a map's history, or a map is deleted (ERASE, DELETE).

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use cairn_protocol::id::ParticipantId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::App;
use super::extract::{Host, MapPath};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::erase::Erasure;

/// The person a path names.
pub(super) struct PersonPath(ParticipantId);

impl FromRequestParts<App> for PersonPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Named {
            participant: String,
        }
        let named = Path::<Named>::from_request_parts(parts, app).await;
        let named = named
            .ok()
            .and_then(|Path(named)| named.participant.parse().ok());
        named.map(Self).ok_or_else(|| {
            let why = "a person is named by their number in the map, such as p12";
            Problem::because(Kind::BrokenRule, why).at("participant")
        })
    }
}

/// Somebody was erased.
#[derive(Serialize, ToSchema)]
pub(super) struct ErasedAnswer {
    /// Such as `p12`.
    participant: ParticipantId,
    /// How many records say something else now; 0 when there was nothing of them any more, and then nothing was done.
    records: u64,
    /// Hash of the map's last record as it was: by it, an archive made before is known as what this journal comes from.
    before: String,
    /// Hash of the map's last record now.
    after: String,
}

/// Takes a person's name and words out of a map's history (host). It cannot be undone.
///
/// The person is removed, and everything they wrote is replaced by marks, in the map and in its whole history; the chain of records is made
/// anew and says so. What others wrote stays. Refused while a round is open or a brainstorm under way. Everybody in the map loads it anew.
#[utoipa::path(post, path = "/api/maps/{id}/people/{participant}/erase", tag = "people", operation_id = "erasePerson",
    params(("id" = String, Path, description = "The map"), ("participant" = String, Path, description = "Whom, such as p12")),
    security((), ("host" = [])),
    responses((status = 200, body = ErasedAnswer, example = json!(example())), OnProblem))]
pub(super) async fn erase(
    State(app): State<App>,
    _: Host,
    MapPath(map): MapPath,
    PersonPath(participant): PersonPath,
) -> Result<Response, Problem> {
    let Erasure {
        records,
        before,
        after,
    } = app.rooms().erase(&map, participant).await?;
    let answer = ErasedAnswer {
        participant,
        records,
        before: before.to_string(),
        after: after.to_string(),
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn example() -> Value {
    json!({
        "participant": "p12", "records": 341,
        "before": "f082fe7bc3ad754c54e59da533d457f8c61172e374d6c30837e76cebaa95771d",
        "after": "0ab1c2a0a38c1f3ee2b8fd9c3bff3a2e2a8e8f3d8b1f1b7a4c4c8d0d2c9b6e51",
    })
}

/// Deletes a map with everything of it: its content, its history, its people, its invites (host). It cannot be undone.
#[utoipa::path(delete, path = "/api/maps/{id}", tag = "maps", operation_id = "deleteMap",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = [])),
    responses((status = 204, description = "There is no such map any more"), OnProblem))]
pub(super) async fn delete(
    State(app): State<App>,
    _: Host,
    MapPath(map): MapPath,
) -> Result<StatusCode, Problem> {
    app.rooms().delete(&map).await?;
    Ok(StatusCode::NO_CONTENT)
}
