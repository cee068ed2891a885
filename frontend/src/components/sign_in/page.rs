use leptos::ev;
use leptos::prelude::*;
use shared::api::paths;

use super::attempt::Attempt;
use super::blocked::cookies_blocked;
use super::choose_passcode::choose_passcode;
use super::credentials::Credentials;
use super::demo_lines::DemoLines;
use crate::browser::{links, page};
use crate::components::language_choice::LanguageChoice;
use crate::components::lazy::{Lazy, lazy_part};
use crate::components::logo::Logo;
use crate::components::same_type::{live, live_view};
use crate::state::Phone;
use crate::text;

lazy_part! {
    in sign_in:
    /// In a file of its own: whoever is signed in has no use for it, and who is not, none for the rest.
    pub(crate) fn sign_in_page() -> AnyView {
        view! { <SignInPage /> }.into_any()
    }
}

/// Phone number and passcode, the provider where there is one, and in the demo one click.
#[component]
fn SignInPage() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let attempt = Attempt::new(phone);
    attempt.heed_invitation();
    let changed = window_event_listener(ev::hashchange, move |_| {
        links::keep_invitation();
        attempt.heed_invitation();
    });
    on_cleanup(move || changed.remove());
    live_view(move || {
        phone.language.spoken.track();
        view! { <Layout attempt /> }
    })
}

/// What is seen of it, in the language of the moment.
#[component]
fn Layout(attempt: Attempt) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let options = phone.sign_in_options();
    let provider = move || options.openid.clone().filter(|_| !attempt.choosing.get());
    if !page::keeps_cookies() {
        return view! {
            <Frame>
                <section class="card sign-in">
                    <Lazy part=cookies_blocked />
                </section>
            </Frame>
        }
        .into_any();
    }
    view! {
        <Frame>
                <section class="card sign-in">
                    {live(move || {
                        if attempt.choosing.get() {
                            view! { <Lazy part=move || choose_passcode(attempt) /> }.into_any()
                        } else {
                            view! { <Credentials attempt /> }.into_any()
                        }
                    })}
                    {live_view(move || {
                        provider()
                            .map(|name| {
                                view! {
                                    <p class="or">{text::sign_in::or()}</p>
                                    <a id="provider-button" class="action action-quiet" href=paths::OPENID_START.to_owned()>
                                        {text::sign_in::with_provider(&name)}
                                    </a>
                                }
                            })
                    })}
                </section>
                {phone.demo().map(|world| view! { <DemoLines lines=world.lines attempt /> })}
        </Frame>
    }
    .into_any()
}

/// What is around it.
#[component]
fn Frame(children: Children) -> impl IntoView {
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
                <LanguageChoice id="language" />
            </header>
            <main class="stage">{children()}</main>
        </div>
    }
}
