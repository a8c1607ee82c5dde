//! Joining a map, and who one is in it (ROLE-4, ROLE-5).

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use cairn_protocol::id::{MapId, Role, TokenHash};
use cairn_protocol::record::{Actor, Join};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, MutexGuard};
use utoipa::ToSchema;

use super::App;
use super::extract::{Body, HOST_JOINS_AS, MapPath, Shown};
use super::openapi::{OnProblem, RoleName};
use super::problem::{Kind, Problem};
use crate::auth::{self, Secret};
use crate::room::Member;
use crate::rooms::RoomHandle;
use crate::token::{is_token, new_seed, new_token};

/// Colours given to whoever brings none: distinct on light and dark ground.
const COLORS: [&str; 12] = [
    "#b4451f", "#1f6f8b", "#5b7a1e", "#8a3f8f", "#a8641a", "#2f5fb3", "#3c7d5a", "#b23a6b",
    "#6a5acd", "#7a6a1c", "#0f7c7c", "#9b3d3d",
];

/// Joins with the same browser cookie wait for one another here, so that two tabs opened at once become one person.
/// Many turns, so that a room full of browsers does not queue.
pub(super) struct Turns([Mutex<()>; 64]);

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::new(())))
    }
}

impl Turns {
    async fn of(&self, cookie: &Secret) -> MutexGuard<'_, ()> {
        let [first, ..] = *blake3::hash(cookie.reveal().as_bytes()).as_bytes();
        self.0[usize::from(first) % self.0.len()].lock().await
    }
}

/// Who wants to join what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinRequest {
    /// The invite's token, or the whole invite link. The host may leave it out and joins as facilitator.
    #[schema(value_type = Option<String>)]
    invite: Option<String>,
    /// The map, when the invite is left out or to be sure of it.
    map: Option<String>,
    /// Shown to others, 1 to 80 characters.
    name: String,
    /// Shown to others, `#rrggbb`; the server chooses one when left out.
    color: Option<String>,
}

/// Somebody who joined.
#[derive(Serialize, ToSchema)]
pub(super) struct Joined {
    map: String,
    /// Such as `p12`.
    participant: String,
    role: RoleName,
    /// Opens the map as this participant. Browsers may forget it: their cookie does the same.
    token: String,
}

/// Joins a map through an invite. A browser that joined before comes back as the same participant, with the higher
/// of the two roles. Sets the browser's cookie.
#[utoipa::path(post, path = "/api/join", tag = "people", operation_id = "join",
    security((), ("host" = []), ("browser" = [])), request_body = JoinRequest,
    responses((status = 200, body = Joined,
        headers(("set-cookie" = String, description = "The browser's token, the same for all maps"))), OnProblem))]
pub(super) async fn join(
    State(app): State<App>,
    shown: Shown,
    Body(request): Body<JoinRequest>,
) -> Result<Response, Problem> {
    app.limits().join(shown.peer)?;
    let (room, role, by) = admit(&app, &shown, &request).await?;
    let cookie = shown
        .presented
        .cookie
        .clone()
        .unwrap_or_else(|| Secret::new(new_token()));
    let turn = app.joining().of(&cookie).await;
    let known = match shown.member(&app, &room).await {
        Ok(known) => known,
        // A stale bearer is no reason to refuse a good invite.
        Err(problem) if problem.kind() == Kind::UnknownToken => None,
        Err(problem) => return Err(problem),
    };
    let token = Secret::new(new_token());
    let tokens = tokens(&room, &token, &cookie, known.as_ref()).await?;
    let join = Join {
        known_as: known.as_ref().map(|member| member.id),
        role,
        name: request.name,
        color: request
            .color
            .or(known.map(|member| member.color))
            .unwrap_or_else(some_color),
        tokens,
    };
    let member = room.join(by, join).await?;
    drop(turn);
    let joined = Joined {
        map: room.map().to_string(),
        participant: member.id.to_string(),
        role: member.role.into(),
        token: token.reveal().to_owned(),
    };
    let cookie = auth::set_cookie(&cookie, app.settings().is_https());
    let headers = [(SET_COOKIE, cookie), (CACHE_CONTROL, "no-store".to_owned())];
    Ok((headers, Json(joined)).into_response())
}

/// Checks the invite, or the host's authority: where to, as what, and who lets them in.
async fn admit(
    app: &App,
    shown: &Shown,
    request: &JoinRequest,
) -> Result<(RoomHandle, Role, Actor), Problem> {
    let map = request.map.as_deref().map(map_id).transpose()?;
    let Some(invite) = request.invite.as_deref() else {
        let map = map.ok_or_else(|| {
            Problem::because(
                Kind::BrokenRule,
                "an invite, or for the host a map, is needed",
            )
            .at("invite")
        })?;
        if !shown.is_host(app)? {
            return Err(match shown.presented.bearer {
                Some(_) => app.limits().failure(shown.peer, Kind::HostOnly),
                None => Problem::new(Kind::HostOnly),
            });
        }
        return Ok((app.rooms().room(&map).await?, HOST_JOINS_AS, Actor::Host));
    };
    let (room, role) = opened(app, shown, map, invite).await?;
    Ok((room, role, Actor::Server))
}

