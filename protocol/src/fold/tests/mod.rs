//! The rules of the fold, one test each; those of facilitation in files of their own. `Script` writes a journal by hand; nothing here has a clock.

mod agenda;
mod anything;
mod drafts;
mod erase;
mod floor;
mod lock;
mod restore;
mod rounds;
mod shape;
mod upkeep;
mod versions;

use bytes::Bytes;
use proptest::prelude::*;
use yrs::updates::decoder::Decode as _;
use yrs::{GetString, Map, ReadTxn, StateVector, Text, Transact, Update};

use super::*;
use crate::frame::{CheckedStateVector, CheckedUpdate};
use crate::limits;
use crate::map;
use crate::record::{Created, Draft, Head, Join};

const ANN: ParticipantId = ParticipantId(1);
const BEN: ParticipantId = ParticipantId(2);

fn map_id() -> MapId {
    MapId::new("m1").unwrap()
}

fn token(name: &str) -> TokenHash {
    TokenHash::of(&map_id(), name)
}

/// A workshop with the journal that made it.
struct Script {
    workshop: Workshop,
    head: Head,
    records: Vec<Record>,
    /// What the journal's writer reads off its clock next, in milliseconds.
    clock: u64,
}

impl Script {
    fn new() -> Self {
        let head = Head::genesis(&map_id());
        let mut script = Self {
            workshop: Workshop::new(map_id()),
            head,
            records: Vec::new(),
            clock: 1000,
        };
        let created = Created {
            map: map_id(),
            open: false,
        };
        script.ok(Actor::Host, Body::Created(created));
        script
    }

    fn open() -> Self {
        let mut script = Self {
            records: Vec::new(),
            ..Self::new()
        };
        (script.workshop, script.head) = (Workshop::new(map_id()), Head::genesis(&map_id()));
        script.ok(
            Actor::Server,
            Body::Created(Created {
                map: map_id(),
                open: true,
            }),
        );
        script
    }

    /// Ann facilitates, Ben participates.
    fn with_people() -> Self {
        let mut script = Self::new();
        script.join(Role::Facilitator, "Ann", "a");
        script.join(Role::Participant, "Ben", "b");
        script
    }

    fn send(&mut self, draft: Draft) -> Result<Effects, Refusal> {
        let Folded { effects, outcome } = self.folds(draft);
        outcome.map(|_| effects)
    }

    fn folds(&mut self, draft: Draft) -> Folded {
        let (record, _) = self.head.seal(self.clock, draft);
        self.clock += 1;
        self.records.push(record.clone());
        apply(&mut self.workshop, &record)
    }

    fn does(&mut self, actor: Actor, body: Body) -> Result<Effects, Refusal> {
        self.send(Draft::new(actor, body))
    }

    #[track_caller]
    fn ok(&mut self, actor: Actor, body: Body) -> Effects {
        self.does(actor, body)
            .expect("this record should be accepted")
    }

    #[track_caller]
    fn refused(&mut self, rule: &str, actor: Actor, body: Body) {
        let before = self.workshop.snapshot_without_place();
        let refusal = self
            .does(actor, body)
            .expect_err("this record should be refused");
        assert_eq!(refusal.rule, rule, "{}", refusal.why);
        let same = before == self.workshop.snapshot_without_place();
        assert!(same, "a refused record changed the state");
    }

    fn join(&mut self, role: Role, name: &str, with: &str) -> ParticipantId {
        self.ok(Actor::Server, joins(None, role, name, with))
            .joined
            .unwrap()
    }

    fn text(&self) -> String {
        text_of(self.workshop.doc())
    }

    /// The workshop as it comes back from a snapshot of now and this journal.
    fn restored(&self) -> Workshop {
        restored(&self.workshop.snapshot(), &self.records)
    }

    /// All records folded anew.
    fn replayed(&self) -> Workshop {
        let mut workshop = Workshop::new(map_id());
        for record in &self.records {
            drop(apply(&mut workshop, record));
        }
        workshop
    }
}

/// What a snapshot and the journal behind it give (FOLD-3).
fn restored(snapshot: &Snapshot, records: &[Record]) -> Workshop {
    let mut restored = Workshop::restore(&map_id(), &snapshot.bytes).unwrap();
    for seq in restored.needs().clone() {
        let record = records.iter().find(|record| record.seq == seq).unwrap();
        restored.refill(record).unwrap();
    }
    restored.whole().unwrap()
}

