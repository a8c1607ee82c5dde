//! The closed vocabularies of a map: its kind, its lanes' kinds and layers, and the words a card
//! may carry.
//!
//! Used by the typed map, its JSON form and everything that reasons about a map.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$word_doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in map-format's order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word in the JSON form.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The value of a word of the JSON form.
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl Word for $name {
            const ALL: &'static [$name] = $name::ALL;
            fn as_str(self) -> &'static str { $name::as_str(self) }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                encoder: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                encoder.str(self.as_str()).map(|_| ())
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                decoder: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let word = decoder.str()?;
                Self::from_word(word).ok_or_else(|| minicbor::decode::Error::message("an unknown word"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

pub(super) use words;

/// What the closed vocabularies share, for the checks.
pub(super) trait Word: Copy + 'static {
    const ALL: &'static [Self];
    fn as_str(self) -> &'static str;
}

words! {
    /// The question a map answers.
    MapKind {
        /// How it is today.
        CurrentState = "current-state",
        /// The experience to create.
        FutureState = "future-state",
        /// The person's day beyond the product.
        DayInTheLife = "day-in-the-life",
        /// With the backstage.
        ServiceBlueprint = "service-blueprint",
    }
}

words! {
    /// What the cards of a lane are.
    #[cfg_attr(test, derive(ts_rs::TS))]
    LaneKind {
        /// A moment of contact.
        Touchpoint = "touchpoint",
        /// What the customer does.
        Action = "action",
        /// What they anticipate.
        Expectation = "expectation",
        /// How they feel.
        Emotion = "emotion",
        /// Where friction lives.
        Pain = "pain",
        /// What could be better.
        Opportunity = "opportunity",
        /// Blueprint: what is seen.
        Evidence = "evidence",
        /// Blueprint: what is done in sight of the customer.
        Frontstage = "frontstage",
        /// Blueprint: what is done out of sight.
        Backstage = "backstage",
        /// Blueprint: what is behind it.
        Support = "support",
        /// Anything else.
        Note = "note",
        /// A figure.
        Metric = "metric",
    }
}

words! {
    /// Whether a card is known or supposed.
    Confidence {
        /// Supposed. The default.
        Assumption = "assumption",
        /// Known.
        Evidence = "evidence",
    }
}

words! {
    /// How far an opportunity has come.
    Status {
        /// Noted.
        Idea = "idea",
        /// Decided.
        Planned = "planned",
        /// Under way.
        Doing = "doing",
        /// Finished.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

words! {
    /// Where the evidence for a card comes from.
    SourceKind {
        /// A conversation with a customer.
        Interview = "interview",
        /// Support contacts.
        Support = "support",
        /// Measured behaviour.
        Analytics = "analytics",
        /// Asked of many.
        Survey = "survey",
        /// Watched on site.
        Observation = "observation",
        /// Anything else.
        Other = "other",
    }
}

/// A layer of the map. The stages themselves are layer 1, the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Layer {
    /// Layer 2: moments of contact.
    Interactions,
    /// Layer 3: what people do and expect.
    Behaviour,
    /// Layer 4: how it feels and where it hurts.
    Experience,
    /// Layer 5: what to do about it.
    Strategy,
    /// The blueprint's backstage.
    Blueprint,
    /// Notes and figures, which belong to any layer.
    Any,
}

impl LaneKind {
    /// The layer the cards of such a lane belong to (map-format's table).
    pub const fn layer(self) -> Layer {
        match self {
            LaneKind::Touchpoint => Layer::Interactions,
            LaneKind::Action | LaneKind::Expectation => Layer::Behaviour,
            LaneKind::Emotion | LaneKind::Pain => Layer::Experience,
            LaneKind::Opportunity => Layer::Strategy,
            LaneKind::Evidence | LaneKind::Frontstage | LaneKind::Backstage | LaneKind::Support => {
                Layer::Blueprint
            }
            LaneKind::Note | LaneKind::Metric => Layer::Any,
        }
    }

    /// Whether an opportunity may name the cards of such a lane in `addresses`.
    pub const fn is_addressable(self) -> bool {
        matches!(self, LaneKind::Pain | LaneKind::Expectation)
    }
}
