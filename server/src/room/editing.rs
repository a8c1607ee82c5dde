//! Edits in a room: from a socket's update to the journal, and from the fold to everyone's sockets.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use cairn_protocol::channel::{Rejected, ServerMessage};
use cairn_protocol::fold::{EditVerdict, Refusal, Workshop};
use cairn_protocol::frame::{
    self, CheckedStateVector, CheckedUpdate, Misfit, encode_sync_step1, encode_sync_step2,
    encode_update,
};
use cairn_protocol::record::{Body, Draft, Record};
use tokio::time::Instant;

use super::{Conn, ConnId, End, Origin, Room};
use crate::fanout::{Close, Pace};

/// A client whose edits are refused is told this often at most: stock clients send one update for each key press.
const TELL_REFUSED: Duration = Duration::from_secs(5);
/// How far apart the clocks are kept from which a slow reader's diff starts.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(1);
/// Clocks kept. When there are more, every second one is dropped, so that they reach ever further back.
const CHECKPOINTS: usize = 64;

/// Edits that were folded and not yet sent, and what is kept to answer those who ask for the document.
pub(super) struct PendingEdits {
    updates: Vec<Bytes>,
    /// The record of the first of them.
    first: u64,
    /// The one socket they all came from, which need not hear them.
    only_from: Option<ConnId>,
    pace: Pace,
    /// The whole document encoded, until the next edit.
    encoded: Option<Bytes>,
    /// The same as the answer to somebody who has nothing: a join storm is answered from these bytes.
    first_answer: Option<Bytes>,
    /// The request for what a client has, until the next edit.
    sync_request: Option<Bytes>,
    checkpoints: VecDeque<Checkpoint>,
}

/// What the document knew after some record.
struct Checkpoint {
    seq: u64,
    taken: Instant,
    known: Arc<BTreeMap<u64, u64>>,
}

impl PendingEdits {
    pub(super) fn new(workshop: &Workshop) -> Self {
        let mut edits = Self {
            updates: Vec::new(),
            first: 0,
            only_from: None,
            pace: Pace::edits(),
            encoded: None,
            first_answer: None,
            sync_request: None,
            checkpoints: VecDeque::new(),
        };
        edits.checkpoint(workshop, Instant::now());
        edits
    }

    pub(super) fn is_pending(&self) -> bool {
        !self.updates.is_empty()
    }

    pub(super) fn due(&self, sockets: usize) -> Option<Instant> {
        self.pace.due(sockets)
    }

    /// An edit was folded.
    pub(super) fn folded(&mut self, record: &Record, from: Option<ConnId>) {
        let Some(update) = record.body.update() else {
            return;
        };
        self.encoded = None;
        self.first_answer = None;
        self.sync_request = None;
        if self.updates.is_empty() {
            self.first = record.seq;
            self.only_from = from;
        } else if self.only_from != from {
            self.only_from = None;
        }
        self.updates.push(update.clone());
    }

    /// The whole document as one Yjs v1 update, encoded once for each version.
    pub(super) fn encoded(&mut self, workshop: &Workshop) -> Bytes {
        self.encoded
            .get_or_insert_with(|| workshop.encode_state())
            .clone()
    }

    /// The answer to somebody who has nothing, encoded once for each version.
    fn first_answer(&mut self, workshop: &Workshop) -> Bytes {
        if let Some(answer) = &self.first_answer {
            return answer.clone();
        }
        let answer = encode_sync_step2(&self.encoded(workshop));
        self.first_answer.insert(answer).clone()
    }

    /// "What do you have that I lack?", encoded once for each version.
    pub(super) fn sync_request(&mut self, workshop: &Workshop) -> Bytes {
        let make = || encode_sync_step1(CheckedStateVector::new(workshop.known().clone()).bytes());
        self.sync_request.get_or_insert_with(make).clone()
    }

    /// All pending updates as frames: one, unless yrs cannot merge them.
    fn take_frames(&mut self) -> Vec<Bytes> {
        let updates = std::mem::take(&mut self.updates);
        if let [only] = updates.as_slice() {
            return vec![encode_update(only)];
        }
        // Each was checked and folded; should merging fail all the same, sending them one by one loses nothing.
        match catch_unwind(AssertUnwindSafe(|| merge(updates.clone()))) {
            Ok(Some(merged)) => vec![encode_update(&merged)],
            Ok(None) | Err(_) => updates.iter().map(|update| encode_update(update)).collect(),
        }
    }

