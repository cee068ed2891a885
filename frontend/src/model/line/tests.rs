use proptest::prelude::*;

use super::*;

fn token() -> LineEvent {
    LineEvent::Token { lifetime_s: 600 }
}

/// A line that was registered at 0 with a token of ten minutes.
fn registered() -> Line {
    let mut line = Line::default();
    assert_eq!(line.on(LineEvent::Start { seed: 7 }, 0), [LineEffect::DropDevice, LineEffect::FetchToken]);
    assert_eq!(line.on(token(), 0), [LineEffect::BuildDevice { first_edge: 0 }]);
    assert_eq!(line.status(), LineStatus::Connecting);
    line.on(LineEvent::Registered, 0);
    assert_eq!(line.status(), LineStatus::Registered);
    line
}

/// Ticks as the page does; the moment and the effects of the first tick that has any.
fn tick_on(line: &mut Line, in_call: bool, mut now: u64, until: u64) -> Option<(u64, Vec<LineEffect>)> {
    while now < until {
        let effects = line.on(LineEvent::Tick { in_call }, now);
        if !effects.is_empty() {
            return Some((now, effects));
        }
        now += 250;
    }
    None
}

#[test]
fn the_token_is_renewed_before_it_dies_once() {
    let mut line = registered();
    let (now, effects) = tick_on(&mut line, false, 0, 600_000).unwrap();
    assert!((450_000..=480_000).contains(&now), "{now}");
    assert_eq!(effects, [LineEffect::FetchToken]);
    assert!(line.on(LineEvent::TokenWillExpire, now + 1).is_empty(), "one request at a time");
    assert!(line.on(LineEvent::Wake, now + 2).is_empty(), "one request at a time");
    assert_eq!(line.on(token(), now + 100), [LineEffect::UpdateToken]);
    assert!(line.on(LineEvent::Tick { in_call: false }, now + 200).is_empty());
    assert_eq!(line.status(), LineStatus::Registered);
    assert_eq!([refresh_margin_ms(10), refresh_margin_ms(3_600)], [5_000, 120_000]);
}

#[test]
fn a_server_that_is_away_shows_only_when_the_token_is_dead() {
    let mut line = registered();
    line.on(LineEvent::TokenWillExpire, 480_000);
    line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), 480_000);
    assert_eq!(line.status(), LineStatus::Registered);
    assert_eq!(line.on(LineEvent::Tick { in_call: false }, 481_250), [LineEffect::FetchToken]);
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
    line.on(LineEvent::Start { seed: 7 }, 0);
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
    for (pause, least) in pauses.into_iter().zip([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]) {
        assert!((least..=least + least / 4 + 500).contains(&pause), "{pause}");
    }
}

#[test]
fn a_refused_token_never_makes_a_tight_loop() {
    let mut line = Line::default();
    line.on(LineEvent::Start { seed: 7 }, 0);
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
    let (now, effects) = tick_on(&mut line, true, 0, 600_000).unwrap();
    assert_eq!(effects, [LineEffect::FetchToken]);
    assert!(line.on(LineEvent::TokenFailed(TokenFailure::SignedOut), now).is_empty());
    let (now, effects) = tick_on(&mut line, false, now, now + 2_000).unwrap();
    assert_eq!(effects, [LineEffect::FetchToken]);
    assert_eq!(
        line.on(LineEvent::TokenFailed(TokenFailure::SignedOut), now),
        [LineEffect::DropDevice, LineEffect::SignedOut]
    );
}

#[test]
fn a_call_keeps_its_token_as_long_as_it_can_and_not_longer() {
    let mut line = registered();
    line.on(LineEvent::Tick { in_call: true }, 1_000);
    assert!(line.on(LineEvent::TokenWillExpire, 480_000).is_empty());
    let (now, effects) = tick_on(&mut line, true, 480_000, 600_000).unwrap();
    assert_eq!((now, effects), (540_000, vec![LineEffect::FetchToken]));
    assert_eq!(line.on(token(), now), [LineEffect::UpdateToken]);

    let mut line = registered();
    assert_eq!(tick_on(&mut line, true, 0, 500_000), None);
    assert_eq!(line.on(LineEvent::Tick { in_call: false }, 500_000), [LineEffect::FetchToken], "after it");
}

