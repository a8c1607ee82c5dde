//! A table with one row a card. Cells that a spreadsheet merged say their text once: what is empty below it counts as the same. Pure.

use std::collections::{BTreeMap, BTreeSet};

use cairn_protocol::map::{JourneyMap, LaneKind};
use serde_json::{Map, Value, json};

use super::axis::{Axis, Key};
use super::fields::{self, Take};
use super::notes::Notes;
use super::numbers::{Numbers, Reading};
use super::rows::{Row, Rows};
use super::table::{Assigned, place_of, whole};
use super::{Given, Trouble, found};
use crate::export::words::{self, one_line};

pub(super) fn map(
    table: &Rows,
    assigned: &Assigned,
    given: &Given,
    notes: &mut Notes,
) -> Result<JourneyMap, Trouble> {
    let list = List { table, assigned };
    for needed in ["card", "stage"] {
        if list.column(needed).is_none() {
            let name = fields::named(needed).map_or("", |field| field.title);
            let name = name.to_lowercase();
            let why = format!("no column is the {name}; say which one it is");
            return Err(Trouble::at("columns", why));
        }
    }
    list.left_out(notes);
    let numbers = list.numbers();
    let mut making = Making::of(&list);
    let mut cards = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut card = making.placed(row)?;
        list.says(row, &numbers, &mut card, notes)?;
        cards.push(Value::Object(card));
    }
    let (stages, lanes) = (making.stages.sorted(), making.lanes.sorted());
    let personas = making.personas.sorted();
    let axes = [&stages, &lanes, &personas].map(|axis| axis.values.clone());
    whole(given, axes, cards).map_err(|violation| {
        found(&violation, |of, at, field| match of {
            "cards" => list.place(table.rows.get(at)?, fields::of_card(field)?.name),
            of => place_of(
                of,
                at,
                [
                    ("stages", &stages),
                    ("lanes", &lanes),
                    ("personas", &personas),
                ],
            ),
        })
    })
}

/// A table whose columns are known.
struct List<'a> {
    table: &'a Rows,
    assigned: &'a Assigned,
}

