//! A map's content between its JSON form, a new journal and a reader. Blocks on parsing and folding: callers go
//! through [`off_the_runtime`].

use axum::body::Bytes;
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::map::{self, JourneyMap};
use tokio::sync::{Semaphore, SemaphorePermit};
use yrs::updates::decoder::Decode as _;
use yrs::{Transact as _, Update};

use super::App;
use super::problem::{Kind, Problem};
use crate::clock::day_of;
use crate::export::{Format, Taken};
use crate::load;
use crate::room::RoomState;
use crate::rooms::{RoomError, RoomHandle};

/// Maps parsed, folded or written at a time. Each may take a hundred megabytes; more than there are cores only wait for
/// one another anyway.
static HEAVY: Semaphore = Semaphore::const_new(8);

/// Runs what blocks away from the runtime's threads, so that a large map delays nobody else's keystroke.
pub(crate) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    Turn::of(&HEAVY).await?.run(work).await
}

/// The same with what a room holds now.
pub(super) async fn with_state<T: Send + 'static>(
    room: &RoomHandle,
    work: impl FnOnce(&RoomState) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    answered_first(&HEAVY, room.state(), work).await
}

/// Work with a room's answer. Nobody has a turn while the room is asked: one that is slow would keep every other map's readers waiting. Those
/// who wait for their turn with the same answer share its bytes.
async fn answered_first<A: Send + 'static, T: Send + 'static>(
    turns: &'static Semaphore,
    asked: impl Future<Output = Result<A, RoomError>>,
    work: impl FnOnce(&A) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let answer = asked.await?;
    Turn::of(turns).await?.run(move || work(&answer)).await
}

/// Leave to do something heavy.
struct Turn(#[expect(dead_code, reason = "held, not used")] SemaphorePermit<'static>);

impl Turn {
    async fn of(turns: &'static Semaphore) -> Result<Self, Problem> {
        let turn = turns.acquire().await;
        turn.map(Self).map_err(|error| Problem::internal(&error))
    }

    /// The turn is over when the work is: whoever asked for it may be gone long before.
    async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let working = tokio::task::spawn_blocking(move || {
            let _turn = self;
            work()
        });
        // A panic inside has been logged by its hook; the process goes on.
        working
            .await
            .unwrap_or_else(|error| Err(Problem::internal(&error)))
    }
}

/// The document of a room as its JSON form.
pub(super) fn json_of(state: &RoomState) -> Result<String, Problem> {
    Ok(map_of(state)?.to_json())
}

/// The map that a room's document holds, be it of more page loads than an ordinary stack has room for.
pub(super) fn map_of(state: &RoomState) -> Result<JourneyMap, Problem> {
    load::on_folding_stack(|| {
        let doc = map::new_doc(0);
        let update = Update::decode_v1(&state.update).map_err(|error| Problem::internal(&error))?;
        doc.transact_mut()
            .apply_update(update)
            .map_err(|error| Problem::internal(&error))?;
        Ok(map::read(&doc.transact()))
    })?
}

/// The JSON form of the map as of a record.
pub(super) fn json_at(app: &App, map: &MapId, seq: u64) -> Result<String, Problem> {
    Ok(map_at(app, map, seq)?.to_json())
}

/// The map as of a record.
pub(super) fn map_at(app: &App, map: &MapId, seq: u64) -> Result<JourneyMap, Problem> {
    let workshop = at(app, map, seq)?;
    Ok(map::read(&workshop.doc().transact()))
}

/// A map to make a file of, as it is now: what the room holds, with the rounds whose closing is on disk (VIEW-1).
pub(super) fn taken(
    app: &App,
    map: &MapId,
    state: &RoomState,
    format: Format,
) -> Result<Taken, Problem> {
    let workshop = load::load_at(app.rooms().journal().as_ref(), map, None)?;
    let today = app.rooms().clock().today();
    let taken = Taken::of(map_of(state)?, &workshop, today);
    taken.with_changes(&workshop, format, |seq| map_at(app, map, seq))
}

/// A map to make a file of, as of a record and its day.
pub(super) fn taken_at(app: &App, map: &MapId, seq: u64, format: Format) -> Result<Taken, Problem> {
    let workshop = at(app, map, seq)?;
    let content = map::read(&workshop.doc().transact());
    let taken = Taken::of(content, &workshop, day_of(workshop.at()));
    taken.with_changes(&workshop, format, |seq| map_at(app, map, seq))
}

/// The document as of a record, as one Yjs v1 update.
pub(super) fn update_at(app: &App, map: &MapId, seq: u64) -> Result<Bytes, Problem> {
    Ok(at(app, map, seq)?.encode_state())
}

fn at(app: &App, map: &MapId, seq: u64) -> Result<Workshop, Problem> {
    if seq == 0 {
        return Err(Problem::because(
            Kind::NoSuchMoment,
            "records are numbered from 1",
        ));
    }
    Ok(load::load_at(
        app.rooms().journal().as_ref(),
        map,
        Some(seq),
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    use yrs::encoding::write::Write as _;

    #[tokio::test]
    async fn whoever_hangs_up_leaves_no_turn_to_the_next_before_the_work_is_done() {
        static ONE: Semaphore = Semaphore::const_new(1);
        let (tell, told_that_it_began) = tokio::sync::oneshot::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let turn = Turn::of(&ONE).await.unwrap();
        let asking = tokio::spawn(turn.run(move || {
            tell.send(()).unwrap();
            may_go_on.recv().unwrap();
            Ok(())
        }));
        told_that_it_began.await.unwrap();
        asking.abort();
        assert!(asking.await.unwrap_err().is_cancelled());
        assert_eq!(ONE.available_permits(), 0, "it is still at work");
        go_on.send(()).unwrap();
        drop(ONE.acquire().await.unwrap());
    }

    #[tokio::test]
    async fn a_room_that_is_slow_to_answer_takes_nobodys_turn() {
        static ONE: Semaphore = Semaphore::const_new(1);
        let (tell, told_that_it_was_asked) = tokio::sync::oneshot::channel();
        let (answer, answered) = tokio::sync::oneshot::channel();
        let room = async move {
            tell.send(()).unwrap();
            Ok(answered.await.unwrap())
        };
        let asking = tokio::spawn(answered_first(&ONE, room, |answer| Ok(answer + 1)));
        told_that_it_was_asked.await.unwrap();
        assert_eq!(ONE.available_permits(), 1);
        answer.send(6).unwrap();
        assert_eq!(asking.await.unwrap().unwrap(), 7);
    }

    /// The state of a text to which so many page loads added a letter, each behind that of the one before.
    fn typed_by(pages: u64) -> Vec<u8> {
        let mut update = Vec::new();
        update.write_var(pages);
        for client in (1..=pages).rev() {
            // One struct from clock 0 on: a string, in the root or behind another.
            update.write_var(1_u32);
            update.write_var(client);
            update.write_var(0_u32);
            if client == 1 {
                update.extend([4, 1]);
                update.write_string("notes");
            } else {
                update.push(0x84);
                update.write_var(client - 1);
                update.write_var(0_u32);
            }
            update.write_string("x");
        }
        // Nothing was deleted.
        update.push(0);
        update
    }

    /// On a stack of two mebibytes it ended the process.
    #[test]
    fn wire_9_a_map_of_very_many_page_loads_is_read() {
        let state = RoomState {
            seq: 1,
            at: 0,
            edited: 1,
            update: typed_by(30_000).into(),
        };
        assert_eq!(map_of(&state).unwrap().title, "");
    }
}
