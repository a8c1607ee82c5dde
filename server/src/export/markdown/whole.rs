//! What stands below the report: every card, lane by lane. Pure.

use std::collections::BTreeMap;

use cairn_protocol::map::{Card, LaneKind};

use super::super::report::Content;
use super::super::words;
use super::sentences::{
    at, capital, escaped, feeling_words, plan_words, severity_words, table_of, text_or,
};

/// Every card, lane by lane: a table a lane, a row a card.
pub(super) fn whole_map(content: &Content<'_>) -> Vec<String> {
    let mut blocks = vec!["## The whole map".to_owned()];
    let mut lanes: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    // Lane by lane, stage by stage already.
    for (card, kind) in content.cards() {
        lanes.entry(&card.lane).or_default().push(vec![
            at(content.stage(card)),
            escaped(&text_or(&card.text, kind)),
            details(card, kind),
        ]);
    }
    for lane in &content.lanes {
        let rows = lanes.remove(lane.id.as_str()).unwrap_or_default();
        let title = if lane.title.trim().is_empty() {
            words::lane_kind(lane.kind)
        } else {
            lane.title.trim()
        };
        blocks.push(format!("### {}", escaped(title)));
        let heads =
            ["Stage", capital(words::card(lane.kind)).as_str(), "Details"].map(str::to_owned);
        blocks.push(if rows.is_empty() {
            "No card yet.".to_owned()
        } else {
            table_of(&heads, rows.into_iter())
        });
    }
    if content.lanes.is_empty() {
        blocks.push("No lane yet.".to_owned());
    }
    blocks
}

/// What a card says beside its text.
fn details(card: &Card, kind: LaneKind) -> String {
    let mut parts: Vec<String> = Vec::new();
    match kind {
        LaneKind::Touchpoint => {
            parts.push(card.channel.clone());
            parts
                .extend((card.moment_of_truth == Some(true)).then(|| "moment of truth".to_owned()));
            parts.extend((card.owned == Some(false)).then(|| "beyond our control".to_owned()));
        }
        LaneKind::Expectation => {
            if !card.actual.is_empty() {
                parts.push(format!("actually: {}", card.actual));
            }
            parts.extend(card.gap.map(|gap| words::gap(gap).to_lowercase()));
        }
        LaneKind::Emotion => parts.extend(card.score.map(|score| feeling_words(score.as_f64()))),
        LaneKind::Pain => parts.push(severity_words(card.severity).to_lowercase()),
        LaneKind::Opportunity => parts.push(plan_words(card)),
        LaneKind::Evidence | LaneKind::Frontstage | LaneKind::Backstage | LaneKind::Support => {
            parts.push(card.actor.clone());
            parts.extend((card.fail_point == Some(true)).then(|| "fail point".to_owned()));
        }
        LaneKind::Metric => {
            let figure = words::figure(card.value.as_ref(), &card.unit);
            parts.extend(figure);
            let target = words::figure(card.target.as_ref(), &card.unit);
            parts.extend(target.map(|target| format!("target {target}")));
        }
        LaneKind::Action | LaneKind::Note => {}
    }
    if !card.quote.is_empty() {
        parts.push(format!("“{}”", card.quote));
    }
    let sources: Vec<_> = card
        .sources
        .iter()
        .map(|one| words::one_line(&one.title))
        .collect();
    if !sources.is_empty() {
        parts.push(format!("sources: {}", sources.join("; ")));
    }
    let parts: Vec<_> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| escaped(part))
        .collect();
    parts.join("; ")
}
