//! VOTE: rounds of dot voting.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yrs::Transact;

use super::agenda::does;
use super::*;
use crate::map::{JourneyMap, schema::Collection};
use crate::record::Opening;
use crate::round::{Commitment, RoundId, RoundSecret, RoundSetup, Targets, Visibility, Voter};

const FIRST: RoundId = RoundId(1);

fn setup() -> RoundSetup {
    RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets::default(),
        dots: 3,
        most_per_card: 2,
        visibility: Visibility::Secret,
        anonymous: false,
        seconds: None,
        roles: vec![Role::Participant, Role::Facilitator],
    }
}

fn secret(n: u8) -> RoundSecret {
    RoundSecret::new([n; 32])
}

/// A map of four opportunities `o1` … `o4` in two stages and a pain `p1`; Ann facilitates, Ben and Cleo participate, Olga observes.
struct Vote {
    script: Script,
    ann_at_home: Peer,
}

const CLEO: ParticipantId = ParticipantId(3);
const OLGA: ParticipantId = ParticipantId(4);

impl Vote {
    fn prepared() -> Self {
        let mut script = Script::with_people();
        script.join(Role::Participant, "Cleo", "c");
        script.join(Role::Observer, "Olga", "o");
        let card = |id: &str, lane: &str, stage: &str| serde_json::json!({"id": id, "lane": lane, "stage": stage, "text": format!("Card {id}")});
        let map = serde_json::json!({
            "format": "cairn.map/1", "title": "Votes", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "lanes": [{"id": "lo", "kind": "opportunity", "title": "O"}, {"id": "lp", "kind": "pain", "title": "P"}],
            "cards": [card("o1", "lo", "s1"), card("o2", "lo", "s1"), card("o3", "lo", "s2"), card("o4", "lo", "s2"),
                card("p1", "lp", "s1")],
        });
        let map = JourneyMap::parse(&map.to_string()).unwrap();
        let update: Bytes = map::to_update(&map, 77).into();
        script.ok(ann(), Body::Edit(update.clone()));
        let ann_at_home = Peer::new(78);
        ann_at_home.hears(&update);
        Self {
            script,
            ann_at_home,
        }
    }

    fn open(setup: RoundSetup) -> Self {
        let mut vote = Self::prepared();
        vote.script
            .ok(ann(), Body::Round(Opening::New(setup), None));
        vote
    }

    fn places(&mut self, who: ParticipantId, card: &str, dots: u8) -> Result<Effects, Refusal> {
        self.script.does(Actor::Participant(who), vote(card, dots))
    }

    fn deletes(&mut self, card: &str) -> Effects {
        let update: Bytes = {
            let mut txn = self.ann_at_home.0.transact_mut();
            map::remove(&mut txn, Collection::Cards, card).unwrap();
            txn.encode_update_v1().into()
        };
        self.script.ok(ann(), Body::Edit(update))
    }

    fn moves(&mut self, card: &str, stage: &str) {
        let update: Bytes = {
            let mut txn = self.ann_at_home.0.transact_mut();
            map::move_card(&mut txn, card, "lo", stage, map::Place::Last).unwrap();
            txn.encode_update_v1().into()
        };
        self.script.ok(ann(), Body::Edit(update));
    }

    fn closes(&mut self) {
        self.script
            .ok(ann(), does(Command::CloseRound { round: FIRST }));
    }

    fn round(&self) -> &Round {
        self.script.workshop.rounds().last().unwrap()
    }

    /// Card, dots, rank.
    fn result(&self) -> Vec<(&str, u32, u32)> {
        let standings = self.round().standings().into_iter();
        standings
            .map(|standing| (standing.target.card.as_str(), standing.dots, standing.rank))
            .collect()
    }

    fn left(&self, who: ParticipantId) -> u8 {
        self.round().left(Voter::Named(who))
    }
}

fn vote(card: &str, dots: u8) -> Body {
    does(Command::Vote {
        round: FIRST,
        card: card.to_owned(),
        dots,
    })
}

#[track_caller]
fn refused(outcome: Result<Effects, Refusal>, rule: &str) {
    assert_eq!(outcome.expect_err("this should be refused").rule, rule);
}

