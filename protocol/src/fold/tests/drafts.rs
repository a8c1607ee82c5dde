//! DRAFT: brainstorms.

use std::collections::BTreeSet;

use proptest::prelude::*;
use yrs::Transact;

use super::agenda::{does, step};
use super::*;
use crate::agenda::{AtZero, Focus, Mode, Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::channel::{DraftView, Personal, WritingView};
use crate::map::{Card, JourneyMap, bounds, schema::Collection};
use crate::record::{Hash, Reveal};

const CLEO: ParticipantId = ParticipantId(3);
const OLGA: ParticipantId = ParticipantId(4);
const NOW: &str = "2026-11-27T09:30:00Z";

/// A map of two stages and four lanes with a card in the first cell; Ann facilitates, Ben and Cleo participate, Olga observes.
struct Storm {
    script: Script,
    ann_at_home: Peer,
    /// Seeds used up.
    seeds: u8,
}

fn setup() -> BrainstormSetup {
    BrainstormSetup {
        prompt: "What gets in the way?".to_owned(),
        focus: Focus::default(),
        signed: false,
    }
}

fn named(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn write(id: &str, lane: &str, stage: &str, text: &str) -> Body {
    does(Command::WriteDraft {
        draft: DraftId(id.to_owned()),
        lane: lane.to_owned(),
        stage: stage.to_owned(),
        text: text.to_owned(),
    })
}

fn drop_draft(id: &str) -> Body {
    does(Command::DropDraft {
        draft: DraftId(id.to_owned()),
    })
}

fn start(setup: BrainstormSetup) -> Body {
    does(Command::StartBrainstorm { setup })
}

impl Storm {
    fn prepared() -> Self {
        let mut script = Script::with_people();
        script.join(Role::Participant, "Cleo", "c");
        script.join(Role::Observer, "Olga", "o");
        let map = serde_json::json!({
            "format": "cairn.map/1", "title": "Storm", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "lanes": [
                {"id": "lt", "kind": "touchpoint", "title": "T"}, {"id": "lp", "kind": "pain", "title": "P"},
                {"id": "lq", "kind": "pain", "title": "Q"}, {"id": "le", "kind": "emotion", "title": "E"},
            ],
            "cards": [{"id": "c1", "lane": "lt", "stage": "s1", "text": "There before"}],
        });
        let map = JourneyMap::parse(&map.to_string()).unwrap();
        let update: Bytes = map::to_update(&map, 77).into();
        script.ok(ann(), Body::Edit(update.clone()));
        let ann_at_home = Peer::new(78);
        ann_at_home.hears(&update);
        Self {
            script,
            ann_at_home,
            seeds: 0,
        }
    }

    fn begun(setup: BrainstormSetup) -> Self {
        let mut storm = Self::prepared();
        storm.script.ok(ann(), start(setup));
        storm
    }

    #[track_caller]
    fn writes(&mut self, who: ParticipantId, id: &str, cell: (&str, &str), text: &str) {
        let (lane, stage) = cell;
        let effects = self
            .script
            .ok(Actor::Participant(who), write(id, lane, stage, text));
        assert_eq!(effects.personal, Concerned::One(who));
        assert!(!effects.shared && !effects.edited, "{effects:?}");
    }

    /// As the room makes it.
    fn made(&mut self) -> Reveal {
        self.seeds += 1;
        self.script.workshop.reveal(ann(), &[self.seeds; 32], NOW)
    }

    #[track_caller]
    fn reveals(&mut self) -> Effects {
        let reveal = self.made();
        self.script.ok(ann(), Body::Reveal(reveal))
    }

    fn edits(&mut self, change: impl FnOnce(&mut yrs::TransactionMut)) {
        let update: Bytes = {
            let mut txn = self.ann_at_home.0.transact_mut();
            change(&mut txn);
            txn.encode_update_v1().into()
        };
        self.script.ok(ann(), Body::Edit(update));
    }

    fn deletes(&mut self, collection: Collection, id: &str) {
        self.edits(|txn| map::remove(txn, collection, id).unwrap());
    }

    /// The cards of the map beside the one that was there.
    fn cards(&self) -> Vec<Card> {
        let mut cards = map::read(&self.script.workshop.doc().transact()).cards;
        cards.retain(|card| card.id != "c1");
        cards
    }

    fn texts(&self) -> Vec<String> {
        self.cards().into_iter().map(|card| card.text).collect()
    }

    fn view(&self, who: ParticipantId) -> Personal {
        self.script.workshop.personal(who, None).unwrap()
    }

    fn own(&self, who: ParticipantId) -> Vec<String> {
        let drafts = self.view(who).drafts.into_iter();
        drafts.map(|DraftView { text, .. }| text).collect()
    }

    /// Opened anew from a snapshot.
    fn restarts(&mut self) {
        self.script.workshop = self.script.restored();
    }
}

#[test]
fn draft_1_one_brainstorm_at_a_time_and_facilitators_begin_it() {
    let mut storm = Storm::prepared();
    let bad = [
        BrainstormSetup {
            prompt: " ".to_owned(),
            ..setup()
        },
        BrainstormSetup {
            prompt: "x".repeat(201),
            ..setup()
        },
        BrainstormSetup {
            focus: Focus {
                stages: Some(Vec::new()),
                lanes: None,
            },
            ..setup()
        },
        BrainstormSetup {
            focus: Focus {
                stages: None,
                lanes: Some(named(&["no id"])),
            },
            ..setup()
        },
    ];
    for setup in bad {
        storm.script.refused("DRAFT-1", ann(), start(setup));
    }
    storm.script.refused("ROLE-3", ben(), start(setup()));
    let effects = storm.script.ok(ann(), start(setup()));
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    let other = BrainstormSetup {
        signed: true,
        ..setup()
    };
    storm.script.refused("DRAFT-1", ann(), start(other));
    let shown = storm.script.workshop.shared(&BTreeSet::new(), 0).brainstorm;
    assert_eq!(shown.unwrap().setup, setup());
}

/// A brainstorm of one minute and then another, signed, in the pains.
fn steps() -> Vec<Step> {
    let first = Step {
        mode: Mode::Brainstorm,
        ..step("Alone", 1, AtZero::Advance)
    };
    let second = Step {
        signed: true,
        focus: Focus {
            stages: None,
            lanes: Some(named(&["lp"])),
        },
        ..first.clone()
    };
    vec![
        first,
        Step {
            title: "Pains".to_owned(),
            ..second
        },
        step("Talk", None, AtZero::Wait),
    ]
}

#[test]
fn draft_1_a_brainstorm_begins_with_its_step_and_stays_whatever_follows() {
    let mut storm = Storm::prepared();
    storm
        .script
        .ok(ann(), does(Command::SetAgenda { steps: steps() }));
    let effects = storm
        .script
        .ok(ann(), does(Command::StartStep { id: StepId(1) }));
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    let began = storm.script.workshop.at();
    storm.writes(BEN, "d", ("lt", "s1"), "mine");
    // Its time is up and another step for a brainstorm begins: this one goes on.
    storm.script.clock += 60_000;
    let effects = storm.script.ok(Actor::Server, Body::Tick);
    assert_eq!(effects.personal, Concerned::Nobody);
    storm.script.ok(ann(), does(Command::NextStep {}));
    storm.script.ok(ann(), does(Command::FinishAgenda {}));
    let under_way = storm.script.workshop.brainstorm().unwrap();
    assert_eq!(
        (under_way.setup.prompt.as_str(), under_way.began),
        ("Alone", began)
    );
    assert_eq!(storm.own(BEN), ["mine"]);
    // Once it is over, a step begun anew is a brainstorm again, as that step says.
    storm.reveals();
    storm
        .script
        .ok(ann(), does(Command::StartStep { id: StepId(2) }));
    let expected = BrainstormSetup {
        prompt: "Pains".to_owned(),
        focus: Focus {
            stages: None,
            lanes: Some(named(&["lp"])),
        },
        signed: true,
    };
    assert_eq!(
        storm.script.workshop.brainstorm().unwrap().setup,
        expected.clone()
    );
    // A step changed later changes nothing for those who write.
    let changed = Step {
        signed: false,
        ..steps().remove(1)
    };
    let change = Command::ChangeStep {
        id: StepId(2),
        step: changed,
    };
    storm.script.ok(ann(), does(change));
    assert_eq!(storm.script.workshop.brainstorm().unwrap().setup, expected);
}

#[test]
fn draft_1_a_brainstorm_begins_as_of_the_deadline_of_the_step_before() {
    let mut storm = Storm::prepared();
    let before = step("Talk", 1, AtZero::Advance);
    let steps = [vec![before], steps()].concat();
    storm.script.ok(ann(), does(Command::SetAgenda { steps }));
    storm
        .script
        .ok(ann(), does(Command::StartStep { id: StepId(1) }));
    let deadline = storm.script.workshop.at() + 60_000;
    storm.script.clock = deadline + 5;
    let effects = storm.script.ok(Actor::Server, Body::Tick);
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    assert_eq!(storm.script.workshop.brainstorm().unwrap().began, deadline);
}

#[test]
fn draft_2_people_write_and_rewrite_and_drop_their_own() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "first");
    storm.writes(BEN, "d2", ("lp", "s2"), "second");
    storm.writes(ANN, "d1", ("lp", "s2"), "of the facilitator");
    storm.writes(BEN, "d1", ("lq", "s2"), "first, better");
    let view = storm.view(BEN).drafts;
    assert_eq!(
        (view[0].lane.as_str(), view[0].text.as_str()),
        ("lq", "first, better")
    );
    // Said again it is the same.
    let again = storm
        .script
        .ok(ben(), write("d1", "lq", "s2", "first, better"));
    assert_eq!(again, Effects::default());
    // One id of two writers names two drafts.
    storm.script.ok(ann(), drop_draft("d1"));
    assert_eq!(storm.own(BEN), ["first, better", "second"]);
    assert_eq!(
        storm.script.ok(ben(), drop_draft("d1")).personal,
        Concerned::One(BEN)
    );
    assert_eq!(storm.script.ok(ben(), drop_draft("d1")), Effects::default());
    assert_eq!(storm.own(BEN), ["second"]);
    // Even what a feeling or a figure is about can be written; its score or value comes later.
    storm.writes(BEN, "d3", ("le", "s1"), "Lost");
}

