//! Barriers: how long it takes until an edit is on disk and its author knows.

use std::io::Write;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use tokio::task::JoinSet;

use crate::pace::{Pace, say, watch};
use crate::rival::{Rival, Rivals, new_room};
use crate::table::{Pairs, heading, lone_row, percentile, row};
use crate::typing::{Pen, WORD};

/// Barriers: how long until an edit is on disk.
pub(crate) async fn barriers(rivals: &Rivals) -> anyhow::Result<()> {
    const ROUNDS: u64 = 300;
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for (delays, typists) in [(&mut quiet, 0), (&mut busy, 20)] {
        let room = new_room();
        let mut writer = rivals.cairn.join(&room).await?;
        let others = rivals.cairn.join_many(&room, typists).await?;
        let pace = Pace {
            sockets: typists.max(1),
            edits_per_second: 5.0,
            moves_per_second: 5.0,
        };
        let (zero, far) = (Instant::now(), Instant::now() + Duration::from_mins(10));
        let mut noise = JoinSet::new();
        for (number, wire) in others.into_iter().enumerate() {
            let (sink, stream) = wire.stream.split();
            noise.spawn(async move { watch(stream, false, zero, far).await.map(drop) });
            noise.spawn(say(sink, number + 1, pace, zero, zero, far));
        }
        let mut pen = Pen::new(1_000_000);
        for round in 0..ROUNDS {
            let asked = Instant::now();
            writer.feed(pen.write(WORD)).await?;
            writer
                .barrier(round)
                .await
                .map_err(|ending| anyhow::anyhow!("{ending:?}"))?;
            delays.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        noise.shutdown().await;
    }
    let disk = synced_appends(ROUNDS)?;
    let echo = round_trips(&rivals.relay, ROUNDS).await?;
    heading(
        "Barrier: an edit and the answer that it is on disk",
        "beside it the bare relay's delivery of the same edit to a second socket, which keeps nothing, and the disk alone \
         (append 100 bytes, fdatasync)",
    );
    for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
        let at = |values: &[f64]| vec![percentile(values, share)];
        row(
            &format!("alone in the room, {name}"),
            "ms",
            &Pairs {
                cairn: at(&quiet),
                relay: at(&echo),
            },
        );
        lone_row(
            &format!("with 20 others typing (5 edits, 5 moves a second each), {name}"),
            "ms",
            &at(&busy),
        );
        lone_row(&format!("the disk alone, {name}"), "ms", &at(&disk));
    }
    Ok(())
}

fn synced_appends(rounds: u64) -> anyhow::Result<Vec<f64>> {
    let mut file = tempfile::tempfile()?;
    let mut delays = Vec::new();
    for _ in 0..rounds {
        let asked = Instant::now();
        file.write_all(&[b'x'; 100])?;
        file.sync_data()?;
        delays.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    Ok(delays)
}

async fn round_trips(relay: &Rival, rounds: u64) -> anyhow::Result<Vec<f64>> {
    let room = new_room();
    let (mut writer, mut reader) = (relay.join(&room).await?, relay.join(&room).await?);
    let mut pen = Pen::new(1);
    let mut delays = Vec::new();
    for _ in 0..rounds {
        let asked = Instant::now();
        writer.send(pen.write(WORD)).await?;
        reader
            .frame()
            .await
            .map_err(|ending| anyhow::anyhow!("{ending:?}"))?;
        delays.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    Ok(delays)
}
