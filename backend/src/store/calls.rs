use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::{CallRating, CallRecord},
};

use super::StoreError;
use crate::domain::call::CallReport;

/// The call log.
#[async_trait]
pub trait CallStore: Send + Sync {
    /// Adds what is reported to the call log. Reports may come in any order and repeatedly (see
    /// [`crate::domain::call`]); a report about a line that does not exist is dropped.
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError>;
    /// Whether what is reported can be read, by somebody else than who wrote it: true as well when no line has the call.
    async fn has_report(&self, report: &CallReport) -> Result<bool, StoreError>;
    /// A call of this line by the CallSid of either leg.
    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError>;
    /// Keeps the rating of a call of this line with its record, in place of an earlier one. False when the line has no such
    /// call.
    async fn rate_call(
        &self,
        number: &PhoneNumber,
        call_sid: &str,
        rating: CallRating,
    ) -> Result<bool, StoreError>;
}
