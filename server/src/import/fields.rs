//! What a column of a table can be: its name, the titles it is known by, and how its text becomes a field of a card. Pure.

use cairn_protocol::map::{LaneKind, SourceKind, Status};
use serde_json::{Value, json};

use crate::export::words;

/// How a column's text becomes a value of the JSON form. What is not understood is passed on as it is: the rule of the field then says what
/// would be right.
#[derive(Clone, Copy)]
pub(super) enum Take {
    Text(fn(&str) -> Value),
    /// A number, by how the whole column writes them (`numbers.rs`).
    Number,
}

/// A field.
pub(super) struct Field {
    /// As `columns` names it.
    pub(super) name: &'static str,
    /// As an export titles it.
    pub(super) title: &'static str,
    /// What it is called elsewhere, in lower case.
    also: &'static [&'static str],
    /// The field of a card; nothing for what says where the card lies.
    pub(super) card: Option<(&'static str, Take)>,
}

const fn place(name: &'static str, title: &'static str, also: &'static [&'static str]) -> Field {
    Field {
        name,
        title,
        also,
        card: None,
    }
}

const fn card(
    name: &'static str,
    title: &'static str,
    also: &'static [&'static str],
    field: &'static str,
    take: Take,
) -> Field {
    Field {
        name,
        title,
        also,
        card: Some((field, take)),
    }
}

/// Every field, in the order of an export.
pub(super) const ALL: &[Field] = &[
    place("stageNumber", "Stage no.", &["stage number", "stage #"]),
    place(
        "stage",
        "Stage",
        &["phase", "step", "journey stage", "column"],
    ),
    place("laneNumber", "Lane no.", &["lane number", "lane #"]),
    place(
        "lane",
        "Lane",
        &["row", "layer", "swimlane", "category", "topic"],
    ),
    place("kind", "Kind", &["lane kind", "type", "card type"]),
    card(
        "card",
        "Card",
        &[
            "text",
            "note",
            "sticky",
            "sticky note",
            "title",
            "description",
            "content",
            "item",
        ],
        "text",
        Take::Text(text),
    ),
    card(
        "channel",
        "Channel",
        &["channels", "medium"],
        "channel",
        Take::Text(text),
    ),
    card(
        "ours",
        "Ours",
        &["owned", "under our control"],
        "owned",
        Take::Text(flag),
    ),
    card(
        "momentOfTruth",
        "Moment of truth",
        &["mot"],
        "momentOfTruth",
        Take::Text(flag),
    ),
    card(
        "actual",
        "Actually",
        &["actual", "what happens", "reality"],
        "actual",
        Take::Text(text),
    ),
    card("gap", "Gap", &["expectation gap"], "gap", Take::Number),
    card(
        "feeling",
        "Feeling",
        &["emotion", "sentiment", "mood", "emotion score"],
        "score",
        Take::Number,
    ),
    place("persona", "Persona", &["who", "customer", "actor persona"]),
    card(
        "quote",
        "Quote",
        &["verbatim", "voice of the customer"],
        "quote",
        Take::Text(text),
    ),
    card(
        "severity",
        "Severity",
        &["pain severity", "pain level"],
        "severity",
        Take::Number,
    ),
    card(
        "impact",
        "Impact",
        &["customer impact"],
        "impact",
        Take::Number,
    ),
    card(
        "value",
        "Value",
        &["business value", "figure"],
        "value",
        Take::Number,
    ),
    card(
        "effort",
        "Effort",
        &["cost", "complexity"],
        "effort",
        Take::Number,
    ),
    card(
        "status",
        "Status",
        &["state", "progress"],
        "status",
        Take::Text(status),
    ),
    card(
        "owner",
        "Owner",
        &["responsible", "assignee"],
        "owner",
        Take::Text(text),
    ),
    card(
        "due",
        "Due",
        &["due date", "deadline"],
        "due",
        Take::Text(text),
    ),
    card(
        "actor",
        "Actor",
        &["performed by"],
        "actor",
        Take::Text(text),
    ),
    card(
        "failPoint",
        "Fail point",
        &["failure point"],
        "failPoint",
        Take::Text(flag),
    ),
    card("unit", "Unit", &[], "unit", Take::Text(text)),
    card("target", "Target", &["goal"], "target", Take::Number),
    card(
        "confidence",
        "Confidence",
        &["evidence or assumption"],
        "confidence",
        Take::Text(lower),
    ),
    card(
        "sources",
        "Sources",
        &["source", "evidence source"],
        "sources",
        Take::Text(sources),
    ),
    card("color", "Colour", &["color"], "color", Take::Text(text)),
    card(
        "author",
        "Author",
        &["written by", "created by"],
        "author",
        Take::Text(text),
    ),
    card(
        "written",
        "Written",
        &["created", "created at"],
        "createdAt",
        Take::Text(text),
    ),
    card(
        "lastTouched",
        "Last touched",
        &["changed", "updated"],
        "lastTouched",
        Take::Text(text),
    ),
    place("laneHidden", "Lane hidden", &["hidden"]),
    card("id", "Id", &["card id"], "id", Take::Text(text)),
    card(
        "addresses",
        "Ids addressed",
        &[],
        "addresses",
        Take::Text(ids),
    ),
];

