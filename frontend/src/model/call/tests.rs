use proptest::prelude::*;
use shared::api::{CallIssue, CallOutcome, FarEnd, Refusal};
use shared::{Key, PhoneNumber};

use super::machine::{CONNECTING_LIMIT_MS, RECONNECTING_LIMIT_MS};
use super::*;
use crate::model::quality::{Grade, Sample, Trouble, Warning};

const LEG: Leg = Leg(1);
const ATTEMPT: &str = "AT1";

fn number() -> PhoneNumber {
    PhoneNumber::from_e164("+819059876543").unwrap()
}

fn sid() -> Option<String> {
    Some("CA1".to_owned())
}

fn leg(event: LegEvent) -> CallEvent {
    CallEvent::Leg { leg: LEG, event }
}

fn outcome(outcome: CallOutcome) -> CallEvent {
    CallEvent::Outcome { leg: LEG, outcome: Some(outcome) }
}

fn incoming() -> CallEvent {
    let from = CallSource::Number(number());
    CallEvent::Incoming { leg: LEG, sid: "CA1".to_owned(), from, attestation: None }
}

/// Runs events one second apart; returns the machine and the effects of the last event.
fn run(events: impl IntoIterator<Item = CallEvent>) -> (CallMachine, Vec<CallEffect>) {
    let mut machine = CallMachine::default();
    let mut effects = Vec::new();
    for (second, event) in events.into_iter().enumerate() {
        effects = machine.on(event, second as u64 * 1000);
    }
    (machine, effects)
}

fn dial() -> CallEvent {
    CallEvent::Dial { leg: LEG, to: number(), attempt: ATTEMPT.to_owned(), then: String::new() }
}

fn reason(machine: &CallMachine) -> Option<EndReason> {
    machine.call().and_then(|call| call.reason.clone())
}

#[test]
fn a_call_that_another_device_took_is_not_missed() {
    for told in [CallOutcome::InProgress, CallOutcome::Completed] {
        let (machine, _) = run([incoming(), leg(LegEvent::Canceled), outcome(told)]);
        assert_eq!(reason(&machine), Some(EndReason::AnsweredElsewhere));
    }
    let (machine, _) = run([incoming(), leg(LegEvent::Canceled), outcome(CallOutcome::NoAnswer)]);
    assert_eq!(reason(&machine), Some(EndReason::NoAnswer));
    let answered =
        [incoming(), CallEvent::Answer, leg(LegEvent::Disconnected), outcome(CallOutcome::Completed)];
    assert_eq!(reason(&run(answered).0), Some(EndReason::Completed));
}

#[test]
fn a_call_ends_with_the_tab_that_had_it() {
    let (mut machine, _) = run([incoming(), CallEvent::Answer, leg(LegEvent::Accepted { sid: sid() })]);
    let call = Box::new(machine.call().unwrap().clone());
    machine = CallMachine::default();
    let effects = machine.on(CallEvent::Inherit { leg: Leg(4), call: call.clone() }, 9_000);
    assert_eq!(machine.call().unwrap().phase, Phase::Ended);
    assert!(
        matches!(&effects[..], [CallEffect::Release(Leg(4)), CallEffect::AskOutcome { .. }]),
        "{effects:?}"
    );
    machine.on(CallEvent::Outcome { leg: Leg(4), outcome: Some(CallOutcome::Completed) }, 9_100);
    assert_eq!(reason(&machine), Some(EndReason::Completed));

    // One that ended with the last word of its tab is asked about again.
    let mut ended = machine.call().unwrap().clone();
    ended.reason = None;
    let effects = CallMachine::default().on(CallEvent::Inherit { leg: Leg(5), call: Box::new(ended) }, 9_200);
    assert!(matches!(&effects[..], [CallEffect::AskOutcome { leg: Leg(5), .. }]), "{effects:?}");

    // One that had ended is shown as it was.
    let ended = machine.call().unwrap().clone();
    let mut machine = CallMachine::default();
    assert!(machine.on(CallEvent::Inherit { leg: Leg(1), call: Box::new(ended.clone()) }, 20_000).is_empty());
    assert_eq!(machine.call(), Some(&Call { leg: Leg(1), ..ended }));
}

