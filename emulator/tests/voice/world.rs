//! An emulator, an application and the people in it.

use std::time::Duration;

use emulator::{Account, Behaviour, CallStatus, Config, Emulator, Entry, Event, Number, PhoneSeed, Timing};
use serde_json::Value;

use crate::application::Application;
use crate::browser::Browser;
use crate::token::token;

/// Nothing here takes this long unless it is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
pub(crate) const LINE: &str = "+815031234567";
pub(crate) const OUTSIDE: &str = "+819059876543";
pub(crate) const ECHO: &str = "+15550100001";
pub(crate) const TONE: &str = "+15550100002";
pub(crate) const BUSY: &str = "+15550100003";
pub(crate) const SILENT: &str = "+15550100004";
pub(crate) const MENU: &str = "+15550100006";

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) application: Application,
    pub(crate) account: Account,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// A world whose configuration is changed by `change`.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::with_application(|config, _| change(config)).await
    }

    /// The same, where the change needs to know the application's addresses.
    pub(crate) async fn with_application(change: impl FnOnce(&mut Config, &Application)) -> Self {
        let application = Application::start();
        let number = Number {
            phone_number: LINE.into(),
            voice_url: Some(application.url("/in")),
            status_callback: Some(application.url("/line-status")),
            ..Number::default()
        };
        let account =
            Account { voice_url: Some(application.url("/out")), numbers: vec![number], ..Account::default() };
        let timing = Timing {
            phone_alerts_after: Duration::from_millis(5),
            robot_answers_after: Duration::from_millis(20),
            lost_leg_grace: Duration::from_secs(2),
            recording_ready_after: Duration::from_millis(5),
            ..Timing::default()
        };
        let phone = |phone_number: &str, behaviour| PhoneSeed {
            phone_number: phone_number.into(),
            label: String::new(),
            behaviour,
        };
        let phones = vec![
            phone(ECHO, Behaviour::Echo),
            phone(TONE, Behaviour::Tone { hz: 600.0 }),
            phone(BUSY, Behaviour::Busy),
            phone(SILENT, Behaviour::NoAnswer),
            phone(MENU, Behaviour::Menu),
        ];
        let mut config = Config { account, timing, phones, ..Config::default() };
        change(&mut config, &application);
        let account = config.account.clone();
        Self { emulator: Emulator::start(config).await.unwrap(), application, account }
    }

    pub(crate) fn token(&self, identity: &str) -> String {
        token(&self.account, identity, 3600)
    }

    pub(crate) async fn browser(&self, identity: &str) -> Browser {
        let mut browser = Browser::open(&self.emulator.url()).await;
        browser.register(&self.token(identity)).await;
        browser
    }

    /// Waits for an entry of the timeline.
    pub(crate) async fn happens(&self, fits: impl Fn(&Entry) -> bool) -> Entry {
        self.emulator
            .timeline()
            .wait_for(fits, PATIENCE)
            .await
            .unwrap_or_else(|entries| panic!("it did not happen: {entries:#?}"))
    }

    pub(crate) async fn fault(&self, code: u32) -> Entry {
        self.happens(|entry| entry.event.fault_code() == Some(code)).await
    }

    /// Waits until the emulator says that it lacks something with `word` in it.
    pub(crate) async fn lacks(&self, word: &str) -> Entry {
        let lacks = |entry: &Entry| {
            let entry = serde_json::to_value(entry).unwrap();
            entry["kind"] == "lacking" && text(&entry, "message").contains(word)
        };
        self.happens(lacks).await
    }

    /// Waits for the end of a leg; its last status.
    pub(crate) async fn ended(&self, sid: &str) -> CallStatus {
        let status =
            || self.emulator.calls().into_iter().find(|call| call.sid == sid).map(|call| call.status);
        self.until(|| status().is_some_and(CallStatus::is_final)).await;
        status().unwrap()
    }

    /// Waits until something is true that no entry of the timeline says.
    pub(crate) async fn until(&self, fact: impl Fn() -> bool) {
        let came = async {
            while !fact() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, came).await.is_err() {
            panic!("it did not come true: {:#?}", self.emulator.timeline().entries());
        }
    }

    /// All states that a leg went through.
    pub(crate) fn states(&self, sid: &str) -> Vec<String> {
        let entries = self.emulator.timeline().entries();
        let own = entries.into_iter().filter(|entry| entry.call_sid.as_deref() == Some(sid));
        own.filter_map(|entry| match entry.event {
            Event::CallStatus { status } => Some(status),
            _ => None,
        })
        .collect()
    }

    /// Waits for a request to `path` whose parameters fit; its parameters.
    pub(crate) async fn request(&self, path: &str, fits: impl Fn(&Params) -> bool) -> Params {
        let entry = self.happens(|entry| request_to(entry, path).is_some_and(|params| fits(&params))).await;
        request_to(&entry, path).unwrap()
    }

    /// All requests to `path` so far.
    pub(crate) fn requests(&self, path: &str) -> Vec<Params> {
        self.emulator.timeline().entries().iter().filter_map(|entry| request_to(entry, path)).collect()
    }
}

fn request_to(entry: &Entry, path: &str) -> Option<Params> {
    match &entry.event {
        Event::WebhookRequest { url, params, .. } if url.ends_with(path) => Some(Params(params.clone())),
        _ => None,
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Params(pub(crate) Vec<(String, String)>);

impl Params {
    /// The value of a parameter that is there once; `-` when it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = values.next().unwrap_or("-");
        assert!(values.next().is_none(), "{name} is there twice: {self:?}");
        value
    }
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is missing: {value}"))
}
