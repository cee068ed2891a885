use std::{collections::BTreeMap, sync::Arc};

use proptest::prelude::*;
use shared::api::{CallDirection, CallOutcome, Refusal};

use crate::{
    calls::call::{CallReport, LineRef},
    dialling::{
        ledger::DialLedger,
        limits::{DAY_S, DialKind, DialLimits, DialRequest, DialUsage},
    },
    store::{Store, contract::fixtures::*},
};

const LIMITS: DialLimits =
    DialLimits { calls_at_once: 2, line_minutes: 10, server_minutes: 14, longest_s: 300, ringing_s: 30 };

fn sid(i: usize) -> String {
    format!("CA{i:032x}")
}

fn request(i: usize, line: &str, at: i64) -> DialRequest {
    DialRequest {
        call_sid: sid(i),
        line: line.into(),
        kind: DialKind::Phone,
        at,
        outside: DialUsage::default(),
    }
}

fn ended(i: usize, line: &str, at: i64, duration_s: u32) -> CallReport {
    let line = LineRef::Number(number(line));
    CallReport { parent_sid: sid(i), line, ..report(CallOutcome::Completed, at, duration_s) }
}

pub(crate) async fn limits(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    let ask = async |i, line: &str, at| store.ask_to_dial(&request(i, line, at), &LIMITS).await.unwrap();

    assert_eq!(ask(1, A, 1000).await, Ok(300));
    assert_eq!(ask(1, A, 1001).await, Ok(300), "the same call is asked for again");
    assert_eq!(
        store.dial_usage(A, &LIMITS, 1001).await.unwrap(),
        DialUsage { calls: 1, line_s: 300, server_s: 300 }
    );
    store.report_call(&ended(1, A, 1070, 61)).await.unwrap();
    assert_eq!(
        store.dial_usage(A, &LIMITS, 1070).await.unwrap(),
        DialUsage { calls: 0, line_s: 120, server_s: 120 }
    );
    assert_eq!(ask(1, A, 1080).await, Ok(300), "and again when it is over");
    assert_eq!(store.dial_usage(A, &LIMITS, 1080).await.unwrap().calls, 0);

    assert_eq!(ask(2, A, 2000).await, Ok(300));
    assert_eq!(ask(3, A, 2000).await, Ok(180), "what is left of the line's minutes");
    assert_eq!(ask(4, A, 2000).await, Err(Refusal::TooManyCalls));
    store.report_call(&ended(2, A, 2300, 300)).await.unwrap();
    store.report_call(&ended(3, A, 2300, 180)).await.unwrap();
    assert_eq!(ask(4, A, 2300).await, Err(Refusal::TooManyCalls), "the answer stays what it was");
    assert_eq!(ask(5, A, 2300).await, Err(Refusal::LineMinutesSpent));
    let free = DialRequest { kind: DialKind::Line, ..request(6, A, 2300) };
    assert_eq!(store.ask_to_dial(&free, &LIMITS).await.unwrap(), Ok(300), "another line needs no minutes");
    assert_eq!(store.dial_usage(A, &LIMITS, 2300).await.unwrap().line_s, 600);

    assert_eq!(ask(7, B, 2300).await, Ok(240), "what is left of the server's minutes");
    assert_eq!(ask(8, B, 2300).await, Err(Refusal::ServerMinutesSpent));

    // Nobody reports the end of call 7: it is over when its time is, and has used it.
    assert_eq!(store.dial_usage(B, &LIMITS, 2300 + 240 + 90).await.unwrap().calls, 0);
    assert_eq!(store.dial_usage(B, &LIMITS, 2300 + 240 + 90).await.unwrap().line_s, 240);

    // A line that goes takes nothing off the server's account.
    store.remove_line(&number(A)).await.unwrap();
    assert_eq!(store.dial_usage(B, &LIMITS, 2700).await.unwrap().server_s, 840);
    assert_eq!(
        store.dial_usage(B, &LIMITS, 1070 + DAY_S).await.unwrap().server_s,
        720,
        "24 hours after its end"
    );
    assert_eq!(store.dial_usage(B, &LIMITS, 3000 + DAY_S).await.unwrap(), DialUsage::default());
    assert_eq!(ask(9, B, 3000 + DAY_S).await, Ok(300));
}

