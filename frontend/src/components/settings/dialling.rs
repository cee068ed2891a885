use leptos::prelude::*;

use crate::browser::links;
use crate::sdk;
use crate::text;

/// How keys sound, and what happens to phone numbers on other pages.
#[component]
pub(crate) fn DiallingSection() -> impl IntoView {
    let asked = RwSignal::new(None::<bool>);
    view! {
        <section class="settings-part" aria-labelledby="dialling-heading">
            <h3 id="dialling-heading">{text::settings::dialling()}</h3>
            <label class="check">
                <input
                    id="key-tones"
                    type="checkbox"
                    prop:checked=sdk::keys_sound()
                    on:change=move |ev| {
                        let on = event_target_checked(&ev);
                        sdk::let_keys_sound(on);
                        sdk::play_keys("5");
                    }
                />
                <span>{text::settings::key_tones()}</span>
            </label>
            {links::can_open_tel()
                .then(|| {
                    view! {
                        <p>{text::settings::tel_links()}</p>
                        <button
                            id="tel-links"
                            type="button"
                            class="action action-quiet"
                            on:click=move |_| asked.set(Some(links::open_tel()))
                        >
                            {text::settings::tel_links_open()}
                        </button>
                        <p id="tel-links-said" role="status">
                            {move || match asked.get() {
                                None => "",
                                Some(true) => text::settings::tel_links_asked(),
                                Some(false) => text::settings::tel_links_refused(),
                            }}
                        </p>
                    }
                })}
        </section>
    }
}
