//! VOTE: rounds of dot voting.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yrs::Transact;

use super::*;

impl Gathering {
    fn open(setup: RoundSetup) -> Self {
        let mut vote = Self::prepared();
        vote.opens(Opening::New(setup), None);
        vote
    }

    fn places(&mut self, who: ParticipantId, card: &str, dots: u8) -> Result<Effects, Refusal> {
        self.script
            .does(Actor::Participant(who), placing(card, dots))
    }

    fn moves(&mut self, card: &str, stage: &str) {
        let update: Bytes = {
            let mut txn = self.ann_at_home.0.transact_mut();
            map::move_card(&mut txn, card, "lo", stage, map::Place::Last).unwrap();
            txn.encode_update_v1().into()
        };
        self.script.ok(ann(), Body::Edit(update));
    }

    fn dots(&self) -> &Dots {
        match &self.round().subject {
            Subject::Dots(dots) => dots,
            Subject::Emotions(_) => panic!("a round of feelings"),
        }
    }

    /// Card, dots, rank.
    fn result(&self) -> Vec<(&str, u32, u32)> {
        let standings = self.dots().standings().into_iter();
        standings
            .map(|standing| (standing.target.id.as_str(), standing.dots, standing.rank))
            .collect()
    }

    fn left(&self, who: ParticipantId) -> u8 {
        self.dots().left(Voter::Named(who))
    }
}

fn placing(card: &str, dots: u8) -> Body {
    does(Command::Vote {
        round: FIRST,
        card: card.to_owned(),
        dots,
    })
}

#[test]
fn vote_1_the_ballot_is_frozen_when_the_round_opens() {
    let mut vote = Gathering::open(setup());
    let cards: Vec<_> = vote
        .dots()
        .targets()
        .iter()
        .map(|target| target.id.clone())
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
    assert_eq!(vote.dots().targets()[0].text, "Card o1");
}

