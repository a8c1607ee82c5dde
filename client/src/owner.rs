//! The task that owns the document of one connection: a loop over one closed [`Event`] enum.
//!
//! Started by [`crate::Connection::open`]; ends when it is closed or the last handle goes. It never
//! waits for the socket; while too much waits for the line, no further request is taken, so that a
//! fast editor waits for a slow line and nothing grows.

use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::channel::{ClientCommand, Rejected};
use cairn_protocol::frame::Frame;
use rand::RngExt;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use crate::barriers::Barriers;
use crate::connection::{ConnectOptions, Dialect, Views};
use crate::line::{Line, Signal};
use crate::presence::{Peer, Presences};
use crate::replica::{Change, Mark, Replica, ReplicaError};
use crate::retry::{AfterClose, after_close, after_refusal};
use crate::socket::{DialError, Heard, Loss, Socket};
use crate::status::{BarrierError, CommandError, Rejection, Status, Stop};
use crate::workshop::{Done, Workshop};

/// Client ids fit a JavaScript number.
const CLIENT_IDS: u64 = 1 << 53;

/// What a handle asks.
pub(crate) enum Request {
    Edit(Box<dyn FnOnce(&mut Replica) -> Change + Send>),
    Read(Box<dyn FnOnce(&Replica) + Send>),
    Expect(Mark, oneshot::Sender<Instant>),
    Barrier(oneshot::Sender<Result<(), BarrierError>>),
    Command(ClientCommand, oneshot::Sender<Result<Done, CommandError>>),
    Presence(Option<Box<str>>),
    Peers(oneshot::Sender<Vec<Peer>>),
}

/// What a handle sends: a request, or the wish to end.
pub(crate) enum Letter {
    Ask(Request),
    Close(oneshot::Sender<()>),
}

/// Everything that can happen to the owner.
enum Event {
    Letter(Letter),
    /// The last handle is gone.
    Forsaken,
    Line(Signal),
}

struct Owner {
    options: ConnectOptions,
    replica: Replica,
    presences: Presences,
    barriers: Barriers,
    workshop: Workshop,
    line: Line,
    /// Losses in a row without a connection that stayed.
    failed: u32,
    /// Why it ended for good.
    stopped: Option<Stop>,
    status: watch::Sender<Status>,
    syncs: watch::Sender<u64>,
    changes: watch::Sender<u64>,
    presence: watch::Sender<u64>,
    rejection: watch::Sender<Option<Arc<Rejection>>>,
}

/// Starts the task. Returns what it will tell.
pub(crate) fn spawn(mut options: ConnectOptions, letters: mpsc::Receiver<Letter>) -> Views {
    // A fragment is no part of a request.
    options.url.set_fragment(None);
    if let Some(token) = options.token.take() {
        options.url.query_pairs_mut().append_pair("token", &token);
    }
    let status = watch::Sender::new(Status::Connecting);
    let (changes, presence) = (watch::Sender::new(0), watch::Sender::new(0));
    let syncs = watch::Sender::new(0);
    let (shared, personal) = (watch::Sender::new(None), watch::Sender::new(None));
    let rejection = watch::Sender::new(None);
    let views = Views {
        status: status.subscribe(),
        syncs: syncs.subscribe(),
        changes: changes.subscribe(),
        presence: presence.subscribe(),
        shared: shared.subscribe(),
        personal: personal.subscribe(),
        rejection: rejection.subscribe(),
    };
    let owner = Owner {
        options,
        replica: Replica::new(new_client_id()),
        presences: Presences::default(),
        barriers: Barriers::default(),
        workshop: Workshop::new(shared, personal),
        line: Line::down(),
        failed: 0,
        stopped: None,
        status,
        syncs,
        changes,
        presence,
        rejection,
    };
    tokio::spawn(owner.run(letters));
    views
}

fn new_client_id() -> u64 {
    rand::rng().random_range(1..CLIENT_IDS)
}

impl Owner {
    async fn run(mut self, mut letters: mpsc::Receiver<Letter>) {
        self.dial();
        loop {
            match self.next(&mut letters).await {
                Event::Letter(Letter::Ask(request)) => self.asked(request),
                Event::Letter(Letter::Close(answer)) => {
                    self.end().await;
                    let _ = answer.send(());
                    return;
                }
                Event::Forsaken => return self.end().await,
                Event::Line(Signal::Dialed(dialed)) => self.dialed(dialed),
                Event::Line(Signal::Heard(heard)) => self.heard(heard),
                Event::Line(Signal::Room) => self.line.hand_over(),
                Event::Line(Signal::Beat) => self.beat(),
                Event::Line(Signal::Retry) => self.dial(),
            }
        }
    }

