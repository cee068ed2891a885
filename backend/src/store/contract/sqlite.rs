//! The suite on SQLite, and what only a file can be asked.

use std::sync::Arc;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use shared::api::CallOutcome;

use super::fixtures::*;
use crate::{
    audit::store::contract as audit,
    calls::{
        call::CallReport,
        store::{contract as calls, contract_busy as busy},
    },
    config::Database,
    dialling::store::contract as dials,
    lines::store::contract as lines,
    sign_in::store::{attempts::contract as sign_ins, sessions::contract as sessions},
    store::{Store, open},
};

async fn sqlite() -> Arc<dyn Store> {
    open(&Database::Memory).await.unwrap()
}

#[tokio::test]
async fn sqlite_lines() {
    lines::lines(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_sessions_end() {
    sessions::ends(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_sessions_of_a_clock_that_was_ahead() {
    sessions::clock_ahead(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_devices() {
    sessions::devices(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_stale_proofs() {
    sessions::stale_proofs(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_passcodes() {
    sessions::passcodes(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_sign_in_attempts() {
    sign_ins::attempts(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_sign_in_attempts_from_the_future() {
    sign_ins::attempts_from_the_future(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_a_flood_of_sign_in_attempts() {
    sign_ins::a_flood_of_attempts(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_emails() {
    lines::emails(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_audit() {
    audit::audit(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_calls() {
    calls::calls(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_ratings() {
    calls::ratings(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_calls_between_lines() {
    calls::calls_between_lines(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_busy_lines() {
    busy::busy(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_busy_lines_whose_calls_never_end() {
    busy::ends_that_nobody_reports(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_missed_calls() {
    busy::missed(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_callers_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.path().join("sidetone.db"));
    busy::at_once([open(&database).await.unwrap(), open(&database).await.unwrap()]).await;
}

#[tokio::test]
async fn sqlite_dial_limits() {
    dials::limits(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_ends_of_dials() {
    dials::ends(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_dials_of_a_clock_that_was_ahead() {
    dials::clock_ahead(&*sqlite().await).await;
}

#[tokio::test]
async fn sqlite_dials_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::File(dir.path().join("sidetone.db"));
    dials::at_once([open(&database).await.unwrap(), open(&database).await.unwrap()]).await;
}

#[test]
fn sqlite_dials_agree_with_the_ledger() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
    runner
        .run(&dials::steps(), |steps| {
            runtime.block_on(async { dials::agrees_with_the_ledger(&*sqlite().await, steps).await });
            Ok(())
        })
        .unwrap();
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
