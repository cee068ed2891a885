use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumber;
use shared::api::{CallDirection, ErrorCode};

use super::calls::dismissed;
use super::{Phone, whenever};
use crate::api;
use crate::browser::storage;
use crate::messages;
use crate::model::{Call, CallSource, LineStatus, Unseen};

/// Which missed calls were seen, for all tabs.
const KEY: &str = "sidetone.seen";
/// Pause while a call rings that may yet be missed, and after a question that was not answered.
const RINGS_MS: u32 = 3_000;
const RETRY_MS: u32 = 15_000;

/// The line's calls that nobody took and its user has not seen.
#[derive(Clone, Copy)]
pub(crate) struct UnseenCalls {
    unseen: RwSignal<Unseen>,
    phone: Phone,
    /// A question is on its way, and another is to follow.
    asking: StoredValue<bool>,
    once_more: StoredValue<bool>,
}

impl UnseenCalls {
    /// Asks the server as the page opens, after each call, and when the line is back: nothing else can have been missed.
    pub(crate) fn new(phone: Phone, line: &PhoneNumber) -> Self {
        let unseen = RwSignal::new(Unseen::of(line.as_str(), &storage::get(KEY).unwrap_or_default()));
        let (asking, once_more) = (StoredValue::new(false), StoredValue::new(false));
        let this = Self { unseen, phone, asking, once_more };
        let live = Memo::new(move |_| phone.calls.call.with(|call| call.as_ref().is_some_and(Call::is_live)));
        let works =
            Memo::new(move |_| matches!(phone.line.status.get(), LineStatus::Registered | LineStatus::Quiet));
        whenever(move || {
            if !live.get() && works.get() {
                this.ask();
            }
        });
        whenever(move || phone.calls.call.with(|call| this.watch(call.as_ref())));
        let others = window_event_listener(ev::storage, move |ev| {
            if ev.key().as_deref() == Some(KEY) {
                unseen.update(|unseen| unseen.heed(&ev.new_value().unwrap_or_default()));
            }
        });
        on_cleanup(move || others.remove());
        this
    }

    /// Without the one on the screen, which is told there.
    pub(crate) fn calls(self) -> Vec<shared::api::MissedCall> {
        let shown = self.phone.calls.call.with(|call| call.as_ref().and_then(|call| call.sid.clone()));
        let calls = self.unseen.with(|unseen| unseen.calls().to_vec());
        calls.into_iter().filter(|call| Some(&call.call_sid) != shown.as_ref()).collect()
    }

    /// The user has seen them.
    pub(crate) fn seen(self) {
        self.unseen.update(Unseen::seen);
        self.keep();
    }

    fn keep(self) {
        if let Some(kept) = self.unseen.try_with_untracked(Unseen::kept)
            && storage::get(KEY).as_ref() != Some(&kept)
        {
            storage::set(KEY, &kept);
        }
    }

    fn watch(self, call: Option<&Call>) {
        let incoming = call.filter(|call| call.direction == CallDirection::Incoming);
        // Over or not: it rang here, perhaps before this code was loaded.
        if let Some(sid) = incoming.and_then(|call| call.sid.as_deref()) {
            self.unseen.update(|unseen| unseen.rings(sid));
        }
        // So may these have been.
        let dismissed = dismissed::take();
        if !dismissed.is_empty() {
            self.unseen.update(|unseen| dismissed.iter().for_each(|sid| unseen.know(sid)));
            self.keep();
        }
    }

    fn ask(self) {
        if self.asking.get_value() {
            return self.once_more.set_value(true);
        }
        self.asking.set_value(true);
        spawn_local(async move {
            while let Some(pause_ms) = self.ask_once().await {
                TimeoutFuture::new(pause_ms).await;
            }
            self.asking.try_set_value(false);
        });
    }

    /// Gives the pause before the next question; `None` when there is none, or nobody to ask for.
    async fn ask_once(self) -> Option<u32> {
        let after = self.unseen.try_with_untracked(Unseen::after)?;
        self.once_more.try_set_value(false);
        let answer = match api::missed_calls(after).await {
            Ok(answer) => answer,
            Err(error) if error.is(ErrorCode::SignedOut) => return None,
            Err(_) => return Some(RETRY_MS),
        };
        let ringing = answer.ringing;
        let new = self.unseen.try_update(|unseen| unseen.told(answer))?;
        self.keep();
        if !new.is_empty() {
            let who = |call: &shared::api::MissedCall| messages::peer(&CallSource::from_wire(&call.peer));
            self.phone.outside.found(new.iter().map(who).collect());
        }
        if ringing {
            return Some(RINGS_MS);
        }
        self.once_more.try_get_value()?.then_some(0)
    }
}
