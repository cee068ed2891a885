use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared::PhoneNumber;
use shared::api::MissedCall;

use super::icon::Icon;
use super::lazy::lazy_part;
use crate::browser::clock;
use crate::messages;
use crate::model::{Call, CallSource};
use crate::state::{Dialing, Phone, UnseenCalls};
use crate::text;

/// How often the words for "when" are looked at again.
const LOOK_MS: u32 = 30_000;

lazy_part! {
    /// Whom the page could not tell of as they called: the line was busy, or the page away.
    pub(crate) fn missed_calls(phone: Phone, line: PhoneNumber, dialing: Dialing) -> AnyView {
        view! { <MissedCalls phone line dialing /> }.into_any()
    }
}

#[component]
fn MissedCalls(phone: Phone, line: PhoneNumber, dialing: Dialing) -> impl IntoView {
    let unseen = UnseenCalls::new(phone, &line);
    // Not while a call is on: nothing may move then. It is asked about when the call is over.
    let free = Memo::new(move |_| !phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
    let calls = Memo::new(move |_| if free.get() { unseen.calls() } else { Vec::new() });
    let now_s = RwSignal::new(clock::wall_s());
    StoredValue::new_local(Interval::new(LOOK_MS, move || {
        now_s.try_set(clock::wall_s());
    }));
    let all_busy = Memo::new(move |_| calls.with(|calls| calls.iter().all(|call| call.busy)));
    let heading = move || if all_busy.get() { text::missed::while_busy() } else { text::missed::heading() };
    view! {
        {move || {
            let calls = calls.get();
            (!calls.is_empty())
                .then(|| {
                    now_s.set(clock::wall_s());
                    // Dismissing a list is not dismissing one that has grown meanwhile.
                    let about = calls.iter().map(|call| call.at).max().map(|at| at.to_string());
                    view! {
                        <section
                            id="missed-calls"
                            class="strip strip-news missed-calls"
                            aria-label=heading
                            data-about=about
                        >
                            <strong>{heading}</strong>
                            <button
                                id="missed-seen"
                                type="button"
                                class="icon-button"
                                aria-label=text::app::dismiss()
                                on:click=move |_| unseen.seen()
                            >
                                {Icon::CLOSE.view()}
                            </button>
                            <ul>
                                {calls.into_iter().map(|call| view! { <Row call all_busy now_s dialing /> }).collect_view()}
                            </ul>
                        </section>
                    }
                })
        }}
    }
}

#[component]
fn Row(call: MissedCall, all_busy: Memo<bool>, now_s: RwSignal<i64>, dialing: Dialing) -> impl IntoView {
    let MissedCall { peer, at, busy, .. } = call;
    let peer = CallSource::from_wire(&peer);
    let who = messages::peer(&peer);
    let when = move || {
        let ago = messages::ago(at, now_s.get());
        // The heading says it of all of them.
        if busy && !all_busy.get() { text::missed::busy(&ago) } else { ago }
    };
    let back = peer.number().cloned().map(|number| {
        let label = text::missed::call_back(&who);
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=label
                on:click=move |_| dialing.call_number(number.clone(), String::new())
            >
                {Icon::PHONE.view()}
            </button>
        }
    });
    view! {
        <li data-busy=busy.to_string()>
            <span class="missed-who">{who}</span>
            <span class="missed-when">{when}</span>
            {back}
        </li>
    }
}
