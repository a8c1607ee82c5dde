//! Reading documents that anybody may have written into.

use super::super::schema::{META, ORDER};
use super::super::{
    Date, JourneyMap, MapKind, kind, new_doc, read, read_noting, review_due, sample, title,
    to_update,
};
use super::{parse, replica};
use yrs::{
    Any, ArrayPrelim, Map, MapPrelim, MapRef, ReadTxn, TextPrelim, Transact, TransactionMut,
    WriteTxn,
};

/// A sample in a document, with its cards at hand.
fn flat() -> (yrs::Doc, MapRef) {
    let map = parse(sample("renting-a-flat.current").unwrap());
    let doc = replica(8, &to_update(&map, 7));
    let cards = doc.get_or_insert_map("cards");
    (doc, cards)
}

fn entry(root: &MapRef, txn: &TransactionMut, id: &str) -> MapRef {
    root.get(txn, id).unwrap().cast::<MapRef>().unwrap()
}

#[test]
fn map_21_an_empty_document_is_an_empty_map() {
    let doc = new_doc(1);
    let (map, notes) = read_noting(&doc.transact());
    assert_eq!(map, JourneyMap::new(MapKind::CurrentState, ""));
    assert_eq!(
        notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["title: is required", "kind: is required"]
    );
    // Even one in which no root was ever named.
    let bare = yrs::Doc::with_client_id(1);
    assert_eq!(read(&bare.transact()), map);
    assert_eq!(title(&bare.transact()), "");
}

#[test]
fn map_22_texts_are_shared_from_the_start() {
    let map = parse(
        r#"{"format":"cairn.map/1","title":"","kind":"current-state","stages":[{"id":"s","title":""}],
        "personas":[{"id":"p","name":""}],"lanes":[{"id":"x","kind":"expectation","title":""},
        {"id":"e","kind":"emotion","title":""},{"id":"o","kind":"opportunity","title":""}],
        "cards":[{"id":"cx","lane":"x","stage":"s","text":""},{"id":"ce","lane":"e","stage":"s","text":""},
        {"id":"co","lane":"o","stage":"s","text":""}],"comments":[{"id":"m","card":"cx","text":""}]}"#,
    );
    let doc = replica(8, &to_update(&map, 7));
    let txn = doc.transact_mut();
    let shared = |root: &str, id: &str| -> Vec<String> {
        let root = txn.get_map(root).unwrap();
        let entry = if id.is_empty() {
            root
        } else {
            entry(&root, &txn, id)
        };
        let mut names: Vec<String> = entry
            .iter(&txn)
            .filter(|(_, value)| !matches!(value, yrs::Out::Any(_)))
            .map(|(name, value)| {
                let sort = if matches!(value, yrs::Out::YText(_)) {
                    "text"
                } else {
                    "list"
                };
                format!("{name} {sort}")
            })
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        shared(META, ""),
        ["goal text", "scenario text", "title text"]
    );
    assert_eq!(
        shared("personas", "p"),
        [
            "bio text",
            "frustrations list",
            "goals list",
            "name text",
            "needs list",
            "quote text",
            "role text"
        ]
    );
    assert_eq!(shared("stages", "s"), ["description text", "title text"]);
    assert_eq!(shared("lanes", "x"), ["title text"]);
    assert_eq!(
        shared("cards", "cx"),
        ["actual text", "sources list", "text text"]
    );
    assert_eq!(
        shared("cards", "ce"),
        ["quote text", "sources list", "text text"]
    );
    assert_eq!(
        shared("cards", "co"),
        ["addresses list", "sources list", "text text"]
    );
    assert_eq!(shared("comments", "m"), ["text text"]);
}

