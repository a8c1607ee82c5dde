//! Fan-out: what waits to be written to each socket, bounded in bytes, and when a room's pending edits are sent.
//!
//! A room pushes and never waits; a session's writer pops. A reader that falls behind costs nobody else anything: past the
//! bound its queued document frames are dropped, and once it has drained the room sends it one state diff (DESIGN
//! §3.4). Never holds a document, never decodes a frame.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::close_code;
use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Document frames waiting for one socket beyond this are dropped in favour of one diff: some seconds of a busy room, and
/// far below what a few hundred stuck sockets could hold against a server's memory.
pub const DOCUMENT_BYTES: usize = 1 << 20;
/// Presence gives way first: above this many waiting bytes it is not queued at all.
const PRESENCE_BYTES: usize = DOCUMENT_BYTES / 4;
/// Above this many waiting bytes the session stops reading from its socket, so that nobody can ask for answers faster than
/// they take them.
const READING_BYTES: usize = 2 * DOCUMENT_BYTES;

/// Why the server closes a socket. Codes 4400–4499 tell stock clients (y-websocket 3.1) not to come back by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Close {
    /// The server is stopping and will be back: 1012.
    Restart,
    /// The room had to be closed and can be opened again: 1013.
    TryLater,
    /// The participant was removed: 4401.
    Removed,
    /// The map was deleted: 4404.
    Deleted,
    /// Somebody was erased from the map: 4409. Whatever copy the client has must not be used any more.
    Erased,
    /// A frame that no well-behaved client sends: 4400.
    Malformed(String),
    /// The peer closed or vanished: nothing is sent.
    Gone,
}

impl Close {
    /// The WebSocket close code and reason (RFC 6455 §7.4), or `None` where there is nobody to tell.
    pub fn code(&self) -> Option<(u16, &str)> {
        match self {
            Close::Restart => Some((close_code::RESTART, "the server restarts")),
            Close::TryLater => Some((close_code::AGAIN, "the room closed; connect again")),
            Close::Removed => Some((4401, "you were removed from this map")),
            Close::Deleted => Some((4404, "this map was deleted")),
            Close::Erased => Some((4409, "somebody was erased from this map; load it anew")),
            Close::Malformed(why) => Some((4400, why)),
            Close::Gone => None,
        }
    }
}

/// What a frame is, which decides what happens to it under load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An edit for everyone: may be replaced by one diff.
    Document,
    /// Presence: may be dropped, the next one says more.
    Presence,
    /// An answer to this socket: never dropped. Bounded because the session stops reading while too much waits.
    Answer,
}

/// The frames waiting for one socket. Cloned between the room, which pushes, and the session's writer, which pops.
#[derive(Clone)]
pub struct Outbox(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Something waits, or the socket is to be closed.
    filled: Notify,
    /// Something was taken.
    drained: Notify,
}

#[derive(Default)]
struct State {
    queue: VecDeque<(Class, Bytes)>,
    bytes: usize,
    /// The newest view of the workshop; an older one that still waits is replaced.
    view: Option<Bytes>,
    /// Number of the first record whose edit was dropped here; the diff starts before it.
    behind: Option<u64>,
    /// The first record whose edit waits in the queue.
    oldest_edit: Option<u64>,
    /// An answer to a sync request waits in the queue: the largest answers there are, so only one at a time.
    sync_answer: bool,
    closed: Option<Close>,
}

/// What the writer does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Write these, then flush.
    Frames(Vec<Bytes>),
    /// Everything was written and edits were dropped before: ask the room for a diff.
    CaughtUp {
        /// The first record whose edit was dropped.
        missed_from: u64,
    },
    /// Close the socket.
    Close(Close),
}

impl Default for Outbox {
    fn default() -> Self {
        let state = Mutex::default();
        Self(Arc::new(Shared {
            state,
            filled: Notify::new(),
            drained: Notify::new(),
        }))
    }
}