#[test]
fn nothing_is_announced_twice() {
    use crate::model::messages::announcement;
    let mut machine = CallMachine::default();
    let mut said = Vec::new();
    let events = [
        dial(),
        leg(LegEvent::Ringing { sid: sid() }),
        leg(LegEvent::Accepted { sid: sid() }),
        // The button tells that it is pressed.
        CallEvent::ToggleMute,
        leg(LegEvent::Disconnected),
        outcome(CallOutcome::Completed),
    ];
    for event in events {
        machine.on(event, 0);
        said.extend(machine.call().map(announcement));
        said.dedup();
    }
    assert_eq!(said, ["Calling…", "Ringing…", "In call", "Call ended."]);
}

#[test]
fn the_quality_is_that_of_this_call_and_stays_as_it_was_at_its_end() {
    let lossy = leg(LegEvent::Measured(Sample { loss_permille: 300, ..Sample::default() }));
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
        CallEvent::Dial { leg: Leg(2), to: number(), attempt: ATTEMPT.to_owned(), then: String::new() },
        61_000,
    );
    assert_eq!(quality(&machine), Some((Grade::Unknown, None)));
    // Signaling is away, and with it what was measured before.
    let (machine, _) = run([
        dial(),
        leg(LegEvent::Accepted { sid: sid() }),
        leg(LegEvent::Warned { warning: Warning::LowBytesReceived, raised: true }),
    ]);
    assert_eq!(quality(&machine), Some((Grade::Poor, Some(Trouble::NothingArrives))));
}

#[test]
fn a_conversation_can_be_rated_when_it_is_over() {
    let rating = opinion(false, Some(CallIssue::Echo));
    let rate = CallEvent::Rate(rating);
    let answered = [dial(), leg(LegEvent::Accepted { sid: sid() })];
    let (mut machine, effects) = run(answered.into_iter().chain([rate.clone()]));
    assert_eq!((effects, machine.call().unwrap().rating), (Vec::new(), None), "not while it is on");
    machine.on(CallEvent::HangUp, 5_000);
    for _ in 0..2 {
        let effects = machine.on(rate.clone(), 6_000);
        assert_eq!(effects, [CallEffect::Rate { leg: LEG, call: "CA1".to_owned(), rating }]);
        assert_eq!(machine.call().unwrap().rating.unwrap().keeping, Keeping::OnItsWay);
        machine.on(CallEvent::RatingKept { leg: Leg(7), kept: true }, 6_100);
        machine.on(CallEvent::RatingKept { leg: LEG, kept: false }, 6_200);
        assert_eq!(machine.call().unwrap().rating.unwrap().keeping, Keeping::Failed);
    }
    machine.on(CallEvent::RatingKept { leg: LEG, kept: true }, 7_000);
    assert_eq!(machine.call().unwrap().rating, Some(Rating { rating, keeping: Keeping::Kept }));

    let (_, effects) = run([dial(), CallEvent::HangUp, rate]);
    assert!(effects.is_empty(), "nobody heard anything");
}

#[test]
fn who_speaks_while_muted_is_told_once_and_not_for_long() {
    let (mut machine, _) = run([dial(), leg(LegEvent::Accepted { sid: sid() }), CallEvent::ToggleMute]);
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
        machine.on(CallEvent::ToggleMute, 80_000);
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

#[test]
fn an_outgoing_call_rings_opens_and_ends() {
    let (machine, effects) = run([dial()]);
    assert_eq!(
        effects,
        [
            CallEffect::Connect { leg: LEG, to: number(), attempt: ATTEMPT.to_owned() },
            CallEffect::AskFarEnd { leg: LEG, number: number() }
        ]
    );
    assert_eq!(machine.call().unwrap().phase, Phase::Connecting);

    let answered = [dial(), leg(LegEvent::Ringing { sid: sid() }), leg(LegEvent::Accepted { sid: sid() })];
    let (machine, _) = run(answered.clone());
    assert_eq!(machine.call().unwrap().phase, Phase::Open);
    assert_eq!(machine.call().unwrap().seconds(65_000), 63);

    let (machine, effects) = run(answered.into_iter().chain([leg(LegEvent::Disconnected)]));
    assert_eq!(machine.call().unwrap().phase, Phase::Ended);
    assert_eq!(reason(&machine), None, "only the server knows whether that was a refusal");
    assert_eq!(
        effects,
        [CallEffect::Release(LEG), CallEffect::AskOutcome { leg: LEG, call: "CA1".to_owned(), after_ms: 0 }]
    );
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
        Some(&CallEffect::AskOutcome { leg: LEG, call: ATTEMPT.to_owned(), after_ms: 0 })
    );
}

