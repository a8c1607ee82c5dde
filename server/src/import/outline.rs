//! An outline in Markdown as a map (IMPORT-5): the title, its stages, their lanes, and lists of cards. Pure.
//!
//! ```markdown
//! # Renting a flat
//! From first search to the first month in the flat
//! ## Search
//! ### Actions
//! - Compares listings
//! - Pain: the same flat is listed three times
//! ```

#![expect(clippy::similar_names, reason = "a lane and a line are two things")]

use cairn_protocol::map::{JourneyMap, LaneKind, MapKind};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use super::{Given, Read, Trouble, UNTITLED, fields, found};
use crate::export::words::{self, one_line};

/// What is being read, and the map so far.
struct Outline {
    title: Option<String>,
    scenario: String,
    stages: Vec<Value>,
    lanes: Vec<(String, LaneKind)>,
    /// The lane of the last heading; none before a stage's first.
    lane: Option<usize>,
    cards: Vec<Value>,
    /// The line each card stands on.
    lines: Vec<usize>,
}

/// Reads an outline.
pub(crate) fn outline(text: &str, given: &Given) -> Read {
    Read {
        map: map(text, given),
        columns: Vec::new(),
        shape: None,
    }
}

fn map(text: &str, given: &Given) -> Result<JourneyMap, Trouble> {
    let mut outline = Outline {
        title: None,
        scenario: String::new(),
        stages: Vec::new(),
        lanes: Vec::new(),
        lane: None,
        cards: Vec::new(),
        lines: Vec::new(),
    };
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let line_of = |offset: usize| starts.partition_point(|start| *start <= offset);
    let mut words = String::new();
    let mut depth = 0_usize;
    // Items within items: each is a line of the outermost one's card.
    let mut item: Option<(usize, Vec<String>)> = None;
    for (event, range) in
        Parser::new_ext(text, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES).into_offset_iter()
    {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => words.clear(),
            Event::End(TagEnd::Heading(level)) => {
                outline.heading(level, &one_line(&words), line_of(range.start))?;
            }
            Event::End(TagEnd::Paragraph) if depth == 0 => outline.paragraph(&one_line(&words)),
            Event::Start(Tag::Item) => {
                depth += 1;
                if let Some((_, lines)) = &mut item {
                    lines.push(one_line(&std::mem::take(&mut words)));
                } else {
                    item = Some((line_of(range.start), Vec::new()));
                }
                words.clear();
            }
            Event::End(TagEnd::Item) => {
                depth = depth.saturating_sub(1);
                if let Some((_, lines)) = &mut item {
                    lines.push(one_line(&std::mem::take(&mut words)));
                }
                if depth == 0
                    && let Some((line, lines)) = item.take()
                {
                    outline.card(&lines, line)?;
                }
            }
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => {
                words.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Table(_)) => {
                let why =
                    "is a table; an outline holds headings and lists. Tables are imported as CSV";
                return Err(Trouble::at(format!("line {}", line_of(range.start)), why));
            }
            _ => {}
        }
    }
    outline.whole(given)
}

