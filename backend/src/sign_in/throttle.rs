//! Who may try to sign in, and how often. The counts are in the store, because replicas share them.
//!
//! Failures count for the number that was tried and for the address they come from. A browser in which the line has
//! been signed in before has an allowance of its own instead, so that strangers who guess do not lock the owner out of
//! it. A new browser they can hold up, for a passcode can be guessed; but not with a one-time code, which is too long for
//! that: where the count of the number or of the browser is full, one is looked at all the same, and only the address's
//! count holds it up.

use std::net::IpAddr;

use aws_lc_rs::digest;
use shared::{PhoneNumber, api::Wait};

use super::browser_secret::SecretDigest;
use crate::failures::Limit;
use crate::{lines::Line, random};

/// What a failure counts for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CountedFor {
    Number,
    Device,
    Address,
}

impl CountedFor {
    /// For the store, and for the audit log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Device => "device",
            Self::Address => "address",
        }
    }
}

/// One of those that an attempt counts for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subject {
    /// In the store. No number and no name can be read from it.
    pub key: String,
    pub of: CountedFor,
    pub limits: &'static [Limit],
}

/// One whose count is full.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Full {
    pub of: CountedFor,
    /// Seconds until there is room again.
    pub wait_s: u32,
}

/// Failures from before this many seconds count for nothing.
pub const LONGEST_WINDOW_S: i64 = 86_400;
/// Numbers share so many counts: what strangers can make the store keep, without ever forgetting one count for another.
/// A passcode check takes so long that a day is too short to fill many of them with numbers made up.
const COUNTS_OF_NUMBERS: u16 = u16::MAX;
/// Counts of addresses beyond so many are forgotten, those of the longest ago first. Whoever has so many addresses has no
/// need to get round the count of one.
pub const MOST_ADDRESSES: i64 = 50_000;

const OF_NUMBER: &[Limit] =
    &[Limit { most: 10, window_s: 300 }, Limit { most: 100, window_s: LONGEST_WINDOW_S }];
/// An address may be an office's.
const OF_ADDRESS: &[Limit] =
    &[Limit { most: 30, window_s: 300 }, Limit { most: 300, window_s: LONGEST_WINDOW_S }];
const OF_DEVICE: &[Limit] =
    &[Limit { most: 10, window_s: 300 }, Limit { most: 50, window_s: LONGEST_WINDOW_S }];
/// By OpenID Connect, begun and not finished well.
const OF_OPENID: &[Limit] =
    &[Limit { most: 60, window_s: 300 }, Limit { most: 600, window_s: LONGEST_WINDOW_S }];

/// What an attempt to sign in with the number `typed` counts for. `lines` are all lines; `known_device` is the browser's
/// secret if the line that is meant has been signed in there.
pub fn subjects(
    typed: &str,
    lines: &[Line],
    from: IpAddr,
    known_device: Option<SecretDigest>,
) -> Vec<Subject> {
    let number = counted(typed, lines);
    if let Some(device) = known_device {
        let key = format!("device:{}:{}", device.short(), short_digest(&number));
        return vec![Subject { key, of: CountedFor::Device, limits: OF_DEVICE }];
    }
    let number = Subject { key: key_of(&number), of: CountedFor::Number, limits: OF_NUMBER };
    std::iter::once(number).chain(address(from)).collect()
}

/// The address alone, for a one-time code where the other counts are full.
pub fn address(from: IpAddr) -> Option<Subject> {
    let key = format!("address:{}", counted_network(from)?);
    Some(Subject { key, of: CountedFor::Address, limits: OF_ADDRESS })
}

/// What a sign-in by OpenID Connect counts for. `known_device` is the browser's secret if any line has been signed in there.
pub fn openid(from: IpAddr, known_device: Option<SecretDigest>) -> Option<Subject> {
    let (key, of) = match known_device {
        Some(device) => (format!("openid:{}", device.short()), CountedFor::Device),
        None => (format!("openid:{}", counted_network(from)?), CountedFor::Address),
    };
    Some(Subject { key, of, limits: OF_OPENID })
}

/// How long to wait where these counts are full, and whether a one-time code is looked at before that.
pub fn wait(full: &[Full]) -> Wait {
    let one_time_code = full.iter().all(|full| full.of != CountedFor::Address);
    Wait { seconds: full.iter().map(|full| full.wait_s).max().unwrap_or_default(), one_time_code }
}

/// What is said to who has to wait.
pub fn words(wait: Wait) -> String {
    let when = when(wait.seconds);
    if wait.one_time_code {
        format!(
            "Too many failed attempts to sign in. Try again {when}, or ask whoever runs the server for a one-time code, \
             which lets you in before that."
        )
    } else {
        format!(
            "Too many failed attempts to sign in from your network. Try again {when}, or from another network."
        )
    }
}

/// Never too early.
fn when(seconds: u32) -> String {
    const MINUTE_S: u32 = 60;
    match seconds.div_ceil(MINUTE_S) {
        0 | 1 => "in about a minute".to_owned(),
        minutes @ ..90 => format!("in about {minutes} minutes"),
        minutes => format!("in about {} hours", minutes.div_ceil(60)),
    }
}

/// What attempts at this number count for, from browsers that the line does not know.
pub fn number(number: &PhoneNumber) -> Subject {
    Subject { key: number_key(number), of: CountedFor::Number, limits: OF_NUMBER }
}

/// Key of what attempts at this number count for.
pub fn number_key(number: &PhoneNumber) -> String {
    key_of(&counted(number.as_str(), &[]))
}

/// One of few keys: see [`COUNTS_OF_NUMBERS`].
fn key_of(number: &str) -> String {
    let digest = digest::digest(&digest::SHA256, number.as_bytes());
    let [a, b, ..] = digest.as_ref() else { return "number:".to_owned() };
    format!("number:{:x}", u16::from_be_bytes([*a, *b]) % COUNTS_OF_NUMBERS)
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
        assert_eq!(address(FAR.parse().unwrap()).map(|subject| subject.key), Some(far[1].clone()));
        assert_eq!(address(NEAR.parse().unwrap()), None);
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

    #[test]
    fn the_words_name_the_time_and_the_way_that_is_open() {
        let full = |of, wait_s| Full { of, wait_s };
        let number = wait(&[full(CountedFor::Number, 10_100)]);
        assert_eq!(number, Wait { seconds: 10_100, one_time_code: true });
        assert!(words(number).contains("in about 3 hours") && words(number).contains("one-time code"));
        assert!(wait(&[full(CountedFor::Device, 7)]).one_time_code);
        let both = wait(&[full(CountedFor::Number, 20), full(CountedFor::Address, 301)]);
        assert_eq!(both, Wait { seconds: 301, one_time_code: false });
        assert!(words(both).contains("in about 6 minutes") && words(both).contains("network"));
        assert!(!words(both).contains("one-time code"), "it would be held up as well");
        for (seconds, words) in [
            (1, "in about a minute"),
            (60, "in about a minute"),
            (61, "in about 2 minutes"),
            (5_341, "in about 2 hours"),
            (86_400, "in about 24 hours"),
        ] {
            assert_eq!(when(seconds), words);
        }
    }

    /// So that a flood of numbers made up neither grows the store without end nor makes it forget what a line's count is.
    #[test]
    fn all_numbers_there_are_share_a_bounded_number_of_counts() {
        let all: std::collections::HashSet<_> = (0..200_000).map(|n| key_of(&n.to_string())).collect();
        assert!(all.len() > 60_000 && all.len() <= usize::from(COUNTS_OF_NUMBERS), "{}", all.len());
    }
}