type Everything = (Bytes, Vec<Round>, Option<Brainstorm>);

impl Workshop {
    /// Everything but how many records there were.
    fn snapshot_without_place(&mut self) -> Everything {
        let (seq, at) = (self.seq, self.at);
        (self.seq, self.at) = (0, 0);
        let everything = self.everything();
        (self.seq, self.at) = (seq, at);
        everything
    }

    /// Everything, with what a snapshot leaves to the journal.
    fn everything(&self) -> Everything {
        let (rounds, brainstorm) = (self.rounds.clone(), self.brainstorm.clone());
        (self.snapshot().bytes, rounds, brainstorm)
    }
}

fn joins(known_as: Option<ParticipantId>, role: Role, name: &str, with: &str) -> Body {
    let (name, color) = (name.to_owned(), "#336699".to_owned());
    Body::Join(Join {
        known_as,
        role,
        name,
        color,
        tokens: vec![token(with)],
    })
}

fn text_of(doc: &yrs::Doc) -> String {
    let text = doc.get_or_insert_text("t");
    text.get_string(&doc.transact())
}

/// A peer who types into one text.
struct Peer(yrs::Doc);

impl Peer {
    fn new(client: u64) -> Self {
        Self(map::new_doc(client))
    }

    fn types(&self, words: &str) -> Bytes {
        let text = self.0.get_or_insert_text("t");
        let mut txn = self.0.transact_mut();
        text.push(&mut txn, words);
        txn.encode_update_v1().into()
    }

    fn sets(&self, keys: &[String]) -> Bytes {
        let map = self.0.get_or_insert_map("m");
        let mut txn = self.0.transact_mut();
        let object: serde_json::Map<_, _> = keys
            .iter()
            .map(|key| (key.clone(), serde_json::json!(key)))
            .collect();
        let object = yrs::Any::from_json(&serde_json::Value::Object(object).to_string()).unwrap();
        map.insert(&mut txn, "object", object);
        txn.encode_update_v1().into()
    }

    fn deletes(&self, count: u32) -> Bytes {
        let text = self.0.get_or_insert_text("t");
        let mut txn = self.0.transact_mut();
        text.remove_range(&mut txn, 0, count);
        txn.encode_update_v1().into()
    }

    fn hears(&self, update: &Bytes) {
        let update = Update::decode_v1(update).unwrap();
        self.0.transact_mut().apply_update(update).unwrap();
    }

    fn whole(&self) -> Bytes {
        self.0
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
            .into()
    }
}

fn ben() -> Actor {
    Actor::Participant(BEN)
}

fn ann() -> Actor {
    Actor::Participant(ANN)
}

#[test]
fn edit_1_an_accepted_update_is_in_the_document() {
    let mut script = Script::with_people();
    let effects = script.ok(ben(), Body::Edit(Peer::new(5).types("hello")));
    assert!(effects.edited, "{effects:?}");
    assert_eq!(script.text(), "hello");
}

#[test]
fn edit_2_an_update_that_builds_on_what_is_not_here_is_refused_whole() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    let first = peer.types("one ");
    let second = peer.types("two");
    script.refused("EDIT-2", ben(), Body::Edit(second.clone()));
    script.ok(ben(), Body::Edit(first));
    script.ok(ben(), Body::Edit(second));
    assert_eq!(script.text(), "one two");
}

#[test]
fn edit_2_of_an_incomplete_copy_the_complete_part_is_taken() {
    let mut script = Script::with_people();
    let (ann_at_home, ben_offline) = (Peer::new(5), Peer::new(6));
    // Ben has a word of his own and one that waits for something of Ann's he never got.
    let _lost = ann_at_home.types("lost ");
    let late = ann_at_home.types("late");
    ben_offline.types("mine");
    ben_offline.hears(&late);
    let offered = CheckedUpdate::check(ben_offline.whole()).unwrap();
    assert_eq!(script.workshop.verdict(&offered), EditVerdict::Incomplete);
    let part = script
        .workshop
        .complete_part(&offered)
        .expect("his own word is complete");
    script.ok(ben(), Body::Edit(part.into_bytes()));
    assert_eq!(script.text(), "mine");
}

