use proptest::prelude::*;

use super::*;

fn token() -> LineEvent {
    LineEvent::Token { lifetime_s: 600 }
}

/// A line that was registered at 0 with a token of ten minutes.
fn registered() -> Line {
    let mut line = Line::default();
    assert_eq!(line.on(LineEvent::Start, 0), [LineEffect::DropDevice, LineEffect::FetchToken]);
    assert_eq!(line.on(token(), 0), [LineEffect::BuildDevice]);
    assert_eq!(line.status(), LineStatus::Connecting);
    line.on(LineEvent::Registered, 0);
    assert_eq!(line.status(), LineStatus::Registered);
    line
}

#[test]
fn the_token_is_renewed_before_it_dies_once() {
    let mut line = registered();
    assert!(line.on(LineEvent::Tick { in_call: false }, 479_999).is_empty());
    assert_eq!(line.on(LineEvent::Tick { in_call: false }, 480_000), [LineEffect::FetchToken]);
    assert!(line.on(LineEvent::TokenWillExpire, 480_001).is_empty(), "one request at a time");
    assert_eq!(line.on(token(), 480_100), [LineEffect::UpdateToken]);
    assert!(line.on(LineEvent::Tick { in_call: false }, 480_200).is_empty());
    assert_eq!(line.status(), LineStatus::Registered);
    assert_eq!([refresh_margin_ms(10), refresh_margin_ms(3_600)], [5_000, 120_000]);
}

#[test]
fn a_server_that_is_away_shows_only_when_the_token_is_dead() {
    let mut line = registered();
    line.on(LineEvent::TokenWillExpire, 480_000);
    line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), 480_000);
    assert_eq!(line.status(), LineStatus::Registered);
    assert_eq!(line.on(LineEvent::Tick { in_call: false }, 481_000), [LineEffect::FetchToken]);
    line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), 600_000);
    assert_eq!(line.status(), LineStatus::Offline(OfflineReason::ServerUnreachable));
    assert_eq!(line.on(LineEvent::Wake, 700_000), [LineEffect::FetchToken]);
    assert_eq!(line.on(token(), 700_000), [LineEffect::UpdateToken]);
    assert_eq!(line.status(), LineStatus::Registered);
}

#[test]
fn a_lost_registration_gets_a_moment_then_a_new_device_but_not_in_a_call() {
    let mut line = registered();
    line.on(LineEvent::Unregistered, 10_000);
    line.on(LineEvent::DeviceError { code: 31005 }, 10_000);
    assert_eq!(line.status(), LineStatus::Offline(OfflineReason::SignalingUnreachable));
    assert!(line.on(LineEvent::Tick { in_call: false }, 12_000).is_empty());
    assert!(line.on(LineEvent::Tick { in_call: true }, 20_000).is_empty());
    assert_eq!(
        line.on(LineEvent::Tick { in_call: false }, 20_500),
        [LineEffect::DropDevice, LineEffect::FetchToken]
    );

    let mut line = registered();
    line.on(LineEvent::Unregistered, 10_000);
    line.on(LineEvent::Registered, 11_000);
    assert_eq!(line.status(), LineStatus::Registered);
}

#[test]
fn what_cannot_register_is_tried_again_later_and_later() {
    let mut line = Line::default();
    line.on(LineEvent::Start, 0);
    let mut now = 0;
    let mut pauses = Vec::new();
    for _ in 0..7 {
        line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), now);
        assert_eq!(line.status(), LineStatus::Offline(OfflineReason::ServerUnreachable));
        let since = now;
        while line.on(LineEvent::Tick { in_call: false }, now).is_empty() {
            now += 500;
        }
        pauses.push(now - since);
    }
    assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
}

#[test]
fn a_refused_token_never_makes_a_tight_loop() {
    let mut line = Line::default();
    line.on(LineEvent::Start, 0);
    line.on(token(), 0);
    assert_eq!(line.on(LineEvent::DeviceError { code: 20104 }, 10), [LineEffect::DropDevice]);
    assert_eq!(line.status(), LineStatus::Offline(OfflineReason::TokenRefused(20104)));
    assert!(line.on(LineEvent::Tick { in_call: false }, 500).is_empty());

    let mut line = registered();
    assert!(line.on(LineEvent::DeviceError { code: 20101 }, 10).is_empty());
    assert_eq!(line.on(LineEvent::DeviceError { code: 20104 }, 700_000), [LineEffect::FetchToken]);
}

