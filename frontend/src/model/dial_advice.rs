//! Whether the server would dial what is typed: when to ask, and what is known.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use std::collections::VecDeque;

use shared::PhoneNumber;
use shared::api::Refusal;

/// After the last key, before the server is asked.
pub const PAUSE_MS: u32 = 400;
/// How long an answer holds: minutes are spent and calls end meanwhile.
const FRESH_MS: u64 = 30_000;
/// Answers kept, the newest.
const KEPT: usize = 8;

#[derive(Debug)]
struct Answer {
    number: PhoneNumber,
    refusal: Option<Refusal>,
    at_ms: u64,
}

/// What the server said about the numbers typed lately. No answer means no advice, and Call tries.
#[derive(Debug, Default)]
pub struct DialAdvice {
    typed: Option<PhoneNumber>,
    /// Counts the changes of `typed`, so that only the last one is asked about.
    changes: u32,
    answers: VecDeque<Answer>,
}

impl DialAdvice {
    /// Takes what is in the field, where that is a complete number. When an answer is needed, gives the name of this change,
    /// for [`Self::question`] after [`PAUSE_MS`].
    pub fn typed(&mut self, number: Option<&PhoneNumber>, now_ms: u64) -> Option<u32> {
        if self.typed.as_ref() == number {
            return None;
        }
        self.typed = number.cloned();
        self.changes += 1;
        (number.is_some() && self.answer(now_ms).is_none()).then_some(self.changes)
    }

    /// What to ask the server, if nothing else has been typed since.
    pub fn question(&self, change: u32) -> Option<&PhoneNumber> {
        self.typed.as_ref().filter(|_| self.changes == change)
    }

    /// The server's answer.
    pub fn answered(&mut self, number: PhoneNumber, refusal: Option<Refusal>, now_ms: u64) {
        self.answers.retain(|answer| answer.number != number);
        self.answers.truncate(KEPT - 1);
        self.answers.push_front(Answer { number, refusal, at_ms: now_ms });
    }

    /// Why the server would not dial what is typed; `None` where it would, or is not known to refuse.
    pub fn refusal(&self, now_ms: u64) -> Option<Refusal> {
        self.answer(now_ms)?.refusal
    }

    /// Why a call would be in vain. What may have changed since the server was asked is told only: it decides anew.
    pub fn forbids(&self, now_ms: u64) -> Option<Refusal> {
        use Refusal::{LineMinutesSpent, ServerMinutesSpent, TooManyCalls};
        self.refusal(now_ms)
            .filter(|why| !matches!(why, TooManyCalls | LineMinutesSpent | ServerMinutesSpent))
    }

    fn answer(&self, now_ms: u64) -> Option<&Answer> {
        let typed = self.typed.as_ref()?;
        let is_fresh = |answer: &&Answer| now_ms.saturating_sub(answer.at_ms) < FRESH_MS;
        self.answers.iter().find(|answer| answer.number == *typed).filter(is_fresh)
    }
}
