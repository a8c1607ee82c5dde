//! A room: the one loop that owns a map while it is in use. Events in; records to the journal; folded effects out to sockets.
//!
//! Order first, decide in the fold: an edit or command is appended, comes back on the tail with its number, is folded, and
//! only then has an outcome. The loop holds no socket, no clock beyond pacing, and no rule: rules are in the fold. Called
//! by `rooms` (which starts it), by sessions and by HTTP handlers (through `RoomHandle`). It must never block or wait for
//! anybody's socket.

mod answers;
mod editing;
mod event;
mod forgetting;
mod keeping;
mod notices;
mod restore;
mod reveal;
mod rounds;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::fold::{Folded, Refusal, Workshop};
use cairn_protocol::frame::Frame;
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::{Actor, Body, Draft, Record};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::catalog::Catalog;
use crate::clock::Clock;
use crate::fanout::{Close, Outbox, Pace};
use crate::guard::Guard;
use crate::journal::{Journal, Log, Opened, Tail};
use crate::load::{self, LoadError};
use crate::presence::Presence;
use crate::secrets::Secrets;
use crate::stats::Stats;
use crate::webhook::Webhook;
pub use event::{CommandDone, Event, Founding, Member, RoomState};
pub(crate) use forgetting::at_rest;
pub use keeping::Spacing;

use answers::{Answers, CommandReply};
use editing::PendingEdits;
use keeping::Keeping;
use notices::Notices;
use restore::Memory;
use reveal::Revealing;
use rounds::Sealed;

/// One socket of a room. Never used twice, so that late events of a dead socket cannot touch its successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnId(pub u64);

/// How often a room looks for presence to take back.
const PRESENCE_SWEEP: Duration = Duration::from_secs(1);

/// One socket as the room sees it.
struct Conn {
    actor: Actor,
    outbox: Outbox,
    /// It asked for the document, so edits are sent to it from then on.
    live: bool,
    /// It spoke on the workshop channel, so it is sent views.
    speaks_workshop: bool,
    /// It was asked to sync because an edit built on content not here; barriers wait for what it sends then.
    resyncing: bool,
    /// Barriers that came while it was asked to sync.
    held_barriers: Vec<Bytes>,
    /// When it was last told that an edit was refused.
    told_refused: Option<Instant>,
}

/// What a record that was appended here is for, in the order of appending.
enum Origin {
    /// An edit of a socket.
    Edit(ConnId),
    /// A command and where its answer goes.
    Command(CommandReply),
    /// The reveal of a brainstorm.
    Reveal(Revealing),
    /// Going back to a moment.
    Restore,
    /// The time, for what happens by itself.
    Tick,
    /// Somebody coming in.
    Join(oneshot::Sender<Result<Member, Refusal>>),
    /// A part of a new map's founding; the last one answers.
    Founding(Option<oneshot::Sender<Result<(), Refusal>>>),
}

/// The room's loop and all it holds.
pub(crate) struct Room {
    map: MapId,
    workshop: Workshop,
    log: Box<dyn Log>,
    tail: mpsc::UnboundedReceiver<Tail>,
    conns: BTreeMap<ConnId, Conn>,
    next_conn: u64,
    presence: Presence,
    presence_pace: Pace,
    presence_swept: Instant,
    edits: PendingEdits,
    guard: Guard,
    /// Appended and not yet folded.
    origins: VecDeque<Origin>,
    answers: Answers,
    keeping: Keeping,
    /// The record behind the view that everyone should see next, and when it was last sent.
    view_wanted: Option<u64>,
    view_pace: Pace,
    sealed: Sealed,
    memory: Memory,
    notices: Notices,
    /// Where moments that are gone are read.
    journal: Arc<dyn Journal>,
    /// Participants whose own view is to be sent, and the record behind it; and when that was last done for progress.
    personal_wanted: BTreeMap<ParticipantId, u64>,
    /// Somebody voted or wrote since the facilitators were last told how far it is.
    progress_wanted: Option<u64>,
    /// A tick was appended and is not folded yet.
    ticking: bool,
    /// What it was opened from takes no record.
    archive: bool,
    clock: Clock,
    stats: Arc<Stats>,
}

