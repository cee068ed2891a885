use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;

use super::audit::AuditLog;
use super::lines::Lines;
use crate::components::lazy::lazy_part;
use crate::state::{Admin, Phone};
use crate::text;

lazy_part! {
    in admin:
    /// What is in the card: the lines, or the audit log. `number` is the admin's own.
    pub(crate) fn admin_body(phone: Phone, number: PhoneNumber) -> AnyView {
        view! { <AdminBody phone number /> }.into_any()
    }
}

#[component]
fn AdminBody(phone: Phone, number: PhoneNumber) -> impl IntoView {
    let admin = Admin::new(phone);
    spawn_local(admin.load());
    let log = RwSignal::new(false);
    let tab = move |id: &'static str, is_log: bool, words: &'static str| {
        view! {
            <li>
                <button
                    id=id
                    type="button"
                    class="chip"
                    aria-current=move || (log.get() == is_log).then_some("true")
                    on:click=move |_| log.set(is_log)
                >
                    {words}
                </button>
            </li>
        }
    };
    view! {
        <nav class="contents" aria-label=text::admin::parts()>
            <ul>
                {tab("admin-lines", false, text::admin::lines())} {tab("admin-audit", true, text::admin::audit())}
            </ul>
        </nav>
        {move || {
            if log.get() {
                view! { <AuditLog admin /> }.into_any()
            } else {
                view! { <Lines admin own=number.clone() /> }.into_any()
            }
        }}
    }
}
