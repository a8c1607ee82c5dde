//! What `health` says: findings, as they are shown, sent and printed.
//!
//! Made by the rules; read by the web client (types written from these), the HTTP interface and the
//! command line. Holds no judgement.

use super::super::date::Date;
use super::super::journey::Card;
use super::super::kinds::{LaneKind, Word, words};
use serde::{Deserialize, Serialize};
use std::fmt;

words! {
    /// The rule of map-format's Health table that a finding is of, in the table's order.
    #[cfg_attr(test, derive(ts_rs::TS))]
    Rule {
        /// No persona, or none primary.
        Persona1 = "PERSONA-1",
        /// No scenario or no goal.
        Scope1 = "SCOPE-1",
        /// More than one primary persona, or a scenario that joins several journeys.
        Scope2 = "SCOPE-2",
        /// Fewer than 4 or more than 7 stages.
        Stages1 = "STAGES-1",
        /// A stage named for the organisation's process.
        Stages2 = "STAGES-2",
        /// Nothing after the purchase.
        Stages3 = "STAGES-3",
        /// A stage with no card at all.
        Stages4 = "STAGES-4",
        /// A layer with no card.
        Layer1 = "LAYER-1",
        /// Emotions or pains, but no opportunities.
        Layer2 = "LAYER-2",
        /// A stage without a touchpoint.
        Touch1 = "TOUCH-1",
        /// A touchpoint without a channel.
        Touch2 = "TOUCH-2",
        /// Only owned touchpoints.
        Touch3 = "TOUCH-3",
        /// Actions in a stage with no expectation.
        Gap1 = "GAP-1",
        /// An expectation without what actually happens.
        Gap2 = "GAP-2",
        /// A stage without an emotion.
        Emotion1 = "EMOTION-1",
        /// A flat curve.
        Emotion2 = "EMOTION-2",
        /// A pain that no opportunity addresses.
        Pain1 = "PAIN-1",
        /// The lowest point of the curve has no pain.
        Pain2 = "PAIN-2",
        /// An opportunity with no impact or effort.
        Action1 = "ACTION-1",
        /// An opportunity under way that nobody owns.
        Action2 = "ACTION-2",
        /// A layer resting on assumptions alone.
        Evidence1 = "EVIDENCE-1",
        /// A cell with more than 8 cards.
        Detail1 = "DETAIL-1",
        /// A card of more than 280 characters.
        Detail2 = "DETAIL-2",
        /// Never reviewed, or overdue.
        Review1 = "REVIEW-1",
        /// No owner.
        Review2 = "REVIEW-2",
        /// A blueprint without backstage or support.
        Kind1 = "KIND-1",
        /// A future state linked to no current state.
        Kind2 = "KIND-2",
        /// A day in the life with owned touchpoints only.
        Kind3 = "KIND-3",
    }
}

words! {
    /// How much a finding matters.
    #[cfg_attr(test, derive(ts_rs::TS))]
    Severity {
        /// The map misleads, or nobody can act on it.
        Problem = "problem",
        /// The map is weaker than it could be.
        Advice = "advice",
    }
}

words! {
    /// The field of the map itself that a fix leads to.
    #[cfg_attr(test, derive(ts_rs::TS))]
    MapField {
        /// From where to where.
        Scenario = "scenario",
        /// The decision it serves.
        Goal = "goal",
        /// Who keeps it current.
        Owner = "owner",
        /// The map a future state improves on.
        CurrentState = "currentState",
        /// Whose journey it is.
        Personas = "personas",
    }
}

words! {
    /// The field of a card that a fix leads to.
    #[cfg_attr(test, derive(ts_rs::TS))]
    CardField {
        /// What it says.
        Text = "text",
        /// Touchpoint: by which way.
        Channel = "channel",
        /// Expectation: what happens instead.
        Actual = "actual",
        /// Opportunity: worth to the customer.
        Impact = "impact",
        /// Opportunity: cost.
        Effort = "effort",
        /// Opportunity: who does it.
        Owner = "owner",
        /// What it rests on.
        Sources = "sources",
    }
}

