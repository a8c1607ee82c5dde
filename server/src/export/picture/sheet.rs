//! The map laid out on one or more sheets, as the screen does it: stages across, lanes down, both named on every sheet. `sheets` decides what
//! stands where; `draw.rs` draws it. Pure.

use cairn_protocol::map::{Card, JourneyMap, Lane, LaneKind, MapKind, Stage};

use super::super::Taken;
use super::super::report::Content;
use super::super::votes::Outcome;
use super::super::words;
use super::card::{self, Around};
use super::font::Weight;
use super::pen::{Look, Piece, look};
use super::theme;

/// Space around a card, and between two.
pub(super) const PAD: f32 = 8.0;
/// The curve's band.
pub(super) const BAND: f32 = 148.0;
/// A line of a blueprint.
pub(super) const STRIP: f32 = 22.0;
/// An empty cell.
const LOWEST: f32 = 44.0;

pub(super) const HEAD: Look = look(theme::M, Weight::Strong, theme::INK);
pub(super) const HINT: Look = look(theme::XS, Weight::Regular, theme::INK_3);

/// How large things are, in px.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// Width of the lanes' names.
    pub(super) lane: f32,
    /// Width of a stage.
    pub(super) column: f32,
    /// Height of a sheet's map, below its heading; nothing when it is as high as it needs.
    pub(super) height: Option<f32>,
    /// Stages on one sheet.
    pub(super) columns: usize,
}

/// The names of stages on one sheet.
pub(super) struct Heads {
    pub(super) height: f32,
    pub(super) stages: Vec<Vec<String>>,
    pub(super) descriptions: Vec<Vec<String>>,
}

/// A lane, or what of it fits on a sheet.
pub(super) struct Strip<'a> {
    pub(super) lane: &'a Lane,
    /// Lines of a blueprint above it.
    pub(super) lines: Vec<BlueprintLine>,
    /// Whether it began on the sheet before.
    pub(super) continued: bool,
    /// Whether the curve is drawn here.
    pub(super) curve: bool,
    /// The cards of each stage.
    pub(super) cells: Vec<Vec<&'a Piece>>,
    /// Without the blueprint's lines.
    pub(super) height: f32,
}

/// One sheet: some stages, some lanes.
pub(super) struct Sheet<'a> {
    /// Its first stage.
    pub(super) first: usize,
    pub(super) stages: &'a [Stage],
    pub(super) strips: Vec<Strip<'a>>,
}

/// The three lines of a service blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlueprintLine {
    Interaction,
    Visibility,
    Internal,
}

impl BlueprintLine {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Interaction => "Line of interaction",
            Self::Visibility => "Line of visibility",
            Self::Internal => "Line of internal interaction",
        }
    }
}

/// Every card drawn, by lane and stage.
pub(super) struct Cells<'a> {
    pub(super) map: &'a JourneyMap,
    /// Those that are shown.
    pub(super) lanes: Vec<&'a Lane>,
    pub(super) hidden: usize,
    drawn: Vec<Vec<Vec<Piece>>>,
    /// The cards of emotion lanes, for their curves.
    pub(super) feelings: Vec<Vec<&'a Card>>,
}

impl<'a> Cells<'a> {
    pub(super) fn drawn(
        taken: &'a Taken,
        outcome: Option<&Outcome<'_>>,
        column: f32,
        most_lines: usize,
    ) -> Self {
        let map = &taken.map;
        let content = Content::of(map);
        let mut around = Around::of(map, outcome, taken.day);
        around.most_lines = most_lines;
        let lane_at = |id: &str| content.lanes.iter().position(|lane| lane.id == id);
        let stage_at = |id: &str| map.stages.iter().position(|stage| stage.id == id);
        let mut cells: Vec<Vec<Vec<Piece>>> = content
            .lanes
            .iter()
            .map(|_| map.stages.iter().map(|_| Vec::new()).collect())
            .collect();
        let mut feelings: Vec<Vec<&Card>> = content.lanes.iter().map(|_| Vec::new()).collect();
        for (one, kind) in content.cards() {
            let (Some(lane), Some(stage)) = (lane_at(&one.lane), stage_at(&one.stage)) else {
                continue;
            };
            let piece = card::card(one, kind, column - 2.0 * PAD, &around);
            if let Some(cell) = cells.get_mut(lane).and_then(|cells| cells.get_mut(stage)) {
                cell.push(piece);
            }
            if let (LaneKind::Emotion, Some(feelings)) = (kind, feelings.get_mut(lane)) {
                feelings.push(one);
            }
        }
        Self {
            map,
            hidden: content.hidden_lanes,
            lanes: content.lanes,
            drawn: cells,
            feelings,
        }
    }
}

