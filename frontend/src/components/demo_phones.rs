use leptos::prelude::*;
use shared::api::{DemoPhone, DemoWorld};

use super::icon::Icon;
use super::same_type::on;
use crate::browser::page;
use crate::messages;
use crate::state::Dialing;
use crate::text;

/// Who can be called in the demo. A click writes the number into the field.
#[component]
pub(crate) fn DemoPhones(world: DemoWorld, dialing: Dialing) -> impl IntoView {
    let row = move |phone: DemoPhone| {
        let number = phone.phone_number;
        let shown = number.international();
        let (label, what) = messages::demo_phone(phone.kind);
        view! {
            <li>
                <button
                    type="button"
                    class="demo-phone"
                    data-number=number.to_string()
                    on:click=on(move |_| {
                        dialing.change(|dialer| dialer.set(&number, ""));
                        // On a small screen the field is out of sight.
                        page::scroll_to_top();
                        page::focus_id("call-button");
                    })
                >
                    <span class="demo-label">{label}</span>
                    <span class="demo-number">{shown}</span>
                    <span class="demo-what">{what}</span>
                </button>
            </li>
        }
    };
    view! {
        <aside class="card panel demo" aria-labelledby="demo-heading">
            <h2 id="demo-heading">{text::demo::people()}</h2>
            <ul class="demo-list">{world.phones.into_iter().map(row).collect_view()}</ul>
            <p class="demo-links">
                <a href=world.handset_url target="_blank">
                    {text::demo::handset()}
                    {Icon::EXTERNAL.view()}
                </a>
                <a href=world.timeline_url target="_blank">
                    {text::demo::timeline()}
                    {Icon::EXTERNAL.view()}
                </a>
            </p>
        </aside>
    }
}
