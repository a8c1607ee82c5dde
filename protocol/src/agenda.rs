//! What an agenda is made of: a step's content and its bounds (AGENDA-2). The clock and the course are the fold's (`fold/agenda.rs`).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::limits;

/// A step of the agenda, numbered by the fold; a number is never used twice in a map (AGENDA-3).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepId(#[n(0)] pub u32);

/// What people are asked to do for a while.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// Shown in the bar. 1 to 120 characters.
    #[n(0)]
    pub title: String,
    /// What to do, in at most 2000 characters.
    #[n(1)]
    #[serde(default)]
    pub instructions: String,
    /// How long, 1 to 480 minutes; absent for as long as it takes.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub minutes: Option<u16>,
    /// Where on the map.
    #[n(3)]
    #[serde(default)]
    pub focus: Focus,
    /// What kind of step.
    #[n(4)]
    pub mode: Mode,
    /// Participants can change nothing outside the focus while it is under way (LOCK-1).
    #[n(5)]
    #[serde(default)]
    pub lock: bool,
    /// What happens when its time is up (TIME-5).
    #[n(6)]
    #[serde(default)]
    pub at_zero: AtZero,
    /// In a brainstorm: whether the revealed cards say who wrote them (DRAFT-1).
    #[n(7)]
    #[cbor(default, skip_if = "std::ops::Not::not")]
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub signed: bool,
}

/// A part of the map: some stages, some lanes, where both are given their crossings; all of it where neither is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Focus {
    /// Ids of stages; absent for all.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub stages: Option<Vec<String>>,
    /// Ids of lanes; absent for all.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub lanes: Option<Vec<String>>,
}

/// What kind of step it is: what the page offers while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(index_only)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Everyone works on the map.
    #[n(0)]
    Open,
    /// Everyone writes for themselves until the reveal.
    #[n(1)]
    Brainstorm,
    /// A round is held.
    #[n(2)]
    Vote,
    /// People talk.
    #[n(3)]
    Discuss,
    /// Nobody works.
    #[n(4)]
    Break,
}

/// What happens when a step's time is up (TIME-5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(index_only)]
#[serde(rename_all = "camelCase")]
pub enum AtZero {
    /// Nothing: the facilitator goes on when the room is ready.
    #[n(0)]
    #[default]
    Wait,
    /// The next step begins.
    #[n(1)]
    Advance,
    /// As `wait`, and participants can change nothing of the map until the facilitator goes on (LOCK-2).
    #[n(2)]
    Lock,
}

impl Step {
    /// What is wrong with it, if anything (AGENDA-2).
    pub fn flaw(&self) -> Option<String> {
        let chars = self.title.chars().count();
        if self.title.trim().is_empty() || chars > limits::STEP_TITLE_CHARS {
            let most = limits::STEP_TITLE_CHARS;
            return Some(format!("a step's title has 1 to {most} characters"));
        }
        if self.instructions.chars().count() > limits::STEP_INSTRUCTIONS_CHARS {
            let most = limits::STEP_INSTRUCTIONS_CHARS;
            return Some(format!("instructions have at most {most} characters"));
        }
        if self
            .minutes
            .is_some_and(|minutes| !(1..=limits::STEP_MINUTES).contains(&minutes))
        {
            return Some(format!(
                "a step lasts 1 to {} minutes",
                limits::STEP_MINUTES
            ));
        }
        self.focus.flaw()
    }

    /// How long it lasts, in milliseconds.
    pub fn milliseconds(&self) -> Option<u64> {
        self.minutes.map(|minutes| u64::from(minutes) * 60_000)
    }
}

impl Focus {
    /// What is wrong with it, if anything.
    pub(crate) fn flaw(&self) -> Option<String> {
        let lists = [&self.stages, &self.lanes].into_iter().flatten();
        for list in lists {
            if list.is_empty() || list.len() > limits::FOCUS_ENTRIES {
                let most = limits::FOCUS_ENTRIES;
                return Some(format!(
                    "a focus names 1 to {most} stages or lanes; leave it out for all of them"
                ));
            }
            if !list.iter().all(|id| crate::map::is_entry_id(id)) {
                return Some("a focus names stages and lanes by their ids".to_owned());
            }
        }
        None
    }

    /// Whether it is all of the map.
    pub fn is_whole(&self) -> bool {
        self.stages.is_none() && self.lanes.is_none()
    }

    /// Whether a place lies in it.
    pub fn holds(&self, stage: &str, lane: &str) -> bool {
        self.holds_stage(stage) && self.holds_lane(lane)
    }

    /// Whether any place of this stage lies in it.
    pub fn holds_stage(&self, stage: &str) -> bool {
        among(self.stages.as_deref(), stage)
    }

    /// Whether any place of this lane lies in it.
    pub fn holds_lane(&self, lane: &str) -> bool {
        among(self.lanes.as_deref(), lane)
    }
}

fn among(list: Option<&[String]>, id: &str) -> bool {
    list.is_none_or(|list| list.iter().any(|one| one == id))
}
