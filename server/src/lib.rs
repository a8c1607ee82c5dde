//! The Cairn server as a library, so that tests and benches start it in their own process. `ARCHITECTURE.md` is the map.

pub mod clock;
pub mod journal;
