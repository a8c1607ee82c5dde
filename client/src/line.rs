//! The line to the server: being dialed, up, waited for, or down; and the frames that wait for it.
//!
//! Owned by the owner task, which decides what each event means. Never waits for the socket: what it
//! cannot hand over gathers here, and [`Line::is_full`] tells the owner to take no further requests.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use url::Url;

use crate::socket::{self, Dial, DialError, Heard, Loss, Socket};

/// Bytes that may wait for the socket before requests wait, too.
const OUTBOX: usize = 1024 * 1024;
/// Bytes past which nothing more is kept: answers to the server's own questions are not held back by
/// [`OUTBOX`], and one answer may hold a whole map.
const FLOODED: usize = 64 * 1024 * 1024;
/// Presence is said again, and the server asked for a sign of life, this often (stock clients: 15 s).
const BEAT: Duration = Duration::from_secs(15);
/// A server that has not been heard for this long is gone (stock clients: 30 s).
const SILENCE: Duration = Duration::from_secs(30);
/// To hand over what waits for the socket when closing.
const GOODBYE: Duration = Duration::from_secs(1);

/// What the line tells the owner.
pub(crate) enum Signal {
    Dialed(Result<Socket, DialError>),
    Heard(Heard),
    /// The socket can take more.
    Room,
    Beat,
    Retry,
}

enum State {
    Dialing(JoinHandle<Result<Socket, DialError>>),
    Up {
        socket: Socket,
        heard_at: Instant,
        beat_at: Instant,
    },
    Waiting {
        until: Instant,
    },
    Down,
}

/// See the module's page.
pub(crate) struct Line {
    state: State,
    outbox: VecDeque<Bytes>,
    outbox_bytes: usize,
}

impl Line {
    pub(crate) fn down() -> Self {
        Self {
            state: State::Down,
            outbox: VecDeque::new(),
            outbox_bytes: 0,
        }
    }

    /// Begins to dial. `url` holds the token.
    pub(crate) fn dial(&mut self, url: Url, dial: Arc<dyn Dial>) {
        let dialing = tokio::spawn(async move { socket::open(&url, dial.as_ref()).await });
        self.state = State::Dialing(dialing);
    }

    /// An open socket.
    pub(crate) fn connect(&mut self, socket: Socket) {
        let now = Instant::now();
        self.state = State::Up {
            socket,
            heard_at: now,
            beat_at: now + BEAT,
        };
    }

    /// Signals [`Signal::Retry`] after a while.
    pub(crate) fn wait(&mut self, length: Duration) {
        self.state = State::Waiting {
            until: Instant::now() + length,
        };
    }

    /// Lets go of the socket and of what waited for it.
    pub(crate) fn cut(&mut self) {
        *self = Self::down();
    }

    pub(crate) fn is_up(&self) -> bool {
        matches!(self.state, State::Up { .. })
    }

    /// Whether requests should wait.
    pub(crate) fn is_full(&self) -> bool {
        self.outbox_bytes >= OUTBOX
    }

    /// The next thing that happens on the line. Cancel safe.
    pub(crate) async fn next(&mut self) -> Signal {
        match &mut self.state {
            State::Dialing(dialing) => Signal::Dialed(dialing.await.unwrap_or_else(|error| {
                Err(DialError::Failed(format!("dialing ended early: {error}")))
            })),
            State::Up {
                socket, beat_at, ..
            } => tokio::select! {
                heard = socket.incoming.recv() => Signal::Heard(heard.unwrap_or_else(|| {
                    Heard::Lost(Loss { code: None, why: "the connection ended".into() })
                })),
                // A closed queue shows as the end of the incoming one.
                Ok(_) = socket.outgoing.reserve(), if !self.outbox.is_empty() => Signal::Room,
                () = sleep_until(*beat_at) => Signal::Beat,
            },
            State::Waiting { until } => {
                sleep_until(*until).await;
                Signal::Retry
            }
            State::Down => std::future::pending().await,
        }
    }

    /// The server showed that it is there.
    pub(crate) fn heard(&mut self, now: Instant) {
        if let State::Up { heard_at, .. } = &mut self.state {
            *heard_at = now;
        }
    }

    /// Asks for a sign of life. Fails if there was none for too long.
    pub(crate) fn beat(&mut self, now: Instant) -> Result<(), Loss> {
        let State::Up {
            socket,
            heard_at,
            beat_at,
        } = &mut self.state
        else {
            return Ok(());
        };
        if now.duration_since(*heard_at) >= SILENCE {
            let why = format!("nothing heard for {} s", SILENCE.as_secs());
            return Err(Loss { code: None, why });
        }
        *beat_at = now + BEAT;
        // A full queue is proof enough that something is under way.
        let _ = socket.outgoing.try_send(Message::Ping(Bytes::new()));
        Ok(())
    }

    /// Queues a frame. While the line is not up it is dropped: the next exchange says it anew.
    pub(crate) fn send(&mut self, frame: Bytes) -> Result<(), Loss> {
        if !self.is_up() {
            return Ok(());
        }
        self.outbox_bytes += frame.len();
        self.outbox.push_back(frame);
        if self.outbox_bytes > FLOODED {
            return Err(Loss {
                code: None,
                why: "the server takes nothing".into(),
            });
        }
        self.hand_over();
        Ok(())
    }

    /// Gives the socket what it can take.
    pub(crate) fn hand_over(&mut self) {
        let State::Up { socket, .. } = &self.state else {
            return;
        };
        // Nobody else sends: a place that is free stays free.
        while let Ok(place) = socket.outgoing.try_reserve() {
            let Some(frame) = self.outbox.pop_front() else {
                return;
            };
            self.outbox_bytes -= frame.len();
            place.send(Message::Binary(frame));
        }
    }

    /// Hands over what waits. A server that takes nothing any more is not waited for.
    pub(crate) async fn drain(&mut self) {
        let State::Up { socket, .. } = &self.state else {
            return;
        };
        let rest = async {
            for frame in self.outbox.drain(..) {
                if socket.outgoing.send(Message::Binary(frame)).await.is_err() {
                    break;
                }
            }
        };
        let _ = timeout(GOODBYE, rest).await;
    }
}