impl Outbox {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while holding the lock cannot leave the queue half-changed in a way that matters: go on.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues an edit whose first record is `seq`.
    pub fn push_edit(&self, seq: u64, frame: Bytes) {
        let mut state = self.state();
        if state.behind.is_some() || state.closed.is_some() {
            return;
        }
        if state.bytes + frame.len() > DOCUMENT_BYTES {
            let oldest = state.oldest_edit.take().unwrap_or(seq);
            state.behind = Some(oldest);
            state.queue.retain(|(class, _)| *class != Class::Document);
            state.bytes = state.queue.iter().map(|(_, frame)| frame.len()).sum();
        } else {
            state.oldest_edit.get_or_insert(seq);
            state.bytes += frame.len();
            state.queue.push_back((Class::Document, frame));
        }
        drop(state);
        self.0.filled.notify_one();
    }

    /// Queues a presence frame unless the socket is behind.
    pub fn push_presence(&self, frame: Bytes) {
        let mut state = self.state();
        if state.behind.is_some() || state.bytes > PRESENCE_BYTES || state.closed.is_some() {
            return;
        }
        state.bytes += frame.len();
        state.queue.push_back((Class::Presence, frame));
        drop(state);
        self.0.filled.notify_one();
    }

    /// Queues an answer to this socket.
    pub fn push_answer(&self, frame: Bytes) {
        let mut state = self.state();
        if state.closed.is_some() {
            return;
        }
        state.bytes += frame.len();
        state.queue.push_back((Class::Answer, frame));
        drop(state);
        self.0.filled.notify_one();
    }

    /// Queues the answer to a sync request.
    pub fn push_sync_answer(&self, frame: Bytes) {
        self.state().sync_answer = true;
        self.push_answer(frame);
    }

    /// Whether an answer to a sync request waits.
    pub fn has_sync_answer(&self) -> bool {
        self.state().sync_answer
    }

    /// Replaces the view that waits, if one does.
    pub fn put_view(&self, frame: Bytes) {
        self.state().view = Some(frame);
        self.0.filled.notify_one();
    }

    /// Queues the diff that brings a reader who fell behind up to date.
    pub fn recover(&self, diff: Bytes) {
        let mut state = self.state();
        state.behind = None;
        state.bytes += diff.len();
        state.queue.push_back((Class::Answer, diff));
        drop(state);
        self.0.filled.notify_one();
    }

    /// Ends the socket once; what waits is still written before a polite close.
    pub fn close(&self, why: Close) {
        let mut state = self.state();
        if state.closed.is_none() {
            state.closed = Some(why);
        }
        drop(state);
        self.0.filled.notify_one();
        self.0.drained.notify_one();
    }

    /// Whether the socket has been told to close.
    pub fn is_closed(&self) -> bool {
        self.state().closed.is_some()
    }

    /// Waits until so little waits that the session may read on.
    pub async fn room_to_read(&self) {
        loop {
            let drained = self.0.drained.notified();
            {
                let state = self.state();
                if state.bytes <= READING_BYTES || state.closed.is_some() {
                    return;
                }
            }
            drained.await;
        }
    }

    /// Waits for something to write. One caller: the session's writer.
    pub async fn next(&self) -> Next {
        loop {
            let filled = self.0.filled.notified();
            if let Some(next) = self.take() {
                return next;
            }
            filled.await;
        }
    }

    fn take(&self) -> Option<Next> {
        let mut state = self.state();
        let mut frames: Vec<Bytes> = state.queue.drain(..).map(|(_, frame)| frame).collect();
        frames.extend(state.view.take());
        state.bytes = 0;
        state.oldest_edit = None;
        state.sync_answer = false;
        if !frames.is_empty() {
            drop(state);
            self.0.drained.notify_one();
            return Some(Next::Frames(frames));
        }
        if let Some(why) = state.closed.clone() {
            return Some(Next::Close(why));
        }
        // Asked once: until the diff arrives there is nothing to say.
        let missed_from = state.behind.filter(|seq| *seq != u64::MAX)?;
        state.behind = Some(u64::MAX);
        Some(Next::CaughtUp { missed_from })
    }
}

/// When what a room has pending is sent. An idle room sends at once; under load sends keep a distance that grows with
/// the number of sockets, because how often a server writes to sockets decides almost everything (FIELD-NOTES).
#[derive(Debug)]
pub struct Pace {
    least: Duration,
    per_socket: Duration,
    most: Duration,
    last: Option<Instant>,
}

