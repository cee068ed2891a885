use proptest::prelude::*;

use super::*;

const GOOD: Sample =
    Sample { mos: 440, jitter_ms: 4, rtt_ms: 60, loss_permille: 0, input_level: 5_000, packets: 50 };
const LOSSY: Sample = Sample { loss_permille: 150, mos: 280, ..GOOD };
/// A call that is open, and through which no sound comes.
const NOTHING: Sample = Sample { packets: 0, ..GOOD };

/// Shows what a meter says after samples one second apart.
fn after(samples: &[(usize, Sample)]) -> (Meter, Quality) {
    let mut meter = Meter::default();
    let mut now_ms = 0;
    for (times, sample) in samples {
        for _ in 0..*times {
            now_ms += 1_000;
            meter.sample(*sample, now_ms);
        }
    }
    let quality = meter.quality(false, now_ms);
    (meter, quality)
}

fn shown(samples: &[(usize, Sample)]) -> (Grade, Option<Trouble>) {
    let (_, quality) = after(samples);
    (quality.grade, quality.trouble)
}

#[test]
fn a_call_is_graded_once_it_has_settled() {
    assert_eq!(shown(&[]), (Grade::Unknown, None));
    assert_eq!(shown(&[(2, LOSSY)]), (Grade::Unknown, None));
    assert_eq!(shown(&[(3, GOOD)]), (Grade::Good, None));
    // What was measured before there was a sound says nothing.
    assert_eq!(shown(&[(20, NOTHING)]), (Grade::Unknown, None));
    assert_eq!(shown(&[(20, NOTHING), (2, GOOD)]), (Grade::Unknown, None));
    assert_eq!(shown(&[(20, NOTHING), (3, GOOD)]), (Grade::Good, None));
}

#[test]
fn who_has_no_way_for_sound_is_told_within_three_seconds_and_until_there_is_one() {
    let quality = |meter: &Meter, now_ms| {
        let quality = meter.quality(false, now_ms);
        (quality.grade, quality.trouble)
    };
    let told = (Grade::Poor, Some(Trouble::NoPath));
    let mut meter = Meter::default();
    meter.opened(500);
    assert_eq!(quality(&meter, 60_000), (Grade::Unknown, None), "nothing was measured: nobody knows");
    meter.sample(NOTHING, 1_500);
    meter.sample(NOTHING, 2_500);
    assert_eq!(quality(&meter, 2_500), (Grade::Unknown, None));
    assert_eq!(quality(&meter, 3_250), told);
    // The SDK tries another way, and warns of what the user knows better.
    meter.lost();
    meter.warn(Warning::LowBytesReceived, true);
    meter.warn(Warning::IceLost, true);
    assert_eq!(quality(&meter, 40_000), told);
    for warning in Warning::ALL {
        meter.warn(warning, false);
    }
    assert_eq!(quality(&meter, 40_000), told);
    // A call in which nobody speaks is none without a way: its packets arrive.
    let silence = Sample { packets: 1, input_level: 0, mos: 0, ..GOOD };
    meter.sample(silence, 41_000);
    assert_eq!(quality(&meter, 41_000), (Grade::Unknown, None));
    for second in 42..50 {
        meter.sample(NOTHING, second * 1_000);
    }
    assert_eq!(quality(&meter, 49_000), (Grade::Good, None), "the far end sends nothing while it is silent");
    // Whether it is answered again or not: the SDK says so after it has got its signaling back.
    meter.opened(60_000);
    assert_eq!(quality(&meter, 49_000).1, None);
}

#[test]
fn each_measure_has_its_trouble() {
    let jitter = |ms| Sample { jitter_ms: ms, ..GOOD };
    let rtt = |ms| Sample { rtt_ms: ms, ..GOOD };
    let loss = |permille| Sample { loss_permille: permille, ..GOOD };
    for (sample, expected) in [
        (loss(10), (Grade::Good, None)),
        (loss(30), (Grade::Fair, Some(Trouble::Loss))),
        (loss(100), (Grade::Poor, Some(Trouble::Loss))),
        (jitter(40), (Grade::Fair, Some(Trouble::Jitter))),
        (jitter(200), (Grade::Poor, Some(Trouble::Jitter))),
        (rtt(200), (Grade::Good, None)),
        (rtt(400), (Grade::Fair, Some(Trouble::Delay))),
        (rtt(1_000), (Grade::Poor, Some(Trouble::Delay))),
        // The one that is felt most.
        (Sample { jitter_ms: 35, rtt_ms: 700, ..GOOD }, (Grade::Fair, Some(Trouble::Delay))),
        (Sample { jitter_ms: 75, loss_permille: 100, ..GOOD }, (Grade::Poor, Some(Trouble::Loss))),
    ] {
        assert_eq!(shown(&[(6, sample)]), expected, "{sample:?}");
    }
}

#[test]
fn one_bad_second_is_no_trouble_and_a_good_one_no_cure() {
    assert_eq!(shown(&[(10, GOOD), (1, Sample { loss_permille: 50, ..GOOD })]).0, Grade::Good);
    assert_eq!(shown(&[(10, GOOD), (3, LOSSY)]), (Grade::Poor, Some(Trouble::Loss)));
    assert_eq!(shown(&[(10, LOSSY), (3, GOOD)]).0, Grade::Poor);
    assert_eq!(shown(&[(10, LOSSY), (15, GOOD)]), (Grade::Good, None));
}

