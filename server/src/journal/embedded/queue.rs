//! What waits for the writer, and who waits for what it says: the one lock between the rooms and the writer thread.
//!
//! Logs push, the writer takes everything at once and reports back. The lock is held for moves of pointers and for
//! sends that cannot block, never over IO, so pushing from an async task is safe.
//!
//! **What bounds it.** Rooms do: each knows what it appended and what is durable, and stops reading from its sockets
//! when the gap grows. A queue that blocked would stop a whole runtime thread, and dropping a record is never right.
//! [`QUEUED_BYTES_MAX`] is the fuse behind that: a disk that hangs must not take the machine's memory.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc as std_mpsc};

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Head, Record};
use tokio::sync::mpsc;

use super::forgetting::Packed;
use crate::journal::{JournalError, Tail};

/// Bytes waiting beyond which an append is refused: minutes of the heaviest load a disk keeps up with.
pub(super) const QUEUED_BYTES_MAX: usize = 256 * 1024 * 1024;

/// The receiving end of a map's tail.
pub(super) type Tails = mpsc::UnboundedReceiver<Tail>;

/// Something to write.
pub(super) enum Op {
    /// A record, and the head it leaves.
    Record {
        map: Arc<MapId>,
        head: Head,
        encoded: Vec<u8>,
    },
    /// A snapshot of a record that was pushed before it.
    Snapshot { map: Arc<MapId>, snapshot: Snapshot },
    /// A map's summary.
    Summary { map: Arc<MapId>, summary: Bytes },
    /// The map's log was dropped: nothing of it follows.
    Release { map: Arc<MapId> },
    /// Another journal in the place of a map's that nobody has open.
    Rewrite {
        map: Arc<MapId>,
        anew: Box<Packed>,
        done: Settled,
    },
    /// A map that nobody has open goes.
    Delete { map: Arc<MapId>, done: Settled },
}

/// Where whoever waits for an operation hears that it is durable.
pub(super) type Settled = std_mpsc::SyncSender<()>;

impl Op {
    /// What counts for the bound. A journal written anew does not: memory held it before, and nobody's append is to be refused for it.
    fn bytes(&self) -> usize {
        match self {
            Op::Record { encoded, .. } => encoded.len(),
            Op::Snapshot { snapshot, .. } => snapshot.bytes.len(),
            Op::Summary { summary, .. } => summary.len(),
            Op::Release { .. } | Op::Rewrite { .. } | Op::Delete { .. } => 0,
        }
    }
}

/// Each map with the first of its records that a failed commit took with it.
pub(super) type Lost = BTreeMap<Arc<MapId>, u64>;

/// A map held for appending.
pub(super) struct Claim {
    /// For the log.
    pub(super) tail: mpsc::UnboundedSender<Tail>,
    /// For the room.
    pub(super) tails: Tails,
}

/// See the module.
pub(super) struct Queue {
    line: Mutex<Line>,
    /// Something to take, or nothing more to come.
    called: Condvar,
}

struct Line {
    state: State,
    ops: Vec<Op>,
    /// Of `ops` and of the batch that is being committed.
    bytes: usize,
    /// [`QUEUED_BYTES_MAX`].
    bytes_max: usize,
    /// The maps with a log whose records are not all settled.
    open: HashMap<MapId, mpsc::UnboundedSender<Tail>>,
}

enum State {
    Running,
    /// No appends any more; the writer commits what is queued.
    Closing,
    Closed,
    Failed {
        why: Arc<JournalError>,
        lost: Arc<Lost>,
    },
}

impl Line {
    fn accepts(&self) -> Result<(), JournalError> {
        match &self.state {
            State::Running => Ok(()),
            State::Closing | State::Closed => Err(stopped()),
            State::Failed { why, .. } => Err(JournalError::Stopped(why.to_string())),
        }
    }

    fn has_room(&self, more: usize) -> Result<(), JournalError> {
        self.accepts()?;
        if self.bytes.saturating_add(more) > self.bytes_max {
            let waiting = self.bytes;
            let why = format!("the disk is behind, {waiting} bytes wait to be written");
            return Err(JournalError::Stopped(why));
        }
        Ok(())
    }
}

fn stopped() -> JournalError {
    JournalError::Stopped("it was closed".to_owned())
}

impl Queue {
    pub(super) fn new() -> Self {
        Self::bounded(QUEUED_BYTES_MAX)
    }

