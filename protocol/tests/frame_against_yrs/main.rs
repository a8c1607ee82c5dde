//! The walker against yrs: what yrs writes is accepted and described as yrs sees it, and whatever
//! is accepted, however it came about, yrs decodes and integrates without a panic.

#![expect(
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a test may panic, and yrs takes HashMaps"
)]

mod edits;
mod rows;

use bytes::Bytes;
use cairn_protocol::frame::{CheckedUpdate, Fault, Has, IdRanges, Misfit, UpdateShape};
use cairn_protocol::limits;
use edits::{doc, edits, history};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update};

fn check(bytes: &[u8]) -> CheckedUpdate {
    CheckedUpdate::check(Bytes::copy_from_slice(bytes))
        .unwrap_or_else(|error| panic!("refused {bytes:?}: {error}"))
}

fn known(doc: &Doc) -> BTreeMap<u64, u64> {
    let vector = doc.transact().state_vector();
    vector
        .iter()
        .map(|(client, clock)| (client.get(), u64::from(*clock)))
        .collect()
}

/// Whether an update fits a document, as its owner asks: with the map entries that its state shows.
fn fit(checked: &CheckedUpdate, doc: &Doc) -> Result<(), Misfit> {
    let state = check(
        &doc.transact()
            .encode_state_as_update_v1(&StateVector::default()),
    );
    let nothing = Has {
        clocks: &BTreeMap::new(),
        entries: &IdRanges::new(),
    };
    let has = Has {
        clocks: &known(doc),
        entries: &state.entries(nothing),
    };
    checked.fit(has, &doc.transact())
}

fn apply(doc: &Doc, bytes: &[u8]) {
    let update = Update::decode_v1(bytes).expect("decodes");
    doc.transact_mut().apply_update(update).expect("applies");
}

/// Each clock the shape says is inside, and each that yrs says is.
fn assert_same_structs(shape: &UpdateShape, update: &Update) {
    let mut ours = BTreeSet::new();
    for (client, span) in &shape.spans {
        for clock in span.clone() {
            if !shape.skips.contains_range(*client, &(clock..clock + 1)) {
                ours.insert((*client, clock));
            }
        }
    }
    let clocks = |set: &yrs::IdSet| -> BTreeSet<(u64, u64)> {
        let mut clocks = BTreeSet::new();
        for (client, ranges) in set.iter() {
            for range in ranges.iter() {
                clocks.extend(range.clone().map(|clock| (client.get(), u64::from(clock))));
            }
        }
        clocks
    };
    assert_eq!(ours, clocks(&update.insertions(true)), "structs");
    let deleted: BTreeSet<_> = shape
        .deletes
        .iter()
        .flat_map(|(c, range)| range.clone().map(move |k| (c, k)))
        .collect();
    assert_eq!(deleted, clocks(update.delete_set()), "deletions");
    assert_eq!(shape.is_empty(), ours.is_empty() && deleted.is_empty());
}

/// A replica with the same state and nothing pending.
fn copy(of: &Doc) -> Doc {
    let copy = doc(99);
    apply(
        &copy,
        &of.transact()
            .encode_state_as_update_v1(&StateVector::default()),
    );
    copy
}

/// Applies what is complete for the replica; of what is not, makes sure that yrs agrees.
fn assert_completeness(replica: &Doc, bytes: &[u8]) {
    let checked = check(bytes);
    let shape = checked.shape();
    let before = known(replica);
    let have = |known: &BTreeMap<u64, u64>, client: u64| known.get(&client).copied().unwrap_or(0);
    if shape.is_complete_for(&before) {
        assert_eq!(
            fit(&checked, replica),
            Ok(()),
            "honest, yet a misfit: {shape:?}"
        );
        apply(replica, bytes);
        let after = known(replica);
        assert!(
            !replica.transact().has_missing_updates(),
            "complete, yet pending: {shape:?}"
        );
        for (client, span) in &shape.spans {
            assert_eq!(
                have(&after, *client),
                span.end.max(have(&before, *client)),
                "{shape:?}"
            );
        }
        assert_eq!(shape.brings_structs(&before), after != before, "{shape:?}");
    } else {
        let copy = copy(replica);
        apply(&copy, bytes);
        let after = known(&copy);
        let gap = shape
            .spans
            .iter()
            .any(|(client, span)| have(&after, *client) < span.end);
        assert!(
            copy.transact().has_missing_updates() || gap,
            "incomplete, yet all in: {shape:?} on {before:?}"
        );
    }
}

