//! Tests of loading: any moment, by whatever snapshots, is what folding from the first record gives.

use std::sync::LazyLock;

use bytes::Bytes;
use cairn_protocol::brainstorm::DraftId;
use cairn_protocol::command::Command;
use cairn_protocol::fold::Round;
use cairn_protocol::frame::CheckedUpdate;
use cairn_protocol::id::{ParticipantId, Role};
use cairn_protocol::map::{self, Card, Collection, JourneyMap, Place};
use cairn_protocol::record::{Actor, Body, Created, Draft, Join, Opening};
use cairn_protocol::round::{RoundId, RoundSecret};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use redb::backends::InMemoryBackend;
use serde_json::json;
use yrs::Transact as _;

use super::*;
use crate::clock::Clock;
use crate::journal::Tail;
use crate::journal::embedded::EmbeddedJournal;

/// An edit that brings the fold down in tests. No bytes are known that do (WIRE-15).
pub(crate) const POISON: &[u8] = b"this brings the fold down";

pub(super) fn fall_over(record: &Record) {
    let update = record.body.update();
    assert!(update.is_none_or(|update| update != POISON), "a defect");
}

/// Of all anonymous rounds here.
static SECRET: LazyLock<RoundSecret> = LazyLock::new(|| RoundSecret::new([7; 32]));

/// A workshop with everything a snapshot has to bring back: edits, a clock, ballots and drafts that stand in the journal alone.
struct Random {
    rng: StdRng,
    doc: yrs::Doc,
    cards: Vec<String>,
    pages: u64,
    made: u32,
}

impl Random {
    fn start(map: &MapId, seed: u64) -> (Self, Vec<Draft>) {
        let content = json!({
            "format": "cairn.map/1", "title": "Any", "kind": "current-state",
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "lanes": [{"id": "l1", "kind": "opportunity", "title": "O"}, {"id": "l2", "kind": "pain", "title": "P"}],
            "cards": [{"id": "c0", "lane": "l1", "stage": "s1", "text": "A card"}],
        });
        let content = map::to_update(&JourneyMap::parse(&content.to_string()).unwrap(), 7);
        let created = Created {
            map: map.clone(),
            open: false,
        };
        let mut drafts = vec![
            Draft::new(Actor::Host, Body::Created(created)),
            Draft::new(Actor::Host, Body::Edit(content.clone().into())),
        ];
        for (number, role) in (1..).zip([Role::Facilitator, Role::Participant, Role::Participant]) {
            let join = Join {
                known_as: None,
                role,
                name: format!("Person {number}"),
                color: "#336699".to_owned(),
                tokens: Vec::new(),
            };
            drafts.push(Draft::new(Actor::Server, Body::Join(join)));
        }
        let doc = map::new_doc(8);
        let update = yrs::updates::decoder::Decode::decode_v1(&content).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
        let random = Self {
            rng: StdRng::seed_from_u64(seed),
            doc,
            cards: vec!["c0".to_owned()],
            pages: 0,
            made: 0,
        };
        (random, drafts)
    }

    /// A page that was just loaded: what was refused before is not in it.
    fn loads(&mut self, now: &Workshop) {
        self.pages += 1;
        self.doc = map::new_doc(100 + self.pages);
        let state = yrs::updates::decoder::Decode::decode_v1(&now.encode_state()).unwrap();
        self.doc.transact_mut().apply_update(state).unwrap();
        let txn = self.doc.transact();
        let cards = map::read(&txn).cards.into_iter();
        self.cards = cards.map(|card| card.id).collect();
    }

