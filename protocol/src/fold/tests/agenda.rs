//! AGENDA, TIME: steps and their clock.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::agenda::{AtZero, Focus, Mode, Step, StepId};

const MINUTE: u64 = 60_000;

pub(super) fn step(title: &str, minutes: impl Into<Option<u16>>, at_zero: AtZero) -> Step {
    Step {
        title: title.to_owned(),
        instructions: String::new(),
        minutes: minutes.into(),
        focus: Focus::default(),
        mode: Mode::Open,
        lock: false,
        at_zero,
        signed: false,
    }
}

pub(super) fn does(command: Command) -> Body {
    Body::Command(command)
}

/// Ann facilitates, Ben participates; three steps: five minutes and wait, two minutes and advance, no limit.
fn prepared() -> Script {
    let mut script = Script::with_people();
    let steps = vec![
        step("Map", 5, AtZero::Wait),
        step("Vote", 2, AtZero::Advance),
        step("Talk", None, AtZero::Wait),
    ];
    script.ok(ann(), does(Command::SetAgenda { steps }));
    script
}

impl Script {
    fn start(&mut self, id: u32) {
        self.ok(ann(), does(Command::StartStep { id: StepId(id) }));
    }

    /// Lets time pass without a record.
    fn wait(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
    }

    fn tick(&mut self) -> Effects {
        self.ok(Actor::Server, Body::Tick)
    }

    /// The current step and what its clock says now.
    fn now(&self) -> Option<(u32, Clock)> {
        let (current, _) = self.workshop.current_step()?;
        Some((current.id.0, current.clock))
    }

    fn left(&self) -> Option<u64> {
        let (current, _) = self.workshop.current_step()?;
        current.clock.left(self.workshop.at())
    }

    fn titles(&self) -> Vec<&str> {
        let steps = self.workshop.steps().iter();
        steps.map(|(_, step)| step.title.as_str()).collect()
    }
}

#[test]
fn agenda_1_only_facilitators_change_the_agenda_or_its_clock() {
    let mut script = prepared();
    script.start(1);
    let acts = [
        Command::AddStep {
            index: 0,
            step: step("X", 1, AtZero::Wait),
        },
        Command::ChangeStep {
            id: StepId(1),
            step: step("X", 1, AtZero::Wait),
        },
        Command::MoveStep {
            id: StepId(1),
            index: 2,
        },
        Command::RemoveStep { id: StepId(2) },
        Command::SetAgenda { steps: Vec::new() },
        Command::StartStep { id: StepId(2) },
        Command::NextStep {},
        Command::PreviousStep {},
        Command::Pause {},
        Command::Resume {},
        Command::Extend { seconds: 60 },
        Command::FinishAgenda {},
    ];
    for act in acts {
        script.refused("ROLE-3", ben(), does(act));
    }
    script.ok(Actor::Host, does(Command::NextStep {}));
}

#[test]
fn agenda_2_a_step_out_of_bounds_is_refused() {
    let mut script = Script::with_people();
    let good = || step("Good", 5, AtZero::Wait);
    let focus = |stages: Vec<String>| Focus {
        stages: Some(stages),
        lanes: None,
    };
    let bad = [
        Step {
            title: " ".to_owned(),
            ..good()
        },
        Step {
            title: "x".repeat(121),
            ..good()
        },
        Step {
            instructions: "x".repeat(2001),
            ..good()
        },
        Step {
            minutes: Some(0),
            ..good()
        },
        Step {
            minutes: Some(481),
            ..good()
        },
        Step {
            focus: focus(Vec::new()),
            ..good()
        },
        Step {
            focus: focus(vec!["no id".to_owned()]),
            ..good()
        },
        Step {
            focus: focus(vec!["s".to_owned(); 201]),
            ..good()
        },
    ];
    for step in bad {
        let add = Command::AddStep { index: 0, step };
        script.refused("AGENDA-2", ann(), does(add));
    }
    let many = Command::SetAgenda {
        steps: vec![good(); 101],
    };
    script.refused("AGENDA-2", ann(), does(many));
    script.ok(
        ann(),
        does(Command::SetAgenda {
            steps: vec![good(); 100],
        }),
    );
    let one_more = Command::AddStep {
        index: 0,
        step: good(),
    };
    script.refused("AGENDA-2", ann(), does(one_more));
}

