use shared::{PhoneNumber, api::LineLimits};
use thiserror::Error;

use super::credential::Credential;
use crate::random;

/// One Twilio phone number, assigned to one softphone user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    pub phone_number: PhoneNumber,
    /// The Twilio Client identity. Known to the server and Twilio only.
    pub client_name: String,
    /// Such as "Reception"; may be empty.
    pub label: String,
    pub credential: Credential,
    /// Its user may look after all lines.
    pub admin: bool,
    pub limits: LineLimits,
}

impl Line {
    /// A line with a passcode and a fresh client name.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn new(
        phone_number: PhoneNumber,
        label: String,
        passcode_hash: String,
    ) -> Result<Self, getrandom::Error> {
        Self::with_credential(phone_number, label, Credential::Passcode { hash: passcode_hash })
    }

    /// A line with a fresh client name.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn with_credential(
        phone_number: PhoneNumber,
        label: String,
        credential: Credential,
    ) -> Result<Self, getrandom::Error> {
        // Letters, digits and underscore: what Twilio allows in an identity.
        let client_name = format!("line_{}", random::hex(&random::bytes::<12>()?));
        let (admin, limits) = (false, LineLimits::default());
        Ok(Self { phone_number, client_name, label, credential, admin, limits })
    }
}

/// What a line cannot be called.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum LabelFault {
    #[error("the name is too long; it may have {LONGEST_LABEL} characters")]
    TooLong,
    #[error("the name has a character that cannot be shown, such as the end of a line; write it without")]
    Unreadable,
}

/// Characters of a label, at most.
const LONGEST_LABEL: usize = 60;

/// How a label is kept.
///
/// # Errors
/// It is none.
pub fn label(text: &str) -> Result<String, LabelFault> {
    let text = text.trim();
    match text {
        _ if text.chars().count() > LONGEST_LABEL => Err(LabelFault::TooLong),
        _ if text.chars().any(is_unseen) => Err(LabelFault::Unreadable),
        _ => Ok(text.to_owned()),
    }
}

/// Nothing that is seen, or what turns the order of others around, so that a name looks like another one.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The line that a person means who types `typed` to sign in: a full number, or a national one in the country of one of
/// the lines. `None` when no line is meant, or more than one.
pub fn named_by(typed: &str, lines: Vec<Line>) -> Option<Line> {
    let mut named = lines.into_iter().filter(|line| {
        PhoneNumber::parse(typed, line.phone_number.country()).is_ok_and(|number| number == line.phone_number)
    });
    let line = named.next()?;
    named.next().is_none().then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line> {
        ["+815031234567", "+12025550143", "+14155550198"]
            .map(|number| {
                let number = PhoneNumber::from_e164(number).unwrap();
                Line::new(number, String::new(), String::new()).unwrap()
            })
            .to_vec()
    }

    #[test]
    fn national_and_international_forms_name_a_line() {
        for (typed, number) in [
            ("050-3123-4567", "+815031234567"),
            ("+81 50 3123 4567", "+815031234567"),
            ("(415) 555-0198", "+14155550198"),
            ("+12025550143", "+12025550143"),
        ] {
            assert_eq!(named_by(typed, lines()).unwrap().phone_number.as_str(), number, "{typed}");
        }
        for typed in ["", "abc", "090-5987-6543", "5550198", "+815031234568"] {
            assert_eq!(named_by(typed, lines()), None, "{typed}");
        }
    }

    #[test]
    fn a_label_is_one_line_and_not_too_long() {
        assert_eq!(label(" Reception 受付 ").as_deref(), Ok("Reception 受付"));
        assert_eq!(label("").as_deref(), Ok(""));
        assert_eq!(label(&"あ".repeat(61)), Err(LabelFault::TooLong));
        assert_eq!(label("a\nb"), Err(LabelFault::Unreadable));
        assert_eq!(label("knab\u{202e}"), Err(LabelFault::Unreadable), "would be read backwards");
        assert_eq!(label("مكتب الاستقبال").as_deref(), Ok("مكتب الاستقبال"));
    }

    #[test]
    fn client_names_are_fresh_and_allowed_by_twilio() {
        let names: Vec<_> = lines().into_iter().map(|line| line.client_name).collect();
        assert_ne!(names[0], names[1]);
        assert!(names[0].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{}", names[0]);
    }
}
