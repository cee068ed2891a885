//! What can be done to an account from outside of the REST API: by its owner in the console, or by Twilio.

use super::permissions::Permission;
use super::standing::{AccountKind, AccountStatus};
use super::state::AccountState;

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChange {
    /// The Voice URL of the TwiML App that the configuration named.
    ApplicationVoiceUrl(String),
    /// The Voice URL of a number.
    NumberVoiceUrl {
        /// E.164.
        number: String,
        /// The URL.
        url: String,
    },
    /// The account is stopped, or works again.
    Status(AccountStatus),
    /// Somebody begins to pay, or the other way round.
    Kind(AccountKind),
    /// What may be called in a country.
    Permission {
        /// Two capital letters.
        iso_code: String,
        /// From now on.
        permission: Permission,
    },
    /// The secondary auth token becomes the primary one.
    PromoteSecondaryToken,
    /// Files of recordings are for those with credentials only, or for everybody.
    MediaNeedsAuth(bool),
    /// An API key is void.
    RevokeKey(String),
}

impl AccountState {
    /// Makes a change. One that concerns something that is not there does nothing.
    pub fn change(&mut self, change: AccountChange) {
        match change {
            AccountChange::ApplicationVoiceUrl(url) => self.set_application_voice_url(url),
            AccountChange::NumberVoiceUrl { number, url } => self.set_number_voice_url(&number, url),
            AccountChange::Status(status) => self.status = status,
            AccountChange::Kind(kind) => self.kind = kind,
            AccountChange::Permission { iso_code, permission } => self.permissions.set(&iso_code, permission),
            AccountChange::PromoteSecondaryToken => self.promote_secondary_token(),
            AccountChange::MediaNeedsAuth(on) => self.media_needs_auth = on,
            AccountChange::RevokeKey(sid) => self.keys.retain(|key| key.sid != sid),
        }
    }
}
