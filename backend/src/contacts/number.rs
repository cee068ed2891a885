use shared::{
    Country, PhoneNumber,
    written::{Written, is_pause},
};

/// Digits, `*` and `#` of a number that works in one place only, at most.
const LONGEST_SHORT: usize = 20;

/// A number as a contact has it: E.164 and the keys behind it, or what works in one place only. `None` for what is no number.
pub(super) fn read(written: &str, home: Option<Country>) -> Option<String> {
    if let Ok(number) = PhoneNumber::parse(written, home) {
        return Some(number.as_str().to_owned());
    }
    if let Ok(Written { number: Some(number), keys, .. }) = Written::read(written, home, &country_name) {
        let apart = if keys.is_empty() || keys.starts_with(is_pause) { "" } else { "," };
        return Some([number.as_str(), apart, &keys].concat());
    }
    short(written)
}

/// `110`, `*86`, `#31#`, or a number that nothing says a country of.
fn short(written: &str) -> Option<String> {
    let separates = |c: char| c.is_whitespace() || "-().".contains(c);
    let signs: String = written.chars().filter(|c| !separates(*c)).collect();
    let digits = signs.strip_prefix('+').unwrap_or(&signs);
    let fits = digits.len() <= LONGEST_SHORT
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#'))
        && digits.chars().any(|c| c.is_ascii_digit());
    fits.then_some(signs)
}

/// The number that is called, without what is sent once the call is open.
pub(super) fn called(number: &str) -> &str {
    number.split(is_pause).next().unwrap_or(number)
}

/// In English: files have no other names of countries behind their numbers.
fn country_name(country: Country) -> String {
    country.name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let home = Country::from_code("JP");
        for (written, number) in [
            ("090-5987-6543", Some("+819059876543")),
            ("+1 (202) 555-0143", Some("+12025550143")),
            ("tel:+1-202-555-0143;ext=12", Some("+12025550143,12")),
            ("+1 202 555 0143 ext. 12", Some("+12025550143,12")),
            ("110", Some("110")),
            ("*86", Some("*86")),
            ("５-５-５", None),
            ("call me", None),
            ("", None),
            ("+", None),
        ] {
            assert_eq!(read(written, home).as_deref(), number, "{written}");
        }
        assert_eq!(called("+12025550143,12"), "+12025550143");
        assert_eq!(called("110"), "110");
    }
}
