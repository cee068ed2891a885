//! `X-Twilio-Signature`.
//!
//! Source: Twilio's page "Security" (validating requests) and its helper libraries, whose tolerance for ports is kept:
//! a URL matches with its port and without.

use std::collections::BTreeSet;

use aws_lc_rs::{digest, hmac};
use base64::{Engine, prelude::BASE64_STANDARD};

/// Verifies signatures made with one account's auth token.
pub(crate) struct Verifier {
    key: hmac::Key,
}

impl Verifier {
    pub(crate) fn new(auth_token: &str) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, auth_token.as_bytes()) }
    }

    /// Whether `signature` is that of a request to `url` (as configured at Twilio, with the query) with the decoded form
    /// parameters. Compares in constant time.
    pub(crate) fn verify(&self, url: &str, params: &[(String, String)], signature: &str) -> bool {
        let Ok(tag) = BASE64_STANDARD.decode(signature) else { return false };
        // A set: a name that comes several times is signed with its unique values, sorted.
        let sorted: BTreeSet<(&str, &str)> = params.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        candidates(url).iter().any(|url| {
            let mut text = url.clone();
            for (name, value) in &sorted {
                text.push_str(name);
                text.push_str(value);
            }
            hmac::verify(&self.key, text.as_bytes(), &tag).is_ok()
        })
    }

    /// Whether `signature` is that of a request whose body is no form: the URL's `bodySHA256` must be the body's.
    pub(crate) fn verify_body(&self, url: &str, body: &[u8], signature: &str) -> bool {
        let Some(query) = url.split_once('?').map(|(_, query)| query) else { return false };
        let Some(hash) = query.split('&').find_map(|pair| pair.strip_prefix("bodySHA256=")) else {
            return false;
        };
        let actual = digest::digest(&digest::SHA256, body);
        let actual: String = actual.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        actual.eq_ignore_ascii_case(hash) && self.verify(url, &[], signature)
    }
}

/// The URL as given, without its port, and with the port of its scheme.
fn candidates(url: &str) -> Vec<String> {
    let mut urls = vec![url.to_owned()];
    let Some((scheme, rest)) = url.split_once("://") else { return urls };
    let (authority, tail) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host_start = authority.rfind('@').map_or(0, |at| at + 1);
    let port_colon = authority[host_start..].rfind(':').map(|colon| host_start + colon);
    match port_colon.filter(|colon| authority[colon + 1..].bytes().all(|b| b.is_ascii_digit())) {
        Some(colon) => urls.push(format!("{scheme}://{}{tail}", &authority[..colon])),
        None => {
            let port = if scheme == "https" { 443 } else { 80 };
            urls.push(format!("{scheme}://{authority}:{port}{tail}"));
        }
    }
    urls
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
