//! CLI-1: rounds counted again from their records.

use cairn_protocol::emotion::{EmotionSetup, Score};
use cairn_protocol::fold::Folded;
use cairn_protocol::id::{MapId, ParticipantId, Role};
use cairn_protocol::map::{self, Collection, JourneyMap};
use cairn_protocol::record::{Created, Draft, Head, Join};
use cairn_protocol::round::{RoundSecret, RoundSetup, Targets, Visibility};
use yrs::Transact as _;
use yrs::updates::decoder::Decode as _;

use super::*;
use crate::load;

const ANN: Actor = Actor::Participant(ParticipantId(1));
const BEN: Actor = Actor::Participant(ParticipantId(2));
const CLEO: Actor = Actor::Participant(ParticipantId(3));
const OLGA: Actor = Actor::Participant(ParticipantId(4));

/// A workshop that is counted as it goes.
struct Counted {
    workshop: Workshop,
    recount: Recount,
    head: Head,
    clock: u64,
    document: yrs::Doc,
}

impl Counted {
    /// Three ideas in two stages; Ann facilitates, Ben and Cleo participate, Olga observes.
    fn begun() -> Self {
        let map = MapId::new("counted").unwrap();
        let card = |id: &str| serde_json::json!({"id": id, "lane": "l", "stage": "s1", "text": id});
        let content = serde_json::json!({
            "format": "cairn.map/1", "title": "Votes", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "lanes": [{"id": "l", "kind": "opportunity", "title": "O"}],
            "cards": [card("o1"), card("o2"), card("o3")],
        });
        let content = map::to_update(&JourneyMap::parse(&content.to_string()).unwrap(), 7);
        let document = map::new_doc(8);
        let update = yrs::Update::decode_v1(&content).unwrap();
        document.transact_mut().apply_update(update).unwrap();
        let mut counted = Self {
            workshop: Workshop::new(map.clone()),
            recount: Recount::default(),
            head: Head::genesis(&map),
            clock: 1_000,
            document,
        };
        counted.does(Actor::Host, Body::Created(Created { map, open: false }));
        for (name, role) in [
            ("Ann", Role::Facilitator),
            ("Ben", Role::Participant),
            ("Cleo", Role::Participant),
            ("Olga", Role::Observer),
        ] {
            let join = Join {
                known_as: None,
                role,
                name: name.to_owned(),
                color: "#123456".to_owned(),
                tokens: Vec::new(),
            };
            counted.does(Actor::Server, Body::Join(join));
        }
        counted.does(Actor::Host, Body::Edit(content.into()));
        counted
    }

    fn does(&mut self, actor: Actor, body: Body) -> bool {
        self.sends(Draft::new(actor, body))
    }

    fn sends(&mut self, draft: Draft) -> bool {
        self.clock += 1;
        let (record, _) = self.head.seal(self.clock, draft);
        let folded = load::apply(&mut self.workshop, &record).unwrap();
        self.recount.sees(&self.workshop, &record, &folded);
        folded.outcome.is_ok()
    }

    fn votes(&mut self, actor: Actor, round: u32, card: &str, dots: u8) -> bool {
        self.does(actor, vote(round, card, dots))
    }

    fn feels(&mut self, actor: Actor, stage: &str, halves: i8) -> bool {
        let feel = Command::Feel {
            round: RoundId(3),
            stage: stage.to_owned(),
            score: Score::from_halves(halves),
        };
        self.does(actor, Body::Command(feel))
    }

    fn opens(&mut self, opening: Opening, secret: Option<&RoundSecret>) {
        let commitment = secret.map(RoundSecret::commitment);
        assert!(self.does(ANN, Body::Round(opening, commitment)));
    }

    fn deletes(&mut self, collection: Collection, id: &str) {
        let update = {
            let mut txn = self.document.transact_mut();
            map::remove(&mut txn, collection, id).unwrap();
            txn.encode_update_v1()
        };
        assert!(self.does(ANN, Body::Edit(update.into())));
    }

    fn ends(&mut self, command: Command) {
        assert!(self.does(ANN, Body::Command(command)));
    }

    fn closes(&mut self, round: u32) {
        let round = RoundId(round);
        self.ends(Command::CloseRound { round });
    }

    /// Nothing differs after any of this.
    fn adds_up(&self) -> usize {
        self.recount.against(&self.workshop).unwrap()
    }
}