    async fn next(&mut self, letters: &mut mpsc::Receiver<Letter>) -> Event {
        let takes_letters = !self.line.is_full();
        tokio::select! {
            signal = self.line.next() => Event::Line(signal),
            letter = letters.recv(), if takes_letters => {
                letter.map_or(Event::Forsaken, Event::Letter)
            }
        }
    }

    fn dial(&mut self) {
        self.status.send_replace(Status::Connecting);
        self.line
            .dial(self.options.url.clone(), Arc::clone(&self.options.dial));
    }

    fn dialed(&mut self, dialed: Result<Socket, DialError>) {
        match dialed {
            Ok(socket) => self.greet(socket),
            Err(DialError::Failed(why)) => self.retry(&why),
            Err(DialError::Refused(refusal)) => match after_refusal(refusal.status) {
                AfterClose::Retry => self.retry(&refusal.to_string()),
                AfterClose::Stop => self.stop(Stop::Refused(refusal)),
            },
        }
    }

    /// The socket is open: the exchange begins.
    fn greet(&mut self, socket: Socket) {
        self.line.connect(socket);
        self.status.send_replace(Status::Syncing);
        let question = self.replica.greet();
        self.send([question]);
        let presence = self.presences.renew(self.replica.client());
        self.send(presence);
        if self.options.dialect == Dialect::Cairn {
            let greeting: Vec<Bytes> = self.workshop.greet().collect();
            self.send(greeting);
        }
    }

    fn asked(&mut self, request: Request) {
        match request {
            Request::Edit(edit) => match edit(&mut self.replica) {
                Change::None => {}
                Change::Kept => self.changed(),
                Change::Send(frame) => {
                    self.changed();
                    self.send([frame]);
                }
            },
            Request::Read(read) => read(&self.replica),
            Request::Expect(mark, arrived) => self.replica.expect(mark, arrived, Instant::now()),
            Request::Barrier(wait) => self.barrier(wait),
            Request::Command(command, answer) => self.command(command, answer),
            Request::Presence(state) => {
                let frame = self.presences.set(self.replica.client(), state);
                self.send([frame]);
            }
            Request::Peers(answer) => {
                // Whoever asked may have given up since.
                let _ = answer.send(self.presences.peers());
            }
        }
    }

    fn barrier(&mut self, wait: oneshot::Sender<Result<(), BarrierError>>) {
        if let Some(stop) = &self.stopped {
            let _ = wait.send(Err(stop.clone().into()));
            return;
        }
        self.barriers.hold(wait);
        self.send_barrier();
    }

    fn command(
        &mut self,
        command: ClientCommand,
        answer: oneshot::Sender<Result<Done, CommandError>>,
    ) {
        if let Some(stop) = &self.stopped {
            let _ = answer.send(Err(stop.clone().into()));
            return;
        }
        if self.options.dialect == Dialect::Stock {
            let _ = answer.send(Err(CommandError::NoChannel));
            return;
        }
        let frame = self.workshop.give(self.replica.client(), command, answer);
        self.send(frame);
    }

    /// Something came out of the socket.
    fn heard(&mut self, heard: Heard) {
        let now = Instant::now();
        self.line.heard(now);
        let message = match heard {
            Heard::Message(message) => message,
            Heard::Alive => return,
            Heard::Lost(loss) => return self.lost(&loss),
        };
        match Frame::decode_from_server(&message) {
            Ok(frame) => self.frame(frame, now),
            // Nothing of it was used. The rest of what this server says may still be good.
            Err(error) => tracing::warn!(%error, "the server sent a message that is no frame"),
        }
    }

