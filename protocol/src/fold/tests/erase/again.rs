//! ERASE-7: what others' edits bring again of theirs goes, and what others wrote themselves does not.

use super::*;

/// `tests/fixtures/yjs/undo.mjs` made them and says how.
const UNDONE: &str = include_str!("../../../../tests/fixtures/yjs/undo-13.6.33.txt");

fn hex(text: &str) -> Bytes {
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

/// What stock clients sent in one of the plays.
fn played(play: &str) -> Script {
    let mut script = Script::with_people();
    for line in UNDONE.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        if parts[0] == play {
            let actor = if parts[1] == "ann" { ann() } else { ben() };
            script.ok(actor, Body::Edit(hex(parts[2])));
        }
    }
    script
}

#[track_caller]
fn text(workshop: &Workshop, id: &str) -> String {
    let txn = workshop.doc().transact();
    let card = txn.get_map("cards").unwrap().get(&txn, id).unwrap();
    let card = card.cast::<yrs::MapRef>().unwrap();
    let text = card.get(&txn, "text").unwrap();
    text.cast::<yrs::TextRef>().unwrap().get_string(&txn)
}

#[test]
fn erase_7_what_an_undo_of_somebody_elses_brings_back_goes() {
    for play in ["card", "again", "short", "part", "keys", "long-value"] {
        let script = played(play);
        let erasure = erased(&script);
        lacks(&erasure, &["Ж", "Д"]);
        let says = text(&erasure.done.workshop, "c1");
        let hers = text(&script.workshop, "c1").contains("yes!");
        assert_eq!(says.contains("yes!"), hers, "{play}: {says}");
    }
}

/// A card with a text and these fields, made at once.
fn makes(
    txn: &mut yrs::TransactionMut<'_>,
    root: &str,
    id: &str,
    said: &str,
    fields: &[(&str, &str)],
) {
    let root = txn.get_map(root).unwrap();
    let entry = root.insert(txn, id, MapPrelim::default());
    let name = if fields.is_empty() { "title" } else { "text" };
    entry.insert(txn, name, TextPrelim::new(said));
    for (field, value) in fields {
        entry.insert(txn, *field, *value);
    }
}

const THEN: (&str, &str) = ("createdAt", "2026-11-27T09:00:00.001Z");
const LATER: (&str, &str) = ("createdAt", "2026-11-27T10:00:00.001Z");
/// Where a card lies that is read.
const LIES: [(&str, &str); 2] = [("lane", "touch"), ("stage", "search")];

#[test]
fn erase_7_a_copy_of_a_card_or_a_stage_goes_and_what_says_the_same_by_chance_stays() {
    let mut play = Play::new();
    play.edits(BEN, |txn| {
        makes(
            txn,
            "cards",
            "b1",
            "Ж",
            &[THEN, ("author", "Ben"), ("owner", "Д")],
        );
        makes(txn, "cards", "b2", "slow", &[LATER, ("owner", "ops")]);
        makes(txn, "stages", "b3", "ЖДЖДЖДЖД", &[]);
    });
    play.edits(ANN, |txn| {
        makes(
            txn,
            "cards",
            "a1",
            "Ж",
            &[THEN, ("author", "Ben"), ("owner", "Д")],
        );
        makes(
            txn,
            "cards",
            "a2",
            "slow",
            &[("createdAt", "2026-11-27T11:00:00.001Z"), ("owner", "ops")],
        );
        makes(txn, "stages", "a3", "ЖДЖДЖДЖД", &[]);
    });
    // Cut, and pasted elsewhere.
    play.edits(ANN, |txn| {
        crate::map::remove(txn, Collection::Cards, "b1").unwrap();
        crate::map::remove(txn, Collection::Cards, "a1").unwrap();
    });
    play.edits(ANN, |txn| {
        makes(txn, "cards", "a4", "Ж", &[THEN, ("owner", "Д")]);
    });
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж", "Д", "Ben"]);
    let workshop = &erasure.done.workshop;
    assert_eq!(
        (text(workshop, "a2"), text(workshop, "b2")),
        ("slow".into(), "████".into())
    );
}

#[test]
fn erase_7_what_they_parked_and_somebody_made_a_card_goes() {
    let mut play = Play::new();
    let parks = |text: &str| {
        does(Command::Park {
            text: text.to_owned(),
        })
    };
    play.script.ok(ben(), parks("Ж"));
    play.script.ok(ann(), parks("mine"));
    play.edits(ANN, |txn| {
        makes(txn, "cards", "a1", "Ж", &[THEN, ("author", "Ben")]);
        makes(txn, "cards", "a2", "mine", &[THEN, ("author", "Ann")]);
    });
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж", "Ben"]);
    let workshop = &erasure.done.workshop;
    assert_eq!(
        (text(workshop, "a1"), text(workshop, "a2")),
        ("█".into(), "mine".into())
    );
}

