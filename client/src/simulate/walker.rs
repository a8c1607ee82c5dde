//! One simulated participant at work: carries out a part of the plan through a connection.
//!
//! Started by the conductor. Does only what a person could do in the web client: looks, types key
//! by key, drags, remarks. Measures on the way; writes nothing into the map for it.

use std::sync::Arc;
use std::time::Duration;

use cairn_protocol::map::{self, Card, Collection, Comment, EditError, LaneKind, Place};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};
use yrs::TransactionMut;

use super::desk::{self, Floor};
use super::halt::Halt;
use super::phrases::{Phrase, additions};
use super::plan::{Act, Cell};
use super::probe::Probe;
use super::typing::{Key, typing};
use crate::connection::Connection;
use crate::presence::{Cursor, Drag, Focus, Presence, User};
use crate::replica::Mark;
use crate::status::Closed;

/// A barrier that was not answered by then is counted as an error.
const OVERDUE: Duration = Duration::from_secs(30);
/// A card this long is not added to.
const LONG: usize = 160;

/// One participant.
pub(crate) struct Walker {
    /// Their place in the plan.
    pub(crate) number: usize,
    pub(crate) user: User,
    pub(crate) connection: Connection,
    pub(crate) floor: Arc<Floor>,
    pub(crate) halt: Halt,
    /// When they stop, whatever is left of their part.
    pub(crate) until: Instant,
    /// Ids made so far.
    made: u64,
    probe: Probe,
    jitter: StdRng,
}

impl Walker {
    pub(crate) fn new(
        number: usize,
        user: User,
        connection: Connection,
        floor: Arc<Floor>,
        halt: Halt,
        until: Instant,
    ) -> Self {
        let jitter = StdRng::seed_from_u64(number as u64);
        Self {
            number,
            user,
            connection,
            floor,
            halt,
            until,
            made: 0,
            probe: Probe::default(),
            jitter,
        }
    }

    /// Carries out the acts in turn.
    pub(crate) async fn walk(&mut self, acts: Vec<Act>) -> Result<(), Closed> {
        for act in acts {
            if self.halt.has_rung() || Instant::now() >= self.until {
                break;
            }
            match act {
                Act::Look { cell, rests } => self.look(cell, &rests).await?,
                Act::Write {
                    cell,
                    phrase,
                    persona,
                    hand,
                } => {
                    self.write(cell, phrase, persona, hand).await?;
                }
                Act::Amend { pick, hand } => self.amend(pick, hand).await?,
                Act::Move { pick, stage, drag } => self.drag(pick, stage, drag).await?,
                Act::Comment { pick, text, hand } => self.comment(pick, text, hand).await?,
            }
        }
        self.focus(None).await?;
        self.probe.finish(&self.floor.tally, &self.user.name).await;
        Ok(())
    }

    async fn look(&mut self, cell: Cell, rests: &[Duration]) -> Result<(), Closed> {
        for rest in rests {
            let presence = self.at(cell, self.cell_focus(cell));
            self.connection.set_presence(Some(&presence)).await?;
            self.pause(*rest).await;
        }
        Ok(())
    }

    async fn write(
        &mut self,
        cell: Cell,
        phrase: Phrase,
        persona: Option<usize>,
        hand: u64,
    ) -> Result<(), Closed> {
        let presence = self.at(cell, self.cell_focus(cell));
        self.connection.set_presence(Some(&presence)).await?;
        let board = &self.floor.board;
        let (lane, kind) = board.lanes[cell.lane].clone();
        let stage = board.stages[cell.stage].clone();
        let persona = persona.map(|persona| board.personas[persona].clone());
        let id = self.new_id().await?;
        let card = Card {
            id: id.clone(),
            lane,
            stage: stage.clone(),
            persona,
            author: self.user.name.clone(),
            created_at: desk::now(),
            ..Card::default()
        };
        if !self
            .edit(true, move |txn| map::add_card(txn, &card, Place::Last))
            .await?
        {
            return Ok(());
        }
        self.floor.occupy(&id);
        let written = self.fill_in(&id, kind, &stage, phrase, hand).await;
        self.floor.release(&id);
        if written? {
            self.floor.tally.cards.add(1);
            self.barrier().await;
        }
        Ok(())
    }

    /// The words and fields of a new card. False if somebody deleted it meanwhile.
    async fn fill_in(
        &mut self,
        id: &str,
        kind: LaneKind,
        stage: &str,
        phrase: Phrase,
        hand: u64,
    ) -> Result<bool, Closed> {
        if !self
            .type_into(Collection::Cards, id, "text", &phrase.text, hand)
            .await?
        {
            return Ok(false);
        }
        if let Some((field, text)) = phrase.second
            && !self
                .type_into(Collection::Cards, id, field, text, hand)
                .await?
        {
            return Ok(false);
        }
        let mut lists = Vec::new();
        if kind == LaneKind::Opportunity {
            let pain = self.pain_in(stage).await?;
            lists.extend(pain.map(|pain| ("addresses", vec![json!(pain)])));
        }
        let (id, fields) = (id.to_owned(), phrase.fields);
        self.edit(true, move |txn| set_all(txn, &id, &fields, &lists))
            .await
    }

