//! A participant who types: into the text that all share, into a card of their own, comments that come and go. Waits for
//! barriers only so far as not to run away from the server. What they typed is kept in a [`History`].

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn_client::{Connection, Status};
use cairn_protocol::map::{self, Card, Collection, Comment, Place};
use cairn_tests::api::Guest;
use cairn_tests::gate::Gate;
use cairn_tests::patiently;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use yrs::{GetString, Text, TransactionMut};

use crate::model::{COUNT, History, Own, card_id, comment_prefix, shared_text};

/// Words of a card's text. With letters outside the basic plane, which Yjs counts as two.
const WORDS: [&str; 6] = ["waits ", "asks, ", "größer ", "🙂 ", "pays… ", "漢字 "];
/// Edits that a typist makes at most without an answer; each takes one of these as their habit.
const WINDOWS: [usize; 4] = [1, 3, 12, 48];

/// What drives all typists of a life.
#[derive(Clone)]
pub(crate) struct Conductor {
    typing: Arc<watch::Sender<bool>>,
    progress: Arc<watch::Sender<Progress>>,
}

/// How far all typists are together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Edits made.
    pub(crate) edits: u64,
    /// Barriers answered.
    pub(crate) answers: u64,
}

impl Conductor {
    pub(crate) fn new() -> Self {
        let (typing, progress) = (
            watch::Sender::new(false),
            watch::Sender::new(Progress::default()),
        );
        Self {
            typing: Arc::new(typing),
            progress: Arc::new(progress),
        }
    }

    /// Lets everybody type, or not.
    pub(crate) fn let_type(&self, typing: bool) {
        self.typing.send_replace(typing);
    }

    pub(crate) fn progress(&self) -> Progress {
        *self.progress.borrow()
    }

    /// Waits until all together are this far.
    pub(crate) async fn reached(&self, reached: impl FnMut(&Progress) -> bool) {
        let mut progress = self.progress.subscribe();
        let wait = progress.wait_for(reached);
        drop(
            patiently("the moment to kill", wait)
                .await
                .expect("the conductor holds the sender"),
        );
    }
}

/// One typist and what is known of them.
pub(crate) struct Typist {
    /// Unique in the map; the name in their tokens.
    pub(crate) name: String,
    pub(crate) connection: Connection,
    typed: Arc<Typed>,
    work: JoinHandle<()>,
}

struct Typed {
    history: Mutex<History>,
    /// Held while an edit is made and noted.
    turn: tokio::sync::Mutex<()>,
}

impl Typed {
    fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Typist {
    /// Connects through the gate and begins to type whenever the conductor lets them.
    pub(crate) async fn start(
        gate: &Gate,
        guest: &Guest,
        name: String,
        seed: u64,
        conductor: &Conductor,
    ) -> Self {
        let options = gate.options(guest).expect("a guest has an address");
        let connection = patiently("a first connection", cairn_client::connect(options)).await;
        let connection = connection.expect("the server lets its guest in");
        let typed = Arc::new(Typed {
            history: Mutex::new(History::new()),
            turn: tokio::sync::Mutex::default(),
        });
        let hands = Hands {
            name: name.clone(),
            connection: connection.clone(),
            typed: typed.clone(),
            conductor: conductor.clone(),
            rng: StdRng::seed_from_u64(seed),
        };
        Self {
            name,
            connection,
            typed,
            work: tokio::spawn(hands.type_on()),
        }
    }

    /// What they did so far.
    pub(crate) fn history(&self) -> History {
        self.typed.history().clone()
    }

    /// Waits until the lost connection has been noticed, so that every answer that came before is counted.
    pub(crate) async fn noticed(&self) {
        let mut status = self.connection.status();
        let lost = status.wait_for(|status| !matches!(status, Status::Live | Status::Syncing));
        patiently("the loss of the connection", lost)
            .await
            .expect("the connection is kept");
    }

    /// With everybody told not to type: waits until all of theirs is acknowledged.
    pub(crate) async fn settle(&self) {
        let turn = self.typed.turn.lock().await;
        let last = self.typed.history().last();
        patiently("the answer to a barrier", self.connection.barrier())
            .await
            .expect("nobody refused anything");
        drop(turn);
        self.typed.history().acknowledged = last;
    }

    /// Panics with what went wrong while typing, if anything did.
    pub(crate) async fn end(self) {
        self.work.abort();
        match self.work.await {
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Ok(()) | Err(_) => {}
        }
        self.connection.close().await;
    }
}

/// The typist's own task.
struct Hands {
    name: String,
    connection: Connection,
    typed: Arc<Typed>,
    conductor: Conductor,
    rng: StdRng,
}

impl Hands {
    async fn type_on(mut self) {
        let mut typing = self.conductor.typing.subscribe();
        let typed = self.typed.clone();
        let window = WINDOWS[self.rng.random_range(0..WINDOWS.len())];
        let mut asked: VecDeque<(usize, JoinHandle<()>)> = VecDeque::new();
        loop {
            if typing.wait_for(|typing| *typing).await.is_err() {
                return;
            }
            let turn = typed.turn.lock().await;
            if !*typing.borrow() {
                continue;
            }
            let edit = self.edit().await;
            drop(turn);
            if self.rng.random_range(0..window.min(4)) == 0 {
                asked.push_back((edit, self.ask(edit)));
            }
            while let Some((first, _)) = asked.front()
                && edit - first >= window
            {
                let (_, answer) = asked.pop_front().expect("looked at just now");
                // Its panic, if any, is this one's.
                answer.await.expect("a barrier is answered sooner or later");
            }
            if asked.len() > window {
                let (_, answer) = asked.pop_front().expect("longer than the window");
                answer.await.expect("a barrier is answered sooner or later");
            }
        }
    }

