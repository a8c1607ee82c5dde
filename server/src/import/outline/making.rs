//! The map of an outline while it is read, block by block. Pure.

#![expect(clippy::similar_names, reason = "a lane and a line are two things")]

use std::collections::BTreeMap;

use cairn_protocol::map::bounds::MAX_AXIS;
use cairn_protocol::map::{JourneyMap, LaneKind, MapKind};
use pulldown_cmark::HeadingLevel;
use serde_json::{Value, json};

use super::super::axis::room_for_card;
use super::super::{Given, Trouble, UNTITLED, fields, found};
use crate::export::words;

/// A text of the map, and the line it begins on.
type Told = Option<(String, usize)>;

#[derive(Default)]
pub(super) struct Making {
    title: Told,
    scenario: Told,
    stages: Vec<Stage>,
    lanes: Vec<Lane>,
    /// By title and kind.
    known: BTreeMap<(String, &'static str), usize>,
    /// The lane of the last heading; none before a stage's first.
    lane: Option<usize>,
    cards: Vec<Value>,
    /// The line each card stands on.
    lines: Vec<usize>,
}

struct Stage {
    title: String,
    description: Told,
    line: usize,
}

struct Lane {
    title: String,
    kind: LaneKind,
    line: usize,
}

fn wrong<T>(line: usize, why: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::at(format!("line {line}"), why))
}

/// Adds a paragraph.
fn add(told: &mut Told, text: &str, line: usize) {
    match told {
        None => *told = Some((text.to_owned(), line)),
        Some((before, _)) => {
            before.push_str("\n\n");
            before.push_str(text);
        }
    }
}

fn text_of(told: &Told) -> &str {
    told.as_ref().map_or("", |(text, _)| text)
}

