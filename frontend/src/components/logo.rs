use leptos::prelude::*;

/// The mark, which `index.html` has drawn, and the name.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <span class="logo">
            <svg class="logo-mark" aria-hidden="true">
                <use href="#mark" />
            </svg>
            <span class="logo-name">"Sidetone"</span>
        </span>
    }
}