/// Ends that are reported late, twice, in the wrong order, or for a call that the store was never asked about.
pub(crate) async fn ends(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.ask_to_dial(&request(1, A, 1000), &LIMITS).await.unwrap().unwrap();
    let progress = CallReport { outcome: CallOutcome::InProgress, ..ended(1, A, 1010, 0) };
    store.report_call(&progress).await.unwrap();
    assert_eq!(store.dial_usage(A, &LIMITS, 1010).await.unwrap().calls, 1, "answered is not over");
    for (at, duration_s) in [(1100, 0), (1099, 70), (1101, 30)] {
        store.report_call(&ended(1, A, at, duration_s)).await.unwrap();
    }
    assert_eq!(
        store.dial_usage(A, &LIMITS, 1102).await.unwrap(),
        DialUsage { calls: 0, line_s: 120, server_s: 120 }
    );

    // Granted by another process while the store was away.
    store.report_call(&ended(2, A, 1200, 50)).await.unwrap();
    store.report_call(&ended(2, A, 1201, 50)).await.unwrap();
    assert_eq!(store.dial_usage(A, &LIMITS, 1202).await.unwrap().line_s, 180);
    store.report_call(&ended(5, A, 1250, 0)).await.unwrap();
    assert_eq!(
        store.dial_usage(A, &LIMITS, 1251).await.unwrap().line_s,
        240,
        "answered, and over within a second"
    );
    let unanswered = CallReport { outcome: CallOutcome::Busy, ..ended(3, A, 1300, 0) };
    store.report_call(&unanswered).await.unwrap();
    let incoming = CallReport { direction: CallDirection::Incoming, ..ended(4, A, 1300, 500) };
    store.report_call(&incoming).await.unwrap();
    assert_eq!(
        store.dial_usage(A, &LIMITS, 1301).await.unwrap().line_s,
        240,
        "incoming calls use no minutes"
    );
    assert_eq!(store.ask_to_dial(&request(2, A, 1301), &LIMITS).await.unwrap(), Ok(60));
}

/// The clock was a year ahead, and is right again.
pub(crate) async fn clock_ahead(store: &dyn Store) {
    const AHEAD: i64 = 1000 + 365 * DAY_S;
    store.add_line(&line(A)).await.unwrap();
    store.ask_to_dial(&request(1, A, AHEAD), &LIMITS).await.unwrap().unwrap();
    store.ask_to_dial(&request(2, A, AHEAD), &LIMITS).await.unwrap().unwrap();
    store.report_call(&ended(2, A, AHEAD + 60, 60)).await.unwrap();
    store.report_call(&ended(3, A, AHEAD + 90, 60)).await.unwrap();

    // They count as if they had begun now: for a moment, and for a day.
    let usage = async |now_s| store.dial_usage(A, &LIMITS, now_s).await.unwrap();
    assert_eq!(usage(1000).await, DialUsage { calls: 1, line_s: 420, server_s: 420 });
    let over = 1000 + LIMITS.ends_after_s(300);
    assert_eq!(usage(over).await, DialUsage { calls: 0, line_s: 420, server_s: 420 });
    assert_eq!(usage(1000 + DAY_S).await.line_s, 300);
    assert_eq!(usage(over + DAY_S).await, DialUsage::default());

    // Whoever asks to dial first brings them back as well.
    store.ask_to_dial(&request(4, B, AHEAD), &LIMITS).await.unwrap().unwrap();
    let now_s = over + DAY_S;
    assert_eq!(store.ask_to_dial(&request(5, B, now_s), &LIMITS).await.unwrap(), Ok(300));
    assert_eq!(store.dial_usage(B, &LIMITS, now_s + 400).await.unwrap().calls, 0);
}

