//! What came since the last review, in the words of the web client's `model/since-words.ts`: what truly changed where the history tells,
//! else what the map holds days of. Pure.

use cairn_protocol::map::Date;
use cairn_protocol::map::compare::{Comparison, GapFate, PainFate};

use super::super::report::{Report, Since};
use super::super::words::count;

/// The section; nothing without a review.
pub(super) fn since(report: &Report<'_>, changes: Option<&Comparison>) -> Vec<String> {
    let (Some(last), Some(since)) = (report.last_reviewed, &report.since) else {
        return Vec::new();
    };
    vec![
        "## Since the last review".to_owned(),
        words(last, since, changes),
    ]
}

fn words(last: Date, since: &Since, changes: Option<&Comparison>) -> String {
    let said = match changes {
        None => by_days(since),
        Some(changes) => by_history(changes, since.comments),
    };
    format!("Since the review of {last}: {said}")
}

fn by_days(since: &Since) -> String {
    let some = |number: usize, one: &str| match number {
        0 => format!("no {one}"),
        some => count(some, one),
    };
    let mut parts = vec![format!(
        "{} added, {} written.",
        some(since.cards, "card"),
        some(since.comments, "comment")
    )];
    match since.undated {
        0 => {}
        1 => parts.push("One card does not say when it was written and is not counted.".to_owned()),
        some => parts.push(format!(
            "{some} cards do not say when they were written and are not counted."
        )),
    }
    parts.push("Rewordings, moves and deletions leave no date on the map.".to_owned());
    parts.join(" ")
}

fn by_history(comparison: &Comparison, comments: usize) -> String {
    let fields: Vec<_> = comparison.map.iter().map(|one| field(&one.field)).collect();
    let mut changed = vec![
        tally("card", comparison.cards.numbers()),
        tally("stage", comparison.stages.numbers()),
        tally("lane", comparison.lanes.numbers()),
        tally("persona", comparison.personas.numbers()),
        if fields.is_empty() {
            String::new()
        } else {
            format!("{} changed", listed(&fields))
        },
    ];
    changed.retain(|part| !part.is_empty());
    if changed.is_empty() {
        changed.push("nothing changed on the map".to_owned());
    }
    if comments > 0 {
        changed.push(format!("{} written", count(comments, "comment")));
    }
    let pains = |fate| {
        let pains = comparison.pains.iter();
        pains.filter(|pain| pain.became == fate).count()
    };
    let gaps = |fate| {
        comparison
            .gaps
            .iter()
            .filter(|gap| gap.became == fate)
            .count()
    };
    let became = [
        fates(
            "Pains",
            [
                (pains(PainFate::Resolved), "resolved"),
                (pains(PainFate::Eased), "eased"),
                (pains(PainFate::Worsened), "worse"),
                (pains(PainFate::New), "new"),
            ],
        ),
        fates(
            "Gaps",
            [
                (gaps(GapFate::Closed), "closed"),
                (gaps(GapFate::Narrowed), "narrowed"),
                (gaps(GapFate::Widened), "widened"),
                (gaps(GapFate::Opened), "opened"),
            ],
        ),
    ];
    let changed = format!("{}.", changed.join("; "));
    let sentences = std::iter::once(changed).chain(became.into_iter().flatten());
    sentences.collect::<Vec<_>>().join(" ")
}

/// "3 cards added, 1 removed"
fn tally(one: &str, numbers: [usize; 5]) -> String {
    let did = ["added", "removed", "moved", "reworded", "changed"];
    let parts = numbers.into_iter().zip(did);
    let parts = parts.filter(|(number, _)| *number > 0).enumerate();
    let parts = parts.map(|(place, (number, did))| match place {
        0 => format!("{} {did}", count(number, one)),
        _ => format!("{number} {did}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// "Pains: 1 resolved, 2 new."
fn fates(title: &str, counted: [(usize, &str); 4]) -> Option<String> {
    let parts = counted.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<_> = parts
        .map(|(number, fate)| format!("{number} {fate}"))
        .collect();
    (!parts.is_empty()).then(|| format!("{title}: {}.", parts.join(", ")))
}

/// "goal, kind and title"
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// A field of the map as people call it, in the middle of a sentence.
fn field(name: &str) -> String {
    if name == "currentState" {
        return "improves on".to_owned();
    }
    let spaced = name.chars().flat_map(|letter| {
        let space = letter.is_uppercase().then_some(' ');
        space.into_iter().chain(letter.to_lowercase())
    });
    spaced.collect()
}

#[cfg(test)]
mod tests {
    use cairn_protocol::map::JourneyMap;
    use cairn_protocol::map::compare::compare;
    use serde_json::{Value, json};

    use super::*;

    fn map(cards: &Value, goal: &str) -> JourneyMap {
        let map = json!({
            "format": "cairn.map/1", "kind": "current-state", "title": "T", "goal": goal,
            "stages": [{"id": "s", "title": "S"}, {"id": "t", "title": "T"}],
            "lanes": [{"id": "p", "kind": "pain", "title": "Pains"}],
            "cards": cards,
        });
        JourneyMap::from_value(map).unwrap()
    }

    fn said(before: &JourneyMap, after: &JourneyMap, comments: usize) -> String {
        let since = Since {
            cards: 7,
            undated: 0,
            comments,
        };
        let day = Date::parse("2026-10-01").unwrap();
        words(day, &since, Some(&compare(before, after)))
    }

    #[test]
    fn upkeep_4_what_truly_changed_is_counted_by_the_history() {
        let card = |id: &str, stage: &str, text: &str, severity: u8| json!({"id": id, "lane": "p", "stage": stage, "text": text, "severity": severity});
        let before = map(
            &json!([
                card("a", "s", "Too slow by far", 4),
                card("b", "s", "Nobody answers", 3),
                card("c", "s", "Forms in triplicate", 2),
            ]),
            "A",
        );
        let after = map(
            &json!([
                card("b", "t", "Nobody answers", 2),
                card("c", "s", "Forms in duplicate", 2),
                card("d", "s", "An altogether other thing", 1),
                card("e", "s", "And one more of these", 1),
            ]),
            "B",
        );
        assert_eq!(
            said(&before, &after, 1),
            "Since the review of 2026-10-01: 2 cards added, 1 removed, 1 moved, 1 reworded, 1 changed; goal changed; 1 comment written. Pains: 1 resolved, 1 eased, 2 new."
        );
        assert_eq!(
            said(&before, &before, 0),
            "Since the review of 2026-10-01: nothing changed on the map."
        );
        assert_eq!(
            said(&before, &before, 2),
            "Since the review of 2026-10-01: nothing changed on the map; 2 comments written."
        );
        assert_eq!(
            (field("reviewEvery"), field("currentState")),
            ("review every".to_owned(), "improves on".to_owned())
        );
    }
}
