use leptos::prelude::*;

use super::icon::Icon;
use crate::model::Call;
use crate::state::Phone;
use crate::text;

/// Says that the server has a newer page, and loads it; not while a call is on, which would end with the page.
#[component]
pub(crate) fn NewVersion() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let outside = phone.outside;
    let in_call = Memo::new(move |_| phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
    view! {
        <div class="notice" role="status">
            {move || {
                phone.language.spoken.track();
                (outside.new_version.get() && !in_call.get())
                    .then(|| {
                        view! {
                            <p class="notice-words">
                                <span>{text::install::new_version()}</span>
                                <button
                                    id="load-new-version"
                                    type="button"
                                    class="text-button"
                                    on:click=move |_| outside.load_new_version()
                                >
                                    {text::install::load_it()}
                                </button>
                                <button
                                    id="new-version-later"
                                    type="button"
                                    class="icon-button"
                                    aria-label=text::app::dismiss()
                                    on:click=move |_| outside.forget_new_version()
                                >
                                    {Icon::CLOSE.view()}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
