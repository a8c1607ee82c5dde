//! What simulated participants share: the board, the tally, who is there and which cards are being
//! written in; and what they look up in the map.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use cairn_protocol::map::{Collection, Date, LaneKind};
use yrs::{Any, GetString, Map, MapRef, Out, ReadTxn, TextRef, Transaction};

use super::measure::Tally;
use super::plan::Board;
use crate::connection::Connection;

/// What all participants of one simulation share.
pub(crate) struct Floor {
    pub(crate) board: Board,
    pub(crate) tally: Tally,
    /// 1 for people; 10 for ten times as fast.
    pub(crate) pace: f64,
    present: Mutex<BTreeMap<usize, Connection>>,
    occupied: Mutex<BTreeSet<String>>,
}

impl Floor {
    pub(crate) fn new(board: Board, tally: Tally, pace: f64) -> Self {
        let (present, occupied) = (Mutex::default(), Mutex::default());
        Self {
            board,
            tally,
            pace,
            present,
            occupied,
        }
    }

    pub(crate) fn enter(&self, number: usize, connection: Connection) {
        held(&self.present).insert(number, connection);
    }

    pub(crate) fn leave(&self, number: usize) {
        held(&self.present).remove(&number);
    }

    pub(crate) fn present(&self) -> usize {
        held(&self.present).len()
    }

    /// The next participant after this one, around the table.
    pub(crate) fn neighbour(&self, number: usize) -> Option<Connection> {
        let present = held(&self.present);
        let next = present
            .range(number + 1..)
            .chain(present.range(..number))
            .next();
        next.map(|(_, connection)| connection.clone())
    }

    /// Takes a card for writing. False if somebody writes in it already.
    pub(crate) fn occupy(&self, card: &str) -> bool {
        held(&self.occupied).insert(card.to_owned())
    }

    pub(crate) fn release(&self, card: &str) {
        held(&self.occupied).remove(card);
    }

    pub(crate) fn kind_of(&self, lane: &str) -> Option<LaneKind> {
        self.board
            .lanes
            .iter()
            .find(|(id, _)| id == lane)
            .map(|(_, kind)| *kind)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics with the lock in hand")
}

/// A card as somebody who looks for one sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) lane: String,
    pub(crate) stage: String,
    pub(crate) author: String,
    /// Length of its text in code points.
    pub(crate) chars: usize,
    /// Whether its text ends with a full stop or the like.
    pub(crate) ends_sentence: bool,
}

/// All cards, by id. Reads a few fields of each and nothing else: it is asked often.
pub(crate) fn cards(txn: &Transaction<'_>) -> Vec<Found> {
    let Some(cards) = txn.get_map(Collection::Cards.root()) else {
        return Vec::new();
    };
    let mut found: Vec<Found> = cards
        .iter(txn)
        .filter_map(|(id, card)| {
            let card = card.cast::<MapRef>().ok()?;
            let word = |field| match card.get(txn, field) {
                Some(Out::Any(Any::String(word))) => word.to_string(),
                _ => String::new(),
            };
            let text = string(txn, &card, "text");
            Some(Found {
                id: id.to_owned(),
                lane: word("lane"),
                stage: word("stage"),
                author: word("author"),
                chars: text.chars().count(),
                ends_sentence: text.ends_with(['.', '!', '?']),
            })
        })
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// A text of an entry; empty if there is none.
pub(crate) fn text<T: ReadTxn>(txn: &T, collection: Collection, id: &str, field: &str) -> String {
    let entry = txn
        .get_map(collection.root())
        .and_then(|entries| entries.get(txn, id));
    let entry = entry.and_then(|entry| entry.cast::<MapRef>().ok());
    entry.map_or_else(String::new, |entry| string(txn, &entry, field))
}

fn string<T: ReadTxn>(txn: &T, entry: &MapRef, field: &str) -> String {
    let text = entry
        .get(txn, field)
        .and_then(|text| text.cast::<TextRef>().ok());
    text.map_or_else(String::new, |text| text.get_string(txn))
}

/// The time of day as cards have it, RFC 3339 in UTC.
pub(crate) fn now() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    rfc3339(since.as_secs())
}

fn rfc3339(seconds: u64) -> String {
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    let epoch = Date::parse("1970-01-01").expect("a date");
    let date = u32::try_from(days)
        .ok()
        .and_then(|days| epoch.plus_days(days))
        .unwrap_or(epoch);
    let (hours, minutes) = (of_day / 3_600, of_day / 60 % 60);
    format!("{date}T{hours:02}:{minutes:02}:{:02}Z", of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_written_as_cards_have_it() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(951_827_696), "2000-02-29T12:34:56Z");
        assert!(cairn_protocol::map::is_rfc3339(&now()), "{}", now());
    }
}
