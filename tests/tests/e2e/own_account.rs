//! From an account and an empty folder to calls each way, and back again, by the program that an operator has.

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::authority::Authority;
use e2e::hearing::hears_tone;
use e2e::installation::{Installation, Said};
use e2e::proxy::{Manners, Proxy};
use e2e::softphone::Softphone;
use e2e::surroundings::Surroundings;
use emulator::account::{VoiceSettings, present};
use emulator::{Account, Behaviour, Config, Emulator, Number, PhoneSeed, Tls};
use serde_json::Value;
use shared::api::paths;

const LINE: &str = "+12025550143";
/// Points to Twilio's own demo, as every new number does.
const UNTOUCHED: &str = "+14155550198";
/// Somebody else's application answers it.
const FOREIGN: &str = "+12125550177";
const FOREIGN_URL: &str = "https://other.example.com/voice";
const DEMO_URL: &str = "https://demo.twilio.com/welcome/voice/";
const ECHO: &str = "+12125550110";
const CALLER: &str = "+12125550166";
const PASSCODE: &str = "correct horse battery";

struct Operator {
    emulator: Emulator,
    surroundings: Surroundings,
    installation: Installation,
    /// Where `serve` listens.
    port: u16,
    proxy: Option<Proxy>,
}

impl Operator {
    /// An account as Twilio gives it, and an empty folder.
    async fn new(manners: Option<Manners>) -> Result<Self> {
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
        let mut installation = Installation::new(&public_url, &[])?;
        let roots = installation.path("roots.pem");
        std::fs::write(&roots, authority.root_pem())?;
        installation.knows("SIDETONE_TWILIO_API", emulator.url());
        installation.knows("SIDETONE_TWILIO__ACCOUNT_SID", account.sid);
        installation.knows("SIDETONE_TWILIO__AUTH_TOKEN", account.auth_token);
        // What an operating system has in its certificate store.
        installation.knows("SSL_CERT_FILE", roots.display().to_string());
        Ok(Self { emulator, surroundings, installation, port, proxy })
    }

    async fn connect(&self, more: &[&str]) -> Result<Said> {
        let url = self.installation.public_url();
        let usual = ["connect", "--public-url", url, "--number", LINE, "--number", UNTOUCHED];
        self.installation.sidetone(&[&usual, more].concat()).await
    }

    /// How many requests have changed something in the account.
    fn changes(&self) -> usize {
        self.emulator.rest_log().iter().filter(|call| call.method != "GET").count()
    }

    /// All that is to come back: keys, apps, and who answers which number.
    async fn account(&self) -> Result<Vec<String>> {
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
    async fn doctor(&self) -> Result<Vec<Value>> {
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
    async fn calls_each_way(&self, code: &str) -> Result<()> {
        let url = format!("{}/", self.installation.public_url());
        let phone = Softphone::open_among(&self.surroundings, &url, 440).await?;
        let outcome = async {
            phone.tries_to_sign_in(LINE, code).await?;
            phone.chooses_passcode(PASSCODE, PASSCODE).await?;
            phone.browser.click("#choose-button").await?;
            phone.sees_status("registered").await?;
            phone.dials(ECHO).await?;
            phone.sees_call("open").await?;
            phone.hears_tone(440.0).await?;
            phone.hangs_up().await?;
            phone.sees_end("completed").await?;
            phone.is_done().await?;

            let call = self.emulator.phone(CALLER).call(LINE).await?;
            phone.answers().await?;
            call.wait_answered(PATIENCE).await?;
            call.plays_tone(660.0).await;
            hears_tone(&call, 440.0).await?;
            phone.hears_tone(660.0).await?;
            call.hang_up().await;
            phone.sees_end("completed").await.map(|_| ())
        };
        let outcome = outcome.await;
        let console = phone.browser.console().await.unwrap_or_default();
        phone.browser.close().await?;
        outcome.with_context(|| format!("the page's console: {console:#?}"))
    }
}

/// The code that is printed for a number's new line.
fn code_for(number_ends: &str, said: &str) -> Result<String> {
    let mut after =
        said.lines().skip_while(|line| !(line.starts_with("Added") && line.contains(number_ends)));
    let code = after.find_map(|line| line.strip_prefix("One-time code: "));
    Ok(code.with_context(|| format!("no one-time code for …{number_ends} in: {said}"))?.to_owned())
}

async fn there_and_back(manners: Option<Manners>) -> Result<()> {
    let operator = Operator::new(manners).await?;
    let before = operator.account().await?;

    let refused = operator.connect(&["--number", FOREIGN, "--yes"]).await?;
    ensure!(!refused.status.success() && refused.all().contains(FOREIGN_URL), "{}", refused.all());
    let dry = operator.connect(&["--dry-run"]).await?.ok()?;
    ensure!(dry.stdout.contains(DEMO_URL), "the old value is not shown: {}", dry.stdout);
    ensure!(operator.changes() == 0, "nothing was asked for, and something was changed");
    ensure!(!operator.installation.path("sidetone.toml").exists(), "a dry run writes nothing");

    let first = operator.connect(&["--yes"]).await?.ok()?;
    let code = code_for("0143", &first.all())?;
    let changes = operator.changes();
    ensure!(changes > 0 && operator.account().await? != before, "{}", first.all());

    let serving = operator.installation.serve(operator.port).await?;
    let wrong = operator.doctor().await?;
    ensure!(wrong.is_empty(), "the doctor finds {wrong:#?}\n{}", serving.log());
    operator.calls_each_way(&code).await.with_context(|| serving.log())?;

    operator.connect(&["--yes"]).await?.ok()?;
    ensure!(operator.changes() == changes, "the second run changed something");

    // The doctor is not content with everything.
    operator.emulator.set_number_voice_url(LINE, "https://elsewhere.example.com/");
    let wrong = operator.doctor().await?;
    let text = format!("{wrong:?}");
    ensure!(wrong.len() == 1 && text.contains("elsewhere.example.com"), "{wrong:#?}");
    let ours = format!("{}/{}", operator.installation.public_url(), paths::CALL_INCOMING);
    operator.emulator.set_number_voice_url(LINE, &ours);

    operator.installation.sidetone(&["connect", "--undo", "--yes"]).await?.ok()?;
    ensure!(operator.account().await? == before, "{:#?}\n{before:#?}", operator.account().await?);
    let changes = operator.changes();
    operator.installation.sidetone(&["connect", "--undo", "--yes"]).await?.ok()?;
    ensure!(operator.changes() == changes, "the second undo changed something");

    let log = serving.log();
    for secret in [&code, PASSCODE, &Account::default().auth_token, "5550166"] {
        ensure!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    serving.stop().await?;
    if let Some(proxy) = operator.proxy {
        proxy.stop().await?;
    }
    operator.emulator.stop().await;
    Ok(())
}

#[tokio::test]
async fn an_empty_folder_becomes_a_phone_and_the_account_comes_back() -> Result<()> {
    there_and_back(None).await
}

#[tokio::test]
async fn the_same_behind_nginx_with_tls_and_a_prefix() -> Result<()> {
    there_and_back(Some(Manners::KeepsPrefix)).await
}
