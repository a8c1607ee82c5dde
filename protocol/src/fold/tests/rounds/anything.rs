//! Rounds of both kinds under whatever people do at once: after every record nobody has more than they may, nobody is shown what is not
//! theirs before its time, and snapshot and replay give the same (VOTE, EMO, FOLD-1 … FOLD-3, TIME-1).

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::channel::RoundStateView;

const CARDS: [&str; 6] = ["o1", "o2", "o3", "o4", "p1", "none"];
const STAGES: [&str; 4] = ["s1", "s2", "s3", "none"];

/// What somebody does, or what happens.
#[derive(Clone, Debug)]
pub(in super::super) enum Act {
    Vote(u32, usize, u8),
    Feel(u32, usize, Option<i8>),
    /// What was sent so many commands ago is sent again under its request id.
    Again(usize),
    /// The next command is under way for longer than those after it.
    Hold,
    Arrive,
    Open(Kind, Option<u32>),
    RunOff(u32),
    /// The last round, or the one so many before it.
    Reopen(u32),
    Close,
    Cancel,
    Join,
    Remove(u32),
    SetRole(u32, Role),
    Delete(usize),
    DeleteStage(usize),
    Wait(u64),
    SetBack(u64),
    Restart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Named,
    Live,
    Anonymous,
    Emotions,
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Named),
        Just(Kind::Live),
        Just(Kind::Anonymous),
        Just(Kind::Emotions)
    ]
}

/// Mostly the few who are there from the beginning, so that they do much.
fn who() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 1..4u32, 1 => 4..8u32]
}

pub(in super::super) fn answers() -> impl Strategy<Value = Act> {
    let halves = proptest::option::weighted(0.9, -4..=4i8);
    prop_oneof![
        4 => (who(), 0..CARDS.len(), 0..4u8).prop_map(|(who, card, dots)| Act::Vote(who, card, dots)),
        3 => (who(), 0..STAGES.len(), halves).prop_map(|(who, stage, score)| Act::Feel(who, stage, score)),
        1 => (0..5usize).prop_map(Act::Again),
        1 => Just(Act::Hold),
        1 => Just(Act::Arrive),
    ]
}

fn acts() -> impl Strategy<Value = Act> {
    let seconds = proptest::option::of(10..20u32);
    prop_oneof![
        40 => answers(),
        4 => (kinds(), seconds).prop_map(|(kind, seconds)| Act::Open(kind, seconds)),
        1 => (1..3u32).prop_map(Act::RunOff),
        4 => (0..2u32).prop_map(Act::Reopen),
        2 => Just(Act::Close),
        1 => Just(Act::Cancel),
        1 => Just(Act::Join),
        1 => (2..8u32).prop_map(Act::Remove),
        1 => (1..8u32, role()).prop_map(|(who, role)| Act::SetRole(who, role)),
        2 => (0..CARDS.len() - 1).prop_map(Act::Delete),
        2 => (0..STAGES.len() - 1).prop_map(Act::DeleteStage),
        1 => (0..6000u64).prop_map(Act::Wait),
        1 => (0..6000u64).prop_map(Act::SetBack),
        1 => Just(Act::Restart),
    ]
}

/// Ballots as somebody would keep them who hears every answer that was taken: halves and dots by voter and target.
type Ballots = BTreeMap<Voter, BTreeMap<String, i8>>;

/// A gathering with a room around it: secrets, requests, and what is under way.
pub(in super::super) struct Play {
    pub(in super::super) gathering: Gathering,
    secrets: u8,
    /// Of the round opened last, if it is anonymous.
    pub(in super::super) secret: Option<RoundSecret>,
    requests: u32,
    sent: Vec<Draft>,
    hold: bool,
    held: Vec<Draft>,
    done: BTreeSet<(Actor, String)>,
    deleted: BTreeSet<String>,
    ballots: BTreeMap<RoundId, Ballots>,
    /// What came of the last record.
    pub(in super::super) came: Option<Folded>,
}

impl Play {
    pub(in super::super) fn new() -> Self {
        Self {
            gathering: Gathering::prepared(),
            secrets: 0,
            secret: None,
            requests: 0,
            sent: Vec::new(),
            hold: false,
            held: Vec::new(),
            done: BTreeSet::new(),
            deleted: BTreeSet::new(),
            ballots: BTreeMap::new(),
            came: None,
        }
    }

