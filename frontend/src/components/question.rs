use leptos::prelude::*;

use crate::browser::page;
use crate::components::sign_in::FormError;
use crate::text;

/// Asks before something is done that cannot be taken back. The focus begins at the answer that changes nothing.
#[component]
pub(crate) fn Question(
    /// Of the question; its answers have it with `-yes` and `-no` behind it.
    id: String,
    words: String,
    yes: &'static str,
    on_yes: Callback<()>,
    on_no: Callback<()>,
    error: RwSignal<Option<String>>,
) -> impl IntoView {
    let (yes_id, no_id, labelled) = ([&id, "-yes"].concat(), [&id, "-no"].concat(), id.clone());
    page::focus_id_soon(no_id.clone());
    view! {
        <div class="question" role="group" aria-labelledby=labelled>
            <p id=id>{words}</p>
            <FormError id="question-error" words=error />
            <div class="question-answers">
                <button id=yes_id type="button" class="action action-end" on:click=move |_| on_yes.run(())>
                    {yes}
                </button>
                <button id=no_id type="button" class="action action-quiet" on:click=move |_| on_no.run(())>
                    {text::app::cancel()}
                </button>
            </div>
        </div>
    }
}

/// A button that unfolds into a question, and what is done where the answer is yes.
#[component]
pub(crate) fn Asking(
    id: String,
    open: &'static str,
    words: String,
    yes: &'static str,
    on_yes: Callback<Folding>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let button = id.clone();
    let folding = Folding { asking, error };
    let close = Callback::new(move |()| {
        asking.set(false);
        error.set(None);
        page::focus_id_soon(button.clone());
    });
    move || {
        let (id, words) = (id.clone(), words.clone());
        if asking.get() {
            let id = [&id, "-question"].concat();
            let on_yes = Callback::new(move |()| on_yes.run(folding));
            view! { <Question id words yes on_yes on_no=close error /> }.into_any()
        } else {
            view! {
                <button id=id type="button" class="text-button" on:click=move |_| asking.set(true)>
                    {open}
                </button>
            }
            .into_any()
        }
    }
}

/// A question that is open.
#[derive(Clone, Copy)]
pub(crate) struct Folding {
    asking: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

impl Folding {
    /// Closes the question, or says why it was not done.
    pub(crate) fn end(self, done: Result<(), String>) {
        match done {
            Ok(()) => drop(self.asking.try_set(false)),
            Err(why) => drop(self.error.try_set(Some(why))),
        }
    }
}
