//! A phone that was set up by `sidetone connect`, and is served.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use emulator::{Account, Config, Emulator, Number};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const JAPAN: &str = "+815031234567";
pub(crate) const USA: &str = "+12025550143";

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) port: u16,
    dir: TempDir,
    server: Option<Child>,
}

/// What the doctor has said.
pub(crate) struct Report {
    pub(crate) code: i32,
    pub(crate) json: Value,
}

pub(crate) fn account() -> Account {
    let number = |number: &str| Number { phone_number: number.into(), ..Number::default() };
    let numbers = vec![number(JAPAN), number(USA)];
    Account { api_key_sid: String::new(), application_sid: String::new(), numbers, ..Account::default() }
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl World {
    /// Set up and served at its public URL.
    pub(crate) async fn new() -> Self {
        let port = free_port();
        let mut world = Self::at(&format!("http://localhost:{port}"), port).await;
        world.serve(&[]).await;
        world
    }

    /// Set up for a public URL; not served yet.
    pub(crate) async fn at(public_url: &str, port: u16) -> Self {
        let config = Config { account: account(), ..Config::default() };
        Self::with(Emulator::start(config).await.unwrap(), public_url, port)
    }

    pub(crate) fn with(emulator: Emulator, public_url: &str, port: u16) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let ui = dir.path().join("dist");
        fs::create_dir(&ui).unwrap();
        fs::write(ui.join("index.html"), "<head></head>").unwrap();
        fs::write(ui.join("twilio.min.js"), "a.RELEASE_VERSION;var RELEASE_VERSION=\"2.18.5\";").unwrap();
        let world = Self { emulator, port, dir, server: None };
        let connect = ["connect", "--public-url", public_url, "--all-numbers", "--yes"];
        let output = world.command(&connect).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        world
    }

    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidetone"));
        command
            .args(args)
            .current_dir(self.dir())
            .env_clear()
            .env("SIDETONE_TWILIO_API", self.emulator.url())
            .env("SIDETONE_TWILIO__ACCOUNT_SID", ACCOUNT)
            .env("SIDETONE_TWILIO__AUTH_TOKEN", TOKEN)
            .env("SIDETONE_UI_DIR", "dist")
            .env("SIDETONE_BIND", format!("127.0.0.1:{}", self.port))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the server, with these variables changed.
    pub(crate) async fn serve(&mut self, variables: &[(&str, &str)]) {
        self.stop();
        let mut command = self.command(&["serve", "--config", "sidetone.toml"]);
        command.envs(variables.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(command.spawn().unwrap());
        let url = format!("http://127.0.0.1:{}/healthz", self.port);
        let patience = Instant::now() + Duration::from_secs(60);
        while reqwest::get(&url).await.is_err() {
            assert!(Instant::now() < patience, "the server does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            drop(server.kill());
            drop(server.wait());
        }
    }

    pub(crate) fn line(&self, args: &[&str]) {
        let output = self.command(&[&["line"], args].concat()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Asks the doctor, with these variables changed.
    pub(crate) fn doctor_with(&self, variables: &[(&str, &str)]) -> Report {
        let mut command = self.command(&["doctor", "--json"]);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let config = fs::read_to_string(self.dir().join("sidetone.toml")).unwrap_or_default();
        let secret = config.lines().find_map(|line| line.strip_prefix("api_key_secret = "));
        for secret in secret.map(|secret| secret.trim_matches('"')).into_iter().chain([TOKEN]) {
            assert!(!text.contains(secret), "a secret is shown: {text}");
        }
        let json = serde_json::from_str(&text).unwrap_or_else(|_| {
            panic!("no JSON: {text}{}", String::from_utf8_lossy(&output.stderr));
        });
        Report { code: output.status.code().unwrap(), json }
    }

    pub(crate) fn doctor(&self) -> Report {
        self.doctor_with(&[])
    }

    /// Asks Twilio to change something, as its owner in the console would.
    pub(crate) async fn rest(&self, method: reqwest::Method, path: &str, form: &[(&str, &str)]) {
        let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}/{path}", self.emulator.url());
        let request = reqwest::Client::new().request(method, url).basic_auth(ACCOUNT, Some(TOKEN));
        assert!(request.form(form).send().await.unwrap().status().is_success());
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Report {
    fn of(&self, verdict: &str) -> Vec<String> {
        let findings = self.json["findings"].as_array().unwrap().iter();
        let mut checks: Vec<_> = findings
            .filter(|finding| finding["verdict"] == verdict)
            .map(|finding| finding["check"].as_str().unwrap().to_owned())
            .collect();
        checks.dedup();
        checks
    }

    /// Exactly these are wrong; says of the first what it is told with its cure.
    #[track_caller]
    pub(crate) fn wrong(&self, checks: &[&str]) -> String {
        assert_eq!(self.of("wrong"), checks, "{:#}", self.json);
        assert_eq!(self.code, i32::from(!checks.is_empty()), "{:#}", self.json);
        self.told(checks.first().unwrap_or(&"config"))
    }

    #[track_caller]
    pub(crate) fn warned(&self, check: &str) -> String {
        assert!(self.of("warning").iter().any(|warned| warned == check), "{:#}", self.json);
        self.told(check)
    }

    #[track_caller]
    pub(crate) fn fine(&self, checks: &[&str]) {
        let fine = self.of("fine");
        for check in checks {
            assert!(fine.iter().any(|name| name == check), "{check} in {:#}", self.json);
        }
    }

    fn told(&self, check: &str) -> String {
        let findings = self.json["findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| finding["check"] == check && finding["verdict"] != "fine")
            .map(|finding| {
                format!(
                    "{} {}",
                    finding["says"].as_str().unwrap(),
                    finding["cure"].as_str().unwrap_or_default()
                )
            })
            .collect()
    }
}
