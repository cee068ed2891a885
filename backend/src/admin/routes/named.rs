use shared::PhoneNumber;

use crate::{
    admin::rights::Admin,
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
    lines::Line,
};

/// The number that a path names.
pub(super) fn named(path: &str) -> Result<PhoneNumber, ApiError> {
    PhoneNumber::from_e164(path).map_err(|_| no_line())
}

/// The line that a path names.
pub(super) async fn line(state: &AppState, path: &str) -> Result<Line, ApiError> {
    state.store.line_by_number(&named(path)?).await?.ok_or_else(no_line)
}

/// The number of another line than the admin's own, for what would lock the admin out; `words` say what that is.
pub(super) fn another(admin: &Admin, path: &str, words: &'static str) -> Result<PhoneNumber, ApiError> {
    let number = named(path)?;
    if admin.line().phone_number == number {
        return Err(ApiError::new(Cause::OwnLine, words));
    }
    Ok(number)
}

pub(super) fn no_line() -> ApiError {
    ApiError::new(Cause::NotFound, "There is no line with this number. Load the list of lines again.")
}
