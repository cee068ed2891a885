use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::MediaStream;

use crate::browser::media;
use crate::browser::player::Player;
use crate::browser::recorder::Recording;
use crate::components::level::Level;
use crate::model::Call;
use crate::model::audio::Role;
use crate::sdk::sound_address;
use crate::state::Phone;
use crate::text;

/// Long enough for a sentence.
const RECORDING_MS: u32 = 4_000;

/// A button that plays a sound of the server's on the device of a role.
#[component]
pub(crate) fn PlayButton(
    id: &'static str,
    role: Role,
    label: &'static str,
    #[prop(into)] sound: Signal<Option<&'static str>>,
) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let player = StoredValue::new_local(None::<Player>);
    let failed = RwSignal::new(false);
    let play = move |_| {
        player.set_value(None);
        failed.set(false);
        let Some(sound) = sound.get_untracked() else { return };
        let device = phone.sound.audio.with_untracked(|audio| audio.id(role).map(str::to_owned));
        spawn_local(async move {
            match Player::start(&sound_address(sound), device.as_deref()).await {
                Ok(playing) => drop(player.try_set_value(Some(playing))),
                Err(_) => drop(failed.try_set(true)),
            }
        });
    };
    view! {
        <button id=id type="button" class="text-button" disabled=move || sound.get().is_none() on:click=play>
            {label}
        </button>
        <p class="soft" role="status">{move || failed.get().then(text::audio::not_played)}</p>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Idle,
    Asking,
    Recording,
    Playing,
    Done,
    /// Nothing was recorded; why is told above.
    Failed,
}

impl Step {
    fn words(self) -> &'static str {
        match self {
            Self::Idle => "",
            Self::Asking => text::audio::test_asking(),
            Self::Recording => text::audio::test_recording(),
            Self::Playing => text::audio::test_playing(),
            Self::Done => text::audio::test_done(),
            Self::Failed => text::audio::test_failed(),
        }
    }
}

/// Records a few seconds, shows how loud they are, and plays them where calls are heard.
#[component]
pub(crate) fn MicrophoneTest() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let step = RwSignal::new(Step::Idle);
    let stream = StoredValue::new_local(None::<MediaStream>);
    let busy = move || matches!(step.get(), Step::Asking | Step::Recording | Step::Playing);
    let in_call = Memo::new(move |_| phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
    let release = move || {
        if let Some(stream) = stream.try_update_value(Option::take).flatten() {
            media::stop(&stream);
        }
    };
    on_cleanup(release);
    let test = move |_| {
        step.set(Step::Asking);
        spawn_local(async move {
            let heard = record(phone, stream, step).await;
            let done = match heard {
                None => Step::Failed,
                Some(heard) => {
                    step.try_set(Step::Playing);
                    let device = phone
                        .sound
                        .audio
                        .try_with_untracked(|audio| audio.id(Role::Speaker).map(str::to_owned))
                        .flatten();
                    match Player::start(heard.address(), device.as_deref()).await {
                        Ok(player) => {
                            player.finish().await;
                            Step::Done
                        }
                        Err(_) => Step::Failed,
                    }
                }
            };
            step.try_set(done);
        });
    };
    view! {
        <button
            id="test-microphone"
            type="button"
            class="text-button"
            disabled=move || busy() || in_call.get()
            on:click=test
        >
            {text::audio::test_microphone()}
        </button>
        <Show when=move || step.get() == Step::Recording>
            <Level stream=move || stream.with_value(Clone::clone) />
        </Show>
        <p id="microphone-test" class="soft" role="status">{move || step.get().words()}</p>
    }
}

/// `None` when the microphone or the browser does not do it, or the settings were closed.
async fn record(
    phone: Phone,
    held: StoredValue<Option<MediaStream>, LocalStorage>,
    step: RwSignal<Step>,
) -> Option<Recording> {
    let stream = phone.open_microphone().await.ok()?;
    if held.try_set_value(Some(media::same(&stream))).is_some() {
        // Nobody is there any more to let it go.
        media::stop(&stream);
        return None;
    }
    step.try_set(Step::Recording);
    let recorded = Recording::make(&stream, RECORDING_MS).await.ok();
    held.try_set_value(None);
    media::stop(&stream);
    recorded
}
