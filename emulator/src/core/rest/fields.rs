//! Parameters of a POST. Wrong values are refused.

use jiff::Timestamp;
use url::{Host, Url};

use super::answer::RestError;
use crate::core::account::{VoiceSettings, present};
use crate::core::method::Method;

/// Longest name of an object, in characters.
const LONGEST_NAME: usize = 64;

/// What [`Form::voice`] and [`Form::friendly_name`] read.
pub(super) const VOICE_AND_NAME: [&str; 8] = [
    "FriendlyName",
    "VoiceUrl",
    "VoiceMethod",
    "VoiceFallbackUrl",
    "VoiceFallbackMethod",
    "StatusCallback",
    "StatusCallbackMethod",
    "VoiceCallerIdLookup",
];

/// The form of a POST.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a>(pub(super) &'a [(String, String)]);

impl<'a> Form<'a> {
    /// A parameter's value. One that is there twice is refused: which of them counts is not documented.
    pub(super) fn get(self, name: &str) -> Result<Option<&'a str>, RestError> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = values.next();
        match values.next() {
            Some(_) => Err(RestError::bad(20001, format!("{name} is given more than once"))),
            None => Ok(value),
        }
    }

    /// `FriendlyName`; `code` is the error of one that is too long.
    pub(super) fn friendly_name(self, code: u32) -> Result<Option<String>, RestError> {
        let name = self.get("FriendlyName")?;
        if name.is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            let message = format!("FriendlyName is too long: at most {LONGEST_NAME} characters are allowed");
            return Err(RestError::bad(code, message));
        }
        Ok(name.map(str::to_owned))
    }

    /// Takes over what the form says about calls.
    pub(super) fn voice(self, settings: &mut VoiceSettings) -> Result<(), RestError> {
        self.url("VoiceUrl", &mut settings.voice_url)?;
        self.url("VoiceFallbackUrl", &mut settings.voice_fallback_url)?;
        self.url("StatusCallback", &mut settings.status_callback)?;
        self.method("VoiceMethod", &mut settings.voice_method)?;
        self.method("VoiceFallbackMethod", &mut settings.voice_fallback_method)?;
        self.method("StatusCallbackMethod", &mut settings.status_callback_method)?;
        if let Some(value) = self.get("VoiceCallerIdLookup")? {
            settings.voice_caller_id_lookup = boolean("VoiceCallerIdLookup", value)?;
        }
        let fallback = self.get("VoiceFallbackUrl")?.is_some_and(|url| !url.is_empty());
        if fallback && present(settings.voice_url.as_ref()).is_none() {
            return Err(RestError::bad(21405, "Cannot set VoiceFallbackUrl without setting VoiceUrl"));
        }
        Ok(())
    }

    fn url(self, name: &str, url: &mut Option<String>) -> Result<(), RestError> {
        let Some(value) = self.get(name)? else { return Ok(()) };
        if !value.is_empty() && !is_url(value) {
            return Err(RestError::bad(21402, format!("{name} is not a valid URL: {value}")));
        }
        *url = Some(value.to_owned());
        Ok(())
    }

    pub(super) fn method(self, name: &str, method: &mut Method) -> Result<(), RestError> {
        *method = match self.get(name)? {
            None => return Ok(()),
            Some(value) if value.eq_ignore_ascii_case("GET") => Method::Get,
            Some(value) if value.eq_ignore_ascii_case("POST") => Method::Post,
            Some(value) => {
                return Err(RestError::bad(21403, format!("{name} must be GET or POST: {value}")));
            }
        };
        Ok(())
    }
}

/// `true` or `false`.
pub(super) fn boolean(name: &str, value: &str) -> Result<bool, RestError> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(RestError::bad(20001, format!("{name} must be true or false: {value}"))),
    }
}

/// An absolute URL whose host name can exist: Twilio refuses labels with underscores, or with a hyphen at an end.
pub(super) fn is_url(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let label = |label: &str| !label.contains('_') && !label.starts_with('-') && !label.ends_with('-');
    let host = match url.host() {
        Some(Host::Domain(name)) => name.trim_end_matches('.').split('.').all(label),
        Some(_) => true,
        None => false,
    };
    matches!(url.scheme(), "http" | "https") && host && !text.contains(char::is_whitespace)
}

/// `Thu, 01 Jun 2017 20:48:32 +0000`
pub(super) fn date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_scheme_and_a_possible_host() {
        for good in ["https://phone.example.com/prod/x?y=1", "http://127.0.0.1:8080/in", "https://[::1]/"] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "",
            "phone",
            "/in",
            "ftp://h/x",
            "https://",
            "http://a_b.example/",
            "http://a-.example/",
            "http://h/a b",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
