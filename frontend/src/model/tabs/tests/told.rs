//! What is told between tabs, as bytes.

use super::*;

#[test]
fn every_wish_can_be_told_and_nothing_else() {
    // A new event belongs into one of the two.
    let is_wish = |event: &CallEvent| match event {
        CallEvent::Dial { .. }
        | CallEvent::Answer
        | CallEvent::Decline
        | CallEvent::HangUp
        | CallEvent::ToggleMute
        | CallEvent::Press(_)
        | CallEvent::SkipPause
        | CallEvent::StopSequence
        | CallEvent::Rate(_)
        | CallEvent::Dismiss => true,
        CallEvent::Incoming { .. }
        | CallEvent::Leg { .. }
        | CallEvent::Outcome { .. }
        | CallEvent::Inherit { .. }
        | CallEvent::FarEnd { .. }
        | CallEvent::RatingKept { .. }
        | CallEvent::Tick => false,
    };
    let events = [
        dial(),
        CallEvent::Answer,
        CallEvent::Decline,
        CallEvent::HangUp,
        CallEvent::ToggleMute,
        CallEvent::Press(Key::Hash),
        CallEvent::SkipPause,
        CallEvent::StopSequence,
        CallEvent::Rate(crate::model::call::opinion(false, Some(shared::api::CallIssue::Echo))),
        CallEvent::Dismiss,
        CallEvent::Incoming {
            leg: Leg(1),
            sid: String::new(),
            from: CallSource::Withheld,
            attestation: None,
        },
        CallEvent::Leg { leg: Leg(1), event: crate::model::LegEvent::Canceled },
        CallEvent::Outcome { leg: Leg(1), outcome: None },
        CallEvent::Inherit { leg: Leg(1), call: Box::new(call(1)) },
        CallEvent::FarEnd { leg: Leg(1), far_end: shared::api::FarEnd::default() },
        CallEvent::RatingKept { leg: Leg(1), kept: true },
        CallEvent::Tick,
    ];
    for event in events {
        let message = Message::Wish { owner: 3, leg: Some(Leg(1)), event: event.clone() };
        let read = message.to_bytes().and_then(|bytes| Message::from_bytes(&bytes));
        assert_eq!(read, is_wish(&event).then_some(message), "{event:?}");
    }
}

#[test]
fn a_call_is_told_whole() {
    let mut call = call(3);
    call.phase = Phase::Open;
    call.direction = CallDirection::Outgoing;
    call.muted = true;
    call.opened_at_ms = Some(12);
    let message = Message::State {
        term: Term { count: 1_800_000_000_000, tab: u32::MAX },
        serial: 2,
        snapshot: ready(Some(call)),
    };
    let bytes = message.to_bytes().unwrap();
    assert_eq!(Message::from_bytes(&bytes), Some(message));
    assert!(bytes.len() < 100, "{}", bytes.len());
}
