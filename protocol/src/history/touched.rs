//! What of the map a record touched: watched in the workshop's document while the fold changes it, so that nobody reads updates twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yrs::types::EntryChange;
use yrs::types::map::MapEvent;
use yrs::{Map as _, Observable as _, Out, ReadTxn as _, Transact as _, TransactionMut};

use crate::changed::{self, Changed, TypeId};
use crate::fold::Workshop;
use crate::map::schema::{Collection, META, ORDER};
use crate::map::{self, LaneKind, Whereabouts};

/// What became of a card, as bits that add up.
pub mod what {
    /// It was not there before.
    pub const ADDED: u64 = 1;
    /// Its words or another field changed.
    pub const CHANGED: u64 = 2;
    /// It went to another cell, or to another place in its own.
    pub const MOVED: u64 = 4;
    /// It is gone.
    pub const REMOVED: u64 = 8;
    /// Somebody wrote, changed or deleted a comment on it.
    pub const COMMENTED: u64 = 16;
    /// No card, but a lane or a stage or what is said of the map as a whole.
    pub const FRAME: u64 = 32;
}

/// One thing touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Bits of [`what`].
    pub what: u64,
    /// The card; empty where it is none.
    pub card: String,
    /// The lane it lies in, or lay in last; the lane itself; empty where there is none.
    pub lane: String,
    /// What the cards of that lane are.
    pub kind: Option<LaneKind>,
}

/// Everything one record touched, cards first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched(pub Vec<Touch>);

/// Watches the document of one workshop while its records are folded.
pub struct Watch {
    noted: Rc<RefCell<Noted>>,
    /// The lane of each card: what is gone cannot be asked.
    lanes: BTreeMap<String, String>,
    kinds: BTreeMap<String, LaneKind>,
}

/// What the observers write down.
#[derive(Default)]
struct Noted {
    /// Which entry is which shared type: a change inside one names no more than the type.
    types: BTreeMap<TypeId, Known>,
    cards: BTreeMap<String, u64>,
    comments: BTreeSet<String>,
    lanes: BTreeSet<String>,
    frame: bool,
    /// Shared types looked at.
    #[cfg(test)]
    looked_at: usize,
}

/// A shared type that is an entry.
#[derive(Clone)]
struct Known {
    entry: Entry,
    /// An observer of its own sees which of its fields change.
    is_watched: bool,
}

/// The collections whose entries are told of one by one.
const BY_ENTRY: [Collection; 3] = [Collection::Cards, Collection::Comments, Collection::Lanes];

impl Watch {
    /// Begins with the document as it is. It ends with the workshop.
    pub fn on(workshop: &Workshop) -> Self {
        let noted: Rc<RefCell<Noted>> = Rc::default();
        let doc = workshop.doc();
        for collection in BY_ENTRY {
            let root = doc.get_or_insert_map(collection.root());
            for (id, entry) in root.iter(&doc.transact()) {
                watch_entry(&noted, (collection, id.to_owned()), &entry);
            }
            let noted = Rc::clone(&noted);
            root.observe("history", move |txn, event| {
                entries_changed(&noted, collection, txn, event);
            });
        }
        let all = Rc::clone(&noted);
        doc.observe_after_transaction("history", move |txn| {
            let mut noted = all.borrow_mut();
            changed::look(txn, |one| noted.type_changed(&one));
        })
        .expect("a workshop's document is written to by the fold alone");
        let txn = doc.transact();
        let cards = txn.get_map(Collection::Cards.root());
        let ids: Vec<String> = cards.map_or_else(Vec::new, |cards| {
            cards.keys(&txn).map(str::to_owned).collect()
        });
        let lanes = ids.into_iter().filter_map(|card| {
            let Whereabouts::In { lane, .. } = map::card_lies(&txn, &card) else {
                return None;
            };
            Some((card, lane))
        });
        Self {
            lanes: lanes.collect(),
            kinds: kinds(&txn),
            noted,
        }
    }

    /// How many shared types were looked at since then.
    #[cfg(test)]
    pub(super) fn looked_at(&self) -> usize {
        self.noted.borrow().looked_at
    }

