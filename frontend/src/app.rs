use leptos::prelude::*;

use crate::browser::{hand, links, page};
use crate::components::{Lazy, NoticeBar, PhonePage, Splash, live, sign_in_page, splash};
use crate::state::{Phone, SessionState};

/// Mounts the app in the place that `index.html` keeps for it.
pub fn start() {
    console_error_panic_hook::set_once();
    hand::guard_page();
    if let Some(place) = page::mount_point() {
        leptos::mount::mount_to(place, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    let phone = Phone::new();
    provide_context(phone);
    links::keep_invitation();
    links::keep();
    phone.restore_session();
    let session = phone.session.state;
    view! {
        <NoticeBar />
        {live(move || {
            let session = session.get();
            if session != SessionState::Loading {
                page::remove_skeleton();
            }
            match session {
                // What index.html shows is left alone: a browser that draws it anew takes it for something that came later.
                SessionState::Loading => ().into_any(),
                SessionState::Unknown(why) => view! { <Splash trouble=why /> }.into_any(),
                SessionState::SignedOut => view! { <Lazy part=sign_in_page around=splash /> }.into_any(),
                SessionState::SignedIn(session) => view! { <PhonePage session /> }.into_any(),
            }
        })}
    }
}
