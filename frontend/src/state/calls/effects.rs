use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::{Waiting, question};
use crate::model::{CallEffect, CallEvent, KEY_MS, Leg, LegEvent};
use crate::sdk::{self, SdkCall};
use crate::state::Phone;
use crate::state::core::Event;

/// Timers and clocks are not quite of one mind.
const NEXT_KEY_MS: u32 = KEY_MS as u32 + 5;

impl Phone {
    pub(in crate::state) fn run_call(self, effect: CallEffect) {
        match effect {
            CallEffect::Connect { leg, to, attempt } => self.connect(Waiting { leg, to, attempt }),
            CallEffect::Accept(leg) => self.call_sdk(leg, SdkCall::accept),
            CallEffect::Reject(leg) => self.call_sdk(leg, SdkCall::reject),
            CallEffect::Decline(leg) if self.preferences.silent_decline.get_untracked() => {
                self.call_sdk(leg, SdkCall::ignore);
            }
            CallEffect::Decline(leg) => self.call_sdk(leg, SdkCall::reject),
            CallEffect::Disconnect(leg) => self.call_sdk(leg, SdkCall::disconnect),
            CallEffect::Mute { leg, on } => self.call_sdk(leg, |call| call.mute(on)),
            CallEffect::SendDigits { leg, digits } => {
                sdk::play_keys(&digits);
                self.call_sdk(leg, |call| call.send_digits(&digits));
                // The next one may wait for it.
                spawn_local(async move {
                    TimeoutFuture::new(NEXT_KEY_MS).await;
                    self.feed(Event::Call(CallEvent::Tick));
                });
            }
            CallEffect::SendFeedback { leg, rating } => self.with(|core| {
                if let Some((_, feedback)) = core.calls.feedback.as_ref().filter(|(of, _)| *of == leg) {
                    feedback.post(rating);
                }
            }),
            CallEffect::Ask(question) => spawn_local(async move {
                if let Some(answer) = question::ask(question).await {
                    self.feed(Event::Call(answer));
                }
            }),
            CallEffect::Release(leg) => {
                let released = self.with(|core| core.calls.release(leg));
                let feedback = released.as_ref().map(|call| (leg, call.feedback()));
                self.with(|core| core.calls.feedback = feedback);
                // The SDK may be in the middle of reporting to one of the listeners, and an error may follow the end.
                spawn_local(async move {
                    TimeoutFuture::new(1_000).await;
                    drop(released);
                });
            }
        }
    }

    pub(super) fn call_sdk(self, leg: Leg, verb: impl FnOnce(&SdkCall) -> Result<(), u32>) {
        // While the SDK is still making the call there is nothing to speak to; `connect` catches up.
        let Some(call) = self.with(|core| core.calls.sdk_call(leg)) else { return };
        if let Err(code) = verb(&call) {
            self.feed_leg(leg, LegEvent::Error { code, closed: call.is_closed() });
        }
    }

    /// Dials, as soon as the line is there: a tab that has just been given the phone has yet to register.
    pub(super) fn connect(self, call: Waiting) {
        let Waiting { leg, to, attempt } = call;
        let failed = move |code| self.feed_leg(leg, LegEvent::Error { code, closed: true });
        if !self.with(|core| core.calls.call().is_some_and(|call| call.leg == leg && call.is_live())) {
            return;
        }
        if self.with(|core| core.line.status().is_on_its_way()) {
            self.with(|core| core.calls.waiting = Some(Waiting { leg, to, attempt }));
            return;
        }
        // Transport error: the SDK's own code for "no connection to signaling".
        let Some(device) = self.with(|core| core.line.device()) else { return failed(31009) };
        match device.connect(&to, &attempt) {
            Err(code) => failed(code),
            Ok(call) => spawn_local(async move {
                match call.await {
                    Err(code) => failed(code),
                    Ok(call) => self.connected(leg, call),
                }
            }),
        }
    }

    /// The SDK has made the call; meanwhile the user may have hung up or muted.
    fn connected(self, leg: Leg, call: SdkCall) {
        let wanted = self.with(|core| {
            core.calls.call().filter(|call| call.leg == leg && call.is_live()).map(|call| call.muted)
        });
        self.adopt(leg, call);
        match wanted {
            None => {
                self.run_call(CallEffect::Disconnect(leg));
                self.run_call(CallEffect::Release(leg));
            }
            Some(true) => self.run_call(CallEffect::Mute { leg, on: true }),
            Some(false) => {}
        }
        if self.with(|core| core.calls.sdk_call(leg).is_some_and(|call| call.is_closed())) {
            self.feed_leg(leg, LegEvent::Disconnected);
        }
    }
}
