//! What a round of dot voting is made of: its settings and their bounds (VOTE-1, VOTE-11). Ballots and tallies are the fold's
//! (`fold/rounds/`).

use std::fmt;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{ParticipantId, Role};
use crate::limits;

/// A round, numbered by the fold in the order of opening.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RoundId(#[n(0)] pub u32);

/// What is asked, of whom, and how.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoundSetup {
    /// 1 to 200 characters.
    #[n(0)]
    pub question: String,
    /// What can be voted for.
    #[n(1)]
    #[serde(default)]
    pub targets: Targets,
    /// How many dots each voter has, 1 to 99.
    #[n(2)]
    pub dots: u8,
    /// The most dots of one voter on one card, 1 to `dots`.
    #[n(3)]
    pub most_per_card: u8,
    /// Whether totals show while the round is open.
    #[n(4)]
    pub visibility: Visibility,
    /// Nobody can go from a ballot to its voter (VOTE-10).
    #[n(5)]
    pub anonymous: bool,
    /// When the round closes by itself: 10 to 86,400 seconds after it opens; absent for when a facilitator closes it.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub seconds: Option<u32>,
    /// Who may vote; at least one role.
    #[n(7)]
    #[serde(default = "everyone_at_work")]
    #[cfg_attr(test, ts(as = "Option<Vec<Role>>", optional))]
    pub roles: Vec<Role>,
}

/// The roles a round is open to when it names none.
pub fn everyone_at_work() -> Vec<Role> {
    vec![Role::Participant, Role::Facilitator]
}

/// Which cards can be voted for: picked ones, or all in some lanes and stages as they are when the round opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Ids of cards; lanes and stages are left out then.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub cards: Option<Vec<String>>,
    /// Ids of lanes; absent for all opportunity lanes.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub lanes: Option<Vec<String>>,
    /// Ids of stages; absent for all.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub stages: Option<Vec<String>>,
}

/// Whether totals show while a round is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cbor(index_only)]
#[serde(rename_all = "camelCase")]
pub enum Visibility {
    /// Nobody sees a total before the round is closed.
    #[n(0)]
    Secret,
    /// Totals show as they grow.
    #[n(1)]
    Live,
}

/// Who a ballot belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub enum Voter {
    /// Somebody who joined, in a round with names.
    #[n(0)]
    Named(#[n(0)] ParticipantId),
    /// Somebody under a pseudonym, in an anonymous round.
    #[n(1)]
    Pseudonym(#[n(0)] Pseudonym),
}

/// What stands for a voter in one opening of an anonymous round (VOTE-10): 8 bytes that name the opening, and 16 keyed by its secret, so
/// that without it nothing leads back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Pseudonym(#[cbor(n(0), with = "minicbor::bytes")] [u8; 24]);

/// What an anonymous round is keyed by, from its opening to its closing. Never in the journal, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct RoundSecret([u8; 32]);

/// BLAKE3 of a round's secret: names the secret in the journal without giving it away, and makes every opening's pseudonyms its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Commitment(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl RoundSecret {
    /// From 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What the journal holds of it.
    pub fn commitment(&self) -> Commitment {
        Commitment(blake3::derive_key("cairn round commitment v1", &self.0))
    }

    /// Who this participant is in the round.
    pub fn pseudonym(&self, who: ParticipantId) -> Pseudonym {
        let hash = blake3::keyed_hash(&self.0, format!("voter {who}").as_bytes());
        let opening = self.commitment().0.into_iter().take(8);
        let mut bytes = [0; 24];
        for (byte, value) in bytes
            .iter_mut()
            .zip(opening.chain(hash.as_bytes().iter().copied()))
        {
            *byte = value;
        }
        Pseudonym(bytes)
    }

    /// A request id that says nothing of its sender: the same for the same sender and request.
    pub fn request(&self, who: ParticipantId, request: &str) -> String {
        let hash = blake3::keyed_hash(&self.0, format!("request {who} {request}").as_bytes());
        hash.to_hex().chars().take(32).collect()
    }

    /// For whoever keeps it until the round closes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for RoundSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoundSecret(…)")
    }
}

impl Pseudonym {
    /// Whether it was made under the secret that this names: one of an earlier opening counts in no later one.
    pub fn is_of(&self, opening: Commitment) -> bool {
        self.0.iter().zip(opening.0).take(8).all(|(a, b)| *a == b)
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// What is wrong with what every kind of round has, if anything (VOTE-11, EMO-1).
pub(crate) fn flaw(question: &str, seconds: Option<u32>, roles: &[Role]) -> Option<String> {
    let chars = question.chars().count();
    if question.trim().is_empty() || chars > limits::QUESTION_CHARS {
        let most = limits::QUESTION_CHARS;
        return Some(format!("a round's question has 1 to {most} characters"));
    }
    if seconds.is_some_and(|seconds| !limits::ROUND_SECONDS.contains(&seconds)) {
        let (least, most) = (limits::ROUND_SECONDS.start(), limits::ROUND_SECONDS.end());
        return Some(format!("a round lasts {least} to {most} seconds"));
    }
    if !(1..=3).contains(&roles.len()) {
        return Some("a round is open to one, two or three roles".to_owned());
    }
    None
}

impl RoundSetup {
    /// What is wrong with it, if anything (VOTE-11).
    pub fn flaw(&self) -> Option<String> {
        let common = flaw(&self.question, self.seconds, &self.roles);
        if common.is_some() {
            return common;
        }
        if !(1..=limits::DOTS).contains(&self.dots) {
            return Some(format!("a voter has 1 to {} dots", limits::DOTS));
        }
        if !(1..=self.dots).contains(&self.most_per_card) {
            return Some("a card takes between one and all of a voter's dots".to_owned());
        }
        let Targets {
            cards,
            lanes,
            stages,
        } = &self.targets;
        if cards.is_some() && (lanes.is_some() || stages.is_some()) {
            return Some("a round is about picked cards, or about lanes and stages".to_owned());
        }
        let bounds = [
            limits::TARGETS,
            limits::FOCUS_ENTRIES,
            limits::FOCUS_ENTRIES,
        ];
        let lists = [cards, lanes, stages].into_iter().zip(bounds);
        if lists
            .clone()
            .any(|(list, most)| list.as_ref().is_some_and(|list| list.len() > most))
        {
            let (cards, others) = (limits::TARGETS, limits::FOCUS_ENTRIES);
            return Some(format!(
                "a round names at most {cards} cards, {others} lanes and {others} stages"
            ));
        }
        let mut ids = lists.filter_map(|(list, _)| list.as_ref()).flatten();
        if !ids.all(|id| crate::map::is_entry_id(id)) {
            return Some("a round names cards, lanes and stages by their ids".to_owned());
        }
        None
    }
}