/// What an invite opens, and as what; `map` is where it is thought to lead, if that is known.
async fn opened(
    app: &App,
    shown: &Shown,
    map: Option<MapId>,
    invite: &str,
) -> Result<(RoomHandle, Role), Problem> {
    let (linked, token) = split_link(invite);
    let map = match (map, linked) {
        (Some(map), Some(linked)) if map.as_str() != linked => None,
        (Some(map), _) => Some(map),
        (None, Some(linked)) => Some(map_id(linked)?),
        (None, None) => app.rooms().map_by_invite(token),
    };
    let unknown = || app.limits().failure(shown.peer, Kind::UnknownInvite);
    let (Some(map), true) = (map, is_token(token)) else {
        return Err(unknown());
    };
    let room = app.rooms().room(&map).await?;
    match room.role_by_invite(TokenHash::of(&map, token)).await? {
        Some(role) => Ok((room, role)),
        None => Err(unknown()),
    }
}

/// An invite that somebody holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HeldInvite {
    /// The invite's token, or the whole invite link.
    invite: String,
    /// The map, to be sure of it.
    map: Option<String>,
}

/// What an invite opens.
#[derive(Serialize, ToSchema)]
pub(super) struct InviteOpens {
    map: String,
    role: RoleName,
}

/// Says whether an invite still lets people in, and as what; nobody joins by it. Asked by the web client before it shows
/// a link that another facilitator may have replaced.
#[utoipa::path(post, path = "/api/invite", tag = "people", operation_id = "checkInvite",
    security(()), request_body = HeldInvite, responses((status = 200, body = InviteOpens), OnProblem))]
pub(super) async fn invite(
    State(app): State<App>,
    shown: Shown,
    Body(held): Body<HeldInvite>,
) -> Result<Response, Problem> {
    app.limits().join(shown.peer)?;
    let map = held.map.as_deref().map(map_id).transpose()?;
    let (room, role) = opened(&app, &shown, map, &held.invite).await?;
    let opens = InviteOpens {
        map: room.map().to_string(),
        role: role.into(),
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(opens)).into_response())
}

fn map_id(text: &str) -> Result<MapId, Problem> {
    MapId::new(text).map_err(|_| Problem::new(Kind::NoSuchMap))
}

/// A whole invite link `…/join/{map}#{token}` into map and token; anything else is a token.
fn split_link(invite: &str) -> (Option<&str>, &str) {
    let Some((page, token)) = invite.trim().rsplit_once('#') else {
        return (None, invite.trim());
    };
    let map = page
        .rsplit_once("/join/")
        .map(|(_, map)| map.trim_end_matches('/'));
    (map, token)
}

/// The hashes this participant may come back with: the new token, and the browser's unless it is known already.
async fn tokens(
    room: &RoomHandle,
    token: &Secret,
    cookie: &Secret,
    known: Option<&Member>,
) -> Result<Vec<TokenHash>, Problem> {
    let browser = cookie.hash(room.map());
    let owner = room.who(browser).await?;
    let is_new = owner.is_none() || owner.map(|member| member.id) == known.map(|member| member.id);
    // A cookie that is somebody else's here (a bearer said who this is) stays theirs.
    Ok(if is_new {
        vec![token.hash(room.map()), browser]
    } else {
        vec![token.hash(room.map())]
    })
}

fn some_color() -> String {
    let count = COLORS.len() as u64;
    COLORS[(new_seed() % count) as usize].to_owned()
}

/// Who somebody is in a map.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    map: String,
    /// Such as `p12`.
    participant: String,
    role: RoleName,
    name: String,
    /// `#rrggbb`.
    color: String,
    /// The map is an archive: it can be read, and nothing in it changes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    archive: bool,
    /// When the map is deleted unless somebody changes it before, once that is near (KEEP-2).
    #[serde(rename = "deletedOn", skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    deleted_on: Option<String>,
}

/// Who the caller is in the map: asked by the web client before it shows the join screen.
#[utoipa::path(get, path = "/api/maps/{id}/me", tag = "people", operation_id = "whoAmI",
    params(("id" = String, Path, description = "The map")),
    security(("participant" = []), ("browser" = [])),
    responses((status = 200, body = Me), OnProblem))]
pub(super) async fn me(
    State(app): State<App>,
    MapPath(map): MapPath,
    shown: Shown,
) -> Result<Response, Problem> {
    let room = app.rooms().room(&map).await?;
    let member = shown.member(&app, &room).await?;
    let member = member.ok_or_else(|| Problem::new(Kind::NotSignedIn))?;
    let touched = app.rooms().touched(&map);
    let me = Me {
        map: map.to_string(),
        participant: member.id.to_string(),
        role: member.role.into(),
        name: member.name,
        color: member.color,
        archive: app.settings().archive,
        deleted_on: touched.and_then(|touched| app.deleted_on(touched)),
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(me)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_gives_its_map_and_token_and_anything_else_is_a_token() {
        assert_eq!(split_link("https://a.b/join/m1#tok"), (Some("m1"), "tok"));
        assert_eq!(split_link(" /join/m1/#tok\n"), (Some("m1"), "tok"));
        assert_eq!(split_link("tok"), (None, "tok"));
        assert_eq!(split_link("https://a.b/other#tok"), (None, "tok"));
    }

    #[test]
    fn role_7_given_colours_pass_the_rule_for_colours() {
        for color in COLORS {
            assert!(cairn_protocol::fold::check_color(color).is_ok(), "{color}");
        }
    }
}
