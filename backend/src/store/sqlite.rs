use std::{
    fs::OpenOptions,
    io::ErrorKind,
    path::Path,
    str::FromStr,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::{CallDirection, CallRecord},
};
use sqlx::{
    ConnectOptions, Row, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};

use super::{Store, StoreError, sql};
use crate::{
    config::Database,
    domain::{
        Line,
        call::{self, CallReport, LineRef},
        session_id::SessionDigest,
    },
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Opens the store and brings it to this version.
///
/// # Errors
/// The file cannot be made or read, or it is from a newer version.
pub async fn open(database: &Database) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(connect(database).await?))
}

async fn connect(database: &Database) -> Result<SqliteStore, StoreError> {
    let options = match database {
        Database::File(path) => {
            SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal)
        }
        // Under a name of its own, so that connections can come and go while one stays.
        Database::Memory => SqliteConnectOptions::from_str("sqlite::memory:")?,
    };
    let options = options
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(5));
    let (pool, keeper) = match database {
        Database::File(path) => {
            keep_private(path)?;
            (pool.max_connections(4).connect_with(options).await?, None)
        }
        // One at a time: with a shared cache, a second one would find tables locked instead of waiting for them.
        Database::Memory => {
            let keeper = options.connect().await?;
            (pool.max_connections(1).connect_with(options).await?, Some(Mutex::new(keeper)))
        }
    };
    MIGRATIONS.run(&pool).await?;
    Ok(SqliteStore { pool, _keeper: keeper })
}

/// Makes the file for its owner alone when there is none: it holds passcodes' hashes. SQLite gives the files that it
/// puts beside it the same permissions.
fn keep_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(sqlx::Error::Io(error).into()),
        _ => Ok(()),
    }
}

