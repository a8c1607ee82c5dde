//! The cards that a reveal brought, so that those of one writer are found among them.

use std::collections::BTreeSet;

use yrs::{Any, GetString as _, Map as _, Out, ReadTxn as _, Transact as _};

use crate::deep;
use crate::frame::CheckedUpdate;
use crate::map::{Collection, new_doc};

struct Card {
    id: String,
    words: String,
    author: String,
}

/// Which of the cards in a reveal's update are of this writer: as many of each wording as they wrote. Of cards that say the same nobody can
/// tell whose is which, unless they are signed with a name of their own.
pub(super) fn of_writer(update: &CheckedUpdate, name: &str, drafts: &[String]) -> BTreeSet<String> {
    let mut cards = all(update);
    cards.sort_by_key(|card| card.author != name);
    let mut theirs = BTreeSet::new();
    for words in drafts {
        if let Some(at) = cards.iter().position(|card| &card.words == words) {
            theirs.insert(cards.remove(at).id);
        }
    }
    theirs
}

/// A reveal builds on nothing, so its cards can be read alone.
fn all(update: &CheckedUpdate) -> Vec<Card> {
    let doc = new_doc(0);
    deep::apply(&doc, update);
    let txn = doc.transact();
    let Some(cards) = txn.get_map(Collection::Cards.root()) else {
        return Vec::new();
    };
    let read = |(id, card): (&str, Out)| {
        let card = card.cast::<yrs::MapRef>().ok()?;
        let words = card.get(&txn, "text")?.cast::<yrs::TextRef>().ok()?;
        let author = match card.get(&txn, "author") {
            Some(Out::Any(Any::String(author))) => author.to_string(),
            _ => String::new(),
        };
        Some(Card {
            id: id.to_owned(),
            words: words.get_string(&txn),
            author,
        })
    };
    let mut cards: Vec<Card> = cards.iter(&txn).filter_map(read).collect();
    cards.sort_by(|a, b| a.id.cmp(&b.id));
    cards
}
