//! A simulated workshop: participants who join, move about, write plausible cards into the map's own
//! stages and lanes, and leave; with what it was like for them in numbers.
//!
//! Called by `cairn simulate`, by the demonstration on the home page, by benches and tests. What
//! everybody does is planned beforehand from a seed. It speaks to the server only as the web client
//! does, and puts nothing into the map that a person would not.
//!
//! ```text
//! simulate ──▶ plan (cast, phrases) ──▶ one walker per participant ──▶ Connection
//!     ▲                                        │
//!     └──────────── tally, copies ◀────────────┘ ──▶ settle ──▶ Report
//! ```

mod attend;
mod cast;
mod desk;
mod door;
mod halt;
mod measure;
mod phrases;
mod plan;
mod probe;
mod settle;
mod typing;
mod walker;

pub use cast::Person;
pub use door::{Door, Seat};
pub use halt::{Bell, Halt};
pub use measure::{Convergence, Percentiles, Phase, Progress, Report};

use std::sync::Arc;
use std::time::Duration;

use cairn_protocol::map;
use futures_util::future::join_all;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use url::Url;

use crate::address::AddressError;
use crate::connection::Connection;
use attend::{Attend, Attendee, enter};
use desk::Floor;
use measure::Tally;
use plan::{Board, Scale, plan};

/// Most participants of one simulation.
pub const MOST_PARTICIPANTS: usize = 2_000;
/// Most participant-seconds of one simulation: a thousand people for an hour.
pub const MOST_SECONDS: u64 = 3_600_000;
/// How often progress is told.
const TELL: Duration = Duration::from_millis(500);
/// Two people a second come through a door, unless that takes longer than a quarter of the time.
const BETWEEN_ARRIVALS: Duration = Duration::from_millis(500);

/// What to simulate.
#[derive(Clone)]
pub struct SimulateOptions {
    /// How participants get in.
    pub door: Arc<dyn Door>,
    /// How many, at least 1.
    pub participants: usize,
    /// For how long.
    pub length: Duration,
    /// The same seed and map give the same plan.
    pub seed: u64,
    /// Over which time they arrive. `None`: two a second, within the first quarter.
    pub ramp: Option<Duration>,
    /// How fast they are: 1 for people, 10 for ten times as fast. Above 0, at most 1,000.
    pub pace: f64,
    /// Ends it early.
    pub halt: Halt,
}

impl SimulateOptions {
    /// Ten people for a minute, through an invite link that lets them write.
    pub fn new(invite: &Url) -> Result<Self, AddressError> {
        Ok(Self::through(Arc::new(door::InviteDoor::new(invite)?)))
    }

    /// Ten people for a minute, through this door.
    pub fn through(door: Arc<dyn Door>) -> Self {
        Self {
            door,
            participants: 10,
            length: Duration::from_mins(1),
            seed: 1,
            ramp: None,
            pace: 1.0,
            halt: Halt::never(),
        }
    }

    fn check(&self) -> Result<(), SimulateError> {
        let seconds = self.participants as u64 * self.length.as_secs().max(1);
        let wrong = if !(1..=MOST_PARTICIPANTS).contains(&self.participants) {
            "between 1 and 2,000 participants"
        } else if self.length < Duration::from_secs(1) {
            "a length of at least a second"
        } else if seconds > MOST_SECONDS {
            "at most 3,600,000 participant-seconds (a thousand people for an hour)"
        } else if !(self.pace > 0.0 && self.pace <= 1_000.0) {
            "a pace above 0 and at most 1,000"
        } else {
            return Ok(());
        };
        Err(SimulateError::Options(wrong))
    }

    fn scale(&self) -> Scale {
        let ramp = self
            .ramp
            .unwrap_or_else(|| (BETWEEN_ARRIVALS * self.participants as u32).min(self.length / 4));
        Scale {
            length: self.length,
            ramp: ramp.min(self.length),
            pace: self.pace,
            seed: self.seed,
        }
    }
}

/// Why a simulation could not begin.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A number out of bounds.
    #[error("a simulation needs {0}")]
    Options(&'static str),
    /// Not even the first participant got in.
    #[error("nobody could join: {0}")]
    Closed(String),
    /// The invite lets people watch only.
    #[error("this invite lets people watch, not write; use a participant's invite")]
    Observers,
    /// There is nothing to write in.
    #[error("the map has no stages or no visible lanes to write in; begin with a template")]
    NoCells,
    /// Stopped before the first participant was in.
    #[error("stopped before anybody was in")]
    Halted,
}

