use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::OneTimeCode;

use super::id::id_of;
use super::invitation::InvitationCard;
use crate::browser::page;
use crate::components::question::Asking;
use crate::state::Admin;
use crate::text;

/// A new one-time code for a line's user, who has forgotten the passcode or comes for the first time.
#[component]
pub(super) fn NewCode(admin: Admin, number: PhoneNumber) -> impl IntoView {
    let made = RwSignal::new(None::<OneTimeCode>);
    let id = id_of("code", &number);
    let button = id.clone();
    let done = Callback::new(move |()| {
        made.set(None);
        page::focus_id_soon(button.clone());
    });
    let words = text::admin::code_question(&number.international());
    let make = Callback::new(move |folding: crate::components::question::Folding| {
        let number = number.clone();
        spawn_local(async move {
            let code = admin.give_code(&number).await;
            folding.end(code.map(|code| drop(made.try_set(Some(code)))));
        });
    });
    view! {
        <section class="admin-part">
            <h4>{text::admin::code_heading()}</h4>
            {move || match made.get() {
                Some(code) => view! { <InvitationCard code done /> }.into_any(),
                None => {
                    view! {
                        <Asking
                            id=id.clone()
                            open=text::admin::code_open()
                            words=words.clone()
                            yes=text::admin::code_make()
                            on_yes=make
                        />
                    }
                        .into_any()
                }
            }}
        </section>
    }
}