proptest! {
    #[test]
    fn wire_14_accepts_what_yrs_writes_and_sees_what_yrs_sees(edits in edits()) {
        for bytes in history(&edits) {
            let checked = check(&bytes);
            let update = Update::decode_v1(&bytes).expect("yrs reads what it wrote");
            assert_same_structs(checked.shape(), &update);
            prop_assert_eq!(&checked.bytes()[..], &bytes[..]);
        }
    }

    #[test]
    fn wire_14_complete_means_nothing_stays_pending(
        edits in edits(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
    ) {
        let history = history(&edits);
        let replica = doc(98);
        for index in order {
            assert_completeness(&replica, &history[index.index(history.len())]);
        }
        for bytes in &history {
            assert_completeness(&replica, bytes);
        }
    }

    #[test]
    fn wire_3_refuses_whatever_is_written_in_v2(edits in edits()) {
        for bytes in history(&edits) {
            let v2 = Update::decode_v1(&bytes).expect("decodes").encode_v2();
            prop_assert!(CheckedUpdate::check(v2.into()).is_err());
        }
    }

    #[test]
    fn wire_15_no_accepted_bytes_panic_yrs(
        edits in edits(),
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let history = history(&edits);
        let at = which.index(history.len());
        let mut bytes = history[at].clone();
        for change in &changes {
            change.apply(&mut bytes);
        }
        let Ok(checked) = CheckedUpdate::check(bytes.clone().into()) else { return Ok(()) };
        let update = Update::decode_v1(&bytes);
        prop_assert!(update.is_ok(), "accepted, yet yrs refuses {:?}", update.err());
        let replica = doc(97);
        for earlier in &history[..at] {
            if check(earlier).shape().is_complete_for(&known(&replica)) {
                apply(&replica, earlier);
            }
        }
        let complete = checked.shape().is_complete_for(&known(&replica));
        if !complete || fit(&checked, &replica).is_err() {
            return Ok(());
        }
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let _ = replica.transact_mut().apply_update(update.expect("decoded above"));
            replica.transact().encode_state_as_update_v1(&StateVector::default())
        }));
        let Ok(state) = applied else {
            // A broken document must not be dropped twice over.
            std::mem::forget(replica);
            panic!("yrs panics on {bytes:?}");
        };
        prop_assert!(CheckedUpdate::check(state.clone().into()).is_ok(), "{state:?}");
    }
}

/// One change of bytes, as a faulty or hostile sender makes it.
#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Add(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(i, b)| Change::Set(i, b)),
        (at(), -3i8..4).prop_map(|(i, b)| Change::Add(i, b.cast_unsigned())),
        at().prop_map(Change::Remove),
        (at(), any::<u8>()).prop_map(|(i, b)| Change::Insert(i, b)),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let len = bytes.len();
        match self {
            Self::Set(i, byte) => bytes[i.index(len)] = *byte,
            Self::Add(i, byte) => {
                let at = i.index(len);
                bytes[at] = bytes[at].wrapping_add(*byte);
            }
            Self::Remove(i) => drop(bytes.remove(i.index(len))),
            Self::Insert(i, byte) => bytes.insert(i.index(len), *byte),
        }
    }
}

