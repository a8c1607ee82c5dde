//! Random people under random locks: whatever participants send, in whatever order and however stale, nothing outside the focus
//! changes by it; every guard says the same; a replay gives what was.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use yrs::types::ToJson;
use yrs::{Array, MapPrelim};

use super::super::super::edits::EditVerdict;
use super::*;
use crate::guard::{Guard, Held, Lock};

const CARDS: [&str; 6] = ["in1", "in2", "right", "below", "new1", "new2"];
const LANES: [&str; 3] = ["pain", "note", "gone"];
const STAGES: [&str; 2] = ["s1", "s2"];

/// One thing somebody does to the map.
#[derive(Clone, Debug)]
pub(in super::super) enum Deed {
    Types(&'static str),
    Cuts(&'static str),
    Adds(&'static str, &'static str, &'static str),
    Moves(&'static str, Option<&'static str>, Option<&'static str>),
    Deletes(&'static str),
    Comments(&'static str, &'static str),
    Answers(&'static str),
    Uncomments(&'static str),
    Nests(&'static str),
    Renames(&'static str),
    Titles,
    Elsewhere,
    InARow,
    /// A stage or a lane goes, or is there anew.
    Drops(&'static str, &'static str),
    Founds(&'static str, &'static str),
}

#[derive(Clone, Debug)]
enum Act {
    /// Who does what, all at once.
    Edits(usize, Vec<Deed>),
    /// Somebody's copy hears what everyone has.
    Hears(usize),
    /// Somebody loads the page anew.
    Reloads(usize),
    /// Somebody's whole copy is sent, as after a broken line.
    SendsAll(usize),
    Step(u32, bool),
    TimePasses,
}

/// What is done to these cards, lanes and stages.
pub(in super::super) fn deeds(
    cards: &'static [&'static str],
    lanes: &'static [&'static str],
    stages: &'static [&'static str],
) -> impl Strategy<Value = Deed> {
    let (card, lane, stage) = (
        move || select(cards),
        move || select(lanes),
        move || select(stages),
    );
    let place = prop_oneof![
        lane().prop_map(|lane| ("lanes", lane)),
        stage().prop_map(|stage| ("stages", stage))
    ];
    prop_oneof![
        6 => card().prop_map(Deed::Types),
        2 => card().prop_map(Deed::Cuts),
        3 => (card(), lane(), stage()).prop_map(|(card, lane, stage)| Deed::Adds(card, lane, stage)),
        5 => (card(), proptest::option::of(lane()), proptest::option::of(stage()))
            .prop_map(|(card, lane, stage)| Deed::Moves(card, lane, stage)),
        2 => card().prop_map(Deed::Deletes),
        2 => (card(), card()).prop_map(|(id, on)| Deed::Comments(id, on)),
        2 => card().prop_map(Deed::Answers),
        1 => card().prop_map(Deed::Uncomments),
        1 => card().prop_map(Deed::Nests),
        1 => stage().prop_map(Deed::Renames),
        1 => place.clone().prop_map(|(root, id)| Deed::Drops(root, id)),
        1 => place.prop_map(|(root, id)| Deed::Founds(root, id)),
        1 => Just(Deed::Titles),
        1 => Just(Deed::Elsewhere),
        1 => Just(Deed::InARow),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    deeds(&CARDS, &LANES, &STAGES)
}

fn act() -> impl Strategy<Value = Act> {
    let who = || 0..3usize;
    prop_oneof![
        12 => (who(), proptest::collection::vec(deed(), 1..3)).prop_map(|(who, deeds)| Act::Edits(who, deeds)),
        4 => who().prop_map(Act::Hears),
        2 => who().prop_map(Act::Reloads),
        1 => who().prop_map(Act::SendsAll),
        2 => (1..7u32, any::<bool>()).prop_map(|(step, ends)| Act::Step(step, ends)),
        1 => Just(Act::TimePasses),
    ]
}

/// Does what can be done; with raw types, as any program could.
pub(in super::super) fn perform(txn: &mut TransactionMut<'_>, deed: &Deed) {
    let root = |txn: &mut TransactionMut<'_>, name: &str| txn.get_or_insert_map(name);
    let found = |txn: &mut TransactionMut<'_>, name: &str, id: &str| -> Option<yrs::MapRef> {
        let root = txn.get_or_insert_map(name);
        root.get(txn, id)?.cast().ok()
    };
    let text = |txn: &mut TransactionMut<'_>, entry: &yrs::MapRef| -> Option<TextRef> {
        entry.get(txn, "text")?.cast().ok()
    };
    match *deed {
        Deed::Types(card) | Deed::Answers(card) => {
            let name = if matches!(deed, Deed::Types(_)) {
                "cards"
            } else {
                "comments"
            };
            let Some(entry) = found(txn, name, card) else {
                return;
            };
            match text(txn, &entry) {
                Some(text) => text.push(txn, "a"),
                None => {
                    entry.insert(txn, "text", yrs::TextPrelim::new("b"));
                }
            }
        }
        Deed::Cuts(card) => {
            let Some(entry) = found(txn, "cards", card) else {
                return;
            };
            if let Some(text) = text(txn, &entry)
                && text.len(txn) > 0
            {
                text.remove_range(txn, 0, 1);
            }
        }
        Deed::Adds(card, lane, stage) => {
            let new = MapPrelim::from([("lane", lane), ("stage", stage)]);
            root(txn, "cards").insert(txn, card, new);
        }
        Deed::Moves(card, lane, stage) => {
            let Some(entry) = found(txn, "cards", card) else {
                return;
            };
            for (field, value) in [("lane", lane), ("stage", stage)] {
                if let Some(value) = value {
                    entry.insert(txn, field, value);
                }
            }
        }
        Deed::Deletes(card) => {
            root(txn, "cards").remove(txn, card);
        }
        Deed::Comments(id, on) => {
            root(txn, "comments").insert(txn, id, MapPrelim::from([("card", on)]));
        }
        Deed::Uncomments(id) => {
            root(txn, "comments").remove(txn, id);
        }
        Deed::Nests(card) => {
            let Some(entry) = found(txn, "cards", card) else {
                return;
            };
            let inner = match entry.get(txn, "deep").map(yrs::Out::cast::<yrs::MapRef>) {
                Some(Ok(inner)) => inner,
                _ => entry.insert(txn, "deep", MapPrelim::default()),
            };
            inner.insert(txn, "a", 1);
        }
        Deed::Renames(stage) => {
            if let Some(entry) = found(txn, "stages", stage) {
                entry.insert(txn, "title", "Mine");
            }
        }
        Deed::Titles => {
            root(txn, "meta").insert(txn, "owner", "Ben");
        }
        Deed::Elsewhere => txn.get_or_insert_text("t").push(txn, "x"),
        Deed::Drops(name, id) => {
            root(txn, name).remove(txn, id);
        }
        Deed::Founds(name, id) => {
            let new = MapPrelim::from([("title", "Anew"), ("kind", "pain")]);
            root(txn, name).insert(txn, id, new);
        }
        Deed::InARow => {
            txn.get_or_insert_array("cards").push_back(txn, 1);
        }
    }
}

/// All there is to see of a document, by root and entry.
pub(in super::super) type Picture = BTreeMap<(String, String), String>;

pub(in super::super) fn picture(doc: &yrs::Doc) -> Picture {
    let txn = doc.transact();
    let json = |value: &dyn Fn() -> yrs::Any| serde_json::to_value(value()).unwrap().to_string();
    let mut all = BTreeMap::new();
    let roots = ["meta", "personas", "stages", "lanes", "cards", "comments"];
    for root in roots {
        let map = txn.get_map(root).unwrap();
        for (id, value) in map.iter(&txn) {
            all.insert(
                (root.to_owned(), id.to_owned()),
                json(&|| value.to_json(&txn)),
            );
        }
        let row = txn.get_array(root).unwrap();
        all.insert(
            (root.to_owned(), "a row".to_owned()),
            json(&|| row.to_json(&txn)),
        );
    }
    if let Some(text) = txn.get_text("t") {
        all.insert(("t".to_owned(), String::new()), text.get_string(&txn));
    }
    all
}

/// Whether an entry of this picture lies in the focus, by nothing but what the picture shows.
fn lies_in(focus: &Focus, picture: &Picture, root: &str, id: &str) -> bool {
    let shown = |root: &str, id: &str| -> Option<serde_json::Value> {
        let entry = picture.get(&(root.to_owned(), id.to_owned()))?;
        serde_json::from_str(entry).ok()
    };
    let Some(entry) = shown(root, id) else {
        return true;
    };
    let card = if root == "comments" {
        entry["card"].as_str().and_then(|card| shown("cards", card))
    } else {
        Some(entry)
    };
    card.is_some_and(
        |card| match (card["stage"].as_str(), card["lane"].as_str()) {
            (Some(stage), Some(lane)) => focus.holds(stage, lane),
            _ => false,
        },
    )
}

/// What changed between two pictures although it lies outside.
pub(in super::super) fn moved_outside(
    focus: &Focus,
    before: &Picture,
    after: &Picture,
) -> Vec<(String, String)> {
    let all: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let changed = all
        .into_iter()
        .filter(|entry| before.get(entry) != after.get(entry));
    changed
        .filter(|(root, id)| {
            let may_lie = (root == "cards" || root == "comments") && id != "a row";
            !may_lie || !lies_in(focus, before, root, id) || !lies_in(focus, after, root, id)
        })
        .collect()
}

struct Player {
    actor: Actor,
    peer: Peer,
    /// Refused: everything later builds on what nobody has.
    astray: bool,
}

/// A workshop in which random things happen, with a room's guard beside the fold's.
struct Play {
    script: Script,
    players: Vec<Player>,
    room: Guard,
    clients: u64,
}

impl Play {
    fn begin() -> Self {
        let Lesson { mut script, .. } = Lesson::prepared();
        let focus = |stages: &[&str], lanes: &[&str], lock| Step {
            focus: on(stages, lanes),
            lock,
            ..step("Focus", 5, AtZero::Wait)
        };
        let steps = vec![
            focus(&["s1"], &["pain"], true),
            focus(&[], &["pain"], true),
            focus(&["s2"], &[], true),
            focus(&["s1"], &[], false),
            step("Ends", 5, AtZero::Lock),
            focus(&["s1", "s2"], &["pain", "gone"], true),
        ];
        script.ok(ann(), does(Command::SetAgenda { steps }));
        let mut play = Self {
            script,
            players: Vec::new(),
            room: Guard::default(),
            clients: 1_000,
        };
        for actor in [ann(), ben(), Actor::Participant(ParticipantId(3))] {
            let peer = play.load();
            play.players.push(Player {
                actor,
                peer,
                astray: false,
            });
        }
        play
    }

    fn load(&mut self) -> Peer {
        self.clients += 1;
        let peer = Peer::new(self.clients);
        peer.hears(&self.script.workshop.encode_state());
        peer
    }

    fn act(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match act {
            Act::Edits(who, deeds) => {
                let update = changes(&self.players[*who].peer, |txn| {
                    for deed in deeds {
                        perform(txn, deed);
                    }
                });
                self.sends(*who, update)
            }
            Act::SendsAll(who) => {
                let all = self.players[*who].peer.whole();
                self.sends(*who, all)
            }
            Act::Hears(who) => {
                let state = self.script.workshop.encode_state();
                self.players[*who].peer.hears(&state);
                Ok(())
            }
            Act::Reloads(who) => {
                let peer = self.load();
                let player = &mut self.players[*who];
                (player.peer, player.astray) = (peer, false);
                Ok(())
            }
            Act::Step(step, ends) => {
                // The new agenda's numbers begin after those of the old.
                let id = StepId(step + 4);
                let command = if *ends {
                    Command::FinishAgenda {}
                } else {
                    Command::StartStep { id }
                };
                drop(self.script.does(ann(), does(command)));
                Ok(())
            }
            Act::TimePasses => {
                self.script.clock += 5 * 60_000;
                self.script.ok(Actor::Server, Body::Tick);
                Ok(())
            }
        }
    }

    fn sends(&mut self, who: usize, update: Bytes) -> Result<(), TestCaseError> {
        let actor = self.players[who].actor;
        let checked = CheckedUpdate::check(update.clone()).unwrap();
        let workshop = &self.script.workshop;
        let effective = workshop.verdict(&checked) == EditVerdict::Effective;
        let lock = workshop.lock_for(actor).map(Lock::into_owned);
        prop_assert!(lock.is_none() || actor != ann(), "a facilitator is free");
        let before = picture(workshop.doc());
        // A guard with a shadow of its own that followed so far, and one that has just come.
        let says = lock.as_ref().filter(|_| effective).map(|lock| {
            let state = || workshop.encode_state();
            let kept = self.room.lets(&checked, lock, workshop.doc(), state);
            let fresh = Guard::default().lets(&checked, lock, workshop.doc(), state);
            (kept, fresh)
        });
        let outcome = self.script.does(actor, Body::Edit(update));
        let after = picture(self.script.workshop.doc());
        if let Some((kept, fresh)) = says {
            prop_assert_eq!(kept, fresh, "the two guards");
            prop_assert_eq!(kept, outcome.is_ok(), "a guard and the fold: {:?}", outcome);
        }
        if let Err(refusal) = &outcome {
            let of_lock = refusal.rule.starts_with("LOCK");
            prop_assert!(actor != ann() || !of_lock, "{refusal}");
            prop_assert_eq!(&before, &after, "a refused edit changed something");
            self.players[who].astray = true;
        } else if says.is_none() {
            self.room.follow(&checked);
        }
        match lock.as_ref().map(|lock| &lock.held) {
            None => {}
            Some(Held::Everything) => prop_assert_eq!(&before, &after),
            Some(Held::Outside(focus)) => {
                let moved = moved_outside(focus, &before, &after);
                prop_assert!(moved.is_empty(), "outside {focus:?} changed {moved:?}");
            }
        }
        // Whoever was refused either loads anew, or goes on and builds on what nobody has.
        if self.players[who].astray && self.script.workshop.seq().is_multiple_of(2) {
            let peer = self.load();
            let player = &mut self.players[who];
            (player.peer, player.astray) = (peer, false);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lock_1_nothing_outside_the_focus_changes_by_a_participant(
        acts in proptest::collection::vec(act(), 10..60),
        cut in any::<Index>(),
    ) {
        let mut play = Play::begin();
        for act in &acts {
            play.act(act)?;
        }
        // From zero, and over a snapshot taken anywhere (FOLD-1, FOLD-2): the shadow is in none of them.
        let records = &play.script.records;
        let cut = cut.index(records.len());
        let mut again = Workshop::new(map_id());
        for record in &records[..cut] {
            drop(apply(&mut again, record));
        }
        let mut over = restored(&again.snapshot(), records);
        for record in &records[cut..] {
            prop_assert_eq!(apply(&mut again, record), apply(&mut over, record));
        }
        prop_assert_eq!(&again.snapshot(), &play.script.workshop.snapshot());
        // The document of a snapshot holds the same, though yrs may have joined what it collected in other pieces.
        prop_assert_eq!(over.known(), play.script.workshop.known());
        prop_assert_eq!(picture(over.doc()), picture(play.script.workshop.doc()));
    }
}
