use leptos::prelude::*;

use crate::state::Phone;
use crate::text;

/// Whether calls ring here, and what a declined caller hears.
#[component]
pub(crate) fn Calls() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let choice = move |id: &'static str, silent: bool, words: &'static str| {
        view! {
            <label class="choice">
                <input
                    id=id
                    type="radio"
                    name="decline"
                    prop:checked=move || phone.preferences.silent_decline.get() == silent
                    on:change=move |_| phone.set_silent_decline(silent)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <section class="settings-part" aria-labelledby="calls-heading">
            <h3 id="calls-heading">{text::settings::calls()}</h3>
            <label class="choice">
                <input
                    id="do-not-disturb"
                    type="checkbox"
                    role="switch"
                    aria-describedby="do-not-disturb-what"
                    prop:checked=move || phone.preferences.quiet.get()
                    on:change:target=move |ev| phone.set_quiet(ev.target().checked())
                />
                <span>{text::settings::do_not_disturb()}</span>
            </label>
            <p id="do-not-disturb-what" class="soft">{text::settings::do_not_disturb_what()}</p>
            <fieldset class="choices">
                <legend>{text::settings::decline()}</legend>
                {choice("decline-busy", false, text::settings::decline_busy())}
                {choice("decline-silent", true, text::settings::decline_silent())}
            </fieldset>
            {phone.is_alone().then(|| view! { <p class="soft">{text::settings::each_tab()}</p> })}
        </section>
    }
}
