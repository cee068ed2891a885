//! What stands in a query, with a word for what makes no sense.

use crate::http::error::{ApiError, Cause};

pub(super) fn wrong(name: &str, right: &str) -> ApiError {
    ApiError::new(Cause::BadRequest, format!("`{name}` makes no sense: it must be {right}."))
}

/// Off where nothing is said.
pub(super) fn flag(name: &str, value: Option<&str>) -> Result<bool, ApiError> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(wrong(name, "true or false")),
    }
}
