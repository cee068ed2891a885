//! Numbers as documents write them.

use super::country::Country;

/// The E.164 form of `text`: E.164 itself, or a national number of `home` as people write it, such as
/// `(415) 555-1212`. (Twilio's page on `<Number>` promises that of numbers in the United States.)
pub(super) fn dialled_number(text: &str, home: Option<&'static Country>) -> Option<String> {
    if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '.')) {
        return None;
    }
    if text.starts_with('+') {
        return is_e164(text).then(|| text.to_owned());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let code = home?.calling_code;
    let national = match code {
        "1" => nanp(&digits)?,
        // Trunk prefixes (ITU-T E.123): 8 and 06 are dialled in place of 0; in Italy the 0 is part of the number.
        "7" => digits.strip_prefix('8').unwrap_or(&digits),
        "36" => digits.strip_prefix("06").unwrap_or(&digits),
        "39" => &digits,
        _ => digits.strip_prefix('0').unwrap_or(&digits),
    };
    let number = format!("+{code}{national}");
    // Shorter ones are services and extensions, which nobody reaches from abroad.
    (national.len() >= 7 && is_e164(&number)).then_some(number)
}

/// Ten digits of the North American Numbering Plan, with or without the 1 before them.
fn nanp(digits: &str) -> Option<&str> {
    let national = match digits.len() {
        11 => digits.strip_prefix('1')?,
        10 => digits,
        _ => return None,
    };
    let starts_well =
        |at: usize| national.as_bytes().get(at).is_some_and(|byte| (b'2'..=b'9').contains(byte));
    (starts_well(0) && starts_well(3)).then_some(national)
}

/// `+`, a digit but 0, at most 15 digits.
pub(crate) fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(iso: &str, text: &str) -> Option<String> {
        dialled_number(text, Country::by_iso(iso))
    }

    #[test]
    fn national_numbers_are_those_of_the_account_s_country() {
        for (iso, text, number) in [
            ("US", "(415) 555-1212", "+14155551212"),
            ("US", "415-555-1212", "+14155551212"),
            ("US", "1 415.555.1212", "+14155551212"),
            ("CA", "4165550143", "+14165550143"),
            ("JP", "03-1234-5678", "+81312345678"),
            ("GB", "020 7946 0958", "+442079460958"),
            ("HU", "06 1 234 5678", "+3612345678"),
            ("RU", "8 495 123-45-67", "+74951234567"),
            ("IT", "06 6982 1234", "+390669821234"),
            ("DK", "32 12 34 56", "+4532123456"),
            ("US", "+815031234567", "+815031234567"),
        ] {
            assert_eq!(from(iso, text).as_deref(), Some(number), "{text} in {iso}");
        }
    }

    #[test]
    fn what_is_no_number_of_the_country_is_none() {
        for (iso, text) in [
            ("US", "0312345678"),
            ("US", "555-1212"),
            ("US", "2 415 555 1212"),
            ("US", "115 555 1212"),
            ("US", "415 155 1212"),
            ("US", "+1 415 555 1212"),
            ("US", "+0123"),
            ("US", "415555CALL"),
            ("US", ""),
            ("JP", "117"),
            ("JP", "03123456781234567"),
            ("no country", "0312345678"),
        ] {
            assert_eq!(from(iso, text), None, "{text} in {iso}");
        }
    }
}
