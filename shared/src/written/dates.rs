//! Dates, whose digits are no number: `2026-12-01 05:45` is eight digits and two more in the order of many a number.

use std::borrow::Cow;

/// Takes the dates out of a text, and with them the times of day.
pub(super) fn take_out(text: &str) -> Cow<'_, str> {
    let without = replaced(text, date);
    if without == text { text.into() } else { replaced(&without, time).into() }
}

/// Everything that begins where no digit goes before, and of which so many bytes are one, becomes an end of the line.
fn replaced(text: &str, length: fn(&str) -> Option<usize>) -> String {
    let mut left = String::with_capacity(text.len());
    let (mut rest, mut before) = (text, None);
    while let Some(sign) = rest.chars().next() {
        let begins = !before.is_some_and(|sign: char| sign.is_ascii_digit() || "+-/.".contains(sign));
        let end = Some(rest).filter(|_| begins).and_then(length).filter(|end| ends(&rest[*end..]));
        let (taken, put) = end.map_or((sign.len_utf8(), sign), |end| (end, '\n'));
        left.push(put);
        before = Some(put);
        rest = &rest[taken..];
    }
    left
}

/// Nothing that would make a longer number of it.
fn ends(behind: &str) -> bool {
    let mut signs = behind.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), _) if sign.is_ascii_digit() => false,
        (Some('-' | '/' | '.'), Some(next)) => !next.is_ascii_digit(),
        _ => true,
    }
}

/// Bytes of `2026-12-01`, `1.12.2026` or `12/01/2026`.
fn date(text: &str) -> Option<usize> {
    let (first, sign, rest) = digits(text)?;
    let (second, other, rest) = digits(rest)?;
    let end = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    let third = &rest[..end];
    let within = |text: &str, most: u32| {
        (1..=2).contains(&text.len()) && text.parse().is_ok_and(|number| (1..=most).contains(&number))
    };
    let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let by_year = year(first) && within(second, 12) && within(third, 31);
    let by_day = sign != '-' && year(third) && within(first, 31) && within(second, 31);
    (sign == other && (by_year || by_day)).then_some(text.len() - rest.len() + end)
}

/// Digits, the sign behind them, and the rest.
fn digits(text: &str) -> Option<(&str, char, &str)> {
    let end = text.find(|sign: char| !sign.is_ascii_digit())?;
    let sign = text[end..].chars().next().filter(|sign| "-/.".contains(*sign))?;
    Some((&text[..end], sign, &text[end + 1..]))
}

/// Bytes of `5:45`, or `05:45:00`.
fn time(text: &str) -> Option<usize> {
    let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != ':').unwrap_or(text.len());
    let parts: Vec<_> = text[..end].split(':').collect();
    let is_time = (2..=3).contains(&parts.len())
        && (1..=2).contains(&parts[0].len())
        && parts[1..].iter().all(|part| part.len() == 2);
    is_time.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_their_times_go() {
        for text in [
            "2026-12-01",
            "2026-12-01 05:45",
            "1.12.2026",
            "12/01/2026 5:45",
            "2026/12/1",
            "2026-12-01T05:45:00",
        ] {
            let left: String = take_out(text).chars().filter(char::is_ascii_digit).collect();
            assert_eq!(left, "", "{text}");
        }
        assert_eq!(take_out("called 2026-12-01: 202-555-0143"), "called \n: 202-555-0143");
    }

    #[test]
    fn numbers_stay() {
        for text in [
            "2026-1201",
            "20-2612-0105",
            "2026-12-01-05",
            "+2026-12-01",
            "03-1234-5678",
            "01.12.20.26.05",
            "202.555.0143",
            "2026-13-01",
            "10:00-18:00",
            "(0)1.12.2026.1",
        ] {
            assert_eq!(take_out(text), text);
        }
    }
}
