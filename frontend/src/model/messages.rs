//! Which text says what a state means: what is wrong, and what to do about it. The words are in `crate::text`.

mod number;
mod quality;
mod server;
mod settings;
mod sign_in;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod twilio;

use shared::PhoneNumber;
use shared::api::{CallDirection, Refusal};

pub use number::{note, phone_number, unclear};
pub use quality::*;
pub use server::{demo_phone, server_error};
pub use settings::*;
pub use sign_in::*;
pub use twilio::twilio_error;

use crate::text;

use super::audio::Trouble;
use super::device::Cure;
use super::{Call, CallSource, EndReason, LineStatus, OfflineReason, Phase};

/// The line's status in one or two words.
pub fn line_status(status: LineStatus) -> &'static str {
    match status {
        LineStatus::Registered => text::line::ready(),
        LineStatus::Quiet => text::line::do_not_disturb(),
        LineStatus::Connecting => text::line::connecting(),
        LineStatus::Reconnecting => text::line::reconnecting(),
        LineStatus::Waking => text::line::waking(),
        LineStatus::Offline(_) => text::line::offline(),
    }
}

/// What is wrong with the line, or otherwise than usual, and what happens next; empty when there is nothing to say.
pub fn line_trouble(status: LineStatus) -> String {
    let why = match status {
        LineStatus::Offline(why) => why,
        LineStatus::Quiet => return text::line::quiet_why().to_owned(),
        _ => return String::new(),
    };
    match why {
        OfflineReason::NoNetwork => text::line::no_network().to_owned(),
        OfflineReason::ServerUnreachable => text::line::server_unreachable().to_owned(),
        OfflineReason::ServerTrouble => text::line::server_trouble().to_owned(),
        OfflineReason::SignalingUnreachable => text::line::network_unreachable().to_owned(),
        OfflineReason::TokenRefused(code) => text::line::refused(&twilio_error(code)),
        OfflineReason::SdkMissing => text::line::part_missing().to_owned(),
        OfflineReason::BrowserUnfit => text::line::browser_unfit().to_owned(),
        OfflineReason::OtherTab => text::line::other_tab_silent().to_owned(),
    }
}

/// Why dialling is not possible right now; `None` when it is.
pub fn not_ready(status: LineStatus) -> Option<String> {
    match status {
        LineStatus::Offline(_) => Some(line_trouble(status)),
        // A call waits until the line is there.
        _ => None,
    }
}

/// What the button says that mends it.
pub fn cure(cure: Cure) -> &'static str {
    match cure {
        Cure::TryNow => text::line::try_now(),
        Cure::Reload => text::line::reload(),
        Cure::TakeOver => text::line::take_over(),
        Cure::RingAgain => text::line::ring_again(),
    }
}

/// Who is at the far end.
pub fn peer(peer: &CallSource) -> String {
    match peer {
        CallSource::Number(number) => number.international(),
        CallSource::Withheld => text::call::withheld().to_owned(),
        CallSource::Other(text) if text.is_empty() => text::call::unknown_caller().to_owned(),
        CallSource::Other(text) => text.clone(),
    }
}

/// What the call is doing.
pub fn call_status(call: &Call) -> &'static str {
    match (call.phase, call.direction) {
        (Phase::Incoming, _) => text::call::incoming(),
        (Phase::Connecting, CallDirection::Incoming) => text::call::connecting(),
        (Phase::Connecting, CallDirection::Outgoing) => text::call::calling(),
        (Phase::Ringing, _) => text::call::ringing(),
        (Phase::Open, _) if call.muted => text::call::muted(),
        (Phase::Open, _) => text::call::open(),
        (Phase::Reconnecting, _) => text::call::reconnecting(),
        (Phase::Ended, _) => "Call ended",
    }
}

