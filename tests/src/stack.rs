//! Emulator, server and store of one test, on free ports.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use backend::config::{Dial, PublicUrl, Settings};
use backend::demo::{self, Demo};
use backend::http::Server;
use backend::page_source::PageSource;
use backend::store::Store;
use backend::{
    lines::Credential,
    sign_in::{one_time_code, passcode},
};
use emulator::{Account, Emulator, Event, Tls};
use secrecy::ExposeSecret;
use shared::PhoneNumber;
use shared::api::paths;

use crate::PATIENCE;
use crate::authority::Authority;
use crate::installation::Installation;
use crate::proxy::{Manners, Proxy};
use crate::surroundings::Surroundings;

/// A line of the demo world.
#[derive(Clone, Copy)]
pub struct Line {
    pub number: &'static str,
    pub passcode: &'static str,
}

pub const TOKYO: Line = Line { number: "+815031234567", passcode: "1111" };
pub const WASHINGTON: Line = Line { number: "+12025550143", passcode: "2222" };

/// A phone of the outside world that the test plays.
pub const EXTERNAL: &str = demo::HANDSET;
pub const ECHO: &str = "+12125550110";
pub const BUSY: &str = "+12125550112";
pub const NO_ANSWER: &str = "+12125550113";
pub const NOT_IN_SERVICE: &str = "+12125550114";
pub const MENU: &str = "+12125550115";

/// What a test may want otherwise than the demo has it.
pub struct Options {
    pub token_lifetime_s: u32,
    pub ring_timeout_s: u32,
    pub dial: Dial,
    pub ui_dir: PathBuf,
    /// A real nginx in front of the server, and Twilio's own host names for the emulator: nothing in page, SDK and server
    /// knows that this is a test.
    pub behind_nginx: Option<Manners>,
}

impl Default for Options {
    fn default() -> Self {
        let demo::Options { token_lifetime_s, ring_timeout_s, dial, .. } = demo::Options::default();
        Self { token_lifetime_s, ring_timeout_s, dial, ui_dir: ui_folder(), behind_nginx: None }
    }
}

/// Where `make ui` puts the built page.
pub fn ui_folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist"))
}

/// The demo, whose two halves can be stopped and started again on their ports.
pub struct Stack {
    server: Option<Server>,
    emulator: Option<Emulator>,
    settings: Settings,
    store: Arc<dyn Store>,
    emulator_config: emulator::Config,
    http: reqwest::Client,
    surroundings: Surroundings,
    proxy: Option<(Proxy, Authority)>,
}

impl Stack {
    /// # Errors
    /// The UI is not built, or a half does not start.
    pub async fn start(options: Options) -> Result<Self> {
        let index = options.ui_dir.join("index.html");
        ensure!(index.is_file(), "the UI is not built: run `make ui` (no {})", index.display());
        let Options { token_lifetime_s, ring_timeout_s, dial, ui_dir, behind_nginx } = options;
        let page = PageSource::Folder(ui_dir);
        let options =
            demo::Options { token_lifetime_s, ring_timeout_s, dial, page, ..demo::Options::default() };
        let demo = Demo::start(options).await?;
        let mut stack = Self {
            settings: demo.settings().clone(),
            store: Arc::clone(demo.server.store()),
            emulator_config: demo::emulator_config(demo.emulator.address()),
            server: Some(demo.server),
            emulator: Some(demo.emulator),
            http: reqwest::Client::new(),
            surroundings: Surroundings::default(),
            proxy: None,
        };
        if let Some(manners) = behind_nginx {
            stack.move_behind_nginx(manners).await?;
        }
        Ok(stack)
    }

    /// From the demo to what an operator has, on the same store: no shim, no plain signaling, TLS and a path prefix.
    async fn move_behind_nginx(&mut self, manners: Manners) -> Result<()> {
        self.stop_server().await;
        self.stop_emulator().await;
        let authority = Authority::new()?;
        let port = Installation::free_port()?;
        self.settings.public_url = PublicUrl::parse(&Proxy::public_url(port))?;
        self.settings.signaling_emulator = None;
        self.settings.demo = None;
        self.emulator_config.tls = Some(Tls::new(authority.certificate_pem(), authority.key_pem()));
        self.emulator_config.trusted_roots_pem = vec![authority.root_pem().to_owned()];
        self.http = authority.client()?;
        self.start_emulator().await?;
        let twilio = self.emulator().tls_address().context("the emulator speaks no TLS")?;
        if let Some(tls) = &mut self.emulator_config.tls {
            tls.bind = twilio;
        }
        self.surroundings = Surroundings::with_twilio_at(twilio, &authority);
        self.start_server().await?;
        let proxy = Proxy::start(port, self.settings.bind, manners, &authority).await?;
        self.proxy = Some((proxy, authority));
        Ok(())
    }

    /// The proxy is stopped, and comes back on its port with these manners.
    pub async fn proxy_becomes(&mut self, manners: Manners) -> Result<()> {
        let (proxy, authority) = self.proxy.take().context("no proxy runs")?;
        let port = proxy.port();
        proxy.stop().await?;
        let proxy = Proxy::start(port, self.settings.bind, manners, &authority).await?;
        self.proxy = Some((proxy, authority));
        Ok(())
    }

    /// For browsers that shall find this stack.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Of the softphone; ends with a slash.
    pub fn url(&self) -> String {
        self.settings.public_url.join("")
    }

    /// # Panics
    /// While it is stopped.
    pub fn emulator(&self) -> &Emulator {
        self.emulator.as_ref().expect("the emulator runs")
    }

    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    pub fn account(&self) -> &Account {
        &self.emulator_config.account
    }

