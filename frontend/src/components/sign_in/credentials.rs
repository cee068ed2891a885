use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::api::SignIn;
use shared::{PhoneNumber, PhoneNumberError};

use super::attempt::{About, Attempt};
use super::form_error::FormError;
use crate::browser::page;
use crate::components::same_type::{live, on};
use crate::messages;
use crate::text;

/// Phone number and passcode, or the one-time code of the first time.
#[component]
pub(crate) fn Credentials(attempt: Attempt) -> impl IntoView {
    let Attempt { number, passcode, error, busy, .. } = attempt;
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let credentials = SignIn {
            phone_number: number.get_untracked(),
            passcode: passcode.get_untracked(),
            new_passcode: None,
        };
        match (credentials.phone_number.trim().is_empty(), credentials.passcode.is_empty()) {
            (true, _) => attempt.fail(text::sign_in::enter_number(), About::Number),
            (false, true) => attempt.fail(text::sign_in::enter_passcode(), About::Passcode),
            (false, false) => match unreadable(&credentials.phone_number) {
                Some(words) => attempt.fail(words, About::Number),
                None => attempt.sign_in(credentials),
            },
        }
    };
    page::focus_field_soon("phone-number", "sign-in");
    view! {
        <h1>{text::sign_in::heading()}</h1>
        {live(move || attempt.invited.get().then(|| view! { <p id="invited" class="lead">{text::sign_in::invited()}</p> }))}
        <form id="sign-in" class="form" tabindex="-1" on:submit=on(submit)>
            <label for="phone-number">{text::sign_in::phone_number()}</label>
            <input
                id="phone-number"
                name="username"
                type="tel"
                autocomplete="username"
                placeholder="+81 50-3123-4567"
                aria-describedby="sign-in-error"
                aria-invalid=live(move || Attempt::invalid(attempt.number_wrong))
                prop:value=live(move || number.get())
                on:input:target=move |ev| number.set(ev.target().value())
            />
            <label for="passcode">{text::sign_in::passcode()}</label>
            <input
                id="passcode"
                name="password"
                type="password"
                autocomplete="current-password"
                aria-describedby="passcode-help sign-in-error"
                aria-invalid=live(move || Attempt::invalid(attempt.passcode_wrong))
                prop:value=live(move || passcode.get())
                on:input:target=move |ev| passcode.set(ev.target().value())
            />
            <p id="passcode-help" class="field-hint">{text::sign_in::first_time()}</p>
            <FormError id="sign-in-error" words=Signal::derive(move || error.get()) />
            <button
                id="sign-in-button"
                type="submit"
                class="action action-brand"
                aria-busy=live(move || busy.get().to_string())
            >
                {live(move || if busy.get() { text::sign_in::signing_in() } else { text::sign_in::sign_in() })}
            </button>
        </form>
    }
}

/// Why this can be no line's number. One without its country the server may know.
fn unreadable(typed: &str) -> Option<String> {
    match PhoneNumber::parse(typed, None).err()? {
        PhoneNumberError::NeedsCountry => None,
        PhoneNumberError::Extension => Some(text::sign_in::enter_number().to_owned()),
        fault => Some(messages::phone_number(&fault)),
    }
}
