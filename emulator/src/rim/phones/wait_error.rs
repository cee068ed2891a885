//! What can go wrong while a phone waits.

use crate::core::phones::{EndReason, PhoneCallStatus};

/// Why waiting was in vain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneWaitError {
    /// The time is over.
    #[error("it did not happen in time; the call is {0:?}")]
    Timeout(Option<PhoneCallStatus>),
    /// The call ended before.
    #[error("the call ended before: {0:?}")]
    Ended(EndReason),
    /// The emulator is gone.
    #[error("the emulator has stopped")]
    Stopped,
}