#[test]
fn agenda_3_acts_name_steps_and_a_number_is_never_used_twice() {
    let mut script = prepared();
    script.ok(ann(), does(Command::RemoveStep { id: StepId(3) }));
    let add = Command::AddStep {
        index: 0,
        step: step("New", 1, AtZero::Wait),
    };
    script.ok(ann(), does(add));
    assert_eq!(script.workshop.steps()[0].0, StepId(4));
    script.refused(
        "AGENDA-3",
        ann(),
        does(Command::StartStep { id: StepId(3) }),
    );
    script.ok(
        ann(),
        does(Command::MoveStep {
            id: StepId(4),
            index: 99,
        }),
    );
    assert_eq!(script.titles(), ["Map", "Vote", "New"]);
    let renamed = Command::ChangeStep {
        id: StepId(4),
        step: step("Last", 1, AtZero::Wait),
    };
    script.ok(ann(), does(renamed));
    assert_eq!(script.titles(), ["Map", "Vote", "Last"]);
}

#[test]
fn agenda_4_one_step_is_current_and_next_and_back_go_to_its_neighbours() {
    let mut script = prepared();
    for act in [
        Command::NextStep {},
        Command::Pause {},
        Command::FinishAgenda {},
    ] {
        script.refused("AGENDA-4", ann(), does(act));
    }
    script.start(1);
    script.refused("AGENDA-4", ann(), does(Command::PreviousStep {}));
    script.ok(ann(), does(Command::NextStep {}));
    assert_eq!(script.now().unwrap().0, 2);
    script.ok(ann(), does(Command::PreviousStep {}));
    assert_eq!(
        (script.now().unwrap().0, script.left()),
        (1, Some(5 * MINUTE))
    );
    // Past the last one it is finished.
    script.start(3);
    script.ok(ann(), does(Command::NextStep {}));
    assert_eq!(script.now(), None);
}

#[test]
fn agenda_5_a_step_under_way_is_changed_in_words_but_not_removed() {
    let mut script = prepared();
    script.start(1);
    script.refused(
        "AGENDA-5",
        ann(),
        does(Command::RemoveStep { id: StepId(1) }),
    );
    let clock = script.now();
    let shorter = Command::ChangeStep {
        id: StepId(1),
        step: step("Map anew", 1, AtZero::Wait),
    };
    script.ok(ann(), does(shorter));
    assert_eq!((script.now(), script.titles()[0]), (clock, "Map anew"));
    // Its place may change: next is whatever comes after it then.
    script.ok(
        ann(),
        does(Command::MoveStep {
            id: StepId(1),
            index: 1,
        }),
    );
    script.ok(ann(), does(Command::NextStep {}));
    assert_eq!(script.now().unwrap().0, 3);
}

