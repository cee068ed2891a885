//! A `<Dial>` while it runs.

use std::collections::VecDeque;

use super::status::CallStatus;
use crate::core::twiml::{self, Noun};

/// A dialled call and the legs that it made.
#[derive(Debug)]
pub struct Dial {
    /// The verb.
    pub verb: twiml::Dial,
    /// The caller waits for the callee's answer before it is answered itself.
    pub on_bridge: bool,
    /// Who is still to be dialled; everybody at once, but one after the other when the verb says `sequential`.
    pub waiting: VecDeque<Noun>,
    /// Counts who was dialled one after the other, so that an old timeout knows that it is old.
    pub round: u32,
    /// The legs it made.
    pub children: Vec<String>,
    /// The leg that answered.
    pub bridged: Option<String>,
    /// The caller was told that somebody rings.
    pub alerted: bool,
}

/// What a dialled call came to when nobody answered, from the final states of its legs.
///
/// Of several, the most telling one: somebody was busy, else nobody answered, else somebody answered and was never
/// connected (a whisper that hangs up), else it failed.
#[must_use]
pub fn outcome(children: &[CallStatus]) -> CallStatus {
    use CallStatus::{Busy, Canceled, Completed, Failed, NoAnswer};
    [Busy, NoAnswer, Completed, Failed, Canceled]
        .into_iter()
        .find(|status| children.contains(status))
        .unwrap_or(CallStatus::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_outcome_wins() {
        use CallStatus::{Busy, Canceled, Failed, NoAnswer};
        assert_eq!(outcome(&[NoAnswer, Busy, Failed]), Busy);
        assert_eq!(outcome(&[Failed, NoAnswer]), NoAnswer);
        assert_eq!(outcome(&[Canceled, Failed]), Failed);
        assert_eq!(outcome(&[]), Failed);
    }
}
