//! A network of addresses, for `--trusted-proxies`.

use std::net::IpAddr;
use std::str::FromStr;

/// A network of addresses: `172.31.77.0/24`, `2001:db8::/32`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    start: IpAddr,
    bits: u8,
}

/// A text that is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a network is written like 172.31.77.0/24, 2001:db8::/32 or 10.0.0.1")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (start, bits) = text
            .split_once('/')
            .map_or((text, None), |(ip, bits)| (ip, Some(bits)));
        let start: IpAddr = start.trim().parse().map_err(|_| NotANetwork)?;
        let most = if start.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| {
            bits.trim().parse().map_err(|_| NotANetwork)
        })?;
        if bits > most {
            Err(NotANetwork)
        } else {
            Ok(Self { start, bits })
        }
    }
}

impl Network {
    /// Whether an address is in it. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(self, ip: IpAddr) -> bool {
        let same = |one: u128, other: u128, width: u32| {
            let rest = width - u32::from(self.bits);
            one.checked_shr(rest).unwrap_or(0) == other.checked_shr(rest).unwrap_or(0)
        };
        match (self.start, ip.to_canonical()) {
            (IpAddr::V4(start), IpAddr::V4(ip)) => {
                same(u32::from(start).into(), u32::from(ip).into(), 32)
            }
            (IpAddr::V6(start), IpAddr::V6(ip)) => same(start.into(), ip.into(), 128),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_the_addresses_that_share_its_first_bits() {
        let holds = |network: &str, ip: &str| {
            network
                .parse::<Network>()
                .unwrap()
                .contains(ip.parse().unwrap())
        };
        for (network, ip) in [
            ("172.31.77.0/24", "172.31.77.255"),
            ("172.31.77.9/24", "172.31.77.1"),
            ("10.0.0.1", "10.0.0.1"),
            ("10.0.0.0/8", "::ffff:10.9.9.9"),
            ("0.0.0.0/0", "8.8.8.8"),
            ("2001:db8::/32", "2001:db8:ffff::1"),
            ("::/0", "2001:db8::1"),
        ] {
            assert!(holds(network, ip), "{ip} in {network}");
        }
        for (network, ip) in [
            ("172.31.77.0/24", "172.31.78.0"),
            ("10.0.0.1", "10.0.0.2"),
            ("0.0.0.0/0", "2001:db8::1"),
            ("2001:db8::/32", "2001:db9::1"),
        ] {
            assert!(!holds(network, ip), "{ip} not in {network}");
        }
        for bad in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "a/8",
            "10.0.0.0/",
            "10.0.0.0/-1",
        ] {
            assert_eq!(bad.parse::<Network>(), Err(NotANetwork), "{bad:?}");
        }
    }
}
