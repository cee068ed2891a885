use shared::api::{CallDirection, CallIssue, CallOutcome, CallRating, CallScore, Refusal};

use crate::{
    calls::call::{CallReport, LineRef},
    store::{Store, contract::fixtures::*},
};

pub(crate) async fn calls(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    assert_eq!(store.call(&number(A), PARENT).await.unwrap(), None);
    let refused = CallOutcome::Refused { reason: Refusal::EmergencyNumber };
    store.report_call(&CallReport { peer: "110".into(), ..report(refused.clone(), 10, 0) }).await.unwrap();
    let record = store.call(&number(A), PARENT).await.unwrap().unwrap();
    assert_eq!((record.call_sid.as_str(), record.peer.as_str()), (PARENT, "110"));
    assert_eq!(record.outcome, refused);
    assert_eq!(record.rating, None);
    assert_eq!(store.call(&number(B), PARENT).await.unwrap(), None, "another line's call");

    let of_nobody = LineRef::Client("line_of_nobody".into());
    store.report_call(&CallReport { line: of_nobody, ..report(CallOutcome::Busy, 10, 0) }).await.unwrap();
}

pub(crate) async fn ratings(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    let bad = CallRating { score: CallScore::BAD, issue: Some(CallIssue::OneWayAudio) };
    let best = CallRating { score: CallScore::BEST, issue: None };
    let rate =
        async |line: &str, call: &str, rating| store.rate_call(&number(line), call, rating).await.unwrap();
    assert!(!rate(A, PARENT, bad).await, "there is no such call yet");
    store.report_call(&report(CallOutcome::Completed, 10, 5)).await.unwrap();
    assert!(!rate(B, PARENT, bad).await, "another line's call");
    for rating in [bad, best, bad] {
        assert!(rate(A, PARENT, rating).await);
        // Reports that come later leave it alone.
        store.report_call(&report(CallOutcome::Completed, 11, 6)).await.unwrap();
        let record = store.call(&number(A), PARENT).await.unwrap().unwrap();
        assert_eq!((record.rating, record.duration_s), (Some(rating), 6));
    }
}

pub(crate) async fn calls_between_lines(store: &dyn Store) {
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
