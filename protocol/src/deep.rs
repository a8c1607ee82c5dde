//! Applying a state to an empty document, on a stack that is deep enough for it.
//!
//! yrs recurses once for each client whose structs another one's have used up. What comes from a socket is bounded
//! ([`crate::limits::MAX_CLIENTS`]) so that an ordinary stack holds it; a map that has had more page loads than that is applied on a
//! thread of its own, whose end is waited for: no work goes on beside the caller's.

use yrs::updates::decoder::Decode as _;
use yrs::{Doc, Transact, Update};

use crate::frame::CheckedUpdate;
use crate::limits::MAX_CLIENTS;

/// What one recursion takes of the stack, generously (about 200 bytes were measured).
const STACK_PER_CLIENT: usize = 1024;

/// Applies an update that the document can take whole.
pub(crate) fn apply(doc: &Doc, update: &CheckedUpdate) {
    let clients = update.shape().spans.len();
    if clients <= MAX_CLIENTS {
        return apply_here(doc, update);
    }
    let deep = std::thread::Builder::new().stack_size(clients * STACK_PER_CLIENT);
    std::thread::scope(|scope| {
        let work = deep
            .spawn_scoped(scope, || apply_here(doc, update))
            .expect("the system has a thread, and memory for its stack");
        if let Err(panic) = work.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

fn apply_here(doc: &Doc, update: &CheckedUpdate) {
    let decoded = Update::decode_v1(update.bytes()).expect("a checked update can be decoded");
    doc.transact_mut()
        .apply_update(decoded)
        .expect("an update that fits is applied whole (WIRE-15)");
}
