//! The rules of one entry: persona, stage, lane, card with its sources, comment.
//!
//! Called by `check` only, with an id already checked. `None` leaves the entry out (tolerant only).

use super::bounds::MAX_LIST;
use super::fields::{Fields, is_id, shown};
use super::journey::{Card, Comment, Lane, Persona, Source, Stage};
use super::kinds::{LaneKind, SourceKind};
use super::values::Figure;
use super::violation::Violation;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the ids in a card or comment may name. `None` leaves references unchecked.
#[derive(Default)]
pub(super) struct Known {
    pub(super) personas: Option<BTreeSet<String>>,
    pub(super) stages: Option<BTreeSet<String>>,
    pub(super) lanes: Option<BTreeMap<String, LaneKind>>,
    pub(super) cards: Option<BTreeMap<String, LaneKind>>,
}

/// A reference to an entry, if it is there and names one. `exists` of `None` means unchecked.
fn reference(
    fields: &mut Fields,
    name: &str,
    what: &str,
    exists: impl FnOnce(&str) -> Option<bool>,
) -> Result<Option<String>, Violation> {
    let Some(value) = fields.take(name) else {
        return Ok(None);
    };
    let Value::String(id) = value else {
        fields.broken(
            name,
            format!("must be the id of a {what}, not {}", shown(&value)),
        )?;
        return Ok(None);
    };
    if id.is_empty() {
        return Ok(None);
    }
    if !exists(&id).unwrap_or_else(|| is_id(&id)) {
        fields.broken(name, format!("no {what} {}", shown(&Value::String(id))))?;
        return Ok(None);
    }
    Ok(Some(id))
}

/// A reference that must be there: `None` (tolerant only) leaves the whole entry out.
fn required_reference(
    fields: &mut Fields,
    name: &str,
    what: &str,
    exists: impl FnOnce(&str) -> Option<bool>,
) -> Result<Option<String>, Violation> {
    let mut asked = false;
    let id = reference(fields, name, what, |id| {
        asked = true;
        exists(id)
    })?;
    if id.is_none() && !asked {
        fields.broken(name, "is required")?;
    }
    Ok(id)
}

pub(super) fn persona(id: String, mut fields: Fields) -> Result<Option<Persona>, Violation> {
    Ok(Some(Persona {
        id,
        name: fields.required_text("name")?,
        role: fields.text("role")?,
        primary: fields.flag("primary")?,
        quote: fields.text("quote")?,
        goals: fields.texts("goals")?,
        needs: fields.texts("needs")?,
        frustrations: fields.texts("frustrations")?,
        bio: fields.text("bio")?,
        extra: fields.unknown()?,
    }))
}

pub(super) fn stage(id: String, mut fields: Fields) -> Result<Option<Stage>, Violation> {
    Ok(Some(Stage {
        id,
        title: fields.required_text("title")?,
        description: fields.text("description")?,
        extra: fields.unknown()?,
    }))
}

pub(super) fn lane(id: String, mut fields: Fields) -> Result<Option<Lane>, Violation> {
    Ok(Some(Lane {
        id,
        kind: fields.required_word("kind", LaneKind::Note)?,
        title: fields.required_text("title")?,
        hidden: fields.flag("hidden")?,
        extra: fields.unknown()?,
    }))
}

pub(super) fn card(
    id: String,
    mut fields: Fields,
    known: &Known,
) -> Result<Option<Card>, Violation> {
    let lanes = known.lanes.as_ref();
    let lane = required_reference(&mut fields, "lane", "lane", |id| {
        lanes.map(|l| l.contains_key(id))
    })?;
    let stage = required_reference(&mut fields, "stage", "stage", |id| {
        known.stages.as_ref().map(|stages| stages.contains(id))
    })?;
    let (Some(lane), Some(stage)) = (lane, stage) else {
        return Ok(None);
    };
    let kind = lanes.and_then(|lanes| lanes.get(&lane)).copied();
    Ok(Some(Card {
        id,
        lane,
        stage,
        text: fields.required_text("text")?,
        channel: fields.text("channel")?,
        owned: fields.flag("owned")?,
        moment_of_truth: fields.flag("momentOfTruth")?,
        actual: fields.text("actual")?,
        gap: fields.grade("gap", 0, 3)?,
        score: fields.score()?,
        persona: reference(&mut fields, "persona", "persona", |id| {
            known
                .personas
                .as_ref()
                .map(|personas| personas.contains(id))
        })?,
        quote: fields.text("quote")?,
        severity: fields.grade("severity", 1, 5)?,
        impact: fields.grade("impact", 1, 5)?,
        value: value(&mut fields, kind)?,
        effort: fields.grade("effort", 1, 5)?,
        status: fields.word("status")?,
        owner: fields.text("owner")?,
        due: fields.date("due")?,
        addresses: fields.texts("addresses")?,
        actor: fields.text("actor")?,
        fail_point: fields.flag("failPoint")?,
        unit: fields.text("unit")?,
        target: fields.figure("target")?,
        confidence: fields.word("confidence")?,
        sources: sources(&mut fields)?,
        color: fields.color()?,
        author: fields.text("author")?,
        created_at: fields.moment("createdAt")?,
        last_touched: fields.date("lastTouched")?,
        extra: fields.unknown()?,
    }))
}

/// `value` is a grade in an opportunity lane and a figure everywhere else (MAP-12).
fn value(fields: &mut Fields, kind: Option<LaneKind>) -> Result<Option<Figure>, Violation> {
    if kind == Some(LaneKind::Opportunity) {
        return Ok(fields
            .grade("value", 1, 5)?
            .map(|grade| Figure::Number(grade.into())));
    }
    fields.figure("value")
}

fn sources(fields: &mut Fields) -> Result<Vec<Source>, Violation> {
    let values = fields.list("sources", MAX_LIST)?;
    let at = fields.at.field("sources");
    let mut sources = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let at = at.item(index);
        let Value::Object(object) = value else {
            fields
                .reader
                .broken(&at, format!("must be an object, not {}", shown(&value)))?;
            continue;
        };
        sources.push(source(Fields::new(fields.reader, &at, object))?);
    }
    Ok(sources)
}

fn source(mut fields: Fields) -> Result<Source, Violation> {
    Ok(Source {
        kind: fields.required_word("kind", SourceKind::Other)?,
        title: fields.required_text("title")?,
        url: fields.text("url")?,
        quote: fields.text("quote")?,
        extra: fields.unknown()?,
    })
}

pub(super) fn comment(
    id: String,
    mut fields: Fields,
    known: &Known,
) -> Result<Option<Comment>, Violation> {
    let card = required_reference(&mut fields, "card", "card", |id| {
        known.cards.as_ref().map(|cards| cards.contains_key(id))
    })?;
    let Some(card) = card else { return Ok(None) };
    Ok(Some(Comment {
        id,
        card,
        author: fields.text("author")?,
        at: fields.moment("at")?,
        text: fields.required_text("text")?,
        resolved: fields.flag("resolved")?,
        extra: fields.unknown()?,
    }))
}
