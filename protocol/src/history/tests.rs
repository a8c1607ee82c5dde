//! The rules of history, one test each: a workshop is held with a clock in hand, and its journal is walked as the server walks it.

mod hostile;
mod outcomes;

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::{Map, Value, json};
use ts_rs::{Config, TS};
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, Transact as _, TransactionMut, Update};

use super::*;
use crate::agenda::{AtZero, Focus, Mode, Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::command::Command;
use crate::fold;
use crate::id::{MapId, Role, TokenHash};
use crate::map::{self, Card, Comment, JourneyMap, Layer, Place, schema::Collection};
use crate::record::{Actor, Created, Draft, Head, Join, Opening};
use crate::round::{RoundId, RoundSecret, RoundSetup, Targets, Visibility};
use crate::typescript::assert_current;

const ANN: By = By::Participant(ParticipantId(1));
const BEN: By = By::Participant(ParticipantId(2));
const MINUTE: u64 = 60_000;
/// Half past nine on a November morning.
const BEGAN: u64 = 1_795_771_800_000;

fn map_id() -> MapId {
    MapId::new("m1").unwrap()
}

/// A workshop being held, with its journal.
struct Held {
    workshop: Workshop,
    head: Head,
    records: Vec<Record>,
    clock: u64,
    /// What Ann and Ben have on their screens.
    desks: [Doc; 2],
}

fn actor(who: By) -> Actor {
    match who {
        By::Participant(who) => Actor::Participant(who),
        By::Host => Actor::Host,
        By::Nobody | By::Anyone | By::Room => Actor::Server,
    }
}

impl Held {
    /// Ann facilitates, Ben participates; a map of one stage, a lane of pains and one of opportunities.
    fn begun() -> Self {
        let mut held = Self {
            workshop: Workshop::new(map_id()),
            head: Head::genesis(&map_id()),
            records: Vec::new(),
            clock: BEGAN,
            desks: [map::new_doc(101), map::new_doc(102)],
        };
        let created = Created {
            map: map_id(),
            open: false,
        };
        held.does(By::Host, Body::Created(created));
        for (name, role) in [("Ann", Role::Facilitator), ("Ben", Role::Participant)] {
            let token = TokenHash::of(&map_id(), name);
            let (name, color) = (name.to_owned(), "#336699".to_owned());
            let tokens = vec![token];
            held.does(
                By::Nobody,
                Body::Join(Join {
                    known_as: None,
                    role,
                    name,
                    color,
                    tokens,
                }),
            );
        }
        let map = json!({
            "format": "cairn.map/1", "title": "History", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}],
            "lanes": [{"id": "lp", "kind": "pain", "title": "P"}, {"id": "lo", "kind": "opportunity", "title": "O"}],
            "cards": [{"id": "o1", "lane": "lo", "stage": "s1", "text": "One form"}],
        });
        let map = JourneyMap::parse(&map.to_string()).unwrap();
        held.does(By::Host, Body::Edit(map::to_update(&map, 77).into()));
        held
    }

    #[track_caller]
    fn sends(&mut self, draft: Draft) -> Folded {
        let (record, _) = self.head.seal(self.clock, draft);
        self.clock += 100;
        let folded = fold::apply(&mut self.workshop, &record);
        if let Some(update) = record.body.update().filter(|_| folded.effects.edited) {
            for desk in &self.desks {
                hear(desk, update);
            }
        }
        self.records.push(record);
        folded
    }

    #[track_caller]
    fn does(&mut self, who: By, body: Body) {
        let folded = self.sends(Draft::new(actor(who), body));
        folded.outcome.expect("this should be accepted");
    }

    #[track_caller]
    fn commands(&mut self, who: By, command: Command) {
        self.does(who, Body::Command(command));
    }

    /// An edit on somebody's own screen, as their client sends it.
    #[track_caller]
    fn edits(&mut self, who: By, edit: impl FnOnce(&mut TransactionMut<'_>)) {
        let desk = &self.desks[usize::from(who == BEN)];
        let update: Bytes = {
            let mut txn = desk.transact_mut();
            edit(&mut txn);
            txn.encode_update_v1().into()
        };
        self.does(who, Body::Edit(update));
    }

    fn writes(&mut self, who: By, card: &str, lane: &str, text: &str) {
        let card = Card {
            id: card.to_owned(),
            lane: lane.to_owned(),
            stage: "s1".to_owned(),
            text: text.to_owned(),
            ..Card::default()
        };
        self.edits(who, |txn| map::add_card(txn, &card, Place::Last).unwrap());
    }

    fn rewrites(&mut self, who: By, card: &str, text: &str) {
        self.edits(who, |txn| {
            map::set_text(txn, Collection::Cards, card, "text", text).unwrap();
        });
    }

    fn opens(&mut self, setup: RoundSetup) -> RoundSecret {
        let secret = RoundSecret::new([self.records.len() as u8; 32]);
        let commitment = setup.anonymous.then(|| secret.commitment());
        self.does(ANN, Body::Round(Opening::New(setup), commitment));
        secret
    }

    fn votes(&mut self, who: By, secret: Option<&RoundSecret>) {
        let By::Participant(id) = who else {
            panic!("only people vote")
        };
        let actor = match secret {
            Some(secret) => Actor::Pseudonym(secret.pseudonym(id)),
            None => actor(who),
        };
        let round = self.workshop.open_round().unwrap().id;
        let vote = Command::Vote {
            round,
            card: "o1".to_owned(),
            dots: 1,
        };
        let folded = self.sends(Draft::new(actor, Body::Command(vote)));
        folded.outcome.expect("this vote should count");
    }

    /// The history of it, taken up anew at each of these records as if the rest had come later.
    fn history(&self, breaks: &[u64]) -> History {
        let mut history = History::default();
        let mut walk = Walk::from(self, 0);
        for record in &self.records {
            if breaks.contains(&record.seq) {
                walk = Walk::from(self, record.seq - 1);
            }
            history.before(&walk.workshop, record);
            let (folded, touched) = walk.folds(record);
            history.take(&walk.workshop, record, &folded, &touched);
        }
        history
    }

    fn tape(&self, from: u64, to: u64) -> Read {
        let mut walk = Walk::from(self, from - 1);
        let mut tape = Tape::after(&walk.workshop);
        for record in &self.records[from as usize - 1..to as usize] {
            let (folded, touched) = walk.folds(record);
            tape.take(&walk.workshop, record, &folded, &touched);
        }
        Read::tape(&tape.finish(from, to + 1, self.head.seq))
    }

    fn tells(&self) -> Vec<(MomentKind, By, String)> {
        let moments = self.history(&[]).report().moments.into_iter();
        moments.map(|one| (one.kind, one.who, one.words)).collect()
    }
}