#[test]
fn draft_2_nobody_else_writes_and_nothing_out_of_bounds_or_place() {
    let mut storm = Storm::begun(BrainstormSetup {
        focus: Focus {
            stages: Some(named(&["s1", "gone"])),
            lanes: Some(named(&["lt", "lp", "gone"])),
        },
        ..setup()
    });
    let good = || write("d", "lt", "s1", "x");
    for nobody in [Actor::Participant(OLGA), Actor::Host, Actor::Anonymous] {
        storm.script.refused("DRAFT-2", nobody, good());
        storm
            .script
            .refused("DRAFT-2", Actor::Host, drop_draft("d"));
    }
    let long = "é".repeat(limits::DRAFT_CHARS);
    for bad in [
        write("d", "lt", "s1", " \n"),
        write("d", "lt", "s1", &format!("{long}é")),
        write("", "lt", "s1", "x"),
        write("no id", "lt", "s1", "x"),
        write(&"d".repeat(65), "lt", "s1", "x"),
        write("d", "lq", "s1", "outside"),
        write("d", "lt", "s2", "outside"),
        write("d", "gone", "s1", "in the focus, not in the map"),
        write("d", "lt", "gone", "in the focus, not in the map"),
    ] {
        storm.script.refused("DRAFT-2", ben(), bad);
    }
    storm.script.ok(ben(), write("d", "lt", "s1", &long));
    storm.script.ok(ann(), does(Command::DiscardDrafts {}));
    storm.script.refused("DRAFT-2", ben(), good());
    storm.script.refused("DRAFT-2", ben(), drop_draft("d"));
}

