use leptos::prelude::*;

use super::field::field;
use crate::components::lazy::lazy_part;
use crate::messages;
use crate::state::Phone;

lazy_part! {
    /// What screen readers hear when the call changes.
    pub(crate) fn announcer(phone: Phone) -> AnyView {
        view! { {field(phone, messages::announcement)} }.into_any()
    }
}