/// The fold, watched.
struct Walk {
    workshop: Workshop,
    watch: Watch,
}

impl Walk {
    fn from(held: &Held, after: u64) -> Self {
        let mut workshop = Workshop::new(map_id());
        for record in &held.records[..after as usize] {
            drop(fold::apply(&mut workshop, record));
        }
        let watch = Watch::on(&workshop);
        Self { workshop, watch }
    }

    fn folds(&mut self, record: &Record) -> (Folded, Touched) {
        let folded = fold::apply(&mut self.workshop, record);
        let touched = self.watch.touched(&self.workshop);
        (folded, touched)
    }
}

/// A tape as a page reads it: by the words of SPEC.md alone.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    from: u64,
    next: u64,
    last: u64,
    opening: Value,
    records: Vec<Shown>,
}

#[derive(Debug, PartialEq, Eq)]
struct Shown {
    seq: u64,
    at: u64,
    who: u64,
    update: Option<Vec<u8>>,
    view: Option<Value>,
    touched: Vec<(u64, String, String)>,
}

struct Bits<'a>(&'a [u8]);

impl Bits<'_> {
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.0[0];
            self.0 = &self.0[1..];
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn bytes(&mut self) -> Vec<u8> {
        let long = self.number() as usize;
        let (bytes, rest) = self.0.split_at(long);
        self.0 = rest;
        bytes.to_vec()
    }

    fn text(&mut self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }

    fn known(&mut self, texts: &mut Vec<String>) -> String {
        let number = self.number() as usize;
        if number == texts.len() {
            texts.push(self.text());
        }
        texts[number].clone()
    }
}

