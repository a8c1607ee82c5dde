//! What a record came to decides whether it is told, and whose it is: what was refused, answered before, or done by the clock.

use super::*;

type Told = (MomentKind, By, String);

impl Held {
    fn told_last(&self, of: usize) -> Vec<Told> {
        let told = self.tells();
        told[told.len().saturating_sub(of)..].to_vec()
    }

    /// Who is said to have changed something since this record, with how many records.
    fn counted_after(&self, seq: u64) -> Vec<(By, u32)> {
        let sessions = self.history(&[]).report().sessions;
        let before = self.up_to(seq).history(&[]).report().sessions;
        let mut counted = std::collections::BTreeMap::<By, u32>::new();
        let all = |sessions: &[SessionReport]| -> Vec<Counted> {
            let activity = sessions.iter().flat_map(|one| &one.activity);
            activity.flat_map(|one| one.by.clone()).collect()
        };
        for one in all(&sessions) {
            *counted.entry(one.who).or_default() += one.records;
        }
        for one in all(&before) {
            *counted.entry(one.who).or_default() -= one.records;
        }
        counted
            .into_iter()
            .filter(|(_, records)| *records > 0)
            .collect()
    }

    /// The same as it was after this record.
    fn up_to(&self, seq: u64) -> Self {
        let mut head = Head::genesis(&map_id());
        let records = self.records[..seq as usize].to_vec();
        for record in &records {
            head.follow(record, &record.encode()).unwrap();
        }
        Self {
            workshop: Workshop::new(map_id()),
            head,
            records,
            clock: 0,
            desks: [map::new_doc(1), map::new_doc(2)],
        }
    }
}

fn asked(who: By, request: &str, body: Body) -> Draft {
    Draft {
        actor: actor(who),
        request: Some(request.to_owned()),
        body,
    }
}

fn saves(name: &str) -> Body {
    let name = name.to_owned();
    Body::Command(Command::SaveVersion { name })
}

#[test]
fn hist_4_what_is_refused_or_was_answered_before_is_no_moment() {
    let mut held = Held::begun();
    let told = held.tells();
    let refused = held.sends(asked(BEN, "r1", saves("Ben may not")));
    assert!(refused.outcome.is_err());
    assert_eq!(held.tells(), told, "refused");
    let saved = held.sends(asked(ANN, "r2", saves("Once")));
    assert_eq!(saved.outcome, Ok(fold::Done::Now));
    let again = held.sends(asked(ANN, "r2", saves("Once")));
    assert_eq!(again.outcome, Ok(fold::Done::Earlier));
    let told = &held.tells()[told.len()..];
    assert_eq!(told, [(MomentKind::VersionSaved, ANN, "Once".to_owned())]);
    // Nor is a second beginning.
    let created = Created {
        map: map_id(),
        open: true,
    };
    drop(held.sends(Draft::new(Actor::Host, Body::Created(created))));
    assert_eq!(held.told_last(1)[0].0, MomentKind::VersionSaved);
}

#[test]
fn hist_5_cards_of_a_reveal_that_is_refused_are_nobodys() {
    let mut held = Held::begun();
    held.commands(ANN, brainstorm(true));
    held.commands(BEN, draft("d1", "Queues"));
    let outdated = held
        .workshop
        .reveal(actor(ANN), &[7; 32], "2026-11-27T09:40:00Z");
    held.commands(BEN, draft("d2", "Fax"));
    let steps = vec![step("Map", 1, AtZero::Wait)];
    held.commands(ANN, Command::SetAgenda { steps });
    held.commands(ANN, Command::StartStep { id: StepId(1) });
    let before = held.head.seq;
    held.clock += 2 * MINUTE;
    // Its record is told, because the step's time ran out with it.
    let refused = held.sends(Draft::new(actor(ANN), Body::Reveal(outdated)));
    assert!(refused.outcome.is_err() && refused.effects.shared);
    let shares = held.history(&[]).report().sessions.pop().unwrap().shares;
    let of_ben = shares.iter().find(|share| share.who == BEN);
    assert_eq!(of_ben, None);
    assert_eq!(held.counted_after(before), [(By::Nobody, 1)]);
}

