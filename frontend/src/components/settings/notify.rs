use leptos::prelude::*;

use crate::model::Notify;
use crate::state::Phone;
use crate::text;

/// Whether a notification tells who calls. The browser asks the user only after a click here.
#[component]
pub(crate) fn Notifications() -> impl IntoView {
    let outside = expect_context::<Phone>().outside;
    outside.read_notify();
    let notify = outside.notify;
    let words = move || match notify.get() {
        Notify::Unsupported => text::notify::unsupported(),
        Notify::Denied => text::notify::denied(),
        Notify::Off => text::notify::off(),
        Notify::On => text::notify::on(),
    };
    let state = move || match notify.get() {
        Notify::Unsupported => "unsupported",
        Notify::Denied => "denied",
        Notify::Off => "off",
        Notify::On => "on",
    };
    let is_on = move || notify.get() == Notify::On;
    view! {
        <section class="settings-part" aria-labelledby="notify-heading">
            <h3 id="notify-heading">{text::notify::heading()}</h3>
            <p id="notify-words" class="soft" role="status" data-state=state>{words}</p>
            <button
                id="notify-button"
                type="button"
                class="text-button"
                hidden=move || matches!(notify.get(), Notify::Unsupported | Notify::Denied)
                on:click=move |_| outside.switch_notify(notify.get_untracked() != Notify::On)
            >
                {move || if is_on() { text::notify::turn_off() } else { text::notify::turn_on() }}
            </button>
        </section>
    }
}
