//! The bench: what the server does in a second, in a megabyte and in a millisecond, beside a bare relay in the same run.
//!
//! `make bench` builds everything in release and runs it; about six minutes. Both sides run as processes of their own on
//! this machine, in turn, pair by pair; printed are medians, and medians of the ratios of each pair. No result passes or
//! fails. With names of sections as arguments only those are run.

#![expect(
    clippy::cast_precision_loss,
    reason = "counts and bytes of one run are far below 2^53"
)]

mod barrier;
mod exports;
mod flood;
mod history;
mod idle;
mod opening;
mod pace;
mod rival;
mod table;
mod typing;
mod voting;

use std::env;
use std::thread::available_parallelism;

use anyhow::{Context, ensure};
use tokio::net::TcpListener;

use rival::{AS_RELAY, Rivals};

const SECTIONS: [&str; 9] = [
    "edits", "fan-out", "pace", "barrier", "opening", "history", "idle", "voting", "exports",
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == AS_RELAY) {
        let address = arguments.pop().context("the relay needs an address")?;
        return Ok(cairn_tests::relay::serve(TcpListener::bind(address).await?).await?);
    }
    let wanted = if arguments.is_empty() {
        SECTIONS.map(str::to_owned).to_vec()
    } else {
        arguments
    };
    let unknown = wanted
        .iter()
        .find(|name| !SECTIONS.contains(&name.as_str()));
    ensure!(
        unknown.is_none(),
        "no section {}; there are {SECTIONS:?}",
        unknown.map_or("", |name| name)
    );
    if cfg!(debug_assertions) {
        println!("Built without optimisation: the numbers mean nothing.");
    }
    let cores = available_parallelism()?;
    println!(
        "cairn ({}) beside a bare relay: a WebSocket broadcast with no document, no journal, no roles.\n\
         {cores} cores, shared by the server measured and the generator. Medians of runs in turn; ratio = cairn / relay.",
        cairn_tests::server::binary()?.display()
    );
    let rivals = Rivals::start().await?;
    for section in wanted {
        match section.as_str() {
            "edits" => flood::edits(&rivals).await?,
            "fan-out" => flood::fan_out(&rivals).await?,
            "pace" => pace::at_a_pace(&rivals).await?,
            "barrier" => barrier::barriers(&rivals).await?,
            "opening" => opening::measure(&rivals.relay).await?,
            "history" => history::measure().await?,
            "idle" => idle::idle().await?,
            "exports" => exports::exports().await?,
            _ => voting::voting(&rivals).await?,
        }
    }
    Ok(())
}
