//! The report as Markdown (`CommonMark` with GitHub's tables), for a wiki, a tracker or a chat; then the whole map and every closed round as
//! tables. Its first part is word for word what the web client's `model/markdown.ts` gives. Pure.
//!
//! What people wrote is text, never markup: every sign that could mean something is escaped.

mod feelings;
mod rounds;
mod sentences;
mod since;
mod whole;

use cairn_protocol::map::{Card, LaneKind};

use super::Taken;
use super::report::{Content, Moment, Report, report, stage_name};
use super::table;
use super::votes::{self, Outcome, place_text};
use super::words;
use feelings::{curve, room};
use rounds::vote;
use sentences::{
    at, capital, escaped, evidence_words, feeling_words, list, persona_words, plan_words, section,
    severity_words, table_of, text_or,
};
use since::since;

#[cfg(test)]
pub(crate) use sentences::escaped as as_text;

/// The whole file.
pub(crate) fn file(taken: &Taken) -> String {
    let content = Content::of(&taken.map);
    let mut blocks = report_blocks(taken, &content);
    blocks.extend(whole::whole_map(&content));
    blocks.extend(rounds::all(taken, &content));
    written(&blocks)
}

/// The report alone, as the page writes it.
#[cfg(test)]
pub(crate) fn report_alone(taken: &Taken) -> String {
    written(&report_blocks(taken, &Content::of(&taken.map)))
}

fn written(blocks: &[String]) -> String {
    let blocks: Vec<_> = blocks
        .iter()
        .filter(|block| !block.is_empty())
        .cloned()
        .collect();
    format!("{}\n", blocks.join("\n\n"))
}

fn report_blocks(taken: &Taken, content: &Content<'_>) -> Vec<String> {
    let map = content.map;
    let report = report(content);
    let outcome = votes::outcome(&taken.rounds);
    let title = if map.title.trim().is_empty() {
        "Untitled map"
    } else {
        &map.title
    };
    let mut blocks = vec![
        format!("# {}", escaped(title)),
        format!("*{}: journey report*", words::map_kind(map.kind)),
        list(facts(taken, &report)),
        "## At a glance".to_owned(),
        list(glance(&report)),
    ];
    blocks.extend(curve(content, &report));
    blocks.extend(taken.felt_last().map(room).into_iter().flatten());
    if !report.moments.is_empty() {
        blocks.push("## Worst moments".to_owned());
    }
    for (at, moment) in report.moments.iter().enumerate() {
        blocks.extend(worst_moment(at + 1, moment));
    }
    blocks.extend(opportunities(content, &report, outcome.as_ref()));
    blocks.extend(outcome.iter().flat_map(|outcome| vote(content, outcome)));
    blocks.extend(section(
        "Worst pains",
        report.pains.iter().map(|(card, is_addressed)| {
            format!(
                "{} ({}; {}{})",
                escaped(&text_or(&card.text, LaneKind::Pain)),
                at(content.stage(card)),
                severity_words(card.severity).to_lowercase(),
                if *is_addressed {
                    ""
                } else {
                    "; no opportunity addresses it"
                }
            )
        }),
    ));
    blocks.extend(section(
        "Widest gaps",
        report
            .gaps
            .iter()
            .map(|card| format!("{} ({})", gap(card), at(content.stage(card)))),
    ));
    let truths = report.truths.iter().map(|card| truth(content, card));
    let more = (report.more_truths > 0).then(|| format!("and {} more", report.more_truths));
    blocks.extend(section("Moments of truth", truths.chain(more)));
    blocks.push("## Evidence".to_owned());
    blocks.push(format!(
        "{} %: {}.",
        report.evidence.percent(),
        evidence_words(&report)
    ));
    blocks.push(list(report.layers.iter().map(|(layer, share)| {
        format!(
            "{}: {} % ({} of {})",
            words::layer(*layer),
            share.percent(),
            share.evidence,
            share.cards
        )
    })));
    blocks.extend(section(
        "Still to be checked",
        report.assumptions.iter().map(|(card, kind, because)| {
            let text = escaped(&text_or(&card.text, *kind));
            format!("{text} ({}, {because})", capital(words::card(*kind)))
        }),
    ));
    blocks.extend(since(&report, taken.since_review.as_ref()));
    blocks.push(match content.hidden_lanes {
        0 => String::new(),
        1 => "1 hidden lane is left out.".to_owned(),
        some => format!("{some} hidden lanes are left out."),
    });
    blocks
}

fn facts(taken: &Taken, report: &Report<'_>) -> Vec<String> {
    let map = &taken.map;
    let mut facts = Vec::new();
    if let Some(persona) = report.persona {
        facts.push(format!(
            "**Whose journey:** {}",
            escaped(&persona_words(persona))
        ));
    }
    if !report.others.is_empty() {
        let others: Vec<_> = report
            .others
            .iter()
            .map(|one| escaped(&persona_words(one)))
            .collect();
        facts.push(format!("**Also:** {}", others.join("; ")));
    }
    for (label, text) in [
        ("Scope", &map.scenario),
        ("Goal", &map.goal),
        ("Owner", &map.owner),
    ] {
        if !text.trim().is_empty() {
            facts.push(format!("**{label}:** {}", escaped(text)));
        }
    }
    let review = match (report.last_reviewed, report.review_due) {
        (None, _) => "Not reviewed yet".to_owned(),
        (Some(last), None) => format!("Reviewed {last}"),
        (Some(last), Some(due)) => {
            let next = if due <= taken.day {
                "next review was due"
            } else {
                "next review"
            };
            format!("Reviewed {last}, {next} {due}")
        }
    };
    facts.push(format!("**Review:** {}", escaped(&review)));
    facts
}

