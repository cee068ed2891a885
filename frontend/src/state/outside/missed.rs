use leptos::ev;
use leptos::prelude::*;

use crate::browser::notification::{Notice, Words};
use crate::browser::worker::Worker;
use crate::browser::{nudge, storage};
use crate::messages;
use crate::model::{MissedCalls, Notify};
use crate::state::{Phone, whenever};
use crate::text;

/// One count for all tabs: whoever looks at one of them has seen the calls.
const KEY: &str = "sidetone.missed";
/// What the notification is about; all of them in one.
const ABOUT: &str = "missed";

/// Counts the calls that were missed while nobody looked: in the title, on the app's icon and in a notification. Looking at the
/// page takes them away.
pub(super) fn count_missed_calls(
    phone: Phone,
    away: RwSignal<bool>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
) {
    let missed = phone.outside.own.missed;
    let calls = StoredValue::new(MissedCalls::default());
    let notice = StoredValue::new_local(None::<Notice>);
    missed.set(kept());
    whenever(move || {
        let one_more =
            phone.calls.call.with(|call| calls.try_update_value(|calls| calls.watch(call.as_ref())));
        if one_more == Some(true) && away.get_untracked() && phone.tabs.has_it_here() {
            let who =
                phone.calls.call.with_untracked(|call| call.as_ref().map(|call| messages::peer(&call.peer)));
            missed.update(|missed| *missed += 1);
            notice.set_value(tell(phone, worker, &who.unwrap_or_default()));
        }
    });
    whenever(move || {
        let found = phone.outside.own.found.get();
        if !found.is_empty() && away.get_untracked() && phone.tabs.has_it_here() {
            missed.update(|missed| *missed += found.len() as u32);
            notice.set_value(tell(phone, worker, &found.join(", ")));
        }
    });
    whenever(move || {
        if !away.get() && missed.get() > 0 {
            missed.set(0);
        }
    });
    whenever(move || {
        let count = missed.get();
        nudge::set_badge(count);
        // Only when it is another one, or tabs would answer each other for ever.
        if kept() != count {
            storage::set(KEY, &count.to_string());
        }
        if count == 0 {
            notice.set_value(None);
        }
    });
    let others = window_event_listener(ev::storage, move |ev| {
        if ev.key().as_deref() == Some(KEY) {
            missed.set(kept());
        }
    });
    on_cleanup(move || {
        others.remove();
        // Whoever signs in next did not miss them.
        storage::set(KEY, "0");
        nudge::set_badge(0);
    });
}

fn kept() -> u32 {
    storage::get(KEY).and_then(|count| count.parse().ok()).unwrap_or_default()
}

fn tell(phone: Phone, worker: StoredValue<Option<Worker>, LocalStorage>, who: &str) -> Option<Notice> {
    if phone.outside.notify.get_untracked() != Notify::On {
        return None;
    }
    let words = Words {
        title: &text::notify::missed(phone.outside.missed.get_untracked()),
        body: who,
        language: text::current().tag,
        actions: &[],
        stays: false,
        about: ABOUT,
    };
    Notice::show(worker.with_value(|worker| worker.as_ref().and_then(Worker::registration)), &words)
}
