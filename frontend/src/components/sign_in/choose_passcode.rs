use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use shared::PhoneNumber;
use shared::api::SignIn;

use super::attempt::{About, Attempt};
use super::form_error::FormError;
use super::new_passcode::{NewPasscode, NewPasscodeFields};
use crate::components::lazy::lazy_part;
use crate::text;

lazy_part! {
    /// Seen once by every user.
    pub(crate) fn choose_passcode(attempt: Attempt) -> AnyView {
        view! { <ChoosePasscode attempt /> }.into_any()
    }
}

/// After a right one-time code: the passcode for all times to come.
#[component]
fn ChoosePasscode(attempt: Attempt) -> impl IntoView {
    let Attempt { number, passcode, error, busy, .. } = attempt;
    let chosen = NewPasscode::new();
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        match chosen.chosen() {
            Err(words) => attempt.fail(words, About::Neither),
            Ok(new_passcode) => attempt.sign_in(SignIn {
                phone_number: number.get_untracked(),
                passcode: passcode.get_untracked(),
                new_passcode: Some(new_passcode),
            }),
        }
    };
    let field = NodeRef::<Input>::new();
    field.on_load(|field| drop(field.focus()));
    view! {
        <h1>{text::passcode::choose()}</h1>
        <p class="lead">{text::passcode::choose_lead()}</p>
        <form id="choose-passcode" class="form" novalidate on:submit=submit>
            // For password managers.
            <input type="text" name="username" autocomplete="username" value=number.get_untracked() readonly hidden />
            <NewPasscodeFields passcode=chosen error="sign-in-error" number=PhoneNumber::parse(&number.get_untracked(), None).ok() field />
            <FormError id="sign-in-error" words=Signal::derive(move || error.get()) />
            <button
                id="choose-button"
                type="submit"
                class="action action-brand"
                aria-busy=move || busy.get().to_string()
            >
                {move || if busy.get() { text::sign_in::signing_in() } else { text::passcode::save() }}
            </button>
            <button type="button" class="action" on:click=move |_| attempt.start_again()>
                {text::passcode::back()}
            </button>
        </form>
    }
}