#[test]
fn agenda_6_ready_flags_are_a_participants_own_and_clear_with_each_step() {
    let mut script = prepared();
    let olga = script.join(Role::Observer, "Olga", "o");
    let of = |step, ready| does(Command::SetReady { ready, step });
    let ready = |ready| of(None, ready);
    script.refused("AGENDA-4", ben(), ready(true));
    script.start(1);
    script.refused("AGENDA-6", Actor::Participant(olga), ready(true));
    script.refused("AGENDA-6", Actor::Host, ready(true));
    assert!(script.ok(ben(), ready(true)).shared);
    assert!(!script.ok(ben(), ready(true)).shared, "nothing new");
    script.ok(ann(), ready(true));
    script.ok(ann(), ready(false));
    let who_is = |script: &Script| {
        let (current, _) = script.workshop.current_step().unwrap();
        current.ready.iter().copied().collect::<Vec<_>>()
    };
    assert_eq!(who_is(&script), [BEN]);
    let becomes = |role| {
        does(Command::SetRole {
            participant: BEN,
            role,
        })
    };
    let shown = |script: &Script| {
        let shared = script.workshop.shared(&BTreeSet::new(), 0);
        shared.current.unwrap().ready
    };
    assert_eq!(shown(&script), [BEN]);
    script.ok(ann(), becomes(Role::Observer));
    assert_eq!(shown(&script), [], "an observer is not asked");
    script.ok(ann(), becomes(Role::Participant));
    assert_eq!(shown(&script), [BEN]);
    script.ok(ann(), does(Command::NextStep {}));
    assert_eq!(who_is(&script), []);
    script.refused("AGENDA-6", ben(), of(Some(StepId(1)), true));
    assert_eq!(
        who_is(&script),
        [],
        "of a step that is over, it comes too late"
    );
    script.ok(ben(), of(Some(StepId(2)), true));
    script.ok(ann(), does(Command::Remove { participant: BEN }));
    assert_eq!(who_is(&script), []);
}

#[test]
fn agenda_7_the_whole_agenda_is_replaced_only_while_no_step_is_under_way() {
    let mut script = prepared();
    script.start(1);
    script.refused(
        "AGENDA-7",
        ann(),
        does(Command::SetAgenda { steps: Vec::new() }),
    );
    script.ok(ann(), does(Command::FinishAgenda {}));
    script.ok(ann(), does(Command::SetAgenda { steps: Vec::new() }));
    assert!(script.titles().is_empty());
}

#[test]
fn time_2_a_step_ends_its_minutes_after_the_record_that_began_it() {
    let mut script = prepared();
    script.start(1);
    let began = script.workshop.at();
    assert_eq!(script.workshop.wake_at(), Some(began + 5 * MINUTE));
    script.start(3);
    assert_eq!((script.workshop.wake_at(), script.left()), (None, None));
}

#[test]
fn time_3_a_paused_clock_keeps_every_millisecond() {
    let mut script = prepared();
    script.start(1);
    script.wait(1234);
    script.ok(ann(), does(Command::Pause {}));
    let left = script.left();
    script.refused("TIME-3", ann(), does(Command::Pause {}));
    script.wait(60 * MINUTE);
    assert!(!script.tick().shared, "nothing ends while it stands");
    assert_eq!((script.workshop.wake_at(), script.left()), (None, left));
    script.ok(ann(), does(Command::Resume {}));
    assert_eq!(script.left(), left);
    script.refused("TIME-3", ann(), does(Command::Resume {}));
}

#[test]
fn time_4_a_clock_is_set_on_or_back_also_while_it_stands_and_after_zero() {
    let mut script = prepared();
    let extend = |seconds| does(Command::Extend { seconds });
    script.start(1);
    let deadline = script.workshop.wake_at().unwrap();
    script.ok(ann(), extend(60));
    assert_eq!(script.workshop.wake_at(), Some(deadline + MINUTE));
    script.ok(ann(), does(Command::Pause {}));
    let left = script.left().unwrap();
    script.ok(ann(), extend(-60));
    assert_eq!(script.left(), Some(left - MINUTE));
    script.ok(ann(), does(Command::Resume {}));
    script.ok(ann(), extend(-3600));
    assert_eq!(script.now().unwrap().1, Clock::Zero, "never below nothing");
    script.ok(ann(), extend(60));
    assert_eq!(script.left(), Some(MINUTE));
    for seconds in [0, 3601, -3601, i32::MIN, i32::MAX] {
        script.refused("TIME-4", ann(), extend(seconds));
    }
    script.start(3);
    script.refused("TIME-4", ann(), extend(60));
}

