use async_trait::async_trait;
use shared::PhoneNumber;

use super::{AuditStore, sql};
use crate::{
    audit::event::AuditRecord,
    store::{Query, Row, SqlStore, StoreError},
};

#[async_trait]
impl AuditStore for SqlStore {
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::FORGET_OLD_AUDIT).bind(keep_since);
        transaction.execute(query).await?;
        let query = Query::new(sql::ADD_AUDIT)
            .bind(record.at)
            .bind(&record.kind)
            .bind(record.line.as_ref().map(PhoneNumber::as_str))
            .bind(&record.address)
            .bind(&record.detail);
        transaction.execute(query).await?;
        transaction.commit().await
    }

    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError> {
        let query = Query::new(sql::AUDIT).bind(since).bind(line.map(PhoneNumber::as_str));
        self.fetch_all(query).await?.iter().map(record).collect()
    }
}

fn record(row: &Row) -> Result<AuditRecord, StoreError> {
    let line: Option<String> = row.get("phone_number")?;
    let line = line.map(|line| PhoneNumber::from_e164(&line).map_err(|_| StoreError::Unreadable(line)));
    Ok(AuditRecord {
        at: row.get("at")?,
        kind: row.get("kind")?,
        line: line.transpose()?,
        address: row.get("address")?,
        detail: row.get("detail")?,
    })
}
