//! The Cairn server as a library, so that tests and benches start it in their own process. `ARCHITECTURE.md` is the map.

pub mod archive;
pub mod auth;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod config;
mod demo;
pub mod erase;
mod export;
pub mod fanout;
pub mod founding;
mod guard;
mod history;
pub mod http;
mod import;
pub mod journal;
pub mod load;
pub mod presence;
pub mod retention;
pub mod room;
pub mod rooms;
pub mod secrets;
pub mod session;
pub mod stats;
pub mod token;
pub mod webhook;
mod when;
