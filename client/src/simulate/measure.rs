//! What a simulation counts and what it reports. Called by walkers and the conductor.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Serialize, Serializer};

/// Error messages kept word for word; the others are only counted.
const TOLD: usize = 10;
/// Longest latency told apart, in microseconds: ten minutes.
const LONGEST: u64 = 600_000_000;

/// Where a simulation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Participants arrive.
    Joining,
    /// All are there.
    Working,
    /// Everybody stopped; the copies become equal.
    Settling,
    /// Participants leave.
    Leaving,
}

/// How a simulation is getting on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Where it stands.
    pub phase: Phase,
    /// Since it began.
    #[serde(serialize_with = "seconds")]
    pub elapsed: Duration,
    /// Participants connected now.
    pub present: usize,
    /// Participants wanted.
    pub participants: usize,
    /// Edits sent so far; a keystroke is one.
    pub edits: u64,
    /// Cards written so far.
    pub cards: u64,
    /// What went wrong so far.
    pub errors: u64,
}

/// What a simulation found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Participants wanted.
    pub participants: usize,
    /// Participants that joined.
    pub joined: usize,
    /// From the first join to the last act.
    #[serde(serialize_with = "seconds", rename = "seconds")]
    pub lasted: Duration,
    /// Edits sent; a keystroke is one.
    pub edits: u64,
    /// Edits a second, over the whole time.
    pub edits_per_second: f64,
    /// Cards written.
    pub cards: u64,
    /// Cards somebody else added to.
    pub amended: u64,
    /// Cards moved.
    pub moved: u64,
    /// Remarks written.
    pub comments: u64,
    /// Connections lost and found again.
    pub reconnects: u64,
    /// What went wrong: refused joins, edits that never arrived, barriers without an answer.
    pub errors: u64,
    /// The first of them, in words.
    pub first_errors: Vec<String>,
    /// From an edit to its arrival in the copy of another participant.
    pub propagation: Percentiles,
    /// From a barrier to its echo: until what was typed is durable.
    pub barrier: Percentiles,
    /// Whether all copies were equal in the end.
    pub converged: Convergence,
    /// Whether it was stopped before its time.
    pub stopped_early: bool,
}

/// Whether all copies were equal in the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Convergence {
    /// State vectors and content of all copies are equal.
    Equal {
        /// How many were compared.
        copies: usize,
    },
    /// These differed from the first when patience ended.
    Apart {
        /// By name.
        who: Vec<String>,
    },
}

/// How a latency is spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Percentiles {
    /// How often it was measured.
    pub count: u64,
    /// Half were faster.
    #[serde(serialize_with = "millis")]
    pub p50: Duration,
    /// Nine of ten were faster.
    #[serde(serialize_with = "millis")]
    pub p90: Duration,
    /// Ninety-nine of a hundred were faster.
    #[serde(serialize_with = "millis")]
    pub p99: Duration,
    /// The slowest.
    #[serde(serialize_with = "millis")]
    pub max: Duration,
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

fn millis<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64() * 1_000.0)
}

/// One thing that is counted.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What all walkers count together.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) edits: Count,
    pub(crate) cards: Count,
    pub(crate) amended: Count,
    pub(crate) moved: Count,
    pub(crate) comments: Count,
    pub(crate) propagation: Latency,
    pub(crate) barrier: Latency,
    errors: Count,
    first_errors: Mutex<Vec<String>>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {
            edits: Count::default(),
            cards: Count::default(),
            amended: Count::default(),
            moved: Count::default(),
            comments: Count::default(),
            propagation: Latency::new(),
            barrier: Latency::new(),
            errors: Count::default(),
            first_errors: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn error(&self, who: &str, what: impl fmt::Display) {
        self.errors.add(1);
        let mut told = self
            .first_errors
            .lock()
            .expect("no walker panics while it tells");
        if told.len() < TOLD {
            told.push(format!("{who}: {what}"));
        }
    }

    pub(crate) fn errors(&self) -> u64 {
        self.errors.get()
    }

    pub(crate) fn first_errors(&self) -> Vec<String> {
        self.first_errors
            .lock()
            .expect("no walker panics while it tells")
            .clone()
    }
}

/// A latency measured many times.
#[derive(Debug)]
pub(crate) struct Latency(Mutex<Histogram<u64>>);

impl Latency {
    fn new() -> Self {
        let histogram = Histogram::new_with_bounds(1, LONGEST, 3);
        Self(Mutex::new(histogram.expect(
            "the bounds are in order and three digits are allowed",
        )))
    }

    pub(crate) fn record(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(LONGEST);
        self.0
            .lock()
            .expect("recording does not panic")
            .saturating_record(micros);
    }

    pub(crate) fn percentiles(&self) -> Percentiles {
        let histogram = self.0.lock().expect("recording does not panic");
        if histogram.is_empty() {
            return Percentiles::default();
        }
        let at = |quantile| Duration::from_micros(histogram.value_at_quantile(quantile));
        Percentiles {
            count: histogram.len(),
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            max: Duration::from_micros(histogram.max()),
        }
    }
}

impl fmt::Display for Percentiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 {
            return f.write_str("not measured");
        }
        let ms = |duration: Duration| duration.as_secs_f64() * 1_000.0;
        write!(
            f,
            "p50 {:.1} ms  p90 {:.1} ms  p99 {:.1} ms  max {:.1} ms  ({} times)",
            ms(self.p50),
            ms(self.p90),
            ms(self.p99),
            ms(self.max),
            self.count
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let early = if self.stopped_early {
            " (stopped early)"
        } else {
            ""
        };
        writeln!(
            f,
            "{} of {} participants, {:.1} s{early}",
            self.joined,
            self.participants,
            self.lasted.as_secs_f64()
        )?;
        writeln!(
            f,
            "{} cards, {} added to, {} moved, {} comments",
            self.cards, self.amended, self.moved, self.comments
        )?;
        writeln!(
            f,
            "{} edits, {:.1} a second",
            self.edits, self.edits_per_second
        )?;
        writeln!(f, "seen by another  {}", self.propagation)?;
        writeln!(f, "durable          {}", self.barrier)?;
        writeln!(f, "{} reconnects, {} errors", self.reconnects, self.errors)?;
        for error in &self.first_errors {
            writeln!(f, "  {error}")?;
        }
        match &self.converged {
            Convergence::Equal { copies } => write!(f, "all {copies} copies are equal"),
            Convergence::Apart { who } => write!(f, "NOT EQUAL: {}", who.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_what_was_recorded() {
        let latency = Latency::new();
        assert_eq!(latency.percentiles(), Percentiles::default());
        (1..=100).for_each(|n| latency.record(Duration::from_millis(n)));
        let percentiles = latency.percentiles();
        assert_eq!(percentiles.count, 100);
        // Three digits are kept.
        for (found, expected) in [
            (percentiles.p50, 50.0),
            (percentiles.p90, 90.0),
            (percentiles.p99, 99.0),
            (percentiles.max, 100.0),
        ] {
            let found = found.as_secs_f64() * 1_000.0;
            assert!(
                (found - expected).abs() / expected < 0.002,
                "{found} for {expected}"
            );
        }
    }

    #[test]
    fn the_first_errors_are_kept_and_all_are_counted() {
        let tally = Tally::new();
        (0..50).for_each(|n| tally.error("Ana", n));
        assert_eq!((tally.errors(), tally.first_errors().len()), (50, TOLD));
        assert_eq!(tally.first_errors()[0], "Ana: 0");
    }
}