/// Why the call ended: a heading, and what to do where that helps.
pub fn end_reason(reason: &EndReason, call: &Call) -> (&'static str, String) {
    let incoming = call.direction == CallDirection::Incoming;
    let answered = call.opened_at_ms.is_some();
    let (heading, advice) = match reason {
        // Whatever the network calls a call that ends between the answer and the first sound, its user did not miss it.
        EndReason::Busy | EndReason::NoAnswer | EndReason::Canceled | EndReason::Failed if call.answered => {
            (text::ended::ended(), text::ended::before_connected())
        }
        EndReason::Completed => (text::ended::ended(), ""),
        EndReason::Busy => (text::ended::busy(), text::ended::busy_advice()),
        EndReason::NoAnswer if incoming => (text::ended::missed(), ""),
        EndReason::NoAnswer => (text::ended::no_answer(), text::ended::no_answer_advice()),
        EndReason::Failed => (text::ended::failed(), text::ended::failed_advice()),
        EndReason::Canceled if incoming => (text::ended::missed(), text::ended::missed_advice()),
        EndReason::Canceled => (text::ended::cancelled(), ""),
        EndReason::Declined => (text::ended::declined(), ""),
        EndReason::AnsweredElsewhere => (text::ended::answered_elsewhere(), ""),
        EndReason::Refused(why) => return (text::ended::refused(), refusal(*why, &call.peer)),
        EndReason::ConnectionLost if answered => (text::ended::lost(), text::ended::lost_advice()),
        EndReason::ConnectionLost => (text::ended::no_connection(), text::ended::no_connection_advice()),
        EndReason::NoAudio => (text::ended::no_audio(), text::ended::no_audio_advice()),
        EndReason::Microphone(code) => {
            let advice = match (call.microphone, code) {
                // The SDK knows no such reason.
                (Some(Trouble::Insecure), _) => text::audio::insecure(),
                (Some(Trouble::Unable), _) => text::audio::unable(),
                (_, 31401) => text::ended::microphone_denied(),
                _ => text::ended::microphone_missing(),
            };
            (text::ended::no_microphone(), advice)
        }
        EndReason::Error(code) => return (text::ended::error(), twilio_error(*code)),
        EndReason::Unknown => (text::ended::ended(), ""),
    };
    (heading, advice.to_owned())
}

/// Why the server does not dial a number, and what to do instead.
pub fn refusal(why: Refusal, to: &CallSource) -> String {
    let words = match why {
        Refusal::InvalidNumber => text::refusal::invalid_number(),
        Refusal::OwnNumber => text::refusal::own_number(),
        Refusal::EmergencyNumber => text::refusal::emergency(),
        Refusal::ShortNumber => text::refusal::short(),
        Refusal::CountryNotAllowed => {
            let country = to.number().and_then(PhoneNumber::country);
            return text::refusal::country(&country.map_or_else(|| peer(to), text::country_name));
        }
        Refusal::PremiumNumber => text::refusal::premium(),
        Refusal::SatelliteNumber => text::refusal::satellite(),
        Refusal::TooManyCalls => text::refusal::too_many_calls(),
        Refusal::LineMinutesSpent => text::refusal::line_minutes(),
        Refusal::ServerMinutesSpent => text::refusal::server_minutes(),
        Refusal::UnknownLine => text::refusal::unknown_line(),
    };
    words.to_owned()
}

/// What screen readers hear when the call changes.
pub fn announcement(call: &Call) -> String {
    match (&call.phase, &call.reason) {
        (Phase::Incoming, _) => text::incoming::announced(&peer(&call.peer)),
        (Phase::Ended, Some(reason)) => {
            let (heading, advice) = end_reason(reason, call);
            text::ended::announced(heading, &advice).trim_end().to_owned()
        }
        // The same words as those of an ordinary end, which is then said once.
        (Phase::Ended, None) => text::ended::announced(text::ended::ended(), "").trim_end().to_owned(),
        // Without the microphone: the button that mutes it says so itself.
        (Phase::Open, _) => text::call::open().to_owned(),
        _ => call_status(call).to_owned(),
    }
}

/// The page's title: the call that is shown, or how many were missed.
pub fn title(call: Option<&Call>, missed: u32) -> String {
    match call {
        Some(call) if call.phase == Phase::Incoming => text::incoming::calls(&peer(&call.peer)),
        Some(call) if call.is_live() => text::app::title(&peer(&call.peer)),
        _ if missed > 0 => format!("({missed}) Sidetone"),
        _ => "Sidetone".to_owned(),
    }
}
