use leptos::prelude::*;

use super::super::field::field;
use crate::messages;
use crate::model::quality::Grade;
use crate::state::Phone;
use crate::text;

/// The lamp, once both ends hear each other; a press opens and closes the figures.
#[component]
pub(in super::super) fn Lamp(figures: RwSignal<bool>) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let grade = field(phone, |call| {
        let grade = call.quality.grade;
        // Once the call is over, what was not measured never will be.
        (call.was_conversation() && (call.is_live() || grade != Grade::Unknown)).then_some(grade)
    });
    let grade = Memo::new(move |_| grade().flatten());
    view! {
        <button
            id="quality-lamp"
            type="button"
            class="lamp"
            data-grade=move || grade.get().map(word)
            title=text::quality::show()
            aria-expanded=move || figures.get().to_string()
            aria-controls="quality-figures"
            hidden=move || grade.get().is_none()
            on:click=move |_| figures.update(|shown| *shown = !*shown)
        >
            {move || grade.get().map(messages::grade)}
        </button>
    }
}

/// What stands in the way and what to do about it; said by screen readers as it appears.
#[component]
pub(crate) fn Advice() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let words = field(phone, |call| match call.quality.trouble {
        _ if !call.is_live() => None,
        _ if call.speaks_muted => Some(text::quality::speaks_muted()),
        trouble => trouble.map(messages::quality_trouble),
    });
    let words = Memo::new(move |_| words().flatten());
    view! {
        <p id="quality-advice" class="strip quality-advice">
            {words}
        </p>
    }
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Unknown => "unknown",
        Grade::Good => "good",
        Grade::Fair => "fair",
        Grade::Poor => "poor",
    }
}
