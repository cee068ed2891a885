//! The parameters of Twilio's requests.
//!
//! Source of the names: Twilio's pages "TwiML request parameters", `<Dial>` and "Call status callbacks".

use shared::{PhoneNumber, api::ATTEMPT_PARAM};

use super::sid::{CallSid, has_shape};

/// Decoded parameters of a request, in the order they came.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Params(pub Vec<(String, String)>);

impl Params {
    /// The value of a parameter; `None` when it is absent or empty, or when it comes twice with different values (then
    /// nobody can say which one was meant).
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str());
        let first = values.next()?;
        (!first.is_empty() && values.all(|other| other == first)).then_some(first)
    }

    /// A CallSid; `None` also when the value is none.
    pub fn call_sid(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|sid| CallSid::parse(sid).is_ok())
    }

    /// The softphone's name for a call; `None` also when the value is none.
    pub fn attempt(&self) -> Option<&str> {
        self.get(ATTEMPT_PARAM).filter(|attempt| is_attempt(attempt))
    }

    /// Whether a softphone tests its connection: the SDK's `runPreflight` connects with no parameters at all (its
    /// `lib/twilio/preflight/preflight.ts`), while a call names whom it is for, and its attempt.
    pub fn is_connection_test(&self) -> bool {
        self.0.iter().all(|(name, value)| value.is_empty() || (name != "To" && name != ATTEMPT_PARAM))
    }

    /// The client name behind `client:`.
    pub fn client(&self, name: &str) -> Option<&str> {
        self.get(name)?.strip_prefix("client:")
    }

    /// A phone number in E.164.
    pub fn number(&self, name: &str) -> Option<PhoneNumber> {
        PhoneNumber::from_e164(self.get(name)?).ok()
    }

    pub(crate) fn seconds(&self, name: &str) -> u32 {
        self.get(name).and_then(|text| text.parse().ok()).unwrap_or(0)
    }
}

/// What the softphone calls a call: `AT` and 32 hexadecimal digits, like a SID of Twilio's.
pub(crate) fn is_attempt(text: &str) -> bool {
    has_shape("AT", text)
}
