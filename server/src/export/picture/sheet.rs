//! The map laid out on one or more sheets, as the screen does it: stages across, lanes down, both named on every sheet. `sheets` decides what
//! stands where; `draw.rs` draws it. Pure.

use cairn_protocol::map::{Lane, LaneKind, Stage};

use super::blueprint::{BlueprintLine, blueprint_lines};
use super::cells::Cells;
use super::names::{self, Measures, Room};
use super::pen::Piece;

/// Space around a card, and between two.
pub(super) const PAD: f32 = 8.0;
/// The curve's band.
pub(super) const BAND: f32 = 148.0;
/// A line of a blueprint.
pub(super) const STRIP: f32 = 22.0;
/// An empty cell.
const LOWEST: f32 = 44.0;

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

impl Sheet<'_> {
    pub(super) fn height(&self, measures: Measures) -> f32 {
        let strip = |strip: &Strip<'_>| strip.lines.len() as f32 * STRIP + strip.height;
        let strips: f32 = self.strips.iter().map(strip).sum();
        names::heads(self.stages, measures).height + strips
    }
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

/// The sheets of some stages: their lanes one below the other.
fn down<'a>(
    cells: &'a Cells<'a>,
    lines: &[Vec<BlueprintLine>],
    measures: Measures,
    first: usize,
    stages: &'a [Stage],
) -> Vec<Sheet<'a>> {
    let mut filling = Filling::of(measures, first, stages);
    for (at, lane) in cells.lanes.iter().enumerate() {
        let drawn = cells.drawn.get(at);
        let left = (first..first + stages.len()).map(|stage| {
            let cell = drawn.and_then(|cells| cells.get(stage));
            cell.map_or(&[][..], Vec::as_slice)
        });
        let mut left: Vec<&[Piece]> = left.collect();
        let mut part = Part {
            lane,
            above: lines.get(at).map_or(&[][..], Vec::as_slice),
            band: if lane.kind == LaneKind::Emotion {
                BAND
            } else {
                0.0
            },
            name: names::lane_height(lane, measures, cells.legend(at)).max(LOWEST),
            continued: false,
        };
        // Each turn puts something on a sheet or begins one, and begins none twice in a row.
        while !filling.takes(&part, &mut left) {
            part.continued = part.continued || filling.holds(lane);
            if part.continued {
                part.above = &[];
                part.band = 0.0;
                part.name = names::continued_height(lane, measures).max(LOWEST);
            }
        }
    }
    filling.sheets
}

/// A lane, or what of it no sheet holds yet.
struct Part<'a, 'l> {
    lane: &'a Lane,
    above: &'l [BlueprintLine],
    /// Height of the curve's band.
    band: f32,
    /// Height of its name.
    name: f32,
    continued: bool,
}

impl Part<'_, '_> {
    /// Height of the part, with cards of this height in its highest cell.
    fn height(&self, cards: f32) -> f32 {
        self.above.len() as f32 * STRIP + (self.band + cards).max(self.name)
    }
}

/// Sheets being filled, top down.
struct Filling<'a> {
    sheets: Vec<Sheet<'a>>,
    /// What of the last sheet is taken.
    used: f32,
    room: Room,
    first: usize,
    stages: &'a [Stage],
}

impl<'a> Filling<'a> {
    fn of(measures: Measures, first: usize, stages: &'a [Stage]) -> Self {
        let heads = names::heads(stages, measures).height;
        let room = measures.room.map_or(
            Room {
                first: f32::INFINITY,
                others: f32::INFINITY,
            },
            |room| Room {
                // Only the very first sheet says which map it is.
                first: if first == 0 { room.first } else { room.others } - heads,
                others: room.others - heads,
            },
        );
        let mut filling = Self {
            sheets: Vec::new(),
            used: 0.0,
            room,
            first,
            stages,
        };
        filling.next();
        filling
    }

    fn next(&mut self) {
        self.used = 0.0;
        self.sheets.push(Sheet {
            first: self.first,
            stages: self.stages,
            strips: Vec::new(),
        });
    }

    fn holds(&self, lane: &Lane) -> bool {
        let last = self
            .sheets
            .iter()
            .rev()
            .find_map(|sheet| sheet.strips.last());
        last.is_some_and(|strip| strip.lane.id == lane.id)
    }

    /// Puts as much of a part on the last sheet as belongs there; whether that was all of it. A lane stays on one sheet where it can; where it
    /// cannot, it breaks between cards.
    fn takes(&mut self, part: &Part<'a, '_>, left: &mut [&'a [Piece]]) -> bool {
        let is_first = self.sheets.len() == 1;
        let room = if is_first {
            self.room.first
        } else {
            self.room.others
        };
        let is_empty = self
            .sheets
            .last()
            .is_none_or(|sheet| sheet.strips.is_empty());
        let whole = left.iter().map(|cell| high(cell)).fold(0.0, f32::max);
        let free = room - self.used;
        if part.height(whole) <= free {
            let all: Vec<usize> = left.iter().map(|cell| cell.len()).collect();
            self.put(part, left, &all);
            return true;
        }
        let fits_alone = part.height(whole) <= self.room.others;
        if !is_empty && (fits_alone || free < room * 0.4) {
            self.next();
            return false;
        }
        let beside = free - part.above.len() as f32 * STRIP - part.band;
        let cut: Vec<usize> = left.iter().map(|cell| fitting(cell, beside)).collect();
        let has_cards = cut.iter().any(|cut| *cut > 0);
        let has_name = part.height(0.0) <= free;
        match () {
            () if has_cards && has_name => self.put(part, left, &cut),
            () if !is_empty => self.next(),
            // The curve alone, its cards on the next sheet.
            () if part.band > 0.0 && has_name => self.put(part, left, &cut),
            () if is_first && self.room.first < self.room.others => self.next(),
            // Nothing is made higher than a sheet, but a loop ends whatever was measured.
            () => {
                let one: Vec<usize> = left.iter().map(|cell| cell.len().min(1)).collect();
                self.put(part, left, &one);
            }
        }
        left.iter().all(|cell| cell.is_empty())
    }

    /// A strip with so many of each cell's cards.
    fn put(&mut self, part: &Part<'a, '_>, left: &mut [&'a [Piece]], cut: &[usize]) {
        let mut cells = Vec::with_capacity(left.len());
        for (cell, cut) in left.iter_mut().zip(cut) {
            let (here, rest) = cell.split_at(*cut);
            cells.push(here.iter().collect::<Vec<_>>());
            *cell = rest;
        }
        let cards = cells.iter().map(|cell| high_of(cell.iter().copied()));
        let height = part.height(cards.fold(0.0, f32::max));
        self.used += height;
        let strip = Strip {
            lane: part.lane,
            lines: part.above.to_vec(),
            continued: part.continued,
            curve: part.band > 0.0,
            cells,
            height: height - part.above.len() as f32 * STRIP,
        };
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.strips.push(strip);
        }
    }
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
