//! Twilio gets its TwiML whatever the store does, and the log is complete afterwards.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use async_trait::async_trait;
use backend::{
    config::Database,
    domain::{
        Line,
        audit::AuditRecord,
        call::CallReport,
        dial_limits::{DialLimits, DialRequest, DialUsage},
        session_id::SessionDigest,
    },
    store::{
        self, AuditStore, CallStore, DialStore, LineStore, SessionStore, SignInStore, Store, StoreError,
    },
};
use shared::{
    PhoneNumber,
    api::{CallRecord, Refusal, paths},
};
use tokio::sync::Notify;

use crate::helpers::{LINE, PARENT, TestApp, refused, settings};

/// A store that can be switched off and counts what it is asked.
struct Switched {
    inner: Arc<dyn Store>,
    off: AtomicBool,
    asked: AtomicUsize,
    reported: Notify,
}

impl Switched {
    async fn new() -> Arc<Self> {
        let inner = store::open(&Database::Memory).await.unwrap();
        let (off, asked, reported) = Default::default();
        Arc::new(Self { inner, off, asked, reported })
    }

    fn ask(&self) -> Result<&dyn Store, StoreError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.off.load(Ordering::SeqCst) { Err(StoreError::Slow) } else { Ok(&*self.inner) }
    }
}

#[async_trait]
impl Store for Switched {
    async fn ping(&self) -> Result<(), StoreError> {
        self.ask()?.ping().await
    }
}

#[async_trait]
impl LineStore for Switched {
    async fn add_line(&self, line: &Line) -> Result<(), StoreError> {
        self.ask()?.add_line(line).await
    }
    async fn lines(&self) -> Result<Vec<Line>, StoreError> {
        self.ask()?.lines().await
    }
    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError> {
        self.ask()?.line_by_number(number).await
    }
    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError> {
        self.ask()?.line_by_client(client_name).await
    }
    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError> {
        self.ask()?.remove_line(number).await
    }
    async fn set_passcode(&self, number: &PhoneNumber, passcode_hash: &str) -> Result<bool, StoreError> {
        self.ask()?.set_passcode(number, passcode_hash).await
    }
}

#[async_trait]
impl SessionStore for Switched {
    async fn add_session(
        &self,
        session: SessionDigest,
        number: &PhoneNumber,
        now_s: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        self.ask()?.add_session(session, number, now_s, expires_at).await
    }
    async fn session(&self, session: SessionDigest, now_s: i64) -> Result<Option<Line>, StoreError> {
        self.ask()?.session(session, now_s).await
    }
    async fn remove_session(&self, session: SessionDigest) -> Result<(), StoreError> {
        self.ask()?.remove_session(session).await
    }
}

#[async_trait]
impl SignInStore for Switched {
    async fn add_failed_sign_in(&self, subject: &str, now_s: i64, since: i64) -> Result<(), StoreError> {
        self.ask()?.add_failed_sign_in(subject, now_s, since).await
    }
    async fn failed_sign_ins(&self, subject: &str, since: i64) -> Result<u32, StoreError> {
        self.ask()?.failed_sign_ins(subject, since).await
    }
    async fn forget_failed_sign_ins(&self, subject: &str) -> Result<(), StoreError> {
        self.ask()?.forget_failed_sign_ins(subject).await
    }
}

#[async_trait]
impl AuditStore for Switched {
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError> {
        self.ask()?.add_audit(record, keep_since).await
    }
    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError> {
        self.ask()?.audit(since, line).await
    }
}

#[async_trait]
impl CallStore for Switched {
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError> {
        self.ask()?.report_call(report).await?;
        self.reported.notify_one();
        Ok(())
    }
    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError> {
        self.ask()?.call(number, call_sid).await
    }
}

#[async_trait]
impl DialStore for Switched {
    async fn ask_to_dial(
        &self,
        request: &DialRequest,
        limits: &DialLimits,
    ) -> Result<Result<u32, Refusal>, StoreError> {
        self.ask()?.ask_to_dial(request, limits).await
    }
    async fn dial_usage(&self, line: &str, now_s: i64) -> Result<DialUsage, StoreError> {
        self.ask()?.dial_usage(line, now_s).await
    }
}

#[tokio::test]
async fn calls_go_on_without_the_store_and_are_logged_when_it_is_back() {
    let store = Switched::new().await;
    let app = TestApp::start_with_store(settings(), store.clone()).await;
    let cookie = app.session_of(LINE).await;

    store.off.store(true, Ordering::SeqCst);
    let params = [("CallSid", PARENT), ("From", "+819059876543"), ("To", LINE)];
    let twiml = app.twiml(paths::CALL_INCOMING, &params).await;
    assert!(twiml.contains(&app.line.client_name), "{twiml}");
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 503);
    refused(app.get(paths::SESSION, &cookie).await, 503, "unavailable").await;
    refused(app.sign_in(LINE, "x").await, 503, "unavailable").await;

    store.off.store(false, Ordering::SeqCst);
    store.reported.notified().await;
    assert_eq!(app.call(&cookie, PARENT).await["outcome"]["status"], "ringing");
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 200);
}

/// Whoever cannot sign cannot make the server work: the refusal comes before the store is asked anything.
#[tokio::test]
async fn a_forged_webhook_never_reaches_the_store() {
    let store = Switched::new().await;
    let app = TestApp::start_with_store(settings(), store.clone()).await;
    let from = format!("client:{}", app.line.client_name);
    let params = [("CallSid", PARENT), ("From", from.as_str()), ("To", LINE), ("CallStatus", "completed")];
    let before = store.asked.load(Ordering::SeqCst);
    for path in [paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::DIAL_ACTION, paths::CALL_STATUS] {
        refused(app.posted(path, &params).send().await.unwrap(), 403, "forbidden").await;
        let forged = app.posted(path, &params).header("X-Twilio-Signature", "YWFhYWFhYWFhYWFhYWFhYWFhYWE=");
        refused(forged.send().await.unwrap(), 403, "forbidden").await;
        let large = app.client.post(app.url(path)).body(vec![b'x'; 1 << 20]);
        refused(large.send().await.unwrap(), 413, "too_large").await;
    }
    assert_eq!(store.asked.load(Ordering::SeqCst), before);
    app.twiml(paths::CALL_OUTGOING, &params).await;
    assert!(store.asked.load(Ordering::SeqCst) > before, "a genuine one does");
}
