use leptos::prelude::*;
use shared::PhoneNumber;

use super::Phone;
use super::effects::Effect;
use crate::browser::{clock, page, random};
use crate::model::call::Attestation;
use crate::model::{CallEvent, CallSource, Leg, LegEvent, LineEvent, Phase, messages};
use crate::sdk::{DeviceEvent, SdkCall};

pub(super) enum Event {
    Call(CallEvent),
    Line(LineEvent),
}

impl Phone {
    /// Dials, if the line is ready; the error is in words.
    pub(crate) fn dial(self, to: PhoneNumber) -> Result<(), String> {
        if let Some(why) = messages::not_ready(self.line.get_untracked()) {
            return Err(why);
        }
        let leg = self.next_leg();
        self.feed_call(CallEvent::Dial { leg, to, attempt: random::attempt() });
        Ok(())
    }

    pub(crate) fn feed_call(self, event: CallEvent) {
        self.feed(Event::Call(event));
    }

    pub(crate) fn feed_line(self, event: LineEvent) {
        self.feed(Event::Line(event));
    }

    /// The page came to the front, or the browser back on the network.
    pub(crate) fn wake(self) {
        if page::is_visible() {
            self.feed_line(LineEvent::Wake);
        }
    }

    pub(super) fn feed_leg(self, leg: Leg, event: LegEvent) {
        self.feed_call(CallEvent::Leg { leg, event });
    }

    pub(super) fn tick(self) {
        let phase = self.call.with_untracked(|call| call.as_ref().map(|call| call.phase));
        let in_call = phase.is_some_and(|phase| phase != Phase::Ended);
        if in_call {
            self.now_ms.set(clock::now_ms());
            self.feed_call(CallEvent::Tick);
        }
        self.feed_line(LineEvent::Tick { in_call });
    }

    pub(super) fn on_device(self, event: DeviceEvent) {
        match event {
            DeviceEvent::Registered { edge } => {
                self.edge.set(edge);
                self.feed_line(LineEvent::Registered);
            }
            DeviceEvent::Unregistered => self.feed_line(LineEvent::Unregistered),
            DeviceEvent::Error { code } => self.feed_line(LineEvent::DeviceError { code }),
            DeviceEvent::TokenWillExpire => self.feed_line(LineEvent::TokenWillExpire),
            DeviceEvent::Incoming(call) => {
                let leg = self.next_leg();
                let sid = call.parameter("CallSid").unwrap_or_default();
                let from = CallSource::from_wire(&call.parameter("From").unwrap_or_default());
                let status = call.parameter("StirStatus").unwrap_or_default();
                let attestation = Attestation::from_stir_status(&status);
                self.adopt(leg, call);
                self.feed_call(CallEvent::Incoming { leg, sid, from, attestation });
            }
        }
    }

    /// Keeps the SDK's call and listens to it.
    pub(super) fn adopt(self, leg: Leg, mut call: SdkCall) {
        call.listen(move |event| self.feed_leg(leg, event));
        self.with(|inner| inner.legs.insert(leg, call.into()));
    }

    /// Events are taken one after the other, effects included: the SDK reports while it is being called.
    fn feed(self, event: Event) {
        let draining = self.with(|inner| {
            inner.queue.push_back(event);
            std::mem::replace(&mut inner.draining, true)
        });
        if draining {
            return;
        }
        while let Some(effects) = self.with(super::effects::next) {
            self.publish();
            for effect in effects {
                match effect {
                    Effect::Call(effect) => self.run_call(effect),
                    Effect::Line(effect) => self.run_line(effect),
                }
            }
        }
    }
}
