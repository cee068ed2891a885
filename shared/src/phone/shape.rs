//! How a country's numbers are grouped.
//!
//! A shape is `beginning:national:international`: for which numbers it is, and two templates. In a template, a letter stands
//! for so many digits (`b` for two), with a capital behind it for two to so many (`bD`: two to four); all else is written
//! as it is. Without the third part, the international template is the national one without what stands before its first
//! digits; an empty national template means that the number is not written nationally.

use super::pattern::{self, Fit};
use super::plans::Plan;

pub(super) struct Shape {
    pub(super) national: &'static str,
    pub(super) international: &'static str,
}

impl Shape {
    /// The shape of a whole number.
    pub(super) fn of_whole(plan: Plan, national: &str) -> Option<Self> {
        Self::of(plan, national).filter(|shape| lengths(shape.international).0 <= national.len())
    }

    /// The shape that a number has, or will most likely have when it is complete.
    pub(super) fn of(plan: Plan, national: &str) -> Option<Self> {
        let mut likely = None;
        let mut possible = None;
        for line in plan.shapes() {
            let mut parts = line.split(':');
            let mut next = || parts.next().unwrap_or_default();
            let (beginning, home) = (next(), next());
            let abroad = match next() {
                "" => home.trim_start_matches(|sign: char| !sign.is_ascii_lowercase()),
                abroad => abroad,
            };
            let shape = Self { national: home, international: abroad };
            let (least, most) = lengths(abroad);
            if national.len() > most {
                continue;
            }
            match pattern::beginning(beginning, national) {
                Fit::Yes if national.len() >= least => return Some(shape),
                Fit::Yes if likely.is_none() => likely = Some(shape),
                Fit::Unfinished if possible.is_none() => possible = Some(shape),
                _ => {}
            }
        }
        likely.or(possible)
    }
}

/// The digits in the groups of the template, as far as they go.
pub(super) fn fill(template: &str, digits: &str) -> String {
    let (least, _) = lengths(template);
    let mut spare = digits.len().checked_sub(least);
    let mut left = digits;
    let mut filled = String::with_capacity(template.len() + digits.len());
    let mut signs = template.bytes().peekable();
    let mut is_whole = false;
    while !left.is_empty() {
        let Some(sign) = signs.next() else { break };
        if !sign.is_ascii_lowercase() {
            filled.push(char::from(sign));
            continue;
        }
        let least = usize::from(sign - b'a') + 1;
        let most = signs.next_if(u8::is_ascii_uppercase).map_or(least, |sign| usize::from(sign - b'A') + 1);
        // An unfinished number fills each group to its end.
        let size = spare.map_or(most, |spare| least + spare.min(most - least)).min(left.len());
        spare = spare.map(|spare| spare - size.saturating_sub(least));
        is_whole = size >= least;
        let (group, rest) = left.split_at(size);
        filled.push_str(group);
        left = rest;
    }
    // No bracket stays open while its group is being typed.
    if is_whole && signs.peek() == Some(&b')') {
        filled.push(')');
    } else if filled.contains('(') && !filled.contains(')') {
        filled = filled.replace('(', "");
    }
    filled.push_str(left);
    filled
}

/// The fewest and the most digits.
fn lengths(template: &str) -> (usize, usize) {
    let mut least = 0;
    let mut most = 0;
    let mut last = 0;
    for sign in template.bytes() {
        match sign {
            b'a'..=b'z' => {
                last = usize::from(sign - b'a') + 1;
                least += last;
                most += last;
            }
            b'A'..=b'Z' => most += usize::from(sign - b'A') + 1 - last,
            _ => {}
        }
    }
    (least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        for (template, digits, filled) in [
            ("0a-d-d", "312345678", "03-1234-5678"),
            ("0a-d-d", "3", "03"),
            ("0a-d-d", "312", "03-12"),
            ("(c) c-d", "4155552671", "(415) 555-2671"),
            ("(c) c-d", "415", "(415)"),
            ("(c) c-d", "41", "41"),
            ("b cD d", "1234567890", "12 3456 7890"),
            ("b cD d", "123456789", "12 345 6789"),
            ("b cD d", "12345", "12 345"),
            ("d bF", "123456789", "1234 56789"),
            ("8 (c) c-b-b", "4951234567", "8 (495) 123-45-67"),
        ] {
            assert_eq!(fill(template, digits), filled, "{template} with {digits}");
        }
    }
}
