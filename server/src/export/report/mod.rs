//! What a report says of a map: its curve, its worst moments, what could be done, and what all of it rests on. The same choices as the
//! web client's `model/report.ts`, so that the page, its Markdown and this file agree; a golden file holds the two together. Pure.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts of cards, lines and stages are far below 2^23"
)]

mod choices;
mod content;

use std::collections::BTreeMap;

use cairn_protocol::map::{Card, Confidence, Date, LaneKind, Layer, Persona, Stage, Status};

pub(crate) use choices::evidence;
use choices::{gaps, lines, moments, open_ones, pains, since, worst_truths};
pub(crate) use content::Content;

const OPPORTUNITIES: usize = 5;
const ASSUMPTIONS: usize = 5;

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
    let gaps = gaps(content);
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

/// A stage's name, also where it has none.
pub(crate) fn stage_name(title: &str) -> &str {
    match title.trim() {
        "" => "Unnamed stage",
        title => title,
    }
}
