//! How a connection is doing and why it ended: everything a caller may be told.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::channel;

use crate::problem::Refusal;

/// How the connection is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Reaching the server.
    Connecting,
    /// Connected; the two copies give each other what they have.
    Syncing,
    /// Synced: edits go both ways as they happen.
    Live,
    /// Lost or refused for now; edits are kept here meanwhile.
    Waiting {
        /// Failures in a row.
        failed: u32,
        /// From the failure to the next attempt.
        retry_in: Duration,
        /// What went wrong last.
        why: Arc<str>,
    },
    /// Stopped for good. The local copy can still be read and edited until the last handle goes.
    Stopped(Stop),
}

/// Why a connection ended for good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Closed from this side.
    #[error("the connection was closed")]
    Closed,
    /// The server answered the request with something other than a socket.
    #[error("the server refused the connection: {0}")]
    Refused(Refusal),
    /// The server closed the socket with a code that asks to stay away (4400–4499).
    #[error("the server ended the connection ({code}): {reason}")]
    Ended {
        /// 4401: the token was revoked.
        code: u16,
        /// For people.
        reason: Arc<str>,
    },
    /// As many attempts in a row as [`crate::Backoff::attempts`] allows have failed.
    #[error("the server could not be reached in {attempts} attempts; last: {why}")]
    GaveUp {
        /// How many.
        attempts: u32,
        /// What went wrong last.
        why: Arc<str>,
    },
}

/// No answer from the connection: it was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection was closed")]
pub struct Closed;

/// Why nobody can say that the edits are durable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarrierError {
    /// There is no connection any more, and there will be none.
    #[error("what was sent last may not be durable: {0}")]
    Stopped(#[from] Stop),
    /// The server did not accept an edit that the barrier stood behind.
    #[error("an edit was not accepted ({}): {}", .0.rule, .0.why)]
    Rejected(channel::Rejected),
}

/// Why a command was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The fold refused it.
    #[error("refused ({rule}): {why}")]
    Refused {
        /// In one sentence.
        why: String,
        /// The rule of SPEC.md.
        rule: String,
    },
    /// There is no connection any more, and there will be none. It may have been done.
    #[error("no answer to the command: {0}")]
    Stopped(#[from] Stop),
    /// The server is not known to have a workshop channel ([`crate::Dialect::Stock`]).
    #[error("commands need a Cairn server")]
    NoChannel,
    /// As many commands as are kept wait for their answers.
    #[error("{0} commands wait for their answers; await one first")]
    TooMany(usize),
}

/// An edit was not accepted; the local copy was thrown away and loaded anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// What the server said.
    pub rejected: channel::Rejected,
    /// The copy that was thrown away, as a Yjs v1 update: what was typed can be offered back.
    pub copy: Bytes,
}
