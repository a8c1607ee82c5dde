//! A comparison as it is answered and written: its parts, in the order of the page.

use serde::Serialize;
use serde_json::Value;

use super::Word;

/// Two maps side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// What it is compared from.
    pub before: Side,
    /// What it is compared to.
    pub after: Side,
    /// Fields of the map itself: title, kind, scenario, goal, owner, review.
    pub map: Vec<FieldChange>,
    /// Whose journey it is.
    pub personas: EntryChanges,
    /// The columns.
    pub stages: EntryChanges,
    /// The rows.
    pub lanes: EntryChanges,
    /// The cards.
    pub cards: CardChanges,
    /// How it feels, stage by stage: only stages where the mean changed, or that are on one side only.
    pub curve: Vec<CurveShift>,
    /// Expectations: what became of the gap between them and what happens.
    pub gaps: Vec<GapChange>,
    /// Pains: resolved, eased, worsened, new.
    pub pains: Vec<PainChange>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Side {
    /// The map's name there.
    pub title: String,
    /// How many stages, lanes and cards.
    pub stages: usize,
    /// Lanes, hidden ones included.
    pub lanes: usize,
    /// Cards.
    pub cards: usize,
}

/// A field with another value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FieldChange {
    /// Its name in the JSON form.
    pub field: String,
    /// What it was; `null` when it was not there.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub before: Value,
    /// What it is; `null` when it is gone.
    #[cfg_attr(test, ts(type = "unknown"))]
    pub after: Value,
}

/// What became of personas, stages or lanes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EntryChanges {
    /// On the later side only, in its order.
    pub added: Vec<Named>,
    /// On the earlier side only, in its order.
    pub removed: Vec<Named>,
    /// On both, elsewhere in the order.
    pub moved: Vec<Named>,
    /// On both, called otherwise.
    pub reworded: Vec<Reworded>,
    /// On both, with other fields.
    pub changed: Vec<Changed>,
}

/// A persona, stage or lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Named {
    /// Its id on the later side, or where it is gone on the earlier.
    pub id: String,
    /// What it is called there.
    pub name: String,
}

/// An entry whose words changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Reworded {
    /// Its id on the later side.
    pub id: String,
    /// All words of both, in order.
    pub words: Vec<Word>,
}

/// An entry whose fields changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Changed {
    /// Its id on the later side.
    pub id: String,
    /// What it says or is called there.
    pub name: String,
    /// Each field with another value, by name.
    pub fields: Vec<FieldChange>,
}

/// What became of cards.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardChanges {
    /// On the later side only.
    pub added: Vec<PlacedCard>,
    /// On the earlier side only.
    pub removed: Vec<PlacedCard>,
    /// On both, in another stage or lane. Another place within its cell is no news.
    pub moved: Vec<MovedCard>,
    /// On both, with other words.
    pub reworded: Vec<Reworded>,
    /// On both, with other fields.
    pub changed: Vec<Changed>,
}

/// A card in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlacedCard {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where it is.
    pub place: CardPlace,
}

/// A cell, by its headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardPlace {
    /// The stage's title.
    pub stage: String,
    /// The lane's title.
    pub lane: String,
}

/// A card that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MovedCard {
    /// Its id on the later side.
    pub id: String,
    /// What it says there.
    pub text: String,
    /// Where it was.
    pub from: CardPlace,
    /// Where it is.
    pub to: CardPlace,
}

/// How a stage feels on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CurveShift {
    /// The stage's title, on the later side where it is there.
    pub stage: String,
    /// Mean of all scores, −2 to 2; absent where the stage or its feelings are not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub before: Option<f64>,
    /// The same on the later side.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub after: Option<f64>,
}

/// What became of an expectation's gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GapChange {
    /// The card's id.
    pub id: String,
    /// What is expected.
    pub text: String,
    /// What became of it.
    pub became: GapFate,
    /// 0 to 3; absent where it was not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub before: Option<u8>,
    /// The same on the later side.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub after: Option<u8>,
}

/// What became of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum GapFate {
    /// It was there and is 0.
    Closed,
    /// Smaller, not closed.
    Narrowed,
    /// Larger.
    Widened,
    /// There was none, or nothing was said, and now there is.
    Opened,
}

/// What became of a pain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PainChange {
    /// The card's id.
    pub id: String,
    /// What hurts; on the later side where it is there.
    pub text: String,
    /// What became of it.
    pub became: PainFate,
    /// Severity, 1 to 5; absent where it was not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub before: Option<u8>,
    /// The same on the later side.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub after: Option<u8>,
}

/// What became of a pain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PainFate {
    /// It is no pain any more, or gone.
    Resolved,
    /// Less severe.
    Eased,
    /// More severe.
    Worsened,
    /// It was not there.
    New,
}