#[test]
fn draft_2_a_writer_and_a_brainstorm_hold_so_much() {
    let mut storm = Storm::begun(setup());
    for n in 0..limits::DRAFTS {
        storm
            .script
            .ok(ben(), write(&format!("d{n}"), "lt", "s1", "x"));
    }
    storm
        .script
        .refused("DRAFT-2", ben(), write("more", "lt", "s1", "x"));
    storm.writes(BEN, "d0", ("lt", "s1"), "other words for one there is");
    storm.script.ok(ben(), drop_draft("d0"));
    storm.writes(BEN, "more", ("lt", "s1"), "x");
    // 64 of 2 KiB are all that one writer's drafts hold.
    let page = "x".repeat(limits::DRAFT_CHARS);
    let pages = limits::DRAFT_BYTES / limits::DRAFT_CHARS;
    for n in 0..pages {
        storm
            .script
            .ok(ann(), write(&format!("d{n}"), "lt", "s1", &page));
    }
    storm
        .script
        .refused("DRAFT-2", ann(), write("more", "lt", "s1", &page));
    storm.writes(ANN, "d0", ("lp", "s1"), &page);
    // Their view fits a message of the channel whatever they wrote.
    let worst = "\u{1}".repeat(limits::DRAFT_BYTES);
    let json = serde_json::to_string(&worst).unwrap().len();
    let names = limits::DRAFTS * 5 * bounds::MAX_ID;
    assert!(json + names < limits::MAX_WORKSHOP_BYTES);
}

/// As many as there may be, from as many writers as that takes.
fn full() -> Storm {
    let mut storm = Storm::begun(setup());
    for writer in 0..limits::ALL_DRAFTS / limits::DRAFTS {
        let who = storm
            .script
            .join(Role::Participant, "Guest", &writer.to_string());
        for n in 0..limits::DRAFTS {
            let text = format!("{n} of {who}");
            let body = write(&format!("d{n}"), "lt", "s1", &text);
            storm.script.ok(Actor::Participant(who), body);
        }
    }
    storm
}

