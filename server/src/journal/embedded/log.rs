//! The appending end of one map: seals drafts and hands them to the queue. A room owns it; nothing here blocks.

use std::sync::Arc;

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{ChainError, Draft, Head};
use tokio::sync::mpsc;

use super::queue::{Op, Queue};
use crate::clock::Clock;
use crate::journal::{JournalError, Log, Tail};

/// The one log of an open map.
pub(super) struct QueuedLog {
    map: Arc<MapId>,
    /// What the next record follows. Moves on only when the queue has taken the record.
    head: Head,
    clock: Clock,
    queue: Arc<Queue>,
    tail: mpsc::UnboundedSender<Tail>,
}

impl QueuedLog {
    pub(super) fn new(
        map: Arc<MapId>,
        head: Head,
        clock: Clock,
        queue: Arc<Queue>,
        tail: mpsc::UnboundedSender<Tail>,
    ) -> Self {
        Self {
            map,
            head,
            clock,
            queue,
            tail,
        }
    }
}

impl Log for QueuedLog {
    fn append(&mut self, draft: Draft) -> Result<(), JournalError> {
        let mut head = self.head;
        let (record, encoded) = head.seal(self.clock.now_ms(), draft);
        self.queue
            .push_record(Arc::clone(&self.map), head, encoded, (&self.tail, record))?;
        self.head = head;
        Ok(())
    }

    /// [`JournalError::Chain`] if no such record was appended.
    fn put_snapshot(&mut self, snapshot: Snapshot) -> Result<(), JournalError> {
        if !(1..=self.head.seq).contains(&snapshot.seq) {
            let source = ChainError::Gap {
                expected: self.head.seq,
                found: snapshot.seq,
            };
            return Err(JournalError::Chain {
                map: MapId::clone(&self.map),
                source,
            });
        }
        self.queue.push(Op::Snapshot {
            map: Arc::clone(&self.map),
            snapshot,
        })
    }

    fn put_summary(&mut self, summary: Bytes) -> Result<(), JournalError> {
        self.queue.push(Op::Summary {
            map: Arc::clone(&self.map),
            summary,
        })
    }
}

impl Drop for QueuedLog {
    fn drop(&mut self) {
        self.queue.leave(Arc::clone(&self.map));
    }
}
