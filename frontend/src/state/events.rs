use shared::PhoneNumber;

use super::Phone;
use super::core::{Core, Effect, Event};
use crate::browser::{clock, page, random};
use crate::messages;
use crate::model::audio::AudioEvent;
use crate::model::call::Attestation;
use crate::model::line::Cure;
use crate::model::{Call, CallEvent, CallSource, Leg, LegEvent, LineEvent, Outgoing, Phase, TabsEvent, Wish};
use crate::sdk::{DeviceEvent, SdkCall};

impl Phone {
    /// Dials, if the line is ready; the error is in words.
    pub(crate) fn dial(self, to: PhoneNumber, then: String) -> Result<(), String> {
        if let Some(why) = messages::not_ready(self.line.get_untracked()) {
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

    pub(super) fn feed_line(self, event: LineEvent) {
        self.feed(Event::Line(event));
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

    /// The page came to the front, or the browser back on the network.
    pub(crate) fn wake(self) {
        if page::is_visible() {
            self.feed_line(LineEvent::Wake);
            // The timers of a hidden page come late.
            self.feed_tabs(TabsEvent::Tick);
        }
    }

    /// Whether the browser has a network, as far as it knows.
    pub(crate) fn network(self, there: bool) {
        self.feed_line(LineEvent::Network(there));
    }

    /// What the button says that mends the line.
    pub(crate) fn cure(self, cure: Cure) {
        match cure {
            Cure::TryNow => self.retry(),
            // The part is missing where the phone is.
            Cure::Reload if self.elsewhere.get_untracked() => self.take_over(),
            Cure::Reload => page::reload(),
            Cure::TakeOver => self.take_over(),
            Cure::RingAgain => self.set_quiet(false),
        }
    }

    pub(super) fn feed_leg(self, leg: Leg, event: LegEvent) {
        self.feed(Event::Call(CallEvent::Leg { leg, event }));
    }

    pub(super) fn tick(self) {
        if self.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live)) {
            self.now_ms.set(clock::now_ms());
        }
        self.hear_while_muted();
        let in_call = self.with(|core| core.calls.is_live());
        if in_call {
            self.tell_call_of_microphone();
            self.feed(Event::Call(CallEvent::Tick));
        }
        self.feed_line(LineEvent::Tick { in_call });
        self.feed_tabs(TabsEvent::Tick);
    }

    pub(super) fn on_device(self, event: DeviceEvent) {
        match event {
            DeviceEvent::Registered { edge } => {
                self.with(|core| core.edge = edge);
                // The SDK has sent its sounds to the system's devices meanwhile.
                self.feed_audio(AudioEvent::Forgotten);
                self.feed_line(LineEvent::Registered);
            }
            DeviceEvent::Unregistered => self.feed_line(LineEvent::Unregistered),
            DeviceEvent::Error { code } => self.feed_line(LineEvent::DeviceError { code }),
            DeviceEvent::TokenWillExpire => self.feed_line(LineEvent::TokenWillExpire),
            // On its way while the line fell quiet, or the phone went to another tab.
            DeviceEvent::Incoming(call) if !self.with(|core| core.takes_calls()) => drop(call.ignore()),
            DeviceEvent::Incoming(call) => {
                let leg = self.next_leg();
                let sid = call.parameter("CallSid").unwrap_or_default();
                let from = CallSource::from_wire(&call.parameter("From").unwrap_or_default());
                let status = call.parameter("StirStatus").unwrap_or_default();
                let attestation = Attestation::from_stir_status(&status);
                self.adopt(leg, call);
                self.feed(Event::Call(CallEvent::Incoming { leg, sid, from, attestation }));
            }
        }
    }

    /// Keeps the SDK's call and listens to it.
    pub(super) fn adopt(self, leg: Leg, mut call: SdkCall) {
        call.listen(move |event| self.feed_leg(leg, event));
        self.with(|core| core.legs.push((leg, call.into())));
    }

    /// Events are taken one after the other, effects included: the SDK reports while it is being called.
    pub(super) fn feed(self, event: Event) {
        let draining = self.with(|core| {
            core.queue.push_back(event);
            std::mem::replace(&mut core.draining, true)
        });
        if draining {
            return;
        }
        while let Some(effects) = self.with(|core| core.next(clock::now_ms(), clock::lived_ms())) {
            self.publish();
            for effect in effects {
                match effect {
                    Effect::Call(effect) => self.run_call(effect),
                    Effect::Line(effect) => self.run_line(effect),
                    Effect::Tabs(effect) => self.run_tabs(*effect),
                }
            }
            if let Some(waiting) = self.with(Core::no_longer_waiting) {
                self.connect(waiting);
            }
        }
    }
}
