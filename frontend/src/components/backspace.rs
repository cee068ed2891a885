use std::time::Duration;

use leptos::ev::{self, MouseEvent, PointerEvent};
use leptos::prelude::*;

use super::icon::Icon;
use super::same_type::{live, on};
use crate::model::{Dialer, held_key};
use crate::state::Dialing;
use crate::text;

/// Deletes the last digit; held, one after the other. (Held keys of a keyboard are repeated by the system.)
#[component]
pub(crate) fn Backspace(dialing: Dialing) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // So that the click at the end of a hold deletes nothing more.
    let was_held = StoredValue::new(false);
    let release = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    // The pointer may be let go where this page does not see it.
    let away = window_event_listener(ev::blur, move |_| release());
    on_cleanup(move || {
        away.remove();
        release();
    });
    view! {
        <button
            id="backspace-button"
            type="button"
            class="icon-button"
            aria-label=text::dial::backspace()
            hidden=live(move || dialing.dialer.with(Dialer::is_empty))
            on:mousedown=on(|ev: MouseEvent| ev.prevent_default())
            on:pointerdown=on(move |ev: PointerEvent| {
                release();
                was_held.set_value(false);
                if ev.button() == 0 {
                    delete_while_held(dialing, timer, was_held, 0);
                }
            })
            on:pointerup=on(move |_| release())
            on:pointerleave=on(move |_| release())
            on:pointercancel=on(move |_| release())
            on:contextmenu=on(|ev: MouseEvent| ev.prevent_default())
            on:click=on(move |ev: MouseEvent| {
                // By a key there was no holding, whatever was held before.
                let by_key = ev.detail() == 0;
                if !was_held.try_update_value(std::mem::take).unwrap_or_default() || by_key {
                    dialing.change(Dialer::backspace);
                }
            })
        >
            {Icon::BACKSPACE.view()}
        </button>
    }
}

fn delete_while_held(
    dialing: Dialing,
    timer: StoredValue<Option<TimeoutHandle>>,
    was_held: StoredValue<bool>,
    deleted: u32,
) {
    let next = move || {
        dialing.change(Dialer::backspace);
        // The button goes with the last digit, and there will be no click.
        let is_over = dialing.dialer.with_untracked(Dialer::is_empty);
        was_held.set_value(!is_over);
        if !is_over {
            delete_while_held(dialing, timer, was_held, deleted + 1);
        }
    };
    let pause = Duration::from_millis(held_key::pause_ms(deleted).into());
    timer.set_value(set_timeout_with_handle(next, pause).ok());
}
