use crate::browser::ear::Ear;
use crate::model::{CallEvent, LegEvent, Phase};
use crate::state::Phone;
use crate::state::core::Event;

impl Phone {
    /// While the call is muted, and only then, the page hears the microphone itself, to notice who speaks into it in vain.
    pub(in crate::state) fn hear_while_muted(self) {
        let leg = self.with(|core| {
            let call = core.calls.call().filter(|call| call.muted && call.phase == Phase::Open);
            let leg = call.map(|call| call.leg);
            if leg.is_none() {
                core.calls.ear = None;
            }
            leg
        });
        let Some(leg) = leg else { return };
        if self.with(|core| core.calls.ear.is_none()) {
            let call = self.with(|core| core.calls.sdk_call(leg));
            let ear = call.and_then(|call| call.local_stream()).and_then(|stream| Ear::new(&stream));
            self.with(|core| core.calls.ear = ear);
        }
        if let Some(peak) = self.with(|core| core.calls.ear.as_ref().map(Ear::peak)) {
            self.feed(Event::Call(CallEvent::Leg { leg, event: LegEvent::HeardWhileMuted(peak) }));
        }
    }
}
