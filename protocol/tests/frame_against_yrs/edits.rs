//! Random edits on three replicas over every Yjs type, and every update that comes of them.

use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use yrs::types::Attrs;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, Array, ArrayPrelim, ArrayRef, ClientID, Doc, Map, MapPrelim, MapRef, OffsetKind, Options,
    Out, ReadTxn, StateVector, Text, TextPrelim, Transact, Update, Xml, XmlElementPrelim,
    XmlFragment, XmlTextPrelim, merge_updates_v1,
};

/// A document as Cairn builds its own, with a fixed id and UTF-16 offsets.
pub(crate) fn doc(client: u64) -> Doc {
    let mut options = Options::with_client_id(ClientID::new(client));
    options.offset_kind = OffsetKind::Utf16;
    options.guid = "d".into();
    Doc::with_options(options)
}

/// One edit on one of three replicas. Numbers are taken modulo what exists.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    replica: usize,
    what: What,
    at: u32,
    len: u32,
}

#[derive(Debug, Clone)]
enum What {
    Type(String),
    Erase,
    Format(Any),
    Embed(Any),
    Set(Any),
    Unset,
    Nest(u8),
    EditNested,
    Push(Vec<Any>),
    Pull,
    Element,
    Attribute,
    RemoveElement,
    /// Brings another replica up to date.
    Sync,
}

fn value() -> impl Strategy<Value = Any> {
    let leaf = prop_oneof![
        Just(Any::Null),
        Just(Any::Undefined),
        any::<bool>().prop_map(Any::Bool),
        any::<i64>().prop_map(Any::from),
        any::<i32>().prop_map(|n| Any::from(f64::from(n))),
        any::<f64>().prop_map(Any::from),
        ".{0,6}".prop_map(Any::from),
        prop::collection::vec(any::<u8>(), 0..5).prop_map(|bytes| Any::Buffer(bytes.into())),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|v| Any::Array(v.into())),
            prop::collection::hash_map("[a-c]{0,2}", inner, 0..4)
                .prop_map(|map| Any::Map(Arc::new(map))),
        ]
    })
}

/// Values that survive JSON text, which embeds and formats are written as in v1.
fn json_value() -> impl Strategy<Value = Any> {
    prop_oneof![
        Just(Any::Null),
        any::<bool>().prop_map(Any::Bool),
        any::<i32>().prop_map(|n| Any::from(i64::from(n))),
        "[a-z\"\\\\\u{e9}😀]{0,6}".prop_map(Any::from),
        Just(Any::from(HashMap::from([(
            "src".to_owned(),
            Any::from("x")
        )]))),
    ]
}

pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let what = prop_oneof![
        6 => "[a-z\u{e9}\u{4e2d}😀]{1,5}".prop_map(What::Type),
        3 => Just(What::Erase),
        2 => json_value().prop_map(What::Format),
        1 => json_value().prop_map(What::Embed),
        4 => value().prop_map(What::Set),
        1 => Just(What::Unset),
        2 => (0u8..3).prop_map(What::Nest),
        3 => Just(What::EditNested),
        3 => prop::collection::vec(value(), 1..4).prop_map(What::Push),
        2 => Just(What::Pull),
        2 => Just(What::Element),
        1 => Just(What::Attribute),
        1 => Just(What::RemoveElement),
        3 => Just(What::Sync),
    ];
    let edit = (0usize..3, what, 0u32..40, 1u32..4).prop_map(|(replica, what, at, len)| Edit {
        replica,
        what,
        at,
        len,
    });
    prop::collection::vec(edit, 1..30)
}

