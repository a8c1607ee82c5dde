//! What a report says of a map: its curve, its worst moments, what could be done, and what all of it rests on. The same choices as the
//! web client's `model/report.ts`, so that the page, its Markdown and this file agree; a golden file holds the two together. Pure.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of cards, lines and stages are far below 2^23"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::map::{
    Card, Confidence, Date, JourneyMap, Lane, LaneKind, Layer, Persona, Stage, Status,
};

use super::{table, words};

const MOMENTS: usize = 3;
const PAINS: usize = 5;
const GAPS: usize = 3;
const TRUTHS: usize = 5;
const OPPORTUNITIES: usize = 5;
const ASSUMPTIONS: usize = 5;

/// The map as a report reads it: without hidden lanes, cards in screen order.
pub(crate) struct Content<'a> {
    pub(crate) map: &'a JourneyMap,
    /// Those that are shown.
    pub(crate) lanes: Vec<&'a Lane>,
    pub(crate) hidden_lanes: usize,
    /// Lane by lane, stage by stage.
    cards: Vec<(&'a Card, LaneKind)>,
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
        Self {
            map,
            hidden_lanes: map.lanes.len() - lanes.len(),
            lanes,
            cards: placed
                .into_iter()
                .map(|(_, card, kind)| (card, kind))
                .collect(),
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
        let here = self
            .kind(LaneKind::Emotion)
            .filter(|card| card.stage == stage);
        let scores: Vec<f64> = here.filter_map(|card| Some(card.score?.as_f64())).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }

    /// Stage by stage, lane by lane.
    fn opportunities(&self) -> Vec<&'a Card> {
        let order: BTreeMap<&str, usize> =
            ids(self.map.stages.iter().map(|stage| stage.id.as_str()));
        let mut found: Vec<_> = self.kind(LaneKind::Opportunity).collect();
        found.sort_by_key(|card| order.get(card.stage.as_str()).copied());
        found
    }
}

fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}

/// One stage where somebody feels worst.
pub(crate) struct Moment<'a> {
    pub(crate) stage: &'a Stage,
    /// The lowest feeling there.
    pub(crate) feeling: &'a Card,
    pub(crate) score: f64,
    pub(crate) who: Option<&'a str>,
    pub(crate) pain: Option<&'a Card>,
    /// The widest gap between expectation and what happens.
    pub(crate) gap: Option<&'a Card>,
}

pub(crate) struct Ranked<'a> {
    pub(crate) card: &'a Card,
    pub(crate) score: Option<f64>,
    /// Place and whether it is shared; nothing while a rating is missing.
    pub(crate) rank: Option<(u32, bool)>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) cards: usize,
    pub(crate) evidence: usize,
}

impl Share {
    /// Whole per cent; only none is 0 and only all is 100.
    pub(crate) fn percent(self) -> usize {
        match self {
            Share { evidence: 0, .. } => 0,
            Share { cards, evidence } if cards == evidence => 100,
            Share { cards, evidence } => {
                let percent = (100.0 * evidence as f64 / cards as f64).round();
                #[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
                (percent as usize).clamp(1, 99)
            }
        }
    }
}

pub(crate) struct Line<'a> {
    pub(crate) persona: String,
    /// In the order of the stages.
    pub(crate) points: Vec<(&'a str, f64)>,
}

pub(crate) struct Since {
    pub(crate) cards: usize,
    /// Cards that do not say when they were written.
    pub(crate) undated: usize,
    pub(crate) comments: usize,
}

pub(crate) struct Report<'a> {
    pub(crate) persona: Option<&'a Persona>,
    pub(crate) others: Vec<&'a Persona>,
    pub(crate) lines: Vec<Line<'a>>,
    pub(crate) moments: Vec<Moment<'a>>,
    /// With whether an opportunity that was not dropped takes it on.
    pub(crate) pains: Vec<(&'a Card, bool)>,
    pub(crate) gaps: Vec<&'a Card>,
    pub(crate) truths: Vec<&'a Card>,
    pub(crate) more_truths: usize,
    pub(crate) opportunities: Vec<Ranked<'a>>,
    pub(crate) more_opportunities: usize,
    pub(crate) done: usize,
    pub(crate) dropped: usize,
    pub(crate) evidence: Share,
    pub(crate) layers: Vec<(Layer, Share)>,
    pub(crate) assumptions: Vec<(&'a Card, LaneKind, &'static str)>,
    pub(crate) last_reviewed: Option<Date>,
    pub(crate) review_due: Option<Date>,
    pub(crate) since: Option<Since>,
}