#[test]
fn vote_1_the_ballot_is_frozen_when_the_round_opens() {
    let mut vote = Vote::open(setup());
    let cards: Vec<_> = vote
        .round()
        .targets
        .iter()
        .map(|target| target.card.clone())
        .collect();
    assert_eq!(cards, ["o1", "o2", "o3", "o4"]);
    refused(vote.places(BEN, "p1", 1), "VOTE-1");
    // A card that comes later is not in it, and words that change later do not change it.
    let update: Bytes = {
        let mut txn = vote.ann_at_home.0.transact_mut();
        map::set_text(&mut txn, Collection::Cards, "o1", "text", "Another").unwrap();
        txn.encode_update_v1().into()
    };
    vote.script.ok(ann(), Body::Edit(update));
    assert_eq!(vote.round().targets[0].text, "Card o1");
}

#[test]
fn vote_1_targets_are_lanes_and_stages_or_picked_cards() {
    let ids = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
    let about = |targets| {
        let vote = Vote::open(RoundSetup { targets, ..setup() });
        let targets = vote.round().targets.iter();
        targets
            .map(|target| target.card.clone())
            .collect::<Vec<_>>()
    };
    let (none, s2, lp) = (Targets::default, ids(&["s2"]), ids(&["lp"]));
    assert_eq!(
        about(Targets {
            stages: s2,
            ..none()
        }),
        ["o3", "o4"]
    );
    assert_eq!(
        about(Targets {
            lanes: lp,
            ..none()
        }),
        ["p1"]
    );
    let cards = ids(&["p1", "o4", "gone"]);
    assert_eq!(about(Targets { cards, ..none() }), ["o4", "p1"]);
}

#[test]
fn vote_2_a_voter_is_a_participant_of_an_eligible_role() {
    let mut vote = Vote::open(RoundSetup {
        roles: vec![Role::Participant],
        ..setup()
    });
    vote.places(BEN, "o1", 1).unwrap();
    refused(vote.places(ANN, "o1", 1), "VOTE-2");
    refused(vote.places(OLGA, "o1", 1), "VOTE-2");
    refused(
        vote.script.does(Actor::Host, super::rounds::vote("o1", 1)),
        "VOTE-2",
    );
    let pseudonym = Actor::Pseudonym(secret(1).pseudonym(CLEO));
    refused(
        vote.script.does(pseudonym, super::rounds::vote("o1", 1)),
        "VOTE-2",
    );
}

#[test]
fn vote_3_never_more_dots_than_allotted_nor_more_on_a_card_than_allowed() {
    let mut vote = Vote::open(setup());
    refused(vote.places(BEN, "o1", 3), "VOTE-3");
    vote.places(BEN, "o1", 2).unwrap();
    vote.places(BEN, "o2", 1).unwrap();
    assert_eq!(vote.left(BEN), 0);
    refused(vote.places(BEN, "o3", 1), "VOTE-3");
    // Said again it is the same; taken back it is free again.
    vote.places(BEN, "o1", 2).unwrap();
    vote.places(BEN, "o1", 1).unwrap();
    vote.places(BEN, "o3", 1).unwrap();
    refused(vote.places(BEN, "o3", 2), "VOTE-3");
    vote.places(BEN, "o1", 0).unwrap();
    assert_eq!(vote.left(BEN), 1);
}

#[test]
fn vote_4_who_comes_late_has_a_full_ballot_while_the_round_is_open() {
    let mut vote = Vote::open(setup());
    let dora = vote.script.join(Role::Participant, "Dora", "d");
    assert_eq!(vote.left(dora), 3);
    vote.places(dora, "o4", 2).unwrap();
    vote.closes();
    let emil = vote.script.join(Role::Participant, "Emil", "e");
    refused(vote.places(emil, "o4", 1), "VOTE-7");
}

#[test]
fn vote_5_leaving_changes_nothing_and_so_does_removal() {
    let mut vote = Vote::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    vote.script
        .ok(ann(), does(Command::Remove { participant: BEN }));
    refused(vote.places(BEN, "o1", 0), "VOTE-2");
    vote.closes();
    assert_eq!(vote.result()[0], ("o1", 2, 1));
}

