//! Errors of the HTTP surface.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONNECTION},
    },
};
use shared::api::{ErrorBody, ErrorCode};

use crate::store::StoreError;

/// What a request gets when it does not get what it wants.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    code: ErrorCode,
    message: String,
}

impl ApiError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(crate) fn code(&self) -> ErrorCode {
        self.code
    }

    /// 500. What happened is for the log, not for strangers.
    pub(crate) fn internal(what: &dyn fmt::Display) -> Self {
        tracing::error!("a request failed: {what}");
        Self::new(ErrorCode::Internal, "The server made a mistake. It is in its log.")
    }

    /// 401 for everything that needs a session.
    pub(crate) fn signed_out() -> Self {
        Self::new(ErrorCode::SignedOut, "You are not signed in, or your session has ended. Sign in again.")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "There is nothing at this address.")
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(ErrorCode::MethodNotAllowed, "This address does not know the method of the request.")
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(ErrorCode::TooLarge, format!("The request is too large; {limit} bytes are the most."))
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!("the store failed: {error}");
        Self::new(ErrorCode::Unavailable, "The server cannot reach its database. Try again in a moment.")
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let body = ErrorBody { code: self.code, message: self.message.clone() };
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CACHE_CONTROL, "no-store"));
        // The rest of the request may still come, and is nothing that could be answered.
        if matches!(self.code, ErrorCode::Timeout | ErrorCode::TooLarge) {
            response.insert_header((CONNECTION, "close"));
        }
        response.json(body)
    }
}
