//! The machine's own addresses: where browsers may send their audio, and whose audio is taken.
//!
//! Loopback alone does not do: Firefox pairs no candidate of its own with one on 127.0.0.1.

use std::collections::BTreeSet;
use std::net::IpAddr;

/// Each is a path that every call checks, and a machine with many bridges has hundreds.
const MOST_OFFERED: usize = 8;

/// What the machine has at the moment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnAddresses {
    all: BTreeSet<IpAddr>,
    offered: Vec<IpAddr>,
}

impl OwnAddresses {
    /// `found`: what the interfaces have, in their order; `loopback` is offered in any case.
    pub(super) fn new(loopback: IpAddr, found: &[IpAddr]) -> Self {
        let usable: Vec<IpAddr> = found.iter().copied().filter(is_usable).collect();
        let (v4, v6): (Vec<IpAddr>, Vec<IpAddr>) = usable.iter().partition(|address| address.is_ipv4());
        let mut offered = vec![loopback];
        for address in v4.into_iter().chain(v6) {
            if offered.len() < MOST_OFFERED && !address.is_loopback() && !offered.contains(&address) {
                offered.push(address);
            }
        }
        Self { all: usable.into_iter().collect(), offered }
    }

    /// Host candidates, the best first.
    pub(super) fn offered(&self) -> &[IpAddr] {
        &self.offered
    }

    /// Whether a datagram from or to this address stays on this machine.
    pub(super) fn hold(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_loopback() || self.all.contains(&address)
    }
}

/// An address of a link alone names no interface, and several machines may have it.
fn is_usable(address: &IpAddr) -> bool {
    let link_local = match address {
        IpAddr::V4(address) => address.is_link_local() || address.is_broadcast(),
        IpAddr::V6(address) => address.is_unicast_link_local() || address.to_ipv4_mapped().is_some(),
    };
    !link_local && !address.is_unspecified() && !address.is_multicast()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn own(found: &[&str]) -> OwnAddresses {
        let found: Vec<_> = found.iter().map(|text| ip(text)).collect();
        OwnAddresses::new(ip("127.0.0.1"), &found)
    }

    fn offered(found: &[&str]) -> Vec<String> {
        own(found).offered().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn loopback_and_every_own_address_are_offered_once() {
        assert_eq!(offered(&[]), ["127.0.0.1"]);
        let found =
            ["127.0.0.1", "::1", "2001:db8::7", "192.168.1.7", "fe80::1", "169.254.3.4", "172.17.0.1"];
        assert_eq!(offered(&found), ["127.0.0.1", "192.168.1.7", "172.17.0.1", "2001:db8::7"]);
        assert_eq!(offered(&["10.0.0.1", "10.0.0.1"]), ["127.0.0.1", "10.0.0.1"]);
        assert_eq!(offered(&["0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1"]), ["127.0.0.1"]);
    }

    #[test]
    fn many_bridges_do_not_make_many_candidates_and_are_own_addresses_all_the_same() {
        let bridges: Vec<String> = (0..200).map(|n| format!("172.18.{n}.1")).collect();
        let found: Vec<&str> = bridges.iter().map(String::as_str).collect();
        assert_eq!(offered(&found).len(), MOST_OFFERED);
        assert_eq!(offered(&found)[..2], ["127.0.0.1", "172.18.0.1"]);
        assert!(own(&found).hold(ip("172.18.199.1")));
    }

    #[test]
    fn only_the_machine_itself_is_heard() {
        let own = own(&["192.168.1.7", "2001:db8::7", "fe80::1", "0.0.0.0"]);
        for address in ["127.0.0.1", "127.0.0.53", "::1", "192.168.1.7", "::ffff:192.168.1.7", "2001:db8::7"]
        {
            assert!(own.hold(ip(address)), "{address}");
        }
        // the neighbour, the router, everybody else, and what no machine is alone with
        for address in [
            "192.168.1.8",
            "192.168.1.1",
            "192.168.1.255",
            "203.0.113.9",
            "2001:db8::8",
            "fe80::1",
            "0.0.0.0",
        ] {
            assert!(!own.hold(ip(address)), "{address}");
        }
    }
}
