use shared::api::CallIssue;

use crate::model::call::Attestation;
use crate::model::quality::{Grade, Measure, PreflightReport, Trouble};
use crate::text;

/// The lamp in a word or two.
pub fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Unknown => text::quality::unknown(),
        Grade::Good => text::quality::good(),
        Grade::Fair => text::quality::fair(),
        Grade::Poor => text::quality::poor(),
    }
}

/// What a test of the connection comes to, and what to do about it.
pub fn verdict(report: PreflightReport) -> String {
    let advice = report.trouble.map_or("", quality_trouble);
    match report.grade {
        Grade::Good => text::quality::usable_good().to_owned(),
        Grade::Fair => text::quality::usable(advice),
        Grade::Poor | Grade::Unknown => text::quality::not_usable(advice),
    }
}

/// What is wrong, and what to do about it.
pub fn quality_trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NoPath => text::quality::no_path(),
        Trouble::Interrupted => text::quality::interrupted(),
        Trouble::NothingArrives => text::quality::nothing_arrives(),
        Trouble::NothingLeaves => text::quality::nothing_leaves(),
        Trouble::SilentMicrophone => text::quality::silent_microphone(),
        Trouble::Loss => text::quality::loss(),
        Trouble::Jitter => text::quality::jitter(),
        Trouble::Delay => text::quality::delay(),
    }
}

/// What a figure is of.
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Voice => text::quality::voice(),
        Measure::RoundTrip => text::quality::round_trip(),
        Measure::Jitter => text::quality::unevenness(),
        Measure::Loss => text::quality::lost(),
    }
}

/// A figure with its unit.
pub fn figure(measure: Measure, value: u16) -> String {
    match measure {
        Measure::Voice => tenths(value.saturating_add(5) / 10),
        Measure::RoundTrip | Measure::Jitter => text::quality::ms(&value.to_string()),
        Measure::Loss => text::quality::percent(&tenths(value)),
    }
}

fn tenths(value: u16) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// What networks say of a caller: in two words, and what that means.
pub fn attestation(attestation: Attestation) -> (&'static str, &'static str) {
    match attestation {
        Attestation::Verified => (text::quality::verified(), text::quality::verified_why()),
        Attestation::Failed => (text::quality::not_verified(), text::quality::not_verified_why()),
    }
}

/// What was wrong with a call, to choose from.
pub fn issue(issue: CallIssue) -> &'static str {
    match issue {
        CallIssue::AudioLatency => text::quality::late(),
        CallIssue::ChoppyAudio => text::quality::choppy(),
        CallIssue::DroppedCall => text::quality::dropped(),
        CallIssue::Echo => text::quality::echo(),
        CallIssue::NoisyCall => text::quality::noisy(),
        CallIssue::OneWayAudio => text::quality::one_way(),
    }
}