/// What all rooms of a server share.
pub(crate) struct House {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) catalog: Catalog,
    pub(crate) clock: Clock,
    pub(crate) secrets: Secrets,
    pub(crate) webhook: Webhook,
    pub(crate) stats: Arc<Stats>,
    /// When snapshots are due.
    pub(crate) spacing: Spacing,
    /// Whether the journal is an archive.
    pub(crate) archive: bool,
}

/// Why the loop ends.
enum End {
    /// Nobody holds a handle any more.
    Unused,
    /// The server stops.
    Stopped,
    /// The map's journal changes behind it, or goes: sockets are told so.
    Over(Close),
    /// The journal failed, or a record brought the fold down: sockets are told to come again.
    Broken,
}

impl Room {
    /// Folds what the journal gave and is ready to run. Blocks on the fold.
    pub(crate) fn open(map: MapId, opened: Opened, house: House) -> Result<Self, LoadError> {
        let House {
            journal,
            catalog,
            clock,
            secrets,
            webhook,
            stats,
            spacing,
            archive,
        } = house;
        let loaded = load::fold_opened(journal.as_ref(), &map, &opened)?;
        let Opened { mut log, tail, .. } = opened;
        for seq in loaded.poisoned {
            if archive {
                tracing::error!(map = %map, seq, "a record cannot be folded and is passed over");
            } else {
                tracing::error!(map = %map, seq, "a record cannot be folded and is voided");
                log.append(Draft::new(Actor::Server, Body::Void(seq)))?;
            }
        }
        let spacing = spacing.after(loaded.snapshot, loaded.folded);
        let now = Instant::now();
        let open = loaded.workshop.open_round();
        let sealed = Sealed::open(secrets, &map, open.and_then(|round| round.commitment));
        Ok(Self {
            keeping: Keeping::new(catalog, spacing, &loaded.workshop),
            notices: Notices::new(webhook, &loaded.workshop),
            answers: Answers::new(loaded.workshop.seq()),
            edits: PendingEdits::new(&loaded.workshop),
            guard: Guard::new(&loaded.workshop),
            map,
            workshop: loaded.workshop,
            log,
            tail,
            conns: BTreeMap::new(),
            next_conn: 1,
            presence: Presence::default(),
            presence_pace: Pace::presence(),
            presence_swept: now,
            origins: VecDeque::new(),
            view_wanted: None,
            view_pace: Pace::views(),
            sealed,
            memory: Memory::default(),
            journal,
            personal_wanted: BTreeMap::new(),
            progress_wanted: None,
            ticking: false,
            archive,
            clock,
            stats,
        })
    }

    /// Runs until nobody holds a handle, the server stops, or the room breaks. The tail is always looked at first, so an
    /// edit is folded before the next is judged.
    pub(crate) async fn run(mut self, mut mailbox: mpsc::Receiver<Event>) {
        let end = loop {
            let due = self.next_due();
            let step = tokio::select! {
                biased;
                tail = self.tail.recv() => self.on_tail(tail),
                event = mailbox.recv(), if !self.memory.holds_up() => match event {
                    Some(Event::Stop) => Err(End::Stopped),
                    Some(Event::End(close)) => Err(End::Over(close)),
                    Some(event) => self.on_event(event),
                    None => Err(End::Unused),
                },
                // The room holds a sender of each itself: there is always another.
                Some(kept) = self.sealed.kept.recv() => self.on_kept(kept),
                Some(step) = self.memory.steps.recv() => self.on_restore_step(step),
                () = tokio::time::sleep_until(due) => Ok(()),
            };
            if let Err(end) = step {
                break end;
            }
            self.restore_when_settled();
            self.send_due(Instant::now());
            if self.until_deadline().is_some_and(|left| left.is_zero()) {
                self.ticking = true;
                let tick = Draft::new(Actor::Server, Body::Tick);
                if let Err(end) = self.append(tick, Origin::Tick) {
                    break end;
                }
            }
        };
        self.finish(&end);
    }