/// Names of stages, with what belongs into them.
pub(super) fn heads(stages: &[Stage], column: f32) -> Heads {
    let room = column - 12.0 - 22.0 - 8.0 - 6.0;
    let titles = stages.iter().map(|stage| {
        let title = stage.title.trim();
        HEAD.wrap(
            if title.is_empty() {
                "Unnamed stage"
            } else {
                title
            },
            room,
        )
    });
    let titles: Vec<_> = titles.collect();
    let descriptions: Vec<_> = stages
        .iter()
        .map(|stage| {
            let mut lines = HINT.wrap(&words::one_line(&stage.description), room);
            if lines.len() > 3 {
                lines.truncate(3);
                if let Some(last) = lines.last_mut() {
                    *last =
                        super::font::clipped(&format!("{last} …"), HINT.weight, HINT.size, room);
                }
            }
            lines
        })
        .collect();
    let high = |(title, description): (&Vec<String>, &Vec<String>)| {
        title.len() as f32 * 18.0 + description.len() as f32 * 16.5
    };
    let most = titles
        .iter()
        .zip(&descriptions)
        .map(high)
        .fold(0.0, f32::max);
    Heads {
        height: (most + 26.0).max(60.0),
        stages: titles,
        descriptions,
    }
}

/// Height of a lane's name.
pub(super) fn lane_height(lane: &Lane, width: f32, legend: usize) -> f32 {
    let title = lane_title(lane, width).len() as f32 * 18.0;
    if lane.kind == LaneKind::Emotion {
        return (title + 24.0 + legend as f32 * 20.0).max(BAND);
    }
    let hint = HINT.wrap(words::hint(lane.kind), width - 24.0).len() as f32 * 16.5;
    title.max(26.0) + hint + 28.0
}

pub(super) fn lane_title(lane: &Lane, width: f32) -> Vec<String> {
    let title = lane.title.trim();
    let title = if title.is_empty() {
        words::lane_kind(lane.kind)
    } else {
        title
    };
    let scale = if lane.kind == LaneKind::Emotion {
        42.0
    } else {
        0.0
    };
    HEAD.wrap(title, width - 12.0 - 34.0 - 8.0 - scale)
}

/// Which sheets a map takes.
pub(super) fn sheets<'a>(cells: &'a Cells<'a>, measures: Measures) -> Vec<Sheet<'a>> {
    let stages = &cells.map.stages;
    let mut sheets = Vec::new();
    let across = stages.len().div_ceil(measures.columns.max(1)).max(1);
    let lines = blueprint_lines(cells.map.kind, &cells.lanes);
    let mut first = 0;
    for group in 0..across {
        // As even as can be: eight stages are two sheets of four, not seven and one.
        let count = stages.len() / across + usize::from(group < stages.len() % across);
        let here = stages.get(first..first + count).unwrap_or(&[]);
        sheets.extend(down(cells, &lines, measures, first, here));
        first += count;
    }
    sheets
}

fn down<'a>(
    cells: &'a Cells<'a>,
    lines: &[Vec<BlueprintLine>],
    measures: Measures,
    first: usize,
    stages: &'a [Stage],
) -> Vec<Sheet<'a>> {
    let sheet = || Sheet {
        first,
        stages,
        strips: Vec::new(),
    };
    let room = measures.height.map_or(f32::INFINITY, |height| {
        height - heads(stages, measures.column).height
    });
    let mut sheets = vec![sheet()];
    let mut used = 0.0;
    for (at, lane) in cells.lanes.iter().enumerate() {
        let above = lines.get(at).map_or(&[][..], Vec::as_slice);
        let mut left: Vec<&[Piece]> = (first..first + stages.len())
            .map(|stage| {
                cells
                    .drawn
                    .get(at)
                    .and_then(|cells| cells.get(stage))
                    .map_or(&[][..], Vec::as_slice)
            })
            .collect();
        let legend = legend(cells, at);
        let mut continued = false;
        loop {
            let band = if lane.kind == LaneKind::Emotion && !continued {
                BAND
            } else {
                0.0
            };
            let extra = if continued {
                0.0
            } else {
                above.len() as f32 * STRIP
            };
            let own = lane_height(lane, measures.lane, legend).max(LOWEST);
            let whole = left.iter().map(|cell| high(cell)).fold(0.0, f32::max);
            let needed = extra + (band + whole).max(own);
            let is_empty = sheets.last().is_none_or(|sheet| sheet.strips.is_empty());
            // A lane stays on one sheet where it can; where it cannot, it breaks between cards.
            let fits = used + needed <= room;
            if !fits && !is_empty && (needed <= room || room - used < room * 0.4) {
                sheets.push(sheet());
                used = 0.0;
                continue;
            }
            let free = room - used - extra - band;
            let cut: Vec<usize> = left
                .iter()
                .map(|cell| {
                    if fits {
                        cell.len()
                    } else {
                        fitting(cell, free)
                    }
                })
                .collect();
            let stuck = !fits
                && cut
                    .iter()
                    .zip(&left)
                    .all(|(cut, cell)| *cut == 0 || cell.is_empty());
            if stuck && !is_empty {
                sheets.push(sheet());
                used = 0.0;
                continue;
            }
            let mut shown = Vec::new();
            for (cell, cut) in left.iter_mut().zip(cut) {
                // A card that no sheet holds is drawn all the same, and runs over its edge.
                let cut = if stuck { cell.len().min(1) } else { cut };
                let (here, rest) = cell.split_at(cut);
                shown.push(here.iter().collect::<Vec<_>>());
                *cell = rest;
            }
            let tall = shown
                .iter()
                .map(|cell| high_of(cell.iter().copied()))
                .fold(0.0, f32::max);
            let height = (band + tall).max(own);
            used += extra + height;
            if let Some(sheet) = sheets.last_mut() {
                sheet.strips.push(Strip {
                    lane,
                    lines: if continued {
                        Vec::new()
                    } else {
                        above.to_vec()
                    },
                    continued,
                    curve: band > 0.0,
                    cells: shown,
                    height,
                });
            }
            continued = true;
            if left.iter().all(|cell| cell.is_empty()) {
                break;
            }
        }
    }
    sheets
}

