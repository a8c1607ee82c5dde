//! Rounds in a room: what an anonymous one needs beside the fold (VOTE-10). The room draws its secret, keeps it until the round is
//! over, and lets votes into the journal under pseudonyms; who may vote and what counts is the fold's.

use std::io;

use cairn_protocol::fold::{Refusal, Round};
use cairn_protocol::id::{MapId, ParticipantId};
use cairn_protocol::record::{Actor, Body, Command, Draft, Opening, Record};
use cairn_protocol::round::{Commitment, RoundId, RoundSecret};
use tokio::sync::mpsc;

use super::answers::CommandReply;
use super::{End, Origin, Room};
use crate::secrets::Secrets;
use crate::token;

/// An opening whose secret was written, or was not.
pub(super) struct Kept {
    by: Actor,
    request: String,
    opening: Opening,
    reply: CommandReply,
    secret: io::Result<RoundSecret>,
}

/// The secrets of one room's rounds.
pub(super) struct Sealed {
    secrets: Secrets,
    /// Of the round that is open, if it is anonymous.
    now: Option<(Commitment, RoundSecret)>,
    /// Of openings that are not folded yet.
    coming: Vec<RoundSecret>,
    /// Of rounds that ended or were not opened, each with the record by which: destroyed once that is durable. Each by its name: another
    /// may be written at the same time, of a round that is only about to open.
    over: Vec<(u64, Commitment)>,
    keeping: mpsc::UnboundedSender<Kept>,
    pub(super) kept: mpsc::UnboundedReceiver<Kept>,
}

impl Sealed {
    /// Reads the open round's secret. Blocks on the disk.
    pub(super) fn open(secrets: Secrets, map: &MapId, open: Option<Commitment>) -> Self {
        let now = open.and_then(|commitment| match secrets.of(map, commitment) {
            Ok(secret) => secret.map(|secret| (commitment, secret)),
            Err(error) => {
                tracing::error!(map = %map, %error, "the secret of an anonymous round cannot be read");
                None
            }
        });
        if let Err(error) = secrets.destroy_others(map, open) {
            tracing::error!(map = %map, %error, "the secret of a round that is over cannot be destroyed");
        }
        let (keeping, kept) = mpsc::unbounded_channel();
        Self {
            secrets,
            now,
            coming: Vec::new(),
            over: Vec::new(),
            keeping,
            kept,
        }
    }

    /// The secret of the open round, while it is anonymous.
    pub(super) fn secret(&self) -> Option<&RoundSecret> {
        self.now.as_ref().map(|(_, secret)| secret)
    }
}

fn refusal(rule: &str, why: &str) -> Refusal {
    Refusal {
        rule: rule.to_owned(),
        why: why.to_owned(),
    }
}

impl Room {
    /// Opens a round; an anonymous one once its secret is on disk.
    pub(super) fn open_round(
        &mut self,
        by: Actor,
        request: String,
        opening: Opening,
        reply: CommandReply,
    ) -> Result<(), End> {
        if let Err(refusal) = opening.check() {
            self.refuse_command(reply, refusal);
            return Ok(());
        }
        let anonymous = match &opening {
            Opening::New(setup) => setup.anonymous,
            Opening::Emotion(_) => true,
            Opening::RunOff(id, _) | Opening::Again(id) => {
                let earlier = self.workshop.round(*id);
                earlier.is_ok_and(Round::is_anonymous)
            }
        };
        // Whoever may not open one costs no secret; the fold says so.
        if !anonymous || self.workshop.may_facilitate(by).is_err() {
            return self.append_opening(by, request, opening, None, reply);
        }
        let secret = RoundSecret::new(token::random_32());
        let (secrets, map) = (self.sealed.secrets.clone(), self.map.clone());
        let keeping = self.sealed.keeping.clone();
        tokio::task::spawn_blocking(move || {
            let secret = secrets.keep(&map, &secret).map(|()| secret);
            // The room may be gone: the secret is destroyed when the map opens again.
            drop(keeping.send(Kept {
                by,
                request,
                opening,
                reply,
                secret,
            }));
        });
        Ok(())
    }

