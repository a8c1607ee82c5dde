//! What stands below the report: every card, lane by lane, and every closed round. Pure.

use cairn_protocol::map::{Card, LaneKind};

use super::super::Taken;
use super::super::report::Content;
use super::super::words;
use super::super::{result, votes};
use super::felt_table;
use super::sentences::{
    at, capital, escaped, feeling_words, plan_words, round_words, severity_words, table_of, text_or,
};

/// Every card, lane by lane: a table a lane, a row a card.
pub(super) fn whole_map(content: &Content<'_>) -> Vec<String> {
    let mut blocks = vec!["## The whole map".to_owned()];
    for lane in &content.lanes {
        let mut rows = Vec::new();
        for stage in &content.map.stages {
            let here = content
                .cards()
                .filter(|(card, _)| card.lane == lane.id && card.stage == stage.id);
            for (card, kind) in here {
                rows.push(vec![
                    at(Some(stage)),
                    escaped(&text_or(&card.text, kind)),
                    details(card, kind),
                ]);
            }
        }
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

/// Every closed round with its whole result.
pub(super) fn all_rounds(taken: &Taken) -> Vec<String> {
    let mut blocks = Vec::new();
    if taken.rounds.is_empty() && taken.feelings.is_empty() {
        return blocks;
    }
    blocks.push("## Rounds".to_owned());
    for round in &taken.rounds {
        let first = round
            .run_off_of
            .map(|first| format!(", run-off of round {}", first.0));
        let words = round_words(round);
        blocks.push(format!(
            "### Round {}: {}",
            round.id.0,
            escaped(&round.setup.question)
        ));
        blocks.push(format!("{}{}.", escaped(&words), first.unwrap_or_default()));
        let rows: Vec<_> = votes::with_dots(round)
            .map(|one| {
                vec![
                    one.rank.to_string(),
                    escaped(&text_or(votes::text_of(round, &one.card), LaneKind::Note)),
                    one.dots.to_string(),
                    one.voters.to_string(),
                ]
            })
            .collect();
        blocks.push(if rows.is_empty() {
            "Nobody placed a dot.".to_owned()
        } else {
            table_of(
                &["Rank", "Card", "Dots", "Voters"].map(str::to_owned),
                rows.into_iter(),
            )
        });
        let gone = round.targets.iter().filter(|target| target.withdrawn);
        let gone: Vec<_> = gone
            .map(|target| escaped(&text_or(&target.text, LaneKind::Note)))
            .collect();
        if !gone.is_empty() {
            blocks.push(format!("Deleted while it was open: {}.", gone.join("; ")));
        }
    }
    for round in &taken.feelings {
        blocks.push(format!(
            "### Round {}: {}",
            round.id.0,
            escaped(&round.setup.question)
        ));
        blocks.push(format!(
            "{}, without names.",
            capital(&result::answers_words(round))
        ));
        blocks.push(felt_table(round));
    }
    blocks
}
