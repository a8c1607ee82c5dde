//! What all parties of a Cairn workshop must agree on: frames, records, the fold and the map.
//!
//! Pure: no clock, no randomness, no file, no socket, no iteration over unordered maps (`clippy.toml` bans them).
//! The rules are numbered in `SPEC.md`; tests carry the ids of the rules they prove.

pub mod agenda;
pub mod archive;
pub mod brainstorm;
mod changed;
pub mod channel;
pub mod command;
mod deep;
pub mod emotion;
pub mod erase;
pub mod floor;
pub mod fold;
pub mod frame;
pub mod guard;
pub mod history;
pub mod id;
pub mod limits;
pub mod map;
pub mod record;
pub mod report;
pub mod round;
pub mod score;
#[cfg(test)]
mod typescript;
pub mod version;
