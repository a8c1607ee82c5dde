//! The map as a table, one row a card: the columns that CSV and XLSX share, and that `import` reads again. Pure.
//!
//! Titles and words are those of the opportunities' own table in the web client (`model/opportunity-csv.ts`).

use std::collections::BTreeMap;

use cairn_protocol::channel::RoundView;
use cairn_protocol::map::{Card, Confidence, Figure, Lane, LaneKind, Score, Source, Stage};

use super::Taken;
use super::votes::{self, Outcome};
use super::words;

/// A number stays a number; text is text; nothing is an empty cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Nothing,
    Number(f64),
    Text(String),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text)
        }
    }

    pub(crate) fn number(number: impl Into<f64>) -> Self {
        Self::Number(number.into())
    }

    fn maybe(number: Option<impl Into<f64>>) -> Self {
        number.map_or(Self::Nothing, Self::number)
    }
}

/// A card with where it lies.
pub(crate) struct Row<'a> {
    pub(crate) card: &'a Card,
    /// Counted from 1.
    pub(crate) stage_number: usize,
    pub(crate) stage: &'a Stage,
    pub(crate) lane_number: usize,
    pub(crate) lane: &'a Lane,
}

/// Every card, as a journey is read: stage by stage, lane by lane, in the order of the map.
pub(crate) fn rows(taken: &Taken) -> Vec<Row<'_>> {
    let map = &taken.map;
    let stages: BTreeMap<&str, usize> = numbered(map.stages.iter().map(|stage| stage.id.as_str()));
    let lanes: BTreeMap<&str, usize> = numbered(map.lanes.iter().map(|lane| lane.id.as_str()));
    let mut rows: Vec<_> = map
        .cards
        .iter()
        .filter_map(|card| {
            let stage = *stages.get(card.stage.as_str())?;
            let lane = *lanes.get(card.lane.as_str())?;
            Some(Row {
                card,
                stage_number: stage + 1,
                stage: map.stages.get(stage)?,
                lane_number: lane + 1,
                lane: map.lanes.get(lane)?,
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.stage_number, row.lane_number));
    rows
}

fn numbered<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    ids.enumerate().map(|(number, id)| (id, number)).collect()
}

/// What a column is read from.
pub(crate) struct Known<'a> {
    /// Names of the personas, by id.
    personas: BTreeMap<&'a str, &'a str>,
    cards: BTreeMap<&'a str, &'a Card>,
    comments: BTreeMap<&'a str, Vec<String>>,
    outcome: Option<Outcome<'a>>,
    /// Places of the outcome, by card.
    places: BTreeMap<String, usize>,
    /// Dots by card, of each closed round.
    dots: Vec<BTreeMap<&'a str, u32>>,
}

impl<'a> Known<'a> {
    pub(crate) fn of(taken: &'a Taken) -> Self {
        let map = &taken.map;
        let mut comments: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for comment in &map.comments {
            let author = words::one_line(&comment.author);
            let text = words::one_line(&comment.text);
            let said = match (author.is_empty(), comment.resolved == Some(true)) {
                (true, false) => text,
                (true, true) => format!("(resolved) {text}"),
                (false, false) => format!("{author}: {text}"),
                (false, true) => format!("{author} (resolved): {text}"),
            };
            comments.entry(&comment.card).or_default().push(said);
        }
        let outcome = votes::outcome(&taken.rounds);
        let places = outcome.iter().flat_map(|outcome| &outcome.places);
        let places = places
            .enumerate()
            .map(|(at, place)| (place.card.to_owned(), at))
            .collect();
        let dots = |round: &'a RoundView| {
            votes::with_dots(round)
                .map(|one| (one.card.as_str(), one.dots))
                .collect()
        };
        Self {
            personas: map
                .personas
                .iter()
                .map(|persona| (persona.id.as_str(), persona.name.as_str()))
                .collect(),
            cards: map
                .cards
                .iter()
                .map(|card| (card.id.as_str(), card))
                .collect(),
            comments,
            outcome,
            places,
            dots: taken.rounds.iter().map(dots).collect(),
        }
    }

    /// The card's place in the vote that counts.
    pub(crate) fn place(&self, card: &str) -> Option<&votes::Place<'a>> {
        let at = self.places.get(card)?;
        self.outcome.as_ref()?.places.get(*at)
    }
}

type Read = fn(&Row<'_>, &Known<'_>) -> Cell;

/// A column: its title, the kinds of lane it says something of (all where none is named), and how it is read.
pub(crate) struct Column {
    pub(crate) title: &'static str,
    kinds: &'static [LaneKind],
    pub(crate) read: Read,
}