pub(super) fn named(name: &str) -> Option<&'static Field> {
    ALL.iter().find(|field| field.name == name)
}

/// The field that a column of this title is taken for.
pub(super) fn guessed(title: &str) -> Option<&'static Field> {
    let title = words::one_line(title).to_lowercase();
    let exact = ALL.iter().find(|field| field.title.to_lowercase() == title);
    exact.or_else(|| {
        ALL.iter()
            .find(|field| field.also.contains(&title.as_str()))
    })
}

/// The field of a card that a rule of the map names.
pub(super) fn of_card(field: &str) -> Option<&'static Field> {
    ALL.iter()
        .find(|one| one.card.is_some_and(|(card, _)| card == field))
}

/// The kind of a lane, by its word, its name, or what it is called in many maps. Notes are what is left.
pub(super) fn kind(text: &str) -> Option<LaneKind> {
    let text = words::one_line(text).to_lowercase();
    let known = LaneKind::ALL.iter().copied().find(|kind| {
        text == kind.as_str()
            || text == words::lane_kind(*kind).to_lowercase()
            || text == words::card(*kind)
    });
    known.or_else(|| {
        let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
        Some(match () {
            () if has(&["touchpoint", "touch point", "channel", "interaction"]) => {
                LaneKind::Touchpoint
            }
            () if has(&[
                "opportunit",
                "idea",
                "solution",
                "improvement",
                "recommendation",
            ]) =>
            {
                LaneKind::Opportunity
            }
            () if has(&["pain", "frustration", "problem", "friction", "barrier"]) => LaneKind::Pain,
            () if has(&["emotion", "feel", "sentiment", "mood"]) => LaneKind::Emotion,
            () if has(&["expect", "need"]) => LaneKind::Expectation,
            () if has(&["backstage", "back stage", "back-stage"]) => LaneKind::Backstage,
            () if has(&["frontstage", "front stage", "front-stage", "onstage"]) => {
                LaneKind::Frontstage
            }
            () if has(&["support process", "support system"]) => LaneKind::Support,
            () if has(&["physical evidence"]) => LaneKind::Evidence,
            () if has(&["metric", "kpi", "figure", "measure"]) => LaneKind::Metric,
            () if has(&["action", "doing", "activit", "what they do", "steps"]) => LaneKind::Action,
            () => return None,
        })
    })
}

fn text(text: &str) -> Value {
    json!(text)
}

fn lower(text: &str) -> Value {
    json!(text.to_lowercase())
}

pub(super) fn flag(text: &str) -> Value {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "1" | "✓" => json!(true),
        "no" | "n" | "false" | "0" | "-" => json!(false),
        _ => json!(text),
    }
}

fn status(text: &str) -> Value {
    let known = Status::ALL
        .iter()
        .find(|status| words::status(**status).eq_ignore_ascii_case(text));
    known.map_or_else(|| lower(text), |status| json!(status.as_str()))
}

fn ids(text: &str) -> Value {
    json!(text.split_whitespace().collect::<Vec<_>>())
}

/// Lines such as `Interview: Five renters https://example.org “It took all day”`.
fn sources(text: &str) -> Value {
    let source = |line: &str| {
        let (kind, rest) = line
            .split_once(':')
            .and_then(|(kind, rest)| {
                let kind = SourceKind::ALL
                    .iter()
                    .find(|one| words::source(**one).eq_ignore_ascii_case(kind.trim()));
                Some((*kind?, rest.trim()))
            })
            .unwrap_or((SourceKind::Other, line));
        let (rest, quote) = match rest
            .strip_suffix('”')
            .and_then(|rest| rest.rsplit_once('“'))
        {
            Some((rest, quote)) => (rest.trim(), quote),
            None => (rest, ""),
        };
        let is_address = |word: &str| word.starts_with("https://") || word.starts_with("http://");
        let (title, url) = match rest.rsplit_once(' ') {
            Some((title, url)) if is_address(url) => (title.trim(), url),
            None if is_address(rest) => ("", rest),
            _ => (rest, ""),
        };
        json!({"kind": kind.as_str(), "title": title, "url": url, "quote": quote})
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    json!(lines.map(source).collect::<Vec<_>>())
}
