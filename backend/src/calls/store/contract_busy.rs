//! Whether a line is busy, and whom that made miss it.

use std::sync::Arc;

use shared::api::{CallDirection, CallOutcome, MissedCall};

use super::MOST_MISSED;
use crate::{
    calls::{
        busy::BusySince,
        call::{CallReport, LineRef},
    },
    store::{Store, contract::fixtures::*},
};

/// A call rings for 30 seconds at most, and runs for 600.
fn since(now_s: i64) -> BusySince {
    BusySince::at(now_s, 30, 600)
}

fn sid(call: u32) -> String {
    format!("CA{call:032x}")
}

fn caller(call: u32, at: i64) -> CallReport {
    let direction = CallDirection::Incoming;
    CallReport { parent_sid: sid(call), direction, ..report(CallOutcome::Ringing, at, 0) }
}

async fn rings(store: &dyn Store, call: u32, at: i64) -> bool {
    store.ring_line(&caller(call, at), since(at)).await.unwrap()
}

async fn reports(store: &dyn Store, call: u32, outcome: CallOutcome, at: i64) {
    let child_sid = Some(sid(call + 0xc000));
    store.report_call(&CallReport { child_sid, outcome, ..caller(call, at) }).await.unwrap();
}

pub(crate) async fn busy(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    assert!(rings(store, 1, 10_000).await);
    assert!(!rings(store, 2, 10_001).await, "it rings for another");
    assert_eq!(store.call(&number(A), &sid(2)).await.unwrap().unwrap().outcome, CallOutcome::Busy);
    for _ in 0..2 {
        assert!(rings(store, 1, 10_002).await, "Twilio may ask for the same call again");
        assert!(!rings(store, 2, 10_002).await);
    }
    let of_b = CallReport { line: LineRef::Number(number(B)), ..caller(3, 10_002) };
    assert!(store.ring_line(&of_b, since(10_002)).await.unwrap(), "another line");

    reports(store, 1, CallOutcome::InProgress, 10_010).await;
    assert!(!rings(store, 4, 10_300).await, "they talk");
    reports(store, 1, CallOutcome::Completed, 10_301).await;
    assert!(rings(store, 5, 10_302).await, "over");
    reports(store, 5, CallOutcome::NoAnswer, 10_330).await;

    // A call that the line makes itself.
    store
        .report_call(&CallReport { parent_sid: sid(6), ..report(CallOutcome::Ringing, 10_400, 0) })
        .await
        .unwrap();
    assert!(!rings(store, 7, 10_401).await);
    store
        .report_call(&CallReport { parent_sid: sid(6), ..report(CallOutcome::Busy, 10_402, 0) })
        .await
        .unwrap();
    assert!(rings(store, 8, 10_403).await);
}

pub(crate) async fn ends_that_nobody_reports(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    assert!(rings(store, 1, 20_000).await);
    assert!(!rings(store, 2, 20_059).await);
    assert!(rings(store, 3, 20_061).await, "nothing rings for so long");
    reports(store, 3, CallOutcome::InProgress, 20_062).await;
    assert!(!rings(store, 4, 20_700).await);
    assert!(rings(store, 5, 20_722).await, "nor is any call so long");

    // The line has had another call since: who dials talks to nobody.
    reports(store, 5, CallOutcome::InProgress, 20_723).await;
    assert!(!rings(store, 6, 20_724).await);
    store
        .report_call(&CallReport { parent_sid: sid(7), ..report(CallOutcome::Completed, 20_730, 2) })
        .await
        .unwrap();
    assert!(rings(store, 8, 20_731).await);
    reports(store, 8, CallOutcome::Completed, 20_735).await;

    // The softphone that had it says so. It says nothing of the calls of others.
    reports(store, 11, CallOutcome::InProgress, 20_740).await;
    assert!(!store.leave_call(&number(B), &sid(11), 20_741).await.unwrap());
    assert!(!rings(store, 12, 20_742).await);
    assert!(store.leave_call(&number(A), &sid(11), 20_743).await.unwrap());
    assert!(rings(store, 13, 20_744).await);
    reports(store, 13, CallOutcome::Completed, 20_745).await;

    // Noted by a clock that was ahead.
    reports(store, 9, CallOutcome::InProgress, 999_999).await;
    assert!(rings(store, 10, 20_800).await);
}

pub(crate) async fn missed(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    let missed = async |after, now_s| {
        let missed = store.missed_calls(&number(A), after, since(now_s)).await.unwrap();
        missed
            .into_iter()
            .map(|MissedCall { call_sid, at, busy, .. }| (call_sid, at, busy))
            .collect::<Vec<_>>()
    };
    let ringing = async |now_s| store.ringing_since(&number(A), since(now_s)).await.unwrap();
    assert_eq!((missed(0, 30_000).await, ringing(30_000).await), (vec![], None));
    rings(store, 1, 30_000).await;
    rings(store, 2, 30_001).await;
    let busy = (sid(2), 30_001, true);
    assert_eq!(missed(0, 30_002).await, std::slice::from_ref(&busy));
    assert_eq!(ringing(30_002).await, Some(30_000));
    reports(store, 1, CallOutcome::NoAnswer, 30_030).await;
    let in_vain = (sid(0xc001), 30_000, false);
    assert_eq!(missed(0, 30_031).await, [busy.clone(), in_vain], "by the name that the softphone has for it");
    assert_eq!(ringing(30_031).await, None);
    assert_eq!(missed(30_000, 30_031).await, [busy]);

    for (call, outcome) in [(3, CallOutcome::Completed), (4, CallOutcome::InProgress), (5, CallOutcome::Busy)]
    {
        reports(store, call, outcome, 30_100).await;
    }
    assert_eq!(missed(30_050, 30_200).await, [], "answered, and declined");
    let own = CallReport { parent_sid: sid(6), ..report(CallOutcome::NoAnswer, 30_210, 0) };
    store.report_call(&own).await.unwrap();
    assert_eq!(missed(30_050, 30_220).await, [], "whom the line calls");
    // Its end was never reported.
    store.report_call(&caller(7, 30_300)).await.unwrap();
    assert_eq!(missed(30_250, 30_310).await, []);
    assert_eq!(missed(30_250, 30_400).await, [(sid(7), 30_300, false)]);

    for call in 0..2 * MOST_MISSED {
        reports(store, 0x100 + call, CallOutcome::Canceled, 31_000 + i64::from(call)).await;
    }
    let latest = missed(30_900, 40_000).await;
    assert_eq!(latest.len(), MOST_MISSED as usize);
    assert_eq!(latest[0].1, 30_999 + i64::from(2 * MOST_MISSED));
}

/// Three replicas on one database.
pub(crate) async fn at_once(replicas: [Arc<dyn Store>; 3]) {
    replicas[0].add_line(&line(A)).await.unwrap();
    let callers = (0..20).map(|call| {
        let store = Arc::clone(&replicas[call as usize % 3]);
        tokio::spawn(async move { rings(&*store, call, 50_000).await })
    });
    let mut free = 0;
    for caller in callers.collect::<Vec<_>>() {
        free += u32::from(caller.await.unwrap());
    }
    assert_eq!(free, 1);
}
