//! RESTORE: the map becomes what it was, and everything that happened still happened.

use proptest::collection::vec;
use proptest::sample::Index;
use serde_json::json;

use super::agenda::{does, step};
use super::*;
use crate::agenda::{AtZero, Focus, Step, StepId};
use crate::map::tests::converge::{Act, act, perform};
use crate::map::tests::edits::flat;
use crate::map::{Collection, JourneyMap, encode_state, read, remove, set_map_field, set_text};
use crate::record::Restore;
use crate::version::Cause;

const CARDS: Collection = Collection::Cards;

/// A map of many cards, people, and somebody at a copy of it.
struct Play {
    script: Script,
    drawn: u64,
}

fn map_of(workshop: &Workshop) -> JourneyMap {
    read(&workshop.doc().transact())
}

impl Play {
    fn new() -> Self {
        let mut script = Script::with_people();
        let content = encode_state(&flat().transact());
        script.ok(Actor::Host, Body::Edit(content.into()));
        Self { script, drawn: 0 }
    }

    fn seq(&self) -> u64 {
        self.script.workshop.seq()
    }

    fn map(&self) -> JourneyMap {
        map_of(&self.script.workshop)
    }

    /// The map as of a record, folded anew.
    fn was(&self, seq: u64) -> Workshop {
        let mut workshop = Workshop::new(map_id());
        for record in self.script.records.iter().filter(|one| one.seq <= seq) {
            drop(apply(&mut workshop, record));
        }
        workshop
    }

    fn made(&mut self, to: u64) -> Restore {
        let then = self.was(to.min(self.seq())).encode_state();
        self.made_of(to, then)
    }

    fn made_of(&mut self, to: u64, then: Bytes) -> Restore {
        let then = CheckedUpdate::check_own(then).unwrap();
        let drawn = &mut self.drawn;
        let draw = || {
            *drawn += 1;
            (1_000_000 + *drawn) << 32
        };
        let ground = self.script.workshop.ground(draw);
        ground.bring_back(to, &then).unwrap()
    }

    #[track_caller]
    fn restores(&mut self, to: u64) {
        let restore = self.made(to);
        self.script.ok(ann(), Body::Restore(restore));
    }

