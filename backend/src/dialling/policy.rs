//! Whom a line may dial. How much is the business of [`crate::dialling::limits`].

use shared::{PhoneNumber, PhoneNumberError, api::Refusal};

use super::number_facts::{Kind, NumberFacts, Territory};
use crate::lines::Line;

/// The countries that lines may dial.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Countries {
    /// The one of the line's own number.
    #[default]
    LinesOwn,
    These(Vec<Territory>),
    /// Whoever gets hold of a signed-in browser can call the dearest country there is.
    All,
}

/// The number that the line means by `to`, which comes from the browser and is only a wish.
///
/// Emergency numbers are those of the line's own country, as `shared` has them: the metadata of short numbers is in no library
/// for Rust.
///
/// # Errors
/// It is none, or none that anybody can call from here.
pub fn read(to: &str, line: &Line) -> Result<PhoneNumber, Refusal> {
    let number = PhoneNumber::parse(to, line.phone_number.country()).map_err(|error| match error {
        PhoneNumberError::Emergency => Refusal::EmergencyNumber,
        PhoneNumberError::Short => Refusal::ShortNumber,
        _ => Refusal::InvalidNumber,
    })?;
    if number == line.phone_number {
        return Err(Refusal::OwnNumber);
    }
    Ok(number)
}

/// What lines may dial.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Permitted {
    pub countries: Countries,
    /// Shared-cost numbers too.
    pub shared_cost: bool,
}

/// Whether the line may reach the number through the phone network, which costs money. Another line of this server is
/// reached without, and needs no permission.
///
/// # Errors
/// Why not.
pub fn permit(number: &PhoneNumber, line: &Line, permitted: &Permitted) -> Result<(), Refusal> {
    let facts = NumberFacts::of(number).ok_or(Refusal::InvalidNumber)?;
    match facts.kind() {
        Kind::Costly => return Err(Refusal::PremiumNumber),
        Kind::SharedCost if !permitted.shared_cost => return Err(Refusal::PremiumNumber),
        Kind::OfNoCountry => return Err(Refusal::SatelliteNumber),
        Kind::NotInPlan => return Err(Refusal::InvalidNumber),
        Kind::Ordinary | Kind::SharedCost => {}
    }
    let allowed = match &permitted.countries {
        Countries::All => true,
        Countries::These(territories) => territories.iter().any(|territory| facts.is_of(*territory)),
        Countries::LinesOwn => home(line).is_some_and(|territory| facts.is_of(territory)),
    };
    if allowed { Ok(()) } else { Err(Refusal::CountryNotAllowed) }
}

fn home(line: &Line) -> Option<Territory> {
    NumberFacts::of(&line.phone_number)
        .and_then(|facts| facts.territory())
        .or_else(|| Territory::from_code(line.phone_number.country()?.code()))
}

/// What the caller hears, one sentence or two.
pub fn spoken(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::InvalidNumber => "The number you dialled is not a valid phone number.",
        Refusal::OwnNumber => "You dialled your own number.",
        Refusal::EmergencyNumber => {
            "Emergency numbers cannot be called from this phone. Please use another phone."
        }
        Refusal::ShortNumber => "Short numbers cannot be called from this phone. Please use another phone.",
        Refusal::CountryNotAllowed => "Calls to this country are not allowed from this phone.",
        Refusal::PremiumNumber => "Premium rate numbers cannot be called from this phone.",
        Refusal::SatelliteNumber => "Satellite and special numbers cannot be called from this phone.",
        Refusal::TooManyCalls => "Your line has too many calls at once. Please end one and try again.",
        Refusal::LineMinutesSpent => "Your line has used its minutes for today.",
        Refusal::ServerMinutesSpent => "This server has used its minutes for today.",
        Refusal::UnknownLine => "This phone is not known to the server. Please sign in again.",
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
