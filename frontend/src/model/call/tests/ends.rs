//! Why a call ended, as far as anybody can tell.

use super::*;

#[test]
fn a_call_that_another_device_took_is_not_missed() {
    for told in [CallOutcome::InProgress, CallOutcome::Completed] {
        let (machine, _) = run([incoming(), leg(LegEvent::Canceled), outcome(told)]);
        assert_eq!(reason(&machine), Some(EndReason::AnsweredElsewhere));
    }
    let (machine, _) = run([incoming(), leg(LegEvent::Canceled), outcome(CallOutcome::NoAnswer)]);
    assert_eq!(reason(&machine), Some(EndReason::NoAnswer));
    let answered = [
        incoming(),
        CallEvent::Wish(Wish::Answer),
        leg(LegEvent::Disconnected),
        outcome(CallOutcome::Completed),
    ];
    assert_eq!(reason(&run(answered).0), Some(EndReason::Completed));
}

#[test]
fn a_call_that_was_answered_and_ended_before_there_was_sound_was_not_missed() {
    // Both together are told as such: `crate::messages`.
    let told = |machine: &CallMachine| (machine.call().unwrap().answered, reason(machine));
    // Whatever the server heard from the network about it.
    for what in [CallOutcome::Canceled, CallOutcome::NoAnswer, CallOutcome::Busy, CallOutcome::Completed] {
        let (machine, _) =
            run([incoming(), CallEvent::Wish(Wish::Answer), CallEvent::Wish(Wish::HangUp), outcome(what)]);
        assert_eq!(reason(&machine), Some(EndReason::Completed));
        assert!(!machine.call().unwrap().was_conversation());
    }
    for (what, why) in [
        (CallOutcome::Canceled, EndReason::Canceled),
        (CallOutcome::NoAnswer, EndReason::NoAnswer),
        (CallOutcome::Failed, EndReason::Failed),
    ] {
        let (machine, _) =
            run([incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Disconnected), outcome(what)]);
        assert_eq!(told(&machine), (true, Some(why)));
    }
    let silent = CallEvent::Outcome { leg: LEG, outcome: None };
    let (machine, _) = run([incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Disconnected), silent]);
    assert_eq!(reason(&machine), Some(EndReason::Completed));
    // The answer came too late: the caller, or another device, was faster.
    let (machine, _) = run([
        incoming(),
        CallEvent::Wish(Wish::Answer),
        leg(LegEvent::Canceled),
        outcome(CallOutcome::Canceled),
    ]);
    assert_eq!(told(&machine), (false, Some(EndReason::Canceled)));
    let (machine, _) = run([
        incoming(),
        CallEvent::Wish(Wish::Answer),
        leg(LegEvent::Canceled),
        outcome(CallOutcome::InProgress),
    ]);
    assert_eq!(reason(&machine), Some(EndReason::AnsweredElsewhere));
    // Who dials and gives up has answered nothing.
    let (machine, _) = run([dial(), CallEvent::Wish(Wish::HangUp)]);
    assert_eq!(reason(&machine), Some(EndReason::Canceled));
}

#[test]
fn the_server_says_why_it_ended() {
    for (said, expected) in [
        (CallOutcome::Busy, EndReason::Busy),
        (CallOutcome::NoAnswer, EndReason::NoAnswer),
        (CallOutcome::Failed, EndReason::Failed),
        (CallOutcome::Completed, EndReason::Completed),
        (CallOutcome::Refused { reason: Refusal::OwnNumber }, EndReason::Refused(Refusal::OwnNumber)),
    ] {
        let (machine, _) =
            run([dial(), leg(LegEvent::Ringing { sid: sid() }), leg(LegEvent::Disconnected), outcome(said)]);
        assert_eq!(reason(&machine), Some(expected));
    }
}

#[test]
fn a_server_that_has_not_heard_of_the_end_is_asked_again_then_not() {
    let (mut machine, _) = run([dial(), leg(LegEvent::Accepted { sid: sid() }), leg(LegEvent::Disconnected)]);
    let mut asked = 0;
    while reason(&machine).is_none() {
        machine.on(outcome(CallOutcome::InProgress), 9_000);
        asked += 1;
        assert!(asked < 20, "asks for ever");
    }
    assert_eq!(reason(&machine), Some(EndReason::Completed));
}

#[test]
fn without_an_answer_of_the_server_the_end_is_plain() {
    let silent = CallEvent::Outcome { leg: LEG, outcome: None };
    let (machine, _) =
        run([dial(), leg(LegEvent::Ringing { sid: sid() }), leg(LegEvent::Disconnected), silent.clone()]);
    assert_eq!(reason(&machine), Some(EndReason::Unknown));
    let (machine, _) = run([incoming(), leg(LegEvent::Canceled), silent]);
    assert_eq!(reason(&machine), Some(EndReason::Canceled));
}

#[test]
fn a_call_that_ends_before_it_rings_is_asked_for_by_its_attempt() {
    let (machine, effects) = run([dial(), leg(LegEvent::Disconnected)]);
    assert_eq!(reason(&machine), None);
    assert_eq!(
        effects.last(),
        Some(&CallEffect::Ask(CallQuestion::Outcome { leg: LEG, call: ATTEMPT.to_owned(), after_ms: 0 }))
    );
}

#[test]
fn a_refused_microphone_is_named_whatever_the_order() {
    let error = leg(LegEvent::Error { code: 31401, closed: true });
    let (machine, _) = run([dial(), error.clone()]);
    assert_eq!(reason(&machine), Some(EndReason::Microphone(31401)));
    let (machine, _) = run([dial(), leg(LegEvent::Disconnected), error]);
    assert_eq!(reason(&machine), Some(EndReason::Microphone(31401)));
}
