//! Whole workshops under whatever people do at once: every command there is, from whoever, allowed or not, sent again, held up on its
//! way, among edits of cards, stages and lanes, late joiners, removals, a clock that jumps ahead and back, and restarts. After every
//! record the workshop is what a notebook says that was kept by simpler means (`books`), and the rules of `holds` hold.
//!
//! Rounds, what is sent again, and restarts are played by the tests of rounds (`rounds::anything`), edits by those of locks
//! (`lock::random`).

mod asked;
mod books;
mod holds;
mod may;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::agenda::{does, step};
use super::lock::changes;
use super::lock::random::{Deed, Picture, deeds, moved_outside, perform, picture};
use super::rounds::anything as rounds;
use super::*;
use crate::agenda::AtZero;
use crate::channel::ClientCommand;
use crate::record::{Opening, Record};
use asked::{CARDS, LANES, STAGES, aimed, asked, begun};
use books::{Books, People};
use holds::Standing;

const NOW: &str = "2026-11-28T09:30:00Z";

#[derive(Clone, Debug)]
enum Act {
    Asks(u32, ClientCommand),
    Edits(u32, Vec<Deed>),
    /// Somebody loads the page anew.
    Reloads(u32),
    Joins(Role),
    ComesBack(u32, Role),
    /// What the tests of rounds have: what is sent again or held up, time, restarts.
    Round(rounds::Act),
}

/// A whole play: what is under way, and what people do then.
fn plays(acts_at_most: usize) -> impl Strategy<Value = Vec<Act>> {
    let begun = begun().prop_map(|all| all.into_iter().map(|one| Act::Asks(0, one)));
    let acts = proptest::collection::vec(acts(), 10..=acts_at_most);
    (begun, acts).prop_map(|(begun, acts)| begun.chain(acts).collect())
}

fn acts() -> impl Strategy<Value = Act> {
    let roles = proptest::sample::select(&[Role::Observer, Role::Participant][..]);
    let around = prop_oneof![
        2 => rounds::answers(),
        4 => (0..70_000u64).prop_map(rounds::Act::Wait),
        1 => (0..400_000u64).prop_map(rounds::Act::Wait),
        1 => (0..90_000u64).prop_map(rounds::Act::SetBack),
        1 => Just(rounds::Act::Restart),
    ];
    prop_oneof![
        16 => asked().prop_map(|(who, command)| Act::Asks(who, command)),
        4 => (0..5u32, proptest::collection::vec(deeds(&CARDS, &LANES, &STAGES), 1..3))
            .prop_map(|(who, deeds)| Act::Edits(who, deeds)),
        1 => (0..5u32).prop_map(Act::Reloads),
        1 => roles.clone().prop_map(Act::Joins),
        1 => (1..6u32, roles).prop_map(|(who, role)| Act::ComesBack(who, role)),
        3 => around.prop_map(Act::Round),
    ]
}

/// The play of rounds with everything around it.
struct Play {
    rounds: rounds::Play,
    books: Books,
    /// Of the record before.
    books_before: People,
    peers: BTreeMap<u32, Peer>,
    clients: u64,
    drawn: u64,
    written: u32,
    /// How things stood after the last record.
    before: Option<Standing>,
    /// By kind of record: how many were taken, and how many refused.
    seen: BTreeMap<String, (u32, u32)>,
}

impl Play {
    fn new() -> Self {
        let rounds = rounds::Play::new();
        let mut books = Books::default();
        for record in &rounds.gathering.script.records {
            books.hears(record, true, &[]);
        }
        let mut play = Self {
            rounds,
            books,
            books_before: People::new(),
            peers: BTreeMap::new(),
            clients: 1_000,
            drawn: 0,
            written: 0,
            before: None,
            seen: BTreeMap::new(),
        };
        let step = |title, end| step(title, 2, end);
        let steps = vec![
            step("Map", AtZero::Wait),
            step("Vote", AtZero::Advance),
            step("Look", AtZero::Lock),
        ];
        play.does(&Act::Asks(0, Command::SetAgenda { steps }.into()));
        play
    }

    fn workshop(&self) -> &Workshop {
        self.rounds.workshop()
    }