    /// What was touched since this was asked last, in a workshop that was folded on meanwhile.
    pub fn touched(&mut self, workshop: &Workshop) -> Touched {
        let noted = self.noted.borrow_mut().take();
        if noted.is_nothing() {
            return Touched::default();
        }
        let txn = workshop.doc().transact();
        if !noted.lanes.is_empty() {
            self.kinds = kinds(&txn);
        }
        let mut cards = noted.cards;
        let commented = noted.comments.iter();
        let commented = commented.filter_map(|comment| map::comment_card(&txn, comment));
        for card in commented {
            *cards.entry(card).or_default() |= what::COMMENTED;
        }
        let mut touched = Vec::with_capacity(cards.len());
        for (card, what) in cards {
            if what & what::REMOVED == 0
                && let Whereabouts::In { lane, .. } = map::card_lies(&txn, &card)
            {
                self.lanes.insert(card.clone(), lane);
            }
            let lane = if what & what::REMOVED == 0 {
                self.lanes.get(&card).cloned()
            } else {
                self.lanes.remove(&card)
            };
            let lane = lane.unwrap_or_default();
            touched.push(Touch {
                what,
                kind: self.kinds.get(&lane).copied(),
                card,
                lane,
            });
        }
        let frame = |lane: String| Touch {
            what: what::FRAME,
            card: String::new(),
            kind: self.kinds.get(&lane).copied(),
            lane,
        };
        touched.extend(noted.lanes.into_iter().map(frame));
        if noted.frame {
            touched.push(frame(String::new()));
        }
        Touched(touched)
    }
}

/// From now on a change of this entry's own fields is noted.
fn watch_entry(noted: &Rc<RefCell<Noted>>, entry: Entry, value: &Out) {
    let Some(id) = changed::type_id(value) else {
        return;
    };
    let fields = if let Out::YMap(fields) = value {
        Some(fields).filter(|_| entry.0 == Collection::Cards)
    } else {
        None
    };
    let known = Known {
        entry: entry.clone(),
        is_watched: fields.is_some(),
    };
    noted.borrow_mut().types.insert(id, known);
    if let Some(fields) = fields {
        let noted = Rc::clone(noted);
        fields.observe("history", move |txn, event| {
            let keys = event.keys(txn);
            let place = |key: &str| ["lane", "stage", ORDER].contains(&key);
            let moves = keys.keys().any(|key| place(key));
            let rests = keys.keys().any(|key| !place(key));
            let what = (u64::from(moves) * what::MOVED) | (u64::from(rests) * what::CHANGED);
            noted.borrow_mut().touch(&entry, what);
        });
    }
}

/// Entries of a collection came, went or were replaced.
fn entries_changed(
    noted: &Rc<RefCell<Noted>>,
    collection: Collection,
    txn: &TransactionMut<'_>,
    event: &MapEvent,
) {
    for (id, change) in event.keys(txn) {
        let entry = (collection, id.to_string());
        let (what, old, new) = match change {
            EntryChange::Inserted(new) => (what::ADDED, None, Some(new)),
            EntryChange::Updated(old, new) => (what::CHANGED, Some(old), Some(new)),
            EntryChange::Removed(old) => (what::REMOVED, Some(old), None),
        };
        if let Some(old) = old.and_then(changed::type_id) {
            noted.borrow_mut().types.remove(&old);
        }
        noted.borrow_mut().touch(&entry, what);
        if let Some(new) = new {
            watch_entry(noted, entry, new);
        }
    }
}

type Entry = (Collection, String);

impl Noted {
    /// What was noted since this was asked last.
    fn take(&mut self) -> Self {
        let types = std::mem::take(&mut self.types);
        let noted = std::mem::take(self);
        self.types = types;
        noted
    }

    fn is_nothing(&self) -> bool {
        self.cards.is_empty() && self.comments.is_empty() && self.lanes.is_empty() && !self.frame
    }

    fn touch(&mut self, (collection, id): &Entry, what: u64) {
        match collection {
            Collection::Cards => *self.cards.entry(id.clone()).or_default() |= what,
            Collection::Lanes => drop(self.lanes.insert(id.clone())),
            // Which card it was on is gone with it.
            Collection::Comments if what & what::REMOVED != 0 => self.frame = true,
            Collection::Comments => drop(self.comments.insert(id.clone())),
            Collection::Personas | Collection::Stages => self.frame = true,
        }
    }

    /// A shared type changed; the observers have seen what changed of its own fields where that is told apart.
    fn type_changed(&mut self, changed: &Changed<'_>) {
        #[cfg(test)]
        {
            self.looked_at += 1;
        }
        let is_frame = |root: &str| {
            [Collection::Stages.root(), Collection::Personas.root(), META].contains(&root)
        };
        self.frame |= changed.root.is_some_and(is_frame);
        let known = changed.entry.and_then(|id| self.types.get(&id)).cloned();
        if let Some(known) = known.filter(|known| changed.inside || !known.is_watched) {
            self.touch(&known.entry, what::CHANGED);
        }
    }
}

fn kinds<T: yrs::ReadTxn>(txn: &T) -> BTreeMap<String, LaneKind> {
    let lanes = map::places(txn).lanes.into_iter();
    lanes.map(|lane| (lane.id, lane.kind)).collect()
}