/// Makes the edits and returns every update seen on the way, in causal order: of each transaction,
/// of each sync, whole states, and merges of neighbours and of updates with others left out.
pub(crate) fn history(edits: &[Edit]) -> Vec<Vec<u8>> {
    let seen: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
    let docs: Vec<Doc> = (0..3).map(|n| doc(n + 1)).collect();
    for doc in &docs {
        doc.get_or_insert_text("text");
        doc.get_or_insert_array("array");
        doc.get_or_insert_map("map");
        doc.get_or_insert_xml_fragment("xml");
        let seen = Rc::clone(&seen);
        doc.observe_update_v1("test", move |_, event| {
            seen.borrow_mut().push(event.update.clone());
        })
        .expect("subscribes");
    }
    for edit in edits {
        let replica = edit.replica % 3;
        if matches!(edit.what, What::Sync) {
            let to = (replica + 1 + edit.at as usize % 2) % 3;
            let known = docs[to].transact().state_vector();
            let diff = docs[replica].transact().encode_diff_v1(&known);
            let update = Update::decode_v1(&diff).expect("decodes");
            docs[to]
                .transact_mut()
                .apply_update(update)
                .expect("applies");
            seen.borrow_mut().push(diff);
        } else {
            make(&docs[replica], edit);
        }
    }
    let mut all = seen.borrow().clone();
    for pair in all.clone().windows(3).step_by(2) {
        all.push(merge_updates_v1([&pair[0], &pair[1]]).expect("merges"));
        all.push(merge_updates_v1([&pair[0], &pair[2]]).expect("merges"));
    }
    for doc in &docs {
        all.push(
            doc.transact()
                .encode_state_as_update_v1(&StateVector::default()),
        );
    }
    all
}

fn make(doc: &Doc, edit: &Edit) {
    let text = doc.get_or_insert_text("text");
    let array = doc.get_or_insert_array("array");
    let map = doc.get_or_insert_map("map");
    let xml = doc.get_or_insert_xml_fragment("xml");
    let mut txn = doc.transact_mut();
    let key = format!("k{}", edit.at % 3);
    let place = |len: u32| (edit.at % (len + 1), edit.len.min(len - edit.at % (len + 1)));
    match &edit.what {
        What::Type(chunk) => {
            let at = place(text.len(&txn)).0;
            text.insert(&mut txn, at, chunk);
        }
        What::Erase => {
            let (at, len) = place(text.len(&txn));
            text.remove_range(&mut txn, at, len);
        }
        What::Format(value) => {
            let (at, len) = place(text.len(&txn));
            let attributes: Attrs = HashMap::from([(key.as_str().into(), value.clone())]);
            text.format(&mut txn, at, len, attributes);
        }
        What::Embed(value) => {
            let at = place(text.len(&txn)).0;
            text.insert_embed(&mut txn, at, value.clone());
        }
        What::Set(value) => drop(map.insert(&mut txn, key, value.clone())),
        What::Unset => drop(map.remove(&mut txn, &key)),
        What::Nest(kind) => nest(&map, &mut txn, key, *kind),
        What::EditNested => edit_nested(&map, &array, &mut txn, &key),
        What::Push(values) => {
            let at = place(array.len(&txn)).0;
            array.insert_range(&mut txn, at, values.clone());
        }
        What::Pull => {
            let (at, len) = place(array.len(&txn));
            array.remove_range(&mut txn, at, len);
        }
        What::Element => {
            let at = place(xml.len(&txn)).0;
            let element = xml.insert(&mut txn, at, XmlElementPrelim::empty("p"));
            element.insert(&mut txn, 0, XmlTextPrelim::new("in p"));
        }
        What::Attribute => {
            if let Some(element) = xml.get(&txn, 0).and_then(yrs::XmlOut::into_xml_element) {
                element.insert_attribute(&mut txn, key, "value");
            }
        }
        What::RemoveElement => {
            let (at, len) = place(xml.len(&txn));
            xml.remove_range(&mut txn, at, len);
        }
        What::Sync => unreachable!("handled by the caller"),
    }
}

fn nest(map: &MapRef, txn: &mut yrs::TransactionMut<'_>, key: String, kind: u8) {
    match kind % 3 {
        0 => {
            let inner = map.insert(txn, key, MapPrelim::from([("plain", 1)]));
            inner.insert(txn, "deeper", TextPrelim::new("t"));
        }
        1 => drop(map.insert(txn, key, TextPrelim::new("nested"))),
        _ => drop(map.insert(txn, key, ArrayPrelim::from([1, 2, 3]))),
    }
}

fn edit_nested(map: &MapRef, array: &ArrayRef, txn: &mut yrs::TransactionMut<'_>, key: &str) {
    match map.get(txn, key) {
        Some(Out::YMap(inner)) => drop(inner.insert(txn, "again", ArrayPrelim::from(["x"]))),
        Some(Out::YText(inner)) => inner.insert(txn, 0, "more"),
        Some(Out::YArray(inner)) => drop(inner.insert(txn, 0, MapPrelim::default())),
        _ => drop(array.insert(txn, 0, TextPrelim::new("new"))),
    }
}
