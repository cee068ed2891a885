#[cfg(test)]
pub(crate) mod contract;
mod rows;
mod sql;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::event::AuditRecord;
use crate::store::StoreError;

/// Where an entry stands in the log: by its time, and among those of one second by when they were written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AuditPlace {
    pub at: i64,
    pub id: i64,
}

/// Which entries are asked for; the default is all.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// What happened to this line, or what its user did to others.
    pub line: Option<PhoneNumber>,
    /// Of these kinds ([`crate::audit::event::AuditEvent::kind`]).
    pub kinds: Option<Vec<&'static str>>,
    /// Only those before this one.
    pub before: Option<AuditPlace>,
}

/// The audit log.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Adds an entry, and forgets those from before `keep_since`.
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError>;
    /// The entries since then, of one line or of all, oldest first.
    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError>;
    /// The last so many entries of those that are asked for, the last one first.
    async fn audit_page(
        &self,
        filter: &AuditFilter,
        most: u32,
    ) -> Result<Vec<(AuditPlace, AuditRecord)>, StoreError>;
}
