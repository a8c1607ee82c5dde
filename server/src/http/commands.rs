//! Commands by HTTP: the same as on the workshop channel, for scripts and for whoever has no socket.

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use cairn_protocol::channel::ClientCommand;
use cairn_protocol::limits::REQUEST_BYTES;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Body, InRoom};
use super::openapi::{self, OnProblem};
use super::problem::{Kind, Problem};
use crate::token::new_seed;

/// A command.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommandRequest {
    #[schema(schema_with = openapi::command)]
    command: ClientCommand,
    /// The sender's name for it, 1 to 64 bytes. Sent again with the same name, it counts once (REC-5).
    request: Option<String>,
}

/// A command that was done and is durable.
#[derive(Serialize, ToSchema)]
pub(super) struct CommandAnswer {
    /// The command's request name.
    done: String,
    /// The new invite's token, after `rotateInvite`.
    #[serde(skip_serializing_if = "Option::is_none")]
    invite: Option<String>,
}

/// Does something in a map. Answers when it is durable; a broken rule is named in the problem.
#[utoipa::path(post, path = "/api/maps/{id}/commands", tag = "people", operation_id = "command",
    params(("id" = String, Path, description = "The map")),
    security((), ("host" = []), ("participant" = []), ("browser" = [])), request_body = CommandRequest,
    responses((status = 200, body = CommandAnswer), OnProblem))]
pub(super) async fn command(
    inside: InRoom,
    Body(asked): Body<CommandRequest>,
) -> Result<Response, Problem> {
    let InRoom { room, caller } = inside;
    let request = asked
        .request
        .unwrap_or_else(|| format!("{:016x}", new_seed()));
    if request.is_empty() || request.len() > REQUEST_BYTES {
        let why = format!("a request is named in 1 to {REQUEST_BYTES} bytes");
        return Err(Problem::because(Kind::BrokenRule, why).at("request"));
    }
    let done = room
        .command(caller.actor(), request.clone(), asked.command)
        .await?;
    let answer = CommandAnswer {
        done: request,
        invite: done.invite,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}
