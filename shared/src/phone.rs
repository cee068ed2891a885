//! The E.164 phone number type, and what a person may type to get one.
//!
//! What a number is, and how it is written, say the number plans of Google's libphonenumber in a compact form
//! (`plans.txt`). They are broad: which of these numbers are in use, the server knows better.

pub(crate) mod cleaning;
mod country;
mod error;
mod pattern;
mod plans;
mod rules;
mod shape;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod typed;
pub(crate) mod uri;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use cleaning::MAX_INPUT;
pub use country::Country;
pub use error::PhoneNumberError;
pub use typed::{country_as_typed, format_as_typed};

use pattern::Fit;
use plans::Plan;
use shape::Shape;
use uri::TelUri;

/// Longest number that works within one country only: emergency numbers, services, weather.
const LONGEST_SHORT: usize = 6;

/// A phone number in E.164: `+`, then at most 15 digits, the first of them not 0 (ITU-T E.164).
///
/// Exists only when the metadata of its country accepts it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads every way to write one number, and nothing around it: `+81-3-1234-5678`, `tel:` URIs, brackets and dots, digits of
    /// any script, `00…`, `011…` and the home country's own access code; and, with a `home` country, its national format.
    /// What may be around it, [`crate::written`] knows.
    ///
    /// # Errors
    /// Says what is wrong and what would be right, in a sentence for the user.
    pub fn parse(input: &str, home: Option<Country>) -> Result<Self, PhoneNumberError> {
        let Some(uri) = TelUri::read(input) else { return Self::parse_typed(input, home) };
        if uri.parameter("ext").or_else(|| uri.parameter("postd")).is_some() {
            return Err(PhoneNumberError::Extension);
        }
        uri.number(home)
    }

    /// [`Self::parse`] without URIs, which nobody types.
    ///
    /// # Errors
    /// As there.
    pub fn parse_typed(input: &str, home: Option<Country>) -> Result<Self, PhoneNumberError> {
        plain(input, home)
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
        let number = plain(text, None)?;
        // A national trunk zero behind the country code (`+44020…`) is readable, but not E.164.
        if number.as_str() == text { Ok(number) } else { Err(PhoneNumberError::NotE164) }
    }

    /// E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country of the number; of a shared calling code, the one that its area code names.
    pub fn country(&self) -> Option<Country> {
        let (plan, national) = self.parts()?;
        plan.country(national).map(Country::new)
    }

    /// Such as `+81 50-3123-4567`: readable everywhere.
    pub fn international(&self) -> String {
        self.parts().map_or_else(
            || self.0.clone(),
            |(plan, digits)| typed::joined(plan, digits, Shape::of_whole(plan, digits)),
        )
    }

    /// Such as `050-3123-4567`: as people in its country write it.
    pub fn national(&self) -> String {
        let shown = self.parts().and_then(|(plan, digits)| {
            // Numbers of no country have no other form.
            let home = Country::new(plan.country(digits)?);
            let shown = match Shape::of_whole(plan, digits) {
                Some(shape) => shape::fill(shape.national, digits),
                None => digits.to_owned(),
            };
            // Where trunk prefixes are not what they seem, or look like another country's access code, the country code makes
            // it plain.
            (Self::parse_typed(&shown, Some(home)).as_ref() == Ok(self)).then_some(shown)
        });
        shown.unwrap_or_else(|| self.international())
    }

    /// Such as `+8150•••••67`, for logs: enough to recognise a number one knows, not enough to learn one.
    pub fn redacted(&self) -> String {
        let shown = if self.0.len() > 9 { 5 } else { 3 };
        let ending = self.0.len().saturating_sub(2).max(shown);
        format!("{}{}{}", &self.0[..shown], "•".repeat(ending - shown), &self.0[ending..])
    }

    fn parts(&self) -> Option<(Plan, &str)> {
        Plan::of(&self.0[1..])
    }
}

