//! Children stand in a row, map entries in a row under each key: nothing is linked into two.
//!
//! The first of these was found by fuzzing: yrs read freed memory, and wrote what it found there as the document's state.

use super::{apply, assert_completeness, check, edits, fit, history, known};
use crate::edits::doc;
use cairn_protocol::frame::{CheckedUpdate, Fault, Has, IdRanges, Misfit};
use proptest::prelude::*;
use std::collections::BTreeMap;
use yrs::{Doc, ReadTxn, StateVector, Transact};

/// Structs of one client, from a clock on.
fn by(client: u8, clock: u8, structs: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![1, structs.len() as u8, client, clock];
    bytes.extend(structs.concat());
    bytes.push(0);
    bytes
}

/// An XML element under a key of root `m`.
const ELEMENT: &[u8] = &[0x27, 1, 1, b'm', 1, b'e', 3, 1, b'p'];
/// An array as an attribute of what is at (1, 0).
const ATTRIBUTE: &[u8] = &[0x27, 0, 1, 0, 1, b'a', 0];
/// A value among the children of what is at (1, 0).
const CHILD: &[u8] = &[8, 0, 1, 0, 1, 126];

/// An element (1, 0) with an attribute (1, 1) and the children (1, 2) and (1, 3).
fn element() -> Doc {
    let replica = doc(30);
    let after_child = &[0x88, 1, 2, 1, 126];
    let bytes = by(1, 0, &[ELEMENT, ATTRIBUTE, CHILD, after_child]);
    assert_completeness(&replica, &bytes);
    replica
}

#[test]
fn wire_13_nothing_is_put_between_a_child_and_an_entry() {
    let replica = element();
    let put = |item: &[u8]| fit(&check(&by(2, 0, &[item])), &replica);
    let map = 7;
    assert_eq!(
        put(&[0xc0 | map, 1, 2, 1, 1, 1]),
        Err(Misfit::Entry),
        "a child before an entry"
    );
    assert_eq!(
        put(&[0xc0 | map, 1, 1, 1, 2, 1]),
        Err(Misfit::Entry),
        "an entry before a child"
    );
    assert_eq!(
        put(&[0xc0 | map, 1, 1, 1, 1, 1]),
        Err(Misfit::Entry),
        "between entries"
    );
    assert_eq!(
        put(&[0x40 | map, 1, 1, 1]),
        Err(Misfit::Entry),
        "before an entry"
    );
    assert_eq!(put(&[0x80 | map, 1, 1, 1]), Ok(()), "after an entry");
    assert_eq!(
        put(&[0xc0 | map, 1, 2, 1, 3, 1]),
        Ok(()),
        "between children"
    );
    assert_eq!(put(&[0x40 | map, 1, 2, 1]), Ok(()), "before a child");
}

#[test]
fn wire_13_what_follows_an_entry_or_a_child_is_one() {
    let replica = element();
    // An array after the attribute, by another client, and a value before that.
    apply(&replica, &by(2, 0, &[&[0x87, 1, 1, 0]]));
    let before = |id: [u8; 2]| by(3, 0, &[&[0x48, id[0], id[1], 1, 126]]);
    assert_eq!(fit(&check(&before([2, 0])), &replica), Err(Misfit::Entry));
    // The same within one update, where nobody need know the document.
    let chain = by(
        2,
        1,
        &[&[0x87, 2, 0, 0], &[0x87, 2, 1, 0], &[0x48, 2, 2, 1, 126]],
    );
    assert_eq!(fit(&check(&chain), &replica), Err(Misfit::Entry));
    let chain = by(
        2,
        1,
        &[
            &[0x88, 1, 3, 1, 126],
            &[0x88, 2, 1, 1, 126],
            &[0x48, 2, 2, 1, 126],
        ],
    );
    assert_eq!(fit(&check(&chain), &replica), Ok(()));
}

