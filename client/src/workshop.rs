//! The workshop channel (tag 110) as a client sees it: commands on their way, and the newest views.
//! Pure.
//!
//! Owned by the owner task. A command without an answer is sent again on the next connection under
//! the same request id; the fold counts it once (REC-5).

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::channel::{
    ClientCommand, ClientMessage, Hello, Personal, Rejected, ServerMessage, Shared,
};
use cairn_protocol::frame::encode_workshop;
use tokio::sync::{oneshot, watch};

use crate::status::{CommandError, Stop};

/// Commands kept until they are answered. A person gives one at a time.
const PENDING: usize = 64;

/// A command was done, and is durable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The new invite token, after `rotateInvite`. Secret.
    pub invite: Option<String>,
}

type Answer = oneshot::Sender<Result<Done, CommandError>>;

struct Pending {
    request: String,
    frame: Bytes,
    answer: Answer,
}

/// Commands and views of one client.
pub(crate) struct Workshop {
    pending: VecDeque<Pending>,
    given: u64,
    shared: watch::Sender<Option<Arc<Shared>>>,
    personal: watch::Sender<Option<Personal>>,
}

impl Workshop {
    pub(crate) fn new(
        shared: watch::Sender<Option<Arc<Shared>>>,
        personal: watch::Sender<Option<Personal>>,
    ) -> Self {
        Self {
            pending: VecDeque::new(),
            given: 0,
            shared,
            personal,
        }
    }

    /// What to send on a new connection: the greeting, then every command without an answer.
    pub(crate) fn greet(&self) -> impl Iterator<Item = Bytes> {
        let hello = message(&ClientMessage::Hello { hello: Hello {} });
        std::iter::once(hello).chain(self.pending.iter().map(|command| command.frame.clone()))
    }

    /// A command to send. `client` makes the request id one of its kind.
    pub(crate) fn give(
        &mut self,
        client: u64,
        command: ClientCommand,
        answer: Answer,
    ) -> Option<Bytes> {
        if self.pending.len() == PENDING {
            let _ = answer.send(Err(CommandError::TooMany(PENDING)));
            return None;
        }
        self.given += 1;
        let request = format!("{client:x}-{}", self.given);
        let frame = message(&ClientMessage::Command {
            command,
            request: request.clone(),
        });
        self.pending.push_back(Pending {
            request,
            frame: frame.clone(),
            answer,
        });
        Some(frame)
    }

    /// A message of the server. Returns a rejection, which concerns the document. What a later
    /// server may say that this client does not know is ignored.
    pub(crate) fn take(&mut self, json: &str) -> Option<Rejected> {
        match serde_json::from_str(json) {
            Ok(ServerMessage::Shared { shared }) => {
                self.shared.send_replace(Some(Arc::new(shared)));
            }
            Ok(ServerMessage::Personal { personal }) => {
                self.personal.send_replace(Some(personal));
            }
            Ok(ServerMessage::Done { done, invite }) => self.answer(&done, Ok(Done { invite })),
            Ok(ServerMessage::Refused { refused, why, rule }) => {
                self.answer(&refused, Err(CommandError::Refused { why, rule }));
            }
            Ok(ServerMessage::Rejected { rejected }) => return Some(rejected),
            Err(error) => tracing::debug!(%error, "a workshop message of an unknown kind"),
        }
        None
    }

    fn answer(&mut self, request: &str, answer: Result<Done, CommandError>) {
        let at = self
            .pending
            .iter()
            .position(|command| command.request == request);
        if let Some(command) = at.and_then(|at| self.pending.remove(at)) {
            // A receiver that is gone needs no answer.
            let _ = command.answer.send(answer);
        }
    }

    /// No answer will come.
    pub(crate) fn fail(&mut self, why: &Stop) {
        for command in self.pending.drain(..) {
            let _ = command.answer.send(Err(CommandError::Stopped(why.clone())));
        }
    }
}

fn message(message: &ClientMessage) -> Bytes {
    let json = serde_json::to_string(message).expect("client messages have string keys only");
    encode_workshop(&json)
}
