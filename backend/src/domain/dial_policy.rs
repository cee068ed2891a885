//! Whom a line may dial.

use shared::{PhoneNumber, PhoneNumberError, api::Refusal};

use super::Line;

/// What the line dials when it asks for `to`, which comes from the browser and is only a wish.
///
/// # Errors
/// Why it is not dialled.
pub fn decide(to: &str, line: &Line) -> Result<PhoneNumber, Refusal> {
    let number = PhoneNumber::parse(to, line.phone_number.country()).map_err(|error| match error {
        PhoneNumberError::Emergency => Refusal::EmergencyNumber,
        _ => Refusal::InvalidNumber,
    })?;
    if number == line.phone_number {
        return Err(Refusal::OwnNumber);
    }
    Ok(number)
}

/// What the caller hears, one sentence.
pub fn spoken(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::InvalidNumber => "The number you dialled is not a valid phone number.",
        Refusal::OwnNumber => "You dialled your own number.",
        Refusal::EmergencyNumber => {
            "Emergency numbers cannot be called from this phone. Please use another phone."
        }
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
mod tests {
    use super::*;

    fn line() -> Line {
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        Line::new(number, String::new(), String::new()).unwrap()
    }

    #[test]
    fn national_and_international_numbers_are_dialled() {
        for to in ["090-5987-6543", "+819059876543", "０９０５９８７６５４３", "tel:+81-90-5987-6543"]
        {
            assert_eq!(decide(to, &line()).unwrap().as_str(), "+819059876543", "{to}");
        }
    }

    #[test]
    fn refusals() {
        let long = "1".repeat(10_000);
        for (to, refusal) in [
            ("110", Refusal::EmergencyNumber),
            ("1 1 9", Refusal::EmergencyNumber),
            ("９１１", Refusal::EmergencyNumber),
            ("tel:112", Refusal::EmergencyNumber),
            ("050-3123-4567", Refusal::OwnNumber),
            ("", Refusal::InvalidNumber),
            ("<script>", Refusal::InvalidNumber),
            ("client:somebody", Refusal::InvalidNumber),
            (long.as_str(), Refusal::InvalidNumber),
        ] {
            assert_eq!(decide(to, &line()), Err(refusal), "{to:.40}");
        }
    }
}
