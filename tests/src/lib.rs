//! What the tests and benches of the whole product share: the server as its own process, its HTTP interface, raw sockets,
//! honest participants, and a bare relay to compare with.
//!
//! Used by `tests/tests/` and `src/bin/`. Never used by the product. Waits are for events; [`PATIENCE`] only turns a hang
//! into a failure.

pub mod api;
pub mod gate;
pub mod honest;
pub mod process;
pub mod relay;
pub mod server;
pub mod wire;

use std::future::Future;
use std::time::Duration;

/// After this long without the awaited event a test gives up: far above what a busy machine needs.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Awaits an event. Panics with `what` when it does not come at all.
pub async fn patiently<T>(what: &str, event: impl Future<Output = T>) -> T {
    let Ok(value) = tokio::time::timeout(PATIENCE, event).await else {
        panic!("{what} did not come within {} s", PATIENCE.as_secs());
    };
    value
}
