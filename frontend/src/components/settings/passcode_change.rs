use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::PasscodeChange;

use crate::browser::page;
use crate::components::sign_in::FormError;
use crate::components::sign_in::{NewPasscode, NewPasscodeFields};
use crate::state::Settings;
use crate::text;

/// A button that unfolds into the form.
#[component]
pub(crate) fn PasscodeChangeForm(settings: Settings, number: PhoneNumber) -> impl IntoView {
    let open = RwSignal::new(false);
    let done = RwSignal::new(false);
    view! {
        <section class="settings-part" aria-labelledby="passcode-heading">
            <h3 id="passcode-heading">{text::passcode::heading()}</h3>
            {move || {
                let number = number.clone();
                open.get().then(|| view! { <Fields settings number open done /> })
            }}
            <button
                id="passcode-button"
                type="button"
                class="text-button"
                hidden=move || open.get()
                on:click=move |_| {
                    done.set(false);
                    open.set(true);
                }
            >
                {text::passcode::change_open()}
            </button>
            <p id="passcode-done" class="soft" role="status">
                {move || done.get().then_some(text::passcode::changed())}
            </p>
        </section>
    }
}

#[component]
fn Fields(
    settings: Settings,
    number: PhoneNumber,
    open: RwSignal<bool>,
    done: RwSignal<bool>,
) -> impl IntoView {
    let present = RwSignal::new(String::new());
    let chosen = NewPasscode::new();
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let fold = move || {
        open.try_set(false);
        page::focus_id_soon("passcode-button");
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let passcode = present.get_untracked();
        if passcode.is_empty() {
            return error.set(Some(text::passcode::enter_present().to_owned()));
        }
        let new_passcode = match chosen.chosen() {
            Ok(new_passcode) => new_passcode,
            Err(words) => return error.set(Some(words)),
        };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let result = settings.change_passcode(&PasscodeChange { passcode, new_passcode }).await;
            busy.try_set(false);
            match result {
                Ok(()) => {
                    done.try_set(true);
                    fold();
                }
                Err(words) => {
                    error.try_set(Some(words));
                }
            }
        });
    };
    let first = NodeRef::<Input>::new();
    first.on_load(|field| drop(field.focus()));
    view! {
        <form id="passcode-form" class="form" novalidate on:submit=submit>
            <input type="text" name="username" autocomplete="username" value=number.to_string() readonly hidden />
            <label for="present-passcode">{text::passcode::present()}</label>
            <input
                id="present-passcode"
                node_ref=first
                type="password"
                autocomplete="current-password"
                aria-describedby="passcode-error"
                prop:value=move || present.get()
                on:input:target=move |ev| present.set(ev.target().value())
            />
            <NewPasscodeFields passcode=chosen error="passcode-error" number=Some(number) />
            <FormError id="passcode-error" words=error />
            <div class="question-answers">
                <button
                    id="passcode-save"
                    type="submit"
                    class="action action-brand"
                    aria-busy=move || busy.get().to_string()
                >
                    {move || if busy.get() { text::passcode::changing() } else { text::passcode::change() }}
                </button>
                <button type="button" class="action action-quiet" on:click=move |_| fold()>
                    {text::app::cancel()}
                </button>
            </div>
        </form>
    }
}
