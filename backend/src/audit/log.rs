//! The audit log as the server writes it: in the store and in the log, and never in the way.

use std::{net::IpAddr, sync::Arc};

use tracing::Instrument;

use super::event::{AuditEvent, AuditRecord};
use crate::{
    clock,
    store::{Store, within},
};

/// Writes audit entries. Notes never fail: the request they are about goes on.
#[derive(Clone)]
pub(crate) struct AuditLog {
    store: Arc<dyn Store>,
    /// Seconds that entries are kept.
    retention_s: i64,
}

impl AuditLog {
    pub(crate) fn new(store: Arc<dyn Store>, retention_days: u32) -> Self {
        Self { store, retention_s: i64::from(retention_days) * 86_400 }
    }

    /// Written when it returns, or known not to be. `address` is the client's.
    pub(crate) async fn note(&self, event: AuditEvent, address: Option<IpAddr>) {
        let now_s = clock::now_s();
        let record = AuditRecord::new(&event, now_s, address.map(|ip| ip.to_canonical().to_string()));
        tracing::info!(
            kind = record.kind,
            line = record.line.as_ref().map(shared::PhoneNumber::redacted),
            address = record.address,
            detail = record.detail,
            "audit"
        );
        let keep_since = now_s.saturating_sub(self.retention_s);
        if let Err(error) = within(self.store.add_audit(&record, keep_since)).await {
            tracing::error!("the last audit entry is in this log only, because the store failed: {error}");
        }
    }

    /// Like [`AuditLog::note`], for a request that must not wait for it: Twilio's, and one whose answer must not take the longer
    /// for it because there is something to note.
    pub(crate) fn note_meanwhile(&self, event: AuditEvent, address: Option<IpAddr>) {
        let log = self.clone();
        tokio::spawn(async move { log.note(event, address).await }.in_current_span());
    }
}
