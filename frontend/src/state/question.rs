use std::future::Future;
use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use shared::PhoneNumber;
use shared::api::CallRating;

use crate::api;
use crate::later::NotLoaded;
use crate::model::{CallEvent, Leg};

/// What a call wants of the server. Asked by code that is loaded later, with what shows the answers.
pub(super) enum Question {
    /// What became of the call, by its CallSid or its attempt?
    Outcome {
        leg: Leg,
        call: String,
        after_ms: u32,
    },
    FarEnd {
        leg: Leg,
        number: PhoneNumber,
    },
    /// Keep this with the record of the call.
    Rate {
        leg: Leg,
        call: String,
        rating: CallRating,
    },
}

/// The call is on the screen before anything is asked about it: a request is milliseconds of work.
const SHOW_FIRST_MS: u32 = 50;

type Answer = Pin<Box<dyn Future<Output = Option<CallEvent>>>>;

impl Question {
    /// What the call is told.
    pub(super) async fn ask(self) -> Option<CallEvent> {
        let unanswered = self.unanswered();
        match asked(self).await {
            Ok(answer) => answer.await,
            Err(NotLoaded) => unanswered,
        }
    }

    /// Without an answer, nothing is shown of the far end.
    fn unanswered(&self) -> Option<CallEvent> {
        match *self {
            Self::Outcome { leg, .. } => Some(CallEvent::Outcome { leg, outcome: None }),
            Self::FarEnd { .. } => None,
            Self::Rate { leg, .. } => Some(CallEvent::RatingKept { leg, kept: false }),
        }
    }

    async fn answer(self) -> Option<CallEvent> {
        Some(match self {
            Self::Outcome { leg, call, after_ms } => {
                TimeoutFuture::new(after_ms).await;
                CallEvent::Outcome { leg, outcome: api::call_outcome(&call).await.ok() }
            }
            Self::FarEnd { leg, number } => {
                TimeoutFuture::new(SHOW_FIRST_MS).await;
                CallEvent::FarEnd { leg, far_end: api::far_end(number).await.ok()? }
            }
            Self::Rate { leg, call, rating } => {
                CallEvent::RatingKept { leg, kept: api::rate_call(&call, &rating).await.is_ok() }
            }
        })
    }
}

#[cfg(split)]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn asked(question: Question) -> Result<Answer, NotLoaded> {
    Ok(Box::pin(question.answer()))
}

#[cfg(not(split))]
fn asked(question: Question) -> std::future::Ready<Result<Answer, NotLoaded>> {
    std::future::ready(Ok(Box::pin(question.answer())))
}
