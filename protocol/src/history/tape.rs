//! A tape: the told records of a stretch of history, as a page reads and plays them without a CBOR library (HIST-2). The layout is in SPEC.md.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};
use yrs::encoding::write::Write as _;

use super::{By, Touched};
use crate::channel::{RoundStateView, Shared};
use crate::fold::{Done, Folded, Workshop};
use crate::record::{Actor, Body, Command, Record};

/// What a tape begins with: its name and the version of its layout.
const MAGIC: &[u8; 4] = b"CRN2";

const UPDATE: u64 = 1;
const VIEW: u64 = 2;

/// Whether a record is told: whether it changed the map, or what is told of the view everyone was shown, or saved a version. The totals of a
/// round with secret ballots are not (see [`view`]), so such a ballot shows in nothing, not even in that there was a record.
pub(super) fn is_told(record: &Record, folded: &Folded) -> bool {
    let effects = &folded.effects;
    let is_ballot = matches!(record.actor, Actor::Pseudonym(_)) && !effects.through.is_time();
    effects.edited
        || effects.people
        || (effects.shared && !is_ballot)
        || saves_a_version(record, folded)
}

/// Whether somebody saved a version. That changes nothing that is shown, but they were there, and it is a moment.
pub(super) fn saves_a_version(record: &Record, folded: &Folded) -> bool {
    let is_asked = matches!(record.body, Body::Command(Command::SaveVersion { .. }));
    is_asked && folded.outcome == Ok(Done::Now)
}

/// A tape being written.
pub struct Tape {
    records: Vec<u8>,
    count: u64,
    /// Number and time of the record written last.
    seq: u64,
    at: u64,
    /// What was shown last, and at first.
    shown: Map<String, Value>,
    opening: String,
    /// Texts that were written out, by their number.
    texts: BTreeMap<String, u64>,
}

impl Tape {
    /// A tape of what comes after the record that this workshop stands after.
    pub fn after(workshop: &Workshop) -> Self {
        let shown = view(workshop);
        Self {
            records: Vec::new(),
            count: 0,
            seq: workshop.seq(),
            at: 0,
            opening: Value::Object(shown.clone()).to_string(),
            shown,
            texts: BTreeMap::new(),
        }
    }

    /// Bytes of the records written so far.
    pub fn size(&self) -> usize {
        self.records.len()
    }

    /// Writes a record that was folded into `workshop`, if it is told.
    pub fn take(
        &mut self,
        workshop: &Workshop,
        record: &Record,
        folded: &Folded,
        touched: &Touched,
    ) {
        let effects = &folded.effects;
        if !is_told(record, folded) {
            return;
        }
        let update = record.body.update().filter(|_| effects.edited);
        let view = if effects.shared || effects.people {
            self.changed(view(workshop))
        } else {
            None
        };
        if update.is_none() && view.is_none() && !saves_a_version(record, folded) {
            return;
        }
        self.put(
            record.seq,
            workshop.at(),
            By::shown(record, folded),
            update,
            view,
            touched,
        );
    }

    fn put(
        &mut self,
        seq: u64,
        at: u64,
        who: By,
        update: Option<&Bytes>,
        view: Option<String>,
        touched: &Touched,
    ) {
        let out = &mut self.records;
        out.write_var(seq - self.seq);
        out.write_var(at - self.at);
        out.write_var(who.code());
        let has_update = u64::from(update.is_some()) * UPDATE;
        let has_view = u64::from(view.is_some()) * VIEW;
        out.write_var(has_update | has_view);
        if let Some(update) = update {
            out.write_buf(update);
        }
        if let Some(view) = view {
            out.write_string(&view);
        }
        out.write_var(touched.0.len() as u64);
        for touch in &touched.0 {
            self.records.write_var(touch.what);
            self.put_text(&touch.card);
            self.put_text(&touch.lane);
        }
        self.count += 1;
        self.seq = seq;
        self.at = at;
    }

    /// A text that stood here before is its number; a new one has the next number and follows.
    fn put_text(&mut self, text: &str) {
        let next = self.texts.len() as u64;
        if let Some(&known) = self.texts.get(text) {
            self.records.write_var(known);
            return;
        }
        self.texts.insert(text.to_owned(), next);
        self.records.write_var(next);
        self.records.write_string(text);
    }

    /// What of the view is not as it was shown last, as JSON; null for what is gone.
    fn changed(&mut self, now: Map<String, Value>) -> Option<String> {
        let changed = fields_changed(&self.shown, &now);
        self.shown = now;
        (!changed.is_empty()).then(|| Value::Object(changed).to_string())
    }

    /// The tape: from record `from` to the one before `next`, of a map whose last record is `last`.
    pub fn finish(self, from: u64, next: u64, last: u64) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.write_var(from);
        out.write_var(next);
        out.write_var(last);
        out.write_string(&self.opening);
        out.write_var(self.count);
        out.extend_from_slice(&self.records);
        out
    }
}

/// Each field that is another, and null for each that is gone.
fn fields_changed(before: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    let others = now.iter().filter_map(|(field, value)| {
        let change = match before.get(field) {
            Some(before) if before == value => return None,
            Some(before) => change(before, value),
            None => value.clone(),
        };
        Some((field.clone(), change))
    });
    let gone = before.keys().filter(|field| !now.contains_key(*field));
    others
        .chain(gone.map(|field| (field.clone(), Value::Null)))
        .collect()
}

/// What makes one value the other: of objects and of lists that did not become shorter what differs in them, else the whole. A vote in a
/// round with many cards, beside many other rounds, is then a number and no copy of them all.
fn change(before: &Value, now: &Value) -> Value {
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => Value::Object(fields_changed(before, now)),
        (Value::Array(before), Value::Array(now)) if before.len() <= now.len() => {
            let numbered = |values: &[Value]| -> Map<String, Value> {
                let values = values.iter().enumerate();
                values
                    .map(|(place, value)| (place.to_string(), value.clone()))
                    .collect()
            };
            Value::Object(fields_changed(&numbered(before), &numbered(now)))
        }
        _ => now.clone(),
    }
}

/// What everyone was shown (HIST-3). Who was connected is in no journal, and what a round with secret ballots came to shows at its closing alone,
/// be its totals live: one after another they would be the ballots.
fn view(workshop: &Workshop) -> Map<String, Value> {
    let mut shared: Shared = workshop.shared(&std::collections::BTreeSet::new(), 0);
    shared.seq = 0;
    for round in &mut shared.rounds {
        if round.setup.anonymous && round.state == RoundStateView::Open {
            round.result = None;
        }
    }
    let Ok(Value::Object(mut fields)) = serde_json::to_value(shared) else {
        return Map::new();
    };
    fields.remove("seq");
    fields.remove("now");
    fields
}
