//! Who asks, when proxies are in between.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

/// Whether it is a proxy whose word counts.
pub(crate) fn is_trusted(peer: IpAddr, trusted: &[IpNet]) -> bool {
    let peer = peer.to_canonical();
    trusted.iter().any(|net| net.contains(&peer))
}

/// The client's address: the hop nearest to us that is no trusted proxy. What stands before it was written by people
/// whom nobody trusts.
///
/// `peer` is who is connected; `header` is what the last proxy wrote, in the words of `X-Forwarded-For` or of RFC 7239's
/// `Forwarded`, the nearest hop last. A hop that cannot be read ends the search: the proxy that wrote it is the client
/// then.
pub(crate) fn client_address<'a>(
    peer: IpAddr,
    hops: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpNet],
) -> IpAddr {
    let mut client = peer.to_canonical();
    for hop in hops.rev() {
        if !is_trusted(client, trusted) {
            break;
        }
        let Some(address) = address(hop) else { break };
        client = address;
    }
    client
}

/// The `for` of one element of `Forwarded`; empty, and thus no address, when there is none.
pub(crate) fn forwarded_for(element: &str) -> &str {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut hops = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    hops.next().map_or("", |(_, hop)| hop.trim().trim_matches('"'))
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`
fn address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bracketed = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let plain = bracketed.parse::<IpAddr>().ok();
    let address = plain.or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, header: &str) -> String {
        let trusted: Vec<IpNet> =
            ["127.0.0.0/8", "10.0.0.0/8", "fd00::/8"].map(|n| n.parse().unwrap()).into();
        client_address(peer.parse().unwrap(), header.split(','), &trusted).to_string()
    }

    #[test]
    fn the_nearest_hop_that_is_not_ours_counts() {
        assert_eq!(client("127.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(client("127.0.0.1", "198.51.100.7, 10.0.0.3"), "198.51.100.7");
        assert_eq!(
            client("127.0.0.1", "8.8.8.8, 198.51.100.7,10.0.0.3"),
            "198.51.100.7",
            "8.8.8.8 is a claim"
        );
        assert_eq!(client("127.0.0.1", "10.0.0.9, 10.0.0.3"), "10.0.0.9", "a client of our own network");
        assert_eq!(client("::ffff:127.0.0.1", "2001:db8::1"), "2001:db8::1");
        assert_eq!(client("127.0.0.1", "[2001:db8::1]:4711"), "2001:db8::1");
        assert_eq!(client("127.0.0.1", "198.51.100.7:4711"), "198.51.100.7");
        assert_eq!(client("127.0.0.1", "::ffff:198.51.100.7"), "198.51.100.7");
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(client("203.0.113.5", "198.51.100.7"), "203.0.113.5");
        assert_eq!(client("203.0.113.5", "127.0.0.1"), "203.0.113.5");
    }

    #[test]
    fn what_cannot_be_read_ends_the_search() {
        for header in
            ["", "unknown", "_hidden", "198.51.100.7, ", "198.51.100.7, x", "1.2.3.4.5", "[", "[]:1"]
        {
            assert_eq!(client("127.0.0.1", header), "127.0.0.1", "{header}");
        }
        assert_eq!(client("127.0.0.1", "198.51.100.7, x, 10.0.0.3"), "10.0.0.3");
    }

    #[test]
    fn rfc_7239() {
        assert_eq!(forwarded_for("for=192.0.2.60;proto=http;by=203.0.113.43"), "192.0.2.60");
        assert_eq!(
            forwarded_for(" proto=https; For=\"[2001:db8:cafe::17]:4711\""),
            "[2001:db8:cafe::17]:4711"
        );
        assert_eq!(forwarded_for("by=1.2.3.4"), "");
        assert_eq!(
            address(forwarded_for("for=\"[2001:db8:cafe::17]:4711\"")),
            "2001:db8:cafe::17".parse().ok()
        );
        assert_eq!(address(forwarded_for("for=_gazonk")), None);
    }
}
