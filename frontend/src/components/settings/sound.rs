use leptos::prelude::*;

use super::picker::{DevicePicker, Picker};
use super::sound_test::{MicrophoneTest, PlayButton};
use crate::model::audio::{Audio, NoiseFilter, Ringtone, Role};
use crate::state::Phone;
use crate::text;

/// Which devices speak, sound and ring, and what is done to their sound.
#[component]
pub(crate) fn SoundSettings() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let names_known = Memo::new(move |_| phone.sound.audio.with(Audio::names_known));
    let filter_missing = Memo::new(move |_| phone.sound.audio.with(|audio| audio.filter_missing));
    let noise = move |code: String| phone.choose_noise_filter(NoiseFilter::from_code(&code));
    let noises: Vec<_> =
        NoiseFilter::ALL.map(|filter| (filter.code().to_owned(), noise_words(filter).to_owned())).into();
    let ringtone = move |code: String| phone.choose_ringtone(Ringtone::from_code(&code));
    let ringtones: Vec<_> =
        Ringtone::ALL.map(|ring| (ring.code().to_owned(), ringtone_words(ring).to_owned())).into();
    view! {
        <section id="sound-settings" class="settings-part sound" aria-labelledby="sound-heading">
            <h3 id="sound-heading">{text::audio::heading()}</h3>
            <Show when=move || !names_known.get()>
                <p class="soft">{text::audio::names_hidden()}</p>
                <button
                    id="show-names"
                    type="button"
                    class="text-button"
                    on:click=move |_| phone.try_microphone()
                >
                    {text::audio::show_names()}
                </button>
            </Show>
            <DevicePicker role=Role::Microphone label=text::audio::microphone() />
            <MicrophoneTest />
            <Picker
                id="noise"
                label=text::audio::noise()
                options=noises
                value=Signal::derive(move || phone.sound.audio.with(|audio| audio.noise.code().to_owned()))
                on_choose=Callback::new(noise)
            />
            <p id="noise-missing" class="soft" role="status">
                {move || filter_missing.get().then(text::audio::noise_missing)}
            </p>
            <DevicePicker role=Role::Speaker label=text::audio::speaker() />
            <PlayButton id="test-speaker" role=Role::Speaker label=text::audio::test_speaker() sound=Some("chime") />
            <DevicePicker role=Role::Ringer label=text::audio::ringer() />
            <Picker
                id="ringtone"
                label=text::audio::ringtone()
                options=ringtones
                value=Signal::derive(move || phone.sound.audio.with(|audio| audio.ringtone.code().to_owned()))
                on_choose=Callback::new(ringtone)
            />
            <PlayButton
                id="test-ringer"
                role=Role::Ringer
                label=text::audio::test_ringer()
                sound=Signal::derive(move || phone.sound.audio.with(|audio| audio.ringtone.sound()))
            />
        </section>
    }
}

fn noise_words(filter: NoiseFilter) -> &'static str {
    match filter {
        NoiseFilter::Off => text::audio::noise_off(),
        NoiseFilter::Browser => text::audio::noise_browser(),
        NoiseFilter::Strong => text::audio::noise_strong(),
    }
}

fn ringtone_words(ringtone: Ringtone) -> &'static str {
    match ringtone {
        Ringtone::Sidetone => text::ringtone::sidetone(),
        Ringtone::Bell => text::ringtone::bell(),
        Ringtone::Marimba => text::ringtone::marimba(),
        Ringtone::Sunrise => text::ringtone::sunrise(),
        Ringtone::Pulse => text::ringtone::pulse(),
        Ringtone::Silent => text::ringtone::silent(),
    }
}