#[test]
fn vote_6_a_deleted_target_is_withdrawn_and_its_dots_go_back_while_a_moved_one_keeps_them() {
    let mut vote = Vote::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    vote.places(BEN, "o2", 1).unwrap();
    vote.moves("o2", "s2");
    assert_eq!(vote.left(BEN), 0);
    let effects = vote.deletes("o1");
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    assert_eq!(vote.left(BEN), 2);
    refused(vote.places(BEN, "o1", 1), "VOTE-6");
    vote.places(BEN, "o3", 2).unwrap();
    vote.closes();
    assert_eq!(vote.result(), [("o3", 2, 1), ("o2", 1, 2), ("o4", 0, 3)]);
    assert!(vote.round().targets[0].withdrawn);
    // After closing a deletion changes no result.
    vote.deletes("o3");
    assert_eq!(vote.result()[0], ("o3", 2, 1));
}

#[test]
fn vote_7_a_round_closes_at_its_deadline_by_the_records_time() {
    let mut vote = Vote::open(RoundSetup {
        seconds: Some(60),
        ..setup()
    });
    let opened = vote.round().opened;
    assert_eq!(vote.script.workshop.wake_at(), Some(opened + 60_000));
    vote.places(BEN, "o1", 1).unwrap();
    vote.script.clock = opened + 60_000;
    let too_late = Draft::new(ben(), super::rounds::vote("o2", 1));
    let Folded { effects, outcome } = vote.script.folds(too_late);
    assert_eq!(outcome.unwrap_err().rule, "VOTE-7");
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    assert_eq!(vote.round().state, RoundState::Closed(opened + 60_000));
    assert_eq!(vote.result()[0], ("o1", 1, 1));
}

#[test]
fn vote_8_ties_are_ties_and_a_run_off_is_held_on_the_tied_cards() {
    let mut vote = Vote::open(setup());
    for (who, card) in [(BEN, "o3"), (CLEO, "o1"), (ANN, "o4")] {
        vote.places(who, card, 1).unwrap();
    }
    let run_off = |rank| Body::Round(Opening::RunOff(FIRST, rank), None);
    vote.script.refused("VOTE-8", ann(), run_off(1));
    vote.closes();
    assert_eq!(
        vote.result(),
        [("o1", 1, 1), ("o3", 1, 1), ("o4", 1, 1), ("o2", 0, 4)]
    );
    vote.script.refused("VOTE-8", ann(), run_off(4));
    vote.script.refused("VOTE-8", ann(), run_off(2));
    vote.script.refused("ROLE-3", ben(), run_off(1));
    // A card deleted since then is not in it.
    vote.deletes("o4");
    vote.script.ok(ann(), run_off(1));
    let round = vote.round();
    assert_eq!((round.id, round.run_off_of), (RoundId(2), Some(FIRST)));
    let cards: Vec<_> = round
        .targets
        .iter()
        .map(|target| target.card.as_str())
        .collect();
    assert_eq!(cards, ["o1", "o3"]);
}

#[test]
fn vote_9_a_facilitator_closes_cancels_and_reopens() {
    let mut vote = Vote::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    let close = || does(Command::CloseRound { round: FIRST });
    let cancel = || does(Command::CancelRound { round: FIRST });
    let again = || Body::Round(Opening::Again(FIRST), None);
    vote.script.refused("ROLE-3", ben(), close());
    vote.script.refused("ROLE-3", ben(), cancel());
    vote.script.refused("VOTE-11", ann(), again());
    vote.script.ok(ann(), close());
    vote.script.refused("VOTE-9", ann(), close());
    vote.script.refused("VOTE-9", ann(), cancel());
    vote.script.refused("ROLE-3", ben(), again());
    vote.script.ok(ann(), again());
    assert_eq!(vote.left(BEN), 1, "the ballots are as they were");
    vote.script.ok(ann(), cancel());
    assert_eq!(vote.round().voters(), 0);
    assert!(matches!(vote.round().state, RoundState::Cancelled(_)));
}

