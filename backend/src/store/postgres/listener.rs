use std::time::Duration;

use async_trait::async_trait;
use sqlx::{
    Error,
    postgres::{PgConnectOptions, PgListener, PgNotification, PgPoolOptions},
};
use tokio::{
    task::JoinHandle,
    time::{Instant, error::Elapsed, sleep, sleep_until, timeout},
};
use tracing::Instrument;

use super::pool::{POOLER_CURE, PostgresEngine};
use crate::store::{Listener, Query, engine::Engine};

/// One for a database. What is told is the number of an event, or a proof.
const CHANNEL: &str = "sidetone_events";
/// $1 the channel's message
pub(super) const NOTIFY: &str = "SELECT pg_notify('sidetone_events', $1)";
const PROOF: &str = "alive ";
/// So often the listener proves that it hears.
const PROVE_EVERY: Duration = Duration::from_secs(10);
/// A proof that takes longer is none.
const HEARD_WITHIN: Duration = Duration::from_secs(5);
/// Without a listener the table is looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Hears what any server tells, on a connection of its own: no pooler may be in between.
///
/// A connection whose other end is gone without a word is silent for ever, and one to another database hears nothing. So the
/// listener tells itself something, the way in which events are told, and what it does not hear is a proof as well.
pub(super) struct PostgresListener {
    engine: PostgresEngine,
    /// `None` while there is none.
    listening: Option<PgListener>,
    /// It may take longer than anybody is to wait.
    connecting: Option<JoinHandle<Result<Result<PgListener, Error>, Elapsed>>>,
    stage: Stage,
    proofs: u64,
    /// It was said that nothing is heard.
    complained: bool,
}

/// When something is to be done about the proof.
enum Stage {
    Proven { until: Instant },
    Waiting { proof: String, until: Instant },
}

impl PostgresListener {
    pub(super) fn new(engine: PostgresEngine) -> Self {
        let stage = Stage::Proven { until: Instant::now() };
        Self { engine, listening: None, connecting: None, stage, proofs: 0, complained: false }
    }

    /// A connection that listens, or why there is none after a while.
    async fn connect(&mut self) -> Option<Result<PgListener, String>> {
        let direct = &self.engine.direct;
        let connecting = self.connecting.get_or_insert_with(|| {
            let direct = direct.clone();
            tokio::spawn(async move { timeout(HEARD_WITHIN, connect(direct)).await }.in_current_span())
        });
        let connected = tokio::select! {
            connected = connecting => connected,
            () = sleep(LOOK_EVERY) => return None,
        };
        self.connecting = None;
        Some(match connected {
            Ok(Ok(Ok(listening))) => Ok(listening),
            Ok(Ok(Err(error))) => Err(error.to_string()),
            Ok(Err(_)) => Err("no answer".to_owned()),
            Err(error) => Err(error.to_string()),
        })
    }

    /// The next thing that is told, or `None` where it is time for something else; or why nothing is heard any more.
    async fn next(&mut self) -> Result<Option<PgNotification>, String> {
        let Some(listening) = &mut self.listening else { return Ok(None) };
        let (Stage::Proven { until } | Stage::Waiting { until, .. }) = &self.stage;
        let until = if self.complained { (*until).min(Instant::now() + LOOK_EVERY) } else { *until };
        tokio::select! {
            told = listening.try_recv() => match told {
                Ok(Some(told)) => Ok(Some(told)),
                Ok(None) => Err("the connection was closed".to_owned()),
                Err(error) => Err(error.to_string()),
            },
            () = sleep_until(until) => Ok(None),
        }
    }

    /// Tells itself something.
    fn prove(&mut self) {
        self.proofs += 1;
        // Others have the same channel.
        let proof = format!("{PROOF}{} {}", uuid::Uuid::new_v4(), self.proofs);
        let (engine, told) = (self.engine.clone(), proof.clone());
        // What goes wrong shows: it is not heard.
        tokio::spawn(async move { drop(engine.read(Query::new(NOTIFY).bind(told)).await) }.in_current_span());
        self.stage = Stage::Waiting { proof, until: Instant::now() + HEARD_WITHIN };
    }

    fn lost(&mut self, why: &str) {
        self.listening = None;
        if !self.complained {
            self.complained = true;
            tracing::warn!(
                "the database {} tells of no events ({why}); they are looked for once a second until it does{}",
                self.engine.place(),
                if self.engine.pooled { "" } else { POOLER_CURE }
            );
        }
    }
}

async fn connect(direct: PgConnectOptions) -> Result<PgListener, Error> {
    let pool = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let mut listening = PgListener::connect_with(&pool.connect_with(direct).await?).await?;
    listening.ignore_pool_close_event(true);
    listening.eager_reconnect(false);
    listening.listen(CHANNEL).await?;
    Ok(listening)
}

#[async_trait]
impl Listener for PostgresListener {
    fn hears(&self) -> bool {
        !self.complained
    }

    async fn heard(&mut self) {
        if self.listening.is_none() {
            match self.connect().await {
                Some(Ok(listening)) => {
                    self.listening = Some(listening);
                    // What was told before nobody has heard.
                    self.prove();
                }
                Some(Err(why)) => {
                    self.lost(&why);
                    sleep(LOOK_EVERY).await;
                }
                None => {}
            }
            return;
        }
        loop {
            match self.next().await {
                Ok(Some(told)) => match &self.stage {
                    Stage::Waiting { proof, .. } if told.payload() == proof => {
                        if std::mem::take(&mut self.complained) {
                            tracing::info!("the database {} tells of events again", self.engine.place());
                        }
                        self.stage = Stage::Proven { until: Instant::now() + PROVE_EVERY };
                        return;
                    }
                    _ if told.payload().starts_with(PROOF) => {}
                    _ => return,
                },
                Ok(None) => match self.stage {
                    Stage::Proven { .. } => self.prove(),
                    Stage::Waiting { until, .. } if Instant::now() >= until => {
                        return self.lost("what it is told is not heard");
                    }
                    Stage::Waiting { .. } => return,
                },
                Err(why) => return self.lost(&why),
            }
        }
    }
}