#[test]
fn edit_3_what_is_known_changes_nothing() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    script.ok(ben(), Body::Edit(peer.types("hello")));
    script.ok(ben(), Body::Edit(peer.deletes(2)));
    let whole = peer.whole();
    let checked = CheckedUpdate::check(whole.clone()).unwrap();
    assert_eq!(script.workshop.verdict(&checked), EditVerdict::Known);
    assert_eq!(script.ok(ben(), Body::Edit(whole)), Effects::default());
    // A deletion alone is news.
    let gone = peer.deletes(1);
    let checked = CheckedUpdate::check(gone).unwrap();
    assert_eq!(script.workshop.verdict(&checked), EditVerdict::Effective);
}

#[test]
fn edit_3_deletions_stay_known_through_a_snapshot() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    script.ok(ben(), Body::Edit(peer.types("hello")));
    script.ok(ben(), Body::Edit(peer.deletes(2)));
    let restored = script.restored();
    let whole = CheckedUpdate::check(peer.whole()).unwrap();
    assert_eq!(restored.verdict(&whole), EditVerdict::Known);
}

#[test]
fn edit_3_what_was_deleted_as_it_came_is_known_as_a_snapshot_knows_it() {
    let mut script = Script::with_people();
    let set = |peer: &Peer, key: &str, value: &str| -> Bytes {
        let map = peer.0.get_or_insert_map("m");
        let mut txn = peer.0.transact_mut();
        map.insert(&mut txn, key, yrs::TextPrelim::new(value));
        txn.encode_update_v1().into()
    };
    let (one, two) = (Peer::new(5), Peer::new(6));
    // At once under one key: whichever loses is deleted, and no update says so.
    for update in [set(&one, "a", "one"), set(&two, "a", "two")] {
        script.ok(ben(), Body::Edit(update));
    }
    let restored = script.restored();
    one.hears(&script.workshop.encode_state());
    let whole = CheckedUpdate::check(one.whole()).unwrap();
    for workshop in [&script.workshop, &restored] {
        assert_eq!(workshop.verdict(&whole), EditVerdict::Known);
    }
}

#[test]
fn edit_4_a_diff_brings_a_peer_up_to_date() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    script.ok(ben(), Body::Edit(peer.types("one ")));
    let reader = Peer::new(7);
    reader.hears(&script.workshop.encode_state());
    let known = CheckedStateVector::new(script.workshop.known().clone());
    script.ok(ben(), Body::Edit(peer.types("two")));
    script.ok(ben(), Body::Edit(peer.deletes(1)));
    reader.hears(&script.workshop.encode_diff(&known));
    assert_eq!(text_of(&reader.0), "ne two");
}

#[test]
fn wire_3_a_malformed_update_is_refused() {
    let mut script = Script::with_people();
    script.refused("WIRE-3", ben(), Body::Edit(Bytes::from_static(&[1, 1, 1])));
}

#[test]
fn wire_10_nesting_is_bounded_over_many_updates_too() {
    use yrs::ArrayPrelim;
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    let mut inner = {
        let root = peer.0.get_or_insert_map("m");
        let mut txn = peer.0.transact_mut();
        let inner = root.insert(&mut txn, "a", ArrayPrelim::default());
        let update = txn.encode_update_v1();
        drop(txn);
        script.ok(ben(), Body::Edit(update.into()));
        inner
    };
    // Each update nests one array in the last; none is deep by itself.
    for depth in 2..=crate::limits::MAX_TYPE_DEPTH + 1 {
        let mut txn = peer.0.transact_mut();
        inner = yrs::Array::push_back(&inner, &mut txn, ArrayPrelim::default());
        let update = Body::Edit(txn.encode_update_v1().into());
        drop(txn);
        if depth <= crate::limits::MAX_TYPE_DEPTH {
            script.ok(ben(), update);
        } else {
            script.refused("WIRE-13", ben(), update);
        }
    }
}

