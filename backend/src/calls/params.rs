//! What Twilio's requests say about calls.
//!
//! Source of the names: Twilio's pages "TwiML request parameters", `<Dial>` and "Call status callbacks".

use shared::api::CallDirection;

use super::call::{CallReport, LineRef, outcome_of};
use crate::twilio::Params;

/// What a request to the `action` of `<Dial>` reports: its parameters are those of the parent leg.
pub fn dial_action(params: &Params, now_s: i64) -> Option<CallReport> {
    let party = match params.client("From") {
        Some(client) => (LineRef::Client(client.to_owned()), CallDirection::Outgoing, "To"),
        None => (LineRef::Number(params.number("To")?), CallDirection::Incoming, "From"),
    };
    const NAMES: Names = Names {
        parent: "CallSid",
        child: "DialCallSid",
        status: "DialCallStatus",
        duration: "DialCallDuration",
    };
    report(params, &NAMES, party, now_s)
}

/// What a status callback of a noun in `<Dial>` reports: its parameters are those of the child leg.
pub fn call_status(params: &Params, now_s: i64) -> Option<CallReport> {
    let party = match params.client("To") {
        Some(client) => (LineRef::Client(client.to_owned()), CallDirection::Incoming, "From"),
        None => (LineRef::Number(params.number("From")?), CallDirection::Outgoing, "To"),
    };
    const NAMES: Names =
        Names { parent: "ParentCallSid", child: "CallSid", status: "CallStatus", duration: "CallDuration" };
    report(params, &NAMES, party, now_s)
}

/// CallSid and status in the status callback of a number, which tells that a call to it is over.
pub fn end_of_parent(params: &Params) -> Option<(&str, &str)> {
    let status = params.get("CallStatus").filter(|status| outcome_of(status).is_some())?;
    let is_child = params.get("ParentCallSid").is_some();
    params.call_sid("CallSid").filter(|_| !is_child).map(|call_sid| (call_sid, status))
}

/// How a request names what the log needs.
struct Names {
    parent: &'static str,
    child: &'static str,
    status: &'static str,
    duration: &'static str,
}

/// `party` is the line, how it takes part, and the parameter that names the far end.
fn report(
    params: &Params,
    names: &Names,
    (line, direction, peer): (LineRef, CallDirection, &str),
    now_s: i64,
) -> Option<CallReport> {
    Some(CallReport {
        parent_sid: params.call_sid(names.parent)?.to_owned(),
        child_sid: params.call_sid(names.child).map(str::to_owned),
        attempt: None,
        line,
        direction,
        peer: params.get(peer).unwrap_or_default().to_owned(),
        outcome: outcome_of(params.get(names.status)?)?,
        at: now_s,
        duration_s: params.seconds(names.duration),
    })
}

#[cfg(test)]
mod tests {
    use shared::api::CallOutcome;

    use super::*;

    fn params(pairs: &[(&str, &str)]) -> Params {
        Params(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    const PARENT: &str = "CA00000000000000000000000000000001";
    const CHILD: &str = "CA00000000000000000000000000000002";

    #[test]
    fn an_outgoing_call_seen_from_both_legs_is_one_call() {
        let action = dial_action(
            &params(&[
                ("CallSid", PARENT),
                ("From", "client:line_a"),
                ("To", "+819059876543"),
                ("DialCallSid", CHILD),
                ("DialCallStatus", "completed"),
                ("DialCallDuration", "12"),
            ]),
            100,
        )
        .unwrap();
        let status = call_status(
            &params(&[
                ("CallSid", CHILD),
                ("ParentCallSid", PARENT),
                ("From", "+815031234567"),
                ("To", "+819059876543"),
                ("CallStatus", "completed"),
                ("CallDuration", "12"),
            ]),
            100,
        )
        .unwrap();
        assert_eq!(action.line, LineRef::Client("line_a".into()));
        assert_eq!(status, CallReport { line: status.line.clone(), ..action.clone() });
        assert_eq!((action.outcome, action.duration_s), (CallOutcome::Completed, 12));
    }

    #[test]
    fn the_end_of_a_call_to_a_number_is_known_as_such() {
        let ended = params(&[("CallSid", PARENT), ("CallStatus", "completed"), ("To", "+815031234567")]);
        assert_eq!(end_of_parent(&ended), Some((PARENT, "completed")));
        assert_eq!(call_status(&ended, 0), None, "it says nothing of who answered");
        let child = params(&[("CallSid", CHILD), ("ParentCallSid", PARENT), ("CallStatus", "completed")]);
        assert_eq!(end_of_parent(&child), None);
        assert_eq!(end_of_parent(&params(&[("CallSid", PARENT), ("CallStatus", "x")])), None);
    }

    #[test]
    fn nothing_is_made_of_nonsense() {
        assert_eq!(dial_action(&Params::default(), 0), None);
        assert_eq!(call_status(&params(&[("CallStatus", "completed"), ("To", "client:x")]), 0), None);
        let twice = params(&[("From", "client:a"), ("From", "client:b")]);
        assert_eq!(twice.get("From"), None);
        assert_eq!(params(&[("CallSid", "CA1")]).call_sid("CallSid"), None);
    }
}