#[test]
fn wire_13_an_update_shows_what_is_put_before_its_own_entries() {
    let fault = |bytes: Vec<u8>| CheckedUpdate::check(bytes.into()).map_err(|error| error.0.fault);
    let whole = |last: &[u8]| by(1, 0, &[ELEMENT, ATTRIBUTE, CHILD, last]);
    for last in [
        &[0xc7, 1, 2, 1, 1, 1][..],
        &[0xc7, 1, 1, 1, 2, 1],
        &[0x47, 1, 1, 1],
    ] {
        assert_eq!(fault(whole(last)).err(), Some(Fault::Entry), "{last:?}");
    }
    for last in [&[0x87, 1, 1, 1][..], &[0x47, 1, 2, 1], &[0x87, 1, 2, 1]] {
        assert!(fault(whole(last)).is_ok(), "{last:?}");
    }
}

#[test]
fn wire_13_an_entry_may_hold_several_values() {
    // Yjs merges entries that were replaced but kept for undo, and redoes them as one.
    let two = by(1, 0, &[&[0x28, 1, 1, b'm', 1, b'k', 2, 126, 126]]);
    assert_completeness(&doc(34), &two);
}

#[test]
fn wire_13_a_struct_known_in_part_continues_in_its_row() {
    // (1, 0) is "a" in root `t`.
    let replica = doc(31);
    assert_completeness(&replica, &by(1, 0, &[&[4, 1, 1, b't', 1, b'a']]));
    let fit = |item: &[u8]| fit(&check(&by(1, 0, &[item])), &replica);
    assert_eq!(fit(&[4, 1, 1, b't', 2, b'a', b'b']), Ok(()));
    assert_eq!(
        fit(&[4, 1, 1, b'u', 2, b'a', b'b']),
        Err(Misfit::Parent),
        "in another root"
    );
    assert_eq!(
        fit(&[0x21, 1, 1, b't', 1, b'k', 2]),
        Err(Misfit::Parent),
        "under a key"
    );
}

#[test]
fn wire_13_what_was_collected_does_not_continue() {
    // An array with a value, deleted: the value is collected.
    let replica = doc(32);
    let array = [7, 1, 1, b't', 0];
    assert_completeness(&replica, &by(1, 0, &[&array, CHILD]));
    apply(&replica, &[0, 1, 1, 1, 0, 1]);
    let fit = |item: &[u8]| fit(&check(&by(1, 1, &[item])), &replica);
    // What its author may add without knowing of the deletion is collected as well.
    assert_eq!(fit(&[8, 0, 1, 0, 2, 126, 126]), Ok(()));
    // Yjs would collect this, yrs would keep it until the document is loaded from its state.
    assert_eq!(fit(&[8, 1, 1, b't', 2, 126, 126]), Err(Misfit::Parent));
}

proptest! {
    /// A document that took all edits and one loaded from its state refuse the same.
    #[test]
    fn wire_13_entries_are_known_alike_from_edits_and_from_the_state(edits in edits()) {
        let replica = doc(33);
        let mut entries = IdRanges::new();
        for bytes in history(&edits) {
            let update = check(&bytes);
            let clocks = known(&replica);
            if !update.shape().is_complete_for(&clocks) {
                continue;
            }
            let added = update.entries(Has { clocks: &clocks, entries: &entries });
            entries.extend(&added);
            apply(&replica, &bytes);
        }
        let state = check(&replica.transact().encode_state_as_update_v1(&StateVector::default()));
        let nothing = Has { clocks: &BTreeMap::new(), entries: &IdRanges::new() };
        let loaded = state.entries(nothing);
        prop_assert!(entries.is_superset(&loaded), "{entries:?} {loaded:?}");
        for (client, range) in entries.iter() {
            for clock in range.clone() {
                // What was collected, a state no longer tells.
                prop_assert!(
                    loaded.contains((client, clock))
                        || state.shape().deletes.contains((client, clock)),
                    "{client} {clock}"
                );
            }
        }
    }
}
