//! What is said of a number while it is typed. The code comes with the reader's, a little later than the page.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::PhoneNumberError;
use shared::api::Refusal;

use super::Dialing;
use crate::api;
use crate::browser::clock;
use crate::messages;
use crate::model::dial_advice::{DialAdvice, PAUSE_MS};
use crate::model::{CallSource, Dialer, Remark};

/// Pointers, so that nothing of it is in what comes first.
#[derive(Clone, Copy)]
pub(super) struct Adviser {
    /// After every change.
    pub(super) follow: fn(Dialing),
    /// Why a call would be in vain.
    pub(super) refusal: fn(Dialing) -> Option<String>,
    /// Why nothing was taken of what was pasted or linked.
    pub(super) unclear: fn(&Remark) -> Option<String>,
}

pub(super) const ADVISER: Adviser =
    Adviser { follow: Dialing::seek_advice, refusal: Dialing::forbidden, unclear: messages::unclear };

impl Dialing {
    /// Asks the server, when the typing pauses, whether it would dial this.
    fn seek_advice(self) {
        let number = self.dialer.with_untracked(Dialer::number);
        let typed = number.as_ref().ok();
        let change =
            self.memory.try_update_value(|memory| memory.advice.typed(typed, clock::now_ms())).flatten();
        self.show_advice();
        if number == Err(PhoneNumberError::Emergency) {
            self.warn_of_emergency();
        }
        let Some(change) = change else { return };
        spawn_local(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            // The dial pad may be gone by now, and its values with it.
            let question =
                self.memory.try_with_value(|memory| memory.advice.question(change).cloned()).flatten();
            let Some(number) = question else { return };
            // No answer is no advice.
            let Ok(answer) = api::dial_check(&number).await else { return };
            self.memory
                .try_update_value(|memory| memory.advice.answered(number, answer.refusal, clock::now_ms()));
            self.show_advice();
        });
    }

    /// When the typing pauses: what calls for help may be the beginning of a number.
    fn warn_of_emergency(self) {
        spawn_local(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            let typed = self.dialer.try_with_untracked(Dialer::number);
            if typed == Some(Err(PhoneNumberError::Emergency)) {
                self.own.hint.set(Some(messages::phone_number(&PhoneNumberError::Emergency)));
            }
        });
    }

    /// The words for what the advice has against the number.
    fn why(self, of: fn(&DialAdvice, u64) -> Option<Refusal>) -> Option<String> {
        let why = self.memory.try_with_value(|memory| of(&memory.advice, clock::now_ms())).flatten()?;
        let number = self.dialer.try_with_untracked(Dialer::number)?.ok()?;
        Some(messages::refusal(why, &CallSource::Number(number)))
    }

    fn show_advice(self) {
        let remark =
            || self.dialer.try_with_untracked(|dialer| dialer.remark().and_then(messages::note)).flatten();
        let hint = self.why(DialAdvice::refusal).or_else(remark);
        if self.hint.try_with_untracked(|shown| *shown != hint) == Some(true) {
            self.own.hint.set(hint);
        }
    }

    /// Of what is decided anew when it is dialled, nothing.
    fn forbidden(self) -> Option<String> {
        self.why(DialAdvice::forbids)
    }
}
