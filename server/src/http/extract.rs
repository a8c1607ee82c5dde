//! What handlers take from a request: the map's name, a JSON body, and who is calling (ROLE-4, ROLE-8).
//!
//! A handler that names one of these in its arguments states what it needs; everything else is answered with a problem
//! before the handler runs. Who somebody is in a map is always the room's answer, never a cache's.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use cairn_protocol::id::{MapId, ParticipantId, Role};
use cairn_protocol::record::Actor;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::App;
use super::limits::Peer;
use super::problem::{Kind, Problem};
use crate::auth::{Presented, Secret};
use crate::config::HostAccess;
use crate::room::Member;
use crate::rooms::RoomHandle;

/// The map a path names.
pub(super) struct MapPath(pub(super) MapId);

impl FromRequestParts<App> for MapPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Named {
            id: String,
        }
        let Ok(Path(Named { id })) = Path::<Named>::from_request_parts(parts, app).await else {
            return Err(Problem::new(Kind::NoSuchMap));
        };
        MapId::new(id)
            .map(Self)
            .map_err(|_| Problem::new(Kind::NoSuchMap))
    }
}

/// `?at=SEQ`: a moment of the map's history; none means now.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct At {
    pub(super) at: Option<u64>,
}

/// A query that can be read.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, app).await {
            Ok(Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(Problem::because(Kind::BadRequest, rejection.body_text())),
        }
    }
}

/// A JSON body's text, declared as such. The declaration is needed: a page of another site can send JSON only as plain
/// text without asking first.
pub(super) struct JsonText(pub(super) String);

impl FromRequest<App> for JsonText {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(Kind::WrongMediaType));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(unread)?;
        let text = String::from_utf8(bytes.into());
        text.map(Self)
            .map_err(|_| Problem::because(Kind::NotJson, "The body is not UTF-8 text."))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    declared(headers).eq_ignore_ascii_case("application/json")
}

/// What a body is said to be, without parameters.
fn declared(headers: &HeaderMap) -> &str {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = declared.and_then(|value| value.split(';').next());
    essence.unwrap_or_default().trim()
}

/// A file to import, declared as what it is: as JSON or a type that, like JSON, no page of another site can send without asking first.
pub(super) enum MapFile {
    Json(String),
    Csv(Vec<u8>),
    Markdown(Vec<u8>),
}

impl FromRequest<App> for MapFile {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let made: fn(Vec<u8>) -> Self =
            match declared(request.headers()).to_ascii_lowercase().as_str() {
                "text/csv" => Self::Csv,
                "text/markdown" => Self::Markdown,
                "application/json" => {
                    let JsonText(text) = JsonText::from_request(request, app).await?;
                    return Ok(Self::Json(text));
                }
                _ => {
                    let why =
                        "Send `Content-Type: application/json`, `text/csv` or `text/markdown`.";
                    return Err(Problem::because(Kind::WrongMediaType, why));
                }
            };
        let bytes = Bytes::from_request(request, app).await.map_err(unread)?;
        Ok(made(bytes.into()))
    }
}

fn unread(rejection: BytesRejection) -> Problem {
    match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Kind::TooLarge),
        _ => Problem::because(Kind::BadRequest, "The body broke off."),
    }
}

/// A JSON body of this shape.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let JsonText(text) = JsonText::from_request(request, app).await?;
        serde_json::from_str(&text).map(Self).map_err(|error| {
            // serde calls some wrong shapes wrong syntax: only text that is no JSON at all is.
            let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            let kind = if is_json {
                Kind::BrokenRule
            } else {
                Kind::NotJson
            };
            // Its text may repeat a wrong value, so it goes to the sender only.
            Problem::because(kind, error.to_string()).at(format!(
                "line {}, column {}",
                error.line(),
                error.column()
            ))
        })
    }
}

/// Where the request comes from.
impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Peer::NOBODY))
    }
}

/// What the request shows about who sends it, unchecked.
pub(super) struct Shown {
    pub(super) presented: Presented,
    pub(super) peer: Peer,
}

impl FromRequestParts<App> for Shown {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let presented = Presented::read(&parts.headers, app.cookie_name())?;
        let peer = parts.extensions.get().copied().unwrap_or(Peer::NOBODY);
        Ok(Self { presented, peer })
    }
}

/// Who is calling, in one map.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// The host (ROLE-8).
    Host,
    /// Somebody who joined and was not removed.
    Member(Member),
    /// Anybody, in a room of an open server.
    Anonymous,
}

