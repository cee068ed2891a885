//! The desk of the calls: the model's call machine and the SDK's calls, in the tab that has the phone; what a user wants of them, in
//! any tab.

pub(super) mod dismissed;
mod effects;
mod muted;
mod question;

use std::rc::Rc;

use shared::PhoneNumber;

use super::Phone;
use super::core::Event;
use super::lasting::{Lasting, Shown};
use crate::browser::ear::Ear;
use crate::browser::{clock, page, random};
use crate::messages;
use crate::model::call::Attestation;
use crate::model::{
    Call, CallEffect, CallEvent, CallMachine, CallSource, Leg, LegEvent, Outgoing, Phase, TabsEvent, Wish,
};
use crate::sdk::{SdkCall, SdkFeedback};

/// What is to be seen of the call, in whatever tab.
#[derive(Clone, Copy)]
pub(crate) struct CallDesk {
    pub(crate) call: Shown<Option<Call>>,
    /// Runs while a call is live.
    pub(crate) now_ms: Shown<u64>,
    shown_call: Lasting<Option<Call>>,
    shown_ms: Lasting<u64>,
}

impl CallDesk {
    pub(super) fn new() -> Self {
        let (call, now_ms) = (Lasting::new(None), Lasting::new(clock::now_ms()));
        Self { call: call.shown(), now_ms: now_ms.shown(), shown_call: call, shown_ms: now_ms }
    }

    pub(super) fn show(self, call: Option<Call>) {
        self.shown_call.show(call);
    }

    /// Before what is shown is another.
    pub(super) fn is_about_to_show(self, call: Option<&Call>) {
        self.call.with_untracked(|shown| dismissed::note(shown.as_ref(), call));
        if call.is_some() && self.call.with_untracked(Option::is_none) {
            page::drop_focus_within("dial-pad");
        }
    }

    pub(super) fn tick(self) {
        if self.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live)) {
            self.shown_ms.set(clock::now_ms());
        }
    }
}

/// An outgoing call that waits for the line.
struct Waiting {
    leg: Leg,
    to: PhoneNumber,
    attempt: String,
}

/// The model and the objects of the SDK.
#[derive(Default)]
pub(super) struct Held {
    calls: CallMachine,
    /// Few, and never for long.
    legs: Vec<(Leg, Rc<SdkCall>)>,
    /// Hears the microphone of a muted call.
    ear: Option<Ear>,
    /// Of the call that ended last.
    feedback: Option<(Leg, SdkFeedback)>,
    waiting: Option<Waiting>,
    last_leg: u32,
}

impl Held {
    pub(super) fn on(&mut self, event: CallEvent, now_ms: u64) -> Vec<CallEffect> {
        self.calls.on(event, now_ms)
    }

    /// As this tab's machine has it.
    pub(super) fn call(&self) -> Option<&Call> {
        self.calls.call()
    }

    pub(super) fn is_live(&self) -> bool {
        self.calls.is_live()
    }

    pub(super) fn hear_no_more(&mut self) {
        self.ear = None;
    }

    /// The SDK's call of a leg.
    pub(super) fn sdk_call(&self, leg: Leg) -> Option<Rc<SdkCall>> {
        self.legs.iter().find(|(of, _)| *of == leg).map(|(_, call)| Rc::clone(call))
    }

    /// The same, which is forgotten.
    fn release(&mut self, leg: Leg) -> Option<Rc<SdkCall>> {
        let place = self.legs.iter().position(|(of, _)| *of == leg)?;
        Some(self.legs.remove(place).1)
    }
}

impl Phone {
    pub(super) fn next_leg(self) -> Leg {
        self.with(|core| {
            core.calls.last_leg += 1;
            Leg(core.calls.last_leg)
        })
    }

    /// The outgoing call that has waited is made once it is known whether the line works.
    pub(super) fn wait_no_longer(self) {
        let waiting = self
            .with(|core| if core.line.status().is_on_its_way() { None } else { core.calls.waiting.take() });
        if let Some(waiting) = waiting {
            self.connect(waiting);
        }
    }

    /// Dials, if the line is ready; the error is in words.
    pub(crate) fn dial(self, to: PhoneNumber, then: String) -> Result<(), String> {
        if let Some(why) = messages::not_ready(self.line.status.get_untracked()) {
            return Err(why);
        }
        let call = Outgoing { to, attempt: random::attempt(), then };
        if self.has_the_phone() {
            self.dial_here(call);
        } else {
            self.feed_tabs(TabsEvent::Dial(call));
        }
        Ok(())
    }

    /// Legs are numbers of one tab's own.
    pub(super) fn dial_here(self, call: Outgoing) {
        let leg = self.next_leg();
        self.feed(Event::Call(CallEvent::Dial { leg, call }));
    }

    /// What the user wants of the call. In a tab that does not have the phone, the one that has it is told.
    pub(crate) fn wish(self, wish: Wish) {
        if self.has_the_phone() {
            self.feed(Event::Call(CallEvent::Wish(wish)));
        } else {
            self.feed_tabs(TabsEvent::Wish(wish));
        }
    }

    fn has_the_phone(self) -> bool {
        self.with(|core| core.tabs.is_owner())
    }

    /// What rings here rings no more, and nobody is told: other devices of the line may answer, and the caller waits. The SDK
    /// would decline in the user's name when its page goes (`_onPageHide` in its `lib/twilio/device.ts`).
    pub(crate) fn ring_no_more(self) {
        let ringing = self
            .with(|core| core.calls.call().filter(|call| call.phase == Phase::Incoming).map(|call| call.leg));
        if let Some(leg) = ringing {
            self.call_sdk(leg, SdkCall::ignore);
            self.feed_leg(leg, LegEvent::Canceled);
        }
    }

    pub(super) fn feed_leg(self, leg: Leg, event: LegEvent) {
        self.feed(Event::Call(CallEvent::Leg { leg, event }));
    }

    /// Keeps the SDK's call and listens to it.
    fn adopt(self, leg: Leg, mut call: SdkCall) {
        call.listen(move |event| self.feed_leg(leg, event));
        self.with(|core| core.calls.legs.push((leg, call.into())));
    }

    /// Somebody calls.
    pub(super) fn on_invitation(self, call: SdkCall) {
        let leg = self.next_leg();
        let sid = call.parameter("CallSid").unwrap_or_default();
        let from = CallSource::from_wire(&call.parameter("From").unwrap_or_default());
        let status = call.parameter("StirStatus").unwrap_or_default();
        let attestation = Attestation::from_stir_status(&status);
        self.adopt(leg, call);
        self.feed(Event::Call(CallEvent::Incoming { leg, sid, from, attestation }));
    }
}