#[test]
fn an_incoming_call_is_answered_or_declined() {
    let (machine, effects) = run([incoming(), CallEvent::Answer]);
    assert_eq!(effects, [CallEffect::Accept(LEG)]);
    assert_eq!(machine.call().unwrap().phase, Phase::Connecting);

    let (machine, effects) = run([incoming(), CallEvent::Decline]);
    assert_eq!(effects, [CallEffect::Decline(LEG), CallEffect::Release(LEG)]);
    assert_eq!(reason(&machine), Some(EndReason::Declined));
}

#[test]
fn a_second_caller_is_refused_and_changes_nothing() {
    let second = Leg(2);
    let (mut machine, _) = run([dial(), leg(LegEvent::Accepted { sid: sid() })]);
    let before = machine.call().cloned();
    let effects = machine.on(
        CallEvent::Incoming {
            leg: second,
            sid: "CA2".to_owned(),
            from: CallSource::Withheld,
            attestation: None,
        },
        5_000,
    );
    assert_eq!(effects, [CallEffect::Reject(second), CallEffect::Release(second)]);
    assert_eq!(machine.call().cloned(), before);
}

#[test]
fn a_refused_microphone_is_named_whatever_the_order() {
    let error = leg(LegEvent::Error { code: 31401, closed: true });
    let (machine, _) = run([dial(), error.clone()]);
    assert_eq!(reason(&machine), Some(EndReason::Microphone(31401)));
    let (machine, _) = run([dial(), leg(LegEvent::Disconnected), error]);
    assert_eq!(reason(&machine), Some(EndReason::Microphone(31401)));
}

#[test]
fn keys_are_sent_in_order_and_only_when_open() {
    let mut machine = run([dial()]).0;
    assert!(machine.on(CallEvent::Press(Key::D1), 1).is_empty());
    machine.on(leg(LegEvent::Accepted { sid: sid() }), 2);
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert_eq!(machine.on(CallEvent::Press(Key::D1), 1_000), send("1"));
    assert_eq!(machine.on(CallEvent::Press(Key::Star), 2_000), send("*"));
    assert_eq!(machine.call().unwrap().keys_sent, "1*");
}

#[test]
fn keys_pressed_faster_than_tones_wait_for_their_turn() {
    let mut machine = run([dial(), leg(LegEvent::Accepted { sid: sid() })]).0;
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert_eq!(machine.on(CallEvent::Press(Key::D3), 2_000), send("3"));
    assert!(machine.on(CallEvent::Press(Key::Star), 2_010).is_empty());
    assert!(machine.on(CallEvent::Press(Key::D0), 2_020).is_empty());
    assert!(machine.on(CallEvent::Tick, 2_200).is_empty(), "the first tone still plays");
    assert_eq!(machine.on(CallEvent::Tick, 2_250), send("*0"));
    assert!(machine.on(CallEvent::Press(Key::Hash), 2_600).is_empty(), "two tones take twice the time");
    assert_eq!(machine.on(CallEvent::Tick, 2_750), send("#"));
    assert!(machine.on(CallEvent::Tick, 9_000).is_empty());
    assert_eq!(machine.call().unwrap().keys_sent, "3*0#");
}

