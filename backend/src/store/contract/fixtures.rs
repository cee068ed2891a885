use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome},
};

use crate::domain::{
    Line,
    call::{CallReport, LineRef},
};

pub(super) const PARENT: &str = "CA00000000000000000000000000000001";
pub(super) const CHILD: &str = "CA00000000000000000000000000000002";
pub(super) const ATTEMPT: &str = "AT00000000000000000000000000000001";
pub(super) const A: &str = "+815031234567";
pub(super) const B: &str = "+12025550143";

pub(super) fn number(text: &str) -> PhoneNumber {
    PhoneNumber::from_e164(text).unwrap()
}

pub(super) fn line(text: &str) -> Line {
    Line::new(number(text), "Reception".into(), "hash".into()).unwrap()
}

pub(super) fn report(outcome: CallOutcome, at: i64, duration_s: u32) -> CallReport {
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
