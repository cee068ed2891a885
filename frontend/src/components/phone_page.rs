use leptos::ev;
use leptos::prelude::*;
use shared::PhoneNumber;
use shared::api::Session;

use super::call::{PopOut, PoppedOut, announcer, call_panel};
use super::companion::Companion;
use super::demo_phones::DemoPhones;
use super::dial_pad::DialPad;
use super::icon::Icon;
use super::keyboard::use_keyboard;
use super::lazy::{Lazy, load_soon};
use super::line_bar::{LineBar, LineTrouble};
use super::logo::Logo;
use super::missed_calls::missed_calls;
use super::nav::Nav;
use super::panel::panel;
use super::same_type::{live, live_view, on};
use super::settings::settings_body;
use super::sound_strip::sound_strip;
use crate::browser::{links, page};
use crate::messages;
use crate::model::LineStatus;
use crate::state::{Dialing, Phone, Place, whenever};
use crate::text;

/// The phone of a signed-in line.
#[component]
pub(crate) fn PhonePage(session: Session) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let Session { phone_number: number, admin } = session;
    let dialing = Dialing::new(phone, number.country());
    dialing.heed_links();
    use_keyboard(phone, dialing);
    wake_with_the_page(phone);
    tell_of_invitations(phone);
    let rest = load_the_rest_soon(phone, number.clone());
    whenever(move || {
        phone.language.spoken.track();
        let missed = phone.outside.missed.get();
        phone.calls.call.with(|call| page::set_title(&messages::title(call.as_ref(), missed)));
    });
    phone.mind_the_sound();
    on_cleanup(|| page::set_title(&messages::title(None, 0)));
    view! {
        <Companion dialing />
        {live_view(move || {
            phone.language.spoken.track();
            view! { <Layout number=number.clone() admin dialing rest /> }
        })}
    }
}

/// What is seen of it, in the language of the moment.
#[component]
fn Layout(number: PhoneNumber, admin: bool, dialing: Dialing, rest: RwSignal<bool>) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let pop_out = PopOut::new(phone, dialing);
    provide_context(pop_out);
    let no_call = Memo::new(move |_| phone.calls.call.with(Option::is_none));
    let line = StoredValue::new(number.clone());
    // Once there was something to say of the sound, there may be more; of a call's, at any time.
    let sound_news = Memo::new(move |told: Option<&bool>| {
        told == Some(&true)
            || !no_call.get()
            || phone.sound.audio.with(|audio| audio.trouble().is_some() || !audio.notices().is_empty())
    });
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
                <button id="sign-out-button" type="button" class="quiet-button sign-out" on:click=on(move |_| phone.sign_out())>
                    {Icon::SIGN_OUT.view()}
                    <span>{text::app::sign_out()}</span>
                </button>
            </header>
            <Nav admin />
            <main
                class="stage"
                class:stage-settings=live(move || phone.place.get() != Place::Keypad)
                data-call=live(move || (!no_call.get()).then_some(""))
            >
                <h1 class="visually-hidden">{text::app::phone()}</h1>
                <section
                    node_ref=pop_out.card
                    class="card phone"
                    class:phone-in-call=live(move || !no_call.get())
                    aria-label=text::app::phone()
                >
                    <LineBar number=number.clone() />
                    {live(move || {
                        if !no_call.get() {
                            view! { <Lazy part=move || call_panel(dialing) /> }.into_any()
                        } else {
                            view! { <DialPad dialing /> }.into_any()
                        }
                    })}
                    // All that comes by itself. Always there, for screen readers hear changes only. Below the keys, so that
                    // none moves away; in a call the style sheet lays it over the head, where it moves nothing either.
                    <div class="strips" role="status">
                        <LineTrouble />
                        {live(move || {
                            sound_news.get().then(|| view! { <Lazy part=move || sound_strip(phone) quiet=true /> }.into_any())
                        })}
                        {live(move || {
                            let missed = move || missed_calls(phone, line.get_value(), dialing);
                            rest.get().then(|| view! { <Lazy part=missed quiet=true /> }.into_any())
                        })}
                    </div>
                </section>
                <PoppedOut />
                {live(move || {
                    match phone.place.get() {
                        Place::Keypad => phone.demo().map(|world| view! { <DemoPhones world dialing /> }).into_any(),
                        place => panel(phone, place, number.clone(), dialing),
                    }
                })}
            </main>
            <div class="visually-hidden" role="status">
                {live(move || {
                    (!no_call.get()).then(|| view! { <Lazy part=move || announcer(phone) quiet=true /> }.into_any())
                })}
            </div>
        </div>
    }
}

/// Somebody is signed in already.
fn tell_of_invitations(phone: Phone) {
    let tell = move || {
        if links::is_invited() {
            phone.notice.tell(text::sign_in::invited_elsewhere());
        }
    };
    tell();
    let changed = window_event_listener(ev::hashchange, move |_| {
        links::keep_invitation();
        tell();
    });
    on_cleanup(move || changed.remove());
}

/// After sleep, a token may be overdue and the network another one; and another tab may change what this one does.
fn wake_with_the_page(phone: Phone) {
    let shown = window_event_listener(ev::visibilitychange, move |_| phone.wake());
    // Before the SDK hears of it, which listens later.
    let goes = window_event_listener(ev::pagehide, move |_| phone.ring_no_more());
    let restored = window_event_listener(ev::pageshow, move |_| phone.wake());
    let online = window_event_listener(ev::online, move |_| phone.network(true));
    let offline = window_event_listener(ev::offline, move |_| phone.network(false));
    let stored = window_event_listener(ev::storage, move |_| phone.preferences_changed());
    on_cleanup(move || {
        shown.remove();
        goes.remove();
        restored.remove();
        online.remove();
        offline.remove();
        stored.remove();
    });
}

/// Once the line is registered: until then, nothing is more urgent. True when it is there.
fn load_the_rest_soon(phone: Phone, number: PhoneNumber) -> RwSignal<bool> {
    let done = StoredValue::new(false);
    let rest = RwSignal::new(false);
    whenever(move || {
        if matches!(phone.line.status.get(), LineStatus::Registered | LineStatus::Quiet) && !done.get_value()
        {
            done.set_value(true);
            load_soon(settings_body(phone, number.clone()), rest);
        }
    });
    rest
}
