use super::{MAX_INPUT, PhoneNumberError};

/// Everything that people write around the digits is dropped; what remains is `+` and ASCII digits.
pub(super) fn clean(input: &str) -> Result<String, PhoneNumberError> {
    let input = input.trim();
    if input.chars().count() > MAX_INPUT {
        return Err(PhoneNumberError::TooLong);
    }
    let number = match input.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tel") => without_parameters(rest),
        _ => input,
    };
    let mut cleaned = String::with_capacity(number.len());
    for character in number.chars() {
        match character {
            '0'..='9' => cleaned.push(character),
            '+' | '＋' if cleaned.is_empty() => cleaned.push('+'),
            '０'..='９' => cleaned.push(ascii_digit(character)),
            _ if is_separator(character) => {}
            'e' | 'E' | 'x' | 'X' if cleaned.len() > 2 => return Err(PhoneNumberError::Extension),
            found => return Err(PhoneNumberError::Character { found }),
        }
    }
    match cleaned.trim_start_matches('+').len() {
        0 => Err(PhoneNumberError::Empty),
        // 15 digits behind the longest access codes
        n if n > 20 => Err(PhoneNumberError::TooLong),
        _ => Ok(cleaned),
    }
}

/// RFC 3966: `tel:+1-201-555-0123;phone-context=…`.
fn without_parameters(uri: &str) -> &str {
    uri.split_once(';').map_or(uri, |(number, _)| number)
}

fn ascii_digit(full_width: char) -> char {
    char::from_digit(full_width as u32 - '０' as u32, 10).unwrap_or('0')
}

/// Spaces, brackets, dots, slashes, and every hyphen and dash in use; also the invisible marks that copying from
/// a web page or a contact card brings along.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '.' | '/' | '(' | ')' | '[' | ']' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}'
                | '（' | '）' | '．' | '·' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}
