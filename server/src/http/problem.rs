//! Problem documents (RFC 9457): what every refused or failed request is answered with (HTTP-1).
//!
//! Made by every handler and guard; the only way an error leaves `http`. Never carries a secret, nor what a
//! map holds beyond the path of an offending field.

use std::borrow::Cow;

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cairn_protocol::fold::Refusal;
use cairn_protocol::map::Violation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::NotBearer;
use crate::founding::ContentError;
use crate::journal::JournalError;
use crate::load::LoadError;
use crate::rooms::RoomError;

macro_rules! kinds {
    ($($variant:ident = $slug:literal, $status:ident, $title:literal, $advice:literal;)+) => {
        /// What kind of problem it is. The slug is stable: programs may rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $(#[doc = $title] $variant,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)+];

            /// The last part of the problem's `type`, `/problems/{slug}`.
            pub fn slug(self) -> &'static str {
                match self { $(Kind::$variant => $slug,)+ }
            }

            /// The status it is sent with.
            pub fn status(self) -> StatusCode {
                match self { $(Kind::$variant => StatusCode::$status,)+ }
            }

            /// What happened, the same for every problem of the kind.
            pub fn title(self) -> &'static str {
                match self { $(Kind::$variant => $title,)+ }
            }

            /// What to do about it.
            pub fn advice(self) -> &'static str {
                match self { $(Kind::$variant => $advice,)+ }
            }
        }
    };
}

kinds! {
    BadRequest = "bad-request", BAD_REQUEST, "The request cannot be read",
        "Compare it with /api/openapi.json.";
    NotJson = "not-json", BAD_REQUEST, "The body is not JSON",
        "Send UTF-8 JSON text; `detail` names the place.";
    NotSignedIn = "not-signed-in", UNAUTHORIZED, "This needs somebody who joined the map",
        "Join through an invite link, or send a join token as `Authorization: Bearer`.";
    HostOnly = "host-only", UNAUTHORIZED, "Only the host may do this",
        "Send the server's host key as `Authorization: Bearer`. A server without a host key takes host requests \
         only from its own machine, under a local name and not through a proxy.";
    UnknownToken = "unknown-token", UNAUTHORIZED, "The token opens nothing here",
        "It was revoked, or belongs to another map or server. Join again through an invite link.";
    UnknownInvite = "unknown-invite", FORBIDDEN, "The invite opens no map",
        "It was made anew, or the link was cut. Ask a facilitator for the present link.";
    NotAllowed = "not-allowed", FORBIDDEN, "Your role does not allow this",
        "Ask a facilitator of the map; `rule` names the rule.";
    Archive = "archive", FORBIDDEN, "An archive cannot be changed",
        "It is served to be read. Go on in the map itself, or import an export of the archive into a server.";
    ForeignOrigin = "foreign-origin", FORBIDDEN, "The request comes from a page of another site",
        "Open Cairn under the address the server knows (--public-url), or let the page's origin open sockets with \
         --allow-origin.";
    NoSuchMap = "no-such-map", NOT_FOUND, "There is no such map", "No map has this name. Check the link, or ask for a new one.";
    NoSuchMoment = "no-such-moment", NOT_FOUND, "The map's journal has no such record",
        "Ask for a record from 1 to the last; `detail` names it.";
    NoSuchPage = "no-such-page", NOT_FOUND, "There is nothing under this address",
        "All routes are listed in /api/openapi.json.";
    WrongMethod = "wrong-method", METHOD_NOT_ALLOWED, "This address does not take this method",
        "The Allow header lists those it takes.";
    TooSlow = "too-slow", REQUEST_TIMEOUT, "The request took too long",
        "Send the whole body without pauses, and try again.";
    NotErasable = "not-erasable", CONFLICT, "Nobody can be erased from this map",
        "`detail` names the record that stands in the way; nothing was changed. Trying again does not help: delete the map, or tell \
         whoever runs the server.";
    MapExists = "map-exists", CONFLICT, "There is such a map already", "Try again.";
    TooLarge = "too-large", PAYLOAD_TOO_LARGE, "The body is too large",
        "Commands and new maps take up to 2 MiB, imports up to 16 MiB.";
    WrongMediaType = "wrong-media-type", UNSUPPORTED_MEDIA_TYPE, "The body is not declared as what this address takes",
        "Send `Content-Type: application/json`.";
    BrokenRule = "broken-rule", UNPROCESSABLE_ENTITY, "The request breaks a rule",
        "`detail` says what would be right; `path` names the field, `rule` the rule.";
    TooMuch = "too-large-to-draw", UNPROCESSABLE_ENTITY, "The map is too large for this format",
        "Take it as PDF or SVG.";
    NotASocket = "not-a-socket", UPGRADE_REQUIRED, "This address is for WebSocket clients",
        "Open it with a y-websocket client.";
    TooMany = "too-many-requests", TOO_MANY_REQUESTS, "Too many requests",
        "Wait as long as Retry-After says.";
    Internal = "internal", INTERNAL_SERVER_ERROR, "The server failed",
        "Try again; if it stays, tell whoever runs the server: its log says more.";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "The map cannot be opened now",
        "Others are not affected. Try again; if it stays, tell whoever runs the server: its log says more.";
    Stopping = "stopping", SERVICE_UNAVAILABLE, "The server is restarting", "Try again in a few seconds.";
    NotReady = "not-ready", SERVICE_UNAVAILABLE, "The journal takes no records",
        "The disk may be full or failing; the log says more. Restart the server once it is mended.";
    NotBuilt = "web-client-not-built", SERVICE_UNAVAILABLE, "The web client is not part of this build",
        "Build it (cd client/web && npm ci && npm run build), then build cairn again.";
}

