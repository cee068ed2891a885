use leptos::prelude::*;

use super::logo::Logo;
use crate::text;

/// The page while it cannot be known who is signed in, and why it takes so long.
#[component]
pub(crate) fn Splash(trouble: String) -> impl IntoView {
    let why = view! {
        <p id="splash-trouble" role="status">
            {text::errors::waiting(&trouble)}
        </p>
    };
    splash(why.into_any())
}

/// The skeleton of `index.html`, and what there is to say.
pub(crate) fn splash(words: AnyView) -> AnyView {
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
            </header>
            <main class="stage">
                <section class="card splash">
                    <p class="splash-name" aria-hidden="true">"Sidetone"</p>
                    <div class="splash-pulse" aria-hidden="true"></div>
                    {words}
                </section>
            </main>
        </div>
    }
    .into_any()
}
