//! Every English text that depends on a state, in one place: what is wrong, and what to do about it.

mod settings;
mod sign_in;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod twilio;

use shared::PhoneNumberError;
use shared::api::{CallDirection, Refusal};

pub use settings::*;
pub use sign_in::*;
pub use twilio::twilio_error;

use crate::text;

use super::{Call, CallSource, EndReason, LineStatus, OfflineReason, Phase};

/// The line's status in one or two words.
pub fn line_status(status: LineStatus) -> &'static str {
    match status {
        LineStatus::Registered => "Ready",
        LineStatus::Connecting => "Connecting…",
        LineStatus::Offline(_) => "Offline",
    }
}

/// Why the line is offline and what happens next; empty otherwise.
pub fn line_trouble(status: LineStatus) -> String {
    let LineStatus::Offline(why) = status else { return String::new() };
    match why {
        OfflineReason::ServerUnreachable => {
            "The server cannot be reached. Check your internet connection; trying again by itself.".to_owned()
        }
        OfflineReason::ServerTrouble => {
            "The server has trouble. Trying again by itself; if it lasts, tell who runs the server."
                .to_owned()
        }
        OfflineReason::SignalingUnreachable => {
            "The phone network cannot be reached. Check your internet connection; trying again by itself."
                .to_owned()
        }
        OfflineReason::TokenRefused(code) => {
            format!("The phone network refused the line. {} Trying again by itself.", twilio_error(code))
        }
        OfflineReason::SdkMissing => {
            "A part of the phone could not be loaded. Trying again by itself; if it lasts, reload the page."
                .to_owned()
        }
        OfflineReason::BrowserUnfit => {
            "This browser cannot make calls. Use a current Chrome, Edge, Firefox or Safari over https."
                .to_owned()
        }
    }
}

/// Why dialling is not possible right now; `None` when it is.
pub fn not_ready(status: LineStatus) -> Option<String> {
    match status {
        LineStatus::Registered => None,
        LineStatus::Connecting => Some("Still connecting: try again in a moment.".to_owned()),
        LineStatus::Offline(_) => Some(line_trouble(status)),
    }
}

/// Who is at the far end.
pub fn peer(peer: &CallSource) -> String {
    match peer {
        CallSource::Number(number) => number.international(),
        CallSource::Withheld => "Withheld number".to_owned(),
        CallSource::Other(text) if text.is_empty() => "Unknown caller".to_owned(),
        CallSource::Other(text) => text.clone(),
    }
}

/// What the call is doing.
pub fn call_status(call: &Call) -> &'static str {
    match (call.phase, call.direction) {
        (Phase::Incoming, _) => "Incoming call",
        (Phase::Connecting, CallDirection::Incoming) => "Connecting…",
        (Phase::Connecting, CallDirection::Outgoing) => "Calling…",
        (Phase::Ringing, _) => "Ringing…",
        (Phase::Open, _) if call.muted => "In call, microphone off",
        (Phase::Open, _) => "In call",
        (Phase::Reconnecting, _) => "Connection lost. Reconnecting…",
        (Phase::Ended, _) => "Call ended",
    }
}

/// Why the call ended: a heading, and what to do where that helps.
pub fn end_reason(reason: &EndReason, call: &Call) -> (&'static str, String) {
    let incoming = call.direction == CallDirection::Incoming;
    let answered = call.opened_at_ms.is_some();
    let (heading, advice) = match reason {
        EndReason::Completed => ("Call ended", ""),
        EndReason::Busy => ("Busy", "The number is busy. Try again in a few minutes."),
        EndReason::NoAnswer if incoming => ("Missed call", ""),
        EndReason::NoAnswer => ("No answer", "Nobody picked up."),
        EndReason::Failed => {
            ("Not in service", "The number cannot be reached. Check it, or try again later.")
        }
        EndReason::Canceled if incoming => ("Missed call", "The caller hung up before you answered."),
        EndReason::Canceled => ("Call cancelled", ""),
        EndReason::Declined => ("Call declined", ""),
        EndReason::Refused(why) => return ("Not dialled", refusal(*why)),
        EndReason::ConnectionLost if answered => {
            ("Connection lost", "The connection broke and did not come back. Check your internet connection.")
        }
        EndReason::ConnectionLost => {
            ("No connection", "The phone network did not answer. Check your internet connection.")
        }
        EndReason::Microphone(31401) => (
            "No microphone",
            "The browser may not use the microphone. Allow it in the browser's site settings, then call again.",
        ),
        EndReason::Microphone(_) => (
            "No microphone",
            "No microphone could be opened. Connect one, close other programs that use it, then call again.",
        ),
        EndReason::Error(code) => return ("Call failed", twilio_error(*code)),
        EndReason::Unknown => ("Call ended", ""),
    };
    (heading, advice.to_owned())
}

/// Why the server does not dial a number, and what to do instead.
pub fn refusal(why: Refusal) -> String {
    let words = match why {
        Refusal::InvalidNumber => "This is not a phone number that can be dialled. Check the digits.",
        Refusal::OwnNumber => "This is your own number. Dial another one.",
        Refusal::EmergencyNumber => return PhoneNumberError::Emergency.to_string(),
        Refusal::CountryNotAllowed => {
            "Calls to this country are not allowed. Ask who runs the server, if you need them."
        }
        Refusal::PremiumNumber => "Premium rate numbers are not dialled: they cost more than a call.",
        Refusal::SatelliteNumber => {
            "Satellite and special numbers are not dialled: they cost far more than a call."
        }
        Refusal::TooManyCalls => {
            "Your line has as many calls as it may have at once. End one, then call again."
        }
        Refusal::LineMinutesSpent => {
            "Your line has used its minutes for today. Ask who runs the server, or wait."
        }
        Refusal::ServerMinutesSpent => {
            "The server has used its minutes for today. Ask who runs it, or wait until tomorrow."
        }
        Refusal::UnknownLine => "Your line is not on this server any more. Ask who runs it.",
    };
    words.to_owned()
}

/// What screen readers hear when the call changes.
pub fn announcement(call: &Call) -> String {
    match (&call.phase, &call.reason) {
        (Phase::Incoming, _) => format!("Incoming call from {}.", peer(&call.peer)),
        (Phase::Ended, Some(reason)) => {
            let (heading, advice) = end_reason(reason, call);
            let sentence = format!("{heading}. {advice}");
            sentence.trim_end().to_owned()
        }
        // The same words as those of an ordinary end, which is then said once.
        (Phase::Ended, None) => "Call ended.".to_owned(),
        // Without the microphone: the button that mutes it says so itself.
        (Phase::Open, _) => "In call".to_owned(),
        _ => call_status(call).to_owned(),
    }
}

/// The page's title while a call is shown.
pub fn title(call: Option<&Call>) -> String {
    match call {
        Some(call) if call.phase == Phase::Incoming => text::incoming::calls(&peer(&call.peer)),
        Some(call) if call.is_live() => format!("{} – Sidetone", peer(&call.peer)),
        _ => "Sidetone".to_owned(),
    }
}

pub const SERVER_UNREACHABLE: &str =
    "The server cannot be reached. Check your internet connection and try again.";
pub const SERVER_SLOW: &str = "The server takes too long to answer. Try again in a moment.";
pub const SERVER_GARBLED: &str = "The server's answer makes no sense to this page. Reload the page.";
pub const WAITING_FOR_SERVER: &str = "Waiting for the server…";
pub const SIGN_OUT_FAILED: &str =
    "Signing out failed: the server cannot be reached. Close the browser to be sure, or try again.";