#[test]
fn draft_2_and_draft_4_a_full_brainstorm_takes_no_more_and_comes_out_whole() {
    let mut storm = full();
    storm
        .script
        .refused("DRAFT-2", ben(), write("d", "lt", "s1", "one more"));
    storm.reveals();
    let texts: BTreeSet<String> = storm.texts().into_iter().collect();
    assert_eq!(texts.len(), limits::ALL_DRAFTS);
}

#[test]
fn draft_4_the_longest_brainstorm_fits_one_update() {
    let mut storm = Storm::begun(setup());
    let page = "x".repeat(limits::DRAFT_CHARS);
    let most = limits::ALL_DRAFT_BYTES / page.len();
    let own = limits::DRAFT_BYTES / page.len();
    let mut written = 0;
    let mut who = BEN;
    while written < most {
        if written % own == 0 {
            who = storm
                .script
                .join(Role::Participant, "Guest", &written.to_string());
        }
        let body = write(&format!("d{written}"), "lt", "s1", &page);
        storm.script.ok(Actor::Participant(who), body);
        written += 1;
    }
    storm
        .script
        .refused("DRAFT-2", ben(), write("d", "lt", "s1", &page));
    let reveal = storm.made();
    assert!(CheckedUpdate::check(reveal.update.clone()).is_ok());
    storm.script.ok(ann(), Body::Reveal(reveal));
    assert_eq!(storm.cards().len(), most);
}

#[test]
fn draft_2_while_a_step_holds_the_map_still_nothing_is_written_but_what_is_there_may_go() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "in time");
    let locks = Step {
        lock: true,
        focus: Focus {
            stages: None,
            lanes: Some(named(&["lp"])),
        },
        ..step("Look", 1, AtZero::Lock)
    };
    let steps = vec![locks];
    storm.script.ok(ann(), does(Command::SetAgenda { steps }));
    storm
        .script
        .ok(ann(), does(Command::StartStep { id: StepId(1) }));
    // A lock outside the focus binds the map, not what people write for themselves.
    storm.writes(BEN, "d2", ("lt", "s1"), "outside the step");
    storm.script.clock += 60_000;
    storm.script.ok(Actor::Server, Body::Tick);
    let late = || write("d3", "lp", "s1", "too late");
    storm.script.refused("LOCK-2", ben(), late());
    storm.script.ok(ben(), drop_draft("d2"));
    storm.writes(ANN, "d1", ("lp", "s1"), "of the facilitator");
    storm
        .script
        .ok(ann(), does(Command::Extend { seconds: 60 }));
    storm.script.ok(ben(), late());
    storm.script.clock += 60_000;
    storm.reveals();
    assert_eq!(storm.cards().len(), 3);
}

#[test]
fn draft_3_drafts_go_with_somebody_removed_and_stay_with_an_observer() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "of Ben");
    storm.writes(CLEO, "d1", ("lt", "s1"), "of Cleo");
    storm.writes(CLEO, "d2", ("lt", "s1"), "of Cleo, too");
    storm
        .script
        .ok(ann(), does(Command::Remove { participant: BEN }));
    let observer = Command::SetRole {
        participant: CLEO,
        role: Role::Observer,
    };
    storm.script.ok(ann(), does(observer));
    let cleo = Actor::Participant(CLEO);
    storm
        .script
        .refused("DRAFT-2", cleo, write("d3", "lt", "s1", "more"));
    storm.script.ok(cleo, drop_draft("d2"));
    assert_eq!(storm.own(CLEO), ["of Cleo"]);
    // Somebody who comes late joins in.
    let dora = storm.script.join(Role::Participant, "Dora", "d");
    storm.writes(dora, "d1", ("lt", "s1"), "of Dora");
    storm.reveals();
    let texts: BTreeSet<String> = storm.texts().into_iter().collect();
    assert_eq!(
        texts,
        BTreeSet::from(["of Cleo".to_owned(), "of Dora".to_owned()])
    );
}

