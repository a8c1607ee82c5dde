//! The workshop channel (tag 110): JSON between the web client and the room (WIRE-7). Views, not events: whoever missed one
//! needs only the next.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::{ParticipantId, Role};

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged, deny_unknown_fields)]
pub enum ClientMessage {
    /// Asks for the views, once for each connection.
    Hello {
        /// Empty for now.
        hello: Hello,
    },
    /// Asks for something to be done.
    Command {
        /// What.
        command: ClientCommand,
        /// The sender's name for it, 1 to 64 bytes; the answer repeats it. Sent again, it counts once (REC-5).
        request: String,
    },
}

/// The first message of a client that speaks this channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Hello {}

/// What a participant can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum ClientCommand {
    /// Change one's own name and colour.
    Rename {
        /// 1 to 80 characters.
        name: String,
        /// `#rrggbb`.
        color: String,
    },
    /// Make the invite of a role anew; the old link opens nothing any more (facilitators).
    RotateInvite {
        /// Whose invite.
        role: Role,
    },
    /// Give somebody another role (facilitators).
    SetRole {
        /// Whom.
        participant: ParticipantId,
        /// The new role.
        role: Role,
    },
    /// Shut somebody out (facilitators).
    Remove {
        /// Whom.
        participant: ParticipantId,
    },
}

/// What the server sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum ServerMessage {
    /// The same bytes for everyone.
    Shared {
        /// The state everyone may see.
        shared: Shared,
    },
    /// For one participant.
    Personal {
        /// The state only they may see.
        personal: Personal,
    },
    /// A command was done, and is durable.
    Done {
        /// The command's request id.
        done: String,
        /// The new invite token, after `rotateInvite`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        invite: Option<String>,
    },
    /// A command was refused.
    Refused {
        /// The command's request id.
        refused: String,
        /// In one sentence.
        why: String,
        /// The rule of SPEC.md.
        rule: String,
    },
    /// An edit was not accepted: drop your copy and load anew.
    Rejected {
        /// Why.
        rejected: Rejected,
    },
}

/// The state everyone may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Shared {
    /// The record it stands after.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// Everyone who joined and was not removed, by number.
    pub people: Vec<Person>,
}

/// One person in the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Person {
    /// Such as `p12`.
    pub id: ParticipantId,
    /// Shown to others.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// What they may do.
    pub role: Role,
    /// Connected now, with at least one socket.
    pub online: bool,
}

/// The state only one participant may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Personal {
    /// Who they are.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
}

/// Why an edit was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Rejected {
    /// In one sentence.
    pub why: String,
    /// The rule of SPEC.md.
    pub rule: String,
}
