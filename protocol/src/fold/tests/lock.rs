//! LOCK: what a step holds still, rule by rule. What random and hostile people do to it is in `lock/`.

mod hostile;
pub(super) mod random;

use serde_json::json;
use yrs::{Map, ReadTxn, Text, TextRef, Transact, TransactionMut, WriteTxn};

use super::agenda::{does, step};
use super::*;
use crate::agenda::{AtZero, Focus, Step, StepId};
use crate::map::{Collection, JourneyMap, Place};

/// Two stages, two lanes; the focus is the crossing of the first two, with `in1` and `in2` in it. `right` lies beside it, `below`
/// under it. Each has a comment of its name. Ann facilitates, Ben and Cleo participate.
struct Lesson {
    script: Script,
    ann: Peer,
    ben: Peer,
}

/// Steps of its agenda.
const OPEN: u32 = 1;
const FOCUSED: u32 = 2;
const ENDING: u32 = 3;

fn content() -> JourneyMap {
    let card = |id: &str, lane: &str, stage: &str| json!({"id": id, "lane": lane, "stage": stage, "text": id});
    let comment = |id: &str| json!({"id": id, "card": id, "author": "Ann", "at": "2026-10-02T09:00:00Z", "text": id});
    let map = json!({
        "format": "cairn.map/1", "title": "Lock", "kind": "current-state",
        "personas": [{"id": "mira", "name": "Mira", "primary": true}],
        "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
        "lanes": [{"id": "pain", "kind": "pain", "title": "Pains"}, {"id": "note", "kind": "note", "title": "Notes"}],
        "cards": [card("in1", "pain", "s1"), card("in2", "pain", "s1"), card("right", "pain", "s2"), card("below", "note", "s1")],
        "comments": [comment("in1"), comment("in2"), comment("right"), comment("below")],
    });
    JourneyMap::parse(&map.to_string()).unwrap()
}

fn on(stages: &[&str], lanes: &[&str]) -> Focus {
    let named =
        |ids: &[&str]| (!ids.is_empty()).then(|| ids.iter().map(|id| (*id).to_owned()).collect());
    Focus {
        stages: named(stages),
        lanes: named(lanes),
    }
}

fn steps() -> Vec<Step> {
    vec![
        Step {
            focus: on(&["s1"], &["pain"]),
            ..step("Talk", 5, AtZero::Wait)
        },
        Step {
            focus: on(&["s1"], &["pain"]),
            lock: true,
            ..step("Pains", 5, AtZero::Wait)
        },
        step("Map", 5, AtZero::Lock),
        Step {
            lock: true,
            ..step("All of it", 5, AtZero::Wait)
        },
    ]
}

impl Lesson {
    fn prepared() -> Self {
        let mut script = Script::with_people();
        script.join(Role::Participant, "Cleo", "c");
        script.ok(ann(), Body::Edit(map::to_update(&content(), 77).into()));
        script.ok(ann(), does(Command::SetAgenda { steps: steps() }));
        let mut lesson = Self {
            script,
            ann: Peer::new(101),
            ben: Peer::new(102),
        };
        lesson.sync();
        lesson
    }

    /// In the step that locks all but one cell.
    fn focused() -> Self {
        let mut lesson = Self::prepared();
        lesson.begins(FOCUSED);
        lesson
    }

    fn begins(&mut self, id: u32) {
        self.script
            .ok(ann(), does(Command::StartStep { id: StepId(id) }));
    }

    /// Everyone's copy is what the fold has; what was refused is gone from them.
    fn sync(&mut self) {
        let state = self.script.workshop.encode_state();
        for (peer, client) in [(&mut self.ann, 101), (&mut self.ben, 102)] {
            // Each page load is a client of its own.
            let client = client + 10 * self.script.workshop.seq();
            *peer = Peer::new(client);
            peer.hears(&state);
        }
    }

