//! The rules are tested where the ledger and the stores are held against each other (`store::contract::dials`).

use shared::api::{CallDirection, CallOutcome};

use super::*;
use crate::{calls::call::LineRef, dialling::limits::DialKind};

const LIMITS: DialLimits =
    DialLimits { calls_at_once: 100, line_minutes: 30, server_minutes: 30, longest_s: 600, ringing_s: 30 };
const LINE: &str = "+815031234567";

fn request(i: usize, at: i64) -> DialRequest {
    DialRequest {
        call_sid: format!("CA{i:032x}"),
        line: LINE.into(),
        kind: DialKind::Phone,
        at,
        outside: DialUsage::default(),
    }
}

fn ended(i: usize, at: i64, duration_s: u32) -> CallReport {
    CallReport {
        parent_sid: format!("CA{i:032x}"),
        child_sid: None,
        attempt: None,
        line: LineRef::Client("line".into()),
        direction: CallDirection::Outgoing,
        peer: "+819059876543".into(),
        outcome: CallOutcome::Completed,
        at,
        duration_s,
    }
}

/// Otherwise the minutes between its end and the writing of its report could be used twice.
#[test]
fn a_call_granted_without_the_store_counts_until_the_store_knows_its_end() {
    let mut ledger = DialLedger::default();
    assert_eq!(ledger.ask(&request(1, 1000), &LIMITS), Ok(600));
    let outside = |ledger: &mut DialLedger| ledger.usage_outside(LINE, 1500, None);
    assert_eq!(outside(&mut ledger), DialUsage { calls: 1, line_s: 600, server_s: 600 });
    let end = ended(1, 1400, 301);
    ledger.report(&end);
    assert_eq!(outside(&mut ledger), DialUsage { calls: 0, line_s: 360, server_s: 360 });
    ledger.written(&CallReport { outcome: CallOutcome::InProgress, ..end.clone() });
    assert_eq!(outside(&mut ledger).line_s, 360, "the store knows that it runs, not that it has ended");
    ledger.written(&end);
    assert_eq!(outside(&mut ledger), DialUsage::default());
    assert_eq!(ledger.usage(LINE, 1500).line_s, 360);
}

/// The store answers one call while it fails for others, which are granted here.
#[test]
fn what_was_granted_here_while_the_store_answered_is_taken_off_its_answer() {
    let mut ledger = DialLedger::default();
    let slow = request(1, 1000);
    for i in 2..4 {
        assert_eq!(ledger.ask(&request(i, 1000), &LIMITS), Ok(600));
    }
    assert_eq!(ledger.note(&slow, Ok(600), &LIMITS), Ok(600), "ten minutes are left");
    assert_eq!(ledger.note(&request(4, 1000), Ok(600), &LIMITS), Err(Refusal::LineMinutesSpent));
    assert_eq!(ledger.note(&request(4, 1001), Ok(600), &LIMITS), Err(Refusal::LineMinutesSpent), "once more");

    // What the store was told of, it has counted itself.
    let told = DialRequest { outside: ledger.usage_outside(LINE, 1000, None), ..request(5, 1000) };
    assert_eq!(ledger.note(&told, Ok(60), &LIMITS), Ok(60));
}

#[test]
fn a_full_ledger_grants_nothing_until_calls_are_a_day_old() {
    let limits = DialLimits {
        calls_at_once: u32::MAX,
        line_minutes: u32::MAX,
        server_minutes: u32::MAX,
        longest_s: 60,
        ringing_s: 30,
    };
    let mut ledger = DialLedger::default();
    for i in 0..MOST_CALLS {
        assert_eq!(ledger.note(&request(i, 1000), Ok(60), &limits), Ok(60));
    }
    assert_eq!(ledger.ask(&request(0, 1001), &limits), Ok(60), "a known call");
    assert_eq!(ledger.ask(&request(MOST_CALLS, 1001), &limits), Err(Refusal::ServerMinutesSpent));
    assert_eq!(ledger.ask(&request(MOST_CALLS, 2000 + DAY_S), &limits), Ok(60));
}
