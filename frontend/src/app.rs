use leptos::prelude::*;

use crate::browser::{links, page};
use crate::components::{NoticeBar, PhonePage, SignInPage, Splash, live};
use crate::state::{Phone, SessionState};

/// Mounts the app in the place that `index.html` keeps for it.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(place) = page::take_mount_point() {
        leptos::mount::mount_to(place, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    let phone = Phone::new();
    provide_context(phone);
    links::keep();
    phone.restore_session();
    let session = phone.session;
    view! {
        <NoticeBar />
        {live(move || match session.get() {
            SessionState::Loading => view! { <Splash trouble=None /> }.into_any(),
            SessionState::Unknown(why) => view! { <Splash trouble=Some(why) /> }.into_any(),
            SessionState::SignedOut => view! { <SignInPage /> }.into_any(),
            SessionState::SignedIn(session) => view! { <PhonePage session /> }.into_any(),
        })}
    }
}
