#[cfg(test)]
pub(crate) mod contract;
pub(crate) mod rows;
mod sql;

use async_trait::async_trait;
use shared::api::Refusal;

use super::limits::{DialLimits, DialRequest, DialUsage};
use crate::store::StoreError;

/// What lines have dialled, as far as the limits go. The ends of calls come with [`crate::calls::CallStore::report_call`].
#[async_trait]
pub trait DialStore: Send + Sync {
    /// Grants a call its seconds, or refuses it, counting also what the request says of calls that the store does not
    /// know, and remembers the answer: the same call gets the same answer again and
    /// counts once. Two requests at the same time, from whichever replica, see each other.
    async fn ask_to_dial(
        &self,
        request: &DialRequest,
        limits: &DialLimits,
    ) -> Result<Result<u32, Refusal>, StoreError>;
    /// What the line (E.164) and the server use at this moment.
    async fn dial_usage(&self, line: &str, limits: &DialLimits, now_s: i64) -> Result<DialUsage, StoreError>;
}