#[test]
fn hist_4_what_the_clock_did_is_nobodys_whoever_brought_the_time() {
    use MomentKind as Kind;
    let mut held = Held::begun();
    let steps = vec![
        step("Map", 1, AtZero::Advance),
        step("Talk", 1, AtZero::Advance),
    ];
    held.commands(ANN, Command::SetAgenda { steps });
    held.commands(ANN, Command::StartStep { id: StepId(1) });
    held.opens(RoundSetup {
        seconds: Some(10),
        ..dots(false, Visibility::Secret)
    });
    // Everything ends with what Ben writes; his card is his.
    let before = held.head.seq;
    held.clock += 5 * MINUTE;
    held.writes(BEN, "p1", "lp", "On we go");
    let told = held.told_last(2);
    let expected = [
        (Kind::RoundClosed, By::Nobody, "What first?".to_owned()),
        (Kind::AgendaFinished, By::Nobody, String::new()),
    ];
    assert_eq!(told, expected);
    assert_eq!(held.counted_after(before), [(BEN, 1)]);
    // A refused command that brings the time: nothing of it is its sender's.
    held.opens(RoundSetup {
        seconds: Some(10),
        ..dots(false, Visibility::Secret)
    });
    let before = held.head.seq;
    held.clock += MINUTE;
    let refused = held.sends(asked(BEN, "r9", saves("Ben may not")));
    assert!(refused.outcome.is_err());
    let closed = (Kind::RoundClosed, By::Nobody, "What first?".to_owned());
    assert_eq!(held.told_last(1), [closed]);
    assert_eq!(held.counted_after(before), [(By::Nobody, 1)]);
    let tape = held.tape(before + 1, held.head.seq);
    let who: Vec<_> = tape.records.iter().map(|one| one.who).collect();
    assert_eq!(who, [By::Nobody.code()]);
    // Who closes one does.
    held.opens(dots(false, Visibility::Secret));
    held.commands(ANN, Command::CloseRound { round: RoundId(3) });
    assert_eq!(held.told_last(1)[0].1, ANN);
}

#[test]
fn hist_3_secret_acts_leave_a_report_as_it_was() {
    for visibility in [Visibility::Live, Visibility::Secret] {
        let mut held = Held::begun();
        held.commands(ANN, brainstorm(false));
        let secret = held.opens(dots(true, visibility));
        let whole = |held: &Held| {
            let history = held.history(&[]);
            (history.report(), history.authors())
        };
        let before = whole(&held);
        let last = held.head.seq;
        held.clock += 5 * MINUTE;
        held.votes(BEN, Some(&secret));
        held.clock += 40 * MINUTE;
        held.votes(ANN, Some(&secret));
        held.commands(BEN, draft("d1", "Forms"));
        assert_eq!(whole(&held), before, "{visibility:?}");
        assert_eq!(held.tape(last + 1, held.head.seq).records, []);
        // Named votes with live totals show to everyone.
        held.commands(ANN, Command::CancelRound { round: RoundId(1) });
        held.opens(dots(false, Visibility::Live));
        let before = held.head.seq;
        held.votes(BEN, None);
        assert_eq!(held.counted_after(before), [(By::Nobody, 1)]);
        assert_eq!(held.history(&[]).report().seq, held.head.seq);
    }
}

#[test]
fn hist_3_a_saved_version_is_told_though_nothing_that_is_shown_changed() {
    let mut held = Held::begun();
    let last = held.head.seq;
    held.clock += 40 * MINUTE;
    drop(held.sends(asked(BEN, "r1", saves("Ben may not"))));
    drop(held.sends(asked(ANN, "r2", saves("Once"))));
    let saved = held.head.seq;
    held.clock += 40 * MINUTE;
    drop(held.sends(asked(ANN, "r2", saves("Once"))));
    let tape = held.tape(last + 1, held.head.seq).records;
    let [shown] = &tape[..] else {
        panic!("one record: {tape:?}")
    };
    assert_eq!((shown.seq, shown.who), (saved, ANN.code()));
    assert_eq!((&shown.update, &shown.view), (&None, &None));
    assert_eq!(held.counted_after(last), [(ANN, 1)]);
    let report = held.history(&[]).report();
    assert_eq!((report.seq, report.at), (saved, shown.at));
    // It is a session of its own, after so long.
    let session = report.sessions.last().unwrap();
    assert_eq!((session.first, session.last), (saved, saved));
}

/// What is counted is what is on tape, but for the clock's own records.
#[test]
fn hist_3_whatever_is_on_no_tape_is_in_no_count() {
    let held = morning();
    let tape = held.tape(1, held.head.seq).records;
    let is_tick = |seq: u64| matches!(held.records[seq as usize - 1].body, Body::Tick);
    let on_tape = tape.iter().filter(|one| !is_tick(one.seq)).count();
    let sessions = held.history(&[]).report().sessions;
    let activity = sessions.iter().flat_map(|one| &one.activity);
    let counted: u32 = activity
        .flat_map(|one| &one.by)
        .map(|one| one.records)
        .sum();
    assert_eq!(counted as usize, on_tape);
}
