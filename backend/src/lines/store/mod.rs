#[cfg(test)]
pub(crate) mod contract;
pub(crate) mod rows;
pub(crate) mod sql;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::{LineLimits, credential::Credential, line::Line};
use crate::{sign_in::browser_secret::SecretDigest, store::StoreError};

/// What became of a change that may not leave the lines without an admin.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Changed {
    Done,
    /// There is no such line.
    NoLine,
    /// It is the only admin's; nothing is changed.
    LastAdmin,
}

/// Lines, what they sign in with, and who may sign in to them.
#[async_trait]
pub trait LineStore: Send + Sync {
    /// Adds a line; [`StoreError::LineExists`] when its number has one.
    async fn add_line(&self, line: &Line) -> Result<(), StoreError>;
    /// All lines, by number.
    async fn lines(&self) -> Result<Vec<Line>, StoreError>;
    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError>;
    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError>;
    /// Removes the line, its sessions and its calls; `false` when there is none.
    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError>;
    /// The same, but never of the last admin. Of two admins who remove each other at once, one stays.
    async fn remove_line_but_the_last_admins(&self, number: &PhoneNumber) -> Result<Changed, StoreError>;
    /// Gives the line another label; `false` when there is no such line.
    async fn rename_line(&self, number: &PhoneNumber, label: &str) -> Result<bool, StoreError>;
    /// Sets how much the line may dial; `false` when there is no such line.
    async fn set_limits(&self, number: &PhoneNumber, limits: LineLimits) -> Result<bool, StoreError>;
    /// Makes the line's user an admin, or takes that back; the last one stays one unless there may be none.
    async fn set_admin(
        &self,
        number: &PhoneNumber,
        admin: bool,
        may_leave_none: bool,
    ) -> Result<Changed, StoreError>;

    /// Sets what the line signs in with, ends its sessions and forgets its devices; `false` when there is no such line.
    async fn set_credential(&self, number: &PhoneNumber, credential: &Credential)
    -> Result<bool, StoreError>;
    /// Replaces the passcode or the one-time code whose hash is `old_hash`, ends all sessions but `keep`, and forgets all
    /// devices but that session's. `false`, and nothing is changed, when it is not (any more) what the line signs in
    /// with: of two that use one code, one wins.
    async fn replace_passcode(
        &self,
        number: &PhoneNumber,
        old_hash: &str,
        new_hash: &str,
        keep: Option<SecretDigest>,
    ) -> Result<bool, StoreError>;

    /// Lets whoever proves to have this address sign in to the line; `false` when there is no such line. An address is
    /// one line's: the last one's. The sessions of a line that loses it so end.
    async fn add_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError>;
    /// Takes that back, and ends the line's sessions; `false` when there was nothing to take back.
    async fn remove_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError>;
    /// The addresses of all lines, by number and address.
    async fn emails(&self) -> Result<Vec<(PhoneNumber, String)>, StoreError>;
    async fn line_by_email(&self, email: &str) -> Result<Option<Line>, StoreError>;
}
