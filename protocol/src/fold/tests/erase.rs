//! ERASE: somebody's name and words leave the journal, and nothing else does.

mod again;

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::sample::Index;
use serde_json::{Value, json};
use yrs::{Any, Array, Doc, GetString, Map, MapPrelim, Out, TextPrelim};

use super::agenda::{does, step};
use super::*;
use crate::agenda::{AtZero, Focus, Step};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::erase::{Done, EraseError, Eraser, NAME, Survey};
use crate::map::tests::converge::{Act, act, perform};
use crate::map::tests::edits::flat;
use crate::map::{Collection, encode_state, read, set_field, set_map_field, set_text};
use crate::record::{Hash, Restore};

const CLEO: ParticipantId = ParticipantId(3);

/// A journal without Ben's words, and what was done.
struct Erasure {
    records: Vec<Record>,
    bytes: Vec<u8>,
    done: Done,
}

impl Erasure {
    /// All that the journal says, without its hashes: the bytes of a letter stand in one by chance.
    fn says(&self) -> Vec<u8> {
        let none = Hash::of(b"");
        let said = self.records.iter().flat_map(|record| {
            let mut record = record.clone();
            record.prev = none;
            if let Body::Erased(erased) = &mut record.body {
                erased.before = none;
            }
            record.encode()
        });
        said.collect()
    }
}

fn encoded(records: &[Record]) -> Vec<Bytes> {
    records
        .iter()
        .map(|record| record.encode().into())
        .collect()
}

fn attempt(records: &[Record], who: ParticipantId) -> Result<Option<Erasure>, EraseError> {
    let mut survey = Survey::default();
    for record in records {
        survey.sees(record);
    }
    let mut eraser = Eraser::new(&map_id(), who, survey);
    let mut bytes = Vec::new();
    for (record, encoded) in records.iter().zip(encoded(records)) {
        bytes.push(eraser.take(record, &encoded)?);
    }
    let Some(done) = eraser.seal(0) else {
        return Ok(None);
    };
    bytes.push(done.encoded.clone().into());
    let decoded = bytes.iter().map(|bytes| Record::decode(bytes).unwrap());
    Ok(Some(Erasure {
        records: decoded.collect(),
        bytes: bytes.concat(),
        done,
    }))
}

/// Erases Ben, and looks at everything that must hold of any erasure.
#[track_caller]
fn erased(script: &Script) -> Erasure {
    let erasure = attempt(&script.records, BEN)
        .unwrap()
        .expect("Ben was there");
    let Erasure { records, done, .. } = &erasure;
    assert_eq!(records.len(), script.records.len() + 1);
    let (mut head, mut workshop) = (Head::genesis(&map_id()), Workshop::new(map_id()));
    let mut before = Workshop::new(map_id());
    for (is, was) in records.iter().zip(&script.records) {
        head.follow(is, &is.encode()).unwrap();
        assert_eq!(
            (is.seq, is.at, is.actor, &is.request),
            (was.seq, was.at, was.actor, &was.request)
        );
        let (is, was) = (apply(&mut workshop, is), apply(&mut before, was));
        assert_eq!(is.effects.edited, was.effects.edited);
        assert_eq!(workshop.known(), before.known(), "state vectors");
        same_structure(&before, &workshop);
    }
    let last = records.last().unwrap();
    head.follow(last, &last.encode()).unwrap();
    drop(apply(&mut workshop, last));
    assert_eq!(head, done.head);
    assert_eq!(workshop.everything(), done.workshop.everything());
    if before.edited() > 0 {
        assert_eq!(workshop.edited(), done.head.seq, "the map is another");
    }
    let shared = workshop.shared(&BTreeSet::new(), 0);
    assert_eq!(
        shared.erased,
        Some(done.head.seq),
        "copies of before are told"
    );
    assert_eq!(
        done.erased.before,
        Hash::of(&script.records.last().unwrap().encode())
    );
    let differs = |(is, was): (&Record, &Record)| is.body != was.body;
    let changed = || records.iter().zip(&script.records).map(differs);
    assert_eq!(
        changed().filter(|differs| *differs).count() as u64,
        done.erased.records
    );
    assert_eq!(
        changed().position(|differs| differs),
        Some(done.erased.first as usize - 1)
    );
    // Done twice it is done.
    assert!(attempt(records, BEN).unwrap().is_none());
    erasure
}

