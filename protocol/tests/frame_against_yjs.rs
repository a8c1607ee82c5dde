//! The walker against bytes that stock Yjs 13.6.33 and its protocol libraries wrote.
//!
//! `fixtures/yjs/write.mjs` made them and says how.

use bytes::Bytes;
use cairn_protocol::frame::{
    AwarenessUpdate, CheckedUpdate, Frame, Has, IdRanges, KEEP_ALIVE, Piece, Said,
};
use std::collections::BTreeMap;
use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, Transact, Update};

const FIXTURES: &str = include_str!("fixtures/yjs/yjs-13.6.33.txt");

/// The bytes written under `name`, in order.
fn written(name: &str) -> Vec<Bytes> {
    let hex = |hex: &str| -> Bytes {
        (0..hex.len() / 2)
            .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hex"))
            .collect()
    };
    let all: Vec<Bytes> = FIXTURES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(key, _)| *key == name)
        .map(|(_, bytes)| hex(bytes))
        .collect();
    assert!(!all.is_empty(), "no fixture {name}");
    all
}

fn doc() -> Doc {
    let mut options = Options::with_client_id(ClientID::new(77));
    options.offset_kind = OffsetKind::Utf16;
    Doc::with_options(options)
}

fn known(doc: &Doc) -> BTreeMap<u64, u64> {
    let vector = doc.transact().state_vector();
    vector
        .iter()
        .map(|(client, clock)| (client.get(), u64::from(*clock)))
        .collect()
}

#[test]
fn wire_14_accepts_what_stock_yjs_writes() {
    for name in ["text", "map", "array", "xml", "undo", "concurrent"] {
        let replica = doc();
        let mut entries = IdRanges::new();
        for bytes in written(name) {
            let checked = CheckedUpdate::check(bytes.clone())
                .unwrap_or_else(|error| panic!("{name} {bytes:x}: {error}"));
            let update = Update::decode_v1(&bytes).expect("yrs reads it");
            if checked.shape().is_complete_for(&known(&replica)) {
                let brings = checked.shape().brings_structs(&known(&replica));
                let before = known(&replica);
                let has = Has {
                    clocks: &before,
                    entries: &entries,
                };
                let added = checked.entries(has);
                assert_eq!(
                    checked.fit(has, &replica.transact()),
                    Ok(()),
                    "{name} {bytes:x}"
                );
                entries.extend(&added);
                replica
                    .transact_mut()
                    .apply_update(update)
                    .expect("applies");
                assert!(
                    !replica.transact().has_missing_updates(),
                    "{name} {bytes:x}"
                );
                assert_eq!(brings, known(&replica) != before, "{name} {bytes:x}");
            }
        }
        let last = written(name).pop().expect("the whole state");
        let shape = CheckedUpdate::check(last)
            .expect("checked above")
            .shape()
            .clone();
        let spans: BTreeMap<u64, u64> = shape
            .spans
            .iter()
            .map(|(client, span)| (*client, span.end))
            .collect();
        assert_eq!(
            known(&replica),
            spans,
            "{name}: the updates bring all of the whole state"
        );
        assert!(
            shape.is_complete_for(&BTreeMap::new()),
            "{name}: a whole state needs nothing"
        );
    }
}

#[test]
fn wire_14_sees_the_gap_that_stock_yjs_writes() {
    let updates = written("gap");
    assert_eq!(updates.len(), 2);
    for bytes in updates {
        let checked = CheckedUpdate::check(bytes).expect("accepted");
        let shape = checked.shape();
        assert!(shape.has_skip);
        assert!(!shape.is_complete_for(&BTreeMap::new()));
        assert!(shape.is_complete_for(&BTreeMap::from([(12, 2)])));
    }
}

#[test]
fn wire_11_refuses_what_yrs_cannot_take_from_stock_yjs() {
    for bytes in written("refused") {
        assert!(CheckedUpdate::check(bytes.clone()).is_err(), "{bytes:x}");
    }
}

#[test]
fn wire_11_refuses_subdocuments() {
    // The last update but one deletes an entry; the others each hold a subdocument.
    let refused: Vec<bool> = written("subdocs")
        .into_iter()
        .map(|bytes| CheckedUpdate::check(bytes).is_err())
        .collect();
    assert_eq!(refused, [true, true, true, false, true]);
}

#[test]
fn wire_2_reads_and_writes_messages_as_stock_libraries_do() {
    let mut kinds = Vec::new();
    for message in written("message") {
        let frame = Frame::decode(&message).unwrap_or_else(|e| panic!("{message:x}: {e}"));
        assert_eq!(frame.encode(), message, "{frame:?}");
        kinds.push(match frame {
            Frame::SyncStep1(known) => format!("knows {}", known.clocks().len()),
            Frame::SyncStep2(update) => format!("answers, empty {}", update.shape().is_empty()),
            Frame::Update(update) => format!("updates {:?}", update.shape().spans),
            Frame::Awareness(AwarenessUpdate { entries }) => {
                let states: Vec<_> = entries
                    .iter()
                    .map(|e| (e.client, e.state.is_some()))
                    .collect();
                format!("present {states:?}")
            }
            Frame::AuthDenied(reason) => format!("denied {reason}"),
            Frame::QueryAwareness => "asks".into(),
            Frame::Barrier(echo) => format!("barrier {}", echo.len()),
            Frame::Workshop(json) => json,
        });
    }
    assert_eq!(
        kinds,
        [
            "knows 0",
            "answers, empty true",
            "knows 1",
            "updates {13: 0..2}",
            "present [(13, true)]",
            "present [(13, true)]",
            "present [(13, false)]",
            "denied no such map",
            "asks",
            "barrier 4",
            "{\"hello\":{}}",
        ]
    );
    assert!(Frame::decode(&Bytes::from_static(&KEEP_ALIVE)).is_ok());
}

#[test]
fn erase_2_what_stock_yjs_wrote_is_integrated_with_other_words() {
    for name in ["text", "map", "array", "xml", "undo", "concurrent"] {
        let (was, is) = (doc(), doc());
        for bytes in written(name) {
            let checked = CheckedUpdate::check(bytes.clone()).expect(name);
            let marks = |piece: &Piece<'_>| match piece.said {
                Said::Characters(text) => {
                    let marks = text.encode_utf16().map(|_| '█');
                    Some(marks.collect::<String>().into_bytes())
                }
                Said::Text(text) => Some("█".repeat(text.len()).into_bytes()),
                Said::Json(_) | Said::Bytes(_) => None,
            };
            let reworded = checked.reworded(marks).expect(name);
            let reworded = reworded.unwrap_or_else(|| bytes.clone());
            let anew = CheckedUpdate::check(reworded.clone()).expect(name);
            assert_eq!(anew.shape(), checked.shape(), "{name}");
            // Left as it is, it is the same to the byte.
            assert_eq!(checked.reworded(|_| None).expect(name), None);
            for (doc, bytes) in [(&was, &bytes), (&is, &reworded)] {
                let update = Update::decode_v1(bytes).expect(name);
                doc.transact_mut().apply_update(update).expect(name);
            }
        }
        assert_eq!(known(&is), known(&was), "{name}");
    }
}
