use std::fmt;

use thiserror::Error;
use url::Url;

/// How browsers and Twilio reach the server, such as `https://phone.example.com/prod`: scheme, host, port if any, and
/// a path prefix without a trailing slash.
///
/// Kept as it was written, because Twilio signs the URL as it was configured there. Port 0 stands for the port that
/// the server gets when it binds ([`PublicUrl::with_port`]).
#[derive(Clone, Eq, PartialEq)]
pub struct PublicUrl {
    /// `https://phone.example.com`
    origin: String,
    /// Empty, or `/prod`.
    prefix: String,
    https: bool,
    port: Option<u16>,
}

/// Why a text is no public URL; the words follow "public_url".
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum PublicUrlError {
    #[error("is no absolute URL; write something like https://phone.example.com")]
    NotAbsolute,
    #[error("must start with https:// (or http:// behind a proxy or for a trial on this machine)")]
    Scheme,
    #[error("must not carry a user name or password")]
    Credentials,
    #[error("must not carry a query or a fragment; write only scheme, host, port and path")]
    QueryOrFragment,
    #[error("has a path that cannot be served; use letters, digits, - and _ between single slashes")]
    Path,
    #[error(
        "has a path that starts with /twilio or /api, which the server uses itself; choose another first part"
    )]
    Reserved,
}

/// First parts of our own paths: behind a proxy that strips the prefix nobody could tell one from the other.
const RESERVED: [&str; 2] = ["twilio", "api"];

impl PublicUrl {
    /// Takes what an administrator writes; one trailing slash is allowed.
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let text = text.trim();
        let url = Url::parse(text).map_err(|_| PublicUrlError::NotAbsolute)?;
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(PublicUrlError::Scheme),
        };
        if url.host_str().is_none_or(str::is_empty) {
            return Err(PublicUrlError::NotAbsolute);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PublicUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(PublicUrlError::QueryOrFragment);
        }
        let Some((scheme, rest)) = text.split_once("://") else { return Err(PublicUrlError::NotAbsolute) };
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        let prefix = path.strip_suffix('/').unwrap_or(path);
        let servable = |segment: &str| {
            !segment.is_empty()
                && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        if !prefix.is_empty() && !prefix.split('/').skip(1).all(servable) {
            return Err(PublicUrlError::Path);
        }
        if prefix.split('/').nth(1).is_some_and(|first| RESERVED.contains(&first)) {
            return Err(PublicUrlError::Reserved);
        }
        let origin = format!("{}://{}", scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
        // `Url` drops a port that is the scheme's default, so it is read from the text.
        let port = authority.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Ok(Self { origin, prefix: prefix.to_owned(), https, port })
    }

    /// Replaces port 0 by the port that was bound.
    #[must_use]
    pub fn with_port(&self, bound: u16) -> Self {
        if self.port != Some(0) {
            return self.clone();
        }
        let host = self.origin.strip_suffix(":0").unwrap_or(&self.origin);
        Self { origin: format!("{host}:{bound}"), port: Some(bound), ..self.clone() }
    }

    /// Scheme, host and port, such as a browser's `Origin` header has them.
    pub fn origin(&self) -> String {
        match (self.https, self.port) {
            (true, Some(443)) | (false, Some(80)) => {
                self.origin.rsplit_once(':').map_or_else(|| self.origin.clone(), |(host, _)| host.to_owned())
            }
            _ => self.origin.clone(),
        }
    }

    /// Empty, or a path such as `/prod`, without a trailing slash.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Browsers reach the server through TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Host and port as they were written.
    pub(crate) fn authority(&self) -> &str {
        self.origin.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// The URL of one of our paths (`shared::api::paths`, without a leading slash).
    pub fn join(&self, path: &str) -> String {
        format!("{}{}/{}", self.origin, self.prefix, path.strip_prefix('/').unwrap_or(path))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.prefix)
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_written_and_joins_paths() {
        let url = PublicUrl::parse("https://Phone.example.com:443/prod/").unwrap();
        assert_eq!(url.to_string(), "https://phone.example.com:443/prod");
        assert_eq!(url.prefix(), "/prod");
        assert_eq!(url.origin(), "https://phone.example.com");
        assert_eq!(url.join("api/session"), "https://phone.example.com:443/prod/api/session");
        assert!(url.is_https());
    }

    #[test]
    fn port_zero_becomes_the_bound_port() {
        let url = PublicUrl::parse("http://localhost:0").unwrap().with_port(4711);
        assert_eq!(url.join("x"), "http://localhost:4711/x");
        let fixed = PublicUrl::parse("http://localhost:80").unwrap().with_port(4711);
        assert_eq!(fixed.to_string(), "http://localhost:80");
        assert_eq!(fixed.origin(), "http://localhost");
    }

    #[test]
    fn refuses_with_a_reason() {
        for (text, error) in [
            ("phone.example.com", PublicUrlError::NotAbsolute),
            ("ftp://phone.example.com", PublicUrlError::Scheme),
            ("https://u:p@phone.example.com", PublicUrlError::Credentials),
            ("https://phone.example.com/?a=b", PublicUrlError::QueryOrFragment),
            ("https://phone.example.com/a//b", PublicUrlError::Path),
            ("https://phone.example.com/{x}", PublicUrlError::Path),
            ("https://phone.example.com/twilio", PublicUrlError::Reserved),
            ("https://phone.example.com/api/phone", PublicUrlError::Reserved),
            ("", PublicUrlError::NotAbsolute),
        ] {
            assert_eq!(PublicUrl::parse(text), Err(error), "{text}");
        }
    }
}
