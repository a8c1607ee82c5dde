//! A map's rounds: what was asked, what came of it, and of those that are over every ballot (VOTE-14).

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use cairn_protocol::report::RoundReports;
use serde_json::{Value, json};

use super::content::off_the_runtime;
use super::extract::InRoom;
use super::openapi::OnProblem;
use super::problem::Problem;

/// Every round of the map, in the order of opening.
///
/// Of an open round this says no more than everybody in the map is shown: its totals only where they show live; facilitators are told
/// who is done, never with what. Of a closed one it
/// gives every ballot, so that anybody can count again: with names, or in an anonymous round under the pseudonyms that voters were
/// told while it was open. A cancelled round has no result and keeps no ballot.
#[utoipa::path(get, path = "/api/maps/{id}/rounds", tag = "rounds", operation_id = "mapRounds",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = RoundReports, example = json!(example())), OnProblem))]
pub(super) async fn rounds(inside: InRoom) -> Result<Response, Problem> {
    let rounds = inside.room.rounds(inside.caller.actor()).await?;
    let json = off_the_runtime(move || {
        serde_json::to_vec(&rounds).map_err(|error| Problem::internal(&error))
    })
    .await?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, json).into_response())
}

/// What a workshop of three people would answer; a test holds it and is answered so.
pub(crate) fn example() -> Value {
    let roles = ["participant", "facilitator"];
    let target = |card: &str, text: &str| json!({"card": card, "text": text, "withdrawn": false});
    let targets = json!([
        target("idea-1", "One form for all"),
        target("idea-2", "Call back within the hour")
    ]);
    json!({"rounds": [
        {
            "kind": "dots", "id": 1, "state": "closed", "opened": 1_795_000_000_000_u64, "ended": 1_795_000_240_000_u64,
            "setup": {
                "question": "What first?", "targets": {}, "dots": 3, "mostPerCard": 2, "visibility": "secret", "anonymous": false,
                "roles": roles,
            },
            "targets": targets,
            "result": [
                {"card": "idea-2", "dots": 3, "voters": 2, "rank": 1},
                {"card": "idea-1", "dots": 1, "voters": 1, "rank": 2},
            ],
            "ballots": [
                {"participant": "p1", "name": "Ann", "dots": {"idea-1": 1, "idea-2": 2}},
                {"participant": "p2", "name": "Ben", "dots": {"idea-2": 1}},
            ],
        },
        {
            "kind": "emotions", "id": 2, "state": "closed", "opened": 1_795_000_300_000_u64, "ended": 1_795_000_400_000_u64,
            "commitment": "52f97286e2d2c6b09a4df8d1c1ed0ab0c5b41a8f1a5ecb0d3d5d6c0ef3a1b7e4",
            "setup": {"question": "How does it feel?", "seconds": 100, "roles": roles},
            "stages": [{"stage": "order", "title": "Order", "withdrawn": false}],
            "result": [{"stage": "order", "median": -0.5, "spread": 1.0, "points": [-1.5, 0.5]}],
            "ballots": [
                {"pseudonym": "52f97286e2d2c6b0041c1b9ae2f8d20f3b7c55e19ad86a43", "scores": {"order": -1.5}},
                {"pseudonym": "52f97286e2d2c6b0e1907a44c30d5f6682aa1bb7f04c9d12", "scores": {"order": 0.5}},
            ],
        },
        {
            "kind": "dots", "id": 3, "state": "open", "opened": 1_795_000_500_000_u64, "until": 1_795_000_620_000_u64,
            "commitment": "c07b1f64a98e02d3517be0bb3f2a40991c6d7715cf5d0e8a0b7f4c2e9d835a16",
            "setup": {
                "question": "And of these?", "targets": {}, "dots": 1, "mostPerCard": 1, "visibility": "secret", "anonymous": true,
                "seconds": 120, "roles": roles,
            },
            "targets": targets,
        },
    ]})
}