#[test]
fn wire_9_a_map_of_more_clients_than_one_update_may_bring_is_restored() {
    let mut script = Script::with_people();
    let clients = u64::try_from(crate::limits::MAX_CLIENTS).unwrap() + 10;
    for client in 1..=clients {
        script.ok(ben(), Body::Edit(Peer::new(client).types("x")));
    }
    let snapshot = script.workshop.snapshot();
    // yrs may recurse once per client: whoever restores has a deep stack (`server/src/load.rs`).
    let restoring = std::thread::Builder::new().stack_size(64 << 20);
    let restored = restoring.spawn(move || restored(&snapshot, &[]));
    let restored = restored.unwrap().join().unwrap();
    assert_eq!(restored.known(), script.workshop.known());
}

#[test]
fn edit_5_a_document_has_had_at_most_so_many_clients() {
    let mut script = Script::with_people();
    let known = Peer::new(5);
    script.ok(ben(), Body::Edit(known.types("x")));
    let others = u64::try_from(limits::MAX_KNOWN_CLIENTS - 2).unwrap();
    script
        .workshop
        .document
        .pretend_known((0..others).map(|n| (1_000 + n, 1)));
    script.ok(ben(), Body::Edit(Peer::new(6).types("the last one")));
    script.refused("EDIT-5", ben(), Body::Edit(Peer::new(7).types("one more")));
    script.ok(ben(), Body::Edit(known.types("still here")));
    let vector = CheckedStateVector::new(script.workshop.known().clone());
    assert!(CheckedStateVector::check(vector.bytes().clone()).is_ok());
}

#[test]
fn role_2_observers_and_strangers_cannot_change_the_map() {
    let mut script = Script::with_people();
    let eve = script.join(Role::Observer, "Eve", "e");
    let edit = || Body::Edit(Peer::new(5).types("x"));
    script.refused("ROLE-2", Actor::Participant(eve), edit());
    script.refused("ROLE-2", Actor::Anonymous, edit());
    script.refused("ROLE-6", Actor::Participant(ParticipantId(99)), edit());
    script.ok(Actor::Host, edit());
}

#[test]
fn role_2_in_an_open_room_anyone_edits() {
    let mut script = Script::open();
    script.ok(Actor::Anonymous, Body::Edit(Peer::new(5).types("x")));
    assert_eq!(script.text(), "x");
}

#[test]
fn role_3_only_facilitators_command_others() {
    let mut script = Script::with_people();
    let promote = Body::Command(Command::SetRole {
        participant: BEN,
        role: Role::Facilitator,
    });
    script.refused("ROLE-3", ben(), promote.clone());
    script.refused("ROLE-3", Actor::Anonymous, promote.clone());
    script.refused(
        "ROLE-3",
        ben(),
        Body::Command(Command::Remove { participant: ANN }),
    );
    script.refused("ROLE-3", ben(), Body::Invite(Role::Facilitator, token("i")));
    let effects = script.ok(ann(), promote);
    assert_eq!(effects.personal, Concerned::One(BEN));
    script.ok(ben(), Body::Invite(Role::Observer, token("i")));
}

#[test]
fn role_3_the_last_facilitator_stays() {
    let mut script = Script::with_people();
    let step_down = Body::Command(Command::SetRole {
        participant: ANN,
        role: Role::Participant,
    });
    script.refused("ROLE-3", ann(), step_down.clone());
    script.refused(
        "ROLE-3",
        ann(),
        Body::Command(Command::Remove { participant: ANN }),
    );
    script.ok(
        ann(),
        Body::Command(Command::SetRole {
            participant: BEN,
            role: Role::Facilitator,
        }),
    );
    script.ok(ann(), step_down);
}

#[test]
fn role_4_a_new_invite_ends_the_one_before_it() {
    let mut script = Script::with_people();
    script.ok(ann(), Body::Invite(Role::Participant, token("old")));
    script.ok(ann(), Body::Invite(Role::Observer, token("watch")));
    assert_eq!(
        script.workshop.role_by_invite(token("old")),
        Some(Role::Participant)
    );
    script.ok(ann(), Body::Invite(Role::Participant, token("new")));
    assert_eq!(script.workshop.role_by_invite(token("old")), None);
    assert_eq!(
        script.workshop.role_by_invite(token("new")),
        Some(Role::Participant)
    );
    assert_eq!(
        script.workshop.role_by_invite(token("watch")),
        Some(Role::Observer)
    );
}

