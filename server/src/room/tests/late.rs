//! A journal that tells what it ordered when a test lets it, as one does that is reached over a network, and may lose a record.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use cairn_protocol::fold::Snapshot;
use cairn_protocol::id::MapId;
use cairn_protocol::record::Draft;
use tokio::sync::{Semaphore, mpsc};

use super::Table;
use crate::journal::embedded::EmbeddedJournal;
use crate::journal::{Entry, Journal, JournalError, Opened, Rewritten, StoredRecord, Tail};

/// How many more records may be told.
#[derive(Clone)]
pub(super) struct Gate(Arc<Semaphore>);

/// More than any test appends.
const ALL: usize = 1_000_000;

impl Gate {
    pub(super) fn open() -> Self {
        Self(Arc::new(Semaphore::new(ALL)))
    }

    pub(super) fn shut(&self) {
        self.0.forget_permits(ALL);
    }

    pub(super) fn let_through(&self, records: usize) {
        self.0.add_permits(records);
    }

    pub(super) fn reopen(&self) {
        self.let_through(ALL);
    }
}

pub(super) struct Late {
    pub(super) journal: EmbeddedJournal,
    pub(super) gate: Gate,
    pub(super) damage: Damage,
}

/// Which record cannot be read any more, once there is one.
#[derive(Clone, Debug, Default)]
pub(super) struct Damage(Arc<AtomicU64>);

impl Damage {
    pub(super) fn at(&self, seq: u64) {
        self.0.store(seq, Ordering::SeqCst);
    }
}

impl Table {
    /// On a journal whose gate the test has in its hand; open.
    pub(super) async fn lay_late() -> (Self, Gate) {
        let gate = Gate::open();
        let over = gate.clone();
        let table = Self::lay_over(|journal| Late::over(journal, over));
        (table.await, gate)
    }
}

impl Late {
    pub(super) fn over(journal: EmbeddedJournal, gate: Gate) -> Self {
        let damage = Damage::default();
        Self {
            journal,
            gate,
            damage,
        }
    }

    fn relayed(&self, opened: Opened) -> Opened {
        let (sender, tail) = mpsc::unbounded_channel();
        let (gate, mut told) = (self.gate.0.clone(), opened.tail);
        tokio::runtime::Handle::current().spawn(async move {
            while let Some(one) = told.recv().await {
                if matches!(one, Tail::Sequenced(_)) {
                    gate.acquire().await.unwrap().forget();
                }
                if sender.send(one).is_err() {
                    return;
                }
            }
        });
        Opened { tail, ..opened }
    }
}

impl Journal for Late {
    fn create(&self, map: &MapId, first: Draft) -> Result<Opened, JournalError> {
        Ok(self.relayed(self.journal.create(map, first)?))
    }

    fn open(&self, map: &MapId) -> Result<Opened, JournalError> {
        Ok(self.relayed(self.journal.open(map)?))
    }

    fn list(&self) -> Result<Vec<Entry>, JournalError> {
        self.journal.list()
    }

    fn entry(&self, map: &MapId) -> Result<Option<Entry>, JournalError> {
        self.journal.entry(map)
    }

    fn records(
        &self,
        map: &MapId,
        range: RangeInclusive<u64>,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, JournalError> {
        let read = self.journal.records(map, range, limit)?;
        let damaged = self.damage.0.load(Ordering::SeqCst);
        if read.iter().any(|stored| stored.record.seq == damaged) {
            StoredRecord::read(map, damaged, Bytes::new())?;
        }
        Ok(read)
    }

    fn snapshot_before(&self, map: &MapId, seq: u64) -> Result<Option<Snapshot>, JournalError> {
        self.journal.snapshot_before(map, seq)
    }

    fn is_free(&self, map: &MapId) -> Result<(), JournalError> {
        self.journal.is_free(map)
    }

    fn rewrite(&self, map: &MapId, anew: Rewritten) -> Result<(), JournalError> {
        self.journal.rewrite(map, anew)
    }

    fn delete(&self, map: &MapId) -> Result<(), JournalError> {
        self.journal.delete(map)
    }

    fn health(&self) -> Result<(), Arc<JournalError>> {
        self.journal.health()
    }

    fn close(&self) -> Result<(), JournalError> {
        self.journal.close()
    }
}
