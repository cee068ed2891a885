use leptos::html::Section;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::second_window::SecondWindow;
use crate::components::icon::Icon;
use crate::components::keyboard;
use crate::components::same_type::{live, live_view, on};
use crate::messages;
use crate::model::Call;
use crate::state::{Dialing, Lasting, Phone, whenever};
use crate::text;

/// Room for the keypad.
const SIZE: (u32, u32) = (340, 600);

/// The phone in a small window of its own, which stays in sight while other work is done. It closes with the call; closing
/// it ends no call.
#[derive(Clone, Copy)]
pub(crate) struct PopOut {
    /// What moves to the window.
    pub(crate) card: NodeRef<Section>,
    is_open: Lasting<bool>,
    window: StoredValue<Option<SecondWindow>, LocalStorage>,
    phone: Phone,
    dialing: Dialing,
}

impl PopOut {
    pub(crate) fn new(phone: Phone, dialing: Dialing) -> Self {
        let is_open = Lasting::new(false);
        let pop_out =
            Self { card: NodeRef::new(), is_open, window: StoredValue::new_local(None), phone, dialing };
        let live = Memo::new(move |_| phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
        whenever(move || {
            if !live.get() {
                pop_out.close();
            }
        });
        on_cleanup(move || pop_out.close());
        pop_out
    }

    fn toggle(self) {
        if self.is_open.get_untracked() {
            return self.close();
        }
        let Some(card) = self.card.get_untracked() else { return };
        let Self { phone, dialing, is_open, window, .. } = self;
        let title = phone.calls.call.with_untracked(|call| messages::title(call.as_ref(), 0));
        spawn_local(async move {
            let hidden = move || {
                is_open.try_set(false);
                // Not here: what is dropped there is what calls this.
                spawn_local(async move {
                    window.try_update_value(Option::take);
                });
            };
            let key = move |ev| keyboard::heed(phone, dialing, &ev);
            match SecondWindow::open(card, SIZE, &title, hidden, key).await {
                // Meanwhile the call may have ended.
                Some(opened)
                    if phone.calls.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live)) =>
                {
                    window.try_update_value(|window| *window = Some(opened));
                    is_open.try_set(true);
                }
                Some(_) => {}
                None => phone.notice.tell(text::call::no_window()),
            }
        });
    }

    fn close(self) {
        self.is_open.try_set(false);
        drop(self.window.try_update_value(Option::take));
    }
}

/// Opens the window, and brings the call back from it.
#[component]
pub(super) fn PopOutButton() -> impl IntoView {
    let pop_out = expect_context::<PopOut>();
    view! {
        <button
            id="popout-button"
            type="button"
            class="round"
            aria-pressed=live(move || pop_out.is_open.get().to_string())
            on:click=on(move |_| pop_out.toggle())
        >
            {Icon::POP_OUT.view()}
            <span>{text::call::own_window()}</span>
        </button>
    }
}

/// What stands in the phone's place meanwhile.
#[component]
pub(crate) fn PoppedOut() -> impl IntoView {
    let pop_out = expect_context::<PopOut>();
    live_view(move || {
        pop_out.is_open.get().then(|| {
            view! {
                <section id="popped-out" class="card popped-out" aria-label=text::app::phone()>
                    <p>{text::call::is_in_own_window()}</p>
                    <button type="button" class="action action-quiet" on:click=on(move |_| pop_out.close())>
                        {text::call::bring_back()}
                    </button>
                </section>
            }
        })
    })
}
