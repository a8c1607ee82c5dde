//! The webhook (HOOK): telling one other program that a workshop ended, a version was made, or a review is due. Signed as the Standard Webhooks
//! scheme says, tried a few times with growing waits, and never in anybody's way: a room hands a notice over and goes on.
//!
//! Rooms tell of what is durable; `due` looks for reviews once an hour. Never logs the secret, nor more of the address than its host.

mod due;
mod sign;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cairn_protocol::fold::Version;
use cairn_protocol::id::MapId;
use cairn_protocol::version::Cause;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;
use ureq::Agent;
use url::Url;

use crate::clock::Clock;
use crate::links::page_of;
use crate::when::rfc3339;
pub use due::watch;
pub use sign::{BadSecret, SigningSecret};

/// Waits before each further try: six tries within [`WITHIN`], the patience with each included.
const WAITS: [Duration; 5] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(8),
    Duration::from_mins(17),
];
/// For one try, answer included.
const PATIENCE: Duration = Duration::from_secs(15);
/// A notice that was not taken by then is given up, be it that its turn came late: it was news.
const WITHIN: Duration = Duration::from_mins(30);
/// Notices on their way at a time; what comes beyond is dropped with a warning. A day of workshops makes a few dozen.
const ON_THEIR_WAY: usize = 256;
/// Tries at a time: each holds a thread while it waits for an answer.
const AT_ONCE: usize = 4;

/// Where notices go, and what they are signed with.
#[derive(Clone)]
pub struct Target {
    /// `http` or `https`.
    pub url: Url,
    /// What both sides know.
    pub secret: SigningSecret,
    /// Where people reach this server, for links; none when nobody said.
    pub public_url: Option<Url>,
}

/// What is secret often stands in the address itself (HOOK-5).
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({})", self.url.host_str().unwrap_or("none"))
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Names it: the same when it is sent again, so that the receiver can pass over what it knows.
    #[serde(skip)]
    pub id: String,
    /// `workshop.ended`, `version.saved` or `review.due`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Of which map: with it the notice goes.
    #[serde(skip)]
    pub map: MapId,
    /// When it happened, RFC 3339.
    pub timestamp: String,
    /// What it is about.
    pub data: Value,
}

impl Notice {
    /// A version was made.
    pub(crate) fn of_version(map: &MapId, title: &str, version: &Version) -> Self {
        let kind = match version.cause {
            Cause::WorkshopEnd => "workshop.ended",
            Cause::Saved | Cause::WorkshopStart | Cause::BeforeRestore => "version.saved",
        };
        let mut data = json!({
            "map": map, "title": title, "version": version.id, "seq": version.seq, "cause": version.cause,
        });
        if let Some(name) = &version.name {
            data["name"] = json!(name);
        }
        Self {
            id: id(&["version", map.as_str(), &version.id.0.to_string()]),
            kind,
            map: map.clone(),
            timestamp: rfc3339(version.at),
            data,
        }
    }
}

/// The same for the same thing, on every run of the server.
fn id(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("cairn webhook id v1");
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize().to_hex();
    format!("msg_{}", hash.get(..32).unwrap_or_default())
}

/// Hands notices over to be sent. Cloned into every room; without a target it does nothing.
#[derive(Clone, Default)]
pub struct Webhook(Option<Arc<Sender>>);

struct Sender {
    target: Target,
    clock: Clock,
    agent: Agent,
    waits: Vec<Duration>,
    on_their_way: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
    waiting: Mutex<Vec<Waiting>>,
}

/// A notice that is being delivered.
struct Waiting {
    id: String,
    map: MapId,
    delivery: AbortHandle,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.0.as_ref().map(|sender| &sender.target);
        write!(f, "Webhook({target:?})")
    }
}

impl Webhook {
    /// To this target.
    pub fn to(target: Target, clock: Clock) -> Self {
        Self::with_waits(target, clock, WAITS.to_vec())
    }

