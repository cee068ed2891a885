use js_sys::Promise;
use shared::api::{CallIssue, CallRating};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::raw;

#[wasm_bindgen]
extern "C" {
    type RatedCall;

    #[wasm_bindgen(method, catch, js_name = postFeedback)]
    fn post_feedback(this: &RatedCall, score: u8, issue: Option<&str>) -> Result<Promise, JsValue>;
}

/// What is left of a call that has ended: Twilio can be told how good it was.
pub(crate) struct SdkFeedback(RatedCall);

impl SdkFeedback {
    pub(super) fn new(call: &raw::Call) -> Self {
        Self(call.clone().unchecked_into())
    }

    /// Tells Twilio. Nobody waits for it: the SDK says nothing of a failure.
    pub(crate) fn post(&self, rating: CallRating) {
        if let Ok(promise) = self.0.post_feedback(rating.score.into(), rating.issue.map(CallIssue::word)) {
            wasm_bindgen_futures::spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    }
}
