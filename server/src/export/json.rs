//! The map's JSON form, with what it holds beside the map: the rounds that were closed (VOTE-13, docs/voting.md). Pure; it is given closed
//! rounds only, and never a ballot.

use cairn_protocol::channel::{EmotionRoundView, RoundView};
use cairn_protocol::emotion::{Hundredths, Score};
use cairn_protocol::id::MapId;
use cairn_protocol::round::Visibility;
use serde::Serialize;
use serde_json::Value;

use super::Taken;
use crate::when::rfc3339;

/// The fields they stand in.
const ROUNDS: &str = "rounds";
const FEELINGS: &str = "emotionRounds";

/// The map with the closed rounds of its workshop. What it brought along in those fields from elsewhere stands first.
pub(super) fn file(mut taken: Taken) -> String {
    let rounds = taken.rounds.iter().map(|round| exported(&taken.id, round));
    let rounds: Vec<Value> = rounds.collect();
    let feelings = taken.feelings.iter().map(|round| felt(&taken.id, round));
    let feelings: Vec<Value> = feelings.collect();
    for (field, held) in [(ROUNDS, rounds), (FEELINGS, feelings)] {
        if held.is_empty() {
            continue;
        }
        let mut all = match taken.map.extra.remove(field) {
            Some(Value::Array(brought)) => brought,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        all.extend(held);
        taken.map.extra.insert(field.to_owned(), Value::Array(all));
    }
    taken.map.to_json()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Exported<'a> {
    map: &'a MapId,
    round: u32,
    question: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_off_of: Option<u32>,
    opened: String,
    closed: String,
    dots: u8,
    most_per_card: u8,
    visibility: Visibility,
    anonymous: bool,
    voters: u32,
    result: Vec<Placed<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<Withdrawn<'a>>,
}

#[derive(Serialize)]
struct Placed<'a> {
    card: &'a str,
    text: &'a str,
    dots: u32,
    voters: u32,
    rank: u32,
}

#[derive(Serialize)]
struct Withdrawn<'a> {
    card: &'a str,
    text: &'a str,
}

fn exported(map: &MapId, round: &RoundView) -> Value {
    let text = |card: &str| {
        let target = round.targets.iter().find(|target| target.card == card);
        target.map_or("", |target| target.text.as_str())
    };
    let placed = round.result.iter().flatten().map(|one| Placed {
        card: &one.card,
        text: text(&one.card),
        dots: one.dots,
        voters: one.voters,
        rank: one.rank,
    });
    let gone = round.targets.iter().filter(|target| target.withdrawn);
    let exported = Exported {
        map,
        round: round.id.0,
        question: &round.setup.question,
        run_off_of: round.run_off_of.map(|first| first.0),
        opened: rfc3339(round.opened),
        closed: rfc3339(round.ended.unwrap_or(round.opened)),
        dots: round.setup.dots,
        most_per_card: round.setup.most_per_card,
        visibility: round.setup.visibility,
        anonymous: round.setup.anonymous,
        voters: round.voters.unwrap_or(0),
        result: placed.collect(),
        withdrawn: gone
            .map(|target| Withdrawn {
                card: &target.card,
                text: &target.text,
            })
            .collect(),
    };
    serde_json::to_value(exported).expect("a round is plain data")
}

#[derive(Serialize)]
struct FeltRound<'a> {
    map: &'a MapId,
    round: u32,
    question: &'a str,
    opened: String,
    /// In the order of the map.
    stages: Vec<FeltStage<'a>>,
}

#[derive(Serialize)]
struct FeltStage<'a> {
    stage: &'a str,
    title: &'a str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    felt: Option<Figures<'a>>,
}

#[derive(Serialize)]
struct Figures<'a> {
    median: Hundredths,
    spread: Hundredths,
    points: &'a [Score],
}

fn felt(map: &MapId, round: &EmotionRoundView) -> Value {
    let stages = round.stages.iter().map(|stage| {
        let felt = super::result::felt(round, &stage.stage);
        FeltStage {
            stage: &stage.stage,
            title: &stage.title,
            felt: felt.map(|felt| Figures {
                median: felt.median,
                spread: felt.spread,
                points: &felt.points,
            }),
        }
    });
    let exported = FeltRound {
        map,
        round: round.id.0,
        question: &round.setup.question,
        opened: rfc3339(round.opened),
        stages: stages.collect(),
    };
    serde_json::to_value(exported).expect("a round is plain data")
}
