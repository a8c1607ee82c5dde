//! The workshop as it stands, for programs that facilitate and for whoever has no socket (VIEW-2).

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use cairn_protocol::report::WorkshopReport;
use serde_json::{Value, json};

use super::extract::InRoom;
use super::openapi::OnProblem;
use super::problem::Problem;

/// The workshop as it stands: people, agenda and clock, hands, parking lot, spotlight, rounds and brainstorm.
///
/// `shared` is what everyone in the map is shown, `personal` what only the asker is: the own ballot, feelings and drafts, and for
/// facilitators who is done and who has written, never with what. The host has no place in the map and is told the last two beside it.
/// Times are milliseconds since 1970 UTC by the server's clock, which `shared.now` tells. The numbers of steps, rounds and notes are
/// those that commands take.
#[utoipa::path(get, path = "/api/maps/{id}/workshop", tag = "people", operation_id = "mapWorkshop",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = WorkshopReport, example = json!(example())), OnProblem))]
pub(super) async fn workshop(inside: InRoom) -> Result<Response, Problem> {
    let report = inside.room.workshop(inside.caller.actor()).await?;
    Ok(([(CACHE_CONTROL, "private, no-store")], Json(report)).into_response())
}

/// What a facilitator would be answered in the first step of a workshop; a test holds it and is answered so.
pub(super) fn example() -> Value {
    let person = |id: &str, name: &str, color: &str, role: &str| json!({"id": id, "name": name, "color": color, "role": role, "online": false});
    json!({
        "shared": {
            "seq": 12, "now": 1_795_000_000_000_u64,
            "people": [
                person("p1", "Ann", "#3d6b4f", "facilitator"),
                person("p2", "Ben", "#8a4b2f", "participant"),
            ],
            "agenda": [
                {
                    "id": 1, "title": "What hurts", "instructions": "", "minutes": 10, "mode": "brainstorm",
                    "focus": {"lanes": ["pains"]}, "lock": false, "atZero": "wait",
                },
                {"id": 2, "title": "What first", "instructions": "", "mode": "vote", "focus": {}, "lock": false, "atZero": "wait"},
            ],
            "current": {"id": 1, "began": 1_795_000_000_000_u64, "clock": {"runs": {"until": 1_795_000_600_000_u64}}, "ready": ["p2"]},
            "hands": ["p2"],
            "parked": [{"id": 1, "text": "Ask the bank", "by": "p2"}],
            "spotlight": {"spot": {"stage": "order"}, "by": "p1", "call": 10},
            "rounds": [],
            "emotionRounds": [],
            "brainstorm": {"setup": {"prompt": "What hurts", "focus": {"lanes": ["pains"]}, "signed": false}, "began": 1_795_000_000_000_u64},
        },
        "personal": {"participant": "p1", "role": "facilitator", "writing": {"writers": ["p2"], "drafts": 1}},
    })
}
