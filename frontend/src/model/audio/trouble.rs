/// What stands between the user and a call that can be heard.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// The browser may not use the microphone.
    Denied,
    /// There is no microphone.
    Missing,
    /// There is one, but it cannot be opened: another program has it.
    Taken,
    /// The page may not make a sound before it has been touched.
    Silent,
}

impl Trouble {
    /// In the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Missing => "missing",
            Self::Taken => "taken",
            Self::Silent => "silent",
        }
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
