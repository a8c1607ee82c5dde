//! Rate limits per address (HTTP-6): how much one address may ask before it is told to wait.
//!
//! Asked by guards and handlers. Right tokens are never refused because of a neighbour's wrong ones: a workshop often
//! sits behind one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use governor::clock::{Clock as _, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::problem::{Kind, Problem};
use crate::config::Network;

/// A budget: so many at once, then one more each interval.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// At once.
    pub burst: NonZeroU32,
    /// One more each.
    pub each: Duration,
}

impl Budget {
    /// `burst` at once (at least one), then one more `each`.
    pub const fn new(burst: u32, each: Duration) -> Self {
        match NonZeroU32::new(burst) {
            Some(burst) => Self { burst, each },
            None => panic!("a budget lets at least one through"),
        }
    }
}

/// The budgets of one address.
#[derive(Clone, Copy, Debug)]
pub struct Budgets {
    /// Requests of any kind.
    pub requests: Budget,
    /// People let in.
    pub joins: Budget,
    /// Maps made.
    pub maps: Budget,
    /// Wrong keys, tokens and invites.
    pub failures: Budget,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            // A thousand people behind one address reload a page of ten files after a restart.
            requests: Budget::new(10_000, Duration::from_millis(2)),
            // A workshop of a thousand, or a simulation, joins at once; filling a map (10,000 people) takes minutes.
            joins: Budget::new(2_000, Duration::from_millis(50)),
            maps: Budget::new(100, Duration::from_secs(1)),
            // Enough for a room full of people with yesterday's link; a guesser of host keys gets 30 a minute.
            failures: Budget::new(100, Duration::from_secs(2)),
        }
    }
}

type Limiter = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// Who may ask how much more.
pub struct Limits {
    requests: Limiter,
    joins: Limiter,
    maps: Limiter,
    failures: Limiter,
    /// Addresses that used up their failures, and until when: a limiter cannot be asked without being charged.
    blocked: Mutex<HashMap<IpAddr, Instant>>,
    asked: AtomicU32,
}

/// Requests between two sweeps of addresses that were not seen for long.
const SWEEP_EVERY: u32 = 4096;

impl Limits {
    /// With these budgets for each address.
    pub fn new(budgets: Budgets) -> Self {
        let limiter = |budget: Budget| {
            let quota =
                Quota::with_period(budget.each).expect("every budget refills after some time");
            RateLimiter::hashmap(quota.allow_burst(budget.burst))
        };
        Self {
            requests: limiter(budgets.requests),
            joins: limiter(budgets.joins),
            maps: limiter(budgets.maps),
            failures: limiter(budgets.failures),
            blocked: Mutex::default(),
            asked: AtomicU32::new(0),
        }
    }

    /// Charges a request of any kind.
    pub fn request(&self, peer: Peer) -> Result<(), Problem> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.sweep();
        }
        charge(&self.requests, peer).map_err(wait)
    }

    /// Charges somebody coming in.
    pub fn join(&self, peer: Peer) -> Result<(), Problem> {
        charge(&self.joins, peer).map_err(wait)
    }

    /// Charges a map being made.
    pub fn map(&self, peer: Peer) -> Result<(), Problem> {
        charge(&self.maps, peer).map_err(wait)
    }

    /// Charges a wrong key, token or invite; the problem to answer with.
    pub fn failure(&self, peer: Peer, kind: Kind) -> Problem {
        let Err(left) = charge(&self.failures, peer) else {
            return Problem::new(kind);
        };
        self.blocked().insert(peer.bucket(), Instant::now() + left);
        wait(left)
    }

    /// Whether host keys from this address are looked at: not while it has used up its failures.
    pub fn may_try_key(&self, peer: Peer) -> Result<(), Problem> {
        let mut blocked = self.blocked();
        let Some(until) = blocked.get(&peer.bucket()) else {
            return Ok(());
        };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            blocked.remove(&peer.bucket());
            return Ok(());
        }
        Err(wait(left))
    }

    fn blocked(&self) -> MutexGuard<'_, HashMap<IpAddr, Instant>> {
        self.blocked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sweep(&self) {
        for limiter in [&self.requests, &self.joins, &self.maps, &self.failures] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let now = Instant::now();
        self.blocked().retain(|_, until| *until > now);
    }
}

/// `Err` with how long to wait.
fn charge(limiter: &Limiter, peer: Peer) -> Result<(), Duration> {
    let refused = limiter.check_key(&peer.bucket());
    refused.map_err(|until| until.wait_time_from(limiter.clock().now()))
}

