use std::time::Duration;

use actix_web::web::{Bytes, Data};
use shared::api::events::{READY, RESET, SESSIONS_ENDED, SIGNED_OUT};
use tokio::time::{Instant, sleep_until};

use super::{
    event::{Event, Since},
    hub::Subscription,
};
use crate::{
    clock,
    http::state::AppState,
    sign_in::session::LineSession,
    store::{StoreError, within},
};

/// What a browser waits before it comes back by itself.
const RETRY_MS: u32 = 3_000;
/// At each such beat it is looked whether the session has ended by its age.
const BEATS_TO_A_LOOK: u32 = 4;
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// What one browser is told: all of its line's events after the one it names, in their order, each once.
///
/// Nothing is read that the browser has not taken what was read before: it costs a connection, however slow it is.
pub(super) struct Feed {
    state: Data<AppState>,
    session: LineSession,
    subscription: Subscription,
    /// The last event that was told.
    after: Option<i64>,
    stage: Stage,
    beat: Instant,
    beats: u32,
}

enum Stage {
    Greeting,
    /// There may be events that were not read.
    Reading,
    Waiting,
    Over,
}

impl Feed {
    pub(super) fn new(
        state: Data<AppState>,
        session: LineSession,
        subscription: Subscription,
        after: Option<i64>,
    ) -> Self {
        Self { state, session, subscription, after, stage: Stage::Greeting, beat: Instant::now(), beats: 0 }
    }

    /// The next part of the stream; `None` at its end.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        loop {
            match self.stage {
                Stage::Over => return None,
                Stage::Greeting => {
                    self.stage = Stage::Reading;
                    self.beat = Instant::now() + self.pause();
                    // Proxies send the head along with the first of the body.
                    return Some(format!(": connected\nretry: {RETRY_MS}\n\n").into());
                }
                Stage::Reading => {
                    self.subscription.news.mark_unchanged();
                    match within(self.read()).await {
                        Ok(told) => {
                            if matches!(self.stage, Stage::Reading) {
                                self.stage = Stage::Waiting;
                            }
                            if !told.is_empty() {
                                return Some(told.into());
                            }
                        }
                        // Whoever looks at the store's health hears of it.
                        Err(_) => tokio::time::sleep(RETRY_AFTER).await,
                    }
                    if *self.subscription.ended.borrow() {
                        return None;
                    }
                }
                Stage::Waiting => {
                    if let Some(told) = self.wait().await {
                        return Some(told);
                    }
                }
            }
        }
    }

    /// What has happened since. Also where a stream begins.
    async fn read(&mut self) -> Result<String, StoreError> {
        let store = &self.state.store;
        let mut told = String::new();
        let Some(after) = self.after else {
            let last = store.last_event().await?;
            // What ended the session before there was a place to begin at is not told.
            let ended = self.is_over().await?;
            self.after = Some(last);
            write(&mut told, Some(last), READY, "{}");
            self.end_if(ended, &mut told);
            return Ok(told);
        };
        match store.events(&self.session.line.phone_number, after).await? {
            Since::Events(events) => {
                let ended = events.iter().any(|event| event.kind == SESSIONS_ENDED) && self.is_over().await?;
                for Event { id, kind, payload } in events {
                    write(&mut told, Some(id), &kind, &payload);
                    self.after = Some(id);
                }
                self.end_if(ended, &mut told);
            }
            Since::Gap { last } => {
                let ended = self.is_over().await?;
                write(&mut told, Some(last), RESET, "{}");
                self.after = Some(last);
                self.end_if(ended, &mut told);
            }
        }
        Ok(told)
    }

    /// Until there is news, or something else to be sent.
    async fn wait(&mut self) -> Option<Bytes> {
        let Subscription { news, ended } = &mut self.subscription;
        let next = tokio::select! {
            _ = ended.wait_for(|ended| *ended) => Stage::Over,
            _ = news.changed() => Stage::Reading,
            () = sleep_until(self.beat) => Stage::Waiting,
        };
        self.stage = next;
        matches!(self.stage, Stage::Waiting).then_some(())?;
        self.beat = Instant::now() + self.pause();
        self.beats += 1;
        let mut told = ": \n\n".to_owned();
        if self.beats.is_multiple_of(BEATS_TO_A_LOOK) && matches!(within(self.is_over()).await, Ok(true)) {
            self.end_if(true, &mut told);
        }
        Some(told.into())
    }

    async fn is_over(&self) -> Result<bool, StoreError> {
        let idle_s = self.state.settings.sign_in.session_idle_s;
        let found = self.state.store.session(self.session.session.digest, clock::now_s(), idle_s).await?;
        Ok(found.is_none())
    }

    fn end_if(&mut self, ended: bool, told: &mut String) {
        if ended {
            write(told, None, SIGNED_OUT, "{}");
            self.stage = Stage::Over;
        }
    }

    fn pause(&self) -> Duration {
        self.state.settings.network.time_limits.beat
    }
}

/// One event, in the words of <https://html.spec.whatwg.org/multipage/server-sent-events.html>. JSON has no line ends in it.
fn write(told: &mut String, id: Option<i64>, kind: &str, payload: &str) {
    if let Some(id) = id {
        *told += &format!("id: {id}\n");
    }
    *told += &format!("event: {kind}\ndata: {payload}\n\n");
}
