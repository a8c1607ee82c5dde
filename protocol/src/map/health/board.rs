//! The map laid out as people see it: stages across, lanes down, cards in reading order.
//!
//! Built once for all rules, so that each of them is a walk over what it asks for. Cards of a lane or
//! stage that is not there are left out, as everywhere (MAP-24).

use super::super::date::Date;
use super::super::journey::{Card, JourneyMap, Lane, Stage};
use super::super::kinds::{LaneKind, Layer, MapKind};
use super::finding::{Act, Finding, Fix, Rule, Severity};
use super::say::{card_of, cards_of};
use std::collections::{BTreeMap, BTreeSet};

/// A map, laid out, on a day.
pub(super) struct Board<'m> {
    pub(super) map: &'m JourneyMap,
    pub(super) today: Date,
    /// By stage, within it by lane, within a cell in order.
    pub(super) cards: Vec<Placed<'m>>,
    /// Which kinds of card each stage has, by its place.
    has: BTreeSet<(usize, LaneKind)>,
}

/// A card with where it is.
#[derive(Clone, Copy)]
pub(super) struct Placed<'m> {
    pub(super) stage: &'m Stage,
    /// The stage's place, from 0.
    pub(super) column: usize,
    pub(super) lane: &'m Lane,
    /// The lane's place, from 0.
    pub(super) row: usize,
    pub(super) card: &'m Card,
}

impl Placed<'_> {
    pub(super) fn kind(&self) -> LaneKind {
        self.lane.kind
    }
}

impl<'m> Board<'m> {
    pub(super) fn of(map: &'m JourneyMap, today: Date) -> Board<'m> {
        let stages: BTreeMap<&str, (usize, &Stage)> = places(&map.stages, |stage| &stage.id);
        let lanes: BTreeMap<&str, (usize, &Lane)> = places(&map.lanes, |lane| &lane.id);
        let place = |card: &'m Card| {
            let (column, stage) = *stages.get(card.stage.as_str())?;
            let (row, lane) = *lanes.get(card.lane.as_str())?;
            Some(Placed {
                stage,
                column,
                lane,
                row,
                card,
            })
        };
        let mut cards: Vec<Placed> = map.cards.iter().filter_map(place).collect();
        // Stable: within a cell the cards keep their order.
        cards.sort_by_key(|placed| (placed.column, placed.row));
        let has = cards
            .iter()
            .map(|card| (card.column, card.kind()))
            .collect();
        Board {
            map,
            today,
            cards,
            has,
        }
    }

    /// The cards of a kind, in reading order.
    pub(super) fn of_kind(&self, kind: LaneKind) -> impl Iterator<Item = Placed<'m>> + '_ {
        let cards = self.cards.iter().copied();
        cards.filter(move |placed| placed.kind() == kind)
    }

    /// Whether any lane of the kind has a card.
    pub(super) fn any(&self, kind: LaneKind) -> bool {
        self.has.iter().any(|(_, own)| *own == kind)
    }

    /// The stages with their places.
    pub(super) fn stages(&self) -> impl Iterator<Item = (usize, &'m Stage)> + use<'m> {
        self.map.stages.iter().enumerate()
    }

    /// Whether the stage at this place has a card of the kind.
    pub(super) fn has(&self, column: usize, kind: LaneKind) -> bool {
        self.has.contains(&(column, kind))
    }

    /// The layer a kind of lane belongs to in this map: in a blueprint, evidence and frontstage are
    /// where the customer meets the service.
    pub(super) fn layer(&self, kind: LaneKind) -> Layer {
        match (self.map.kind, kind) {
            (MapKind::ServiceBlueprint, LaneKind::Evidence | LaneKind::Frontstage) => {
                Layer::Interactions
            }
            _ => kind.layer(),
        }
    }

    /// The first lane of a kind.
    pub(super) fn lane(&self, kind: LaneKind) -> Option<&'m Lane> {
        self.map.lanes.iter().find(|lane| lane.kind == kind)
    }

    /// Advice about a stage that lacks a card of this kind, with that card as its fix.
    pub(super) fn lacks(
        &self,
        rule: Rule,
        stage: &Stage,
        kind: LaneKind,
        message: String,
        why: &str,
    ) -> Finding {
        Finding::new(rule, Severity::Advice, message, why)
            .at([stage.id.as_str()])
            .fix(self.add_card(kind, Some(stage)))
    }

    /// Opens a new card of the kind in a stage; where there is no lane for it, makes the lane first.
    pub(super) fn add_card(&self, kind: LaneKind, stage: Option<&Stage>) -> Option<Fix> {
        let Some(lane) = self.lane(kind) else {
            let label = format!("Add a lane for {}", cards_of(kind));
            return Some(Fix::new(label, Act::AddLane { kind }));
        };
        let act = Act::AddCard {
            lane: lane.id.clone(),
            stage: stage?.id.clone(),
        };
        Some(Fix::new(format!("Add {}", card_of(kind)), act))
    }
}

fn places<T>(entries: &[T], id: impl Fn(&T) -> &str) -> BTreeMap<&str, (usize, &T)> {
    let mut places = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        places.entry(id(entry)).or_insert((place, entry));
    }
    places
}
