use async_trait::async_trait;
use shared::PhoneNumber;
use sqlx::{Row, sqlite::SqliteRow};

use super::{AuditStore, sql};
use crate::{
    audit::event::AuditRecord,
    store::{
        StoreError,
        sqlite::{At, SqliteStore, Transaction},
    },
};

#[async_trait]
impl AuditStore for SqliteStore {
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        let query = sqlx::query(sql::FORGET_OLD_AUDIT).bind(keep_since);
        query.execute(&mut *transaction).await.at(self)?;
        sqlx::query(sql::ADD_AUDIT)
            .bind(record.at)
            .bind(&record.kind)
            .bind(record.line.as_ref().map(PhoneNumber::as_str))
            .bind(&record.address)
            .bind(&record.detail)
            .execute(&mut *transaction)
            .await
            .at(self)?;
        transaction.commit().await
    }

    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError> {
        let query = sqlx::query(sql::AUDIT).bind(since).bind(line.map(PhoneNumber::as_str));
        query.fetch_all(&self.reading().await?).await.at(self)?.iter().map(record).collect()
    }
}

fn record(row: &SqliteRow) -> Result<AuditRecord, StoreError> {
    let line: Option<String> = row.try_get("phone_number")?;
    let line = line.map(|line| PhoneNumber::from_e164(&line).map_err(|_| StoreError::Unreadable(line)));
    Ok(AuditRecord {
        at: row.try_get("at")?,
        kind: row.try_get("kind")?,
        line: line.transpose()?,
        address: row.try_get("address")?,
        detail: row.try_get("detail")?,
    })
}
