use super::Role;

/// What happened to the devices in the middle of a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AudioNotice {
    /// Microphone or speaker.
    pub role: Role,
    pub change: Change,
    /// What is used now; `None` when nothing is left.
    pub now: Option<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// The device in use is gone.
    Lost(String),
    /// The chosen device is there again.
    Back,
    /// The system uses another device now.
    Moved,
    /// It is used without the strong noise filter, which cannot be had.
    Unfiltered,
}
