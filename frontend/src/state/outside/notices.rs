use leptos::prelude::*;

use crate::browser::notification::{Notice, Words};
use crate::browser::worker::Worker;
use crate::messages;
use crate::model::{Notify, Phase, Wish};
use crate::state::{Phone, whenever};
use crate::text;

/// Names of the buttons, as sw/sw.js gives them back.
const ANSWER: &str = "answer";
const DECLINE: &str = "decline";

/// A call that rings while nobody looks at the page is told by a notification. It goes when the call is answered, here or
/// elsewhere, when it ends, and when somebody looks.
pub(super) fn tell_of_calls(
    phone: Phone,
    away: RwSignal<bool>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
) {
    let ringing = Memo::new(move |_| {
        phone.calls.call.with(|call| {
            let call = call.as_ref().filter(|call| call.phase == Phase::Incoming)?;
            Some((call.sid.clone().unwrap_or_default(), messages::peer(&call.peer)))
        })
    });
    let shown = StoredValue::new_local(None::<Notice>);
    whenever(move || {
        let told = ringing
            .get()
            .filter(|_| away.get() && phone.outside.notify.get() == Notify::On && phone.tabs.has_it_here());
        let notice = told.and_then(|(call, who)| {
            let words = Words {
                title: text::notify::incoming(),
                body: &who,
                language: text::current().tag,
                actions: &[(ANSWER, text::incoming::answer()), (DECLINE, text::incoming::decline())],
                stays: true,
                about: &call,
            };
            Notice::show(worker.with_value(|worker| worker.as_ref().and_then(Worker::registration)), &words)
        });
        // The one before is closed by that.
        shown.set_value(notice);
    });
}

/// A click on a notification. The call it is about may be over.
pub(super) fn clicked(phone: Phone, action: &str, sid: &str) {
    let rings = phone.calls.call.with_untracked(|call| {
        call.as_ref().is_some_and(|call| call.phase == Phase::Incoming && call.sid.as_deref() == Some(sid))
    });
    match action {
        ANSWER if rings => phone.wish(Wish::Answer),
        DECLINE if rings => phone.wish(Wish::Decline),
        _ => {}
    }
}
