//! A long history as people make it: twelve of them type key by key, each in a copy of their own, slip and take it back, set fields,
//! move cards, remark, raise hands. Pure: the same number of records is the same history.

use bytes::Bytes;
use cairn_protocol::command::Command;
use cairn_protocol::id::{MapId, ParticipantId, Role, TokenHash};
use cairn_protocol::map::{
    self, Card, Collection, Comment, EditError, JourneyMap, LaneKind, MapKind, Place, SAMPLES,
};
use cairn_protocol::record::{Actor, Body, Created, Draft, Join};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use yrs::updates::decoder::Decode;
use yrs::{Doc, ReadTxn, Transact, TransactionMut, Update};

/// How many people work in it.
const PEOPLE: u32 = 12;
/// Cards that are not long yet: whoever adds to one picks among the last so many.
const RECENT: usize = 300;

/// What one of them has in hand.
struct Person {
    number: u32,
    doc: Doc,
    /// Keys still to be struck, last first, into which entry.
    hand: Vec<Key>,
    into: (Collection, String),
    /// The text as it stands.
    text: String,
    /// Set when the words are there.
    field: Option<(&'static str, serde_json::Value)>,
    /// Their hand, for something to say.
    raised: bool,
}

#[derive(Clone, Copy)]
enum Key {
    Char(char),
    Back,
}

/// The history being made.
pub(crate) struct Workshop {
    rng: StdRng,
    /// As the server has it.
    room: Doc,
    people: Vec<Person>,
    words: Vec<&'static str>,
    plan: JourneyMap,
    cards: Vec<(String, LaneKind)>,
    made: u64,
    drafts: Vec<Draft>,
}

/// Words people use: those of the sample maps.
fn words() -> Vec<&'static str> {
    let texts = SAMPLES.iter().flat_map(|(_, text)| text.split('"'));
    let sentences = texts.filter(|text| text.contains(' ') && !text.contains(['\n', '{', ':']));
    sentences.flat_map(str::split_whitespace).collect()
}

/// The records of such a workshop, so many of them, as they are given to the journal.
pub(crate) fn drafts(map: &MapId, records: usize) -> anyhow::Result<Vec<Draft>> {
    let mut workshop = Workshop::begin(map)?;
    while workshop.drafts.len() < records {
        workshop.go_on()?;
    }
    workshop.drafts.truncate(records);
    Ok(workshop.drafts)
}

impl Workshop {
    fn begin(map: &MapId) -> anyhow::Result<Self> {
        let created = Created {
            map: map.clone(),
            open: false,
        };
        let plan = map::template(MapKind::CurrentState);
        let content = map::to_update(&plan, 1);
        let mut drafts = vec![
            Draft::new(Actor::Host, Body::Created(created)),
            Draft::new(Actor::Host, Body::Edit(content.clone().into())),
        ];
        let people = (1..=PEOPLE).map(|number| {
            let join = Join {
                known_as: None,
                role: Role::Participant,
                name: format!("Person {number}"),
                color: "#336699".to_owned(),
                tokens: vec![TokenHash::of(map, &format!("token {number}"))],
            };
            drafts.push(Draft::new(Actor::Server, Body::Join(join)));
            Person {
                number,
                // As a browser draws it: any number of 32 bits.
                doc: map::new_doc(u64::from(number.wrapping_mul(2_654_435_761))),
                hand: Vec::new(),
                into: (Collection::Cards, String::new()),
                text: String::new(),
                field: None,
                raised: false,
            }
        });
        let people = people.collect();
        let room = map::new_doc(2);
        room.transact_mut()
            .apply_update(Update::decode_v1(&content)?)?;
        Ok(Self {
            rng: StdRng::seed_from_u64(1),
            room,
            people,
            words: words(),
            plan,
            cards: Vec::new(),
            made: 0,
            drafts,
        })
    }

    /// Somebody does the next thing.
    fn go_on(&mut self) -> anyhow::Result<()> {
        let who = self.rng.random_range(0..self.people.len());
        match self.people[who].hand.pop() {
            Some(key) => self.strike(who, key),
            None => match self.people[who].field.take() {
                Some((field, value)) => {
                    let id = self.people[who].into.1.clone();
                    self.edit(who, |txn| {
                        map::set_field(txn, Collection::Cards, &id, field, Some(&value))
                    })
                }
                None => self.begin_something(who),
            },
        }
    }

    fn strike(&mut self, who: usize, key: Key) -> anyhow::Result<()> {
        let person = &mut self.people[who];
        match key {
            Key::Char(char) => person.text.push(char),
            Key::Back => drop(person.text.pop()),
        }
        let ((collection, id), text) = (person.into.clone(), person.text.clone());
        self.edit(who, |txn| {
            map::set_text(txn, collection, &id, "text", &text)
        })
    }

