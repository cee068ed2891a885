//! `tel:` URIs (RFC 3966): the number, what the number is relative to, and what follows it.

use percent_encoding::percent_decode_str;

use super::cleaning::MAX_INPUT;

/// A URI taken apart, and decoded once, as the URL standard says.
pub(crate) struct TelUri {
    pub(crate) number: String,
    pub(super) parameters: Vec<(String, String)>,
}

impl TelUri {
    /// `None` when the text is no `tel:` URI.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        scheme.eq_ignore_ascii_case("tel").then(|| Self::of(rest))
    }

    /// What stands behind the scheme; `//` is not in the standard, but in many pages.
    pub(crate) fn of(rest: &str) -> Self {
        let rest = rest.trim_start_matches('/');
        // Many pages write parameters as those of a web address.
        let (number, parameters) = rest.split_at(rest.find([';', '?']).unwrap_or(rest.len()));
        let number = decode(number);
        let parameters = parameters.split([';', '?', '&']).skip(1).map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.trim().to_ascii_lowercase(), decode(value))
        });
        Self { number, parameters: parameters.collect() }
    }

    /// The first parameter of this name that says something.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut values = self.parameters.iter().filter(|(own, value)| own == name && !value.is_empty());
        values.next().map(|(_, value)| value.as_str())
    }

    /// Whether something that is not understood looks like a country code, such as a parameter that is spelt wrong.
    pub(crate) fn has_stray_country(&self) -> bool {
        let understood = |name: &str| ["phone-context", "ext", "postd", "isub"].contains(&name);
        let is_code = |value: &str| {
            value.strip_prefix('+').is_some_and(|code| code.starts_with(|sign: char| sign.is_ascii_digit()))
        };
        self.parameters.iter().any(|(name, value)| !understood(name) && is_code(value.trim()))
    }

    /// Whether there is nothing but the number.
    pub(crate) fn is_bare(&self) -> bool {
        self.parameters.is_empty()
    }
}

fn decode(text: &str) -> String {
    // A number is short, however it is escaped; the rest is not looked at.
    let longest = text.char_indices().nth(12 * MAX_INPUT).map_or(text.len(), |(at, _)| at);
    percent_decode_str(&text[..longest]).decode_utf8_lossy().into_owned()
}
