//! Which requests are Twilio's.
//!
//! Twilio signs the URL that is configured there, so the public URL of the settings counts, never what the request says
//! about its host. Nothing here looks at the store: a forged request costs a few hashes.
//!
//! Twilio writes names and values one after the other without a mark between them, so whoever has seen a signed request
//! could cut the text elsewhere. Nobody sees one but Twilio, the proxy and this server: that is what TLS is for.

use secrecy::ExposeSecret;
use url::form_urlencoded;

use super::{
    Credentials,
    params::Params,
    sid::AccountSid,
    signature::{Verifier, body_hash},
};
use crate::public_url::PublicUrl;

/// What it takes to recognise Twilio.
pub(crate) struct Webhooks {
    pub(super) verifier: Verifier,
    pub(super) public_url: PublicUrl,
    pub(super) account_sid: AccountSid,
}

/// A request as it came.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Received<'a> {
    /// POST; otherwise GET.
    pub(crate) posted: bool,
    /// Byte for byte, with the prefix or, behind a proxy that strips it, without.
    pub(crate) path: &'a str,
    /// Byte for byte.
    pub(crate) query: Option<&'a str>,
    /// The body is said to be `application/x-www-form-urlencoded`.
    pub(crate) is_form: bool,
    pub(crate) body: &'a [u8],
    pub(crate) signature: Option<&'a str>,
    pub(crate) claims: Claims<'a>,
}

/// What the request says of itself: never believed, but it helps to explain a refusal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Claims<'a> {
    pub(crate) host: Option<&'a str>,
    pub(crate) forwarded_host: Option<&'a str>,
    pub(crate) forwarded_proto: Option<&'a str>,
    /// The signature is said to be one by a shared key, not by the auth token.
    pub(crate) shared_key: bool,
}

/// Why a request is not answered.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Refused {
    /// Not Twilio's: see [`Webhooks::explain`].
    Forged,
    /// Twilio's, but the parameters are no form.
    NotAForm,
}

impl Webhooks {
    pub(crate) fn new(twilio: &Credentials, public_url: PublicUrl) -> Self {
        let tokens = [Some(&twilio.auth_token), twilio.auth_token_secondary.as_ref()];
        let tokens = tokens.into_iter().flatten().map(ExposeSecret::expose_secret);
        Self { verifier: Verifier::new(tokens), public_url, account_sid: twilio.account_sid.clone() }
    }

    /// The parameters, if Twilio signed the request.
    pub(crate) fn check(&self, received: &Received<'_>) -> Result<Params, Refused> {
        let form = received.form();
        let url = self.assumed_url(received);
        if !received.signature.is_some_and(|signature| self.is_signed(&url, received, &form, signature)) {
            return Err(Refused::Forged);
        }
        if received.has_other_body() {
            return Err(Refused::NotAForm);
        }
        // What stands in the query of a POST is the configured URL's, and asks for nothing.
        Ok(Params(if received.posted { form } else { decode(received.query.unwrap_or_default().as_bytes()) }))
    }

    /// The URL that Twilio was told, as far as this server knows.
    pub(super) fn assumed_url(&self, received: &Received<'_>) -> String {
        received.with_query(self.public_url.join(self.path_below_prefix(received)))
    }

    /// A proxy may pass the prefix on or strip it.
    pub(super) fn path_below_prefix<'a>(&self, received: &Received<'a>) -> &'a str {
        let below = received.path.strip_prefix(self.public_url.prefix());
        below.filter(|rest| rest.starts_with('/')).unwrap_or(received.path)
    }

    pub(super) fn is_signed(
        &self,
        url: &str,
        received: &Received<'_>,
        form: &[(String, String)],
        signature: &str,
    ) -> bool {
        if received.has_other_body() {
            self.verifier.verify_body(url, received.body, signature)
        } else {
            self.verifier.verify(url, form, signature)
        }
    }
}

impl Received<'_> {
    /// The form; empty when there is none. Bytes that are no UTF-8 become U+FFFD, as in Twilio's libraries, and so fit
    /// no signature of Twilio's.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        if self.posted && self.is_form { decode(self.body) } else { Vec::new() }
    }

    /// A body that only its hash in the URL vouches for.
    fn has_other_body(&self) -> bool {
        let hashed = || self.query.is_some_and(|query| body_hash(&format!("?{query}")).is_some());
        self.posted && !self.is_form && (!self.body.is_empty() || hashed())
    }

    pub(super) fn with_query(&self, mut url: String) -> String {
        if let Some(query) = self.query {
            url.push('?');
            url.push_str(query);
        }
        url
    }
}

fn decode(form: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
#[path = "webhook_tests.rs"]
mod tests;
