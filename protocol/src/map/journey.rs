//! The journey map as typed values: what a document holds once every rule has been checked.
//!
//! Made by [`JourneyMap::parse`], by [`super::read`] and by the templates; written as JSON by its
//! `Serialize`, into a document by [`super::fill`]. In all of it an empty text or list is the same
//! as none: the JSON form leaves it out. Field order is map-format's and so is the JSON's.

use super::date::Date;
use super::kinds::{Confidence, LaneKind, MapKind, SourceKind, Status};
use super::values::{Figure, Unknown};
use crate::score::Score;
use serde::Serialize;

/// A whole map: the `cairn.map/1` document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "format", rename = "cairn.map/1", rename_all = "camelCase")]
pub struct JourneyMap {
    /// The map's name.
    pub title: String,
    /// The question it answers.
    pub kind: MapKind,
    /// From where to where.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub scenario: String,
    /// The decision it serves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub goal: String,
    /// Who keeps it current.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// How often it is reviewed, and when it last was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The map a future state improves on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub current_state: String,
    /// Whose journey it is.
    pub personas: Vec<Persona>,
    /// The columns, in order on screen.
    pub stages: Vec<Stage>,
    /// The rows, in order on screen.
    pub lanes: Vec<Lane>,
    /// All cards; within a cell, in order on screen.
    pub cards: Vec<Card>,
    /// Remarks on cards.
    pub comments: Vec<Comment>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

impl JourneyMap {
    /// A map with nothing in it yet.
    pub fn new(kind: MapKind, title: impl Into<String>) -> JourneyMap {
        JourneyMap {
            title: title.into(),
            kind,
            scenario: String::new(),
            goal: String::new(),
            owner: String::new(),
            review: None,
            current_state: String::new(),
            personas: Vec::new(),
            stages: Vec::new(),
            lanes: Vec::new(),
            cards: Vec::new(),
            comments: Vec::new(),
            extra: Unknown::new(),
        }
    }

    /// The day the next review is due: `lastReviewed` + `everyDays`. `None` while either is unset.
    pub fn review_due(&self) -> Option<Date> {
        self.review.as_ref().and_then(Review::due)
    }
}

/// The review cadence.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Days between reviews, 1–36,500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every_days: Option<u32>,
    /// The day of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reviewed: Option<Date>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

impl Review {
    /// The day the next review is due. `None` while either field is unset.
    pub fn due(&self) -> Option<Date> {
        self.last_reviewed?.plus_days(self.every_days?)
    }
}

/// Whose journey it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Persona {
    /// Unique among the personas.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Who they are in this journey.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The one the map is drawn for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
    /// What they would say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// What they want to reach.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// What they need on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What gets in their way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub frustrations: Vec<String>,
    /// Their story.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bio: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

/// A column: a part of the journey in the customer's words.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stage {
    /// Unique among the stages.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What belongs into it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

/// A row: one kind of cards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// Unique among the lanes.
    pub id: String,
    /// What its cards are.
    pub kind: LaneKind,
    /// Its heading.
    pub title: String,
    /// Folded away on screen. Absent means shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

/// One card in the cell of its lane and stage. The meaning of most fields depends on the lane's
/// kind (map-format's table); a card that moved keeps what it had.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Unique among the cards.
    pub id: String,
    /// Its lane's id.
    pub lane: String,
    /// Its stage's id.
    pub stage: String,
    /// What it says.
    pub text: String,
    /// Touchpoint: by which way.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Touchpoint: false where it is beyond your control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned: Option<bool>,
    /// Touchpoint: where the journey is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment_of_truth: Option<bool>,
    /// Expectation: what happens instead.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub actual: String,
    /// Expectation: how far the two are apart, 0–3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<u8>,
    /// Emotion: −2 … +2 in halves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// Emotion: whose feeling, a persona's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// Emotion: what they say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Pain: how bad, 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<u8>,
    /// Opportunity: worth to the customer, 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impact: Option<u8>,
    /// Opportunity: worth to the business, a whole number 1–5. Elsewhere: a metric's figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Figure>,
    /// Opportunity: cost, 1–5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<u8>,
    /// Opportunity: how far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Opportunity: who does it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Opportunity: by when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Opportunity: ids of the pain and expectation cards it answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// Blueprint: who does it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub actor: String,
    /// Blueprint: where the service tends to fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_point: Option<bool>,
    /// Metric: unit of the figure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Metric: where the figure should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Figure>,
    /// As written; see [`Card::effective_confidence`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// What the card rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// `#rrggbb`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub color: String,
    /// Who wrote it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// RFC 3339.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub created_at: String,
    /// The day somebody last changed it after it was written (MAP-38).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_touched: Option<Date>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

impl Card {
    /// What the card counts as: `evidence` as soon as it has a source, else what `confidence` says,
    /// else an assumption (MAP-17).
    pub fn effective_confidence(&self) -> Confidence {
        if self.sources.is_empty() {
            self.confidence.unwrap_or(Confidence::Assumption)
        } else {
            Confidence::Evidence
        }
    }
}

/// What a card rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Where it comes from.
    pub kind: SourceKind,
    /// Which one.
    pub title: String,
    /// Where to find it. Any text; a link only when it is http(s).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The words that matter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}

/// A remark on a card.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Comment {
    /// Unique among the comments.
    pub id: String,
    /// The card it is about.
    pub card: String,
    /// Who wrote it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When, RFC 3339.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// What it says.
    pub text: String,
    /// Settled. Absent means open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<bool>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Unknown,
}