#[test]
fn time_5_at_zero_a_step_waits_or_the_next_begins_as_of_the_deadline() {
    let mut script = prepared();
    script.start(1);
    script.wait(5 * MINUTE - 2);
    assert!(!script.tick().shared, "one millisecond is left");
    assert!(script.tick().shared);
    assert_eq!(script.now(), Some((1, Clock::Zero)));
    assert_eq!(script.workshop.wake_at(), None);
    script.start(2);
    let deadline = script.workshop.wake_at().unwrap();
    // The record that shows it comes late; the next step began on time.
    script.wait(10 * MINUTE);
    script.tick();
    let (current, _) = script.workshop.current_step().unwrap();
    assert_eq!((current.id, current.began), (StepId(3), deadline));
}

#[test]
fn time_5_several_deadlines_pass_at_once_in_their_order() {
    let mut script = Script::with_people();
    let steps = (1..=3).map(|n| step("Go", n, AtZero::Advance)).collect();
    script.ok(ann(), does(Command::SetAgenda { steps }));
    script.start(1);
    let began = script.workshop.at();
    script.wait(3 * MINUTE + 5);
    script.tick();
    let (current, _) = script.workshop.current_step().unwrap();
    assert_eq!((current.id.0, current.began), (3, began + 3 * MINUTE));
    script.wait(60 * MINUTE);
    script.tick();
    assert_eq!(script.now(), None, "after the last one it is finished");
}

#[test]
fn time_5_what_comes_at_the_deadline_comes_too_late_and_a_refused_record_still_shows_that_it_passed()
 {
    let mut script = prepared();
    script.start(1);
    script.wait(5 * MINUTE);
    let (record, _) = script
        .head
        .seal(script.clock, Draft::new(ben(), does(Command::Pause {})));
    let Folded { effects, outcome } = apply(&mut script.workshop, &record);
    assert_eq!(outcome.unwrap_err().rule, "ROLE-3");
    assert!(effects.shared, "the step's end is news to everyone");
    let pause = Draft::new(ann(), does(Command::Pause {}));
    let (record, _) = script.head.seal(script.clock, pause);
    let folded = apply(&mut script.workshop, &record);
    assert_eq!(
        folded.outcome.unwrap_err().rule,
        "TIME-3",
        "its clock is at zero"
    );
}

#[test]
fn time_6_a_snapshot_loses_no_millisecond() {
    let mut script = prepared();
    script.start(1);
    script.wait(777);
    script.tick();
    let restored = script.restored();
    assert_eq!(restored.wake_at(), script.workshop.wake_at());
    assert_eq!(restored.snapshot(), script.workshop.snapshot());
}

fn acts() -> impl Strategy<Value = (u8, u32, u64)> {
    (0..9u8, 0..8u32, prop_oneof![0..10u64, 0..20 * MINUTE])
}

proptest! {
    /// AGENDA-4, TIME-1 … TIME-6: whatever facilitators do, and however long nobody does anything.
    #[test]
    fn time_5_after_any_record_no_deadline_lies_in_the_past(acts in proptest::collection::vec(acts(), 1..60)) {
        let mut script = prepared();
        for (act, number, wait) in acts {
            script.wait(wait);
            let id = StepId(number);
            let body = match act {
                0 => does(Command::StartStep { id }),
                1 => does(Command::NextStep {}),
                2 => does(Command::PreviousStep {}),
                3 => does(Command::Pause {}),
                4 => does(Command::Resume {}),
                5 => does(Command::Extend { seconds: i32::try_from(number).unwrap() * 100 - 350 }),
                6 => does(Command::AddStep { index: number, step: step("More", 1 + number as u16, AtZero::Advance) }),
                7 => does(Command::RemoveStep { id }),
                _ => Body::Tick,
            };
            let before = script.workshop.at();
            // Refused or not, what holds is the same.
            drop(script.does(ann(), body));
            prop_assert!(script.workshop.at() >= before);
            prop_assert!(script.workshop.wake_at().is_none_or(|at| at > script.workshop.at()));
            if let Some((current, _)) = script.workshop.current_step() {
                prop_assert!(current.began <= script.workshop.at());
            }
        }
        prop_assert_eq!(script.replayed().everything(), script.workshop.everything());
    }
}
