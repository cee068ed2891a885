//! Errors of the HTTP surface.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CONNECTION, RETRY_AFTER},
    },
};
use shared::api::{ErrorBody, ErrorCode, Wait};

use super::complaints::Kind;
use crate::store::StoreError;

/// What happened. The status says less: a database that fails and a queue that is full are both 503.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// Not JSON, a missing or an unknown field, not UTF-8, something that makes no sense here.
    BadRequest,
    /// Neither a form nor JSON where one must be.
    MediaType,
    NotFound,
    MethodNotAllowed,
    /// The request did not arrive in time.
    Slow,
    TooLarge,
    /// It comes from another site's page.
    OtherSite,
    /// A webhook that Twilio did not sign.
    NotSigned,
    /// No session, or it has ended.
    SignedOut,
    /// Number or passcode is wrong.
    SignInRefused,
    /// Too many failures before it.
    Throttled(Wait),
    /// More people want to sign in at this moment than can be served.
    Crowded,
    /// The one-time code is right, and a passcode must be chosen.
    NewPasscodeNeeded,
    PasscodeTooWeak,
    /// There is no passcode that could be changed.
    NoPasscode,
    /// Only an admin may.
    NotAdmin,
    /// The number has a line already.
    LineExists,
    /// Nobody would be an admin any more.
    LastAdmin,
    /// Admins would lock themselves out.
    OwnLine,
    /// Somebody else has changed it since it was read.
    Newer,
    /// There are as many as there may be.
    Full,
    StoreFailed,
    Internal,
}

/// Seconds after which a place in a crowd is likely to be free.
const CROWD_S: u32 = 5;

impl Cause {
    fn code(self) -> ErrorCode {
        match self {
            Self::BadRequest => ErrorCode::BadRequest,
            Self::MediaType => ErrorCode::UnsupportedMediaType,
            Self::NotFound => ErrorCode::NotFound,
            Self::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            Self::Slow => ErrorCode::Timeout,
            Self::TooLarge => ErrorCode::TooLarge,
            Self::OtherSite | Self::NotSigned | Self::NoPasscode => ErrorCode::Forbidden,
            Self::SignedOut => ErrorCode::SignedOut,
            Self::SignInRefused => ErrorCode::SignInRefused,
            Self::Throttled(_) => ErrorCode::TooManyRequests,
            Self::Crowded => ErrorCode::Busy,
            Self::NewPasscodeNeeded => ErrorCode::NewPasscodeNeeded,
            Self::PasscodeTooWeak => ErrorCode::PasscodeTooWeak,
            Self::NotAdmin => ErrorCode::NotAdmin,
            Self::LineExists => ErrorCode::LineExists,
            Self::LastAdmin => ErrorCode::LastAdmin,
            Self::OwnLine => ErrorCode::OwnLine,
            Self::Newer => ErrorCode::Newer,
            Self::Full => ErrorCode::Full,
            Self::StoreFailed => ErrorCode::Unavailable,
            Self::Internal => ErrorCode::Internal,
        }
    }

    /// Seconds for `Retry-After`.
    fn retry_after_s(self) -> Option<u32> {
        match self {
            Self::Throttled(wait) => Some(wait.seconds),
            Self::Crowded => Some(CROWD_S),
            _ => None,
        }
    }
}

/// What a request gets when it does not get what it wants.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    cause: Cause,
    message: String,
    complaint: Option<Complaint>,
}

/// What an operator should know of it, and nobody else. [`crate::http::middleware::request_log`] logs it.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    /// The same for what is the same complaint.
    pub(crate) kind: Kind,
    pub(crate) words: String,
}

impl ApiError {
    pub(crate) fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self { cause, message: message.into(), complaint: None }
    }

    pub(crate) fn with_complaint(self, kind: Kind, words: impl Into<String>) -> Self {
        Self { complaint: Some(Complaint { kind, words: words.into() }), ..self }
    }

    fn failed(cause: Cause, message: &str, what: String) -> Self {
        Self::new(cause, message).with_complaint(Kind::Failed(what.clone()), what)
    }

    pub(crate) fn cause(&self) -> Cause {
        self.cause
    }

    /// 500. What happened is for the log, not for strangers.
    pub(crate) fn internal(what: &dyn fmt::Display) -> Self {
        let message = "The server made a mistake. It is in its log.";
        Self::failed(Cause::Internal, message, format!("a request failed: {what}"))
    }

    /// 401 for everything that needs a session.
    pub(crate) fn signed_out() -> Self {
        Self::new(Cause::SignedOut, "You are not signed in, or your session has ended. Sign in again.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Cause::NotFound, "There is nothing at this address.")
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(Cause::MethodNotAllowed, "This address does not know the method of the request.")
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(Cause::TooLarge, format!("The request is too large; {limit} bytes are the most."))
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let message = "The server cannot reach its database. Try again in a moment.";
        Self::failed(Cause::StoreFailed, message, format!("the store failed: {error}"))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.cause.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Carries the [`Cause`] and the [`Complaint`] in its extensions, for those that count and log answers.
    fn error_response(&self) -> HttpResponse {
        let wait = match self.cause {
            Cause::Throttled(wait) => Some(wait),
            _ => None,
        };
        let body = ErrorBody { code: self.cause.code(), message: self.message.clone(), wait };
        let mut response = HttpResponse::build(self.status_code());
        // The rest of the request may still come, and is nothing that could be answered.
        if matches!(self.cause, Cause::Slow | Cause::TooLarge) {
            response.insert_header((CONNECTION, "close"));
        }
        if let Some(seconds) = self.cause.retry_after_s() {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.extensions_mut().insert(self.cause);
        if let Some(complaint) = &self.complaint {
            response.extensions_mut().insert(complaint.clone());
        }
        response.json(body)
    }
}