/// A refused or failed request.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    detail: Cow<'static, str>,
    path: Option<String>,
    rule: Option<String>,
    retry_after: Option<u64>,
}

/// A problem document (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `/problems/{slug}`: what kind of problem it is. Stable.
    #[serde(rename = "type")]
    #[schema(example = "/problems/no-such-map")]
    kind: String,
    /// The same for every problem of the kind.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened this time, and what to do.
    detail: Cow<'static, str>,
    /// The offending field, such as `cards[12].stage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The broken rule of SPEC.md, such as `ROLE-3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

impl Problem {
    /// A problem whose detail is the kind's advice.
    pub fn new(kind: Kind) -> Self {
        Self::because(kind, kind.advice())
    }

    /// A problem with what happened this time.
    pub fn because(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            path: None,
            rule: None,
            retry_after: None,
        }
    }

    /// Names the offending field.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Says when to try again, in seconds from now.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    /// A failure of the server itself: the log says what, the answer does not.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(Kind::Internal)
    }

    /// What kind of problem it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.kind.status();
        let document = ProblemDocument {
            kind: format!("/problems/{}", self.kind.slug()),
            title: self.kind.title(),
            status: status.as_u16(),
            detail: self.detail,
            path: self.path,
            rule: self.rule,
        };
        let mut response = (status, Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Refusal> for Problem {
    /// A rule about what a role may do is "forbidden"; any other is about what was sent.
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal.rule.as_str() {
            "ROLE-2" | "ROLE-3" => Kind::NotAllowed,
            _ => Kind::BrokenRule,
        };
        Self {
            rule: Some(refusal.rule),
            ..Self::because(kind, refusal.why)
        }
    }
}

impl From<RoomError> for Problem {
    fn from(error: RoomError) -> Self {
        match error {
            RoomError::NoSuchMap(_) => Self::new(Kind::NoSuchMap),
            RoomError::Exists(_) => Self::new(Kind::MapExists),
            RoomError::Refused(refusal) => refusal.into(),
            RoomError::NotErasable(why) => {
                let why = format!("nothing was changed, and trying again does not help: {why}");
                Self::because(Kind::NotErasable, why)
            }
            // The reason may name files of the server: `rooms` has logged it.
            RoomError::Unavailable(_) => Self::new(Kind::Unavailable).retry_after(5),
            RoomError::Stopping => Self::new(Kind::Stopping).retry_after(2),
        }
    }
}

impl From<LoadError> for Problem {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NotYet { last, .. } => {
                Self::because(Kind::NoSuchMoment, format!("the last record is {last}"))
            }
            LoadError::Journal(JournalError::NoSuchMap(_)) => Self::new(Kind::NoSuchMap),
            LoadError::Journal(_)
            | LoadError::Snapshot { .. }
            | LoadError::Poisoned(_)
            | LoadError::Thread(_) => {
                tracing::error!(%error, "a map cannot be loaded");
                Self::new(Kind::Unavailable).retry_after(5)
            }
        }
    }
}

impl From<Violation> for Problem {
    fn from(violation: Violation) -> Self {
        Self::because(Kind::BrokenRule, violation.message).at(violation.path)
    }
}

impl From<ContentError> for Problem {
    fn from(error: ContentError) -> Self {
        Self::because(Kind::BrokenRule, error.to_string())
    }
}

impl From<NotBearer> for Problem {
    fn from(error: NotBearer) -> Self {
        Self::because(Kind::UnknownToken, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_1_every_kind_has_its_own_stable_name() {
        let mut slugs: Vec<_> = Kind::ALL.iter().map(|kind| kind.slug()).collect();
        slugs.sort_unstable();
        let count = slugs.len();
        slugs.dedup();
        assert_eq!(slugs.len(), count, "two kinds share a name");
        for kind in Kind::ALL {
            assert!(
                kind.status().is_client_error() || kind.status().is_server_error(),
                "{kind:?}"
            );
            assert!(
                !kind.advice().is_empty() && !kind.title().is_empty(),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn erase_4_a_journal_that_cannot_be_written_anew_is_no_matter_of_time() {
        let problem = Problem::from(RoomError::NotErasable("record 7 cannot be read".into()));
        assert_eq!(problem.kind(), Kind::NotErasable);
        assert_eq!(problem.kind().status(), StatusCode::CONFLICT);
        assert_eq!(problem.retry_after, None);
        assert!(problem.detail.contains('7'), "{}", problem.detail);
    }

    #[test]
    fn http_1_an_unavailable_map_does_not_tell_what_the_disk_said() {
        let problem = Problem::from(RoomError::Unavailable("/var/lib/cairn/x: bad block".into()));
        assert!(!problem.detail.contains("bad block"), "{}", problem.detail);
    }
}
