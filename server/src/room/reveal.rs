//! The reveal of a brainstorm in a room (DRAFT-4, DRAFT-7): the update is made from what is folded now, and made anew when the journal
//! put something before it that it does not have.

use cairn_protocol::fold::{Done, Effects, Refusal};
use cairn_protocol::record::{Actor, Body, Draft};

use super::answers::CommandReply;
use super::{End, Origin, Room};
use crate::token;
use crate::when::rfc3339;

/// How often a reveal is made. Only what people write in the moment between making and ordering spoils one; this many moments in a row
/// mean that something is wrong.
const TRIES: u32 = 8;

/// A reveal on its way.
pub(super) struct Revealing {
    by: Actor,
    request: String,
    pub(super) reply: CommandReply,
    /// How often it can still be made anew.
    left: u32,
}

impl Revealing {
    pub(super) fn new(by: Actor, request: String, reply: CommandReply) -> Self {
        Self {
            by,
            request,
            reply,
            left: TRIES - 1,
        }
    }
}

impl Room {
    /// Appends a reveal. Whoever may not have one, or has had it with this request, costs no update: the fold answers.
    pub(super) fn reveal(&mut self, revealing: Revealing) -> Result<(), End> {
        let at = rfc3339(self.clock.now_ms());
        let reveal = self.workshop.reveal(revealing.by, &token::random_32(), &at);
        let draft = Draft {
            actor: revealing.by,
            request: Some(revealing.request.clone()),
            body: Body::Reveal(reveal),
        };
        self.append(draft, Origin::Reveal(revealing))
    }

    /// A reveal is folded: it is answered, or made anew.
    pub(super) fn reveal_folded(
        &mut self,
        seq: u64,
        revealing: Revealing,
        outcome: Result<(Done, Effects), Refusal>,
    ) -> Result<(), End> {
        let outdated = outcome.as_ref().is_err_and(Refusal::is_outdated);
        if outdated && revealing.left > 0 {
            return self.reveal(Revealing {
                left: revealing.left - 1,
                ..revealing
            });
        }
        self.answer_origin(seq, Some(Origin::Reveal(revealing)), outcome);
        Ok(())
    }
}
