//! Rust client of a Cairn server.
//!
//! ```text
//! callers ──requests──▶ owner task (Doc, presence, barriers, commands) ◀──frames──▶ socket task
//!         ◀──watches───
//! ```
//!
//! [`connect`] gives a [`Connection`]: the map's document here, kept equal with the server's. It
//! survives lost connections; what was typed meanwhile is given back by the next one. Map edits are
//! made with the write operations of [`cairn_protocol::map`] inside [`Connection::edit`].
//! [`http`] joins, creates and imports; [`simulate`] fills a map with simulated participants.

mod address;
mod barriers;
mod connection;
pub mod http;
mod line;
mod owner;
mod presence;
mod problem;
mod replica;
mod retry;
pub mod simulate;
mod socket;
mod status;
mod workshop;

pub use address::{AddressError, Invite, Server};
pub use connection::{ConnectOptions, Connection, Dialect, connect};
pub use presence::{Cursor, Drag, Focus, Peer, Presence, User};
pub use problem::{Problem, Refusal};
pub use replica::Mark;
pub use retry::Backoff;
pub use socket::{ByteStream, Dial, Tcp};
pub use status::{BarrierError, Closed, CommandError, Rejection, Status, Stop};
pub use workshop::Done;
