//! One room at an ordinary pace: what a workshop costs the server's processor, and how late edits arrive.

use std::time::{Duration, Instant};

use anyhow::Context;
use bytes::Bytes;
use cairn_protocol::frame::{AwarenessUpdate, Frame, PresenceEntry};
use futures_util::{SinkExt, StreamExt};
use tokio::task::JoinSet;
use tokio::time::{interval_at, sleep_until};
use tokio_tungstenite::tungstenite::Message;

use crate::rival::{Rival, Rivals, Sink, Stream, new_room};
use crate::table::{Pairs, heading, percentile, row};
use crate::typing::{Pen, marks};

/// What everybody in a room does at an ordinary pace.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) sockets: usize,
    pub(crate) edits_per_second: f64,
    pub(crate) moves_per_second: f64,
}

/// An ordinary pace lasts this long.
const PACED: Duration = Duration::from_secs(4);
/// Sockets that note when edits arrive.
const WATCHERS: usize = 8;

/// The server's share of a core, and the delays of edits in milliseconds.
async fn paced(rival: &Rival, pace: Pace) -> anyhow::Result<(f64, Vec<f64>)> {
    let wires = rival.join_many(&new_room(), pace.sockets).await?;
    let zero = Instant::now();
    // All begin after everything is set up, each at its own moment.
    let begin = zero + Duration::from_millis(200);
    let end = begin + PACED;
    let mut hearing = JoinSet::new();
    let mut saying = JoinSet::new();
    for (number, wire) in wires.into_iter().enumerate() {
        let (sink, stream) = wire.stream.split();
        let watches = number % pace.sockets.div_ceil(WATCHERS) == 0;
        hearing.spawn(watch(stream, watches, zero, end));
        saying.spawn(say(sink, number, pace, zero, begin, end));
    }
    sleep_until(begin.into()).await;
    let cpu = rival.cpu_seconds()?;
    sleep_until(end.into()).await;
    let share = (rival.cpu_seconds()? - cpu) / PACED.as_secs_f64();
    let mut delays = Vec::new();
    while let Some(heard) = hearing.join_next().await {
        delays.extend(heard??);
    }
    saying.shutdown().await;
    Ok((share, delays))
}

/// One participant: edits that carry the time they were made, and moves, until `end`.
pub(crate) async fn say(
    mut sink: Sink,
    number: usize,
    pace: Pace,
    zero: Instant,
    begin: Instant,
    end: Instant,
) -> anyhow::Result<()> {
    let mut pen = Pen::new(number as u64 + 1);
    let offset = |period: Duration| period.mul_f64(number as f64 / pace.sockets as f64);
    let period = |per_second: f64| Duration::from_secs_f64(1.0 / per_second);
    let (edit, moving) = (period(pace.edits_per_second), period(pace.moves_per_second));
    let mut edits = interval_at((begin + offset(edit)).into(), edit);
    let mut moves = interval_at((begin + offset(moving)).into(), moving);
    let mut clock = 0;
    while Instant::now() < end {
        let frame = tokio::select! {
            _ = edits.tick() => pen.mark(zero.elapsed().as_micros() as u64),
            _ = moves.tick() => {
                clock += 1;
                presence(number as u64 + 1, clock)
            }
        };
        sink.send(Message::Binary(frame)).await?;
    }
    // Stays, and listens, until the end of the run.
    std::future::pending().await
}

fn presence(client: u64, clock: u64) -> Bytes {
    let place = clock % 100;
    let state = format!(
        r##"{{"user":{{"id":"p{client}","name":"Participant {client}","color":"#336699"}},"cursor":{{"x":0.{place},"y":0.5}}}}"##
    );
    let entry = PresenceEntry {
        client,
        clock,
        state: Some(state.into()),
    };
    Frame::Awareness(AwarenessUpdate {
        entries: vec![entry],
    })
    .encode()
}

/// Reads everything; notes the delays of marks, in milliseconds, if told to.
pub(crate) async fn watch(
    mut stream: Stream,
    watches: bool,
    zero: Instant,
    end: Instant,
) -> anyhow::Result<Vec<f64>> {
    let mut delays = Vec::new();
    loop {
        let message = tokio::select! {
            message = stream.next() => message.context("a socket ended")??,
            () = sleep_until(end.into()) => return Ok(delays),
        };
        if watches && let Message::Binary(bytes) = message {
            let now = zero.elapsed().as_micros() as f64;
            delays.extend(marks(&bytes).map(|sent| (now - sent as f64) / 1e3));
        }
    }
}

/// Fan-out at an ordinary pace, for rooms of several sizes.
pub(crate) async fn at_a_pace(rivals: &Rivals) -> anyhow::Result<()> {
    heading(
        "A workshop at an ordinary pace",
        "everybody edits and moves about so often a second, for 4 s; the generator shares the machine, so delays hold both",
    );
    for pace in [
        Pace {
            sockets: 50,
            edits_per_second: 2.0,
            moves_per_second: 5.0,
        },
        Pace {
            sockets: 200,
            edits_per_second: 1.0,
            moves_per_second: 2.0,
        },
        Pace {
            sockets: 500,
            edits_per_second: 0.4,
            moves_per_second: 0.6,
        },
    ] {
        let (mut share, mut half, mut most) =
            (Pairs::default(), Pairs::default(), Pairs::default());
        for _ in 0..2 {
            for (rival, share, half, most) in [
                (
                    &rivals.cairn,
                    &mut share.cairn,
                    &mut half.cairn,
                    &mut most.cairn,
                ),
                (
                    &rivals.relay,
                    &mut share.relay,
                    &mut half.relay,
                    &mut most.relay,
                ),
            ] {
                let (of_core, delays) = paced(rival, pace).await?;
                share.push(of_core * 100.0);
                half.push(percentile(&delays, 0.5));
                most.push(percentile(&delays, 0.99));
            }
        }
        let Pace {
            sockets,
            edits_per_second,
            moves_per_second,
        } = pace;
        let who = format!("{sockets} × ({edits_per_second} edits, {moves_per_second} moves)/s");
        row(&format!("{who}: server's share of a core"), "%", &share);
        row(&format!("{who}: delay of edits, p50"), "ms", &half);
        row(&format!("{who}: delay of edits, p99"), "ms", &most);
    }
    Ok(())
}
