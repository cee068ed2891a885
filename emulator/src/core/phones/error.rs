//! What can go wrong with an external phone.

/// Why a phone cannot call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Phones dial E.164 here.
    #[error("{0:?} is not a phone number in E.164 form, such as +815031234567")]
    NotE164(String),
    /// Only numbers of the account can be called.
    #[error("{0} is not a number of the emulator's account; external phones can only call those")]
    NotOurNumber(String),
    /// A suspended or closed account takes no calls.
    #[error("the emulator's account is not active, so its numbers take no calls")]
    AccountNotActive,
    /// The emulator is gone.
    #[error("the emulator has stopped")]
    Stopped,
}