    fn finish(&mut self, end: &End) {
        let why = match end {
            End::Unused | End::Stopped => Close::Restart,
            End::Over(close) => close.clone(),
            End::Broken => Close::TryLater,
        };
        // What was folded is shown before the socket ends; what was not is given back by its author's client.
        let goes_on = matches!(end, End::Unused | End::Stopped);
        if goes_on {
            self.send_edits(Instant::now());
        }
        for conn in self.conns.values() {
            conn.outbox.close(why.clone());
        }
        self.stats.connections_closed(self.conns.len());
        if goes_on {
            self.keeping.keep_at_end(&self.workshop, self.log.as_mut());
        }
    }

    fn on_event(&mut self, event: Event) -> Result<(), End> {
        match event {
            Event::Connect {
                actor,
                outbox,
                reply,
            } => self.connect(actor, outbox, reply),
            Event::Frame { conn, frame, share } => {
                let outcome = self.on_frame(conn, frame);
                drop(share);
                return outcome;
            }
            Event::NotTaken { conn, why } => {
                let rule = "WIRE-11".to_owned();
                self.tell_refused(conn, &Refusal { rule, why });
                self.release_held_barriers(conn);
            }
            Event::CaughtUp { conn, missed_from } => self.catch_up(conn, missed_from),
            Event::Disconnect { conn } => self.disconnect(conn),
            Event::Who { token, reply } => {
                let who = self.workshop.participant_by_token(token);
                answer(reply, who.and_then(|id| self.member(id)));
            }
            Event::RoleByInvite { token, reply } => {
                answer(reply, self.workshop.role_by_invite(token));
            }
            Event::IsOpen { reply } => answer(reply, self.workshop.is_open()),
            Event::Join { by, join, reply } => {
                if let Err(refusal) = join.check() {
                    answer(reply, Err(refusal));
                    return Ok(());
                }
                let body = Body::Join(join);
                return self.append(Draft::new(by, body), Origin::Join(reply));
            }
            Event::Command {
                by,
                request,
                command,
                reply,
            } => {
                return self.command(by, request, command, CommandReply::Caller(reply));
            }
            Event::Found { founding, reply } => return self.found(founding, reply),
            Event::State { reply } => {
                let update = self.edits.encoded(&self.workshop);
                let (seq, at) = (self.workshop.seq(), self.workshop.at());
                let edited = self.workshop.edited();
                let state = RoomState {
                    seq,
                    at,
                    edited,
                    update,
                };
                answer(reply, state);
            }
            Event::Rounds { to, reply } => self.report_rounds(to, reply),
            Event::Workshop { to, reply } => self.report_workshop(to, reply),
            Event::Versions { reply } => self.list_versions(reply),
            Event::Edited { reply } => answer(reply, self.workshop.edited()),
            Event::MayErase { who, reply } => answer(reply, self.may_erase(who)),
            // The loop takes them.
            Event::Stop => return Err(End::Stopped),
            Event::End(close) => return Err(End::Over(close)),
        }
        Ok(())
    }

    fn on_frame(&mut self, id: ConnId, frame: Frame) -> Result<(), End> {
        let Some(conn) = self.conns.get_mut(&id) else {
            return Ok(());
        };
        match frame {
            Frame::SyncStep1(theirs) => self.answer_sync(id, &theirs),
            Frame::SyncStep2(update) => return self.on_sync_reply(id, update),
            Frame::Update(update) => return self.on_update(id, update),
            Frame::Awareness(update) => {
                let actor = conn.actor;
                self.presence.update(id, actor, update, Instant::now());
            }
            Frame::QueryAwareness => {
                if let Some(whole) = self.presence.whole() {
                    conn.outbox.push_answer(whole);
                }
            }
            Frame::Barrier(message) => self.on_barrier(id, message),
            Frame::Workshop(json) => return self.on_workshop(id, &json),
            // A client has nothing to deny.
            Frame::AuthDenied(_) => {}
        }
        Ok(())
    }

