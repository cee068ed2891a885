//! Who has failed to sign in too often. The counts are in the store, because replicas share them.

use std::net::{IpAddr, SocketAddr};

use aws_lc_rs::digest;
use shared::PhoneNumber;

use super::{Line, random};

/// Failures count for this long, in seconds.
pub const WINDOW_S: i64 = 300;
/// So many failures of one subject in the window are borne.
pub const MOST_FAILURES: u32 = 10;

/// What a failure is counted for: the number that was tried (see [`counted`]), and the address it came from unless that
/// is a proxy's. `lines` are all lines.
pub fn subjects(typed: &str, lines: &[Line], from: Option<SocketAddr>) -> Vec<String> {
    let number = counted(typed, lines);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: &str) -> Line {
        Line::new(PhoneNumber::from_e164(number).unwrap(), String::new(), String::new()).unwrap()
    }

    #[test]
    fn counts_the_number_and_a_public_address() {
        let subjects_of =
            |typed, from: &str| subjects(typed, &[line("+815031234567")], Some(from.parse().unwrap()));
        let far = subjects_of("+81 50 3123 4567", "203.0.113.9:5000");
        assert_eq!(far.len(), 2);
        assert_eq!(far[1], "address:203.0.113.9");
        let near = subjects_of("+81-50-3123-4567", "127.0.0.1:5000");
        assert_eq!(near, far[..1]);
        assert!(!far[0].contains("3123"), "numbers of strangers are not kept");
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
            let counts = ways.map(|typed| subjects(typed, &lines, None));
            assert!(counts.iter().all(|count| *count == counts[0]), "{ways:?}");
        }
        assert_ne!(subjects("+815031234567", &lines, None), subjects("+815031234568", &lines, None));
    }
}
