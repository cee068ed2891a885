/// What is done against noise around the speaker.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum NoiseFilter {
    Off,
    /// The browser's own.
    #[default]
    Browser,
}

impl NoiseFilter {
    pub const ALL: [Self; 2] = [Self::Off, Self::Browser];

    /// In storage and in the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Browser => "browser",
        }
    }

    /// The default for anything unknown.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }
}
