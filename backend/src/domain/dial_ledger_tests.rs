//! The rules are tested where the ledger and the stores are held against each other (`store::contract::dials`).

use super::*;
use crate::domain::dial_limits::DialKind;

#[test]
fn a_full_ledger_grants_nothing_until_calls_are_a_day_old() {
    let limits = DialLimits {
        calls_at_once: u32::MAX,
        line_minutes: u32::MAX,
        server_minutes: u32::MAX,
        longest_s: 60,
        ringing_s: 30,
    };
    let request = |i: usize, at| DialRequest {
        call_sid: format!("CA{i:032x}"),
        line: "+815031234567".into(),
        kind: DialKind::Phone,
        at,
        outside: DialUsage::default(),
    };
    let mut ledger = DialLedger::default();
    for i in 0..MOST_CALLS {
        ledger.note(&request(i, 1000), Ok(60), &limits);
    }
    assert_eq!(ledger.ask(&request(0, 1001), &limits), Ok(60), "a known call");
    assert_eq!(ledger.ask(&request(MOST_CALLS, 1001), &limits), Err(Refusal::ServerMinutesSpent));
    assert_eq!(ledger.ask(&request(MOST_CALLS, 2000 + DAY_S), &limits), Ok(60));
}
