//! The audit log as the server writes it: in the store and in the log, and never in the way.

use std::{net::IpAddr, sync::Arc};

use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::event::{Actor, AuditEvent, AuditRecord};
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
    /// Notes that nobody waits for.
    under_way: TaskTracker,
}

impl AuditLog {
    pub(crate) fn new(store: Arc<dyn Store>, retention_days: u32) -> Self {
        Self { store, retention_s: i64::from(retention_days) * 86_400, under_way: TaskTracker::new() }
    }

    /// Written when it returns, or known not to be. `address` is the client's.
    pub(crate) async fn note(&self, event: AuditEvent, address: Option<IpAddr>) {
        self.write(record(&event, address)).await;
    }

    /// The same, of what somebody else than the line's user did.
    pub(crate) async fn note_by(&self, actor: Actor, event: AuditEvent, address: IpAddr) {
        self.write(record(&event, Some(address)).by(actor)).await;
    }

    async fn write(&self, record: AuditRecord) {
        tracing::info!(
            kind = record.kind,
            line = record.line.as_ref().map(shared::PhoneNumber::redacted),
            by = record.by.as_ref().map(redacted),
            address = record.address,
            detail = record.detail,
            "audit"
        );
        let keep_since = record.at.saturating_sub(self.retention_s);
        if let Err(error) = within(self.store.add_audit(&record, keep_since)).await {
            tracing::error!("the last audit entry is in this log only, because the store failed: {error}");
        }
    }

    /// Like [`AuditLog::note`], for a request that must not wait for it: Twilio's, and one whose answer must not take the longer
    /// for it because there is something to note.
    pub(crate) fn note_meanwhile(&self, event: AuditEvent, address: Option<IpAddr>) {
        let log = self.clone();
        self.under_way.spawn(async move { log.note(event, address).await }.in_current_span());
    }

    /// Whether no note is under way.
    #[cfg(feature = "lambda")]
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Waits for the notes that are under way.
    pub(crate) async fn finish(&self) {
        self.under_way.close();
        self.under_way.wait().await;
        self.under_way.reopen();
    }
}

fn record(event: &AuditEvent, address: Option<IpAddr>) -> AuditRecord {
    AuditRecord::new(event, clock::now_s(), address.map(|ip| ip.to_canonical().to_string()))
}

fn redacted(actor: &Actor) -> String {
    match actor {
        Actor::CommandLine => actor.as_str().to_owned(),
        Actor::Admin(number) => number.redacted(),
    }
}