    /// Somebody changes the map.
    fn edits(&mut self, client: u64, edit: impl FnOnce(&mut yrs::TransactionMut<'_>)) {
        let peer = Peer::new(client);
        peer.hears(&self.script.workshop.encode_state());
        let mut txn = peer.0.transact_mut();
        edit(&mut txn);
        self.script
            .ok(ann(), Body::Edit(txn.encode_update_v1().into()));
    }
}

#[test]
fn restore_1_the_map_is_what_it_was_and_history_goes_on() {
    let mut play = Play::new();
    let (to, was) = (play.seq(), play.map());
    play.edits(5, |txn| {
        set_text(txn, CARDS, "t-portal", "text", "Reworded").unwrap();
    });
    play.edits(6, |txn| remove(txn, Collection::Stages, "search").unwrap());
    let before = play.seq();
    play.restores(to);
    assert_eq!(play.map(), was);
    assert_eq!(play.seq(), before + 1, "one record more, none less");
    // What it took away is there to be brought back, under the record before it.
    let version = play.script.workshop.versions().last().unwrap().clone();
    assert_eq!(version.cause, Cause::BeforeRestore);
    assert_eq!((version.seq, version.restored), (before, Some(to)));
    let taken_away = map_of(&play.was(before));
    play.restores(version.seq);
    assert_eq!(play.map(), taken_away);
}

#[test]
fn restore_1_only_facilitators_and_the_host_restore() {
    let mut play = Play::new();
    let to = play.seq();
    play.edits(5, |txn| remove(txn, CARDS, "t-portal").unwrap());
    let restore = play.made(to);
    play.script.refused("ROLE-3", ben(), Body::Restore(restore));
    let restore = play.made(to);
    // Not even with what a facilitator's would bring.
    play.script
        .refused("ROLE-3", ben(), Body::Restore(restore.clone()));
    play.script.ok(Actor::Host, Body::Restore(restore));
}

#[test]
fn restore_2_one_made_from_what_is_no_longer_there_is_made_anew() {
    let mut play = Play::new();
    let (to, was) = (play.seq(), play.map());
    play.edits(5, |txn| remove(txn, CARDS, "t-portal").unwrap());
    let restore = play.made(to);
    play.edits(6, |txn| remove(txn, CARDS, "t-slots").unwrap());
    let draft = |restore| Draft {
        request: Some("r".to_owned()),
        ..Draft::new(ann(), Body::Restore(restore))
    };
    let refusal = play.script.send(draft(restore)).unwrap_err();
    assert_eq!(refusal.rule, "RESTORE-2");
    assert!(refusal.is_outdated());
    // That was no answer: under the same request id it may be made anew, and then is answered once.
    let anew = play.made(to);
    play.script.send(draft(anew.clone())).unwrap();
    assert_eq!(play.map(), was);
    let again = play.script.folds(draft(anew));
    assert_eq!(again.outcome, Ok(Done::Earlier));
    // What is no change of the map outdates nothing.
    play.edits(7, |txn| remove(txn, CARDS, "t-portal").unwrap());
    let restore = play.made(to);
    play.script.ok(
        ben(),
        does(Command::Park {
            text: "Later".to_owned(),
        }),
    );
    play.script.ok(ann(), Body::Restore(restore));
}

#[test]
fn restore_3_what_is_not_there_yet_or_differs_in_nothing_is_refused() {
    let mut play = Play::new();
    for to in [0, play.seq() + 9] {
        let restore = Restore { to, ..play.made(1) };
        play.script
            .refused("RESTORE-3", ann(), Body::Restore(restore));
    }
    let now = play.seq();
    let restore = play.made(now);
    play.script
        .refused("RESTORE-3", ann(), Body::Restore(restore));
    assert_eq!(play.script.workshop.versions(), []);
}

#[test]
fn restore_4_no_lock_binds_it_and_a_round_loses_what_it_takes_away() {
    let mut play = Play::new();
    let to = play.seq();
    let lanes = play.map().lanes;
    let opportunities = lanes
        .iter()
        .find(|lane| lane.kind == map::LaneKind::Opportunity)
        .unwrap();
    let card = map::Card {
        id: "late".to_owned(),
        lane: opportunities.id.clone(),
        stage: "search".to_owned(),
        text: "A late idea".to_owned(),
        ..map::Card::default()
    };
    play.edits(5, |txn| {
        map::add_card(txn, &card, map::Place::Last).unwrap();
    });
    let setup: crate::round::RoundSetup = serde_json::from_value(json!({
        "question": "What first?", "targets": {}, "dots": 3, "mostPerCard": 2, "visibility": "secret", "anonymous": false,
    })).unwrap();
    play.script
        .ok(ann(), Body::Round(Opening::New(setup), None));
    let locked = Step {
        lock: true,
        focus: Focus {
            stages: Some(vec!["viewing".to_owned()]),
            lanes: None,
        },
        ..step("Narrow", 5, AtZero::Lock)
    };
    play.script.ok(
        ann(),
        does(Command::SetAgenda {
            steps: vec![locked],
        }),
    );
    play.script
        .ok(ann(), does(Command::StartStep { id: StepId(1) }));
    assert!(play.script.workshop.lock().is_some());
    let effects = {
        let restore = play.made(to);
        play.script.ok(ann(), Body::Restore(restore))
    };
    assert!(effects.edited && effects.shared, "{effects:?}");
    let Subject::Dots(dots) = &play.script.workshop.rounds()[0].subject else {
        panic!("a round of dots");
    };
    let card = dots.targets().iter().find(|one| one.id == "late").unwrap();
    assert!(card.withdrawn);
    assert!(
        play.script.workshop.current_step().is_some(),
        "the agenda is no part of the map"
    );
}

#[test]
fn upkeep_2_a_restore_is_no_review_and_takes_none_back() {
    let mut play = Play::new();
    let review = |play: &mut Play, client, day: &str| {
        let review = json!({"everyDays": 90, "lastReviewed": day});
        play.edits(client, |txn| {
            set_map_field(txn, "review", Some(&review)).unwrap();
        });
    };
    let to = play.seq();
    review(&mut play, 5, "2027-01-01");
    let reviewed = play.seq();
    play.restores(to);
    assert_eq!(play.script.workshop.reviews().len(), 1);
    play.restores(reviewed);
    assert_eq!(play.script.workshop.reviews().len(), 1);
    play.restores(to);
    review(&mut play, 6, "2027-01-01");
    assert_eq!(
        play.script.workshop.reviews().len(),
        2,
        "done again, it is one again"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever people do, hearing of each other now and then: any moment can be brought back, exactly, and all copies end the same.
    #[test]
    fn restore_1_any_moment_comes_back_whatever_was_done_since(
        acts in vec((0..2_usize, act(), proptest::option::weighted(0.15, any::<Index>())), 1..30),
    ) {
        let mut play = Play::new();
        // Two people, and what the server has.
        let copies: Vec<yrs::Doc> = [11, 12, 13].map(|client| {
            let peer = Peer::new(client);
            peer.hears(&play.script.workshop.encode_state());
            peer.0
        }).into();
        let mut moments = vec![(play.seq(), play.script.workshop.encode_state(), play.map())];
        for (fresh, (who, act, back_to)) in acts.iter().enumerate() {
            let before = copies[*who].transact().state_vector();
            perform(&copies, *who, act, fresh);
            let update = copies[*who].transact().encode_diff_v1(&before);
            let mut heard = vec![Bytes::from(update)];
            if !matches!(act, Act::Hear(_)) {
                play.script.ok(ben(), Body::Edit(heard[0].clone()));
            }
            if let Some(index) = back_to {
                let (to, then, was) = index.get(&moments).clone();
                let restore = play.made_of(to, then);
                let differs = *restore.update != [0, 0];
                heard.push(restore.update.clone());
                let outcome = play.script.does(ann(), Body::Restore(restore));
                prop_assert_eq!(outcome.is_ok(), differs, "{:?}", outcome);
                prop_assert_eq!(play.map(), was);
            }
            moments.push((play.seq(), play.script.workshop.encode_state(), play.map()));
            let server = Peer(copies[2].clone());
            for update in &heard {
                server.hears(update);
            }
        }
        let live = play.script.workshop.everything();
        prop_assert_eq!(&play.script.replayed().everything(), &live);
        // Loading joins what was collected piece by piece, so the bytes may differ; what they say may not.
        let restored = play.script.restored();
        prop_assert_eq!(map_of(&restored), play.map());
        prop_assert_eq!(restored.known(), play.script.workshop.known());
        prop_assert_eq!(restored.versions(), play.script.workshop.versions());
        prop_assert_eq!(restored.edited(), play.script.workshop.edited());
        for copy in copies {
            let peer = Peer(copy);
            peer.hears(&play.script.workshop.encode_state());
            prop_assert_eq!(read(&peer.0.transact()), play.map());
        }
    }
}

#[test]
fn restore_3_what_no_update_can_hold_leaves_no_record() {
    let mut play = Play::new();
    let large = "x".repeat(limits::MAX_FRAME_BYTES / 2 + 1);
    for field in ["one", "two"] {
        let value = json!(large);
        play.edits(5 + field.len() as u64 + u64::from(field == "two"), |txn| {
            set_map_field(txn, field, Some(&value)).unwrap();
        });
    }
    let to = play.seq();
    for field in ["one", "two"] {
        play.edits(15 + u64::from(field == "two"), |txn| {
            set_map_field(txn, field, None).unwrap();
        });
    }
    let then = CheckedUpdate::check_own(play.was(to).encode_state()).unwrap();
    let refused = play
        .script
        .workshop
        .ground(|| 9 << 40)
        .bring_back(to, &then);
    assert_eq!(refused.unwrap_err().rule, "RESTORE-3");
    // Half of it can be brought back.
    let then = CheckedUpdate::check_own(play.was(to - 1).encode_state()).unwrap();
    let restore = play
        .script
        .workshop
        .ground(|| 9 << 40)
        .bring_back(to - 1, &then);
    play.script.ok(ann(), Body::Restore(restore.unwrap()));
}