impl Read {
    fn tape(bytes: &[u8]) -> Self {
        assert_eq!(&bytes[..4], b"CRN2");
        let mut bits = Bits(&bytes[4..]);
        let (from, next, last) = (bits.number(), bits.number(), bits.number());
        let opening = serde_json::from_str(&bits.text()).unwrap();
        let (mut seq, mut at, mut texts) = (from - 1, 0, Vec::new());
        let records = (0..bits.number()).map(|_| {
            seq += bits.number();
            at += bits.number();
            let (who, parts) = (bits.number(), bits.number());
            let update = (parts & 1 == 1).then(|| bits.bytes());
            let view = (parts & 2 == 2).then(|| serde_json::from_str(&bits.text()).unwrap());
            let touched = (0..bits.number()).map(|_| {
                let what = bits.number();
                (what, bits.known(&mut texts), bits.known(&mut texts))
            });
            Shown {
                touched: touched.collect(),
                seq,
                at,
                who,
                update,
                view,
            }
        });
        let records = records.collect();
        assert!(bits.0.is_empty(), "{} bytes behind a tape", bits.0.len());
        Self {
            from,
            next,
            last,
            opening,
            records,
        }
    }
}

/// A view's change over the view.
fn lay_over(shown: &mut Value, change: &Value) {
    let fields = change
        .as_object()
        .filter(|_| shown.is_object() || shown.is_array());
    let Some(fields) = fields else {
        change.clone_into(shown);
        return;
    };
    for (key, value) in fields {
        match shown {
            Value::Object(shown) if value.is_null() => drop(shown.remove(key)),
            Value::Object(shown) => lay_over(shown.entry(key).or_insert(Value::Null), value),
            Value::Array(values) => {
                let place: usize = key.parse().unwrap();
                values.resize(values.len().max(place + 1), Value::Null);
                lay_over(&mut values[place], value);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                unreachable!("an object or a list")
            }
        }
    }
}

fn hear(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
}

fn dots(anonymous: bool, visibility: Visibility) -> RoundSetup {
    RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets::default(),
        dots: 3,
        most_per_card: 2,
        visibility,
        anonymous,
        seconds: None,
        roles: vec![Role::Participant, Role::Facilitator],
    }
}

fn brainstorm(signed: bool) -> Command {
    Command::StartBrainstorm {
        setup: BrainstormSetup {
            prompt: "What hurts?".to_owned(),
            focus: Focus::default(),
            signed,
        },
    }
}

fn draft(id: &str, text: &str) -> Command {
    Command::WriteDraft {
        draft: DraftId(id.to_owned()),
        lane: "lp".to_owned(),
        stage: "s1".to_owned(),
        text: text.to_owned(),
    }
}

fn step(title: &str, minutes: u16, at_zero: AtZero) -> Step {
    Step {
        title: title.to_owned(),
        instructions: String::new(),
        minutes: Some(minutes),
        focus: Focus::default(),
        mode: Mode::Open,
        lock: false,
        at_zero,
        signed: false,
    }
}