#[test]
fn at_a_limit_the_lamp_does_not_flicker() {
    let mut meter = Meter::default();
    let mut changes = 0;
    let mut last = Grade::Unknown;
    for second in 0..600_u64 {
        let jitter_ms = if second % 2 == 0 { 26 } else { 34 };
        meter.sample(Sample { jitter_ms, ..GOOD }, second * 1_000);
        let grade = meter.quality(false, second * 1_000).grade;
        changes += u32::from(grade != last);
        last = grade;
    }
    assert!(changes <= 2, "{changes} changes");
}

#[test]
fn what_the_sdk_warns_of_is_shown_at_once_and_goes_when_it_is_taken_back() {
    for (warning, trouble) in [
        (Warning::IceLost, Trouble::Interrupted),
        (Warning::LowBytesReceived, Trouble::NothingArrives),
        (Warning::LowBytesSent, Trouble::NothingLeaves),
    ] {
        let (mut meter, _) = after(&[(5, GOOD)]);
        meter.warn(warning, true);
        let quality = meter.quality(false, 5_000);
        assert_eq!((quality.grade, quality.trouble), (Grade::Poor, Some(trouble)));
        meter.warn(warning, false);
        for second in 6..12 {
            meter.sample(GOOD, second * 1_000);
        }
        assert_eq!(meter.quality(false, 11_000).grade, Grade::Good, "{warning:?}");
    }
    let (mut meter, _) = after(&[(5, GOOD)]);
    meter.warn(Warning::HighJitter, true);
    assert_eq!(
        meter.quality(false, 5_000).trouble,
        Some(Trouble::Jitter),
        "of three, the one that is warned of"
    );
    meter.warn(Warning::LowMos, true);
    assert_eq!(meter.quality(false, 5_000).grade, Grade::Poor);
}

#[test]
fn a_microphone_that_gives_nothing_is_told_but_not_while_it_is_muted() {
    let (mut meter, _) = after(&[(12, Sample { input_level: 0, ..GOOD })]);
    meter.warn(Warning::ConstantInput, true);
    assert_eq!(meter.quality(false, 12_000).trouble, Some(Trouble::SilentMicrophone));
    assert_eq!(meter.quality(true, 12_000).trouble, None);
    // A steady sound is constant too.
    let (mut meter, _) = after(&[(12, GOOD)]);
    meter.warn(Warning::ConstantInput, true);
    assert_eq!(meter.quality(false, 12_000).trouble, None);
}

#[test]
fn what_is_old_is_not_known() {
    let (mut meter, _) = after(&[(5, LOSSY)]);
    assert_eq!(meter.quality(false, 10_000).grade, Grade::Poor);
    assert_eq!(meter.quality(false, 10_001).grade, Grade::Unknown);
    meter.lost();
    let quality = meter.quality(false, 5_000);
    assert_eq!((quality.grade, quality.trouble, quality.measured), (Grade::Unknown, None, 5));
}

#[test]
fn the_sdks_names_are_known() {
    for name in [
        "high-rtt",
        "high-jitter",
        "high-packet-loss",
        "high-packets-lost-fraction",
        "low-mos",
        "low-bytes-received",
        "low-bytes-sent",
        "constant-audio-input-level",
        "ice-connectivity-lost",
    ] {
        assert!(Warning::from_name(name).is_some(), "{name}");
    }
    assert_eq!(Warning::from_name("constant-audio-output-level"), None);
}

#[test]
fn a_long_call_stays_small_and_keeps_its_worst_second() {
    let mut history = History::default();
    for second in 1..=10_800 {
        let sample = if second == 5_000 { LOSSY } else { GOOD };
        history.take(second, sample);
        history.take(second, sample);
    }
    let points = history.points();
    assert!((MOST_POINTS / 2..MOST_POINTS).contains(&points.len()), "{}", points.len());
    assert_eq!(history.seconds(), 10_800);
    assert_eq!(points[0].at_s, 0);
    assert!(points.windows(2).all(|pair| pair[0].at_s < pair[1].at_s));
    let worst = points.iter().filter(|point| point.sample.loss_permille > 0).collect::<Vec<_>>();
    assert_eq!(worst.len(), 1);
    assert_eq!(worst[0].sample, LOSSY);
    history.take(1, GOOD);
    assert_eq!((history.points().len(), history.seconds()), (1, 1), "a new call");
}

