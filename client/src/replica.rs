//! One copy of the map and where it stands in the exchange with the server. Pure: frames in, frames
//! out, the time is an argument.
//!
//! Owned by the owner task of a connection and by nobody else; never touched across an await. Local
//! edits are sent only after the server's question (`SyncStep1`) was answered: the answer holds
//! everything the server lacks, so that nothing typed while away is sent twice or out of order.

use std::collections::BTreeMap;

use bytes::Bytes;
use cairn_protocol::frame::{
    CheckedStateVector, CheckedUpdate, encode_sync_step1, encode_sync_step2, encode_update,
};
use cairn_protocol::map;
use tokio::sync::oneshot;
use tokio::time::Instant;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, ReadTxn, StateVector, Transact, Transaction, TransactionMut, Update};

/// A place in one client's sequence of edits: everything of `client` before `clock`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// The Yjs client id of the replica that edited.
    pub client: u64,
    /// Clocks of it that are contained.
    pub clock: u64,
}

/// An update that the document would not take.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplicaError {
    #[error("the server sent an update that cannot be read: {0}")]
    Unreadable(#[from] yrs::encoding::read::Error),
    #[error("the server sent an update that does not fit: {0}")]
    Unfitting(#[from] yrs::error::UpdateError),
}

/// The document and its place in the exchange.
pub(crate) struct Replica {
    doc: Doc,
    /// The server's question of this connection was answered: edits go out as they happen.
    answered: bool,
    /// The server's answer of this connection has come: what it had is here.
    received: bool,
    /// Asked again because an update rested on something missing; until the answer comes, not again.
    asking: bool,
    /// Who waits for which edit to arrive, by the editing client.
    expected: BTreeMap<u64, Vec<(u64, oneshot::Sender<Instant>)>>,
}

impl Replica {
    /// An empty copy. `client` must be unused in every other copy (FIELD-NOTES: a client id used
    /// twice silently loses edits).
    pub(crate) fn new(client: u64) -> Self {
        Self {
            doc: map::new_doc(client),
            answered: false,
            received: false,
            asking: false,
            expected: BTreeMap::new(),
        }
    }

    /// Throws the document away and begins an empty one under another client id. Returns what was
    /// thrown away, as a Yjs v1 update.
    pub(crate) fn begin_anew(&mut self, client: u64) -> Bytes {
        let old = map::encode_state(&self.doc.transact()).into();
        let expected = std::mem::take(&mut self.expected);
        *self = Self {
            expected,
            ..Self::new(client)
        };
        old
    }

    pub(crate) fn client(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// Both sides have given each other what they had, on this connection.
    pub(crate) fn is_synced(&self) -> bool {
        self.answered && self.received
    }

    /// Whether local edits, and so a barrier behind them, may go out.
    pub(crate) fn may_send(&self) -> bool {
        self.answered
    }

    /// A new connection: everything is to be exchanged again. Returns the question.
    pub(crate) fn greet(&mut self) -> Bytes {
        self.answered = false;
        self.received = false;
        self.question()
    }

    /// The connection is gone: edits stay here until the next one.
    pub(crate) fn lost(&mut self) {
        self.answered = false;
        self.received = false;
    }

    fn question(&mut self) -> Bytes {
        self.asking = true;
        encode_sync_step1(&self.doc.transact().state_vector().encode_v1())
    }

    /// Answers the server's question with everything it lacks.
    pub(crate) fn answer(&mut self, known: &CheckedStateVector) -> Bytes {
        let mut theirs = StateVector::default();
        for (client, clock) in known.clocks() {
            theirs.set_max(ClientID::new(*client), *clock as u32);
        }
        self.answered = true;
        encode_sync_step2(&map::encode_diff(&self.doc.transact(), &theirs))
    }

    /// Takes the server's answer.
    pub(crate) fn take_answer(
        &mut self,
        update: &CheckedUpdate,
        now: Instant,
    ) -> Result<Option<Bytes>, ReplicaError> {
        self.received = true;
        self.asking = false;
        self.take(update, now)
    }

    /// Takes an edit of somebody else. Returns a question to send if it rests on something missing.
    pub(crate) fn take(
        &mut self,
        update: &CheckedUpdate,
        now: Instant,
    ) -> Result<Option<Bytes>, ReplicaError> {
        if update.shape().is_empty() {
            return Ok(None);
        }
        let missing = {
            let decoded = Update::decode_v1(update.bytes())?;
            let mut txn = self.doc.transact_mut_with("server");
            txn.apply_update(decoded)?;
            txn.has_missing_updates()
        };
        self.announce(update.shape().spans.keys().copied(), now);
        // yrs keeps what it cannot place yet; the server has the rest.
        Ok((missing && self.received && !self.asking).then(|| self.question()))
    }

    /// Runs an edit. Returns its result and, if it changed anything and may go out now, the frame.
    pub(crate) fn edit<T>(
        &mut self,
        edit: impl FnOnce(&mut TransactionMut<'_>) -> T,
    ) -> (T, Change) {
        let mut txn = self.doc.transact_mut_with("local");
        let result = edit(&mut txn);
        txn.commit();
        let change = match (txn.has_changes(), self.answered) {
            (false, _) => Change::None,
            (true, false) => Change::Kept,
            (true, true) => Change::Send(encode_update(&txn.encode_update_v1())),
        };
        (result, change)
    }

    pub(crate) fn read<T>(&self, read: impl FnOnce(&Transaction<'_>) -> T) -> T {
        read(&self.doc.transact())
    }

    /// Where this copy's own edits stand.
    pub(crate) fn mark(&self) -> Mark {
        let client = self.client();
        Mark {
            client,
            clock: self.clock_of(client),
        }
    }

    fn clock_of(&self, client: u64) -> u64 {
        u64::from(
            self.doc
                .transact()
                .state_vector()
                .get(&ClientID::new(client)),
        )
    }

    /// Tells `arrived` the time at which this copy contains `mark`: now, if it does already.
    pub(crate) fn expect(&mut self, mark: Mark, arrived: oneshot::Sender<Instant>, now: Instant) {
        let waiting = self.expected.entry(mark.client).or_default();
        // Whoever asked may have given up since.
        waiting.retain(|(_, waits)| !waits.is_closed());
        waiting.push((mark.clock, arrived));
        self.announce(std::iter::once(mark.client), now);
    }

    fn announce(&mut self, clients: impl Iterator<Item = u64>, now: Instant) {
        for client in clients {
            let Some(waiting) = self.expected.remove(&client) else {
                continue;
            };
            let have = self.clock_of(client);
            let (here, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(clock, _)| *clock <= have);
            for (_, arrived) in here {
                // A receiver that is gone needs no answer.
                let _ = arrived.send(now);
            }
            if !later.is_empty() {
                self.expected.insert(client, later);
            }
        }
    }
}

/// What became of a local edit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It changed nothing.
    None,
    /// It is in the document and will go out with the next exchange.
    Kept,
    /// It goes out now.
    Send(Bytes),
}
