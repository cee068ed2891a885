//! Twilio gets its TwiML whatever the store does, and the log is complete afterwards.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use backend::{
    audit::{AuditFilter, AuditPlace, AuditStore, event::AuditRecord},
    calls::{CallStore, busy::BusySince, call::CallReport},
    config::Database,
    contacts::{Asked, ContactChanged, ContactStore, Written, contact::Kept},
    dialling::{
        DialStore,
        limits::{DialLimits, DialRequest, DialUsage},
    },
    events::{EventStore, event::Since},
    lines::{Changed, Credential, Line, LineLimits, LineStore},
    sign_in::{
        Attempt, SessionStore, SignInStore,
        browser_secret::SecretDigest,
        session::{LineSession, NewSession, Proof, Session},
        throttle::Subject,
    },
    store::{self, Listener, Store, StoreError},
};
use shared::{
    PhoneNumber,
    api::{CallRating, CallRecord, MissedCall, Refusal, contacts::NameOfNumber, paths},
};
use tokio::sync::{Mutex, Notify};

use crate::dial_policy::{MOBILE, check, dials, ends, settings_with};
use crate::helpers::{CHILD, LINE, PARENT, TestApp, refused, settings};

/// A store that can be switched off and counts what it is asked.
struct Switched {
    inner: Arc<dyn Store>,
    off: AtomicBool,
    asked: AtomicUsize,
    reported: Notify,
    /// Whoever holds it keeps audit entries from being written.
    audit: Mutex<()>,
}

impl Switched {
    async fn new() -> Arc<Self> {
        let inner = store::open(&Database::Memory).await.unwrap();
        let (off, asked, reported, audit) = Default::default();
        Arc::new(Self { inner, off, asked, reported, audit })
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
    async fn try_writing(&self) -> Result<(), StoreError> {
        self.ask()?.try_writing().await
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
    async fn remove_line_but_the_last_admins(&self, number: &PhoneNumber) -> Result<Changed, StoreError> {
        self.ask()?.remove_line_but_the_last_admins(number).await
    }
    async fn rename_line(&self, number: &PhoneNumber, label: &str) -> Result<bool, StoreError> {
        self.ask()?.rename_line(number, label).await
    }
    async fn set_limits(&self, number: &PhoneNumber, limits: LineLimits) -> Result<bool, StoreError> {
        self.ask()?.set_limits(number, limits).await
    }
    async fn set_admin(
        &self,
        number: &PhoneNumber,
        admin: bool,
        may_leave_none: bool,
    ) -> Result<Changed, StoreError> {
        self.ask()?.set_admin(number, admin, may_leave_none).await
    }
    async fn set_credential(
        &self,
        number: &PhoneNumber,
        credential: &Credential,
    ) -> Result<bool, StoreError> {
        self.ask()?.set_credential(number, credential).await
    }
    async fn replace_passcode(
        &self,
        number: &PhoneNumber,
        old_hash: &str,
        new_hash: &str,
        keep: Option<SecretDigest>,
    ) -> Result<bool, StoreError> {
        self.ask()?.replace_passcode(number, old_hash, new_hash, keep).await
    }
    async fn add_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        self.ask()?.add_email(number, email).await
    }
    async fn remove_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        self.ask()?.remove_email(number, email).await
    }
    async fn emails(&self) -> Result<Vec<(PhoneNumber, String)>, StoreError> {
        self.ask()?.emails().await
    }
    async fn line_by_email(&self, email: &str) -> Result<Option<Line>, StoreError> {
        self.ask()?.line_by_email(email).await
    }
}

