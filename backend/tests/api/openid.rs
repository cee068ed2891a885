//! Sign-in by OpenID Connect: what a provider is believed, and what strangers cannot use up. The whole walk at a real provider
//! is in `tests/tests/interop/openid.rs`.

use std::time::{SystemTime, UNIX_EPOCH};

use backend::config::OpenIdSettings;
use reqwest::{Response, header};
use serde_json::{Value, json};
use shared::api::paths;
use url::Url;

use crate::forger::{CLIENT, CLIENT_SECRET, Forger, Forgery, Signed};
use crate::helpers::{LINE, TestApp, settings};

const EMAIL: &str = "ann@example.com";
const ALL: [&str; 6] = ["ES256", "RS256", "HS256", "HS384", "HS512", "none"];

struct World {
    app: TestApp,
    forger: Forger,
}

/// A browser that has been sent to the provider.
struct Away {
    state: String,
    nonce: String,
    cookie: String,
}

impl World {
    async fn start(algorithms: &[&str]) -> Self {
        let forger = Forger::start(algorithms).await;
        let mut settings = settings();
        settings.openid = Some(OpenIdSettings {
            issuer: forger.issuer.clone(),
            client_id: CLIENT.into(),
            client_secret: CLIENT_SECRET.to_owned().into(),
            name: "Forger".into(),
        });
        let app = TestApp::start_with(settings).await;
        assert!(app.server.store().add_email(&app.line.phone_number, EMAIL).await.unwrap());
        Self { app, forger }
    }

    /// From that address, as a trusted proxy on this host reports it.
    async fn get(&self, path: &str, cookies: &str, address: &str) -> Response {
        let request = self.app.client.get(self.app.url(path)).header(header::COOKIE, cookies);
        request.header("x-forwarded-for", address).send().await.unwrap()
    }

    async fn begin(&self, cookies: &str, address: &str) -> Result<Away, String> {
        let answer = self.get(paths::OPENID_START, cookies, address).await;
        assert_eq!(answer.status(), 303);
        let to = location(&answer);
        if !to.as_str().starts_with(&self.forger.issuer) {
            return Err(error_of(&to).unwrap());
        }
        let set: Vec<_> = answer.headers().get_all(header::SET_COOKIE).iter().collect();
        let set = set.last().unwrap().to_str().unwrap();
        assert!(
            set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Max-Age=600"),
            "{set}"
        );
        let cookie = set.split(';').next().unwrap().to_owned();
        Ok(Away { state: param(&to, "state").unwrap(), nonce: param(&to, "nonce").unwrap(), cookie })
    }

    async fn away(&self) -> Away {
        self.begin("", "198.51.100.7").await.unwrap()
    }

    /// Comes back with a code; the error that the page is told, or `None` for who is signed in.
    async fn back(&self, away: &Away, address: &str) -> Option<String> {
        let answer = self.get(&path_back(away), &away.cookie, address).await;
        assert_eq!(answer.status(), 303);
        let mut signed_in = answer.headers().get_all(header::SET_COOKIE).iter();
        let signed_in = signed_in.any(|cookie| cookie.as_bytes().starts_with(b"sidetone_session="));
        let error = error_of(&location(&answer));
        assert_eq!(signed_in, error.is_none());
        error
    }

    /// What an honest provider says of this sign-in.
    fn claims(&self, away: &Away) -> Value {
        json!({
            "iss": self.forger.issuer, "sub": "ann", "aud": CLIENT, "iat": now_s(), "exp": now_s() + 300,
            "nonce": away.nonce, "email": EMAIL, "email_verified": true,
        })
    }

    /// A fresh sign-in for which the provider says this.
    async fn told(&self, signed: Signed, change: impl FnOnce(&mut Value)) -> Option<String> {
        let away = self.away().await;
        let mut claims = self.claims(&away);
        change(&mut claims);
        *self.forger.next.lock().unwrap() = Forgery { claims, signed };
        self.back(&away, "198.51.100.7").await
    }
}