fn vote(round: u32, card: &str, dots: u8) -> Body {
    Body::Command(Command::Vote {
        round: RoundId(round),
        card: card.to_owned(),
        dots,
    })
}

fn dots(anonymous: bool, seconds: Option<u32>) -> Opening {
    Opening::New(RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets::default(),
        dots: 3,
        most_per_card: 2,
        visibility: Visibility::Secret,
        anonymous,
        seconds,
        roles: vec![Role::Participant, Role::Facilitator],
    })
}

fn secret(n: u8) -> RoundSecret {
    RoundSecret::new([n; 32])
}

fn behind(n: u8, who: u32) -> Actor {
    Actor::Pseudonym(secret(n).pseudonym(ParticipantId(who)))
}

/// A round with names: taken back, said twice, too many, too late, of nobody's, on a card that goes, reopened, and a tie run off.
fn named(counted: &mut Counted) {
    counted.opens(dots(false, None), None);
    assert!(counted.votes(BEN, 1, "o1", 2));
    assert!(counted.votes(BEN, 1, "o2", 1));
    assert!(!counted.votes(BEN, 1, "o3", 1));
    assert!(!counted.votes(CLEO, 1, "o1", 3));
    assert!(!counted.votes(OLGA, 1, "o1", 1));
    assert!(!counted.votes(CLEO, 2, "o1", 1));
    let again = |dots| Draft {
        actor: CLEO,
        request: Some("r".to_owned()),
        body: vote(1, "o3", dots),
    };
    assert!(counted.sends(again(2)));
    assert!(counted.votes(CLEO, 1, "o3", 1));
    // Under the same name again: what came in between stays.
    assert!(counted.sends(again(2)));
    assert!(counted.votes(BEN, 1, "o2", 0));
    counted.deletes(Collection::Cards, "o1");
    assert!(counted.votes(BEN, 1, "o2", 1));
    counted.closes(1);
    assert!(!counted.votes(BEN, 1, "o2", 2));
    counted.opens(Opening::Again(RoundId(1)), None);
    assert!(counted.votes(ANN, 1, "o2", 1));
    assert!(counted.votes(ANN, 1, "o2", 0));
    counted.closes(1);
    counted.opens(Opening::RunOff(RoundId(1), 1), None);
    assert!(counted.votes(BEN, 2, "o3", 2));
    counted.closes(2);
}

/// An emotion round that begins anew, and an anonymous one that its deadline closes, and one that is cancelled.
fn unnamed(counted: &mut Counted) {
    let feelings = || EmotionSetup {
        question: "How?".to_owned(),
        stages: None,
        seconds: None,
        roles: vec![Role::Participant],
    };
    counted.opens(Opening::Emotion(feelings()), Some(&secret(1)));
    assert!(counted.feels(behind(1, 2), "s1", 4));
    counted.closes(3);
    counted.opens(Opening::Again(RoundId(3)), Some(&secret(2)));
    assert!(!counted.feels(behind(1, 2), "s1", 4));
    for (who, s1, s2) in [(2, -4, 1), (3, 3, 1), (4, 1, 0)] {
        assert!(counted.feels(behind(2, who), "s1", s1));
        assert!(counted.feels(behind(2, who), "s2", s2));
    }
    counted.closes(3);
    counted.opens(dots(true, Some(10)), Some(&secret(3)));
    assert!(counted.votes(behind(3, 2), 4, "o2", 2));
    counted.clock += 10_000;
    assert!(!counted.votes(behind(3, 3), 4, "o2", 2));
    counted.opens(dots(true, None), Some(&secret(4)));
    assert!(counted.votes(behind(4, 3), 5, "o2", 1));
    counted.ends(Command::CancelRound { round: RoundId(5) });
}

#[test]
fn cli_1_the_records_give_every_round_that_the_fold_has() {
    let mut counted = Counted::begun();
    assert_eq!(counted.adds_up(), 0);
    named(&mut counted);
    assert_eq!(counted.adds_up(), 2);
    unnamed(&mut counted);
    assert_eq!(counted.adds_up(), 4);
    counted.opens(dots(false, None), None);
    assert!(counted.votes(BEN, 6, "o2", 1));
    assert_eq!(
        counted.adds_up(),
        4,
        "an open one is held against the fold, too"
    );
}