impl Making {
    pub(super) fn title(&self) -> Option<String> {
        let title = text_of(&self.title);
        (!title.is_empty()).then(|| title.to_owned())
    }

    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        text: String,
        line: usize,
    ) -> Result<(), Trouble> {
        match level {
            HeadingLevel::H1 if self.title.is_none() && self.stages.is_empty() => {
                self.title = Some((text, line));
            }
            HeadingLevel::H1 => {
                let why = "is a second title; stages are headings of the second level (##)";
                return wrong(line, why);
            }
            HeadingLevel::H2 => {
                if self.stages.len() == MAX_AXIS {
                    return wrong(
                        line,
                        format!("is one stage too many; a map has at most {MAX_AXIS}"),
                    );
                }
                self.stages.push(Stage {
                    title: text,
                    description: None,
                    line,
                });
                self.lane = None;
            }
            _ if self.stages.is_empty() => {
                let why = "is a lane before the first stage; stages are headings of the second level (##)";
                return wrong(line, why);
            }
            _ => {
                let kind = fields::kind(&text).unwrap_or(LaneKind::Note);
                self.lane = Some(self.lane_named(&text, kind, line)?);
            }
        }
        Ok(())
    }

    /// Below the title the scenario, below a stage its description, below a lane a card.
    pub(super) fn paragraph(&mut self, text: String, line: usize) -> Result<(), Trouble> {
        if text.is_empty() {
            return Ok(());
        }
        match (self.stages.last_mut(), self.lane) {
            (None, _) => add(&mut self.scenario, &text, line),
            (Some(stage), None) => add(&mut stage.description, &text, line),
            (Some(_), Some(_)) => self.card(&[text], line)?,
        }
        Ok(())
    }

    fn lane_named(&mut self, title: &str, kind: LaneKind, line: usize) -> Result<usize, Trouble> {
        let key = (title.to_lowercase(), kind.as_str());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let at = self.lanes.len();
        if at == MAX_AXIS {
            return wrong(
                line,
                format!("is one lane too many; a map has at most {MAX_AXIS}"),
            );
        }
        self.lanes.push(Lane {
            title: title.to_owned(),
            kind,
            line,
        });
        self.known.insert(key, at);
        Ok(at)
    }

    /// The first lane of a kind.
    fn lane_of(&mut self, kind: LaneKind, line: usize) -> Result<usize, Trouble> {
        let known = self.lanes.iter().position(|lane| lane.kind == kind);
        known.map_or_else(|| self.lane_named(words::lane_kind(kind), kind, line), Ok)
    }

    pub(super) fn card(&mut self, lines: &[String], line: usize) -> Result<(), Trouble> {
        let Some((first, rest)) = lines.split_first() else {
            return Ok(());
        };
        if self.stages.is_empty() {
            let why =
                "is a card before the first stage; stages are headings of the second level (##)";
            return wrong(line, why);
        }
        room_for_card(self.cards.len(), || format!("line {line}"))?;
        let (lane, first) = match (said(first), self.lane) {
            (Some((kind, text)), _) => (self.lane_of(kind, line)?, text),
            (None, Some(lane)) => (lane, first.as_str()),
            (None, None) => (self.lane_of(LaneKind::Note, line)?, first.as_str()),
        };
        let kind = self.lanes.get(lane).map(|lane| lane.kind);
        let (first, score) = match kind {
            Some(LaneKind::Emotion) => scored(first),
            _ => (first, None),
        };
        let rest = rest.iter().map(String::as_str);
        let text: Vec<_> = std::iter::once(first).chain(rest).collect();
        self.cards.push(json!({
            "id": format!("card-{}", self.cards.len() + 1),
            "lane": format!("l{}", lane + 1),
            "stage": format!("s{}", self.stages.len()),
            "text": text.join("\n"),
            "score": score,
        }));
        self.lines.push(line);
        Ok(())
    }

    pub(super) fn whole(self, given: &Given) -> Result<JourneyMap, Trouble> {
        if self.stages.is_empty() {
            let why = "the outline has no stage; stages are headings of the second level (##)";
            return wrong(1, why);
        }
        let stages = self.stages.iter().enumerate();
        let stages: Vec<Value> = stages
            .map(|(at, stage)| {
                json!({"id": format!("s{}", at + 1), "title": stage.title, "description": text_of(&stage.description)})
            })
            .collect();
        let lanes = self.lanes.iter().enumerate();
        let lanes: Vec<Value> = lanes
            .map(|(at, lane)| json!({"id": format!("l{}", at + 1), "kind": lane.kind.as_str(), "title": lane.title}))
            .collect();
        let title = given.title.clone().or_else(|| self.title());
        let document = json!({
            "format": "cairn.map/1",
            "title": title.unwrap_or_else(|| UNTITLED.to_owned()),
            "kind": given.kind.unwrap_or(MapKind::CurrentState).as_str(),
            "scenario": text_of(&self.scenario),
            "stages": stages, "lanes": lanes, "cards": self.cards,
        });
        JourneyMap::from_value(document).map_err(|violation| {
            found(&violation, |list, at, field| {
                self.line_of(list, at, field)
                    .map(|line| format!("line {line}"))
            })
        })
    }

    /// Where an entry of the map came from.
    fn line_of(&self, list: &str, at: usize, field: &str) -> Option<usize> {
        match (list, field) {
            ("cards", _) => self.lines.get(at).copied(),
            ("lanes", _) => Some(self.lanes.get(at)?.line),
            ("stages", "description") => Some(self.stages.get(at)?.description.as_ref()?.1),
            ("stages", _) => Some(self.stages.get(at)?.line),
            ("", "title") => Some(self.title.as_ref()?.1),
            ("", "scenario") => Some(self.scenario.as_ref()?.1),
            _ => None,
        }
    }
}

/// `Pain: the form is long` says which lane it belongs to.
fn said(text: &str) -> Option<(LaneKind, &str)> {
    let (name, text) = text.split_once(':')?;
    let name = name.trim().to_lowercase();
    let is = |kind: &&LaneKind| {
        name == words::card(**kind)
            || name == kind.as_str()
            || name == words::lane_kind(**kind).to_lowercase()
    };
    let kind = LaneKind::ALL.iter().find(is)?;
    Some((*kind, text.trim()))
}

/// `Proud of it (+1.5)`: a feeling with its score.
fn scored(text: &str) -> (&str, Option<f64>) {
    let inner = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    let Some((before, number)) = inner else {
        return (text, None);
    };
    let number = number.trim().replace('−', "-").replace(',', ".");
    match number.strip_prefix('+').unwrap_or(&number).parse::<f64>() {
        Ok(score) if score.is_finite() => (before.trim(), Some(score)),
        _ => (text, None),
    }
}