    /// Somebody's copy of the map; a new one is what everyone has.
    fn peer(&mut self, who: u32) -> &Peer {
        let (state, clients) = (self.rounds.workshop().encode_state(), &mut self.clients);
        self.peers.entry(who).or_insert_with(|| {
            *clients += 1;
            let peer = Peer::new(*clients);
            peer.hears(&state);
            peer
        })
    }

    /// Does it and notes what came of it; gives the record that it left, if it left one, and whether that was taken.
    fn does(&mut self, act: &Act) -> Option<(Record, bool)> {
        let records = self.rounds.gathering.script.records.len();
        self.acts(act);
        let record = self.rounds.gathering.script.records.get(records)?.clone();
        let outcome = &self.rounds.came.as_ref().unwrap().outcome;
        let taken = *outcome == Ok(Done::Now);
        let (done, refused) = self.seen.entry(may::kind(&record.body)).or_default();
        *done += u32::from(taken);
        *refused += u32::from(outcome.is_err());
        // Whoever was refused has in the copy what nobody else has: they load anew.
        if matches!(record.body, Body::Edit(_)) && !taken {
            let who = record.actor.participant().map_or(0, |who| who.0);
            self.peers.remove(&who);
        }
        self.books_before.clone_from(&self.books.people);
        let steps = self.rounds.workshop().steps().to_vec();
        self.books.hears(&record, taken, &steps);
        Some((record, taken))
    }

    /// The same, with a look at everything after it.
    fn does_within_the_rules(&mut self, act: &Act) -> Result<(), TestCaseError> {
        let records = self.rounds.gathering.script.records.len();
        let before = self
            .before
            .take()
            .unwrap_or_else(|| Standing::of(self, None));
        let left = self.does(act);
        let many = self.rounds.gathering.script.records.len() - records;
        prop_assert_eq!(many, usize::from(left.is_some()), "one record an act");
        let now = match left {
            Some((record, taken)) => self.holds(&before, &record, taken)?,
            None => self.holds_still(&before)?,
        };
        self.before = Some(now);
        Ok(())
    }

    fn acts(&mut self, act: &Act) {
        match act {
            Act::Asks(who, command) => {
                let by = match who {
                    0 => Actor::Host,
                    who => Actor::Participant(ParticipantId(*who)),
                };
                let command = aimed(self.workshop(), command.clone());
                self.asks(by, command);
            }
            Act::Edits(who, deeds) => {
                let update = changes(self.peer(*who), |txn| {
                    for deed in deeds {
                        perform(txn, deed);
                    }
                });
                let by = match who {
                    0 => Actor::Host,
                    who => Actor::Participant(ParticipantId(*who)),
                };
                self.rounds.sends(by, Body::Edit(update));
            }
            Act::Reloads(who) => drop(self.peers.remove(who)),
            Act::Joins(role) => self.joins(None, *role),
            Act::ComesBack(who, role) => self.joins(Some(ParticipantId(*who)), *role),
            Act::Round(act) => self.rounds.does(act),
        }
    }

    fn joins(&mut self, known_as: Option<ParticipantId>, role: Role) {
        let join = joins(known_as, role, "Late", "l");
        self.rounds.folds(&Draft::new(Actor::Server, join));
    }