impl List<'_> {
    fn column(&self, name: &str) -> Option<usize> {
        let is = |field: Option<&fields::Field>| field.is_some_and(|field| field.name == name);
        self.assigned.iter().copied().position(is)
    }

    fn cell(&self, row: &Row, name: &str) -> String {
        self.column(name).map_or(String::new(), |at| row.cell(at))
    }

    /// `row 7, column “Severity”`.
    fn place(&self, row: &Row, name: &str) -> Option<String> {
        Some(row.place(&self.table.column(self.column(name)?)))
    }

    fn wrong(&self, row: &Row, name: &str, why: impl Into<String>) -> Trouble {
        let place = self.place(row, name);
        Trouble::at(place.unwrap_or_else(|| format!("row {}", row.number)), why)
    }

    /// How each column writes its numbers.
    fn numbers(&self) -> Vec<Option<Numbers>> {
        let of = |(at, field): (usize, Option<&fields::Field>)| {
            let (_, take) = field?.card?;
            matches!(take, Take::Number).then(|| {
                let cells: Vec<_> = self.table.rows.iter().map(|row| row.cell(at)).collect();
                Numbers::of(cells.iter().map(String::as_str))
            })
        };
        self.assigned.iter().copied().enumerate().map(of).collect()
    }

    /// Adds what a row says of its card beside its place.
    fn says(
        &self,
        row: &Row,
        numbers: &[Option<Numbers>],
        card: &mut Map<String, Value>,
        notes: &mut Notes,
    ) -> Result<(), Trouble> {
        for (at, field) in self.assigned.iter().enumerate() {
            let Some((name, take)) = field.and_then(|field| field.card) else {
                continue;
            };
            let text = row.cell(at);
            if text.is_empty() {
                continue;
            }
            let value = match (take, numbers.get(at).copied().flatten()) {
                (Take::Text(take), _) => take(&text),
                (Take::Number, None) => json!(text),
                (Take::Number, Some(numbers)) => {
                    let place = || row.place(&self.table.column(at));
                    number(numbers.read(&text), &text, place, notes)?
                }
            };
            card.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// Says which columns nothing is made of.
    fn left_out(&self, notes: &mut Notes) {
        let is_own = ["stageNumber", "laneNumber", "id"].map(|name| self.column(name).is_some());
        let is_own = is_own == [true; 3];
        if is_own {
            let what = "an exported table holds no scope, no goal, nothing of personas but their names, and no stage or lane without a card; an exported JSON holds all of it";
            notes.say("the file", what);
        }
        let has_ids = self.column("addresses").is_some();
        for (at, title) in self.table.titles.iter().enumerate() {
            let some = self.table.filled(at);
            if some == 0 || self.assigned.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let why = match title.as_str() {
                "Votes" | "Voters" | "Rank by votes" => {
                    "; votes belong to the map they were cast in"
                }
                title if title.starts_with("Dots, round ") => {
                    "; votes belong to the map they were cast in"
                }
                "Comments" => "; comments are not read from a table, but from an exported JSON",
                // Both say again what other columns do.
                "Score" if is_own => continue,
                "Addresses" if has_ids => continue,
                _ => "; no field is named for it",
            };
            let cells = words::count(some, "cell");
            notes.say(self.table.column(at), format!("{cells} left out{why}"));
        }
    }
}

/// A number as a value, unless it could be another.
fn number(
    reading: Reading,
    text: &str,
    place: impl FnOnce() -> String,
    notes: &mut Notes,
) -> Result<Value, Trouble> {
    Ok(match reading {
        Reading::Number(number) => json!(number),
        Reading::Words => json!(text),
        Reading::Doubtful { read, other } => {
            notes.say(
                place(),
                format!("“{text}” is read as {read}, not as {other}"),
            );
            json!(read)
        }
        Reading::Either {
            thousands,
            decimals,
        } => {
            let why = format!("“{text}” is {thousands} or {decimals}; write it without a comma");
            return Err(Trouble::at(place(), why));
        }
    })
}

/// What was named so far on one axis, by number, by title, or by both.
#[derive(Default)]
struct Named {
    last: Option<Key>,
    titles: BTreeMap<String, String>,
    numbers: BTreeMap<String, String>,
}

impl Named {
    /// Which one a row means by what of it stands there; nothing where no row has named one yet.
    fn meant(&mut self, number: String, title: String) -> Option<Key> {
        let key = match (number.is_empty(), title.is_empty()) {
            (true, true) => return self.last.clone(),
            (false, true) => {
                let title = self.titles.get(&number).cloned().unwrap_or_default();
                (number, title)
            }
            (true, false) => {
                let number = self.numbers.get(&title).cloned().unwrap_or_default();
                (number, title)
            }
            (false, false) => (number, title),
        };
        self.titles.insert(key.0.clone(), key.1.clone());
        self.numbers.insert(key.1.clone(), key.0.clone());
        self.last = Some(key.clone());
        Some(key)
    }
}

/// The map while its rows are read.
struct Making<'a> {
    list: &'a List<'a>,
    stages: Axis,
    lanes: Axis,
    personas: Axis,
    stage: Named,
    lane: Named,
    /// The kind each lane was last said to have, and that of the row above.
    kinds: BTreeMap<Key, LaneKind>,
    kind: Option<LaneKind>,
    /// Ids that the file gives; none that is made up may be one of them.
    ids: BTreeSet<String>,
}

impl<'a> Making<'a> {
    fn of(list: &'a List<'a>) -> Self {
        let ids = list.table.rows.iter().map(|row| list.cell(row, "id"));
        Self {
            list,
            stages: Axis::of("stage"),
            lanes: Axis::of("lane"),
            personas: Axis::of("persona"),
            stage: Named::default(),
            lane: Named::default(),
            kinds: BTreeMap::new(),
            kind: None,
            ids: ids.filter(|id| !id.is_empty()).collect(),
        }
    }

