//! Every rule of the JSON form, entry by entry: from untyped JSON to a typed map.
//!
//! Called by `json` (strict), by `read` (tolerant) and by the write operations (one entry).
//! Must never accept in one mode what the other would refuse: what the tolerant reader returns
//! passes the strict one.

use super::bounds::{MAX_AXIS, MAX_CARDS, MAX_COMMENTS, MAX_REVIEW_DAYS};
use super::entries::{Known, card, comment, lane, persona, stage};
use super::fields::{Fields, Reader, is_id, shown};
use super::journey::{Card, JourneyMap, Lane, Review};
use super::kinds::{LaneKind, MapKind};
use super::schema::{Collection, FORMAT, ORDER};
use super::violation::{At, Violation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a whole map.
pub(super) fn journey(reader: &mut Reader, value: Value) -> Result<JourneyMap, Violation> {
    let at = At::MAP;
    let Value::Object(object) = value else {
        return Err(at.broken(format!("must be an object, not {}", shown(&value))));
    };
    let mut map = Fields::new(reader, &at, object);
    format_tag(&mut map)?;
    let title = map.required_text("title")?;
    let kind = map.required_word("kind", MapKind::CurrentState)?;
    let scenario = map.text("scenario")?;
    let goal = map.text("goal")?;
    let owner = map.text("owner")?;
    let review = match map.take("review") {
        Some(value) => review(map.reader, &map.at.field("review"), value)?,
        None => None,
    };
    let current_state = map.text("currentState")?;

    let mut known = Known::default();
    let personas = entries(&mut map, "personas", MAX_AXIS, persona)?;
    known.personas = Some(personas.iter().map(|p| p.id.clone()).collect());
    let stages = entries(&mut map, "stages", MAX_AXIS, stage)?;
    known.stages = Some(stages.iter().map(|s| s.id.clone()).collect());
    let lanes = entries(&mut map, "lanes", MAX_AXIS, lane)?;
    known.lanes = Some(lanes.iter().map(|l| (l.id.clone(), l.kind)).collect());
    let mut cards = entries(&mut map, "cards", MAX_CARDS, |id, f| card(id, f, &known))?;
    known.cards = Some(kinds_of(&cards, &lanes));
    addresses(&mut map, &mut cards, &known)?;
    let comments = entries(&mut map, "comments", MAX_COMMENTS, |id, fields| {
        comment(id, fields, &known)
    })?;
    let extra = map.unknown()?;
    Ok(JourneyMap {
        title,
        kind,
        scenario,
        goal,
        owner,
        review,
        current_state,
        personas,
        stages,
        lanes,
        cards,
        comments,
        extra,
    })
}

fn format_tag(map: &mut Fields) -> Result<(), Violation> {
    match map.take("format") {
        Some(Value::String(tag)) if tag == FORMAT => Ok(()),
        Some(other) => map.broken(
            "format",
            format!("must be \"{FORMAT}\", not {}", shown(&other)),
        ),
        None => map.broken("format", format!("is required: \"{FORMAT}\"")),
    }
}

fn kinds_of(cards: &[Card], lanes: &[Lane]) -> BTreeMap<String, LaneKind> {
    let lanes: BTreeMap<&str, LaneKind> = lanes.iter().map(|l| (l.id.as_str(), l.kind)).collect();
    let kind = |card: &Card| {
        lanes
            .get(card.lane.as_str())
            .map(|kind| (card.id.clone(), *kind))
    };
    cards.iter().filter_map(kind).collect()
}

/// Reads a review by itself, tolerantly.
pub(super) fn review_alone(value: Value) -> Option<Review> {
    let mut reader = Reader::Tolerant(Vec::new());
    review(&mut reader, &At::MAP.field("review"), value)
        .ok()
        .flatten()
}

fn review(reader: &mut Reader, at: &At, value: Value) -> Result<Option<Review>, Violation> {
    let Value::Object(object) = value else {
        reader.broken(at, format!("must be an object, not {}", shown(&value)))?;
        return Ok(None);
    };
    let mut fields = Fields::new(reader, at, object);
    Ok(Some(Review {
        every_days: fields.whole("everyDays", 1, MAX_REVIEW_DAYS)?,
        last_reviewed: fields.date("lastReviewed")?,
        extra: fields.unknown()?,
    }))
}

/// Reads one of the five arrays. `one` returns `None` for an entry to be left out.
fn entries<T>(
    map: &mut Fields,
    name: &str,
    most: usize,
    one: impl Fn(String, Fields) -> Result<Option<T>, Violation>,
) -> Result<Vec<T>, Violation> {
    let values = map.list(name, most)?;
    let at = map.at.field(name);
    let mut ids = BTreeSet::new();
    let mut entries = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let at = at.item(index);
        let Value::Object(object) = value else {
            map.reader
                .broken(&at, format!("must be an object, not {}", shown(&value)))?;
            continue;
        };
        let mut fields = Fields::new(map.reader, &at, object);
        let Some(id) = id(&mut fields)? else { continue };
        if !ids.insert(id.clone()) {
            fields.broken("id", format!("\"{id}\" is already used in {name}"))?;
            continue;
        }
        entries.extend(one(id, fields)?);
    }
    Ok(entries)
}

