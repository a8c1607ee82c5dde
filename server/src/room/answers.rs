//! Answers of a room: barriers, commands, joins and views. None is given before the records behind it are durable.

use std::collections::VecDeque;

use bytes::Bytes;
use cairn_protocol::channel::{ClientCommand, ClientMessage, ServerMessage};
use cairn_protocol::fold::{Concerned, Done, Effects, Refusal};
use cairn_protocol::frame;
use cairn_protocol::id::{ParticipantId, TokenHash};
use cairn_protocol::limits;
use cairn_protocol::record::{Actor, Body, Draft, Opening};
use cairn_protocol::report::{RoundReports, WorkshopReport};
use cairn_protocol::version::VersionList;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::reveal::Revealing;
use super::{CommandDone, ConnId, End, Member, Origin, Room, answer, nothing_changes};
use crate::fanout::Close;
use crate::token;

/// Barriers held for a socket that was asked to sync; stock and Cairn clients have one or two under way.
const HELD_BARRIERS: usize = 64;

/// Where a command's answer goes.
pub(super) enum CommandReply {
    /// To a socket, under its request id, with the invite it made.
    Socket {
        conn: ConnId,
        request: String,
        invite: Option<String>,
    },
    /// To an HTTP handler.
    Caller(oneshot::Sender<Result<CommandDone, Refusal>>),
    /// To an HTTP handler, with the invite it made.
    CallerInvite(oneshot::Sender<Result<CommandDone, Refusal>>, String),
}

/// What waits for durability, in the order of records.
pub(super) struct Answers {
    durable: u64,
    waiting: VecDeque<(u64, Waiting)>,
}

enum Waiting {
    Frame(ConnId, Bytes),
    Member(oneshot::Sender<Result<Member, Refusal>>, Member),
    Done(oneshot::Sender<Result<CommandDone, Refusal>>, CommandDone),
    Founded(oneshot::Sender<Result<(), Refusal>>),
    Rounds(oneshot::Sender<RoundReports>, RoundReports),
    Workshop(oneshot::Sender<WorkshopReport>, Box<WorkshopReport>),
    Versions(oneshot::Sender<VersionList>, VersionList),
}

impl Waiting {
    /// Answers a caller, or says which frame may be sent.
    fn give(self) -> Option<(ConnId, Bytes)> {
        match self {
            Self::Frame(conn, frame) => return Some((conn, frame)),
            Self::Member(reply, member) => answer(reply, Ok(member)),
            Self::Done(reply, done) => answer(reply, Ok(done)),
            Self::Founded(reply) => answer(reply, Ok(())),
            Self::Rounds(reply, rounds) => answer(reply, rounds),
            Self::Workshop(reply, report) => answer(reply, *report),
            Self::Versions(reply, versions) => answer(reply, versions),
        }
        None
    }
}

impl Answers {
    pub(super) fn new(durable: u64) -> Self {
        Self {
            durable,
            waiting: VecDeque::new(),
        }
    }

    pub(super) fn durable_seq(&self) -> u64 {
        self.durable
    }

    fn hold(&mut self, until: u64, waiting: Waiting) {
        self.waiting.push_back((until, waiting));
    }

    /// Everything up to `seq` is durable: gives the frames that may be sent now and answers callers.
    pub(super) fn durable(&mut self, seq: u64) -> Vec<(ConnId, Bytes)> {
        self.durable = self.durable.max(seq);
        let mut frames = Vec::new();
        while let Some((_, waiting)) = self.waiting.pop_front_if(|(until, _)| *until <= seq) {
            frames.extend(waiting.give());
        }
        frames
    }
}

