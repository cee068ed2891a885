//! Random cases for a store, which needs a runtime.

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use shared::api::CallOutcome;

use super::fixtures::*;
use crate::{calls::call::CallReport, store::Store};

pub(super) fn run<S: Strategy>(cases: u32, strategy: &S, check: impl AsyncFn(S::Value)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let check = |value| {
        runtime.block_on(check(value));
        Ok(())
    };
    runner.run(strategy, check).unwrap();
}

/// What is reported of one call, in any order.
pub(super) fn reports() -> impl Strategy<Value = Vec<CallReport>> {
    let reports = [
        CallReport { attempt: Some(ATTEMPT.into()), ..report(CallOutcome::Ringing, 10, 0) },
        CallReport { child_sid: Some(CHILD.into()), ..report(CallOutcome::InProgress, 12, 0) },
        CallReport { child_sid: Some(CHILD.into()), ..report(CallOutcome::Completed, 20, 8) },
        report(CallOutcome::Completed, 21, 8),
        report(CallOutcome::NoAnswer, 22, 0),
        report(CallOutcome::Ringing, 10, 0),
    ];
    Just(Vec::from(reports)).prop_shuffle()
}

pub(super) async fn reports_add_up(store: &dyn Store, reports: Vec<CallReport>) {
    store.add_line(&line(A)).await.unwrap();
    for report in &reports {
        store.report_call(report).await.unwrap();
    }
    assert!(store.call(&number(A), CHILD).await.unwrap().is_some());
    assert!(store.call(&number(A), ATTEMPT).await.unwrap().is_some());
    assert!(store.call(&number(B), ATTEMPT).await.unwrap().is_none());
    let record = store.call(&number(A), PARENT).await.unwrap().unwrap();
    assert_eq!(record.outcome, CallOutcome::Completed);
    assert_eq!((record.started_at, record.duration_s), (10, 8));
}
