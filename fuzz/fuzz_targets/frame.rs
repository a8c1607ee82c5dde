//! Any bytes as a message: decoding never panics, what was read is written back the same, and
//! updates that pass reach yrs without a panic, on an empty document and on one with content.
//!
//! Input that does not begin with a tag is also tried as a bare update, so that the fuzzer need
//! not learn the envelope first.

#![no_main]

use bytes::Bytes;
use cairn_protocol::frame::{CheckedUpdate, Frame};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use yrs::types::ToJson;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, ClientID, Doc, Map, MapPrelim, OffsetKind, Options, ReadTxn, StateVector, Text, Transact,
    Update, XmlElementPrelim, XmlFragment,
};

fuzz_target!(|bytes: &[u8]| {
    let message = Bytes::copy_from_slice(bytes);
    if let Ok(frame) = Frame::decode(&message) {
        // Presence of `null` is the one thing with a single spelling: all else is kept as sent.
        assert_eq!(frame.encode(), message, "{frame:?}");
        match frame {
            Frame::SyncStep1(known) => {
                let vector = StateVector::decode_v1(known.bytes()).expect("checked");
                assert!(known.clocks().iter().all(|(client, clock)| {
                    u64::from(vector.get(&ClientID::new(*client))) == *clock
                }));
                let doc = with_content();
                let _ = doc.transact().encode_diff_v1(&vector);
            }
            Frame::SyncStep2(update) | Frame::Update(update) => integrate(&update),
            Frame::Awareness(_)
            | Frame::AuthDenied(_)
            | Frame::QueryAwareness
            | Frame::Barrier(_)
            | Frame::Workshop(_) => {}
        }
    }
    if let Ok(update) = CheckedUpdate::check(message) {
        integrate(&update);
    }
});

fn document(client: u64) -> Doc {
    let mut options = Options::with_client_id(ClientID::new(client));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}

/// A small document of client 1, so that short inputs can refer to something.
fn with_content() -> Doc {
    let doc = document(1);
    let text = doc.get_or_insert_text("t");
    let map = doc.get_or_insert_map("m");
    let xml = doc.get_or_insert_xml_fragment("x");
    let mut txn = doc.transact_mut();
    text.insert(&mut txn, 0, "ab😀cd");
    text.remove_range(&mut txn, 1, 1);
    text.format(&mut txn, 0, 2, [("b".into(), Any::Bool(true))].into());
    map.insert(&mut txn, "k", MapPrelim::from([("a", 1)]));
    map.insert(&mut txn, "k", MapPrelim::from([("b", 2)]));
    xml.insert(&mut txn, 0, XmlElementPrelim::empty("p"));
    drop(txn);
    doc
}

fn known(doc: &Doc) -> BTreeMap<u64, u64> {
    let vector = doc.transact().state_vector();
    vector
        .iter()
        .map(|(client, clock)| (client.get(), u64::from(*clock)))
        .collect()
}

fn integrate(checked: &CheckedUpdate) {
    Update::decode_v1(checked.bytes()).expect("what the walker accepts, yrs decodes");
    for doc in [document(9), with_content()] {
        let before = known(&doc);
        let complete = checked.shape().is_complete_for(&before);
        if !complete || checked.fit(&before, &doc.transact()).is_err() {
            continue;
        }
        let update = Update::decode_v1(checked.bytes()).expect("decoded above");
        let applied = doc.transact_mut().apply_update(update);
        if applied.is_ok() {
            let _ = doc.get_or_insert_map("m").to_json(&doc.transact());
            assert!(
                !doc.transact().has_missing_updates(),
                "{:?}",
                checked.shape()
            );
            assert_eq!(
                checked.shape().brings_structs(&before),
                known(&doc) != before
            );
        }
        let state = doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default());
        CheckedUpdate::check(state.into()).expect("a document's state passes");
    }
}