    fn begin_something(&mut self, who: usize) -> anyhow::Result<()> {
        self.catch_up(who)?;
        let recent = self.cards.len().saturating_sub(RECENT);
        match self.rng.random_range(0..100) {
            _ if self.cards.len() < 20 => self.write_card(who),
            0..55 => self.write_card(who),
            55..70 => {
                let (id, _) = self.cards[self.rng.random_range(recent..self.cards.len())].clone();
                let text = map::read(&self.people[who].doc.transact());
                let card = text.cards.into_iter().find(|card| card.id == id);
                let person = &mut self.people[who];
                person.text = card.map_or_else(String::new, |card| card.text);
                person.into = (Collection::Cards, id);
                self.take_up(who, 3..9);
                Ok(())
            }
            70..82 => {
                let (id, _) = self.cards[self.rng.random_range(recent..self.cards.len())].clone();
                let lane = self.plan.lanes[self.rng.random_range(0..self.plan.lanes.len())]
                    .id
                    .clone();
                let stages = &self.plan.stages;
                let stage = stages[self.rng.random_range(0..stages.len())].id.clone();
                self.edit(who, |txn| {
                    map::move_card(txn, &id, &lane, &stage, Place::Last)
                })
            }
            82..90 => self.remark(who),
            _ => {
                let raised = !self.people[who].raised;
                self.people[who].raised = raised;
                let actor = Actor::Participant(ParticipantId(self.people[who].number));
                let mut draft = Draft::new(actor, Body::Command(Command::RaiseHand { raised }));
                draft.request = Some(format!("{:016x}", self.rng.random::<u64>()));
                self.drafts.push(draft);
                Ok(())
            }
        }
    }

    fn write_card(&mut self, who: usize) -> anyhow::Result<()> {
        let id = self.new_id();
        let lanes = &self.plan.lanes;
        let (lane, stages) = (
            &lanes[self.rng.random_range(0..lanes.len())],
            &self.plan.stages,
        );
        let card = Card {
            id,
            lane: lane.id.clone(),
            stage: stages[self.rng.random_range(0..stages.len())].id.clone(),
            author: format!("Person {}", self.people[who].number),
            created_at: format!(
                "2026-11-20T10:{:02}:{:02}Z",
                self.made / 60 % 60,
                self.made % 60
            ),
            ..Card::default()
        };
        let kind = lane.kind;
        self.cards.push((card.id.clone(), kind));
        self.edit(who, |txn| map::add_card(txn, &card, Place::Last))?;
        let field = match kind {
            LaneKind::Emotion => Some(("score", json!(self.rng.random_range(-2..=2)))),
            LaneKind::Pain => Some(("severity", json!(self.rng.random_range(1..=5)))),
            LaneKind::Opportunity => Some(("impact", json!(self.rng.random_range(1..=5)))),
            _ => None,
        };
        let person = &mut self.people[who];
        person.text.clear();
        person.into = (Collection::Cards, card.id);
        person.field = field;
        self.take_up(who, 4..14);
        Ok(())
    }

    fn remark(&mut self, who: usize) -> anyhow::Result<()> {
        let (card, _) = self.cards[self.rng.random_range(0..self.cards.len())].clone();
        let comment = Comment {
            id: self.new_id(),
            card,
            author: format!("Person {}", self.people[who].number),
            at: "2026-11-20T10:00:00Z".to_owned(),
            ..Comment::default()
        };
        self.edit(who, |txn| map::add_comment(txn, &comment, Place::Last))?;
        let person = &mut self.people[who];
        person.text.clear();
        person.into = (Collection::Comments, comment.id);
        self.take_up(who, 3..10);
        Ok(())
    }

    /// Words to type, with a slip now and then that is taken back.
    fn take_up(&mut self, who: usize, words: std::ops::Range<usize>) {
        let mut hand = Vec::new();
        for _ in 0..self.rng.random_range(words) {
            let word = self.words[self.rng.random_range(0..self.words.len())];
            for char in word.chars().chain([' ']) {
                if self.rng.random_bool(0.015) {
                    hand.extend([Key::Char(self.rng.random_range('a'..='z')), Key::Back]);
                }
                hand.push(Key::Char(char));
            }
        }
        hand.reverse();
        self.people[who].hand = hand;
    }

    fn new_id(&mut self) -> String {
        self.made += 1;
        format!("{:012x}", self.rng.random::<u64>() >> 16)
    }

    /// What the others did comes in.
    fn catch_up(&mut self, who: usize) -> anyhow::Result<()> {
        let doc = &self.people[who].doc;
        let known = doc.transact().state_vector();
        let missed = map::encode_diff(&self.room.transact(), &known);
        doc.transact_mut()
            .apply_update(Update::decode_v1(&missed)?)?;
        Ok(())
    }

    /// One record: what this changed, as a Yjs client sends it. What changes nothing is none.
    fn edit(
        &mut self,
        who: usize,
        change: impl FnOnce(&mut TransactionMut<'_>) -> Result<(), EditError>,
    ) -> anyhow::Result<()> {
        let person = &self.people[who];
        let mut txn = person.doc.transact_mut();
        change(&mut txn)?;
        txn.commit();
        let update = txn
            .has_changes()
            .then(|| Bytes::from(txn.encode_update_v1()));
        drop(txn);
        let Some(update) = update else {
            return Ok(());
        };
        self.room
            .transact_mut()
            .apply_update(Update::decode_v1(&update)?)?;
        let actor = Actor::Participant(ParticipantId(person.number));
        self.drafts.push(Draft::new(actor, Body::Edit(update)));
        Ok(())
    }
}
