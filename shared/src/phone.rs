//! The E.164 phone number type, and what a person may type to get one.
//!
//! The only file that names the phone number crate (`phonelib`): its metadata decides what a number is.

mod cleaning;
mod error;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::fmt;

use phonelib::PhoneFormat;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use error::PhoneNumberError;

/// Longest input that is looked at, in characters. The longest written form of an E.164 number, with brackets,
/// spaces and an international prefix, is well under half of it.
pub const MAX_INPUT: usize = 64;

/// Emergency numbers of the countries Twilio sells numbers in, and the ones that phones dial anywhere. They are numbers of
/// no country's plan; the point is to say why at once.
const EMERGENCY: [&str; 24] = [
    "000", "100", "101", "102", "108", "110", "111", "112", "113", "115", "117", "118", "119", "120", "122",
    "133", "144", "190", "192", "193", "911", "933", "995", "999",
];

/// A phone number in E.164: `+`, then at most 15 digits, the first of them not 0 (ITU-T E.164).
///
/// Exists only when the metadata of its country accepts it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads everything a person types or pastes: `+81-3-1234-5678`, `tel:` URIs, brackets and dots, full-width digits,
    /// `00…` and the home country's other access codes; and, with a `home` country, its national format.
    ///
    /// # Errors
    /// Says what is wrong and what would be right, in a sentence for the user.
    pub fn parse(input: &str, home: Option<Country>) -> Result<Self, PhoneNumberError> {
        let cleaned = cleaning::clean(input)?;
        if EMERGENCY.contains(&cleaned.trim_start_matches('+')) {
            return Err(PhoneNumberError::Emergency);
        }
        let result = match home {
            Some(country) => phonelib::PhoneNumber::try_parse_with_country(&cleaned, country.code()),
            None if cleaned.starts_with('+') => phonelib::PhoneNumber::try_parse(&cleaned),
            None => return Err(PhoneNumberError::NeedsCountry),
        };
        match result {
            Ok(number) if number.extension().is_some() => Err(PhoneNumberError::Extension),
            Ok(number) if keeps_trunk_zero(&number) => Err(PhoneNumberError::WrongLength),
            Ok(number) if !reads_as_itself(&number) => Err(PhoneNumberError::NotInPlan),
            Ok(number) => Ok(Self(number.e164().to_owned())),
            Err(error) => Err(error::explain(error, &cleaned)),
        }
    }

    /// Reads what is on the wire: E.164 and nothing else.
    ///
    /// # Errors
    /// Everything that is not `+` and digits, or no number of any country.
    pub fn from_e164(text: &str) -> Result<Self, PhoneNumberError> {
        let digits = text.strip_prefix('+').ok_or(PhoneNumberError::NotE164)?;
        if digits.is_empty() || digits.len() > 15 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneNumberError::NotE164);
        }
        let number = Self::parse(text, None)?;
        // A national trunk zero behind the country code (`+44020…`) is readable, but not E.164.
        if number.as_str() == text { Ok(number) } else { Err(PhoneNumberError::NotE164) }
    }

    /// E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country of the number; of a shared calling code, the one that its area code names.
    pub fn country(&self) -> Option<Country> {
        phonelib::extract_country(&self.0).map(Country)
    }

    /// Such as `+81 50 3123 4567`: readable everywhere.
    pub fn international(&self) -> String {
        self.format(PhoneFormat::International)
    }

    /// Such as `050 3123 4567`: as people in its country write it.
    pub fn national(&self) -> String {
        self.format(PhoneFormat::National)
    }

    /// Such as `+8150•••••67`, for logs: enough to recognise a number one knows, not enough to learn one.
    pub fn redacted(&self) -> String {
        let shown = if self.0.len() > 9 { 5 } else { 3 };
        let ending = self.0.len().saturating_sub(2).max(shown);
        format!("{}{}{}", &self.0[..shown], "•".repeat(ending - shown), &self.0[ending..])
    }

    fn format(&self, format: PhoneFormat) -> String {
        phonelib::format_phone_number(&self.0, format).unwrap_or_else(|| self.0.clone())
    }
}

/// Japan has numbers that begin with 0 behind the country code for the metadata (`0800 …`), but they work inside Japan
/// only. Taken at its word, an unfinished `090 5987 6` would be one of them.
fn keeps_trunk_zero(number: &phonelib::PhoneNumber) -> bool {
    number.e164().starts_with("+810")
}

/// A number with more than one trunk zero loses only the first on reading: what remains would be another number the next
/// time.
fn reads_as_itself(number: &phonelib::PhoneNumber) -> bool {
    phonelib::PhoneNumber::try_parse(number.e164()).is_ok_and(|again| again.e164() == number.e164())
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_e164(&text).map_err(serde::de::Error::custom)
    }
}

/// A country or territory with phone numbers of its own.
#[derive(Clone, Copy)]
pub struct Country(&'static phonelib::Country);

impl Country {
    /// By ISO 3166-1 alpha-2 code, such as `JP`.
    pub fn from_code(code: &str) -> Option<Self> {
        phonelib::country_by_code(code).map(Self)
    }

    /// ISO 3166-1 alpha-2, such as `JP`.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// English name, such as `Japan`.
    pub fn name(self) -> &'static str {
        self.0.name
    }
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Country {}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.code())
    }
}

/// What is typed so far, in the shape it will have when it is complete; as typed where that is not known yet.
pub fn format_as_typed(input: &str, home: Option<Country>) -> String {
    match PhoneNumber::parse(input, home) {
        Ok(number) if cleaning::is_international(input) => number.international(),
        Ok(number) if number.country() == home => number.national(),
        Ok(number) => number.international(),
        Err(_) => input.to_owned(),
    }
}
