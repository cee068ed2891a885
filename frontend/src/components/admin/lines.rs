use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::OneTimeCode;

use super::add_line::AddLine;
use super::invitation::InvitationCard;
use super::line::LineRow;
use crate::browser::page;
use crate::state::Admin;
use crate::text;

const ADD: &str = "add-line";

/// The way to a new line, and all that are there; one of them is unfolded at most.
#[component]
pub(super) fn Lines(admin: Admin, own: PhoneNumber) -> impl IntoView {
    let adding = RwSignal::new(false);
    let invited = RwSignal::new(None::<OneTimeCode>);
    let open = RwSignal::new(None::<PhoneNumber>);
    let numbers = Memo::new(move |_| {
        admin.lines.with(|lines| {
            let lines = lines.as_ref().and_then(|lines| lines.as_ref().ok());
            lines.map_or_else(Vec::new, |lines| {
                lines.lines.iter().map(|line| line.phone_number.clone()).collect()
            })
        })
    });
    let trouble = Memo::new(move |_| {
        admin.lines.with(|lines| match lines {
            None => Some(text::app::loading().to_owned()),
            Some(Err(why)) => Some(why.clone()),
            Some(Ok(_)) => None,
        })
    });
    let done = Callback::new(move |()| {
        invited.set(None);
        adding.set(false);
        page::focus_id_soon(ADD);
    });
    view! {
        <section class="settings-part" aria-labelledby="admin-lines-heading">
            <h3 id="admin-lines-heading" class="visually-hidden">{text::admin::lines()}</h3>
            {move || match (invited.get(), adding.get()) {
                (Some(code), _) => view! { <InvitationCard code done /> }.into_any(),
                (None, true) => view! { <AddLine admin invited done /> }.into_any(),
                (None, false) => {
                    view! {
                        <button id=ADD type="button" class="action action-quiet" on:click=move |_| adding.set(true)>
                            {text::admin::add_open()}
                        </button>
                    }
                        .into_any()
                }
            }}
            {move || {
                trouble
                    .get()
                    .map(|words| {
                        view! {
                            <p id="admin-trouble" class="soft" role="status">{words}</p>
                            <button type="button" class="text-button" on:click=move |_| spawn_local(admin.load())>
                                {text::app::try_again()}
                            </button>
                        }
                    })
            }}
            <ul class="admin-lines">
                <For
                    each=move || numbers.get()
                    key=PhoneNumber::clone
                    children=move |number| {
                        let is_own = number == own;
                        view! { <LineRow admin number is_own open /> }
                    }
                />
            </ul>
        </section>
    }
}
