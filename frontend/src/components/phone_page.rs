use leptos::ev;
use leptos::prelude::*;
use shared::api::Session;

use super::call_panel::CallPanel;
use super::demo_phones::DemoPhones;
use super::dial_pad::DialPad;
use super::icon::Icon;
use super::keyboard::use_keyboard;
use super::line_bar::LineBar;
use super::logo::Logo;
use crate::browser::page;
use crate::model::messages;
use crate::state::{Dialing, Phone};

/// The phone of a signed-in line.
#[component]
pub(crate) fn PhonePage(session: Session) -> impl IntoView {
    let phone = expect_context::<Phone>();
    page::scroll_to_top();
    let number = session.phone_number;
    let dialing = Dialing::new(phone, number.country());
    use_keyboard(phone, dialing);
    wake_with_the_page(phone);
    let title = Memo::new(move |_| phone.call.with(|call| messages::title(call.as_ref())));
    Effect::new(move |_| title.with(|title| page::set_title(title)));
    on_cleanup(|| page::set_title(&messages::title(None)));
    let has_call = Memo::new(move |_| phone.call.with(Option::is_some));
    let announcement = Memo::new(move |_| phone.call.with(|call| call.as_ref().map(messages::announcement)));
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
                <button id="sign-out-button" type="button" class="quiet-button" on:click=move |_| phone.sign_out()>
                    {Icon::SignOut.view()}
                    <span>"Sign out"</span>
                </button>
            </header>
            <main class="stage">
                <section class="card phone" aria-label="Phone">
                    <LineBar number />
                    {move || {
                        if has_call.get() {
                            view! { <CallPanel dialing /> }.into_any()
                        } else {
                            view! { <DialPad dialing /> }.into_any()
                        }
                    }}
                </section>
                {move || phone.demo.get().map(|world| view! { <DemoPhones world dialing /> })}
            </main>
            <div class="visually-hidden" aria-live="polite" aria-atomic="true">
                {move || announcement.get()}
            </div>
        </div>
    }
}

/// After sleep, a token may be overdue and the network another one.
fn wake_with_the_page(phone: Phone) {
    let shown = window_event_listener(ev::visibilitychange, move |_| phone.wake());
    let online = window_event_listener(ev::online, move |_| phone.wake());
    on_cleanup(move || {
        shown.remove();
        online.remove();
    });
}