#[test]
fn after_sleep_the_line_is_made_anew_but_not_in_a_call() {
    let mut line = registered();
    assert_eq!(tick_on(&mut line, false, 0, 60_000), None);
    assert_eq!(
        line.on(LineEvent::Tick { in_call: false }, 300_000),
        [LineEffect::DropDevice, LineEffect::FetchToken]
    );
    assert_eq!(line.status(), LineStatus::Waking);
    line.on(token(), 300_100);
    line.on(LineEvent::Registered, 300_200);
    assert_eq!(line.status(), LineStatus::Registered);
    assert!(line.on(LineEvent::Wake, 301_000).is_empty(), "fresh");
    assert_eq!(line.on(LineEvent::Wake, 340_000), [LineEffect::FetchToken]);

    let mut line = registered();
    assert_eq!(tick_on(&mut line, true, 0, 60_000), None);
    let effects = line.on(LineEvent::Tick { in_call: true }, 300_000);
    assert!(!effects.contains(&LineEffect::DropDevice), "{effects:?}");
}

#[test]
fn a_quiet_line_has_a_device_that_nobody_can_call() {
    let mut line = registered();
    assert_eq!(line.on(LineEvent::Quiet(true), 1_000), [LineEffect::Present(false)]);
    assert!(line.on(LineEvent::Quiet(true), 1_001).is_empty());
    line.on(LineEvent::Unregistered, 1_100);
    assert_eq!(line.status(), LineStatus::Quiet);
    assert_eq!(tick_on(&mut line, false, 1_100, 60_000), None);
    assert_eq!(line.on(LineEvent::Quiet(false), 61_000), [LineEffect::Present(true)]);
    assert_eq!(line.status(), LineStatus::Connecting);
    line.on(LineEvent::Registered, 61_100);
    assert_eq!(line.status(), LineStatus::Registered);

    // From the start on.
    let mut line = Line::default();
    line.on(LineEvent::Quiet(true), 0);
    line.on(LineEvent::Start { seed: 7 }, 0);
    line.on(token(), 100);
    assert_eq!(line.on(LineEvent::Registered, 200), [LineEffect::Present(false)]);
    assert_eq!(line.status(), LineStatus::Quiet);
}

#[test]
fn without_a_network_the_line_is_offline_as_soon_as_that_is_sure() {
    let mut line = registered();
    // A machine by itself: the server answers all the same.
    assert_eq!(line.on(LineEvent::Network(false), 1_000), [LineEffect::FetchToken]);
    assert_eq!(line.on(token(), 1_100), [LineEffect::UpdateToken]);
    assert_eq!(line.status(), LineStatus::Registered);
    line.on(LineEvent::Network(true), 2_000);
    line.on(token(), 2_100);

    assert_eq!(line.on(LineEvent::Network(false), 3_000), [LineEffect::FetchToken]);
    line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), 3_100);
    assert_eq!(line.status(), LineStatus::Offline(OfflineReason::NoNetwork));
    assert_eq!(line.on(LineEvent::Retry, 3_200), [LineEffect::DropDevice, LineEffect::FetchToken]);
    line.on(LineEvent::TokenFailed(TokenFailure::Unreachable), 3_300);
    assert_eq!(
        line.on(LineEvent::Network(true), 3_400),
        [LineEffect::DropDevice, LineEffect::FetchToken],
        "at once"
    );
}

#[test]
fn a_slow_answer_does_not_lengthen_a_tokens_life() {
    let mut line = Line::default();
    line.on(LineEvent::Start { seed: 7 }, 0);
    line.on(LineEvent::Token { lifetime_s: 100 }, 40_000);
    line.on(LineEvent::Registered, 40_000);
    let (now, _) = tick_on(&mut line, false, 40_000, 200_000).unwrap();
    assert!(now <= 50_000, "{now}");
}