    fn connect(&mut self, actor: Actor, outbox: Outbox, reply: oneshot::Sender<ConnId>) {
        let id = ConnId(self.next_conn);
        self.next_conn += 1;
        // As y-websocket's own server: what do you have, and who is here. The answer to what the client asks follows.
        outbox.push_answer(self.edits.sync_request(&self.workshop));
        if let Some(whole) = self.presence.whole() {
            outbox.push_answer(whole);
        }
        let conn = Conn {
            actor,
            outbox,
            live: false,
            speaks_workshop: false,
            resyncing: false,
            held_barriers: Vec::new(),
            told_refused: None,
        };
        self.conns.insert(id, conn);
        self.stats.connection_opened();
        self.want_view(actor);
        if reply.send(id).is_err() {
            // Whoever asked is gone already.
            self.disconnect(id);
        }
    }

    fn disconnect(&mut self, id: ConnId) {
        let Some(conn) = self.conns.remove(&id) else {
            return;
        };
        conn.outbox.close(Close::Gone);
        self.stats.connections_closed(1);
        self.guard.left(id);
        self.presence.leave(id, Instant::now());
        self.want_view(conn.actor);
    }

    /// Who is online changed, which is nothing a record stands behind.
    fn want_view(&mut self, actor: Actor) {
        if matches!(actor, Actor::Participant(_)) {
            self.view_wanted.get_or_insert(0);
        }
    }

    fn found(
        &mut self,
        founding: Founding,
        reply: oneshot::Sender<Result<(), Refusal>>,
    ) -> Result<(), End> {
        let invites = founding
            .invites
            .into_iter()
            .map(|(role, token)| Body::Invite(role, token));
        let content = founding
            .content
            .map(|update| Body::Edit(update.into_bytes()));
        let mut bodies: Vec<_> = invites.chain(content).collect();
        let Some(last) = bodies.pop() else {
            answer(reply, Ok(()));
            return Ok(());
        };
        for body in bodies {
            self.append(Draft::new(founding.by, body), Origin::Founding(None))?;
        }
        self.append(Draft::new(founding.by, last), Origin::Founding(Some(reply)))
    }

    fn append(&mut self, draft: Draft, origin: Origin) -> Result<(), End> {
        if self.archive {
            let seq = self.workshop.seq();
            self.answer_origin(seq, Some(origin), Err(nothing_changes()));
            return Ok(());
        }
        if let Err(error) = self.log.append(draft) {
            tracing::error!(map = %self.map, %error, "the journal takes no record");
            return Err(End::Broken);
        }
        self.origins.push_back(origin);
        Ok(())
    }

    fn on_tail(&mut self, tail: Option<Tail>) -> Result<(), End> {
        match tail {
            Some(Tail::Sequenced(record)) => self.fold(&record),
            Some(Tail::Durable(seq)) => {
                self.on_durable(seq);
                Ok(())
            }
            Some(Tail::Failed(error)) => {
                tracing::error!(map = %self.map, %error, "the journal failed");
                Err(End::Broken)
            }
            None => Err(End::Broken),
        }
    }

    fn fold(&mut self, record: &Record) -> Result<(), End> {
        self.stats.record_appended();
        // What the room's opening appended has no origin.
        let by_opening = matches!(record.body, Body::Void(_) | Body::Created(_));
        if matches!(record.body, Body::Tick) {
            self.ticking = false;
        }
        let origin = if by_opening {
            None
        } else {
            self.origins.pop_front()
        };
        let Ok(Folded { effects, outcome }) = load::apply(&mut self.workshop, record) else {
            tracing::error!(map = %self.map, seq = record.seq, "a record brought the fold down");
            let void = Body::Void(record.seq);
            if let Err(error) = self.log.append(Draft::new(Actor::Server, void)) {
                tracing::error!(map = %self.map, %error, "the journal takes no record");
            }
            return Err(End::Broken);
        };
        self.keeping.folded(record, &effects);
        self.notices.folded(&self.workshop);
        if effects.edited {
            let from = match &origin {
                Some(Origin::Edit(conn)) => Some(*conn),
                _ => None,
            };
            self.edits.folded(record, from);
        }
        if effects.shared {
            self.view_wanted = Some(record.seq);
        }
        for conn in self.guard.folded(record, effects.edited, &self.workshop) {
            self.ask_to_sync(conn);
        }
        self.settle_secret(record);
        self.tell_people(record.seq, &effects);
        let outcome = outcome.map(|done| (done, effects));
        match origin {
            Some(Origin::Reveal(revealing)) => self.reveal_folded(record.seq, revealing, outcome),
            Some(Origin::Restore) => {
                self.restore_folded(outcome);
                Ok(())
            }
            origin => {
                self.answer_origin(record.seq, origin, outcome);
                Ok(())
            }
        }
    }