    pub async fn stop_server(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    /// On the same port and the same store.
    pub async fn start_server(&mut self) -> Result<()> {
        let server = Server::start_with_store(self.settings.clone(), Arc::clone(&self.store)).await?;
        self.server = Some(server);
        Ok(())
    }

    /// The line has no passcode any more, but this one-time code.
    pub async fn one_time_code(&self, number: &str) -> Result<String> {
        let code = one_time_code::generate()?;
        let hash = passcode::hash(&one_time_code::normalise(&code))?;
        let credential = Credential::OneTimeCode { hash, expires_at: i64::MAX };
        let number = PhoneNumber::from_e164(number)?;
        ensure!(self.store.set_credential(&number, &credential).await?, "no such line");
        Ok(code.expose_secret().to_owned())
    }

    /// The server tells softphones these edges from now on.
    pub async fn has_edges(&mut self, edges: &[&str]) -> Result<()> {
        self.stop_server().await;
        self.settings.edges = edges.iter().map(ToString::to_string).collect();
        self.start_server().await
    }

    pub async fn stop_emulator(&mut self) {
        if let Some(emulator) = self.emulator.take() {
            emulator.stop().await;
        }
    }

    /// On the same port; it remembers no call.
    pub async fn start_emulator(&mut self) -> Result<()> {
        let emulator = Emulator::start(self.emulator_config.clone()).await?;
        emulator.set_application_voice_url(&self.settings.public_url.join(paths::CALL_OUTGOING));
        for number in &self.emulator_config.account.numbers {
            let url = self.settings.public_url.join(paths::CALL_INCOMING);
            emulator.set_number_voice_url(&number.phone_number, &url);
        }
        self.emulator = Some(emulator);
        Ok(())
    }

    pub async fn stop(mut self) {
        self.stop_server().await;
        self.stop_emulator().await;
        if let Some((proxy, _)) = self.proxy.take() {
            let _ = proxy.stop().await;
        }
    }

    /// The Twilio Client identity of a line, which only the server knows.
    pub async fn client_name(&self, number: &str) -> Result<String> {
        let number = PhoneNumber::from_e164(number)?;
        let line = self.store.line_by_number(&number).await?;
        Ok(line.context("no such line")?.client_name)
    }

    /// Waits until exactly so many phones of a client name can be called.
    pub async fn sees_registrations(&self, client_name: &str, count: usize) -> Result<()> {
        let waiting = async {
            while self.emulator().registrations(client_name) != count {
                tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            }
        };
        let registered = || self.emulator().registrations(client_name);
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .with_context(|| format!("{} phones are registered, not {count}", registered()))
    }

    /// Waits until so many different access tokens have been used for signaling.
    pub async fn sees_tokens(&self, count: usize) -> Result<()> {
        let timeline = self.emulator().timeline();
        let mut news = timeline.subscribe();
        let waiting = async {
            loop {
                let entries = timeline.entries();
                let listens = entries.iter().filter(
                    |entry| matches!(&entry.event, Event::SignalIn { message, .. } if message == "listen"),
                );
                if listens.count() >= count || news.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE * 2, waiting).await.context("the token was not refreshed")
    }

    /// Waits until the SDK has told Twilio how good a call was.
    pub async fn sees_feedback(&self) -> Result<()> {
        let timeline = self.emulator().timeline();
        let mut news = timeline.subscribe();
        let told = || {
            let is_feedback =
                |event: &Event| matches!(event, Event::Insight { group, .. } if group == "feedback");
            timeline.entries().iter().any(|entry| is_feedback(&entry.event))
        };
        let waiting = async { while !told() && news.changed().await.is_ok() {} };
        tokio::time::timeout(PATIENCE, waiting).await.context("Twilio was not told how good the call was")
    }

    /// Waits until exactly these keys have been pressed, in this order.
    pub async fn sees_keys(&self, keys: &str) -> Result<()> {
        let timeline = self.emulator().timeline();
        let mut news = timeline.subscribe();
        let pressed = || -> String {
            let keys = timeline.entries().into_iter().filter_map(|entry| match entry.event {
                Event::Key { key, .. } => Some(key),
                _ => None,
            });
            keys.collect()
        };
        let waiting = async { while pressed().len() < keys.len() && news.changed().await.is_ok() {} };
        let _ = tokio::time::timeout(PATIENCE, waiting).await;
        ensure!(pressed() == keys, "pressed were {:?}, not {keys:?}", pressed());
        Ok(())
    }

    /// Posts a form to the server as Twilio would; gives the status.
    pub async fn post_form(
        &self,
        path: &str,
        form: &[(String, String)],
        signature: Option<&str>,
    ) -> Result<u16> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request = self
            .http
            .post(format!("{}{path}", self.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body);
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        Ok(request.send().await?.status().as_u16())
    }

    /// The body of a file of the server, as it is.
    pub async fn get(&self, path: &str) -> Result<Vec<u8>> {
        self.get_encoded(path, "identity").await
    }

    /// The body as it travels to a browser.
    pub async fn get_compressed(&self, path: &str) -> Result<Vec<u8>> {
        self.get_encoded(path, "br, gzip").await
    }

    async fn get_encoded(&self, path: &str, encoding: &str) -> Result<Vec<u8>> {
        let request = self.http.get(format!("{}{path}", self.url())).header("Accept-Encoding", encoding);
        let answer = request.send().await?;
        if !answer.status().is_success() {
            bail!("{path} answered {}", answer.status());
        }
        Ok(answer.bytes().await?.to_vec())
    }

    /// Everything the emulator saw, one line each.
    pub fn timeline(&self) -> String {
        let Some(emulator) = &self.emulator else { return "the emulator is stopped".into() };
        let entries = emulator.timeline().entries();
        let lines = entries.iter().map(|entry| serde_json::to_string(entry).unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}
