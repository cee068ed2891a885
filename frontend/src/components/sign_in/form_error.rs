use leptos::prelude::*;

use crate::components::same_type::live;

/// What is wrong with the form.
#[component]
pub(crate) fn FormError(id: &'static str, #[prop(into)] words: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p id=id class="form-error" role="alert" hidden=live(move || words.with(Option::is_none))>
            {live(move || words.get())}
        </p>
    }
}
