//! What a file that is taken away holds beside the map: the votes that were closed (VOTE-13, docs/voting.md). Called by the
//! HTTP export and by `cairn export`. Pure; it is given closed rounds only, and never a ballot.

use cairn_protocol::channel::RoundView;
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::map::JourneyMap;
use cairn_protocol::round::Visibility;
use serde::Serialize;
use serde_json::Value;

use crate::when::rfc3339;

/// The field they stand in.
const ROUNDS: &str = "rounds";

/// The map's JSON form with the closed rounds of this workshop. What the map brought along in that field from elsewhere stands first.
pub(crate) fn json(mut map: JourneyMap, workshop: &Workshop) -> String {
    let held: Vec<Value> = workshop
        .closed_rounds()
        .into_iter()
        .map(|round| exported(workshop.map(), &round))
        .collect();
    if !held.is_empty() {
        let mut rounds = match map.extra.remove(ROUNDS) {
            Some(Value::Array(brought)) => brought,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        rounds.extend(held);
        map.extra.insert(ROUNDS.to_owned(), Value::Array(rounds));
    }
    map.to_json()
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
