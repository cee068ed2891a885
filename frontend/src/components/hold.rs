use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// What a pointer that stays down on a button does, and whether the click at its end means something beside.
#[derive(Clone, Copy)]
pub(super) struct Hold {
    timer: StoredValue<Option<TimeoutHandle>>,
    was_held: StoredValue<bool>,
}

impl Hold {
    pub(super) fn new() -> Self {
        let hold = Self { timer: StoredValue::new(None), was_held: StoredValue::new(false) };
        on_cleanup(move || hold.release());
        hold
    }

    /// The pointer is down. Unless it is let go before, `act` runs after the pause; it says whether that was a hold.
    pub(super) fn press(self, pause: Duration, act: impl FnOnce() -> bool + 'static) {
        self.release();
        self.was_held.set_value(false);
        self.go_on(pause, act);
    }

    /// The same, of a pointer that has been down for a while.
    pub(super) fn go_on(self, pause: Duration, act: impl FnOnce() -> bool + 'static) {
        let act = move || self.was_held.set_value(act());
        self.timer.set_value(set_timeout_with_handle(act, pause).ok());
    }

    /// The pointer is up, or elsewhere.
    pub(super) fn release(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// False for the click that ends a hold.
    pub(super) fn is_press(self, click: &MouseEvent) -> bool {
        // By a key there was no holding, whatever was held before.
        let by_key = click.detail() == 0;
        !self.was_held.try_update_value(std::mem::take).unwrap_or_default() || by_key
    }
}
