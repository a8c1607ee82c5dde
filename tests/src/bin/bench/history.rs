//! A long history: how much room it takes on disk, and how soon any moment of it is open.

mod people;

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, ensure};
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::record::{Draft, Record};
use cairn_server::clock::Clock;
use cairn_server::journal::chain::Forward;
use cairn_server::journal::embedded::EmbeddedJournal;
use cairn_server::journal::{Journal, Opened, Tail};
use cairn_server::load;
use cairn_server::room::Spacing;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;

use crate::table::{median, percentile};

/// Records of the history.
const RECORDS: usize = 100_000;
/// Moments opened.
const MOMENTS: usize = 500;
/// Moments that are also folded from the first record, and compared.
const FOLDED: usize = 5;
/// Records that wait for one commit: what a room in use has.
const WAITING: usize = 32;
/// The map's name.
const MAP: &str = "remembered";

/// What was written.
#[derive(Default)]
struct Written {
    updates: u64,
    records: u64,
    snapshots: u64,
}

/// Writes the drafts as a room does: folds what comes back, keeps a snapshot when one is due, and lets the map go at the end.
fn write(data: &Path, drafts: Vec<Draft>) -> anyhow::Result<Written> {
    let map = MapId::new(MAP)?;
    let now = Arc::new(AtomicU64::new(1_795_000_000_000));
    let read = Arc::clone(&now);
    let journal = EmbeddedJournal::open(data, Clock::from_fn(move || read.load(Ordering::SeqCst)))?;
    let mut pauses = StdRng::seed_from_u64(2);
    let (mut workshop, mut written) = (Workshop::new(map.clone()), Written::default());
    let mut drafts = drafts.into_iter();
    let first = drafts.next().context("a history has a first record")?;
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map, first)?;
    let mut spacing = Spacing::default();
    let (mut appended, mut durable) = (1, 0);
    while durable < RECORDS as u64 {
        while appended < durable + WAITING as u64
            && let Some(draft) = drafts.next()
        {
            // Twelve people at their keys.
            now.fetch_add(pauses.random_range(1..30), Ordering::SeqCst);
            written.updates += draft.body.update().map_or(0, |update| update.len() as u64);
            log.append(draft)?;
            appended += 1;
        }
        match tail.blocking_recv().context("the journal ended")? {
            Tail::Sequenced(record) => {
                written.records += record.encode().len() as u64;
                let folded = load::apply(&mut workshop, &record);
                let folded =
                    folded.map_err(|_| anyhow::anyhow!("a record brought the fold down"))?;
                ensure!(
                    folded.outcome.is_ok(),
                    "record {}: {:?}",
                    record.seq,
                    folded.outcome
                );
                spacing.folded();
            }
            Tail::Durable(seq) => {
                durable = seq;
                if spacing.is_due() {
                    let snapshot = workshop.snapshot();
                    spacing.kept(snapshot.bytes.len());
                    written.snapshots += 1;
                    log.put_snapshot(snapshot)?;
                }
            }
            Tail::Failed(error) => return Err(anyhow::anyhow!("{error}")),
        }
    }
    log.put_snapshot(workshop.snapshot())?;
    drop(log);
    while tail.blocking_recv().is_some() {}
    journal.close()?;
    Ok(written)
}

/// Every record of the map, from its start.
fn records(journal: &EmbeddedJournal, map: &MapId) -> anyhow::Result<Vec<Record>> {
    let last = journal.entry(map)?.map_or(0, |entry| entry.head.seq);
    let (mut records, mut walk) = (Vec::new(), Forward::from_start(journal, map, last));
    loop {
        let chunk = walk.chunk(usize::MAX)?;
        if chunk.is_empty() {
            return Ok(records);
        }
        records.extend(chunk.into_iter().map(|stored| stored.record));
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Room on disk, and the time to open random moments.
pub(crate) async fn measure() -> anyhow::Result<()> {
    tokio::task::spawn_blocking(run).await?
}

fn run() -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let map = MapId::new(MAP)?;
    let made = Instant::now();
    let drafts = people::drafts(&map, RECORDS)?;
    println!(
        "\nA history of {RECORDS} records, typed key by key by twelve people (made in {:.0} s)",
        made.elapsed().as_secs_f64()
    );
    let writing = Instant::now();
    let written = write(folder.path(), drafts)?;
    let took = writing.elapsed().as_secs_f64();
    let file = fs::metadata(folder.path().join(cairn_server::journal::embedded::FILE))?;
    let share = |bytes: u64| bytes as f64 / written.updates as f64;
    let kib = |bytes: u64| bytes as f64 / 1024.0;
    let line = |what: &str, bytes: u64| {
        println!(
            "  {what:<58} {:>10.0} KiB {:>8.2} × the updates",
            kib(bytes),
            share(bytes)
        );
    };
    line("raw updates", written.updates);
    line("records as they are hashed", written.records);
    line("the data file, snapshots included", file.len());
    line("what the file takes of the disk", file.blocks() * 512);

    let journal = EmbeddedJournal::open(folder.path(), Clock::system())?;
    let (mut kept, mut bytes, mut before) = (Vec::new(), 0, RECORDS as u64);
    while let Some(snapshot) = journal.snapshot_before(&map, before)? {
        kept.push(snapshot.seq);
        bytes += snapshot.bytes.len() as u64;
        before = snapshot.seq - 1;
    }
    println!(
        "  {} snapshots of {} put are kept; written and folded in {took:.1} s",
        kept.len(),
        written.snapshots + 1
    );
    line("the snapshots kept, as the fold wrote them", bytes);

    let mut rng = StdRng::seed_from_u64(3);
    let (mut times, mut lengths) = (Vec::new(), Vec::new());
    for _ in 0..MOMENTS {
        let seq = rng.random_range(1..=RECORDS as u64);
        let begin = Instant::now();
        let workshop = load::load_at(&journal, &map, Some(seq))?;
        lengths.push(workshop.encode_state().len() as f64 / 1024.0);
        times.push(milliseconds(begin));
    }
    let mut folds = Vec::new();
    for n in 1..=FOLDED {
        let seq = RECORDS as u64 * n as u64 / FOLDED as u64;
        let begin = Instant::now();
        let mut from_start = records(&journal, &map)?;
        from_start.truncate(seq as usize);
        let whole = load::fold_records(&journal, &map, None, &from_start)?.workshop;
        folds.push(milliseconds(begin));
        let short = load::load_at(&journal, &map, Some(seq))?;
        ensure!(
            whole.snapshot().bytes == short.snapshot().bytes,
            "two ways to record {seq} differ"
        );
    }
    println!(
        "  {MOMENTS} random moments, to the document's bytes (median {:.0} KiB) [ms]:",
        median(&lengths)
    );
    println!(
        "    p50 {:.1}   p90 {:.1}   p99 {:.1}   most {:.1}",
        percentile(&times, 0.5),
        percentile(&times, 0.9),
        percentile(&times, 0.99),
        percentile(&times, 1.0),
    );
    println!(
        "  folded from the first record, {FOLDED} moments spread over it [ms]: median {:.0}, the last {:.0}",
        median(&folds),
        folds[FOLDED - 1]
    );
    journal.close()?;
    Ok(())
}
