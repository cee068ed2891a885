//! Where a phone's call stands.

/// Where a phone's call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneCallStatus {
    /// It rings here, or there.
    Ringing,
    /// Answered.
    InCall,
    /// Over.
    Ended(EndReason),
}

/// Why a phone's call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// This phone hung up.
    LocalHangUp,
    /// The other side hung up.
    RemoteHangUp,
    /// Somebody was busy or declined.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// The call could not be made.
    Failed,
    /// The caller gave up while this phone rang, or somebody else answered.
    Canceled,
}
