//! A document as the fold keeps it, and what must hold of it after every update it took.

use bytes::Bytes;
use cairn_protocol::frame::{CheckedUpdate, Has, IdRanges};
use cairn_protocol::map;
use std::collections::BTreeMap;
use yrs::types::ToJson;
use yrs::updates::decoder::Decode;
use yrs::{Doc, ReadTxn, Transact, Update};

/// A document with the map entries it has.
pub struct Replica {
    pub doc: Doc,
    entries: IdRanges,
}

impl Replica {
    pub fn new(client: u64) -> Self {
        Self {
            doc: map::new_doc(client),
            entries: IdRanges::new(),
        }
    }

    /// How many clocks of each client it has.
    pub fn known(&self) -> BTreeMap<u64, u64> {
        let vector = self.doc.transact().state_vector();
        vector
            .iter()
            .map(|(client, clock)| (client.get(), u64::from(*clock)))
            .collect()
    }

    pub fn state(&self) -> Bytes {
        map::encode_state(&self.doc.transact()).into()
    }

    /// Applies an update as the fold does, if it is complete and fits, and says whether the document is still good.
    pub fn take(&mut self, update: &CheckedUpdate) -> bool {
        let clocks = self.known();
        let has = Has {
            clocks: &clocks,
            entries: &self.entries,
        };
        let shape = update.shape();
        if !shape.is_complete_for(&clocks) || update.fit(has, &self.doc.transact()).is_err() {
            return true;
        }
        let entries = update.entries(has);
        let decoded = Update::decode_v1(update.bytes()).expect("what passes, yrs decodes");
        if self.doc.transact_mut().apply_update(decoded).is_err() {
            return false;
        }
        self.entries.extend(&entries);
        assert!(
            !self.doc.transact().has_missing_updates(),
            "pending: {shape:?}"
        );
        assert_eq!(shape.brings_structs(&clocks), self.known() != clocks);
        let _ = self
            .doc
            .get_or_insert_map("m")
            .to_json(&self.doc.transact());
        self.assert_loads();
        true
    }

    /// A snapshot's document has and lacks what this one does.
    fn assert_loads(&self) {
        let state = CheckedUpdate::check(self.state()).expect("a document's state passes");
        let copy = Self::new(9);
        let update = Update::decode_v1(state.bytes()).expect("a document's state decodes");
        let applied = copy.doc.transact_mut().apply_update(update);
        applied.expect("a document's state applies");
        let loaded = CheckedUpdate::check(copy.state()).expect("what was loaded passes");
        assert_eq!(loaded.shape().spans, state.shape().spans);
        let (before, after) = (&state.shape().deletes, &loaded.shape().deletes);
        assert!(after.is_superset(before), "{before:?} {after:?}");
        // Of several values of an entry the last counts: the others are gone one way or the other.
        let mut gone = before.clone();
        gone.extend(&self.entries);
        assert!(gone.is_superset(after), "{before:?} {after:?}");
    }
}