    fn edit(&mut self) -> Body {
        self.made += 1;
        let (id, many) = (self.made, self.rng.random_range(0..4));
        let old = self.rng.random_range(0..self.cards.len().max(1));
        let old = self.cards.get(old).cloned();
        let mut txn = self.doc.transact_mut();
        match (many, old) {
            (0, _) | (_, None) => {
                let card = Card {
                    id: format!("c{id}"),
                    lane: "l1".to_owned(),
                    stage: "s1".to_owned(),
                    text: format!("Card {id}"),
                    ..Card::default()
                };
                map::add_card(&mut txn, &card, Place::Last).unwrap();
                self.cards.push(card.id);
            }
            (1, Some(old)) => {
                map::move_card(&mut txn, &old, "l2", "s2", Place::First).unwrap();
            }
            (2, Some(old)) => {
                map::remove(&mut txn, Collection::Cards, &old).unwrap();
                self.cards.retain(|card| *card != old);
            }
            (_, Some(old)) => map::set_text(
                &mut txn,
                Collection::Cards,
                &old,
                "text",
                &format!("Now {id}"),
            )
            .unwrap(),
        }
        Body::Edit(txn.encode_update_v1().into())
    }

    /// Something that people do, or the server for them. `was` holds the document after each record so far, `now` is the workshop.
    fn next(&mut self, now: &Workshop, was: &[Bytes]) -> Draft {
        let who = ParticipantId(self.rng.random_range(1..=3));
        let last = now.rounds().last();
        let round = last.map_or(RoundId(1), |round| round.id);
        let voter = if last.is_some_and(Round::is_anonymous) {
            Actor::Pseudonym(SECRET.pseudonym(who))
        } else {
            Actor::Participant(who)
        };
        if now.edited() > 0 {
            self.loads(now);
        }
        let lock = self.rng.random_bool(0.3);
        let step = || {
            let focus = json!({ "stages": ["s1"], "lanes": ["l1"] });
            let step =
                json!({ "title": "S", "minutes": 1, "mode": "open", "focus": focus, "lock": lock });
            serde_json::from_value(step).unwrap()
        };
        let (actor, body) = match self.rng.random_range(0..20) {
            0..5 => (Actor::Participant(who), self.edit()),
            5 => {
                let is_anonymous = self.rng.random_bool(0.5);
                let setup = json!({
                    "question": "What?", "dots": 3, "mostPerCard": 3, "visibility": "secret", "anonymous": is_anonymous,
                });
                let opening = Opening::New(serde_json::from_value(setup).unwrap());
                let commitment = is_anonymous.then(|| SECRET.commitment());
                (Actor::Host, Body::Round(opening, commitment))
            }
            6 | 7 => {
                let card = self.rng.random_range(0..self.cards.len().max(1));
                let card = self.cards.get(card).cloned().unwrap_or_default();
                let dots = self.rng.random_range(0..3);
                (voter, Body::Command(Command::Vote { round, card, dots }))
            }
            8 => (Actor::Host, Body::Command(Command::CloseRound { round })),
            9 => {
                let setup = json!({ "prompt": "Ideas?", "signed": true });
                let setup = serde_json::from_value(setup).unwrap();
                (
                    Actor::Host,
                    Body::Command(Command::StartBrainstorm { setup }),
                )
            }
            10 => {
                let draft: DraftId = serde_json::from_value(json!("d1")).unwrap();
                let text = format!("idea {}", self.rng.random::<u16>());
                let (lane, stage) = ("l1".to_owned(), "s1".to_owned());
                let write = Command::WriteDraft {
                    draft,
                    lane,
                    stage,
                    text,
                };
                (Actor::Participant(who), Body::Command(write))
            }
            11 => {
                let setup = serde_json::from_value(json!({ "question": "How?" })).unwrap();
                let commitment = SECRET.commitment();
                (
                    Actor::Host,
                    Body::Round(Opening::Emotion(setup), Some(commitment)),
                )
            }
            12 | 13 => {
                let score = self.rng.random_range(-2..=2);
                let feel = json!({ "feel": { "round": round, "stage": "s1", "score": score } });
                (voter, command(feel))
            }
            14 => {
                let seed = self.rng.random();
                let reveal = now.reveal(Actor::Host, &seed, "2026-11-28T10:00:00Z");
                (Actor::Host, Body::Reveal(reveal))
            }
            15 if was.len() > 2 => {
                let to = self.rng.random_range(1..was.len());
                let then = CheckedUpdate::check_own(was[to].clone()).unwrap();
                let ground = now.ground(|| self.rng.random());
                let restore = ground.bring_back(to as u64 + 1, &then).unwrap();
                (Actor::Host, Body::Restore(restore))
            }
            16 | 17 => self.small(who),
            _ if self.rng.random_bool(0.5) => (
                Actor::Host,
                Body::Command(Command::AddStep {
                    index: 0,
                    step: step(),
                }),
            ),
            _ if self.rng.random_bool(0.5) => {
                (Actor::Host, Body::Command(Command::DiscardDrafts {}))
            }
            _ => (Actor::Host, Body::Command(Command::NextStep {})),
        };
        let mut draft = Draft::new(actor, body);
        draft.request = self
            .rng
            .random_bool(0.7)
            .then(|| format!("{:x}", self.rng.random::<u64>()));
        draft
    }
}

