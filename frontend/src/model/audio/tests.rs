use proptest::prelude::*;

use super::*;

fn device(input: bool, name: &str, system_default: bool) -> AudioDevice {
    AudioDevice { input, id: format!("{input}-{name}"), name: name.to_owned(), system_default }
}

fn laptop() -> Vec<AudioDevice> {
    vec![device(true, "Laptop", true), device(false, "Laptop", true)]
}

fn with_headset() -> Vec<AudioDevice> {
    let mut devices = laptop();
    devices.extend([device(true, "Headset", false), device(false, "Headset", false)]);
    devices
}

fn choose(role: Role, name: &str) -> AudioEvent {
    AudioEvent::Choose { role, name: Some(name.to_owned()) }
}

fn told(effects: &[AudioEffect]) -> Vec<AudioNotice> {
    let notice = |effect: &AudioEffect| {
        if let AudioEffect::Tell(notice) = effect { Some(notice.clone()) } else { None }
    };
    effects.iter().filter_map(notice).collect()
}

#[test]
fn a_headset_is_unplugged_in_a_call_and_comes_back() {
    let mut audio = Audio::default();
    audio.on(AudioEvent::Devices(with_headset()));
    let effects = audio.on(choose(Role::Microphone, "Headset"));
    let remember = AudioEffect::Remember { role: Role::Microphone, name: Some("Headset".to_owned()) };
    assert_eq!(effects, [remember], "no call, no microphone");
    audio.on(AudioEvent::InCall(true));

    let gone = audio.on(AudioEvent::Devices(laptop()));
    let notice = AudioNotice {
        role: Role::Microphone,
        change: Change::Lost("Headset".to_owned()),
        now: Some("Laptop".to_owned()),
    };
    assert_eq!(gone, [AudioEffect::Reopen, AudioEffect::Tell(notice)]);
    assert_eq!(audio.id(Role::Microphone), None);

    let back = audio.on(AudioEvent::Devices(with_headset()));
    let notice =
        AudioNotice { role: Role::Microphone, change: Change::Back, now: Some("Headset".to_owned()) };
    assert_eq!(back, [AudioEffect::Reopen, AudioEffect::Tell(notice)]);
    assert_eq!(audio.id(Role::Microphone), Some("true-Headset"));
}

#[test]
fn the_system_moves_to_another_device() {
    let mut audio = Audio::default();
    audio.on(AudioEvent::Devices(laptop()));
    audio.on(AudioEvent::InCall(true));
    let mut devices = with_headset();
    for device in &mut devices {
        device.system_default = device.name == "Headset";
    }
    let effects = audio.on(AudioEvent::Devices(devices));
    let notices = told(&effects);
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices.iter().all(|notice| notice.change == Change::Moved));
    assert!(effects.contains(&AudioEffect::Reopen));
    // What the system does with its default output is its own business.
    assert!(!effects.iter().any(|effect| matches!(effect, AudioEffect::Output { .. })));
}

#[test]
fn the_last_microphone_is_unplugged() {
    let mut audio = Audio::default();
    audio.on(AudioEvent::Devices(laptop()));
    audio.on(AudioEvent::InCall(true));
    let effects = audio.on(AudioEvent::Devices(vec![device(false, "Laptop", true)]));
    let lost = Change::Lost("Laptop".to_owned());
    assert_eq!(told(&effects), [AudioNotice { role: Role::Microphone, change: lost, now: None }]);
}

#[test]
fn names_that_become_known_are_no_news() {
    let unnamed = |input| AudioDevice { input, id: String::new(), name: String::new(), system_default: true };
    let remembered = [Some("Headset".to_owned()), Some("Headset".to_owned()), None];
    let mut audio = Audio::new(remembered);
    audio.on(AudioEvent::Devices(vec![unnamed(true), unnamed(false)]));
    assert!(!audio.names_known());
    audio.on(AudioEvent::InCall(true));
    let effects = audio.on(AudioEvent::Devices(with_headset()));
    let output = AudioEffect::Output { role: Role::Speaker, id: Some("false-Headset".to_owned()) };
    assert_eq!(effects, [output], "who opened the microphone has opened the right one");
}

/// Firefox lists a microphone without name or id, and no output, until the page has opened one.
#[test]
fn what_was_hidden_is_no_change_of_a_device() {
    let hidden = AudioDevice { input: true, id: String::new(), name: String::new(), system_default: false };
    let mut audio = Audio::default();
    audio.on(AudioEvent::Devices(vec![hidden.clone()]));
    audio.on(AudioEvent::InCall(true));
    assert_eq!(audio.on(AudioEvent::Devices(laptop())), []);
    // and hidden again, where the permission was for this call alone
    assert_eq!(audio.on(AudioEvent::Devices(vec![hidden.clone()])), []);
    assert_eq!(audio.on(AudioEvent::Devices(laptop())), []);
    assert_eq!(told(&audio.on(AudioEvent::Devices(vec![device(false, "Laptop", true)]))).len(), 1);
}

