use serde::{Deserialize, Serialize};

/// What stands between the user and a call that can be heard.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Trouble {
    /// The browser asks whether the microphone may be used, and nobody has answered yet.
    Asked,
    /// The same, in the tab that has the phone, and this is another one.
    AskedElsewhere,
    /// It may be used, and has not opened yet: perhaps the system asks.
    Slow,
    /// The browser may not use the microphone.
    Denied,
    /// There is no microphone.
    Missing,
    /// There is one, but it cannot be opened: another program has it.
    Taken,
    /// The page has no way to one: its address is not secure.
    Insecure,
    /// The browser knows no microphones.
    Unable,
    /// The page may not make a sound before it has been touched.
    Silent,
}

impl Trouble {
    /// In the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::AskedElsewhere => "asked_elsewhere",
            Self::Slow => "slow",
            Self::Denied => "denied",
            Self::Missing => "missing",
            Self::Taken => "taken",
            Self::Insecure => "insecure",
            Self::Unable => "unable",
            Self::Silent => "silent",
        }
    }

    /// It passes by itself, as soon as the user has answered.
    pub fn is_wait(self) -> bool {
        matches!(self, Self::Asked | Self::Slow)
    }

    /// By the name of what `getUserMedia` threw (W3C Media Capture and Streams 10.2; the second names are older browsers').
    pub fn from_error(name: &str) -> Self {
        match name {
            "NotAllowedError" | "PermissionDeniedError" | "SecurityError" => Self::Denied,
            "NotFoundError" | "DevicesNotFoundError" | "OverconstrainedError" => Self::Missing,
            _ => Self::Taken,
        }
    }
}