    pub(in super::super) fn workshop(&self) -> &Workshop {
        &self.gathering.script.workshop
    }

    pub(in super::super) fn does(&mut self, act: &Act) {
        let last = self
            .workshop()
            .rounds()
            .last()
            .map_or(1, |round| round.id.0);
        let open = self.workshop().open_round();
        let round = open.map_or(RoundId(last), |round| round.id);
        match act.clone() {
            Act::Vote(who, card, dots) => {
                let card = CARDS[card].to_owned();
                self.answers(who, Command::Vote { round, card, dots });
            }
            Act::Feel(who, stage, halves) => {
                let stage = STAGES[stage].to_owned();
                let score = halves.and_then(Score::from_halves);
                self.answers(
                    who,
                    Command::Feel {
                        round,
                        stage,
                        score,
                    },
                );
            }
            Act::Again(back) => {
                if let Some(place) = self.sent.len().checked_sub(back + 1) {
                    self.folds(&self.sent[place].clone());
                }
            }
            Act::Hold => self.hold = true,
            Act::Arrive => {
                if let Some(draft) = self.held.pop() {
                    self.folds(&draft);
                }
            }
            Act::Open(kind, seconds) => self.opens(ann(), opening(kind, seconds)),
            Act::RunOff(rank) => self.opens(ann(), Opening::RunOff(RoundId(last), rank)),
            Act::Reopen(back) => {
                let number = last.saturating_sub(back);
                self.opens(ann(), Opening::Again(RoundId(number)));
            }
            Act::Close => self.sends(ann(), does(Command::CloseRound { round })),
            Act::Cancel => self.sends(ann(), does(Command::CancelRound { round })),
            Act::Join => {
                let join = joins(None, Role::Participant, "Late", "l");
                self.folds(&Draft::new(Actor::Server, join));
            }
            Act::Remove(who) => {
                let participant = ParticipantId(who);
                self.sends(ann(), does(Command::Remove { participant }));
            }
            Act::SetRole(who, role) => {
                let participant = ParticipantId(who);
                self.sends(ann(), does(Command::SetRole { participant, role }));
            }
            Act::Delete(card) => self.deletes(Collection::Cards, CARDS[card]),
            Act::DeleteStage(stage) => self.deletes(Collection::Stages, STAGES[stage]),
            Act::Wait(milliseconds) => {
                self.gathering.script.clock += milliseconds;
                self.folds(&Draft::new(Actor::Server, Body::Tick));
            }
            Act::SetBack(milliseconds) => {
                let clock = &mut self.gathering.script.clock;
                *clock = clock.saturating_sub(milliseconds);
            }
            Act::Restart => self.gathering.script.workshop = self.gathering.script.restored(),
        }
    }

    /// As a room does it: under the pseudonym of the open round and a request that names nobody.
    pub(in super::super) fn answers(&mut self, who: u32, command: Command) {
        let (who, body) = (ParticipantId(who), does(command));
        let round = self.workshop().open_round();
        let anonymous = round.filter(|round| round.is_anonymous());
        let may = anonymous.is_some_and(|round| self.workshop().may_vote(round, who));
        match (anonymous, self.secret.clone()) {
            (None, _) => self.sends(Actor::Participant(who), body),
            (Some(_), Some(secret)) if may => {
                let request = secret.request(who, &self.request());
                let actor = Actor::Pseudonym(secret.pseudonym(who));
                self.draft(actor, request, body);
            }
            (Some(_), _) => {}
        }
    }

    fn request(&mut self) -> String {
        self.requests += 1;
        format!("r{}", self.requests)
    }

    pub(in super::super) fn sends(&mut self, actor: Actor, body: Body) {
        let request = self.request();
        self.draft(actor, request, body);
    }

    fn draft(&mut self, actor: Actor, request: String, body: Body) {
        let draft = Draft {
            actor,
            request: Some(request),
            body,
        };
        self.sent.push(draft.clone());
        if std::mem::take(&mut self.hold) {
            self.held.push(draft);
        } else {
            self.folds(&draft);
        }
    }

