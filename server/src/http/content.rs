//! A map's content between its JSON form, a new journal and a reader. Blocks on parsing and folding: callers go
//! through [`off_the_runtime`].

use axum::body::Bytes;
use cairn_protocol::fold::Workshop;
use cairn_protocol::id::MapId;
use cairn_protocol::map::{self, JourneyMap};
use tokio::sync::Semaphore;
use yrs::updates::decoder::Decode as _;
use yrs::{Transact as _, Update};

use super::App;
use super::problem::{Kind, Problem};
use crate::clock::day_of;
use crate::export::Taken;
use crate::load;
use crate::room::RoomState;

/// Maps parsed, folded or written at a time. Each may take a hundred megabytes; more than there are cores only wait for
/// one another anyway.
static HEAVY: Semaphore = Semaphore::const_new(8);

/// Runs what blocks away from the runtime's threads, so that a large map delays nobody else's keystroke.
pub(crate) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = HEAVY.acquire().await;
    let _turn = turn.map_err(|error| Problem::internal(&error))?;
    // A panic inside has been logged by its hook; the process goes on.
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Problem::internal(&error)))
}

/// The document of a room as its JSON form.
pub(super) fn json_of(state: &RoomState) -> Result<String, Problem> {
    Ok(map_of(state)?.to_json())
}

/// The map that a room's document holds.
pub(super) fn map_of(state: &RoomState) -> Result<JourneyMap, Problem> {
    let doc = map::new_doc(0);
    let update = Update::decode_v1(&state.update).map_err(|error| Problem::internal(&error))?;
    doc.transact_mut()
        .apply_update(update)
        .map_err(|error| Problem::internal(&error))?;
    Ok(map::read(&doc.transact()))
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
pub(super) fn taken(app: &App, map: &MapId, state: &RoomState) -> Result<Taken, Problem> {
    let workshop = load::load_at(app.rooms().journal().as_ref(), map, None)?;
    let today = app.rooms().clock().today();
    Ok(Taken::of(map_of(state)?, &workshop, today))
}

/// A map to make a file of, as of a record and its day.
pub(super) fn taken_at(app: &App, map: &MapId, seq: u64) -> Result<Taken, Problem> {
    let workshop = at(app, map, seq)?;
    let content = map::read(&workshop.doc().transact());
    Ok(Taken::of(content, &workshop, day_of(workshop.at())))
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
