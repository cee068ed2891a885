//! Whom a line may dial.

use shared::{PhoneNumber, api::Refusal};

use super::Line;

/// Emergency numbers of the countries Twilio sells numbers in, and the ones that phones dial anywhere. Short numbers
/// never reach the phone network through Twilio anyway; the point is to say why at once.
const EMERGENCY: [&str; 24] = [
    "000", "100", "101", "102", "108", "110", "111", "112", "113", "115", "117", "118", "119", "120", "122",
    "133", "144", "190", "192", "193", "911", "933", "995", "999",
];

/// What the line dials when it asks for `to`, which comes from the browser and is only a wish.
///
/// # Errors
/// Why it is not dialled.
pub fn decide(to: &str, line: &Line) -> Result<PhoneNumber, Refusal> {
    if is_emergency(to) {
        return Err(Refusal::EmergencyNumber);
    }
    let number = PhoneNumber::parse(to, line.phone_number.country()).map_err(|_| Refusal::InvalidNumber)?;
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
        Refusal::UnknownLine => "This phone is not known to the server. Please sign in again.",
    }
}

fn is_emergency(to: &str) -> bool {
    let mut digits = String::new();
    for c in to.chars() {
        match digit(c) {
            Some(d) => digits.push(d),
            None if c.is_alphabetic() => return false,
            None => {}
        }
        if digits.len() > 3 {
            return false;
        }
    }
    EMERGENCY.contains(&digits.as_str())
}

/// ASCII and full-width digits, as the phone number parser takes them.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
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
            ("tel:112", Refusal::InvalidNumber),
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
