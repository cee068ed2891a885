use leptos::prelude::*;

use super::logo::Logo;
use crate::text;

/// The page while it cannot be known who is signed in: the skeleton of `index.html`, and why it takes so long.
#[component]
pub(crate) fn Splash(trouble: String) -> impl IntoView {
    view! {
        <div class="shell">
            <header class="topbar">
                <Logo />
            </header>
            <main class="stage">
                <section class="card splash">
                    <p class="splash-name" aria-hidden="true">"Sidetone"</p>
                    <div class="splash-pulse" aria-hidden="true"></div>
                    <p id="splash-trouble" role="status">
                        {text::errors::waiting(&trouble)}
                    </p>
                </section>
            </main>
        </div>
    }
}
