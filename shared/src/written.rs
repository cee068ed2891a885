//! What people paste, drop, dictate or follow: a number among other things. What says its country is never thrown away, keys that
//! follow are told from the number, and what cannot be told is asked about.

mod dates;
mod items;
mod keys;
mod link;
mod names;
mod query;
mod spelling;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod text;
mod vanity;
mod vcard;
mod words;

use thiserror::Error;

use crate::{Country, PhoneNumber, PhoneNumberError};

pub use keys::{MAX_KEYS, is_pause};
pub use names::Names;

/// More is no number with something around it, but a document.
const LONGEST: usize = 4_000;

/// What was understood.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Written {
    /// Digits, `*`, `#` and a leading `+`, as they go where the cursor is: perhaps only a part of a number.
    pub signs: String,
    /// What the signs are, where they are a whole number.
    pub number: Option<PhoneNumber>,
    /// A plus sign, an access code, a link or a context says of which country it is: home has no part in it.
    pub says_country: bool,
    /// What is sent when the call is open: `0`–`9`, `*`, `#`, and pauses (`,` two seconds, `;` until the user goes on).
    pub keys: String,
    /// What the user should know of it.
    pub note: Option<Note>,
}

/// What was made of something, or not made of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Note {
    /// An extension, which is sent as keys.
    Extension(String),
    /// What has digits and is no part of the number.
    LeftOut(String),
}

/// Why nothing is taken: only the user can tell what is meant.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum Unclear {
    #[error("There is no phone number in it.")]
    Nothing,
    #[error("It may be more than one number: copy only the one that is meant.")]
    Several,
    #[error(
        "This link brings no phone number that can be read: write the number with + and the country code."
    )]
    Link,
    #[error("{0}")]
    Number(#[from] PhoneNumberError),
}

impl Written {
    /// Reads what was pasted, dropped or dictated. Home is the country of national numbers that nothing else says a country of;
    /// `names` are those of countries that may.
    ///
    /// # Errors
    /// Why only the user can tell what is meant.
    pub fn read(written: &str, home: Option<Country>, names: Names<'_>) -> Result<Self, Unclear> {
        if written.len() > LONGEST {
            return Err(Unclear::Number(PhoneNumberError::TooLong));
        }
        let written = written.trim_matches(|sign: char| {
            sign.is_whitespace()
                || crate::phone::cleaning::is_invisible(sign)
                || "<>\"'“”«»„「」".contains(sign)
        });
        let written = &*spelling::narrow(written);
        if let Some(numbers) = vcard::numbers(written) {
            return text::one_of(numbers.iter().map(|number| Self::read(number, home, names)).collect());
        }
        link::read(written, home).unwrap_or_else(|| text::read_among(written, home, names))
    }

    /// Reads what a link brought in this parameter of an address's query.
    ///
    /// # Errors
    /// Why only the user can tell what is meant.
    pub fn from_query(
        query: &str,
        name: &str,
        home: Option<Country>,
        names: Names<'_>,
    ) -> Result<Self, Unclear> {
        Self::from_link(&query::parameter(query, name).unwrap_or_default(), home, names)
    }

    /// Reads a link, where a plus sign may have become a space on the way.
    ///
    /// # Errors
    /// Why only the user can tell what is meant.
    pub fn from_link(brought: &str, home: Option<Country>, names: Names<'_>) -> Result<Self, Unclear> {
        let (scheme, number) = match brought.split_once(':') {
            Some((scheme, number)) if link::is_scheme(scheme) => (scheme, number),
            _ => ("", brought),
        };
        let lost =
            number.strip_prefix(' ').filter(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
        match lost {
            Some(rest) => {
                Self::read(&[scheme, if scheme.is_empty() { "+" } else { ":+" }, rest].concat(), home, names)
            }
            None => Self::read(brought, home, names),
        }
    }

    fn whole(number: PhoneNumber, says_country: bool) -> Self {
        Self { signs: number.as_str().to_owned(), number: Some(number), says_country, ..Self::default() }
    }
}
