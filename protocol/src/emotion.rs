//! What an emotion round is made of: its settings and their bounds, and a feeling (EMO-1, EMO-2). Ballots and results are the
//! fold's.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::Role;
use crate::limits;
pub use crate::score::Score;

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

/// A number in hundredths: a median, a spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = f64))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(type = "number"))]
pub struct Hundredths(pub i32);

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