/// A morning: two steps, cards, a secret vote, a vote with live totals, a brainstorm; an hour later one more card.
fn morning() -> Held {
    let mut held = Held::begun();
    let steps = vec![
        step("Map", 2, AtZero::Advance),
        step("Talk", 5, AtZero::Wait),
    ];
    held.commands(ANN, Command::SetAgenda { steps });
    held.commands(ANN, Command::StartStep { id: StepId(1) });
    held.writes(ANN, "p1", "lp", "Nobody calls");
    held.rewrites(BEN, "p1", "Nobody calls back");
    held.clock += 2 * MINUTE;
    held.does(By::Nobody, Body::Tick);
    let secret = held.opens(dots(true, Visibility::Live));
    held.votes(BEN, Some(&secret));
    held.votes(ANN, Some(&secret));
    held.commands(ANN, Command::CloseRound { round: RoundId(1) });
    held.opens(dots(false, Visibility::Live));
    held.votes(BEN, None);
    held.commands(ANN, Command::CloseRound { round: RoundId(2) });
    held.commands(ANN, brainstorm(false));
    held.commands(BEN, draft("d1", "Forms in triplicate"));
    reveal(&mut held);
    held.commands(ANN, Command::FinishAgenda {});
    held.clock += 61 * MINUTE;
    held.writes(BEN, "p2", "lp", "Later");
    held
}

fn reveal(held: &mut Held) {
    let reveal = held
        .workshop
        .reveal(actor(ANN), &[7; 32], "2026-11-27T09:40:00Z");
    held.does(ANN, Body::Reveal(reveal));
}

#[test]
fn hist_1_history_taken_up_again_at_any_record_is_the_same() {
    let held = morning();
    let whole = held.history(&[]);
    let many: Vec<u64> = (1..=held.head.seq).collect();
    for breaks in [vec![3], vec![7, 8, 20], many] {
        let again = held.history(&breaks);
        assert_eq!(again.report(), whole.report(), "taken up at {breaks:?}");
        assert_eq!(again.authors(), whole.authors(), "taken up at {breaks:?}");
    }
    assert_eq!(whole.report().seq, held.head.seq);
}

#[test]
fn hist_2_a_tape_gives_the_map_and_the_view_after_each_of_its_records() {
    let held = morning();
    let tape = held.tape(1, held.head.seq);
    assert_eq!(
        (tape.from, tape.next, tape.last),
        (1, held.head.seq + 1, held.head.seq)
    );
    let page = map::new_doc(0);
    let mut shown = tape.opening.clone();
    let mut walk = Walk::from(&held, 0);
    let mut told = tape.records.iter().peekable();
    for record in &held.records {
        walk.folds(record);
        if let Some(one) = told.next_if(|one| one.seq == record.seq) {
            assert_eq!(one.at, record.at);
            if let Some(update) = &one.update {
                hear(&page, update);
            }
            if let Some(change) = &one.view {
                lay_over(&mut shown, change);
            }
        }
        let held_then = map::read(&walk.workshop.doc().transact());
        assert_eq!(
            map::read(&page.transact()),
            held_then,
            "after {}",
            record.seq
        );
        let then = Value::Object(view_then(&walk.workshop));
        assert_eq!(shown, then, "after {}", record.seq);
    }
    assert!(told.next().is_none());
}

#[test]
fn hist_2_a_vote_costs_no_more_however_many_rounds_and_cards_there_are() {
    let view_of_a_vote = |rounds: u32| {
        let mut held = Held::begun();
        for round in 1..=rounds {
            held.opens(dots(false, Visibility::Live));
            if round < rounds {
                let round = RoundId(round);
                held.commands(ANN, Command::CloseRound { round });
            }
        }
        held.votes(BEN, None);
        let tape = held.tape(held.head.seq, held.head.seq);
        tape.records[0].view.as_ref().unwrap().to_string()
    };
    assert_eq!(
        view_of_a_vote(1),
        r#"{"rounds":{"0":{"result":{"0":{"dots":1,"voters":1}}}}}"#
    );
    assert_eq!(view_of_a_vote(4).len(), view_of_a_vote(1).len());
}