#[test]
fn draft_4_unsigned_cards_come_in_an_order_drawn_by_lot_and_name_nobody() {
    let mut orders = BTreeSet::new();
    for seed in 0..8 {
        let mut storm = Storm::begun(setup());
        storm.seeds = seed;
        for n in 0..5 {
            for who in [BEN, CLEO] {
                storm.writes(
                    who,
                    &format!("d{n}"),
                    ("lt", "s1"),
                    &format!("{n} of {who}"),
                );
            }
        }
        let effects = storm.reveals();
        assert_eq!(
            (effects.edited, effects.shared, effects.personal),
            (true, true, Concerned::Everyone)
        );
        let cards = storm.cards();
        for card in &cards {
            let place = (card.lane.as_str(), card.stage.as_str());
            assert_eq!((place, card.author.as_str()), (("lt", "s1"), ""));
            assert_eq!(card.created_at, NOW);
        }
        let ids: BTreeSet<&str> = cards.iter().map(|card| card.id.as_str()).collect();
        assert_eq!(ids.len(), 10);
        orders.insert(storm.texts());
        // The card that was there is still the first of its cell.
        let all = map::read(&storm.script.workshop.doc().transact()).cards;
        assert_eq!(all[0].id, "c1");
        assert!(storm.script.workshop.brainstorm().is_none());
        assert!(storm.own(BEN).is_empty());
    }
    assert_eq!(orders.len(), 8, "the order follows the seed alone");
}

#[test]
fn draft_4_signed_cards_stand_by_writer_and_time_under_the_name_of_the_day() {
    let mut storm = Storm::begun(BrainstormSetup {
        signed: true,
        ..setup()
    });
    for (who, id) in [(CLEO, "d1"), (BEN, "d2"), (CLEO, "d0"), (BEN, "d1")] {
        storm.writes(who, id, ("lt", "s1"), &format!("{id} of {who}"));
    }
    // Written anew it keeps its place.
    storm.writes(BEN, "d2", ("lt", "s1"), "d2 of p2, better");
    let rename = Command::Rename {
        name: "Benno".to_owned(),
        color: "#000000".to_owned(),
    };
    storm.script.ok(ben(), does(rename));
    storm.reveals();
    let cards = storm.cards();
    let shown: Vec<_> = cards
        .iter()
        .map(|card| (card.author.as_str(), card.text.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("Benno", "d2 of p2, better"),
            ("Benno", "d1 of p2"),
            ("Cleo", "d1 of p3"),
            ("Cleo", "d0 of p3")
        ]
    );
}

#[test]
fn draft_4_only_facilitators_reveal_and_only_what_there_is() {
    let mut storm = Storm::prepared();
    let nothing = storm.made();
    storm
        .script
        .refused("DRAFT-4", ann(), Body::Reveal(nothing));
    storm.script.ok(ann(), start(setup()));
    storm.writes(BEN, "d", ("lt", "s1"), "x");
    let whole = storm.made();
    for nobody in [ben(), Actor::Participant(OLGA), Actor::Anonymous] {
        // Nor does it cost an update when they ask.
        let theirs = storm.script.workshop.reveal(nobody, &[9; 32], NOW);
        assert_eq!(theirs.update.as_ref(), [0, 0]);
        storm.script.refused("ROLE-3", nobody, Body::Reveal(theirs));
        storm
            .script
            .refused("ROLE-3", nobody, Body::Reveal(whole.clone()));
    }
    // What brings nothing ends nothing.
    let empty = Reveal {
        update: Bytes::from_static(&[0, 0]),
        ..whole.clone()
    };
    storm.script.refused("DRAFT-4", ann(), Body::Reveal(empty));
    let malformed = Reveal {
        update: Bytes::from_static(&[1, 1, 1]),
        ..whole.clone()
    };
    storm
        .script
        .refused("WIRE-3", ann(), Body::Reveal(malformed));
    storm.script.ok(Actor::Host, Body::Reveal(whole));
    assert_eq!(storm.texts(), ["x"]);
}

#[test]
fn draft_4_an_empty_brainstorm_only_ends() {
    let mut storm = Storm::begun(setup());
    let effects = storm.reveals();
    assert!(effects.shared && !effects.edited, "{effects:?}");
    assert!(storm.script.workshop.brainstorm().is_none());
}

#[test]
fn draft_4_a_map_without_room_keeps_the_drafts() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d", ("lt", "s1"), "x");
    for stage in ["s1", "s2"] {
        storm.deletes(Collection::Stages, stage);
    }
    let reveal = storm.made();
    storm.script.refused("DRAFT-4", ann(), Body::Reveal(reveal));
    storm.edits(|txn| {
        let stage = map::Stage {
            id: "s3".to_owned(),
            title: "Three".to_owned(),
            ..map::Stage::default()
        };
        map::add_stage(txn, &stage, map::Place::Last).unwrap();
    });
    let card = |n: usize| Card {
        id: format!("f{n}"),
        lane: "lt".to_owned(),
        stage: "s3".to_owned(),
        text: "full".to_owned(),
        ..Card::default()
    };
    let cards: Vec<_> = (1..bounds::MAX_CARDS)
        .map(|n| (card(n), map::LaneKind::Touchpoint))
        .collect();
    let flood: Bytes = map::cards_to_update(&cards, None, 79).into();
    storm.ann_at_home.hears(&flood);
    storm.script.ok(ann(), Body::Edit(flood));
    let reveal = storm.made();
    storm.script.refused("DRAFT-4", ann(), Body::Reveal(reveal));
    storm.deletes(Collection::Cards, "f1");
    storm.reveals();
    let cards = storm.cards();
    assert_eq!(cards.len(), bounds::MAX_CARDS - 1, "c1 lies nowhere now");
    assert_eq!(cards.last().unwrap().text, "x");
}

