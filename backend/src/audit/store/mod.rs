#[cfg(test)]
pub(crate) mod contract;
mod rows;
mod sql;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::event::AuditRecord;
use crate::store::StoreError;

/// The audit log.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Adds an entry, and forgets those from before `keep_since`.
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError>;
    /// The entries since then, of one line or of all, oldest first.
    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError>;
}
