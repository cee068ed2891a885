use async_trait::async_trait;
use shared::{PhoneNumber, api::CallRecord};

use super::StoreError;
use crate::domain::{Line, call::CallReport, session_id::SessionDigest};

/// All state of the server. Times are seconds since the Unix epoch and always arguments.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Does the store answer?
    async fn ping(&self) -> Result<(), StoreError>;

    /// Adds a line; [`StoreError::LineExists`] when its number has one.
    async fn add_line(&self, line: &Line) -> Result<(), StoreError>;
    /// All lines, by number.
    async fn lines(&self) -> Result<Vec<Line>, StoreError>;
    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError>;
    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError>;
    /// Removes the line, its sessions and its calls; `false` when there is none.
    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError>;
    /// Sets a new passcode and ends the line's sessions; `false` when there is no such line.
    async fn set_passcode(&self, number: &PhoneNumber, passcode_hash: &str) -> Result<bool, StoreError>;

    /// Remembers a session, and forgets those that have ended by `now_s`.
    async fn add_session(
        &self,
        session: SessionDigest,
        number: &PhoneNumber,
        now_s: i64,
        expires_at: i64,
    ) -> Result<(), StoreError>;
    /// The line that is signed in; `None` when the session is unknown or has ended.
    async fn session(&self, session: SessionDigest, now_s: i64) -> Result<Option<Line>, StoreError>;
    async fn remove_session(&self, session: SessionDigest) -> Result<(), StoreError>;

    /// Notes that somebody failed to sign in as `subject`, and forgets notes from before `since`.
    async fn add_failed_sign_in(&self, subject: &str, now_s: i64, since: i64) -> Result<(), StoreError>;
    /// How often that happened since.
    async fn failed_sign_ins(&self, subject: &str, since: i64) -> Result<u32, StoreError>;
    async fn forget_failed_sign_ins(&self, subject: &str) -> Result<(), StoreError>;

    /// Adds what is reported to the call log. Reports may come in any order and repeatedly (see
    /// [`crate::domain::call`]); a report about a line that does not exist is dropped.
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError>;
    /// A call of this line by the CallSid of either leg.
    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError>;
}
