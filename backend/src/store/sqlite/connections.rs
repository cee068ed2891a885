use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use tokio::sync::{Mutex, watch};
use tracing::Instrument;

use super::files::{Files, Now};
use crate::store::StoreError;

/// Longest wait for a connection that others use.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections that read.
const READERS: u32 = 3;
/// At most so often is everything opened again because something could not be read.
const RENEWED_EVERY: Duration = Duration::from_millis(100);

/// The connections of one time. They are replaced as a whole.
#[derive(Clone)]
struct Connections {
    reading: SqlitePool,
    writing: SqlitePool,
    /// Does nothing but stay. The data of a database in memory live as long as one connection does, and a pool's may be
    /// lost: a runtime that ends takes those with it that are on their way back. Beside a file it keeps the write-ahead
    /// log open, so that others can come and go while the disk is full.
    keeper: Arc<Mutex<Option<SqliteConnection>>>,
    files: Option<Files>,
    since: Instant,
}

impl Connections {
    async fn open(place: &Place, options: &SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let mut keeper = options.clone().connect().await?;
        // SQLite looks into the file, and opens what is beside it, with the first statement.
        sqlx::query("SELECT count(*) FROM sqlite_master").execute(&mut keeper).await?;
        let (reading, writing) = pools(options, matches!(place, Place::Memory));
        let keeper = Arc::new(Mutex::new(Some(keeper)));
        let files = match place {
            Place::File(path) => Some(Files::of(path)),
            Place::Memory | Place::LookedAt(_) => None,
        };
        Ok(Self { reading, writing, keeper, files, since: Instant::now() })
    }

    /// The same file in new connections, which remember nothing of it.
    fn renewed(&self, options: &SqliteConnectOptions) -> Self {
        let (reading, writing) = pools(options, false);
        Self { reading, writing, since: Instant::now(), ..self.clone() }
    }

    async fn close_pools(self) {
        self.reading.close().await;
        self.writing.close().await;
    }

    async fn close(self) {
        let keeper = self.keeper.lock().await.take();
        self.close_pools().await;
        if let Some(keeper) = keeper {
            drop(keeper.close().await);
        }
    }
}

fn pools(options: &SqliteConnectOptions, in_memory: bool) -> (SqlitePool, SqlitePool) {
    let pool = |most| {
        let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE).max_connections(most);
        pool.connect_lazy_with(options.clone())
    };
    let writing = pool(1);
    // In memory one at a time: with a shared cache, a second one would find tables locked instead of waiting for them.
    let reading = if in_memory { writing.clone() } else { pool(READERS) };
    (reading, writing)
}

/// Where the database is.
pub(super) enum Place {
    Memory,
    /// A file that must stay where it is.
    File(PathBuf),
    /// A file of which nothing but its state at this moment is asked.
    LookedAt(PathBuf),
}

impl Place {
    fn path(&self) -> Option<&Path> {
        match self {
            Self::Memory => None,
            Self::File(path) | Self::LookedAt(path) => Some(path),
        }
    }

    fn fault(&self, error: sqlx::Error) -> StoreError {
        match self.path() {
            Some(path) => StoreError::File { path: path.to_owned(), error },
            None => error.into(),
        }
    }
}

pub(in crate::store) struct SqliteEngine {
    place: Place,
    options: SqliteConnectOptions,
    connections: RwLock<Connections>,
    renewing: Mutex<()>,
    /// A connection has read what cannot be.
    doubted: AtomicBool,
    /// Something was announced.
    pub(super) news: watch::Sender<()>,
}

impl SqliteEngine {
    pub(super) async fn connect(place: Place, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let connections = match Connections::open(&place, &options).await {
            Ok(connections) => RwLock::new(connections),
            Err(error) => return Err(place.fault(error)),
        };
        let (renewing, doubted, news) = Default::default();
        Ok(Self { place, options, connections, renewing, doubted, news })
    }

    /// For statements that read. What was read before the file went away is still good.
    pub(in crate::store) async fn reading(&self) -> Result<SqlitePool, StoreError> {
        Ok(self.current().await?.0.reading)
    }

    /// For single statements that write.
    pub(super) async fn writing(&self) -> Result<SqlitePool, StoreError> {
        match (self.current().await?, &self.place) {
            ((_, Now::Gone), Place::File(path)) => Err(StoreError::Gone(path.clone())),
            ((current, _), _) => Ok(current.writing),
        }
    }

    /// Whether the database is where others look for it.
    pub(super) fn check_place(&self) -> Result<(), StoreError> {
        match (&self.place, self.now(&self.held())) {
            (Place::File(path), Now::Gone | Now::Replaced) => Err(StoreError::Gone(path.clone())),
            _ => Ok(()),
        }
    }

    /// What to say of an error.
    pub(in crate::store) fn fault(&self, error: sqlx::Error) -> StoreError {
        if is_damage(&error) {
            self.doubted.store(true, Ordering::Relaxed);
        }
        self.place.fault(error)
    }

    async fn current(&self) -> Result<(Connections, Now), StoreError> {
        let held = self.held();
        let now = self.now(&held);
        if self.is_good(&held, now) { Ok((held, now)) } else { self.renew().await }
    }

    fn is_good(&self, held: &Connections, now: Now) -> bool {
        let doubted = self.doubted.load(Ordering::Relaxed) && held.since.elapsed() > RENEWED_EVERY;
        !doubted && now != Now::Replaced
    }

    async fn renew(&self) -> Result<(Connections, Now), StoreError> {
        let _one_at_a_time = self.renewing.lock().await;
        let held = self.held();
        let now = self.now(&held);
        if self.is_good(&held, now) {
            return Ok((held, now));
        }
        let fresh = if now == Now::Replaced {
            // All of them first: the last one moves what is in a log that has lost its name into its database.
            held.close().await;
            tracing::warn!("the files of the database were replaced; they are opened again");
            Connections::open(&self.place, &self.options).await.at(self)?
        } else {
            let fresh = held.renewed(&self.options);
            tokio::spawn(held.close_pools().in_current_span());
            fresh
        };
        self.doubted.store(false, Ordering::Relaxed);
        *self.connections.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok((fresh, if now == Now::Replaced { Now::Same } else { now }))
    }

    fn held(&self) -> Connections {
        self.connections.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn now(&self, held: &Connections) -> Now {
        match (&self.place, held.files) {
            (Place::File(path), Some(files)) => files.now(path),
            _ => Now::Same,
        }
    }
}

/// Says of an error where it happened.
pub(super) trait At<T> {
    fn at(self, engine: &SqliteEngine) -> Result<T, StoreError>;
}

impl<T> At<T> for Result<T, sqlx::Error> {
    fn at(self, engine: &SqliteEngine) -> Result<T, StoreError> {
        self.map_err(|error| engine.fault(error))
    }
}

/// SQLITE_CORRUPT, SQLITE_NOTADB, and reads that failed: connections keep what they have read.
fn is_damage(error: &sqlx::Error) -> bool {
    const READ: [i32; 2] = [266, 522];
    code(error).is_some_and(|code| matches!(code & 0xff, 11 | 26) || READ.contains(&code))
}

/// SQLite's extended result code (<https://sqlite.org/rescode.html>).
pub(super) fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}
