//! Opening a map after a restart: a journal of 20,000 edits, folded from its beginning and from a snapshot.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use bytes::Bytes;
use cairn_protocol::id::MapId;
use cairn_protocol::map::{self, Card, Collection, MapKind, Place};
use cairn_protocol::record::{Actor, Body, Created, Draft};
use cairn_server::clock::Clock;
use cairn_server::journal::embedded::EmbeddedJournal;
use cairn_server::journal::{Journal, Opened, Tail};
use cairn_tests::server::{Folder, Server};
use cairn_tests::wire::{Dialing, Wire};
use tempfile::TempDir;
use yrs::{ReadTxn, Transact, TransactionMut};

use crate::rival::{Rival, new_room};
use crate::table::{Pairs, heading, lone_row, row};

/// Restarts measured.
const REPEATS: usize = 5;
/// Cards of the map, and how often each is typed into.
const CARDS: usize = 2_000;
const CHANGES: usize = 9;
/// One edit makes the map, one each card, one each change.
const EDITS: usize = CARDS * (1 + CHANGES);
/// The map's name.
const MAP: &str = "opened";

/// Everything typed into a map of 2,000 cards, edit by edit, as Yjs v1 updates.
fn typed() -> anyhow::Result<Vec<Bytes>> {
    let doc = map::new_doc(1);
    let mut updates = Vec::with_capacity(EDITS + 1);
    let mut edit = |change: &dyn Fn(&mut TransactionMut<'_>) -> Result<(), map::EditError>| {
        let mut txn = doc.transact_mut();
        let before = txn.state_vector();
        change(&mut txn)?;
        drop(txn);
        // One author, nothing deleted but letters: what is new since then is the edit.
        updates.push(Bytes::from(
            doc.transact().encode_state_as_update_v1(&before),
        ));
        anyhow::Ok(())
    };
    edit(&|txn| {
        map::fill(&map::template(MapKind::CurrentState), txn);
        Ok(())
    })?;
    let made = map::read(&doc.transact());
    for number in 0..CARDS {
        let id = format!("card{number}");
        let lane = &made.lanes[number % made.lanes.len()].id;
        let stage = &made.stages[number % made.stages.len()].id;
        let card = Card {
            id: id.clone(),
            lane: lane.clone(),
            stage: stage.clone(),
            ..Card::default()
        };
        edit(&|txn| map::add_card(txn, &card, Place::Last))?;
        let mut text = String::new();
        for _ in 0..CHANGES {
            text.push_str("word ");
            edit(&|txn| map::set_text(txn, Collection::Cards, &id, "text", &text))?;
        }
    }
    Ok(updates)
}

/// Writes the edits into a journal, one record each.
fn journal(data: &Path, updates: &[Bytes]) -> anyhow::Result<()> {
    let journal = EmbeddedJournal::open(data, Clock::system())?;
    let map = MapId::new(MAP)?;
    let created = Created {
        map: map.clone(),
        open: true,
    };
    let Opened {
        mut log, mut tail, ..
    } = journal.create(&map, Draft::new(Actor::Server, Body::Created(created)))?;
    for update in updates {
        log.append(Draft::new(Actor::Anonymous, Body::Edit(update.clone())))?;
    }
    let last = updates.len() as u64 + 1;
    loop {
        match tail.blocking_recv().context("the journal ended")? {
            Tail::Durable(seq) if seq >= last => break,
            Tail::Durable(_) | Tail::Sequenced(_) => {}
            Tail::Failed(error) => return Err(anyhow::anyhow!("{error}")),
        }
    }
    drop(log);
    journal.close()?;
    Ok(())
}

/// Two data folders with the same map, one without snapshots and one with a snapshot at its end. Every measured start
/// gets a copy.
async fn prepared() -> anyhow::Result<(TempDir, TempDir)> {
    let (bare, kept) = (Folder::new()?, Folder::new()?);
    let folders = [bare.data(), kept.data()];
    tokio::task::spawn_blocking(move || {
        let updates = typed()?;
        folders.iter().try_for_each(|data| journal(data, &updates))
    })
    .await??;
    // A room that is stopped keeps a snapshot.
    let server = Server::start(&kept, &["--open"]).await?;
    open(&server).await?;
    server.terminate()?;
    let (status, _) = server.ended().await?;
    ensure!(status.success(), "the server ended with {status}");
    for (folder, expected) in [(&bare, false), (&kept, true)] {
        let journal = EmbeddedJournal::open(&folder.data(), Clock::system())?;
        let snapshot = journal.snapshot_before(&MapId::new(MAP)?, u64::MAX)?;
        ensure!(
            snapshot.is_some() == expected,
            "a folder has the wrong snapshots"
        );
        journal.close()?;
    }
    Ok((bare.copy_of_data()?, kept.copy_of_data()?))
}

/// Dials a map's socket and waits for the whole document. Returns its length in bytes.
async fn open(server: &Server) -> anyhow::Result<usize> {
    let url = format!("ws://{}/sync/{MAP}", server.address());
    let mut wire = Wire::dial_url(server.address(), &url, &Dialing::default()).await?;
    let document = wire.document().await;
    Ok(document
        .map_err(|ending| anyhow::anyhow!("{ending:?}"))?
        .len())
}

/// A server on a fresh copy of a data folder.
async fn started(data: &TempDir) -> anyhow::Result<(Server, Folder)> {
    let folder = Folder::new()?;
    fs::create_dir(folder.data())?;
    for file in fs::read_dir(data.path())? {
        let file = file?;
        fs::copy(file.path(), folder.data().join(file.file_name()))?;
    }
    Ok((Server::start(&folder, &["--open"]).await?, folder))
}

/// Opening after a restart.
pub(crate) async fn measure(relay: &Rival) -> anyhow::Result<()> {
    let (bare, kept) = prepared().await?;
    let (mut from_start, mut from_snapshot) = (Pairs::default(), Pairs::default());
    let (mut ready, mut listed, mut again, mut length) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..REPEATS {
        for (data, times, ready) in [
            (&bare, &mut from_start, &mut listed),
            (&kept, &mut from_snapshot, &mut ready),
        ] {
            let begin = Instant::now();
            let (server, _folder) = started(data).await?;
            ready.push(milliseconds(begin));
            let begin = Instant::now();
            length = open(&server).await?;
            times.cairn.push(milliseconds(begin));
            let begin = Instant::now();
            open(&server).await?;
            again.push(milliseconds(begin));
            let begin = Instant::now();
            drop(relay.join(&new_room()).await?);
            times.relay.push(milliseconds(begin));
        }
    }
    heading(
        "Opening a map of 20,000 edits after a restart",
        "from dialling to the whole document; beside it dialling the bare relay, which has nothing to give",
    );
    row("folded from the journal's beginning", "ms", &from_start);
    row("from the snapshot kept at a stop", "ms", &from_snapshot);
    lone_row("the second to come, from the cached state", "ms", &again);
    lone_row("the process from start to ready", "ms", &ready);
    lone_row(
        "the same when the list of maps has to fold this one",
        "ms",
        &listed,
    );
    lone_row("length of the document", "KiB", &[length as f64 / 1024.0]);
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