#[test]
fn what_the_sdk_forgot_is_said_again() {
    let mut audio = Audio::new([None, Some("Headset".to_owned()), Some("Laptop".to_owned())]);
    audio.on(AudioEvent::Devices(with_headset()));
    let ids = audio.on(AudioEvent::Forgotten);
    let output = |role, id: &str| AudioEffect::Output { role, id: Some(id.to_owned()) };
    assert_eq!(ids, [output(Role::Speaker, "false-Headset"), output(Role::Ringer, "false-Laptop")]);
}

#[test]
fn trouble_comes_and_goes_by_itself() {
    let mut audio = Audio::default();
    assert_eq!(audio.trouble(), None, "nothing is known yet");
    audio.on(AudioEvent::Devices(vec![device(false, "Laptop", true)]));
    assert_eq!(audio.trouble(), Some(Trouble::Missing));
    audio.on(AudioEvent::Devices(laptop()));
    assert_eq!(audio.trouble(), None);
    audio.on(AudioEvent::Audible(false));
    assert_eq!(audio.trouble(), Some(Trouble::Silent));

    audio.on(AudioEvent::Opened(Err(Trouble::Denied)));
    assert_eq!(audio.trouble(), Some(Trouble::Denied), "worse than silence");
    audio.on(AudioEvent::Devices(with_headset()));
    assert_eq!(audio.trouble(), Some(Trouble::Denied), "another microphone would be denied, too");
    audio.on(AudioEvent::Permission { denied: true, granted: false });
    audio.on(AudioEvent::Opened(Ok(())));
    assert_eq!(audio.trouble(), Some(Trouble::Denied));
    audio.on(AudioEvent::Permission { denied: false, granted: false });
    audio.on(AudioEvent::Audible(true));
    assert_eq!(audio.trouble(), None);

    audio.on(AudioEvent::Opened(Err(Trouble::Taken)));
    assert_eq!(audio.trouble(), Some(Trouble::Taken));
    audio.on(AudioEvent::Devices(with_headset()));
    assert_eq!(audio.trouble(), Some(Trouble::Taken), "nothing has changed");
    audio.on(AudioEvent::Devices(laptop()));
    assert_eq!(audio.trouble(), None);
}

#[test]
fn a_question_of_the_browser_is_told_until_it_is_answered() {
    let mut audio = Audio::default();
    audio.on(AudioEvent::Devices(laptop()));
    audio.on(AudioEvent::Audible(false));
    audio.on(AudioEvent::Waits(true));
    assert_eq!(audio.trouble(), Some(Trouble::Asked));
    audio.on(AudioEvent::Devices(with_headset()));
    assert_eq!(audio.trouble(), Some(Trouble::Asked), "a headset is no answer");
    // A second call, after the first was given up.
    audio.on(AudioEvent::Waits(true));
    audio.on(AudioEvent::Waits(false));
    audio.on(AudioEvent::Opened(Ok(())));
    assert_eq!(audio.microphone_trouble(), Some(Trouble::Asked), "of two questions one is answered");
    audio.on(AudioEvent::Permission { denied: false, granted: true });
    assert_eq!(audio.trouble(), Some(Trouble::Slow), "nobody asks any more");
    audio.on(AudioEvent::Waits(false));
    audio.on(AudioEvent::Opened(Ok(())));
    assert_eq!(audio.microphone_trouble(), None);
    audio.on(AudioEvent::Waits(true));
    audio.on(AudioEvent::Permission { denied: true, granted: false });
    assert_eq!(audio.trouble(), Some(Trouble::Denied));
}

#[test]
fn what_no_microphone_can_mend_is_named() {
    let mut audio = Audio::default();
    for trouble in [Trouble::Insecure, Trouble::Unable] {
        audio.on(AudioEvent::Opened(Err(trouble)));
        assert_eq!(audio.trouble(), Some(trouble));
    }
}

#[test]
fn what_the_browser_throws_is_understood() {
    for (name, trouble) in [
        ("NotAllowedError", Trouble::Denied),
        ("NotFoundError", Trouble::Missing),
        ("OverconstrainedError", Trouble::Missing),
        ("NotReadableError", Trouble::Taken),
        ("", Trouble::Taken),
    ] {
        assert_eq!(Trouble::from_error(name), trouble, "{name}");
    }
}

#[test]
fn devices_of_one_name_get_numbers() {
    let same = vec![
        device(true, "Webcam", true),
        device(true, "Webcam", false),
        device(false, "Webcam", false),
        device(true, "Webcam", false),
    ];
    let names: Vec<_> = tidy(same).into_iter().map(|device| device.name).collect();
    assert_eq!(names, ["Webcam", "Webcam (2)", "Webcam", "Webcam (3)"]);
    assert_eq!(tidy(vec![device(true, "", true), device(true, "", false)])[1].name, "");
}