/// Simulates a workshop. `progress` is called about twice a second and whenever the phase changes.
/// Must be called within a tokio runtime. Edits that were made stay in the map.
pub async fn simulate(
    options: SimulateOptions,
    mut progress: impl FnMut(Progress),
) -> Result<Report, SimulateError> {
    options.check()?;
    let scale = options.scale();
    let people = cast::cast(
        options.participants,
        &mut StdRng::seed_from_u64(options.seed),
    );
    let tally = Tally::new();
    let began = Instant::now();
    let mut halt = options.halt.clone();
    let first = people
        .first()
        .ok_or(SimulateError::Options("participants"))?;
    let (user, connection) = tokio::select! {
        entered = enter(options.door.as_ref(), first) => entered?,
        () = halt.rung() => return Err(SimulateError::Halted),
    };
    let board = connection.read(|txn| Board::of(&map::read(txn))).await;
    let board = board.map_err(|closed| SimulateError::Closed(closed.to_string()))?;
    if !board.has_cells() {
        connection.close().await;
        return Err(SimulateError::NoCells);
    }
    let parts = plan(board.clone(), people, &scale);
    let floor = Arc::new(Floor::new(board, tally, options.pace));
    let told = |phase| Progress {
        phase,
        elapsed: began.elapsed(),
        present: floor.present(),
        participants: options.participants,
        edits: floor.tally.edits.get(),
        cards: floor.tally.cards.get(),
        errors: floor.tally.errors(),
    };
    let mut early = Some((user, connection));
    let mut walks = JoinSet::new();
    for (number, part) in parts.into_iter().enumerate() {
        let attend = Attend {
            number,
            part,
            entered: early.take(),
            door: Arc::clone(&options.door),
            floor: Arc::clone(&floor),
            halt: options.halt.clone(),
            began,
        };
        walks.spawn(attend.attend());
    }
    let attendees = attendees(walks, &floor, || {
        let arriving = began.elapsed() < scale.ramp && floor.present() < options.participants;
        progress(told(if arriving {
            Phase::Joining
        } else {
            Phase::Working
        }));
    })
    .await;
    let lasted = began.elapsed();
    progress(told(Phase::Settling));
    if attendees.is_empty() {
        return Err(SimulateError::Closed(floor.tally.first_errors().join("; ")));
    }
    let copies: Vec<(String, Connection)> = attendees
        .into_iter()
        .map(|Attendee { name, connection }| (name, connection))
        .collect();
    let converged = settle::converge(&copies).await;
    progress(told(Phase::Leaving));
    join_all(copies.iter().map(|(_, copy)| copy.close())).await;
    let edits = floor.tally.edits.get();
    Ok(Report {
        participants: options.participants,
        joined: copies.len(),
        lasted,
        edits,
        edits_per_second: per_second(edits, lasted),
        cards: floor.tally.cards.get(),
        amended: floor.tally.amended.get(),
        moved: floor.tally.moved.get(),
        comments: floor.tally.comments.get(),
        reconnects: copies
            .iter()
            .map(|(_, copy)| copy.syncs().saturating_sub(1))
            .sum(),
        errors: floor.tally.errors(),
        first_errors: floor.tally.first_errors(),
        propagation: floor.tally.propagation.percentiles(),
        barrier: floor.tally.barrier.percentiles(),
        converged,
        stopped_early: options.halt.has_rung(),
    })
}

/// Waits until everybody stopped; meanwhile `tell` is called now and then.
async fn attendees(
    mut walks: JoinSet<Option<Attendee>>,
    floor: &Floor,
    mut tell: impl FnMut(),
) -> Vec<Attendee> {
    let mut attendees = Vec::new();
    let mut ticks = interval(TELL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            ended = walks.join_next() => match ended {
                Some(Ok(attendee)) => attendees.extend(attendee),
                Some(Err(error)) => floor.tally.error("a participant", error),
                None => return attendees,
            },
            _ = ticks.tick() => tell(),
        }
    }
}

fn per_second(count: u64, lasted: Duration) -> f64 {
    // Whole microseconds, so that nothing is rounded in between.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and times far below 2^53"
    )]
    let (count, micros) = (count as f64, lasted.as_micros().max(1) as f64);
    count * 1_000_000.0 / micros
}