/// How many lines the curve of a lane has.
fn legend(cells: &Cells<'_>, lane: usize) -> usize {
    let personas = &cells.map.personas;
    let feelings = cells.feelings.get(lane).map_or(&[][..], Vec::as_slice);
    let mut owners: Vec<_> = feelings
        .iter()
        .filter(|card| card.score.is_some())
        .map(|card| {
            personas
                .iter()
                .position(|persona| card.persona.as_ref() == Some(&persona.id))
        })
        .collect();
    owners.sort_unstable();
    owners.dedup();
    owners.len()
}

fn high(cell: &[Piece]) -> f32 {
    high_of(cell.iter())
}

fn high_of<'a>(cell: impl Iterator<Item = &'a Piece>) -> f32 {
    let cards: f32 = cell.map(|piece| piece.height + PAD).sum();
    if cards == 0.0 { 0.0 } else { cards + PAD }
}

/// How many cards of a cell fit.
fn fitting(cell: &[Piece], room: f32) -> usize {
    let mut used = PAD;
    cell.iter()
        .take_while(|piece| {
            used += piece.height + PAD;
            used <= room
        })
        .count()
}

/// Which lines run above which lane, whatever the order of lanes: each once, where the two sides it separates meet, or, where they meet
/// nowhere, where the lanes first cross from one side to the other (`model/kinds.ts`).
pub(super) fn blueprint_lines(kind: MapKind, lanes: &[&Lane]) -> Vec<Vec<BlueprintLine>> {
    let mut above = vec![Vec::new(); lanes.len()];
    if kind != MapKind::ServiceBlueprint {
        return above;
    }
    let depth = |kind: LaneKind| match kind {
        LaneKind::Evidence | LaneKind::Touchpoint | LaneKind::Action => Some(0),
        LaneKind::Frontstage => Some(1),
        LaneKind::Backstage => Some(2),
        LaneKind::Support => Some(3),
        LaneKind::Expectation
        | LaneKind::Emotion
        | LaneKind::Pain
        | LaneKind::Opportunity
        | LaneKind::Metric
        | LaneKind::Note => None,
    };
    let placed: Vec<(usize, i32)> = lanes
        .iter()
        .enumerate()
        .filter_map(|(at, lane)| Some((at, depth(lane.kind)?)))
        .collect();
    let steps: Vec<_> = placed
        .windows(2)
        .filter_map(|pair| match pair {
            [(_, before), (at, own)] => Some((*at, (*before).min(*own), (*before).max(*own))),
            _ => None,
        })
        .collect();
    for (line, deep, needed) in [
        (BlueprintLine::Interaction, 1, LaneKind::Frontstage),
        (BlueprintLine::Visibility, 2, LaneKind::Backstage),
        (BlueprintLine::Internal, 3, LaneKind::Support),
    ] {
        if !lanes.iter().any(|lane| lane.kind == needed) {
            continue;
        }
        let meets = steps
            .iter()
            .find(|(_, low, high)| *low == deep - 1 && *high == deep);
        let crosses = || {
            steps
                .iter()
                .find(|(_, low, high)| *low < deep && deep <= *high)
        };
        if let Some((at, ..)) = meets.or_else(crosses)
            && let Some(lines) = above.get_mut(*at)
        {
            lines.push(line);
        }
    }
    above
}
