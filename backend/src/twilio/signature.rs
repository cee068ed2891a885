//! `X-Twilio-Signature`.
//!
//! Source: Twilio's page "Security" (validating requests) and its helper libraries, whose tolerance is kept: a URL
//! matches with its port and without, and with its query as received or in another spelling ([`candidates`]).

use std::{borrow::Cow, collections::BTreeSet};

use aws_lc_rs::{digest, hmac};
use base64::{Engine, prelude::BASE64_STANDARD};
use url::form_urlencoded;

use super::query_spelling;

/// Bytes of an HMAC-SHA1.
const TAG_LEN: usize = 20;

/// Twilio's requests have a query of one or two kilobytes; a forger's long one is not worth the work.
const LONGEST_RESPELT: usize = 16 * 1024;

/// Verifies signatures made with one of an account's auth tokens: the primary one, or the secondary one while they are
/// rotated.
pub(crate) struct Verifier {
    keys: Vec<hmac::Key>,
}

impl Verifier {
    pub(crate) fn new<'a>(auth_tokens: impl IntoIterator<Item = &'a str>) -> Self {
        let key = |token: &str| hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
        Self { keys: auth_tokens.into_iter().map(key).collect() }
    }

    /// Whether `signature` is that of a request to `url` (as configured at Twilio, with the query) with the decoded form
    /// parameters. Compares in constant time.
    pub(crate) fn verify(&self, url: &str, params: &[(String, String)], signature: &str) -> bool {
        let Some(tag) = decode(signature) else { return false };
        // A set: a name that comes several times is signed with its unique values, sorted.
        let sorted: BTreeSet<(&str, &str)> = params.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let tail: String = sorted.into_iter().flat_map(|(name, value)| [name, value]).collect();
        candidates(url).into_iter().any(|mut text| {
            text.push_str(&tail);
            self.keys.iter().any(|key| hmac::verify(key, text.as_bytes(), &tag).is_ok())
        })
    }

    /// Whether `signature` is that of a request whose body is no form: the URL's `bodySHA256` must be the body's.
    pub(crate) fn verify_body(&self, url: &str, body: &[u8], signature: &str) -> bool {
        // The hash is no secret, so it may be compared like any text.
        body_hash(url).is_some_and(|hash| hash.eq_ignore_ascii_case(&sha256(body)))
            && self.verify(url, &[], signature)
    }
}

/// The bytes of a signature; `None` when it cannot be one, which costs a forger's request next to nothing.
fn decode(signature: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(signature).ok().filter(|tag| tag.len() == TAG_LEN)
}

/// The value of `bodySHA256` in the query; of several the first, as Twilio's libraries have it.
pub(super) fn body_hash(url: &str) -> Option<&str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("bodySHA256="))
}

fn sha256(body: &[u8]) -> String {
    let hash = digest::digest(&digest::SHA256, body);
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What Twilio may have signed when the request came to `url`: every spelling of the port with every one of the query.
fn candidates(url: &str) -> Vec<String> {
    let (address, query) = match url.split_once('?') {
        Some((address, query)) => (address, Some(query)),
        None => (url, None),
    };
    let mut urls = Vec::new();
    for address in ports(address) {
        match query {
            None => urls.push(address),
            // A question mark alone may get lost on the way, or in Twilio's own reading of the URL.
            Some("") => urls.extend([format!("{address}?"), address]),
            Some(query) => urls.extend(spellings(query).iter().map(|query| format!("{address}?{query}"))),
        }
    }
    urls
}

/// The address as given, without its port, and with the port of its scheme. Twilio's libraries accept either, because
/// Twilio is not consistent about it.
fn ports(address: &str) -> Vec<String> {
    let mut addresses = vec![address.to_owned()];
    let Some((scheme, rest)) = address.split_once("://") else { return addresses };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host_start = authority.rfind('@').map_or(0, |at| at + 1);
    let port_colon = authority[host_start..].rfind(':').map(|colon| host_start + colon);
    match port_colon.filter(|colon| authority[colon + 1..].bytes().all(|b| b.is_ascii_digit())) {
        Some(colon) => addresses.push(format!("{scheme}://{}{path}", &authority[..colon])),
        None => {
            let port = if scheme == "https" { 443 } else { 80 };
            addresses.push(format!("{scheme}://{authority}:{port}{path}"));
        }
    }
    addresses
}

/// The query as received, and in other spellings that mean the same parameters, so that a signature of one of them vouches
/// for all: as forms are encoded (Twilio's Node library tries the like), and with every escape written anew.
fn spellings(query: &str) -> Vec<Cow<'_, str>> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.=&".contains(&b);
    if query.bytes().all(plain) || query.len() > LONGEST_RESPELT {
        return vec![Cow::Borrowed(query)];
    }
    let again = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(query.as_bytes()))
        .finish();
    let blanks = again.replace('+', "%20");
    let mut all = vec![Cow::Borrowed(query), Cow::Owned(again), Cow::Owned(blanks)];
    let respelt = query_spelling::all(query).into_iter().map(Cow::Owned);
    for spelling in respelt {
        if !all.contains(&spelling) {
            all.push(spelling);
        }
    }
    all
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