#[async_trait]
impl SessionStore for Switched {
    async fn add_session(
        &self,
        session: &NewSession,
        proof: Proof<'_>,
        idle_s: u32,
    ) -> Result<bool, StoreError> {
        self.ask()?.add_session(session, proof, idle_s).await
    }
    async fn session(
        &self,
        session: SecretDigest,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Option<LineSession>, StoreError> {
        self.ask()?.session(session, now_s, idle_s).await
    }
    async fn touch_session(&self, session: SecretDigest, now_s: i64) -> Result<(), StoreError> {
        self.ask()?.touch_session(session, now_s).await
    }
    async fn remove_session(&self, session: SecretDigest) -> Result<(), StoreError> {
        self.ask()?.remove_session(session).await
    }
    async fn sessions(
        &self,
        number: &PhoneNumber,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Vec<Session>, StoreError> {
        self.ask()?.sessions(number, now_s, idle_s).await
    }
    async fn remove_session_of(&self, number: &PhoneNumber, id: &str) -> Result<bool, StoreError> {
        self.ask()?.remove_session_of(number, id).await
    }
    async fn remove_sessions(&self, number: &PhoneNumber) -> Result<u64, StoreError> {
        self.ask()?.remove_sessions(number).await
    }
    async fn remember_device(
        &self,
        device: SecretDigest,
        number: &PhoneNumber,
        now_s: i64,
    ) -> Result<(), StoreError> {
        self.ask()?.remember_device(device, number, now_s).await
    }
    async fn lines_of_device(&self, device: SecretDigest) -> Result<Vec<PhoneNumber>, StoreError> {
        self.ask()?.lines_of_device(device).await
    }
}

#[async_trait]
impl SignInStore for Switched {
    async fn begin_attempt(&self, subjects: &[Subject], now_s: i64) -> Result<Attempt, StoreError> {
        self.ask()?.begin_attempt(subjects, now_s).await
    }
    async fn forget_attempt(&self, subjects: &[Subject], at: i64) -> Result<(), StoreError> {
        self.ask()?.forget_attempt(subjects, at).await
    }
    async fn forget_attempts_of(&self, key: &str) -> Result<(), StoreError> {
        self.ask()?.forget_attempts_of(key).await
    }
    async fn waits(&self, subjects: &[Subject], now_s: i64) -> Result<Vec<u32>, StoreError> {
        self.ask()?.waits(subjects, now_s).await
    }
}

#[async_trait]
impl AuditStore for Switched {
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError> {
        let _free = self.audit.lock().await;
        self.ask()?.add_audit(record, keep_since).await
    }
    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError> {
        self.ask()?.audit(since, line).await
    }
    async fn audit_page(
        &self,
        filter: &AuditFilter,
        most: u32,
    ) -> Result<Vec<(AuditPlace, AuditRecord)>, StoreError> {
        self.ask()?.audit_page(filter, most).await
    }
}

#[async_trait]
impl ContactStore for Switched {
    async fn contacts(&self, asked: &Asked<'_>) -> Result<Vec<Kept>, StoreError> {
        self.ask()?.contacts(asked).await
    }
    async fn contact(&self, line: &PhoneNumber, id: &str) -> Result<Option<Kept>, StoreError> {
        self.ask()?.contact(line, id).await
    }
    async fn write_contacts(
        &self,
        line: &PhoneNumber,
        written: &[Written],
    ) -> Result<ContactChanged, StoreError> {
        self.ask()?.write_contacts(line, written).await
    }
    async fn remove_contact(&self, line: &PhoneNumber, id: &str) -> Result<bool, StoreError> {
        self.ask()?.remove_contact(line, id).await
    }
    async fn set_favourite(&self, line: &PhoneNumber, id: &str, favourite: bool) -> Result<bool, StoreError> {
        self.ask()?.set_favourite(line, id, favourite).await
    }
    async fn contact_names(
        &self,
        line: &PhoneNumber,
        numbers: &[PhoneNumber],
    ) -> Result<Vec<(String, NameOfNumber)>, StoreError> {
        self.ask()?.contact_names(line, numbers).await
    }
}

#[async_trait]
impl EventStore for Switched {
    async fn events(&self, number: &PhoneNumber, after: i64) -> Result<Since, StoreError> {
        self.ask()?.events(number, after).await
    }
    async fn last_event(&self) -> Result<i64, StoreError> {
        self.ask()?.last_event().await
    }
    async fn lines_with_events(&self, after: i64) -> Result<BTreeSet<PhoneNumber>, StoreError> {
        self.ask()?.lines_with_events(after).await
    }
    fn listen(&self) -> Box<dyn Listener> {
        self.inner.listen()
    }
}

#[async_trait]
impl CallStore for Switched {
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError> {
        self.ask()?.report_call(report).await?;
        self.reported.notify_one();
        Ok(())
    }
    async fn has_report(&self, report: &CallReport) -> Result<bool, StoreError> {
        self.ask()?.has_report(report).await
    }
    async fn ring_line(&self, report: &CallReport, since: BusySince) -> Result<bool, StoreError> {
        self.ask()?.ring_line(report, since).await
    }
    async fn missed_calls(
        &self,
        number: &PhoneNumber,
        after: i64,
        since: BusySince,
    ) -> Result<Vec<MissedCall>, StoreError> {
        self.ask()?.missed_calls(number, after, since).await
    }
    async fn ringing_since(&self, number: &PhoneNumber, since: BusySince) -> Result<Option<i64>, StoreError> {
        self.ask()?.ringing_since(number, since).await
    }
    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError> {
        self.ask()?.call(number, call_sid).await
    }
    async fn leave_call(&self, number: &PhoneNumber, call_sid: &str, now_s: i64) -> Result<bool, StoreError> {
        self.ask()?.leave_call(number, call_sid, now_s).await
    }
    async fn rate_call(
        &self,
        number: &PhoneNumber,
        call_sid: &str,
        rating: CallRating,
    ) -> Result<bool, StoreError> {
        self.ask()?.rate_call(number, call_sid, rating).await
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
    async fn dial_usage(&self, line: &str, limits: &DialLimits, now_s: i64) -> Result<DialUsage, StoreError> {
        self.ask()?.dial_usage(line, limits, now_s).await
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
    // Whether the line is busy cannot be known: it rings.
    let second = [("CallSid", CHILD), ("From", "+442079460958"), ("To", LINE)];
    assert!(app.twiml(paths::CALL_INCOMING, &second).await.contains(&app.line.client_name));
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 503);
    refused(app.get(paths::SESSION, &cookie).await, 503, "unavailable").await;
    refused(app.sign_in(LINE, "x").await, 503, "unavailable").await;

    store.off.store(false, Ordering::SeqCst);
    store.reported.notified().await;
    assert_eq!(app.call(&cookie, PARENT).await["outcome"]["status"], "ringing");
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 200);
}

/// A call that was granted while the store was away counts on while it runs, also when the store is back.
#[tokio::test]
async fn a_call_granted_without_the_store_counts_when_it_is_back() {
    let store = Switched::new().await;
    let settings = settings_with(|dial| dial.calls_at_once = 1);
    let app = TestApp::start_with_store(settings, store.clone()).await;
    let cookie = app.session_of(LINE).await;
    store.off.store(true, Ordering::SeqCst);
    assert!(dials(&app, 1, MOBILE).await.contains("<Dial"));
    store.off.store(false, Ordering::SeqCst);
    assert_eq!(check(&app, &cookie, MOBILE).await, "too_many_calls");
    assert!(!dials(&app, 2, MOBILE).await.contains("<Dial"));
    assert!(dials(&app, 1, MOBILE).await.contains("<Dial"), "Twilio may ask for the same call again");
    assert_eq!(check(&app, &cookie, MOBILE).await, "too_many_calls");
    ends(&app, 1, "completed", "30").await;
    assert!(dials(&app, 3, MOBILE).await.contains("<Dial"), "it is over");
}

/// Otherwise the time to the answer would tell which numbers are lines: only their refusals are noted.
#[tokio::test]
async fn a_refused_sign_in_is_answered_before_it_is_noted() {
    let store = Switched::new().await;
    let app = TestApp::start_with_store(settings(), store.clone()).await;
    let held = store.audit.lock().await;
    refused(app.sign_in(LINE, "wrong horse").await, 401, "sign_in_refused").await;
    drop(held);
    // An entry that the answer had waited for would have been given up.
    app.audit_when(LINE, |log| log.len() == 1).await;
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
