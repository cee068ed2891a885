use async_trait::async_trait;
use shared::PhoneNumber;

use super::{AuditFilter, AuditPlace, AuditStore, sql};
use crate::{
    audit::event::{Actor, AuditRecord},
    store::{Query, Row, SqlStore, StoreError},
};

#[async_trait]
impl AuditStore for SqlStore {
    async fn add_audit(&self, record: &AuditRecord, keep_since: i64) -> Result<(), StoreError> {
        let added = (record.clone(), keep_since);
        self.together().ask(added, 1, |added| add_all(self, added)).await
    }

    async fn audit(&self, since: i64, line: Option<&PhoneNumber>) -> Result<Vec<AuditRecord>, StoreError> {
        let query = Query::new(sql::AUDIT).bind(since).bind(line.map(PhoneNumber::as_str));
        self.fetch_all(query).await?.iter().map(record).collect()
    }

    async fn audit_page(
        &self,
        filter: &AuditFilter,
        most: u32,
    ) -> Result<Vec<(AuditPlace, AuditRecord)>, StoreError> {
        let before = filter.before.unwrap_or(AuditPlace { at: i64::MAX, id: i64::MAX });
        let kinds = filter.kinds.as_ref().map(|kinds| format!(",{},", kinds.join(",")));
        let query = Query::new(sql::AUDIT_PAGE)
            .bind(before.at)
            .bind(before.id)
            .bind(filter.line.as_ref().map(PhoneNumber::as_str))
            .bind(kinds)
            .bind(most);
        self.fetch_all(query).await?.iter().map(|row| Ok((place(row)?, record(row)?))).collect()
    }
}

/// One transaction for all of them: a flood of refusals is a flood of entries.
async fn add_all(store: &SqlStore, added: Vec<(AuditRecord, i64)>) -> Result<Vec<()>, StoreError> {
    let mut transaction = store.begin().await?;
    if let Some(keep_since) = added.iter().map(|(_, keep_since)| *keep_since).max() {
        transaction.execute(Query::new(sql::FORGET_OLD_AUDIT).bind(keep_since)).await?;
    }
    for (record, _) in &added {
        let query = Query::new(sql::ADD_AUDIT)
            .bind(record.at)
            .bind(&record.kind)
            .bind(record.line.as_ref().map(PhoneNumber::as_str))
            .bind(&record.address)
            .bind(&record.detail)
            .bind(record.by.as_ref().map(Actor::as_str));
        transaction.execute(query).await?;
    }
    transaction.commit().await?;
    Ok(vec![(); added.len()])
}

fn place(row: &Row) -> Result<AuditPlace, StoreError> {
    Ok(AuditPlace { at: row.get("at")?, id: row.get("id")? })
}

fn record(row: &Row) -> Result<AuditRecord, StoreError> {
    let line: Option<String> = row.get("phone_number")?;
    let line = line.map(|line| PhoneNumber::from_e164(&line).map_err(|_| StoreError::Unreadable(line)));
    let by: Option<String> = row.get("actor")?;
    Ok(AuditRecord {
        at: row.get("at")?,
        kind: row.get("kind")?,
        line: line.transpose()?,
        by: by.as_deref().and_then(Actor::from_text),
        address: row.get("address")?,
        detail: row.get("detail")?,
    })
}
