use async_trait::async_trait;
use shared::PhoneNumber;
use sqlx::{Row, sqlite::SqliteRow};

use super::SqliteStore;
use crate::{
    domain::Line,
    store::{LineStore, StoreError, sql},
};

#[async_trait]
impl LineStore for SqliteStore {
    async fn add_line(&self, line: &Line) -> Result<(), StoreError> {
        let added = sqlx::query(sql::lines::ADD_LINE)
            .bind(line.phone_number.as_str())
            .bind(&line.client_name)
            .bind(&line.label)
            .bind(&line.passcode_hash)
            .execute(&self.pool)
            .await?;
        if added.rows_affected() == 0 { Err(StoreError::LineExists) } else { Ok(()) }
    }

    async fn lines(&self) -> Result<Vec<Line>, StoreError> {
        let rows = sqlx::query(sql::lines::LINES).fetch_all(&self.pool).await?;
        rows.iter().map(line).collect()
    }

    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError> {
        let row =
            sqlx::query(sql::lines::LINE_BY_NUMBER).bind(number.as_str()).fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError> {
        let row =
            sqlx::query(sql::lines::LINE_BY_CLIENT).bind(client_name).fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError> {
        let removed = sqlx::query(sql::lines::REMOVE_LINE).bind(number.as_str()).execute(&self.pool).await?;
        Ok(removed.rows_affected() > 0)
    }

    async fn set_passcode(&self, number: &PhoneNumber, passcode_hash: &str) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let set = sqlx::query(sql::lines::SET_PASSCODE)
            .bind(number.as_str())
            .bind(passcode_hash)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(sql::sessions::REMOVE_SESSIONS_OF_LINE)
            .bind(number.as_str())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(set.rows_affected() > 0)
    }
}

/// A row that has the columns of a line.
pub(super) fn line(row: &SqliteRow) -> Result<Line, StoreError> {
    let number: String = row.try_get("phone_number")?;
    Ok(Line {
        phone_number: PhoneNumber::from_e164(&number).map_err(|_| StoreError::Unreadable(number))?,
        client_name: row.try_get("client_name")?,
        label: row.try_get("label")?,
        passcode_hash: row.try_get("passcode_hash")?,
    })
}
