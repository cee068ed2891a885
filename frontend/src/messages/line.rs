use super::twilio_error;
use crate::model::line::Cure;
use crate::model::{LineStatus, OfflineReason};
use crate::text;

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
