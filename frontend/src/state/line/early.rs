use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::task::spawn_local;
use shared::api::AccessToken;

use crate::api;
use crate::browser::clock;
use crate::model::TokenFailure;

/// A token is wanted as soon as this tab has the line's lock, of which the browser tells some hundredth of a second after somebody
/// was found to be signed in: time enough to ask for it. A tab that does not get the lock has asked in vain.
pub(super) struct EarlyToken {
    answer: Answer,
    asked_ms: u64,
}

type Answer = Shared<LocalBoxFuture<'static, Result<AccessToken, TokenFailure>>>;

impl EarlyToken {
    /// Later ones are asked for when they are wanted.
    const GOOD_FOR_MS: u64 = 2_000;

    pub(super) fn ask() -> Self {
        let answer = api::access_token().boxed_local().shared();
        spawn_local(answer.clone().map(drop));
        Self { answer, asked_ms: clock::lived_ms() }
    }

    pub(super) fn still_good(self) -> Option<Answer> {
        (clock::lived_ms().saturating_sub(self.asked_ms) < Self::GOOD_FOR_MS).then_some(self.answer)
    }
}
