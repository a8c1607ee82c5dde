//! The cards of a map, each drawn, by where they lie. Pure.

use std::collections::BTreeSet;

use cairn_protocol::map::{Card, JourneyMap, Lane, LaneKind, Persona};

use super::super::Taken;
use super::super::report::Content;
use super::super::votes::Outcome;
use super::card::{self, Around};
use super::names::Measures;
use super::pen::Piece;
use super::sheet::PAD;

/// Every card drawn, by lane and stage.
pub(super) struct Cells<'a> {
    pub(super) map: &'a JourneyMap,
    /// Those that are shown.
    pub(super) lanes: Vec<&'a Lane>,
    pub(super) hidden: usize,
    pub(super) drawn: Vec<Vec<Vec<Piece>>>,
    /// The cards of emotion lanes, for their curves.
    pub(super) feelings: Vec<Vec<&'a Card>>,
}

impl<'a> Cells<'a> {
    pub(super) fn drawn(
        taken: &'a Taken,
        outcome: Option<&Outcome<'_>>,
        measures: Measures,
    ) -> Self {
        let map = &taken.map;
        let content = Content::of(map);
        let around = Around::of(map, outcome, taken.day);
        let highest = measures.highest_card(map);
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
            let piece = card::card(one, kind, measures.column - 2.0 * PAD, highest, &around);
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

impl Cells<'_> {
    /// How many lines the curve of a lane has.
    pub(super) fn legend(&self, lane: usize) -> usize {
        let personas = &self.map.personas;
        let feelings = self.feelings.get(lane).map_or(&[][..], Vec::as_slice);
        let owner = |card: &&Card| {
            let own = |persona: &Persona| card.persona.as_ref() == Some(&persona.id);
            personas.iter().position(own)
        };
        let scored = feelings.iter().filter(|card| card.score.is_some());
        let owners: BTreeSet<_> = scored.map(owner).collect();
        owners.len()
    }
}
