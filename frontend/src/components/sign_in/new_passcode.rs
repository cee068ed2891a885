use leptos::html::Input;
use leptos::prelude::*;

use shared::{PhoneNumber, passcode};

use crate::messages;
use crate::text;

/// A passcode that is being chosen: entered twice, shown on demand.
#[derive(Clone, Copy)]
pub(crate) struct NewPasscode {
    first: RwSignal<String>,
    second: RwSignal<String>,
    shown: RwSignal<bool>,
}

impl NewPasscode {
    pub(crate) fn new() -> Self {
        Self {
            first: RwSignal::new(String::new()),
            second: RwSignal::new(String::new()),
            shown: RwSignal::new(false),
        }
    }

    /// What was chosen, or why nothing was.
    pub(crate) fn chosen(self) -> Result<String, String> {
        let first = self.first.get_untracked();
        if first.is_empty() {
            Err(text::passcode::enter_new().to_owned())
        } else if first != self.second.get_untracked() {
            Err(text::passcode::differ().to_owned())
        } else {
            Ok(first)
        }
    }
}

/// The two fields. `error` is the id of the element that says what is wrong.
#[component]
pub(crate) fn NewPasscodeFields(
    passcode: NewPasscode,
    error: &'static str,
    /// The line's, which the passcode must not be. Where it is not known, the server alone says what is wrong.
    number: Option<PhoneNumber>,
    #[prop(optional)] field: NodeRef<Input>,
) -> impl IntoView {
    let NewPasscode { first, second, shown } = passcode;
    let kind = move || if shown.get() { "text" } else { "password" };
    view! {
        <label for="new-passcode">{text::passcode::new()}</label>
        <div class="passcode-field">
            <input
                id="new-passcode"
                node_ref=field
                type=kind
                autocomplete="new-password"
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=format!("passcode-rules {error}")
                prop:value=move || first.get()
                on:input:target=move |ev| first.set(ev.target().value())
            />
            <button
                type="button"
                class="quiet-button"
                aria-label=text::passcode::show_label()
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || if shown.get() { text::passcode::hide() } else { text::passcode::show() }}
            </button>
        </div>
        <p id="passcode-rules" class="field-hint" role="status">
            {move || {
                let fault = number.as_ref().and_then(|number| first.with(|first| passcode::check(first, number)).err());
                messages::passcode_advice(first.with(String::is_empty), fault)
            }}
        </p>
        <label for="new-passcode-again">{text::passcode::new_again()}</label>
        <input
            id="new-passcode-again"
            type=kind
            autocomplete="new-password"
            spellcheck="false"
            autocapitalize="none"
            aria-describedby=error
            prop:value=move || second.get()
            on:input:target=move |ev| second.set(ev.target().value())
        />
    }
}
