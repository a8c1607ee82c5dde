//! How long an edit takes to reach somebody else: one edit at a time is awaited at the copy of
//! another participant, which knows it by its place in the editor's own sequence.
//!
//! Owned by a walker.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::time::{Instant, timeout};

use super::measure::Tally;

/// An edit that has not arrived by then is counted as an error.
const OVERDUE: Duration = Duration::from_secs(30);

/// The edit that is awaited, if any.
#[derive(Default)]
pub(crate) struct Probe(Option<Awaited>);

struct Awaited {
    sent: Instant,
    arrival: oneshot::Receiver<Instant>,
}

impl Probe {
    pub(crate) fn is_idle(&self) -> bool {
        self.0.is_none()
    }

    /// An edit is on its way.
    pub(crate) fn begin(&mut self, sent: Instant, arrival: oneshot::Receiver<Instant>) {
        self.0 = Some(Awaited { sent, arrival });
    }

    /// Records the arrival if it has come.
    pub(crate) fn look(&mut self, tally: &Tally, who: &str) {
        let Some(Awaited { sent, arrival }) = &mut self.0 else {
            return;
        };
        match arrival.try_recv() {
            Ok(arrived) => tally.propagation.record(arrived.duration_since(*sent)),
            Err(TryRecvError::Empty) if sent.elapsed() < OVERDUE => return,
            Err(TryRecvError::Empty) => {
                let waited = OVERDUE.as_secs();
                tally.error(
                    who,
                    format!("an edit had reached nobody else after {waited} s"),
                );
            }
            // The other one left.
            Err(TryRecvError::Closed) => {}
        }
        self.0 = None;
    }

    /// Waits for the arrival and records it.
    pub(crate) async fn finish(&mut self, tally: &Tally, who: &str) {
        let Some(Awaited { sent, arrival }) = &mut self.0 else {
            return;
        };
        let left = OVERDUE.saturating_sub(sent.elapsed());
        if let Ok(Ok(arrived)) = timeout(left, arrival).await {
            tally.propagation.record(arrived.duration_since(*sent));
            self.0 = None;
        }
        self.look(tally, who);
    }
}
