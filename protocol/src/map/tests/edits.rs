//! Write operations, alone and by two people at once.

use super::super::schema::ORDER;
use super::super::{
    Card, Collection, Comment, JourneyMap, Lane, LaneKind, Persona, Place, Stage, Unknown,
    add_card, add_comment, add_lane, add_persona, add_stage, encode_state, move_card, move_entry,
    new_doc, read, remove, sample, set_field, set_list, set_map_field, set_map_text, set_text,
    to_update,
};
use super::generated::text;
use super::{parse, replica};
use proptest::prelude::*;
use serde_json::json;
use yrs::{Any, Doc, Map, MapRef, Out, ReadTxn, Text, Transact};

pub(super) const CARDS: Collection = Collection::Cards;

pub(crate) fn flat() -> Doc {
    replica(
        8,
        &to_update(&parse(sample("renting-a-flat.current").unwrap()), 7),
    )
}

pub(super) fn map(doc: &Doc) -> JourneyMap {
    let map = read(&doc.transact());
    assert_eq!(map.check(), Ok(()));
    map
}

pub(super) fn card(doc: &Doc, id: &str) -> Card {
    map(doc)
        .cards
        .into_iter()
        .find(|card| card.id == id)
        .unwrap_or_else(|| panic!("no card {id}"))
}

pub(super) fn new_card(id: &str) -> Card {
    Card {
        id: id.to_owned(),
        lane: "touch".to_owned(),
        stage: "search".to_owned(),
        ..Card::default()
    }
}

pub(super) fn field(doc: &Doc, collection: Collection, id: &str, name: &str) -> Option<Out> {
    let txn = doc.transact();
    let entry = txn
        .get_map(collection.root())?
        .get(&txn, id)?
        .cast::<MapRef>()
        .ok()?;
    entry.get(&txn, name)
}