impl Random {
    /// What takes one word.
    fn small(&mut self, who: ParticipantId) -> (Actor, Body) {
        let asks = Actor::Participant(who);
        let acts = [
            (Actor::Host, json!({ "pause": {} })),
            (Actor::Host, json!({ "resume": {} })),
            (Actor::Host, json!({ "startStep": { "id": 1 } })),
            (Actor::Host, json!({ "startStep": { "id": 2 } })),
            (Actor::Host, json!({ "previousStep": {} })),
            (Actor::Host, json!({ "extend": { "seconds": 30 } })),
            (Actor::Host, json!({ "saveVersion": { "name": "V" } })),
            (Actor::Host, json!({ "finishAgenda": {} })),
            (
                Actor::Host,
                json!({ "setRole": { "participant": "p3", "role": "observer" } }),
            ),
            (
                Actor::Host,
                json!({ "setRole": { "participant": "p3", "role": "participant" } }),
            ),
            (asks, json!({ "raiseHand": { "raised": true } })),
            (asks, json!({ "setReady": { "ready": true } })),
            (asks, json!({ "park": { "text": "For later" } })),
            (
                asks,
                json!({ "rename": { "name": format!("Called {}", self.rng.random::<u8>()), "color": "#123456" } }),
            ),
        ];
        let (actor, asked) = &acts[self.rng.random_range(0..acts.len())];
        (*actor, command(asked.clone()))
    }
}

fn command(asked: serde_json::Value) -> Body {
    Body::Command(serde_json::from_value(asked).unwrap())
}

#[test]
fn fold_2_any_moment_by_snapshots_is_what_folding_from_the_first_record_gives() {
    let mut by_snapshot = 0;
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for seed in 1..=3 {
        let map = MapId::new("m").unwrap();
        let (mut random, first) = Random::start(&map, seed);
        let now = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
        let clock =
            Clock::from_fn(move || now.fetch_add(9_000, std::sync::atomic::Ordering::SeqCst));
        let journal = EmbeddedJournal::in_small_blocks(InMemoryBackend::new(), clock).unwrap();
        let mut drafts = first.into_iter();
        let Opened {
            mut log, mut tail, ..
        } = journal.create(&map, drafts.next().unwrap()).unwrap();
        let (mut whole, mut moments, mut accepted) = (Workshop::new(map.clone()), Vec::new(), 0);
        let mut documents = Vec::new();
        loop {
            match tail.blocking_recv().unwrap() {
                Tail::Sequenced(record) => {
                    let is_accepted = apply(&mut whole, &record).unwrap().outcome.is_ok();
                    accepted += usize::from(is_accepted);
                    if is_accepted {
                        kinds.insert(kind(&record.body));
                    }
                    moments.push(whole.snapshot().bytes);
                    documents.push(whole.encode_state());
                    if random.rng.random_bool(0.1) {
                        log.put_snapshot(whole.snapshot()).unwrap();
                    }
                }
                Tail::Durable(_) if moments.len() == 120 => break,
                Tail::Durable(_) => {
                    let draft = drafts.next();
                    let draft = draft.unwrap_or_else(|| random.next(&whole, &documents));
                    log.append(draft).unwrap();
                }
                Tail::Failed(error) => panic!("{error}"),
            }
        }
        assert!(
            accepted > 45,
            "seed {seed}: {accepted} of {} were accepted",
            moments.len()
        );
        let secret = |one: &Workshop| (one.rounds().len(), one.brainstorm().is_some());
        for (seq, moment) in (1..).zip(&moments) {
            by_snapshot += usize::from(journal.snapshot_before(&map, seq).unwrap().is_some());
            let short = load_at(&journal, &map, Some(seq)).unwrap();
            assert_eq!(&short.snapshot().bytes, moment, "seed {seed}, record {seq}");
            let records = read_all(&journal, &map, 0, seq).unwrap();
            let long = fold_records(&journal, &map, None, &records)
                .unwrap()
                .workshop;
            assert_eq!(secret(&short), secret(&long), "seed {seed}, record {seq}");
            let view = |one: &Workshop| {
                let people = (1..=3).map(|id| one.personal(ParticipantId(id), None));
                format!("{:?}", people.collect::<Vec<_>>())
            };
            assert_eq!(
                view(&short),
                view(&long),
                "seed {seed}, record {seq}: own ballots and drafts"
            );
        }
    }
    for kind in [
        "edit",
        "round",
        "reveal",
        "restore",
        "feel",
        "vote",
        "writeDraft",
        "nextStep",
        "saveVersion",
        "park",
    ] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    assert!(
        by_snapshot > 30,
        "{by_snapshot} moments had a snapshot before them"
    );
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::Edit(_) => "edit",
        Body::Round(..) => "round",
        Body::Reveal(_) => "reveal",
        Body::Restore(_) => "restore",
        Body::Command(Command::Feel { .. }) => "feel",
        Body::Command(Command::Vote { .. }) => "vote",
        Body::Command(Command::WriteDraft { .. }) => "writeDraft",
        Body::Command(Command::NextStep {}) => "nextStep",
        Body::Command(Command::SaveVersion { .. }) => "saveVersion",
        Body::Command(Command::Park { .. }) => "park",
        _ => "other",
    }
}

