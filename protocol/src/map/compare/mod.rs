//! What is different between two maps, or two moments of one: stages, lanes and cards added, removed, moved and reworded, the curve
//! shifted, gaps closed, pains resolved (COMPARE in SPEC.md).
//!
//! Pure; called by `GET /api/maps/{id}/compare` and `cairn compare`. [`matching`] says what is the same on both sides, [`words`] how a
//! text was reworded, [`findings`] what it means for the customer, [`markdown`] writes it down.

mod findings;
mod markdown;
mod matching;
mod parts;
#[cfg(test)]
mod tests;
mod words;

use serde::Serialize;
use serde_json::Value;

use super::{Card, JourneyMap, Lane, Persona, Stage};
use matching::{Pairs, cards, moved, named};
pub use parts::{
    CardChanges, CardPlace, Changed, Comparison, CurveShift, EntryChanges, FieldChange, GapChange,
    GapFate, MovedCard, Named, PainChange, PainFate, PlacedCard, Reworded, Side,
};
pub use words::{Word, WordKind};

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

impl EntryChanges {
    /// How many were added, removed, moved, reworded and changed.
    pub fn numbers(&self) -> [usize; 5] {
        let (moved, reworded) = (self.moved.len(), self.reworded.len());
        [
            self.added.len(),
            self.removed.len(),
            moved,
            reworded,
            self.changed.len(),
        ]
    }
}

impl CardChanges {
    /// How many were added, removed, moved, reworded and changed.
    pub fn numbers(&self) -> [usize; 5] {
        let (moved, reworded) = (self.moved.len(), self.reworded.len());
        [
            self.added.len(),
            self.removed.len(),
            moved,
            reworded,
            self.changed.len(),
        ]
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
