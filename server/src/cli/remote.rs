//! A running server as the command line reaches it: small blocking requests, problems read back as errors.

use std::time::Duration;

use serde::Deserialize;
use ureq::{Agent, Body, http};
use url::Url;

use crate::auth::Secret;

/// Longer than the server's own bound on a request.
const PATIENCE: Duration = Duration::from_secs(90);
/// Longest answer: a map of the largest size the importer takes, with room.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What went wrong between here and the server.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// Not the address of a server.
    #[error("--url {0:?} is not the address of a server, such as https://maps.example.org")]
    Address(String),
    /// It was not reached.
    #[error("the server at {server} cannot be reached")]
    Unreached {
        /// Its address.
        server: String,
        /// Why.
        source: Box<ureq::Error>,
    },
    /// It refused.
    #[error("the server refused ({status}): {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What it said, with the offending field.
        detail: String,
    },
    /// It answered something else than a Cairn server does.
    #[error("the answer is not a Cairn server's: {0}")]
    Answer(String),
}

#[derive(Deserialize)]
struct Problem {
    detail: String,
    path: Option<String>,
}

/// A server and how to show who is asking.
pub struct Remote {
    agent: Agent,
    base: Url,
    bearer: Option<Secret>,
}

impl Remote {
    /// A server at this address.
    pub fn new(address: &str, bearer: Option<&str>) -> Result<Self, RemoteError> {
        let base = Url::parse(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.filter(|url| url.host().is_some());
        let base = base.ok_or_else(|| RemoteError::Address(address.to_owned()))?;
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // The problem document is read, not thrown away.
            .http_status_as_error(false)
            // A bearer must not follow to another host.
            .max_redirects(0)
            .build();
        Ok(Self {
            agent: config.into(),
            base,
            // A variable that is set to nothing is not set.
            bearer: bearer.filter(|bearer| !bearer.is_empty()).map(Secret::new),
        })
    }

    /// The server's address, without a closing slash.
    pub fn address(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    fn at(&self, segments: &[&str], query: &[(&str, String)]) -> String {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url.into()
    }

    /// Asks for a text.
    pub fn get(&self, segments: &[&str], query: &[(&str, String)]) -> Result<String, RemoteError> {
        let bytes = self.get_bytes(segments, query)?;
        String::from_utf8(bytes).map_err(|_| RemoteError::Answer("not text".to_owned()))
    }

    /// Asks for a file.
    pub fn get_bytes(
        &self,
        segments: &[&str],
        query: &[(&str, String)],
    ) -> Result<Vec<u8>, RemoteError> {
        let mut request = self.agent.get(self.at(segments, query));
        if let Some(bearer) = &self.bearer {
            request = request.header("Authorization", format!("Bearer {}", bearer.reveal()));
        }
        self.read(request.call())
    }

    /// Sends JSON text.
    pub fn post(&self, segments: &[&str], json: &str) -> Result<String, RemoteError> {
        let mut request = self
            .agent
            .post(self.at(segments, &[]))
            .header("Content-Type", "application/json");
        if let Some(bearer) = &self.bearer {
            request = request.header("Authorization", format!("Bearer {}", bearer.reveal()));
        }
        let bytes = self.read(request.send(json))?;
        String::from_utf8(bytes).map_err(|_| RemoteError::Answer("not text".to_owned()))
    }

    /// Has something deleted.
    pub fn delete(&self, segments: &[&str]) -> Result<(), RemoteError> {
        let mut request = self.agent.delete(self.at(segments, &[]));
        if let Some(bearer) = &self.bearer {
            request = request.header("Authorization", format!("Bearer {}", bearer.reveal()));
        }
        self.read(request.call()).map(drop)
    }

    fn read(
        &self,
        answer: Result<http::Response<Body>, ureq::Error>,
    ) -> Result<Vec<u8>, RemoteError> {
        let unreached = |source: ureq::Error| RemoteError::Unreached {
            server: self.address(),
            source: Box::new(source),
        };
        let mut answer = answer.map_err(unreached)?;
        let status = answer.status();
        let bytes = answer
            .body_mut()
            .with_config()
            .limit(MOST_BYTES)
            .read_to_vec();
        let bytes = bytes.map_err(unreached)?;
        if status.is_success() {
            return Ok(bytes);
        }
        let detail = match serde_json::from_slice::<Problem>(&bytes) {
            Ok(Problem {
                detail,
                path: Some(path),
            }) => format!("{path}: {detail}"),
            Ok(Problem { detail, path: None }) => detail,
            Err(_) => return Err(RemoteError::Answer(format!("HTTP {}", status.as_u16()))),
        };
        Err(RemoteError::Refused {
            status: status.as_u16(),
            detail,
        })
    }
}
