//! A comparison as Markdown. What people wrote is one line each, and nothing in it is read as Markdown.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    CardPlace, Changed, Comparison, EntryChanges, FieldChange, GapFate, Named, PainFate, Reworded,
    Side, WordKind,
};

pub(super) fn write(comparison: &Comparison) -> String {
    let mut text = String::new();
    let Side { title: before, .. } = &comparison.before;
    let Side { title: after, .. } = &comparison.after;
    heading(
        &mut text,
        1,
        &format!("{} → {}", plain(before), plain(after)),
    );
    let sides = [("Before", &comparison.before), ("After", &comparison.after)];
    text.push_str("| | Stages | Lanes | Cards |\n|---|---:|---:|---:|\n");
    for (name, side) in sides {
        line(
            &mut text,
            &format!(
                "| {name} | {} | {} | {} |",
                side.stages, side.lanes, side.cards
            ),
        );
    }
    if comparison.is_empty() {
        text.push_str("\nNothing is different.\n");
        return text;
    }
    meaning(&mut text, comparison);
    list(&mut text, "The map", comparison.map.iter().map(field));
    entries(&mut text, "Personas", &comparison.personas);
    entries(&mut text, "Stages", &comparison.stages);
    entries(&mut text, "Lanes", &comparison.lanes);
    let cards = &comparison.cards;
    list(
        &mut text,
        "Cards added",
        cards
            .added
            .iter()
            .map(|card| format!("{} ({})", plain(&card.text), place(&card.place))),
    );
    list(
        &mut text,
        "Cards removed",
        cards
            .removed
            .iter()
            .map(|card| format!("{} ({})", plain(&card.text), place(&card.place))),
    );
    list(
        &mut text,
        "Cards moved",
        cards.moved.iter().map(|card| {
            format!(
                "{}: {} → {}",
                plain(&card.text),
                place(&card.from),
                place(&card.to)
            )
        }),
    );
    list(
        &mut text,
        "Cards reworded",
        cards.reworded.iter().map(reworded),
    );
    list(
        &mut text,
        "Cards changed",
        cards.changed.iter().map(changed),
    );
    text
}

fn meaning(text: &mut String, comparison: &Comparison) {
    let score = |mean: Option<f64>| {
        mean.map_or("–".to_owned(), |mean| {
            format!("{mean:+.2}").replace('-', "−")
        })
    };
    if !comparison.curve.is_empty() {
        heading(text, 2, "How it feels");
        text.push_str("| Stage | Before | After |\n|---|---:|---:|\n");
        for shift in &comparison.curve {
            line(
                text,
                &format!(
                    "| {} | {} | {} |",
                    plain(&shift.stage),
                    score(shift.before),
                    score(shift.after)
                ),
            );
        }
    }
    let number = |value: Option<u8>| value.map_or("–".to_owned(), |value| value.to_string());
    let pains = |fate: PainFate, name: &'static str| {
        let these = comparison
            .pains
            .iter()
            .filter(move |pain| pain.became == fate);
        these.map(move |pain| {
            let severity = format!("severity {} → {}", number(pain.before), number(pain.after));
            format!("{name}: {} ({severity})", plain(&pain.text))
        })
    };
    let all = pains(PainFate::Resolved, "Resolved")
        .chain(pains(PainFate::Eased, "Eased"))
        .chain(pains(PainFate::Worsened, "Worse"))
        .chain(pains(PainFate::New, "New"));
    list(text, "Pains", all);
    let gaps = comparison.gaps.iter().map(|gap| {
        let became = match gap.became {
            GapFate::Closed => "Closed",
            GapFate::Narrowed => "Narrowed",
            GapFate::Widened => "Widened",
            GapFate::Opened => "Opened",
        };
        format!(
            "{became}: {} (gap {} → {})",
            plain(&gap.text),
            number(gap.before),
            number(gap.after)
        )
    });
    list(text, "Gaps between what is expected and what happens", gaps);
}

fn entries(text: &mut String, title: &str, changes: &EntryChanges) {
    let named = |what: &'static str, these: &[Named]| -> Vec<String> {
        these
            .iter()
            .map(|one| format!("{what}: {}", plain(&one.name)))
            .collect()
    };
    let all = named("Added", &changes.added)
        .into_iter()
        .chain(named("Removed", &changes.removed))
        .chain(named("Moved", &changes.moved))
        .chain(
            changes
                .reworded
                .iter()
                .map(|one| format!("Reworded: {}", reworded(one))),
        )
        .chain(changes.changed.iter().map(changed));
    list(text, title, all);
}

fn reworded(one: &Reworded) -> String {
    let words = one.words.iter().map(|word| {
        let (before, inner, after) = around(&word.text);
        match word.kind {
            _ if inner.is_empty() => before.to_owned(),
            WordKind::Same => format!("{before}{}{after}", plain(inner)),
            // What replaces a word directly stands apart from it.
            WordKind::Removed => format!("{before}~~{}~~ {after}", plain(inner)),
            WordKind::Added => format!("{before}**{}**{after}", plain(inner)),
        }
    });
    words
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The white space before and after some words: marks must touch what they mark.
fn around(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    if inner.is_empty() {
        return (text, "", "");
    }
    let (before, rest) = text.split_at(start);
    let (inner, after) = rest.split_at(inner.len());
    (before, inner, after)
}

fn changed(one: &Changed) -> String {
    let fields: Vec<String> = one.fields.iter().map(field).collect();
    format!("{}: {}", plain(&one.name), fields.join("; "))
}

fn field(change: &FieldChange) -> String {
    format!(
        "{} {} → {}",
        plain(&change.field),
        value(&change.before),
        value(&change.after)
    )
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => format!("“{}”", plain(text)),
        Value::Array(items) => format!("{} of them", items.len()),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => plain(&value.to_string()),
    }
}

fn place(place: &CardPlace) -> String {
    format!("{} / {}", plain(&place.stage), plain(&place.lane))
}

fn list(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    heading(text, 2, title);
    for item in items {
        line(text, &format!("- {item}"));
    }
}

fn heading(text: &mut String, level: usize, title: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    line(text, &format!("{} {title}\n", "#".repeat(level)));
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a String cannot fail");
}

/// One line, with what Markdown would read as a mark escaped.
fn plain(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(one_line.len());
    for char in one_line.chars() {
        if matches!(
            char,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&'
        ) {
            safe.push('\\');
        }
        safe.push(char);
    }
    safe
}
