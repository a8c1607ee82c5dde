//! Updates that no editor sends: what they cost whoever looks back grows with what they bring, and with nothing else.

use yrs::{Array as _, Map as _, MapPrelim, MapRef, Out, ReadTxn as _};

use super::*;

/// As many as fit in one update with all they need.
const MANY: u32 = 50_000;

fn list(txn: &TransactionMut<'_>) -> yrs::ArrayRef {
    let cards = txn.get_map("cards").unwrap();
    let Some(Out::YMap(card)) = cards.get(txn, "o1") else {
        panic!("o1 is a card");
    };
    match card.get(txn, "hostile") {
        Some(Out::YArray(list)) => list,
        other => panic!("no list, but {other:?}"),
    }
}

/// A card with a list of as many maps as an update brings; then every one of them is changed at once.
#[test]
fn hist_1_every_item_of_a_long_list_changed_at_once_is_looked_at_once() {
    let mut held = Held::begun();
    held.edits(BEN, |txn| {
        let cards = txn.get_map("cards").unwrap();
        let card: MapRef = cards.get(txn, "o1").unwrap().cast().unwrap();
        let list = card.insert(txn, "hostile", yrs::ArrayPrelim::default());
        for _ in 0..MANY {
            list.insert(txn, 0, MapPrelim::default());
        }
    });
    held.edits(BEN, |txn| {
        let items: Vec<MapRef> = list(txn).iter(txn).map(|one| one.cast().unwrap()).collect();
        for item in items {
            item.insert(txn, "x", 1);
        }
    });
    let last = held.records.pop().unwrap();
    let mut walk = Walk::from(&held, last.seq - 1);
    let folded = fold::apply(&mut walk.workshop, &last);
    assert_eq!(folded.outcome, Ok(fold::Done::Now));
    assert_eq!(walk.watch.looked_at(), MANY as usize);
    let touched = walk.watch.touched(&walk.workshop).0;
    let touched: Vec<_> = touched.iter().map(|one| (&*one.card, one.what)).collect();
    assert_eq!(touched, [("o1", what::CHANGED)]);
}

/// Entries that are no maps are told of as well.
#[test]
fn hist_2_a_card_that_is_a_text_is_added_changed_and_removed() {
    let mut held = Held::begun();
    let cards = |txn: &TransactionMut<'_>| txn.get_map("cards").unwrap();
    held.edits(BEN, |txn| {
        cards(txn).insert(txn, "odd", yrs::TextPrelim::new("one"));
    });
    held.edits(BEN, |txn| {
        let text: yrs::TextRef = cards(txn).get(txn, "odd").unwrap().cast().unwrap();
        yrs::Text::push(&text, txn, " two");
    });
    held.edits(BEN, |txn| {
        cards(txn).remove(txn, "odd");
    });
    let last = held.head.seq;
    let tape = held.tape(last - 2, last);
    let touched = tape.records.iter().map(|one| &one.touched[..]);
    let what: Vec<_> = touched.map(|touched| touched[0].0).collect();
    assert_eq!(what, [what::ADDED, what::CHANGED, what::REMOVED]);
}

/// Whatever is in a card when somebody begins to look is known by it, as what comes later is.
#[test]
fn hist_2_a_card_says_whether_it_was_moved_or_changed_or_both() {
    let mut held = Held::begun();
    let set = |key: &'static str, value: &'static str| {
        move |txn: &mut TransactionMut<'_>| {
            let card: MapRef = txn
                .get_map("cards")
                .unwrap()
                .get(txn, "o1")
                .unwrap()
                .cast()
                .unwrap();
            card.insert(txn, key, value);
        }
    };
    held.edits(BEN, set("order", "a9"));
    held.edits(BEN, set("color", "#123456"));
    held.edits(BEN, |txn| {
        set("lane", "lp")(txn);
        set("lastTouched", "2026-11-27")(txn);
    });
    held.rewrites(BEN, "o1", "Two forms");
    let last = held.head.seq;
    for from in [1, last - 3] {
        let tape = held.tape(from, last);
        let touched = tape.records[tape.records.len() - 4..].iter();
        let what: Vec<_> = touched.map(|one| one.touched[0].0).collect();
        let both = what::MOVED | what::CHANGED;
        assert_eq!(what, [what::MOVED, what::CHANGED, both, what::CHANGED]);
    }
}
