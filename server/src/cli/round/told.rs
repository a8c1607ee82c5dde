//! A map's rounds as the server tells them (VOTE-14), and in words.

use std::fmt::Write as _;

use cairn_protocol::map::health::quoted;
use serde::Deserialize;
use serde_json::Value;

use super::RoundError;
use crate::when::rfc3339;

/// The answer of `GET /api/maps/{id}/rounds`.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    rounds: Vec<Value>,
    progress: Option<Progress>,
}

#[derive(Debug, Deserialize)]
struct Progress {
    round: u32,
    done: Vec<String>,
    begun: u32,
    voters: u32,
}

/// One round: what is read of it here, and all of it.
#[derive(Debug)]
pub(super) struct TheRound {
    read: Read,
    json: Value,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Read {
    id: u32,
    state: String,
    until: Option<u64>,
    setup: Setup,
    #[serde(default)]
    targets: Vec<Target>,
    #[serde(default)]
    stages: Vec<Stage>,
    result: Option<Vec<Outcome>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Setup {
    question: String,
    dots: Option<u8>,
    #[serde(default)]
    anonymous: bool,
    visibility: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Target {
    card: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Stage {
    stage: String,
    title: String,
}

/// A card with its dots, or a stage with its feelings.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Outcome {
    Dots {
        card: String,
        dots: u32,
        voters: u32,
        rank: u32,
    },
    Feelings {
        stage: String,
        median: f64,
        spread: f64,
        points: Vec<f64>,
    },
}

impl Told {
    /// The round that is open.
    pub(super) fn open(&self) -> Option<TheRound> {
        self.all().find(TheRound::is_open)
    }

    /// The number of the round that is meant: this one, or the open one.
    pub(super) fn number(&self, named: Option<u32>) -> Result<u32, RoundError> {
        let open = || self.open().map(|round| round.read.id);
        named.or_else(open).ok_or(RoundError::NoneOpen)
    }

    pub(super) fn round(&self, number: u32) -> Result<TheRound, RoundError> {
        let found = self.all().find(|round| round.read.id == number);
        found.ok_or(RoundError::NoSuchRound(number))
    }

    fn all(&self) -> impl Iterator<Item = TheRound> {
        self.rounds.iter().filter_map(|json| {
            let read = serde_json::from_value(json.clone()).ok()?;
            Some(TheRound {
                read,
                json: json.clone(),
            })
        })
    }

    /// How far the round is: who is done, never with what.
    pub(super) fn progress(&self, round: &TheRound) -> String {
        let far = self
            .progress
            .as_ref()
            .filter(|far| far.round == round.read.id);
        let how = far.map_or("it is open".to_owned(), |far| {
            let Progress {
                done,
                begun,
                voters,
                ..
            } = far;
            let have = if *begun == 1 { "has" } else { "have" };
            format!("{} of {voters} done, {begun} {have} begun", done.len())
        });
        match round.read.until {
            Some(until) => format!(
                "round {}: {how}; closes at {}",
                round.read.id,
                rfc3339(until)
            ),
            None => format!("round {}: {how}", round.read.id),
        }
    }
}

impl TheRound {
    pub(super) fn is_open(&self) -> bool {
        self.read.state == "open"
    }

    pub(super) fn json(&self) -> &Value {
        &self.json
    }

    /// What was opened, in one line.
    pub(super) fn opened(&self) -> String {
        let Read {
            id,
            setup,
            targets,
            until,
            ..
        } = &self.read;
        let names = if setup.anonymous {
            "anonymous"
        } else {
            "with names"
        };
        let totals = match setup.visibility.as_deref() {
            Some("live") => "live totals",
            _ => "secret until closed",
        };
        let dots = setup.dots.unwrap_or_default();
        let end = until.map_or(String::new(), |until| {
            format!(", closes at {}", rfc3339(until))
        });
        format!(
            "round {id} is open: {}, {} each, {totals}, {names}{end}",
            counted(targets.len(), "card").trim(),
            counted(dots.into(), "dot").trim(),
        )
    }

    /// What came of it, a line for each card or stage.
    pub(super) fn result(&self) -> String {
        let Read {
            id,
            state,
            setup,
            result,
            ..
        } = &self.read;
        let mut text = format!("round {id}, {state}: {}\n", quoted(&setup.question, ""));
        for one in result.iter().flatten() {
            let line = match one {
                Outcome::Dots {
                    card,
                    dots,
                    voters,
                    rank,
                } => {
                    let named = self.read.targets.iter().find(|target| target.card == *card);
                    let name = quoted(named.map_or("", |target| &target.text), card);
                    let (dots, voters) = (*dots as usize, *voters as usize);
                    let counts = format!("{}  {}", counted(dots, "dot"), counted(voters, "voter"));
                    format!("{rank:>4}  {counts}  {name}")
                }
                Outcome::Feelings {
                    stage,
                    median,
                    spread,
                    points,
                } => {
                    let named = self.read.stages.iter().find(|one| one.stage == *stage);
                    let name = quoted(named.map_or("", |one| &one.title), stage);
                    let answers = counted(points.len(), "answer");
                    format!("{median:>+6.2}  spread {spread:>4.2}  {answers}  {name}")
                }
            };
            writeln!(text, "{line}").expect("writing to a String cannot fail");
        }
        text
    }
}

/// So many of them, as wide for one as for many: columns stay columns.
fn counted(many: usize, one: &str) -> String {
    let end = if many == 1 { ' ' } else { 's' };
    format!("{many:>4} {one}{end}")
}
