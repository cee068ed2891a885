//! A sign-in that is under way: all of it is in a cookie of the browser that began it, so that nobody can fill the server with
//! sign-ins that nobody finishes.
//!
//! The cookie holds a random seed and when it began, signed. State, nonce and PKCE verifier are made of the seed with our key, so
//! that who sees the cookie cannot tell them. It is good for ten minutes; the provider redeems a code once.

use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use crate::sign_in::browser_secret::BrowserSecret;

/// Seconds a person may take at the provider.
pub(crate) const LIFETIME_S: u32 = 600;

/// Seconds that another replica's clock, or ours before it was set, may be ahead: a provider that knows the browser answers at
/// once.
const CLOCKS_APART_S: i64 = 60;

/// Makes and reads the cookies. Every replica has the same, for it is made of the provider's client secret.
pub(crate) struct LoginKey(hmac::Key);

/// What must come back with the browser.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Login {
    /// Seconds since the Unix epoch.
    pub(crate) begun_at: i64,
    /// What the provider must send back. Its start names the cookie: each tab has one of its own.
    pub(crate) state: String,
    /// What must be in the ID token.
    pub(crate) nonce: String,
    /// Proves to the provider that the code is redeemed by who asked for it (PKCE, RFC 7636).
    pub(crate) verifier: String,
}

impl LoginKey {
    pub(crate) fn new(client_secret: &SecretString) -> Self {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, client_secret.expose_secret().as_bytes());
        let key = hmac::sign(&secret, b"sidetone: sign-ins under way");
        Self(hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()))
    }

    /// A fresh one, and what the cookie holds.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub(crate) fn begin(&self, now_s: i64) -> Result<(Login, String), getrandom::Error> {
        let body = format!("{now_s}.{}", BrowserSecret::generate()?.expose());
        let cookie = format!("{body}.{}", self.derive("cookie", &body));
        Ok((self.login(now_s, &body), cookie))
    }

    /// What the cookie stands for; `None` when it is not one of ours, or too old.
    pub(crate) fn read(&self, cookie: &str, now_s: i64) -> Option<Login> {
        let (body, tag) = cookie.rsplit_once('.')?;
        let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).ok()?;
        hmac::verify(&self.0, format!("cookie {body}").as_bytes(), &tag).ok()?;
        let begun_at = body.split_once('.')?.0.parse().ok()?;
        let good = (begun_at - CLOCKS_APART_S..begun_at + i64::from(LIFETIME_S)).contains(&now_s);
        good.then(|| self.login(begun_at, body))
    }

    fn login(&self, begun_at: i64, body: &str) -> Login {
        Login {
            begun_at,
            state: self.derive("state", body),
            nonce: self.derive("nonce", body),
            verifier: self.derive("verifier", body),
        }
    }

    /// 256 bits in 43 characters, which is what PKCE wants at least.
    fn derive(&self, what: &str, body: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, format!("{what} {body}").as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(secret: &str) -> LoginKey {
        LoginKey::new(&SecretString::from(secret))
    }

    #[test]
    fn a_cookie_is_read_back_by_who_has_the_key_and_in_time() {
        let ours = key("secret of the provider");
        let (login, cookie) = ours.begin(1_000).unwrap();
        assert_eq!(ours.read(&cookie, 1_000), Some(login.clone()));
        assert_eq!(ours.read(&cookie, 1_599), Some(login.clone()));
        assert_eq!(ours.read(&cookie, 1_600), None, "too old");
        assert_eq!(ours.read(&cookie, 940), Some(login.clone()), "begun by a clock that is a minute ahead");
        assert_eq!(ours.read(&cookie, 939), None, "from the future");
        assert_eq!(key("another").read(&cookie, 1_000), None);
        let replica = key("secret of the provider");
        assert_eq!(replica.read(&cookie, 1_000), Some(login.clone()));
        let (other, _) = ours.begin(1_000).unwrap();
        assert_ne!(other, login);
        let secrets = [&login.state, &login.nonce, &login.verifier];
        assert!(secrets.iter().all(|secret| secret.len() == 43 && !cookie.contains(secret.as_str())));
        assert_ne!(login.nonce, login.state);
    }

    #[test]
    fn a_cookie_that_was_changed_is_nobodys() {
        let ours = key("secret of the provider");
        let (_, cookie) = ours.begin(1_000).unwrap();
        for (from, to) in [("1000.", "1001."), ("1000.", "01000."), ("1000.", ""), (".", ""), (".", "..")] {
            assert_eq!(ours.read(&cookie.replacen(from, to, 1), 1_000), None, "{from} {to}");
        }
        for other in ["", ".", "..", "1000..", &cookie[1..], &cookie[..cookie.len() - 1], &"9".repeat(5_000)]
        {
            assert_eq!(ours.read(other, 1_000), None, "{other}");
        }
    }
}
