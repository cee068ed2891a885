#[cfg(test)]
pub(crate) mod contract;
#[cfg(test)]
pub(crate) mod contract_busy;
mod rows;
mod sql;

use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::{CallRating, CallRecord, MissedCall},
};

use super::{busy::BusySince, call::CallReport};
use crate::store::StoreError;

/// Most missed calls that are told at once.
pub const MOST_MISSED: u32 = 50;

/// The call log.
#[async_trait]
pub trait CallStore: Send + Sync {
    /// Adds what is reported to the call log. Reports may come in any order and repeatedly (see
    /// [`crate::calls::call`]); a report about a line that does not exist is dropped.
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError>;
    /// Whether what is reported can be read, by somebody else than who wrote it: true as well when no line has the call.
    async fn has_report(&self, report: &CallReport) -> Result<bool, StoreError>;
    /// Adds the first report about an incoming call, and tells whether the line is free for it. If another call keeps it
    /// busy ([`crate::calls::busy`]), this one is logged as busy. Of two callers at the same moment, from whichever
    /// replica, one finds the line free; the same call gets the same answer again.
    async fn ring_line(&self, report: &CallReport, since: BusySince) -> Result<bool, StoreError>;
    /// The line's calls that were missed and began after this moment, the latest first; at most [`MOST_MISSED`].
    async fn missed_calls(
        &self,
        number: &PhoneNumber,
        after: i64,
        since: BusySince,
    ) -> Result<Vec<MissedCall>, StoreError>;
    /// When the earliest of the line's incoming calls that ring now has begun.
    async fn ringing_since(&self, number: &PhoneNumber, since: BusySince) -> Result<Option<i64>, StoreError>;
    /// The softphone of this line that had the call has it no more: it keeps the line busy no longer, whether its end is ever
    /// reported or not. False when the line has no such call.
    async fn leave_call(&self, number: &PhoneNumber, call_sid: &str, now_s: i64) -> Result<bool, StoreError>;
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
