//! What people voted for and felt: the vote that counts for the report, then every round. Pure.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::map::LaneKind;

use super::super::report::Content;
use super::super::votes::{self, Outcome, place_text};
use super::super::words::count;
use super::super::{Taken, result};
use super::feelings::felt_table;
use super::sentences::{capital, escaped, round_words, run_off_words, table_of, text_or};

/// Places of a vote that a report names.
const PLACES: usize = 5;

/// The cards of hidden lanes.
fn hidden<'a>(content: &Content<'a>) -> BTreeSet<&'a str> {
    let map = content.map;
    let lanes = map.lanes.iter().filter(|lane| lane.hidden == Some(true));
    let lanes: BTreeSet<&str> = lanes.map(|lane| lane.id.as_str()).collect();
    let within = map
        .cards
        .iter()
        .filter(|card| lanes.contains(card.lane.as_str()));
    within.map(|card| card.id.as_str()).collect()
}

/// The first places of the vote that counts; a tie at the end is not cut in two.
pub(super) fn vote(content: &Content<'_>, outcome: &Outcome<'_>) -> Vec<String> {
    let hidden = hidden(content);
    let cards = content.map.cards.iter();
    let cards: BTreeMap<_, _> = cards.map(|card| (card.id.as_str(), card)).collect();
    let shown: Vec<_> = outcome
        .places
        .iter()
        .filter(|place| !hidden.contains(place.card))
        .collect();
    let last = shown
        .get(PLACES.min(shown.len()).wrapping_sub(1))
        .map_or(0, |place| place.rank);
    let lines: Vec<_> = shown.iter().filter(|place| place.rank <= last).collect();
    let has_run_off = lines.iter().any(|place| place.run_off.is_some());
    let rows = lines.iter().map(|place| {
        let found = cards.get(place.card);
        let text = found.map_or(place.text, |card| card.text.as_str());
        let gone = if found.is_some() {
            ""
        } else {
            " (deleted since)"
        };
        let mut cells = vec![
            place_text(place.rank, place.tied),
            format!("{}{gone}", escaped(&text_or(text, LaneKind::Note))),
            place.dots.to_string(),
            place.voters.to_string(),
        ];
        if has_run_off {
            cells.push(run_off_words(place));
        }
        cells
    });
    let mut heads = vec!["Rank", "Card", "Dots", "Voters"];
    heads.extend(has_run_off.then_some("Run-off"));
    let heads: Vec<_> = heads.into_iter().map(str::to_owned).collect();
    let (more, out) = (
        shown.len() - lines.len(),
        outcome.places.len() - shown.len(),
    );
    let more = (more > 0).then(|| format!("{} with fewer dots", count(more, "more card")));
    let out = (out > 0).then(|| format!("{out} in hidden lanes"));
    let others: Vec<_> = more.into_iter().chain(out).collect();
    vec![
        "## What people voted for".to_owned(),
        format!(
            "{} ({})",
            escaped(&outcome.round.setup.question),
            escaped(&round_words(outcome.round))
        ),
        if lines.is_empty() {
            "Nobody placed a dot.".to_owned()
        } else {
            table_of(&heads, rows)
        },
        if lines.iter().any(|place| place.tied) {
            "Ranks with an equals sign are ties.".to_owned()
        } else {
            String::new()
        },
        if others.is_empty() {
            String::new()
        } else {
            format!("Besides: {}.", others.join(", "))
        },
    ]
}

/// Every closed round with its whole result. As in the report, what lies in a hidden lane is counted and not told.
pub(super) fn all(taken: &Taken, content: &Content<'_>) -> Vec<String> {
    let mut blocks = Vec::new();
    if taken.rounds.is_empty() && taken.feelings.is_empty() {
        return blocks;
    }
    blocks.push("## Rounds".to_owned());
    let hidden = hidden(content);
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
        let (out, shown): (Vec<_>, Vec<_>) =
            votes::with_dots(round).partition(|one| hidden.contains(one.card.as_str()));
        let rows: Vec<_> = shown
            .iter()
            .map(|one| {
                vec![
                    one.rank.to_string(),
                    escaped(&text_or(votes::text_of(round, &one.card), LaneKind::Note)),
                    one.dots.to_string(),
                    one.voters.to_string(),
                ]
            })
            .collect();
        blocks.push(if rows.is_empty() && out.is_empty() {
            "Nobody placed a dot.".to_owned()
        } else if rows.is_empty() {
            String::new()
        } else {
            table_of(
                &["Rank", "Card", "Dots", "Voters"].map(str::to_owned),
                rows.into_iter(),
            )
        });
        if !out.is_empty() {
            blocks.push(format!("Besides: {} in hidden lanes.", out.len()));
        }
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
