use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use tokio::{sync::Mutex, time::timeout};
use tracing::Instrument;

use super::mark::{self, Mark, lacks_a_table};
use crate::{
    config::{self, Database},
    store::{
        Listener, Query, Row, StoreError,
        engine::{Engine, EngineTransaction},
        postgres::{self, PostgresEngine},
        sqlite::SqliteEngine,
    },
};

/// Between two attempts to reach the new database.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Longest attempt.
const PATIENCE: Duration = Duration::from_secs(10);

/// An SQLite file that may be moved to PostgreSQL while it is used: then the new database takes its place here, for whoever asks
/// next. As long as it cannot be reached, or the copy is not whole, nothing works, and what must not be lost waits, as with any
/// database that fails.
#[derive(Clone)]
pub(in crate::store) struct Following(Arc<Both>);

struct Both {
    path: PathBuf,
    old: SqliteEngine,
    new: OnceLock<PostgresEngine>,
    /// When it failed last, and why.
    failed: Mutex<Option<(Instant, String)>>,
}

impl Following {
    pub(in crate::store) fn new(old: SqliteEngine, path: &Path) -> Self {
        let (new, failed) = Default::default();
        Self(Arc::new(Both { path: path.to_owned(), old, new, failed }))
    }

    fn engine(&self) -> &dyn Engine {
        match self.0.new.get() {
            Some(new) => new,
            None => &self.0.old,
        }
    }

    /// The new database, where that is why the old one has failed.
    async fn after(&self, error: StoreError) -> Result<&PostgresEngine, StoreError> {
        if !matches!(&error, StoreError::File { error, .. } if lacks_a_table(error)) {
            return Err(error);
        }
        if let Some(new) = self.0.new.get() {
            return Ok(new);
        }
        // It goes on when whoever has asked is given up.
        let both = self.0.clone();
        let followed = tokio::spawn(async move { both.follow().await }.in_current_span()).await;
        followed.map_err(|_| StoreError::Slow)??;
        self.0.new.get().ok_or(error)
    }
}

impl Both {
    async fn follow(&self) -> Result<(), StoreError> {
        let mut failed = self.failed.lock().await;
        let mark = mark::read(&self.old.reading().await?).await;
        let Some(mark) = mark.map_err(|error| self.old.fault(error))? else { return Ok(()) };
        if self.new.get().is_some() {
            return Ok(());
        }
        let moved = |mark, why| StoreError::Moved { path: self.path.clone(), mark: Box::new(mark), why };
        if let Some((_, why)) = failed.as_ref().filter(|(at, _)| at.elapsed() < RETRY_AFTER) {
            return Err(moved(mark, why.clone()));
        }
        let reached = timeout(PATIENCE, new_database(&mark)).await;
        let why = match reached.unwrap_or_else(|_| Err("it does not answer".to_owned())) {
            Ok(new) => {
                tracing::warn!(
                    "the database {} was moved {mark}; this server goes on there. From now on start it with the configuration {}",
                    self.path.display(),
                    mark.config
                );
                drop(self.new.set(new));
                return Ok(());
            }
            Err(why) => format!(", for this server does not go on there by itself: {why}"),
        };
        let known = failed.as_ref().is_some_and(|(_, before)| *before == why);
        *failed = Some((Instant::now(), why.clone()));
        drop(failed);
        let error = moved(mark, why);
        if !known {
            tracing::error!("{error}");
        }
        Err(error)
    }
}

/// The new database, or why it cannot be used.
async fn new_database(mark: &Mark) -> Result<PostgresEngine, String> {
    let Database::Postgres(url) =
        config::load_database_of(Path::new(&mark.config)).map_err(|error| error.to_string())?
    else {
        return Err(format!("{} names no PostgreSQL database", mark.config));
    };
    match postgres::open_copy(&url, |id| id == mark.id).await {
        Ok(Some(new)) => Ok(new),
        Ok(None) => Err(format!("the database {url} has no whole copy; run `sidetone store copy` again")),
        Err(error) => Err(error.to_string()),
    }
}

#[async_trait]
impl Engine for Following {
    fn readers(&self) -> usize {
        self.engine().readers()
    }

    async fn read(&self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        match self.engine().read(query.clone()).await {
            Err(error) => self.after(error).await?.read(query).await,
            read => read,
        }
    }

    async fn write(&self, query: Query<'_>) -> Result<u64, StoreError> {
        match self.engine().write(query.clone()).await {
            Err(error) => self.after(error).await?.write(query).await,
            written => written,
        }
    }

    async fn begin(&self) -> Result<Box<dyn EngineTransaction + '_>, StoreError> {
        let first = self.0.new.get().is_none();
        let begun = self.engine().begin().await?;
        Ok(if first { Box::new(Begun { following: self, begun, first }) } else { begun })
    }

    fn listener(&self) -> Box<dyn Listener> {
        Box::new(FollowingListener { listener: self.0.old.listener(), following: Some(self.clone()) })
    }

    async fn try_writing(&self) -> Result<(), StoreError> {
        self.engine().try_writing().await
    }
}

/// A transaction of the old database. From its first statement on nobody can move it.
struct Begun<'f> {
    following: &'f Following,
    begun: Box<dyn EngineTransaction + 'f>,
    first: bool,
}

impl Begun<'_> {
    /// Begins anew in the new database, where the first statement shows that there is one.
    async fn begin_again(&mut self, error: StoreError) -> Result<(), StoreError> {
        if !std::mem::take(&mut self.first) {
            return Err(error);
        }
        self.begun = self.following.after(error).await?.begin().await?;
        Ok(())
    }
}

#[async_trait]
impl EngineTransaction for Begun<'_> {
    async fn read(&mut self, query: Query<'_>) -> Result<Vec<Row>, StoreError> {
        match self.begun.read(query.clone()).await {
            Err(error) => {
                self.begin_again(error).await?;
                self.begun.read(query).await
            }
            read => {
                self.first = false;
                read
            }
        }
    }

    async fn write(&mut self, query: Query<'_>) -> Result<u64, StoreError> {
        match self.begun.write(query.clone()).await {
            Err(error) => {
                self.begin_again(error).await?;
                self.begun.write(query).await
            }
            written => {
                self.first = false;
                written
            }
        }
    }

    async fn announce(&mut self, event: i64) -> Result<(), StoreError> {
        self.begun.announce(event).await
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.begun.commit().await
    }

    async fn roll_back(self: Box<Self>) -> Result<(), StoreError> {
        self.begun.roll_back().await
    }
}

/// Hears the old database, and the new one from then on.
struct FollowingListener {
    listener: Box<dyn Listener>,
    following: Option<Following>,
}

#[async_trait]
impl Listener for FollowingListener {
    async fn heard(&mut self) {
        self.listener.heard().await;
        let new = self.following.as_ref().and_then(|following| Some(following.0.new.get()?.listener()));
        if let Some(new) = new {
            self.listener = new;
            self.following = None;
        }
    }

    fn hears(&self) -> bool {
        self.listener.hears()
    }
}