/// Something a good facilitator would point out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// Which rule found it.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// Ids of the stages, lanes or cards it is about, which of them by rule (HEALTH-2): empty for the map as a whole,
    /// the lane and then the stage for a cell.
    pub at: Vec<String>,
    /// What was found, in one plain sentence that names the thing.
    pub message: String,
    /// Why it matters, in one sentence.
    pub why: String,
    /// What one click can do about it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional))]
    pub fix: Option<Fix>,
}

/// What one click can do: mend it, or lead to exactly the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fix {
    /// What the button says.
    pub label: String,
    /// What it does.
    #[serde(flatten)]
    pub act: Act,
}

/// An act of the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Act {
    /// Makes a persona and opens it.
    AddPersona,
    /// Makes a persona the primary one.
    MakePrimary {
        /// Its id.
        persona: String,
    },
    /// Makes a lane.
    AddLane {
        /// Of this kind.
        #[cfg_attr(test, ts(inline))]
        kind: LaneKind,
    },
    /// Opens a new card in a cell.
    AddCard {
        /// Its lane's id.
        lane: String,
        /// Its stage's id.
        stage: String,
    },
    /// Opens a new opportunity that addresses these cards.
    AddOpportunity {
        /// Its lane's id.
        lane: String,
        /// Its stage's id.
        stage: String,
        /// Ids of pain or expectation cards.
        addresses: Vec<String>,
    },
    /// Opens a card's details at a field.
    EditCard {
        /// Its id.
        card: String,
        /// The field.
        field: CardField,
    },
    /// Opens a stage's title.
    EditStage {
        /// Its id.
        stage: String,
    },
    /// Opens a field of the map itself.
    EditMap {
        /// The field.
        field: MapField,
    },
    /// Notes that the map was reviewed today and stands unchanged.
    MarkReviewed,
}

/// All findings of a map on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// The day they were judged on.
    #[cfg_attr(test, ts(type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: Date,
    /// The record the judged map stands after; absent for a file, which has no journal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub seq: Option<u64>,
    /// In the order of the rules, then of the map (HEALTH-3).
    pub findings: Vec<Finding>,
}

impl Health {
    /// Whether any finding is more than advice.
    pub fn has_problems(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.severity == Severity::Problem)
    }
}

impl Finding {
    /// A finding about the map as a whole, without a fix.
    pub(super) fn new(
        rule: Rule,
        severity: Severity,
        message: impl Into<String>,
        why: &str,
    ) -> Finding {
        Finding {
            rule,
            severity,
            at: Vec::new(),
            message: message.into(),
            why: why.to_owned(),
            fix: None,
        }
    }

    /// The stages, lanes or cards it is about.
    pub(super) fn at<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Finding {
        self.at = ids.into_iter().map(str::to_owned).collect();
        self
    }

    /// About a card, whose details the fix opens at a field.
    pub(super) fn on_card(self, card: &Card, label: &str, field: CardField) -> Finding {
        let act = Act::EditCard {
            card: card.id.clone(),
            field,
        };
        self.at([card.id.as_str()]).fix(Fix::new(label, act))
    }

    /// What one click can do about it.
    pub(super) fn fix(mut self, fix: impl Into<Option<Fix>>) -> Finding {
        self.fix = fix.into();
        self
    }
}

impl Fix {
    pub(super) fn new(label: impl Into<String>, act: Act) -> Fix {
        Fix {
            label: label.into(),
            act,
        }
    }
}

/// The closed vocabularies as schemas: derived ones would not know the words that `words!` gives them.
#[cfg(feature = "openapi")]
mod schemas {
    use super::{CardField, LaneKind, MapField, Rule, Severity};
    use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};
    use utoipa::{PartialSchema, ToSchema};

    macro_rules! schemas {
        ($($name:ident),+) => {$(
            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    let words = $name::ALL.iter().map(|word| word.as_str());
                    let schema = ObjectBuilder::new().schema_type(Type::String);
                    schema.enum_values(Some(words)).into()
                }
            }

            impl ToSchema for $name {}
        )+};
    }

    schemas!(Rule, Severity, MapField, CardField, LaneKind);
}
