use leptos::prelude::*;

use super::same_type::live;
use crate::state::Phone;
use crate::text;

/// The languages by the names that their speakers know.
#[component]
pub(crate) fn LanguageChoice(id: &'static str) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let options = text::LANGUAGES.iter().map(|language| {
        view! {
            <option value=language.tag lang=language.tag>
                {language.name}
            </option>
        }
    });
    view! {
        <select
            id=id
            class="language"
            aria-label=text::settings::language()
            prop:value=live(move || phone.language.spoken.get().tag.to_owned())
            on:change:target=move |ev| {
                if let Some(language) = text::find(&ev.target().value()) {
                    phone.choose_language(language);
                }
            }
        >
            {options.collect_view()}
        </select>
    }
}
