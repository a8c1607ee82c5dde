//! The contract suite: one test for each sentence of the contract in `journal/mod.rs`, run on every implementation.
//! Another implementation joins with a [`Ground`] and one line of `contract_on!`.

mod appending;
pub(super) mod forgetting;
mod keeping;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use cairn_protocol::fold::{Snapshot, Workshop};
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Actor, Body, Created, Draft, Record};
use tokio::sync::mpsc::UnboundedReceiver;

use super::embedded::EmbeddedJournal;
use super::embedded::disk::Disk;
use super::{Journal, Log, Opened, Tail};
use crate::clock::Clock;

/// Where journals of one implementation live.
pub(super) trait Ground {
    /// An empty one.
    fn new() -> Self;
    /// Opens the journal that lives here; an earlier one must be gone.
    fn journal(&self, clock: Clock) -> Arc<dyn Journal>;
    /// From now on no commit succeeds.
    fn break_commits(&self);
}

/// The embedded journal in memory.
struct InMemory(Disk);

impl Ground for InMemory {
    fn new() -> Self {
        Self(Disk::default())
    }

    fn journal(&self, clock: Clock) -> Arc<dyn Journal> {
        Arc::new(EmbeddedJournal::with_backend(self.0.clone(), clock).unwrap())
    }

    fn break_commits(&self) {
        self.0.fail_from_now();
    }
}

/// The embedded journal in memory, whose records soon lie in blocks.
struct InSmallBlocks(Disk);

impl Ground for InSmallBlocks {
    fn new() -> Self {
        Self(Disk::default())
    }

    fn journal(&self, clock: Clock) -> Arc<dyn Journal> {
        Arc::new(EmbeddedJournal::in_small_blocks(self.0.clone(), clock).unwrap())
    }

    fn break_commits(&self) {
        self.0.fail_from_now();
    }
}

/// The embedded journal in a directory.
struct InDirectory {
    directory: tempfile::TempDir,
    broken: Arc<AtomicBool>,
}

impl Ground for InDirectory {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self {
            directory,
            broken: Arc::default(),
        }
    }

    fn journal(&self, clock: Clock) -> Arc<dyn Journal> {
        let broken = Arc::clone(&self.broken);
        let journal = EmbeddedJournal::open_breakable(self.directory.path(), clock, broken);
        Arc::new(journal.unwrap())
    }

    fn break_commits(&self) {
        self.broken.store(true, Ordering::SeqCst);
    }
}

