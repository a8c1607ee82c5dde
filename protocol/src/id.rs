//! Names of things: maps, participants, roles, tokens. Used by records, the fold and every caller.
//! Nothing here draws randomness: whoever makes an id passes it in.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::limits;

/// The name of a map: 1 to [`limits::MAP_ID_BYTES`] bytes of printable text without spaces or control characters.
///
/// Maps made by `POST /api/maps` get 16 random characters of `[a-z0-9]`; in an open server the
/// name is whatever room a stock client asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct MapId(#[n(0)] String);

/// A name that cannot be a map's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a map's name has 1 to {max} bytes, no spaces and no control characters",
    max = limits::MAP_ID_BYTES
)]
pub struct InvalidMapId;

impl MapId {
    /// Checks a name.
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidMapId> {
        let name = name.into();
        let fits = !name.is_empty() && name.len() <= limits::MAP_ID_BYTES;
        if fits && !name.chars().any(|c| c.is_control() || c.is_whitespace()) {
            Ok(Self(name))
        } else {
            Err(InvalidMapId)
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MapId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for MapId {
    type Err = InvalidMapId;
    fn from_str(name: &str) -> Result<Self, InvalidMapId> {
        Self::new(name)
    }
}

/// A participant of one map, numbered by the fold in the order of joining, starting at 1. Shown as `p12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "p12"))]
pub struct ParticipantId(#[n(0)] pub u32);

impl fmt::Display for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", self.0)
    }
}

impl FromStr for ParticipantId {
    type Err = InvalidParticipantId;
    fn from_str(text: &str) -> Result<Self, InvalidParticipantId> {
        let digits = text.strip_prefix('p').ok_or(InvalidParticipantId)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidParticipantId);
        }
        digits.parse().map(Self).map_err(|_| InvalidParticipantId)
    }
}

/// A text that is no participant's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a participant's id is `p` and a number, such as p12")]
pub struct InvalidParticipantId;

impl Serialize for ParticipantId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ParticipantId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What somebody may do in one map (ROLE-1). Ordered by power.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(index_only)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RoleInMap))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Role {
    /// Sees the map and who is there.
    #[n(0)]
    Observer,
    /// Edits the map.
    #[n(1)]
    Participant,
    /// Edits, invites, changes roles, removes people.
    #[n(2)]
    Facilitator,
}

impl Role {
    /// Whether updates of the map are accepted from this role (ROLE-2).
    pub fn may_edit(self) -> bool {
        self >= Role::Participant
    }

    /// Whether commands that concern others are accepted from this role (ROLE-3).
    pub fn may_facilitate(self) -> bool {
        self == Role::Facilitator
    }

    /// The role's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Observer => "observer",
            Role::Participant => "participant",
            Role::Facilitator => "facilitator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is kept of an invite or join token: a hash bound to its map, so that a copied journal opens no door
/// and the same browser cannot be recognised across maps (ROLE-5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct TokenHash(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl TokenHash {
    /// What takes the place of a hash whose person was erased: nobody knows a token that gives it.
    pub(crate) const NOBODYS: Self = Self([0; 32]);

    /// BLAKE3 of map id, a zero byte, token.
    pub fn of(map: &MapId, token: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(map.as_str().as_bytes());
        hasher.update(&[0]);
        hasher.update(token.as_bytes());
        Self(hasher.finalize().into())
    }
}

impl fmt::Debug for TokenHash {
    /// Shows nothing of the hash: it must not reach a log either.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_names_refuse_what_a_path_or_log_could_not_carry() {
        for name in [
            "",
            " ",
            "a b",
            "a\nb",
            "\u{7f}",
            &"x".repeat(limits::MAP_ID_BYTES + 1),
        ] {
            assert_eq!(MapId::new(name), Err(InvalidMapId), "{name:?}");
        }
        for name in ["a", "my-room/1", "übung", &"x".repeat(limits::MAP_ID_BYTES)] {
            assert!(MapId::new(name).is_ok(), "{name:?}");
        }
    }

    #[test]
    fn participant_ids_read_back_what_they_show() {
        assert_eq!("p12".parse(), Ok(ParticipantId(12)));
        for bad in ["", "p", "12", "p-1", "p+1", "p4294967296", "q1", "p1 "] {
            assert_eq!(
                bad.parse::<ParticipantId>(),
                Err(InvalidParticipantId),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn role_5_a_token_hash_is_bound_to_its_map() {
        let (a, b) = (MapId::new("a").unwrap(), MapId::new("b").unwrap());
        assert_eq!(TokenHash::of(&a, "t"), TokenHash::of(&a, "t"));
        assert_ne!(TokenHash::of(&a, "t"), TokenHash::of(&b, "t"));
        // The separator keeps `ab` + `c` apart from `a` + `bc`.
        let ab = MapId::new("ab").unwrap();
        assert_ne!(TokenHash::of(&ab, "c"), TokenHash::of(&a, "bc"));
    }
}
