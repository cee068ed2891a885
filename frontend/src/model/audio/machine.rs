use super::{AudioDevice, AudioNotice, Change, NoiseFilter, Ringtone, Role, Trouble};

/// What happens to the devices.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AudioEvent {
    /// The browser's list, [`tidy`](super::tidy).
    Devices(Vec<AudioDevice>),
    /// The user chooses; `None` is what the system uses.
    Choose { role: Role, name: Option<String> },
    /// A call needs the microphone, or needs it no more.
    InCall(bool),
    /// The SDK forgot the outputs: it is a new Device, or has just learned of them.
    Forgotten,
    /// What the browser's settings say about the microphone.
    Permission { denied: bool, granted: bool },
    /// The microphone was to be opened a good while ago and is not; or one of those is, or will not be.
    Waits(bool),
    /// The microphone was opened, or what was in the way.
    Opened(Result<(), Trouble>),
    /// The browser lets sounds out, or not before the page is touched.
    Audible(bool),
    /// The strong noise filter cannot be had.
    FilterMissing,
}

/// What must be done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AudioEffect {
    /// The call's microphone is opened again, for [`Audio::id`] has another answer.
    Reopen,
    /// Sound comes from this device from now on; `None` is what the system uses.
    Output { role: Role, id: Option<String> },
    /// For the next visit.
    Remember { role: Role, name: Option<String> },
    /// To be told: [`Audio::tell`].
    Tell(AudioNotice),
}

/// The devices and the choices among them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Audio {
    devices: Vec<AudioDevice>,
    /// Names, by role; `None` is what the system uses.
    chosen: [Option<String>; 3],
    pub(super) in_call: bool,
    /// The list has come at least once.
    listed: bool,
    denied: bool,
    granted: bool,
    /// How many microphones have not opened for a good while.
    waiting: u32,
    /// What the last attempt to open the microphone met with.
    failed: Option<Trouble>,
    silent: bool,
    pub ringtone: Ringtone,
    pub noise: NoiseFilter,
    /// The strong noise filter was wanted and could not be had; the next call tries again.
    pub filter_missing: bool,
    /// What happened to the devices in this call, until it has been read; of each role the last.
    notices: Vec<AudioNotice>,
}

impl Audio {
    /// With the choices of the last visit, by [`Role::ALL`].
    pub fn new(chosen: [Option<String>; 3]) -> Self {
        Self { chosen, ..Self::default() }
    }

    /// The devices of a role.
    pub fn devices(&self, role: Role) -> impl Iterator<Item = &AudioDevice> {
        self.devices.iter().filter(move |device| device.input == role.is_input())
    }

    /// The user's choice, whether it is there or not.
    pub fn chosen(&self, role: Role) -> Option<&str> {
        self.chosen[role as usize].as_deref()
    }

    /// The chosen device, if it is there.
    fn found(&self, role: Role) -> Option<&AudioDevice> {
        let name = self.chosen(role)?;
        self.devices(role).find(|device| device.name == name)
    }

    /// The device to ask the browser for; `None` for what the system uses.
    pub fn id(&self, role: Role) -> Option<&str> {
        self.found(role).map(|device| &*device.id)
    }

    /// The device in use: the chosen one, or what the system uses in its absence.
    pub fn used(&self, role: Role) -> Option<&AudioDevice> {
        self.found(role)
            .or_else(|| self.devices(role).find(|device| device.system_default))
            .or_else(|| self.devices(role).next())
    }

    /// The browser tells names.
    pub fn names_known(&self) -> bool {
        self.devices.iter().any(|device| !device.name.is_empty())
    }

    /// Until a page has opened a microphone, browsers hide names and ids, and Firefox hides outputs as a whole.
    fn is_hidden(&self) -> bool {
        !self.devices.is_empty() && !self.names_known()
    }

    /// The user has chosen a microphone that cannot be told from others yet.
    pub fn chooses_unseen(&self) -> bool {
        self.chosen(Role::Microphone).is_some() && self.is_hidden()
    }

    /// What the user should know before a call, the worst first.
    pub fn trouble(&self) -> Option<Trouble> {
        self.microphone_trouble().or(self.silent.then_some(Trouble::Silent))
    }

    /// What is in the way of being heard.
    pub fn microphone_trouble(&self) -> Option<Trouble> {
        if self.denied {
            return Some(Trouble::Denied);
        }
        if self.waiting > 0 {
            return Some(if self.granted { Trouble::Slow } else { Trouble::Asked });
        }
        if self.listed && self.devices(Role::Microphone).next().is_none() {
            return Some(Trouble::Missing);
        }
        self.failed
    }

