use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;

use super::id::id_of;
use crate::browser::page;
use crate::components::question::{Asking, Folding};
use crate::state::Admin;
use crate::text;

/// Takes a line away, with all that is its.
#[component]
pub(super) fn RemoveLine(
    admin: Admin,
    number: PhoneNumber,
    open: RwSignal<Option<PhoneNumber>>,
) -> impl IntoView {
    let words = text::admin::remove_question(&number.international());
    let id = id_of("remove", &number);
    let remove = Callback::new(move |folding: Folding| {
        let number = number.clone();
        spawn_local(async move {
            let done = admin.remove(&number).await;
            if done.is_ok() {
                open.try_set(None);
                // The line is gone, and the focus must not be lost with it.
                page::focus_id_soon("admin");
            }
            folding.end(done);
        });
    });
    view! {
        <section class="admin-part">
            <Asking id open=text::admin::remove_open() words yes=text::admin::remove() on_yes=remove />
        </section>
    }
}
