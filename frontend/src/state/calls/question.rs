//! What a call wants of the server is asked by code that is loaded later, with what shows the answers.

use std::future::Future;
use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;

use crate::api;
use crate::later::NotLoaded;
use crate::model::{CallEvent, CallQuestion};

/// The call is on the screen before anything is asked about it: a request is milliseconds of work.
const SHOW_FIRST_MS: u32 = 50;

type Answer = Pin<Box<dyn Future<Output = Option<CallEvent>>>>;

/// What the call is told.
pub(super) async fn ask(question: CallQuestion) -> Option<CallEvent> {
    let unanswered = question.unanswered();
    let answer = match asked(question).await {
        Ok(answer) => answer.await,
        Err(NotLoaded) => None,
    };
    answer.or(unanswered)
}

async fn answer(question: CallQuestion) -> Option<CallEvent> {
    Some(match question {
        CallQuestion::Outcome { leg, call, after_ms } => {
            TimeoutFuture::new(after_ms).await;
            CallEvent::Outcome { leg, outcome: Some(api::call_outcome(&call).await.ok()?) }
        }
        CallQuestion::FarEnd { leg, number } => {
            TimeoutFuture::new(SHOW_FIRST_MS).await;
            CallEvent::FarEnd { leg, far_end: api::far_end(number).await.ok()? }
        }
        CallQuestion::Left { call } => {
            api::leave_call(&call).await.ok()?;
            return None;
        }
        CallQuestion::Rate { leg, call, rating } => {
            api::rate_call(&call, &rating).await.ok()?;
            CallEvent::RatingKept { leg, kept: true }
        }
    })
}

#[cfg(split)]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn asked(question: CallQuestion) -> Result<Answer, NotLoaded> {
    Ok(Box::pin(answer(question)))
}

#[cfg(not(split))]
fn asked(question: CallQuestion) -> std::future::Ready<Result<Answer, NotLoaded>> {
    std::future::ready(Ok(Box::pin(answer(question))))
}
