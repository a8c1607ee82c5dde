//! Documents filled with anything a client could write: reading never panics, and what is read
//! passes the importer.

use super::super::schema::META;
use super::super::write::any;
use super::super::{Collection, encode_state, kind, new_doc, read, review_due, title};
use super::generated::{json_value, text};
use super::{parse, replica};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yrs::{
    Any, Doc, In, Map, MapPrelim, MapRef, Out, Text, TextPrelim, Transact, TransactionMut,
    WriteTxn, XmlFragment, XmlTextPrelim,
};

/// Anything a client may put under a key.
#[derive(Debug, Clone)]
enum Content {
    Json(Value),
    Text(String, bool),
    List(Vec<Content>),
    Fields(Vec<(String, Content)>),
    Odd(u8),
}

fn field_name() -> impl Strategy<Value = String> {
    let known = vec![
        "order",
        "id",
        "title",
        "kind",
        "lane",
        "stage",
        "text",
        "card",
        "persona",
        "sources",
        "addresses",
        "value",
        "score",
        "gap",
        "review",
        "name",
        "goals",
        "hidden",
        "due",
        "at",
        "createdAt",
        "lastTouched",
        "color",
        "actual",
        "quote",
        "scenario",
        "owner",
        "currentState",
        "format",
        "cards",
        "lastReviewed",
        "everyDays",
        "status",
        "confidence",
        "target",
        "url",
        "severity",
        "description",
        "primary",
    ];
    prop_oneof![8 => select(known).prop_map(str::to_owned), 1 => text()]
}

fn word() -> impl Strategy<Value = Content> {
    select(vec![
        "a",
        "b",
        "c",
        "a0",
        "Zz",
        "pain",
        "opportunity",
        "expectation",
        "2026-10-01",
        "interview",
        "evidence",
        "#aabbcc",
    ])
    .prop_map(|word| Content::Json(json!(word)))
}

fn content() -> impl Strategy<Value = Content> {
    let leaf = prop_oneof![
        4 => word(),
        2 => (-3..7_i8).prop_map(|n| Content::Json(json!(f32::from(n) / 2.0))),
        2 => json_value().prop_map(Content::Json),
        2 => (text(), proptest::bool::ANY).prop_map(|(text, rich)| Content::Text(text, rich)),
        1 => proptest::num::u8::ANY.prop_map(Content::Odd),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Content::List),
            vec((field_name(), inner), 0..6).prop_map(Content::Fields),
        ]
    })
}

/// Writes the content under the name, shared types as such.
fn put(txn: &mut TransactionMut, map: &MapRef, name: &str, content: &Content) {
    map.insert(txn, name, input(content));
    if let (Content::Text(_, true), Some(Out::YText(text))) = (content, map.get(txn, name)) {
        text.insert_embed(txn, 0, Any::from(7));
        text.insert_with_attributes(txn, 0, "bold", [("b".into(), true.into())].into());
    }
}

fn input(content: &Content) -> In {
    match content {
        Content::Json(value) => In::Any(any(value)),
        Content::Text(text, _) => TextPrelim::new(text.clone()).into(),
        Content::List(items) => In::Array(items.iter().map(input).collect()),
        Content::Fields(fields) => In::Map(
            fields
                .iter()
                .map(|(name, field)| (name.as_str(), input(field)))
                .collect(),
        ),
        Content::Odd(n) => match n % 6 {
            0 => f64::INFINITY.into(),
            1 => Any::Undefined.into(),
            2 => vec![1_u8, 2, 3].into(),
            3 => i64::MAX.into(),
            4 => XmlTextPrelim::new("xml").into(),
            _ => In::Doc(Doc::with_client_id(3)),
        },
    }
}

/// A whole document of it.
#[derive(Debug, Clone)]
pub(super) struct Anything {
    meta: Vec<(String, Content)>,
    roots: Vec<BTreeMap<String, Vec<(String, Content)>>>,
    loose: Vec<(usize, String, Content)>,
}

pub(super) fn anything() -> impl Strategy<Value = Anything> {
    let entry = || vec((field_name(), content()), 0..10);
    let id = || prop_oneof![6 => "[a-c]", 1 => text()];
    let parts = (
        vec((field_name(), content()), 0..6),
        vec(btree_map(id(), entry(), 0..4), 5),
        vec((0..5_usize, text(), content()), 0..3),
    );
    parts.prop_map(|(meta, roots, loose)| Anything { meta, roots, loose })
}

impl Content {
    /// Without what no document takes from a socket (WIRE-11).
    fn taken(self) -> Content {
        match self {
            Content::Odd(n) => Content::Odd(n % 6 % 5),
            Content::List(items) => Content::List(items.into_iter().map(Content::taken).collect()),
            Content::Fields(fields) => {
                let fields = fields.into_iter();
                Content::Fields(fields.map(|(name, one)| (name, one.taken())).collect())
            }
            plain @ (Content::Json(_) | Content::Text(..)) => plain,
        }
    }
}

impl Anything {
    /// Without what no document takes from a socket (WIRE-11).
    pub(super) fn taken(self) -> Self {
        let fields = |fields: Vec<(String, Content)>| {
            let fields = fields.into_iter();
            fields.map(|(name, one)| (name, one.taken())).collect()
        };
        let entries = |root: BTreeMap<String, Vec<(String, Content)>>| {
            let entries = root.into_iter();
            entries.map(|(id, entry)| (id, fields(entry))).collect()
        };
        let loose = self.loose.into_iter();
        Self {
            meta: fields(self.meta),
            roots: self.roots.into_iter().map(entries).collect(),
            loose: loose
                .map(|(root, name, one)| (root, name, one.taken()))
                .collect(),
        }
    }

    pub(super) fn document(&self, client_id: u64) -> Doc {
        let doc = new_doc(client_id);
        let mut txn = doc.transact_mut();
        let root = txn.get_or_insert_map(META);
        for (name, content) in &self.meta {
            put(&mut txn, &root, name, content);
        }
        for (collection, entries) in Collection::ALL.into_iter().zip(&self.roots) {
            let root = txn.get_or_insert_map(collection.root());
            for (id, fields) in entries {
                let entry = root.insert(&mut txn, id.as_str(), MapPrelim::default());
                if collection == Collection::Cards {
                    entry.insert(&mut txn, "lane", "a");
                    entry.insert(&mut txn, "stage", "a");
                }
                for (name, content) in fields {
                    put(&mut txn, &entry, name, content);
                }
            }
        }
        for (root, name, content) in &self.loose {
            let root = txn.get_or_insert_map(Collection::ALL[*root].root());
            put(&mut txn, &root, name, content);
        }
        // The roots' other side: content in sequence, as if they were texts or fragments.
        txn.get_or_insert_text("cards")
            .insert(&mut txn, 0, "not a map");
        txn.get_or_insert_xml_fragment("lanes")
            .push_back(&mut txn, XmlTextPrelim::new("neither"));
        drop(txn);
        doc
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn map_26_whatever_is_in_the_document_what_is_read_passes_the_importer(anything in anything()) {
        let doc = anything.document(1);
        let txn = doc.transact();
        let map = read(&txn);
        prop_assert_eq!(map.check(), Ok(()));
        prop_assert_eq!(&parse(&map.to_json()), &map);
        prop_assert_eq!(title(&txn), map.title.clone());
        prop_assert_eq!(kind(&txn), map.kind);
        prop_assert_eq!(review_due(&txn), map.review_due());
        // Reading it again, from another replica, gives the same.
        let update = encode_state(&txn);
        prop_assert_eq!(read(&replica(2, &update).transact()), map);
    }
}
