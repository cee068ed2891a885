use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{ErrorCode, SignIn, paths};

use super::blocked::cookies_blocked;
use super::choose_passcode::choose_passcode;
use super::credentials::Credentials;
use super::demo_lines::DemoLines;
use crate::browser::page;
use crate::components::language_choice::LanguageChoice;
use crate::components::lazy::{Lazy, lazy_part};
use crate::components::logo::Logo;
use crate::components::same_type::{live, live_view};
use crate::state::Phone;
use crate::text;

/// Which field an error is about, for screen readers.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum About {
    Number,
    Passcode,
    Both,
    Neither,
}

/// What the forms of the page have in common.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) number: RwSignal<String>,
    /// The passcode, or the one-time code.
    pub(crate) passcode: RwSignal<String>,
    pub(crate) error: RwSignal<Option<String>>,
    pub(crate) number_wrong: RwSignal<bool>,
    pub(crate) passcode_wrong: RwSignal<bool>,
    pub(crate) busy: RwSignal<bool>,
    /// The one-time code was right: a passcode must be chosen.
    choosing: RwSignal<bool>,
    phone: Phone,
}

impl Attempt {
    fn new(phone: Phone) -> Self {
        Self {
            number: RwSignal::new(String::new()),
            passcode: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            number_wrong: RwSignal::new(false),
            passcode_wrong: RwSignal::new(false),
            busy: RwSignal::new(false),
            choosing: RwSignal::new(false),
            phone,
        }
    }

    pub(crate) fn fail(self, words: impl Into<String>, about: About) {
        self.error.try_set(Some(words.into()));
        self.number_wrong.try_set(matches!(about, About::Number | About::Both));
        self.passcode_wrong.try_set(matches!(about, About::Passcode | About::Both));
    }

    fn clear(self) {
        self.error.set(None);
        self.number_wrong.set(false);
        self.passcode_wrong.set(false);
    }

    /// Back to number and passcode.
    pub(crate) fn start_again(self) {
        self.passcode.set(String::new());
        self.choosing.set(false);
    }

    pub(crate) fn sign_in(self, credentials: SignIn) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.clear();
        spawn_local(async move {
            // On success this page is gone, and its signals with it.
            let Err(why) = self.phone.sign_in(credentials).await else { return };
            self.busy.try_set(false);
            match why.code {
                Some(ErrorCode::NewPasscodeNeeded) => {
                    self.choosing.try_set(true);
                }
                Some(ErrorCode::SignInRefused) => {
                    // Where it was right a moment ago, the one-time code has been used or has run out.
                    if self.choosing.try_get_untracked() == Some(true) {
                        self.start_again();
                    }
                    self.fail(why.words, About::Both);
                }
                _ => self.fail(why.words, About::Neither),
            }
        });
    }

    /// For `aria-invalid`.
    pub(crate) fn invalid(wrong: RwSignal<bool>) -> Option<&'static str> {
        wrong.get().then_some("true")
    }
}

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

/// What is wrong with the form.
#[component]
pub(crate) fn FormError(id: &'static str, #[prop(into)] words: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p id=id class="form-error" role="alert" hidden=live(move || words.with(Option::is_none))>
            {live(move || words.get())}
        </p>
    }
}
