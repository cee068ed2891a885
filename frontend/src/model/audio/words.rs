use super::{AudioNotice, Change, Role, Trouble};
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

impl Trouble {
    /// What it means, and what to do about it in this browser.
    pub fn words(self, user_agent: &str) -> String {
        match self {
            Self::Asked => text::audio::asked().to_owned(),
            Self::AskedElsewhere => text::audio::asked_elsewhere().to_owned(),
            Self::Slow => text::audio::slow().to_owned(),
            Self::Denied => [text::audio::denied(), " ", how_to_allow(user_agent)].concat(),
            Self::Missing => text::audio::missing().to_owned(),
            Self::Taken => text::audio::taken().to_owned(),
            Self::Insecure => text::audio::insecure().to_owned(),
            Self::Unable => text::audio::unable().to_owned(),
            Self::Silent => text::audio::silent().to_owned(),
        }
    }

    /// What the button does that may mend it; nothing does but an answer, or plugging a microphone in.
    pub fn cure(self) -> Option<&'static str> {
        match self {
            Self::Denied | Self::Taken => Some(text::audio::try_again()),
            Self::Silent => Some(text::audio::sound_on()),
            Self::Asked
            | Self::AskedElsewhere
            | Self::Slow
            | Self::Missing
            | Self::Insecure
            | Self::Unable => None,
        }
    }
}

impl AudioNotice {
    /// A sentence about what happened, and one about what is used now.
    pub fn words(&self) -> String {
        let microphone = self.role == Role::Microphone;
        match (&self.change, &self.now) {
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
}
