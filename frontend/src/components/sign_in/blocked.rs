use leptos::prelude::*;

use crate::browser::page;
use crate::components::lazy::lazy_part;
use crate::text;

lazy_part! {
    /// In place of the form, in a browser that would forget at once who has signed in.
    pub(crate) fn cookies_blocked() -> AnyView {
        view! {
            <div id="cookies-blocked" class="form">
                <h1>{text::blocked::heading()}</h1>
                <p>{text::blocked::cookies()}</p>
                <button type="button" class="action action-brand" on:click=move |_| page::reload()>
                    {text::line::reload()}
                </button>
            </div>
        }
        .into_any()
    }
}
