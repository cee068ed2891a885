//! Cookies: an application gets those back that it set earlier in the same call, and nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use cookie_store::CookieStore;
use url::Url;

/// The cookies of one call. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Jar(Arc<Mutex<CookieStore>>);

impl Jar {
    /// The value of the header `Cookie` for a request to `url`; nothing when there are none for it.
    #[must_use]
    pub fn header(&self, url: &str) -> Option<String> {
        let url = Url::parse(url).ok()?;
        let store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pairs: Vec<String> =
            store.get_request_values(&url).map(|(name, value)| format!("{name}={value}")).collect();
        // The store has no order of its own.
        pairs.sort();
        Some(pairs.join("; ")).filter(|pairs| !pairs.is_empty())
    }

    /// Takes the values of the header `Set-Cookie` of an answer from `url`. What is no cookie is left out.
    pub fn take<'a>(&self, url: &str, cookies: impl IntoIterator<Item = &'a str>) {
        let Ok(url) = Url::parse(url) else { return };
        let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for cookie in cookies {
            if let Err(error) = store.parse(cookie, &url) {
                tracing::debug!(%error, "a cookie is not kept");
            }
        }
    }
}

/// The jars of the calls that go on, by the CallSid of the leg that was first.
#[derive(Debug, Default)]
pub struct Jars(HashMap<String, Jar>);

impl Jars {
    /// A call has begun.
    pub fn open(&mut self, call: &str) {
        self.0.entry(call.to_owned()).or_default();
    }

    /// A call is over.
    pub fn close(&mut self, call: &str) {
        self.0.remove(call);
    }

    /// The call's jar; an empty one for a call that is over.
    #[must_use]
    pub fn of(&self, call: &str) -> Jar {
        self.0.get(call).cloned().unwrap_or_default()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_gets_its_own_cookies_back() {
        let jar = Jar::default();
        jar.take(
            "http://app.example/voice/in",
            ["a=1; Path=/", "b=2", "rubbish", "c=3; Path=/other", "d=4; Secure"],
        );
        jar.take("http://elsewhere.example/", ["e=5"]);
        assert_eq!(jar.header("http://app.example/voice/next").as_deref(), Some("a=1; b=2"));
        assert_eq!(jar.header("http://app.example/").as_deref(), Some("a=1"));
        assert_eq!(jar.header("http://example.org/"), None);
        jar.take("http://app.example/voice/in", ["a=; Path=/; Max-Age=0", "b=7"]);
        assert_eq!(jar.header("http://app.example/voice/next").as_deref(), Some("b=7"));
        assert_eq!(jar.header("no url"), None);
    }

    #[test]
    fn calls_do_not_share_cookies() {
        let mut jars = Jars::default();
        jars.open("CA1");
        jars.of("CA1").take("http://127.0.0.1/", ["a=1"]);
        jars.open("CA1");
        assert_eq!(jars.of("CA1").header("http://127.0.0.1/").as_deref(), Some("a=1"));
        assert_eq!(jars.of("CA2").header("http://127.0.0.1/"), None);
        jars.close("CA1");
        assert_eq!((jars.of("CA1").header("http://127.0.0.1/"), jars.count()), (None, 0));
    }
}