#[test]
fn draft_5_what_has_lost_its_place_comes_to_the_nearest_like_it() {
    let mut storm = Storm::begun(BrainstormSetup {
        focus: Focus {
            stages: Some(named(&["s1", "s2"])),
            lanes: Some(named(&["lt", "lp", "le"])),
        },
        ..setup()
    });
    storm.writes(BEN, "d1", ("lp", "s2"), "a pain");
    storm.writes(BEN, "d2", ("le", "s1"), "a feeling");
    storm.deletes(Collection::Stages, "s2");
    storm.deletes(Collection::Lanes, "lp");
    storm.deletes(Collection::Lanes, "le");
    // A hidden lane takes none of them, though it is the first.
    storm.edits(|txn| {
        let lane = map::Lane {
            id: "l0".to_owned(),
            kind: map::LaneKind::Pain,
            title: "Hidden".to_owned(),
            hidden: Some(true),
            extra: BTreeMap::new(),
        };
        map::add_lane(txn, &lane, map::Place::First).unwrap();
    });
    storm.reveals();
    let mut cards = storm.cards();
    cards.sort_by(|a, b| a.text.cmp(&b.text));
    let places: Vec<_> = cards
        .iter()
        .map(|card| (card.text.as_str(), card.lane.as_str(), card.stage.as_str()))
        .collect();
    // The other lane of pains, though outside the focus; and where there is no other of the kind, the focus's first.
    assert_eq!(places, [("a feeling", "lt", "s1"), ("a pain", "lq", "s1")]);
}

#[test]
fn draft_6_a_facilitator_discards() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d", ("lt", "s1"), "x");
    let discard = || does(Command::DiscardDrafts {});
    storm.script.refused("ROLE-3", ben(), discard());
    let effects = storm.script.ok(ann(), discard());
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    storm.script.refused("DRAFT-6", ann(), discard());
    assert!(storm.own(BEN).is_empty());
    assert!(storm.cards().is_empty());
}

#[test]
fn draft_7_a_reveal_made_before_something_changed_is_refused_and_made_anew() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "x");
    let changes: [&dyn Fn(&mut Storm); 6] = [
        &|storm| storm.writes(CLEO, "d1", ("lt", "s1"), "late"),
        &|storm| storm.writes(BEN, "d1", ("lt", "s1"), "y"),
        &|storm| storm.writes(BEN, "d1", ("lp", "s1"), "y"),
        &|storm| drop(storm.script.ok(Actor::Participant(CLEO), drop_draft("d1"))),
        &|storm| storm.deletes(Collection::Lanes, "lq"),
        &|storm| storm.deletes(Collection::Stages, "s2"),
    ];
    let by_ann = |reveal: Reveal| Draft {
        actor: ann(),
        request: Some("r1".to_owned()),
        body: Body::Reveal(reveal),
    };
    for change in changes {
        let reveal = storm.made();
        change(&mut storm);
        let refusal = storm.script.send(by_ann(reveal)).unwrap_err();
        assert!(refusal.is_outdated(), "{refusal}");
    }
    // Cards that change meanwhile are nothing to it.
    let reveal = storm.made();
    storm.deletes(Collection::Cards, "c1");
    assert_eq!(
        storm.script.folds(by_ann(reveal)).outcome,
        Ok(Done::Now),
        "an outdated one is no answer to its request"
    );
    assert_eq!(storm.texts(), ["y"]);
    let again = storm.made();
    assert_eq!(storm.script.folds(by_ann(again)).outcome, Ok(Done::Earlier));
}

