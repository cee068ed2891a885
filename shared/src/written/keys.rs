//! Keys to be sent once a call is open, as they are written behind a number: `+1 800 555 1234,,12#`. A comma is a pause of two
//! seconds, a semicolon a stop until the user goes on, as on mobile phones.

/// Most keys and pauses that are kept.
pub const MAX_KEYS: usize = 64;

/// Whether a sign stands between number and keys.
pub fn is_pause(sign: char) -> bool {
    matches!(sign, ',' | ';')
}

/// The keys in canonical signs; `None` when there is anything else in the text, which is then no sequence, or no key. Twilio's
/// `w`, half a second, and `W`, a second, become commas that take as long or longer.
pub(super) fn keys(text: &str) -> Option<String> {
    let mut keys = String::new();
    let mut half_seconds = 0_usize;
    for sign in text.chars() {
        let halves = match sign {
            ',' | '，' | '、' | 'p' | 'P' => 4,
            'w' => 1,
            'W' => 2,
            _ => 0,
        };
        half_seconds += halves;
        if halves > 0 || matches!(sign, ' ' | '-' | '.' | ':' | '=' | '(' | ')') {
            continue;
        }
        keys.extend(std::iter::repeat_n(',', half_seconds.div_ceil(4)));
        half_seconds = 0;
        match sign {
            ';' | '；' => keys.push(';'),
            sign => keys.push(crate::Key::from_char(sign)?.to_char()),
        }
    }
    keys.truncate(MAX_KEYS);
    keys.contains(|sign| !is_pause(sign)).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_in_every_form_of_writing() {
        for (written, read) in [
            (",,123#", Some(",,123#")),
            ("p12;34", Some(",12;34")),
            ("ww1wwwww2", Some(",1,,2")),
            ("WW1", Some(",1")),
            ("pp22", Some(",,22")),
            ("，1２", Some(",12")),
            (", please", None),
            (",", None),
            ("x1", None),
            ("", None),
        ] {
            assert_eq!(keys(written).as_deref(), read, "{written}");
        }
    }
}
