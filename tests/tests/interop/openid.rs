//! Sign-in by OpenID Connect at a real provider (oidc-provider from npm), as a browser walks through it.

use std::{
    collections::{BTreeMap, HashMap},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use backend::{
    config::{Database, OpenIdSettings, PublicUrl, Settings},
    http::Server,
    lines::{Credential, Line},
};
use reqwest::{Client, Response, header, redirect::Policy};
use shared::{PhoneNumber, api::paths};
use url::Url;

use crate::server::twilio;

const LINE: &str = "+815031234567";

struct World {
    server: Server,
    provider: Child,
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.provider.kill());
        drop(self.provider.wait());
    }
}

impl World {
    /// A provider that tells the address there, and a server with a line that is Ann's and has no passcode.
    async fn start(email_in: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/oidc.mjs");
        let mut provider = Command::new("node")
            .arg(script)
            .arg(email_in)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("node: {error}; run `make e2e`"));
        let mut answers = BufReader::new(provider.stdout.take().expect("a pipe"));
        let mut line = || {
            let mut line = String::new();
            answers.read_line(&mut line).expect("the provider speaks");
            assert!(!line.is_empty(), "oidc-provider is not installed or ended: run `make e2e`");
            line.trim().to_owned()
        };
        let issuer = line();
        let mut settings =
            Settings::new(PublicUrl::parse("http://localhost:0").unwrap(), Database::Memory, twilio());
        settings.bind.set_port(0);
        settings.openid = Some(OpenIdSettings {
            issuer,
            client_id: "sidetone".into(),
            client_secret: "secret of sidetone".to_owned().into(),
            name: "Test".into(),
        });
        let server = Server::start(settings).await.unwrap();
        writeln!(provider.stdin.as_mut().expect("a pipe"), "{}", server.url(paths::OPENID_CALLBACK)).unwrap();
        assert_eq!(line(), "ready");

        let number = PhoneNumber::from_e164(LINE).unwrap();
        let ann = Line::with_credential(number.clone(), String::new(), Credential::Nothing).unwrap();
        server.store().add_line(&ann).await.unwrap();
        server.store().add_email(&number, "ann@example.com").await.unwrap();
        Self { server, provider }
    }

    fn browser(&self, login: &'static str) -> Browser {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Browser { client, cookies: HashMap::new(), login, visited: Vec::new() }
    }
}

/// Follows redirects with its cookies and keeps what it was sent.
struct Browser {
    client: Client,
    /// Origin to name to value.
    cookies: HashMap<String, BTreeMap<String, String>>,
    /// The account it signs in as at the provider; empty to call it off.
    login: &'static str,
    visited: Vec<Url>,
}

impl Browser {
    /// Where it ends.
    async fn walk(&mut self, start: &str) -> Url {
        let mut url = Url::parse(start).unwrap();
        for _ in 0..12 {
            self.visited.push(url.clone());
            let response = self.get(&url).await;
            let Some(next) = response.headers().get(header::LOCATION) else { return url };
            url = url.join(next.to_str().unwrap()).unwrap();
            if url.path().starts_with("/interaction/") && !self.login.is_empty() {
                url.query_pairs_mut().append_pair("login", self.login);
            }
        }
        panic!("no end: {:?}", self.visited);
    }

