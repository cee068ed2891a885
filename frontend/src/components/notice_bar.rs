use leptos::prelude::*;

use super::icon::Icon;
use super::same_type::{live_view, on};
use crate::state::Phone;
use crate::text;

/// Something to tell that belongs to no part of the page. Always there, for screen readers hear changes only.
#[component]
pub(crate) fn NoticeBar() -> impl IntoView {
    let notice = expect_context::<Phone>().notice;
    view! {
        <div id="notice" class="notice" role="status">
            {live_view(move || {
                notice
                    .words
                    .get()
                    .map(|words| {
                        view! {
                            // Another notice in the place of this one is another thing to dismiss.
                            <p class="notice-words" data-about=words>
                                <span>{words}</span>
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=text::app::dismiss()
                                    on:click=on(move |_| notice.clear())
                                >
                                    {Icon::CLOSE.view()}
                                </button>
                            </p>
                        }
                    })
            })}
        </div>
    }
}
