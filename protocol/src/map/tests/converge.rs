//! Three people who do anything at all, hearing of each other now and then.

use super::super::{
    Card, Collection, Place, add_card, encode_state, move_card, move_entry, read, remove,
    set_field, set_text,
};
use super::edits::{CARDS, flat, map, new_card};
use super::generated::text;
use super::{replica, sync};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;
use std::collections::BTreeSet;
use yrs::{Doc, Transact};

/// What somebody does, in terms of whatever is in the map then.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Add(Index),
    Move(Index, Index, Index, Index),
    Write(Index, String),
    Score(Index, i8),
    Remove(usize, Index),
    Reorder(usize, Index, Index),
    Hear(usize),
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let any = any::<Index>;
    prop_oneof![
        any().prop_map(Act::Add),
        (any(), any(), any(), any()).prop_map(|(a, b, c, d)| Act::Move(a, b, c, d)),
        (any(), text()).prop_map(|(card, text)| Act::Write(card, text)),
        (any(), -4..=4_i8).prop_map(|(card, halves)| Act::Score(card, halves)),
        (0..5_usize, any()).prop_map(|(collection, index)| Act::Remove(collection, index)),
        (0..5_usize, any(), any())
            .prop_map(|(collection, from, to)| Act::Reorder(collection, from, to)),
        (0..3_usize).prop_map(Act::Hear),
    ]
}

/// Does it as a client would: on what it sees.
pub(crate) fn perform(replicas: &[Doc], who: usize, act: &Act, fresh: usize) {
    let doc = &replicas[who];
    if let Act::Hear(from) = act {
        if *from != who {
            sync(&replicas[*from], doc);
        }
        return;
    }
    let map = read(&doc.transact());
    let ids = |collection| -> Vec<String> {
        match collection {
            Collection::Personas => map.personas.iter().map(|entry| entry.id.clone()).collect(),
            Collection::Stages => map.stages.iter().map(|entry| entry.id.clone()).collect(),
            Collection::Lanes => map.lanes.iter().map(|entry| entry.id.clone()).collect(),
            CARDS => map.cards.iter().map(|entry| entry.id.clone()).collect(),
            Collection::Comments => map.comments.iter().map(|entry| entry.id.clone()).collect(),
        }
    };
    let pick = |collection, index: &Index| -> Option<String> {
        let ids = ids(collection);
        (!ids.is_empty()).then(|| index.get(&ids).clone())
    };
    let mut txn = doc.transact_mut();
    match act {
        Act::Add(after) => {
            let (Some(lane), Some(stage)) = (
                pick(Collection::Lanes, after),
                pick(Collection::Stages, after),
            ) else {
                return;
            };
            let card = Card {
                lane,
                stage,
                ..new_card(&format!("new{fresh}"))
            };
            let after = pick(CARDS, after);
            add_card(
                &mut txn,
                &card,
                after.as_deref().map_or(Place::First, Place::After),
            )
            .unwrap();
        }
        Act::Move(card, lane, stage, before) => {
            let all = (
                pick(CARDS, card),
                pick(Collection::Lanes, lane),
                pick(Collection::Stages, stage),
                pick(CARDS, before),
            );
            let (Some(card), Some(lane), Some(stage), Some(before)) = all else {
                return;
            };
            let place = if before == card {
                Place::Last
            } else {
                Place::Before(&before)
            };
            move_card(&mut txn, &card, &lane, &stage, place).unwrap();
        }
        Act::Write(card, text) => {
            let Some(card) = pick(CARDS, card) else {
                return;
            };
            set_text(&mut txn, CARDS, &card, "text", text).unwrap();
        }
        Act::Score(card, halves) => {
            let Some(card) = pick(CARDS, card) else {
                return;
            };
            set_field(
                &mut txn,
                CARDS,
                &card,
                "score",
                Some(&json!(f64::from(*halves) / 2.0)),
            )
            .unwrap();
        }
        Act::Remove(collection, index) => {
            let collection = Collection::ALL[*collection];
            let Some(id) = pick(collection, index) else {
                return;
            };
            remove(&mut txn, collection, &id).unwrap();
        }
        Act::Reorder(collection, from, to) => {
            let collection = Collection::ALL[*collection];
            let (Some(from), Some(to)) = (pick(collection, from), pick(collection, to)) else {
                return;
            };
            let place = if from == to {
                Place::First
            } else {
                Place::After(&to)
            };
            move_entry(&mut txn, collection, &from, place).unwrap();
        }
        Act::Hear(_) => unreachable!("heard above"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn map_36_whatever_three_people_do_at_once_they_end_with_one_map(
        acts in vec((0..3_usize, act()), 1..40),
    ) {
        let base = encode_state(&flat().transact());
        let replicas = [replica(11, &base), replica(12, &base), replica(13, &base)];
        for (fresh, (who, act)) in acts.iter().enumerate() {
            perform(&replicas, *who, act, fresh);
        }
        for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 1)] {
            sync(&replicas[from], &replicas[to]);
        }
        let map = map(&replicas[0]);
        prop_assert_eq!(&read(&replicas[1].transact()), &map);
        prop_assert_eq!(&read(&replicas[2].transact()), &map);
        let unique: BTreeSet<&str> = map.cards.iter().map(|card| card.id.as_str()).collect();
        prop_assert_eq!(unique.len(), map.cards.len());
    }
}
