use shared::PhoneNumber;
use shared::api::{CallDirection, Refusal};

use super::twilio_error;
use crate::model::audio::Trouble;
use crate::model::{Call, CallSource, EndReason, Phase};
use crate::text;

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
        (Phase::Ended, _) => text::ended::ended(),
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
                // The SDK calls it missing where the whole site is denied it.
                (Some(Trouble::Denied), _) | (_, 31401) => text::ended::microphone_denied(),
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
