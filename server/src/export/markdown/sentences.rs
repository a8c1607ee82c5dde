//! The sentences and signs of a Markdown file: what the web client's `model/report-words.ts` says, and nothing in it that Markdown would take for
//! its own. Pure.

use cairn_protocol::channel::RoundView;
use cairn_protocol::map::{Card, LaneKind, Persona, Stage, Status};

use super::super::report::{Report, stage_name};
use super::super::votes::{self, Place, RunOff, place_text};
use super::super::words::{self, count, score_label, score_text};
use crate::when::rfc3339;

/// Somebody's text on one line, with nothing in it that Markdown would take for its own.
pub(crate) fn escaped(text: &str) -> String {
    let line = words::one_line(text);
    let mut safe = String::with_capacity(line.len());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in line.char_indices() {
        let begins = at == 0 && "#+=-".contains(letter);
        let numbers = (1..=9).contains(&digits) && at == digits && ".)".contains(letter);
        if begins || numbers || "\\`*_[]<>|~&$".contains(letter) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

pub(super) fn text_or(text: &str, kind: LaneKind) -> String {
    match text.trim() {
        "" => format!("Empty {}", words::card(kind)),
        text => text.to_owned(),
    }
}

/// "−2, Awful". Means of a few halves: two places are more than anybody felt.
pub(super) fn feeling_words(score: f64) -> String {
    let rounded = (score * 10.0 + 0.5).floor() / 10.0;
    format!("{}, {}", score_text(rounded), score_label(score))
}

pub(super) fn severity_words(severity: Option<u8>) -> String {
    severity.map_or_else(
        || "Severity not rated".to_owned(),
        |severity| format!("{}, {severity} of 5", words::severity(severity)),
    )
}

pub(super) fn persona_words(persona: &Persona) -> String {
    let who = match persona.name.trim() {
        "" => "Unnamed",
        name => name,
    };
    match persona.role.trim() {
        "" => who.to_owned(),
        role => format!("{who}, {role}"),
    }
}

/// Who does it and by when: "Planned, Ana Ruiz, due 2026-12-04".
pub(super) fn plan_words(card: &Card) -> String {
    let is_over = matches!(card.status, Some(Status::Done | Status::Dropped));
    let mut parts = vec![words::status(card.status.unwrap_or(Status::Idea)).to_owned()];
    if !card.owner.is_empty() {
        parts.push(card.owner.clone());
    } else if !is_over {
        parts.push("no owner yet".to_owned());
    }
    parts.extend(card.due.map(|due| format!("due {due}")));
    parts.join(", ")
}

pub(super) fn evidence_words(report: &Report<'_>) -> String {
    let cards = count(report.evidence.cards, "card");
    match report.evidence.evidence {
        0 => format!("None of the {cards} rests on evidence"),
        1 => format!("1 of {cards} rests on evidence"),
        some => format!("{some} of {cards} rest on evidence"),
    }
}

pub(super) fn run_off_words(place: &Place<'_>) -> String {
    match place.run_off {
        None => String::new(),
        Some(RunOff(None)) => "no dot".to_owned(),
        Some(RunOff(Some(standing))) => {
            let rank = place_text(standing.rank, standing.tied);
            format!("{}, rank {rank}", votes::dots(standing.dots))
        }
    }
}

/// "4 voters with 5 dots each, 2026-11-27, anonymous".
pub(super) fn round_words(round: &RoundView) -> String {
    let mut parts = vec![format!(
        "{} with {} each",
        count(round.voters.unwrap_or(0) as usize, "voter"),
        votes::dots(round.setup.dots.into())
    )];
    parts.extend(
        round
            .ended
            .and_then(|ended| rfc3339(ended).get(..10).map(str::to_owned)),
    );
    parts.push(
        if round.setup.anonymous {
            "anonymous"
        } else {
            "with names"
        }
        .to_owned(),
    );
    parts.join(", ")
}

pub(super) fn at(stage: Option<&Stage>) -> String {
    escaped(stage_name(stage.map_or("", |stage| &stage.title)))
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

pub(super) fn section(title: &str, items: impl Iterator<Item = String>) -> Vec<String> {
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![format!("## {title}"), list(items)]
}

pub(super) fn list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<_> = items.into_iter().map(|item| format!("- {item}")).collect();
    items.join("\n")
}

pub(super) fn table_of(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let rule: Vec<_> = heads.iter().map(|_| "---".to_owned()).collect();
    let mut lines = vec![row(heads), row(&rule)];
    lines.extend(rows.map(|cells| row(&cells)));
    lines.join("\n")
}
