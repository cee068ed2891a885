use thiserror::Error;

use super::cure::cure;

/// Why Twilio's REST API did not do it. The words are for an operator and hold no secret.
#[derive(Debug, Error)]
pub enum RestError {
    /// No answer at all.
    #[error(
        "cannot {what}: {host} does not answer ({why}). Is this machine connected to the internet, and may it open \
         connections to {host}?"
    )]
    NoAnswer { what: String, host: String, why: String },
    /// Twilio answered, and refused.
    #[error("cannot {what}: {}", refusal(*status, *code, message))]
    Refused {
        what: String,
        /// HTTP status.
        status: u16,
        /// Twilio's error code, if the answer had one.
        code: Option<u32>,
        /// Twilio's own words.
        message: String,
    },
    /// An answer that is none of Twilio's.
    #[error(
        "cannot {what}: the answer of {host} is not one of Twilio's ({why}). Is there a proxy in between?"
    )]
    Unreadable { what: String, host: String, why: String },
    /// This machine has no TLS.
    #[error("cannot speak HTTPS on this machine: {0}")]
    NoClient(String),
}

impl RestError {
    /// HTTP status of a refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Twilio did not say whether it was done or not.
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status >= 500,
            Self::NoAnswer { .. } | Self::Unreadable { .. } => true,
            Self::NoClient(_) => false,
        }
    }
}

fn refusal(status: u16, code: Option<u32>, message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let said = if message.is_empty() { "no reason given" } else { message };
    let number = code.map_or_else(String::new, |code| format!(", error {code}"));
    let cure = cure(status, code);
    format!("Twilio says: {said} (HTTP {status}{number}). {cure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_code_words_and_cure() {
        let error = RestError::Refused {
            what: "read the account".into(),
            status: 401,
            code: Some(20003),
            message: "Authenticate".into(),
        };
        let text = error.to_string();
        assert!(
            text.starts_with("cannot read the account: Twilio says: Authenticate (HTTP 401, error 20003). ")
        );
        assert!(text.contains("auth token"), "{text}");
    }
}
