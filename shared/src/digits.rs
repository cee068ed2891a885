//! Decimal digits of every script: what a keyboard types in Arabic, Persian, Hindi or full width.

/// The zeros of Unicode's decimal digits (general category Nd, Unicode 17), each followed by one to nine.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40,
    0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da,
    0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60,
    0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0,
    0x1e4f0, 0x1e5f1, 0x1e950,
];
// one more block, of digits in the shape of seven-segment displays
const SEGMENTED: u32 = 0x1fbf0;

/// The digit as ASCII, whatever its script; `None` for what is no decimal digit, such as `½` or `Ⅳ`.
pub fn to_ascii(character: char) -> Option<char> {
    let code = character as u32;
    let at = ZEROS.partition_point(|zero| *zero <= code);
    let zero = if code >= SEGMENTED { SEGMENTED } else { *ZEROS.get(at.checked_sub(1)?)? };
    char::from_digit(code - zero, 10)
}

/// The text with every digit in ASCII.
pub fn fold(text: &str) -> String {
    text.chars().map(|character| to_ascii(character).unwrap_or(character)).collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn digits_of_every_script_and_nothing_else() {
        for (text, ascii) in
            [("٠١٢٣٤٥٦٧٨٩", "0123456789"), ("۰۱۲۹", "0129"), ("०१९", "019"), ("０９", "09"), ("𝟎𝟗🯰🯹", "0909")]
        {
            assert_eq!(fold(text), ascii);
        }
        let mut decimal = 0;
        for character in '\0'..=char::MAX {
            let is_decimal = character.general_category() == GeneralCategory::DecimalNumber;
            assert!(!is_decimal || to_ascii(character).is_some(), "U+{:04X}", character as u32);
            assert!(to_ascii(character).is_none_or(|_| character.is_numeric()), "U+{:04X}", character as u32);
            decimal += u32::from(is_decimal);
        }
        assert!(decimal >= 660, "{decimal}");
        assert_eq!(fold("½ Ⅳ ① 三 a"), "½ Ⅳ ① 三 a");
    }
}
