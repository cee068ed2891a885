use leptos::ev::SubmitEvent;
use leptos::html::{Form, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{DemoLine, SignIn};

use super::logo::Logo;
use crate::browser::page;
use crate::model::messages;
use crate::state::Phone;

/// Which field an error is about, for screen readers.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Number,
    Passcode,
    Both,
    Neither,
}

/// Phone number and passcode; in the demo, one click.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let number = RwSignal::new(String::new());
    let passcode = RwSignal::new(String::new());
    let error = RwSignal::new(None::<(String, About)>);
    let busy = RwSignal::new(false);
    let sign_in = move |credentials: SignIn| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            // On success this page is gone, and its signals with it.
            if let Err(why) = phone.sign_in(credentials).await {
                let about = if why.wrong_credentials { About::Both } else { About::Neither };
                error.try_set(Some((why.words, about)));
                busy.try_set(false);
            }
        });
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let credentials = SignIn {
            phone_number: number.get_untracked(),
            passcode: passcode.get_untracked(),
            new_passcode: None,
        };
        let missing = match (credentials.phone_number.trim().is_empty(), credentials.passcode.is_empty()) {
            (true, _) => Some((messages::ENTER_NUMBER, About::Number)),
            (false, true) => Some((messages::ENTER_PASSCODE, About::Passcode)),
            (false, false) => None,
        };
        match missing {
            Some((what, about)) => error.set(Some((what.to_owned(), about))),
            None => sign_in(credentials),
        }
    };
    let sign_in = Callback::new(sign_in);
    let wrong = move |field: About| {
        let about = error.with(|error| error.as_ref().map_or(About::Neither, |(_, about)| *about));
        (about == field || about == About::Both).then_some("true")
    };
    let first = NodeRef::<Input>::new();
    let form = NodeRef::<Form>::new();
    form.on_load(move |form| {
        if let Some(first) = first.get_untracked() {
            page::focus_field(&first, &form);
        }
    });
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
            </header>
            <main class="stage">
                <section class="card sign-in">
                    <h1>"Sign in to your line"</h1>
                    <form id="sign-in" node_ref=form tabindex="-1" novalidate on:submit=submit>
                        <label for="phone-number">"Phone number"</label>
                        <input
                            id="phone-number"
                            node_ref=first
                            name="username"
                            type="tel"
                            autocomplete="username"
                            placeholder="+81 50 3123 4567"
                            aria-describedby="sign-in-error"
                            aria-invalid=move || wrong(About::Number)
                            prop:value=move || number.get()
                            on:input:target=move |ev| number.set(ev.target().value())
                        />
                        <label for="passcode">"Passcode"</label>
                        <input
                            id="passcode"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            aria-describedby="sign-in-error"
                            aria-invalid=move || wrong(About::Passcode)
                            prop:value=move || passcode.get()
                            on:input:target=move |ev| passcode.set(ev.target().value())
                        />
                        <p
                            id="sign-in-error"
                            class="form-error"
                            role="alert"
                            hidden=move || error.with(Option::is_none)
                        >
                            {move || error.get().map(|(words, _)| words)}
                        </p>
                        <button
                            id="sign-in-button"
                            type="submit"
                            class="action action-brand"
                            aria-busy=move || busy.get().to_string()
                        >
                            {move || if busy.get() { "Signing in…" } else { "Sign in" }}
                        </button>
                    </form>
                </section>
                {move || phone.demo.get().map(|world| view! { <DemoLines lines=world.lines sign_in /> })}
            </main>
        </div>
    }
}

#[component]
fn DemoLines(lines: Vec<DemoLine>, sign_in: Callback<SignIn>) -> impl IntoView {
    let row = move |line: DemoLine| {
        let number = line.phone_number.to_string();
        let shown = line.phone_number.international();
        let credentials =
            SignIn { phone_number: number.clone(), passcode: line.passcode, new_passcode: None };
        view! {
            <li>
                <button
                    type="button"
                    class="demo-line"
                    data-number=number
                    on:click=move |_| sign_in.run(credentials.clone())
                >
                    <span class="demo-label">{line.label}</span>
                    <span class="demo-number">{shown}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="card demo" aria-labelledby="demo-heading">
            <h2 id="demo-heading">"Demo: sign in with one click"</h2>
            <ul class="demo-list">{lines.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
