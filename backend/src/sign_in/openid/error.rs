use shared::api::SignInFailure;
use thiserror::Error;

/// Why nobody is signed in.
#[derive(Debug, Error)]
pub(crate) enum OpenIdError {
    /// `what` is for the log; it names no secret and no person.
    #[error("the OpenID provider cannot be used: {0}")]
    Provider(String),
    #[error("the OpenID provider refused: {0}")]
    Refused(String),
    #[error("the OpenID provider's word is not believed: {0}")]
    NotBelieved(String),
    #[error("the sign-in was begun in another browser, too long ago, or was finished already")]
    Stale,
    #[error("the user or the provider called the sign-in off")]
    Cancelled,
    #[error("the provider has no verified e-mail address of the user")]
    NotVerified,
    #[error("no line has the e-mail address of the user")]
    UnknownEmail,
    #[error("too many sign-ins were begun, or failed, from this address or in this browser")]
    TooMany,
    #[error("the store failed: {0}")]
    Store(#[from] crate::store::StoreError),
    #[error("the operating system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl OpenIdError {
    /// How the attempt counts in the figures.
    pub(crate) fn counted(&self) -> &'static str {
        match self {
            Self::Refused(_)
            | Self::NotBelieved(_)
            | Self::Stale
            | Self::NotVerified
            | Self::UnknownEmail => "refused",
            Self::Cancelled => "cancelled",
            Self::TooMany => "throttled",
            Self::Store(_) | Self::Provider(_) | Self::Random(_) => "failed",
        }
    }

    /// What the page is told.
    pub(crate) fn failure(&self) -> SignInFailure {
        match self {
            Self::Provider(_) | Self::Store(_) | Self::Random(_) => SignInFailure::Unavailable,
            Self::Refused(_) | Self::NotBelieved(_) => SignInFailure::Refused,
            Self::Stale => SignInFailure::Stale,
            Self::Cancelled => SignInFailure::Cancelled,
            Self::NotVerified => SignInFailure::NotVerified,
            Self::UnknownEmail => SignInFailure::UnknownEmail,
            Self::TooMany => SignInFailure::TooMany,
        }
    }
}
