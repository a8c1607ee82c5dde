//! What else passes between people in a workshop: raised hands, the parking lot, the spotlight (FLOOR, SPOT).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Something in the parking lot, numbered by the fold.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ParkedId(#[n(0)] pub u32);

/// A place of the map that everyone is brought to: a card, a cell, a stage or a lane (SPOT-1).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// A card's id.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub card: Option<String>,
    /// A stage's id.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub stage: Option<String>,
    /// A lane's id.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub lane: Option<String>,
}

impl Spot {
    /// What is wrong with it, if anything.
    pub fn flaw(&self) -> Option<&'static str> {
        let mut ids = [&self.card, &self.stage, &self.lane].into_iter().flatten();
        if !ids.clone().all(|id| crate::map::is_entry_id(id)) {
            return Some("a place is named by ids of the map");
        }
        ids.next()
            .is_none()
            .then_some("a place is a card, a stage, a lane, or a stage and a lane")
    }
}
