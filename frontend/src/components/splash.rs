use leptos::prelude::*;

use super::logo::Logo;
use crate::text;

/// The page before it is known who is signed in: the skeleton of `index.html`, and why it takes so long.
#[component]
pub(crate) fn Splash(trouble: Option<String>) -> impl IntoView {
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
                        {trouble.map(|why| text::errors::waiting(&why))}
                    </p>
                </section>
            </main>
        </div>
    }
}
