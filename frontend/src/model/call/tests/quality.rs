//! How the call sounded, who it was with, and what was thought of it.

use super::*;
use crate::model::quality::{Grade, Sample, Trouble, Warning};

#[test]
fn the_quality_is_that_of_this_call_and_stays_as_it_was_at_its_end() {
    let lossy = leg(LegEvent::Measured(Sample { loss_permille: 300, packets: 35, ..Sample::default() }));
    let mut events = vec![dial(), leg(LegEvent::Accepted { sid: sid() })];
    events.extend(std::iter::repeat_n(lossy, 5));
    let quality =
        |machine: &CallMachine| machine.call().map(|call| (call.quality.grade, call.quality.trouble));
    let (mut machine, _) = run(events);
    assert_eq!(quality(&machine), Some((Grade::Poor, Some(Trouble::Loss))));
    machine.on(leg(LegEvent::Disconnected), 8_000);
    machine.on(CallEvent::Tick, 60_000);
    assert_eq!(quality(&machine), Some((Grade::Poor, Some(Trouble::Loss))));
    machine.on(
        CallEvent::Dial {
            leg: Leg(2),
            call: Outgoing { to: number(), attempt: ATTEMPT.to_owned(), then: String::new() },
        },
        61_000,
    );
    assert_eq!(quality(&machine), Some((Grade::Unknown, None)));
    // Signaling is away, and with it what was measured before.
    let (machine, _) = run([
        dial(),
        leg(LegEvent::Accepted { sid: sid() }),
        leg(LegEvent::Measured(Sample { packets: 50, ..Sample::default() })),
        leg(LegEvent::Warned { warning: Warning::LowBytesReceived, raised: true }),
    ]);
    assert_eq!(quality(&machine), Some((Grade::Poor, Some(Trouble::NothingArrives))));
}

#[test]
fn a_call_without_sound_says_so_while_it_lasts_and_at_its_end() {
    let silent = || leg(LegEvent::Measured(Sample::default()));
    let open = [dial(), leg(LegEvent::Accepted { sid: sid() }), silent()];
    let without_a_way = |mut machine: CallMachine| {
        machine.on(CallEvent::Tick, 4_500);
        assert_eq!(machine.call().unwrap().quality.trouble, Some(Trouble::NoPath));
        machine
    };
    let lost = leg(LegEvent::Error { code: 53405, closed: true });
    // Whoever hangs up, and whatever the SDK and the server call it.
    for end in [
        vec![CallEvent::Wish(Wish::HangUp)],
        vec![leg(LegEvent::Disconnected)],
        vec![leg(LegEvent::Disconnected), lost.clone()],
        vec![lost.clone()],
        vec![leg(LegEvent::Reconnecting), leg(LegEvent::Disconnected)],
    ] {
        let mut machine = without_a_way(run(open.clone()).0);
        for event in end.iter().cloned().chain([outcome(CallOutcome::Completed)]) {
            machine.on(event, 5_000);
        }
        assert_eq!(reason(&machine), Some(EndReason::NoAudio), "{end:?}");
        assert!(!machine.call().unwrap().was_conversation());
    }
    let mut machine = without_a_way(run(open.clone()).0);
    machine.on(CallEvent::Wish(Wish::HangUp), 5_000);
    machine.on(outcome(CallOutcome::Refused { reason: Refusal::PremiumNumber }), 5_100);
    assert_eq!(
        reason(&machine),
        Some(EndReason::Refused(Refusal::PremiumNumber)),
        "the voice that nobody heard said why it was not dialled"
    );
    // It came in the end.
    let mut machine = without_a_way(run(open).0);
    machine.on(leg(LegEvent::Measured(Sample { packets: 1, ..Sample::default() })), 6_000);
    machine.on(CallEvent::Wish(Wish::HangUp), 7_000);
    assert_eq!(reason(&machine), Some(EndReason::Completed));

    // An incoming call is no other.
    let mut machine = without_a_way(
        run([incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Accepted { sid: sid() }), silent()]).0,
    );
    machine.on(leg(LegEvent::Disconnected), 5_000);
    assert_eq!(reason(&machine), Some(EndReason::NoAudio));
}

#[test]
fn a_way_that_was_lost_is_the_end_although_the_sdk_says_so_after_it() {
    let events = [
        dial(),
        leg(LegEvent::Accepted { sid: sid() }),
        leg(LegEvent::Measured(Sample { packets: 50, ..Sample::default() })),
        leg(LegEvent::Disconnected),
        leg(LegEvent::Error { code: 53405, closed: true }),
        outcome(CallOutcome::Completed),
    ];
    assert_eq!(reason(&run(events).0), Some(EndReason::ConnectionLost));
}

