//! What is different between two maps, or two moments of one: stages, lanes and cards added, removed, moved and reworded, the curve
//! shifted, gaps closed, pains resolved (COMPARE in SPEC.md).
//!
//! Pure; called by `GET /api/maps/{id}/compare` and `cairn compare`. [`matching`] says what is the same on both sides, [`words`] how a
//! text was reworded, [`findings`] what it means for the customer, [`markdown`] writes it down.

mod findings;
mod markdown;
mod matching;
#[cfg(test)]
mod tests;
mod words;

use serde::Serialize;
use serde_json::Value;

use super::{Card, JourneyMap, Lane, Persona, Stage};
use matching::{Pairs, cards, moved, named};
pub use words::{Word, WordKind};

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

impl Comparison {
    /// Whether there is no difference at all.
    pub fn is_empty(&self) -> bool {
        let none = |entries: &EntryChanges| *entries == EntryChanges::default();
        self.map.is_empty()
            && none(&self.personas)
            && none(&self.stages)
            && none(&self.lanes)
            && self.cards == CardChanges::default()
    }

    /// As Markdown, for people.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }
}

/// Compares two maps.
pub fn compare(before: &JourneyMap, after: &JourneyMap) -> Comparison {
    let stages = named(
        &before.stages,
        &after.stages,
        |one| (&one.id, &one.title),
        |_| "",
    );
    let lanes = named(
        &before.lanes,
        &after.lanes,
        |one| (&one.id, &one.title),
        |one| one.kind.as_str(),
    );
    let personas = named(
        &before.personas,
        &after.personas,
        |one| (&one.id, &one.name),
        |_| "",
    );
    let cards = cards(before, after, &stages, &lanes);
    Comparison {
        before: side(before),
        after: side(after),
        map: map_fields(before, after),
        personas: entries(
            &personas,
            |one: &Persona| (&one.id, &one.name),
            &["id", "name"],
        ),
        stages: entries(
            &stages,
            |one: &Stage| (&one.id, &one.title),
            &["id", "title"],
        ),
        lanes: entries(&lanes, |one: &Lane| (&one.id, &one.title), &["id", "title"]),
        curve: findings::curve(before, after, &stages),
        gaps: findings::gaps(before, after, &cards),
        pains: findings::pains(before, after, &cards),
        cards: card_changes(before, after, &cards, &stages, &lanes),
    }
}

fn side(map: &JourneyMap) -> Side {
    Side {
        title: map.title.clone(),
        stages: map.stages.len(),
        lanes: map.lanes.len(),
        cards: map.cards.len(),
    }
}

fn map_fields(before: &JourneyMap, after: &JourneyMap) -> Vec<FieldChange> {
    let lists = ["format", "personas", "stages", "lanes", "cards", "comments"];
    fields(before, after, &lists)
}

/// The fields of two JSON objects that differ, but for these.
fn fields<T: Serialize>(before: &T, after: &T, but: &[&str]) -> Vec<FieldChange> {
    let object = |one: &T| {
        let json = serde_json::to_value(one).unwrap_or_default();
        json.as_object().cloned().unwrap_or_default()
    };
    let (before, after) = (object(before), object(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let value = |fields: &serde_json::Map<String, Value>, name: &str| {
        fields.get(name).cloned().unwrap_or(Value::Null)
    };
    names
        .into_iter()
        .filter(|name| !but.contains(&name.as_str()))
        .map(|name| FieldChange {
            field: name.clone(),
            before: value(&before, name),
            after: value(&after, name),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

fn entries<'m, T: Serialize>(
    pairs: &Pairs<'m, T>,
    name: impl Fn(&'m T) -> (&'m String, &'m String),
    but: &[&str],
) -> EntryChanges {
    let named = |one: &'m T| {
        let (id, name) = name(one);
        Named {
            id: id.clone(),
            name: name.clone(),
        }
    };
    let both = || pairs.both.iter().copied();
    EntryChanges {
        added: pairs.added.iter().map(|one| named(one)).collect(),
        removed: pairs.removed.iter().map(|one| named(one)).collect(),
        moved: moved(pairs).into_iter().map(named).collect(),
        reworded: both()
            .filter(|(before, after)| name(before).1 != name(after).1)
            .map(|(before, after)| Reworded {
                id: name(after).0.clone(),
                words: words::between(name(before).1, name(after).1),
            })
            .collect(),
        changed: both()
            .map(|(before, after)| Changed {
                id: name(after).0.clone(),
                name: name(after).1.clone(),
                fields: fields(before, after, but),
            })
            .filter(|changed| !changed.fields.is_empty())
            .collect(),
    }
}

fn card_changes(
    before: &JourneyMap,
    after: &JourneyMap,
    cards: &Pairs<'_, Card>,
    stages: &Pairs<'_, Stage>,
    lanes: &Pairs<'_, Lane>,
) -> CardChanges {
    // Who touched a card and when is history, not content; references by id may lead to the same entry under another id.
    let but = [
        "id",
        "lane",
        "stage",
        "text",
        "author",
        "createdAt",
        "lastTouched",
    ];
    let both = || cards.both.iter().copied();
    let same_place = |one: &Card, other: &Card| {
        let stage = stages.counterpart(&one.stage, |stage| &stage.id);
        let lane = lanes.counterpart(&one.lane, |lane| &lane.id);
        stage == Some(&other.stage) && lane == Some(&other.lane)
    };
    CardChanges {
        added: cards.added.iter().map(|card| placed(after, card)).collect(),
        removed: cards
            .removed
            .iter()
            .map(|card| placed(before, card))
            .collect(),
        moved: both()
            .filter(|(one, other)| !same_place(one, other))
            .map(|(one, other)| MovedCard {
                id: other.id.clone(),
                text: other.text.clone(),
                from: place(before, one),
                to: place(after, other),
            })
            .collect(),
        reworded: both()
            .filter(|(one, other)| one.text != other.text)
            .map(|(one, other)| Reworded {
                id: other.id.clone(),
                words: words::between(&one.text, &other.text),
            })
            .collect(),
        changed: both()
            .map(|(one, other)| Changed {
                id: other.id.clone(),
                name: other.text.clone(),
                fields: fields(one, other, &but),
            })
            .filter(|changed| !changed.fields.is_empty())
            .collect(),
    }
}

fn placed(map: &JourneyMap, card: &Card) -> PlacedCard {
    PlacedCard {
        id: card.id.clone(),
        text: card.text.clone(),
        place: place(map, card),
    }
}

fn place(map: &JourneyMap, card: &Card) -> CardPlace {
    let stage = map.stages.iter().find(|stage| stage.id == card.stage);
    let lane = map.lanes.iter().find(|lane| lane.id == card.lane);
    CardPlace {
        stage: stage.map(|stage| stage.title.clone()).unwrap_or_default(),
        lane: lane.map(|lane| lane.title.clone()).unwrap_or_default(),
    }
}