    /// As a room does it: with a secret drawn for this opening, where there is one.
    pub(in super::super) fn opens(&mut self, by: Actor, opening: Opening) {
        self.secrets = self.secrets.wrapping_add(1);
        let of = |round: &RoundId| self.workshop().round(*round).is_ok_and(Round::is_anonymous);
        let is_anonymous = match &opening {
            Opening::New(setup) => setup.anonymous,
            Opening::RunOff(round, _) | Opening::Again(round) => of(round),
            Opening::Emotion(_) => true,
        };
        let secret = is_anonymous.then(|| secret(self.secrets));
        let commitment = secret.as_ref().map(RoundSecret::commitment);
        let draft = Draft {
            actor: by,
            request: Some(self.request()),
            body: Body::Round(opening, commitment),
        };
        self.sent.push(draft.clone());
        if self.folds(&draft) {
            self.secret = secret;
            let id = self.workshop().open_round().unwrap().id;
            let ballots = self.ballots.entry(id).or_default();
            if commitment.is_some() {
                ballots.clear();
            }
        }
    }

    fn deletes(&mut self, collection: Collection, id: &str) {
        if self.deleted.insert(id.to_owned()) {
            self.gathering.deletes_from(collection, id);
            self.keeps_books(None);
        }
    }

    /// Whether it was taken.
    pub(in super::super) fn folds(&mut self, draft: &Draft) -> bool {
        let before = self.workshop().at();
        let folded = self.gathering.script.folds(draft.clone());
        assert!(self.workshop().at() >= before, "TIME-1");
        let taken = folded.outcome == Ok(Done::Now);
        self.came = Some(folded);
        if taken && let Some(request) = draft.request.clone() {
            let first = self.done.insert((draft.actor, request));
            assert!(first, "REC-5: done twice");
        }
        self.keeps_books(taken.then_some(draft));
        taken
    }

    /// The same count by simpler means: what was taken counts, what is on a withdrawn target or in a cancelled round does not.
    fn keeps_books(&mut self, taken: Option<&Draft>) {
        let said = taken.and_then(|draft| match (&draft.body, draft.actor) {
            (Body::Command(Command::Vote { round, card, dots }), actor) => {
                let dots = i8::try_from(*dots).unwrap();
                Some((actor, *round, card.clone(), (dots > 0).then_some(dots)))
            }
            (
                Body::Command(Command::Feel {
                    round,
                    stage,
                    score,
                }),
                actor,
            ) => Some((actor, *round, stage.clone(), score.map(Score::halves))),
            _ => None,
        });
        if let Some((actor, round, target, value)) = said {
            let voter = match actor {
                Actor::Participant(who) => Voter::Named(who),
                Actor::Pseudonym(pseudonym) => Voter::Pseudonym(pseudonym),
                Actor::Server | Actor::Host | Actor::Anonymous => panic!("{actor:?} has a ballot"),
            };
            let ballot = self.ballots.entry(round).or_default();
            let ballot = ballot.entry(voter).or_default();
            match value {
                Some(value) => ballot.insert(target, value),
                None => ballot.remove(&target),
            };
        }
        for round in self.gathering.script.workshop.rounds() {
            let ballots = self.ballots.entry(round.id).or_default();
            if matches!(round.state, RoundState::Cancelled(_)) {
                ballots.clear();
            }
            for target in targets(round).iter().filter(|target| target.withdrawn) {
                for ballot in ballots.values_mut() {
                    ballot.remove(&target.id);
                }
            }
            ballots.retain(|_, ballot| !ballot.is_empty());
        }
    }

    pub(in super::super) fn holds(&self) -> Result<(), TestCaseError> {
        let workshop = self.workshop();
        let in_time = |deadline| deadline > workshop.at();
        prop_assert!(workshop.wake_at().is_none_or(in_time), "TIME-5");
        prop_assert!(workshop.rounds().iter().filter(|r| r.is_open()).count() <= 1);
        for round in workshop.rounds() {
            prop_assert_eq!(Some(&ballots(round)), self.ballots.get(&round.id));
            if let Subject::Dots(dots) = &round.subject {
                let (all, most) = (dots.setup.dots, dots.setup.most_per_card);
                for (voter, ballot) in dots.ballots() {
                    let sum: u32 = ballot.values().map(|n| u32::from(*n)).sum();
                    prop_assert!(
                        sum <= u32::from(all) && ballot.values().all(|n| (1..=most).contains(n))
                    );
                    prop_assert_eq!(matches!(voter, Voter::Pseudonym(_)), round.is_anonymous());
                }
            }
        }
        self.nothing_shows_before_its_time()
    }

