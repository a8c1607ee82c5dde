//! Edits by several people at once, undo, and what hostile order keys cannot do.

use super::super::order::is_key;
use super::super::schema::{META, ORDER};
use super::super::{
    Collection, EditError, Place, Stage, add_card, add_stage, encode_state, move_card, move_entry,
    new_doc, order_at, read, remove, set_list, set_map_text, set_text,
};
use super::edits::{CARDS, card, flat, map, new_card};
use super::{receive, replica, sync};
use serde_json::{Value, json};
use yrs::undo::UndoManager;
use yrs::{Doc, GetString, Map, MapRef, Origin, ReadTxn, Text, TextRef, Transact};

#[test]
fn map_33_a_list_changes_by_its_difference() {
    let one = flat();
    let two = replica(9, &encode_state(&one.transact()));
    let goals = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!(name)).collect() };
    let set = |doc: &Doc, names: &[&str]| {
        set_list(
            &mut doc.transact_mut(),
            Collection::Personas,
            "mira",
            "goals",
            &goals(names),
        )
        .unwrap();
    };
    set(&one, &["a", "b", "c"]);
    sync(&one, &two);
    set(&one, &["a", "b", "c", "d"]);
    set(&two, &["new", "a", "b", "c"]);
    sync(&one, &two);
    sync(&two, &one);
    assert_eq!(map(&one).personas[0].goals, ["new", "a", "b", "c", "d"]);
    assert_eq!(map(&two), map(&one));
}

#[test]
fn map_33_two_people_who_type_at_once_keep_both_texts() {
    let one = flat();
    let two = replica(9, &encode_state(&one.transact()));
    let set = |doc: &Doc, text: &str| {
        set_text(&mut doc.transact_mut(), CARDS, "t-portal", "text", text).unwrap();
    };
    set(&one, "a 😀 card");
    sync(&one, &two);
    set(&one, "a 😁 card"); // shares its first code unit with 😀
    set(&two, "a 😀 card!");
    sync(&one, &two);
    sync(&two, &one);
    assert_eq!(card(&one, "t-portal").text, "a 😁 card!");
    assert_eq!(map(&one), map(&two));
}

#[test]
fn map_36_a_card_that_two_people_move_at_once_is_in_one_place() {
    for (mine, theirs) in [(8, 9), (9, 8)] {
        let base = encode_state(&flat().transact());
        let (one, two) = (replica(mine + 10, &base), replica(theirs + 10, &base));
        let ids = |doc: &Doc| {
            map(doc)
                .cards
                .iter()
                .filter(|card| card.id == "t-portal")
                .count()
        };
        move_card(
            &mut one.transact_mut(),
            "t-portal",
            "pain",
            "viewing",
            Place::First,
        )
        .unwrap();
        move_card(
            &mut two.transact_mut(),
            "t-portal",
            "act",
            "waiting",
            Place::Last,
        )
        .unwrap();
        sync(&one, &two);
        sync(&two, &one);
        assert_eq!(map(&one), map(&two));
        assert_eq!(encode_state(&one.transact()), encode_state(&two.transact()));
        assert_eq!(ids(&one), 1);
        let card = card(&one, "t-portal");
        let place = (card.lane.as_str(), card.stage.as_str());
        assert!(
            [("pain", "viewing"), ("act", "waiting")].contains(&place),
            "{place:?}"
        );
    }
}

#[test]
fn map_36_a_move_and_an_edit_at_once_keep_both() {
    let one = flat();
    let two = replica(9, &encode_state(&one.transact()));
    move_card(
        &mut one.transact_mut(),
        "t-portal",
        "touch",
        "viewing",
        Place::Last,
    )
    .unwrap();
    set_text(
        &mut two.transact_mut(),
        CARDS,
        "t-portal",
        "text",
        "Reworded",
    )
    .unwrap();
    sync(&one, &two);
    sync(&two, &one);
    let card = card(&two, "t-portal");
    assert_eq!(
        (card.stage.as_str(), card.text.as_str()),
        ("viewing", "Reworded")
    );
    assert_eq!(map(&one), map(&two));
}

