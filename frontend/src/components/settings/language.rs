use leptos::prelude::*;

use crate::components::language_choice::LanguageChoice;
use crate::text;

/// In which language the page speaks.
#[component]
pub(crate) fn LanguageSection() -> impl IntoView {
    view! {
        <section class="settings-part" aria-labelledby="language-heading">
            <h3 id="language-heading">{text::settings::language()}</h3>
            <LanguageChoice id="language" />
        </section>
    }
}