fn varint(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Runs on the stack a server's thread has.
fn on_two_mebibytes(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(run)
        .expect("starts");
    assert!(thread.join().is_ok(), "the thread ended by a panic");
}

#[test]
fn wire_9_most_clients_fit_the_stack() {
    on_two_mebibytes(|| {
        // Each client's struct waits for the next lower one's: yrs empties every list by a detour
        // and then recurses over the empty ones.
        let count = limits::MAX_CLIENTS;
        let mut bytes = Vec::new();
        varint(&mut bytes, count);
        for client in (1..=count).rev() {
            bytes.push(1);
            varint(&mut bytes, client);
            bytes.push(0);
            if client == 1 {
                bytes.extend([4, 1, 1, b't', 1, b'a']);
            } else {
                bytes.push(0x84);
                varint(&mut bytes, client - 1);
                bytes.extend([0, 1, b'a']);
            }
        }
        bytes.push(0);
        let replica = doc(1 << 40);
        assert_completeness(&replica, &bytes);
        assert_eq!(known(&replica).len(), count);
    });
}

#[test]
fn wire_10_deepest_types_fit_the_stack() {
    on_two_mebibytes(|| {
        let depth = limits::MAX_TYPE_DEPTH as usize;
        let mut bytes = vec![1];
        varint(&mut bytes, depth);
        bytes.extend([1, 0, 7, 1, 1, b't', 1]);
        for parent in 0..depth - 1 {
            bytes.extend([7, 0, 1]);
            varint(&mut bytes, parent);
            bytes.push(1);
        }
        // The outermost is deleted, and all inside it with it.
        bytes.extend([1, 1, 1, 0, 1]);
        let checked = check(&bytes);
        assert_eq!(checked.shape().types.deepest, limits::MAX_TYPE_DEPTH);
        let replica = doc(7);
        apply(&replica, &bytes);
        assert_eq!(known(&replica), BTreeMap::from([(1, depth as u64)]));
    });
}

#[test]
fn wire_13_types_below_something_outside_name_it() {
    // A map beside (5, 3), a text inside it, and an array inside (6, 0).
    let bytes = [1, 3, 9, 0, 0x87, 5, 3, 1, 7, 0, 9, 0, 2, 7, 0, 6, 0, 0, 0];
    let checked = check(&bytes);
    assert_eq!(checked.shape().types.deepest, 2);
    let hangs_from = &checked.shape().types.hangs_from;
    assert_eq!(hangs_from.beside, BTreeSet::from([(5, 3)]));
    assert_eq!(hangs_from.inside, BTreeSet::from([(6, 0)]));
    assert_eq!(checked.shape().needs, BTreeMap::from([(5, 4), (6, 1)]));
}

/// A document of client 1 with an array at (1, 0), a text at (1, 1) holding "ab", and "v" at (1, 4)
/// in the array.
fn array_and_text() -> Doc {
    let replica = doc(20);
    let bytes = [
        1, 4, 1, 0, 0x27, 1, 1, b'm', 1, b'a', 0, 0x27, 1, 1, b'm', 1, b't', 2, 4, 0, 1, 1, 2,
        b'a', b'b', 8, 0, 1, 0, 1, 119, 1, b'v', 0,
    ];
    assert_completeness(&replica, &bytes);
    assert_eq!(known(&replica), BTreeMap::from([(1, 5)]));
    replica
}

#[test]
fn wire_13_characters_fit_in_texts_only() {
    let replica = array_and_text();
    let fit = |item: &[u8]| {
        let bytes = [&[1, 1, 2, 0][..], item, &[0]].concat();
        fit(&check(&bytes), &replica)
    };
    assert_eq!(
        fit(&[4, 0, 1, 0, 1, b'x']),
        Err(Misfit::Parent),
        "in the array"
    );
    assert_eq!(
        fit(&[0x84, 1, 4, 1, b'x']),
        Err(Misfit::Parent),
        "beside a value"
    );
    assert_eq!(
        fit(&[0x44, 1, 4, 1, b'x']),
        Err(Misfit::Parent),
        "before a value"
    );
    assert_eq!(
        fit(&[0x86, 1, 4, 1, b'k', 1, b'1']),
        Err(Misfit::Parent),
        "a format"
    );
    assert_eq!(fit(&[0x85, 1, 4, 1, b'1']), Err(Misfit::Parent), "an embed");
    assert_eq!(fit(&[4, 0, 1, 1, 1, b'x']), Ok(()), "in the text");
    assert_eq!(fit(&[0x84, 1, 2, 1, b'x']), Ok(()), "beside characters");
    assert_eq!(fit(&[0x88, 1, 4, 1, 126]), Ok(()), "a value in the array");
}

#[test]
fn wire_13_what_the_document_has_counts_not_what_an_update_claims_of_it() {
    let replica = array_and_text();
    let fit = |structs: u8, items: &[u8]| {
        let bytes = [&[1, structs, 1, 0][..], items, &[0]].concat();
        let checked = check(&bytes);
        assert!(checked.shape().is_complete_for(&known(&replica)));
        fit(&checked, &replica)
    };
    // "The array at (1, 0) is gone": characters in it would be collected at once.
    assert_eq!(fit(2, &[0, 5, 4, 0, 1, 0, 1, b'x']), Err(Misfit::Parent));
    // "It is a text", with honest gaps up to (1, 4).
    let text = [0x27, 1, 1, b'm', 1, b'a', 2, 0, 4, 4, 0, 1, 0, 1, b'x'];
    assert_eq!(fit(3, &text), Err(Misfit::Parent));
    // "(1, 4) begins a text in (1, 1)": its rest would be put beside the value that (1, 4) is.
    assert_eq!(
        fit(2, &[0, 4, 4, 0, 1, 1, 2, b'v', b'x']),
        Err(Misfit::Parent)
    );
    assert_eq!(fit(2, &[0, 5, 4, 0, 1, 1, 1, b'x']), Ok(()), "in the text");
}

#[test]
fn wire_13_a_struct_known_in_part_continues_where_it_is() {
    let replica = array_and_text();
    let fit = |bytes: &[u8]| {
        let checked = check(bytes);
        assert!(checked.shape().is_complete_for(&known(&replica)));
        fit(&checked, &replica)
    };
    // (1, 4) is "v" in the array at (1, 0); here it goes on with a second value.
    let values = |place: &[u8]| [&[1, 1, 1, 4][..], place, &[2, 119, 1, b'v', 126, 0]].concat();
    assert_eq!(fit(&values(&[8, 0, 1, 0])), Ok(()), "in the array");
    assert_eq!(
        fit(&values(&[8, 0, 1, 1])),
        Err(Misfit::Parent),
        "in the text"
    );
    assert_eq!(
        fit(&values(&[8, 1, 1, b'm'])),
        Err(Misfit::Parent),
        "in a root"
    );
    assert_eq!(
        fit(&values(&[0x88, 1, 2])),
        Err(Misfit::Parent),
        "beside characters"
    );
}

#[test]
fn wire_10_types_fit_under_others_within_bounds() {
    let replica = doc(21);
    // Sixteen updates, each a chain of sixteen types under the last of the one before.
    let mut refused = 0;
    for round in 0..16u8 {
        let first = round * 16;
        let mut bytes = vec![1, 16, 1];
        varint(&mut bytes, usize::from(first));
        for clock in first..=first.saturating_add(15) {
            if clock == 0 {
                bytes.extend([0x27, 1, 1, b'm', 1, b'k', 1]);
            } else {
                bytes.extend([7, 0, 1]);
                varint(&mut bytes, usize::from(clock) - 1);
                bytes.push(1);
            }
        }
        bytes.push(0);
        let checked = check(&bytes);
        if !checked.shape().is_complete_for(&known(&replica)) {
            continue;
        }
        let fit = fit(&checked, &replica);
        match fit {
            Ok(()) => apply(&replica, &bytes),
            Err(misfit) => {
                assert_eq!(misfit, Misfit::TooDeep);
                refused += 1;
            }
        }
    }
    let all = u64::from(limits::MAX_TYPE_DEPTH);
    assert_eq!((known(&replica), refused), (BTreeMap::from([(1, all)]), 1));
}

#[test]
fn wire_14_a_gap_before_an_update_makes_it_incomplete() {
    // "b" at (1, 1) in root t resting on nothing: yrs would take it and leave a placeholder.
    let late = [1, 1, 1, 1, 4, 1, 1, b't', 1, b'b', 0];
    let shape = check(&late).shape().clone();
    assert!(!shape.is_complete_for(&BTreeMap::new()));
    assert!(shape.is_complete_for(&BTreeMap::from([(1, 1)])));
    assert!(!shape.brings_structs(&BTreeMap::from([(1, 2)])));
}

#[test]
fn wire_14_gaps_inside_an_update_count_unless_known() {
    // (1, 0) text, gap of 2, (1, 3) text.
    let gap = [
        1, 3, 1, 0, 4, 1, 1, b't', 1, b'a', 10, 2, 4, 1, 1, b't', 1, b'd', 0,
    ];
    let shape = check(&gap).shape().clone();
    assert!(shape.has_skip);
    assert!(!shape.is_complete_for(&BTreeMap::new()));
    assert!(!shape.is_complete_for(&BTreeMap::from([(1, 2)])));
    assert!(shape.is_complete_for(&BTreeMap::from([(1, 3)])));
}

#[test]
fn wire_10_yrs_itself_would_not_bound_types() {
    // Guards the reason for the bound: if yrs learns to refuse this, the bound can be revisited.
    let mut bytes = vec![1];
    varint(&mut bytes, 200);
    bytes.extend([1, 0, 7, 1, 1, b't', 1]);
    for parent in 0..199 {
        bytes.extend([7, 0, 1]);
        varint(&mut bytes, parent);
        bytes.push(1);
    }
    bytes.push(0);
    assert!(Update::decode_v1(&bytes).is_ok());
    let refused = CheckedUpdate::check(bytes.into()).map_err(|error| error.0.fault);
    assert_eq!(refused, Err(Fault::Depth(limits::MAX_TYPE_DEPTH as usize)));
}

#[test]
fn wire_11_yrs_still_misreads_json_content() {
    // One JSON string "1": yrs wants a second. When this fails, kind 2 can be allowed.
    assert!(Update::decode_v1(&[1, 1, 1, 0, 2, 1, 1, b't', 1, 1, b'1', 0]).is_err());
}

#[test]
fn wire_11_yrs_still_loses_what_a_subdocument_was_given() {
    // "s" in root `m` holds the document "g" with {meta: true}. When this fails, see
    // server/decisions/2026-11-27-subdocuments.md.
    let bytes = [
        1, 1, 1, 0, 0x29, 1, 1, b'm', 1, b's', 1, b'g', 118, 1, 4, b'm', b'e', b't', b'a', 120, 0,
    ];
    let replica = doc(22);
    apply(&replica, &bytes);
    let state = replica
        .transact()
        .encode_state_as_update_v1(&StateVector::default());
    assert!(!state.windows(4).any(|window| window == b"meta"));
}
