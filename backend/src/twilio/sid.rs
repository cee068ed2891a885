//! SIDs, Twilio's names for what is in an account: two letters that say of what kind, and 32 hexadecimal digits
//! (<https://www.twilio.com/docs/glossary/what-is-a-sid>). The browser never looks into one.

use std::{fmt, ops::Deref};

use thiserror::Error;

/// Why a text is no SID of a kind; the words follow the name of what it was to be.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("is no {what}{}; it must be {letters} and 32 hexadecimal digits", hint(*.other))]
pub struct SidError {
    what: &'static str,
    letters: &'static str,
    /// Of which kind it is instead.
    other: Option<&'static str>,
}

fn hint(other: Option<&str>) -> String {
    other.map_or_else(String::new, |other| {
        let article = if other.starts_with(['a', 'A']) { "an" } else { "a" };
        format!(" (this is {article} {other})")
    })
}

/// Whether a text is these two letters and 32 hexadecimal digits.
pub(crate) fn has_shape(letters: &str, text: &str) -> bool {
    text.strip_prefix(letters)
        .is_some_and(|hex| hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

macro_rules! sids {
    ($($(#[$doc:meta])* $name:ident = $letters:literal, $what:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            pub struct $name(String);

            impl $name {
                /// Takes a SID of this kind and nothing else, not even with space around it.
                ///
                /// # Errors
                /// Says what would be right.
                pub fn parse(text: &str) -> Result<Self, SidError> {
                    if has_shape($letters, text) {
                        return Ok(Self(text.to_owned()));
                    }
                    let other = KINDS.iter().find(|(letters, _)| has_shape(letters, text));
                    Err(SidError { what: $what, letters: $letters, other: other.map(|(_, what)| *what) })
                }

                /// As Twilio writes it.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl Deref for $name {
                type Target = str;

                fn deref(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }
        )*

        const KINDS: &[(&str, &str)] = &[$(($letters, $what)),*];
    };
}

sids! {
    /// `AC…`
    AccountSid = "AC", "account SID";
    /// `SK…`
    ApiKeySid = "SK", "API key SID";
    /// `AP…`, a TwiML App's.
    ApplicationSid = "AP", "application SID";
    /// `CA…`, a leg's.
    CallSid = "CA", "CallSid";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_of_one_kind() {
        let account = format!("AC{}", "0123456789abcdefABCDEF0123456789");
        assert_eq!(&*AccountSid::parse(&account).unwrap(), account.as_str());
        for (wrong, said) in [
            ("", "is no account SID; it must be AC and 32 hexadecimal digits"),
            (&account[..33], "is no account SID; it"),
            (&format!("{account}0"), "is no account SID; it"),
            (&format!(" {account}"), "is no account SID; it"),
            (&account.replace("AC", "ac"), "is no account SID; it"),
            (&account.replace('f', "g"), "is no account SID; it"),
            (&account.replace("AC", "SK"), "is no account SID (this is an API key SID); it must be AC and"),
        ] {
            let error = AccountSid::parse(wrong).unwrap_err().to_string();
            assert!(error.starts_with(said), "{wrong}: {error}");
        }
        let key = ApiKeySid::parse(&account).unwrap_err().to_string();
        assert_eq!(
            key,
            "is no API key SID (this is an account SID); it must be SK and 32 hexadecimal digits"
        );
        assert!(ApplicationSid::parse(&account.replace("AC", "AP")).is_ok());
        assert!(CallSid::parse(&account.replace("AC", "CA")).is_ok());
    }
}
