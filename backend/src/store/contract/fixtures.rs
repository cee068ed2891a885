use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome},
};

use crate::{
    calls::call::{CallReport, LineRef},
    lines::Line,
};

pub(crate) const PARENT: &str = "CA00000000000000000000000000000001";
pub(crate) const CHILD: &str = "CA00000000000000000000000000000002";
pub(crate) const ATTEMPT: &str = "AT00000000000000000000000000000001";
pub(crate) const A: &str = "+815031234567";
pub(crate) const B: &str = "+12025550143";

pub(crate) fn number(text: &str) -> PhoneNumber {
    PhoneNumber::from_e164(text).unwrap()
}

pub(crate) fn line(text: &str) -> Line {
    Line::new(number(text), "Reception".into(), "hash".into()).unwrap()
}

pub(crate) fn report(outcome: CallOutcome, at: i64, duration_s: u32) -> CallReport {
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