impl Outline {
    fn heading(&mut self, level: HeadingLevel, text: &str, line: usize) -> Result<(), Trouble> {
        match level {
            HeadingLevel::H1 if self.title.is_none() && self.stages.is_empty() => {
                self.title = Some(text.to_owned());
            }
            HeadingLevel::H1 => {
                let why = "is a second title; stages are headings of the second level (##)";
                return Err(Trouble::at(format!("line {line}"), why));
            }
            HeadingLevel::H2 => {
                let id = format!("s{}", self.stages.len() + 1);
                self.stages.push(json!({"id": id, "title": text}));
                self.lane = None;
            }
            _ if self.stages.is_empty() => {
                let why = "is a lane before the first stage; stages are headings of the second level (##)";
                return Err(Trouble::at(format!("line {line}"), why));
            }
            _ => {
                self.lane =
                    Some(self.lane_named(text, fields::kind(text).unwrap_or(LaneKind::Note)));
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.stages.last_mut() {
            None if self.scenario.is_empty() => text.clone_into(&mut self.scenario),
            // What a stage begins with describes it.
            Some(stage) if self.lane.is_none() && stage.get("description").is_none() => {
                if let Some(stage) = stage.as_object_mut() {
                    stage.insert("description".to_owned(), json!(text));
                }
            }
            None | Some(_) => {}
        }
    }

    fn lane_named(&mut self, title: &str, kind: LaneKind) -> usize {
        let known = self
            .lanes
            .iter()
            .position(|(own, of)| own.eq_ignore_ascii_case(title) && *of == kind);
        known.unwrap_or_else(|| {
            self.lanes.push((title.to_owned(), kind));
            self.lanes.len() - 1
        })
    }

    fn card(&mut self, lines: &[String], line: usize) -> Result<(), Trouble> {
        let lines: Vec<&str> = lines
            .iter()
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        let Some((first, rest)) = lines.split_first() else {
            return Ok(());
        };
        if self.stages.is_empty() {
            let why =
                "is a card before the first stage; stages are headings of the second level (##)";
            return Err(Trouble::at(format!("line {line}"), why));
        }
        // `Pain: the form is long` says which lane it belongs to.
        let said = first.split_once(':').and_then(|(name, text)| {
            let known = LaneKind::ALL.iter().copied().find(|kind| {
                let name = name.trim().to_lowercase();
                name == words::card(*kind)
                    || name == kind.as_str()
                    || name == words::lane_kind(*kind).to_lowercase()
            });
            Some((known?, text.trim()))
        });
        let (lane, first) = match (said, self.lane) {
            (Some((kind, text)), _) => (self.lane_of(kind), text),
            (None, Some(lane)) => (lane, *first),
            (None, None) => (self.lane_of(LaneKind::Note), *first),
        };
        let is_feeling = self
            .lanes
            .get(lane)
            .is_some_and(|(_, kind)| *kind == LaneKind::Emotion);
        let (first, score) = if is_feeling {
            scored(first)
        } else {
            (first, None)
        };
        let text = std::iter::once(first)
            .chain(rest.iter().copied())
            .collect::<Vec<_>>()
            .join("\n");
        let id = format!("card-{}", self.cards.len() + 1);
        let (lane, stage) = (format!("l{}", lane + 1), format!("s{}", self.stages.len()));
        self.cards
            .push(json!({"id": id, "lane": lane, "stage": stage, "text": text, "score": score}));
        self.lines.push(line);
        Ok(())
    }

    /// The first lane of a kind.
    fn lane_of(&mut self, kind: LaneKind) -> usize {
        let known = self.lanes.iter().position(|(_, own)| *own == kind);
        known.unwrap_or_else(|| self.lane_named(words::lane_kind(kind), kind))
    }

    fn whole(self, given: &Given) -> Result<JourneyMap, Trouble> {
        if self.stages.is_empty() {
            let why = "the outline has no stage; stages are headings of the second level (##)";
            return Err(Trouble::at("line 1", why));
        }
        let lanes = self.lanes.iter().enumerate();
        let lanes: Vec<Value> = lanes
            .map(|(at, (title, kind))| json!({"id": format!("l{}", at + 1), "kind": kind.as_str(), "title": title}))
            .collect();
        let title = given
            .title
            .clone()
            .or(self.title)
            .unwrap_or_else(|| UNTITLED.to_owned());
        let document = json!({
            "format": "cairn.map/1", "title": title, "kind": given.kind.unwrap_or(MapKind::CurrentState).as_str(),
            "scenario": self.scenario, "stages": self.stages, "lanes": lanes, "cards": self.cards,
        });
        let place = |at: usize, _: &str| self.lines.get(at).map(|line| format!("line {line}"));
        JourneyMap::from_value(document).map_err(|violation| found(&violation, place))
    }
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
