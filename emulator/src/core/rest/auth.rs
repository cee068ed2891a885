//! Who asks.

use super::answer::RestError;
use crate::core::account::{AccountState, KeyKind};

/// Who asks, by what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// Everything: one of the auth tokens, or a main key.
    Owner,
    /// Everything but the account itself and its keys.
    StandardKey,
}

/// `AC…` with an auth token, or `SK…` with its secret.
pub(super) fn authenticate(
    account: &AccountState,
    credentials: Option<&(String, String)>,
) -> Result<Caller, RestError> {
    let (user, password) = credentials.ok_or_else(RestError::unauthorized)?;
    if *user == account.sid && account.has_auth_token(password) {
        return Ok(Caller::Owner);
    }
    match account.key_kind(user, password) {
        Some(KeyKind::Main) => Ok(Caller::Owner),
        Some(KeyKind::Standard) => Ok(Caller::StandardKey),
        None => Err(RestError::unauthorized()),
    }
}
