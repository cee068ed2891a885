use leptos::prelude::*;

use super::field::field;
use crate::components::icon::Icon;
use crate::state::Phone;

/// The sign of the far end: the country of a number, the initials of a name, or a figure. What moves around it, by the
/// call's state, is in the style sheet.
#[component]
pub(super) fn Mark() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let sign = Memo::new(move |_| field(phone, |call| call.peer.sign())().unwrap_or_default());
    view! {
        <span class="call-mark" aria-hidden="true">
            {move || {
                let sign = sign.get();
                if sign.is_empty() { Icon::USER.view().into_any() } else { sign.into_any() }
            }}
        </span>
    }
}