    fn checkpoint(&mut self, workshop: &Workshop, now: Instant) {
        if self
            .checkpoints
            .back()
            .is_some_and(|last| now < last.taken + CHECKPOINT_EVERY)
        {
            return;
        }
        let known = Arc::new(workshop.known().clone());
        self.checkpoints.push_back(Checkpoint {
            seq: workshop.seq(),
            taken: now,
            known,
        });
        if self.checkpoints.len() > CHECKPOINTS {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
        }
    }

    /// What somebody who has everything before record `seq` knows at least.
    fn known_before(&self, seq: u64) -> Option<&BTreeMap<u64, u64>> {
        let before = self
            .checkpoints
            .iter()
            .rev()
            .find(|checkpoint| checkpoint.seq < seq)?;
        Some(&before.known)
    }
}

/// All updates as one. yrs sorts all of them anew for each struct it writes, so merging few at a time and then what came
/// of them costs a fraction of merging many at once.
fn merge(mut updates: Vec<Bytes>) -> Option<Bytes> {
    const AT_ONCE: usize = 16;
    while updates.len() > 1 {
        let merged = updates.chunks(AT_ONCE).map(|few| match few {
            [only] => Some(only.clone()),
            few => yrs::merge_updates_v1(few).ok().map(Bytes::from),
        });
        updates = merged.collect::<Option<_>>()?;
    }
    updates.pop()
}

impl Room {
    /// A live update of a socket.
    pub(super) fn on_update(&mut self, id: ConnId, update: CheckedUpdate) -> Result<(), End> {
        match self.judge(id, &update) {
            Verdict::Keep => return self.keep(id, update),
            Verdict::Sync => self.ask_to_sync(id),
            verdict => self.turn_away(id, &verdict),
        }
        Ok(())
    }

    /// A socket's answer to "what do you have that I lack?".
    pub(super) fn on_sync_reply(&mut self, id: ConnId, update: CheckedUpdate) -> Result<(), End> {
        let outcome = match self.judge(id, &update) {
            // Even its whole copy waits for somebody else's content: take what can be taken (EDIT-2).
            Verdict::Sync => {
                let part = catch_unwind(AssertUnwindSafe(|| self.workshop.complete_part(&update)));
                part.ok().flatten().map_or(Ok(()), |part| {
                    let verdict = self.judge(id, &part);
                    self.settle(id, part, verdict)
                })
            }
            verdict => self.settle(id, update, verdict),
        };
        self.release_held_barriers(id);
        outcome
    }

    fn settle(&mut self, id: ConnId, update: CheckedUpdate, verdict: Verdict) -> Result<(), End> {
        match verdict {
            Verdict::Keep => self.keep(id, update),
            verdict => {
                self.turn_away(id, &verdict);
                Ok(())
            }
        }
    }

    fn turn_away(&mut self, id: ConnId, verdict: &Verdict) {
        match verdict {
            Verdict::Refuse(refusal) => self.tell_refused(id, refusal),
            Verdict::Misfit(misfit) => self.end_malformed(id, &misfit.to_string()),
            Verdict::Keep | Verdict::Nothing | Verdict::Sync => {}
        }
    }

    /// Ends a socket that sent what no well-behaved client sends.
    pub(super) fn end_malformed(&self, id: ConnId, why: &str) {
        if let Some(conn) = self.conns.get(&id) {
            conn.outbox.close(Close::Malformed(why.to_owned()));
        }
    }

    fn judge(&mut self, id: ConnId, update: &CheckedUpdate) -> Verdict {
        let Some(conn) = self.conns.get(&id) else {
            return Verdict::Nothing;
        };
        let actor = conn.actor;
        let verdict = self.workshop.verdict(update);
        if verdict == EditVerdict::Known {
            // A viewer's client answers every sync request too; that is no fault.
            return Verdict::Nothing;
        }
        if let Err(refusal) = self.workshop.may_edit(actor) {
            return Verdict::Refuse(refusal);
        }
        if let Some(refusal) = self.guard.fences(id, actor, &self.workshop) {
            return Verdict::Refuse(refusal);
        }
        match verdict {
            EditVerdict::Incomplete => Verdict::Sync,
            EditVerdict::Full => Verdict::Refuse(Workshop::full()),
            EditVerdict::Misfit(misfit) => Verdict::Misfit(misfit),
            EditVerdict::Known => Verdict::Nothing,
            EditVerdict::Effective => {
                let state = || self.edits.encoded(&self.workshop);
                match self.guard.look(actor, update, &self.workshop, state) {
                    Ok(()) => Verdict::Keep,
                    Err(refusal) => {
                        self.guard.fence(id, actor);
                        Verdict::Refuse(refusal)
                    }
                }
            }
        }
    }