#[test]
fn draft_8_a_draft_is_in_no_view_but_its_writers_and_a_revealed_one_leads_to_nobody() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "MARKER");
    storm.writes(CLEO, "d1", ("lt", "s1"), "another");
    let shared = storm.script.workshop.shared(&BTreeSet::new(), 0);
    assert!(!serde_json::to_string(&shared).unwrap().contains("MARKER"));
    for who in [ANN, CLEO, OLGA] {
        let view = serde_json::to_string(&storm.view(who)).unwrap();
        assert!(!view.contains("MARKER"), "{view}");
    }
    let writing = WritingView {
        writers: vec![BEN, CLEO],
        drafts: 2,
    };
    assert_eq!(storm.view(ANN).writing, Some(writing));
    assert_eq!(
        (storm.view(BEN).writing, storm.view(OLGA).writing),
        (None, None)
    );
    assert_eq!(storm.own(BEN), ["MARKER"]);
    storm.reveals();
    assert_eq!(storm.view(ANN).writing, None);
    // Two workshops in which the same words came from other writers, in another order, are the same afterwards.
    let mut other = Storm::begun(setup());
    other.writes(CLEO, "x", ("lt", "s1"), "MARKER");
    other.writes(BEN, "y", ("lt", "s1"), "another");
    other.reveals();
    let without_lot = |storm: &Storm| {
        let mut cards = storm.cards();
        for card in &mut cards {
            card.id.clear();
        }
        cards.sort_by(|a, b| a.text.cmp(&b.text));
        cards
    };
    assert_eq!(without_lot(&storm), without_lot(&other));
}

#[test]
fn fold_3_a_snapshot_holds_no_draft_and_takes_each_back_in_its_place() {
    let mut storm = Storm::begun(BrainstormSetup {
        signed: true,
        ..setup()
    });
    storm.writes(BEN, "d1", ("lt", "s1"), "MARKER one");
    storm.writes(CLEO, "d1", ("lt", "s1"), "MARKER of Cleo");
    storm.writes(BEN, "d2", ("lt", "s1"), "MARKER two");
    storm.writes(BEN, "d3", ("lt", "s1"), "MARKER dropped");
    storm.script.ok(ben(), drop_draft("d3"));
    storm.writes(BEN, "d1", ("lp", "s2"), "MARKER one, better");
    storm.writes(BEN, "d3", ("lt", "s1"), "MARKER again");
    storm.writes(BEN, "d1", ("lp", "s1"), "MARKER one, best");
    let snapshot = storm.script.workshop.snapshot();
    for secret in [&b"MARKER"[..], b"d1", b"d2", b"d3"] {
        let mut bytes = snapshot.bytes.windows(secret.len());
        assert!(!bytes.any(|bytes| bytes == secret), "{secret:?}");
    }
    // Whatever the order in which they are given back, each is as it was.
    let mut backwards = Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
    let lacking = Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
    assert!(matches!(lacking.whole(), Err(SnapshotError::Lacks(_))));
    for seq in backwards.needs().clone().into_iter().rev() {
        let record = storm.script.records.iter().find(|one| one.seq == seq);
        backwards.refill(record.unwrap()).unwrap();
    }
    let restored = [storm.script.restored(), backwards.whole().unwrap()];
    for workshop in restored {
        assert_eq!(workshop.everything(), storm.script.workshop.everything());
    }
    storm.restarts();
    let own = ["MARKER one, best", "MARKER two", "MARKER again"];
    assert_eq!(storm.own(BEN), own);
    // Another record in the place of one that was left out is noticed.
    let mut unfit = Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
    let seq = *unfit.needs().first().unwrap();
    let mut other = storm.script.records[0].clone();
    other.seq = seq;
    let refused = unfit.refill(&other);
    assert!(matches!(refused, Err(SnapshotError::Unfit(n)) if n == seq));
}

