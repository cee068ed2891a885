use leptos::ev;
use leptos::prelude::*;

use super::Outside;
use crate::browser::page;

/// True while nobody looks at this page: it is hidden, or another window has the focus. On a big screen a page in view is
/// easily missed beside the window somebody works in.
pub(super) fn use_away(outside: Outside) -> RwSignal<bool> {
    let away = RwSignal::new(!page::is_in_front());
    outside.read_notify();
    let look = move || {
        let now = !page::is_in_front();
        if away.get_untracked() != now {
            away.set(now);
        }
        // Whoever has been to the browser's settings comes back this way.
        outside.read_notify();
    };
    let listeners = (
        window_event_listener(ev::focus, move |_| look()),
        window_event_listener(ev::blur, move |_| look()),
        window_event_listener(ev::visibilitychange, move |_| look()),
    );
    on_cleanup(move || {
        listeners.0.remove();
        listeners.1.remove();
        listeners.2.remove();
    });
    away
}
