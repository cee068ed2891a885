//! An emulator with a line, a handset number and an application.

use std::time::Duration;

use emulator::{Account, Behaviour, Config, Emulator, Number, PhoneSeed, Timing};

use crate::application::Application;
use crate::page::{PATIENCE, Page};

pub(crate) const LINE: &str = "+815031234567";
pub(crate) const HANDSET: &str = "+819059876543";
pub(crate) const ECHO: &str = "+15550100001";
/// A phone that the test plays.
pub(crate) const FRIEND: &str = "+15550100077";

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    application: Application,
}

impl World {
    pub(crate) async fn start() -> Self {
        let application = Application::start();
        let number = Number {
            phone_number: LINE.into(),
            voice_url: Some(application.url("/in")),
            ..Number::default()
        };
        let account = Account { numbers: vec![number], ..Account::default() };
        let timing = Timing {
            phone_alerts_after: Duration::from_millis(5),
            robot_answers_after: Duration::from_millis(20),
            ..Timing::default()
        };
        let phone = |phone_number: &str, label: &str, behaviour| PhoneSeed {
            phone_number: phone_number.into(),
            label: label.into(),
            behaviour,
        };
        let phones = vec![
            phone(ECHO, "Echo", Behaviour::Echo),
            phone(HANDSET, "Handset", Behaviour::Manual),
            phone(FRIEND, "Friend", Behaviour::Manual),
        ];
        let config = Config { account, timing, phones, ..Config::default() };
        Self { emulator: Emulator::start(config).await.unwrap(), application }
    }

    /// Whoever calls the line is connected with `number`.
    pub(crate) fn line_dials(&self, number: &str) {
        let verbs = format!(r#"<Dial answerOnBridge="true" timeout="5"><Number>{number}</Number></Dial>"#);
        self.application.twiml("/in", &verbs);
    }

    pub(crate) fn line_says(&self, verbs: &str) {
        self.application.twiml("/in", verbs);
    }

    /// A connected page of the handset.
    pub(crate) async fn page(&self) -> Page {
        Page::of(&self.emulator.url(), HANDSET).await
    }

    /// Waits until a phone of this number has done something that contains `action`.
    pub(crate) async fn phone_does(&self, number: &str, action: &str) {
        let fits = |entry: &emulator::Entry| match &entry.event {
            emulator::Event::Phone { number: of, action: done } => of == number && done.contains(action),
            _ => false,
        };
        let found = self.emulator.timeline().wait_for(fits, PATIENCE).await;
        found.unwrap_or_else(|entries| panic!("{number} never {action}: {entries:#?}"));
    }
}
