use futures_util::future::join;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{ErrorCode, Session, SignIn};

use super::Phone;
use crate::api;
use crate::model::{CallEvent, LineEvent, messages};

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SessionState {
    /// Not known yet.
    Loading,
    /// Not known, for the server does not answer; why, in words.
    Unknown(String),
    SignedOut,
    SignedIn(Session),
}

/// Why nobody is signed in.
pub(crate) struct SignInFailure {
    /// For the user.
    pub(crate) words: String,
    /// What was typed is wrong; otherwise it was not even looked at.
    pub(crate) wrong_credentials: bool,
}

/// Pause between questions to a server that does not answer.
const RETRY_MS: u32 = 2_000;

impl Phone {
    /// Finds out who is signed in; asks until there is an answer.
    pub(crate) fn restore_session(self) {
        spawn_local(async move {
            // Both at once, and nothing shown before both are there: the page would jump.
            let (demo, mut session) = join(api::demo_world(), api::session()).await;
            self.demo.set(demo);
            loop {
                match session {
                    Ok(Some(session)) => return self.signed_in(session),
                    Ok(None) => return self.session.set(SessionState::SignedOut),
                    Err(error) => self.session.set(SessionState::Unknown(error.to_string())),
                }
                TimeoutFuture::new(RETRY_MS).await;
                if self.demo.with_untracked(Option::is_none) {
                    self.demo.set(api::demo_world().await);
                }
                session = api::session().await;
            }
        });
    }

    /// Signs in.
    pub(crate) async fn sign_in(self, credentials: SignIn) -> Result<(), SignInFailure> {
        let session = api::sign_in(&credentials).await.map_err(|error| SignInFailure {
            words: error.to_string(),
            wrong_credentials: error.is(ErrorCode::SignInRefused),
        })?;
        self.signed_in(session);
        Ok(())
    }

    /// Signs out. The phone stops at once; the session ends when the server says so.
    pub(crate) fn sign_out(self) {
        self.feed_call(CallEvent::HangUp);
        spawn_local(async move {
            match api::sign_out().await {
                Ok(()) => {
                    self.feed_line(LineEvent::Stop);
                    self.leave(None);
                }
                Err(_) => self.notice.set(Some(messages::SIGN_OUT_FAILED)),
            }
        });
    }

    fn signed_in(self, session: Session) {
        self.notice.set(None);
        self.session.set(SessionState::SignedIn(session));
        self.start_ticking();
        self.feed_line(LineEvent::Start);
    }

    /// Shows the sign-in page.
    pub(super) fn leave(self, notice: Option<&'static str>) {
        self.stop_ticking();
        self.with(|inner| inner.departures += 1);
        self.feed_call(CallEvent::HangUp);
        self.feed_call(CallEvent::Dismiss);
        self.notice.set(notice);
        self.session.set(SessionState::SignedOut);
    }
}
