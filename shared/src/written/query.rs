//! Parameters of an address that carry a number.

use percent_encoding::percent_decode_str;

/// The first parameter of this name in a query, decoded once. A form writes a space as `+`, a person writes the plus sign of a
/// number so: where a number can begin, and digits follow, it is one.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(own, _)| percent_decode_str(own).decode_utf8_lossy() == name)?;
    let mut escaped = String::with_capacity(value.len());
    for (at, sign) in value.char_indices() {
        let is_space = sign == '+' && !begins_number(&value[..at], &value[at + 1..]);
        escaped.push(if is_space { ' ' } else { sign });
    }
    Some(percent_decode_str(&escaped).decode_utf8_lossy().into_owned())
}

/// Whether a plus sign between these two is one of a number.
fn begins_number(before: &str, after: &str) -> bool {
    let stands_free =
        ["", ":", "/", "(", "=", "+", ",", "%20", "%28", "%2c", "%3a", "%2f", "%3d"].iter().any(|end| {
            if end.is_empty() { before.is_empty() } else { before.to_ascii_lowercase().ends_with(end) }
        });
    let digits = percent_decode_str(after.get(..12).unwrap_or(after)).decode_utf8_lossy();
    let next = digits.chars().find(|sign| !matches!(sign, '(' | ' '));
    stands_free && next.is_some_and(|sign| crate::digits::to_ascii(sign).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_sign_is_a_space_only_where_no_number_begins() {
        for (query, value) in [
            ("to=+6562345678", "+6562345678"),
            ("?a=b&to=tel:+6562345678&to=2", "tel:+6562345678"),
            ("to=%2B65+6234+5678", "+65 6234 5678"),
            ("to=+65+6234+5678", "+65 6234 5678"),
            ("to=tel%3A%2B65%25206234", "tel:+65%206234"),
            ("to=tel%3A+6562345678", "tel:+6562345678"),
            ("to=tel:0791234567;phone-context=+41", "tel:0791234567;phone-context=+41"),
            ("to=(+41)+79+123", "(+41) 79 123"),
            ("to=Call++65+6234", "Call +65 6234"),
            ("to=03+1234+5678", "03 1234 5678"),
            ("to=%EF%BC%90%EF%BC%93", "０３"),
            ("to=", ""),
            ("to=+", " "),
            ("to=%ff%", "\u{fffd}%"),
        ] {
            assert_eq!(parameter(query, "to").as_deref(), Some(value), "{query}");
        }
        assert_eq!(parameter("too=1&from=2", "to"), None);
    }
}
