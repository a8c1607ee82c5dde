//! What of a map a report tells, and in which order. Pure.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::map::{Card, Confidence, Date, LaneKind, Layer, Stage, Status};

use super::super::{table, words};
use super::{Content, Line, Moment, Ranked, Share, Since};

const MOMENTS: usize = 3;
const PAINS: usize = 5;
const GAPS: usize = 3;
const TRUTHS: usize = 5;

/// One line a persona; feelings of nobody in particular are everyone's.
pub(super) fn lines<'a>(content: &Content<'a>) -> Vec<Line<'a>> {
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

/// The widest of them.
pub(super) fn gaps<'a>(content: &Content<'a>) -> Vec<&'a Card> {
    top(wide(content).collect(), |card| card.gap.unwrap_or(0), GAPS)
}

/// The highest; of equals those that come first on the map.
fn top<T: Ord>(mut cards: Vec<&Card>, rank: impl Fn(&Card) -> T, most: usize) -> Vec<&Card> {
    cards.sort_by_key(|card| Reverse(rank(card)));
    cards.truncate(most);
    cards
}

/// One a stage: its lowest feeling, with the worst pain and the widest gap beside it. Only stages below neutral count; where nobody feels
/// bad anywhere, the lowest stage alone is told.
pub(super) fn moments<'a>(content: &Content<'a>) -> Vec<Moment<'a>> {
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

pub(super) fn pains<'a>(content: &Content<'a>, opportunities: &[&Card]) -> Vec<(&'a Card, bool)> {
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
pub(super) fn worst_truths<'a>(content: &Content<'a>, mut truths: Vec<&'a Card>) -> Vec<&'a Card> {
    if truths.len() > TRUTHS {
        let feeling = |card: &Card| content.mean(&card.stage).unwrap_or(0.0);
        truths.sort_by(|a, b| feeling(a).total_cmp(&feeling(b)));
        truths.truncate(TRUTHS);
    }
    truths
}

/// Ranked ones first, then those that lack a rating, in map order. What is done or dropped takes no place.
pub(super) fn open_ones<'a>(all: &[&'a Card]) -> Vec<Ranked<'a>> {
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

pub(crate) fn evidence(content: &Content<'_>) -> (Share, Vec<(Layer, Share)>) {
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
pub(super) fn since(content: &Content<'_>, day: Date) -> Since {
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
