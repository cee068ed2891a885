//! What is told between tabs, as bytes.

use super::*;

#[test]
fn every_wish_can_be_told() {
    let wishes = [
        Wish::Answer,
        Wish::Decline,
        Wish::HangUp,
        Wish::ToggleMute,
        Wish::Press(Key::Hash),
        Wish::SkipPause,
        Wish::StopSequence,
        Wish::Rate(crate::model::call::opinion(false, Some(shared::api::CallIssue::Echo))),
        Wish::Dismiss,
    ];
    for wish in wishes {
        let said = Said::Wish { owner: 3, leg: Some(Leg(1)), wish };
        assert_eq!(Said::from_bytes(&said.to_bytes()), Some(said), "{wish:?}");
    }
}

#[test]
fn a_call_is_told_whole() {
    let mut call = call(3);
    call.phase = Phase::Open;
    call.direction = CallDirection::Outgoing;
    call.muted = true;
    call.opened_at_ms = Some(12);
    let said = Said::State {
        term: Term { count: 1_800_000_000_000, tab: u32::MAX },
        serial: 2,
        snapshot: ready(Some(call)),
    };
    let bytes = said.to_bytes();
    assert_eq!(Said::from_bytes(&bytes), Some(said));
    assert!(bytes.len() < 100, "{}", bytes.len());
}
