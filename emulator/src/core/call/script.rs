//! A TwiML document while it runs.

use std::collections::VecDeque;

use super::dial::Dial;
use super::status::CallStatus;
use crate::core::media::MediaKey;
use crate::core::method::Method;
use crate::core::twiml::{Gather, Record, Verb, Whisper};

/// The document of a leg.
#[derive(Debug, Default)]
pub struct Script {
    /// Where the current document came from; relative URLs are resolved against it.
    pub url: String,
    /// The verbs that are left.
    pub verbs: VecDeque<Verb>,
    /// What is going on.
    pub running: Running,
    /// Keys that are waited for, also while the caller hears the prompts.
    pub gather: Option<Gathering>,
    /// Begins when the caller has heard the tone before it.
    pub record: Option<Record>,
    /// Counts what went on, so that an old timer or reply knows that it is old.
    pub step: u64,
    /// A verb has touched the line: `answerOnBridge` and `<Reject>` are too late.
    pub touched: bool,
    /// What the last dialled call came to.
    pub last_dial: Option<CallStatus>,
    /// The document of a callee that hears keys first.
    pub whisper: Option<Whisper>,
    /// Asked for a document when another one fails; once.
    pub fallback: Option<(String, Method)>,
    /// Documents fetched so far, against endless redirection.
    pub fetched: u32,
    /// What follows its end.
    pub then: Then,
}

/// A `<Gather>` while it runs.
#[derive(Debug)]
pub struct Gathering {
    /// The verb.
    pub verb: Gather,
    /// What the caller is still to hear.
    pub prompts: VecDeque<Verb>,
    /// The keys until now.
    pub digits: String,
}

/// What follows the end of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// The leg ends.
    #[default]
    HangUp,
    /// A callee that listened to it is connected with its caller.
    Connect,
}

/// What a document waits for.
#[derive(Debug, Default)]
pub enum Running {
    /// Nothing: the next verb can run, or the document is over.
    #[default]
    Ready,
    /// A document from the application.
    Fetching,
    /// An audio file.
    Loading,
    /// A sound's end; it is played this often again, and the call ends afterwards when `last` is set.
    Sounding {
        /// What is played.
        sound: crate::core::media::Sound,
        /// It is being played; a browser's audio may not be ready for it.
        started: bool,
        /// Repetitions left.
        again: u32,
        /// Hang up afterwards.
        last: bool,
    },
    /// A pause.
    Pausing,
    /// The caller's own audio comes back until somebody hangs up.
    Echoing,
    /// The next key, when there are no more prompts.
    Gathering,
    /// What the caller says is written down.
    Recording(MediaKey),
    /// A dialled call.
    Dialing(Dial),
    /// The call ends as soon as the browser has been told that it was answered.
    HangingUp,
    /// The call ended.
    Over,
}

impl Script {
    /// A script that waits for its first document.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }

    /// Starts to wait for something else; what was waited for before is void.
    pub fn set(&mut self, running: Running) -> u64 {
        self.running = running;
        self.step += 1;
        self.step
    }

    /// The dial that is going on.
    #[must_use]
    pub fn dial(&self) -> Option<&Dial> {
        match &self.running {
            Running::Dialing(dial) => Some(dial),
            _ => None,
        }
    }

    /// The dial that is going on.
    pub fn dial_mut(&mut self) -> Option<&mut Dial> {
        match &mut self.running {
            Running::Dialing(dial) => Some(dial),
            _ => None,
        }
    }
}
