//! A table as a map (IMPORT-2 … IMPORT-4): one row a card, as an export writes it or as people keep it in a spreadsheet; or stages across
//! and lanes down. Pure.

#![expect(clippy::similar_names, reason = "a lane and a line are two things")]

use std::collections::BTreeMap;

use cairn_protocol::map::{JourneyMap, LaneKind, MapKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::fields::{self, Field};
use super::{Column, Given, Read, Trouble, UNTITLED, found};
use crate::export::csv::unguarded;
use crate::export::words::{self, one_line};

/// Most columns of a table: an export of a map with twenty rounds has sixty.
const MOST_COLUMNS: usize = 1_000;

/// How a table lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// One row a card.
    Cards,
    /// Stages across, lanes down; each line of a cell is a card.
    Grid,
}

/// A row with its number in the file.
struct Row {
    number: u64,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.trim())
    }
}

/// Reads a table.
pub(crate) fn table(text: &str, given: &Given) -> Read {
    let (titles, rows) = match parsed(text) {
        Ok(parsed) => parsed,
        Err(trouble) => return Read::failed(trouble),
    };
    let assigned = match assigned(&titles, given) {
        Ok(assigned) => assigned,
        Err(trouble) => return Read::failed(trouble),
    };
    let knows = |name: &str| assigned.iter().flatten().any(|field| field.name == name);
    // A table that has a column for stages or cards has a row for each card; one whose columns have no such name is a grid.
    let is_list = knows("card") || knows("stage") || given.columns.is_some() || titles.len() < 2;
    let shape = given
        .shape
        .unwrap_or(if is_list { Shape::Cards } else { Shape::Grid });
    let columns = titles
        .iter()
        .enumerate()
        .map(|(at, title)| {
            let samples = rows
                .iter()
                .map(|row| row.cell(at))
                .filter(|cell| !cell.is_empty());
            let cut = |sample: &str| one_line(sample).chars().take(60).collect();
            Column {
                title: title.clone(),
                samples: samples.take(3).map(cut).collect(),
                field: match shape {
                    Shape::Cards => assigned.get(at).copied().flatten().map(|field| field.name),
                    Shape::Grid => None,
                },
            }
        })
        .collect();
    let map = match shape {
        Shape::Cards => cards(&titles, &assigned, &rows, given),
        Shape::Grid => grid(&titles, &rows, given),
    };
    Read {
        map,
        columns,
        shape: Some(shape),
    }
}

/// The titles of the columns, and the rows below them that say anything.
fn parsed(text: &str) -> Result<(Vec<String>, Vec<Row>), Trouble> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // A spreadsheet counts its blank rows, which the reader passes over, and no lines within cells.
    let (mut seen, mut number, mut within) = (0, 1, 0);
    for (at, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| Trouble::at(format!("row {}", at + 1), error.to_string()))?;
        let start = record
            .position()
            .map_or(seen, |position| position.byte() as usize);
        let blank = text.get(start..).unwrap_or_default().bytes();
        let start = start
            + blank
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        let passed = text.get(seen..start).unwrap_or_default();
        number += passed.matches('\n').count() as u64 - within;
        seen = start;
        if record.len() > MOST_COLUMNS {
            let why = format!(
                "has {} columns; at most {MOST_COLUMNS} are read",
                record.len()
            );
            return Err(Trouble::at(format!("row {number}"), why));
        }
        within = record
            .iter()
            .map(|cell| cell.matches('\n').count() as u64)
            .sum::<u64>();
        let cells: Vec<String> = record.iter().map(unguarded).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    let mut rows = rows.into_iter();
    let Some(first) = rows.next() else {
        return Err(Trouble::at(
            "row 1",
            "the table is empty; its first row names the columns",
        ));
    };
    let titles = first.cells.iter().map(|title| one_line(title)).collect();
    Ok((titles, rows.collect()))
}

/// What stands between the cells: whichever of comma, semicolon and tab the first row has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                for (one, count) in &mut counts {
                    *count += usize::from(*one == byte);
                }
            }
            _ => {}
        }
    }
    // Of equals the first.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| *separator)
}