#[test]
fn a_sequence_is_sent_once_the_call_is_open() {
    let CallEvent::Dial { leg: _, to, attempt, .. } = dial() else { unreachable!() };
    let dial = CallEvent::Dial { leg: LEG, to, attempt, then: "1,2;3".to_owned() };
    let mut machine = run([dial]).0;
    let send = |digits: &str| [CallEffect::SendDigits { leg: LEG, digits: digits.to_owned() }];
    assert!(machine.on(CallEvent::Tick, 1_000).is_empty(), "nobody hears it yet");
    assert!(machine.on(CallEvent::SkipPause, 1_000).is_empty());
    machine.on(leg(LegEvent::Accepted { sid: sid() }), 2_000);
    assert_eq!(machine.on(CallEvent::Tick, 2_000), send("1"));
    assert!(machine.on(CallEvent::Tick, 4_000).is_empty(), "the pause");
    assert_eq!(machine.on(CallEvent::Tick, 4_250), send("2"));
    assert!(machine.on(CallEvent::Tick, 60_000).is_empty(), "the user is asked");
    assert_eq!(machine.on(CallEvent::SkipPause, 60_250), send("3"));
    assert_eq!(machine.call().unwrap().sequence.keys(), "1,2;3", "for calling again");
    assert_eq!(machine.call().unwrap().keys_sent, "", "those are the user's own");
}

#[test]
fn what_the_server_knows_of_the_far_end_is_kept_for_its_call() {
    let far_end = FarEnd { name: Some("Reception".to_owned()), time_zones: vec!["Asia/Tokyo".to_owned()] };
    let told = |leg| CallEvent::FarEnd { leg, far_end: far_end.clone() };
    assert_eq!(run([dial(), told(LEG)]).0.call().unwrap().far_end.as_deref(), Some(&far_end));
    assert_eq!(run([dial(), told(Leg(9))]).0.call().unwrap().far_end, None);
}

#[test]
fn a_lost_connection_comes_back_or_is_given_up() {
    let lost = [dial(), leg(LegEvent::Accepted { sid: sid() }), leg(LegEvent::Reconnecting)];
    let (machine, _) = run(lost.clone().into_iter().chain([leg(LegEvent::Reconnected)]));
    assert_eq!(machine.call().unwrap().phase, Phase::Open);

    let (mut machine, _) = run(lost);
    assert!(machine.on(CallEvent::Tick, 2_000 + RECONNECTING_LIMIT_MS - 1).is_empty());
    let effects = machine.on(CallEvent::Tick, 2_000 + RECONNECTING_LIMIT_MS);
    assert_eq!(effects.first(), Some(&CallEffect::Disconnect(LEG)));
    assert_eq!(reason(&machine), Some(EndReason::ConnectionLost));
    machine.on(outcome(CallOutcome::Completed), 99_000);
    assert_eq!(reason(&machine), Some(EndReason::ConnectionLost), "the user saw a loss");
}

#[test]
fn a_network_that_never_answers_is_given_up() {
    let (mut machine, _) = run([dial()]);
    machine.on(CallEvent::Tick, CONNECTING_LIMIT_MS);
    assert_eq!(reason(&machine), Some(EndReason::ConnectionLost));
}

#[test]
fn events_of_an_older_call_are_ignored() {
    let (mut machine, _) = run([dial(), CallEvent::HangUp, CallEvent::Dismiss]);
    machine
        .on(CallEvent::Dial { leg: Leg(2), to: number(), attempt: "AT2".to_owned(), then: String::new() }, 1);
    machine.on(leg(LegEvent::Disconnected), 2);
    assert!(machine.is_live());
}

#[test]
fn who_calls_is_read_from_the_wire() {
    assert_eq!(CallSource::from_wire("+819059876543"), CallSource::Number(number()));
    assert_eq!(CallSource::from_wire("anonymous"), CallSource::Withheld);
    assert_eq!(CallSource::from_wire("client:<b>"), CallSource::Other("<b>".to_owned()));
}

#[test]
fn the_clock_is_read_like_one() {
    assert_eq!([clock(0), clock(61), clock(3_661)], ["00:00", "01:01", "1:01:01"]);
}

fn any_leg() -> impl Strategy<Value = Leg> {
    (1u32..4).prop_map(Leg)
}

