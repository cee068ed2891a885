//! A Twilio number.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::configured::Number;
use super::voice::VoiceSettings;

/// A number that the account owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedNumber {
    /// `PN…`, the same in every run.
    pub sid: String,
    /// E.164.
    pub phone_number: String,
    /// What people call it, at most 64 characters.
    pub friendly_name: String,
    /// Whether it carries calls; otherwise it has text messages only.
    pub voice_capable: bool,
    /// Whom it asks when no TwiML App does that for it.
    pub voice: VoiceSettings,
    /// `AP…`, or empty.
    pub voice_application_sid: String,
    /// When it was bought.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

impl OwnedNumber {
    pub(super) fn new(seed: &Number, created: Timestamp) -> Self {
        Self {
            sid: number_sid(&seed.phone_number),
            phone_number: seed.phone_number.clone(),
            friendly_name: seed.friendly_name.clone().unwrap_or_else(|| seed.phone_number.clone()),
            voice_capable: !seed.text_only,
            voice: VoiceSettings {
                voice_url: seed.voice_url.clone(),
                voice_method: seed.voice_method,
                voice_fallback_url: seed.voice_fallback_url.clone(),
                status_callback: seed.status_callback.clone(),
                ..VoiceSettings::default()
            },
            voice_application_sid: seed.voice_application_sid.clone().unwrap_or_default(),
            created,
            updated: created,
        }
    }
}

/// `PN` and 32 digits that follow from the number.
pub(super) fn number_sid(phone_number: &str) -> String {
    let hash = Sha256::digest(phone_number.as_bytes());
    let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("PN{digits}")
}
