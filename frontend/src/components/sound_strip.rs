use leptos::prelude::*;

use super::call::Advice;
use super::icon::Icon;
use super::lazy::lazy_part;
use crate::browser::page;
use crate::model::audio::{Audio, AudioNotice, Trouble};
use crate::state::Phone;
use crate::text;

lazy_part! {
    /// Of interest from the first call on.
    pub(crate) fn sound_strip(phone: Phone) -> AnyView {
        view! { <SoundStrip phone /> }.into_any()
    }
}

/// What the user should know about microphone and speaker: what is in the way of a call, with the button that may mend it,
/// and what was plugged in or out in this one; in a call, also what stands between both ends.
#[component]
fn SoundStrip(phone: Phone) -> impl IntoView {
    let trouble = Memo::new(move |_| phone.sound.audio.with(Audio::trouble));
    let audio = phone.sound.audio;
    let notices = Memo::new(move |_| audio.with(|audio| audio.notices().to_vec()));
    let mend = move |_| match trouble.get_untracked() {
        Some(Trouble::Silent) => phone.turn_sound_on(),
        _ => phone.try_microphone(),
    };
    view! {
        <Advice />
        <div id="sound-trouble" class="strip" data-trouble=move || trouble.get().map(Trouble::code)>
            {move || {
                trouble
                    .get()
                    .map(|trouble| {
                        view! {
                            <p>{trouble.words(&page::user_agent())}</p>
                            {trouble
                                .cure()
                                .map(|cure| {
                                    view! {
                                        <button id="sound-cure" type="button" class="text-button" on:click=mend>
                                            {cure}
                                        </button>
                                    }
                                })}
                        }
                    })
            }}
        </div>
        <div id="sound-notice" class="strip strip-news">
            {move || {
                let words: Vec<String> = notices.with(|notices| notices.iter().map(AudioNotice::words).collect());
                (!words.is_empty())
                    .then(|| {
                        view! {
                            <p>{words.join(" ")}</p>
                            <button
                                type="button"
                                class="icon-button"
                                data-about=words.join(" ")
                                aria-label=text::app::dismiss()
                                on:click=move |_| audio.update(Audio::forget_notices)
                            >
                                {Icon::CLOSE.view()}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