impl Column {
    const fn all(title: &'static str, read: Read) -> Self {
        Self {
            title,
            kinds: &[],
            read,
        }
    }

    const fn only(title: &'static str, kinds: &'static [LaneKind], read: Read) -> Self {
        Self { title, kinds, read }
    }

    /// Whether it says something of cards in lanes of these kinds. A card that moved keeps its fields: what it says is not hidden.
    pub(crate) fn concerns(&self, kinds: &[LaneKind]) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| kinds.contains(kind))
    }
}

const OPPORTUNITY: &[LaneKind] = &[LaneKind::Opportunity];
const ACTED: &[LaneKind] = &[
    LaneKind::Evidence,
    LaneKind::Frontstage,
    LaneKind::Backstage,
    LaneKind::Support,
];

/// Every column but those of single rounds.
pub(crate) const COLUMNS: &[Column] = &[
    Column::all("Stage no.", |row, _| Cell::number(row.stage_number as u32)),
    Column::all("Stage", |row, _| Cell::text(row.stage.title.as_str())),
    Column::all("Lane no.", |row, _| Cell::number(row.lane_number as u32)),
    Column::all("Lane", |row, _| Cell::text(row.lane.title.as_str())),
    Column::all("Kind", |row, _| Cell::text(row.lane.kind.as_str())),
    Column::all("Card", |row, _| Cell::text(row.card.text.as_str())),
    Column::only("Channel", &[LaneKind::Touchpoint], |row, _| {
        Cell::text(row.card.channel.as_str())
    }),
    Column::only("Ours", &[LaneKind::Touchpoint], |row, _| {
        yes_no(row.card.owned)
    }),
    Column::only("Moment of truth", &[LaneKind::Touchpoint], |row, _| {
        yes_no(row.card.moment_of_truth)
    }),
    Column::only("Actually", &[LaneKind::Expectation], |row, _| {
        Cell::text(row.card.actual.as_str())
    }),
    Column::only("Gap", &[LaneKind::Expectation], |row, _| {
        Cell::maybe(row.card.gap)
    }),
    Column::only("Feeling", &[LaneKind::Emotion], |row, _| {
        Cell::maybe(row.card.score.map(Score::as_f64))
    }),
    Column::only("Persona", &[LaneKind::Emotion], |row, known| {
        let persona = row.card.persona.as_deref();
        let name = persona.and_then(|id| known.personas.get(id));
        Cell::text(*name.unwrap_or(&""))
    }),
    Column::only("Quote", &[LaneKind::Emotion], |row, _| {
        Cell::text(row.card.quote.as_str())
    }),
    Column::only("Severity", &[LaneKind::Pain], |row, _| {
        Cell::maybe(row.card.severity)
    }),
    Column::only("Impact", OPPORTUNITY, |row, _| Cell::maybe(row.card.impact)),
    Column::only(
        "Value",
        &[LaneKind::Opportunity, LaneKind::Metric],
        |row, _| figure(row.card.value.as_ref()),
    ),
    Column::only("Effort", OPPORTUNITY, |row, _| Cell::maybe(row.card.effort)),
    Column::only("Score", OPPORTUNITY, |row, _| {
        let score = (row.lane.kind == LaneKind::Opportunity)
            .then(|| worth(row.card))
            .flatten();
        Cell::maybe(score.map(hundredths))
    }),
    Column::only("Status", OPPORTUNITY, |row, _| {
        Cell::text(row.card.status.map_or("", words::status))
    }),
    Column::only("Owner", OPPORTUNITY, |row, _| {
        Cell::text(row.card.owner.as_str())
    }),
    Column::only("Due", OPPORTUNITY, |row, _| {
        Cell::text(row.card.due.map(|due| due.to_string()).unwrap_or_default())
    }),
    Column::only("Addresses", OPPORTUNITY, |row, known| {
        let addressed = row
            .card
            .addresses
            .iter()
            .filter_map(|id| known.cards.get(id.as_str()));
        lines(addressed.map(|card| words::one_line(&card.text)))
    }),
    Column::only("Actor", ACTED, |row, _| Cell::text(row.card.actor.as_str())),
    Column::only("Fail point", ACTED, |row, _| yes_no(row.card.fail_point)),
    Column::only("Unit", &[LaneKind::Metric], |row, _| {
        Cell::text(row.card.unit.as_str())
    }),
    Column::only("Target", &[LaneKind::Metric], |row, _| {
        figure(row.card.target.as_ref())
    }),
    Column::all("Votes", |row, known| {
        Cell::maybe(known.place(&row.card.id).map(|place| place.dots))
    }),
    Column::all("Voters", |row, known| {
        Cell::maybe(known.place(&row.card.id).map(|place| place.voters))
    }),
    Column::all("Rank by votes", |row, known| {
        Cell::maybe(known.place(&row.card.id).map(|place| place.rank))
    }),
    Column::all("Confidence", |row, _| {
        Cell::text(match row.card.effective_confidence() {
            Confidence::Evidence => "Evidence",
            Confidence::Assumption => "Assumption",
        })
    }),
    Column::all("Sources", |row, _| {
        lines(row.card.sources.iter().map(source))
    }),
    Column::all("Comments", |row, known| {
        let comments = known.comments.get(row.card.id.as_str());
        lines(comments.into_iter().flatten().cloned())
    }),
    Column::all("Colour", |row, _| Cell::text(row.card.color.as_str())),
    Column::all("Author", |row, _| Cell::text(row.card.author.as_str())),
    Column::all("Written", |row, _| Cell::text(row.card.created_at.as_str())),
    Column::all("Last touched", |row, _| {
        let day = row.card.last_touched;
        Cell::text(day.map(|day| day.to_string()).unwrap_or_default())
    }),
    Column::all("Lane hidden", |row, _| {
        yes_no(row.lane.hidden.filter(|hidden| *hidden))
    }),
    Column::all("Id", |row, _| Cell::text(row.card.id.as_str())),
    Column::only("Ids addressed", OPPORTUNITY, |row, _| {
        lines(row.card.addresses.iter().cloned())
    }),
];

