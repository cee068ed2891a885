/// Parameter of the page's address in which the server says why the OpenID Connect provider's word signed nobody in
/// ([`SignInFailure::code`]).
pub const SIGN_IN_ERROR_PARAM: &str = "sign_in_error";

/// Why nobody was signed in by OpenID Connect.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignInFailure {
    /// The user, or the provider in the user's name, called it off.
    Cancelled,
    /// It was begun in another browser, too long ago, or was finished already. Once more from the start may help.
    Stale,
    /// The provider has no verified e-mail address of the user.
    NotVerified,
    /// No line may be used by who has the user's e-mail address; `sidetone line email` would say so.
    UnknownEmail,
    /// The provider refused, or what it said is not believed.
    Refused,
    /// Too many have been begun, or have failed, from the user's address.
    TooMany,
    /// The provider or the server's store does not answer.
    Unavailable,
}

impl SignInFailure {
    const ALL: [Self; 7] = [
        Self::Cancelled,
        Self::Stale,
        Self::NotVerified,
        Self::UnknownEmail,
        Self::Refused,
        Self::TooMany,
        Self::Unavailable,
    ];

    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Stale => "stale",
            Self::NotVerified => "not_verified",
            Self::UnknownEmail => "unknown_email",
            Self::Refused => "refused",
            Self::TooMany => "too_many",
            Self::Unavailable => "unavailable",
        }
    }

    /// `None` for a word of another version, or of a stranger.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for failure in SignInFailure::ALL {
            assert_eq!(SignInFailure::from_code(failure.code()), Some(failure));
        }
        assert_eq!(SignInFailure::from_code("<script>"), None);
    }
}