/// Each text as long as it was, each letter the same or gone; everything else that is no text the same.
fn same_structure(before: &Workshop, after: &Workshop) {
    let (was, is) = (before.doc().transact(), after.doc().transact());
    for root in ["meta", "personas", "stages", "lanes", "cards", "comments"] {
        let (was_root, is_root) = (was.get_map(root).unwrap(), is.get_map(root).unwrap());
        compare(&was, &Out::YMap(was_root), &is, &Out::YMap(is_root));
    }
}

fn compare<T: ReadTxn>(a: &T, was: &Out, b: &T, is: &Out) {
    match (was, is) {
        (Out::YText(was), Out::YText(is)) => {
            let (was, is) = (was.get_string(a), is.get_string(b));
            assert_eq!(was.encode_utf16().count(), is.encode_utf16().count());
            for (was, is) in was.encode_utf16().zip(is.encode_utf16()) {
                assert!(was == is || is == '█' as u16);
            }
        }
        (Out::YMap(was), Out::YMap(is)) => {
            assert_eq!(was.len(a), is.len(b));
            for (key, was) in was.iter(a) {
                compare(a, &was, b, &is.get(b, key).unwrap());
            }
        }
        (Out::YArray(was), Out::YArray(is)) => {
            assert_eq!(was.len(a), is.len(b));
            for (was, is) in was.iter(a).zip(is.iter(b)) {
                compare(a, &was, b, &is);
            }
        }
        (Out::Any(Any::String(_)), Out::Any(Any::String(_)))
        | (Out::Any(Any::Map(_)), Out::Any(Any::Map(_))) => {}
        (Out::Any(Any::Buffer(was)), Out::Any(Any::Buffer(is))) => assert_eq!(was.len(), is.len()),
        (was, is) => assert_eq!(was, is),
    }
}

#[track_caller]
fn lacks(erasure: &Erasure, words: &[&str]) {
    let said = erasure.says();
    for word in words {
        let found = said
            .windows(word.len())
            .any(|bytes| bytes == word.as_bytes());
        assert!(!found, "{word:?} is still in the journal");
    }
}

/// Ann, Ben and Cleo at a map, each at a copy.
struct Play {
    script: Script,
    copies: Vec<Doc>,
}

impl Play {
    fn new() -> Self {
        let mut script = Script::with_people();
        script.join(Role::Participant, "Cleo", "c");
        let content: Bytes = encode_state(&flat().transact()).into();
        script.ok(Actor::Host, Body::Edit(content.clone()));
        let copies = [11, 12, 13].map(|client| {
            let peer = Peer::new(client);
            peer.hears(&content);
            peer.0
        });
        Self {
            script,
            copies: copies.into(),
        }
    }

