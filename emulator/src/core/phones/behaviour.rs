//! External phones: phones that are neither a browser of this account nor one of its numbers.

use std::time::Duration;

use crate::core::media::Sound;

/// A phone that exists from the start.
#[derive(Debug, Clone)]
pub struct PhoneSeed {
    /// E.164.
    pub phone_number: String,
    /// What people call it, for the index page.
    pub label: String,
    /// What it does when it is called.
    pub behaviour: Behaviour,
}

/// What an external phone does when it is called.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// Answers and sends back what it hears.
    Echo,
    /// Answers and plays a tone.
    Tone {
        /// Frequency of the tone.
        hz: f32,
    },
    /// Is busy.
    Busy,
    /// Rings until the caller gives up.
    NoAnswer,
    /// Does not exist: the call fails.
    NotInService,
    /// Answers with a greeting and confirms every key that is pressed.
    Menu,
    /// Answers after a while, says something, and may hang up by itself.
    Answer {
        /// Ringing time.
        after: Duration,
        /// What the phone says once it has answered.
        say: Sound,
        /// Hangs up this long after the answer.
        hang_up_after: Option<Duration>,
    },
    /// Rings until a script or the person at the handset page acts.
    Manual,
}

impl Behaviour {
    /// The name used on pages and in the configuration file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Behaviour::Echo => "echo",
            Behaviour::Tone { .. } => "tone",
            Behaviour::Busy => "busy",
            Behaviour::NoAnswer => "no-answer",
            Behaviour::NotInService => "not-in-service",
            Behaviour::Menu => "menu",
            Behaviour::Answer { .. } => "answer",
            Behaviour::Manual => "manual",
        }
    }
}
