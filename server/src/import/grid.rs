//! A table with stages across and lanes down: each line of a cell is a card. Cells that a spreadsheet merged go on: a column without a title
//! belongs to the stage on its left, a row without a name to the lane above. Pure.

use cairn_protocol::map::{JourneyMap, LaneKind};
use serde_json::json;

use super::axis::{Axis, room_for_card};
use super::fields;
use super::notes::Notes;
use super::rows::{Row, Rows};
use super::table::{place_of, whole};
use super::{Given, Trouble, found};
use crate::export::words::{self, one_line};

pub(super) fn map(table: &Rows, given: &Given, notes: &mut Notes) -> Result<JourneyMap, Trouble> {
    let mut stages = Axis::of("stage");
    let columns = columns(table, &mut stages)?;
    let corner = table.titles.first().map_or("", String::as_str);
    if !corner.is_empty() && fields::guessed(corner).is_none() {
        notes.say(
            table.column(0),
            "names the lanes; its own title is left out",
        );
    }
    let mut lanes = Axis::of("lane");
    let mut lane = None;
    let mut cards = Vec::new();
    let mut places: Vec<(&Row, usize)> = Vec::new();
    for row in &table.rows {
        let name = one_line(&row.cell(0));
        let here = match lane.filter(|_| name.is_empty()) {
            Some(above) => above,
            None => lane_of(&mut lanes, || row.place(&table.column(0)), name)?,
        };
        for (at, stage) in &columns {
            let cell = row.cell(*at);
            for line in cell
                .lines()
                .map(without_bullet)
                .filter(|line| !line.is_empty())
            {
                room_for_card(cards.len(), || row.place(&table.column(*at)))?;
                let id = format!("card-{}", cards.len() + 1);
                cards.push(json!({"id": id, "lane": here, "stage": stage, "text": line}));
                places.push((row, *at));
            }
        }
        lane = Some(here);
    }
    let (stages, lanes) = (stages.sorted(), lanes.sorted());
    let axes = [stages.values.clone(), lanes.values.clone(), Vec::new()];
    whole(given, axes, cards).map_err(|violation| {
        found(&violation, |of, at, _| {
            if of == "cards" {
                let (row, column) = places.get(at)?;
                return Some(row.place(&table.column(*column)));
            }
            place_of(
                of,
                at,
                [("stages", &stages), ("lanes", &lanes), ("", &lanes)],
            )
        })
    })
}

/// The stage of each column.
fn columns(table: &Rows, stages: &mut Axis) -> Result<Vec<(usize, String)>, Trouble> {
    let mut columns: Vec<(usize, String)> = Vec::new();
    for (at, title) in table.titles.iter().enumerate().skip(1) {
        if !title.is_empty() {
            let place = || format!("row 1, {}", table.column(at));
            let made = |id: &str| json!({"id": id, "title": title});
            columns.push((
                at,
                stages.place((at.to_string(), title.clone()), place, made)?,
            ));
        } else if let Some((_, left)) = columns.last() {
            let left = left.clone();
            columns.push((at, left));
        } else if let Some(row) = table.rows.iter().find(|row| row.is_filled(at)) {
            let why = "has text, but the first row names no stage for it";
            return Err(Trouble::at(row.place(&table.column(at)), why));
        }
    }
    if columns.is_empty() {
        let why = "names no stage; stages are the titles of the columns after the first";
        return Err(Trouble::at("row 1", why));
    }
    Ok(columns)
}

fn lane_of(
    lanes: &mut Axis,
    place: impl FnOnce() -> String,
    name: String,
) -> Result<String, Trouble> {
    let kind = fields::kind(&name).unwrap_or(LaneKind::Note);
    let title = if name.is_empty() {
        words::lane_kind(kind).to_owned()
    } else {
        name
    };
    let key = (String::new(), title.clone());
    let made = |id: &str| json!({"id": id, "kind": kind.as_str(), "title": title});
    lanes.place(key, place, made)
}

/// A line of a cell without the sign that makes it an item; a minus before a figure is none.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let bullet = line.strip_prefix('•').or_else(|| {
        let rest = line.strip_prefix(['-', '*', '–'])?;
        rest.starts_with(char::is_whitespace).then_some(rest)
    });
    bullet.unwrap_or(line).trim()
}
