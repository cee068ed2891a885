//! What requests about recordings say (<https://www.twilio.com/docs/voice/twiml/record>).

use super::params::{Params, pair, rfc2822};
use crate::core::account::AccountState;
use crate::core::recordings::{Recording, RecordingStatus};

/// Where Twilio's REST API is. A recording's address names it, wherever this emulator is.
const API: &str = "https://api.twilio.com";

/// The address of a recording, without the ending of a file.
#[must_use]
pub fn recording_url(account: &AccountState, sid: &str) -> String {
    format!("{API}/2010-04-01/Accounts/{}/Recordings/{sid}", account.sid)
}

/// The additional parameters of a `<Record action>`. `seconds`: before anything is cut off; `digits`: the key that ended it,
/// or `hangup`.
#[must_use]
pub fn record_action(account: &AccountState, sid: &str, seconds: usize, digits: Option<&str>) -> Params {
    let mut params = vec![
        pair("RecordingUrl", recording_url(account, sid)),
        pair("RecordingSid", sid),
        pair("RecordingDuration", seconds.to_string()),
    ];
    params.extend(digits.map(|digits| pair("Digits", digits)));
    params
}

/// What a `recordingStatusCallback` is told.
#[must_use]
pub fn recording_callback(account: &AccountState, recording: &Recording) -> Params {
    let mut params = vec![
        pair("AccountSid", &account.sid),
        pair("CallSid", &recording.call_sid),
        pair("RecordingSid", &recording.sid),
        pair("RecordingUrl", recording_url(account, &recording.sid)),
        pair("RecordingStatus", recording.status.as_str()),
    ];
    if recording.status == RecordingStatus::Completed {
        params.push(pair("RecordingDuration", recording.seconds().to_string()));
    }
    params.extend([
        pair("RecordingChannels", "1"),
        pair("RecordingStartTime", rfc2822(recording.started)),
        pair("RecordingSource", "RecordVerb"),
        pair("RecordingTrack", "inbound"),
        pair("ErrorCode", "0"),
    ]);
    params
}