pub(crate) fn report<'a>(content: &Content<'a>) -> Report<'a> {
    let map = content.map;
    let persona = map.personas.iter().find(|one| one.primary == Some(true));
    let persona = persona.or(map.personas.first());
    let all = content.opportunities();
    let with = |status| {
        all.iter()
            .filter(|card| card.status == Some(status))
            .count()
    };
    let open = open_ones(&all);
    let moments = moments(content);
    let pains = pains(content, &all);
    let gaps: Vec<_> = top(wide(content).collect(), |card| card.gap.unwrap_or(0), GAPS);
    let truths: Vec<_> = content
        .kind(LaneKind::Touchpoint)
        .filter(|card| card.moment_of_truth == Some(true))
        .collect();
    let shown = worst_truths(content, truths.clone());
    let mut opportunities = open;
    let more_opportunities = opportunities.len().saturating_sub(OPPORTUNITIES);
    opportunities.truncate(OPPORTUNITIES);
    let (evidence, layers) = evidence(content);
    let kinds: BTreeMap<&str, LaneKind> = content
        .cards()
        .map(|(card, kind)| (card.id.as_str(), kind))
        .collect();
    let worth_checking = (moments
        .iter()
        .map(|one| (one.feeling, "a low point of the curve")))
    .chain(
        opportunities
            .iter()
            .map(|one| (one.card, "one of the first opportunities")),
    )
    .chain(
        pains
            .iter()
            .map(|(card, _)| (*card, "one of the worst pains")),
    )
    .chain(gaps.iter().map(|card| (*card, "one of the widest gaps")))
    .chain(shown.iter().map(|card| (*card, "a moment of truth")));
    let assumptions = worth_checking
        .filter(|(card, _)| card.effective_confidence() == Confidence::Assumption)
        .take(ASSUMPTIONS)
        .filter_map(|(card, because)| Some((card, *kinds.get(card.id.as_str())?, because)))
        .collect();
    let last_reviewed = map.review.as_ref().and_then(|review| review.last_reviewed);
    Report {
        persona,
        others: map
            .personas
            .iter()
            .filter(|one| persona.is_none_or(|first| one.id != first.id))
            .collect(),
        lines: lines(content),
        moments,
        pains,
        gaps,
        more_truths: truths.len() - shown.len(),
        truths: shown,
        opportunities,
        more_opportunities,
        done: with(Status::Done),
        dropped: with(Status::Dropped),
        evidence,
        layers,
        assumptions,
        last_reviewed,
        review_due: map.review_due(),
        since: last_reviewed.map(|day| since(content, day)),
    }
}

/// One line a persona; feelings of nobody in particular are everyone's.
fn lines<'a>(content: &Content<'a>) -> Vec<Line<'a>> {
    let personas = &content.map.personas;
    let owner = |card: &Card| {
        let id = card.persona.as_deref().unwrap_or("");
        personas.iter().position(|persona| persona.id == id)
    };
    let line = |at: Option<usize>, name: &str| {
        let points: Vec<_> = content
            .map
            .stages
            .iter()
            .flat_map(|stage| {
                let own = content
                    .kind(LaneKind::Emotion)
                    .filter(move |card| card.stage == stage.id && owner(card) == at);
                own.filter_map(|card| Some((stage.id.as_str(), card.score?.as_f64())))
            })
            .collect();
        Line {
            persona: if name.is_empty() { "Unnamed" } else { name }.to_owned(),
            points,
        }
    };
    let named = personas
        .iter()
        .enumerate()
        .map(|(at, persona)| line(Some(at), &persona.name));
    named
        .chain([line(None, "Everyone")])
        .filter(|line| !line.points.is_empty())
        .collect()
}

/// Expectations that are said to be missed.
fn wide<'a>(content: &Content<'a>) -> impl Iterator<Item = &'a Card> {
    content
        .kind(LaneKind::Expectation)
        .filter(|card| !card.actual.is_empty() && card.gap.unwrap_or(0) > 0)
}

/// The highest; of equals those that come first on the map.
fn top<T: Ord>(mut cards: Vec<&Card>, rank: impl Fn(&Card) -> T, most: usize) -> Vec<&Card> {
    cards.sort_by_key(|card| Reverse(rank(card)));
    cards.truncate(most);
    cards
}

