//! Where on the map an entry lies: a card in its cell, a comment where its card does.
//!
//! Called by the guard, which asks it of few entries before and after each edit; walks no collection. Reads a document that
//! any client may have written into, as [`super::read`] does (MAP-23, MAP-26).

use super::read::plain;
use super::schema::Collection;
use yrs::{Map, MapRef, Out, ReadTxn};

/// Where an entry lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// There is no such entry.
    Absent,
    /// It is there and in no cell.
    Nowhere,
    /// It is in this cell, whether the map has such a lane and stage or not.
    In {
        /// Id of the lane.
        lane: String,
        /// Id of the stage.
        stage: String,
    },
}

/// Where this card lies.
pub fn card_lies<T: ReadTxn>(txn: &T, card: &str) -> Whereabouts {
    let Some(entry) = entry(txn, Collection::Cards, card) else {
        return Whereabouts::Absent;
    };
    match (text(txn, &entry, "lane"), text(txn, &entry, "stage")) {
        (Some(lane), Some(stage)) => Whereabouts::In { lane, stage },
        _ => Whereabouts::Nowhere,
    }
}

/// Where the card of this comment lies; a comment whose card is gone lies nowhere.
pub fn comment_lies<T: ReadTxn>(txn: &T, comment: &str) -> Whereabouts {
    let Some(entry) = entry(txn, Collection::Comments, comment) else {
        return Whereabouts::Absent;
    };
    let card = text(txn, &entry, "card").map(|card| card_lies(txn, &card));
    match card {
        Some(Whereabouts::Absent) | None => Whereabouts::Nowhere,
        Some(lies) => lies,
    }
}

/// The card a comment is on, be it there or not.
pub fn comment_card<T: ReadTxn>(txn: &T, comment: &str) -> Option<String> {
    text(txn, &entry(txn, Collection::Comments, comment)?, "card")
}

fn entry<T: ReadTxn>(txn: &T, collection: Collection, id: &str) -> Option<Out> {
    txn.get_map(collection.root())?.get(txn, id)
}

/// A text field of an entry, be it a plain or a shared one.
fn text<T: ReadTxn>(txn: &T, entry: &Out, field: &str) -> Option<String> {
    let fields = entry.clone().cast::<MapRef>().ok()?;
    let value = plain(txn, &fields.get(txn, field)?, 0)?;
    Some(value.as_str()?.to_owned())
}