    fn on_durable(&mut self, seq: u64) {
        self.send_answers(seq);
        self.send_personal_views();
        self.destroy_secrets(seq);
        self.notices.durable(seq);
        self.keeping.durable(&self.workshop, self.log.as_mut());
    }

    fn member(&self, id: ParticipantId) -> Option<Member> {
        let person = self.workshop.participant(id)?;
        let (name, color) = (person.name.clone(), person.color.clone());
        Some(Member {
            id,
            name,
            color,
            role: person.role,
        })
    }

    fn online(&self) -> BTreeSet<ParticipantId> {
        let actors = self.conns.values().map(|conn| conn.actor);
        actors
            .filter_map(|actor| match actor {
                Actor::Participant(id) => Some(id),
                Actor::Server | Actor::Host | Actor::Anonymous | Actor::Pseudonym(_) => None,
            })
            .collect()
    }

    fn next_due(&self) -> Instant {
        let sockets = self.conns.len();
        let now = Instant::now();
        let mut due = self.presence_swept + PRESENCE_SWEEP;
        if self.edits.is_pending() {
            due = due.min(self.edits.due(sockets).unwrap_or(now));
        }
        if self.presence.has_changes() {
            due = due.min(self.presence_pace.due(sockets).unwrap_or(now));
        }
        if self.view_is_durable() {
            due = due.min(self.view_pace.due(sockets).unwrap_or(now));
        }
        if let Some(left) = self.until_deadline() {
            due = due.min(now + left);
        }
        due
    }

    /// How long until something happens by itself (TIME-5), unless the tick for it is under way. The fold goes by the time of
    /// the record, so a clock that differs a little from the journal's costs another tick and nothing else.
    fn until_deadline(&self) -> Option<Duration> {
        // In an archive no time passes.
        let still = self.ticking || self.archive;
        let at = self.workshop.wake_at().filter(|_| !still)?;
        Some(Duration::from_millis(
            at.saturating_sub(self.clock.now_ms()),
        ))
    }

    /// The time that everyone is shown. In an archive none passes: it is that of its last record.
    fn time(&self) -> u64 {
        if self.archive {
            self.workshop.at()
        } else {
            self.clock.now_ms()
        }
    }

    fn send_due(&mut self, now: Instant) {
        let sockets = self.conns.len();
        let reached = |due: Option<Instant>| due.is_none_or(|due| due <= now);
        if self.edits.is_pending() && reached(self.edits.due(sockets)) {
            self.send_edits(now);
        }
        if now >= self.presence_swept + PRESENCE_SWEEP {
            self.presence_swept = now;
            self.presence.expire(now);
        }
        if self.presence.has_changes() && reached(self.presence_pace.due(sockets)) {
            self.presence_pace.sent(now);
            if let Some(frame) = self.presence.take_changes() {
                for conn in self.conns.values() {
                    conn.outbox.push_presence(frame.clone());
                }
            }
        }
        if self.view_is_durable() && reached(self.view_pace.due(sockets)) {
            self.send_view(now);
        }
    }

    /// An outcome is shown to nobody before the records behind it are durable (DESIGN §3.2).
    fn view_is_durable(&self) -> bool {
        let wanted = self.view_wanted.max(self.progress_wanted);
        wanted.is_some_and(|seq| seq <= self.answers.durable_seq())
    }
}

/// The answer to whoever would change an archive (ARCHIVE-5).
fn nothing_changes() -> Refusal {
    Refusal {
        rule: "ARCHIVE-5".to_owned(),
        why: "this is an archive: it can be read, and nothing in it changes".to_owned(),
    }
}

fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    // Whoever asked may have gone away meanwhile; the answer is then of no use to anybody.
    drop(reply.send(value));
}