#[test]
fn map_23_a_plain_text_where_a_shared_one_belongs_is_read_and_the_reverse() {
    let (doc, cards) = flat();
    let mut txn = doc.transact_mut();
    let card = entry(&cards, &txn, "t-portal");
    card.insert(&mut txn, "text", "plain");
    card.insert(&mut txn, "channel", TextPrelim::new("shared"));
    card.insert(
        &mut txn,
        "sources",
        Any::from_json(r#"[{"kind":"other","title":"plain list"}]"#).unwrap(),
    );
    let review = txn
        .get_or_insert_map(META)
        .insert(&mut txn, "review", MapPrelim::default());
    review.insert(&mut txn, "everyDays", 30);
    let map = read(&txn);
    assert_eq!(map.cards[0].text, "plain");
    assert_eq!(map.cards[0].channel, "shared");
    assert_eq!(map.cards[0].sources[0].title, "plain list");
    assert_eq!(map.review.unwrap().every_days, Some(30));
}

#[test]
fn map_24_a_card_without_its_lane_or_stage_is_left_out_with_its_comments() {
    let (doc, cards) = flat();
    let before = read(&doc.transact());
    let lane = doc.get_or_insert_map("lanes");
    let mut txn = doc.transact_mut();
    lane.remove(&mut txn, "pain");
    let after = read(&txn);
    let gone: Vec<&str> = before
        .cards
        .iter()
        .filter(|card| card.lane == "pain")
        .map(|card| card.id.as_str())
        .collect();
    assert!(!gone.is_empty());
    assert!(after.cards.iter().all(|card| card.lane != "pain"));
    assert_eq!(after.cards.len(), before.cards.len() - gone.len());
    assert!(
        after
            .comments
            .iter()
            .all(|comment| !gone.contains(&comment.card.as_str()))
    );
    assert!(
        after
            .cards
            .iter()
            .all(|card| card.addresses.iter().all(|id| !gone.contains(&id.as_str())))
    );
    assert_eq!(after.check(), Ok(()));
    assert!(cards.contains_key(&txn, gone[0]), "the document keeps it");
}

#[test]
fn map_25_order_on_screen_is_by_order_then_id_in_code_units() {
    let doc = new_doc(1);
    let stages = doc.get_or_insert_map("stages");
    let mut txn = doc.transact_mut();
    // U+FF5E is after U+1F600's first code unit, though before it in code points and bytes.
    let orders = [
        ("f", Some("\u{ff5e}")),
        ("e", Some("\u{1f600}")),
        ("b", Some("a0")),
        ("a", Some("a0")),
        ("c", Some("Zz")),
        ("d", None),
    ];
    for (id, order) in orders {
        let stage = stages.insert(&mut txn, id, MapPrelim::default());
        if let Some(order) = order {
            stage.insert(&mut txn, ORDER, order);
        }
    }
    let ids: String = read(&txn)
        .stages
        .into_iter()
        .map(|stage| stage.id)
        .collect();
    assert_eq!(ids, "dcabef");
}

#[test]
fn map_26_what_has_the_wrong_type_is_read_as_absent_and_noted() {
    let (doc, cards) = flat();
    let mut txn = doc.transact_mut();
    let card = entry(&cards, &txn, "t-portal");
    card.insert(&mut txn, "gap", 7);
    card.insert(&mut txn, "owned", "yes");
    card.insert(&mut txn, "score", f64::NAN);
    card.insert(&mut txn, "due", Any::Undefined);
    card.insert(&mut txn, "novel", vec![1_u8, 2]);
    card.insert(&mut txn, "text", ArrayPrelim::default());
    card.insert(&mut txn, "id", "another");
    cards.insert(&mut txn, "not an id", MapPrelim::default());
    cards.insert(&mut txn, "no-entry", "text");
    txn.get_or_insert_map("lanes")
        .insert(&mut txn, "odd", MapPrelim::default())
        .insert(&mut txn, "kind", "odd");
    let (map, notes) = read_noting(&txn);
    let card = map.cards.iter().find(|card| card.id == "t-portal").unwrap();
    assert_eq!(
        (card.gap, card.owned, card.score, card.due),
        (None, None, None, None)
    );
    assert_eq!((card.text.as_str(), card.extra.len()), ("", 0));
    assert_eq!(
        map.lanes[0].kind.as_str(),
        "note",
        "its cards stay on the map"
    );
    assert_eq!(map.check(), Ok(()));
    let notes: Vec<String> = notes.iter().map(|note| note.path.clone()).collect();
    assert_eq!(
        notes,
        [
            "lanes[0].kind",
            "lanes[0].title",
            "cards[0].id",
            "cards[1].text",
            "cards[1].owned",
            "cards[1].gap"
        ]
    );
}

#[test]
fn map_26_shared_types_that_nest_without_bound_are_left_out() {
    let (doc, cards) = flat();
    let mut txn = doc.transact_mut();
    let card = entry(&cards, &txn, "t-portal");
    let mut inner = card.insert(&mut txn, "deep", MapPrelim::default());
    for _ in 0..20_000 {
        inner = inner.insert(&mut txn, "in", MapPrelim::default());
    }
    let map = read(&txn);
    assert_eq!(map.check(), Ok(()));
    assert_eq!(map.cards[0].extra.get("deep"), None);
}

#[test]
fn map_26_a_text_beyond_its_bound_is_cut_at_a_code_point() {
    let (doc, cards) = flat();
    let mut txn = doc.transact_mut();
    entry(&cards, &txn, "t-portal").insert(&mut txn, "text", TextPrelim::new("😀".repeat(20_005)));
    let (map, notes) = read_noting(&txn);
    assert_eq!(map.cards[0].text, "😀".repeat(20_000));
    assert_eq!(
        notes[0].to_string(),
        "cards[0].text: is longer than 20000 code points"
    );
}

#[test]
fn lists_read_title_kind_and_review_alone() {
    let (doc, _) = flat();
    let txn = doc.transact();
    assert_eq!(title(&txn), "Renting a flat in a new city");
    assert_eq!(kind(&txn), MapKind::CurrentState);
    assert_eq!(review_due(&txn), Date::parse("2027-02-14"));
    assert_eq!(review_due(&txn), read(&txn).review_due());
    assert_eq!(review_due(&new_doc(1).transact()), None);
}