    /// A pain or unmet expectation of this stage, which an opportunity can address.
    async fn pain_in(&mut self, stage: &str) -> Result<Option<String>, Closed> {
        let cards = self.connection.read(desk::cards).await?;
        let here: Vec<&str> = cards
            .iter()
            .filter(|card| card.stage == stage)
            .filter(|card| {
                self.floor
                    .kind_of(&card.lane)
                    .is_some_and(LaneKind::is_addressable)
            })
            .map(|card| card.id.as_str())
            .collect();
        if here.is_empty() {
            return Ok(None);
        }
        Ok(Some(
            here[self.jitter.random_range(0..here.len())].to_owned(),
        ))
    }

    async fn amend(&mut self, pick: u64, hand: u64) -> Result<(), Closed> {
        let Some(card) = self
            .pick(pick, |card| card.chars > 0 && card.chars < LONG)
            .await?
        else {
            return Ok(());
        };
        let Some(kind) = self.floor.kind_of(&card.lane) else {
            return Ok(());
        };
        let choice = additions(kind);
        let addition = choice[hand as usize % choice.len()];
        if !self.floor.occupy(&card.id) {
            return Ok(());
        }
        let text = format!("{} {addition}", if card.ends_sentence { "" } else { "." });
        let amended = self
            .type_into(Collection::Cards, &card.id, "text", &text, hand)
            .await;
        self.floor.release(&card.id);
        if amended? {
            self.floor.tally.amended.add(1);
            self.barrier().await;
        }
        Ok(())
    }