fn any_leg_event() -> impl Strategy<Value = LegEvent> {
    let sid = || prop::option::of(prop::sample::select(vec!["CA1".to_owned(), "TJ1".to_owned()]));
    prop_oneof![
        sid().prop_map(|sid| LegEvent::Ringing { sid }),
        sid().prop_map(|sid| LegEvent::Accepted { sid }),
        Just(LegEvent::Canceled),
        Just(LegEvent::Disconnected),
        (prop::sample::select(vec![31005, 31401, 53405, 20104]), any::<bool>())
            .prop_map(|(code, closed)| LegEvent::Error { code, closed }),
        any::<bool>().prop_map(|closed| LegEvent::TransportClosed { closed }),
        Just(LegEvent::Reconnecting),
        Just(LegEvent::Reconnected),
        any::<bool>().prop_map(LegEvent::Muted),
        any::<u8>().prop_map(LegEvent::HeardWhileMuted),
        any::<u16>()
            .prop_map(|loss_permille| LegEvent::Measured(Sample { loss_permille, ..Sample::default() })),
        (prop::sample::select(Warning::ALL.to_vec()), any::<bool>())
            .prop_map(|(warning, raised)| LegEvent::Warned { warning, raised }),
    ]
}

fn any_event() -> impl Strategy<Value = CallEvent> {
    prop_oneof![
        any_leg().prop_map(|leg| CallEvent::Dial {
            leg,
            to: number(),
            attempt: ATTEMPT.to_owned(),
            then: String::new()
        }),
        any_leg().prop_map(|leg| CallEvent::Incoming {
            leg,
            sid: format!("CA{}", leg.0),
            from: CallSource::Withheld,
            attestation: None
        }),
        Just(CallEvent::Answer),
        Just(CallEvent::Decline),
        Just(CallEvent::HangUp),
        Just(CallEvent::ToggleMute),
        prop::sample::select(Key::ALL.to_vec()).prop_map(CallEvent::Press),
        Just(CallEvent::Dismiss),
        any::<bool>().prop_map(|good| CallEvent::Rate(opinion(good, None))),
        (any_leg(), any::<bool>()).prop_map(|(leg, kept)| CallEvent::RatingKept { leg, kept }),
        Just(CallEvent::Tick),
        (any_leg(), any_leg_event()).prop_map(|(leg, event)| CallEvent::Leg { leg, event }),
        (
            any_leg(),
            prop::option::of(prop::sample::select(vec![
                CallOutcome::Busy,
                CallOutcome::InProgress,
                CallOutcome::Completed
            ]))
        )
            .prop_map(|(leg, outcome)| CallEvent::Outcome { leg, outcome }),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_the_call_stays_sound(events in prop::collection::vec((any_event(), 0u64..20_000), 0..80)) {
        let mut machine = CallMachine::default();
        let mut now = 0;
        for (event, later) in events {
            now += later;
            let before = machine.call().cloned();
            let effects = machine.on(event.clone(), now);
            let after = machine.call();
            if let Some(call) = after {
                prop_assert_eq!(call.is_live(), call.ended_at_ms.is_none());
                prop_assert!(call.is_live() || call.reason.is_some() || call.asked > 0, "an end without a reason to come");
                prop_assert!(!call.is_live() || call.reason.is_none());
                prop_assert!(!call.phase.eq(&Phase::Open) || call.opened_at_ms.is_some());
                prop_assert!(!call.sid.as_ref().is_some_and(|sid| sid.starts_with("TJ")));
            }
            // A live call is only left by its end, which releases the SDK's object exactly then.
            if let Some(was) = before.filter(Call::is_live) {
                let Some(is) = after else { return Err(TestCaseError::fail("a live call vanished")) };
                prop_assert_eq!(is.leg, was.leg);
                prop_assert_eq!(effects.contains(&CallEffect::Release(was.leg)), !is.is_live()
                    || matches!(event, CallEvent::Incoming { leg, .. } if leg == was.leg));
            }
            let dialled = effects.iter().filter(|e| matches!(e, CallEffect::Connect { .. })).count();
            let by_user = matches!(event, CallEvent::Dial { .. });
            prop_assert!(dialled == 0 || by_user);
        }
    }
}