    /// Somebody changes the map; everybody hears of it.
    fn edits(&mut self, who: ParticipantId, edit: impl FnOnce(&mut yrs::TransactionMut<'_>)) {
        let update: Bytes = {
            let mut txn = self.copies[who.0 as usize - 1].transact_mut();
            edit(&mut txn);
            txn.encode_update_v1().into()
        };
        self.script
            .ok(Actor::Participant(who), Body::Edit(update.clone()));
        for copy in &self.copies {
            Peer(copy.clone()).hears(&update);
        }
    }

    fn restores(&mut self, to: u64) {
        let mut then = Workshop::new(map_id());
        for record in self.script.records.iter().take(to as usize) {
            drop(apply(&mut then, record));
        }
        let then = CheckedUpdate::check_own(then.encode_state()).unwrap();
        let client = (1000 + self.script.workshop.seq()) << 32;
        let ground = self.script.workshop.ground(|| client);
        let restore: Restore = ground.bring_back(to, &then).unwrap();
        let update = restore.update.clone();
        self.script.ok(ann(), Body::Restore(restore));
        for copy in &self.copies {
            Peer(copy.clone()).hears(&update);
        }
    }
}

fn card(workshop: &Workshop, id: &str) -> Value {
    let map = read(&workshop.doc().transact());
    let card = map.cards.iter().find(|card| card.id == id).unwrap();
    serde_json::to_value(card).unwrap()
}

#[test]
fn erase_1_the_name_is_gone_from_every_record_and_the_tokens_open_nothing() {
    let mut script = Script::new();
    script.join(Role::Facilitator, "Ann", "a");
    script.join(Role::Participant, "Benjamin Oakley", "b");
    script.ok(
        Actor::Server,
        joins(Some(BEN), Role::Participant, "Benny", "b2"),
    );
    let (name, color) = ("Mr Oakley".to_owned(), "#123456".to_owned());
    script.ok(ben(), does(Command::Rename { name, color }));
    let erasure = erased(&script);
    lacks(&erasure, &["Benjamin", "Oakley", "Benny"]);
    let person = erasure.done.workshop.person(BEN).unwrap();
    assert_eq!(
        (person.name.as_str(), person.color.as_str()),
        (NAME, "#123456")
    );
    for with in ["b", "b2"] {
        assert_eq!(
            erasure.done.workshop.participant_by_token(token(with)),
            None
        );
    }
    assert_eq!(
        erasure.done.workshop.participant_by_token(token("a")),
        Some(ANN)
    );
    let of_ann = |records: &[Record]| encoded(&records[..2]);
    assert_eq!(
        of_ann(&erasure.records),
        of_ann(&script.records),
        "before the first, byte for byte"
    );
}

#[test]
fn erase_2_texts_go_and_structure_stays() {
    let mut play = Play::new();
    play.edits(ANN, |txn| {
        set_text(txn, Collection::Cards, "t-portal", "text", "Ann wrote this").unwrap();
    });
    play.edits(BEN, |txn| {
        set_text(
            txn,
            Collection::Cards,
            "t-portal",
            "text",
            "Ann wrote this, ДЖ",
        )
        .unwrap();
        for (name, value) in [
            ("owner", json!("ЖЖ")),
            ("author", json!("Ben Ж")),
            ("status", json!("planned")),
            ("due", json!("2026-12-24")),
            ("color", json!("#aabbcc")),
            ("score", json!(-1.5)),
            ("unknown", json!({"deep": ["Ж", 3], "kind": "Ж"})),
        ] {
            set_field(txn, Collection::Cards, "t-portal", name, Some(&value)).unwrap();
        }
        let review = json!({"everyDays": 30, "lastReviewed": "2026-11-01", "by": "Ben Ж"});
        set_map_field(txn, "review", Some(&review)).unwrap();
        set_map_field(txn, "owner", Some(&json!("Ж"))).unwrap();
    });
    // What Ann writes among his letters is hers.
    play.edits(ANN, |txn| {
        set_text(
            txn,
            Collection::Cards,
            "t-portal",
            "text",
            "Ann wrote this, Д?Ж",
        )
        .unwrap();
    });
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж", "Д", "Ben"]);
    let is = card(&erasure.done.workshop, "t-portal");
    let was = card(&play.script.workshop, "t-portal");
    assert_eq!(is["text"], "Ann wrote this███?█");
    assert_eq!(was["text"], "Ann wrote this, Д?Ж");
    assert_eq!(is["author"], NAME);
    assert_eq!(is["owner"], "█");
    assert_eq!(is["unknown"], json!({"deep": ["-", 3], "kind": "-"}));
    for field in ["status", "due", "color", "score", "lane", "stage"] {
        assert_eq!(is[field], was[field], "{field}");
    }
    assert_eq!(
        erasure.done.workshop.reviews(),
        play.script.workshop.reviews()
    );
}

#[test]
fn erase_2_what_others_gave_back_of_theirs_goes_too_and_what_they_gave_back_of_others_stays() {
    let mut script = Script::with_people();
    let (ben_at_home, ann_at_home) = (Peer::new(21), Peer::new(22));
    let first = ben_at_home.types("Ж");
    script.ok(ben(), Body::Edit(first.clone()));
    // Ben went on while the server was away; Ann heard it, and gives it back with words of her own.
    ann_at_home.hears(&first);
    ann_at_home.hears(&ben_at_home.types("ДД"));
    ann_at_home.types("ann");
    script.ok(ann(), Body::Edit(ann_at_home.whole()));
    // And Ben gives back hers.
    ben_at_home.hears(&ann_at_home.types("!"));
    script.ok(ben(), Body::Edit(ben_at_home.whole()));
    let erasure = attempt(&script.records, BEN).unwrap().unwrap();
    lacks(&erasure, &["Ж", "Д"]);
    let text = erasure.done.workshop.doc().get_or_insert_text("t");
    let text = text.get_string(&erasure.done.workshop.doc().transact());
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    assert_eq!(letters.iter().collect::<String>(), "!ann███");
}

#[test]
fn erase_2_an_edit_that_came_to_nothing_keeps_nothing() {
    let mut script = Script::with_people();
    let peer = Peer::new(21);
    let first = peer.types("one");
    drop(peer.types("Ж"));
    let third = peer.types("Д");
    script.ok(ben(), Body::Edit(first.clone()));
    script.ok(ben(), Body::Edit(first));
    script.refused("EDIT-2", ben(), Body::Edit(third));
    script.refused(
        "WIRE-3",
        ben(),
        Body::Edit(Bytes::from_static("Ж".as_bytes())),
    );
    // Nobody can tell whose this is.
    script.refused(
        "WIRE-3",
        ann(),
        Body::Edit(Bytes::from_static("Ж!".as_bytes())),
    );
    let erasure = erased(&script);
    lacks(&erasure, &["Ж", "Д", "one"]);
    let updates: Vec<_> = erasure
        .records
        .iter()
        .filter_map(|one| one.body.update())
        .collect();
    assert!(
        updates[1..].iter().all(|update| **update == [0, 0][..]),
        "{updates:?}"
    );
}

#[test]
fn erase_2_a_record_that_no_fold_looks_at_keeps_nothing_of_theirs() {
    let mut play = storm_begun(true, &[(BEN, "b1", "Ж is slow"), (CLEO, "c1", "Cleo's")]);
    let reveal = reveal(&play, 7);
    let typed = Peer::new(21).types("Д");
    let hers = Peer::new(22).types("Ann's");
    let back = joins(Some(BEN), Role::Participant, "Benny", "b2");
    for (actor, body) in [
        (ben(), Body::Edit(typed)),
        (ann(), Body::Edit(hers)),
        (ann(), Body::Reveal(reveal)),
        (Actor::Server, back),
    ] {
        play.script.ok(actor, body);
        let seq = play.script.workshop.seq();
        play.script.ok(Actor::Server, Body::Void(seq));
    }
    let erasure = attempt(&play.script.records, BEN).unwrap().unwrap();
    lacks(&erasure, &["Ж", "Д", "Ben"]);
    let is_there = |word: &[u8]| erasure.bytes.windows(word.len()).any(|bytes| bytes == word);
    assert!(is_there(b"Ann's") && is_there(b"Cleo's"));
    assert!(
        erasure.done.workshop.brainstorm().is_some(),
        "it was passed over"
    );
}

#[test]
fn erase_3_words_in_commands_go_within_their_bounds() {
    let mut script = Script::with_people();
    let set = |role| {
        Body::Command(Command::SetRole {
            participant: BEN,
            role,
        })
    };
    script.ok(ann(), set(Role::Facilitator));
    let titled = |title: &str| Step {
        instructions: "ЖЖ".to_owned(),
        ..step(title, 5, AtZero::Wait)
    };
    for body in [
        does(Command::Park {
            text: "Ж".repeat(500),
        }),
        does(Command::SetAgenda {
            steps: vec![titled("Ж"), titled("Ж")],
        }),
        does(Command::SaveVersion {
            name: "Ж Ж".to_owned(),
        }),
        does(Command::StartBrainstorm {
            setup: BrainstormSetup {
                prompt: "Ж?".to_owned(),
                focus: Focus::default(),
                signed: true,
            },
        }),
        does(Command::DiscardDrafts {}),
    ] {
        script.ok(ben(), body);
    }
    script.ok(
        ann(),
        does(Command::Park {
            text: "Ann's".to_owned(),
        }),
    );
    let erasure = erased(&script);
    lacks(&erasure, &["Ж"]);
    let parked: Vec<_> = erasure
        .done
        .workshop
        .parked()
        .iter()
        .map(|one| &one.text)
        .collect();
    assert_eq!(parked[1], "Ann's");
    assert!(parked[0].chars().all(|mark| mark == '█') && parked[0].chars().count() <= 500);
}

fn draft(id: &str, text: &str) -> Body {
    does(Command::WriteDraft {
        draft: DraftId(id.to_owned()),
        lane: "touch".to_owned(),
        stage: "search".to_owned(),
        text: text.to_owned(),
    })
}

fn storm_begun(signed: bool, drafts: &[(ParticipantId, &str, &str)]) -> Play {
    let mut play = Play::new();
    let (prompt, focus) = ("What?".to_owned(), Focus::default());
    let setup = BrainstormSetup {
        prompt,
        focus,
        signed,
    };
    play.script
        .ok(ann(), does(Command::StartBrainstorm { setup }));
    for (who, id, text) in drafts {
        play.script.ok(Actor::Participant(*who), draft(id, text));
    }
    play
}

fn reveal(play: &Play, seed: u8) -> crate::record::Reveal {
    let at = "2026-11-27T09:30:00Z";
    play.script.workshop.reveal(ann(), &[seed; 32], at)
}

fn storm(signed: bool, drafts: &[(ParticipantId, &str, &str)]) -> (Play, Erasure) {
    let mut play = storm_begun(signed, drafts);
    // One that comes too late shows nothing, and names the drafts by their words.
    let early = reveal(&play, 6);
    play.script.ok(CLEO_WRITES, draft("late", "late"));
    play.script.refused("DRAFT-7", ann(), Body::Reveal(early));
    let reveal = reveal(&play, 7);
    play.script.ok(ann(), Body::Reveal(reveal));
    let erasure = erased(&play.script);
    (play, erasure)
}

const CLEO_WRITES: Actor = Actor::Participant(CLEO);

fn words(workshop: &Workshop, texts: &[&str]) -> Vec<usize> {
    let cards = read(&workshop.doc().transact()).cards;
    let count = |text: &&str| cards.iter().filter(|card| card.text == **text).count();
    texts.iter().map(count).collect()
}

#[test]
fn erase_3_their_cards_of_a_brainstorm_go_signed_or_not_and_nobody_elses() {
    for signed in [false, true] {
        let drafts = [
            (BEN, "b1", "Ж is slow"),
            (BEN, "b1", "Ж is very slow"),
            (BEN, "b2", "Д"),
            (BEN, "b3", "both said"),
            (CLEO, "c1", "both said"),
            (CLEO, "c2", "Cleo's"),
        ];
        let (play, erasure) = storm(signed, &drafts);
        lacks(&erasure, &["Ж", "Д", "Ben"]);
        let texts = ["both said", "Cleo's", "late"];
        assert_eq!(words(&play.script.workshop, &texts), [2, 1, 1]);
        assert_eq!(
            words(&erasure.done.workshop, &texts),
            [1, 1, 1],
            "signed: {signed}"
        );
        let cards = read(&erasure.done.workshop.doc().transact()).cards;
        let cleos = cards.iter().filter(|card| card.author == "Cleo").count();
        let nobodys = cards.iter().filter(|card| card.author == NAME).count();
        assert_eq!((cleos, nobodys), if signed { (3, 3) } else { (0, 0) });
        assert!(
            erasure.done.workshop.brainstorm().is_none(),
            "the reveal still counts"
        );
    }
}

#[test]
fn erase_3_what_a_restore_brought_back_of_them_goes() {
    let mut play = Play::new();
    play.edits(ANN, |txn| {
        set_text(txn, Collection::Cards, "t-portal", "text", "Ann here").unwrap();
    });
    play.edits(BEN, |txn| {
        set_text(txn, Collection::Cards, "t-portal", "text", "Ann here ЖД").unwrap();
        set_field(
            txn,
            Collection::Cards,
            "t-portal",
            "owner",
            Some(&json!("ДЖ")),
        )
        .unwrap();
    });
    let moment = play.script.workshop.seq();
    play.edits(ANN, |txn| {
        crate::map::remove(txn, Collection::Cards, "t-portal").unwrap();
    });
    play.restores(moment);
    assert_eq!(
        card(&play.script.workshop, "t-portal")["text"],
        "Ann here ЖД"
    );
    // Brought back, taken away, and brought back from what was brought back.
    let again = play.script.workshop.seq();
    play.edits(CLEO, |txn| {
        set_text(txn, Collection::Cards, "t-portal", "text", "Cleo").unwrap();
    });
    play.restores(again);
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж", "Д"]);
    let is = card(&erasure.done.workshop, "t-portal");
    assert_eq!(is["text"], "Ann here███");
    assert_eq!(is["owner"], "█");
}

#[test]
fn erase_4_only_the_host_says_that_somebody_was_erased() {
    let mut script = Script::with_people();
    let erased = crate::record::Erased {
        participant: BEN,
        first: 1,
        records: 1,
        before: Hash::of(b""),
    };
    script.refused("ERASE-4", ann(), Body::Erased(erased.clone()));
    script.ok(Actor::Host, Body::Erased(erased));
}

#[test]
fn erase_5_who_was_never_here_changes_nothing() {
    let play = Play::new();
    assert!(
        attempt(&play.script.records, ParticipantId(9))
            .unwrap()
            .is_none()
    );
}

/// Ben's alone, and of more bytes than come together by chance in what a play makes up.
const BENS: &str = "\u{10e4}";

/// Letters of each person's own, so that what is left of Ben's shows in the bytes.
fn in_letters_of(who: usize, act: &Act) -> Act {
    let Act::Write(card, text) = act else {
        return act.clone();
    };
    let letter = ["a", BENS, "c"][who];
    Act::Write(*card, letter.repeat(text.chars().count() % 9))
}

/// A value of every kind that no map has, in Ben's letters.
fn strange(txn: &mut yrs::TransactionMut<'_>) {
    let root = txn.get_map("cards").unwrap();
    let entry = root.insert(txn, "strange", MapPrelim::default());
    let text = entry.insert(txn, "nested", TextPrelim::new("ЖЖ"));
    text.insert_embed(txn, 1, Any::from_json(r#"{"k":"Ж"}"#).unwrap());
    let link = Any::from_json(r#""Ж""#).unwrap();
    text.format(txn, 0, 1, [("link".into(), link)].into_iter().collect());
    entry.insert(txn, "bytes", Any::Buffer("Ж".as_bytes().into()));
    entry.insert(txn, "number", 3.5);
}

#[test]
fn erase_3_a_restore_brings_back_neither_embeds_nor_formats_of_theirs() {
    let mut play = Play::new();
    play.edits(BEN, strange);
    let moment = play.script.workshop.seq();
    play.edits(ANN, |txn| {
        let cards = txn.get_map("cards").unwrap();
        cards.remove(txn, "strange").unwrap();
    });
    play.restores(moment);
    let restored = play.script.records.last().unwrap().encode();
    let word = "Ж".as_bytes();
    assert!(
        restored.windows(2).any(|bytes| bytes == word),
        "it copies them"
    );
    lacks(&erased(&play.script), &["Ж"]);
}

#[test]
fn erase_2_embeds_formats_and_bytes_go() {
    let mut play = Play::new();
    play.edits(BEN, strange);
    let erasure = erased(&play.script);
    lacks(&erasure, &["Ж"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn erase_2_whatever_three_people_did_one_is_gone_and_the_others_are_not(
        acts in vec((0..3_usize, act(), proptest::option::weighted(0.06, any::<Index>())), 1..30),
    ) {
        let mut play = Play::new();
        for (fresh, (who, act, back_to)) in acts.iter().enumerate() {
            let before = play.copies[*who].transact().state_vector();
            perform(&play.copies, *who, &in_letters_of(*who, act), fresh);
            let update: Bytes = play.copies[*who].transact().encode_diff_v1(&before).into();
            if !matches!(act, Act::Hear(_)) {
                let actor = Actor::Participant(ParticipantId(*who as u32 + 1));
                play.script.ok(actor, Body::Edit(update));
            }
            let seq = play.script.workshop.seq();
            if let Some(back_to) = back_to {
                let to = back_to.index(seq as usize) as u64 + 1;
                let mut then = Workshop::new(map_id());
                for record in play.script.records.iter().take(to as usize) {
                    drop(apply(&mut then, record));
                }
                let then = CheckedUpdate::check_own(then.encode_state()).unwrap();
                let ground = play.script.workshop.ground(|| (1000 + seq) << 32);
                let restore = ground.bring_back(to, &then).unwrap();
                drop(play.script.does(ann(), Body::Restore(restore)));
            }
        }
        if attempt(&play.script.records, BEN).unwrap().is_some() {
            lacks(&erased(&play.script), &[BENS]);
        }
    }
}
