//! Any bytes as a message: decoding never panics, what was read is written back the same, and
//! updates that pass reach yrs without a panic, on an empty document and on one with content.
//!
//! Input that does not begin with a tag is also tried as a bare update, so that the fuzzer need
//! not learn the envelope first.

#![no_main]

mod replica;

use bytes::Bytes;
use cairn_protocol::frame::{CheckedUpdate, Frame};
use libfuzzer_sys::fuzz_target;
use replica::Replica;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, ClientID, Map, MapPrelim, ReadTxn, StateVector, Text, Transact, Update, XmlElementPrelim,
    XmlFragment,
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
                let replica = with_content();
                let _ = replica.doc.transact().encode_diff_v1(&vector);
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

/// A small document of client 1, so that short inputs can refer to something.
fn with_content() -> Replica {
    let author = Replica::new(1);
    let doc = &author.doc;
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
    let mut replica = Replica::new(1);
    let state = CheckedUpdate::check(author.state()).expect("a document's state passes");
    assert!(replica.take(&state), "a document's state fits");
    replica
}

fn integrate(checked: &CheckedUpdate) {
    Update::decode_v1(checked.bytes()).expect("what the walker accepts, yrs decodes");
    for mut replica in [Replica::new(9), with_content()] {
        replica.take(checked);
    }
}
