//! What whoever may read the map reads by HTTP, made by the fold (`fold/report.rs`). Its rounds (VOTE-14): what was asked, what came of it,
//! and for a round that is closed every ballot, so that anybody can count again and a voter finds the own one. And the workshop as it
//! stands (VIEW-2).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::channel::{
    Personal, ProgressView, ResultView, RoundStateView, Shared, StageFeelings, StageView,
    TargetView, WritingView,
};
use crate::emotion::{EmotionSetup, Score};
use crate::id::ParticipantId;
use crate::round::{RoundId, RoundSetup};

/// A workshop as it stands: what a socket is told when it says hello.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkshopReport {
    /// What everyone may see.
    pub shared: Shared,
    /// What only who asks may see; the host is nobody in the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal: Option<Personal>,
    /// For the host, as in a facilitator's own view: who is done in the open round, never with what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressView>,
    /// For the host, as in a facilitator's own view: who has written in the brainstorm, never what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writing: Option<WritingView>,
}

/// Every round there was, in the order of opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoundReports {
    /// In the order of their numbers.
    pub rounds: Vec<RoundReport>,
    /// For facilitators and the host: who is done in the open round and how many have begun, never with what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressView>,
}

/// One round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum RoundReport {
    /// Dots on cards.
    Dots(DotsReport),
    /// Feelings about stages.
    Emotions(EmotionsReport),
}

/// What every round has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseReport {
    /// Its number.
    pub id: RoundId,
    /// What became of it.
    pub state: RoundStateView,
    /// When it opened last, milliseconds since 1970 UTC.
    pub opened: u64,
    /// When it closes by itself, while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
    /// When it was closed or cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<u64>,
    /// In an anonymous round, BLAKE3 of the secret its pseudonyms are keyed by: each of them begins with its first 8 bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
}

/// A round of dot voting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DotsReport {
    /// What every round has.
    #[serde(flatten)]
    pub course: CourseReport,
    /// As it was opened.
    pub setup: RoundSetup,
    /// The round whose tie it settles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_off_of: Option<RoundId>,
    /// What could be voted for, in the order of the map.
    pub targets: Vec<TargetView>,
    /// All that were not withdrawn, most dots first: once it is closed, and while it is open where totals show live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Vec<ResultView>>,
    /// Everybody's dots, once it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballots: Option<Vec<DotsBallot>>,
}

/// An emotion round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmotionsReport {
    /// What every round has.
    #[serde(flatten)]
    pub course: CourseReport,
    /// As it was opened.
    pub setup: EmotionSetup,
    /// What it is about, in the order of the map.
    pub stages: Vec<StageView>,
    /// Once it is closed: the stages somebody answered for, widest disagreement first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Vec<StageFeelings>>,
    /// Everybody's feelings, once it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballots: Option<Vec<EmotionsBallot>>,
}

/// Whose ballot it is: somebody of the map, or in an anonymous round nobody but whoever kept this pseudonym.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum VoterReport {
    /// In a round with names.
    Named {
        /// Such as `p12`.
        participant: ParticipantId,
        /// What they are called now.
        name: String,
    },
    /// In an anonymous round.
    Anonymous {
        /// 48 hexadecimal digits.
        pseudonym: String,
    },
}

/// One voter's dots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DotsBallot {
    /// Whose.
    #[serde(flatten)]
    pub voter: VoterReport,
    /// Dots by card.
    pub dots: BTreeMap<String, u8>,
}

/// One voter's feelings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmotionsBallot {
    /// Whose.
    #[serde(flatten)]
    pub voter: VoterReport,
    /// Feelings by stage.
    pub scores: BTreeMap<String, Score>,
}
