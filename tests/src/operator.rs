//! Somebody with an account at Twilio who puts Sidetone on a host of their own: the real program, an emulator in Twilio's place,
//! and what they look at.

use anyhow::{Context, Result, ensure};
use emulator::account::{VoiceSettings, present};
use emulator::{Account, Behaviour, Config, Emulator, Number, PhoneSeed, Tls};
use serde_json::Value;

use crate::authority::Authority;
use crate::first_calls::{Numbers, calls_each_way};
use crate::installation::{Ground, Installation, Said};
use crate::proxy::{Manners, Proxy};
use crate::softphone::Softphone;
use crate::surroundings::Surroundings;

pub const LINE: &str = "+12025550143";
/// Points to Twilio's own demo, as every new number does.
const UNTOUCHED: &str = "+14155550198";
/// Somebody else's application answers it.
pub const FOREIGN: &str = "+12125550177";
pub const FOREIGN_URL: &str = "https://other.example.com/voice";
pub const DEMO_URL: &str = "https://demo.twilio.com/welcome/voice/";
const ECHO: &str = "+12125550110";
const CALLER: &str = "+12125550166";

pub struct Operator {
    pub emulator: Emulator,
    surroundings: Surroundings,
    pub installation: Installation,
    /// Where `serve` listens.
    pub port: u16,
    proxy: Option<Proxy>,
}

impl Operator {
    /// An account as Twilio gives it, and an empty folder.
    pub async fn new(ground: Ground, manners: Option<Manners>) -> Result<Self> {
        let authority = Authority::new()?;
        let number = |number: &str, voice_url: Option<&str>| Number {
            phone_number: number.to_owned(),
            voice_url: voice_url.map(str::to_owned),
            ..Number::default()
        };
        let account = Account {
            numbers: vec![
                number(LINE, None),
                number(UNTOUCHED, Some(DEMO_URL)),
                number(FOREIGN, Some(FOREIGN_URL)),
            ],
            ..Account::default()
        };
        let phone = |number: &str, behaviour| PhoneSeed {
            phone_number: number.to_owned(),
            label: String::new(),
            behaviour,
        };
        let config = Config {
            account: account.clone(),
            phones: vec![phone(ECHO, Behaviour::Echo), phone(CALLER, Behaviour::Manual)],
            tls: Some(Tls::new(authority.certificate_pem(), authority.key_pem())),
            trusted_roots_pem: vec![authority.root_pem().to_owned()],
            ..Config::default()
        };
        let emulator = Emulator::start(config).await?;
        let twilio = emulator.tls_address().context("the emulator speaks no TLS")?;
        let surroundings = Surroundings::with_twilio_at(twilio, &authority);

        let port = Installation::free_port()?;
        let (proxy, public_url) = match manners {
            None => (None, format!("http://localhost:{port}")),
            Some(manners) => {
                let outside = Installation::free_port()?;
                let proxy = Proxy::start(outside, ([127, 0, 0, 1], port).into(), manners, &authority).await?;
                (Some(proxy), Proxy::public_url(outside))
            }
        };
        let bare = manners.is_none() && matches!(ground, Ground::Root(_));
        let mut installation = Installation::on(ground, &public_url, &[])?;
        let roots = installation.path("roots.pem");
        std::fs::write(&roots, authority.root_pem())?;
        installation.knows("SIDETONE_TWILIO_API", emulator.url());
        installation.knows("SIDETONE_TWILIO__ACCOUNT_SID", account.sid);
        installation.knows("SIDETONE_TWILIO__AUTH_TOKEN", account.auth_token);
        // What an operating system has in its certificate store. An empty root has none, and without TLS needs none.
        if bare {
            return Ok(Self { emulator, surroundings, installation, port, proxy });
        }
        installation.knows("SSL_CERT_FILE", installation.seen("roots.pem").display().to_string());
        Ok(Self { emulator, surroundings, installation, port, proxy })
    }

    pub async fn connect(&self, more: &[&str]) -> Result<Said> {
        let url = self.installation.public_url();
        let usual = ["connect", "--public-url", url, "--number", LINE, "--number", UNTOUCHED];
        self.installation.sidetone(&[&usual, more].concat()).await
    }

    /// How many requests have changed something in the account.
    pub fn changes(&self) -> usize {
        self.emulator.rest_log().iter().filter(|call| call.method != "GET").count()
    }

    /// All that is to come back: keys, apps, and who answers which number.
    pub async fn account(&self) -> Result<Vec<String>> {
        let account = self.emulator.account().await.context("the emulator has stopped")?;
        let voice = |voice: &VoiceSettings| {
            let [url, fallback, status] =
                [&voice.voice_url, &voice.voice_fallback_url, &voice.status_callback]
                    .map(|url| present(url.as_ref()));
            format!("{url:?} {:?} {fallback:?} {status:?}", voice.voice_method)
        };
        let keys = account.keys.iter().map(|key| format!("key {}", key.sid));
        let apps = account.applications.iter().map(|app| format!("app {} {}", app.sid, voice(&app.voice)));
        let numbers = account.numbers.iter();
        let numbers =
            numbers.map(|n| format!("{} {} {}", n.phone_number, voice(&n.voice), n.voice_application_sid));
        Ok(keys.chain(apps).chain(numbers).collect())
    }

    /// What is not fine; nothing about edges, which are not reached from a machine without network.
    pub async fn doctor(&self) -> Result<Vec<Value>> {
        let said = self.installation.sidetone(&["doctor", "--json"]).await?;
        let report: Value = serde_json::from_str(&said.stdout).with_context(|| said.all())?;
        let findings = report["findings"].as_array().context("no findings")?.clone();
        ensure!(findings.len() > 12, "the doctor looks at little: {report:#}");
        let wrong = |finding: &Value| finding["verdict"] == "wrong";
        let exit = said.status.code();
        ensure!(
            exit == Some(i32::from(findings.iter().any(wrong))),
            "the doctor ends with {exit:?}: {report:#}"
        );
        Ok(findings.into_iter().filter(wrong).collect())
    }

    /// Somebody signs in for the first time, calls, and is called.
    pub async fn calls_each_way(&self, code: &str) -> Result<()> {
        let url = format!("{}/", self.installation.public_url());
        let phone = Softphone::open_among(&self.surroundings, &url, 440).await?;
        let outcome =
            calls_each_way(&phone, &self.emulator, &Numbers { line: LINE, echo: ECHO, caller: CALLER }, code)
                .await;
        let console = phone.browser.console().await.unwrap_or_default();
        phone.browser.close().await?;
        outcome.with_context(|| format!("the page's console: {console:#?}"))
    }

    /// Ends the proxy and the emulator.
    pub async fn stop(self) -> Result<()> {
        if let Some(proxy) = self.proxy {
            proxy.stop().await?;
        }
        self.emulator.stop().await;
        Ok(())
    }
}

/// The code that is printed for a number's new line.
///
/// # Errors
/// There is none.
pub fn code_for(number_ends: &str, said: &str) -> Result<String> {
    let mut after =
        said.lines().skip_while(|line| !(line.starts_with("Added") && line.contains(number_ends)));
    let code = after.find_map(|line| line.strip_prefix("One-time code: "));
    Ok(code.with_context(|| format!("no one-time code for …{number_ends} in: {said}"))?.to_owned())
}