    /// The fold refused an edit of this socket for a lock that this room did not know of when it looked.
    pub(super) fn fence(&mut self, id: ConnId) {
        if let Some(conn) = self.conns.get(&id) {
            self.guard.fence(id, conn.actor);
        }
    }

    fn keep(&mut self, id: ConnId, update: CheckedUpdate) -> Result<(), End> {
        let Some(conn) = self.conns.get(&id) else {
            return Ok(());
        };
        let draft = Draft::new(conn.actor, Body::Edit(update.into_bytes()));
        self.append(draft, Origin::Edit(id))
    }

    pub(super) fn ask_to_sync(&mut self, id: ConnId) {
        let request = self.edits.sync_request(&self.workshop);
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        if !conn.resyncing {
            conn.resyncing = true;
            conn.outbox.push_answer(request);
        }
    }

    /// Tells an editor that what they did was not accepted; a stock client understands the auth message, Cairn's own
    /// drops its copy and offers the text back.
    pub(super) fn tell_refused(&mut self, id: ConnId, refusal: &Refusal) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        let now = Instant::now();
        if conn
            .told_refused
            .is_some_and(|told| now < told + TELL_REFUSED)
        {
            return;
        }
        conn.told_refused = Some(now);
        if conn.speaks_workshop {
            let Refusal { why, rule } = refusal.clone();
            let rejected = ServerMessage::Rejected {
                rejected: Rejected { why, rule },
            };
            conn.send(&rejected);
        } else {
            conn.outbox
                .push_answer(frame::encode_auth_denied(&refusal.to_string()));
        }
    }

    pub(super) fn answer_sync(&mut self, id: ConnId, theirs: &CheckedStateVector) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        conn.live = true;
        if conn.outbox.has_sync_answer() {
            // Asked again before the answer was even written: that answer says as much or more.
            return;
        }
        let answer = if theirs.clocks().is_empty() {
            self.edits.first_answer(&self.workshop)
        } else {
            encode_sync_step2(&self.workshop.encode_diff(theirs))
        };
        conn.outbox.push_sync_answer(answer);
    }

    /// Brings a reader who fell behind up to date with one diff.
    pub(super) fn catch_up(&mut self, id: ConnId, missed_from: u64) {
        let Some(conn) = self.conns.get(&id) else {
            return;
        };
        let update = match self.edits.known_before(missed_from) {
            Some(known) => self
                .workshop
                .encode_diff(&CheckedStateVector::new(known.clone())),
            None => self.edits.encoded(&self.workshop),
        };
        conn.outbox.recover(encode_update(&update));
        self.stats.diff_sent();
    }

    pub(super) fn send_edits(&mut self, now: Instant) {
        if !self.edits.is_pending() {
            return;
        }
        let (first, only_from) = (self.edits.first, self.edits.only_from);
        let frames = self.edits.take_frames();
        for (id, conn) in &self.conns {
            if conn.live && only_from != Some(*id) {
                for frame in &frames {
                    conn.outbox.push_edit(first, frame.clone());
                }
            }
        }
        self.stats.edits_sent(frames.len() * self.conns.len());
        self.edits.pace.sent(now);
        self.edits.checkpoint(&self.workshop, now);
    }

    pub(super) fn release_held_barriers(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        conn.resyncing = false;
        for message in std::mem::take(&mut conn.held_barriers) {
            self.on_barrier(id, message);
        }
    }
}

enum Verdict {
    Keep,
    Nothing,
    Refuse(Refusal),
    Misfit(Misfit),
    Sync,
}

impl Conn {
    pub(super) fn send(&self, message: &ServerMessage) {
        let json = serde_json::to_string(message).expect("channel messages are plain data");
        self.outbox.push_answer(frame::encode_workshop(&json));
    }
}
