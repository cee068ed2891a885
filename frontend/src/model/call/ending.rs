//! How a call ends, and how its user comes to know why.

use shared::api::{CallDirection, CallOutcome};

use super::{Call, CallEffect, CallQuestion, EndReason, Phase};
use crate::model::quality::Trouble;

/// Pauses before the server is asked for the outcome, for it may hear of the end later than the browser.
const ASK_AFTER_MS: [u32; 5] = [0, 300, 700, 1_500, 3_000];

impl Call {
    pub(super) fn on_outcome(&mut self, outcome: Option<CallOutcome>, effects: &mut Vec<CallEffect>) {
        if self.is_live() || self.reason.as_ref().is_some_and(EndReason::is_local) {
            return;
        }
        let unanswered_here = self.direction == CallDirection::Incoming && !self.answered;
        if unanswered_here && matches!(outcome, Some(CallOutcome::InProgress | CallOutcome::Completed)) {
            self.reason.get_or_insert(EndReason::AnsweredElsewhere);
            return;
        }
        match outcome.as_ref().map(EndReason::from_outcome) {
            // The server closes what was lost or hung up here in its own words; the user knows better what happened.
            Some(Some(reason)) if self.reason.is_none() || matches!(reason, EndReason::Refused(_)) => {
                self.reason = Some(reason);
            }
            Some(None) if self.reason.is_none() => self.ask(effects),
            None if self.reason.is_none() => self.reason = Some(self.guess()),
            _ => {}
        }
    }

    /// What is known on this side alone.
    fn guess(&self) -> EndReason {
        match (self.error, self.direction) {
            (Some(code), _) => EndReason::from_code(code),
            (None, CallDirection::Incoming) if self.opened_at_ms.is_none() && !self.answered => {
                EndReason::Canceled
            }
            (None, _) if self.opened_at_ms.is_some() || self.answered => EndReason::Completed,
            (None, _) => EndReason::Unknown,
        }
    }

    /// Ends the call. Where this side cannot be sure of the reason, the server is asked.
    pub(super) fn end(&mut self, reason: Option<EndReason>, now_ms: u64, effects: &mut Vec<CallEffect>) {
        self.enter(Phase::Ended, now_ms);
        self.ended_at_ms = Some(now_ms);
        // Whoever hung up: a call without sound is the reason that the user needs to know.
        let no_audio = self.opened_at_ms.is_some() && self.quality.trouble == Some(Trouble::NoPath);
        self.reason = match reason {
            Some(reason) if reason.is_local() => Some(reason),
            _ if no_audio => Some(EndReason::NoAudio),
            reason => reason,
        };
        effects.push(CallEffect::Release(self.leg));
        // Twilio's report of the end may be lost, and the line must not be busy for hours.
        if (self.opened_at_ms.is_some() || self.answered)
            && let Some(call) = self.sid.clone().or_else(|| self.attempt.clone())
        {
            effects.push(CallEffect::Ask(CallQuestion::Left { call }));
        }
        if !self.reason.as_ref().is_some_and(EndReason::is_local) {
            self.ask(effects);
        }
    }

    pub(super) fn ask(&mut self, effects: &mut Vec<CallEffect>) {
        let pause = ASK_AFTER_MS.get(self.asked as usize);
        self.asked += 1;
        match (self.sid.as_ref().or(self.attempt.as_ref()), pause) {
            (Some(call), Some(&after_ms)) => {
                effects.push(CallEffect::Ask(CallQuestion::Outcome {
                    leg: self.leg,
                    call: call.clone(),
                    after_ms,
                }));
            }
            _ => {
                if self.reason.is_none() {
                    self.reason = Some(self.guess());
                }
            }
        }
    }
}