    /// The browser takes the noise out. Two filters in a row would eat the voice.
    pub fn browser_filters(&self) -> bool {
        self.noise == NoiseFilter::Browser || (self.noise == NoiseFilter::Strong && self.filter_missing)
    }

    pub fn strong_filter_wanted(&self) -> bool {
        self.noise == NoiseFilter::Strong && !self.filter_missing
    }

    pub fn choose_noise(&mut self, noise: NoiseFilter) {
        self.noise = noise;
        self.filter_missing = false;
    }

    pub fn notices(&self) -> &[AudioNotice] {
        &self.notices
    }

    /// They have been read, or are of a call that is over.
    pub fn forget_notices(&mut self) {
        self.notices.clear();
    }

    pub fn tell(&mut self, notice: AudioNotice) {
        self.notices.retain(|older| older.role != notice.role);
        self.notices.push(notice);
    }

    /// Takes an event; returns what must be done, in order.
    pub fn on(&mut self, event: AudioEvent) -> Vec<AudioEffect> {
        let mut effects = Vec::new();
        match event {
            AudioEvent::Devices(devices) => {
                let before = self.clone();
                self.devices = devices;
                self.listed = true;
                if self.devices != before.devices && self.failed != Some(Trouble::Denied) {
                    // Worth another try.
                    self.failed = None;
                }
                for role in Role::ALL {
                    self.compare(&before, role, true, &mut effects);
                }
            }
            AudioEvent::Choose { role, name } => {
                if self.chosen[role as usize] == name {
                    return effects;
                }
                let before = self.clone();
                self.chosen[role as usize].clone_from(&name);
                effects.push(AudioEffect::Remember { role, name });
                self.compare(&before, role, false, &mut effects);
            }
            AudioEvent::InCall(in_call) => {
                self.in_call = in_call;
                self.filter_missing &= in_call;
            }
            AudioEvent::Permission { denied, granted } => {
                self.denied = denied;
                self.granted = granted;
                if self.failed == Some(Trouble::Denied) {
                    self.failed = None;
                }
            }
            AudioEvent::Waits(true) => self.waiting += 1,
            AudioEvent::Waits(false) => self.waiting = self.waiting.saturating_sub(1),
            AudioEvent::Opened(result) => self.failed = result.err(),
            AudioEvent::Audible(audible) => self.silent = !audible,
            AudioEvent::FilterMissing => {
                self.filter_missing = true;
                if self.in_call {
                    let (role, change) = (Role::Microphone, Change::Unfiltered);
                    effects.push(AudioEffect::Tell(AudioNotice { role, change, now: None }));
                }
            }
            AudioEvent::Forgotten => {
                for role in [Role::Speaker, Role::Ringer] {
                    if let Some(id) = self.id(role) {
                        effects.push(AudioEffect::Output { role, id: Some(id.to_owned()) });
                    }
                }
            }
        }
        effects
    }

    /// Follows a change of the device in use.
    fn compare(&self, before: &Self, role: Role, tell: bool, effects: &mut Vec<AudioEffect>) {
        let (then, now) = (before.used(role), self.used(role));
        // What was hidden was there all along, and who opens the microphone follows the user's choice.
        let hidden = before.is_hidden() || self.is_hidden();
        let asked_for = before.id(role) != self.id(role);
        let moved = !hidden && then.map(|device| &device.id) != now.map(|device| &device.id);
        match role {
            Role::Microphone if self.in_call && (moved || asked_for && !hidden) => {
                effects.push(AudioEffect::Reopen);
            }
            Role::Speaker | Role::Ringer if asked_for => {
                effects.push(AudioEffect::Output { role, id: self.id(role).map(str::to_owned) });
            }
            Role::Microphone | Role::Speaker | Role::Ringer => {}
        }
        // The first list is no news, and a ringer matters to no call.
        if tell && self.in_call && moved && !before.devices.is_empty() && role != Role::Ringer {
            let change = match then {
                Some(then) if !self.devices(role).any(|device| device.id == then.id) => {
                    Change::Lost(then.name.clone())
                }
                _ if self.found(role).is_some() => Change::Back,
                _ => Change::Moved,
            };
            let now = now.map(|device| device.name.clone());
            effects.push(AudioEffect::Tell(AudioNotice { role, change, now }));
        }
    }
}