    /// A card of a row that lies where the row says.
    fn placed(&mut self, row: &Row) -> Result<Map<String, Value>, Trouble> {
        let mut card = Map::new();
        let id = self.made_up(row.number);
        card.insert("id".to_owned(), json!(id));
        card.insert("lane".to_owned(), json!(self.lane(row)?));
        card.insert("stage".to_owned(), json!(self.stage(row)?));
        card.insert("text".to_owned(), json!(""));
        if let Some(persona) = self.persona(row)? {
            card.insert("persona".to_owned(), json!(persona));
        }
        Ok(card)
    }

    fn made_up(&self, row: u64) -> String {
        let first = format!("card-{row}");
        let more = (2..).map(|again| format!("{first}-{again}"));
        let mut all = std::iter::once(first.clone()).chain(more);
        // The file gives fewer ids than there are numbers.
        all.find(|id| !self.ids.contains(id)).unwrap_or(first)
    }

    fn stage(&mut self, row: &Row) -> Result<String, Trouble> {
        let list = self.list;
        let (number, title) = (list.cell(row, "stageNumber"), list.cell(row, "stage"));
        let Some(key) = self.stage.meant(number, one_line(&title)) else {
            let why = "is empty; every card lies in a stage";
            return Err(list.wrong(row, "stage", why));
        };
        let title = key.1.clone();
        let place = || list.place(row, "stage").unwrap_or_default();
        self.stages
            .place(key, place, |id| json!({"id": id, "title": title}))
    }

    fn lane(&mut self, row: &Row) -> Result<String, Trouble> {
        let list = self.list;
        let (number, title) = (list.cell(row, "laneNumber"), list.cell(row, "lane"));
        let goes_on = number.is_empty() && title.is_empty();
        let meant = self.lane.meant(number, one_line(&title));
        let kind = self.kind(row, goes_on, meant.as_ref())?;
        // Where no lane has a name, there is one of each kind.
        let (number, title) =
            meant.unwrap_or_else(|| (String::new(), words::lane_kind(kind).to_owned()));
        // Two kinds under one name are two lanes.
        let key = (number, format!("{title}\u{0}{kind}"));
        let place = || {
            list.place(row, "lane")
                .unwrap_or_else(|| format!("row {}", row.number))
        };
        let made = |id: &str| json!({"id": id, "kind": kind.as_str(), "title": title});
        let id = self.lanes.place(key, place, made)?;
        let hidden = list.cell(row, "laneHidden");
        match fields::flag(&hidden) {
            Value::Bool(true) => self.lanes.amend(&id, "hidden", json!(true)),
            Value::Bool(false) => {}
            _ if hidden.is_empty() => {}
            _ => {
                let why = format!("must be yes or no, not {hidden:?}");
                return Err(list.wrong(row, "laneHidden", why));
            }
        }
        Ok(id)
    }

    /// As told; else as the lane was told to be, or the row above; else as the lane's name says.
    fn kind(&mut self, row: &Row, goes_on: bool, lane: Option<&Key>) -> Result<LaneKind, Trouble> {
        let told = self.list.cell(row, "kind");
        let kind = if told.is_empty() {
            let above = self.kind.filter(|_| goes_on);
            let known = lane.and_then(|lane| self.kinds.get(lane).copied());
            let name = lane.map_or("", |(_, title)| title);
            above
                .or(known)
                .or_else(|| fields::kind(name))
                .unwrap_or(LaneKind::Note)
        } else {
            fields::kind(&told).ok_or_else(|| {
                let names: Vec<_> = LaneKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let why = format!("must be one of {}, not {told:?}", names.join(", "));
                self.list.wrong(row, "kind", why)
            })?
        };
        self.kind = Some(kind);
        if let Some(lane) = lane {
            self.kinds.insert(lane.clone(), kind);
        }
        Ok(kind)
    }

    fn persona(&mut self, row: &Row) -> Result<Option<String>, Trouble> {
        let list = self.list;
        let name = one_line(&list.cell(row, "persona"));
        if name.is_empty() {
            return Ok(None);
        }
        let key = (String::new(), name.clone());
        let place = || list.place(row, "persona").unwrap_or_default();
        let made = |id: &str| json!({"id": id, "name": name});
        self.personas.place(key, place, made).map(Some)
    }
}
