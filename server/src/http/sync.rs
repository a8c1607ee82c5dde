//! The socket: who may open one is decided before the upgrade (DESIGN §5), the rest is the session's.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use cairn_protocol::id::MapId;
use cairn_protocol::limits::MAX_FRAME_BYTES;
use cairn_protocol::record::Actor;

use super::App;
use super::extract::{Asked, Shown, TokenQuery};
use super::guard::{is_own_origin, may_open_socket};
use super::limits::Peer;
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::auth::{Presented, Secret};
use crate::rooms::RoomHandle;
use crate::session::serve_socket;

/// Opens the map to a y-websocket client. Refused before the upgrade: 401 without a token or with a wrong one, 403 from
/// a page of another site, 404 without such a map. The first offered subprotocol is taken.
///
/// Close codes: 4401 the token was revoked, 1012 the server restarts, 1013 try again later.
#[utoipa::path(get, path = "/sync/{map}", tag = "live", operation_id = "sync",
    params(("map" = String, Path, description = "The map"), ("token" = Option<String>, Query, description = "A join token")),
    security(("socket" = []), ("participant" = []), ("browser" = []), ("host" = [])),
    responses((status = 101, description = "The y-websocket protocol follows"), OnProblem))]
pub(super) async fn sync(State(app): State<App>, request: Request) -> Response {
    let name = room_name(request.uri(), "/sync/");
    open(app, name, request)
        .await
        .unwrap_or_else(Problem::into_response)
}

/// Opens a room of an open server at the root, as y-websocket's own server has it; `None` when the request is none.
pub(super) fn is_root_socket(app: &App, request: &Request) -> bool {
    let upgrade = request
        .headers()
        .get("upgrade")
        .and_then(|value| value.to_str().ok());
    app.settings().open && upgrade.is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

/// As [`sync`], with the whole path as the room's name.
pub(super) async fn sync_at_root(app: App, request: Request) -> Response {
    let name = room_name(request.uri(), "/");
    open(app, name, request)
        .await
        .unwrap_or_else(Problem::into_response)
}

/// The room's name: the path behind the prefix, percent-decoded once. Stock clients send it as the application wrote
/// it, slashes included.
fn room_name(uri: &Uri, prefix: &str) -> Option<MapId> {
    let raw = uri.path().strip_prefix(prefix)?;
    let name = percent_decoded(raw)?;
    MapId::new(name).ok()
}

fn percent_decoded(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%'
            && let [high, low, tail @ ..] = tail
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push(high * 16 + low);
            rest = tail;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

async fn open(app: App, name: Option<MapId>, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    if !may_open_socket(&parts.headers, app.settings()) {
        return Err(Problem::new(Kind::ForeignOrigin));
    }
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &app).await;
    let upgrade = upgrade.map_err(|_| Problem::new(Kind::NotASocket))?;
    let map = name.ok_or_else(|| Problem::new(Kind::NoSuchMap))?;
    let (room, actor) = admit(&app, map, &mut parts).await?;
    Ok(upgraded(upgrade, room, actor))
}

fn upgraded(mut upgrade: WebSocketUpgrade, room: RoomHandle, actor: Actor) -> Response {
    // Browsers end a connection that answers with none of the protocols they offered.
    let first = upgrade.requested_protocols().next().cloned();
    if let Some(first) = first {
        upgrade.set_selected_protocol(first);
    }
    upgrade
        // The default, 128 KiB for every socket however idle, is what a thousand participants would cost most.
        .read_buffer_size(READ_BUFFER)
        .max_message_size(MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES)
        .on_failed_upgrade(|error| tracing::debug!(%error, "an upgrade failed"))
        .on_upgrade(move |socket| serve_socket(socket, room, actor))
}

/// Fits edits and moves; a longer message takes more reads.
const READ_BUFFER: usize = 16 * 1024;

/// Whom the request lets into the map. Sockets belong to people: being on the host's machine is not enough, the host
/// joins first.
async fn admit(app: &App, map: MapId, parts: &mut Parts) -> Result<(RoomHandle, Actor), Problem> {
    let shown = shown(app, parts).await?;
    if app.settings().open {
        return admit_openly(app, map, &shown).await;
    }
    let room = app.rooms().room(&map).await?;
    let actor = joined(app, &room, &shown).await?;
    Ok((room, actor))
}

/// On an open server a name is a room. One that was made by the host keeps its lock.
async fn admit_openly(
    app: &App,
    map: MapId,
    shown: &Shown,
) -> Result<(RoomHandle, Actor), Problem> {
    let room = app.rooms().room_or_create_open(map).await?;
    if !room.is_open().await? {
        let actor = joined(app, &room, shown).await?;
        return Ok((room, actor));
    }
    // Applications bring tokens of their own: one unknown here is not ours to judge.
    let actor = match joined(app, &room, shown).await {
        Ok(actor) => actor,
        Err(_) => Actor::Anonymous,
    };
    Ok((room, actor))
}

async fn joined(app: &App, room: &RoomHandle, shown: &Shown) -> Result<Actor, Problem> {
    if shown.holds_key(app)? {
        return Ok(Actor::Host);
    }
    let member = shown.member(app, room).await?;
    let member = member.ok_or_else(|| Problem::new(Kind::NotSignedIn))?;
    Ok(Actor::Participant(member.id))
}

/// A token in the query goes before the other ways: a script that names one means it. The host key is not taken there,
/// because addresses end up in logs.
async fn shown(app: &App, parts: &mut Parts) -> Result<Shown, Problem> {
    let peer = parts.extensions.get().copied().unwrap_or(Peer::NOBODY);
    let Asked(query) = Asked::<TokenQuery>::from_request_parts(parts, app).await?;
    let presented = match query.secret() {
        Some(token) => by_token(app, &token, peer)?,
        None => Presented::read(&parts.headers, app.cookie_name())?,
    };
    // A page of another origin that may open sockets says itself who it comes for: a browser sends the cookie along
    // whatever the page, where both are of one site (as all ports of this machine are).
    let is_own = is_own_origin(&parts.headers, app.settings());
    let cookie = presented.cookie.filter(|_| is_own);
    let presented = Presented {
        cookie,
        ..presented
    };
    Ok(Shown { presented, peer })
}

fn by_token(app: &App, token: &Secret, peer: Peer) -> Result<Presented, Problem> {
    if matches!(&app.settings().host, crate::config::HostAccess::Key(key) if key.is(token.reveal()))
    {
        return Err(app.limits().failure(peer, Kind::UnknownToken));
    }
    Ok(Presented {
        bearer: Some(token.clone()),
        ..Presented::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_named_by_the_path_with_its_slashes_and_decoded_once() {
        let name = |path: &str| {
            room_name(&path.parse().unwrap(), "/sync/").map(|map| map.as_str().to_owned())
        };
        assert_eq!(name("/sync/abc?token=t").as_deref(), Some("abc"));
        assert_eq!(name("/sync/team/retro").as_deref(), Some("team/retro"));
        assert_eq!(name("/sync/%C3%BCbung").as_deref(), Some("übung"));
        assert_eq!(name("/sync/a%2525b").as_deref(), Some("a%25b"));
        assert_eq!(name("/sync/100%25").as_deref(), Some("100%"));
        assert_eq!(name("/sync/a%zz").as_deref(), Some("a%zz"));
        for bad in ["/sync/", "/sync/a%20b", "/sync/%ff", "/sync/%00"] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }
}