/// A number that is no URI.
fn plain(input: &str, home: Option<Country>) -> Result<PhoneNumber, PhoneNumberError> {
    let cleaned = cleaning::clean(input)?;
    let digits = cleaned.trim_start_matches('+');
    if is_emergency(digits, home) {
        return Err(PhoneNumberError::Emergency);
    }
    if digits.len() < cleaned.len() {
        return international(digits);
    }
    let behind = |length: usize| international(&digits[length..]);
    if let Some(Ok(number)) = home.and_then(|home| home.exit_code_in(digits)).map(behind) {
        return Ok(number);
    }
    let at_home = home.map(|home| national(home.plan(), digits));
    if let Some(Ok(number)) = at_home {
        return Ok(number);
    }
    // Dialled before international numbers in most of the world and in North America: numbers are copied from there. Where
    // they begin a number of one's own, it is one's own: 011 is Sapporo.
    let foreign = ["00", "011"].into_iter().filter(|code| digits.starts_with(code)).map(str::len);
    if let Some(number) = foreign.into_iter().find_map(|length| behind(length).ok()) {
        return Ok(number);
    }
    let (Some(home), Some(Err(error))) = (home, at_home) else { return Err(PhoneNumberError::NeedsCountry) };
    let plan = home.plan();
    let is_valid = |number: &str| plan.fit(number) == Fit::Yes;
    let number = match rules::rewritten(home.rules(), digits, is_valid) {
        Some(number) => whole(plan, &number),
        // The country code without the plus sign.
        None => match digits.strip_prefix(plan.calling_code()) {
            Some(rest) => national(plan, rest).map_err(|_| error),
            None => Err(error),
        },
    };
    number.map_err(|error| {
        let is_short = digits.len() <= LONGEST_SHORT && !plan.trunks().any(|trunk| digits.starts_with(trunk));
        if is_short && digits.len() > 2 { PhoneNumberError::Short } else { error }
    })
}

/// Digits that follow a plus sign.
fn international(digits: &str) -> Result<PhoneNumber, PhoneNumberError> {
    if digits.is_empty() {
        return Err(PhoneNumberError::Empty);
    }
    let (plan, rest) = Plan::of(digits).ok_or(PhoneNumberError::UnknownCountryCode)?;
    national(plan, rest)
}

/// Digits as they are dialled inside the country, with or without the trunk prefix (`+44 (0)20 …`).
fn national(plan: Plan, digits: &str) -> Result<PhoneNumber, PhoneNumberError> {
    let mut wrong = None;
    let without = plan.trunks().filter_map(|trunk| digits.strip_prefix(trunk));
    for candidate in without.chain([digits]) {
        if plan.fit(candidate) == Fit::Yes {
            return whole(plan, candidate);
        }
        wrong.get_or_insert(candidate);
    }
    match rules::rewritten(plan.rules(), digits, |number| plan.fit(number) == Fit::Yes) {
        Some(number) => whole(plan, &number),
        None => Err(why_not(plan, wrong.unwrap_or(digits))),
    }
}

/// A national number that is in the plan.
fn whole(plan: Plan, national: &str) -> Result<PhoneNumber, PhoneNumberError> {
    let number = format!("+{}{national}", plan.calling_code());
    if number.len() <= 16 { Ok(PhoneNumber(number)) } else { Err(PhoneNumberError::TooLong) }
}

/// Whether a phone of that country would call for help. Every mobile network answers 112 and 911 (3GPP TS 22.101).
fn is_emergency(digits: &str, home: Option<Country>) -> bool {
    matches!(digits, "112" | "911")
        || home.is_some_and(|home| pattern::whole(home.emergency(), digits) == Fit::Yes && !digits.is_empty())
}

fn why_not(plan: Plan, digits: &str) -> PhoneNumberError {
    let is_too_long = || (1..digits.len()).any(|end| plan.fit(&digits[..end]) == Fit::Yes);
    if plan.fit(digits) == Fit::Unfinished || is_too_long() {
        PhoneNumberError::WrongLength
    } else {
        PhoneNumberError::NotInPlan
    }
}

impl TelUri {
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