/// Which field each column is: as told, or by its title where nothing is told.
fn assigned(titles: &[String], given: &Given) -> Result<Vec<Option<&'static Field>>, Trouble> {
    let Some(told) = &given.columns else {
        let mut taken: Vec<&str> = Vec::new();
        let guess = |title: &String| {
            let field = fields::guessed(title).filter(|field| !taken.contains(&field.name))?;
            taken.push(field.name);
            Some(field)
        };
        return Ok(titles.iter().map(guess).collect());
    };
    let mut assigned: Vec<Option<&'static Field>> = vec![None; titles.len()];
    for (name, title) in told {
        let Some(field) = fields::named(name) else {
            let names: Vec<_> = fields::ALL.iter().map(|field| field.name).collect();
            let why = format!("there is no field {name:?}; there are {}", names.join(", "));
            return Err(Trouble::at("columns", why));
        };
        let Some(title) = title.as_str().filter(|title| !title.is_empty()) else {
            continue;
        };
        let at = titles.iter().position(|one| one == &one_line(title));
        let Some(slot) = at.and_then(|at| assigned.get_mut(at)) else {
            return Err(Trouble::at(
                "columns",
                format!("the table has no column “{title}”"),
            ));
        };
        if let Some(other) = slot {
            let why = format!(
                "column “{title}” is both {} and {}",
                other.title, field.title
            );
            return Err(Trouble::at("columns", why));
        }
        *slot = Some(field);
    }
    Ok(assigned)
}

/// Stages, or lanes, in the making.
#[derive(Default)]
struct Axis {
    /// By number and title, in the order of the file.
    known: Vec<(f64, String, Value)>,
    at: BTreeMap<(String, String), usize>,
}

impl Axis {
    fn place(
        &mut self,
        number: &str,
        title: &str,
        prefix: &str,
        entry: impl FnOnce(&str) -> Value,
    ) -> String {
        let key = (number.to_owned(), title.to_owned());
        let next = self.known.len();
        let at = *self.at.entry(key).or_insert(next);
        if at == next {
            let id = format!("{prefix}{}", next + 1);
            let order = number.parse().unwrap_or(f64::INFINITY);
            self.known.push((order, id.clone(), entry(&id)));
        }
        self.known
            .get(at)
            .map_or_else(String::new, |(_, id, _)| id.clone())
    }