#[test]
fn vote_9_a_card_deleted_while_the_round_was_closed_is_withdrawn_when_it_reopens() {
    let mut vote = Vote::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    vote.closes();
    vote.deletes("o1");
    vote.script
        .ok(ann(), Body::Round(Opening::Again(FIRST), None));
    assert!(vote.round().targets[0].withdrawn);
    assert_eq!(vote.left(BEN), 3);
}

fn anonymous(n: u8) -> (Vote, RoundSecret) {
    let mut vote = Vote::prepared();
    let secret = secret(n);
    let setup = RoundSetup {
        anonymous: true,
        ..setup()
    };
    let commitment = Some(secret.commitment());
    vote.script
        .ok(ann(), Body::Round(Opening::New(setup), commitment));
    (vote, secret)
}

#[test]
fn vote_10_an_anonymous_ballot_names_nobody_and_is_counted_like_any() {
    let (mut vote, secret) = anonymous(7);
    let ben_votes = Actor::Pseudonym(secret.pseudonym(BEN));
    // Under one's own name one has no ballot here.
    refused(vote.places(BEN, "o1", 1), "VOTE-2");
    let effects = vote.script.ok(ben_votes, super::rounds::vote("o1", 2));
    assert_eq!(effects.personal, Concerned::Behind(secret.pseudonym(BEN)));
    refused(
        vote.script.does(ben_votes, super::rounds::vote("o2", 2)),
        "VOTE-3",
    );
    vote.script
        .refused("ROLE-2", ben_votes, Body::Edit(Peer::new(9).types("x")));
    vote.closes();
    assert_eq!(vote.result()[0], ("o1", 2, 1));
    let ballot = vote.round().ballot(Voter::Pseudonym(secret.pseudonym(BEN)));
    assert_eq!(ballot, Some(&BTreeMap::from([("o1".to_owned(), 2)])));
    // Nothing in the journal holds the number that Ben has in this map beside what he voted for.
    let of_vote = vote
        .script
        .records
        .iter()
        .rfind(|record| record.actor == ben_votes);
    assert!(of_vote.is_some());
    assert_ne!(secret.pseudonym(BEN), self::secret(8).pseudonym(BEN));
    assert_ne!(secret.request(BEN, "r"), secret.request(CLEO, "r"));
}

#[test]
fn vote_10_an_anonymous_round_begins_anew_when_it_reopens() {
    let (mut vote, first) = anonymous(7);
    vote.script.ok(
        Actor::Pseudonym(first.pseudonym(BEN)),
        super::rounds::vote("o1", 2),
    );
    vote.closes();
    let again = |commitment: Option<Commitment>| Body::Round(Opening::Again(FIRST), commitment);
    vote.script.refused("VOTE-10", ann(), again(None));
    vote.script.ok(ann(), again(Some(secret(8).commitment())));
    assert_eq!(vote.round().voters(), 0);
}