    #[track_caller]
    fn lets(&mut self, what: &str, edit: impl FnOnce(&mut TransactionMut<'_>)) {
        let update = changes(&self.ben, edit);
        let folded = self.script.does(ben(), Body::Edit(update));
        assert!(folded.is_ok_and(|effects| effects.edited), "{what}");
    }

    #[track_caller]
    fn holds(&mut self, what: &str, edit: impl FnOnce(&mut TransactionMut<'_>)) {
        let update = changes(&self.ben, edit);
        assert_ne!(
            update.as_ref(),
            yrs::Update::EMPTY_V1,
            "{what}: it changes something"
        );
        let before = self.script.workshop.snapshot_without_place();
        let refusal = self.script.does(ben(), Body::Edit(update)).expect_err(what);
        assert_eq!(refusal.rule, "LOCK-1", "{what}");
        assert!(
            before == self.script.workshop.snapshot_without_place(),
            "{what}"
        );
        self.sync();
    }
}

/// What a peer does, as an update.
pub(super) fn changes(peer: &Peer, edit: impl FnOnce(&mut TransactionMut<'_>)) -> Bytes {
    let mut txn = peer.0.transact_mut();
    edit(&mut txn);
    txn.encode_update_v1().into()
}

fn entry(txn: &TransactionMut<'_>, collection: Collection, id: &str) -> yrs::MapRef {
    let root = txn.get_map(collection.root()).unwrap();
    root.get(txn, id).unwrap().cast().unwrap()
}

fn card(txn: &TransactionMut<'_>, id: &str) -> yrs::MapRef {
    entry(txn, Collection::Cards, id)
}

fn types(txn: &mut TransactionMut<'_>, collection: Collection, id: &str, field: &str) {
    let text: TextRef = entry(txn, collection, id)
        .get(txn, field)
        .unwrap()
        .cast()
        .unwrap();
    text.push(txn, "!");
}

fn adds(txn: &mut TransactionMut<'_>, id: &str, lane: &str, stage: &str) {
    let new = map::Card {
        id: id.to_owned(),
        lane: lane.to_owned(),
        stage: stage.to_owned(),
        ..map::Card::default()
    };
    map::add_card(txn, &new, Place::Last).unwrap();
}

fn moves(txn: &mut TransactionMut<'_>, id: &str, lane: &str, stage: &str) {
    map::move_card(txn, id, lane, stage, Place::Last).unwrap();
}

fn comments(txn: &mut TransactionMut<'_>, id: &str, card: &str) {
    let new = map::Comment {
        id: id.to_owned(),
        card: card.to_owned(),
        ..map::Comment::default()
    };
    map::add_comment(txn, &new, Place::Last).unwrap();
}

fn removes(txn: &mut TransactionMut<'_>, collection: Collection, id: &str) {
    map::remove(txn, collection, id).unwrap();
}

use Collection::{Cards, Comments, Lanes, Personas, Stages};

#[test]
fn lock_1_participants_change_nothing_outside_the_focus() {
    let mut lesson = Lesson::focused();
    lesson.lets("a card inside", |txn| types(txn, Cards, "in1", "text"));
    lesson.holds("a card in another stage", |txn| {
        types(txn, Cards, "right", "text");
    });
    lesson.holds("a card in another lane", |txn| {
        types(txn, Cards, "below", "text");
    });
    lesson.lets("inside again", |txn| types(txn, Cards, "in1", "text"));
}

#[test]
fn lock_1_facilitators_and_the_host_are_free() {
    let mut lesson = Lesson::focused();
    for (who, what) in [(ann(), "a facilitator"), (Actor::Host, "the host")] {
        let update = changes(&lesson.ann, |txn| types(txn, Cards, "below", "text"));
        assert!(lesson.script.ok(who, Body::Edit(update)).edited, "{what}");
    }
    // Whoever is made one, is.
    let promote = Command::SetRole {
        participant: BEN,
        role: Role::Facilitator,
    };
    lesson.holds("not yet", |txn| types(txn, Cards, "below", "text"));
    lesson.script.ok(ann(), does(promote));
    lesson.lets("now", |txn| types(txn, Cards, "below", "text"));
}

#[test]
fn lock_1_a_step_without_lock_or_on_the_whole_map_holds_nothing() {
    let mut lesson = Lesson::prepared();
    for step in [OPEN, ENDING, 4] {
        lesson.begins(step);
        assert_eq!(lesson.script.workshop.lock(), None, "step {step}");
        lesson.lets("anything", |txn| types(txn, Cards, "below", "text"));
    }
}

#[test]
fn lock_1_it_holds_while_the_step_is_under_way() {
    let mut lesson = Lesson::prepared();
    lesson.lets("before", |txn| types(txn, Cards, "below", "text"));
    lesson.begins(FOCUSED);
    lesson.script.ok(ann(), does(Command::Pause {}));
    lesson.holds("paused", |txn| types(txn, Cards, "below", "text"));
    lesson.script.ok(ann(), does(Command::Resume {}));
    lesson.script.clock += 6 * 60_000;
    lesson.script.ok(Actor::Server, Body::Tick);
    lesson.holds("waiting at zero", |txn| types(txn, Cards, "below", "text"));
    // Changed under way, it holds what it says now.
    let wider = Step {
        focus: on(&["s1"], &[]),
        ..steps()[1].clone()
    };
    let change = Command::ChangeStep {
        id: StepId(FOCUSED),
        step: wider,
    };
    lesson.script.ok(ann(), does(change));
    lesson.lets("every lane", |txn| types(txn, Cards, "below", "text"));
    lesson.holds("the other stage", |txn| types(txn, Cards, "right", "text"));
    lesson.script.ok(ann(), does(Command::NextStep {}));
    lesson.lets("the next step", |txn| types(txn, Cards, "right", "text"));
    lesson.begins(FOCUSED);
    lesson.holds("again", |txn| types(txn, Cards, "right", "text"));
    lesson.script.ok(ann(), does(Command::FinishAgenda {}));
    lesson.lets("finished", |txn| types(txn, Cards, "right", "text"));
}

#[test]
fn lock_1_connections_of_an_open_server_are_bound_too() {
    let mut script = Script::open();
    script.ok(
        Actor::Anonymous,
        Body::Edit(map::to_update(&content(), 77).into()),
    );
    let host = |command| (Actor::Host, does(command));
    let (who, body) = host(Command::SetAgenda { steps: steps() });
    script.ok(who, body);
    let (who, body) = host(Command::StartStep {
        id: StepId(FOCUSED),
    });
    script.ok(who, body);
    let guest = Peer::new(9);
    guest.hears(&script.workshop.encode_state());
    let update = changes(&guest, |txn| types(txn, Cards, "in1", "text"));
    assert!(script.ok(Actor::Anonymous, Body::Edit(update)).edited);
    let update = changes(&guest, |txn| types(txn, Cards, "below", "text"));
    script.refused("LOCK-1", Actor::Anonymous, Body::Edit(update));
}

#[test]
fn lock_2_at_zero_the_map_stands_still_and_nothing_else() {
    let mut lesson = Lesson::prepared();
    lesson.begins(ENDING);
    lesson.lets("while it runs", |txn| types(txn, Cards, "in1", "text"));
    let deadline = 5 * 60_000;
    lesson.script.clock += deadline;
    let typed = changes(&lesson.ben, |txn| types(txn, Cards, "in1", "text"));
    lesson
        .script
        .refused_at_last("LOCK-2", ben(), Body::Edit(typed.clone()));
    let all = changes(&lesson.ann, |txn| types(txn, Cards, "below", "text"));
    assert!(lesson.script.ok(ann(), Body::Edit(all)).edited);
    for open in [
        Command::SetReady {
            ready: true,
            step: None,
        },
        Command::RaiseHand { raised: true },
        Command::Park {
            text: "Later".to_owned(),
        },
    ] {
        lesson.script.ok(ben(), does(open));
    }
    lesson
        .script
        .ok(ann(), does(Command::Extend { seconds: 60 }));
    assert!(
        lesson.script.ok(ben(), Body::Edit(typed)).edited,
        "more time"
    );
    lesson.script.clock += 60_000;
    let more = changes(&lesson.ben, |txn| types(txn, Cards, "in1", "text"));
    lesson
        .script
        .refused_at_last("LOCK-2", ben(), Body::Edit(more.clone()));
    lesson.script.ok(ann(), does(Command::NextStep {}));
    assert!(lesson.script.ok(ben(), Body::Edit(more)).edited, "gone on");
}

impl Script {
    /// As `refused`, for what comes just after a deadline, by which the clock changes.
    #[track_caller]
    fn refused_at_last(&mut self, rule: &str, actor: Actor, body: Body) {
        self.ok(Actor::Server, Body::Tick);
        self.refused(rule, actor, body);
    }
}

#[test]
fn lock_2_a_focus_at_zero_gives_way_to_it() {
    let mut lesson = Lesson::prepared();
    let both = Step {
        at_zero: AtZero::Lock,
        ..steps()[1].clone()
    };
    let change = Command::ChangeStep {
        id: StepId(FOCUSED),
        step: both,
    };
    lesson.script.ok(ann(), does(change));
    lesson.begins(FOCUSED);
    lesson.holds("outside", |txn| types(txn, Cards, "below", "text"));
    lesson.lets("inside", |txn| types(txn, Cards, "in1", "text"));
    lesson.script.clock += 5 * 60_000;
    let update = changes(&lesson.ben, |txn| types(txn, Cards, "in1", "text"));
    lesson
        .script
        .refused_at_last("LOCK-2", ben(), Body::Edit(update));
}

#[test]
fn lock_3_cards_come_go_and_move_inside_the_focus() {
    let mut lesson = Lesson::focused();
    lesson.lets("a new card inside", |txn| adds(txn, "new", "pain", "s1"));
    lesson.holds("a new card outside", |txn| adds(txn, "new2", "pain", "s2"));
    lesson.lets("its order", |txn| {
        map::move_card(txn, "in2", "pain", "s1", Place::First).unwrap();
    });
    lesson.holds("out of it", |txn| moves(txn, "in1", "pain", "s2"));
    lesson.holds("into it", |txn| moves(txn, "below", "pain", "s1"));
    lesson.holds("the order of others", |txn| {
        map::move_card(txn, "right", "pain", "s2", Place::First).unwrap();
    });
    lesson.holds("a card outside deleted", |txn| removes(txn, Cards, "right"));
    lesson.lets("a card inside deleted", |txn| removes(txn, Cards, "in1"));
    lesson.lets("and made again, as an undo does", |txn| {
        adds(txn, "in1", "pain", "s1");
    });
    lesson.holds("made again elsewhere", |txn| {
        removes(txn, Cards, "in1");
        adds(txn, "in1", "note", "s1");
    });
}

#[test]
fn lock_3_a_focus_of_several_cells_lets_cards_move_between_them() {
    let mut lesson = Lesson::focused();
    let wider = Step {
        focus: on(&[], &["pain"]),
        ..steps()[1].clone()
    };
    let change = Command::ChangeStep {
        id: StepId(FOCUSED),
        step: wider,
    };
    lesson.script.ok(ann(), does(change));
    lesson.lets("along the lane", |txn| moves(txn, "in1", "pain", "s2"));
    lesson.holds("off it", |txn| moves(txn, "in1", "note", "s2"));
}

#[test]
fn lock_3_comments_go_with_their_cards() {
    let mut lesson = Lesson::focused();
    lesson.lets("on a card inside", |txn| comments(txn, "new", "in1"));
    lesson.holds("on a card outside", |txn| comments(txn, "new2", "below"));
    lesson.lets("on a new card", |txn| {
        adds(txn, "fresh", "pain", "s1");
        comments(txn, "on-fresh", "fresh");
    });
    lesson.holds("on a card outside, with a new card inside", |txn| {
        adds(txn, "fresh2", "pain", "s1");
        comments(txn, "on-below", "below");
    });
    lesson.lets("a word more", |txn| types(txn, Comments, "in1", "text"));
    lesson.holds("a word more outside", |txn| {
        types(txn, Comments, "below", "text");
    });
    lesson.lets("solved", |txn| {
        entry(txn, Comments, "in1").insert(txn, "resolved", true);
    });
    lesson.holds("carried out", |txn| {
        entry(txn, Comments, "in1").insert(txn, "card", "below");
    });
    lesson.holds("carried in", |txn| {
        entry(txn, Comments, "below").insert(txn, "card", "in1");
    });
    lesson.lets("carried within", |txn| {
        entry(txn, Comments, "in1").insert(txn, "card", "in2");
    });
    lesson.holds("deleted outside", |txn| removes(txn, Comments, "right"));
    lesson.lets("deleted inside", |txn| removes(txn, Comments, "in1"));
    lesson.lets("deleted with its card", |txn| {
        removes(txn, Cards, "in2");
        removes(txn, Comments, "in2");
    });
}

#[test]
fn lock_3_the_frame_of_the_map_stands_still() {
    let mut lesson = Lesson::focused();
    lesson.holds("a stage's title", |txn| types(txn, Stages, "s1", "title"));
    lesson.holds("a lane's title", |txn| types(txn, Lanes, "pain", "title"));
    lesson.holds("a persona's name", |txn| {
        types(txn, Personas, "mira", "name");
    });
    lesson.holds("the map's title", |txn| {
        map::set_map_text(txn, "title", "Mine").unwrap();
    });
    lesson.holds("the map's owner", |txn| {
        map::set_map_field(txn, "owner", Some(&json!("Ben"))).unwrap();
    });
    for collection in [Stages, Lanes, Personas] {
        let id = match collection {
            Stages => "s1",
            Lanes => "pain",
            Personas | Cards | Comments => "mira",
        };
        lesson.holds("deleted", |txn| removes(txn, collection, id));
    }
    lesson.holds("a new stage", |txn| {
        let stage = map::Stage {
            id: "s3".to_owned(),
            ..map::Stage::default()
        };
        map::add_stage(txn, &stage, Place::Last).unwrap();
    });
    lesson.holds("something no map has", |txn| {
        txn.get_or_insert_text("t").push(txn, "x");
    });
}

#[test]
fn lock_4_an_update_that_touches_both_is_refused_whole() {
    let mut lesson = Lesson::focused();
    lesson.holds("in and out", |txn| {
        types(txn, Cards, "in1", "text");
        types(txn, Cards, "below", "text");
    });
    lesson.holds("in and the title", |txn| {
        adds(txn, "new", "pain", "s1");
        map::set_map_text(txn, "title", "Mine").unwrap();
    });
    let map = map::read(&lesson.script.workshop.doc().transact());
    assert_eq!(map, content());
}

#[test]
fn lock_4_what_is_known_is_no_fault() {
    let mut lesson = Lesson::prepared();
    let outside = changes(&lesson.ben, |txn| types(txn, Cards, "below", "text"));
    lesson.script.ok(ben(), Body::Edit(outside.clone()));
    for step in [FOCUSED, ENDING] {
        lesson.begins(step);
        lesson.script.clock += 6 * 60_000;
        let whole = lesson.ben.whole();
        for known in [outside.clone(), whole] {
            let effects = lesson.script.ok(ben(), Body::Edit(known));
            assert!(!effects.edited);
        }
    }
}

#[test]
fn lock_4_what_is_typed_into_a_card_that_was_deleted_harms_nobody() {
    let mut lesson = Lesson::focused();
    let typed = changes(&lesson.ben, |txn| types(txn, Cards, "in1", "text"));
    let gone = changes(&lesson.ann, |txn| removes(txn, Cards, "in1"));
    lesson.script.ok(ann(), Body::Edit(gone));
    lesson.script.ok(ben(), Body::Edit(typed));
    let map = map::read(&lesson.script.workshop.doc().transact());
    assert!(map.cards.iter().all(|card| card.id != "in1"));
}

#[test]
fn lock_5_what_counts_is_the_place_in_the_journal() {
    // Made before the lock and in the journal after it.
    let mut lesson = Lesson::prepared();
    let outside = changes(&lesson.ben, |txn| types(txn, Cards, "below", "text"));
    lesson.begins(FOCUSED);
    lesson
        .script
        .refused("LOCK-1", ben(), Body::Edit(outside.clone()));
    // Made under the lock and in the journal after it.
    lesson.script.ok(ann(), does(Command::FinishAgenda {}));
    assert!(lesson.script.ok(ben(), Body::Edit(outside)).edited);
}

#[test]
fn lock_5_of_two_who_move_a_card_at_once_the_order_decides() {
    for ben_first in [true, false] {
        let mut lesson = Lesson::focused();
        let wider = Step {
            focus: on(&["s1", "s2"], &["pain"]),
            ..steps()[1].clone()
        };
        let change = Command::ChangeStep {
            id: StepId(FOCUSED),
            step: wider,
        };
        lesson.script.ok(ann(), does(change));
        let within = changes(&lesson.ben, |txn| moves(txn, "in1", "pain", "s2"));
        let away = changes(&lesson.ann, |txn| moves(txn, "in1", "note", "s1"));
        if ben_first {
            lesson.script.ok(ben(), Body::Edit(within));
            lesson.script.ok(ann(), Body::Edit(away));
        } else {
            // It lies outside by now, whichever of the two lanes would win.
            lesson.script.ok(ann(), Body::Edit(away));
            lesson.script.refused("LOCK-1", ben(), Body::Edit(within));
        }
    }
}