#[test]
fn map_32_entries_are_added_where_they_are_told() {
    let doc = new_doc(1);
    let mut txn = doc.transact_mut();
    let stage = |id: &str| Stage {
        id: id.to_owned(),
        title: id.to_uppercase(),
        ..Stage::default()
    };
    add_stage(&mut txn, &stage("m"), Place::First).unwrap();
    add_stage(&mut txn, &stage("a"), Place::First).unwrap();
    add_stage(&mut txn, &stage("z"), Place::Last).unwrap();
    add_stage(&mut txn, &stage("n"), Place::After("m")).unwrap();
    add_stage(&mut txn, &stage("b"), Place::Before("m")).unwrap();
    let lane = Lane {
        id: "l".into(),
        kind: LaneKind::Note,
        title: "L".into(),
        hidden: None,
        extra: Unknown::new(),
    };
    add_lane(&mut txn, &lane, Place::Last).unwrap();
    add_persona(
        &mut txn,
        &Persona {
            id: "p".into(),
            ..Persona::default()
        },
        Place::Last,
    )
    .unwrap();
    let card = Card {
        id: "c".into(),
        lane: "l".into(),
        stage: "z".into(),
        text: "Hi".into(),
        ..Card::default()
    };
    add_card(&mut txn, &card, Place::Last).unwrap();
    let comment = Comment {
        id: "m".into(),
        card: "c".into(),
        text: "?".into(),
        ..Comment::default()
    };
    add_comment(&mut txn, &comment, Place::Last).unwrap();
    drop(txn);
    let map = map(&doc);
    assert_eq!(
        map.stages
            .iter()
            .map(|s| s.title.as_str())
            .collect::<String>(),
        "ABMNZ"
    );
    assert_eq!(
        (map.lanes, map.cards, map.comments),
        (vec![lane], vec![card], vec![comment])
    );
    assert_eq!(map.personas[0].id, "p");
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each refusal")]
fn map_32_an_edit_that_cannot_be_is_refused_and_changes_nothing() {
    let doc = flat();
    let before = encode_state(&doc.transact());
    let mut txn = doc.transact_mut();
    let mut refusals = vec![
        add_card(&mut txn, &new_card("t-portal"), Place::Last),
        add_card(&mut txn, &new_card("not an id"), Place::Last),
        add_card(
            &mut txn,
            &Card {
                lane: "nowhere".into(),
                ..new_card("n")
            },
            Place::Last,
        ),
        add_card(
            &mut txn,
            &Card {
                stage: "never".into(),
                ..new_card("n")
            },
            Place::Last,
        ),
        add_card(
            &mut txn,
            &Card {
                gap: Some(4),
                ..new_card("n")
            },
            Place::Last,
        ),
        add_card(&mut txn, &new_card("n"), Place::After("nobody")),
        add_card(
            &mut txn,
            &Card {
                extra: [(ORDER.to_owned(), json!("a0"))].into(),
                ..new_card("n")
            },
            Place::Last,
        ),
        add_comment(
            &mut txn,
            &Comment {
                id: "n".into(),
                card: "none".into(),
                ..Comment::default()
            },
            Place::Last,
        ),
        set_text(&mut txn, CARDS, "none", "text", "x"),
        set_text(&mut txn, CARDS, "t-portal", "channel", "x"),
        set_text(&mut txn, CARDS, "t-portal", "text", &"x".repeat(20_001)),
        set_map_text(&mut txn, "owner", "x"),
        set_field(&mut txn, CARDS, "t-portal", "text", Some(&json!("x"))),
        set_field(&mut txn, CARDS, "t-portal", "sources", Some(&json!([]))),
        set_field(&mut txn, CARDS, "t-portal", ORDER, Some(&json!("a0"))),
        set_field(&mut txn, CARDS, "t-portal", "score", Some(&json!(3))),
        set_field(&mut txn, CARDS, "t-portal", "lane", None),
        set_field(
            &mut txn,
            Collection::Lanes,
            "touch",
            "kind",
            Some(&json!("odd")),
        ),
        set_list(&mut txn, CARDS, "t-portal", "text", &[]),
        set_list(
            &mut txn,
            CARDS,
            "t-portal",
            "sources",
            &[json!({"kind": "interview"})],
        ),
        set_map_field(&mut txn, "kind", None),
        set_map_field(&mut txn, "cards", Some(&json!([]))),
        set_map_field(&mut txn, "title", Some(&json!("x"))),
        set_map_field(&mut txn, "review", Some(&json!({"everyDays": 0}))),
        move_card(&mut txn, "none", "touch", "search", Place::Last),
        move_card(&mut txn, "t-portal", "none", "search", Place::Last),
        move_card(&mut txn, "t-portal", "touch", "none", Place::Last),
        move_card(
            &mut txn,
            "t-portal",
            "touch",
            "search",
            Place::Before("t-portal"),
        ),
        move_entry(&mut txn, Collection::Stages, "none", Place::First),
        remove(&mut txn, CARDS, "none"),
    ];
    drop(txn);
    for (index, refusal) in refusals.iter().enumerate() {
        assert!(refusal.is_err(), "edit {index} was made");
    }
    assert_eq!(encode_state(&doc.transact()), before);
    let messages: Vec<String> = refusals
        .drain(..6)
        .map(|r| r.unwrap_err().to_string())
        .collect();
    assert_eq!(
        messages,
        [
            "there is a card \"t-portal\" already; choose another id",
            "card.id: must be 1 to 64 characters of A-Z a-z 0-9 _ -, not \"not an id\"",
            "there is no lane \"nowhere\"; it may have been deleted",
            "there is no stage \"never\"; it may have been deleted",
            "card.gap: must be a whole number from 0 to 3, not 4",
            "there is no card \"nobody\"; it may have been deleted",
        ]
    );
}

#[test]
fn map_32_fields_are_set_and_deleted_and_a_same_value_writes_nothing() {
    let doc = flat();
    let mut txn = doc.transact_mut();
    set_field(&mut txn, CARDS, "t-portal", "owned", Some(&json!(true))).unwrap();
    set_field(&mut txn, CARDS, "t-portal", "channel", None).unwrap();
    set_field(
        &mut txn,
        CARDS,
        "t-portal",
        "novel",
        Some(&json!({"a": [1]})),
    )
    .unwrap();
    set_field(
        &mut txn,
        Collection::Lanes,
        "pain",
        "hidden",
        Some(&json!(true)),
    )
    .unwrap();
    set_map_field(&mut txn, "owner", Some(&json!("Jo"))).unwrap();
    set_map_field(&mut txn, "review", None).unwrap();
    set_map_text(&mut txn, "goal", "Another").unwrap();
    drop(txn);
    let state = encode_state(&doc.transact());
    let (map, card) = (map(&doc), card(&doc, "t-portal"));
    assert_eq!(
        (card.owned, card.channel.as_str(), card.extra.get("novel")),
        (Some(true), "", Some(&json!({"a": [1]})))
    );
    assert_eq!(
        (map.owner.as_str(), map.goal.as_str(), map.review),
        ("Jo", "Another", None)
    );
    assert_eq!(
        map.lanes
            .iter()
            .find(|lane| lane.id == "pain")
            .unwrap()
            .hidden,
        Some(true)
    );
    let mut txn = doc.transact_mut();
    set_field(&mut txn, CARDS, "t-portal", "owned", Some(&json!(true))).unwrap();
    set_field(&mut txn, CARDS, "t-portal", "channel", None).unwrap();
    set_text(&mut txn, CARDS, "t-portal", "text", &card.text).unwrap();
    set_map_field(&mut txn, "owner", Some(&json!("Jo"))).unwrap();
    drop(txn);
    assert_eq!(encode_state(&doc.transact()), state);
}

#[test]
fn map_32_a_value_means_what_its_lane_says() {
    let doc = flat();
    let mut txn = doc.transact_mut();
    set_field(&mut txn, CARDS, "t-portal", "value", Some(&json!("40 %"))).unwrap();
    let opportunity = read(&txn)
        .cards
        .into_iter()
        .find(|card| card.lane == "opp")
        .unwrap()
        .id;
    assert!(set_field(&mut txn, CARDS, &opportunity, "value", Some(&json!("40 %"))).is_err());
    set_field(&mut txn, CARDS, &opportunity, "value", Some(&json!(5))).unwrap();
    // A figure taken along into an opportunity lane is not exported; the document keeps it.
    move_card(&mut txn, "t-portal", "opp", "search", Place::Last).unwrap();
    drop(txn);
    assert_eq!(card(&doc, "t-portal").value, None);
    assert_eq!(
        field(&doc, CARDS, "t-portal", "value"),
        Some(Out::Any(Any::from("40 %")))
    );
}

#[test]
fn map_33_a_text_with_embedded_objects_is_replaced_whole() {
    let doc = flat();
    let Some(Out::YText(text)) = field(&doc, CARDS, "t-portal", "text") else {
        panic!("no text")
    };
    text.insert_embed(&mut doc.transact_mut(), 3, Any::from(1));
    set_text(
        &mut doc.transact_mut(),
        CARDS,
        "t-portal",
        "text",
        "Listing, new",
    )
    .unwrap();
    assert_eq!(card(&doc, "t-portal").text, "Listing, new");
    assert_eq!(text.len(&doc.transact()), 12);
}

#[test]
fn map_33_a_missing_shared_text_is_made_by_the_writer() {
    let doc = flat();
    assert_eq!(field(&doc, CARDS, "t-portal", "actual"), None);
    set_text(
        &mut doc.transact_mut(),
        CARDS,
        "t-portal",
        "actual",
        "It did",
    )
    .unwrap();
    assert!(matches!(
        field(&doc, CARDS, "t-portal", "actual"),
        Some(Out::YText(_))
    ));
    assert_eq!(card(&doc, "t-portal").actual, "It did");
    // A card that comes into an expectation lane brings it along.
    move_card(
        &mut doc.transact_mut(),
        "t-block",
        "expect",
        "search",
        Place::Last,
    )
    .unwrap();
    assert!(matches!(
        field(&doc, CARDS, "t-block", "actual"),
        Some(Out::YText(_))
    ));
    move_card(
        &mut doc.transact_mut(),
        "t-block",
        "opp",
        "search",
        Place::Last,
    )
    .unwrap();
    assert!(matches!(
        field(&doc, CARDS, "t-block", "addresses"),
        Some(Out::YArray(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn map_33_any_text_becomes_any_other(texts in proptest::collection::vec(text(), 1..6)) {
        let doc = new_doc(1);
        for text in &texts {
            set_map_text(&mut doc.transact_mut(), "title", text).unwrap();
            prop_assert_eq!(&read(&doc.transact()).title, text);
        }
        // No edit cut a surrogate pair: the updates rebuild the same text elsewhere.
        let copy = replica(2, &encode_state(&doc.transact()));
        prop_assert_eq!(&read(&copy.transact()).title, texts.last().unwrap());
    }

    #[test]
    fn map_32_any_shuffle_of_stages_is_reached_by_moves(order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let doc = new_doc(1);
        let mut txn = doc.transact_mut();
        for id in 0..8 {
            add_stage(&mut txn, &Stage { id: id.to_string(), ..Stage::default() }, Place::Last).unwrap();
        }
        for id in &order {
            move_entry(&mut txn, Collection::Stages, &id.to_string(), Place::Last).unwrap();
        }
        let shown: Vec<usize> = read(&txn).stages.iter().map(|stage| stage.id.parse().unwrap()).collect();
        prop_assert_eq!(shown, order);
    }
}