#[test]
fn map_34_deleting_hides_and_undo_brings_all_back() {
    let doc = flat();
    let before = map(&doc);
    let other = replica(9, &encode_state(&doc.transact()));
    let mine = Origin::from("mine");
    let mut undo: UndoManager<()> = UndoManager::new();
    for collection in Collection::ALL {
        undo.expand_scope(&doc, &doc.get_or_insert_map(collection.root()));
    }
    undo.include_origin(mine.clone());
    for (collection, id) in [
        (Collection::Lanes, "touch"),
        (Collection::Stages, "search"),
        (CARDS, "t-portal"),
    ] {
        remove(&mut doc.transact_mut_with(mine.clone()), collection, id).unwrap();
        undo.reset();
    }
    assert!(
        map(&doc)
            .cards
            .iter()
            .all(|card| card.lane != "touch" && card.stage != "search")
    );
    // Meanwhile somebody who has not heard of it writes into the deleted lane.
    add_card(&mut other.transact_mut(), &new_card("late"), Place::Last).unwrap();
    set_text(
        &mut other.transact_mut(),
        CARDS,
        "t-slots",
        "text",
        "Reworded meanwhile",
    )
    .unwrap();
    sync(&other, &doc);
    assert!(
        map(&doc).cards.iter().all(|card| card.id != "late"),
        "not drawn"
    );
    while undo.can_undo() {
        undo.undo_blocking();
    }
    let mut expected = before;
    expected.cards.push(new_card("late"));
    expected
        .cards
        .iter_mut()
        .find(|card| card.id == "t-slots")
        .unwrap()
        .text = "Reworded meanwhile".into();
    assert_eq!(map(&doc), expected);
}

#[test]
fn map_28_equal_and_hostile_order_keys_never_block_a_move() {
    let doc = new_doc(1);
    let mut txn = doc.transact_mut();
    for (id, order) in [
        ("a", "a0"),
        ("b", "a0"),
        ("c", "a0"),
        ("d", "a1"),
        ("e", "~~~"),
        ("f", ""),
        ("g", "a00"),
    ] {
        add_stage(
            &mut txn,
            &Stage {
                id: id.into(),
                ..Stage::default()
            },
            Place::Last,
        )
        .unwrap();
        let stages = yrs::WriteTxn::get_or_insert_map(&mut txn, "stages");
        stages
            .get(&txn, id)
            .unwrap()
            .cast::<MapRef>()
            .unwrap()
            .insert(&mut txn, ORDER, order);
    }
    let shown = |txn: &yrs::TransactionMut| -> String {
        read(txn).stages.into_iter().map(|s| s.id).collect()
    };
    assert_eq!(shown(&txn), "fabcgde");
    let at = |place| order_at(&txn, Collection::Stages, place, None).unwrap();
    assert_eq!(at(Place::After("a")), "a0V", "after all that share the key");
    assert_eq!(
        at(Place::Before("c")),
        "Zz",
        "before all that share the key"
    );
    assert_eq!(at(Place::First), "Zz");
    assert_eq!(at(Place::Last), "a2", "after the last usable key");
    assert_eq!(at(Place::Before("d")), "a0V");
    assert_eq!(at(Place::After("g")), "a0V");
    for place in [
        Place::First,
        Place::Last,
        Place::After("f"),
        Place::Before("e"),
        Place::After("e"),
        Place::Before("f"),
    ] {
        assert!(is_key(&at(place)), "{place:?}");
    }
    // Moving what has an unusable key gives it a usable one.
    move_entry(&mut txn, Collection::Stages, "e", Place::After("d")).unwrap();
    move_entry(&mut txn, Collection::Stages, "f", Place::Before("d")).unwrap();
    assert_eq!(shown(&txn), "abcgfde");
}

#[test]
fn map_33_edits_arrive_as_updates() {
    let doc = flat();
    let other = replica(9, &encode_state(&doc.transact()));
    let update = {
        let mut txn = doc.transact_mut();
        set_map_text(&mut txn, "title", "Renting a room in a new city").unwrap();
        txn.encode_update_v1()
    };
    receive(&other, &update);
    let txn = other.transact();
    let meta = txn.get_map(META).unwrap();
    let title = meta.get(&txn, "title").unwrap().cast::<TextRef>().unwrap();
    assert_eq!(title.get_string(&txn), "Renting a room in a new city");
    assert!(
        update.len() < 60,
        "the smallest edit, not the whole text: {} bytes",
        update.len()
    );
    let error = set_text(&mut doc.transact_mut(), CARDS, "t-portal", "nothing", "");
    assert_eq!(
        error,
        Err(EditError::Sort {
            field: "nothing".into(),
            sort: "text"
        })
    );
}

#[test]
fn map_33_a_pair_that_another_client_has_cut_stays_editable() {
    let doc = flat();
    set_map_text(&mut doc.transact_mut(), "title", "a😀b").unwrap();
    {
        let txn = doc.transact();
        let title = txn
            .get_map(META)
            .unwrap()
            .get(&txn, "title")
            .unwrap()
            .cast::<TextRef>()
            .unwrap();
        drop(txn);
        title.insert(&mut doc.transact_mut(), 2, "x");
    }
    for text in ["a😀bc", "", "😁"] {
        set_map_text(&mut doc.transact_mut(), "title", text).unwrap();
        assert_eq!(map(&doc).title, text);
    }
}
