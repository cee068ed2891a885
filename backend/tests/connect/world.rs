//! An account of one's own, and a folder in which the command runs.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use emulator::{Account, AccountState, Config, Emulator, Number};
use tempfile::TempDir;

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const HERE: &str = "https://phone.example.com/prod";
pub(crate) const JAPAN: &str = "+815031234567";
pub(crate) const USA: &str = "+12025550143";
pub(crate) const DEMO: &str = "https://demo.twilio.com/welcome/voice/";
pub(crate) const THEIRS: &str = "https://theirs.example.com/voice";

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    dir: TempDir,
}

/// What a command has said.
pub(crate) struct Said {
    pub(crate) ok: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn number(phone_number: &str, voice_url: &str) -> Number {
    Number {
        phone_number: phone_number.into(),
        voice_url: Some(voice_url.into()).filter(|url: &String| !url.is_empty()),
        ..Number::default()
    }
}

/// An account that nobody has touched yet.
pub(crate) fn account(numbers: Vec<Number>) -> Account {
    Account { api_key_sid: String::new(), application_sid: String::new(), numbers, ..Account::default() }
}

impl World {
    pub(crate) async fn start(account: Account) -> Self {
        let emulator = Emulator::start(Config { account, ..Config::default() }).await.unwrap();
        Self { emulator, dir: tempfile::tempdir().unwrap() }
    }

    /// Two numbers as Twilio sells them.
    pub(crate) async fn new() -> Self {
        Self::start(account(vec![number(JAPAN, DEMO), number(USA, "")])).await
    }

    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.dir().join("sidetone.toml")
    }

    pub(crate) fn remembered(&self) -> PathBuf {
        self.dir().join("sidetone.toml.connect.json")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidetone"));
        command
            .args(args)
            .current_dir(self.dir())
            .env_clear()
            .env("SIDETONE_TWILIO_API", self.emulator.url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs `sidetone connect` with the account's credentials in the environment.
    pub(crate) fn connect(&self, args: &[&str]) -> Said {
        let mut command = self.command(&["connect"]);
        command.args(args).envs(credentials());
        said(command.output().unwrap())
    }

    /// With all numbers, without questions.
    pub(crate) fn connect_all(&self) -> Said {
        self.connect(&["--public-url", HERE, "--all-numbers", "--yes"])
    }

    pub(crate) fn undo(&self) -> Said {
        self.connect(&["--undo", "--yes"])
    }

    pub(crate) async fn account(&self) -> AccountState {
        self.emulator.account().await.unwrap()
    }

    /// What matters of the account, to be compared.
    pub(crate) async fn essence(&self) -> Vec<String> {
        let account = self.account().await;
        let mut essence = Vec::new();
        essence.extend(account.keys.iter().map(|key| format!("{} {}", key.sid, key.friendly_name)));
        for application in &account.applications {
            essence.push(format!("{} {:?}", application.sid, application.voice));
        }
        for number in &account.numbers {
            let voice = &number.voice;
            let url = |url: &Option<String>| url.clone().unwrap_or_default();
            essence.push(format!(
                "{} {} {} {} {} {}",
                number.phone_number,
                url(&voice.voice_url),
                voice.voice_method.as_str(),
                url(&voice.voice_fallback_url),
                url(&voice.status_callback),
                number.voice_application_sid
            ));
        }
        essence
    }

    /// How many requests have changed something so far.
    pub(crate) fn changes(&self) -> usize {
        self.emulator.rest_log().iter().filter(|call| call.method != "GET").count()
    }
}

pub(crate) fn credentials() -> [(&'static str, &'static str); 2] {
    [
        ("SIDETONE_TWILIO__ACCOUNT_SID", "AC00000000000000000000000000000001"),
        ("SIDETONE_TWILIO__AUTH_TOKEN", TOKEN),
    ]
}

pub(crate) fn said(output: Output) -> Said {
    let said = Said {
        ok: output.status.success(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    for text in [&said.out, &said.err] {
        assert!(!text.contains(TOKEN), "the auth token is shown: {text}");
        assert!(!text.contains("panicked"), "{text}");
    }
    said
}

impl Said {
    pub(crate) fn done(self) -> Self {
        assert!(self.ok, "failed: {}\n{}", self.out, self.err);
        self
    }

    /// Fails, and says each of these.
    pub(crate) fn refused(self, words: &[&str]) -> Self {
        assert!(!self.ok, "must fail: {}", self.out);
        for word in words {
            assert!(self.err.contains(word), "{word} in: {}", self.err);
        }
        self
    }
}
