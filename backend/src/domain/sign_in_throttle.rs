//! Who has failed to sign in too often. The counts are in the store, because replicas share them.

use std::net::{IpAddr, SocketAddr};

use aws_lc_rs::digest;

use super::{Line, random};

/// Failures count for this long, in seconds.
pub const WINDOW_S: i64 = 300;
/// So many failures of one subject in the window are borne.
pub const MOST_FAILURES: u32 = 10;

/// What a failure is counted for: the number that was tried (a number that no line has is counted the same way, or the
/// limit would tell them apart), and the address it came from unless that is a proxy's.
pub fn subjects(typed: &str, line: Option<&Line>, from: Option<SocketAddr>) -> Vec<String> {
    let number = line.map_or_else(
        || typed.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect(),
        |line| line.phone_number.as_str().to_owned(),
    );
    let digest = digest::digest(&digest::SHA256, number.as_bytes());
    let mut subjects = vec![format!("number:{}", random::hex(digest.as_ref()))];
    let beyond_proxies = |ip: &IpAddr| match ip {
        IpAddr::V4(ip) => !(ip.is_loopback() || ip.is_private() || ip.is_link_local()),
        IpAddr::V6(ip) => !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()),
    };
    if let Some(ip) = from.map(|from| from.ip().to_canonical()).filter(beyond_proxies) {
        subjects.push(format!("address:{ip}"));
    }
    subjects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_number_and_a_public_address() {
        let subjects_of = |typed, from: &str| subjects(typed, None, Some(from.parse().unwrap()));
        let far = subjects_of("+81 50 3123 4567", "203.0.113.9:5000");
        assert_eq!(far.len(), 2);
        assert_eq!(far[1], "address:203.0.113.9");
        let near = subjects_of("+81-50-3123-4567", "127.0.0.1:5000");
        assert_eq!(near, far[..1]);
        assert!(!far[0].contains("3123"), "numbers of strangers are not kept");
    }
}