/// The title of a round's own column; its dots by card are in `Known`.
pub(crate) fn round_title(round: &RoundView) -> String {
    format!(
        "Dots, round {}: {}",
        round.id.0,
        words::one_line(&round.setup.question)
    )
}

/// The whole table: titles, then a row a card, with a column for each closed round.
pub(crate) fn table(taken: &Taken) -> (Vec<String>, Vec<Vec<Cell>>) {
    let known = Known::of(taken);
    let rows = rows(taken);
    let titles = COLUMNS.iter().map(|column| column.title.to_owned());
    let titles = titles.chain(taken.rounds.iter().map(round_title)).collect();
    let cells = rows
        .iter()
        .map(|row| {
            let own = COLUMNS.iter().map(|column| (column.read)(row, &known));
            own.chain(dots_of(&known, &row.card.id)).collect()
        })
        .collect();
    (titles, cells)
}

/// A card's dots in each closed round.
pub(crate) fn dots_of(known: &Known<'_>, card: &str) -> impl Iterator<Item = Cell> {
    known
        .dots
        .iter()
        .map(|of| Cell::maybe(of.get(card).copied()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// `(impact + value) / effort`; nothing while one of the three is missing (docs/opportunities.md).
pub(crate) fn worth(card: &Card) -> Option<f64> {
    let value = rating(card)?;
    let (impact, effort) = (f64::from(card.impact?), f64::from(card.effort?));
    Some((impact + value) / effort)
}

/// What an opportunity is worth to the business, 1–5: the same field holds any figure of a metric.
pub(crate) fn rating(card: &Card) -> Option<f64> {
    match card.value {
        Some(Figure::Number(value)) if value.fract() == 0.0 && (1.0..=5.0).contains(&value) => {
            Some(value)
        }
        Some(Figure::Number(_) | Figure::Text(_)) | None => None,
    }
}

/// Two decimals at most, so that what differs looks different.
pub(crate) fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn yes_no(flag: Option<bool>) -> Cell {
    match flag {
        Some(true) => Cell::text("Yes"),
        Some(false) => Cell::text("No"),
        None => Cell::Nothing,
    }
}

fn figure(figure: Option<&Figure>) -> Cell {
    match figure {
        Some(Figure::Number(number)) => Cell::number(*number),
        Some(Figure::Text(text)) => Cell::text(text.as_str()),
        None => Cell::Nothing,
    }
}

/// `Interview: Five renters https://example.org/notes “It took all day”`; `import` reads it again.
fn source(source: &Source) -> String {
    let quote = words::one_line(&source.quote);
    [
        format!("{}:", words::source(source.kind)),
        words::one_line(&source.title),
        words::one_line(&source.url),
        if quote.is_empty() {
            quote
        } else {
            format!("“{quote}”")
        },
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" ")
}

fn lines(lines: impl Iterator<Item = String>) -> Cell {
    Cell::text(lines.collect::<Vec<_>>().join("\n"))
}
