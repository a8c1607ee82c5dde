//! The clock: the one place of the server that reads the time. Journal writers and deadlines take it as a value.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use cairn_protocol::map::Date;

/// Milliseconds since 1970 UTC, from wherever the caller says.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::from_fn(|| {
            let since = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        })
    }

    /// Another source of time, for tests.
    pub fn from_fn(now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    pub fn now_ms(&self) -> u64 {
        (self.0)()
    }

    /// The day it is now, UTC.
    pub fn today(&self) -> Date {
        day_of(self.now_ms())
    }
}

/// The day of a moment, UTC.
pub fn day_of(ms: u64) -> Date {
    const EPOCH: Date = Date::new(1970, 1, 1).expect("the calendar has it");
    const LAST: Date = Date::new(9999, 12, 31).expect("the calendar has it");
    let days = u32::try_from(ms / 86_400_000).unwrap_or(u32::MAX);
    EPOCH.plus_days(days).unwrap_or(LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let day = |ms| Clock::from_fn(move || ms).today().to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(1_794_873_599_999), "2026-11-16");
        assert_eq!(day(1_794_873_600_000), "2026-11-17");
        assert_eq!(day(u64::MAX), "9999-12-31");
    }
}