/// What everyone was shown, but for what HIST-3 leaves out.
fn view_then(workshop: &Workshop) -> Map<String, Value> {
    let view = serde_json::to_value(workshop.shared(&BTreeSet::new(), 0)).unwrap();
    let mut view = view.as_object().unwrap().clone();
    view.remove("seq");
    view.remove("now");
    for round in view["rounds"].as_array_mut().unwrap() {
        if round["state"] == "open" && round["setup"]["anonymous"] == true {
            round.as_object_mut().unwrap().remove("result");
        }
    }
    view
}

#[test]
fn hist_2_tapes_follow_on_each_other_wherever_they_are_cut() {
    let held = morning();
    let whole = held.tape(1, held.head.seq);
    for cut in 1..held.head.seq {
        let (before, after) = (held.tape(1, cut), held.tape(cut + 1, held.head.seq));
        assert_eq!(before.next, after.from);
        let both: Vec<_> = before.records.into_iter().chain(after.records).collect();
        // The first time of a tape is whole, every other since the one before: read, they are the same.
        assert_eq!(both.len(), whole.records.len(), "cut after {cut}");
        for (one, other) in both.iter().zip(&whole.records) {
            assert_eq!(one, other, "cut after {cut}");
        }
    }
}

#[test]
fn hist_3_votes_and_drafts_have_neither_name_nor_record_on_a_tape() {
    let held = morning();
    let tape = held.tape(1, held.head.seq);
    let is_secret = |record: &&Record| {
        matches!(
            record.body,
            Body::Command(Command::Vote { .. } | Command::WriteDraft { .. })
        )
    };
    let secret: Vec<u64> = held
        .records
        .iter()
        .filter(is_secret)
        .map(|one| one.seq)
        .collect();
    assert_eq!(secret.len(), 4);
    let shown = |seq: &u64| tape.records.iter().find(|one| one.seq == *seq);
    let on_tape: Vec<_> = secret.iter().filter_map(shown).collect();
    // Only the named vote with live totals shows: as the total everyone saw, without who brought it about.
    assert_eq!(on_tape.len(), 1);
    assert_eq!((on_tape[0].who, &on_tape[0].update), (0, &None));
    let view = on_tape[0].view.as_ref().unwrap();
    assert_eq!(view["rounds"]["1"]["result"]["0"]["dots"], 1);
    let text = format!("{tape:?}");
    assert!(!text.contains("ballot") && !text.contains("d1"), "{text}");
    // The cards of the reveal are the room's, not the facilitator's who showed them.
    let reveal = tape
        .records
        .iter()
        .find(|one| one.who == By::Room.code())
        .unwrap();
    assert_eq!(reveal.touched[0].0, what::ADDED);
}

#[test]
fn hist_3_an_anonymous_round_shows_its_result_at_closing_alone() {
    let mut held = Held::begun();
    let secret = held.opens(dots(true, Visibility::Live));
    held.votes(BEN, Some(&secret));
    let last = held.head.seq;
    let open = format!("{:?}", held.tape(1, last));
    assert!(
        !open.contains("\"voters\"") && !open.contains("result"),
        "{open}"
    );
    held.commands(ANN, Command::CloseRound { round: RoundId(1) });
    let closed = held.tape(last + 1, last + 1);
    let view = closed.records[0].view.as_ref().unwrap();
    assert_eq!(view["rounds"]["0"]["result"][0]["dots"], 1);
}

