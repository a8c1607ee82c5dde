//! A server's HTTP interface as far as a client needs it: joining, creating and importing maps.
//!
//! Blocking; called by the command line and, through `spawn_blocking`, by the simulation. Never
//! keeps cookies: every join is somebody else.

use std::fmt;
use std::time::Duration;

use cairn_protocol::id::{MapId, ParticipantId, Role};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::address::{AddressError, Invite, Server};
use crate::connection::ConnectOptions;
use crate::problem::Refusal;

/// For one request, answer included. A large import takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest answer read: these are small documents.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The server said no, and why.
    #[error("{0}")]
    Refused(Refusal),
    /// No answer.
    #[error("the server at {server} could not be asked: {why}")]
    Unreachable {
        /// Which.
        server: Server,
        /// What went wrong.
        why: Box<ureq::Error>,
    },
    /// An answer that is not Cairn's.
    #[error("the answer is not what a Cairn server says; is {server} one? ({why})")]
    NotCairn {
        /// Which.
        server: Server,
        /// What was wrong with it.
        why: serde_json::Error,
    },
    /// The answer names a map that no socket can be opened for.
    #[error("{0}")]
    Address(#[from] AddressError),
}

/// A server, and who one is to it.
#[derive(Clone)]
pub struct Api {
    server: Server,
    /// A host key or a participant's token. Secret.
    bearer: Option<String>,
    agent: Agent,
}

/// Somebody who joined: everything a connection needs.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Joined {
    /// The map.
    #[serde(deserialize_with = "map_id")]
    pub map: MapId,
    /// Who one is in it.
    pub participant: ParticipantId,
    /// What one may do.
    pub role: Role,
    /// What one comes back with. Secret.
    pub token: String,
}

/// A new map, and the tokens that open it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Created {
    /// The map.
    #[serde(deserialize_with = "map_id")]
    pub id: MapId,
    /// Invite tokens by role. Secret.
    pub invites: Invites,
}

/// One invite token for each role.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Invites {
    /// For those who run the workshop.
    pub facilitator: String,
    /// For those who take part.
    pub participant: String,
    /// For those who watch.
    pub observer: String,
}

/// What a new map begins with. What is left out is the server's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewMap {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its kind, such as `current-state`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether to begin with the kind's template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<bool>,
    /// From where to where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The decision it serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Whose journey it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
}

impl Api {
    /// A server, as nobody in particular.
    pub fn new(server: Server) -> Self {
        let config = Agent::config_builder()
            // A refusal is read, not thrown away.
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            server,
            bearer: None,
            agent: config.into(),
        }
    }

    /// With a host key or a participant's token.
    #[must_use]
    pub fn with_bearer(self, bearer: impl Into<String>) -> Self {
        Self {
            bearer: Some(bearer.into()),
            ..self
        }
    }

    /// Joins by an invite. `color` is `#rrggbb`; the server chooses one if there is none. Blocks.
    pub fn join(
        &self,
        invite: &Invite,
        name: &str,
        color: Option<&str>,
    ) -> Result<Joined, HttpError> {
        let body = json!({
            "map": invite.map, "invite": invite.token, "name": name, "color": color,
        });
        self.post(&["api", "join"], &body.to_string())
    }

    /// Joins with the host's authority, as a facilitator. Blocks.
    pub fn join_as_host(
        &self,
        map: &MapId,
        name: &str,
        color: Option<&str>,
    ) -> Result<Joined, HttpError> {
        let body = json!({"map": map, "name": name, "color": color});
        self.post(&["api", "join"], &body.to_string())
    }

    /// Makes a map. Blocks.
    pub fn create(&self, map: &NewMap) -> Result<Created, HttpError> {
        let body = serde_json::to_string(map).expect("a new map has string keys only");
        self.post(&["api", "maps"], &body)
    }

    /// Makes a map from a `cairn.map/1` document. Blocks.
    pub fn import(&self, document: &str) -> Result<Created, HttpError> {
        self.post(&["api", "maps", "import"], document)
    }

    /// The invite link of a token, as people send it.
    pub fn invite(&self, map: &MapId, token: impl Into<String>) -> Invite {
        Invite {
            server: self.server.clone(),
            map: map.clone(),
            token: token.into(),
        }
    }

    /// How somebody who joined connects.
    pub fn connect_options(&self, joined: &Joined) -> Result<ConnectOptions, HttpError> {
        let url = self.server.socket(&joined.map)?;
        Ok(ConnectOptions::new(url).with_token(joined.token.clone()))
    }

    fn post<T: for<'de> Deserialize<'de>>(
        &self,
        path: &[&str],
        body: &str,
    ) -> Result<T, HttpError> {
        let mut request = self
            .agent
            .post(self.server.at(path).as_str())
            .content_type("application/json");
        if let Some(bearer) = &self.bearer {
            request = request.header("authorization", format!("Bearer {bearer}"));
        }
        let response = request.send(body).map_err(|why| self.unreachable(why))?;
        self.read(response)
    }

    fn read<T: for<'de> Deserialize<'de>>(
        &self,
        mut response: Response<Body>,
    ) -> Result<T, HttpError> {
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec();
        let body = body.map_err(|why| self.unreachable(why))?;
        if !response.status().is_success() {
            return Err(HttpError::Refused(Refusal::new(
                response.status().as_u16(),
                &body,
            )));
        }
        serde_json::from_slice(&body).map_err(|why| HttpError::NotCairn {
            server: self.server.clone(),
            why,
        })
    }

    fn unreachable(&self, why: ureq::Error) -> HttpError {
        HttpError::Unreachable {
            server: self.server.clone(),
            why: Box::new(why),
        }
    }
}

fn map_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<MapId, D::Error> {
    MapId::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Joined {
    /// Leaves the token out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Joined({} in {} as {})",
            self.participant, self.map, self.role
        )
    }
}

impl fmt::Debug for Created {
    /// Leaves the invites out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Created({})", self.id)
    }
}