    async fn get(&mut self, url: &Url) -> Response {
        let jar = self.cookies.entry(url.origin().ascii_serialization()).or_default();
        let sent: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response =
            self.client.get(url.clone()).header(header::COOKIE, sent.join("; ")).send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    /// Where the provider sent it back to.
    fn callback(&self) -> Url {
        let callback = self.visited.iter().find(|url| url.path().ends_with(paths::OPENID_CALLBACK));
        callback.expect("the provider sent it back").clone()
    }

    async fn session(&mut self, world: &World) -> u16 {
        let url = Url::parse(&world.server.url(paths::DEVICES)).unwrap();
        self.get(&url).await.status().as_u16()
    }
}

/// What the page is told.
fn error_of(end: &Url) -> Option<String> {
    end.query_pairs().find(|(name, _)| name == "sign_in_error").map(|(_, code)| code.into_owned())
}

#[tokio::test]
async fn a_verified_address_signs_in_to_its_line() {
    for email_in in ["id_token", "userinfo"] {
        let world = World::start(email_in).await;
        let mut ann = world.browser("ann");
        let options = world.server.url(paths::SIGN_IN_OPTIONS);
        let options = ann.client.get(options).send().await.unwrap().text().await.unwrap();
        assert_eq!(options, r#"{"openid":"Test"}"#);
        let end = ann.walk(&world.server.url(paths::OPENID_START)).await;
        assert_eq!(end.as_str(), world.server.url(""), "{email_in}");
        let asked = ann.visited[1].query().unwrap();
        for part in ["code_challenge_method=S256", "nonce=", "state=", "response_type=code"] {
            assert!(asked.contains(part), "{part} in {asked}");
        }
        assert_eq!(ann.session(&world).await, 200);
        let log = world.server.store().audit(0, None).await.unwrap();
        assert!(log[0].detail.contains("OpenID Connect"), "{log:?}");

        // The same address again, in the same browser and in another one.
        let callback = ann.callback();
        let end = ann.walk(callback.as_str()).await;
        assert_eq!(error_of(&end).as_deref(), Some("stale"));
        let mut thief = world.browser("eve");
        let end = thief.walk(callback.as_str()).await;
        assert_eq!(error_of(&end).as_deref(), Some("stale"));
        assert_eq!(thief.session(&world).await, 401);
    }
}

#[tokio::test]
async fn who_is_not_verified_or_not_known_is_told_so() {
    let world = World::start("userinfo").await;
    for (login, code) in
        [("mallory", "not_verified"), ("nobody", "not_verified"), ("eve", "unknown_email"), ("", "cancelled")]
    {
        let mut browser = world.browser(login);
        let end = browser.walk(&world.server.url(paths::OPENID_START)).await;
        assert_eq!(error_of(&end).as_deref(), Some(code), "{login}");
        assert_eq!(browser.session(&world).await, 401, "{login}");
    }
}

/// Somebody else's code, sent to a browser that has begun a sign-in itself.
#[tokio::test]
async fn a_foreign_code_or_state_signs_nobody_in() {
    let world = World::start("id_token").await;
    let start = Url::parse(&world.server.url(paths::OPENID_START)).unwrap();
    let mut ann = world.browser("ann");
    ann.walk(start.as_str()).await;
    let used = ann.callback();
    let state_of = |url: &Url| url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();

    let mut victim = world.browser("eve");
    victim.get(&start).await;
    let end = victim.walk(used.as_str()).await;
    assert_eq!(error_of(&end).as_deref(), Some("stale"), "another browser's state");

    // With the right state, and a code that was redeemed before.
    let asked = victim.get(&start).await;
    let asked = Url::parse(asked.headers()[header::LOCATION].to_str().unwrap()).unwrap();
    let mut replayed = used.clone();
    let pairs: Vec<(String, String)> = used.query_pairs().into_owned().collect();
    replayed.query_pairs_mut().clear().extend_pairs(pairs.into_iter().map(|(name, value)| {
        let value = if name == "state" { state_of(&asked) } else { value };
        (name, value)
    }));
    let end = victim.walk(replayed.as_str()).await;
    assert_eq!(error_of(&end).as_deref(), Some("refused"));
    assert_eq!(victim.session(&world).await, 401);
}

#[tokio::test]
async fn without_its_provider_the_page_says_so() {
    let mut world = World::start("id_token").await;
    world.provider.kill().unwrap();
    world.provider.wait().unwrap();
    let mut browser = world.browser("ann");
    let end = browser.walk(&world.server.url(paths::OPENID_START)).await;
    assert_eq!(error_of(&end).as_deref(), Some("unavailable"));
}