#[test]
fn a_conversation_can_be_rated_when_it_is_over() {
    let rating = opinion(false, Some(CallIssue::Echo));
    let rate = CallEvent::Wish(Wish::Rate(rating));
    let answered = [dial(), leg(LegEvent::Accepted { sid: sid() })];
    let (mut machine, effects) = run(answered.into_iter().chain([rate.clone()]));
    assert_eq!((effects, machine.call().unwrap().rating), (Vec::new(), None), "not while it is on");
    machine.on(CallEvent::Wish(Wish::HangUp), 5_000);
    for _ in 0..2 {
        let effects = machine.on(rate.clone(), 6_000);
        assert_eq!(
            effects,
            [
                CallEffect::SendFeedback { leg: LEG, rating },
                CallEffect::Ask(CallQuestion::Rate { leg: LEG, call: "CA1".to_owned(), rating })
            ]
        );
        assert_eq!(machine.call().unwrap().rating.unwrap().keeping, Keeping::OnItsWay);
        machine.on(CallEvent::RatingKept { leg: Leg(7), kept: true }, 6_100);
        machine.on(CallEvent::RatingKept { leg: LEG, kept: false }, 6_200);
        assert_eq!(machine.call().unwrap().rating.unwrap().keeping, Keeping::Failed);
    }
    machine.on(CallEvent::RatingKept { leg: LEG, kept: true }, 7_000);
    assert_eq!(machine.call().unwrap().rating, Some(Rating { rating, keeping: Keeping::Kept }));

    let (_, effects) = run([dial(), CallEvent::Wish(Wish::HangUp), rate]);
    assert!(effects.is_empty(), "nobody heard anything");
}

#[test]
fn who_speaks_while_muted_is_told_once_and_not_for_long() {
    let (mut machine, _) =
        run([dial(), leg(LegEvent::Accepted { sid: sid() }), CallEvent::Wish(Wish::ToggleMute)]);
    let mut now = 3_000;
    let mut hear = |machine: &mut CallMachine, peak: u8, looks: u64| {
        let mut told = Vec::new();
        for _ in 0..looks {
            now += 250;
            machine.on(leg(LegEvent::HeardWhileMuted(peak)), now);
            told.push(machine.call().unwrap().speaks_muted);
        }
        told
    };
    assert!(!hear(&mut machine, 3, 40).contains(&true), "a room");
    assert!(!hear(&mut machine, 90, 2).contains(&true), "a cough");
    hear(&mut machine, 0, 8);
    let told = hear(&mut machine, 40, 200);
    assert_eq!(told.iter().position(|told| *told), Some(3), "a second of speech");
    assert_eq!(told.iter().filter(|told| **told).count(), 24, "for six seconds, and not again for a minute");
    for _ in 0..2 {
        machine.on(CallEvent::Wish(Wish::ToggleMute), 80_000);
        assert!(!machine.call().unwrap().speaks_muted);
    }
    hear(&mut machine, 40, 4);
    assert!(machine.call().unwrap().speaks_muted, "muted anew");
}

#[test]
fn opinions_are_on_twilios_scale() {
    let score = |good, issue| u8::from(opinion(good, issue).score);
    assert_eq!(score(true, None), 5);
    assert_eq!(score(false, None), 2);
    assert_eq!(score(false, Some(CallIssue::ChoppyAudio)), 2);
    assert_eq!(score(false, Some(CallIssue::OneWayAudio)), 1);
    assert_eq!(opinion(true, Some(CallIssue::Echo)).issue, None);
}

#[test]
fn only_a_full_attestation_makes_a_verified_caller() {
    for (status, attestation) in [
        ("TN-Validation-Passed-A", Some(Attestation::Verified)),
        ("TN-Validation-Passed-A-Diverted", None),
        ("TN-Validation-Passed-A-Passthrough", None),
        ("TN-Validation-Passed-B", None),
        ("TN-Validation-Passed-C", None),
        ("No-TN-Validation", None),
        ("", None),
        ("TN-Validation-Failed", Some(Attestation::Failed)),
        ("TN-Validation-Failed-A", Some(Attestation::Failed)),
    ] {
        assert_eq!(Attestation::from_stir_status(status), attestation, "{status}");
    }
}
