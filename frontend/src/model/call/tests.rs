mod ends;
mod keys;
mod quality;

use proptest::prelude::*;
use shared::api::{CallIssue, CallOutcome, FarEnd, Refusal};
use shared::{Key, PhoneNumber};

use super::machine::{CONNECTING_LIMIT_MS, RECONNECTING_LIMIT_MS};
use super::*;
use crate::model::audio::Trouble;
use crate::model::quality::{Sample, Warning};

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
    CallEvent::Dial {
        leg: LEG,
        call: Outgoing { to: number(), attempt: ATTEMPT.to_owned(), then: String::new() },
    }
}

fn reason(machine: &CallMachine) -> Option<EndReason> {
    machine.call().and_then(|call| call.reason.clone())
}

#[test]
fn a_call_ends_with_the_tab_that_had_it() {
    let (mut machine, _) =
        run([incoming(), CallEvent::Wish(Wish::Answer), leg(LegEvent::Accepted { sid: sid() })]);
    let call = Box::new(machine.call().unwrap().clone());
    machine = CallMachine::default();
    let effects = machine.on(CallEvent::Inherit { leg: Leg(4), call: call.clone() }, 9_000);
    assert_eq!(machine.call().unwrap().phase, Phase::Ended);
    assert!(
        matches!(
            &effects[..],
            [
                CallEffect::Release(Leg(4)),
                CallEffect::Ask(CallQuestion::Left { .. }),
                CallEffect::Ask(CallQuestion::Outcome { .. })
            ]
        ),
        "{effects:?}"
    );
    machine.on(CallEvent::Outcome { leg: Leg(4), outcome: Some(CallOutcome::Completed) }, 9_100);
    assert_eq!(reason(&machine), Some(EndReason::Completed));

    // One that ended with the last word of its tab is asked about again.
    let mut ended = machine.call().unwrap().clone();
    ended.reason = None;
    let effects = CallMachine::default().on(CallEvent::Inherit { leg: Leg(5), call: Box::new(ended) }, 9_200);
    assert!(
        matches!(&effects[..], [CallEffect::Ask(CallQuestion::Outcome { leg: Leg(5), .. })]),
        "{effects:?}"
    );

    // One that had ended is shown as it was.
    let ended = machine.call().unwrap().clone();
    let mut machine = CallMachine::default();
    assert!(machine.on(CallEvent::Inherit { leg: Leg(1), call: Box::new(ended.clone()) }, 20_000).is_empty());
    assert_eq!(machine.call(), Some(&Call { leg: Leg(1), ..ended }));
}

#[test]
fn an_outgoing_call_rings_opens_and_ends() {
    let (machine, effects) = run([dial()]);
    assert_eq!(
        effects,
        [
            CallEffect::Connect { leg: LEG, to: number(), attempt: ATTEMPT.to_owned() },
            CallEffect::Ask(CallQuestion::FarEnd { leg: LEG, number: number() })
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
        [
            CallEffect::Release(LEG),
            CallEffect::Ask(CallQuestion::Left { call: "CA1".to_owned() }),
            CallEffect::Ask(CallQuestion::Outcome { leg: LEG, call: "CA1".to_owned(), after_ms: 0 })
        ]
    );
}

#[test]
fn an_incoming_call_is_answered_or_declined() {
    let (machine, effects) = run([incoming(), CallEvent::Wish(Wish::Answer)]);
    assert_eq!(effects, [CallEffect::Accept(LEG)]);
    assert_eq!(machine.call().unwrap().phase, Phase::Connecting);

    let (machine, effects) = run([incoming(), CallEvent::Wish(Wish::Decline)]);
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
fn whoever_is_asked_for_the_microphone_may_take_time() {
    let asked = leg(LegEvent::Microphone(Some(Trouble::Asked)));
    let (mut machine, _) = run([dial(), asked]);
    for second in 2..200 {
        assert!(machine.on(CallEvent::Tick, second * 1_000).is_empty());
    }
    machine.on(leg(LegEvent::Microphone(None)), 200_000);
    machine.on(CallEvent::Tick, 199_000 + CONNECTING_LIMIT_MS - 1);
    assert!(machine.is_live(), "the network has all its time yet");
    machine.on(CallEvent::Tick, 199_000 + CONNECTING_LIMIT_MS);
    assert_eq!(reason(&machine), Some(EndReason::ConnectionLost));
    // It can be given up at any time.
    let (mut machine, _) = run([dial(), leg(LegEvent::Microphone(Some(Trouble::Asked)))]);
    machine.on(CallEvent::Wish(Wish::HangUp), 2_000);
    assert_eq!(reason(&machine), Some(EndReason::Canceled));
}

#[test]
fn events_of_an_older_call_are_ignored() {
    let (mut machine, _) = run([dial(), CallEvent::Wish(Wish::HangUp), CallEvent::Wish(Wish::Dismiss)]);
    machine.on(
        CallEvent::Dial {
            leg: Leg(2),
            call: Outgoing { to: number(), attempt: "AT2".to_owned(), then: String::new() },
        },
        1,
    );
    machine.on(leg(LegEvent::Disconnected), 2);
    assert!(machine.is_live());
}

#[test]
fn who_calls_is_read_from_the_wire() {
    assert_eq!(CallSource::from_wire("+819059876543"), CallSource::Number(number()));
    // The last one is, by its digits, a number in Chengdu.
    for from in ["anonymous", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"] {
        assert_eq!(CallSource::from_wire(from), CallSource::Withheld, "{from}");
    }
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
            call: Outgoing { to: number(), attempt: ATTEMPT.to_owned(), then: String::new() },
        }),
        any_leg().prop_map(|leg| CallEvent::Incoming {
            leg,
            sid: format!("CA{}", leg.0),
            from: CallSource::Withheld,
            attestation: None
        }),
        Just(CallEvent::Wish(Wish::Answer)),
        Just(CallEvent::Wish(Wish::Decline)),
        Just(CallEvent::Wish(Wish::HangUp)),
        Just(CallEvent::Wish(Wish::ToggleMute)),
        prop::sample::select(Key::ALL.to_vec()).prop_map(|key| CallEvent::Wish(Wish::Press(key))),
        Just(CallEvent::Wish(Wish::Dismiss)),
        any::<bool>().prop_map(|good| CallEvent::Wish(Wish::Rate(opinion(good, None)))),
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
