//! Our cookies: what they are called, who sends them when.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::browser_secret::BrowserSecret;
use crate::public_url::PublicUrl;

/// One of our cookies. No script reads any of them, and none goes to other paths of the host.
pub(crate) struct Kind {
    name: &'static str,
    /// With this name a browser takes the cookie from this very host through TLS only, so that no sister host can plant
    /// one. It wants the path `/`, which a server with a prefix does not have to itself.
    host_name: &'static str,
    same_site: SameSite,
}

/// The session.
pub(crate) const SESSION: Kind =
    Kind { name: "sidetone_session", host_name: "__Host-sidetone_session", same_site: SameSite::Strict };

/// The browser, for longer than a session: see [`crate::sign_in::throttle`]. Lax, for a sign-in by OpenID Connect
/// ends in a navigation from another site and must find the browser known; it lets nobody in.
pub(crate) const DEVICE: Kind =
    Kind { name: "sidetone_device", host_name: "__Host-sidetone_device", same_site: SameSite::Lax };

/// Sign-ins that are at the OpenID Connect provider, which sends the browser back: a navigation from another site. Many, each
/// with an ending of its own: see [`crate::sign_in::openid::Login`].
pub(crate) const OPENID: Kind =
    Kind { name: "sidetone_openid_", host_name: "__Host-sidetone_openid_", same_site: SameSite::Lax };

impl Kind {
    fn name(&self, public_url: &PublicUrl) -> &'static str {
        if public_url.is_https() && public_url.prefix().is_empty() { self.host_name } else { self.name }
    }

    /// What the browser sent, if it can be one of ours; known to the store or not.
    pub(crate) fn read(&self, request: &HttpRequest, public_url: &PublicUrl) -> Option<BrowserSecret> {
        BrowserSecret::from_cookie(request.cookie(self.name(public_url))?.value())
    }

    /// For the browser to keep so long, in seconds.
    pub(crate) fn set(
        &self,
        public_url: &PublicUrl,
        secret: &BrowserSecret,
        lifetime_s: u32,
    ) -> Cookie<'static> {
        self.set_one(public_url, "", secret.expose().to_owned(), lifetime_s)
    }

    /// For the browser to forget.
    pub(crate) fn clear(&self, public_url: &PublicUrl) -> Cookie<'static> {
        self.clear_one(public_url, "")
    }

    /// Ending and value of each that the browser sent.
    pub(crate) fn all(&self, request: &HttpRequest, public_url: &PublicUrl) -> Vec<(String, String)> {
        let Ok(cookies) = request.cookies() else { return Vec::new() };
        let ours = cookies.iter().filter_map(|cookie| {
            let ending = cookie.name().strip_prefix(self.name(public_url))?;
            Some((ending.to_owned(), cookie.value().to_owned()))
        });
        ours.collect()
    }

    /// [`Kind::set`] for the one with this ending.
    pub(crate) fn set_one(
        &self,
        public_url: &PublicUrl,
        ending: &str,
        value: String,
        lifetime_s: u32,
    ) -> Cookie<'static> {
        self.build(public_url, ending, value, Duration::seconds(i64::from(lifetime_s)))
    }

    /// [`Kind::clear`] for the one with this ending.
    pub(crate) fn clear_one(&self, public_url: &PublicUrl, ending: &str) -> Cookie<'static> {
        self.build(public_url, ending, String::new(), Duration::ZERO)
    }

    fn build(
        &self,
        public_url: &PublicUrl,
        ending: &str,
        value: String,
        lifetime: Duration,
    ) -> Cookie<'static> {
        Cookie::build(format!("{}{ending}", self.name(public_url)), value)
            .path(format!("{}/", public_url.prefix()))
            .http_only(true)
            .same_site(self.same_site)
            .secure(public_url.is_https())
            .max_age(lifetime)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_host_of_its_own_behind_tls_no_other_host_can_plant_one() {
        let cookie = |url: &str| {
            let secret = BrowserSecret::from_cookie(&"a".repeat(64)).unwrap();
            SESSION.set(&PublicUrl::parse(url).unwrap(), &secret, 60).to_string()
        };
        let own = cookie("https://phone.example.com");
        assert!(own.starts_with("__Host-sidetone_session=") && own.contains("Path=/;"), "{own}");
        assert!(
            own.contains("Secure") && own.contains("HttpOnly") && own.contains("SameSite=Strict"),
            "{own}"
        );
        let shared = cookie("https://phone.example.com/prod");
        assert!(shared.starts_with("sidetone_session=") && shared.contains("Path=/prod/"), "{shared}");
        assert!(shared.contains("Secure"), "{shared}");
        let plain = cookie("http://localhost:8080");
        assert!(plain.starts_with("sidetone_session=") && !plain.contains("Secure"), "{plain}");
    }

    #[test]
    fn what_the_way_back_from_the_provider_needs_comes_along() {
        let same_site = |kind: &Kind| kind.clear(&PublicUrl::parse("http://localhost").unwrap()).same_site();
        assert_eq!([&DEVICE, &OPENID].map(same_site), [Some(SameSite::Lax); 2]);
        assert_eq!(same_site(&SESSION), Some(SameSite::Strict));
    }
}
