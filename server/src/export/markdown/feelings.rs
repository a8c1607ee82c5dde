//! How it feels, by the map and by the room. Pure.

use cairn_protocol::channel::EmotionRoundView;

use super::super::report::{Content, Report, stage_name};
use super::super::result;
use super::sentences::{at, escaped, feeling_words, table_of};
use crate::when::rfc3339;

pub(super) fn curve(content: &Content<'_>, report: &Report<'_>) -> Vec<String> {
    if content.map.stages.is_empty() {
        return Vec::new();
    }
    let heads = std::iter::once("Stage".to_owned())
        .chain(report.lines.iter().map(|line| escaped(&line.persona)));
    let rows = content.map.stages.iter().map(|stage| {
        let felt = report.lines.iter().map(|line| {
            let here = line.points.iter().filter(|(id, _)| *id == stage.id);
            let words: Vec<_> = here.map(|(_, score)| feeling_words(*score)).collect();
            words.join("; ")
        });
        std::iter::once(at(Some(stage))).chain(felt).collect()
    });
    vec![
        "## How it feels".to_owned(),
        table_of(&heads.collect::<Vec<_>>(), rows),
    ]
}

pub(super) fn room(round: &EmotionRoundView) -> Vec<String> {
    let opened = rfc3339(round.opened);
    let day = opened.get(..10).unwrap_or_default();
    let answers = result::answers_words(round);
    vec![
        "## How the room felt".to_owned(),
        format!(
            "{} ({day}, {answers}, without names)",
            escaped(&round.setup.question)
        ),
        felt_table(round),
        escaped(&result::outcome_words(round)),
    ]
}

pub(super) fn felt_table(round: &EmotionRoundView) -> String {
    let rows = round.stages.iter().map(|stage| {
        let name = escaped(stage_name(&stage.title));
        match result::felt(round, &stage.stage) {
            None => vec![name, "No answer".to_owned(), String::new(), String::new()],
            Some(felt) => vec![
                name,
                result::answer_words(felt),
                result::spread_words(felt),
                result::range_words(felt),
            ],
        }
    });
    table_of(
        &["Stage", "Median", "Spread", "Answers"].map(str::to_owned),
        rows,
    )
}