#[test]
fn cli_1_the_round_that_differs_is_named() {
    let count = |dots: u8, halves: i8, closes: bool| {
        let mut counted = Counted::begun();
        counted.opens(self::dots(false, None), None);
        counted.votes(BEN, 1, "o1", dots);
        counted.closes(1);
        counted.opens(self::dots(false, None), None);
        counted.votes(CLEO, 2, "o2", 1);
        if closes {
            counted.closes(2);
        } else {
            counted.ends(Command::CancelRound { round: RoundId(2) });
        }
        let feelings = EmotionSetup {
            question: "How?".to_owned(),
            stages: None,
            seconds: None,
            roles: vec![Role::Participant],
        };
        counted.opens(Opening::Emotion(feelings), Some(&secret(1)));
        counted.feels(behind(1, 2), "s1", halves);
        counted.closes(3);
        counted
    };
    let sound = count(1, 1, true);
    assert_eq!(sound.adds_up(), 3);
    for (other, round, says) in [
        (count(2, 1, true), 1, "ballot of p2"),
        (count(1, 1, false), 2, "ended otherwise"),
        (count(1, 2, true), 3, "ballot of "),
    ] {
        let miscount = sound.recount.against(&other.workshop).unwrap_err();
        assert_eq!(miscount.round, RoundId(round));
        assert!(miscount.to_string().contains(says), "{miscount}");
    }
    let none = Counted::begun();
    let miscount = sound.recount.against(&none.workshop).unwrap_err();
    assert!(miscount.to_string().starts_with("round 1:"), "{miscount}");
}

/// The same ballots, and a result that does not follow from them.
#[test]
fn cli_1_a_result_that_does_not_follow_from_its_ballots_is_named() {
    let mut counted = Counted::begun();
    named(&mut counted);
    unnamed(&mut counted);
    let rounds = counted.workshop.rounds();
    let (one, feelings) = (&counted.recount.rounds[&RoundId(1)], &rounds[2]);
    let tally = |o2, o3| {
        let cards = [("o2".to_owned(), o2), ("o3".to_owned(), o3)];
        let cards = cards.iter().map(|(card, tally)| (card, *tally));
        one.tally_against(&cards.collect())
    };
    assert_eq!(tally((1, 1), (1, 1)), Ok(()));
    for wrong in [
        tally((2, 1), (1, 1)),
        tally((1, 1), (1, 2)),
        tally((1, 1), (0, 0)),
    ] {
        assert!(wrong.unwrap_err().contains("the records give card o"));
    }
    let Subject::Emotions(felt) = &feelings.subject else {
        panic!("round 3 is about feelings");
    };
    let mut three = counted.recount.rounds[&RoundId(3)].clone();
    assert_eq!(three.feelings_against(felt), Ok(()));
    for ballot in three.ballots.values_mut().take(1) {
        ballot.insert("s1".to_owned(), 0);
    }
    assert!(
        three
            .feelings_against(felt)
            .unwrap_err()
            .contains("stage s1")
    );
    three
        .ballots
        .values_mut()
        .for_each(|one| one.retain(|stage, _| stage == "s1"));
    assert!(three.feelings_against(felt).unwrap_err().contains("stages"));
}

/// An answer that the fold took or refused against the rules shows, whatever was counted.
#[test]
fn cli_1_an_answer_taken_against_the_rules_is_named() {
    for (card, dots, taken) in [("o1", 3, true), ("gone", 1, true), ("o1", 1, false)] {
        let mut counted = Counted::begun();
        counted.opens(self::dots(false, None), None);
        counted.clock += 1;
        let (record, _) = counted
            .head
            .seal(counted.clock, Draft::new(BEN, vote(1, card, dots)));
        let Folded { effects, outcome } = load::apply(&mut counted.workshop, &record).unwrap();
        let refusal = || counted.workshop.round(RoundId(9)).unwrap_err();
        let otherwise = if outcome.is_ok() {
            Err(refusal())
        } else {
            Ok(Done::Now)
        };
        assert_eq!(otherwise.is_ok(), taken);
        let folded = Folded {
            effects,
            outcome: otherwise,
        };
        counted.recount.sees(&counted.workshop, &record, &folded);
        let miscount = counted.recount.against(&counted.workshop).unwrap_err();
        let says = format!("round 1: the answer of record {} was", record.seq);
        assert!(miscount.to_string().starts_with(&says), "{miscount}");
    }
}
