//! What every store must do. One suite; each engine runs it on an empty store.

use std::sync::Arc;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome, Refusal},
};

use super::{Store, StoreError, open};
use crate::{
    config::Database,
    domain::{
        Line,
        call::{CallReport, LineRef},
        session_id::SessionId,
    },
};

const PARENT: &str = "CA00000000000000000000000000000001";
const CHILD: &str = "CA00000000000000000000000000000002";

async fn sqlite() -> Arc<dyn Store> {
    open(&Database::Memory).await.unwrap()
}

#[tokio::test]
async fn sqlite_lines() {
    lines(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_sessions() {
    sessions(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_failed_sign_ins() {
    failed_sign_ins(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_calls() {
    calls(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_calls_between_lines() {
    calls_between_lines(&*sqlite().await).await;
}

#[test]
fn sqlite_reports_in_any_order() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reports = [
        CallReport { attempt: Some(ATTEMPT.into()), ..report(CallOutcome::Ringing, 10, 0) },
        CallReport { child_sid: Some(CHILD.into()), ..report(CallOutcome::InProgress, 12, 0) },
        CallReport { child_sid: Some(CHILD.into()), ..report(CallOutcome::Completed, 20, 8) },
        report(CallOutcome::Completed, 21, 8),
        report(CallOutcome::NoAnswer, 22, 0),
    ];
    let reports: Vec<_> = reports.into_iter().chain(Some(report(CallOutcome::Ringing, 10, 0))).collect();
    let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
    runner
        .run(&Just(reports).prop_shuffle(), |reports| {
            let record = runtime.block_on(async {
                let store = sqlite().await;
                store.add_line(&line(A)).await.unwrap();
                for report in &reports {
                    store.report_call(report).await.unwrap();
                }
                assert!(store.call(&number(A), CHILD).await.unwrap().is_some());
                assert!(store.call(&number(A), ATTEMPT).await.unwrap().is_some());
                assert!(store.call(&number(B), ATTEMPT).await.unwrap().is_none());
                store.call(&number(A), PARENT).await.unwrap().unwrap()
            });
            prop_assert_eq!(record.outcome, CallOutcome::Completed);
            prop_assert_eq!((record.started_at, record.duration_s), (10, 8));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn sqlite_keeps_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.path().join("sidetone.db"));
    open(&database).await.unwrap().add_line(&line(A)).await.unwrap();
    assert_eq!(open(&database).await.unwrap().lines().await.unwrap().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn sqlite_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let store = open(&Database::File(dir.path().join("sidetone.db"))).await.unwrap();
    store.add_line(&line(A)).await.unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} has mode {mode:o}", entry.file_name());
        files += 1;
    }
    assert!(files > 1, "the write-ahead log is looked at too");
}

const ATTEMPT: &str = "AT00000000000000000000000000000001";
const A: &str = "+815031234567";
const B: &str = "+12025550143";

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::from_e164(text).unwrap()
}

fn line(text: &str) -> Line {
    Line::new(number(text), "Reception".into(), "hash".into()).unwrap()
}

fn report(outcome: CallOutcome, at: i64, duration_s: u32) -> CallReport {
    CallReport {
        parent_sid: PARENT.into(),
        child_sid: None,
        attempt: None,
        line: LineRef::Number(number(A)),
        direction: CallDirection::Outgoing,
        peer: "+819059876543".into(),
        outcome,
        at,
        duration_s,
    }
}

async fn lines(store: &dyn Store) {
    store.ping().await.unwrap();
    let (a, b) = (line(A), line(B));
    store.add_line(&a).await.unwrap();
    store.add_line(&b).await.unwrap();
    assert!(matches!(store.add_line(&line(A)).await, Err(StoreError::LineExists)));
    assert_eq!(store.lines().await.unwrap(), [b.clone(), a.clone()]);
    assert_eq!(store.line_by_number(&a.phone_number).await.unwrap().as_ref(), Some(&a));
    assert_eq!(store.line_by_client(&b.client_name).await.unwrap(), Some(b));
    assert_eq!(store.line_by_client("nobody' OR '1'='1").await.unwrap(), None);
    assert!(store.remove_line(&a.phone_number).await.unwrap());
    assert!(!store.remove_line(&a.phone_number).await.unwrap());
    assert_eq!(store.line_by_number(&a.phone_number).await.unwrap(), None);
}

async fn sessions(store: &dyn Store) {
    let line = line(A);
    store.add_line(&line).await.unwrap();
    let [first, second, third] = [(); 3].map(|()| SessionId::generate().unwrap().digest());
    store.add_session(first, &line.phone_number, 100, 200).await.unwrap();
    assert_eq!(store.session(first, 199).await.unwrap(), Some(line.clone()));
    assert_eq!(store.session(first, 200).await.unwrap(), None, "a session ends when it says so");
    assert_eq!(store.session(second, 150).await.unwrap(), None);

    store.add_session(second, &line.phone_number, 100, 200).await.unwrap();
    store.remove_session(first).await.unwrap();
    assert_eq!(store.session(first, 150).await.unwrap(), None);
    assert!(store.session(second, 150).await.unwrap().is_some());

    assert!(store.set_passcode(&line.phone_number, "new").await.unwrap());
    assert_eq!(store.session(second, 150).await.unwrap(), None, "a new passcode ends sessions");
    assert_eq!(store.line_by_number(&line.phone_number).await.unwrap().unwrap().passcode_hash, "new");
    assert!(!store.set_passcode(&number(B), "new").await.unwrap());

    store.add_session(third, &line.phone_number, 100, 200).await.unwrap();
    store.remove_line(&line.phone_number).await.unwrap();
    assert_eq!(store.session(third, 150).await.unwrap(), None, "a removed line's sessions end");
}

async fn failed_sign_ins(store: &dyn Store) {
    for at in [100, 150, 160] {
        store.add_failed_sign_in("a", at, 90).await.unwrap();
    }
    store.add_failed_sign_in("b", 160, 90).await.unwrap();
    assert_eq!(store.failed_sign_ins("a", 100).await.unwrap(), 3);
    assert_eq!(store.failed_sign_ins("a", 101).await.unwrap(), 2);
    store.forget_failed_sign_ins("a").await.unwrap();
    assert_eq!(store.failed_sign_ins("a", 0).await.unwrap(), 0);
    assert_eq!(store.failed_sign_ins("b", 0).await.unwrap(), 1);
}

async fn calls(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    assert_eq!(store.call(&number(A), PARENT).await.unwrap(), None);
    let refused = CallOutcome::Refused { reason: Refusal::EmergencyNumber };
    store.report_call(&CallReport { peer: "110".into(), ..report(refused.clone(), 10, 0) }).await.unwrap();
    let record = store.call(&number(A), PARENT).await.unwrap().unwrap();
    assert_eq!((record.call_sid.as_str(), record.peer.as_str()), (PARENT, "110"));
    assert_eq!(record.outcome, refused);
    assert_eq!(store.call(&number(B), PARENT).await.unwrap(), None, "another line's call");

    let of_nobody = LineRef::Client("line_of_nobody".into());
    store.report_call(&CallReport { line: of_nobody, ..report(CallOutcome::Busy, 10, 0) }).await.unwrap();
}

async fn calls_between_lines(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    let b = line(B);
    store.add_line(&b).await.unwrap();
    let callee = CallReport {
        line: LineRef::Client(b.client_name),
        direction: CallDirection::Incoming,
        peer: A.into(),
        child_sid: Some(CHILD.into()),
        ..report(CallOutcome::Ringing, 10, 0)
    };
    // The callee's row comes last, as it may when the store was away.
    store.report_call(&report(CallOutcome::Busy, 10, 0)).await.unwrap();
    store.report_call(&callee).await.unwrap();
    let seen_by_callee = store.call(&number(B), CHILD).await.unwrap().unwrap();
    assert_eq!(seen_by_callee.outcome, CallOutcome::Busy);
    assert_eq!(seen_by_callee.direction, CallDirection::Incoming);
    let seen_by_caller = store.call(&number(A), PARENT).await.unwrap().unwrap();
    assert_eq!(seen_by_caller.outcome, CallOutcome::Busy);
    assert_eq!(seen_by_caller.direction, CallDirection::Outgoing);
}