#[test]
fn erase_7_their_name_goes_wherever_a_name_is_written_and_a_namesakes_stays() {
    let mut play = Play::new();
    let renames = |name: &str| {
        let (name, color) = (name.to_owned(), "#123456".to_owned());
        does(Command::Rename { name, color })
    };
    play.edits(ANN, |txn| {
        makes(
            txn,
            "cards",
            "a1",
            "Ask Benjamin",
            &[LIES[0], LIES[1], THEN, ("author", "Ben"), ("owner", "Ben")],
        );
    });
    play.script.ok(ben(), renames("Benjamin"));
    play.script.ok(CLEO_WRITES, renames("Ben"));
    play.edits(CLEO, |txn| {
        makes(
            txn,
            "cards",
            "c1",
            "mine",
            &[LIES[0], LIES[1], LATER, ("author", "Ben")],
        );
    });
    play.edits(ANN, |txn| {
        makes(
            txn,
            "cards",
            "a2",
            "hers",
            &[
                LIES[0],
                LIES[1],
                THEN,
                ("author", "Benjamin"),
                ("channel", "Benjamin"),
            ],
        );
    });
    let erasure = erased(&play.script);
    let of = |id: &str| card(&erasure.done.workshop, id);
    assert_eq!(
        (&of("a1")["author"], &of("a1")["owner"]),
        (&json!(NAME), &json!(NAME))
    );
    assert_eq!(of("a2")["author"], NAME);
    assert_eq!(of("c1")["author"], "Ben");
    // No names: what somebody wrote about them.
    assert_eq!(
        (&of("a1")["text"], &of("a2")["channel"]),
        (&json!("Ask Benjamin"), &json!("Benjamin"))
    );
}

#[test]
fn erase_7_what_somebody_types_again_stays() {
    let mut play = Play::new();
    let says = |words: &str| {
        let words = words.to_owned();
        move |txn: &mut yrs::TransactionMut<'_>| {
            set_text(txn, Collection::Cards, "t-portal", "text", &words).unwrap();
        }
    };
    play.edits(BEN, says("slow payment"));
    play.edits(ANN, says(" payment"));
    for typed in ["s payment", "sl payment", "slo payment", "slow payment"] {
        play.edits(ANN, says(typed));
    }
    // One word at once, as a telephone's keyboard does.
    play.edits(ANN, says("slow "));
    play.edits(ANN, says("slow payment"));
    // A field that says the same by chance.
    play.edits(BEN, |txn| {
        set_field(
            txn,
            Collection::Cards,
            "t-portal",
            "owner",
            Some(&json!("ops")),
        )
        .unwrap();
    });
    for owner in ["sales", "ops"] {
        play.edits(ANN, |txn| {
            set_field(
                txn,
                Collection::Cards,
                "t-portal",
                "owner",
                Some(&json!(owner)),
            )
            .unwrap();
        });
    }
    let erasure = erased(&play.script);
    let is = card(&erasure.done.workshop, "t-portal");
    assert_eq!(
        (&is["text"], &is["owner"]),
        (&json!("slow█payment"), &json!("ops")),
        "the space was never taken out"
    );
}

#[test]
fn erase_7_an_edit_that_came_to_nothing_brings_nothing_again() {
    let mut play = Play::new();
    play.edits(BEN, |txn| {
        set_field(
            txn,
            Collection::Cards,
            "t-portal",
            "owner",
            Some(&json!("Ж")),
        )
        .unwrap();
    });
    // Refused: it builds on what never came.
    for fields in [
        &[("owner", "Ж")][..],
        &[("author", "Ben")],
        &[("author", "Ann")],
    ] {
        let lost = Peer::new(31);
        drop(lost.types("never sent"));
        let edit: Bytes = {
            let mut txn = lost.0.transact_mut();
            makes(&mut txn, "cards", "a1", "lost", fields);
            txn.encode_update_v1().into()
        };
        play.script.refused("EDIT-2", ann(), Body::Edit(edit));
    }
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж", "Ben"]);
    let is_there = |word: &[u8]| erasure.bytes.windows(word.len()).any(|bytes| bytes == word);
    assert!(
        is_there(b"lost"),
        "what holds nothing of theirs says what it said"
    );
}