    /// VOTE-12, EMO-4.
    fn nothing_shows_before_its_time(&self) -> Result<(), TestCaseError> {
        let shared = self.gathering.shared();
        for round in &shared.rounds {
            let live = round.setup.visibility == Visibility::Live;
            let shows = match round.state {
                RoundStateView::Open => live,
                RoundStateView::Closed => true,
                RoundStateView::Cancelled => false,
            };
            prop_assert_eq!(round.result.is_some(), shows);
        }
        for round in &shared.emotion_rounds {
            let closed = round.state == RoundStateView::Closed;
            prop_assert_eq!(round.result.is_some(), closed);
        }
        let workshop = self.workshop();
        for (who, _) in workshop.people() {
            let Some(own) = workshop.personal(who, self.secret.as_ref()) else {
                continue;
            };
            let mine = |round: RoundId| {
                let voter = match workshop.open_round().unwrap().commitment {
                    None => Voter::Named(who),
                    Some(_) => Voter::Pseudonym(self.secret.as_ref().unwrap().pseudonym(who)),
                };
                let ballot = self.ballots[&round].get(&voter);
                ballot.cloned().unwrap_or_default()
            };
            if let Some(ballot) = &own.ballot {
                let dots: BTreeMap<_, _> = ballot
                    .dots
                    .iter()
                    .map(|(card, dots)| (card.clone(), i8::try_from(*dots).unwrap()))
                    .collect();
                prop_assert_eq!(dots, mine(ballot.round));
            }
            if let Some(feelings) = &own.feelings {
                let scores: BTreeMap<_, _> = feelings
                    .scores
                    .iter()
                    .map(|(stage, score)| (stage.clone(), score.halves()))
                    .collect();
                prop_assert_eq!(scores, mine(feelings.round));
            }
            let facilitates = workshop.participant(who).unwrap().role.may_facilitate();
            let told = facilitates && workshop.open_round().is_some();
            prop_assert_eq!(own.progress.is_some(), told);
        }
        Ok(())
    }
}

fn opening(kind: Kind, seconds: Option<u32>) -> Opening {
    let dots = RoundSetup {
        seconds,
        anonymous: kind == Kind::Anonymous,
        visibility: if kind == Kind::Live {
            Visibility::Live
        } else {
            Visibility::Secret
        },
        ..setup()
    };
    match kind {
        Kind::Emotions => Opening::Emotion(EmotionSetup {
            seconds,
            ..feelings()
        }),
        Kind::Named | Kind::Live | Kind::Anonymous => Opening::New(dots),
    }
}

fn targets(round: &Round) -> &[Target] {
    match &round.subject {
        Subject::Dots(dots) => dots.targets(),
        Subject::Emotions(emotions) => emotions.stages(),
    }
}

fn ballots(round: &Round) -> Ballots {
    let dots = |n: u8| i8::try_from(n).unwrap();
    match &round.subject {
        Subject::Dots(asked) => asked
            .ballots()
            .map(|(voter, ballot)| {
                (
                    voter,
                    ballot.into_iter().map(|(id, n)| (id, dots(n))).collect(),
                )
            })
            .collect(),
        Subject::Emotions(asked) => asked
            .ballots()
            .map(|(voter, ballot)| {
                let halves = ballot.into_iter().map(|(id, score)| (id, score.halves()));
                (voter, halves.collect())
            })
            .collect(),
    }
}

