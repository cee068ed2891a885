//! What an account may do at all.

use serde::Deserialize;

/// Whether the account works (<https://www.twilio.com/docs/iam/api/account>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// It works.
    #[default]
    Active,
    /// Stopped for now, for example because nobody paid.
    Suspended,
    /// Stopped for ever.
    Closed,
}

impl AccountStatus {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AccountStatus::Active => "active",
            AccountStatus::Suspended => "suspended",
            AccountStatus::Closed => "closed",
        }
    }
}

/// Whether somebody pays for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// Paid.
    #[default]
    Full,
    /// It can call verified caller ids only.
    Trial,
}

impl AccountKind {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AccountKind::Full => "Full",
            AccountKind::Trial => "Trial",
        }
    }
}
