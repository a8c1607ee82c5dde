//! A document becomes what another is, by what differs and nothing else (RESTORE-1).

use super::super::{
    Collection, encode_state, mirror, read, remove, set_field, set_map_text, set_text, to_update,
};
use super::anything::{Anything, anything};
use super::edits::{CARDS, card, flat, map};
use super::generated::maps;
use super::{receive, replica, sync};
use crate::frame::CheckedUpdate;
use proptest::prelude::*;
use serde_json::json;
use yrs::{Doc, Map, Text, TextRef, Transact};

fn state(doc: &Doc) -> CheckedUpdate {
    CheckedUpdate::check_own(encode_state(&doc.transact()).into()).unwrap()
}

/// What makes the first the second.
fn between(now: &Doc, then: &Doc) -> Option<Vec<u8>> {
    mirror(&state(now), &state(then), 77)
}

fn text_of(doc: &Doc, card: &str) -> TextRef {
    let cards = doc.get_or_insert_map(CARDS.root());
    let txn = doc.transact();
    let card = cards
        .get(&txn, card)
        .unwrap()
        .cast::<yrs::MapRef>()
        .unwrap();
    card.get(&txn, "text").unwrap().cast().unwrap()
}

#[test]
fn restore_1_only_what_differs_is_touched() {
    let doc = flat();
    let then = replica(20, &encode_state(&doc.transact()));
    set_text(
        &mut doc.transact_mut(),
        CARDS,
        "t-portal",
        "text",
        "Another",
    )
    .unwrap();
    set_field(
        &mut doc.transact_mut(),
        CARDS,
        "t-portal",
        "owned",
        Some(&json!(true)),
    )
    .unwrap();
    remove(&mut doc.transact_mut(), CARDS, "t-slots").unwrap();
    remove(&mut doc.transact_mut(), Collection::Stages, "search").unwrap();
    set_map_text(&mut doc.transact_mut(), "title", "Another title").unwrap();
    let update = between(&doc, &then).unwrap();
    // Far less than the whole map: two entries, two texts and a value.
    let whole = encode_state(&doc.transact()).len();
    assert!(
        update.len() * 5 < whole,
        "{} of {whole} bytes",
        update.len()
    );
    receive(&doc, &update);
    assert_eq!(map(&doc), map(&then));
    assert_eq!(between(&doc, &then), None, "and then nothing differs");
}

#[test]
fn restore_1_what_is_kept_but_not_shown_is_as_it_was_too() {
    let doc = flat();
    remove(&mut doc.transact_mut(), Collection::Lanes, "touch").unwrap();
    let then = replica(20, &encode_state(&doc.transact()));
    // The card lies in a lane that is gone: nobody sees it, but it is there.
    remove(&mut doc.transact_mut(), CARDS, "t-portal").unwrap();
    receive(&doc, &between(&doc, &then).unwrap());
    let cards = doc.get_or_insert_map(CARDS.root());
    assert!(cards.contains_key(&doc.transact(), "t-portal"));
}

#[test]
fn restore_5_what_somebody_types_meanwhile_is_kept() {
    let doc = flat();
    let then = replica(20, &encode_state(&doc.transact()));
    set_text(
        &mut doc.transact_mut(),
        CARDS,
        "t-portal",
        "text",
        "Listing portal, but worse",
    )
    .unwrap();
    let typist = replica(30, &encode_state(&doc.transact()));
    let update = between(&doc, &then).unwrap();
    let text = text_of(&typist, "t-portal");
    text.insert(&mut typist.transact_mut(), 0, "My ");
    receive(&doc, &update);
    sync(&typist, &doc);
    sync(&doc, &typist);
    let was = card(&then, "t-portal").text;
    assert_eq!(card(&doc, "t-portal").text, format!("My {was}"));
    assert_eq!(map(&typist), map(&doc));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn restore_1_any_map_becomes_any_other(now in maps(), then in maps()) {
        let (now_doc, then_doc) = (replica(1, &to_update(&now, 5)), replica(2, &to_update(&then, 6)));
        let update = between(&now_doc, &then_doc);
        prop_assert_eq!(update.is_none(), now == then);
        if let Some(update) = update {
            receive(&now_doc, &update);
        }
        prop_assert_eq!(read(&now_doc.transact()), then);
        prop_assert_eq!(between(&now_doc, &then_doc), None);
    }

    #[test]
    fn restore_1_any_document_becomes_any_other(now in anything().prop_map(Anything::taken), then in anything().prop_map(Anything::taken)) {
        let (now, then) = (now.document(1), then.document(2));
        if let Some(update) = between(&now, &then) {
            receive(&now, &update);
        }
        prop_assert_eq!(read(&now.transact()), read(&then.transact()));
        prop_assert_eq!(between(&now, &then), None);
    }
}

#[test]
fn restore_1_a_text_that_differs_in_its_format_alone_gets_it_back() {
    let bold = || yrs::types::Attrs::from([("bold".into(), true.into())]);
    let (plain, formatted) = (flat(), flat());
    let text = text_of(&formatted, "t-portal");
    text.format(&mut formatted.transact_mut(), 0, 3, bold());
    let shown = |doc: &Doc| text_of(doc, "t-portal").diff(&doc.transact(), |change| change);
    for (now, then) in [(&plain, &formatted), (&formatted, &plain)] {
        let now = replica(20, &encode_state(&now.transact()));
        let update = between(&now, then).unwrap();
        receive(&now, &update);
        assert_eq!(shown(&now), shown(then));
        assert_eq!(between(&now, then), None, "nothing is left to do");
    }
}

#[test]
fn restore_1_what_is_no_number_does_not_differ_from_itself() {
    let doc = flat();
    let meta = doc.get_or_insert_map("meta");
    let list = vec![yrs::Any::from(f64::NAN)];
    let nan = yrs::Any::from(f64::NAN);
    let inside = yrs::Any::Map(std::sync::Arc::new(
        [("in".to_owned(), nan)].into_iter().collect(),
    ));
    meta.insert(&mut doc.transact_mut(), "x", f64::NAN);
    meta.insert(&mut doc.transact_mut(), "y", inside);
    meta.insert(&mut doc.transact_mut(), "z", yrs::ArrayPrelim::from(list));
    let then = replica(20, &encode_state(&doc.transact()));
    assert_eq!(between(&doc, &then), None);
    meta.insert(&mut doc.transact_mut(), "x", 1.0);
    assert!(between(&doc, &then).is_some());
}

/// A list of shared values that no map has comes back in order, too.
#[test]
fn restore_1_a_list_of_shared_values_comes_back_in_its_order() {
    let doc = flat();
    let then = replica(20, &encode_state(&doc.transact()));
    let meta = then.get_or_insert_map("meta");
    {
        let mut txn = then.transact_mut();
        let list = meta.insert(&mut txn, "odd", yrs::ArrayPrelim::default());
        for n in 0..3_u32 {
            let at = yrs::Array::len(&list, &txn);
            yrs::Array::insert(&list, &mut txn, at, n);
            yrs::Array::insert(&list, &mut txn, at + 1, yrs::TextPrelim::new(n.to_string()));
        }
    }
    receive(&doc, &between(&doc, &then).unwrap());
    let odd = |doc: &Doc| {
        let meta = doc.get_or_insert_map("meta");
        yrs::types::ToJson::to_json(&meta, &doc.transact())
    };
    assert_eq!(odd(&doc), odd(&then));
}