struct SqliteStore {
    pool: SqlitePool,
    /// The data of a database in memory live as long as one connection does. The pool's own may be lost: a runtime that
    /// ends takes those with it that are on their way back to the pool.
    _keeper: Option<Mutex<SqliteConnection>>,
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query(sql::LINE_BY_CLIENT).bind("").fetch_optional(&self.pool).await?;
        Ok(())
    }

    async fn add_line(&self, line: &Line) -> Result<(), StoreError> {
        let added = sqlx::query(sql::ADD_LINE)
            .bind(line.phone_number.as_str())
            .bind(&line.client_name)
            .bind(&line.label)
            .bind(&line.passcode_hash)
            .execute(&self.pool)
            .await?;
        if added.rows_affected() == 0 { Err(StoreError::LineExists) } else { Ok(()) }
    }

    async fn lines(&self) -> Result<Vec<Line>, StoreError> {
        let rows = sqlx::query(sql::LINES).fetch_all(&self.pool).await?;
        rows.iter().map(line).collect()
    }

    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError> {
        let row = sqlx::query(sql::LINE_BY_NUMBER).bind(number.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError> {
        let row = sqlx::query(sql::LINE_BY_CLIENT).bind(client_name).fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError> {
        let removed = sqlx::query(sql::REMOVE_LINE).bind(number.as_str()).execute(&self.pool).await?;
        Ok(removed.rows_affected() > 0)
    }

    async fn set_passcode(&self, number: &PhoneNumber, passcode_hash: &str) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let set = sqlx::query(sql::SET_PASSCODE)
            .bind(number.as_str())
            .bind(passcode_hash)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(sql::REMOVE_SESSIONS_OF_LINE).bind(number.as_str()).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(set.rows_affected() > 0)
    }

    async fn add_session(
        &self,
        session: SessionDigest,
        number: &PhoneNumber,
        now_s: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(sql::FORGET_ENDED_SESSIONS).bind(now_s).execute(&self.pool).await?;
        sqlx::query(sql::ADD_SESSION)
            .bind(session.0.as_slice())
            .bind(number.as_str())
            .bind(expires_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn session(&self, session: SessionDigest, now_s: i64) -> Result<Option<Line>, StoreError> {
        let query = sqlx::query(sql::SESSION).bind(session.0.as_slice()).bind(now_s);
        let row = query.fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn remove_session(&self, session: SessionDigest) -> Result<(), StoreError> {
        sqlx::query(sql::REMOVE_SESSION).bind(session.0.as_slice()).execute(&self.pool).await?;
        Ok(())
    }

    async fn add_failed_sign_in(&self, subject: &str, now_s: i64, since: i64) -> Result<(), StoreError> {
        sqlx::query(sql::FORGET_OLD_FAILED_SIGN_INS).bind(since).execute(&self.pool).await?;
        sqlx::query(sql::ADD_FAILED_SIGN_IN).bind(subject).bind(now_s).execute(&self.pool).await?;
        Ok(())
    }

    async fn failed_sign_ins(&self, subject: &str, since: i64) -> Result<u32, StoreError> {
        let query = sqlx::query_scalar(sql::FAILED_SIGN_INS).bind(subject).bind(since);
        let count: i64 = query.fetch_one(&self.pool).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    async fn forget_failed_sign_ins(&self, subject: &str) -> Result<(), StoreError> {
        sqlx::query(sql::FORGET_FAILED_SIGN_INS).bind(subject).execute(&self.pool).await?;
        Ok(())
    }

    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError> {
        let (client, number) = match &report.line {
            LineRef::Client(client) => (Some(client.as_str()), None),
            LineRef::Number(number) => (None, Some(number.as_str())),
        };
        let mut transaction = self.pool.begin().await?;
        sqlx::query(sql::REPORT_CALL)
            .bind(&report.parent_sid)
            .bind(&report.child_sid)
            .bind(direction_word(report.direction))
            .bind(&report.peer)
            .bind(call::to_word(&report.outcome))
            .bind(call::strength(&report.outcome))
            .bind(report.at)
            .bind(i64::from(report.duration_s))
            .bind(client)
            .bind(number)
            .bind(&report.attempt)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(sql::LEVEL_CALL).bind(&report.parent_sid).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError> {
        let query = sqlx::query(sql::CALL).bind(number.as_str()).bind(call_sid);
        let Some(row) = query.fetch_optional(&self.pool).await? else { return Ok(None) };
        let outcome: String = row.try_get("outcome")?;
        let duration_s: i64 = row.try_get("duration_s")?;
        Ok(Some(CallRecord {
            call_sid: call_sid.to_owned(),
            direction: direction(row.try_get("direction")?)?,
            peer: row.try_get("peer")?,
            outcome: call::from_word(&outcome).ok_or(StoreError::Unreadable(outcome))?,
            started_at: row.try_get("started_at")?,
            duration_s: u32::try_from(duration_s).unwrap_or(0),
        }))
    }
}

fn line(row: &SqliteRow) -> Result<Line, StoreError> {
    let number: String = row.try_get("phone_number")?;
    Ok(Line {
        phone_number: PhoneNumber::from_e164(&number).map_err(|_| StoreError::Unreadable(number))?,
        client_name: row.try_get("client_name")?,
        label: row.try_get("label")?,
        passcode_hash: row.try_get("passcode_hash")?,
    })
}

fn direction_word(direction: CallDirection) -> &'static str {
    match direction {
        CallDirection::Incoming => "incoming",
        CallDirection::Outgoing => "outgoing",
    }
}

fn direction(word: &str) -> Result<CallDirection, StoreError> {
    match word {
        "incoming" => Ok(CallDirection::Incoming),
        "outgoing" => Ok(CallDirection::Outgoing),
        _ => Err(StoreError::Unreadable(word.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn data_in_memory_outlive_every_connection_of_the_pool() {
        let store = connect(&Database::Memory).await.unwrap();
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        store.add_line(&Line::new(number, String::new(), "hash".into()).unwrap()).await.unwrap();
        drop(store.pool.acquire().await.unwrap().detach());
        assert_eq!(store.lines().await.unwrap().len(), 1);
        let other = connect(&Database::Memory).await.unwrap();
        assert!(other.lines().await.unwrap().is_empty(), "each has data of its own");
    }
}