#[test]
fn role_4_only_the_server_lets_people_in() {
    let mut script = Script::with_people();
    script.refused("ROLE-4", ann(), joins(None, Role::Facilitator, "Eve", "e"));
}

#[test]
fn role_5_who_comes_back_is_who_they_were_with_the_higher_role() {
    let mut script = Script::with_people();
    let id = script
        .ok(
            Actor::Server,
            joins(Some(BEN), Role::Facilitator, "Benno", "phone"),
        )
        .joined;
    assert_eq!(id, Some(BEN));
    script.ok(
        Actor::Server,
        joins(Some(BEN), Role::Observer, "Benno", "tablet"),
    );
    assert_eq!(
        script.workshop.participant(BEN).unwrap().role,
        Role::Facilitator
    );
    for device in ["b", "phone", "tablet"] {
        assert_eq!(
            script.workshop.participant_by_token(token(device)),
            Some(BEN),
            "{device}"
        );
    }
}

#[test]
fn role_5_the_oldest_token_ends_when_there_are_too_many() {
    let mut script = Script::with_people();
    for n in 0..limits::TOKENS_PER_PERSON {
        script.ok(
            Actor::Server,
            joins(Some(BEN), Role::Participant, "Ben", &format!("d{n}")),
        );
    }
    assert_eq!(script.workshop.participant_by_token(token("b")), None);
    assert_eq!(script.workshop.participant_by_token(token("d0")), Some(BEN));
}

#[test]
fn role_6_whoever_is_removed_is_out_with_all_tokens() {
    let mut script = Script::with_people();
    let effects = script.ok(ann(), Body::Command(Command::Remove { participant: BEN }));
    assert_eq!(effects.removed, vec![BEN]);
    assert_eq!(script.workshop.participant_by_token(token("b")), None);
    script.refused("ROLE-6", ben(), Body::Edit(Peer::new(5).types("x")));
    script.refused(
        "ROLE-6",
        ann(),
        Body::Command(Command::SetRole {
            participant: BEN,
            role: Role::Observer,
        }),
    );
    script.refused(
        "ROLE-6",
        Actor::Server,
        joins(Some(BEN), Role::Participant, "Ben", "b2"),
    );
}

#[test]
fn role_7_names_and_colours_are_bounded() {
    let mut script = Script::with_people();
    let rename = |name: &str, color: &str| {
        Body::Command(Command::Rename {
            name: name.into(),
            color: color.into(),
        })
    };
    let long = "é".repeat(limits::NAME_CHARS);
    script.ok(ben(), rename(&long, "#A0b1C2"));
    assert_eq!(script.workshop.participant(BEN).unwrap().name, long);
    for name in ["", "  ", "a\nb", &format!("{long}é")] {
        script.refused("ROLE-7", ben(), rename(name, "#000000"));
    }
    for color in ["", "red", "#12345", "#1234567", "#12345g", "123456"] {
        script.refused("ROLE-7", ben(), rename("Ben", color));
    }
    script.refused("ROLE-7", Actor::Host, rename("Host", "#000000"));
}

#[test]
fn rec_2_a_record_out_of_place_is_refused_and_changes_nothing() {
    let mut script = Script::with_people();
    let mut record = script.records[1].clone();
    let before = script.workshop.everything();
    for seq in [
        0,
        1,
        script.workshop.seq(),
        script.workshop.seq() + 2,
        u64::MAX,
    ] {
        record.seq = seq;
        assert_eq!(
            apply(&mut script.workshop, &record)
                .outcome
                .unwrap_err()
                .rule,
            "REC-2"
        );
    }
    assert_eq!(before, script.workshop.everything());
}

#[test]
fn rec_4_a_journal_begins_once_and_with_its_own_map() {
    let mut script = Script::new();
    let again = Created {
        map: map_id(),
        open: true,
    };
    script.refused("REC-4", Actor::Host, Body::Created(again));
    let mut other = Workshop::new(MapId::new("other").unwrap());
    assert_eq!(
        apply(&mut other, &script.records[0])
            .outcome
            .unwrap_err()
            .rule,
        "REC-4"
    );
}

