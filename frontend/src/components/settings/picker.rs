use leptos::prelude::*;

use crate::browser::media;
use crate::model::audio::{Audio, AudioEvent, Role};
use crate::state::Phone;
use crate::text;

/// The value of the choice that leaves it to the system; no device has an empty name that can be chosen.
const SYSTEM: &str = "";

/// One of a few, in a drop-down list. Each option is its code and its words.
#[component]
pub(crate) fn Picker(
    id: &'static str,
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label for=id>{label}</label>
        <select id=id class="picker" on:change:target=move |ev| on_choose.run(ev.target().value())>
            {move || {
                let value = value.get();
                options
                    .get()
                    .into_iter()
                    .map(|(code, words)| {
                        let selected = code == value;
                        view! {
                            <option value=code selected=selected prop:selected=selected>
                                {words}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    }
}

/// The devices of a role, by name.
#[component]
pub(crate) fn DevicePicker(role: Role, label: &'static str) -> impl IntoView {
    let phone = expect_context::<Phone>();
    if !role.is_input() && !media::chooses_outputs() {
        return view! {
            <p class="picker-label">{label}</p>
            <p class="soft">{text::audio::no_output_choice()}</p>
        }
        .into_any();
    }
    let audio = phone.sound.audio;
    let choices = Memo::new(move |_| audio.with(|audio| choices(audio, role)));
    let chosen = Memo::new(move |_| audio.with(|audio| audio.chosen(role).unwrap_or(SYSTEM).to_owned()));
    let choose = move |name: String| {
        let name = Some(name).filter(|name| name != SYSTEM);
        phone.feed_audio(AudioEvent::Choose { role, name });
    };
    view! { <Picker id=role.code() label options=choices value=chosen on_choose=Callback::new(choose) /> }
        .into_any()
}

/// The system's device, every device with a name, and the one that was chosen but is not there.
fn choices(audio: &Audio, role: Role) -> Vec<(String, String)> {
    let system = audio.devices(role).find(|device| device.system_default && !device.name.is_empty());
    let words = match system {
        Some(device) => text::audio::system_default_is(&device.name),
        None => text::audio::system_default().to_owned(),
    };
    let mut choices = vec![(SYSTEM.to_owned(), words)];
    let named = audio.devices(role).filter(|device| !device.name.is_empty());
    choices.extend(named.map(|device| (device.name.clone(), device.name.clone())));
    if let Some(name) = audio.chosen(role)
        && !choices.iter().any(|(code, _)| code == name)
    {
        choices.push((name.to_owned(), text::audio::absent(name)));
    }
    choices
}