/// An entry's id; with it, that the entry leaves the document's own key alone (MAP-10).
fn id(fields: &mut Fields) -> Result<Option<String>, Violation> {
    if fields.take(ORDER).is_some() {
        fields.broken(
            ORDER,
            "is reserved: the order of the array is the order on screen",
        )?;
    }
    match fields.take("id") {
        Some(Value::String(id)) if is_id(&id) => return Ok(Some(id)),
        Some(other) => {
            let message = "must be 1 to 64 characters of A-Z a-z 0-9 _ -, not";
            fields.broken("id", format!("{message} {}", shown(&other)))?;
        }
        None => fields.broken("id", "is required")?,
    }
    Ok(None)
}

/// Checks what the cards address, once all cards are known: the first may address the last.
fn addresses(map: &mut Fields, cards: &mut [Card], known: &Known) -> Result<(), Violation> {
    let Some(kinds) = &known.cards else {
        return Ok(());
    };
    let at = map.at.field("cards");
    for (index, card) in cards.iter_mut().enumerate() {
        let at = at.item(index);
        let at = at.field("addresses");
        let mut kept = Vec::with_capacity(card.addresses.len());
        for (index, id) in std::mem::take(&mut card.addresses).into_iter().enumerate() {
            let message = match kinds.get(&id) {
                Some(kind) if kind.is_addressable() => {
                    kept.push(id);
                    continue;
                }
                Some(kind) => {
                    format!("\"{id}\" is in a lane of kind {kind}, not pain or expectation")
                }
                None => format!("no card {}", shown(&Value::String(id))),
            };
            map.reader.broken(&at.item(index), message)?;
        }
        card.addresses = kept;
    }
    Ok(())
}

/// Checks one entry by itself against the strict rules; references to other entries are only
/// checked for their form. `lane` is the kind of the lane a card is in. For the write operations.
pub(super) fn one(
    collection: Collection,
    entry: Value,
    lane: Option<LaneKind>,
) -> Result<(), Violation> {
    let Value::Object(object) = entry else {
        return Err(At::MAP.broken("an entry must be an object"));
    };
    let known = Known {
        lanes: match (lane, object.get("lane").and_then(Value::as_str)) {
            (Some(kind), Some(id)) => Some(BTreeMap::from([(id.to_owned(), kind)])),
            _ => None,
        },
        ..Known::default()
    };
    let root = At::MAP.field(collection.entry());
    let mut reader = Reader::Strict;
    let mut fields = Fields::new(&mut reader, &root, object);
    let Some(id) = id(&mut fields)? else {
        return Ok(());
    };
    match collection {
        Collection::Personas => persona(id, fields).map(drop),
        Collection::Stages => stage(id, fields).map(drop),
        Collection::Lanes => super::entries::lane(id, fields).map(drop),
        Collection::Cards => card(id, fields, &known).map(drop),
        Collection::Comments => comment(id, fields, &known).map(drop),
    }
}

/// Checks one field of the map itself against the strict rules, for the write operations.
pub(super) fn meta_field(name: &str, value: Value) -> Result<(), Violation> {
    let mut map = serde_json::json!({"format": FORMAT, "title": "", "kind": "current-state"});
    if let Some(fields) = map.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
    journey(&mut Reader::Strict, map).map(drop)
}
