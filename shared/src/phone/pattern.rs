//! The few signs of regular expressions that number plans are written with: digits, `x` for any of them, `[2-57]`, groups,
//! `|`, `?`, `{3}` and `{3,5}`. A whole engine would be larger than the plans.

use std::cell::Cell;

/// How digits and a pattern go together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fit {
    No,
    /// More digits may make it fit.
    Unfinished,
    Yes,
}

/// All the digits, from the first to the last.
pub(super) fn whole(pattern: &str, digits: &str) -> Fit {
    run(pattern, digits, &mut |rest| rest.is_empty())
}

/// The first digits. The empty pattern fits everything.
pub(super) fn beginning(pattern: &str, digits: &str) -> Fit {
    run(pattern, digits, &mut |_| true)
}

/// How many of the digits the pattern takes.
pub(super) fn taken(pattern: &str, digits: &str) -> Option<usize> {
    let mut taken = None;
    run(pattern, digits, &mut |rest| {
        taken = Some(digits.len() - rest.len());
        true
    });
    taken
}

/// Whether the pattern fits the beginning of the digits so that the rest is wanted; every way to fit is tried.
pub(super) fn split(pattern: &str, digits: &str, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
    run(pattern, digits, &mut |rest| wanted(&digits[digits.len() - rest.len()..])) == Fit::Yes
}

/// What remains to be done behind a piece of the pattern, with the digits that are left.
type Then<'a> = &'a mut dyn FnMut(&[u8]) -> bool;

fn run(pattern: &str, digits: &str, then: Then<'_>) -> Fit {
    let matcher = Matcher { ran_out: Cell::new(false) };
    match matcher.any(pattern.as_bytes(), digits.as_bytes(), then) {
        true => Fit::Yes,
        false if matcher.ran_out.get() => Fit::Unfinished,
        false => Fit::No,
    }
}

struct Matcher {
    /// A digit was wanted behind the last one.
    ran_out: Cell<bool>,
}

impl Matcher {
    /// One of the alternatives.
    fn any(&self, pattern: &[u8], digits: &[u8], then: Then<'_>) -> bool {
        let mut rest = pattern;
        loop {
            let end = end_of(rest, b'|');
            if self.all(&rest[..end], digits, then) {
                return true;
            }
            match rest.get(end + 1..) {
                Some(next) => rest = next,
                None => return false,
            }
        }
    }

    /// One piece after the other.
    fn all(&self, pattern: &[u8], digits: &[u8], then: Then<'_>) -> bool {
        let Some((piece, pattern)) = split_piece(pattern) else { return then(digits) };
        let (least, most, pattern) = repetition(pattern);
        self.repeat(piece, least, most, digits, &mut |rest| self.all(pattern, rest, then))
    }

    fn repeat(&self, piece: &[u8], least: u8, most: u8, digits: &[u8], then: Then<'_>) -> bool {
        if most > 0 {
            let mut again =
                |rest: &[u8]| self.repeat(piece, least.saturating_sub(1), most - 1, rest, &mut *then);
            let fits = match piece.strip_prefix(b"(").and_then(|inner| inner.strip_suffix(b")")) {
                Some(inner) => self.any(inner, digits, &mut again),
                None => match digits.split_first() {
                    Some((digit, rest)) => takes(piece, *digit) && again(rest),
                    None => {
                        self.ran_out.set(true);
                        false
                    }
                },
            };
            if fits {
                return true;
            }
        }
        least == 0 && then(digits)
    }
}

/// Whether the piece, which is no group, is for this digit.
fn takes(piece: &[u8], digit: u8) -> bool {
    match piece {
        [b'x'] => true,
        [b'[', set @ .., b']'] => {
            let mut set = set;
            loop {
                match set {
                    [from, b'-', to, rest @ ..] => {
                        if (*from..=*to).contains(&digit) {
                            return true;
                        }
                        set = rest;
                    }
                    [one, rest @ ..] => {
                        if *one == digit {
                            return true;
                        }
                        set = rest;
                    }
                    [] => return false,
                }
            }
        }
        piece => piece == [digit],
    }
}

/// The first piece of a sequence: a digit, a set or a group.
fn split_piece(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match pattern.first()? {
        b'(' => 2 + end_of(&pattern[1..], b')'),
        b'[' => pattern.iter().position(|&sign| sign == b']')? + 1,
        _ => 1,
    };
    pattern.split_at_checked(length)
}

/// Where the sign stands that is in no group.
fn end_of(pattern: &[u8], sign: u8) -> usize {
    let mut depth = 0_i32;
    let ends = |&found: &u8| {
        let is_end = depth == 0 && found == sign;
        depth += i32::from(found == b'(') - i32::from(found == b')');
        is_end
    };
    pattern.iter().position(ends).unwrap_or(pattern.len())
}

/// `?`, `{3}`, `{3,5}` or nothing.
fn repetition(pattern: &[u8]) -> (u8, u8, &[u8]) {
    match pattern {
        [b'?', rest @ ..] => (0, 1, rest),
        [b'{', rest @ ..] => {
            let end = end_of(rest, b'}');
            let mut numbers = rest[..end].split(|&sign| sign == b',').map(number);
            let least = numbers.next().unwrap_or(1);
            (least, numbers.next().unwrap_or(least), rest.get(end + 1..).unwrap_or_default())
        }
        rest => (1, 1, rest),
    }
}

fn number(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |number, digit| number * 10 + (digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs() {
        for (pattern, digits, fit) in [
            ("12", "12", Fit::Yes),
            ("12", "1", Fit::Unfinished),
            ("12", "13", Fit::No),
            ("12", "123", Fit::No),
            ("[2-57]x", "49", Fit::Yes),
            ("[2-57]x", "69", Fit::No),
            ("[13-5]", "3", Fit::Yes),
            ("x{3}", "12", Fit::Unfinished),
            ("x{2,4}", "123", Fit::Yes),
            ("x{2,4}", "12345", Fit::No),
            ("8x?", "8", Fit::Yes),
            ("1(2|3(4|5))6", "1356", Fit::Yes),
            ("1(2|3(4|5))6", "135", Fit::Unfinished),
            ("1(2|3)?4", "14", Fit::Yes),
            ("8x{5}(x{2,4})?", "8123456", Fit::Unfinished),
            ("8x{5}(x{2,4})?", "812345678", Fit::Yes),
            ("1|22", "22", Fit::Yes),
            ("", "", Fit::Yes),
        ] {
            assert_eq!(whole(pattern, digits), fit, "{pattern} on {digits}");
        }
        assert_eq!(beginning("3[12]", "3199"), Fit::Yes);
        assert_eq!(beginning("3[12]", "3"), Fit::Unfinished);
        assert_eq!(beginning("", "3"), Fit::Yes);
        assert_eq!(taken("00(5|6)?", "00512"), Some(3));
        assert_eq!(taken("00", "0512"), None);
    }
}
