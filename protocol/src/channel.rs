//! The workshop channel (tag 110): JSON between the web client and the room (WIRE-7). Views, not events: whoever missed one
//! needs only the next.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::agenda::{Step, StepId};
use crate::command::Command;
use crate::floor::{ParkedId, Spot};
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

/// What a participant can ask for: a command for the fold, or something whose record the server makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum ClientCommand {
    /// Make the invite of a role anew; the old link opens nothing any more (facilitators).
    RotateInvite {
        /// Whose invite.
        role: Role,
    },
    /// Everything the fold decides on.
    #[serde(untagged)]
    Fold(Command),
}

impl From<Command> for ClientCommand {
    fn from(command: Command) -> Self {
        Self::Fold(command)
    }
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Shared {
    /// The record it stands after.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// The server's clock as it sends this, in milliseconds since 1970 UTC: what times in here are measured against (TIME-7).
    #[cfg_attr(test, ts(type = "number"))]
    pub now: u64,
    /// Everyone who joined and was not removed, by number.
    pub people: Vec<Person>,
    /// The steps of the agenda, in order.
    pub agenda: Vec<AgendaStep>,
    /// The step people are in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub current: Option<CurrentStep>,
    /// Whose hands are up, in the order of raising.
    pub hands: Vec<ParticipantId>,
    /// The parking lot.
    pub parked: Vec<ParkedNote>,
    /// Where everyone is brought to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub spotlight: Option<SpotlightView>,
}

/// One step of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AgendaStep {
    /// Its number.
    pub id: StepId,
    /// What it is.
    #[serde(flatten)]
    pub step: Step,
}

/// The step people are in, and its clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CurrentStep {
    /// Which.
    pub id: StepId,
    /// When it began, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub began: u64,
    /// Its clock.
    pub clock: ClockView,
    /// Who is done with it.
    pub ready: Vec<ParticipantId>,
}

/// A step's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClockView {
    /// It runs.
    Runs {
        /// Until then, milliseconds since 1970 UTC; absent for as long as it takes.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional, type = "number"))]
        until: Option<u64>,
    },
    /// It stands.
    Paused {
        /// Milliseconds left; absent for as long as it takes.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional, type = "number"))]
        left: Option<u64>,
    },
    /// Its time is up.
    Zero {},
}

/// Something in the parking lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ParkedNote {
    /// Its number.
    pub id: ParkedId,
    /// What it says.
    pub text: String,
    /// Who put it there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub by: Option<ParticipantId>,
}

/// Where everyone is brought to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SpotlightView {
    /// The place.
    pub spot: Spot,
    /// Who brings them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub by: Option<ParticipantId>,
    /// Another number each time they are called, be it to the same place.
    #[cfg_attr(test, ts(type = "number"))]
    pub call: u64,
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
