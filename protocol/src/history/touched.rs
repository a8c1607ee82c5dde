//! What of the map a record touched: watched in the workshop's document while the fold changes it, so that nobody reads updates twice.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use yrs::types::{EntryChange, Event, Events, PathSegment};
use yrs::{DeepObservable as _, Map as _, ReadTxn as _, Transact as _, TransactionMut};

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

#[derive(Default)]
struct Noted {
    cards: BTreeMap<String, u64>,
    comments: BTreeSet<String>,
    lanes: BTreeSet<String>,
    frame: bool,
}

impl Watch {
    /// Begins with the document as it is. It ends with the workshop.
    pub fn on(workshop: &Workshop) -> Self {
        let noted = Rc::new(RefCell::new(Noted::default()));
        let doc = workshop.doc();
        let watch = |root: &str, note: fn(&mut Noted, &TransactionMut<'_>, &Events<'_>)| {
            let noted = Rc::clone(&noted);
            let see = move |txn: &TransactionMut<'_>, events: &Events<'_>| {
                note(&mut noted.borrow_mut(), txn, events);
            };
            doc.get_or_insert_map(root).observe_deep("history", see);
        };
        watch(Collection::Cards.root(), note_cards);
        watch(Collection::Comments.root(), note_comments);
        watch(Collection::Lanes.root(), note_lanes);
        for root in [Collection::Stages.root(), Collection::Personas.root(), META] {
            watch(root, |noted, _, _| noted.frame = true);
        }
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

    /// What was touched since this was asked last, in a workshop that was folded on meanwhile.
    pub fn touched(&mut self, workshop: &Workshop) -> Touched {
        let noted = std::mem::take(&mut *self.noted.borrow_mut());
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

impl Noted {
    fn is_nothing(&self) -> bool {
        self.cards.is_empty() && self.comments.is_empty() && self.lanes.is_empty() && !self.frame
    }
}

fn kinds<T: yrs::ReadTxn>(txn: &T) -> BTreeMap<String, LaneKind> {
    let lanes = map::places(txn).lanes.into_iter();
    lanes.map(|lane| (lane.id, lane.kind)).collect()
}

/// The entries of a collection that an event is about, each with what became of it.
fn entries(txn: &TransactionMut<'_>, event: &Event) -> Vec<(String, u64)> {
    let path = event.path();
    match path.front() {
        Some(PathSegment::Key(id)) => {
            let moved = |event: &yrs::types::map::MapEvent| {
                let keys = event.keys(txn);
                let place = |key: &str| ["lane", "stage", ORDER].contains(&key);
                let moves = keys.keys().any(|key| place(key));
                let rests = keys.keys().any(|key| !place(key));
                (u64::from(moves) * what::MOVED) | (u64::from(rests) * what::CHANGED)
            };
            let what = match event {
                Event::Map(event) if path.len() == 1 => moved(event),
                Event::Map(_)
                | Event::Text(_)
                | Event::Array(_)
                | Event::XmlFragment(_)
                | Event::XmlText(_) => what::CHANGED,
            };
            vec![(id.to_string(), what)]
        }
        Some(PathSegment::Index(_)) => Vec::new(),
        None => {
            let Event::Map(event) = event else {
                return Vec::new();
            };
            let keys = event.keys(txn).iter();
            let keys = keys.map(|(id, change)| {
                let what = match change {
                    EntryChange::Inserted(_) => what::ADDED,
                    EntryChange::Updated(..) => what::CHANGED,
                    EntryChange::Removed(_) => what::REMOVED,
                };
                (id.to_string(), what)
            });
            // The order of the map does not matter: whoever asked sorts them.
            keys.collect()
        }
    }
}

fn note_cards(noted: &mut Noted, txn: &TransactionMut<'_>, events: &Events<'_>) {
    for event in events.iter() {
        for (card, what) in entries(txn, event) {
            *noted.cards.entry(card).or_default() |= what;
        }
    }
}

fn note_lanes(noted: &mut Noted, txn: &TransactionMut<'_>, events: &Events<'_>) {
    for event in events.iter() {
        let lanes = entries(txn, event).into_iter().map(|(lane, _)| lane);
        noted.lanes.extend(lanes);
    }
}

fn note_comments(noted: &mut Noted, txn: &TransactionMut<'_>, events: &Events<'_>) {
    for event in events.iter() {
        for (comment, what) in entries(txn, event) {
            if what & what::REMOVED == 0 {
                noted.comments.insert(comment);
            } else {
                // Which card it was on is gone with it.
                noted.frame = true;
            }
        }
    }
}
