use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::{NewLine, OneTimeCode};

use crate::components::sign_in::FormError;
use crate::messages;
use crate::state::Admin;
use crate::text;

/// A number that becomes a line; its user is invited.
#[component]
pub(super) fn AddLine(
    admin: Admin,
    invited: RwSignal<Option<OneTimeCode>>,
    done: Callback<()>,
) -> impl IntoView {
    let (number, label) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (is_admin, busy) = (RwSignal::new(false), RwSignal::new(false));
    let error = RwSignal::new(None::<String>);
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Err(fault) = PhoneNumber::parse(&number.get_untracked(), None) {
            return error.set(Some(messages::phone_number(&fault)));
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let wish = NewLine {
                phone_number: number.get_untracked(),
                label: label.get_untracked(),
                admin: is_admin.get_untracked(),
            };
            let answer = admin.add(&wish).await;
            busy.try_set(false);
            match answer {
                Ok(code) => drop(invited.try_set(Some(code))),
                Err(why) => drop(error.try_set(Some(why))),
            }
        });
    };
    let first = NodeRef::<Input>::new();
    first.on_load(|field| drop(field.focus()));
    view! {
        <form id="add-line-form" class="form" novalidate on:submit=submit>
            <label for="new-number">{text::sign_in::phone_number()}</label>
            <input
                id="new-number"
                node_ref=first
                type="tel"
                autocomplete="off"
                placeholder="+81 50-3123-4567"
                aria-describedby="new-number-hint add-line-error"
                prop:value=move || number.get()
                on:input:target=move |ev| number.set(ev.target().value())
            />
            <p id="new-number-hint" class="field-hint">{text::admin::number_hint()}</p>
            <label for="new-label">{text::admin::name()}</label>
            <input
                id="new-label"
                type="text"
                autocomplete="off"
                maxlength="60"
                prop:value=move || label.get()
                on:input:target=move |ev| label.set(ev.target().value())
            />
            <label class="check" for="new-admin">
                <input
                    id="new-admin"
                    type="checkbox"
                    prop:checked=move || is_admin.get()
                    on:change:target=move |ev| is_admin.set(ev.target().checked())
                />
                <span>{text::admin::is_admin()}</span>
            </label>
            <FormError id="add-line-error" words=error />
            <div class="question-answers">
                <button
                    id="add-line-save"
                    type="submit"
                    class="action action-brand"
                    aria-busy=move || busy.get().to_string()
                >
                    {move || if busy.get() { text::admin::saving() } else { text::admin::add() }}
                </button>
                <button type="button" class="action action-quiet" on:click=move |_| done.run(())>
                    {text::app::cancel()}
                </button>
            </div>
        </form>
    }
}