impl Caller {
    /// As whom records are written.
    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::Host => Actor::Host,
            Self::Member(member) => Actor::Participant(member.id),
            Self::Anonymous => Actor::Anonymous,
        }
    }
}

/// The role a host joins with.
pub(super) const HOST_JOINS_AS: Role = Role::Facilitator;

impl Shown {
    /// Whether the bearer is the host key. An address that tried too many wrong ones is not answered (HTTP-6).
    pub(super) fn holds_key(&self, app: &App) -> Result<bool, Problem> {
        let (HostAccess::Key(key), Some(bearer)) = (&app.settings().host, &self.presented.bearer)
        else {
            return Ok(false);
        };
        let is_key = key.is(bearer.reveal());
        if is_key {
            app.limits().may_try_key(self.peer)?;
        }
        Ok(is_key)
    }

    /// Whoever reads an archive: everyone on this machine, as somebody who may look (ARCHIVE-5).
    fn reader(&self, app: &App) -> Option<Member> {
        let reads = app.settings().archive && self.presented.local;
        reads.then(|| Member {
            // Nobody who joined has it: they are numbered from 1.
            id: ParticipantId(0),
            name: "Reader".to_owned(),
            color: "#5f6b76".to_owned(),
            role: Role::Observer,
        })
    }

    /// Whether the server trusts everyone on its own machine and this request comes from there (CONF-1).
    fn is_local_host(&self, app: &App) -> bool {
        !app.settings().archive
            && matches!(app.settings().host, HostAccess::Anyone)
            && self.presented.local
    }

    /// Whether the request has host authority, without having failed if not.
    pub(super) fn is_host(&self, app: &App) -> Result<bool, Problem> {
        Ok(self.is_local_host(app) || self.holds_key(app)?)
    }

    /// Somebody who joined this map: by the bearer, or by the browser's cookie. A bearer that is neither a token of
    /// this map nor the host key is a failure; a cookie is sent to every map and proves nothing by itself.
    pub(super) async fn member(
        &self,
        app: &App,
        room: &RoomHandle,
    ) -> Result<Option<Member>, Problem> {
        if app.settings().archive {
            return Ok(self.reader(app));
        }
        if let Some(bearer) = &self.presented.bearer
            && !self.holds_key(app)?
        {
            return match room.who(bearer.hash(room.map())).await? {
                Some(member) => Ok(Some(member)),
                None => Err(app.limits().failure(self.peer, Kind::UnknownToken)),
            };
        }
        match &self.presented.cookie {
            Some(cookie) => Ok(room.who(cookie.hash(room.map())).await?),
            None => Ok(None),
        }
    }

    /// Who is calling in this map. Who presents the host key acts as host; otherwise somebody who joined acts as
    /// themselves, even where everyone is the host.
    pub(super) async fn caller(&self, app: &App, room: &RoomHandle) -> Result<Caller, Problem> {
        if self.holds_key(app)? {
            return Ok(Caller::Host);
        }
        if let Some(member) = self.member(app, room).await? {
            return Ok(Caller::Member(member));
        }
        if self.is_local_host(app) {
            return Ok(Caller::Host);
        }
        if app.settings().open && room.is_open().await? {
            return Ok(Caller::Anonymous);
        }
        Err(Problem::new(Kind::NotSignedIn))
    }
}

/// A request with host authority (ROLE-8).
pub(crate) struct Host {
    pub(crate) peer: Peer,
}

impl FromRequestParts<App> for Host {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let shown = Shown::from_request_parts(parts, app).await?;
        if shown.is_host(app)? {
            return Ok(Self { peer: shown.peer });
        }
        match shown.presented.bearer {
            Some(_) => Err(app.limits().failure(shown.peer, Kind::HostOnly)),
            None => Err(Problem::new(Kind::HostOnly)),
        }
    }
}

/// A room with who is calling in it.
pub(super) struct InRoom {
    pub(super) room: RoomHandle,
    pub(super) caller: Caller,
}

impl FromRequestParts<App> for InRoom {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let MapPath(map) = MapPath::from_request_parts(parts, app).await?;
        let shown = Shown::from_request_parts(parts, app).await?;
        let room = app.rooms().room(&map).await?;
        let caller = shown.caller(app, &room).await?;
        Ok(Self { room, caller })
    }
}

/// A token shown in a query, for sockets only: the browser's WebSocket sends no headers of ours.
#[derive(Deserialize)]
pub(super) struct TokenQuery {
    token: Option<String>,
}

impl TokenQuery {
    pub(super) fn secret(self) -> Option<Secret> {
        self.token
            .filter(|token| !token.is_empty())
            .map(Secret::new)
    }
}