/// How Ben would have answered had he thought otherwise: as many dots on the other of two cards, the opposite feeling.
fn otherwise(act: &Act) -> Act {
    if let Act::Vote(2, card @ 0..2, dots) = *act {
        return Act::Vote(2, 1 - card, dots);
    }
    if let Act::Feel(2, stage, halves) = *act {
        return Act::Feel(2, stage, halves.map(|halves| -halves));
    }
    act.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn vote_12_after_any_record_nobody_has_or_sees_more_than_they_may(
        kind in kinds(),
        acts in proptest::collection::vec(acts(), 1..80),
    ) {
        let mut play = Play::new();
        play.does(&Act::Open(kind, None));
        for act in &acts {
            play.does(act);
            play.holds()?;
        }
        let script = &play.gathering.script;
        prop_assert_eq!(script.replayed().everything(), script.workshop.everything());
    }

    /// FOLD-3, VOTE-12, EMO-4: while a round is open, nothing that anybody else is sent or that a snapshot holds depends on what
    /// Ben answered.
    #[test]
    fn fold_3_before_its_time_an_answer_shows_nowhere_outside_the_journal(
        kind in prop_oneof![Just(Kind::Named), Just(Kind::Anonymous), Just(Kind::Emotions)],
        acts in proptest::collection::vec(answers(), 1..40),
    ) {
        let (mut one, mut other) = (Play::new(), Play::new());
        for play in [&mut one, &mut other] {
            (0..4).for_each(|_| play.does(&Act::Join));
            play.does(&Act::Open(kind, None));
        }
        for act in &acts {
            one.does(act);
            other.does(&otherwise(act));
            prop_assert_eq!(one.workshop().snapshot(), other.workshop().snapshot());
            prop_assert_eq!(one.gathering.shared(), other.gathering.shared());
            let others = one.workshop().people().map(|(who, _)| who).filter(|who| *who != BEN);
            for who in others {
                let personal = |play: &Play| play.workshop().personal(who, play.secret.as_ref());
                prop_assert_eq!(personal(&one), personal(&other));
            }
        }
        // It was not for nothing: he sees what he answered, and so does everyone in the end.
        let answered = |play: &Play| ballots(play.gathering.round());
        let (ours, theirs) = (answered(&one), answered(&other));
        let own = |play: &Play| play.workshop().personal(BEN, play.secret.as_ref()).unwrap();
        prop_assert_eq!(ours == theirs, own(&one) == own(&other));
    }
}

proptest! {
    // Each record is a snapshot encoded twice and restored.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn fold_3_a_snapshot_at_any_record_and_the_journal_behind_it_give_the_workshop(
        kind in kinds(),
        acts in proptest::collection::vec(acts(), 1..60),
    ) {
        let mut play = Play::new();
        play.does(&Act::Open(kind, None));
        for act in &acts {
            play.does(act);
            let script = &play.gathering.script;
            prop_assert_eq!(script.restored().everything(), script.workshop.everything());
        }
    }
}

#[test]
fn fold_3_a_snapshot_that_lacks_its_records_gives_no_workshop() {
    let mut play = Play::new();
    play.does(&Act::Open(Kind::Named, None));
    for (who, card) in [(2, 0), (3, 1)] {
        play.does(&Act::Vote(who, card, 1));
    }
    let snapshot = play.workshop().snapshot();
    let records = &play.gathering.script.records;
    let by = |who| {
        let actor = Actor::Participant(ParticipantId(who));
        records
            .iter()
            .rfind(|record| record.actor == actor)
            .unwrap()
    };
    let restore = || Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
    assert_eq!(restore().needs(), &BTreeSet::from([by(2).seq, by(3).seq]));
    let mut half = restore();
    half.refill(by(2)).unwrap();
    let lacks = half.whole().err();
    assert!(
        matches!(lacks, Some(SnapshotError::Lacks(seq)) if seq == by(3).seq),
        "{lacks:?}"
    );
    // A record that it does not need, twice the same, and one of that number that says something else.
    let mut unfit = by(3).clone();
    unfit.body = Body::Tick;
    let first = &records[0];
    for records in [vec![first], vec![by(2), by(2)], vec![&unfit]] {
        let mut restored = restore();
        let outcome = records
            .into_iter()
            .try_for_each(|record| restored.refill(record));
        assert!(
            matches!(outcome, Err(SnapshotError::Unfit(_))),
            "{outcome:?}"
        );
    }
    // What is over is in the snapshot itself.
    play.does(&Act::Close);
    let restored = Workshop::restore(&map_id(), &play.workshop().snapshot().bytes).unwrap();
    assert!(restored.needs().is_empty());
}