/// One a stage: its lowest feeling, with the worst pain and the widest gap beside it. Only stages below neutral count; where nobody feels
/// bad anywhere, the lowest stage alone is told.
fn moments<'a>(content: &Content<'a>) -> Vec<Moment<'a>> {
    let here = |card: &&Card, stage: &Stage| card.stage == stage.id;
    let mut all: Vec<_> = content
        .map
        .stages
        .iter()
        .filter_map(|stage| {
            let feelings = content
                .kind(LaneKind::Emotion)
                .filter(|card| here(card, stage));
            let feeling = feelings
                .filter(|card| card.score.is_some())
                .min_by_key(|card| card.score)?;
            let mut personas = content.map.personas.iter();
            let who = personas.find(|one| feeling.persona.as_ref() == Some(&one.id));
            Some(Moment {
                stage,
                feeling,
                score: feeling.score?.as_f64(),
                who: who.map(|one| one.name.as_str()),
                pain: None,
                gap: None,
            })
        })
        .collect();
    for moment in &mut all {
        let stage = moment.stage;
        let pains = content
            .kind(LaneKind::Pain)
            .filter(|card| here(card, stage));
        moment.pain = top(pains.collect(), |card| card.severity.unwrap_or(0), 1)
            .first()
            .copied();
        let gaps = wide(content).filter(|card| here(card, stage));
        moment.gap = top(gaps.collect(), |card| card.gap.unwrap_or(0), 1)
            .first()
            .copied();
    }
    let severity = |moment: &Moment<'_>| moment.pain.and_then(|pain| pain.severity).unwrap_or(0);
    all.sort_by(|a, b| {
        a.score
            .total_cmp(&b.score)
            .then(severity(b).cmp(&severity(a)))
    });
    let low = all.iter().filter(|moment| moment.score < 0.0).count();
    all.truncate(low.clamp(1, MOMENTS));
    all
}

fn pains<'a>(content: &Content<'a>, opportunities: &[&Card]) -> Vec<(&'a Card, bool)> {
    let addressed: BTreeSet<_> = opportunities
        .iter()
        .filter(|card| card.status != Some(Status::Dropped))
        .flat_map(|card| card.addresses.iter().map(String::as_str))
        .collect();
    let worst = top(
        content.kind(LaneKind::Pain).collect(),
        |card| card.severity.unwrap_or(0),
        PAINS,
    );
    worst
        .into_iter()
        .map(|card| (card, addressed.contains(card.id.as_str())))
        .collect()
}

/// All in map order, or where there are many those in the stages that feel worst.
fn worst_truths<'a>(content: &Content<'a>, mut truths: Vec<&'a Card>) -> Vec<&'a Card> {
    if truths.len() > TRUTHS {
        let feeling = |card: &Card| content.mean(&card.stage).unwrap_or(0.0);
        truths.sort_by(|a, b| feeling(a).total_cmp(&feeling(b)));
        truths.truncate(TRUTHS);
    }
    truths
}

/// Ranked ones first, then those that lack a rating, in map order. What is done or dropped takes no place.
fn open_ones<'a>(all: &[&'a Card]) -> Vec<Ranked<'a>> {
    let is_closed = |card: &Card| matches!(card.status, Some(Status::Done | Status::Dropped));
    let open = all.iter().copied().filter(|card| !is_closed(card));
    let (mut scored, unscored): (Vec<_>, Vec<_>) = open
        .map(|card| (card, table::worth(card)))
        .partition(|(_, score)| score.is_some());
    let worth = |score: Option<f64>| score.unwrap_or(0.0);
    scored.sort_by(|(_, a), (_, b)| worth(*b).total_cmp(&worth(*a)));
    let mut ranked: Vec<Ranked<'_>> = Vec::new();
    // Quotients of these few whole numbers that are equal are equal as floats, too: ties need no tolerance.
    for alike in scored.chunk_by(|(_, a), (_, b)| a == b) {
        let place = ranked.len() as u32 + 1;
        ranked.extend(alike.iter().map(|(card, score)| Ranked {
            card,
            score: *score,
            rank: Some((place, alike.len() > 1)),
        }));
    }
    ranked.extend(unscored.into_iter().map(|(card, _)| Ranked {
        card,
        score: None,
        rank: None,
    }));
    ranked
}

fn evidence(content: &Content<'_>) -> (Share, Vec<(Layer, Share)>) {
    let mut whole = Share::default();
    let mut layers: BTreeMap<Layer, Share> = BTreeMap::new();
    for (card, kind) in content.cards() {
        let found = usize::from(card.effective_confidence() == Confidence::Evidence);
        for share in [&mut whole, layers.entry(kind.layer()).or_default()] {
            share.cards += 1;
            share.evidence += found;
        }
    }
    let layers = words::LAYERS
        .iter()
        .filter_map(|layer| Some((*layer, *layers.get(layer)?)))
        .collect();
    (whole, layers)
}

/// What came after the day of the review, by the days people's own clocks said. What was written on that very day may have been part of it,
/// and what was reworded, moved or deleted leaves no date on the map.
fn since(content: &Content<'_>, day: Date) -> Since {
    let written = |moment: &str| moment.get(..10).and_then(Date::parse);
    let after = |moment: &str| written(moment).is_some_and(|on| on > day);
    let cards = || content.cards().map(|(card, _)| card);
    Since {
        cards: cards().filter(|card| after(&card.created_at)).count(),
        undated: cards()
            .filter(|card| written(&card.created_at).is_none())
            .count(),
        comments: content
            .map
            .comments
            .iter()
            .filter(|one| after(&one.at))
            .count(),
    }
}

/// A stage's name, also where it has none.
pub(crate) fn stage_name(title: &str) -> &str {
    match title.trim() {
        "" => "Unnamed stage",
        title => title,
    }
}
