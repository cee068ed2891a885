use std::net::SocketAddr;

use emulator::{Behaviour, Config, Number, PhoneSeed};
use shared::{
    PhoneNumber,
    api::{DemoLine, DemoPhone, DemoPhoneKind as Kind, DemoWorld},
};

use crate::dialling::{number_facts::Territory, policy::Countries};

/// The external phone that a person plays in the browser.
pub const HANDSET: &str = "+819059876543";

/// Number, passcode, label. American numbers are from the range that is kept for fiction.
const LINES: [(&str, &str, &str); 3] = [
    ("+815031234567", "1111", "Tokyo"),
    ("+12025550143", "2222", "Washington"),
    ("+14155550198", "3333", "San Francisco"),
];

/// Number, label, what happens when it is called, the same for pages, and what makes it happen.
const PHONES: [(&str, &str, &str, Kind, Behaviour); 7] = [
    ("+12125550110", "Echo test", "Answers and sends back what you say.", Kind::Echo, Behaviour::Echo),
    (
        "+12125550111",
        "A caller that talks",
        "Answers and plays a steady tone.",
        Kind::Tone,
        Behaviour::Tone { hz: 600.0 },
    ),
    ("+12125550112", "Busy", "Is always busy.", Kind::Busy, Behaviour::Busy),
    ("+12125550113", "Never answers", "Rings until you give up.", Kind::NoAnswer, Behaviour::NoAnswer),
    ("+12125550114", "Not in service", "Cannot be reached.", Kind::NotInService, Behaviour::NotInService),
    ("+12125550115", "Keypad menu", "Answers and confirms every key you press.", Kind::Menu, Behaviour::Menu),
    (
        HANDSET,
        "Handset",
        "Rings on the handset page, where you are the outside world.",
        Kind::Handset,
        Behaviour::Manual,
    ),
];

/// Who is in the demo, as `GET api/demo` tells it. `emulator_url` has no slash at its end.
pub fn world(emulator_url: &str) -> DemoWorld {
    let number = |text| PhoneNumber::from_e164(text).ok();
    let lines = LINES.iter().filter_map(|(text, passcode, label)| {
        Some(DemoLine {
            phone_number: number(text)?,
            passcode: (*passcode).to_owned(),
            label: (*label).to_owned(),
        })
    });
    let phones = PHONES.iter().filter_map(|(text, label, what, kind, _)| {
        Some(DemoPhone {
            phone_number: number(text)?,
            label: (*label).to_owned(),
            what: (*what).to_owned(),
            kind: *kind,
        })
    });
    DemoWorld {
        lines: lines.collect(),
        phones: phones.collect(),
        handset_url: format!("{emulator_url}/handset?number={}", HANDSET.replace('+', "%2B")),
        timeline_url: format!("{emulator_url}/timeline"),
    }
}

/// The countries of the world, which all of its lines may dial.
pub(super) fn countries() -> Countries {
    Countries::These(["JP", "US"].into_iter().filter_map(Territory::from_code).collect())
}

/// An emulator of that world: an account that owns the lines' numbers, and the phones.
pub fn emulator_config(bind: SocketAddr) -> Config {
    let mut config = Config { bind, ..Config::default() };
    config.account.numbers = LINES
        .iter()
        .map(|(number, _, _)| Number { phone_number: (*number).to_owned(), ..Number::default() })
        .collect();
    config.phones = PHONES
        .iter()
        .map(|(number, label, _, _, behaviour)| PhoneSeed {
            phone_number: (*number).to_owned(),
            label: (*label).to_owned(),
            behaviour: behaviour.clone(),
        })
        .collect();
    config
}
