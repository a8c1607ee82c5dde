//! What a room keeps beside its records: snapshots, which save time, and the summary that the list of maps shows.

use std::time::Duration;

use cairn_protocol::fold::{Effects, Workshop};
use cairn_protocol::record::{Body, Record};
use tokio::time::Instant;

use crate::catalog::{Catalog, CatalogEntry, Listed};
use crate::journal::Log;

/// The summary on disk may be this much behind.
const SUMMARY_EVERY: Duration = Duration::from_secs(2);

/// When the next snapshot is due. Pure: told what happens, it says when.
#[derive(Clone, Copy, Debug)]
pub struct Spacing {
    /// Records between snapshots.
    records: u64,
    /// Records since the last one.
    since: u64,
    /// Its size in bytes: a big map is encoded less often.
    bytes: usize,
}

/// Records between snapshots, at the least: they are folded in a few hundredths of a second. How many snapshots stay is the journal's budget.
const RECORDS: u64 = 2000;
/// A snapshot of so many bytes is read in the time that one record takes to fold. The next one is not due before reading this one takes no longer
/// than folding what came since: more snapshots would not open a moment sooner.
const BYTES_A_RECORD: u64 = 512;

impl Spacing {
    /// After so many records, at the least.
    pub fn of(records: u64) -> Self {
        Self {
            records,
            since: 0,
            bytes: 0,
        }
    }

    /// As it stands when a map was opened: from a snapshot of so many bytes, if one could be used, and so many records after it.
    #[must_use]
    pub(super) fn after(mut self, snapshot: Option<usize>, records: usize) -> Self {
        self.bytes = snapshot.unwrap_or(0);
        self.since = records as u64;
        self
    }

    /// Another record was folded.
    pub fn folded(&mut self) {
        self.since += 1;
    }

    /// Whether one is due now.
    pub fn is_due(&self) -> bool {
        self.since >= self.records.max(self.bytes as u64 / BYTES_A_RECORD)
    }

    /// Whether anything was folded since the last one.
    fn is_behind(&self) -> bool {
        self.since > 0
    }

    /// A snapshot of this size was kept.
    pub fn kept(&mut self, bytes: usize) {
        (self.since, self.bytes) = (0, bytes);
    }
}

impl Default for Spacing {
    fn default() -> Self {
        Self::of(RECORDS)
    }
}

/// When to keep a snapshot and a summary.
pub(super) struct Keeping {
    catalog: Catalog,
    spacing: Spacing,
    /// Something that a summary shows may have changed.
    stale: bool,
    /// Who may open the map changed: the list must know at once.
    urgent: bool,
    summarised: Instant,
    /// What the list says of the map's content.
    listed: Listed,
}

impl Keeping {
    pub(super) fn new(catalog: Catalog, spacing: Spacing, workshop: &Workshop) -> Self {
        let entry = CatalogEntry::of(workshop);
        let listed = entry.listed.clone();
        catalog.put(entry);
        Self {
            catalog,
            spacing,
            stale: true,
            urgent: true,
            summarised: Instant::now(),
            listed,
        }
    }

    pub(super) fn folded(&mut self, record: &Record, effects: &Effects) {
        self.spacing.folded();
        self.stale = true;
        let lets_in = effects.joined.is_some() || matches!(record.body, Body::Invite(..));
        self.urgent |= effects.people || lets_in;
    }

    /// Some records became durable: a good moment to look.
    pub(super) fn durable(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        if self.spacing.is_due() {
            self.snapshot(workshop, log);
        }
        if self.stale && (self.urgent || self.summarised.elapsed() >= SUMMARY_EVERY) {
            self.summarise(workshop, log);
        } else if self.stale {
            self.list(workshop);
        }
    }

    /// The time of the last record, a new title, a review or another map improved on shows in the list at once. The summary on disk may
    /// follow: whoever starts from an old one folds the map anew.
    fn list(&mut self, workshop: &Workshop) {
        let listed = Listed::of(workshop);
        if listed == self.listed {
            self.catalog.touch(workshop.map(), workshop.at());
        } else {
            self.listed = listed;
            self.catalog.put(CatalogEntry::of(workshop));
        }
    }

    /// The room ends: the next opening should find everything in one snapshot.
    pub(super) fn keep_at_end(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        if self.spacing.is_behind() {
            self.snapshot(workshop, log);
        }
        self.summarise(workshop, log);
    }

    fn snapshot(&mut self, workshop: &Workshop, log: &mut dyn Log) {
        let snapshot = workshop.snapshot();
        self.spacing.kept(snapshot.bytes.len());
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