#[test]
fn hist_4_moments_say_what_stood_out_in_the_order_it_happened() {
    use MomentKind as Kind;
    let told = morning().tells();
    let expected = [
        (Kind::Created, By::Host, ""),
        (Kind::Joined, ANN, "Ann"),
        (Kind::Joined, BEN, "Ben"),
        (Kind::StepBegan, ANN, "Map"),
        (Kind::StepBegan, By::Nobody, "Talk"),
        (Kind::RoundOpened, ANN, "What first?"),
        (Kind::RoundClosed, ANN, "What first?"),
        (Kind::RoundOpened, ANN, "What first?"),
        (Kind::RoundClosed, ANN, "What first?"),
        (Kind::BrainstormBegan, ANN, "What hurts?"),
        (Kind::Revealed, By::Room, "What hurts?"),
        (Kind::AgendaFinished, ANN, ""),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(kind, who, words)| (kind, who, words.to_owned()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn hist_4_a_version_a_review_and_going_back_are_moments() {
    use MomentKind as Kind;
    let mut held = Held::begun();
    let then = held.head.seq;
    let whole = CheckedUpdate::check_own(held.workshop.encode_state()).unwrap();
    let review = json!({"everyDays": 90, "lastReviewed": "2026-11-20"});
    held.edits(ANN, |txn| {
        map::set_map_field(txn, "review", Some(&review)).unwrap();
    });
    held.writes(BEN, "p1", "lp", "Too slow");
    let name = "Before the demo".to_owned();
    held.commands(ANN, Command::SaveVersion { name });
    let restore = held
        .workshop
        .ground(|| 9 << 32)
        .bring_back(then, &whole)
        .unwrap();
    held.does(ANN, Body::Restore(restore));
    let told: Vec<_> = held.tells().into_iter().skip(3).collect();
    let expected = [
        (Kind::Reviewed, ANN, "2026-11-20".to_owned()),
        (Kind::VersionSaved, ANN, "Before the demo".to_owned()),
        (Kind::Restored, ANN, format!("record {then}")),
    ];
    assert_eq!(told, expected);
}

#[test]
fn hist_4_what_is_over_by_itself_or_begins_again_is_a_moment_each() {
    use MomentKind as Kind;
    let mut held = Held::begun();
    let timed = RoundSetup {
        seconds: Some(10),
        ..dots(false, Visibility::Secret)
    };
    held.opens(timed);
    held.clock += MINUTE;
    // An edit long after the deadline: the round closes with it, and nobody closed it.
    held.writes(BEN, "p1", "lp", "On we go");
    held.does(ANN, Body::Round(Opening::Again(RoundId(1)), None));
    held.commands(ANN, Command::CancelRound { round: RoundId(1) });
    held.commands(ANN, brainstorm(true));
    held.commands(ANN, Command::DiscardDrafts {});
    held.commands(
        ANN,
        Command::Remove {
            participant: ParticipantId(2),
        },
    );
    let kinds: Vec<_> = held.tells().into_iter().skip(3).map(|one| one.0).collect();
    let expected = [
        Kind::RoundOpened,
        Kind::RoundClosed,
        Kind::RoundOpened,
        Kind::RoundCancelled,
        Kind::BrainstormBegan,
        Kind::Discarded,
        Kind::Removed,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn hist_5_half_an_hour_of_silence_parts_sessions_and_a_clock_that_runs_out_is_no_sound() {
    let mut held = Held::begun();
    held.commands(
        ANN,
        Command::AddStep {
            index: 0,
            step: step("Map", 40, AtZero::Wait),
        },
    );
    held.commands(ANN, Command::StartStep { id: StepId(1) });
    let last = held.head.seq;
    held.clock += 41 * MINUTE;
    held.does(By::Nobody, Body::Tick);
    held.clock += 19 * MINUTE;
    held.writes(BEN, "p1", "lp", "After lunch");
    let sessions = held.history(&[]).report().sessions;
    let spans: Vec<_> = sessions.iter().map(|one| (one.first, one.last)).collect();
    assert_eq!(spans, [(2, last), (held.head.seq, held.head.seq)]);
}

#[test]
fn hist_5_activity_counts_every_told_record_once_however_long_a_session_lasts() {
    let mut held = Held::begun();
    for text in 0..40 {
        held.clock += 29 * MINUTE;
        held.rewrites(BEN, "o1", &format!("Text {text}"));
    }
    let [session] = &held.history(&[]).report().sessions[..] else {
        panic!("one session")
    };
    assert!(session.activity.len() < 480 && session.width > 1000);
    let of = |who| -> u32 {
        let all = session.activity.iter().flat_map(|one| &one.by);
        all.filter(|one| one.who == who)
            .map(|one| one.records)
            .sum()
    };
    assert_eq!((of(BEN), of(ANN), of(By::Host)), (41, 1, 1));
    let last = session.activity.last().unwrap().place;
    assert_eq!(last, (session.ended - session.began) / session.width);
}

#[test]
fn hist_5_shares_say_who_did_what_in_which_layer() {
    let mut held = morning();
    // A signed brainstorm counts for its writers, an unsigned one for the room alone.
    held.commands(ANN, brainstorm(true));
    held.commands(BEN, draft("d2", "Queues"));
    held.commands(BEN, draft("d3", "Fax"));
    reveal(&mut held);
    let comment = Comment {
        id: "m1".to_owned(),
        card: "o1".to_owned(),
        text: "Why?".to_owned(),
        ..Comment::default()
    };
    held.edits(ANN, |txn| {
        map::add_comment(txn, &comment, Place::Last).unwrap();
    });
    held.rewrites(BEN, "p2", "Later still");
    let sessions = held.history(&[]).report().sessions;
    let shares: Vec<Vec<_>> = sessions
        .iter()
        .map(|one| {
            let shares = one.shares.iter();
            shares
                .map(|one| (one.who, one.layer, one.written, one.changed, one.commented))
                .collect()
        })
        .collect();
    let first = vec![
        (By::Host, Layer::Strategy, 1, 0, 0),
        (By::Room, Layer::Experience, 1, 0, 0),
        (ANN, Layer::Experience, 1, 0, 0),
        (BEN, Layer::Experience, 0, 1, 0),
    ];
    let second = vec![
        (ANN, Layer::Strategy, 0, 0, 1),
        (BEN, Layer::Experience, 3, 0, 0),
    ];
    assert_eq!(shares, [first, second]);
    assert_eq!(sessions[1].there, [ParticipantId(1), ParticipantId(2)]);
}

#[test]
fn hist_6_what_a_client_wrote_is_its_authors_whoever_gives_it_back() {
    let mut held = Held::begun();
    held.writes(ANN, "p1", "lp", "Ann's");
    held.clock += 5 * MINUTE;
    // Ben gives back what Ann wrote while she was offline, with words of his own.
    let offline = map::new_doc(101);
    for record in &held.records {
        if let Some(update) = record.body.update() {
            hear(&offline, update);
        }
    }
    let update: Bytes = {
        let mut txn = offline.transact_mut();
        map::set_text(&mut txn, Collection::Cards, "p1", "text", "Ann's, later").unwrap();
        txn.encode_update_v1().into()
    };
    held.does(BEN, Body::Edit(update));
    held.rewrites(BEN, "o1", "Ben's");
    let clients = held.history(&[]).authors().clients;
    let whose: Vec<_> = clients.iter().map(|one| (one.client, one.who)).collect();
    assert_eq!(whose, [(77, By::Host), (101, ANN), (102, BEN)]);
    let [_, ann, _] = &clients[..] else {
        panic!("three clients")
    };
    let [0, first, later, second] = ann.runs[..] else {
        panic!("two runs: {:?}", ann.runs)
    };
    assert!(later > 0 && second >= first + 5 * MINUTE);
}

#[test]
fn hist_1_the_web_clients_types_are_those_of_the_reports() {
    let config = Config::default();
    let declarations = [
        Layer::decl(&config),
        Role::decl(&config),
        MomentKind::decl(&config),
        Moment::decl(&config),
        PersonReport::decl(&config),
        Counted::decl(&config),
        Activity::decl(&config),
        Share::decl(&config),
        SessionReport::decl(&config),
        HistoryReport::decl(&config),
        ClientReport::decl(&config),
        AuthorsReport::decl(&config),
    ];
    let head = "What `GET /api/maps/{id}/history` and `…/history/authors` answer. Written from protocol/src/history/report.rs";
    assert_current("history.ts", head, "hist_1", &declarations);
}