macro_rules! contract_on {
    ($module:ident, $ground:ty) => {
        mod $module {
            contract_on! { @ appending $ground:
                journal_1_numbers_have_no_gap_and_come_back_once_in_order,
                journal_1_each_record_links_to_the_bytes_before_it,
                journal_2_time_is_the_writers_and_never_runs_backwards,
                journal_3_durable_comes_for_everything_and_rises,
                journal_3_what_is_durable_is_there_when_opened_again,
                journal_4_open_gives_every_record_and_the_tail_goes_on,
                journal_4_open_gives_the_newest_snapshot_and_what_follows_it,
                journal_5_a_map_is_open_once_until_its_log_is_gone_and_settled,
                journal_5_a_map_is_created_once,
                journal_5_a_map_that_is_not_there_is_an_error,
            }
            contract_on! { @ keeping $ground:
                journal_6_a_snapshot_of_a_record_to_come_is_refused,
                journal_6_the_snapshot_before_a_record_is_the_newest_not_after_it,
                journal_6_a_snapshot_of_another_version_is_passed_over,
                journal_7_the_summary_put_last_stays,
                journal_7_maps_are_listed_by_name_with_their_heads,
                journal_7_records_are_read_by_range_and_limit,
                journal_8_a_failed_commit_reaches_every_open_log,
                journal_8_after_a_failure_nothing_is_taken,
                journal_8_after_a_failure_what_was_durable_is_readable,
                journal_9_close_commits_everything_and_stops,
                journal_10_verify_walks_the_chain_to_its_head,
            }
            contract_on! { @ forgetting $ground:
                journal_15_another_journal_takes_a_maps_place_and_nothing_of_the_old_one_stays,
                journal_15_a_journal_made_from_another_end_is_refused,
                journal_15_a_map_goes_with_everything_and_may_be_made_anew,
                journal_15_nothing_is_forgotten_of_an_open_map,
                journal_15_after_a_failed_commit_there_is_what_was,
            }
        }
    };
    (@ $file:ident $ground:ty: $($rule:ident),* $(,)?) => {
        $(#[test] fn $rule() { super::$file::$rule::<$ground>(); })*
    };
}

contract_on!(embedded_in_memory, super::InMemory);
contract_on!(embedded_in_small_blocks, super::InSmallBlocks);
contract_on!(embedded_in_directory, super::InDirectory);

pub(super) fn map(name: &str) -> MapId {
    MapId::new(name).unwrap()
}

pub(super) fn founding(map: &MapId) -> Draft {
    Draft::new(
        Actor::Server,
        Body::Created(Created {
            map: map.clone(),
            open: true,
        }),
    )
}

/// An edit that can be told from others.
pub(super) fn edit(mark: u64) -> Draft {
    Draft::new(
        Actor::Anonymous,
        Body::Edit(Bytes::copy_from_slice(&mark.to_be_bytes())),
    )
}

pub(super) fn snapshot(seq: u64) -> Snapshot {
    let bytes = of_this_version(&format!("snapshot after {seq}"));
    Snapshot { seq, bytes }
}

/// What could be a snapshot as far as a journal looks into it: its first byte.
pub(super) fn of_this_version(says: &str) -> Bytes {
    let version = Workshop::new(map("m")).snapshot().bytes.slice(..1);
    [&version, says.as_bytes()].concat().into()
}

pub(super) fn clock() -> Clock {
    Clock::from_fn(|| 1_000)
}

/// Reads a tail until everything up to `seq` is durable. Gives what was sequenced on the way.
pub(super) fn until_durable(tail: &mut UnboundedReceiver<Tail>, seq: u64) -> Vec<Record> {
    let mut sequenced = Vec::new();
    loop {
        match tail
            .blocking_recv()
            .expect("the tail goes on while the log is there")
        {
            Tail::Sequenced(record) => sequenced.push(*record),
            Tail::Durable(durable) if durable >= seq => return sequenced,
            Tail::Durable(_) => {}
            Tail::Failed(error) => panic!("waiting for {seq} to become durable: {error}"),
        }
    }
}

/// Reads a tail until it says that nothing more becomes durable. Gives the last number that did.
pub(super) fn until_failed(tail: &mut UnboundedReceiver<Tail>) -> Option<u64> {
    let mut durable = None;
    loop {
        match tail
            .blocking_recv()
            .expect("a failure is said before the tail ends")
        {
            Tail::Sequenced(_) => {}
            Tail::Durable(seq) => durable = Some(seq),
            Tail::Failed(_) => return durable,
        }
    }
}

/// Lets a map go and waits until it may be opened again.
pub(super) fn let_go(log: Box<dyn Log>, mut tail: UnboundedReceiver<Tail>) {
    drop(log);
    while tail.blocking_recv().is_some() {}
}

/// A map with records 1 to `records`, all durable, and let go.
pub(super) fn grown(journal: &dyn Journal, map: &MapId, records: u64) -> Vec<Record> {
    let Opened {
        mut log, mut tail, ..
    } = journal.create(map, founding(map)).unwrap();
    for mark in 2..=records {
        log.append(edit(mark)).unwrap();
    }
    let sequenced = until_durable(&mut tail, records);
    let_go(log, tail);
    sequenced
}

pub(super) fn seqs(records: &[Record]) -> Vec<u64> {
    records.iter().map(|record| record.seq).collect()
}
