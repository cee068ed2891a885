//! The spellings of a query that Twilio may have signed.
//!
//! Twilio signs the text of a GET's URL before its own HTTP client escapes it: `:` and `@` of SIP addresses and `'` of
//! names of places are bare in what is signed and escaped in what is sent (twilio-node, pull request 621, issues 1059 and
//! 1183). Which characters are bare is not documented, so they are tried in groups: each group either bare or escaped. All
//! spellings have the same bytes once they are decoded, and the same `&`, `=` and `+`-or-blank between them.

/// Characters that RFC 3986 lets stand bare in a query, but for letters, digits, `-._` and what has a meaning in a form.
/// What stands together is treated alike. A form's encoder leaves `*` bare and escapes the rest of its group, which is why
/// what is not to be bare may also stay as it came.
const GROUPS: [&[u8]; 4] = [b":@", b"'", b"!()*~", b"$,;/?"];

/// A blank, as forms write it and as URLs do.
const BLANKS: [&str; 2] = ["+", "%20"];

/// The groups that Twilio has been seen to leave bare.
const SEEN_BARE: u8 = 0b11;

/// What becomes of characters whose group is not to be bare.
#[derive(Clone, Copy, PartialEq)]
enum Others {
    /// Bare or escaped, as they came.
    AsTheyCame,
    Escaped,
    /// With small hexadecimal digits, as some write them.
    EscapedSmall,
}

/// Each once, at most 40.
pub(super) fn all(query: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    for blank in BLANKS {
        for bare in 0..1_u8 << GROUPS.len() {
            spellings.push(spell(query, bare, blank, Others::AsTheyCame));
        }
        for bare in [0, SEEN_BARE] {
            spellings.push(spell(query, bare, blank, Others::Escaped));
            spellings.push(spell(query, bare, blank, Others::EscapedSmall));
        }
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// With these groups bare.
fn spell(query: &str, bare: u8, blank: &str, others: Others) -> String {
    let is_bare = |byte: u8, came_bare: bool| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            return true;
        }
        let group = GROUPS.iter().position(|group| group.contains(&byte));
        group.is_some_and(|group| bare & 1 << group != 0 || others == Others::AsTheyCame && came_bare)
    };
    let mut text = String::with_capacity(query.len());
    let mut rest = query.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let escaped = if first == b'%' { behind.split_at_checked(2) } else { None };
        let decoded = escaped.and_then(|(digits, behind)| Some((decode(digits)?, behind)));
        rest = decoded.map_or(behind, |(_, behind)| behind);
        match (first, decoded.map(|(byte, _)| byte)) {
            // What divides stays bare where it was, and escaped where it was a character of a value.
            (b'&' | b'=', None) => text.push(char::from(first)),
            (b'+', None) | (_, Some(b' ')) => text.push_str(blank),
            (_, escaped) => {
                let byte = escaped.unwrap_or(first);
                if is_bare(byte, escaped.is_none()) {
                    text.push(char::from(byte));
                } else if others == Others::EscapedSmall {
                    text.push_str(&format!("%{byte:02x}"));
                } else {
                    text.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    text
}

/// Two hexadecimal digits.
fn decode(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match digits {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::form_urlencoded;

    use super::*;

    fn pairs(query: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    #[test]
    fn what_was_sent_escaped_is_tried_bare_in_groups() {
        let all = all("From=sip%3aann%40example.com&City=Sull%27Adda+(MI)&x=%E6%88%91%2B%26&flag");
        for wanted in [
            "From=sip:ann@example.com&City=Sull'Adda+%28MI%29&x=%E6%88%91%2B%26&flag",
            "From=sip:ann@example.com&City=Sull'Adda%20(MI)&x=%E6%88%91%2B%26&flag",
            "From=sip%3Aann%40example.com&City=Sull'Adda%20(MI)&x=%E6%88%91%2B%26&flag",
            "From=sip:ann@example.com&City=Sull%27Adda+(MI)&x=%E6%88%91%2B%26&flag",
            "From=sip%3Aann%40example.com&City=Sull%27Adda+%28MI%29&x=%E6%88%91%2B%26&flag",
            "From=sip%3aann%40example.com&City=Sull%27Adda+%28MI%29&x=%e6%88%91%2b%26&flag",
        ] {
            assert!(all.iter().any(|spelling| spelling == wanted), "{wanted} in {all:#?}");
        }
        assert!(all.len() <= 40, "{}", all.len());
        assert_eq!(super::all("To=%2B81&CallSid=CA1").len(), 2, "most have few");
        assert!(super::all("a=%3A*%7E%21").contains(&"a=:*%7E%21".to_owned()));
        // Broken escapes are the characters that they are.
        assert!(super::all("a=100%&b=%zz&c=%4").contains(&"a=100%25&b=%25zz&c=%254".to_owned()));
    }

    proptest! {
        /// So nobody can make a request of a signed one that says something else.
        #[test]
        fn every_spelling_says_the_same(query in "([a-c %+&=:@'!()*~$,;/?#é]|%[0-9a-fA-F]{2}|%zz){0,30}") {
            for spelling in all(&query) {
                prop_assert_eq!(pairs(&spelling), pairs(&query), "{}", spelling);
            }
        }
    }
}