#[test]
fn one_filter_at_a_time_and_always_one_that_is_there() {
    let mut audio = Audio::default();
    assert!(audio.browser_filters() && !audio.strong_filter_wanted(), "the browser's is the default");
    audio.choose_noise(NoiseFilter::Strong);
    assert!(!audio.browser_filters() && audio.strong_filter_wanted());
    assert_eq!(audio.on(AudioEvent::FilterMissing), [], "no call, nobody to tell in the middle of it");
    assert!(audio.browser_filters() && !audio.strong_filter_wanted());

    audio.on(AudioEvent::InCall(true));
    assert!(audio.browser_filters(), "the microphone of the call is opened with what is known");
    let notice = AudioNotice { role: Role::Microphone, change: Change::Unfiltered, now: None };
    assert_eq!(told(&audio.on(AudioEvent::FilterMissing)), [notice]);
    audio.on(AudioEvent::InCall(false));
    assert!(audio.strong_filter_wanted(), "the next call tries again");
    audio.on(AudioEvent::FilterMissing);
    audio.choose_noise(NoiseFilter::Strong);
    assert!(audio.strong_filter_wanted(), "so does who chooses it again");
    audio.choose_noise(NoiseFilter::Off);
    assert!(!audio.browser_filters() && !audio.strong_filter_wanted());
}

#[test]
fn codes_are_read_back() {
    for filter in NoiseFilter::ALL {
        assert_eq!(NoiseFilter::from_code(filter.code()), filter);
    }
    for ringtone in Ringtone::ALL {
        assert_eq!(Ringtone::from_code(ringtone.code()), ringtone);
    }
    assert_eq!(NoiseFilter::from_code("?"), NoiseFilter::Browser);
    assert_eq!(Ringtone::from_code("?"), Ringtone::Sidetone);
}

/// Devices of three names, each there or not, one of them the system's.
fn devices() -> impl Strategy<Value = Vec<AudioDevice>> {
    let names = ["Laptop", "Headset", "Screen"];
    (proptest::collection::vec(any::<bool>(), 6), 0..3_usize).prop_map(move |(there, default)| {
        let all = [true, false].into_iter().flat_map(|input| {
            names.iter().enumerate().map(move |(i, name)| device(input, name, i == default))
        });
        all.zip(there).filter(|(_, there)| *there).map(|(device, _)| device).collect()
    })
}

fn event() -> impl Strategy<Value = AudioEvent> {
    let role = prop_oneof![Just(Role::Microphone), Just(Role::Speaker), Just(Role::Ringer)];
    let name = proptest::option::of(prop_oneof![Just("Laptop"), Just("Headset"), Just("Gone")]);
    prop_oneof![
        3 => devices().prop_map(AudioEvent::Devices),
        2 => (role, name).prop_map(|(role, name)| AudioEvent::Choose { role, name: name.map(str::to_owned) }),
        1 => any::<bool>().prop_map(AudioEvent::InCall),
        1 => Just(AudioEvent::Forgotten),
    ]
}

proptest! {
    /// Whoever does what the effects say always has the right devices, and hears nothing of what is no news.
    #[test]
    fn the_effects_keep_up_with_the_truth(events in proptest::collection::vec(event(), 1..40)) {
        let mut audio = Audio::default();
        let mut outputs = [None, None];
        let mut microphone = None;
        for event in events {
            let starts = event == AudioEvent::InCall(true);
            let effects = audio.on(event);
            let used = audio.used(Role::Microphone).map(|device| device.id.clone());
            for effect in &effects {
                match effect {
                    AudioEffect::Output { role, id } => outputs[*role as usize - 1].clone_from(id),
                    AudioEffect::Reopen => {
                        prop_assert!(audio.in_call, "a microphone opened without a call");
                        microphone.clone_from(&used);
                    }
                    AudioEffect::Tell(notice) => {
                        prop_assert!(audio.in_call);
                        prop_assert_eq!(&notice.now, &audio.used(notice.role).map(|device| device.name.clone()));
                    }
                    AudioEffect::Remember { .. } => {}
                }
            }
            if starts || !audio.in_call {
                microphone.clone_from(&used);
            }
            prop_assert_eq!(&microphone, &used);
            for (role, id) in [Role::Speaker, Role::Ringer].into_iter().zip(&outputs) {
                prop_assert_eq!(id.as_deref(), audio.id(role));
                if let Some(name) = audio.chosen(role)
                    && audio.devices(role).any(|device| device.name == name)
                {
                    prop_assert_eq!(audio.used(role).map(|device| &*device.name), Some(name));
                }
            }
        }
    }
}
