use leptos::prelude::*;
use shared::api::{DemoLine, SignIn};

use super::attempt::Attempt;
use crate::components::same_type::on;
use crate::text;

/// The demo's lines: one click signs in.
#[component]
pub(crate) fn DemoLines(lines: Vec<DemoLine>, attempt: Attempt) -> impl IntoView {
    let row = move |line: DemoLine| {
        let number = line.phone_number.to_string();
        let shown = line.phone_number.international();
        let credentials =
            SignIn { phone_number: number.clone(), passcode: line.passcode, new_passcode: None };
        view! {
            <li>
                <button
                    type="button"
                    class="demo-line"
                    data-number=number
                    on:click=on(move |_| attempt.sign_in(credentials.clone()))
                >
                    <span class="demo-label">{line.label}</span>
                    <span class="demo-number">{shown}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="card panel demo" aria-labelledby="demo-heading">
            <h2 id="demo-heading">{text::demo::sign_in()}</h2>
            <ul class="demo-list">{lines.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
