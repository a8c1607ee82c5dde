//! Crash tests: the server is killed (SIGKILL) or stopped (SIGTERM) while people type; nothing that was acknowledged may be
//! missing, and nothing typed may be lost once everybody is back.
//!
//! CRASH-1 nothing behind an answered barrier is missing after a kill. CRASH-2 the journal's chain verifies. CRASH-3 the
//! server opens again. CRASH-4 whoever comes back gives back everything typed, and all copies end equal, each token
//! exactly once. STOP-1 a stop by SIGTERM ends with code 0 within 5 s, sockets closed with 1012, everything acknowledged
//! there. CRASH-5 a kill while the data file is being made or opened leaves a folder that opens.
//!
//! `CAIRN_CRASH_ROUNDS` sets the number of kills, `CAIRN_SEED` plays the life with that seed again.

mod life;
mod model;
mod startup;
mod stop;
mod typist;

use std::env;

/// Kills in one run unless told.
const ROUNDS: u32 = 60;
/// Kills in the life of one data folder: enough for snapshots, few enough that each look at the journal stays quick.
const ROUNDS_PER_LIFE: u32 = 10;

fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = env::var(name).ok()?;
    let value = text.parse().ok();
    assert!(value.is_some(), "{name}={text} cannot be read");
    value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crash_1_crash_2_crash_3_crash_4_nothing_is_missing_or_broken_after_kills_at_random_moments()
 {
    if let Some(seed) = setting("CAIRN_SEED") {
        let rounds = setting("CAIRN_CRASH_ROUNDS").unwrap_or(ROUNDS_PER_LIFE);
        return eprintln!("{}", life::live(seed, rounds).await);
    }
    let mut left = setting("CAIRN_CRASH_ROUNDS").unwrap_or(ROUNDS);
    let mut total = life::Tally::default();
    while left > 0 {
        let rounds = left.min(ROUNDS_PER_LIFE);
        total += life::live(rand::random(), rounds).await;
        left -= rounds;
    }
    eprintln!("{total}");
}