/// What to take away if there is time for nothing else.
fn glance(report: &Report<'_>) -> Vec<String> {
    let line = |label: &str, text: &str, detail: &str| {
        format!("**{label}:** {} ({})", escaped(text), escaped(detail))
    };
    let mut lines = Vec::new();
    if let Some(moment) = report.moments.first() {
        let label = if moment.score < 0.0 {
            "Worst moment"
        } else {
            "Lowest point"
        };
        let who = moment.who.filter(|who| !who.is_empty());
        let words = feeling_words(moment.score);
        let detail = who.map_or(words.clone(), |who| format!("{words}, {who}"));
        lines.push(line(label, stage_name(&moment.stage.title), &detail));
    }
    if let Some(first) = report.opportunities.first() {
        let text = text_or(&first.card.text, LaneKind::Opportunity);
        lines.push(line("First opportunity", &text, &plan_words(first.card)));
    }
    let percent = format!("{} %", report.evidence.percent());
    lines.push(line("Evidence", &percent, &evidence_words(report)));
    lines
}

fn worst_moment(number: usize, moment: &Moment<'_>) -> Vec<String> {
    let feeling = text_or(&moment.feeling.text, LaneKind::Emotion);
    let mut lines = vec![format!("Feeling: {}", escaped(&feeling))];
    if let Some(pain) = moment.pain {
        let text = escaped(&text_or(&pain.text, LaneKind::Pain));
        lines.push(format!(
            "Pain: {text} ({})",
            severity_words(pain.severity).to_lowercase()
        ));
    }
    lines.extend(moment.gap.map(gap));
    let quote = match (moment.feeling.quote.trim(), moment.who) {
        ("", _) => String::new(),
        (quote, None) => format!("> “{}”", escaped(quote)),
        (quote, Some(who)) => format!("> “{}”\n>\n> {}", escaped(quote), escaped(who)),
    };
    let title = at(Some(moment.stage));
    vec![
        format!("### {number}\\. {title}: {}", feeling_words(moment.score)),
        quote,
        list(lines),
    ]
}

fn opportunities(
    content: &Content<'_>,
    report: &Report<'_>,
    outcome: Option<&Outcome<'_>>,
) -> Vec<String> {
    if report.opportunities.is_empty() {
        return Vec::new();
    }
    let heads = [
        "Rank",
        "Opportunity",
        "Stage",
        "Plan",
        "Impact",
        "Value",
        "Effort",
        "Score",
        "Dots",
        "Addresses",
    ];
    let rows = report.opportunities.iter().map(|one| {
        let card = one.card;
        let addressed: Vec<_> = content
            .addressed(card)
            .into_iter()
            .map(|(other, kind)| escaped(&text_or(&other.text, kind)))
            .collect();
        let figure =
            |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        let score = one.score.map(table::hundredths);
        let dots = outcome
            .and_then(|outcome| outcome.of(&card.id))
            .map(|place| place.dots);
        vec![
            one.rank
                .map(|(rank, tied)| place_text(rank, tied))
                .unwrap_or_default(),
            escaped(&text_or(&card.text, LaneKind::Opportunity)),
            at(content.stage(card)),
            escaped(&plan_words(card)),
            figure(card.impact.map(f64::from)),
            figure(table::rating(card)),
            figure(card.effort.map(f64::from)),
            score.map_or("not rated yet".to_owned(), |score| score.to_string()),
            dots.map(|dots| dots.to_string()).unwrap_or_default(),
            addressed.join("; "),
        ]
    });
    let others = [
        (report.more_opportunities, "more open"),
        (report.done, "done"),
        (report.dropped, "dropped"),
    ];
    let others = others.iter().filter(|(some, _)| *some > 0);
    let others: Vec<_> = others
        .map(|(some, what)| format!("{some} {what}"))
        .collect();
    vec![
        "## Opportunities, ranked".to_owned(),
        table_of(&heads.map(str::to_owned), rows),
        if others.is_empty() {
            String::new()
        } else {
            format!("Besides: {}.", others.join(", "))
        },
    ]
}

fn truth(content: &Content<'_>, card: &Card) -> String {
    let feeling = content
        .mean(&card.stage)
        .map(|mean| format!("; feeling there {}", feeling_words(mean).to_lowercase()));
    format!(
        "{} ({}{})",
        escaped(&text_or(&card.text, LaneKind::Touchpoint)),
        at(content.stage(card)),
        feeling.unwrap_or_default()
    )
}

fn gap(card: &Card) -> String {
    format!(
        "Expected: {}. Actually: {} ({})",
        escaped(&text_or(&card.text, LaneKind::Expectation)),
        escaped(&card.actual),
        words::gap(card.gap.unwrap_or(0)).to_lowercase()
    )
}