    fn frame(&mut self, frame: Frame, now: Instant) {
        match frame {
            Frame::SyncStep1(known) => {
                let answer = self.replica.answer(&known);
                self.send([answer]);
                self.send_barrier();
                self.exchanged();
            }
            Frame::SyncStep2(update) => {
                let taken = self.replica.take_answer(&update, now);
                self.took(taken);
                self.exchanged();
            }
            Frame::Update(update) => {
                let taken = self.replica.take(&update, now);
                self.took(taken);
            }
            Frame::Awareness(update) => {
                let (changed, answer) = self.presences.take(self.replica.client(), update, now);
                self.send(answer);
                if changed {
                    self.peers_changed();
                }
            }
            Frame::QueryAwareness => {
                let presence = self.presences.renew(self.replica.client());
                self.send(presence);
            }
            Frame::AuthDenied(reason) => tracing::warn!(%reason, "the server denies something"),
            Frame::Barrier(message) => self.barriers.echoed(&message),
            Frame::Workshop(json) => {
                if let Some(rejected) = self.workshop.take(&json) {
                    self.rejected(rejected);
                }
            }
        }
    }

    fn took(&mut self, taken: Result<Option<Bytes>, ReplicaError>) {
        match taken {
            Ok(question) => {
                self.changed();
                self.send(question);
            }
            // Whatever it held is asked for again by the next exchange.
            Err(error) => self.lost(&Loss {
                code: None,
                why: error.to_string(),
            }),
        }
    }

    /// After either half of the exchange.
    fn exchanged(&mut self) {
        let is_news = *self.status.borrow() != Status::Live;
        if self.replica.is_synced() && is_news {
            self.syncs.send_modify(|syncs| *syncs += 1);
            self.status.send_replace(Status::Live);
        }
    }

    /// The server did not take an edit: this copy holds what the map does not. It goes, and a new
    /// connection loads a new one.
    fn rejected(&mut self, rejected: Rejected) {
        self.barriers
            .fail(&BarrierError::Rejected(rejected.clone()));
        let copy = self.replica.begin_anew(new_client_id());
        self.rejection
            .send_replace(Some(Arc::new(Rejection { rejected, copy })));
        self.changed();
        self.retry("an edit was not accepted");
    }

    fn lost(&mut self, loss: &Loss) {
        match loss.code {
            Some(code) if after_close(code) == AfterClose::Stop => {
                self.stop(Stop::Ended {
                    code,
                    reason: loss.why.as_str().into(),
                });
            }
            _ => self.retry(&loss.to_string()),
        }
    }

    /// Comes back later, or gives up.
    fn retry(&mut self, why: &str) {
        self.unlink();
        tracing::debug!(why, failed = self.failed, "no connection");
        match self
            .options
            .backoff
            .delay(self.failed, rand::rng().random())
        {
            Some(retry_in) => {
                self.failed += 1;
                let (failed, why) = (self.failed, why.into());
                self.status.send_replace(Status::Waiting {
                    failed,
                    retry_in,
                    why,
                });
                self.line.wait(retry_in);
            }
            None => self.stop(Stop::GaveUp {
                attempts: self.failed,
                why: why.into(),
            }),
        }
    }

    fn stop(&mut self, stop: Stop) {
        self.unlink();
        self.barriers.fail(&stop.clone().into());
        self.workshop.fail(&stop);
        self.status.send_replace(Status::Stopped(stop.clone()));
        self.stopped = Some(stop);
    }

    /// Lets go of the socket. The document keeps what was not sent.
    fn unlink(&mut self) {
        self.line.cut();
        self.replica.lost();
        self.barriers.lost();
        if self.presences.lost() {
            self.peers_changed();
        }
    }

    /// Hands over what waits, says goodbye, and ends.
    async fn end(mut self) {
        if self.line.is_up() {
            let gone = self.presences.set(self.replica.client(), None);
            self.send([gone]);
        }
        self.line.drain().await;
        if self.stopped.is_none() {
            self.stop(Stop::Closed);
        }
    }

    fn beat(&mut self) {
        let now = Instant::now();
        if let Err(loss) = self.line.beat(now) {
            return self.lost(&loss);
        }
        if self.replica.is_synced() {
            // Only now: a server that syncs and then hangs up must not be called back in a hot loop.
            self.failed = 0;
        }
        let presence = self.presences.renew(self.replica.client());
        self.send(presence);
        if self.presences.expire(now) {
            self.peers_changed();
        }
    }

    fn send_barrier(&mut self) {
        if self.replica.may_send() {
            let barrier = self.barriers.send();
            self.send(barrier);
        }
    }

    fn send(&mut self, frames: impl IntoIterator<Item = Bytes>) {
        for frame in frames {
            if let Err(loss) = self.line.send(frame) {
                return self.lost(&loss);
            }
        }
    }

    fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    fn peers_changed(&self) {
        self.presence.send_modify(|changes| *changes += 1);
    }
}