/// A map of `many` records, with these as snapshots after their records.
fn with_snapshots(many: u64, snapshots: &[Snapshot]) -> (MapId, EmbeddedJournal, Opened) {
    let map = MapId::new("m").unwrap();
    let journal = EmbeddedJournal::in_memory(Clock::from_fn(|| 1)).unwrap();
    let (mut random, first) = Random::start(&map, 4);
    let mut drafts = first.into_iter();
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map, drafts.next().unwrap()).unwrap();
    let empty = Workshop::new(map.clone());
    let rest = std::iter::repeat_with(|| random.next(&empty, &[]));
    for draft in drafts.chain(rest).take(many as usize - 1) {
        log.append(draft).unwrap();
    }
    for snapshot in snapshots {
        log.put_snapshot(snapshot.clone()).unwrap();
    }
    drop(log);
    while tail.blocking_recv().is_some() {}
    let opened = journal.open(&map).unwrap();
    (map, journal, opened)
}

#[test]
fn fold_2_a_snapshot_of_another_version_is_passed_over_for_an_older_one() {
    let (map, journal, _) = with_snapshots(20, &[]);
    let whole = load_at(&journal, &map, None).unwrap().snapshot();
    let good = load_at(&journal, &map, Some(8)).unwrap().snapshot();
    let other = |seq| Snapshot {
        seq,
        bytes: vec![2, 0xa0].into(),
    };
    let (map, journal, opened) = with_snapshots(20, &[good, other(18)]);
    assert_eq!(opened.snapshot.as_ref().unwrap().seq, 8);
    let loaded = fold_opened(&journal, &map, &opened).unwrap();
    assert_eq!(loaded.workshop.snapshot(), whole);
    // What opening cost is known: the next snapshot is due the sooner.
    assert_eq!(loaded.folded, 12);
    assert!(loaded.snapshot.is_some());
    assert_eq!(load_at(&journal, &map, None).unwrap().snapshot(), whole);
    let (map, journal, opened) = with_snapshots(20, &[other(18)]);
    let loaded = fold_opened(&journal, &map, &opened).unwrap();
    assert_eq!((loaded.snapshot, loaded.folded), (None, 20));
    assert_eq!(loaded.workshop.snapshot(), whole);
}
