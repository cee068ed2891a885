use leptos::html::Button;
use leptos::prelude::*;

use super::field::field;
use super::rating::rating_part;
use crate::components::icon::Icon;
use crate::components::lazy::Lazy;
use crate::messages;
use crate::model::{Call, EndReason, Wish};
use crate::state::{Dialing, Phone};
use crate::text;

/// How the call ended, and what can be done now.
#[component]
pub(crate) fn Ended(dialing: Dialing) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let code = field(phone, |call| call.reason.as_ref().map(EndReason::code));
    let words = field(phone, |call| call.reason.as_ref().map(|reason| messages::end_reason(reason, call)));
    let advice = move || words().flatten().map(|(_, advice)| advice).filter(|advice| !advice.is_empty());
    let again = phone.calls.call.with_untracked(|call| {
        let call = call.as_ref()?;
        Some((call.peer.number()?.clone(), call.sequence.keys().to_owned()))
    });
    let heard = field(phone, Call::was_conversation);
    let rated = Memo::new(move |_| heard() == Some(true));
    let done = NodeRef::<Button>::new();
    done.on_load(|button| drop(button.focus()));
    view! {
        <div class="call-end">
            <div id="end-reason" class="end-reason" data-reason=move || code().flatten()>
                <strong>{move || words().flatten().map(|(heading, _)| heading)}</strong>
                {move || advice().map(|advice| view! { <p>{advice}</p> })}
            </div>
            <div class="call-end-actions">
                {again
                    .map(|(number, keys)| {
                        view! {
                            <button
                                id="call-again-button"
                                type="button"
                                class="action action-call"
                                on:click=move |_| dialing.call_number(number.clone(), keys.clone())
                            >
                                {Icon::PHONE.view()}
                                <span>{text::ended::call_again()}</span>
                            </button>
                        }
                    })}
                <button
                    id="done-button"
                    node_ref=done
                    type="button"
                    class="action action-quiet"
                    on:click=move |_| phone.wish(Wish::Dismiss)
                >
                    {text::ended::done()}
                </button>
            </div>
            <Show when=move || rated.get()>
                <Lazy part=rating_part />
            </Show>
        </div>
    }
}
