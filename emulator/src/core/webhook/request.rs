//! One request to the application, ready to be sent.

use std::time::Duration;

use url::{Url, form_urlencoded};

use super::overrides::Overrides;
use super::params::Params;
use crate::core::fault::Fault;
use crate::core::method::Method;

/// Twilio waits for an answer this long.
const USUAL_TIME: Duration = Duration::from_secs(15);

/// A request that is not sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Ties the answer to the question.
    pub id: u64,
    /// Absolute, without the parameters of a GET.
    pub url: String,
    /// GET or POST.
    pub method: Method,
    /// What is said.
    pub params: Params,
    /// CallSid of the leg that its call began with: cookies are kept for the call.
    pub call: String,
    /// How long it may take and how often it is sent.
    pub overrides: Overrides,
    /// Nobody reads the answer.
    pub is_report: bool,
}

impl Request {
    /// A request of no call, which is sent as Twilio sends what says nothing else.
    #[must_use]
    pub fn new(url: String, method: Method, params: Params) -> Self {
        let (call, overrides) = (String::new(), Overrides::usual(USUAL_TIME));
        Self { id: 0, url, method, params, call, overrides, is_report: false }
    }

    /// The URL as it is sent and signed: without fragment, and for GET with all parameters.
    #[must_use]
    pub fn target(&self) -> String {
        let base = self.url.split('#').next().unwrap_or_default();
        match self.method {
            Method::Post => base.to_owned(),
            Method::Get if self.params.is_empty() => base.to_owned(),
            Method::Get => {
                let join = if base.contains('?') { '&' } else { '?' };
                format!("{base}{join}{}", self.encoded())
            }
        }
    }

    /// The parameters as `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.params).finish()
    }

    /// The parameters that the signature covers beside the URL.
    #[must_use]
    pub fn signed_form(&self) -> &[(String, String)] {
        match self.method {
            Method::Post => &self.params,
            Method::Get => &[],
        }
    }
}

/// Twilio follows this many redirections of one request.
const MOST_REDIRECTS: u32 = 10;

/// Where a redirection leads, after `before` others: the URL and whether the request stays what it was. Otherwise a
/// GET without parameters is sent, as every HTTP client does after 301, 302 and 303 (RFC 9110).
///
/// # Errors
/// Why it is not followed: Twilio's error 11215 or 11216.
pub fn follow(url: &str, status: u16, location: Option<&str>, before: u32) -> Result<(String, bool), Fault> {
    let refuse = |code, message: String| Err(Fault { code, message });
    if !matches!(status, 301 | 302 | 303 | 307) {
        let message =
            format!("HTTP invalid redirect: the status was {status}; 301, 302, 303 and 307 are followed");
        return refuse(11216, message);
    }
    let Some(location) = location else {
        return refuse(11216, format!("HTTP invalid redirect: {status} without the header Location"));
    };
    if before >= MOST_REDIRECTS {
        let message = format!("HTTP too many redirects: more than {MOST_REDIRECTS} for one request");
        return refuse(11215, message);
    }
    match resolve(url, location) {
        Ok(next) => Ok((next, status == 307)),
        Err(reason) => refuse(11216, format!("HTTP invalid redirect: {reason}")),
    }
}

/// Makes a URL of a document absolute; it is relative to the URL of the document it stands in.
///
/// # Errors
/// A text for the timeline when the result is no `http` or `https` URL.
pub fn resolve(base: &str, url: &str) -> Result<String, String> {
    let absolute = match Url::parse(url) {
        Ok(_) => url.to_owned(),
        Err(url::ParseError::RelativeUrlWithoutBase) => Url::parse(base)
            .and_then(|base| base.join(url))
            .map_err(|fault| format!("{url} cannot be resolved against {base}: {fault}"))?
            .to_string(),
        Err(fault) => return Err(format!("{url} is not a URL: {fault}")),
    };
    match Url::parse(&absolute) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") && parsed.has_host() => Ok(absolute),
        Ok(parsed) => Err(format!("{absolute} has the scheme {}; it must be http or https", parsed.scheme())),
        Err(fault) => Err(format!("{absolute} is not a URL: {fault}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls_follow_their_document() {
        let base = "http://localhost:3000/twilio/voice?x=1";
        assert_eq!(resolve(base, "/done?a=1").unwrap(), "http://localhost:3000/done?a=1");
        assert_eq!(resolve(base, "done").unwrap(), "http://localhost:3000/twilio/done");
        assert_eq!(resolve(base, "http://127.0.0.1:9/x").unwrap(), "http://127.0.0.1:9/x");
        assert_eq!(resolve(base, "https://localhost/x").unwrap(), "https://localhost/x");
        assert!(resolve(base, "ftp://localhost/x").unwrap_err().contains("http or https"));
        assert!(resolve("", "/x").is_err());
    }

    #[test]
    fn redirections_are_followed_as_far_as_twilio_does() {
        let from = "http://h/a/b?x=1";
        let code = |status, location, before| follow(from, status, location, before).unwrap_err().code;
        for status in [301, 302, 303] {
            assert_eq!(follow(from, status, Some("/c"), 0), Ok(("http://h/c".into(), false)));
        }
        assert_eq!(follow(from, 307, Some("c?y=2"), 9), Ok(("http://h/a/c?y=2".into(), true)));
        assert_eq!(follow(from, 302, Some("https://other/"), 9), Ok(("https://other/".into(), false)));
        assert_eq!(code(302, Some("/c"), 10), 11215);
        for (status, location) in
            [(308, Some("/c")), (300, Some("/c")), (304, None), (302, None), (302, Some("ftp://h/"))]
        {
            assert_eq!(code(status, location, 0), 11216, "{status} {location:?}");
        }
    }

    #[test]
    fn a_get_carries_its_parameters_in_the_url() {
        let params = vec![("To".to_owned(), "+1 5".to_owned()), ("Called".to_owned(), String::new())];
        let url = "http://h/p?t=7#rc=2".into();
        let mut request = Request::new(url, Method::Get, params);
        assert_eq!(request.target(), "http://h/p?t=7&To=%2B1+5&Called=");
        assert!(request.signed_form().is_empty());
        request.method = Method::Post;
        assert_eq!(request.target(), "http://h/p?t=7");
        assert_eq!(request.signed_form().len(), 2);
        request.params.clear();
        request.method = Method::Get;
        assert_eq!(request.target(), "http://h/p?t=7");
    }
}