#[derive(Clone, Debug)]
enum Act {
    Begin(bool),
    Write(u32, u8, usize, usize),
    Drop(u32, u8),
    Remove(u32),
    Observe(u32),
    Late,
    DeleteLane(usize),
    Reveal,
    /// A reveal made before somebody writes, and folded after.
    RevealLate(u32),
    Discard,
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => any::<bool>().prop_map(Act::Begin),
        14 => (1..8u32, 0..4u8, 0..5usize, 0..3usize)
            .prop_map(|(who, id, lane, stage)| Act::Write(who, id, lane, stage)),
        3 => (1..8u32, 0..4u8).prop_map(|(who, id)| Act::Drop(who, id)),
        1 => (2..8u32).prop_map(Act::Remove),
        1 => (2..8u32).prop_map(Act::Observe),
        1 => Just(Act::Late),
        1 => (0..4usize).prop_map(Act::DeleteLane),
        2 => Just(Act::Reveal),
        1 => (1..8u32).prop_map(Act::RevealLate),
        1 => Just(Act::Discard),
        2 => Just(Act::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// DRAFT-2 to DRAFT-8, whatever people do at once: no foreign draft in any view, every draft one card, the same state on replay.
    #[test]
    fn draft_4_every_draft_becomes_one_card(acts in proptest::collection::vec(act(), 1..50)) {
        const LANES: [&str; 5] = ["lt", "lp", "lq", "le", "gone"];
        const STAGES: [&str; 3] = ["s1", "s2", "gone"];
        let mut storm = Storm::prepared();
        let mut lanes_left: Vec<&str> = LANES[..4].to_vec();
        // What there should be: texts by writer, and texts of cards. Every text is written once.
        let mut expected: BTreeMap<(ParticipantId, String), String> = BTreeMap::new();
        let mut cards: BTreeSet<String> = BTreeSet::new();
        let mut written = 0;
        for act in acts {
            match act {
                Act::Begin(signed) => drop(storm.script.does(ann(), start(BrainstormSetup { signed, ..setup() }))),
                Act::Write(who, id, lane, stage) => {
                    written += 1;
                    let (who, id, text) = (ParticipantId(who), format!("d{id}"), format!("<{written}>"));
                    let body = write(&id, LANES[lane], STAGES[stage], &text);
                    if storm.script.does(Actor::Participant(who), body).is_ok() {
                        expected.insert((who, id), text);
                    }
                }
                Act::Drop(who, id) => {
                    let (who, id) = (ParticipantId(who), format!("d{id}"));
                    if storm.script.does(Actor::Participant(who), drop_draft(&id)).is_ok() {
                        expected.remove(&(who, id));
                    }
                }
                Act::Remove(who) => {
                    let participant = ParticipantId(who);
                    if storm.script.does(ann(), does(Command::Remove { participant })).is_ok() {
                        expected.retain(|(who, _), _| *who != participant);
                    }
                }
                Act::Observe(who) => {
                    let (participant, role) = (ParticipantId(who), Role::Observer);
                    drop(storm.script.does(ann(), does(Command::SetRole { participant, role })));
                }
                Act::Late => drop(storm.script.join(Role::Participant, "Late", "l")),
                Act::DeleteLane(lane) => {
                    if lanes_left.len() > 1 && lanes_left.contains(&LANES[lane]) {
                        lanes_left.retain(|one| *one != LANES[lane]);
                        storm.deletes(Collection::Lanes, LANES[lane]);
                        // Cards of a lane that is gone lie nowhere.
                        cards.retain(|text| storm.texts().contains(text));
                    }
                }
                Act::Reveal => {
                    let reveal = storm.made();
                    if storm.script.does(ann(), Body::Reveal(reveal)).is_ok() {
                        cards.extend(std::mem::take(&mut expected).into_values());
                    }
                }
                Act::RevealLate(who) => {
                    let reveal = storm.made();
                    written += 1;
                    let (who, text) = (ParticipantId(who), format!("<{written}>"));
                    let late = storm.script.does(Actor::Participant(who), write("late", lanes_left[0], "s1", &text));
                    if late.is_ok() {
                        expected.insert((who, "late".to_owned()), text);
                        let refusal = storm.script.does(ann(), Body::Reveal(reveal)).unwrap_err();
                        prop_assert!(refusal.is_outdated(), "{}", refusal);
                    }
                }
                Act::Discard => {
                    if storm.script.does(ann(), does(Command::DiscardDrafts {})).is_ok() {
                        expected.clear();
                    }
                }
                Act::Restart => storm.restarts(),
            }
            let workshop = &storm.script.workshop;
            let shared = serde_json::to_string(&workshop.shared(&BTreeSet::new(), 0)).unwrap();
            prop_assert!(!shared.contains('<'), "{}", shared);
            for (who, _) in workshop.people().filter(|(_, person)| !person.removed) {
                let own: BTreeSet<String> = storm.own(who).into_iter().collect();
                let theirs = expected.iter().filter(|((writer, _), _)| *writer == who);
                prop_assert_eq!(own, theirs.map(|(_, text)| text.clone()).collect());
            }
            let texts = storm.texts();
            prop_assert_eq!(texts.len(), cards.len());
            prop_assert_eq!(texts.into_iter().collect::<BTreeSet<_>>(), cards.clone());
        }
        let replayed = storm.script.replayed();
        prop_assert_eq!(replayed.everything(), storm.script.workshop.everything());
        prop_assert_eq!(replayed.drafts_hash(), storm.script.workshop.drafts_hash());
    }
}

#[test]
fn draft_7_the_hash_is_of_the_content_alone() {
    let mut storm = Storm::begun(setup());
    storm.writes(BEN, "d1", ("lt", "s1"), "x");
    let before: Hash = storm.script.workshop.drafts_hash();
    storm.restarts();
    assert_eq!(storm.script.workshop.drafts_hash(), before);
}