/// Fifty requests at once, from three replicas: no more is granted than there is.
pub(crate) async fn at_once(stores: [Arc<dyn Store>; 3]) {
    let wide = DialLimits { calls_at_once: 3, server_minutes: 1000, ..LIMITS };
    let asking = (0..50).map(|i| {
        let store = Arc::clone(&stores[i % 3]);
        tokio::spawn(async move { store.ask_to_dial(&request(i, A, 1000), &wide).await.unwrap() })
    });
    let asking: Vec<_> = asking.collect();
    let mut granted = Vec::new();
    for task in asking {
        granted.push(task.await.unwrap());
    }
    let seconds: Vec<_> = granted.iter().filter_map(|granted| granted.ok()).collect();
    assert_eq!(seconds, [300, 300], "{granted:?}");
    let repeated = (0..50).map(|i| {
        let store = Arc::clone(&stores[(i + 1) % 3]);
        tokio::spawn(async move { store.ask_to_dial(&request(i, A, 1001), &wide).await.unwrap() })
    });
    let repeated: Vec<_> = repeated.collect();
    for (task, granted) in repeated.into_iter().zip(granted) {
        assert_eq!(task.await.unwrap(), granted, "the other replica gives the same answer");
    }
    assert_eq!(stores[0].dial_usage(A, &LIMITS, 1001).await.unwrap().calls, 2);
}

/// What happens to the limits: a call is asked for, or reported to be over.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Ask(DialRequest),
    End(CallReport),
}

/// Few calls, so that repetitions happen; days pass, so that calls are forgotten; and the clock is set back.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let time = prop_oneof![4 => 0i64..100, 4 => 0i64..1000, 4 => Just(DAY_S / 2), 1 => Just(-30 * DAY_S)];
    let kind = prop::sample::select(vec![DialKind::Phone, DialKind::Line, DialKind::Test]);
    let step = (0usize..6, prop::sample::select(vec![A, B]), prop::option::of(kind), 0u32..400, time);
    prop::collection::vec(step, 1..25).prop_map(|steps| {
        let mut now = 1000;
        let mut all = Vec::new();
        for (i, line, kind, duration_s, later) in steps {
            now += later;
            all.push(match kind {
                Some(kind) => Step::Ask(DialRequest { kind, ..request(i, line, now) }),
                None => Step::End(ended(i, line, now, duration_s)),
            });
        }
        all
    })
}

/// The store and the ledger that stands in for it give the same answers.
pub(crate) async fn agrees_with_the_ledger(store: &dyn Store, steps: Vec<Step>) {
    let mut ledger = DialLedger::default();
    let mut asked = BTreeMap::new();
    let mut latest = i64::MIN;
    for step in steps {
        match step {
            Step::Ask(request) => {
                let granted = store.ask_to_dial(&request, &LIMITS).await.unwrap();
                assert_eq!(ledger.ask(&request, &LIMITS), granted, "{request:?}");
                asked.insert(request.call_sid.clone(), granted.unwrap_or(0));
                latest = latest.max(request.at);
                for line in [A, B] {
                    let usage = store.dial_usage(line, &LIMITS, request.at).await.unwrap();
                    assert_eq!(ledger.usage(line, request.at), usage, "{line} after {request:?}");
                    // A clock that was ahead leaves behind what was used in its time, all in one day.
                    if request.at == latest {
                        assert!(usage.calls <= LIMITS.calls_at_once);
                        assert!(usage.server_s <= u64::from(LIMITS.server_minutes) * 60);
                    }
                }
            }
            Step::End(report) => {
                // The ledger does not know calls that nobody has asked it for.
                let Some(granted) = asked.get(&report.parent_sid) else { continue };
                let report = CallReport { duration_s: report.duration_s.min(*granted), ..report };
                store.report_call(&report).await.unwrap();
                ledger.report(&report);
            }
        }
    }
}