    pub(super) fn bounded(bytes_max: usize) -> Self {
        let (ops, open) = (Vec::new(), HashMap::new());
        let line = Line {
            state: State::Running,
            ops,
            bytes: 0,
            bytes_max,
            open,
        };
        Self {
            line: Mutex::new(line),
            called: Condvar::new(),
        }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // For the journal's callers.

    /// Holds a map for one log.
    pub(super) fn claim(&self, map: &MapId) -> Result<Claim, JournalError> {
        let mut line = self.line();
        line.accepts()?;
        if line.open.contains_key(map) {
            return Err(JournalError::InUse(map.clone()));
        }
        let (tail, tails) = mpsc::unbounded_channel();
        line.open.insert(map.clone(), tail.clone());
        Ok(Claim { tail, tails })
    }

    /// Gives up a claim of which nothing was pushed.
    pub(super) fn release(&self, map: &MapId) {
        self.line().open.remove(map);
    }

    /// Bytes pushed and not committed.
    pub(super) fn backlog(&self) -> usize {
        self.line().bytes
    }

    pub(super) fn health(&self) -> Result<(), Arc<JournalError>> {
        match &self.line().state {
            State::Running => Ok(()),
            State::Closing | State::Closed => Err(Arc::new(stopped())),
            State::Failed { why, .. } => Err(Arc::clone(why)),
        }
    }

    /// After a failure: what the failed commit took with it.
    pub(super) fn lost(&self) -> Option<Arc<Lost>> {
        match &self.line().state {
            State::Failed { lost, .. } => Some(Arc::clone(lost)),
            State::Running | State::Closing | State::Closed => None,
        }
    }

    /// Takes no more and lets the writer end once it has committed what is there.
    pub(super) fn close(&self) {
        let mut line = self.line();
        if matches!(line.state, State::Running) {
            line.state = State::Closing;
        }
        self.called.notify_one();
    }

    /// Whether everything pushed was committed.
    pub(super) fn closed(&self) -> Result<(), JournalError> {
        match &self.line().state {
            State::Failed { why, .. } => Err(JournalError::Store(why.to_string())),
            State::Running | State::Closing | State::Closed => Ok(()),
        }
    }

    // For logs.

    /// Pushes a record and tells its room. Both under one lock: `Durable` cannot overtake `Sequenced`.
    pub(super) fn push_record(
        &self,
        map: Arc<MapId>,
        head: Head,
        encoded: Vec<u8>,
        sequenced: (&mpsc::UnboundedSender<Tail>, Record),
    ) -> Result<(), JournalError> {
        let mut line = self.line();
        line.has_room(encoded.len())?;
        let (tail, record) = sequenced;
        // A room that no longer listens still wants its records written.
        let _ = tail.send(Tail::Sequenced(Box::new(record)));
        self.put(&mut line, Op::Record { map, head, encoded });
        Ok(())
    }

    /// Pushes anything else.
    pub(super) fn push(&self, op: Op) -> Result<(), JournalError> {
        let mut line = self.line();
        line.has_room(op.bytes())?;
        self.put(&mut line, op);
        Ok(())
    }

    /// Pushes what somebody waits for.
    pub(super) fn push_and_wait(&self, op: impl FnOnce(Settled) -> Op) -> Result<(), JournalError> {
        let (done, settled) = std_mpsc::sync_channel(1);
        {
            let mut line = self.line();
            line.accepts()?;
            self.put(&mut line, op(done));
        }
        settled
            .recv()
            .map_err(|_| self.line().accepts().err().unwrap_or_else(stopped))
    }

    /// The map's log is gone: frees the map once what it pushed is settled.
    pub(super) fn leave(&self, map: Arc<MapId>) {
        let mut line = self.line();
        match line.state {
            State::Running | State::Closing => self.put(&mut line, Op::Release { map }),
            State::Closed | State::Failed { .. } => {
                line.open.remove(&*map);
            }
        }
    }

    fn put(&self, line: &mut Line, op: Op) {
        line.bytes += op.bytes();
        line.ops.push(op);
        self.called.notify_one();
    }

    // For the writer.

    /// Waits for something to write and takes all of it; `None` when nothing comes any more.
    pub(super) fn take(&self) -> Option<Vec<Op>> {
        let line = self.line();
        let idle = |line: &mut Line| line.ops.is_empty() && matches!(line.state, State::Running);
        let mut line = self
            .called
            .wait_while(line, idle)
            .unwrap_or_else(PoisonError::into_inner);
        if line.ops.is_empty() {
            line.state = State::Closed;
            line.open.clear();
            return None;
        }
        Some(mem::take(&mut line.ops))
    }

    /// A batch is on disk: tells each map how far, then frees the maps whose log was dropped.
    pub(super) fn settle(&self, batch: &[Op]) {
        let mut durable: BTreeMap<&MapId, u64> = BTreeMap::new();
        for op in batch {
            if let Op::Record { map, head, .. } = op {
                durable.insert(map, head.seq);
            }
        }
        let mut line = self.line();
        line.bytes -= batch.iter().map(Op::bytes).sum::<usize>();
        for (map, seq) in durable {
            if let Some(tail) = line.open.get(map) {
                let _ = tail.send(Tail::Durable(seq));
            }
        }
        for op in batch {
            match op {
                Op::Release { map } => drop(line.open.remove(&**map)),
                Op::Rewrite { done, .. } | Op::Delete { done, .. } => drop(done.send(())),
                Op::Record { .. } | Op::Snapshot { .. } | Op::Summary { .. } => {}
            }
        }
    }

    /// A commit failed: nothing is taken any more, and every open log hears of it.
    pub(super) fn fail(&self, why: JournalError, batch: &[Op]) {
        let mut lost = Lost::new();
        for op in batch {
            if let Op::Record { map, head, .. } = op {
                lost.entry(Arc::clone(map)).or_insert(head.seq);
            }
        }
        let why = Arc::new(why);
        let mut line = self.line();
        line.state = State::Failed {
            why: Arc::clone(&why),
            lost: Arc::new(lost),
        };
        line.ops.clear();
        line.bytes = 0;
        for (_, tail) in line.open.drain() {
            let _ = tail.send(Tail::Failed(Arc::clone(&why)));
        }
    }
}
