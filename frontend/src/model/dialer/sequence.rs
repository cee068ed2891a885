//! Keys to be sent once a call is open, written behind the number: `+1 800 555 1234,,12#`. A comma is a pause of two seconds, a
//! semicolon a stop until the user goes on, as on mobile phones. `model::call::Sequence` sends them.

/// Longest that is kept, in signs.
pub(super) const MAX_KEYS: usize = 64;

/// The number and the keys behind it, pauses included.
pub(super) fn split(text: &str) -> (&str, &str) {
    text.split_at(text.find([',', ';']).unwrap_or(text.len()))
}

/// Whether a sign stands between number and keys.
pub(super) fn is_pause(sign: char) -> bool {
    matches!(sign, ',' | ';')
}

/// Finds the keys in what was pasted: behind commas, semicolons, `p`, `w`, `x` or `ext.`, or in the parameters of a `tel:` URI
/// (RFC 3966 `ext`, RFC 2806 `postd`). Twilio's `w`, half a second, and `W`, a second, become commas that take as long or
/// longer.
pub(super) fn split_pasted(text: &str) -> (&str, String) {
    if let Some((number, parameters)) = text.split_once(';').filter(|_| is_uri(text)) {
        let keys = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_extension = name.eq_ignore_ascii_case("ext");
            let value = if is_extension { format!(",{value}") } else { value.to_owned() };
            keys(&value).filter(|_| is_extension || name.eq_ignore_ascii_case("postd"))
        });
        return (number, keys.unwrap_or_default());
    }
    let mut digits = 0;
    for (at, sign) in text.char_indices() {
        digits += usize::from(sign.is_ascii_digit());
        let begins = matches!(sign, ',' | ';' | '，' | '；' | 'p' | 'P' | 'w' | 'W' | 'x' | 'X' | 'e' | 'E');
        if begins
            && digits > 2
            && let Some(keys) = keys(&text[at..])
        {
            return (text[..at].trim_end_matches([' ', '(']), keys);
        }
    }
    (text, String::new())
}

fn is_uri(text: &str) -> bool {
    text.trim_start().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
}

/// The keys in canonical signs; `None` when there is anything else in the text, which is then no sequence, or no key.
fn keys(text: &str) -> Option<String> {
    let mut keys = String::new();
    let mut half_seconds = 0_usize;
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let word = ["extension", "ext", "x"]
            .into_iter()
            .find(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
        rest = &rest[word.map_or(sign.len_utf8(), str::len)..];
        let halves = match sign {
            _ if word.is_some() => 4,
            ',' | '，' | 'p' | 'P' => 4,
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
            '0'..='9' | '*' | '#' => keys.push(sign),
            ';' | '；' => keys.push(';'),
            _ => return None,
        }
    }
    keys.truncate(MAX_KEYS);
    keys.contains(|sign| !is_pause(sign)).then_some(keys)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_found_in_what_is_pasted() {
        for (pasted, number, keys) in [
            ("+18005551234,,123#", "+18005551234", ",,123#"),
            ("+1 800 555 1234 ext. 12", "+1 800 555 1234", ",12"),
            ("+1 800 555 1234 (extension 12)", "+1 800 555 1234", ",12"),
            ("800-555-1234x12", "800-555-1234", ",12"),
            ("+18005551234p12;34", "+18005551234", ",12;34"),
            ("+18005551234ww1wwwww2", "+18005551234", ",1,,2"),
            ("+18005551234WW1", "+18005551234", ",1"),
            ("tel:+1-800-555-1234;ext=12", "tel:+1-800-555-1234", ",12"),
            ("TEL:+18005551234;phone-context=+1;postd=pp22", "TEL:+18005551234", ",,22"),
            ("tel:+18005551234;x=1", "tel:+18005551234", ""),
            ("03-1234-5678，12", "03-1234-5678", ",12"),
            // words, not keys
            ("Call me: 03 1234 5678, please", "Call me: 03 1234 5678, please", ""),
            ("+18005551234,", "+18005551234,", ""),
            ("<x>1", "<x>1", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_pasted(pasted), (number, keys.to_owned()), "{pasted}");
        }
    }
}
