use leptos::prelude::*;

use super::call::Advice;
use super::icon::Icon;
use super::lazy::lazy_part;
use crate::browser::page;
use crate::messages;
use crate::model::Call;
use crate::model::audio::{Audio, Trouble};
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
    // Where another tab has the phone, the browser asks there.
    let asked_elsewhere = Memo::new(move |_| {
        let waits = |call: &Call| call.is_live() && call.microphone.is_some_and(Trouble::is_wait);
        phone.tabs.elsewhere.get() && phone.calls.call.with(|call| call.as_ref().is_some_and(waits))
    });
    let trouble = Memo::new(move |_| {
        if asked_elsewhere.get() {
            Some(Trouble::AskedElsewhere)
        } else {
            phone.sound.audio.with(Audio::trouble)
        }
    });
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
                            <p>{messages::audio_trouble(trouble, &page::user_agent())}</p>
                            {messages::audio_trouble_cure(trouble)
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
                let words: Vec<String> = notices.with(|notices| notices.iter().map(messages::audio_notice).collect());
                (!words.is_empty())
                    .then(|| {
                        view! {
                            <p>{words.join(" ")}</p>
                            <button
                                type="button"
                                class="icon-button"
                                data-about=words.join(" ")
                                aria-label=text::app::dismiss()
                                on:click=move |_| phone.sound.forget_notices()
                            >
                                {Icon::CLOSE.view()}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