#[test]
fn vote_11_a_round_out_of_bounds_is_refused() {
    let picked = |cards: Vec<String>| Targets {
        cards: Some(cards),
        lanes: None,
        stages: None,
    };
    let both = Targets {
        cards: Some(vec!["o1".into()]),
        lanes: Some(vec!["lo".into()]),
        stages: None,
    };
    let lanes = |count: usize| Targets {
        lanes: Some(vec!["lo".into(); count]),
        ..Targets::default()
    };
    let bad = [
        RoundSetup {
            targets: picked(vec!["o1".into(); 2001]),
            ..setup()
        },
        RoundSetup {
            targets: lanes(201),
            ..setup()
        },
        RoundSetup {
            roles: vec![Role::Participant; 4],
            ..setup()
        },
        RoundSetup {
            question: " ".into(),
            ..setup()
        },
        RoundSetup {
            question: "x".repeat(201),
            ..setup()
        },
        RoundSetup { dots: 0, ..setup() },
        RoundSetup {
            dots: 100,
            ..setup()
        },
        RoundSetup {
            most_per_card: 0,
            ..setup()
        },
        RoundSetup {
            most_per_card: 4,
            ..setup()
        },
        RoundSetup {
            seconds: Some(9),
            ..setup()
        },
        RoundSetup {
            seconds: Some(86_401),
            ..setup()
        },
        RoundSetup {
            roles: Vec::new(),
            ..setup()
        },
        RoundSetup {
            targets: picked(vec!["gone".into()]),
            ..setup()
        },
        RoundSetup {
            targets: picked(vec!["no id".into()]),
            ..setup()
        },
        RoundSetup {
            targets: both,
            ..setup()
        },
        RoundSetup {
            anonymous: true,
            ..setup()
        },
    ];
    let mut vote = Vote::prepared();
    for setup in bad {
        vote.script
            .refused("VOTE-11", ann(), Body::Round(Opening::New(setup), None));
    }
    let named_with_secret = Body::Round(Opening::New(setup()), Some(secret(1).commitment()));
    vote.script.refused("VOTE-11", ann(), named_with_secret);
    vote.script
        .refused("ROLE-3", ben(), Body::Round(Opening::New(setup()), None));
    vote.script
        .ok(ann(), Body::Round(Opening::New(setup()), None));
    // One at a time.
    vote.script
        .refused("VOTE-11", ann(), Body::Round(Opening::New(setup()), None));
}

#[derive(Clone, Debug)]
enum Act {
    Place(u32, usize, u8),
    Delete(usize),
    Close,
    Again,
    Remove(u32),
    Late,
    Restart,
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => (1..7u32, 0..5usize, 0..4u8).prop_map(|(who, card, dots)| Act::Place(who, card, dots)),
        1 => (0..5usize).prop_map(Act::Delete),
        1 => Just(Act::Close),
        2 => Just(Act::Again),
        1 => (2..7u32).prop_map(Act::Remove),
        2 => Just(Act::Late),
        1 => Just(Act::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// VOTE-2, VOTE-3, VOTE-6: after any record, whatever people do at once, come late, leave or delete.
    #[test]
    fn vote_3_no_ballot_ever_holds_more_than_it_may(acts in proptest::collection::vec(acts(), 1..60)) {
        const CARDS: [&str; 5] = ["o1", "o2", "o3", "o4", "p1"];
        let mut vote = Vote::open(setup());
        let mut gone = std::collections::BTreeSet::new();
        for act in acts {
            match act {
                Act::Place(who, card, dots) => drop(vote.places(ParticipantId(who), CARDS[card], dots)),
                Act::Delete(card) => {
                    if gone.insert(card) {
                        vote.deletes(CARDS[card]);
                    }
                }
                Act::Close => drop(vote.script.does(ann(), does(Command::CloseRound { round: FIRST }))),
                Act::Again => drop(vote.script.does(ann(), Body::Round(Opening::Again(FIRST), None))),
                Act::Remove(who) => {
                    let remove = Command::Remove { participant: ParticipantId(who) };
                    drop(vote.script.does(ann(), does(remove)));
                }
                Act::Late => drop(vote.script.join(Role::Participant, "Late", "l")),
                Act::Restart => {
                    let snapshot = vote.script.workshop.snapshot();
                    vote.script.workshop = Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
                }
            }
            let round = vote.round();
            for (voter, ballot) in round.ballots() {
                let sum: u32 = ballot.values().map(|n| u32::from(*n)).sum();
                prop_assert!(sum <= 3 && ballot.values().all(|n| (1..=2).contains(n)), "{voter:?}: {ballot:?}");
                let withdrawn = |card: &String| round.targets.iter().any(|t| t.card == *card && t.withdrawn);
                prop_assert!(!ballot.keys().any(withdrawn), "{ballot:?}");
            }
            let counted: u32 = round.standings().iter().map(|standing| standing.dots).sum();
            let placed: u32 = round.ballots().values().flat_map(BTreeMap::values).map(|n| u32::from(*n)).sum();
            prop_assert_eq!(counted, placed);
        }
        let mut replayed = Workshop::new(map_id());
        for record in &vote.script.records {
            drop(apply(&mut replayed, record));
        }
        prop_assert_eq!(replayed.snapshot(), vote.script.workshop.snapshot());
    }
}
