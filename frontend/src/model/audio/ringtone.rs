/// The phone's rings, all made by the server's synthesiser.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Ringtone {
    /// Two soft notes; the one that is loaded with the page.
    #[default]
    Sidetone,
    /// A bell of old, with a hammer.
    Bell,
    Marimba,
    /// A rising chord.
    Sunrise,
    /// Short and low, for an office.
    Pulse,
    Silent,
}

impl Ringtone {
    pub const ALL: [Self; 6] =
        [Self::Sidetone, Self::Bell, Self::Marimba, Self::Sunrise, Self::Pulse, Self::Silent];

    /// In storage and in the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sidetone => "sidetone",
            Self::Bell => "bell",
            Self::Marimba => "marimba",
            Self::Sunrise => "sunrise",
            Self::Pulse => "pulse",
            Self::Silent => "silent",
        }
    }

    /// The default for anything unknown.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|ringtone| ringtone.code() == code).unwrap_or_default()
    }

    /// The server's name for its sound; `None` for silence.
    pub fn sound(self) -> Option<&'static str> {
        match self {
            Self::Sidetone => Some("incoming"),
            Self::Bell => Some("ring-bell"),
            Self::Marimba => Some("ring-marimba"),
            Self::Sunrise => Some("ring-sunrise"),
            Self::Pulse => Some("ring-pulse"),
            Self::Silent => None,
        }
    }
}