    fn with_waits(target: Target, clock: Clock, waits: Vec<Duration>) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // Where it is told to go is where it goes: a redirect would take a signed body elsewhere.
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Self(Some(Arc::new(Sender {
            target,
            clock,
            agent: config.into(),
            waits,
            on_their_way: Arc::new(Semaphore::new(ON_THEIR_WAY)),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Mutex::default(),
        })))
    }

    /// Whether anybody is told anything.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a notice, now or a little later. Never waits. Says whether it is on its way.
    pub fn tell(&self, notice: Notice) -> bool {
        let Some(sender) = self.0.clone() else {
            return false;
        };
        let Ok(place) = sender.on_their_way.clone().try_acquire_owned() else {
            tracing::warn!(
                id = notice.id,
                kind = notice.kind,
                "too many notices wait for the webhook; one is dropped"
            );
            return false;
        };
        let (id, map) = (notice.id.clone(), notice.map.clone());
        // Held until it is listed: a delivery that is over at once finds itself in the list.
        let mut waiting = sender.waiting();
        let delivery = tokio::spawn({
            let (sender, id) = (sender.clone(), id.clone());
            async move {
                sender.clone().deliver(notice).await;
                sender.waiting().retain(|one| one.id != id);
                drop(place);
            }
        });
        waiting.push(Waiting {
            id,
            map,
            delivery: delivery.abort_handle(),
        });
        true
    }

    /// Gives up what waits to be told of a map that is deleted. A try that has begun is not undone.
    pub(crate) fn withdraw(&self, map: &MapId) {
        let Some(sender) = &self.0 else { return };
        let mut waiting = sender.waiting();
        for one in waiting.extract_if(.., |one| one.map == *map) {
            one.delivery.abort();
        }
    }
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Taken,
    /// It may be taken another time.
    Failed(String),
    /// The receiver wants no such notice, now or later.
    Unwanted(u16),
    /// An answer to this try might come when its time is over: it was not begun.
    Late,
}

impl Sender {
    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn deliver(self: Arc<Self>, notice: Notice) {
        let (id, kind) = (notice.id.clone(), notice.kind);
        let notice = Arc::new(self.linked(notice));
        let last_try = self.clock.now_ms() + WITHIN.saturating_sub(PATIENCE).as_millis() as u64;
        let host = self.target.url.host_str().unwrap_or_default().to_owned();
        for wait in self.waits.iter().map(Some).chain([None]) {
            match self.clone().attempt(notice.clone(), last_try).await {
                Outcome::Taken => {
                    return tracing::debug!(id, kind, host, "a webhook notice was taken");
                }
                Outcome::Unwanted(status) => {
                    return tracing::warn!(
                        id,
                        kind,
                        host,
                        status,
                        "the webhook's receiver wants no such notice"
                    );
                }
                Outcome::Late => {
                    return tracing::warn!(
                        id,
                        kind,
                        host,
                        "a webhook notice waited too long for its turn and is given up"
                    );
                }
                Outcome::Failed(why) => {
                    if let Some(wait) = wait {
                        tracing::debug!(
                            id,
                            kind,
                            host,
                            why,
                            "a webhook notice was not taken; it is tried again"
                        );
                        tokio::time::sleep(*wait).await;
                    } else {
                        tracing::warn!(
                            id,
                            kind,
                            host,
                            why,
                            "a webhook notice was not taken and is given up"
                        );
                    }
                }
            }
        }
    }

    /// With the address of the map, where one is known.
    fn linked(&self, mut notice: Notice) -> Notice {
        let public = self.target.public_url.as_ref();
        if let Some(url) = public.and_then(|url| page_of(url, &notice.map)) {
            notice.data["url"] = json!(url.as_str());
        }
        notice
    }

    /// One try, once its turn has come: it begins by `last_try` or not at all.
    async fn attempt(self: Arc<Self>, notice: Arc<Notice>, last_try: u64) -> Outcome {
        let Ok(turn) = self.at_once.clone().acquire_owned().await else {
            return Outcome::Failed("the server stops".to_owned());
        };
        if self.clock.now_ms() > last_try {
            return Outcome::Late;
        }
        let trying = tokio::task::spawn_blocking(move || {
            let outcome = self.post(&notice);
            drop(turn);
            outcome
        });
        let failed = |error: tokio::task::JoinError| Outcome::Failed(error.to_string());
        trying.await.unwrap_or_else(failed)
    }

    /// One request. Blocks until it is answered.
    fn post(&self, notice: &Notice) -> Outcome {
        let body = serde_json::to_string(notice).expect("a notice is plain data");
        let seconds = self.clock.now_ms() / 1000;
        let signature = self.target.secret.sign(&notice.id, seconds, &body);
        let request = self
            .agent
            .post(self.target.url.as_str())
            .header("content-type", "application/json")
            .header("user-agent", concat!("cairn/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", &notice.id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature);
        match request.send(body.as_str()) {
            Ok(answer) => match answer.status().as_u16() {
                200..=299 => Outcome::Taken,
                410 => Outcome::Unwanted(410),
                status => Outcome::Failed(format!("status {status}")),
            },
            // Its words may hold the address with what is secret in it: only what sort of failure it was is told.
            Err(error) => Outcome::Failed(sort(&error).to_owned()),
        }
    }
}

fn sort(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::HostNotFound => "no such host",
        ureq::Error::ConnectionFailed | ureq::Error::Io(_) => "no connection",
        ureq::Error::Timeout(_) => "no answer in time",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "no TLS",
        _ => "no answer",
    }
}
