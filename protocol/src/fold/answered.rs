//! What recent commands were answered, so that one sent again gets the same answer and changes nothing (REC-5).

use minicbor::{Decode, Encode};

use super::{Done, Refusal, Workshop};
use crate::limits;
use crate::record::{Actor, Record};

/// The outcome of a command, kept so that the same command sent again gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Answered {
    #[n(0)]
    request: String,
    #[n(1)]
    pub(super) refusal: Option<Refusal>,
}

impl Workshop {
    pub(super) fn earlier_answer(&self, record: &Record) -> Option<&Answered> {
        self.answer_kept(record.actor, record.request.as_ref()?)
    }

    fn answer_kept(&self, actor: Actor, request: &str) -> Option<&Answered> {
        let mut answered = self.answered.get(&actor)?.iter();
        answered.find(|answered| answered.request == request)
    }

    /// What this request of this sender was answered, if it was and that is still known (REC-5).
    pub fn answer_to(&self, actor: Actor, request: &str) -> Option<Result<Done, Refusal>> {
        let answered = self.answer_kept(actor, request)?;
        Some(answered.refusal.clone().map_or(Ok(Done::Earlier), Err))
    }

    pub(super) fn remember(&mut self, record: &Record, refusal: Option<&Refusal>) {
        let Some(request) = record.request.clone() else {
            return;
        };
        let answered = self.answered.entry(record.actor).or_default();
        answered.push_back(Answered {
            request,
            refusal: refusal.cloned(),
        });
        if answered.len() > limits::REMEMBERED_REQUESTS {
            answered.pop_front();
        }
    }
}
