//! Keys pressed in a call, and those dialled behind a number.

use super::*;

#[test]
fn keys_are_sent_in_order_and_only_when_open() {
    let mut machine = run([dial()]).0;
    assert!(machine.on(CallEvent::Wish(Wish::Press(Key::D1)), 1).is_empty());
    machine.on(leg(LegEvent::Accepted { sid: sid() }), 2);
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert_eq!(machine.on(CallEvent::Wish(Wish::Press(Key::D1)), 1_000), send("1"));
    assert_eq!(machine.on(CallEvent::Wish(Wish::Press(Key::Star)), 2_000), send("*"));
    assert_eq!(machine.call().unwrap().keys_sent, "1*");
}

#[test]
fn keys_pressed_faster_than_tones_wait_for_their_turn() {
    let mut machine = run([dial(), leg(LegEvent::Accepted { sid: sid() })]).0;
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert_eq!(machine.on(CallEvent::Wish(Wish::Press(Key::D3)), 2_000), send("3"));
    assert!(machine.on(CallEvent::Wish(Wish::Press(Key::Star)), 2_010).is_empty());
    assert!(machine.on(CallEvent::Wish(Wish::Press(Key::D0)), 2_020).is_empty());
    assert!(machine.on(CallEvent::Tick, 2_250).is_empty(), "the first tone still plays");
    assert_eq!(machine.on(CallEvent::Tick, 2_310), send("*"));
    assert!(
        machine.on(CallEvent::Wish(Wish::Press(Key::Hash)), 2_600).is_empty(),
        "it began late, and ends late"
    );
    assert_eq!(machine.on(CallEvent::Tick, 2_610), send("0"), "one at a time");
    assert_eq!(machine.on(CallEvent::Tick, 3_500), send("#"));
    assert!(machine.on(CallEvent::Tick, 9_000).is_empty());
    assert_eq!(machine.call().unwrap().keys_sent, "3*0#");
}

#[test]
fn a_sequence_is_sent_once_the_call_is_open() {
    let CallEvent::Dial { call, .. } = dial() else { unreachable!() };
    let dial = CallEvent::Dial { leg: LEG, call: Outgoing { then: "1,2;3".to_owned(), ..call } };
    let mut machine = run([dial]).0;
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert!(machine.on(CallEvent::Tick, 1_000).is_empty(), "nobody hears it yet");
    assert!(machine.on(CallEvent::Wish(Wish::SkipPause), 1_000).is_empty());
    machine.on(leg(LegEvent::Accepted { sid: sid() }), 2_000);
    assert_eq!(machine.on(CallEvent::Tick, 2_000), send("1"));
    assert!(machine.on(CallEvent::Tick, 4_250).is_empty(), "the pause");
    assert_eq!(machine.on(CallEvent::Tick, 4_300), send("2"));
    assert!(machine.on(CallEvent::Tick, 60_000).is_empty(), "the user is asked");
    assert_eq!(machine.on(CallEvent::Wish(Wish::SkipPause), 60_250), send("3"));
    assert_eq!(machine.call().unwrap().sequence.keys(), "1,2;3", "for calling again");
    assert_eq!(machine.call().unwrap().keys_sent, "", "those are the user's own");
}
