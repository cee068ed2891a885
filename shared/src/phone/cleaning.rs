use super::PhoneNumberError;
use crate::digits;

/// Longest input that is looked at, in characters. The longest written form of an E.164 number, with brackets,
/// spaces and an international prefix, is well under half of it.
pub const MAX_INPUT: usize = 64;

/// Everything that people write around the digits is dropped; what remains is `+` and ASCII digits.
pub(crate) fn clean(input: &str) -> Result<String, PhoneNumberError> {
    let input = input.trim();
    if input.chars().count() > MAX_INPUT {
        return Err(PhoneNumberError::TooLong);
    }
    let mut cleaned = String::with_capacity(input.len());
    for character in input.chars() {
        match (digits::to_ascii(character), character) {
            (Some(digit), _) => cleaned.push(digit),
            (_, sign) if is_plus(sign) && cleaned.is_empty() => cleaned.push('+'),
            (_, sign) if is_separator(sign) => {}
            (_, 'e' | 'E' | 'x' | 'X') if cleaned.len() > 2 => return Err(PhoneNumberError::Extension),
            (_, found) => return Err(PhoneNumberError::Character { found }),
        }
    }
    match cleaned.trim_start_matches('+').len() {
        0 => Err(PhoneNumberError::Empty),
        // 15 digits behind the longest access codes
        n if n > 20 => Err(PhoneNumberError::TooLong),
        _ => Ok(cleaned),
    }
}

/// The sign of an international number, in any width and height.
pub(crate) fn is_plus(character: char) -> bool {
    matches!(character, '+' | '＋' | '﹢' | '⁺' | '₊' | '➕')
}

/// Spaces, brackets, dots, slashes, and every hyphen and dash in use; also the invisible marks that copying from
/// a web page or a contact card brings along.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || is_invisible(character)
        || matches!(
            character,
            '-' | '.' | '/' | '(' | ')' | '[' | ']' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2043}'
                    | '\u{2212}'
                    | '\u{30fc}'
                    | '\u{fe63}'
                    | '\u{ff0d}'
                    | '\u{ff70}'
                    | '（'
                    | '）'
                    | '［'
                    | '］'
                    | '．'
                    | '／'
                    | '·'
                    | '・'
        )
}

/// Soft hyphens, joiners, directions, variants of emoji: nothing that anybody sees.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}'
    )
}
