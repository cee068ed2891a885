use std::time::Duration;

use leptos::ev::{self, MouseEvent, PointerEvent};
use leptos::prelude::*;

use super::hold::Hold;
use super::icon::Icon;
use super::same_type::{live, on};
use crate::model::{Dialer, held_key};
use crate::state::Dialing;
use crate::text;

/// Deletes the last digit; held, one after the other. (Held keys of a keyboard are repeated by the system.)
#[component]
pub(crate) fn Backspace(dialing: Dialing) -> impl IntoView {
    let hold = Hold::new();
    // The pointer may be let go where this page does not see it.
    let away = window_event_listener(ev::blur, move |_| hold.release());
    on_cleanup(move || away.remove());
    view! {
        <button
            id="backspace-button"
            type="button"
            class="icon-button"
            aria-label=text::dial::backspace()
            hidden=live(move || dialing.dialer.with(Dialer::is_empty))
            on:mousedown=on(|ev: MouseEvent| ev.prevent_default())
            on:pointerdown=on(move |ev: PointerEvent| {
                if ev.button() == 0 {
                    hold.press(pause(0), move || delete_while_held(dialing, hold, 0));
                }
            })
            on:pointerup=on(move |_| hold.release())
            on:pointerleave=on(move |_| hold.release())
            on:pointercancel=on(move |_| hold.release())
            on:contextmenu=on(|ev: MouseEvent| ev.prevent_default())
            on:click=on(move |ev: MouseEvent| {
                if hold.is_press(&ev) {
                    dialing.change(Dialer::backspace);
                }
            })
        >
            {Icon::BACKSPACE.view()}
        </button>
    }
}

/// True as long as there will be a click: the button goes with the last digit.
fn delete_while_held(dialing: Dialing, hold: Hold, deleted: u32) -> bool {
    dialing.change(Dialer::backspace);
    let goes_on = !dialing.dialer.with_untracked(Dialer::is_empty);
    if goes_on {
        let deleted = deleted + 1;
        hold.go_on(pause(deleted), move || delete_while_held(dialing, hold, deleted));
    }
    goes_on
}

fn pause(deleted: u32) -> Duration {
    Duration::from_millis(held_key::pause_ms(deleted).into())
}
