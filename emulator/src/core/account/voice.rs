//! Who is asked for TwiML, and who is told about the end of a call: the same for numbers and TwiML Apps.

use crate::core::method::Method;

/// URLs and their methods. An empty text is a URL that was taken away; see [`present`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoiceSettings {
    /// Asked for TwiML.
    pub voice_url: Option<String>,
    /// Method for `voice_url`.
    pub voice_method: Method,
    /// Asked when the other one fails.
    pub voice_fallback_url: Option<String>,
    /// Method for `voice_fallback_url`.
    pub voice_fallback_method: Method,
    /// Told once when a call has ended.
    pub status_callback: Option<String>,
    /// Method for `status_callback`.
    pub status_callback_method: Method,
    /// Ask a directory for the caller's name. Stored and nothing more.
    pub voice_caller_id_lookup: bool,
}

/// The URL, unless there is none or it is empty.
#[must_use]
pub fn present(url: Option<&String>) -> Option<&str> {
    url.map(String::as_str).filter(|url| !url.is_empty())
}
