//! The guard: whether an edit keeps within what a lock leaves free (LOCK).
//!
//! The fold asks it and decides; a room asks one of its own first, so that most of what will be refused never reaches the journal.
//! What it says follows from the document, the lock and the update alone: a shadow that was kept in step and one made anew say the
//! same. Whoever asks has seen that the update is complete for the document and fits it.

mod lock;
mod shadow;

use bytes::Bytes;
use yrs::{Doc, ReadTxn, Transact};

pub use lock::{Held, Lock};

use crate::agenda::Focus;
use crate::frame::CheckedUpdate;
use crate::map::{Collection, Whereabouts, card_lies, comment_lies};
use shadow::{Shadow, Touched};

/// Judges edits under a lock. Costs nothing while nobody asks: its shadow is made for the first edit to be judged, and again for the
/// first after a refusal, which leaves in the shadow what the document does not have.
#[derive(Default)]
pub struct Guard {
    shadow: Option<Shadow>,
}

impl Guard {
    /// Whether this update, which brings something new to `doc`, may be made by somebody under this lock. If it may, the shadow has
    /// it already. `state` encodes the document.
    pub fn lets(
        &mut self,
        update: &CheckedUpdate,
        lock: &Lock<'_>,
        doc: &Doc,
        state: impl FnOnce() -> Bytes,
    ) -> bool {
        let Held::Outside(focus) = &lock.held else {
            return false;
        };
        let shadow = match &mut self.shadow {
            Some(shadow) => shadow,
            none => {
                let state = CheckedUpdate::check_own(state()).expect("the state of a document");
                none.insert(Shadow::of(&state))
            }
        };
        let touched = shadow.take(update);
        let keeps = keeps_within(focus, &touched, &doc.transact(), &shadow.doc.transact());
        if !keeps {
            self.shadow = None;
        }
        keeps
    }

    /// The document took this update, be it one that was judged.
    pub fn follow(&mut self, update: &CheckedUpdate) {
        if let Some(shadow) = &mut self.shadow {
            shadow.take(update);
        }
    }

    /// Whether [`Self::follow`] has anything to do.
    pub fn has_shadow(&self) -> bool {
        self.shadow.is_some()
    }

    /// Lets the shadow go: there is no lock any more, or it has something that the document will not have.
    pub fn forget(&mut self) {
        self.shadow = None;
    }
}

/// Whether all that was touched lies in the focus, before and after (LOCK-3).
fn keeps_within<B: ReadTxn, A: ReadTxn>(
    focus: &Focus,
    touched: &Touched,
    before: &B,
    after: &A,
) -> bool {
    let free = |lies: &Whereabouts| match lies {
        Whereabouts::Absent => true,
        Whereabouts::Nowhere => false,
        Whereabouts::In { lane, stage } => focus.holds(stage, lane),
    };
    let may = |(collection, id): &(Collection, String)| match collection {
        Collection::Cards => free(&card_lies(before, id)) && free(&card_lies(after, id)),
        Collection::Comments => free(&comment_lies(before, id)) && free(&comment_lies(after, id)),
        Collection::Personas | Collection::Stages | Collection::Lanes => false,
    };
    !touched.beyond && touched.entries.iter().all(may)
}