fn path_back(away: &Away) -> String {
    format!("{}?code=c&state={}", paths::OPENID_CALLBACK, away.state)
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn location(answer: &Response) -> Url {
    Url::parse(answer.headers()[header::LOCATION].to_str().unwrap()).unwrap()
}

fn param(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}

fn error_of(url: &Url) -> Option<String> {
    param(url, "sign_in_error")
}

#[tokio::test]
async fn a_provider_is_believed_what_it_signed_for_us_and_now() {
    let world = World::start(&ALL).await;
    assert_eq!(world.told(Signed::Es256, |_| {}).await, None);
    assert_eq!(world.told(Signed::Es256, |claims| claims["azp"] = json!(CLIENT)).await, None);
    assert_eq!(world.told(Signed::Es256, |claims| claims["aud"] = json!([CLIENT])).await, None);
    // Its clock is a little ahead of ours.
    assert_eq!(world.told(Signed::Es256, |claims| claims["iat"] = json!(now_s() + 20)).await, None);
    assert_eq!(world.told(Signed::Es256, |claims| claims["nbf"] = json!(now_s() + 20)).await, None);

    let another = "https://another.example";
    for (name, value) in [
        ("iss", json!(another)),
        ("iss", json!(format!("{}/", world.forger.issuer))),
        ("aud", json!("another client")),
        ("aud", json!([])),
        ("aud", json!([CLIENT, "another client"])),
        ("azp", json!("another client")),
        ("azp", json!("")),
        ("exp", json!(now_s() - 1)),
        ("iat", json!(now_s() + 3_600)),
        ("nbf", json!(now_s() + 3_600)),
        ("nbf", json!("tomorrow")),
        ("nonce", json!("another")),
        ("nonce", Value::Null),
    ] {
        let said = value.clone();
        let error = world.told(Signed::Es256, |claims| claims[name] = value).await;
        assert_eq!(error.as_deref(), Some("refused"), "{name} {said}");
    }
    let multiple = world.told(Signed::Es256, |claims| {
        (claims["aud"], claims["azp"]) = (json!([CLIENT, "another client"]), json!(CLIENT));
    });
    assert_eq!(multiple.await.as_deref(), Some("refused"), "further audiences");
    for (name, value) in [("email_verified", json!(false)), ("email_verified", Value::Null)] {
        let error = world.told(Signed::Es256, |claims| claims[name] = value).await;
        assert_eq!(error.as_deref(), Some("not_verified"), "{name}");
    }
}

/// Whatever it lists: whoever has the client secret, or the public key, could sign in as anybody.
#[tokio::test]
async fn no_signature_that_others_can_make_is_believed() {
    let world = World::start(&ALL).await;
    for signed in [
        Signed::Hs256,
        Signed::Hs256ByPublicKey,
        Signed::Nothing,
        Signed::Es256ByAnother,
        Signed::Es256ForOthers,
    ] {
        assert_eq!(world.told(signed, |_| {}).await.as_deref(), Some("refused"), "{signed:?}");
    }
    assert_eq!(world.told(Signed::Es256, |_| {}).await, None);
    for listed in [["HS256", "none"], ["HS512", "HS384"]] {
        let world = World::start(&listed).await;
        for signed in [Signed::Hs256, Signed::Nothing, Signed::Es256] {
            assert_eq!(world.told(signed, |_| {}).await.as_deref(), Some("unavailable"), "{signed:?}");
        }
    }
}

#[tokio::test]
async fn ten_thousand_sign_ins_that_nobody_finishes_stop_nobody_else() {
    let world = World::start(&["ES256"]).await;
    let ann = world.begin("", "198.51.100.7").await.unwrap();
    let mut begun = 0;
    while world.begin("", "203.0.113.9").await.is_ok() {
        begun += 1;
        assert!(begun <= 60, "one address begins as many as it likes");
    }
    assert_eq!(world.begin("", "203.0.113.9").await.err().as_deref(), Some("too_many"));
    for n in 0..1_000 {
        // They take part of nothing: from other addresses there is room for as many as there are.
        world.begin("", &format!("203.0.{}.{}", 114 + n / 250, n % 250)).await.ok().unwrap();
    }
    *world.forger.next.lock().unwrap() = Forgery { claims: world.claims(&ann), signed: Signed::Es256 };
    assert_eq!(world.back(&ann, "198.51.100.7").await, None);

    // In a browser in which a line has been signed in, the address plays no part.
    let (_, cookies) = world.app.sign_in_from(LINE, "", "").await;
    assert!(world.begin(&cookies[1], "203.0.113.9").await.is_ok());
}

/// One that was begun would do for asking the provider for any number of codes made up.
#[tokio::test]
async fn codes_made_up_are_counted_and_those_that_were_right_are_not() {
    let world = World::start(&["ES256"]).await;
    let address = "203.0.113.9";
    for _ in 0..70 {
        let ann = world.begin("", address).await.unwrap();
        *world.forger.next.lock().unwrap() = Forgery { claims: world.claims(&ann), signed: Signed::Es256 };
        assert_eq!(world.back(&ann, address).await, None);
    }
    let asked = world.forger.asked.lock().unwrap().len();
    let eve = world.begin("", address).await.unwrap();
    *world.forger.next.lock().unwrap() = Forgery { claims: json!({}), signed: Signed::Nothing };
    let mut answers = Vec::new();
    for _ in 0..100 {
        answers.push(world.back(&eve, address).await.unwrap());
    }
    assert_eq!(answers.iter().filter(|answer| *answer == "too_many").count(), 41, "{answers:?}");
    assert_eq!(world.forger.asked.lock().unwrap().len() - asked, 59);
}

#[tokio::test]
async fn several_tabs_sign_in_each_with_its_own() {
    let world = World::start(&["ES256"]).await;
    let first = world.away().await;
    let second = world.begin(&first.cookie, "198.51.100.7").await.unwrap();
    assert_ne!(first.cookie.split('=').next(), second.cookie.split('=').next());
    let both = format!("{}; {}", first.cookie, second.cookie);
    for tab in [first, second] {
        *world.forger.next.lock().unwrap() = Forgery { claims: world.claims(&tab), signed: Signed::Es256 };
        let tab = Away { cookie: both.clone(), ..tab };
        assert_eq!(world.back(&tab, "198.51.100.7").await, None);
    }
    let asked = world.forger.asked.lock().unwrap().clone();
    let verifier =
        |body: &String| body.split('&').find(|pair| pair.starts_with("code_verifier=")).unwrap().len();
    assert!(asked.iter().all(|body| verifier(body) >= "code_verifier=".len() + 43), "{asked:?}");

    // A browser that begins again and again keeps no more than a few.
    let mut cookies: Vec<String> = vec!["sidetone_openid_x=planted".into()];
    for _ in 0..20 {
        let answer = world.get(paths::OPENID_START, &cookies.join("; "), "198.51.100.7").await;
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.retain(|cookie| !cookie.starts_with(&format!("{name}=")));
            if !value.is_empty() {
                cookies.push(pair.to_owned());
            }
        }
    }
    assert_eq!(cookies.len(), 8, "{cookies:?}");
    assert!(!cookies.iter().any(|cookie| cookie.ends_with("planted")));
}

