//! `tel:` URIs (RFC 3966): the number, what the number is relative to, and what follows it.

use percent_encoding::percent_decode_str;

use super::{Country, MAX_INPUT, PhoneNumber, PhoneNumberError, Plan, cleaning, international, plain};

/// A URI taken apart, and decoded once, as the URL standard says.
pub(crate) struct TelUri {
    pub(crate) number: String,
    parameters: Vec<(String, String)>,
}

impl TelUri {
    /// `None` when the text is no `tel:` URI.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        scheme.eq_ignore_ascii_case("tel").then(|| Self::of(rest))
    }

    /// What stands behind the scheme; `//` is not in the standard, but in many pages.
    pub(crate) fn of(rest: &str) -> Self {
        let mut parts = rest.trim_start_matches('/').split(';');
        let number = decode(parts.next().unwrap_or_default());
        let parameters = parts.map(|part| {
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

    /// Whether there is nothing but the number.
    pub(crate) fn is_bare(&self) -> bool {
        self.parameters.is_empty()
    }

    /// The number, whatever is to follow it.
    pub(crate) fn number(&self, home: Option<Country>) -> Result<PhoneNumber, PhoneNumberError> {
        let number = cleaning::clean(&self.number)?;
        let mut contexts = self.parameters.iter().filter(|(name, _)| name == "phone-context");
        match contexts.next() {
            // What is international is relative to nothing.
            Some(_) if number.starts_with('+') => plain(&number, None),
            Some(context) if contexts.all(|other| other == context) => within(&number, &context.1),
            Some(_) => Err(PhoneNumberError::Context),
            None => plain(&number, home),
        }
    }
}

/// A number that holds within a context: the leading digits of international numbers. A domain, which can stand there too, says nothing
/// to others than its owner.
fn within(number: &str, context: &str) -> Result<PhoneNumber, PhoneNumberError> {
    let context = cleaning::clean(context).map_err(|_| PhoneNumberError::Context)?;
    let leading = context.strip_prefix('+').ok_or(PhoneNumberError::Context)?;
    let (plan, area) = Plan::of(leading).ok_or(PhoneNumberError::UnknownCountryCode)?;
    let whole = match plan.country(area).map(Country::new) {
        Some(country) => plain(number, Some(country)),
        None => international(&[leading, number].concat()),
    };
    if area.is_empty() {
        return whole;
    }
    match (whole, international(&[leading, number].concat())) {
        (Ok(whole), Ok(within)) if whole != within => Err(PhoneNumberError::Context),
        (whole, within) => whole.or(within),
    }
}

fn decode(text: &str) -> String {
    // A number is short, however it is escaped; the rest is not looked at.
    let longest = text.char_indices().nth(12 * MAX_INPUT).map_or(text.len(), |(at, _)| at);
    percent_decode_str(&text[..longest]).decode_utf8_lossy().into_owned()
}