#[test]
fn an_edge_that_cannot_be_had_is_followed_by_the_next() {
    let mut line = Line::default();
    line.on(LineEvent::Start { seed: 7 }, 0);
    let mut now = 0;
    for first_edge in 0..4 {
        assert_eq!(line.on(token(), now), [LineEffect::BuildDevice { first_edge }]);
        let (given_up, effects) = tick_on(&mut line, false, now, now + 20_000).unwrap();
        assert_eq!(effects, [LineEffect::DropDevice]);
        assert_eq!(line.status(), LineStatus::Offline(OfflineReason::SignalingUnreachable));
        now = tick_on(&mut line, false, given_up, given_up + 20_000).unwrap().0;
    }
    line.on(token(), now);
    line.on(LineEvent::Registered, now);
    line.on(LineEvent::Unregistered, now);
    let (now, _) = tick_on(&mut line, false, now, now + 20_000).unwrap();
    assert_eq!(line.on(token(), now), [LineEffect::BuildDevice { first_edge: 4 }], "the one that worked");
}

#[test]
fn the_next_session_does_not_wait_for_the_last_ones_token() {
    let mut line = registered();
    assert_eq!(line.on(LineEvent::TokenWillExpire, 1), [LineEffect::FetchToken]);
    line.on(LineEvent::Stop, 2);
    assert_eq!(line.on(LineEvent::Start { seed: 7 }, 3), [LineEffect::DropDevice, LineEffect::FetchToken]);
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
        Just(LineEvent::Retry),
        any::<bool>().prop_map(LineEvent::Network),
        any::<bool>().prop_map(LineEvent::Quiet),
        any::<bool>().prop_map(|in_call| LineEvent::Tick { in_call }),
    ]
}

proptest! {
    /// Whatever happened: when the world is well again, the line is registered within the longest pause.
    #[test]
    fn it_always_recovers(seed: u32, events in prop::collection::vec((any_event(), 0u64..200_000), 0..60)) {
        let mut line = Line::default();
        let mut now = 0;
        let mut waiting = line.on(LineEvent::Start { seed }, now).contains(&LineEffect::FetchToken);
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
        while !matches!(line.status(), LineStatus::Registered | LineStatus::Quiet) {
            prop_assert!(now < until, "stuck in {line:?}");
            let mut effects = line.on(LineEvent::Tick { in_call: false }, now);
            if waiting { effects.push(LineEffect::FetchToken); }
            waiting = false;
            if effects.contains(&LineEffect::FetchToken) && line.on(token(), now).iter().any(|effect| matches!(effect, LineEffect::BuildDevice { .. })) {
                line.on(LineEvent::Registered, now);
            }
            now += 500;
        }
    }
}

proptest! {
    /// While the server answers, a line with a Device never holds a dead token, in a call or not.
    #[test]
    fn a_token_never_dies_while_the_server_answers(
        seed: u32,
        lifetime_s in 60u32..4_000,
        steps in prop::collection::vec((any::<bool>(), 1u64..2_000, 0u64..3_000), 1..400),
    ) {
        let mut line = Line::default();
        line.on(LineEvent::Start { seed }, 0);
        line.on(LineEvent::Token { lifetime_s }, 0);
        line.on(LineEvent::Registered, 0);
        let (mut now, mut dies) = (0, u64::from(lifetime_s) * 1_000);
        for (in_call, later, answer) in steps {
            now += later;
            prop_assert!(now < dies, "dead at {now}");
            if line.on(LineEvent::Tick { in_call }, now).contains(&LineEffect::FetchToken) {
                let asked = now;
                now += answer;
                prop_assert!(now < dies, "dead at {now}");
                prop_assert_eq!(line.on(LineEvent::Token { lifetime_s }, now), [LineEffect::UpdateToken]);
                dies = asked + u64::from(lifetime_s) * 1_000;
            }
        }
    }
}
