use shared::api::{ErrorBody, ErrorCode};

use crate::model::messages;
use crate::text;

/// Why the server gave no answer, or none that helps.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{}", text::errors::unreachable())]
    Unreachable,
    #[error("{}", text::errors::slow())]
    TimedOut,
    /// The server says why, in words for the user.
    #[error("{}", messages::server_error(.0))]
    Refused(ErrorBody),
    /// A proxy's error page, or another version of the server.
    #[error("{}", text::errors::garbled())]
    Garbled { status: u16 },
}

impl ApiError {
    /// The server's reason, where it gave one.
    pub(crate) fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(body) => Some(body.code),
            Self::Unreachable | Self::TimedOut | Self::Garbled { .. } => None,
        }
    }

    pub(crate) fn is(&self, code: ErrorCode) -> bool {
        self.code() == Some(code)
    }

    /// Nobody has answered for the server: it may be back soon.
    pub(crate) fn is_unreachable(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut => true,
            // What a reverse proxy says while the server restarts.
            Self::Garbled { status } => matches!(status, 502..=504),
            Self::Refused(_) => false,
        }
    }
}
