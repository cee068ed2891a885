//! What an account has, in one shape for everything that `connect` touches.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::twilio::rest::{Application, Key, Number};

/// What can be made or changed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Key,
    Application,
    Number,
}

/// A setting of a resource. A URL and its method are one setting: neither means anything without the other.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    VoiceUrl,
    VoiceFallbackUrl,
    StatusCallback,
    VoiceApplicationSid,
    TrunkSid,
}

impl Slot {
    /// Twilio's name of the parameter.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::VoiceUrl => "VoiceUrl",
            Self::VoiceFallbackUrl => "VoiceFallbackUrl",
            Self::StatusCallback => "StatusCallback",
            Self::VoiceApplicationSid => "VoiceApplicationSid",
            Self::TrunkSid => "TrunkSid",
        }
    }

    /// Twilio's name of the parameter that goes with it.
    pub fn method_parameter(self) -> Option<&'static str> {
        match self {
            Self::VoiceUrl => Some("VoiceMethod"),
            Self::VoiceFallbackUrl => Some("VoiceFallbackMethod"),
            Self::StatusCallback => Some("StatusCallbackMethod"),
            Self::VoiceApplicationSid | Self::TrunkSid => None,
        }
    }

    /// Its name in Twilio's console.
    pub fn label(self) -> &'static str {
        match self {
            Self::VoiceUrl => "voice URL",
            Self::VoiceFallbackUrl => "fallback URL",
            Self::StatusCallback => "status callback",
            Self::VoiceApplicationSid => "TwiML App",
            Self::TrunkSid => "SIP trunk",
        }
    }
}

/// What a setting is set to: a URL with its method, or a SID. Empty when it is not set.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Setting {
    #[serde(default)]
    pub text: String,
    /// `GET` or `POST`; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
}

impl Setting {
    /// Asked by POST.
    pub fn post(url: String) -> Self {
        Self { text: url, method: "POST".to_owned() }
    }

    /// A SID, or nothing.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), method: String::new() }
    }

    /// Whether Twilio does the same with both: the method of no URL does not matter.
    pub fn does_as(&self, other: &Self) -> bool {
        self.text == other.text && (self.text.is_empty() || self.method.eq_ignore_ascii_case(&other.method))
    }

    fn url(text: Option<&String>, method: Option<&String>) -> Self {
        Self { text: text.cloned().unwrap_or_default(), method: method.cloned().unwrap_or_default() }
    }
}

/// Something in the account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Resource {
    pub kind: Kind,
    pub sid: String,
    /// A number in E.164, or a friendly name.
    pub name: String,
    pub settings: BTreeMap<Slot, Setting>,
}

impl Resource {
    /// What a setting is set to.
    pub fn setting(&self, slot: Slot) -> Setting {
        self.settings.get(&slot).cloned().unwrap_or_default()
    }
}

impl From<&Key> for Resource {
    fn from(key: &Key) -> Self {
        let name = key.friendly_name.clone().unwrap_or_default();
        Self { kind: Kind::Key, sid: key.sid.clone(), name, settings: BTreeMap::new() }
    }
}

impl From<&Application> for Resource {
    fn from(app: &Application) -> Self {
        let settings = BTreeMap::from([
            (Slot::VoiceUrl, Setting::url(app.voice_url.as_ref(), app.voice_method.as_ref())),
            (
                Slot::VoiceFallbackUrl,
                Setting::url(app.voice_fallback_url.as_ref(), app.voice_fallback_method.as_ref()),
            ),
            (
                Slot::StatusCallback,
                Setting::url(app.status_callback.as_ref(), app.status_callback_method.as_ref()),
            ),
        ]);
        let name = app.friendly_name.clone().unwrap_or_default();
        Self { kind: Kind::Application, sid: app.sid.clone(), name, settings }
    }
}

impl From<&Number> for Resource {
    fn from(number: &Number) -> Self {
        let plain = |text: &Option<String>| Setting::plain(text.as_deref().unwrap_or_default());
        let settings = BTreeMap::from([
            (Slot::VoiceUrl, Setting::url(number.voice_url.as_ref(), number.voice_method.as_ref())),
            (
                Slot::VoiceFallbackUrl,
                Setting::url(number.voice_fallback_url.as_ref(), number.voice_fallback_method.as_ref()),
            ),
            (
                Slot::StatusCallback,
                Setting::url(number.status_callback.as_ref(), number.status_callback_method.as_ref()),
            ),
            (Slot::VoiceApplicationSid, plain(&number.voice_application_sid)),
            (Slot::TrunkSid, plain(&number.trunk_sid)),
        ]);
        let name = number.phone_number.clone();
        Self { kind: Kind::Number, sid: number.sid.clone(), name, settings }
    }
}