fn wait(left: Duration) -> Problem {
    let seconds = left.as_secs() + 1;
    let detail = format!("This address asked too much. Wait {seconds} s and try again.");
    Problem::because(Kind::TooMany, detail).retry_after(seconds)
}

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// Nobody: of a request that came by no connection, as in tests.
    pub const NOBODY: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

    /// The address of a connection. When that is a trusted proxy's: the last one in `X-Forwarded-For` that is not,
    /// because each proxy adds whom it heard from and whatever stands before was written by the client.
    pub fn of(connection: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> Self {
        let is_proxy = |ip: IpAddr| trusted.iter().any(|network| network.contains(ip));
        let mut from = connection.ip();
        let lines = headers.get_all("x-forwarded-for").iter().rev();
        let mut named = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
        while is_proxy(from) {
            let Some(Ok(before)) = named.next().map(|ip| ip.trim().parse()) else {
                break;
            };
            from = before;
        }
        Self(from)
    }

    /// What is limited together: an IPv4 address, or the /64 of an IPv6 one, which a single home is given whole.
    fn bucket(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V4(ip) => IpAddr::V4(ip),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> Peer {
        Peer(text.parse().unwrap())
    }

    fn tight() -> Limits {
        let one = Budget::new(1, Duration::from_hours(1));
        Limits::new(Budgets {
            requests: one,
            joins: one,
            maps: one,
            failures: one,
        })
    }

    #[test]
    fn http_6_each_address_has_its_own_budget() {
        let limits = tight();
        assert!(limits.join(peer("10.0.0.1")).is_ok());
        let refused = limits.join(peer("10.0.0.1")).unwrap_err();
        assert_eq!(refused.kind(), Kind::TooMany);
        assert!(limits.join(peer("10.0.0.2")).is_ok(), "another address");
        assert!(
            limits.join(peer("::ffff:10.0.0.1")).is_err(),
            "the same address written as IPv6"
        );
        assert!(limits.join(peer("2001:db8::1")).is_ok());
        assert!(limits.join(peer("2001:db8::2:1")).is_err(), "the same /64");
        assert!(limits.join(peer("2001:db8:0:1::1")).is_ok(), "another /64");
    }

    #[test]
    fn http_6_after_too_many_failures_keys_are_not_looked_at() {
        let limits = tight();
        let guesser = peer("10.0.0.1");
        assert!(limits.may_try_key(guesser).is_ok());
        assert_eq!(
            limits.failure(guesser, Kind::HostOnly).kind(),
            Kind::HostOnly
        );
        assert!(limits.may_try_key(guesser).is_ok());
        assert_eq!(
            limits.failure(guesser, Kind::HostOnly).kind(),
            Kind::TooMany
        );
        assert_eq!(
            limits.may_try_key(guesser).unwrap_err().kind(),
            Kind::TooMany
        );
        assert!(
            limits.may_try_key(peer("10.0.0.2")).is_ok(),
            "another address"
        );
    }

    #[test]
    fn http_6_only_a_trusted_proxy_names_the_address_and_only_its_own_entry_counts() {
        let connection = "127.0.0.1:5000".parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6, 203.0.113.9".parse().unwrap());
        let trusted: [Network; 2] = ["127.0.0.1".parse().unwrap(), "10.7.0.0/16".parse().unwrap()];
        assert_eq!(Peer::of(connection, &headers, &[]), peer("127.0.0.1"));
        assert_eq!(
            Peer::of(connection, &headers, &trusted[1..]),
            peer("127.0.0.1")
        );
        assert_eq!(
            Peer::of(connection, &headers, &trusted),
            peer("203.0.113.9")
        );
        headers.append("x-forwarded-for", "10.7.0.2".parse().unwrap());
        assert_eq!(
            Peer::of(connection, &headers, &trusted),
            peer("203.0.113.9"),
            "two proxies"
        );
        headers.append("x-forwarded-for", "198.51.100.7".parse().unwrap());
        assert_eq!(
            Peer::of(connection, &headers, &trusted),
            peer("198.51.100.7")
        );
        headers.append("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(Peer::of(connection, &headers, &trusted), peer("127.0.0.1"));
        assert_eq!(
            Peer::of(connection, &HeaderMap::new(), &trusted),
            peer("127.0.0.1")
        );
    }
}
