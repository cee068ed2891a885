/// What is done against noise around the speaker.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum NoiseFilter {
    Off,
    /// The browser's own.
    #[default]
    Browser,
    /// A neural network (RNNoise) in place of the browser's.
    Strong,
}

impl NoiseFilter {
    pub const ALL: [Self; 3] = [Self::Off, Self::Browser, Self::Strong];

    /// In storage and in the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Browser => "browser",
            Self::Strong => "strong",
        }
    }

    /// The default for anything unknown.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }
}
