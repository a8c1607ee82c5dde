//! What an emotion round is made of: its settings and their bounds, and a feeling (EMO-1, EMO-2). Ballots and results are the
//! fold's.

use std::cmp::Ordering;

use minicbor::{Decode, Decoder, Encode, decode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::Role;
use crate::limits;

/// What is asked, of whom, and about which stages. Always anonymous.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmotionSetup {
    /// 1 to 200 characters.
    #[n(0)]
    pub question: String,
    /// Ids of stages; absent for all.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub stages: Option<Vec<String>>,
    /// When the round closes by itself: 10 to 86,400 seconds after it opens; absent for when a facilitator closes it.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub seconds: Option<u32>,
    /// Who may answer; at least one role.
    #[n(3)]
    #[serde(default = "crate::round::everyone_at_work")]
    #[cfg_attr(test, ts(as = "Option<Vec<Role>>", optional))]
    pub roles: Vec<Role>,
}

/// How something feels, from −2 (very bad) to 2 (very good) in halves; kept in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = f64, example = -1.5))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(type = "number"))]
#[cbor(transparent)]
pub struct Score(#[n(0)] i8);

/// A number in hundredths: a median, a spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = f64))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(type = "number"))]
pub struct Hundredths(pub i32);

impl Score {
    /// From halves, −4 to 4.
    pub fn from_halves(halves: i8) -> Option<Self> {
        (-4..=4).contains(&halves).then_some(Self(halves))
    }

    /// In halves, −4 to 4.
    pub fn halves(self) -> i8 {
        self.0
    }
}

impl<C> Decode<'_, C> for Score {
    fn decode(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Self, decode::Error> {
        let wrong = || decode::Error::message("a feeling is -4 to 4 halves");
        Self::from_halves(decoder.i8()?).ok_or_else(wrong)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(f64::from(self.0) / 2.0)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let halves = f64::deserialize(from)? * 2.0;
        let is = |whole: &i8| f64::from(*whole).partial_cmp(&halves) == Some(Ordering::Equal);
        let whole = (-4..=4).find(is);
        let wrong = || serde::de::Error::custom("a feeling is -2 to 2 in halves");
        whole.and_then(Self::from_halves).ok_or_else(wrong)
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self((f64::deserialize(from)? * 100.0).round() as i32))
    }
}

impl EmotionSetup {
    /// What is wrong with it, if anything (EMO-1).
    pub fn flaw(&self) -> Option<String> {
        let common = crate::round::flaw(&self.question, self.seconds, &self.roles);
        if common.is_some() {
            return common;
        }
        let stages = self.stages.as_ref()?;
        if stages.is_empty() || stages.len() > limits::FOCUS_ENTRIES {
            let most = limits::FOCUS_ENTRIES;
            return Some(format!(
                "an emotion round names 1 to {most} stages; leave them out for all"
            ));
        }
        let named = stages.iter().all(|id| crate::map::is_entry_id(id));
        (!named).then(|| "an emotion round names stages by their ids".to_owned())
    }
}