    /// By their numbers where they have some, else as they came.
    fn sorted(mut self) -> Vec<Value> {
        self.known.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.known.into_iter().map(|(.., entry)| entry).collect()
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one row, from its place to its fields"
)]
fn cards(
    titles: &[String],
    assigned: &[Option<&'static Field>],
    rows: &[Row],
    given: &Given,
) -> Result<JourneyMap, Trouble> {
    let column = |name: &str| {
        assigned
            .iter()
            .position(|field| field.is_some_and(|field| field.name == name))
    };
    let title_at = |at: usize| titles.get(at).map_or("", String::as_str);
    for needed in ["card", "stage"] {
        if column(needed).is_none() {
            let name = fields::named(needed).map_or("", |field| field.title);
            let why = format!(
                "no column is the {}; say which one it is",
                name.to_lowercase()
            );
            return Err(Trouble::at("columns", why));
        }
    }
    let cell =
        |row: &'_ Row, name: &str| column(name).map_or(String::new(), |at| row.cell(at).to_owned());
    let mut stages = Axis::default();
    let mut lanes = Axis::default();
    let mut personas = Axis::default();
    let mut made: Vec<Value> = Vec::new();
    let mut places: Vec<&Row> = Vec::new();
    let (mut last_stage, mut last_lane) = (String::new(), String::new());
    for row in rows {
        let number = cell(row, "stageNumber");
        let mut stage = cell(row, "stage");
        if stage.is_empty() && number.is_empty() {
            // Merged cells of a spreadsheet say their text once.
            stage.clone_from(&last_stage);
        }
        if stage.is_empty() && number.is_empty() {
            let at = title_at(column("stage").unwrap_or(0));
            return Err(Trouble::at(
                where_in(row, at),
                "is empty; every card lies in a stage",
            ));
        }
        last_stage.clone_from(&stage);
        let stage = stages.place(
            &number,
            &one_line(&stage),
            "s",
            |id| json!({"id": id, "title": one_line(&stage)}),
        );
        let lane_number = cell(row, "laneNumber");
        let mut lane = cell(row, "lane");
        if lane.is_empty() && lane_number.is_empty() {
            lane.clone_from(&last_lane);
        }
        last_lane.clone_from(&lane);
        let told = cell(row, "kind");
        let kind = if told.is_empty() {
            fields::kind(&lane).unwrap_or(LaneKind::Note)
        } else {
            fields::kind(&told).ok_or_else(|| {
                let names: Vec<_> = LaneKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let at = title_at(column("kind").unwrap_or(0));
                Trouble::at(
                    where_in(row, at),
                    format!("must be one of {}, not {told:?}", names.join(", ")),
                )
            })?
        };
        let lane_title = if lane.is_empty() && lane_number.is_empty() {
            words::lane_kind(kind).to_owned()
        } else {
            one_line(&lane)
        };
        let hidden = matches!(
            cell(row, "laneHidden").to_lowercase().as_str(),
            "yes" | "true"
        );
        // Two kinds under one name are two lanes.
        let key = format!("{lane_title}\u{0}{kind}");
        let lane = lanes.place(&lane_number, &key, "l", |id| {
            json!({"id": id, "kind": kind.as_str(), "title": lane_title, "hidden": hidden.then_some(true)})
        });
        let mut card = Map::new();
        card.insert("lane".to_owned(), json!(lane));
        card.insert("stage".to_owned(), json!(stage));
        card.insert("text".to_owned(), json!(""));
        for (at, field) in assigned.iter().enumerate() {
            let Some((name, take)) = field.and_then(|field| field.card) else {
                continue;
            };
            let text = row.cell(at);
            if !text.is_empty() {
                card.insert(name.to_owned(), take(text));
            }
        }
        let persona = one_line(&cell(row, "persona"));
        if !persona.is_empty() {
            let id = personas.place("", &persona, "p", |id| json!({"id": id, "name": persona}));
            card.insert("persona".to_owned(), json!(id));
        }
        if !card.contains_key("id") {
            card.insert("id".to_owned(), json!(format!("card-{}", row.number)));
        }
        made.push(Value::Object(card));
        places.push(row);
    }
    let place = |at: usize, field: &str| {
        let row = places.get(at)?;
        let field = fields::of_card(field)?;
        let column = column(field.name)?;
        Some(where_in(row, title_at(column)))
    };
    whole(given, stages, lanes, personas, made).map_err(|violation| found(&violation, place))
}

/// Stages across, lanes down; each line of a cell is a card.
fn grid(titles: &[String], rows: &[Row], given: &Given) -> Result<JourneyMap, Trouble> {
    let mut stages = Axis::default();
    let mut lanes = Axis::default();
    let mut made = Vec::new();
    let mut places = Vec::new();
    let named: Vec<(usize, &String)> = titles
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, title)| !title.is_empty())
        .collect();
    if named.is_empty() {
        return Err(Trouble::at(
            "row 1",
            "names no stage; stages are the titles of the columns after the first",
        ));
    }
    let columns: Vec<(usize, String)> = named
        .into_iter()
        .map(|(at, title)| {
            let id = stages.place(
                &at.to_string(),
                title,
                "s",
                |id| json!({"id": id, "title": title}),
            );
            (at, id)
        })
        .collect();
    for row in rows {
        let title = one_line(row.cell(0));
        let kind = fields::kind(&title).unwrap_or(LaneKind::Note);
        let title = if title.is_empty() {
            words::lane_kind(kind).to_owned()
        } else {
            title
        };
        let lane = lanes.place(
            "",
            &title,
            "l",
            |id| json!({"id": id, "kind": kind.as_str(), "title": title}),
        );
        for (at, stage) in &columns {
            let lines = row
                .cell(*at)
                .lines()
                .map(|line| line.trim().trim_start_matches(['•', '-', '*']).trim());
            for line in lines.filter(|line| !line.is_empty()) {
                let id = format!("card-{}", made.len() + 1);
                made.push(json!({"id": id, "lane": lane, "stage": stage, "text": line}));
                places.push((row, *at));
            }
        }
    }
    let place = |card: usize, _: &str| {
        let (row, at) = places.get(card)?;
        Some(where_in(row, titles.get(*at)?))
    };
    whole(given, stages, lanes, Axis::default(), made).map_err(|violation| found(&violation, place))
}

fn where_in(row: &Row, title: &str) -> String {
    format!("row {}, column “{title}”", row.number)
}

fn whole(
    given: &Given,
    stages: Axis,
    lanes: Axis,
    personas: Axis,
    cards: Vec<Value>,
) -> Result<JourneyMap, cairn_protocol::map::Violation> {
    let mut personas = personas.sorted();
    // Of one persona there is no doubt whose journey it is.
    if let [Value::Object(only)] = personas.as_mut_slice() {
        only.insert("primary".to_owned(), json!(true));
    }
    JourneyMap::from_value(json!({
        "format": "cairn.map/1",
        "title": given.title.as_deref().unwrap_or(UNTITLED),
        "kind": given.kind.unwrap_or(MapKind::CurrentState).as_str(),
        "personas": personas,
        "stages": stages.sorted(),
        "lanes": lanes.sorted(),
        "cards": Value::Array(cards),
    }))
}