#[test]
fn rec_5_a_command_sent_twice_counts_once_and_gets_the_same_answer() {
    let mut script = Script::with_people();
    let command = |actor, command| Draft {
        actor,
        request: Some("r1".to_owned()),
        body: Body::Command(command),
    };
    let step_down = || {
        command(
            ann(),
            Command::SetRole {
                participant: ANN,
                role: Role::Observer,
            },
        )
    };
    let refusal = script.send(step_down()).unwrap_err();
    script.ok(
        ann(),
        Body::Command(Command::SetRole {
            participant: BEN,
            role: Role::Facilitator,
        }),
    );
    // It would be accepted now; the answer stays what it was.
    assert_eq!(script.send(step_down()).unwrap_err(), refusal);
    // Another sender may use the same words for something else.
    let Folded { outcome, .. } = script.folds(command(
        ben(),
        Command::SetRole {
            participant: ANN,
            role: Role::Observer,
        },
    ));
    assert_eq!(outcome, Ok(Done::Now));
    let Folded { outcome, .. } = script.folds(command(
        ben(),
        Command::SetRole {
            participant: ANN,
            role: Role::Participant,
        },
    ));
    assert_eq!(outcome, Ok(Done::Earlier));
    assert_eq!(
        script.workshop.participant(ANN).unwrap().role,
        Role::Observer
    );
}

#[test]
fn rec_6_a_record_passed_over_takes_its_place_and_nothing_else() {
    let mut script = Script::with_people();
    let before = script.workshop.snapshot_without_place();
    let draft = Draft::new(ben(), Body::Edit(Peer::new(5).types("x")));
    let (record, _) = script.head.seal(5, draft);
    skip(&mut script.workshop, &record);
    assert_eq!(script.workshop.seq(), record.seq);
    assert_eq!(script.workshop.snapshot_without_place(), before);
}

#[test]
fn time_1_time_never_runs_backwards() {
    let mut script = Script::with_people();
    let mut head = script.head;
    let (record, _) = head.seal(5000, Draft::new(ben(), Body::Edit(Peer::new(5).types("x"))));
    apply(&mut script.workshop, &record).outcome.unwrap();
    // A clock set back: the writer's head keeps time, and the fold does too.
    let (record, _) = head.seal(10, Draft::new(ben(), Body::Edit(Peer::new(6).types("y"))));
    assert_eq!(record.at, 5000);
    apply(&mut script.workshop, &record).outcome.unwrap();
    assert_eq!(script.workshop.at(), 5000);
}

#[test]
fn fold_2_a_snapshot_of_another_map_or_version_is_refused() {
    let script = Script::with_people();
    let bytes = script.workshop.snapshot().bytes;
    let other = MapId::new("other").unwrap();
    assert!(matches!(
        Workshop::restore(&other, &bytes),
        Err(SnapshotError::OtherMap(_))
    ));
    let mut later = bytes.to_vec();
    for version in [1, 9] {
        later[0] = version;
        let refused = Workshop::restore(&map_id(), &later).err();
        let named = matches!(refused, Some(SnapshotError::Version(v)) if v == version);
        assert!(named, "{refused:?}");
    }
    assert!(matches!(
        Workshop::restore(&map_id(), &[]),
        Err(SnapshotError::Empty)
    ));
    for end in 1..bytes.len() {
        assert!(
            Workshop::restore(&map_id(), &bytes[..end]).is_err(),
            "cut at {end}"
        );
    }
}

/// One random act of a workshop.
#[derive(Clone, Debug)]
enum Act {
    Types(u8, String),
    /// A plain JSON object as a value: yrs keeps its keys in random order.
    Sets(u8, Vec<String>),
    Deletes(u8, u32),
    Join(Role),
    SetRole(u32, u32, Role),
    Remove(u32, u32),
    Invite(Role, u8),
    Rename(u32, String, Option<u8>),
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        Just(Role::Observer),
        Just(Role::Participant),
        Just(Role::Facilitator)
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..3u8, "[a-zé😀]{1,4}").prop_map(|(peer, words)| Act::Types(peer, words)),
        2 => (0..3u8, proptest::collection::vec("[a-z]{1,6}", 2..8))
            .prop_map(|(peer, keys)| Act::Sets(peer, keys)),
        2 => (0..3u8, 1..3u32).prop_map(|(peer, count)| Act::Deletes(peer, count)),
        1 => role().prop_map(Act::Join),
        1 => (1..5u32, 1..5u32, role()).prop_map(|(by, who, role)| Act::SetRole(by, who, role)),
        1 => (1..5u32, 1..5u32).prop_map(|(by, who)| Act::Remove(by, who)),
        1 => (role(), any::<u8>()).prop_map(|(role, n)| Act::Invite(role, n)),
        1 => (1..5u32, "[a-z]{0,3}", proptest::option::of(0..3u8))
            .prop_map(|(who, name, request)| Act::Rename(who, name, request)),
    ]
}

