//! One room as fast as it goes: how many edits go through it, how many reach its sockets, and what that costs the
//! server's processor.

use std::time::Instant;

use anyhow::{Context, bail};
use bytes::Bytes;
use cairn_protocol::frame::encode_barrier;
use cairn_tests::patiently;
use cairn_tests::wire::Wire;
use futures_util::{SinkExt, StreamExt};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use crate::rival::{Rival, Rivals, Sink, Stream, new_room};
use crate::table::{Pairs, heading, lone_row, row};
use crate::typing::{Pen, WORD, marks};

/// Pairs of runs in each comparison.
const REPEATS: usize = 3;
/// What one run of a flood came to.
struct Flood {
    seconds: f64,
    cpu_seconds: f64,
    deliveries: f64,
    frames: f64,
}

/// Some sockets write as fast as they can; ends when every socket has heard every edit of the others.
async fn flood(
    rival: &Rival,
    sockets: usize,
    writers: usize,
    edits: usize,
) -> anyhow::Result<Flood> {
    let wires = rival.join_many(&new_room(), sockets).await?;
    let mut listeners = JoinSet::new();
    let mut pens = Vec::new();
    for (number, wire) in wires.into_iter().enumerate() {
        let (sink, stream) = wire.stream.split();
        let awaited = if number < writers {
            pens.push((sink, frames(number as u64 + 1, edits / writers)));
            writers - 1
        } else {
            // Kept open by its other half.
            listeners.spawn(keep(sink));
            writers
        };
        listeners.spawn(hear(stream, awaited));
    }
    let (cpu, begin) = (rival.cpu_seconds()?, Instant::now());
    let writing = pens
        .into_iter()
        .map(|(sink, frames)| tokio::spawn(write(sink, frames)));
    let writing: Vec<_> = writing.collect();
    let (mut frames, mut heard) = (0, 0);
    while heard < sockets {
        let joined = patiently("an end of the listeners", listeners.join_next())
            .await
            .context("all are gone")?;
        if let Some(count) = joined?? {
            frames += count;
            heard += 1;
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    let cpu_seconds = rival.cpu_seconds()? - cpu;
    for writer in writing {
        drop(writer.await?);
    }
    // Each writer hears the edits of the others only.
    let deliveries = (edits / writers * (sockets - 1) * writers) as f64;
    Ok(Flood {
        seconds,
        cpu_seconds,
        deliveries,
        frames: frames as f64,
    })
}

/// So many words of one pen, and a mark after them.
fn frames(client: u64, count: usize) -> Vec<Bytes> {
    let mut pen = Pen::new(client);
    let mut frames: Vec<Bytes> = (0..count).map(|_| pen.write(WORD)).collect();
    frames.push(pen.mark(client));
    frames
}

async fn write(mut sink: Sink, frames: Vec<Bytes>) -> anyhow::Result<Sink> {
    for frame in frames {
        sink.feed(Message::Binary(frame)).await?;
    }
    sink.flush().await?;
    Ok(sink)
}

async fn keep(sink: Sink) -> anyhow::Result<Option<usize>> {
    let _open = sink;
    std::future::pending().await
}

/// Counts frames until so many marks were heard.
async fn hear(mut stream: Stream, mut awaited: usize) -> anyhow::Result<Option<usize>> {
    let mut frames = 0;
    while awaited > 0 {
        let Some(message) = stream.next().await else {
            bail!("a socket ended")
        };
        let Message::Binary(bytes) = message? else {
            continue;
        };
        frames += 1;
        awaited = awaited.saturating_sub(marks(&bytes).count());
    }
    Ok(Some(frames))
}

/// Edits through one room.
pub(crate) async fn edits(rivals: &Rivals) -> anyhow::Result<()> {
    const EDITS: usize = 100_000;
    const WRITERS: usize = 4;
    let (mut rate, mut cost, mut durable) = (Pairs::default(), Pairs::default(), Vec::new());
    for _ in 0..REPEATS {
        for (rival, rate, cost) in [
            (&rivals.cairn, &mut rate.cairn, &mut cost.cairn),
            (&rivals.relay, &mut rate.relay, &mut cost.relay),
        ] {
            let run = flood(rival, WRITERS + 1, WRITERS, EDITS).await?;
            rate.push(EDITS as f64 / run.seconds);
            cost.push(run.cpu_seconds * 1e6 / EDITS as f64);
        }
        durable.push(EDITS as f64 / written_down(&rivals.cairn, WRITERS, EDITS).await?);
    }
    heading(
        "Edits through one room",
        "4 sockets send 100,000 edits of a word as fast as they can; until each has heard all of the others and a fifth has heard all",
    );
    row("edits per second", "1/s", &rate);
    row(
        "server's processor per edit, 4 deliveries included",
        "µs",
        &cost,
    );
    lone_row(
        "the same until every writer's barrier is answered (fsync)",
        "1/s",
        &durable,
    );
    Ok(())
}

/// Seconds until all edits are acknowledged as durable.
async fn written_down(rival: &Rival, writers: usize, edits: usize) -> anyhow::Result<f64> {
    let wires = rival.join_many(&new_room(), writers).await?;
    let begin = Instant::now();
    let mut writing = JoinSet::new();
    for (number, wire) in wires.into_iter().enumerate() {
        let frames = frames(number as u64 + 1, edits / writers);
        writing.spawn(write_down(wire, frames));
    }
    while let Some(written) = writing.join_next().await {
        written??;
    }
    Ok(begin.elapsed().as_secs_f64())
}

async fn write_down(wire: Wire, frames: Vec<Bytes>) -> anyhow::Result<()> {
    let (sink, mut stream) = wire.stream.split();
    let barrier = encode_barrier(&[1]);
    let asked = barrier.clone();
    let writing = tokio::spawn(async move {
        let mut sink = write(sink, frames).await?;
        sink.send(Message::Binary(asked)).await?;
        anyhow::Ok(sink)
    });
    loop {
        let message = patiently("a barrier's answer", stream.next())
            .await
            .context("a socket ended")??;
        if message.into_data() == barrier {
            break;
        }
    }
    drop(writing.await??);
    Ok(())
}

/// Fan-out as fast as it goes, for rooms of several sizes.
pub(crate) async fn fan_out(rivals: &Rivals) -> anyhow::Result<()> {
    const WRITERS: usize = 5;
    heading(
        "Fan-out, as fast as it goes",
        "5 sockets of the room send edits as fast as they can; until every socket has heard every edit of the others. \
         Cairn may join edits into one frame",
    );
    for (sockets, edits) in [(50, 30_000), (200, 10_000), (500, 5_000)] {
        let (mut rate, mut frames, mut per_cpu) =
            (Pairs::default(), Pairs::default(), Pairs::default());
        for _ in 0..REPEATS {
            for (rival, rate, frames, per_cpu) in [
                (
                    &rivals.cairn,
                    &mut rate.cairn,
                    &mut frames.cairn,
                    &mut per_cpu.cairn,
                ),
                (
                    &rivals.relay,
                    &mut rate.relay,
                    &mut frames.relay,
                    &mut per_cpu.relay,
                ),
            ] {
                let run = flood(rival, sockets, WRITERS, edits).await?;
                rate.push(run.deliveries / run.seconds);
                frames.push(run.frames / run.seconds);
                // A run shorter than the kernel's clock tick counts as one tick.
                per_cpu.push(run.deliveries / run.cpu_seconds.max(0.01));
            }
        }
        row(&format!("{sockets} sockets: edits delivered"), "1/s", &rate);
        row(
            &format!("{sockets} sockets: frames delivered"),
            "1/s",
            &frames,
        );
        row(
            &format!("{sockets} sockets: edits delivered per processor second"),
            "1/s",
            &per_cpu,
        );
    }
    Ok(())
}
