//! What reaches a room from outside, and what it answers with.

use bytes::Bytes;
use cairn_protocol::channel::ClientCommand;
use cairn_protocol::fold::Refusal;
use cairn_protocol::frame::{CheckedUpdate, Frame};
use cairn_protocol::id::{ParticipantId, Role, TokenHash};
use cairn_protocol::record::{Actor, Join};
use cairn_protocol::report::{RoundReports, WorkshopReport};
use cairn_protocol::version::VersionList;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::ConnId;
use crate::fanout::{Close, Outbox};

/// Everything that can reach a room from outside. Closed: a new way in is a new variant.
pub enum Event {
    /// A socket was opened for somebody whose token was checked.
    Connect {
        actor: Actor,
        outbox: Outbox,
        reply: oneshot::Sender<ConnId>,
    },
    /// A socket sent a frame that passed the bounds. The permit is its share of the room's memory for waiting frames.
    Frame {
        conn: ConnId,
        frame: Frame,
        share: OwnedSemaphorePermit,
    },
    /// A socket sent an update with content of a kind that is not kept here (WIRE-11).
    NotTaken { conn: ConnId, why: String },
    /// A socket that had fallen behind has drained.
    CaughtUp { conn: ConnId, missed_from: u64 },
    /// A socket ended.
    Disconnect { conn: ConnId },
    /// Whose token is this?
    Who {
        token: TokenHash,
        reply: oneshot::Sender<Option<Member>>,
    },
    /// What does this invite open?
    RoleByInvite {
        token: TokenHash,
        reply: oneshot::Sender<Option<Role>>,
    },
    /// May anyone edit without joining?
    IsOpen { reply: oneshot::Sender<bool> },
    /// Let somebody in.
    Join {
        by: Actor,
        join: Join,
        reply: oneshot::Sender<Result<Member, Refusal>>,
    },
    /// Do something for somebody who did not come by socket.
    Command {
        by: Actor,
        request: String,
        command: ClientCommand,
        reply: oneshot::Sender<Result<CommandDone, Refusal>>,
    },
    /// Give a map that was just created its invites and content.
    Found {
        founding: Founding,
        reply: oneshot::Sender<Result<(), Refusal>>,
    },
    /// The whole document, for reading.
    State { reply: oneshot::Sender<RoomState> },
    /// Every round, with what may be seen of it now.
    Rounds {
        to: Actor,
        reply: oneshot::Sender<RoundReports>,
    },
    /// The workshop as this actor is shown it.
    Workshop {
        to: Actor,
        reply: oneshot::Sender<WorkshopReport>,
    },
    /// Versions and reviews.
    Versions { reply: oneshot::Sender<VersionList> },
    /// Which record last changed the document?
    Edited { reply: oneshot::Sender<u64> },
    /// May this person be erased now (ERASE-1, ERASE-5)? Answers whether they were removed already.
    MayErase {
        who: ParticipantId,
        reply: oneshot::Sender<Result<bool, Refusal>>,
    },
    /// What the room is of changes or goes: sockets end so, and nothing is kept.
    End(Close),
    /// The server stops: sockets end with 1012, everything is kept.
    Stop,
}

/// What a new map starts with.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Who makes it.
    pub by: Actor,
    /// A room of an open server: anyone edits without joining.
    pub open: bool,
    /// A Yjs v1 update with its content.
    pub content: Option<CheckedUpdate>,
    /// The invite of each role.
    pub invites: Vec<(Role, TokenHash)>,
}

/// Somebody who joined, as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their number.
    pub id: ParticipantId,
    /// Shown to others.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// What they may do.
    pub role: Role,
}

/// A command was done and is durable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandDone {
    /// The token of a new invite.
    pub invite: Option<String>,
}

/// The document at one moment.
#[derive(Clone, Debug)]
pub struct RoomState {
    /// The record it stands after.
    pub seq: u64,
    /// That record's time, milliseconds since 1970 UTC.
    pub at: u64,
    /// The record that last changed the document.
    pub edited: u64,
    /// The whole document as one Yjs v1 update.
    pub update: Bytes,
}