    /// As a room does it. A command of a new kind has no arm here, and nothing compiles.
    fn asks(&mut self, by: Actor, command: ClientCommand) {
        let body = match command {
            ClientCommand::OpenRound { setup } => {
                return self.rounds.opens(by, Opening::New(setup));
            }
            ClientCommand::OpenEmotionRound { setup } => {
                return self.rounds.opens(by, Opening::Emotion(setup));
            }
            ClientCommand::RunOff { round, rank } => {
                return self.rounds.opens(by, Opening::RunOff(round, rank));
            }
            ClientCommand::ReopenRound { round } => {
                return self.rounds.opens(by, Opening::Again(round));
            }
            ClientCommand::RotateInvite { role } => {
                Body::Invite(role, token(&self.draw().to_string()))
            }
            ClientCommand::Reveal {} => {
                let mut seed = [0; 32];
                seed[..8].copy_from_slice(&self.draw().to_le_bytes());
                Body::Reveal(self.workshop().reveal(by, &seed, NOW))
            }
            ClientCommand::Restore { seq } => self.restore(seq),
            ClientCommand::Fold(Command::WriteDraft {
                draft, lane, stage, ..
            }) => {
                self.written += 1;
                let text = format!("<{}>", self.written);
                does(Command::WriteDraft {
                    draft,
                    lane,
                    stage,
                    text,
                })
            }
            ClientCommand::Fold(answer @ (Command::Vote { .. } | Command::Feel { .. })) => {
                if let Some(who) = by.participant() {
                    return self.rounds.answers(who.0, answer);
                }
                does(answer)
            }
            ClientCommand::Fold(command) => does(command),
        };
        self.rounds.sends(by, body);
    }

    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    fn restore(&mut self, seq: u64) -> Body {
        let mut then = Workshop::new(map_id());
        let records = &self.rounds.gathering.script.records;
        for record in records.iter().filter(|one| one.seq <= seq) {
            drop(apply(&mut then, record));
        }
        let then = CheckedUpdate::check_own(then.encode_state()).unwrap();
        let first = self.draw();
        let ground = self.workshop().ground(|| (5_000_000 + first) << 32);
        Body::Restore(ground.bring_back(seq, &then).unwrap())
    }

    /// All that anybody is shown or reads of a workshop.
    fn shown(&self, workshop: &Workshop) -> (String, Picture) {
        let secret = self.rounds.secret.as_ref();
        let people = workshop.people();
        let own: Vec<_> = people
            .map(|(who, _)| workshop.personal(who, secret))
            .collect();
        let rest = (
            workshop.shared(&BTreeSet::new(), 0),
            own,
            workshop.round_reports(Actor::Host, secret),
            workshop.version_list(),
            workshop.known(),
            (workshop.at(), workshop.edited(), workshop.wake_at()),
            workshop.invites().collect::<Vec<_>>(),
            workshop.drafts_hash(),
        );
        (format!("{rest:?}"), picture(workshop.doc()))
    }
}

/// Somebody has put as much aside as there is room for, but one thing.
fn fill_the_parking_lot(play: &mut Play) {
    for _ in 0..limits::PARKED - 1 {
        let text = "Later".to_owned();
        play.does(&Act::Asks(0, Command::Park { text }.into()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn fold_1_whatever_people_do_the_rules_hold_after_every_record(
        crowded in proptest::bool::weighted(0.1),
        acts in plays(90),
        cut in any::<Index>(),
    ) {
        let mut play = Play::new();
        if crowded {
            fill_the_parking_lot(&mut play);
        }
        for act in &acts {
            play.does_within_the_rules(act)?;
        }
        let script = &play.rounds.gathering.script;
        let cut = cut.index(script.records.len());
        let mut again = Workshop::new(map_id());
        for record in &script.records[..cut] {
            drop(apply(&mut again, record));
        }
        let mut over = restored(&again.snapshot(), &script.records);
        for record in &script.records[cut..] {
            prop_assert_eq!(apply(&mut again, record), apply(&mut over, record));
        }
        let live = play.shown(play.workshop());
        prop_assert_eq!(&live, &play.shown(&again), "FOLD-1");
        prop_assert_eq!(&live, &play.shown(&over), "FOLD-2");
    }
}

/// Such plays reach everything: each kind of command is done in some and refused in some. These are the same each time.
#[test]
fn fold_1_no_kind_of_command_is_left_out_of_the_plays() {
    let mut runner = TestRunner::deterministic();
    let plays = plays(90);
    let mut seen: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for _ in 0..80 {
        let mut play = Play::new();
        for act in plays.new_tree(&mut runner).unwrap().current() {
            play.does(&act);
        }
        for (kind, (done, refused)) in play.seen {
            let sum = seen.entry(kind).or_default();
            *sum = (sum.0 + done, sum.1 + refused);
        }
    }
    let rare = |kind: &String| {
        seen.get(kind)
            .is_none_or(|(done, refused)| *done == 0 || *refused == 0)
    };
    let rare: Vec<_> = may::kinds().into_iter().filter(rare).collect();
    assert!(
        rare.is_empty(),
        "{rare:?} are not both done and refused: {seen:?}"
    );
}
