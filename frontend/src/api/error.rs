use shared::api::{ErrorBody, ErrorCode};

use crate::messages;
use crate::text;

/// Why the server gave no answer, or none that helps.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// Nobody has answered, or somebody in between has: a proxy, with whatever status.
    #[error("{}", text::errors::unreachable())]
    Unreachable,
    #[error("{}", text::errors::slow())]
    TimedOut,
    /// The server says why, in words for the user.
    #[error("{}", messages::server_error(.0))]
    Refused(ErrorBody),
    /// Another version of the server.
    #[error("{}", text::errors::garbled())]
    Garbled,
}

impl ApiError {
    /// The server's reason, where it gave one.
    pub(crate) fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(body) => Some(body.code),
            Self::Unreachable | Self::TimedOut | Self::Garbled => None,
        }
    }

    pub(crate) fn is(&self, code: ErrorCode) -> bool {
        self.code() == Some(code)
    }

    /// The server has not answered: it may be back soon.
    pub(crate) fn is_unreachable(&self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut)
    }
}
