//! Versions and reviews: moments of a map that somebody, or the course of a workshop, put a name to (VERSION, UPKEEP). Numbers and bounds
//! for commands and records, and what `GET /api/maps/{id}/versions` answers with. Kept and made by the fold (`fold/versions.rs`).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::ParticipantId;
use crate::limits;

/// A version, numbered by the fold in the order of making, starting at 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VersionId(#[n(0)] pub u32);

/// What is wrong with the name of a version, if anything (VERSION-3).
pub fn flaw(name: &str) -> Option<String> {
    let fits = !name.trim().is_empty() && name.chars().count() <= limits::VERSION_NAME_CHARS;
    if fits && !name.chars().any(char::is_control) {
        return None;
    }
    let most = limits::VERSION_NAME_CHARS;
    Some(format!("the name of a version has 1 to {most} characters"))
}

/// Why there is a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = VersionCause))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Cause {
    /// Somebody saved it.
    #[n(0)]
    Saved,
    /// A workshop started: a step began when none was under way.
    #[n(1)]
    WorkshopStart,
    /// A workshop ended: no step is under way any more.
    #[n(2)]
    WorkshopEnd,
    /// A restore was about to change the map.
    #[n(3)]
    BeforeRestore,
}

/// The moments of a map that have a name, and its reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VersionList {
    /// The record this stands after.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// The record that last changed the content of the map; 0 before the first.
    #[cfg_attr(test, ts(type = "number"))]
    pub edited: u64,
    /// Oldest first.
    pub versions: Vec<VersionReport>,
    /// Oldest first.
    pub reviews: Vec<ReviewReport>,
}

/// A version: the map as it stands after a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VersionReport {
    /// Its number.
    pub id: VersionId,
    /// The record: `?at=` of the map, of exports and of comparisons.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// When that was, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// Why it is there.
    pub cause: Cause,
    /// What somebody called it. One that is there by itself has none until somebody gives it one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// By whom; nobody in particular for the host and the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub by: Option<PersonReport>,
    /// The record whose moment a restore then brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub restored: Option<u64>,
}

/// A review: somebody said that the map was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewReport {
    /// The record that said so.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: u64,
    /// When that was, milliseconds since 1970 UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// The day it names as that of the review, YYYY-MM-DD.
    pub day: String,
    /// Who said so; nobody in particular for the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub by: Option<PersonReport>,
}

/// Somebody of the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PersonReport {
    /// Such as `p12`.
    pub participant: ParticipantId,
    /// What they are called now.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use ts_rs::{Config, TS};

    use super::*;
    use crate::typescript::assert_current;

    #[test]
    fn version_1_the_web_clients_types_are_written_from_these() {
        let config = Config::default();
        let declarations = [
            ParticipantId::decl(&config),
            VersionId::decl(&config),
            Cause::decl(&config),
            PersonReport::decl(&config),
            VersionReport::decl(&config),
            ReviewReport::decl(&config),
            VersionList::decl(&config),
        ];
        assert_current(
            "versions.ts",
            "Versions and reviews of a map. Written from `protocol/src/version.rs`",
            "version_1",
            &declarations,
        );
    }
}
