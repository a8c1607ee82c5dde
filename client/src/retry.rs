//! After a lost connection: whether to try again, and when. Pure: the random number is an argument.
//!
//! Called by the owner task of a connection.

use std::time::Duration;

/// When to try again.
///
/// The delay doubles with each failure in a row up to [`Backoff::most`], and a random part of it is
/// left out, so that a room of people does not come back to a restarted server in one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// Delay before the second attempt; the first follows a loss at once. Failures count as in a row
    /// until a connection has been live for a while.
    pub first: Duration,
    /// Longest delay.
    pub most: Duration,
    /// Attempts in a row after which to give up. `None`: never.
    pub attempts: Option<u32>,
}

impl Default for Backoff {
    /// From 100 ms to 10 s, for ever: a workshop outlasts a restart of its server.
    fn default() -> Self {
        Self {
            first: Duration::from_millis(100),
            most: Duration::from_secs(10),
            attempts: None,
        }
    }
}

impl Backoff {
    /// How long to wait after `failed` failures in a row, or `None` to give up.
    ///
    /// `chance` is in 0 ≤ chance < 1; the delay lies between half of its full length and the whole.
    pub fn delay(&self, failed: u32, chance: f64) -> Option<Duration> {
        if self.attempts.is_some_and(|attempts| failed >= attempts) {
            return None;
        }
        let Some(doublings) = failed.checked_sub(1) else {
            return Some(Duration::ZERO);
        };
        let factor = 2u32.checked_pow(doublings).unwrap_or(u32::MAX);
        let full = self.first.saturating_mul(factor).min(self.most);
        Some(full.mul_f64(1.0 - chance.clamp(0.0, 1.0) / 2.0))
    }
}

/// What a close code asks of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AfterClose {
    /// Come back.
    Retry,
    /// Stay away: the server will not have this client (4400–4499, as y-websocket 3.1 reads them).
    Stop,
}

/// Reads a close code.
pub(crate) fn after_close(code: u16) -> AfterClose {
    if (4400..=4499).contains(&code) {
        AfterClose::Stop
    } else {
        AfterClose::Retry
    }
}

/// Reads the HTTP status of a refused upgrade: whether asking again can help.
pub(crate) fn after_refusal(status: u16) -> AfterClose {
    match status {
        // Too early, too many requests, request timeout, and everything the server itself failed at.
        408 | 425 | 429 | 500..=599 => AfterClose::Retry,
        _ => AfterClose::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_its_bound() {
        let backoff = Backoff::default();
        let millis: Vec<u128> = (0..=9)
            .map(|n| backoff.delay(n, 0.0).unwrap().as_millis())
            .collect();
        assert_eq!(
            millis,
            [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]
        );
        assert_eq!(backoff.delay(u32::MAX, 0.0), Some(Duration::from_secs(10)));
    }

    #[test]
    fn chance_takes_away_up_to_half() {
        let backoff = Backoff::default();
        assert_eq!(backoff.delay(3, 0.5), Some(Duration::from_millis(300)));
        for chance in [0.0, 0.25, 0.999] {
            let delay = backoff.delay(4, chance).unwrap().as_millis();
            assert!((400..=800).contains(&delay), "chance {chance}: {delay} ms");
        }
    }

    #[test]
    fn attempts_are_counted() {
        let backoff = Backoff {
            attempts: Some(3),
            ..Backoff::default()
        };
        assert!(backoff.delay(2, 0.0).is_some());
        assert_eq!(backoff.delay(3, 0.0), None);
    }

    #[test]
    fn codes_4400_to_4499_stop_and_others_do_not() {
        for code in [4400, 4401, 4499] {
            assert_eq!(after_close(code), AfterClose::Stop, "{code}");
        }
        for code in [1000, 1001, 1006, 1011, 1012, 1013, 4399, 4500] {
            assert_eq!(after_close(code), AfterClose::Retry, "{code}");
        }
    }

    #[test]
    fn a_refusal_stops_unless_it_may_pass() {
        for status in [301, 400, 401, 403, 404, 410] {
            assert_eq!(after_refusal(status), AfterClose::Stop, "{status}");
        }
        for status in [408, 429, 500, 502, 503] {
            assert_eq!(after_refusal(status), AfterClose::Retry, "{status}");
        }
    }
}
