//! `X-Twilio-Signature` (<https://www.twilio.com/docs/usage/security>), the signing side.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::request::Request;

/// Signs a request to `url` with the form parameters `form` (none for GET, whose parameters are in the URL).
///
/// Every name counts once with its different values in order; an empty value still contributes its name.
#[must_use]
pub fn signature(auth_token: &str, url: &str, form: &[(String, String)]) -> String {
    let mut parameters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in form {
        parameters.entry(name).or_default().insert(value);
    }
    let mut text = url.to_owned();
    for (name, values) in parameters {
        for value in values {
            text.push_str(name);
            text.push_str(value);
        }
    }
    // HMAC takes a key of any length, so the other arm cannot be reached.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Signs requests the way the account does at the moment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signer {
    /// Leaves the port out of what is signed; Twilio does that to some URLs and not to others.
    pub strip_port: bool,
    /// Signs the URL of a GET with `:`, `@` and `'` of its parameters bare, though they are sent escaped. Twilio has been seen to
    /// do so (twilio-node, pull request 621, issues 1059 and 1183).
    pub bare_marks: bool,
}

impl Signer {
    /// The signature that goes out with `request`.
    #[must_use]
    pub fn sign(self, auth_token: &str, request: &Request) -> String {
        let target = request.target();
        let target = if self.bare_marks { with_bare_marks(&target) } else { target };
        let target = if self.strip_port { without_port(&target) } else { target };
        signature(auth_token, &target, request.signed_form())
    }
}

/// The URL with these escapes in its query undone.
fn with_bare_marks(url: &str) -> String {
    let Some((address, query)) = url.split_once('?') else { return url.to_owned() };
    let mut query = query.to_owned();
    for (escape, mark) in [("%3A", ":"), ("%40", "@"), ("%27", "'")] {
        query = query.replace(escape, mark);
    }
    format!("{address}?{query}")
}

/// The URL without its port, and otherwise letter by letter as it is.
fn without_port(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rfind('@').map_or(0, |at| at + 1);
    // The colons inside of an IPv6 address are no port's.
    let from = authority.rfind(']').unwrap_or(host);
    let authority = match authority.get(from..).and_then(|tail| tail.find(':')) {
        Some(colon) => authority.get(..from + colon).unwrap_or(authority),
        None => authority,
    };
    format!("{scheme}://{authority}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// From the tests of Twilio's own helper libraries.
    #[test]
    fn agrees_with_the_published_vectors() {
        let parameters = form(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]);
        for (url, expected) in [
            ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
            ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
            ("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
            ("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", "CukzLTc1tT5dXEDIHm/tKBanW10="),
        ] {
            assert_eq!(signature("12345", url, &parameters), expected, "{url}");
        }
        let repeated = form(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ]);
        assert_eq!(
            signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", &repeated),
            "IK+Dwps556ElfBT0I3Rgjkr1wJU="
        );
    }

    #[test]
    fn marks_are_bare_in_the_query_and_nothing_else_is() {
        for (url, expected) in [
            ("http://host/a%3A?x=%3A%40%27%2B%26%253A", "http://host/a%3A?x=:@'%2B%26%253A"),
            ("http://host/a%27", "http://host/a%27"),
        ] {
            assert_eq!(with_bare_marks(url), expected);
        }
    }

    #[test]
    fn only_the_port_is_left_out() {
        for (url, expected) in [
            ("https://host:8443/p?a=b:1", "https://host/p?a=b:1"),
            ("https://user:pass@host:8443", "https://user:pass@host"),
            ("http://[::1]:8080/x", "http://[::1]/x"),
            ("http://[::1]/x", "http://[::1]/x"),
            ("http://host/a:1", "http://host/a:1"),
        ] {
            assert_eq!(without_port(url), expected);
        }
    }

    /// Accepted by the validator of twilio-node 5.13.
    #[test]
    fn empty_and_foreign_values_count() {
        let sid = |letters: &str| format!("{letters}{}1", "0".repeat(31));
        let (account, application, call) = (sid("AC"), sid("AP"), sid("CA"));
        let parameters = form(&[
            ("AccountSid", &account),
            ("ApiVersion", "2010-04-01"),
            ("ApplicationSid", &application),
            ("CallSid", &call),
            ("CallStatus", "ringing"),
            ("Called", ""),
            ("Caller", "client:alice"),
            ("Custom1", "foo + bar"),
            ("Custom3", "我不吃蛋"),
            ("Direction", "inbound"),
            ("From", "client:alice"),
            ("To", "+15551230000"),
        ]);
        let token = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            signature(token, "http://localhost:3000/twilio/voice", &parameters),
            "Lp3J/l7LOapfm/wdqx/5eAVDX2I="
        );
        let get = format!(
            "http://localhost:3000/twilio/status?tenant=7&AccountSid={account}&CallSid={call}&CallStatus=completed&From=%2B15551230000&To=client%3Aalice"
        );
        assert_eq!(signature(token, &get, &[]), "6T6tq0JtyWU50bl49o17BUi/q6s=");
    }
}
