//! What requests to the application say: names, values and order
//! (<https://www.twilio.com/docs/voice/twiml#request-parameters>).

use jiff::Timestamp;

use crate::core::account::AccountState;
use crate::core::call::{CallStatus, Direction, Leg};
use crate::core::fault::Fault;

/// Names and values in the order in which they are sent.
pub type Params = Vec<(String, String)>;

const API_VERSION: &str = "2010-04-01";
/// Connect parameters must not stand in for what only Twilio knows.
const TRUSTED: [&str; 12] = [
    "AccountSid",
    "ApiVersion",
    "ApplicationSid",
    "CallSid",
    "CallStatus",
    "Called",
    "Caller",
    "Direction",
    "From",
    "ParentCallSid",
    "CallToken",
    "ForwardedFrom",
];

pub(super) fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// The parameters that every request about a leg has.
#[must_use]
pub fn standard(account: &AccountState, leg: &Leg, status: CallStatus) -> Params {
    let mut params = vec![
        pair("AccountSid", &account.sid),
        pair("ApiVersion", API_VERSION),
        pair("CallSid", &leg.sid),
        pair("CallStatus", status.as_str()),
        pair("Called", &leg.called),
        pair("Caller", &leg.from),
        pair("Direction", leg.direction.as_str()),
        pair("From", &leg.from),
        pair("To", &leg.to),
    ];
    if let Some(parent) = &leg.parent {
        params.push(pair("ParentCallSid", parent));
    }
    if let Some(application) = &leg.application_sid {
        params.push(pair("ApplicationSid", application));
    }
    params
}

/// The request for the first document of an inbound leg, and for every later one of its documents.
///
/// Connect parameters of a browser stand in the `first` request only, beside the standard ones, and cannot replace
/// them. (Whether Twilio repeats them later is not documented; an application must not count on it.)
#[must_use]
pub fn inbound(account: &AccountState, leg: &Leg, first: bool) -> Params {
    let mut params = standard(account, leg, leg.status);
    if leg.is_client() {
        for (name, value) in leg.custom.iter().filter(|_| first) {
            if !TRUSTED.contains(&name.as_str()) && name != "To" {
                params.retain(|(other, _)| other != name);
                params.push(pair(name, value));
            }
        }
        return params;
    }
    geography(leg, &mut params);
    // A callee whose document runs has no network that says something of it.
    if leg.direction == Direction::OutboundDial {
        return params;
    }
    params.push(pair("CallToken", format!("{{\"parentCallInfoToken\":\"{}\"}}", leg.sid)));
    if let Some(verstat) = leg.phone().and_then(|phone| phone.attestation.verstat()) {
        params.push(pair("StirVerstat", verstat));
        params.push(pair("StirPassportToken", "eyJ0eXAiOiJwYXNzcG9ydCJ9.e30.emulator"));
    }
    params
}

/// Where the numbers of both sides are; a client is nowhere.
fn geography(leg: &Leg, params: &mut Params) {
    for side in ["From", "To", "Caller", "Called"] {
        let number = if matches!(side, "From" | "Caller") { &leg.from } else { &leg.to };
        if !number.starts_with('+') {
            continue;
        }
        for place in ["City", "State", "Zip"] {
            params.push(pair(&format!("{side}{place}"), ""));
        }
        params.push(pair(&format!("{side}Country"), country(number)));
    }
}

/// The country of numbers that the emulator is used with; empty, as Twilio does it, when it is not known.
fn country(number: &str) -> &'static str {
    if number.starts_with("+1") {
        "US"
    } else if number.starts_with("+81") {
        "JP"
    } else if number.starts_with("+44") {
        "GB"
    } else {
        ""
    }
}

/// The additional parameters of a `<Dial action>`. `bridged`: the callee was connected; one that listened to a whisper
/// and was not has answered all the same.
#[must_use]
pub fn dial_action(status: CallStatus, child: Option<&Leg>, bridged: bool, now: Timestamp) -> Params {
    let mut params = vec![pair("DialCallStatus", dial_status(status))];
    if let Some(child) = child {
        params.push(pair("DialCallSid", &child.sid));
        params.push(pair("DialCallDuration", child.seconds(now).to_string()));
    }
    params.push(pair("DialBridged", bridged.to_string()));
    params
}

/// `DialCallStatus` for a child's final status.
#[must_use]
pub fn dial_status(status: CallStatus) -> &'static str {
    match status {
        CallStatus::Completed | CallStatus::InProgress => "completed",
        CallStatus::Busy => "busy",
        CallStatus::NoAnswer => "no-answer",
        CallStatus::Canceled => "canceled",
        CallStatus::Failed | CallStatus::Initiated | CallStatus::Ringing => "failed",
    }
}

/// A progress report about a leg: of a noun's `statusCallback`, or at the end of a call to a number that has one.
#[must_use]
pub fn status_callback(
    account: &AccountState,
    leg: &Leg,
    status: CallStatus,
    sequence: u32,
    fault: Option<&Fault>,
    now: Timestamp,
) -> Params {
    let mut params = standard(account, leg, status);
    geography(leg, &mut params);
    if status.is_final() {
        let seconds = leg.seconds(now);
        params.push(pair("CallDuration", seconds.to_string()));
        if leg.direction == Direction::Inbound {
            params.push(pair("Duration", seconds.div_ceil(60).to_string()));
        }
    }
    if let Some(fault) = fault {
        params.push(pair("ErrorCode", fault.code.to_string()));
        params.push(pair("ErrorMessage", &fault.message));
    }
    if let Some(code) = sip_code(status).filter(|_| leg.direction == Direction::OutboundDial) {
        params.push(pair("SipResponseCode", code));
    }
    params.push(pair("Timestamp", rfc2822(now)));
    params.push(pair("CallbackSource", "call-progress-events"));
    params.push(pair("SequenceNumber", sequence.to_string()));
    params
}

fn sip_code(status: CallStatus) -> Option<&'static str> {
    match status {
        CallStatus::Busy => Some("486"),
        CallStatus::NoAnswer => Some("480"),
        CallStatus::Failed => Some("404"),
        CallStatus::Canceled => Some("487"),
        CallStatus::Completed => Some("200"),
        CallStatus::Initiated | CallStatus::Ringing | CallStatus::InProgress => None,
    }
}

/// `Thu, 01 Jun 2017 20:48:32 +0000`
pub(super) fn rfc2822(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_rfc_2822() {
        let time = Timestamp::from_second(1_496_350_112).unwrap();
        assert_eq!(rfc2822(time), "Thu, 01 Jun 2017 20:48:32 +0000");
    }
}