#[test]
fn vote_1_targets_are_lanes_and_stages_or_picked_cards() {
    let ids = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
    let about = |targets| {
        let vote = Gathering::open(RoundSetup { targets, ..setup() });
        let targets = vote.dots().targets().iter();
        targets.map(|target| target.id.clone()).collect::<Vec<_>>()
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
    let mut vote = Gathering::open(RoundSetup {
        roles: vec![Role::Participant],
        ..setup()
    });
    vote.places(BEN, "o1", 1).unwrap();
    refused(vote.places(ANN, "o1", 1), "VOTE-2");
    refused(vote.places(OLGA, "o1", 1), "VOTE-2");
    refused(vote.script.does(Actor::Host, placing("o1", 1)), "VOTE-2");
    let pseudonym = Actor::Pseudonym(secret(1).pseudonym(CLEO));
    refused(vote.script.does(pseudonym, placing("o1", 1)), "VOTE-2");
}

#[test]
fn vote_3_never_more_dots_than_allotted_nor_more_on_a_card_than_allowed() {
    let mut vote = Gathering::open(setup());
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
    let mut vote = Gathering::open(setup());
    let dora = vote.script.join(Role::Participant, "Dora", "d");
    assert_eq!(vote.left(dora), 3);
    vote.places(dora, "o4", 2).unwrap();
    vote.closes();
    let emil = vote.script.join(Role::Participant, "Emil", "e");
    refused(vote.places(emil, "o4", 1), "VOTE-7");
}

#[test]
fn vote_5_leaving_changes_nothing_and_so_does_removal() {
    let mut vote = Gathering::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    vote.script
        .ok(ann(), does(Command::Remove { participant: BEN }));
    refused(vote.places(BEN, "o1", 0), "VOTE-2");
    vote.closes();
    assert_eq!(vote.result()[0], ("o1", 2, 1));
}

#[test]
fn vote_6_a_deleted_target_is_withdrawn_and_its_dots_go_back_while_a_moved_one_keeps_them() {
    let mut vote = Gathering::open(setup());
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
    assert!(vote.dots().targets()[0].withdrawn);
    // After closing a deletion changes no result.
    vote.deletes("o3");
    assert_eq!(vote.result()[0], ("o3", 2, 1));
}

#[test]
fn vote_7_a_round_closes_at_its_deadline_by_the_records_time() {
    let mut vote = Gathering::open(RoundSetup {
        seconds: Some(60),
        ..setup()
    });
    let opened = vote.round().opened;
    assert_eq!(vote.script.workshop.wake_at(), Some(opened + 60_000));
    vote.places(BEN, "o1", 1).unwrap();
    vote.script.clock = opened + 60_000;
    let too_late = Draft::new(ben(), placing("o2", 1));
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
    let mut vote = Gathering::open(setup());
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
    let round = vote.dots();
    assert_eq!(
        (vote.round().id, round.run_off_of),
        (RoundId(2), Some(FIRST))
    );
    let cards: Vec<_> = round
        .targets()
        .iter()
        .map(|target| target.id.as_str())
        .collect();
    assert_eq!(cards, ["o1", "o3"]);
}

#[test]
fn vote_9_a_facilitator_closes_cancels_and_reopens() {
    let mut vote = Gathering::open(setup());
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
    let mut vote = Gathering::open(setup());
    vote.places(BEN, "o1", 2).unwrap();
    vote.closes();
    vote.deletes("o1");
    vote.script
        .ok(ann(), Body::Round(Opening::Again(FIRST), None));
    assert!(vote.dots().targets()[0].withdrawn);
    assert_eq!(vote.left(BEN), 3);
}

#[test]
fn vote_9_an_old_round_that_is_open_again_is_shown_beside_the_latest() {
    let mut gathering = Gathering::prepared();
    for n in 1..=30 {
        gathering.opens(Opening::New(setup()), None);
        let close = Command::CloseRound { round: RoundId(n) };
        gathering.script.ok(ann(), does(close));
    }
    let ids = |rounds: Vec<RoundView>| {
        rounds
            .into_iter()
            .map(|round| round.id.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(gathering.shared().rounds),
        (11..=30).collect::<Vec<_>>()
    );
    gathering.opens(Opening::Again(FIRST), None);
    let with_first = [1].into_iter().chain(11..=30).collect::<Vec<_>>();
    assert_eq!(ids(gathering.shared().rounds), with_first);
}

fn anonymous(n: u8) -> (Gathering, RoundSecret) {
    let mut vote = Gathering::prepared();
    let secret = secret(n);
    let setup = RoundSetup {
        anonymous: true,
        ..setup()
    };
    vote.opens(Opening::New(setup), Some(&secret));
    (vote, secret)
}

#[test]
fn vote_10_an_anonymous_ballot_names_nobody_and_is_counted_like_any() {
    let (mut vote, secret) = anonymous(7);
    let ben_votes = Actor::Pseudonym(secret.pseudonym(BEN));
    // Under one's own name one has no ballot here.
    refused(vote.places(BEN, "o1", 1), "VOTE-2");
    let effects = vote.script.ok(ben_votes, placing("o1", 2));
    assert_eq!(effects.personal, Concerned::Behind(secret.pseudonym(BEN)));
    refused(vote.script.does(ben_votes, placing("o2", 2)), "VOTE-3");
    vote.script
        .refused("ROLE-2", ben_votes, Body::Edit(Peer::new(9).types("x")));
    vote.closes();
    assert_eq!(vote.result()[0], ("o1", 2, 1));
    let ballot = vote.dots().ballot(Voter::Pseudonym(secret.pseudonym(BEN)));
    assert_eq!(ballot, BTreeMap::from([("o1".to_owned(), 2)]));
    // Nothing in the journal holds the number that Ben has in this map beside what he voted for.
    let of_vote = vote
        .script
        .records
        .iter()
        .rfind(|record| record.actor == ben_votes);
    assert!(of_vote.is_some());
    assert_ne!(secret.pseudonym(BEN), super::secret(8).pseudonym(BEN));
    assert_ne!(secret.request(BEN, "r"), secret.request(CLEO, "r"));
}

#[test]
fn vote_10_an_anonymous_round_begins_anew_when_it_reopens() {
    let (mut vote, first) = anonymous(7);
    vote.script
        .ok(Actor::Pseudonym(first.pseudonym(BEN)), placing("o1", 2));
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
    let mut vote = Gathering::prepared();
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
        let mut vote = Gathering::open(setup());
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
                    vote.script.workshop = vote.script.restored();
                }
            }
            let round = vote.dots();
            for (voter, ballot) in round.ballots() {
                let sum: u32 = ballot.values().map(|n| u32::from(*n)).sum();
                prop_assert!(sum <= 3 && ballot.values().all(|n| (1..=2).contains(n)), "{voter:?}: {ballot:?}");
                let withdrawn = |card: &String| round.targets().iter().any(|t| t.id == *card && t.withdrawn);
                prop_assert!(!ballot.keys().any(withdrawn), "{ballot:?}");
            }
            let counted: u32 = round.standings().iter().map(|standing| standing.dots).sum();
            let placed: u32 = round.ballots().flat_map(|(_, ballot)| ballot.into_values()).map(u32::from).sum();
            prop_assert_eq!(counted, placed);
        }
        prop_assert_eq!(vote.script.replayed().everything(), vote.script.workshop.everything());
    }
}
