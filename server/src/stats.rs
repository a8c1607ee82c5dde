//! Counters of the whole server, for `/metrics`, the benches and nothing that decides anything.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the process started, and gauges of now.
#[derive(Debug, Default)]
pub struct Stats {
    rooms: AtomicU64,
    connections: AtomicU64,
    records: AtomicU64,
    edit_frames: AtomicU64,
    diffs: AtomicU64,
}

/// A reading of [`Stats`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomStats {
    /// Rooms open now.
    pub rooms: u64,
    /// Sockets open now.
    pub connections: u64,
    /// Records appended since the start.
    pub records: u64,
    /// Frames with edits queued to sockets since the start.
    pub edit_frames: u64,
    /// Diffs sent to readers who had fallen behind, since the start.
    pub diffs: u64,
}

fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(count as u64, Ordering::Relaxed);
}

fn take(counter: &AtomicU64, count: usize) {
    counter.fetch_sub(count as u64, Ordering::Relaxed);
}

impl Stats {
    pub(crate) fn room_opened(&self) {
        add(&self.rooms, 1);
    }
    pub(crate) fn room_closed(&self) {
        take(&self.rooms, 1);
    }
    pub(crate) fn connection_opened(&self) {
        add(&self.connections, 1);
    }
    pub(crate) fn connections_closed(&self, count: usize) {
        take(&self.connections, count);
    }
    pub(crate) fn record_appended(&self) {
        add(&self.records, 1);
    }
    pub(crate) fn edits_sent(&self, frames: usize) {
        add(&self.edit_frames, frames);
    }
    pub(crate) fn diff_sent(&self) {
        add(&self.diffs, 1);
    }

    /// The counters as they are now.
    pub fn read(&self) -> RoomStats {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        RoomStats {
            rooms: get(&self.rooms),
            connections: get(&self.connections),
            records: get(&self.records),
            edit_frames: get(&self.edit_frames),
            diffs: get(&self.diffs),
        }
    }
}
