//! Who waits to hear that what they sent is durable (tag 102). Pure.
//!
//! Owned by the owner task. A barrier may only be sent behind the edits it speaks for: while the
//! exchange of a new connection is under way, the waits are held back.

use std::collections::VecDeque;

use bytes::Bytes;
use cairn_protocol::frame::encode_barrier;
use tokio::sync::oneshot;

use crate::status::BarrierError;

type Wait = oneshot::Sender<Result<(), BarrierError>>;

/// The barriers of one connection and those that wait for the next.
#[derive(Default)]
pub(crate) struct Barriers {
    /// Not yet sent on this connection.
    held: Vec<Wait>,
    /// Sent and not yet answered, oldest first: the message, and who waits for its echo.
    sent: VecDeque<(Bytes, Vec<Wait>)>,
    /// Makes each message one of its kind.
    counter: u64,
}

impl Barriers {
    /// Somebody wants to know.
    pub(crate) fn hold(&mut self, wait: Wait) {
        self.held.push(wait);
    }

    /// One barrier for everybody who waits, to be sent behind everything sent so far.
    pub(crate) fn send(&mut self) -> Option<Bytes> {
        if self.held.is_empty() {
            return None;
        }
        self.counter += 1;
        let message = encode_barrier(&self.counter.to_be_bytes());
        self.sent
            .push_back((message.clone(), std::mem::take(&mut self.held)));
        Some(message)
    }

    /// An echo: everything sent before that message is durable. An echo of nothing we sent is
    /// ignored.
    pub(crate) fn echoed(&mut self, message: &Bytes) {
        let Some(at) = self.sent.iter().position(|(sent, _)| sent == message) else {
            return;
        };
        for (_, waits) in self.sent.drain(..=at) {
            for wait in waits {
                // A receiver that is gone needs no answer.
                let _ = wait.send(Ok(()));
            }
        }
    }

    /// The connection is gone, and with it the answers: to be asked again behind the next exchange.
    pub(crate) fn lost(&mut self) {
        self.held
            .extend(self.sent.drain(..).flat_map(|(_, waits)| waits));
    }

    /// No answer will come.
    pub(crate) fn fail(&mut self, why: &BarrierError) {
        self.lost();
        for wait in self.held.drain(..) {
            let _ = wait.send(Err(why.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot::error::TryRecvError;

    #[test]
    fn an_echo_answers_its_own_barrier_and_those_before_it() {
        let mut barriers = Barriers::default();
        let mut wait = || {
            let (tell, told) = oneshot::channel();
            barriers.hold(tell);
            (barriers.send().expect("somebody waits"), told)
        };
        let (_, mut first) = wait();
        let (second_message, mut second) = wait();
        let (_, mut third) = wait();
        barriers.echoed(&second_message);
        assert_eq!(first.try_recv(), Ok(Ok(())));
        assert_eq!(second.try_recv(), Ok(Ok(())));
        assert_eq!(third.try_recv(), Err(TryRecvError::Empty));
    }

    #[test]
    fn an_echo_of_an_earlier_connection_answers_nothing() {
        let mut barriers = Barriers::default();
        let (tell, mut told) = oneshot::channel();
        barriers.hold(tell);
        let stale = barriers.send().expect("somebody waits");
        barriers.lost();
        barriers.echoed(&stale);
        let fresh = barriers.send().expect("still waits");
        barriers.echoed(&stale);
        assert_eq!(told.try_recv(), Err(TryRecvError::Empty));
        barriers.echoed(&fresh);
        assert_eq!(told.try_recv(), Ok(Ok(())));
    }
}
