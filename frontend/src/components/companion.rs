use leptos::prelude::*;

use super::lazy::{Lazy, lazy_part};
use super::new_version::NewVersion;
use super::same_type::live_view;
use crate::model::LineStatus;
use crate::state::{Dialing, Phone, use_outside};

/// What accompanies the page of a signed-in line, from the moment on when the line is registered for the first time: until
/// then, nothing is more urgent.
#[component]
pub(crate) fn Companion(dialing: Dialing) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let begun = Memo::new(move |begun: Option<&bool>| {
        begun == Some(&true) || phone.line.status.get() == LineStatus::Registered
    });
    live_view(move || {
        begun.get().then(|| view! { <Lazy part=move || companion_part(phone, dialing) quiet=true /> })
    })
}

lazy_part! {
    /// Everything of it.
    fn companion_part(phone: Phone, dialing: Dialing) -> AnyView {
        use_outside(phone, dialing);
        dialing.provide_reader();
        view! { <NewVersion /> }.into_any()
    }
}
