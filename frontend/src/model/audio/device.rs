/// What a device is used for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    Microphone,
    /// Where the far end is heard.
    Speaker,
    /// Where the phone rings.
    Ringer,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Microphone, Self::Speaker, Self::Ringer];

    /// In storage and in the page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Microphone => "microphone",
            Self::Speaker => "speaker",
            Self::Ringer => "ringer",
        }
    }

    pub fn is_input(self) -> bool {
        self == Self::Microphone
    }
}

/// A device for sound, as the browser lists it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AudioDevice {
    /// A microphone; otherwise something that sounds.
    pub input: bool,
    /// The browser's own name for it, which changes from visit to visit.
    pub id: String,
    /// For people; empty until the browser may use a microphone.
    pub name: String,
    /// What the system uses where nobody chooses.
    pub system_default: bool,
}

/// A list to be shown: devices of the same name get numbers, so that each can be chosen and remembered.
pub fn tidy(mut devices: Vec<AudioDevice>) -> Vec<AudioDevice> {
    for place in 0..devices.len() {
        let (before, rest) = devices.split_at_mut(place);
        let Some(device) = rest.first_mut().filter(|device| !device.name.is_empty()) else { continue };
        let same = |name: &str| before.iter().any(|other| other.input == device.input && other.name == name);
        let mut number = 1;
        let mut name = device.name.clone();
        while same(&name) {
            number += 1;
            name = [&device.name, " (", &u32::to_string(&number), ")"].concat();
        }
        device.name = name;
    }
    devices
}
