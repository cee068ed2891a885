//! The session's desk: who is signed in, here and in the other tabs.

use futures_util::future::{join, join3};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use shared::api::{DemoWorld, ErrorCode, Session, SignIn, SignInOptions};

use super::lasting::{Lasting, Shown};
use super::{Phone, Place};
use crate::api::{self, ApiError};
use crate::browser::channel::Channel;
use crate::browser::page;
use crate::messages;
use crate::model::{Call, Wish};
use crate::text;

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

/// Who is signed in.
#[derive(Clone, Copy)]
pub(crate) struct SessionDesk {
    pub(crate) state: Shown<SessionState>,
    shown: Lasting<SessionState>,
}

impl SessionDesk {
    pub(super) fn new() -> Self {
        let state = Lasting::new(SessionState::Loading);
        Self { state: state.shown(), shown: state }
    }
}

/// What was learnt with the session, and how the tabs tell each other of it.
#[derive(Default)]
pub(super) struct Held {
    demo: Option<DemoWorld>,
    options: SignInOptions,
    departures: u32,
    /// Among all tabs.
    channel: Option<Channel>,
}

impl Held {
    /// How many sessions were left, so that what was asked for in one is not taken for another.
    pub(super) fn departures(&self) -> u32 {
        self.departures
    }
}

/// Why nobody is signed in.
pub(crate) struct SignInFailure {
    /// For the user.
    pub(crate) words: String,
    pub(crate) code: Option<ErrorCode>,
}

/// Pause between questions to a server that does not answer.
const RETRY_MS: u32 = 2_000;

impl Phone {
    /// The demo's lines and phones, in a demo. Known before anything is shown, and the same ever after.
    pub(crate) fn demo(self) -> Option<DemoWorld> {
        self.with(|core| core.session.demo.clone())
    }

    /// What else there is to sign in with; known as soon.
    pub(crate) fn sign_in_options(self) -> SignInOptions {
        self.with(|core| core.session.options.clone())
    }

    /// Finds out who is signed in; asks until there is an answer.
    pub(crate) fn restore_session(self) {
        self.listen_for_sessions();
        spawn_local(async move {
            // All at once, and nothing shown before they are there: the page would jump.
            let (mut answer, ()) = join(self.ask_who_is_there(), self.restore_language()).await;
            if let Some(code) = page::take_query("sign_in_error") {
                self.notice.tell(messages::sign_in_error(&code));
            }
            loop {
                match answer {
                    Ok(Some(session)) => return self.signed_in(session),
                    Ok(None) => return self.session.shown.set(SessionState::SignedOut),
                    Err(error) => self.session.shown.set(SessionState::Unknown(error.to_string())),
                }
                TimeoutFuture::new(RETRY_MS).await;
                answer = self.ask_who_is_there().await;
            }
        });
    }

    async fn ask_who_is_there(self) -> Result<Option<Session>, ApiError> {
        let (demo, options, session) = join3(api::demo_world(), api::sign_in_options(), api::session()).await;
        self.with(|core| (core.session.demo, core.session.options) = (demo, options));
        session
    }

    /// Signs in.
    pub(crate) async fn sign_in(self, credentials: SignIn) -> Result<(), SignInFailure> {
        let session = api::sign_in(&credentials)
            .await
            .map_err(|error| SignInFailure { words: error.to_string(), code: error.code() })?;
        // The server has given a cookie; whether the browser has kept it only the next question can tell.
        if matches!(api::session().await, Ok(None)) {
            return Err(SignInFailure { words: text::blocked::cookies().to_owned(), code: None });
        }
        self.notice.clear();
        self.signed_in(session);
        self.session_has_changed();
        Ok(())
    }

    /// Signs out. The phone stops at once; the session ends when the server says so.
    pub(crate) fn sign_out(self) {
        self.wish(Wish::HangUp);
        spawn_local(async move {
            match api::sign_out().await {
                Ok(()) => {
                    self.end_session(None);
                    self.session_has_changed();
                }
                Err(_) => self.notice.tell(text::errors::sign_out_failed()),
            }
        });
    }

    /// The server says that the session is over. A call may be finished first.
    pub(crate) fn is_signed_out(self, error: &ApiError) -> bool {
        let over = error.is(ErrorCode::SignedOut)
            && !self.calls.call.with_untracked(|call| call.as_ref().is_some_and(Call::is_live));
        if over {
            self.end_session(Some(text::sign_in::signed_out()));
        }
        over
    }

    /// The session has ended: the phone stops, and the sign-in page is shown.
    pub(super) fn end_session(self, notice: Option<&'static str>) {
        self.leave(notice);
    }

    pub(super) fn signed_in(self, session: Session) {
        self.place.set(Place::Keypad);
        self.expect_line();
        let line = session.phone_number.clone();
        self.session.shown.set(SessionState::SignedIn(session));
        self.start_ticking();
        self.join_tabs(&line);
    }

    /// Shows the sign-in page.
    pub(super) fn leave(self, notice: Option<&'static str>) {
        self.stop_ticking();
        self.with(|core| core.session.departures += 1);
        self.expect_line_no_more();
        self.stop_line();
        self.leave_tabs();
        self.notice.say(notice);
        self.session.shown.set(SessionState::SignedOut);
    }

    /// Hears of it when another tab signs in or out.
    pub(super) fn listen_for_sessions(self) {
        let name = format!("sidetone {}", page::base());
        let channel = Channel::open(&name, move |_| self.look_at_the_session());
        self.with(|core| core.session.channel = channel);
    }

    /// Tells the other tabs that somebody has signed in or out.
    pub(super) fn session_has_changed(self) {
        self.with(|core| core.session.channel.as_ref().map(|channel| channel.send(&[])));
    }

    fn look_at_the_session(self) {
        spawn_local(async move {
            let Ok(session) = api::session().await else { return };
            let shown = self.session.state.get_untracked();
            match (session, shown) {
                (Some(session), SessionState::SignedIn(shown)) if session == shown => {}
                // A call is finished first; then the next token is refused.
                (_, SessionState::SignedIn(_)) if self.with(|core| core.calls.is_live()) => {}
                (Some(session), SessionState::SignedIn(_)) => {
                    self.end_session(None);
                    self.signed_in(session);
                }
                (Some(session), SessionState::SignedOut) => {
                    // Why nobody was signed in.
                    self.notice.clear();
                    self.signed_in(session);
                }
                (None, SessionState::SignedIn(_)) => self.end_session(Some(text::sign_in::signed_out())),
                (_, SessionState::Loading | SessionState::Unknown(_)) | (None, SessionState::SignedOut) => {}
            }
        });
    }
}
