//! What a step holds still, and what is said to who tries to move it (LOCK-1, LOCK-2).

use std::borrow::Cow;

use crate::agenda::{Focus, StepId};

/// What the step under way holds still for those who do not facilitate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock<'a> {
    /// Which step.
    pub step: StepId,
    /// What it is called.
    pub title: Cow<'a, str>,
    /// How much.
    pub held: Held<'a>,
}

/// How much of the map stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held<'a> {
    /// What lies outside this part (LOCK-1).
    Outside(Cow<'a, Focus>),
    /// All of it (LOCK-2).
    Everything,
}

impl Lock<'_> {
    /// Whether what lies in this cell is left free.
    pub fn leaves(&self, stage: &str, lane: &str) -> bool {
        match &self.held {
            Held::Outside(focus) => focus.holds(stage, lane),
            Held::Everything => false,
        }
    }

    /// The same, to be kept.
    pub fn into_owned(self) -> Lock<'static> {
        Lock {
            step: self.step,
            title: Cow::Owned(self.title.into_owned()),
            held: match self.held {
                Held::Outside(focus) => Held::Outside(Cow::Owned(focus.into_owned())),
                Held::Everything => Held::Everything,
            },
        }
    }
}