    async fn drag(&mut self, pick: u64, stage: usize, drag: Duration) -> Result<(), Closed> {
        let stage = self.floor.board.stages[stage].clone();
        let Some(card) = self.pick(pick, |card| card.stage != stage).await? else {
            return Ok(());
        };
        let over = Drag {
            card: card.id.clone(),
            lane: card.lane.clone(),
            stage: stage.clone(),
        };
        let presence = Presence {
            user: self.user.clone(),
            drag: Some(over),
            ..Presence::default()
        };
        self.connection.set_presence(Some(&presence)).await?;
        self.pause(drag).await;
        let moves = move |txn: &mut TransactionMut<'_>| {
            map::move_card(txn, &card.id, &card.lane, &stage, Place::Last)
        };
        if self.edit(true, moves).await? {
            self.floor.tally.moved.add(1);
        }
        self.focus(None).await
    }

    async fn comment(&mut self, pick: u64, text: &str, hand: u64) -> Result<(), Closed> {
        let Some(card) = self.pick(pick, |card| card.chars > 0).await? else {
            return Ok(());
        };
        let comment = Comment {
            id: self.new_id().await?,
            card: card.id,
            author: self.user.name.clone(),
            at: desk::now(),
            ..Comment::default()
        };
        let id = comment.id.clone();
        if self
            .edit(true, move |txn| {
                map::add_comment(txn, &comment, Place::Last)
            })
            .await?
            && self
                .type_into(Collection::Comments, &id, "text", text, hand)
                .await?
        {
            self.floor.tally.comments.add(1);
            self.barrier().await;
        }
        Ok(())
    }

    /// A card that somebody else wrote, if there is one, and that nobody is writing in.
    async fn pick(
        &mut self,
        pick: u64,
        suits: impl Fn(&desk::Found) -> bool,
    ) -> Result<Option<desk::Found>, Closed> {
        let mut cards = self.connection.read(desk::cards).await?;
        let taken: Vec<String> = self
            .connection
            .peers()
            .await?
            .into_iter()
            .filter_map(|peer| peer.presence()?.focus?.card)
            .collect();
        cards.retain(|card| suits(card) && !taken.contains(&card.id));
        if cards.iter().any(|card| card.author != self.user.name) {
            cards.retain(|card| card.author != self.user.name);
        }
        if cards.is_empty() {
            return Ok(None);
        }
        let at = (pick % cards.len() as u64) as usize;
        Ok(Some(cards.swap_remove(at)))
    }

    /// Types at the end of a text, key by key. False if its entry was deleted meanwhile.
    async fn type_into(
        &mut self,
        collection: Collection,
        id: &str,
        field: &'static str,
        text: &str,
        hand: u64,
    ) -> Result<bool, Closed> {
        if collection == Collection::Cards {
            let focus = Focus {
                card: Some(id.to_owned()),
                field: Some(field.to_owned()),
                ..Focus::default()
            };
            self.focus(Some(focus)).await?;
        }
        for stroke in typing(text, hand, self.floor.pace) {
            self.pause(stroke.pause).await;
            let id = id.to_owned();
            let strike = move |txn: &mut TransactionMut<'_>| {
                let mut text = desk::text(txn, collection, &id, field);
                match stroke.key {
                    Key::Char(character) => text.push(character),
                    Key::Back => drop(text.pop()),
                }
                map::set_text(txn, collection, &id, field, &text)
            };
            // A deletion uses no clock: its arrival cannot be awaited.
            if !self.edit(stroke.key != Key::Back, strike).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes an edit, and awaits its arrival elsewhere if none is awaited. False if the map would
    /// not have it: somebody deleted what it was about.
    async fn edit<F>(&mut self, can_be_awaited: bool, edit: F) -> Result<bool, Closed>
    where
        F: FnOnce(&mut TransactionMut<'_>) -> Result<(), EditError> + Send + 'static,
    {
        self.probe.look(&self.floor.tally, &self.user.name);
        let arrival = if can_be_awaited && self.probe.is_idle() {
            self.await_next_edit().await?
        } else {
            None
        };
        let sent = Instant::now();
        match self.connection.edit(edit).await? {
            Ok(()) => {
                self.floor.tally.edits.add(1);
                if let Some(arrival) = arrival {
                    self.probe.begin(sent, arrival);
                }
                Ok(true)
            }
            Err(error) => {
                tracing::debug!(%error, who = %self.user.name, "an edit had no place any more");
                Ok(false)
            }
        }
    }

    /// Asks another participant's copy to say when the next edit of this one is there.
    async fn await_next_edit(&mut self) -> Result<Option<oneshot::Receiver<Instant>>, Closed> {
        let Some(other) = self.floor.neighbour(self.number) else {
            return Ok(None);
        };
        let Mark { client, clock } = self.connection.mark().await?;
        // Whoever left meanwhile tells nothing.
        Ok(other
            .expect(Mark {
                client,
                clock: clock + 1,
            })
            .await
            .ok())
    }

    async fn barrier(&mut self) {
        let sent = Instant::now();
        match timeout(OVERDUE, self.connection.barrier()).await {
            Ok(Ok(())) => self.floor.tally.barrier.record(sent.elapsed()),
            Ok(Err(error)) => self.floor.tally.error(&self.user.name, error),
            Err(_) => {
                let waited = OVERDUE.as_secs();
                let what = format!("a barrier was not answered within {waited} s");
                self.floor.tally.error(&self.user.name, what);
            }
        }
    }

    /// Waits like a person; not at all once the bell rang or the time is up, so that what is being
    /// written is finished at once.
    async fn pause(&mut self, length: Duration) {
        let left = self.until.saturating_duration_since(Instant::now());
        if self.halt.has_rung() || left.is_zero() {
            return;
        }
        tokio::select! {
            () = sleep(length.min(left)) => {}
            () = self.halt.rung() => {}
        }
    }

    async fn focus(&self, focus: Option<Focus>) -> Result<(), Closed> {
        let presence = Presence {
            user: self.user.clone(),
            focus,
            ..Presence::default()
        };
        self.connection.set_presence(Some(&presence)).await
    }

    fn cell_focus(&self, cell: Cell) -> Focus {
        let board = &self.floor.board;
        Focus {
            lane: Some(board.lanes[cell.lane].0.clone()),
            stage: Some(board.stages[cell.stage].clone()),
            ..Focus::default()
        }
    }

    /// With the pointer somewhere over a cell.
    fn at(&mut self, cell: Cell, focus: Focus) -> Presence {
        let board = &self.floor.board;
        let mut within = |place: usize, of: usize| {
            let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            let place = share(place) + self.jitter.random_range(0.15..0.85);
            // A thousandth of the canvas is finer than a hand.
            (place / share(of) * 1_000.0).round() / 1_000.0
        };
        let cursor = Cursor {
            x: within(cell.stage, board.stages.len()),
            y: within(cell.lane, board.lanes.len()),
        };
        Presence {
            user: self.user.clone(),
            focus: Some(focus),
            cursor: Some(cursor),
            ..Presence::default()
        }
    }

    /// An id that no other entry has: the copy's client id is nobody else's.
    async fn new_id(&mut self) -> Result<String, Closed> {
        self.made += 1;
        let client = self.connection.mark().await?.client;
        Ok(format!("{client:x}-{}", self.made))
    }
}

fn set_all(
    txn: &mut TransactionMut<'_>,
    id: &str,
    fields: &[(&'static str, Value)],
    lists: &[(&'static str, Vec<Value>)],
) -> Result<(), EditError> {
    for (field, value) in fields {
        map::set_field(txn, Collection::Cards, id, field, Some(value))?;
    }
    for (field, values) in lists {
        map::set_list(txn, Collection::Cards, id, field, values)?;
    }
    Ok(())
}
