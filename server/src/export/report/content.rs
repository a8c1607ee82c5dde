//! The map as a report reads it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::map::{Card, JourneyMap, Lane, LaneKind, Stage};

/// The map as a report reads it: without hidden lanes, cards in screen order.
pub(crate) struct Content<'a> {
    pub(crate) map: &'a JourneyMap,
    /// Those that are shown.
    pub(crate) lanes: Vec<&'a Lane>,
    pub(crate) hidden_lanes: usize,
    /// Lane by lane, stage by stage.
    cards: Vec<(&'a Card, LaneKind)>,
    /// The mean of all feelings of a stage.
    means: BTreeMap<&'a str, f64>,
    /// Cards of all lanes that an opportunity can address.
    addressable: BTreeMap<&'a str, (&'a Card, LaneKind)>,
}

impl<'a> Content<'a> {
    pub(crate) fn of(map: &'a JourneyMap) -> Self {
        let stages: BTreeMap<&str, usize> = ids(map.stages.iter().map(|stage| stage.id.as_str()));
        let all: BTreeMap<&str, usize> = ids(map.lanes.iter().map(|lane| lane.id.as_str()));
        let lane = |card: &Card| map.lanes.get(*all.get(card.lane.as_str())?);
        let mut placed: Vec<_> = map
            .cards
            .iter()
            .filter_map(|card| {
                let lane = lane(card).filter(|lane| lane.hidden != Some(true))?;
                let at = (
                    all.get(card.lane.as_str())?,
                    stages.get(card.stage.as_str())?,
                );
                Some((at, card, lane.kind))
            })
            .collect();
        placed.sort_by_key(|(at, ..)| *at);
        let addressable = map.cards.iter().filter_map(|card| {
            let kind = lane(card)?.kind;
            kind.is_addressable()
                .then_some((card.id.as_str(), (card, kind)))
        });
        let lanes: Vec<_> = map
            .lanes
            .iter()
            .filter(|lane| lane.hidden != Some(true))
            .collect();
        let cards: Vec<_> = placed
            .into_iter()
            .map(|(_, card, kind)| (card, kind))
            .collect();
        Self {
            map,
            hidden_lanes: map.lanes.len() - lanes.len(),
            lanes,
            means: means(&cards),
            cards,
            addressable: addressable.collect(),
        }
    }

    /// The cards of a kind, in screen order.
    pub(crate) fn kind(&self, kind: LaneKind) -> impl Iterator<Item = &'a Card> {
        self.cards
            .iter()
            .filter(move |(_, own)| *own == kind)
            .map(|(card, _)| *card)
    }

    pub(crate) fn cards(&self) -> impl Iterator<Item = (&'a Card, LaneKind)> {
        self.cards.iter().copied()
    }

    pub(crate) fn stage(&self, card: &Card) -> Option<&'a Stage> {
        self.map.stages.iter().find(|stage| stage.id == card.stage)
    }

    /// What an opportunity addresses, each once.
    pub(crate) fn addressed(&self, card: &Card) -> Vec<(&'a Card, LaneKind)> {
        let mut seen = BTreeSet::new();
        card.addresses
            .iter()
            .filter(|id| seen.insert(id.as_str()))
            .filter_map(|id| self.addressable.get(id.as_str()).copied())
            .collect()
    }

    /// The mean of all feelings of a stage.
    pub(crate) fn mean(&self, stage: &str) -> Option<f64> {
        self.means.get(stage).copied()
    }

    /// Stage by stage, lane by lane.
    pub(super) fn opportunities(&self) -> Vec<&'a Card> {
        let order: BTreeMap<&str, usize> =
            ids(self.map.stages.iter().map(|stage| stage.id.as_str()));
        let mut found: Vec<_> = self.kind(LaneKind::Opportunity).collect();
        found.sort_by_key(|card| order.get(card.stage.as_str()).copied());
        found
    }
}

fn means<'a>(cards: &[(&'a Card, LaneKind)]) -> BTreeMap<&'a str, f64> {
    let mut scores: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (card, kind) in cards {
        if let (LaneKind::Emotion, Some(score)) = (kind, card.score) {
            scores.entry(&card.stage).or_default().push(score.as_f64());
        }
    }
    let mean = |scores: Vec<f64>| scores.iter().sum::<f64>() / scores.len() as f64;
    scores
        .into_iter()
        .map(|(stage, scores)| (stage, mean(scores)))
        .collect()
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}
