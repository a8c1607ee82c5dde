//! Demonstrations: simulated people in a sample map, started from the home page (EXPERIENCE, screen 1).
//!
//! Called by `http`. Runs inside the server against its own listener, so what is shown is what people get. Bounded in
//! people, time and number (DEMO-1), and stops by itself.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use cairn_client::simulate::{Bell, Halt, SimulateOptions, simulate};
use cairn_protocol::map::{self, JourneyMap};
use cairn_protocol::record::Actor;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use url::Url;
use utoipa::ToSchema;

use crate::founding::{self, Made};
use crate::http::App;
use crate::http::content::off_the_runtime;
use crate::http::extract::{Body, Host};
use crate::http::openapi::OnProblem;
use crate::http::problem::{Kind, Problem};
use crate::token::new_seed;

/// Demonstrations at a time: each costs what twenty people cost.
const AT_ONCE: usize = 2;
/// The map they work in.
const SAMPLE: &str = "renting-a-flat.current";

/// The demonstrations of a server.
pub(crate) struct Demos {
    seats: Arc<Semaphore>,
    bell: Bell,
    halt: Halt,
}

impl Default for Demos {
    fn default() -> Self {
        let (bell, halt) = Bell::new();
        Self {
            seats: Arc::new(Semaphore::new(AT_ONCE)),
            bell,
            halt,
        }
    }
}

impl Demos {
    /// How many run now.
    pub(crate) fn running(&self) -> u64 {
        AT_ONCE.saturating_sub(self.seats.available_permits()) as u64
    }

    /// Ends those that run; the server stops.
    pub(crate) fn end(&self) {
        self.bell.ring();
    }
}

/// A demonstration to start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemoRequest {
    /// Simulated people.
    #[schema(minimum = 2, maximum = 20)]
    participants: usize,
    /// How long they stay.
    #[schema(minimum = 10, maximum = 600)]
    seconds: u64,
}

/// A demonstration that runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct DemoStarted {
    /// The map: a copy of a sample, kept when the demonstration ends.
    map: String,
    /// Lets the visitor in as facilitator: `/join/{map}#{invite}`.
    invite: String,
}

/// Starts simulated people in a copy of a sample map (host). At most two demonstrations run at a time.
#[utoipa::path(post, path = "/api/demo", tag = "maps", operation_id = "startDemo",
    security((), ("host" = [])), request_body = DemoRequest,
    responses((status = 201, body = DemoStarted), OnProblem))]
pub(crate) async fn start(
    State(app): State<App>,
    host: Host,
    Body(asked): Body<DemoRequest>,
) -> Result<Response, Problem> {
    let wrong = |path: &str, why: &'static str| Problem::because(Kind::BrokenRule, why).at(path);
    if !(2..=20).contains(&asked.participants) {
        return Err(wrong("participants", "2 to 20 people are simulated"));
    }
    if !(10..=600).contains(&asked.seconds) {
        return Err(wrong("seconds", "a demonstration lasts 10 to 600 seconds"));
    }
    app.limits().map(host.peer)?;
    let length = Duration::from_secs(asked.seconds);
    let (Made { map, invites }, _runs) = begin(&app, asked.participants, length).await?;
    let started = DemoStarted {
        map: map.to_string(),
        invite: invites.facilitator.reveal().to_owned(),
    };
    let headers = [(CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, Json(started)).into_response())
}

/// Makes the map and lets the simulated people in. The handle ends when they have left.
pub(crate) async fn begin(
    app: &App,
    participants: usize,
    length: Duration,
) -> Result<(Made, JoinHandle<()>), Problem> {
    let Ok(seat) = Arc::clone(&app.demos().seats).try_acquire_owned() else {
        let why = "Two demonstrations run already. Wait until one has ended.";
        return Err(Problem::because(Kind::TooMany, why).retry_after(30));
    };
    let Some(server) = app.own_address() else {
        return Err(Problem::new(Kind::Unavailable));
    };
    let content = off_the_runtime(|| {
        let text = map::sample(SAMPLE).expect("the sample is part of the protocol crate");
        Ok(founding::content(&JourneyMap::parse(text)?)?)
    });
    let made = founding::found(app.rooms(), Actor::Server, content.await?).await?;
    let (id, token) = (&made.map, made.invites.participant.reveal());
    let invite = Url::parse(&format!("{server}/join/{id}#{token}"));
    let invite = invite.map_err(|error| Problem::internal(&error))?;
    let options = SimulateOptions::new(&invite).map_err(|error| Problem::internal(&error))?;
    let options = SimulateOptions {
        participants,
        length,
        seed: new_seed(),
        halt: app.demos().halt.clone(),
        ..options
    };
    let map = made.map.clone();
    tracing::info!(%map, participants, seconds = length.as_secs(), "a demonstration starts");
    let runs = tokio::spawn(async move {
        match simulate(options, |_| {}).await {
            Ok(report) => {
                let (cards, errors) = (report.cards, report.errors);
                tracing::info!(%map, cards, errors, "a demonstration ended");
            }
            Err(error) => tracing::warn!(%map, %error, "a demonstration failed"),
        }
        drop(seat);
    });
    Ok((made, runs))
}
