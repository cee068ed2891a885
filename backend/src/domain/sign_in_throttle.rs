//! Who may try to sign in, and how often. The counts are in the store, because replicas share them.
//!
//! Attempts count for the number that was tried and for the address they come from. A browser in which the line has
//! been signed in before has an allowance of its own instead, so that strangers who guess do not lock the owner out.

use std::net::IpAddr;

use aws_lc_rs::digest;
use shared::PhoneNumber;

use super::{Line, browser_secret::SecretDigest, random};

/// At most so many failures in so many seconds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limit {
    pub most: u32,
    pub window_s: i64,
}

/// What attempts are counted for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subject {
    /// In the store. No number and no name can be read from it.
    pub key: String,
    /// Such as "number", for the audit log.
    pub of: &'static str,
    pub limits: &'static [Limit],
}

/// Attempts from before this many seconds count for nothing.
pub const LONGEST_WINDOW_S: i64 = 86_400;
/// Attempts beyond so many are forgotten, the oldest first: what strangers can make the store keep. It takes longer to
/// make so many than the short windows last, for each costs a passcode check.
pub const MOST_ATTEMPTS_KEPT: i64 = 50_000;

const OF_NUMBER: &[Limit] =
    &[Limit { most: 10, window_s: 300 }, Limit { most: 100, window_s: LONGEST_WINDOW_S }];
/// An address may be an office's.
const OF_ADDRESS: &[Limit] =
    &[Limit { most: 30, window_s: 300 }, Limit { most: 300, window_s: LONGEST_WINDOW_S }];
const OF_DEVICE: &[Limit] =
    &[Limit { most: 10, window_s: 300 }, Limit { most: 50, window_s: LONGEST_WINDOW_S }];

/// What an attempt to sign in with the number `typed` counts for. `lines` are all lines; `known_device` is the browser's
/// secret if the line that is meant has been signed in there.
pub fn subjects(
    typed: &str,
    lines: &[Line],
    from: IpAddr,
    known_device: Option<SecretDigest>,
) -> Vec<Subject> {
    let number = short_digest(&counted(typed, lines));
    if let Some(device) = known_device {
        let key = format!("device:{}:{number}", device.short());
        return vec![Subject { key, of: "device", limits: OF_DEVICE }];
    }
    let mut subjects = vec![Subject { key: format!("number:{number}"), of: "number", limits: OF_NUMBER }];
    if let Some(network) = counted_network(from) {
        let key = format!("address:{network}");
        subjects.push(Subject { key, of: "address", limits: OF_ADDRESS });
    }
    subjects
}

/// Key of what attempts at this number count for.
pub fn number_key(number: &PhoneNumber) -> String {
    format!("number:{}", short_digest(&counted(number.as_str(), &[])))
}

/// The last digits of the number that was tried, which all ways to write it share. Whether a line has the number
/// plays no part: the limit must not tell.
fn counted(typed: &str, lines: &[Line]) -> String {
    const DIGITS: usize = 8;
    let mut homes = lines.iter().map(|line| line.phone_number.country());
    let number = homes.find_map(|home| PhoneNumber::parse(typed, home).ok());
    let text = number.as_ref().map_or(typed, PhoneNumber::as_str);
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(DIGITS)..].iter().collect()
}

fn short_digest(text: &str) -> String {
    random::hex(&digest::digest(&digest::SHA256, text.as_bytes()).as_ref()[..16])
}

/// An IPv4 address, or the /64 of an IPv6 address, which one host has to itself. `None` for those of this machine and
/// of private networks: most likely a proxy's that is not named in `trusted_proxies`, and so everybody's.
fn counted_network(address: IpAddr) -> Option<String> {
    match address.to_canonical() {
        IpAddr::V4(ip) => {
            (!(ip.is_loopback() || ip.is_private() || ip.is_link_local())).then(|| ip.to_string())
        }
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            let near = ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local();
            (!near).then(|| format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: &str = "203.0.113.9";
    const NEAR: &str = "127.0.0.1";

    fn line(number: &str) -> Line {
        Line::new(PhoneNumber::from_e164(number).unwrap(), String::new(), String::new()).unwrap()
    }

    fn keys(typed: &str, lines: &[Line], from: &str, device: Option<SecretDigest>) -> Vec<String> {
        subjects(typed, lines, from.parse().unwrap(), device).into_iter().map(|subject| subject.key).collect()
    }

    #[test]
    fn counts_the_number_and_a_public_address() {
        let lines = [line("+815031234567")];
        let far = keys("+81 50 3123 4567", &lines, FAR, None);
        assert_eq!(far.len(), 2);
        assert_eq!(far[0], number_key(&lines[0].phone_number));
        assert_eq!(far[1], "address:203.0.113.9");
        let near = keys("+81-50-3123-4567", &lines, NEAR, None);
        assert_eq!(near, far[..1]);
        assert!(!far[0].contains("3123"), "numbers of strangers are not kept");
        let of_host = |address| keys("1", &[], address, None)[1].clone();
        assert_eq!(of_host("2001:db8:1:2:3::4"), "address:2001:db8:1:2::/64");
        assert_eq!(of_host("2001:db8:1:2:5::6"), of_host("2001:db8:1:2:3::4"));
        assert_ne!(of_host("2001:db8:1:3::4"), of_host("2001:db8:1:2::4"));
    }

    #[test]
    fn a_device_that_is_known_counts_for_itself() {
        let lines = [line("+815031234567"), line("+12025550143")];
        let known = keys("+815031234567", &lines, FAR, Some(SecretDigest([7; 32])));
        assert_eq!(known.len(), 1);
        assert!(known[0].starts_with("device:"));
        assert_ne!(known, keys("+815031234567", &lines, FAR, Some(SecretDigest([8; 32]))));
        assert_ne!(known, keys("+12025550143", &lines, FAR, Some(SecretDigest([7; 32]))));
    }

    #[test]
    fn every_way_to_write_a_number_counts_as_one_whether_a_line_has_it_or_not() {
        let lines = [line("+12025550143"), line("+815031234567")];
        for ways in [
            // a line's
            ["+815031234567", "050-3123-4567", "０５０ ３１２３ ４５６７", "tel:+81-50-3123-4567;x=1"],
            // nobody's
            ["+815031234568", "050-3123-4568", "０５０ ３１２３ ４５６８", "tel:+81-50-3123-4568;x=1"],
        ] {
            let counts = ways.map(|typed| keys(typed, &lines, NEAR, None));
            assert!(counts.iter().all(|count| *count == counts[0]), "{ways:?}");
        }
        assert_ne!(keys("+815031234567", &lines, NEAR, None), keys("+815031234568", &lines, NEAR, None));
    }
}
