use shared::PhoneNumber;

use crate::http::error::{ApiError, Cause};

/// The line that a path names.
pub(super) fn named(path: &str) -> Result<PhoneNumber, ApiError> {
    PhoneNumber::from_e164(path).map_err(|_| no_line())
}

pub(super) fn no_line() -> ApiError {
    ApiError::new(Cause::NotFound, "There is no line with this number. Load the list of lines again.")
}
