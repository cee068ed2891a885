//! Connections whose other end is gone without a word: a host that lost its power, a firewall that forgot them. They are silent
//! for as long as the operating system tries to send, a quarter of an hour; a pool that waits for them has none for others.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{Connection, Error, PgConnection, pool::PoolConnectionMetadata, postgres::PgPoolOptions};
use tokio::time::{Instant, timeout};

/// What does not answer within it is not used any more. Of the two seconds that a request waits for the store, enough is left
/// for another connection.
const ANSWERS_WITHIN: Duration = Duration::from_millis(800);

/// Since when connections are known to be silent: those that are older are believed to be so as well.
#[derive(Clone, Default)]
struct Silence(Arc<Mutex<Option<Instant>>>);

impl Silence {
    /// Whether it may be used.
    async fn takes(
        &self,
        connection: &mut PgConnection,
        about: PoolConnectionMetadata,
    ) -> Result<bool, Error> {
        let made_at = Instant::now().checked_sub(about.age);
        if self.lock().is_some_and(|since| made_at.is_none_or(|made_at| made_at < since)) {
            return Ok(false);
        }
        let answered = answers(connection).await;
        if matches!(answered, Err(Error::PoolTimedOut)) {
            *self.lock() = Some(Instant::now());
        }
        answered
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answers(connection: &mut PgConnection) -> Result<bool, Error> {
    timeout(ANSWERS_WITHIN, connection.ping()).await.unwrap_or(Err(Error::PoolTimedOut)).map(|()| true)
}

/// A pool that gives up what is silent when somebody wants it. Not when it comes back from somebody who has waited long enough: what
/// it waits for may be a lock, and a statement that is given up goes on at the server, with all that it holds.
pub(super) fn without_silent_ones(options: PgPoolOptions) -> PgPoolOptions {
    let silence = Silence::default();
    options.test_before_acquire(false).before_acquire(move |connection, about| {
        let silence = silence.clone();
        Box::pin(async move { silence.takes(connection, about).await })
    })
}
