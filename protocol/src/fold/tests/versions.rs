//! VERSION: moments with a name.

use super::agenda::{does, step};
use super::*;
use crate::agenda::{AtZero, StepId};
use crate::version::{Cause, VersionId};

const MINUTE: u64 = 60_000;

fn saves(name: &str) -> Body {
    let name = name.to_owned();
    does(Command::SaveVersion { name })
}

fn renames(id: u32, name: &str) -> Body {
    let (id, name) = (VersionId(id), name.to_owned());
    does(Command::RenameVersion { id, name })
}

fn drops(id: u32) -> Body {
    let id = VersionId(id);
    does(Command::DropVersion { id })
}

impl Script {
    /// Of each version its number, cause, name and record.
    fn listed(&self) -> Vec<(u32, Cause, Option<&str>, u64)> {
        let versions = self.workshop.versions().iter();
        let listed = |one: &'_ Version| (one.id.0, one.cause, one.seq);
        versions
            .map(|one| {
                let (id, cause, seq) = listed(one);
                (id, cause, one.name.as_deref(), seq)
            })
            .collect()
    }
}

#[test]
fn version_1_facilitators_and_the_host_save_rename_and_drop() {
    let mut script = Script::with_people();
    script.ok(ann(), saves("Before lunch"));
    let seq = script.workshop.seq();
    script.ok(Actor::Host, saves("After lunch"));
    for body in [saves("Mine"), renames(1, "Mine"), drops(1)] {
        script.refused("ROLE-3", ben(), body);
    }
    script.ok(ann(), renames(2, "In the evening"));
    let saved = Cause::Saved;
    assert_eq!(
        script.listed(),
        [
            (1, saved, Some("Before lunch"), seq),
            (2, saved, Some("In the evening"), seq + 1)
        ]
    );
    assert_eq!(script.workshop.versions()[0].by, Some(ANN));
    assert_eq!(script.workshop.versions()[1].by, None);
    script.ok(Actor::Host, drops(1));
    script.refused("VERSION-1", ann(), drops(1));
    script.refused("VERSION-1", ann(), renames(1, "Gone"));
    // A number is never used twice.
    script.ok(ann(), drops(2));
    script.ok(ann(), saves("Anew"));
    assert_eq!(script.listed()[0].0, 3);
}

#[test]
fn version_2_a_workshop_leaves_one_where_it_starts_and_one_where_it_ends() {
    let mut script = Script::with_people();
    let steps = vec![
        step("Map", 5, AtZero::Wait),
        step("Vote", 2, AtZero::Advance),
    ];
    script.ok(ann(), does(Command::SetAgenda { steps }));
    script.ok(ann(), does(Command::StartStep { id: StepId(1) }));
    let started = script.workshop.seq();
    script.ok(ben(), Body::Edit(Peer::new(5).types("work")));
    // From step to step is no start.
    script.ok(ann(), does(Command::NextStep {}));
    script.ok(ann(), does(Command::FinishAgenda {}));
    let ended = script.workshop.seq();
    assert_eq!(
        script.listed(),
        [
            (1, Cause::WorkshopStart, None, started - 1),
            (2, Cause::WorkshopEnd, None, ended - 1)
        ]
    );
    // One that ends by its clock does so at its time, and without what comes after.
    script.ok(ann(), does(Command::StartStep { id: StepId(2) }));
    let over = script.workshop.at() + 2 * MINUTE;
    script.clock += 10 * MINUTE;
    script.ok(ben(), Body::Edit(Peer::new(6).types("too late")));
    let last = script.workshop.versions().last().unwrap();
    assert_eq!(last.cause, Cause::WorkshopEnd);
    assert_eq!((last.at, last.by), (over, None));
    assert_eq!(last.seq, script.workshop.seq() - 1);
    assert!(script.workshop.current_step().is_none());
    // A tick of nobody ends one as well.
    script.ok(ann(), does(Command::StartStep { id: StepId(2) }));
    script.ok(ann(), does(Command::NextStep {}));
    assert_eq!(script.workshop.versions().len(), 6);
}

#[test]
fn version_2_one_that_is_there_by_itself_can_be_given_a_name() {
    let mut script = Script::with_people();
    let steps = vec![step("Map", 5, AtZero::Wait)];
    script.ok(ann(), does(Command::SetAgenda { steps }));
    script.ok(ann(), does(Command::StartStep { id: StepId(1) }));
    script.ok(ann(), renames(1, "Day one"));
    let version = script.workshop.versions()[0].clone();
    assert_eq!(version.name.as_deref(), Some("Day one"));
    assert_eq!(version.cause, Cause::WorkshopStart);
}

#[test]
fn version_3_there_is_room_for_so_many() {
    let mut script = Script::with_people();
    for n in 0..limits::NAMED_VERSIONS {
        script.ok(ann(), saves(&format!("No. {n}")));
    }
    script.refused("VERSION-3", ann(), saves("One more"));
    let steps = vec![step("Map", 5, AtZero::Wait)];
    script.ok(ann(), does(Command::SetAgenda { steps }));
    for _ in 0..=limits::UNNAMED_VERSIONS / 2 {
        script.ok(ann(), does(Command::StartStep { id: StepId(1) }));
        script.ok(ann(), does(Command::FinishAgenda {}));
    }
    let unnamed = |script: &Script| {
        let versions = script.workshop.versions().iter();
        versions.filter(|one| one.name.is_none()).count()
    };
    assert_eq!(unnamed(&script), limits::UNNAMED_VERSIONS);
    let latest = script.workshop.versions().last().unwrap().id;
    assert_eq!(latest, script.workshop.versions_made());
    script.refused("VERSION-3", ann(), renames(latest.0, "No room for a name"));
    script.ok(ann(), renames(1, "One that has one already"));
    script.ok(ann(), drops(1));
    script.ok(ann(), renames(latest.0, "Room again"));
    assert_eq!(unnamed(&script), limits::UNNAMED_VERSIONS - 1);
}

#[test]
fn fold_2_versions_come_back_from_a_snapshot_and_a_replay() {
    let mut script = Script::with_people();
    script.ok(ann(), saves("One"));
    script.ok(ann(), saves("Two"));
    script.ok(ann(), drops(1));
    for other in [script.restored(), script.replayed()] {
        assert_eq!(other.versions(), script.workshop.versions());
        assert_eq!(other.snapshot(), script.workshop.snapshot());
    }
}
