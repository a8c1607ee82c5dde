//! What no page of Cairn's sends and any program can.

use yrs::{Any, Array, ArrayPrelim, MapPrelim, TextPrelim, XmlElementPrelim, XmlFragment as _};

use super::super::super::edits::Document;
use super::*;

#[test]
fn lock_3_a_root_of_another_kind_stands_still() {
    let mut lesson = Lesson::focused();
    // A collection is a map; as a list it holds what no map shows, and still is nobody's to change.
    for root in ["cards", "comments", "meta", "stages"] {
        lesson.holds(root, |txn| {
            txn.get_or_insert_array(root).push_back(txn, 1);
        });
    }
    lesson.holds("with something inside", |txn| {
        adds(txn, "new", "pain", "s1");
        txn.get_or_insert_array("cards").push_back(txn, 1);
    });
    lesson.holds("characters in a collection", |txn| {
        txn.get_or_insert_text("cards").push(txn, "x");
    });
    for root in ["t", "", "Cards", "cards "] {
        lesson.holds("a root no map has", |txn| {
            txn.get_or_insert_map(root).insert(txn, "a", 1);
        });
    }
}

#[test]
fn lock_3_what_another_program_put_beside_the_map_stands_still() {
    let mut lesson = Lesson::prepared();
    let others = changes(&lesson.ann, |txn| {
        txn.get_or_insert_text("t").push(txn, "theirs");
        let plan = txn.get_or_insert_map("plan");
        let inner = plan.insert(txn, "deep", MapPrelim::default());
        inner.insert(txn, "list", ArrayPrelim::from([1, 2]));
        txn.get_or_insert_array("cards")
            .push_back(txn, MapPrelim::default());
    });
    lesson.script.ok(ann(), Body::Edit(others));
    lesson.sync();
    // Before the shadow was ever made, and when it followed.
    for again in 0..2 {
        lesson.begins(FOCUSED);
        if again == 1 {
            lesson.lets("inside", |txn| types(txn, Cards, "in1", "text"));
        }
        lesson.holds("its words", |txn| {
            txn.get_or_insert_text("t").push(txn, "mine");
        });
        lesson.holds("its words, taken", |txn| {
            txn.get_or_insert_text("t").remove_range(txn, 0, 2);
        });
        lesson.holds("deep inside", |txn| {
            let plan = txn.get_or_insert_map("plan");
            let deep: yrs::MapRef = plan.get(txn, "deep").unwrap().cast().unwrap();
            let list: yrs::ArrayRef = deep.get(txn, "list").unwrap().cast().unwrap();
            list.push_back(txn, 3);
        });
        lesson.holds("in a row of a collection", |txn| {
            let row = txn.get_or_insert_array("cards");
            let inner: yrs::MapRef = row.get(txn, 0).unwrap().cast().unwrap();
            inner.insert(txn, "a", 1);
        });
        lesson.holds("the row itself", |txn| {
            txn.get_or_insert_array("cards").remove(txn, 0);
        });
    }
    // One that somebody free makes under the lock is watched from then on.
    let later = changes(&lesson.ann, |txn| {
        txn.get_or_insert_text("later").push(txn, "x");
    });
    lesson.lets("inside", |txn| types(txn, Cards, "in1", "text"));
    lesson.script.ok(ann(), Body::Edit(later));
    lesson.ben.hears(&lesson.script.workshop.encode_state());
    lesson.holds("what came later", |txn| {
        txn.get_or_insert_text("later").push(txn, "y");
    });
}

#[test]
fn lock_3_types_inside_types_belong_to_their_card() {
    let mut lesson = Lesson::focused();
    let nest = |txn: &mut TransactionMut<'_>, id: &str| {
        let list = card(txn, id).insert(txn, "mine", ArrayPrelim::default());
        let inner = list.push_back(txn, MapPrelim::default());
        inner.insert(txn, "text", TextPrelim::new("deep"));
        let tree = card(txn, id).insert(txn, "tree", yrs::XmlFragmentPrelim::default());
        tree.push_back(txn, XmlElementPrelim::empty("p"));
    };
    let deepen = |txn: &mut TransactionMut<'_>, id: &str| {
        let list: yrs::ArrayRef = card(txn, id).get(txn, "mine").unwrap().cast().unwrap();
        let inner: yrs::MapRef = list.get(txn, 0).unwrap().cast().unwrap();
        let text: TextRef = inner.get(txn, "text").unwrap().cast().unwrap();
        text.push(txn, "er");
    };
    lesson.lets("inside", |txn| nest(txn, "in1"));
    lesson.holds("outside", |txn| nest(txn, "below"));
    let theirs = changes(&lesson.ann, |txn| nest(txn, "below"));
    lesson.script.ok(ann(), Body::Edit(theirs));
    lesson.sync();
    lesson.lets("deeper inside", |txn| deepen(txn, "in1"));
    lesson.holds("deeper outside", |txn| deepen(txn, "below"));
    lesson.holds("a node outside", |txn| {
        let tree: yrs::XmlFragmentRef =
            card(txn, "below").get(txn, "tree").unwrap().cast().unwrap();
        tree.remove_range(txn, 0, 1);
    });
}

