//! How well both ends hear each other, from what the SDK measures once a second and what it warns of: a grade that does not
//! flicker, the trouble that a person can do something about, and the whole call's figures for a chart.

mod chart;
mod history;
mod meter;
mod preflight;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use chart::{Curve, HEIGHT, Measure, WIDTH};
pub use history::{History, MOST_POINTS, Point};
pub use meter::Meter;
pub use preflight::{Preflight, PreflightReport};
use serde::{Deserialize, Serialize};

/// One second of a call (the SDK's `lib/twilio/rtc/sample.ts`). What is measured is what arrives here, but for the round
/// trip. Whole numbers: they are compared, sent to other tabs and drawn.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Sample {
    /// Mean opinion score by the SDK's own formula, in hundredths (100 to about 450); 0 while it is not known.
    pub mos: u16,
    /// Milliseconds.
    pub jitter_ms: u16,
    /// Milliseconds.
    pub rtt_ms: u16,
    /// Packets lost in this second, in tenths of a percent.
    pub loss_permille: u16,
    /// What the microphone picks up, 0 to 32767.
    pub input_level: u16,
    /// Packets of sound that arrived in this second. Silence comes in packets, too.
    pub packets: u16,
}

/// The lamp's four states.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Grade {
    /// Nothing measured yet, or nothing any more.
    #[default]
    Unknown,
    Good,
    /// Heard, with an effort.
    Fair,
    /// Hardly a conversation.
    Poor,
}

/// What stands in the way, by the measure that shows it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Trouble {
    /// No sound has ever arrived in this call: its way is blocked.
    NoPath,
    /// The way to the phone network is interrupted.
    Interrupted,
    /// No sound arrives from the far end.
    NothingArrives,
    /// No sound leaves this device.
    NothingLeaves,
    /// Sound leaves, but there is nothing in it.
    SilentMicrophone,
    /// Packets are lost on the way here.
    Loss,
    /// Packets arrive unevenly.
    Jitter,
    /// Packets take long.
    Delay,
}

/// What the SDK warns of (`WARNING_NAMES` and `WARNING_PREFIXES` in its `lib/twilio/call.ts`).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Warning {
    HighLoss,
    HighJitter,
    HighRtt,
    LowMos,
    LowBytesReceived,
    LowBytesSent,
    ConstantInput,
    IceLost,
}

impl Warning {
    pub const ALL: [Self; 8] = [
        Self::HighLoss,
        Self::HighJitter,
        Self::HighRtt,
        Self::LowMos,
        Self::LowBytesReceived,
        Self::LowBytesSent,
        Self::ConstantInput,
        Self::IceLost,
    ];

    /// Reads the SDK's name. Loss has two: of single seconds, and of seven on the average.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "high-packet-loss" | "high-packets-lost-fraction" => Self::HighLoss,
            "high-jitter" => Self::HighJitter,
            "high-rtt" => Self::HighRtt,
            "low-mos" => Self::LowMos,
            "low-bytes-received" => Self::LowBytesReceived,
            "low-bytes-sent" => Self::LowBytesSent,
            "constant-audio-input-level" => Self::ConstantInput,
            "ice-connectivity-lost" => Self::IceLost,
            _ => return None,
        })
    }
}

/// What is shown of a call's quality.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Quality {
    pub grade: Grade,
    /// Why it is not better; `None` when it is good, or not known.
    pub trouble: Option<Trouble>,
    /// The last second measured.
    pub latest: Sample,
    /// How many seconds were measured so far: with it, a look at the call tells whether `latest` is new.
    pub measured: u32,
}
