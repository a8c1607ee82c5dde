//! What a room keeps beside its records: snapshots, which save time, and the summary that the list of maps shows.

use std::time::Duration;

use cairn_protocol::fold::{Effects, Workshop};
use cairn_protocol::record::{Body, Record};
use tokio::time::Instant;

use crate::catalog::{Catalog, CatalogEntry, Listed};
use crate::journal::Log;

/// The summary on disk, and the time of the last change in the list, may be this much behind.
const SUMMARY_EVERY: Duration = Duration::from_secs(2);

/// When to keep a snapshot and a summary.
pub(super) struct Keeping {
    catalog: Catalog,
    /// Records between snapshots.
    spacing: u64,
    /// The record the newest snapshot stands after.
    snapshot_seq: u64,
    /// Its size in bytes: a big map is encoded less often.
    snapshot_bytes: usize,
    /// Bytes of edits since.
    edited_bytes: usize,
    /// Something that a summary shows may have changed.
    stale: bool,
    /// Who may open the map changed: the list must know at once.
    urgent: bool,
    summarised: Instant,
    /// What the list says of the map's content.
    listed: Listed,
}

impl Keeping {
    pub(super) fn new(
        catalog: Catalog,
        spacing: u64,
        workshop: &Workshop,
        snapshot_seq: u64,
    ) -> Self {
        let entry = CatalogEntry::of(workshop);
        let listed = entry.listed.clone();
        catalog.put(entry);
        Self {
            catalog,
            spacing,
            snapshot_seq,
            snapshot_bytes: 0,
            edited_bytes: 0,
            stale: true,
            urgent: true,
            summarised: Instant::now(),
            listed,
        }
    }

    pub(super) fn folded(&mut self, record: &Record, effects: &Effects) {
        if let Some(update) = record.body.update()
            && effects.edited
        {
            self.edited_bytes += update.len();
        }
        self.stale = true;
        let lets_in = effects.joined.is_some() || matches!(record.body, Body::Invite(..));
        self.urgent |= effects.people || lets_in;
    }

    /// Some records became durable: a good moment to look.
    pub(super) fn durable(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        let records = workshop.seq() - self.snapshot_seq;
        // Half a snapshot's bytes of new edits before the next: snapshots never outweigh the journal.
        if records >= self.spacing && self.edited_bytes * 2 >= self.snapshot_bytes {
            self.snapshot(workshop, log);
        }
        if self.stale && (self.urgent || self.summarised.elapsed() >= SUMMARY_EVERY) {
            self.summarise(workshop, log);
        } else if self.stale {
            self.list(workshop);
        }
    }

    /// A new title, a review or another map improved on shows in the list at once. The summary on disk may follow: whoever
    /// starts from an old one folds the map anew.
    fn list(&mut self, workshop: &Workshop) {
        let listed = Listed::of(workshop);
        if listed != self.listed {
            self.listed = listed;
            self.catalog.put(CatalogEntry::of(workshop));
        }
    }

    /// The room ends: the next opening should find everything in one snapshot.
    pub(super) fn keep_at_end(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        if workshop.seq() > self.snapshot_seq {
            self.snapshot(workshop, log);
        }
        self.summarise(workshop, log);
    }

    fn snapshot(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        let snapshot = workshop.snapshot();
        self.snapshot_seq = snapshot.seq;
        self.snapshot_bytes = snapshot.bytes.len();
        self.edited_bytes = 0;
        if let Err(error) = log.put_snapshot(snapshot) {
            // A snapshot saves time, never truth: the journal's own failure is told on the tail.
            tracing::warn!(map = %workshop.map(), %error, "no snapshot was kept");
        }
    }

    fn summarise(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        (self.stale, self.urgent) = (false, false);
        self.summarised = Instant::now();
        let entry = CatalogEntry::of(workshop);
        if let Err(error) = log.put_summary(entry.encode()) {
            tracing::warn!(map = %workshop.map(), %error, "no summary was kept");
        }
        self.listed = entry.listed.clone();
        self.catalog.put(entry);
    }
}
