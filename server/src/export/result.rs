//! How a room felt, in figures and words: the result of a closed emotion round. The same as the web client's `model/crowd-words.ts`. Pure.

use cairn_protocol::channel::{EmotionRoundView, StageFeelings};

use super::words::{count, score_label, score_text};

/// What was felt of a stage; nothing where nobody answered.
pub(crate) fn felt<'a>(round: &'a EmotionRoundView, stage: &str) -> Option<&'a StageFeelings> {
    round.result.iter().flatten().find(|one| one.stage == stage)
}

pub(crate) fn median(felt: &StageFeelings) -> f64 {
    f64::from(felt.median.0) / 100.0
}

pub(crate) fn spread(felt: &StageFeelings) -> f64 {
    f64::from(felt.spread.0) / 100.0
}

fn scores(felt: &StageFeelings) -> impl Iterator<Item = f64> {
    felt.points
        .iter()
        .map(|point| f64::from(point.halves()) / 2.0)
}

/// Every feeling, unnamed: "−1.5, 0, +1".
pub(crate) fn points(felt: &StageFeelings) -> String {
    scores(felt).map(score_text).collect::<Vec<_>>().join(", ")
}

/// "−0.5, Bad".
pub(crate) fn answer_words(felt: &StageFeelings) -> String {
    let median = median(felt);
    format!("{}, {}", score_text(median), score_label(median))
}

/// How far people are apart: "1.6, opposed".
pub(crate) fn spread_words(felt: &StageFeelings) -> String {
    let spread = spread(felt);
    let words = match spread {
        _ if felt.points.len() < 2 => "one answer",
        _ if spread < 0.5 => "close together",
        _ if spread < 1.0 => "some way apart",
        _ if spread < 1.5 => "far apart",
        _ => "opposed",
    };
    format!("{}, {words}", (spread * 10.0).round() / 10.0)
}

/// "4 answers from −2 to +1".
pub(crate) fn range_words(felt: &StageFeelings) -> String {
    let answers = count(felt.points.len(), "answer");
    match (scores(felt).next(), scores(felt).last()) {
        _ if felt.points.len() < 2 => answers,
        (Some(first), Some(_)) if felt.points.first() == felt.points.last() => {
            format!("{answers}, all {}", score_text(first))
        }
        (Some(first), Some(last)) => {
            format!(
                "{answers} from {} to {}",
                score_text(first),
                score_text(last)
            )
        }
        _ => answers,
    }
}

/// "up to 4 answers a stage".
pub(crate) fn answers_words(round: &EmotionRoundView) -> String {
    let answers = round.result.iter().flatten().map(|felt| felt.points.len());
    match answers.max().unwrap_or(0) {
        0 => "no answers".to_owned(),
        most => format!("up to {} a stage", count(most, "answer")),
    }
}

/// What came of a round, in one line.
pub(crate) fn outcome_words(round: &EmotionRoundView) -> String {
    let Some(widest) = round.result.iter().flatten().next() else {
        return "Nobody answered.".to_owned();
    };
    if widest.points.len() < 2 {
        return "Too few answered to disagree.".to_owned();
    }
    if widest.spread.0 == 0 {
        return "Everybody agrees on every stage.".to_owned();
    }
    let title = round.stages.iter().find(|one| one.stage == widest.stage);
    let title = super::report::stage_name(title.map_or("", |one| &one.title));
    format!("Widest disagreement: {title}, {}.", range_words(widest))
}
