//! Where a number is on the clock, by libphonenumber's map of time zones (Apache-2.0), which `scripts/time_zones.py` makes
//! `time_zones.txt` of.

use std::{collections::HashMap, sync::LazyLock};

use shared::PhoneNumber;

use super::number_facts::NumberFacts;

static ZONES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("time_zones.txt").lines().filter_map(|line| line.split_once('\t'));
    lines.flat_map(|(zones, numbers)| numbers.split(' ').map(move |number| (number, zones))).collect()
});

/// The IANA time zones that the phone may be in; none where they are too many to tell a time. A mobile phone is somewhere in
/// its country, whatever town its number begins with.
pub fn time_zones(number: &PhoneNumber) -> Vec<String> {
    let digits = number.as_str().trim_start_matches('+');
    let is_of_a_place = NumberFacts::of(number).is_some_and(|facts| facts.is_of_a_place());
    let longest =
        if is_of_a_place { digits.len() } else { number.country().map_or(0, |c| c.calling_code().len()) };
    let zones = (1..=longest).rev().find_map(|length| ZONES.get(digits.get(..length)?));
    zones
        .into_iter()
        .flat_map(|zones| zones.split(','))
        .filter(|zone| !zone.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_their_time() {
        for (number, zones) in [
            ("+81312345678", &["Asia/Tokyo"][..]),
            ("+819059876543", &["Asia/Tokyo"]),
            ("+12125550110", &["America/New_York"]),
            ("+14155552671", &["America/Los_Angeles"]),
            ("+61892345678", &["Australia/Adelaide", "Australia/Perth"]),
            ("+74951234567", &["Europe/Moscow"]),
            // anywhere in a wide country
            ("+18005551234", &[]),
            ("+79161234567", &[]),
            ("+870773123456", &[]),
        ] {
            let number = PhoneNumber::from_e164(number).unwrap();
            assert_eq!(time_zones(&number), zones, "{number}");
        }
        // England, and the islands that share its code and its time
        let london = time_zones(&PhoneNumber::from_e164("+447911123456").unwrap());
        assert!(london.contains(&"Europe/London".to_owned()) && london.len() <= 4, "{london:?}");
    }
}
