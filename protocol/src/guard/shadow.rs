//! A shadow: a second copy of a document, that takes an update first and tells which entries it touched.
//!
//! yrs cannot take an update back, and cannot say of one what it would change: where its structs come to lie follows from what
//! is in the document. So it is applied to the shadow, and what changed there is collected while it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yrs::types::EntryChange;
use yrs::types::xml::XmlEvent;
use yrs::{Doc, Observable, TransactionMut};

use crate::changed::{self, TypeId};
use crate::deep;
use crate::frame::CheckedUpdate;
use crate::map::Collection;
use crate::map::schema::{META, bare_doc};

/// The shadow writes nothing itself, so its client id never appears in content.
const CLIENT: u64 = 0;

/// A second copy of a document.
pub(super) struct Shadow {
    pub(super) doc: Doc,
    seen: Arc<Mutex<Seen>>,
}

/// What an update touched: entries by collection and id, and whether anything else.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
    pub(super) entries: BTreeSet<(Collection, String)>,
    /// Something that is no entry of a collection: the map's own fields, a list in a root, a root that no map has.
    pub(super) beyond: bool,
}

/// What the observers of a shadow write down.
#[derive(Default)]
struct Seen {
    /// Which entry is which shared type: a change inside one names no more than the type.
    types: BTreeMap<TypeId, (Collection, String)>,
    touched: Touched,
}

impl Shadow {
    /// A copy of the document of this encoded state.
    pub(super) fn of(state: &CheckedUpdate) -> Self {
        let mut shadow = Self::watched();
        shadow.take(state);
        shadow
    }

    /// An empty one whose observers are in place. Roots are XML fragments here: only those tell of their entries and of what
    /// lies in a row in them alike, and a root without a kind tells nothing. Reading them as maps is the same.
    fn watched() -> Self {
        let doc = bare_doc(CLIENT);
        let all: Arc<Mutex<Seen>> = Arc::default();
        for collection in Collection::ALL {
            let root = doc.get_or_insert_xml_fragment(collection.root());
            let noted = all.clone();
            root.observe("shadow", move |txn, event| {
                seen(&noted).root_changed(collection, txn, event);
            });
        }
        doc.get_or_insert_xml_fragment(META);
        let noted = all.clone();
        doc.observe_after_transaction("shadow", move |txn| seen(&noted).types_changed(txn))
            .expect("a document that nobody else has yet is not being written to");
        Self { doc, seen: all }
    }

    /// Applies an update that fits the document this is a copy of.
    pub(super) fn take(&mut self, update: &CheckedUpdate) -> Touched {
        for root in update.roots() {
            self.doc.get_or_insert_xml_fragment(root);
        }
        deep::apply(&self.doc, update);
        std::mem::take(&mut seen(&self.seen).touched)
    }
}

impl Seen {
    /// Entries of a collection came, went or were replaced.
    fn root_changed(&mut self, collection: Collection, txn: &TransactionMut, event: &XmlEvent) {
        self.touched.beyond |= event.children_changed();
        for (id, change) in event.keys(txn) {
            let entry = (collection, id.to_string());
            let (old, new) = match change {
                EntryChange::Inserted(new) => (None, Some(new)),
                EntryChange::Updated(old, new) => (Some(old), Some(new)),
                EntryChange::Removed(old) => (Some(old), None),
            };
            if let Some(old) = old.and_then(changed::type_id) {
                self.types.remove(&old);
            }
            if let Some(new) = new.and_then(changed::type_id) {
                self.types.insert(new, entry.clone());
            }
            self.touched.entries.insert(entry);
        }
    }

    /// Something changed inside shared types.
    fn types_changed(&mut self, txn: &TransactionMut) {
        changed::look(txn, |one| {
            let of = |collection: &Collection| one.root == Some(collection.root());
            let collection = Collection::ALL.iter().find(|one| of(one));
            match (collection, one.entry) {
                // The root itself changed: its observer saw which entries.
                (Some(_), None) => {}
                (Some(_), Some(id)) => match self.types.get(&id) {
                    Some(entry) => drop(self.touched.entries.insert(entry.clone())),
                    None => self.touched.beyond = true,
                },
                (None, _) => self.touched.beyond = true,
            }
        });
    }
}

fn seen(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
