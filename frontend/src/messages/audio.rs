use crate::model::audio::{AudioNotice, Change, Role, Trouble};
use crate::text;

/// Browsers whose way to the microphone's permission differs.
fn how_to_allow(user_agent: &str) -> &'static str {
    if user_agent.contains("Firefox/") {
        text::audio::denied_firefox()
    } else if user_agent.contains("Chrome/") {
        text::audio::denied_chromium()
    } else {
        text::audio::denied_safari()
    }
}

/// What stands between the user and a call that can be heard, and what to do about it in this browser.
pub fn audio_trouble(trouble: Trouble, user_agent: &str) -> String {
    match trouble {
        Trouble::Asked => text::audio::asked().to_owned(),
        Trouble::AskedElsewhere => text::audio::asked_elsewhere().to_owned(),
        Trouble::Slow => text::audio::slow().to_owned(),
        Trouble::Denied => [text::audio::denied(), " ", how_to_allow(user_agent)].concat(),
        Trouble::Missing => text::audio::missing().to_owned(),
        Trouble::Taken => text::audio::taken().to_owned(),
        Trouble::Insecure => text::audio::insecure().to_owned(),
        Trouble::Unable => text::audio::unable().to_owned(),
        Trouble::Silent => text::audio::silent().to_owned(),
    }
}

/// What the button does that may mend it; nothing does but an answer, or plugging a microphone in.
pub fn audio_trouble_cure(trouble: Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::Denied | Trouble::Taken => Some(text::audio::try_again()),
        Trouble::Silent => Some(text::audio::sound_on()),
        Trouble::Asked
        | Trouble::AskedElsewhere
        | Trouble::Slow
        | Trouble::Missing
        | Trouble::Insecure
        | Trouble::Unable => None,
    }
}

/// A sentence about what happened to the devices, and one about what is used now.
pub fn audio_notice(notice: &AudioNotice) -> String {
    let microphone = notice.role == Role::Microphone;
    match (&notice.change, &notice.now) {
        (Change::Lost(lost), Some(now)) if microphone => text::audio::lost_microphone(lost, now),
        (Change::Lost(lost), Some(now)) => text::audio::lost_speaker(lost, now),
        (Change::Lost(lost), None) if microphone => text::audio::lost_last_microphone(lost),
        (Change::Lost(lost), None) => text::audio::lost_last_speaker(lost),
        (Change::Back, Some(now)) if microphone => text::audio::back_microphone(now),
        (Change::Back, Some(now)) => text::audio::back_speaker(now),
        (Change::Moved, Some(now)) if microphone => text::audio::now_microphone(now),
        (Change::Moved, Some(now)) => text::audio::now_speaker(now),
        (Change::Unfiltered, _) => text::audio::noise_missing().to_owned(),
        // Nothing came in the place of nothing.
        (Change::Back | Change::Moved, None) => String::new(),
    }
}
