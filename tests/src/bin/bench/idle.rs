//! Rooms in which nothing happens: what they keep of the server's memory.

use crate::rival::{Rival, new_room};
use crate::table::{Pairs, heading, row};
use crate::typing::{Pen, WORD};

/// Pairs of runs; each starts four processes.
const REPEATS: usize = 2;

/// Memory of rooms in which nothing happens.
pub(crate) async fn idle() -> anyhow::Result<()> {
    const ROOMS: usize = 400;
    let (mut rooms, mut sockets) = (Pairs::default(), Pairs::default());
    for _ in 0..REPEATS {
        for (is_cairn, rooms, sockets) in [
            (true, &mut rooms.cairn, &mut sockets.cairn),
            (false, &mut rooms.relay, &mut sockets.relay),
        ] {
            for (spread, per) in [(true, &mut *rooms), (false, &mut *sockets)] {
                // A process of its own for each: what an allocator keeps would hide the next.
                let rival = if is_cairn {
                    Rival::cairn().await?
                } else {
                    Rival::relay()?
                };
                let one = new_room();
                let warm = rival.join_many(&one, 50).await?;
                let before = rival.memory()?;
                let name = |number: usize| {
                    if spread {
                        format!("idle{number}")
                    } else {
                        one.clone()
                    }
                };
                let mut open = Vec::new();
                for number in 0..ROOMS {
                    let mut wire = rival.join(&name(number)).await?;
                    wire.send(Pen::new(number as u64 + 1).write(WORD)).await?;
                    open.push(wire);
                }
                per.push((rival.memory()? - before) / ROOMS as f64 / 1024.0);
                drop((warm, open));
            }
        }
    }
    heading(
        "Memory of idle rooms",
        "400 rooms, each with one edit and one socket that says nothing more; and as many sockets in one room",
    );
    row("a room with its socket", "KiB", &rooms);
    row("a socket in a room with others", "KiB", &sockets);
    Ok(())
}