#[tokio::test]
async fn what_was_begun_elsewhere_or_was_changed_is_stale() {
    let world = World::start(&["ES256"]).await;
    let (ann, eve) = (world.away().await, world.away().await);
    *world.forger.next.lock().unwrap() = Forgery { claims: world.claims(&ann), signed: Signed::Es256 };
    let (name, value) = ann.cookie.split_once('=').unwrap();
    let digit = if value.starts_with('1') { "2" } else { "1" };
    for (state, cookie) in [
        (&ann.state, String::new()),
        (&ann.state, eve.cookie.clone()),
        (&eve.state, ann.cookie.clone()),
        (&ann.state, format!("{name}={digit}{}", &value[1..])),
        (&ann.state, format!("{name}={}", eve.cookie.split_once('=').unwrap().1)),
        (&ann.state[..16].to_owned(), ann.cookie.clone()),
        (&String::new(), ann.cookie.clone()),
    ] {
        let away = Away { state: state.clone(), nonce: String::new(), cookie };
        assert_eq!(world.back(&away, "198.51.100.7").await.as_deref(), Some("stale"), "{state}");
    }
    assert!(world.forger.asked.lock().unwrap().is_empty(), "the provider was asked nothing");
    // The state twice, which one counts?
    let path = format!("{}&state={}", path_back(&ann), ann.state);
    let answer = world.get(&path, &ann.cookie, "198.51.100.7").await;
    assert_eq!(error_of(&location(&answer)).as_deref(), Some("stale"));

    let answer = world.get(&path_back(&ann), &ann.cookie, "198.51.100.7").await;
    let set: Vec<_> =
        answer.headers().get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
    assert!(set.iter().any(|cookie| cookie.starts_with(&format!("{name}=;"))), "used up: {set:?}");
}