impl Room {
    /// "Tell me when everything I sent before this is on disk" (WIRE-6).
    pub(super) fn on_barrier(&mut self, id: ConnId, message: Bytes) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        if conn.resyncing {
            if conn.held_barriers.len() < HELD_BARRIERS {
                conn.held_barriers.push(message);
            } else {
                self.end_malformed(id, "barriers without an answer to the sync request");
            }
            return;
        }
        self.once_durable(Waiting::Frame(id, message));
    }

    /// Gives an answer once everything it tells of is durable (VIEW-1): at once where that is so already.
    fn once_durable(&mut self, waiting: Waiting) {
        let seq = self.workshop.seq();
        if seq > self.answers.durable {
            self.answers.hold(seq, waiting);
        } else if let Some((conn, frame)) = waiting.give()
            && let Some(conn) = self.conns.get_mut(&conn)
        {
            conn.outbox.push_answer(frame);
        }
    }

    pub(super) fn report_rounds(&mut self, to: Actor, reply: oneshot::Sender<RoundReports>) {
        let rounds = self.workshop.round_reports(to, self.sealed.secret());
        self.once_durable(Waiting::Rounds(reply, rounds));
    }

    pub(super) fn report_workshop(&mut self, to: Actor, reply: oneshot::Sender<WorkshopReport>) {
        let (online, secret) = (self.online(), self.sealed.secret());
        let report = self
            .workshop
            .workshop_report(to, &online, self.time(), secret);
        self.once_durable(Waiting::Workshop(reply, Box::new(report)));
    }

    pub(super) fn list_versions(&mut self, reply: oneshot::Sender<VersionList>) {
        let versions = self.workshop.version_list();
        self.once_durable(Waiting::Versions(reply, versions));
    }

    pub(super) fn on_workshop(&mut self, id: ConnId, json: &str) -> Result<(), End> {
        let Some(conn) = self.conns.get_mut(&id) else {
            return Ok(());
        };
        conn.speaks_workshop = true;
        let actor = conn.actor;
        match serde_json::from_str(json) {
            Ok(ClientMessage::Hello { .. }) => {
                self.send_personal_to(id);
                self.send_shared_to(id);
                Ok(())
            }
            Ok(ClientMessage::Command { command, request }) => {
                let reply = CommandReply::Socket {
                    conn: id,
                    request: request.clone(),
                    invite: None,
                };
                self.command(actor, request, command, reply)
            }
            Err(_) => {
                // The message itself is not repeated: it may hold what its author would not want in a log.
                let refusal = Refusal {
                    rule: "WIRE-7".to_owned(),
                    why: "the message is neither a hello nor a command this server knows"
                        .to_owned(),
                };
                let request = request_of(json).unwrap_or_default();
                self.refuse_command(
                    CommandReply::Socket {
                        conn: id,
                        request,
                        invite: None,
                    },
                    refusal,
                );
                Ok(())
            }
        }
    }

    pub(super) fn command(
        &mut self,
        by: Actor,
        request: String,
        command: ClientCommand,
        reply: CommandReply,
    ) -> Result<(), End> {
        if self.archive {
            self.refuse_command(reply, nothing_changes());
            return Ok(());
        }
        if request.is_empty() || request.len() > limits::REQUEST_BYTES {
            let why = format!("a request id has 1 to {} bytes", limits::REQUEST_BYTES);
            self.refuse_command(
                reply,
                Refusal {
                    rule: "REC-5".to_owned(),
                    why,
                },
            );
            return Ok(());
        }
        match command {
            ClientCommand::OpenRound { setup } => {
                self.open_round(by, request, Opening::New(setup), reply)
            }
            ClientCommand::RunOff { round, rank } => {
                self.open_round(by, request, Opening::RunOff(round, rank), reply)
            }
            ClientCommand::ReopenRound { round } => {
                self.open_round(by, request, Opening::Again(round), reply)
            }
            ClientCommand::OpenEmotionRound { setup } => {
                self.open_round(by, request, Opening::Emotion(setup), reply)
            }
            ClientCommand::Reveal {} => self.reveal(Revealing::new(by, request, reply)),
            ClientCommand::Restore { seq } => {
                self.restore(by, request, seq, reply);
                Ok(())
            }
            ClientCommand::RotateInvite { role } => {
                let token = token::new_token();
                let draft = Draft {
                    actor: by,
                    request: Some(request),
                    body: Body::Invite(role, TokenHash::of(&self.map, &token)),
                };
                self.append(draft, Origin::Command(reply.with_invite(token)))
            }
            ClientCommand::Fold(command) => match self.draft_of(by, request, command) {
                Ok(draft) => self.append(draft, Origin::Command(reply)),
                Err(refusal) => {
                    self.refuse_command(reply, refusal);
                    Ok(())
                }
            },
        }
    }

    /// Answers whoever caused a record, now that it is folded.
    pub(super) fn answer_origin(
        &mut self,
        seq: u64,
        origin: Option<Origin>,
        outcome: Result<(Done, Effects), Refusal>,
    ) {
        match (origin, outcome) {
            (None | Some(Origin::Founding(None) | Origin::Tick), _)
            | (Some(Origin::Edit(_)), Ok(_)) => {}
            (Some(Origin::Founding(Some(reply))), Ok(_)) => {
                self.answers.hold(seq, Waiting::Founded(reply));
            }
            (Some(Origin::Founding(Some(reply))), Err(refusal)) => answer(reply, Err(refusal)),
            // A race lost between the check and the fold, such as a role taken away meanwhile, or a lock that began.
            (Some(Origin::Edit(conn)), Err(refusal)) => {
                if refusal.is_of_lock() {
                    self.fence(conn);
                }
                self.tell_refused(conn, &refusal);
            }
            (
                Some(Origin::Command(reply) | Origin::Reveal(Revealing { reply, .. })),
                Ok((done, _)),
            ) => self.command_done(seq, reply, done),
            (
                Some(Origin::Command(reply) | Origin::Reveal(Revealing { reply, .. })),
                Err(refusal),
            ) => self.refuse_command(reply, refusal),
            (Some(Origin::Restore), outcome) => self.restored(&outcome.map(|(done, _)| done)),
            (Some(Origin::Join(reply)), Ok((_, effects))) => {
                if let Some(member) = effects.joined.and_then(|id| self.member(id)) {
                    self.answers.hold(seq, Waiting::Member(reply, member));
                }
            }
            (Some(Origin::Join(reply)), Err(refusal)) => answer(reply, Err(refusal)),
        }
    }

    /// Answers a command that came to this by record `seq`, or by one before it.
    pub(super) fn answer_command(
        &mut self,
        seq: u64,
        reply: CommandReply,
        outcome: Result<Done, Refusal>,
    ) {
        match outcome {
            Ok(done) => self.command_done(seq, reply, done),
            Err(refusal) => self.refuse_command(reply, refusal),
        }
        // With nothing under way no word of durability would come.
        if seq <= self.answers.durable {
            self.send_answers(seq);
        }
    }

    /// Gives the answers that nothing up to `seq` holds back any more.
    pub(super) fn send_answers(&mut self, seq: u64) {
        for (conn, frame) in self.answers.durable(seq) {
            if let Some(conn) = self.conns.get(&conn) {
                conn.outbox.push_answer(frame);
            }
        }
    }

    fn command_done(&mut self, seq: u64, reply: CommandReply, done: Done) {
        // A command sent twice was done once: the token made for the repeat opens nothing.
        let kept = |invite: Option<String>| invite.filter(|_| done == Done::Now);
        let waiting = match reply {
            CommandReply::Socket {
                conn,
                request,
                invite,
            } => {
                let done = ServerMessage::Done {
                    done: request,
                    invite: kept(invite),
                };
                let json = serde_json::to_string(&done).expect("channel messages are plain data");
                Waiting::Frame(conn, frame::encode_workshop(&json))
            }
            CommandReply::Caller(reply) => Waiting::Done(reply, CommandDone::default()),
            CommandReply::CallerInvite(reply, token) => Waiting::Done(
                reply,
                CommandDone {
                    invite: kept(Some(token)),
                },
            ),
        };
        self.answers.hold(seq, waiting);
    }

    pub(super) fn refuse_command(&self, reply: CommandReply, refusal: Refusal) {
        match reply {
            CommandReply::Socket { conn, request, .. } => {
                let Refusal { rule, why } = refusal;
                if let Some(conn) = self.conns.get(&conn) {
                    conn.send(&ServerMessage::Refused {
                        refused: request,
                        why,
                        rule,
                    });
                }
            }
            CommandReply::Caller(reply) | CommandReply::CallerInvite(reply, _) => {
                answer(reply, Err(refusal));
            }
        }
    }

    /// Marks whose own view changed, to be sent once the record is durable, and ends the sockets of those who were removed.
    pub(super) fn tell_people(&mut self, seq: u64, effects: &Effects) {
        let secret = self.sealed.secret();
        for conn in self.conns.values() {
            let Actor::Participant(who) = conn.actor else {
                continue;
            };
            let concerned = match effects.personal {
                Concerned::Nobody => false,
                Concerned::One(one) => one == who,
                Concerned::Behind(pseudonym) => {
                    secret.is_some_and(|secret| secret.pseudonym(who) == pseudonym)
                }
                Concerned::Everyone => true,
            };
            if effects.removed.contains(&who) {
                conn.outbox.close(Close::Removed);
            } else if concerned {
                self.personal_wanted.insert(who, seq);
            }
        }
        let under_way =
            self.workshop.open_round().is_some() || self.workshop.brainstorm().is_some();
        // With somebody removed go their drafts, and their place among those who are waited for.
        let news = !matches!(effects.personal, Concerned::Nobody) || !effects.removed.is_empty();
        if news && under_way {
            self.progress_wanted = Some(seq);
        }
    }

    /// Sends the own views whose records are durable (VIEW-1).
    pub(super) fn send_personal_views(&mut self) {
        let durable = self.answers.durable;
        let due: Vec<_> = self
            .personal_wanted
            .extract_if(.., |_, seq| *seq <= durable)
            .map(|(who, _)| who)
            .collect();
        for who in due {
            self.send_personal_of(who);
        }
    }

    fn send_personal_of(&self, who: ParticipantId) {
        for (id, conn) in &self.conns {
            if conn.actor == Actor::Participant(who) {
                self.send_personal(*id);
            }
        }
    }

    /// Facilitators are told how far a round or brainstorm is, as often as everyone is sent views.
    fn send_progress(&mut self) {
        if self.progress_wanted.take().is_none() {
            return;
        }
        let facilitators: Vec<_> = self
            .workshop
            .people()
            .filter(|(_, person)| !person.removed && person.role.may_facilitate())
            .map(|(id, _)| id)
            .collect();
        for who in facilitators {
            self.send_personal_of(who);
        }
    }

    fn send_personal(&self, id: ConnId) {
        let Some(conn) = self.conns.get(&id).filter(|conn| conn.speaks_workshop) else {
            return;
        };
        let Actor::Participant(who) = conn.actor else {
            return;
        };
        if let Some(personal) = self.workshop.personal(who, self.sealed.secret()) {
            conn.send(&ServerMessage::Personal { personal });
        }
    }

    /// The newcomer's own view: at once when all of it is durable, else as soon as it is.
    fn send_personal_to(&mut self, id: ConnId) {
        if self.workshop.seq() <= self.answers.durable {
            self.send_personal(id);
        } else if let Some(Actor::Participant(who)) = self.conns.get(&id).map(|conn| conn.actor) {
            self.personal_wanted.insert(who, self.workshop.seq());
        }
    }

    fn shared_frame(&self) -> Bytes {
        let shared = self.workshop.shared(&self.online(), self.time());
        let message = ServerMessage::Shared { shared };
        let json = serde_json::to_string(&message).expect("channel messages are plain data");
        frame::encode_workshop(&json)
    }

    /// The newcomer's first view: at once when all of it is durable, else with everyone's next one.
    fn send_shared_to(&mut self, id: ConnId) {
        if self.workshop.seq() <= self.answers.durable {
            let frame = self.shared_frame();
            if let Some(conn) = self.conns.get(&id) {
                conn.outbox.put_view(frame);
            }
        } else {
            self.view_wanted = Some(self.workshop.seq());
        }
    }

    pub(super) fn send_view(&mut self, now: Instant) {
        self.view_pace.sent(now);
        self.send_progress();
        if self.view_wanted.take().is_none() {
            return;
        }
        if !self.conns.values().any(|conn| conn.speaks_workshop) {
            return;
        }
        let frame = self.shared_frame();
        for conn in self.conns.values().filter(|conn| conn.speaks_workshop) {
            conn.outbox.put_view(frame.clone());
        }
    }
}

impl CommandReply {
    fn with_invite(self, token: String) -> Self {
        match self {
            CommandReply::Socket { conn, request, .. } => CommandReply::Socket {
                conn,
                request,
                invite: Some(token),
            },
            CommandReply::Caller(reply) | CommandReply::CallerInvite(reply, _) => {
                CommandReply::CallerInvite(reply, token)
            }
        }
    }
}

/// The request id of a message that could not be read otherwise, so that its sender can match the answer.
fn request_of(json: &str) -> Option<String> {
    let message: serde_json::Value = serde_json::from_str(json).ok()?;
    let request = message.get("request")?.as_str()?;
    (request.len() <= limits::REQUEST_BYTES).then(|| request.to_owned())
}