#[test]
fn a_test_of_the_connection_has_a_verdict() {
    let report = |samples: &[(usize, Sample)]| {
        let mut test = Preflight::default();
        for (times, sample) in samples {
            (0..*times).for_each(|_| test.take(*sample));
        }
        test.report()
    };
    let verdict = |samples: &[(usize, Sample)]| (report(samples).grade, report(samples).trouble);
    assert_eq!(verdict(&[]), (Grade::Unknown, Some(Trouble::NothingArrives)));
    assert_eq!(verdict(&[(3, GOOD)]), (Grade::Unknown, Some(Trouble::NothingArrives)));
    assert_eq!(verdict(&[(10, GOOD)]), (Grade::Good, None));
    assert_eq!(verdict(&[(10, LOSSY)]), (Grade::Poor, Some(Trouble::Loss)));
    assert_eq!(verdict(&[(8, GOOD), (2, LOSSY)]), (Grade::Fair, Some(Trouble::Loss)));
    assert_eq!(verdict(&[(10, NOTHING)]), (Grade::Unknown, Some(Trouble::NoPath)));
    assert_eq!(verdict(&[(8, NOTHING), (2, GOOD)]), (Grade::Unknown, Some(Trouble::NothingArrives)));
    let silent = Sample { input_level: 0, ..GOOD };
    assert_eq!(verdict(&[(10, silent)]), (Grade::Fair, Some(Trouble::SilentMicrophone)));
    // The first second has no score yet.
    assert_eq!(report(&[(1, Sample { mos: 0, ..GOOD }), (9, GOOD)]).sample.mos, 440);
}

#[test]
fn a_curve_stays_on_its_drawing_and_tells_the_worst() {
    let mut history = History::default();
    assert_eq!(Measure::Jitter.curve(&history).line, "");
    history.take(1, Sample { mos: 0, ..GOOD });
    assert_eq!(Measure::Voice.curve(&history).line, "", "not known yet");
    for second in 2..=11 {
        history.take(second, if second == 6 { LOSSY } else { GOOD });
    }
    let loss = Measure::Loss.curve(&history);
    assert!(loss.line.starts_with("M0 48L30 48") && loss.line.contains("L150 0L"), "{}", loss.line);
    assert!(loss.line.ends_with("L300 48") && loss.area.ends_with("L300 48L300 48L0 48Z"), "{}", loss.area);
    assert_eq!((loss.now, loss.worst), (0, 150));
    let voice = Measure::Voice.curve(&history);
    assert_eq!((voice.now, voice.worst), (440, 280));
    assert!(voice.line.starts_with("M30 "), "{}", voice.line);
}

fn any_sample() -> impl Strategy<Value = Sample> {
    let figures = (any::<u16>(), any::<u16>(), any::<u16>(), any::<u16>(), any::<u16>());
    (figures, prop_oneof![Just(0), any::<u16>()]).prop_map(
        |((mos, jitter_ms, rtt_ms, loss_permille, input_level), packets)| Sample {
            mos,
            jitter_ms,
            rtt_ms,
            loss_permille,
            input_level,
            packets,
        },
    )
}

#[derive(Clone, Debug)]
enum Step {
    Sample(Sample),
    Warn(usize, bool),
    Lost,
    Wait(u16),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any_sample().prop_map(Step::Sample),
        2 => (0..Warning::ALL.len(), any::<bool>()).prop_map(|(w, raised)| Step::Warn(w, raised)),
        1 => Just(Step::Lost),
        1 => any::<u16>().prop_map(Step::Wait),
    ]
}

proptest! {
    /// No measure draws outside, however wild.
    #[test]
    fn curves_stay_inside(samples in prop::collection::vec(any_sample(), 1..600)) {
        let mut history = History::default();
        for (i, sample) in samples.iter().enumerate() {
            history.take(i as u32 + 1, *sample);
        }
        for measure in Measure::ALL {
            let curve = measure.curve(&history);
            let points = curve.line.split(['M', 'L']).filter(|point| !point.is_empty());
            for point in points {
                let (x, y) = point.split_once(' ').unwrap();
                prop_assert!(x.parse::<u32>().unwrap() <= WIDTH && y.parse::<u32>().unwrap() <= HEIGHT, "{}", point);
            }
        }
    }

    /// Whatever is measured and warned of, there is a trouble exactly when the lamp is not good, and after a good while of
    /// good seconds the lamp is good again.
    #[test]
    fn the_lamp_and_its_words_agree(steps in prop::collection::vec(any_step(), 0..200), muted: bool) {
        let mut meter = Meter::default();
        let mut now_ms = 0;
        let mut heard = false;
        for step in steps {
            now_ms += 1_000;
            let heard_now = if let Step::Sample(sample) = step { Some(sample) } else { None };
            match step {
                Step::Sample(sample) => meter.sample(sample, now_ms),
                Step::Warn(warning, raised) => meter.warn(Warning::ALL[warning], raised),
                Step::Lost => meter.lost(),
                Step::Wait(ms) => now_ms += u64::from(ms),
            }
            let quality = meter.quality(muted, now_ms);
            prop_assert_eq!(quality.trouble.is_some(), quality.grade > Grade::Good);
            heard |= matches!(heard_now, Some(Sample { packets: 1.., .. }));
            prop_assert!(heard || quality.grade != Grade::Good, "good before any sound");
        }
        for warning in Warning::ALL {
            meter.warn(warning, false);
        }
        for _ in 0..60 {
            now_ms += 1_000;
            meter.sample(GOOD, now_ms);
        }
        prop_assert_eq!(meter.quality(muted, now_ms).grade, Grade::Good);
    }
}
