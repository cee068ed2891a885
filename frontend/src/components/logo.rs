use leptos::prelude::*;

/// The mark and the name, as in `index.html`.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <span class="logo">
            <svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true">
                <rect width="32" height="32" rx="9" fill="var(--brand)" />
                <path
                    d="M7 16h3M12.5 11v10M17 7.5v17M21.5 12v8M25 15v2"
                    stroke="var(--on-brand)"
                    stroke-width="2.4"
                    stroke-linecap="round"
                    fill="none"
                />
            </svg>
            <span class="logo-name">"Sidetone"</span>
        </span>
    }
}
