//! The workshop channel (tag 110): JSON between the web client and the room (WIRE-7). Views, not events: whoever missed one
//! needs only the next.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::agenda::{Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::command::Command;
use crate::emotion::{EmotionSetup, Hundredths, Score};
use crate::floor::{ParkedId, Spot};
use crate::id::{ParticipantId, Role};
use crate::round::{RoundId, RoundSetup};

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
    /// Open a round of dot voting (facilitators, VOTE-1).
    OpenRound {
        /// What is asked, of whom, and how.
        setup: RoundSetup,
    },
    /// Open a round on the cards that share a rank in a closed one (facilitators, VOTE-8).
    RunOff {
        /// The closed one.
        round: RoundId,
        /// Which rank.
        rank: u32,
    },
    /// Open a round again that was over (facilitators, VOTE-9).
    ReopenRound {
        /// Which.
        round: RoundId,
    },
    /// Open an emotion round (facilitators, EMO-1).
    OpenEmotionRound {
        /// What is asked, of whom, and about which stages.
        setup: EmotionSetup,
    },
    /// Show what was written in the brainstorm: all of it comes into the map at once (facilitators, DRAFT-4).
    Reveal {},
    /// Make the map what it was after a record, as an edit: nothing is rewound (facilitators, RESTORE-1).
    Restore {
        /// The record.
        #[cfg_attr(test, ts(type = "number"))]
        seq: u64,
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
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
    /// The open round and the latest ones, oldest first.
    pub rounds: Vec<RoundView>,
    /// The same of emotion rounds.
    #[serde(default)]
    pub emotion_rounds: Vec<EmotionRoundView>,
    /// The brainstorm that is under way.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub brainstorm: Option<BrainstormView>,
    /// The record that last said that somebody was erased: a copy of the document made before it must not be used any more (ERASE-5).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub erased: Option<u64>,
}

/// An emotion round, with what everyone may see of it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EmotionRoundView {
    /// Its number: of rounds of all kinds, no two share one.
    pub id: RoundId,
    /// As it was opened.
    pub setup: EmotionSetup,
    /// `open`, `closed` or `cancelled`.
    pub state: RoundStateView,
    /// When it opened last, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub opened: u64,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub until: Option<u64>,
    /// What it is about, in the order of the map.
    pub stages: Vec<StageView>,
    /// The result once it is closed, widest disagreement first. A stage nobody answered for is not in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub result: Option<Vec<StageFeelings>>,
}

/// A stage of an emotion round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StageView {
    /// Its id.
    pub stage: String,
    /// What it was called when the round opened.
    pub title: String,
    /// It was deleted while the round was open.
    pub withdrawn: bool,
}

/// How a stage feels to everyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StageFeelings {
    /// The stage's id.
    pub stage: String,
    /// The median of all points, the mean of the middle two where their number is even.
    pub median: Hundredths,
    /// How far people disagree: the standard deviation of the points.
    pub spread: Hundredths,
    /// Every feeling, unnamed, from worst to best.
    pub points: Vec<Score>,
}

/// A brainstorm: everyone writes for themselves until the reveal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BrainstormView {
    /// What is asked, where on the map, and whether cards will be signed.
    pub setup: BrainstormSetup,
    /// When it began, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub began: u64,
}

/// A round of dot voting, with what everyone may see of it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoundView {
    /// Its number.
    pub id: RoundId,
    /// As it was opened.
    pub setup: RoundSetup,
    /// `open`, `closed` or `cancelled`.
    pub state: RoundStateView,
    /// When it opened last, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub opened: u64,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub until: Option<u64>,
    /// When it was closed or cancelled, milliseconds since 1970 UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub ended: Option<u64>,
    /// The round whose tie it settles.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub run_off_of: Option<RoundId>,
    /// How many placed a dot, once it is closed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub voters: Option<u32>,
    /// What can be voted for, in the order of the map; once it is over, only what a result names or the map has lost.
    pub targets: Vec<TargetView>,
    /// The result, most dots first: once it is closed, and while it is open where totals show live.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub result: Option<Vec<ResultView>>,
}

/// What became of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RoundStateView {
    /// Votes are taken.
    Open,
    /// Its result shows.
    Closed,
    /// It has no result.
    Cancelled,
}

/// A card of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TargetView {
    /// Its id.
    pub card: String,
    /// What it said when the round opened.
    pub text: String,
    /// It was deleted; its dots went back.
    pub withdrawn: bool,
}

/// A card's place in a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ResultView {
    /// The card's id.
    pub card: String,
    /// All dots on it.
    pub dots: u32,
    /// How many voters placed them.
    pub voters: u32,
    /// 1 for the most; ties share one.
    pub rank: u32,
}

/// One step of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Personal {
    /// Who they are.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// Their ballot in the open round, where they have one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub ballot: Option<BallotView>,
    /// For facilitators: who is done in the open round, never with what.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub progress: Option<ProgressView>,
    /// Their answers in the open emotion round, where they have any to give.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub feelings: Option<FeelingsView>,
    /// Their own cards in the brainstorm, in the order of writing.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[cfg_attr(test, ts(as = "Option<Vec<DraftView>>", optional))]
    pub drafts: Vec<DraftView>,
    /// For facilitators: who has written in the brainstorm, never what.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub writing: Option<WritingView>,
}

/// One's own answers in the open emotion round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FeelingsView {
    /// Which round.
    pub round: RoundId,
    /// Feelings by stage.
    pub scores: BTreeMap<String, Score>,
    /// The pseudonym they are journaled under: whoever keeps it finds the own answers again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub pseudonym: Option<String>,
}

/// One's own card in the brainstorm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftView {
    /// Its writer's name for it.
    pub id: DraftId,
    /// The lane's id.
    pub lane: String,
    /// The stage's id.
    pub stage: String,
    /// What it says.
    pub text: String,
}

/// How far the brainstorm is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WritingView {
    /// Those who have written a card.
    pub writers: Vec<ParticipantId>,
    /// How many cards there are.
    pub drafts: u32,
}

/// One's own dots in the open round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BallotView {
    /// Which round.
    pub round: RoundId,
    /// Dots by card.
    pub dots: BTreeMap<String, u8>,
    /// Dots not placed yet.
    pub left: u8,
    /// In an anonymous round, the pseudonym it is journaled under: whoever keeps it finds the own ballot again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub pseudonym: Option<String>,
}

/// How far the open round is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProgressView {
    /// Which round.
    pub round: RoundId,
    /// Those with nothing left to answer: every dot placed, every stage felt about.
    pub done: Vec<ParticipantId>,
    /// How many have answered anything.
    pub begun: u32,
    /// How many may vote.
    pub voters: u32,
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