impl Pace {
    /// For edits: 5 ms at least, 50 ms from 500 sockets on.
    pub fn edits() -> Self {
        let per_socket = Duration::from_micros(100);
        Self {
            least: Duration::from_millis(5),
            per_socket,
            most: Duration::from_millis(50),
            last: None,
        }
    }

    /// For presence: a pointer needs 20 pictures a second in a small room; in a big one presence gives way.
    pub fn presence() -> Self {
        let per_socket = Duration::from_micros(500);
        let (least, most) = (Duration::from_millis(25), Duration::from_millis(250));
        Self {
            least,
            per_socket,
            most,
            last: None,
        }
    }

    /// For views of the workshop, which carry the whole roster.
    pub fn views() -> Self {
        let per_socket = Duration::from_millis(2);
        Self {
            least: Duration::from_millis(20),
            per_socket,
            most: Duration::from_secs(1),
            last: None,
        }
    }

    /// When something that became pending now may be sent to this many sockets: never before, at once if the last
    /// send was long enough ago.
    pub fn due(&self, sockets: usize) -> Option<Instant> {
        let sockets = u32::try_from(sockets).unwrap_or(u32::MAX);
        let distance = self
            .per_socket
            .saturating_mul(sockets)
            .clamp(self.least, self.most);
        self.last.map(|last| last + distance)
    }

    /// Something was sent.
    pub fn sent(&mut self, now: Instant) {
        self.last = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize) -> Bytes {
        Bytes::from(vec![0; length])
    }

    #[tokio::test]
    async fn fan_2_a_reader_past_the_bound_gets_one_diff_and_nothing_before_it() {
        let outbox = Outbox::default();
        outbox.push_edit(7, frame(DOCUMENT_BYTES));
        outbox.push_answer(frame(3));
        outbox.push_edit(8, frame(1));
        outbox.push_edit(9, frame(1));
        outbox.push_presence(frame(2));
        assert_eq!(outbox.next().await, Next::Frames(vec![frame(3)]));
        assert_eq!(outbox.next().await, Next::CaughtUp { missed_from: 7 });
        outbox.recover(frame(5));
        outbox.push_edit(10, frame(1));
        assert_eq!(outbox.next().await, Next::Frames(vec![frame(5), frame(1)]));
    }

    #[tokio::test]
    async fn fan_2_edits_made_while_the_diff_is_asked_for_are_part_of_it() {
        let outbox = Outbox::default();
        outbox.push_edit(1, frame(DOCUMENT_BYTES + 1));
        assert_eq!(outbox.next().await, Next::CaughtUp { missed_from: 1 });
        outbox.push_edit(2, frame(1));
        outbox.recover(frame(5));
        assert_eq!(outbox.next().await, Next::Frames(vec![frame(5)]));
    }

    #[tokio::test]
    async fn fan_3_only_the_newest_view_waits() {
        let outbox = Outbox::default();
        outbox.put_view(frame(1));
        outbox.put_view(frame(2));
        assert_eq!(outbox.next().await, Next::Frames(vec![frame(2)]));
    }

    #[tokio::test]
    async fn fan_4_what_waits_is_written_before_the_close() {
        let outbox = Outbox::default();
        outbox.push_answer(frame(1));
        outbox.close(Close::Restart);
        outbox.close(Close::Gone);
        outbox.push_answer(frame(2));
        assert_eq!(outbox.next().await, Next::Frames(vec![frame(1)]));
        assert_eq!(outbox.next().await, Next::Close(Close::Restart));
    }

    #[test]
    fn fan_1_an_idle_room_sends_at_once_and_a_busy_one_keeps_its_distance() {
        let mut pace = Pace::edits();
        assert_eq!(pace.due(200), None);
        let now = Instant::now();
        pace.sent(now);
        assert_eq!(pace.due(1), Some(now + Duration::from_millis(5)));
        assert_eq!(pace.due(200), Some(now + Duration::from_millis(20)));
        assert_eq!(pace.due(100_000), Some(now + Duration::from_millis(50)));
    }
}