#[test]
fn the_end_of_the_session_ends_everything() {
    let mut line = registered();
    line.on(LineEvent::TokenWillExpire, 1);
    assert_eq!(
        line.on(LineEvent::TokenFailed(TokenFailure::SignedOut), 2),
        [LineEffect::DropDevice, LineEffect::SignedOut]
    );
    assert!(line.on(LineEvent::Tick { in_call: false }, u64::MAX).is_empty());
    assert!(line.on(LineEvent::Wake, u64::MAX).is_empty());
}

#[test]
fn a_session_that_became_another_lines_is_left() {
    let mut line = registered();
    line.on(LineEvent::TokenWillExpire, 1);
    assert_eq!(
        line.on(LineEvent::TokenFailed(TokenFailure::OtherLine), 2),
        [LineEffect::DropDevice, LineEffect::Replaced]
    );
    assert!(line.on(LineEvent::Wake, u64::MAX).is_empty());
}

#[test]
fn a_session_that_ends_during_a_call_ends_after_it() {
    let mut line = registered();
    assert_eq!(line.on(LineEvent::Tick { in_call: true }, 480_000), [LineEffect::FetchToken]);
    assert!(line.on(LineEvent::TokenFailed(TokenFailure::SignedOut), 480_100).is_empty());
    assert_eq!(line.on(LineEvent::Tick { in_call: false }, 481_100), [LineEffect::FetchToken]);
    assert_eq!(
        line.on(LineEvent::TokenFailed(TokenFailure::SignedOut), 481_200),
        [LineEffect::DropDevice, LineEffect::SignedOut]
    );
}

#[test]
fn the_next_session_does_not_wait_for_the_last_ones_token() {
    let mut line = registered();
    assert_eq!(line.on(LineEvent::TokenWillExpire, 1), [LineEffect::FetchToken]);
    line.on(LineEvent::Stop, 2);
    assert_eq!(line.on(LineEvent::Start, 3), [LineEffect::DropDevice, LineEffect::FetchToken]);
}

fn any_event() -> impl Strategy<Value = LineEvent> {
    use prop::sample::select;
    prop_oneof![
        (1u32..4_000).prop_map(|lifetime_s| LineEvent::Token { lifetime_s }),
        select(vec![TokenFailure::Trouble, TokenFailure::Unreachable]).prop_map(LineEvent::TokenFailed),
        Just(LineEvent::DeviceFailed(OfflineReason::SdkMissing)),
        Just(LineEvent::Registered),
        Just(LineEvent::Unregistered),
        select(vec![31005, 20101, 20104, 31205, 53405]).prop_map(|code| LineEvent::DeviceError { code }),
        Just(LineEvent::TokenWillExpire),
        Just(LineEvent::Wake),
        any::<bool>().prop_map(|in_call| LineEvent::Tick { in_call }),
    ]
}

proptest! {
    /// Whatever happened: when the world is well again, the line is registered within the longest pause.
    #[test]
    fn it_always_recovers(events in prop::collection::vec((any_event(), 0u64..20_000), 0..60)) {
        let mut line = Line::default();
        let mut now = 0;
        let mut waiting = line.on(LineEvent::Start, now).contains(&LineEffect::FetchToken);
        for (event, later) in events {
            now += later;
            if matches!(event, LineEvent::Token { .. } | LineEvent::TokenFailed(_)) {
                if !waiting { continue }
                waiting = false;
            }
            let effects = line.on(event, now);
            let fetches = effects.iter().filter(|effect| **effect == LineEffect::FetchToken).count();
            prop_assert!(fetches + usize::from(waiting) <= 1, "two requests at a time");
            waiting |= fetches == 1;
        }
        let until = now + 60_000;
        while line.status() != LineStatus::Registered {
            prop_assert!(now < until, "stuck in {line:?}");
            let mut effects = line.on(LineEvent::Tick { in_call: false }, now);
            if waiting { effects.push(LineEffect::FetchToken); }
            waiting = false;
            if effects.contains(&LineEffect::FetchToken) && line.on(token(), now).contains(&LineEffect::BuildDevice) {
                line.on(LineEvent::Registered, now);
            }
            now += 500;
        }
    }
}