    /// Sends a barrier behind this edit and notes its answer when it comes.
    fn ask(&self, edit: usize) -> JoinHandle<()> {
        let (connection, typed) = (self.connection.clone(), self.typed.clone());
        let progress = self.conductor.progress.clone();
        tokio::spawn(async move {
            if connection.barrier().await.is_ok() {
                let mut history = typed.history();
                history.acknowledged = history.acknowledged.max(edit);
                drop(history);
                progress.send_modify(|progress| progress.answers += 1);
            }
        })
    }

    /// Makes one edit and notes it; returns its number.
    async fn edit(&mut self) -> usize {
        let (mut own, number) = {
            let history = self.typed.history();
            (
                history.states.last().cloned().unwrap_or_default(),
                history.states.len(),
            )
        };
        let change = self.choose(&mut own, number);
        let token = match &change {
            Change::Share { token, .. } => Some(token.clone()),
            _ => None,
        };
        let who = self.name.clone();
        // Noted before it is made: the server may have it before this task goes on.
        {
            let mut history = self.typed.history();
            history.states.push(own);
            history.tokens.extend(token.map(|token| (number, token)));
        }
        let edited = self
            .connection
            .edit(move |txn| change.make(txn, &who))
            .await;
        edited
            .expect("the connection is kept")
            .unwrap_or_else(|error| panic!("{}: edit {number}: {error}", self.name));
        self.conductor
            .progress
            .send_modify(|progress| progress.edits += 1);
        number
    }

    fn choose(&mut self, own: &mut Own, number: usize) -> Change {
        let rng = &mut self.rng;
        let Some(text) = &mut own.text else {
            own.text = Some(String::new());
            return Change::Card;
        };
        match rng.random_range(0..10) {
            0..4 => Change::Share {
                token: format!("{}.{number}🙂", self.name),
                place: rng.random(),
            },
            4..7 => {
                let mut letters: Vec<char> = text.chars().collect();
                let at = rng.random_range(0..=letters.len());
                if letters.len() > 200 || (letters.len() > 10 && rng.random_range(0..3) == 0) {
                    letters.drain(at.saturating_sub(8)..at);
                } else {
                    letters.splice(at..at, WORDS[rng.random_range(0..WORDS.len())].chars());
                }
                *text = letters.into_iter().collect();
                Change::Text(text.clone())
            }
            7 => {
                own.count += 1;
                Change::Count(own.count)
            }
            _ => {
                let oldest = own.comments.first().cloned();
                if let Some(id) = oldest.filter(|_| own.comments.len() > 2) {
                    own.comments.remove(&id);
                    Change::Uncomment(id)
                } else {
                    let id = format!("{}{number:06}", comment_prefix(&self.name));
                    own.comments.insert(id.clone());
                    Change::Comment(id)
                }
            }
        }
    }
}

/// One edit.
enum Change {
    /// The card itself comes to be.
    Card,
    /// A token goes between two others of the shared text, or before or after all; `place` in 0..1 says where.
    Share {
        token: String,
        place: f64,
    },
    Text(String),
    Count(u64),
    Comment(String),
    Uncomment(String),
}

impl Change {
    fn make(self, txn: &mut TransactionMut<'_>, who: &str) -> Result<(), map::EditError> {
        let card = card_id(who);
        match self {
            Change::Card => {
                let map = map::read(txn);
                let (lane, stage) = (&map.lanes[0].id, &map.stages[0].id);
                let card = Card {
                    id: card,
                    lane: lane.clone(),
                    stage: stage.clone(),
                    ..Card::default()
                };
                map::add_card(txn, &card, Place::Last)
            }
            Change::Share { token, place } => {
                share(txn, &token, place);
                Ok(())
            }
            Change::Text(text) => map::set_text(txn, Collection::Cards, &card, "text", &text),
            Change::Count(count) => {
                map::set_field(txn, Collection::Cards, &card, COUNT, Some(&json!(count)))
            }
            Change::Comment(id) => {
                let comment = Comment {
                    id,
                    card,
                    text: "why?".to_owned(),
                    ..Comment::default()
                };
                map::add_comment(txn, &comment, Place::Last)
            }
            Change::Uncomment(id) => map::remove(txn, Collection::Comments, &id),
        }
    }
}

/// Puts a token into the shared text, never inside another token, so that what others put there at the same time
/// cannot tear it.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a fraction of some thousand boundaries"
)]
fn share(txn: &mut TransactionMut<'_>, token: &str, place: f64) {
    let text = shared_text(txn).expect("a map is made with its scenario");
    let whole = text.get_string(txn);
    let mut boundaries = vec![0];
    let mut at = 0;
    for letter in whole.chars() {
        at += letter.len_utf16() as u32;
        if letter == '⟩' {
            boundaries.push(at);
        }
    }
    let chosen = (place * boundaries.len() as f64) as usize;
    text.insert(txn, boundaries[chosen], &format!("⟨{token}⟩"));
}