#[test]
fn lock_3_a_bare_deletion_is_a_change() {
    let mut lesson = Lesson::focused();
    lesson.holds("a whole text outside", |txn| {
        let text: TextRef = card(txn, "below").get(txn, "text").unwrap().cast().unwrap();
        text.remove_range(txn, 0, 5);
    });
    lesson.holds("a field outside", |txn| {
        card(txn, "below").remove(txn, "order");
    });
    lesson.holds("where a card lies", |txn| {
        card(txn, "in1").remove(txn, "lane");
    });
    lesson.holds("every card", |txn| {
        txn.get_or_insert_map("cards").clear(txn);
    });
    lesson.lets("a text inside", |txn| {
        let text: TextRef = card(txn, "in1").get(txn, "text").unwrap().cast().unwrap();
        text.remove_range(txn, 0, 1);
    });
}

#[test]
fn lock_3_an_entry_is_not_swapped_for_another() {
    let mut lesson = Lesson::focused();
    let inside = || MapPrelim::from([("lane", "pain"), ("stage", "s1"), ("text", "mine")]);
    lesson.holds("a card outside becomes one inside", |txn| {
        txn.get_or_insert_map("cards")
            .insert(txn, "below", inside());
    });
    lesson.holds("a card outside becomes no card", |txn| {
        txn.get_or_insert_map("cards")
            .insert(txn, "below", Any::Null);
    });
    lesson.holds("a card inside becomes no card", |txn| {
        txn.get_or_insert_map("cards").insert(txn, "in1", "plain");
    });
    lesson.holds("what is no card", |txn| {
        txn.get_or_insert_map("cards")
            .insert(txn, "x", ArrayPrelim::default());
    });
    lesson.holds("a card without a place", |txn| {
        txn.get_or_insert_map("cards")
            .insert(txn, "x", MapPrelim::from([("lane", "pain")]));
    });
    lesson.holds("a plain object, which is read as no card", |txn| {
        let card = Any::from_json(r#"{"lane":"pain","stage":"s1","text":"x"}"#).unwrap();
        txn.get_or_insert_map("cards").insert(txn, "x", card);
    });
    lesson.holds("a comment on nothing", |txn| {
        txn.get_or_insert_map("comments")
            .insert(txn, "x", MapPrelim::from([("card", "none")]));
    });
    lesson.lets("a card inside becomes another inside", |txn| {
        txn.get_or_insert_map("cards").insert(txn, "in1", inside());
    });
    lesson.lets("and its new self can be changed", |txn| {
        card(txn, "in1").insert(txn, "text", "again");
    });
}

#[test]
fn lock_3_a_lane_written_as_a_shared_text_counts_as_it_is_read() {
    let mut lesson = Lesson::focused();
    lesson.lets("inside in another way", |txn| {
        card(txn, "in1").insert(txn, "lane", TextPrelim::new("pain"));
    });
    lesson.holds("letter by letter to another lane", |txn| {
        let lane: TextRef = card(txn, "in1").get(txn, "lane").unwrap().cast().unwrap();
        lane.push(txn, "s");
    });
    lesson.holds("a number is no lane", |txn| {
        card(txn, "in1").insert(txn, "lane", 1);
    });
}

#[test]
fn lock_3_of_several_values_at_once_the_one_that_stays_counts() {
    let mut lesson = Lesson::focused();
    lesson.lets("out and in again at once", |txn| {
        card(txn, "in1").insert(txn, "lane", "note");
        card(txn, "in1").insert(txn, "lane", "pain");
    });
    lesson.holds("in and out at once", |txn| {
        card(txn, "in1").insert(txn, "lane", "pain");
        card(txn, "in1").insert(txn, "lane", "note");
    });
    lesson.holds("outside, there and back", |txn| {
        card(txn, "below").insert(txn, "lane", "pain");
        card(txn, "below").insert(txn, "lane", "note");
    });
}

#[test]
fn lock_3_a_value_that_loses_against_a_facilitators_changes_nothing() {
    // Ben's client id is the lower one in one case and the higher in the other.
    for (of_ben, of_ann) in [(5, 6), (6, 5)] {
        let mut lesson = Lesson::focused();
        let state = lesson.script.workshop.encode_state();
        let (ben_at_home, ann_at_home) = (Peer::new(of_ben), Peer::new(of_ann));
        ben_at_home.hears(&state);
        ann_at_home.hears(&state);
        let theirs = changes(&ann_at_home, |txn| {
            card(txn, "in1").insert(txn, "color", "#111111");
            adds(txn, "same", "note", "s2");
        });
        let fields = changes(&ben_at_home, |txn| {
            card(txn, "in1").insert(txn, "color", "#222222");
        });
        let swap = changes(&ben_at_home, |txn| adds(txn, "same", "pain", "s1"));
        lesson.script.ok(ann(), Body::Edit(theirs));
        // The same field of a card inside: either may win.
        lesson.script.ok(ben(), Body::Edit(fields));
        // The same id: hers lies outside. If his lost, nothing shows; if it won, hers would be gone.
        let outcome = lesson.script.does(ben(), Body::Edit(swap));
        assert_eq!(outcome.is_err(), of_ben > of_ann, "{outcome:?}");
        let map = map::read(&lesson.script.workshop.doc().transact());
        let same = map.cards.iter().find(|card| card.id == "same").unwrap();
        assert_eq!((same.lane.as_str(), same.stage.as_str()), ("note", "s2"));
    }
}

#[test]
fn lock_3_letters_beside_letters_stay_in_their_card() {
    let mut lesson = Lesson::focused();
    lesson.holds("formatted outside", |txn| {
        let text: TextRef = card(txn, "below").get(txn, "text").unwrap().cast().unwrap();
        let bold = yrs::types::Attrs::from([("b".into(), true.into())]);
        text.format(txn, 0, 2, bold);
    });
    lesson.holds("embedded outside", |txn| {
        let text: TextRef = card(txn, "below").get(txn, "text").unwrap().cast().unwrap();
        text.insert_embed(txn, 1, Any::from(1));
    });
    lesson.lets("formatted inside", |txn| {
        let text: TextRef = card(txn, "in1").get(txn, "text").unwrap().cast().unwrap();
        let bold = yrs::types::Attrs::from([("b".into(), true.into())]);
        text.format(txn, 0, 2, bold);
    });
}

/// A text that so many people wrote a letter of, each after the one before.
fn written_by(people: u64) -> Bytes {
    fn number(out: &mut Vec<u8>, mut n: u64) {
        while n > 0x7f {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
    }
    let mut update = Vec::new();
    number(&mut update, people);
    for client in (1..=people).rev() {
        number(&mut update, 1);
        number(&mut update, client);
        // Clock 0; a string, the first in the root `t`, the others after a letter.
        update.push(0);
        if client == 1 {
            update.extend([0x04, 1, 1, b't']);
        } else {
            update.push(0x84);
            number(&mut update, client - 1);
            update.push(0);
        }
        update.extend([1, b'x']);
    }
    update.push(0);
    update.into()
}

/// A map that has had more page loads than yrs can recurse over on the stack of whoever folds.
#[test]
fn lock_5_a_map_of_many_page_loads_is_judged_like_any_other() {
    let restoring = std::thread::Builder::new().stack_size(64 << 20);
    let document = restoring.spawn(|| Document::from_state(written_by(12_000)).unwrap());
    let document = document.unwrap().join().unwrap();
    let folding = std::thread::Builder::new().stack_size(512 << 10);
    let folding = folding.spawn(|| {
        let mut lesson = Lesson::focused();
        lesson.script.workshop.document = document;
        let guest = Peer::new(9_999_999);
        let theirs = changes(&guest, |txn| {
            let new = MapPrelim::from([("lane", "pain"), ("stage", "s1")]);
            txn.get_or_insert_map("cards").insert(txn, "mine", new);
        });
        assert!(lesson.script.ok(ben(), Body::Edit(theirs)).edited);
        let outside = changes(&guest, |txn| {
            txn.get_or_insert_map("stages").insert(txn, "x", 2);
        });
        lesson.script.refused("LOCK-1", ben(), Body::Edit(outside));
    });
    folding.unwrap().join().unwrap();
}
