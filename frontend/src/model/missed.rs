use shared::api::CallDirection;

use super::{Call, EndReason, Leg, Phase};

/// Finds the calls that nobody answered, each once, although a call is looked at many times.
#[derive(Clone, Debug, Default)]
pub struct MissedCalls {
    last: Option<Leg>,
}

impl MissedCalls {
    /// Takes the call as it is now; true when it has turned out to be missed. A call that was declined, or answered by another
    /// device of the line, was not.
    pub fn watch(&mut self, call: Option<&Call>) -> bool {
        let Some(call) = call.filter(|call| is_missed(call) && self.last != Some(call.leg)) else {
            return false;
        };
        self.last = Some(call.leg);
        true
    }
}

fn is_missed(call: &Call) -> bool {
    call.phase == Phase::Ended
        && call.direction == CallDirection::Incoming
        && call.opened_at_ms.is_none()
        && !call.answered
        && matches!(call.reason, Some(EndReason::NoAnswer | EndReason::Canceled))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::model::{CallEvent, CallMachine, CallSource, LegEvent, Outgoing, Wish};
    use shared::api::CallOutcome;

    fn ring(machine: &mut CallMachine, leg: Leg) {
        let from = CallSource::Withheld;
        let sid = "CA1".to_owned();
        machine.on(CallEvent::Incoming { leg, sid, from, attestation: None }, 0);
    }

    /// Whether it counts, when these things happen to a call that rings.
    fn counts(leg: Leg, events: &[CallEvent], missed: &mut MissedCalls) -> usize {
        let mut machine = CallMachine::default();
        ring(&mut machine, leg);
        let mut count = usize::from(missed.watch(machine.call()));
        for event in events {
            machine.on(event.clone(), 1);
            // Looked at more than once, as a page does.
            count += usize::from(missed.watch(machine.call())) + usize::from(missed.watch(machine.call()));
        }
        count
    }

    fn outcome(leg: Leg, outcome: CallOutcome) -> CallEvent {
        CallEvent::Outcome { leg, outcome: Some(outcome) }
    }

    #[test]
    fn a_call_that_rang_in_vain_counts_once() {
        let mut missed = MissedCalls::default();
        let leg = Leg(1);
        let canceled = CallEvent::Leg { leg, event: LegEvent::Canceled };
        assert_eq!(
            counts(leg, &[canceled, outcome(leg, CallOutcome::NoAnswer), CallEvent::Tick], &mut missed),
            1
        );
        let leg = Leg(2);
        let canceled = CallEvent::Leg { leg, event: LegEvent::Canceled };
        assert_eq!(
            counts(leg, &[canceled, outcome(leg, CallOutcome::Canceled)], &mut missed),
            1,
            "the next one too"
        );
    }

    #[test]
    fn what_was_answered_or_declined_was_not_missed() {
        let leg = Leg(1);
        let accepted = CallEvent::Leg { leg, event: LegEvent::Accepted { sid: None } };
        let canceled = CallEvent::Leg { leg, event: LegEvent::Canceled };
        let disconnected = CallEvent::Leg { leg, event: LegEvent::Disconnected };
        for events in [
            vec![CallEvent::Wish(Wish::Decline), outcome(leg, CallOutcome::Busy)],
            vec![
                CallEvent::Wish(Wish::Answer),
                accepted,
                CallEvent::Wish(Wish::HangUp),
                outcome(leg, CallOutcome::Completed),
            ],
            // Before there was a sound.
            vec![
                CallEvent::Wish(Wish::Answer),
                CallEvent::Wish(Wish::HangUp),
                outcome(leg, CallOutcome::NoAnswer),
            ],
            vec![CallEvent::Wish(Wish::Answer), disconnected, outcome(leg, CallOutcome::Canceled)],
            // Answered by another device.
            vec![canceled, outcome(leg, CallOutcome::Completed)],
        ] {
            assert_eq!(counts(leg, &events, &mut MissedCalls::default()), 0, "{events:?}");
        }
    }

    #[test]
    fn a_call_that_was_dialled_is_never_missed() {
        let mut machine = CallMachine::default();
        let to = shared::PhoneNumber::from_e164("+12025550143").expect("a number");
        machine.on(
            CallEvent::Dial {
                leg: Leg(1),
                call: Outgoing { to, attempt: "AT1".to_owned(), then: String::new() },
            },
            0,
        );
        machine.on(CallEvent::Wish(Wish::HangUp), 1);
        assert!(!MissedCalls::default().watch(machine.call()));
    }
}
