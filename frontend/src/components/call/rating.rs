use leptos::prelude::*;
use shared::api::CallIssue;

use super::field::field;
use crate::components::icon::Icon;
use crate::components::lazy::lazy_part;
use crate::messages;
use crate::model::Wish;
use crate::model::call::{Keeping, Rating, opinion};
use crate::state::Phone;
use crate::text;

lazy_part! {
    /// Asks how the call was.
    pub(super) fn rating_part() -> AnyView {
        view! { <RatingPart /> }.into_any()
    }
}

/// Asks how the sound was: one press, and another one for what was wrong. Nothing waits for an answer.
#[component]
fn RatingPart() -> impl IntoView {
    let phone = expect_context::<Phone>();
    let rating = field(phone, |call| call.rating);
    let rating = Memo::new(move |_| rating().flatten());
    let is = move |good| rating.get().is_some_and(|rating| rating.is_good() == good);
    let rate = move |good, issue| phone.wish(Wish::Rate(opinion(good, issue)));
    // The style sheet turns the thumb of the second one down.
    let thumb = move |good, id, icon: Icon, words: &'static str| {
        view! {
            <button
                id=id
                type="button"
                class="choice"
                aria-pressed=move || is(good).to_string()
                on:click=move |_| rate(good, None)
            >
                {icon.view()}
                <span>{words}</span>
            </button>
        }
    };
    let kept = move || rating.get().is_some_and(|rating| rating.keeping == Keeping::Kept);
    let outcome = move || match rating.get().map(|rating| rating.keeping) {
        Some(Keeping::Kept) => text::quality::thanks(),
        Some(Keeping::Failed) => text::quality::not_kept(),
        Some(Keeping::OnItsWay) | None => "",
    };
    view! {
        <div id="rating" class="rating" role="group" aria-labelledby="rating-question">
            <p id="rating-question">{text::quality::rate()}</p>
            <div class="choices">
                {thumb(true, "rate-good", Icon::THUMB_UP, text::quality::rate_good())}
                {thumb(false, "rate-bad", Icon::THUMB_UP, text::quality::rate_bad())}
            </div>
            <Show when=move || is(false)>
                <p id="rating-what">{text::quality::what()}</p>
                <div class="choices" role="group" aria-labelledby="rating-what">
                    {CallIssue::ALL.map(|issue| view! { <Issue issue rating /> }).collect_view()}
                </div>
            </Show>
            <p
                id="rating-outcome"
                class="rating-outcome"
                role="status"
                data-state=move || kept().then_some("kept")
            >{outcome}</p>
        </div>
    }
}

#[component]
fn Issue(issue: CallIssue, rating: Memo<Option<Rating>>) -> impl IntoView {
    let phone = expect_context::<Phone>();
    let chosen = move || rating.get().is_some_and(|rating| rating.rating.issue == Some(issue));
    view! {
        <button
            type="button"
            class="choice"
            data-issue=issue.word()
            aria-pressed=move || chosen().to_string()
            on:click=move |_| phone.wish(Wish::Rate(opinion(false, Some(issue))))
        >
            {messages::issue(issue)}
        </button>
    }
}