    /// A secret is on disk: now the round may open.
    pub(super) fn on_kept(&mut self, kept: Kept) -> Result<(), End> {
        let Kept {
            by,
            request,
            opening,
            reply,
            secret,
        } = kept;
        match secret {
            Ok(secret) => {
                let commitment = secret.commitment();
                self.sealed.coming.push(secret);
                self.append_opening(by, request, opening, Some(commitment), reply)
            }
            Err(error) => {
                tracing::error!(map = %self.map, %error, "the secret of a round cannot be kept");
                let why = "the secret of an anonymous round could not be kept; try again";
                self.refuse_command(reply, refusal("VOTE-10", why));
                Ok(())
            }
        }
    }

    fn append_opening(
        &mut self,
        by: Actor,
        request: String,
        opening: Opening,
        commitment: Option<Commitment>,
        reply: CommandReply,
    ) -> Result<(), End> {
        let draft = Draft {
            actor: by,
            request: Some(request),
            body: Body::Round(opening, commitment),
        };
        self.append(draft, Origin::Command(reply))
    }

    /// An answer in an anonymous round goes into the journal under the voter's pseudonym and a request id that names nobody. One that
    /// comes too early or too late does not go there at all: under a name it would say what somebody wanted to say in secret.
    pub(super) fn draft_of(
        &self,
        by: Actor,
        request: String,
        command: Command,
    ) -> Result<Draft, Refusal> {
        command.check()?;
        let secret = match (&command, by) {
            (Command::Vote { round, .. }, Actor::Participant(who)) => {
                self.ballot_of(*round, who, "VOTE-2")?
            }
            (Command::Feel { round, .. }, Actor::Participant(who)) => {
                let secret = self.ballot_of(*round, who, "EMO-2")?;
                let named = "this round asks for dots, not for feelings";
                Some(secret.ok_or_else(|| refusal("EMO-2", named))?)
            }
            _ => None,
        };
        let (actor, request) = match (secret, by) {
            (Some(secret), Actor::Participant(who)) => (
                Actor::Pseudonym(secret.pseudonym(who)),
                secret.request(who, &request),
            ),
            _ => (by, request),
        };
        Ok(Draft {
            actor,
            request: Some(request),
            body: Body::Command(command),
        })
    }

    /// The secret under which this participant answers; none in a round with names, which the fold judges alone.
    fn ballot_of(
        &self,
        id: RoundId,
        who: ParticipantId,
        rule: &str,
    ) -> Result<Option<&RoundSecret>, Refusal> {
        let round = self.workshop.round(id)?;
        if !round.is_anonymous() {
            return Ok(None);
        }
        if !round.is_open() {
            return Err(refusal("VOTE-7", "this round is over"));
        }
        if !self.workshop.may_vote(round, who) {
            return Err(refusal(rule, "you have no ballot in this round"));
        }
        let lost = "this round's secret is lost: it can only be closed or cancelled";
        let secret = self.sealed.secret();
        secret.map(Some).ok_or_else(|| refusal("VOTE-10", lost))
    }

    /// After a record: takes the secret of a round that opened, and lets go of one that is over or was not opened.
    pub(super) fn settle_secret(&mut self, record: &Record) {
        let open = self
            .workshop
            .open_round()
            .and_then(|round| round.commitment);
        let sealed = &mut self.sealed;
        if let Some((of, _)) = sealed.now.take_if(|(of, _)| Some(*of) != open) {
            sealed.over.push((record.seq, of));
        }
        let Body::Round(_, Some(commitment)) = record.body else {
            return;
        };
        let is_its = |secret: &RoundSecret| secret.commitment() == commitment;
        let Some(place) = sealed.coming.iter().position(is_its) else {
            return;
        };
        let secret = sealed.coming.swap_remove(place);
        if open == Some(commitment) {
            sealed.now = Some((commitment, secret));
        } else {
            sealed.over.push((record.seq, commitment));
        }
    }

    /// What ended a round is on disk: its secret is destroyed. Before, a crash would have opened it again without one.
    pub(super) fn destroy_secrets(&mut self, durable: u64) {
        let is_durable = |(seq, _): &mut (u64, Commitment)| *seq <= durable;
        let over: Vec<_> = self.sealed.over.extract_if(.., is_durable).collect();
        if over.is_empty() {
            return;
        }
        let (secrets, map) = (self.sealed.secrets.clone(), self.map.clone());
        tokio::task::spawn_blocking(move || {
            for (_, commitment) in over {
                if let Err(error) = secrets.destroy(&map, commitment) {
                    tracing::error!(map = %map, %error, "the secret of a round that is over cannot be destroyed");
                }
            }
        });
    }
}
