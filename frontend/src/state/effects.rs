use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use shared::api::AccessToken;

use super::core::{Event, Waiting};
use super::{Phone, SessionState, question};
use crate::api;
use crate::model::{
    CallEffect, CallEvent, KEY_MS, Leg, LegEvent, LineEffect, LineEvent, OfflineReason, TokenFailure,
};
use crate::sdk::{self, SdkCall, SdkDevice};
use crate::text;

/// Twilio's error codes have five digits; those of a `DOMException` have two.
const FIRST_TWILIO_CODE: u32 = 10_000;
/// Timers and clocks are not quite of one mind.
const NEXT_KEY_MS: u32 = KEY_MS as u32 + 5;

impl Phone {
    pub(super) fn run_call(self, effect: CallEffect) {
        match effect {
            CallEffect::Connect { leg, to, attempt } => self.connect(Waiting { leg, to, attempt }),
            CallEffect::Accept(leg) => self.call_sdk(leg, SdkCall::accept),
            CallEffect::Reject(leg) => self.call_sdk(leg, SdkCall::reject),
            CallEffect::Decline(leg) if self.silent_decline.get_untracked() => {
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
                if let Some((_, feedback)) = core.feedback.as_ref().filter(|(of, _)| *of == leg) {
                    feedback.post(rating);
                }
            }),
            CallEffect::Ask(question) => spawn_local(async move {
                if let Some(answer) = question::ask(question).await {
                    self.feed(Event::Call(answer));
                }
            }),
            CallEffect::Release(leg) => {
                let released = self.with(|core| core.release(leg));
                let feedback = released.as_ref().map(|call| (leg, call.feedback()));
                self.with(|core| core.feedback = feedback);
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
        let Some(call) = self.with(|core| core.sdk_call(leg)) else { return };
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
            self.with(|core| core.waiting = Some(Waiting { leg, to, attempt }));
            return;
        }
        // Transport error: the SDK's own code for "no connection to signaling".
        let Some(device) = self.with(|core| core.device.clone()) else { return failed(31009) };
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
        if self.with(|core| core.sdk_call(leg).is_some_and(|call| call.is_closed())) {
            self.feed_leg(leg, LegEvent::Disconnected);
        }
    }

    pub(super) fn run_line(self, effect: LineEffect) {
        match effect {
            LineEffect::FetchToken => self.fetch_token(),
            LineEffect::BuildDevice { first_edge } => self.build_device(first_edge),
            LineEffect::UpdateToken => {
                let (device, token) = self.with(|core| (core.device.clone(), core.token.take()));
                if let (Some(device), Some(token)) = (device, token)
                    && let Err(code) = device.update_token(&token.token)
                {
                    self.feed_line(LineEvent::DeviceError { code });
                }
            }
            LineEffect::Present(present) => {
                if let Some(device) = self.with(|core| core.device.clone()) {
                    if present { device.register() } else { device.unregister() }
                }
            }
            LineEffect::DropDevice => {
                let device = self.with(|core| {
                    core.device_generation += 1;
                    core.edge = None;
                    core.device.take()
                });
                // The SDK may be in the middle of reporting; it must not lose its Device under its feet.
                spawn_local(async move { drop(device) });
            }
            LineEffect::SignedOut => {
                self.leave(Some(text::sign_in::signed_out()));
                self.session_has_changed();
            }
            LineEffect::Replaced => self.leave(Some(text::sign_in::other_line())),
        }
    }

    fn fetch_token(self) {
        let departures = self.with(|core| core.departures);
        spawn_local(async move {
            let answer = api::access_token().await;
            if self.with(|core| core.departures) != departures {
                // Asked for a session that has been left meanwhile; the next one asks for itself.
                return;
            }
            let event = match answer {
                Ok(token) if !self.is_for_this_line(&token) => {
                    LineEvent::TokenFailed(TokenFailure::OtherLine)
                }
                Ok(token) => {
                    let lifetime_s = token.lifetime_s;
                    self.with(|core| core.token = Some(token));
                    LineEvent::Token { lifetime_s }
                }
                Err(failure) => LineEvent::TokenFailed(failure),
            };
            self.feed_line(event);
        });
    }

    fn is_for_this_line(self, token: &AccessToken) -> bool {
        self.session.with_untracked(|session| match session {
            SessionState::SignedIn(session) => session.phone_number == token.phone_number,
            SessionState::Loading | SessionState::Unknown(_) | SessionState::SignedOut => false,
        })
    }

    fn build_device(self, first_edge: usize) {
        let (token, generation) = self.with(|core| (core.token.take(), core.device_generation));
        let Some(token) = token else { return };
        spawn_local(async move {
            let built = self.load_and_build(&token, first_edge, generation).await;
            if self.with(|core| core.device_generation) != generation {
                return;
            }
            match built {
                Ok(device) => {
                    self.with(|core| core.device = Some(Rc::clone(&device)));
                    if let Some(audio) = device.audio() {
                        self.equip_device(&audio);
                    }
                    device.register();
                }
                Err(why) => self.feed_line(LineEvent::DeviceFailed(why)),
            }
        });
    }

    async fn load_and_build(
        self,
        token: &AccessToken,
        first_edge: usize,
        generation: u32,
    ) -> Result<Rc<SdkDevice>, OfflineReason> {
        sdk::load(&token.signaling).await?;
        if self.with(|core| core.device_generation) != generation {
            // Called off meanwhile; nobody looks at this.
            return Err(OfflineReason::SdkMissing);
        }
        let ring = self.ring_sound().unwrap_or("incoming");
        SdkDevice::new(
            token,
            first_edge,
            ring,
            move || self.microphone_for_call(),
            move |event| self.on_device(event),
        )
        .map(Rc::new)
        .map_err(|code| {
            // An error of the browser, which forbids something that the SDK cannot do without.
            if code < FIRST_TWILIO_CODE {
                OfflineReason::BrowserUnfit
            } else {
                OfflineReason::TokenRefused(code)
            }
        })
    }
}