fn play(acts: &[Act]) -> Script {
    let mut script = Script::with_people();
    let peers = [Peer::new(11), Peer::new(12), Peer::new(13)];
    for act in acts {
        let actor = |who: u32| Actor::Participant(ParticipantId(who));
        let draft = match act.clone() {
            Act::Types(peer, words) => {
                Draft::new(ben(), Body::Edit(peers[usize::from(peer)].types(&words)))
            }
            Act::Sets(peer, keys) => {
                Draft::new(ben(), Body::Edit(peers[usize::from(peer)].sets(&keys)))
            }
            Act::Deletes(peer, count) => {
                let peer = &peers[usize::from(peer)];
                let length = u32::try_from(text_of(&peer.0).encode_utf16().count()).unwrap();
                Draft::new(ben(), Body::Edit(peer.deletes(count.min(length))))
            }
            Act::Join(role) => Draft::new(Actor::Server, joins(None, role, "Guest", "g")),
            Act::SetRole(by, who, role) => Draft::new(
                actor(by),
                Body::Command(Command::SetRole {
                    participant: ParticipantId(who),
                    role,
                }),
            ),
            Act::Remove(by, who) => Draft::new(
                actor(by),
                Body::Command(Command::Remove {
                    participant: ParticipantId(who),
                }),
            ),
            Act::Invite(role, n) => Draft::new(ann(), Body::Invite(role, token(&n.to_string()))),
            Act::Rename(who, name, request) => Draft {
                actor: actor(who),
                request: request.map(|n| n.to_string()),
                body: Body::Command(Command::Rename {
                    name,
                    color: "#123456".to_owned(),
                }),
            },
        };
        // Some are refused; what matters is that every fold refuses the same ones.
        drop(script.send(draft));
    }
    script
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// FOLD-1, FOLD-2: from zero or over a snapshot taken anywhere, the same records give the same bytes.
    #[test]
    fn fold_1_the_same_records_give_the_same_bytes(
        acts in proptest::collection::vec(act(), 1..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let script = play(&acts);
        let cut = cut.index(script.records.len());
        let mut again = Workshop::new(map_id());
        for record in &script.records[..cut] {
            drop(apply(&mut again, record));
        }
        let mut over = restored(&again.snapshot(), &script.records);
        for record in &script.records[cut..] {
            prop_assert_eq!(apply(&mut again, record), apply(&mut over, record));
        }
        prop_assert_eq!(&again.everything(), &script.workshop.everything());
        prop_assert_eq!(&over.everything(), &script.workshop.everything());
    }

    /// ROLE-3 as an invariant: whatever is tried, somebody can still facilitate.
    #[test]
    fn role_3_a_map_keeps_a_facilitator(acts in proptest::collection::vec(act(), 1..60)) {
        let script = play(&acts);
        let facilitates = |p: &Participant| !p.removed && p.role == Role::Facilitator;
        prop_assert!(script.workshop.people().any(|(_, person)| facilitates(person)));
    }

    /// What the fold says it knows is what its document has, and nothing lies pending.
    #[test]
    fn edit_2_nothing_lies_pending(acts in proptest::collection::vec(act(), 1..60)) {
        let script = play(&acts);
        let txn = script.workshop.doc().transact();
        let vector = txn.state_vector();
        let theirs: std::collections::BTreeMap<u64, u64> =
            vector.iter().map(|(client, clock)| (client.get(), u64::from(*clock))).collect();
        prop_assert_eq!(&theirs, script.workshop.known());
    }
}
