//! A table as a map (IMPORT-2 … IMPORT-4): one row a card (`list.rs`), as an export writes it or as people keep it in a spreadsheet; or stages
//! across and lanes down (`grid.rs`). Which of the two, and which column is what, is decided here. Pure.

use std::collections::BTreeSet;

use cairn_protocol::map::{JourneyMap, MapKind, Violation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::axis::Placed;
use super::fields::{self, Field};
use super::notes::Notes;
use super::rows::Rows;
use super::{Column, Given, Read, Trouble, UNTITLED, grid, list};
use crate::export::words::one_line;

/// How a table lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// One row a card.
    Cards,
    /// Stages across, lanes down; each line of a cell is a card.
    Grid,
}

/// Which field each column is.
pub(super) type Assigned = Vec<Option<&'static Field>>;

/// Reads a table.
pub(crate) fn table(text: &str, given: &Given) -> Read {
    let table = match Rows::read(text) {
        Ok(table) => table,
        Err(trouble) => return Read::of(Err(trouble)),
    };
    let assigned = match assigned(&table.titles, given) {
        Ok(assigned) => assigned,
        Err(trouble) => return Read::of(Err(trouble)),
    };
    let shape = given
        .shape
        .unwrap_or_else(|| guessed(&table, &assigned, given));
    let mut notes = Notes::default();
    let map = match shape {
        Shape::Cards => list::map(&table, &assigned, given, &mut notes),
        Shape::Grid => grid::map(&table, given, &mut notes),
    };
    Read {
        columns: columns(&table, &assigned, shape),
        shape: Some(shape),
        notes: notes.told(),
        ..Read::of(map)
    }
}

/// A table that has a column for stages or cards has a row for each card; one whose columns have no such name is a grid.
fn guessed(table: &Rows, assigned: &Assigned, given: &Given) -> Shape {
    if given.columns.is_some() || table.titles.len() < 2 {
        return Shape::Cards;
    }
    let named = |column: Option<&Field>| {
        column.is_some_and(|field| field.name == "card" || field.name == "stage")
    };
    match assigned.iter().copied().position(named) {
        None => Shape::Grid,
        // "Phase" in the corner of a grid says what stands to its right, not below.
        Some(0) if !assigned.iter().copied().skip(1).any(named) && names_lanes(table) => {
            Shape::Grid
        }
        Some(_) => Shape::Cards,
    }
}

/// Whether the first column is one of lanes: each said once, and some of them by a name that lanes have.
fn names_lanes(table: &Rows) -> bool {
    let names = table.rows.iter().map(|row| one_line(&row.cell(0)));
    let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
    let once: BTreeSet<_> = names.iter().collect();
    once.len() == names.len() && names.iter().any(|name| fields::kind(name).is_some())
}

/// The columns for a preview.
fn columns(table: &Rows, assigned: &Assigned, shape: Shape) -> Vec<Column> {
    let column = |(at, title): (usize, &String)| {
        let samples = table.rows.iter().filter(|row| row.is_filled(at)).take(3);
        let cut = |sample: String| one_line(&sample).chars().take(60).collect();
        Column {
            title: title.clone(),
            samples: samples.map(|row| cut(row.cell(at))).collect(),
            field: match shape {
                Shape::Cards => assigned.get(at).copied().flatten().map(|field| field.name),
                Shape::Grid => None,
            },
        }
    };
    table.titles.iter().enumerate().map(column).collect()
}

/// Which field each column is: as told, or by its title where nothing is told.
fn assigned(titles: &[String], given: &Given) -> Result<Assigned, Trouble> {
    let Some(told) = &given.columns else {
        let mut taken: Vec<&str> = Vec::new();
        let guess = |title: &String| {
            let field = fields::guessed(title).filter(|field| !taken.contains(&field.name))?;
            taken.push(field.name);
            Some(field)
        };
        return Ok(titles.iter().map(guess).collect());
    };
    let wrong = |why: String| Err(Trouble::at("columns", why));
    let mut assigned: Assigned = vec![None; titles.len()];
    for (name, title) in told {
        let Some(field) = fields::named(name) else {
            let names: Vec<_> = fields::ALL.iter().map(|field| field.name).collect();
            return wrong(format!(
                "there is no field {name:?}; there are {}",
                names.join(", ")
            ));
        };
        let Some(title) = title.as_str().filter(|title| !title.is_empty()) else {
            continue;
        };
        let at = titles.iter().position(|one| one == &one_line(title));
        let Some(slot) = at.and_then(|at| assigned.get_mut(at)) else {
            return wrong(format!("the table has no column “{title}”"));
        };
        if let Some(other) = slot {
            let (one, two) = (other.title, field.title);
            return wrong(format!("column “{title}” is both {one} and {two}"));
        }
        *slot = Some(field);
    }
    Ok(assigned)
}

/// The map, of what was made of a table.
pub(super) fn whole(
    given: &Given,
    [stages, lanes, mut personas]: [Vec<Value>; 3],
    cards: Vec<Value>,
) -> Result<JourneyMap, Violation> {
    // Of one persona there is no doubt whose journey it is.
    if let [Value::Object(only)] = personas.as_mut_slice() {
        only.insert("primary".to_owned(), json!(true));
    }
    JourneyMap::from_value(json!({
        "format": "cairn.map/1",
        "title": given.title.as_deref().unwrap_or(UNTITLED),
        "kind": given.kind.unwrap_or(MapKind::CurrentState).as_str(),
        "personas": personas,
        "stages": stages,
        "lanes": lanes,
        "cards": Value::Array(cards),
    }))
}

/// Where an entry of a list of the map came from.
pub(super) fn place_of(list: &str, at: usize, axes: [(&str, &Placed); 3]) -> Option<String> {
    let (_, placed) = axes.iter().find(|(name, _)| *name == list)?;
    placed.places.get(at).cloned()
}
